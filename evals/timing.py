"""Times of repeated work, as median and 95th percentile."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from evals.statistics import percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float


def times(values: Sequence[float]) -> Times:
    """Median and 95th percentile of ``values`` in seconds, as milliseconds."""
    return Times(round(percentile(values, 0.5) * 1000, 1), round(percentile(values, 0.95) * 1000, 1))


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How many seconds of ``clock`` the ``work`` takes."""
    start = clock()
    work()
    return clock() - start


def each(items: Sequence[T], work: Callable[[T], object], rounds: int) -> list[float]:
    """How many seconds ``work`` takes with each of ``items``, gone through ``rounds`` times."""
    return [timed(partial(work, item)) for _ in range(rounds) for item in items]


def processor_ms(items: Sequence[T], work: Callable[[T], object]) -> float:
    """Median of the processor's milliseconds that ``work`` takes with each of ``items``.

    On a machine that others use too, the time that passes tells how busy they are.
    """
    used = [timed(partial(work, item), time.process_time) for item in items]
    return round(percentile(used, 0.5) * 1000, 1)
