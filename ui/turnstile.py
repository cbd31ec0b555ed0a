"""How many questions one client may have in progress, so that one asker cannot starve the rest."""

from __future__ import annotations

import ipaddress
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rag.errors import RagError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EACH: Final = 4
_LOCAL: Final = 64
"""Scripts on this machine, and everybody behind a proxy on it, come from the same address."""


class TooMany(RagError):
    """A client has too many questions in progress (HTTP status 429)."""


class Turnstile:
    """Counts what each client has in progress; safe from several threads."""

    def __init__(self) -> None:
        self._inside: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def passing(self, client: str) -> Iterator[None]:
        """One more of ``client`` while the block runs. Raises ``TooMany`` where it has enough."""
        limit = _LOCAL if _is_local(client) else _EACH
        with self._lock:
            if self._inside[client] >= limit:
                raise TooMany(
                    f"{limit} questions of yours are in progress, and no more are taken at a time. Try again in a moment."
                )
            self._inside[client] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[client] -= 1
                if not self._inside[client]:
                    del self._inside[client]


def _is_local(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
