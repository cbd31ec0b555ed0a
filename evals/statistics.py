"""How sure a figure is: intervals, a paired test, percentiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.stats import binomtest

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total`` with a 95 % interval; all 0 to 1 where there is nothing to count."""

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, 0 for a total of 0."""
        return self.hits / self.total if self.total else 0.0


def share(hits: int, total: int) -> Share:
    """``hits`` of ``total`` with the Wilson score interval at 95 % (Wilson 1927), without continuity correction.

    It stays within 0 and 1 and holds its level for few items, where the
    normal approximation does not (Brown, Cai & DasGupta 2001).
    """
    if not total:
        return Share(0, 0, 0.0, 1.0)
    interval = binomtest(hits, total).proportion_ci(confidence_level=0.95, method="wilson")
    return Share(hits, total, float(interval.low), float(interval.high))


def mcnemar(only_first: int, only_second: int) -> float:
    """Two-sided p of the exact McNemar test (McNemar 1947): is one of two runs right more often?

    Takes the numbers of items that only the first, and only the second run
    got right: under the null hypothesis each of these falls to either side
    with probability one half. 1.0 where the runs do not differ.
    """
    differing = only_first + only_second
    return float(binomtest(only_first, differing, 0.5).pvalue) if differing else 1.0


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which the share ``part`` of ``values`` lies: an observed one, no interpolation.

    Raises ``ValueError`` for no values.
    """
    if not values:
        raise ValueError("no values to take a percentile of")
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]
