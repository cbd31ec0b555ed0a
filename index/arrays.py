"""Reading stored arrays, safely where several threads open an index at once.

NumPy parses the header of a ``.npy`` file with ``ast.literal_eval``, whose depth Python 3.11 counts for all
threads together: two that parse at once can end in ``SystemError: AST constructor recursion depth mismatch``.
So one reads at a time. The headers are short, and what is mapped is read later, without the lock.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ONE_AT_A_TIME: Final = threading.Lock()
"""Held while any array file is opened; by whoever lets a library open some, too."""


def read_array(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """The array in ``path``; ``mapped`` leaves it on disk, read-only. Raises ``OSError`` or ``ValueError`` if it cannot be read."""
    with ONE_AT_A_TIME:
        loaded = np.load(path, mmap_mode="r" if mapped else None)
    return np.asanyarray(loaded)
