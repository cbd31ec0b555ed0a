"""Counts that the ledger leaves out, as they stand beside others: 新建17个智能工厂、224个数字化车间."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.types import Indicator
from index.units import COUNTERS
from rag.focus import segments_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.searcher import Searcher
    from index.types import Hit
    from rag.types import Query

_COUNTERS: Final = frozenset(COUNTERS.split())
_THING: Final = re.compile(r"[^、，,。；;：:（(\s]{3,12}?(?=[和与及、，,。；;：:（(\s]|等|$)")
_ENDED: Final = frozenset({"actual", "target", "plan"})
_NEAR: Final = 0.6


def counted_thing(hits: Sequence[Hit], query: Query, searcher: Searcher) -> Indicator | None:
    """How many there are of the one thing that ``query`` names word for word, by the best ``hits``; None if they differ."""
    found = [
        one
        for hit in hits
        if hit.score >= _NEAR * hits[0].score and hit.period.status in _ENDED
        for one in _counts(hit, query, searcher)
    ]
    return found[0] if len({(one.value, one.unit) for one in found}) == 1 else None


def _counts(hit: Hit, query: Query, searcher: Searcher) -> list[Indicator]:
    place = searcher.library.entry(hit.report).place
    found = []
    for figure in find_quantities(hit.quote):
        thing = _THING.match(hit.quote, figure.end)
        if figure.unit not in _COUNTERS or figure.high or thing is None or thing[0] not in query.text:
            continue
        start, end = segments_around(hit.quote, figure.start, thing.end())
        end = start + len(hit.quote[start:end].rstrip("，,。；;："))
        found.append(
            Indicator(
                hit.report, place, thing[0], str(figure.value), figure.unit, figure.qualifier, "increment",
                hit.period.year, "actual" if hit.period.status == "actual" else "target",
                hit.start + start, hit.start + end, hit.quote[start:end], hit.clauses[0],
            )
        )  # fmt: skip
    return found
