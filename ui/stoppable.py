"""A stream that can be left at once, however long its next item takes."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

T = TypeVar("T")

_LOOK_SECONDS: Final = 0.1


@dataclass(slots=True)
class _End:
    """The stream's end, with the error that ended it, if one did."""

    error: Exception | None = None


@dataclass(slots=True)
class Run(Generic[T]):
    """Works through a generator in a thread of its own until it ends or ``stop`` is called.

    ``forgotten`` is set by whoever does not even want to see how it ended. After a stop the generator is closed as soon as it has made the item it is
    working on: a model that streams ends then.
    """

    source: Generator[T]
    forgotten: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)
    _items: queue.SimpleQueue[T | _End] = field(default_factory=queue.SimpleQueue)

    def stop(self) -> None:
        """Leave the stream; ``items`` ends within a moment."""
        self.stopped.set()

    def items(self) -> Iterator[T]:
        """The items as they come. Raises what the generator raises."""
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
            for item in self.source:
                self._items.put(item)
                if self.stopped.is_set():
                    break
        except Exception as error:  # noqa: BLE001 - handed to the reader, who raises it
            end.error = error
        finally:
            self.source.close()
            self._items.put(end)
