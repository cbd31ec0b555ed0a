"""The line before the model: who is next, how many are ahead, and when it is too long."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_WAITING: Final = 64
"""Beyond these, a question is answered with its evidence only rather than kept for minutes."""
LONGEST_SECONDS: Final = 90.0
"""Whoever has waited so long gets the evidence, too."""
_LOOK_SECONDS: Final = 0.1


class LineFull(ModelUnavailable):
    """Too many questions wait for the model."""


class LineLeft(ModelUnavailable):
    """The person left before it was their turn."""


def _nobody(_ahead: int) -> None:
    """For those who do not look."""


@dataclass(eq=False, slots=True)
class _Ticket:
    """One question's place: the lowest ``rank`` is next, then the lowest ``number``."""

    client: str
    tell: Callable[[int], None]
    left: threading.Event
    rank: int = 0
    number: int = 0
    served: bool = field(default=False)


_HELD: ContextVar[_Ticket | None] = ContextVar("ticket", default=None)


class Line:
    """Lets ``slots`` questions at a time to the model; safe from several threads.

    One client's questions are served in the order in which they came; between
    clients the turns go round, so that whoever asks much does not hold up
    whoever asks once (start-time fair queuing: Goyal, Vin and Cheng, SIGCOMM
    1996). Nobody is overtaken for ever: ranks only grow.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._changed = threading.Condition()
        self._waiting: list[_Ticket] = []
        self._serving = 0
        self._number = 0
        self._round = 0
        self._last: dict[str, int] = {}

    @contextmanager
    def ticket(
        self, client: str, tell: Callable[[int], None] = _nobody, left: threading.Event | None = None
    ) -> Iterator[None]:
        """One question of ``client``, for as long as the block runs in this thread.

        Once the question has had its first turn at the model it keeps it until
        the block ends: the verdict and the answer share the engine's cache.
        ``tell`` is called with the number of questions ahead whenever that
        changes; the wait ends once ``left`` is set.
        """
        held = _Ticket(client, tell, left or threading.Event())
        token = _HELD.set(held)
        try:
            yield
        finally:
            _HELD.reset(token)
            if held.served:
                with self._changed:
                    self._serving -= 1
                    self._changed.notify_all()

    def wait(self) -> None:
        """Wait until it is this thread's question's turn; without a ticket, go on at once.

        Raises:
            LineFull: ``MOST_WAITING`` questions wait already, or this one has for ``LONGEST_SECONDS``.
            LineLeft: the person left.
        """
        held = _HELD.get()
        if held is None or held.served:
            return
        told = 0
        until = time.monotonic() + LONGEST_SECONDS
        with self._changed:
            self._join(held)
            try:
                while (ahead := self._ahead(held)) > 0:
                    if held.left.is_set():
                        raise LineLeft("The question was taken back before it was its turn. Ask it again.")
                    if time.monotonic() > until:
                        raise LineFull(
                            f"The model was not free within {LONGEST_SECONDS:g} seconds. Try again in a minute."
                        )
                    if ahead != told:
                        told = ahead
                        held.tell(ahead)
                    self._changed.wait(_LOOK_SECONDS)
                held.served = True
                self._round = max(self._round, held.rank)
                self._serving += 1
            finally:
                self._waiting.remove(held)
                self._changed.notify_all()
        if told:
            held.tell(0)

    def _join(self, held: _Ticket) -> None:
        if len(self._waiting) >= MOST_WAITING:
            raise LineFull(f"{MOST_WAITING} questions wait for the model. Try again in a minute.")
        self._number += 1
        held.number = self._number
        held.rank = max(self._round, self._last.get(held.client, -1) + 1)
        # Whoever's turns lie behind the round starts with it again.
        self._last = {client: rank for client, rank in self._last.items() if rank >= self._round}
        self._last[held.client] = held.rank
        self._waiting.append(held)

    def _ahead(self, held: _Ticket) -> int:
        """How many questions end, or are begun, before ``held`` is; 0 once it is its turn."""
        before = sum((one.rank, one.number) < (held.rank, held.number) for one in self._waiting)
        return max(0, self._serving - self._slots + 1 + before)
