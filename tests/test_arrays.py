"""Arrays are read while other threads read theirs."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

import numpy as np
import pytest

from index.arrays import read_array

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Litter:
    """Runs Python code when it is collected: there a thread that parses a header can lose its turn."""

    def __init__(self) -> None:
        self.held: Self = self

    def __del__(self) -> None:
        for _ in range(50):
            pass


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns, and litter is collected, as often as can be."""
    usual, collected = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(20)
    yield
    gc.set_threshold(*collected)
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("mapped", [False, True])
def test_many_threads_read_at_once(tmp_path: Path, *, mapped: bool):
    stored = np.zeros(3, np.dtype([(f"column{number}", np.int32) for number in range(30)]))
    np.save(tmp_path / "rows.npy", stored)

    def read(_: int) -> bool:
        [Litter() for _ in range(20)]
        return np.array_equal(read_array(tmp_path / "rows.npy", mapped=mapped), stored)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(400)))
