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


def timed(work: Callable[[], object]) -> float:
    """How many seconds ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def each(items: Sequence[T], work: Callable[[T], object], rounds: int = 1) -> list[float]:
    """How many seconds ``work`` takes with each of ``items``, gone through ``rounds`` times."""
    return [timed(partial(work, item)) for _ in range(rounds) for item in items]
