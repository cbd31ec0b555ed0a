"""A stream that can be left at once, however long its next item takes."""

from __future__ import annotations

import queue
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from rag.line import Line

T = TypeVar("T")

_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many other questions the model takes first; 0 once it is this one's turn."""

    count: int


@dataclass(slots=True)
class _End:
    """The stream's end, with the error that ended it, if one did."""

    error: Exception | None = None


@dataclass(slots=True)
class Run(Generic[T]):
    """Works through a generator in a thread of its own until it ends or ``stop`` is called.

    ``forgotten`` is set by whoever does not even want to see how it ended.
    After a stop the generator is closed as soon as it has made the item it is
    working on: a model that streams ends then.

    Args:
        source: the generator.
        around: given what reports places in line and the event of a stop, a
            context that the thread works in; see ``in_line``.
    """

    source: Generator[T]
    around: Callable[[Callable[[int], None], threading.Event], AbstractContextManager[None]] = field(
        default=lambda _tell, _left: nullcontext()
    )
    forgotten: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)
    _items: queue.SimpleQueue[T | Ahead | _End] = field(default_factory=queue.SimpleQueue)

    def stop(self) -> None:
        """Leave the stream; ``items`` ends within a moment."""
        self.stopped.set()

    def items(self) -> Iterator[T]:
        """The items as they come, without places in line. Raises what the generator raises."""
        return (item for item in self.steps() if not isinstance(item, Ahead))

    def steps(self) -> Iterator[T | Ahead]:
        """The items as they come, and the place in line whenever it changes. Raises what the generator raises."""
        threading.Thread(target=self._work, daemon=True).start()
        try:
            while not self.stopped.is_set():
                try:
                    item = self._items.get(timeout=_LOOK_SECONDS)
                except queue.Empty:
                    continue
                if isinstance(item, _End):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
        finally:
            self.stopped.set()

    def _work(self) -> None:
        end = _End()
        try:
            with self.around(lambda count: self._items.put(Ahead(count)), self.stopped):
                for item in self.source:
                    self._items.put(item)
                    if self.stopped.is_set():
                        break
        except Exception as error:  # noqa: BLE001 - handed to the reader, who raises it
            end.error = error
        finally:
            self.source.close()
            self._items.put(end)


def in_line(
    line: Line, client: str
) -> Callable[[Callable[[int], None], threading.Event], AbstractContextManager[None]]:
    """What lets a ``Run`` wait for its turn at the model."""
    return lambda tell, left: line.ticket(client, tell, left)
