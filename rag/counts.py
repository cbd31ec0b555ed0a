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
_LONG: Final = 7


def counted_thing(hits: Sequence[Hit], query: Query, searcher: Searcher) -> Indicator | None:
    """How many there are of the one thing that ``query`` names word for word, by the best ``hits``; None if they differ.

    Of "提速164个在建重点工业项目，新开工98个重点工业项目" both may be meant by 重点工业项目, if neither 提速 nor 新开工 is asked.
    """
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
    counted = [
        (figure, thing)
        for figure in find_quantities(hit.quote)
        if figure.unit in _COUNTERS
        and figure.unit != "年"
        and not figure.high
        and (thing := _THING.match(hit.quote, figure.end))
    ]
    named = tuple(thing[0] for _, thing in counted if _is_named(thing[0], query.text))
    meant = [(figure, thing) for figure, thing in counted if named and thing[0].endswith(named)]
    done = [one for one in meant if _done(hit.quote, one[0].start) in query.text]
    for figure, thing in done or meant:
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


def _is_named(thing: str, text: str) -> bool:
    """Whether ``text`` names ``thing`` word for word, or a long one but for a sign: 电动自行车充电口 for 电动自行车充电端口."""
    shorter = (thing[:left_out] + thing[left_out + 1 :] for left_out in range(len(thing)))
    return thing in text or (len(thing) >= _LONG and any(one in text for one in shorter))


def _done(quote: str, start: int) -> str:
    """What ``quote`` says was done with the things counted from ``start`` on: 新开工 of 新开工98个."""
    before, _ = segments_around(quote, start, start + 1)
    return quote[before:start]
