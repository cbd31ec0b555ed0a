"""Two indicators of one time, of which a question asks which is more: 餐饮和汽车消费，哪个涨得猛."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from index.indicator_names import core_name
from index.tokens import words
from rag.pairing import CHANGES, SCALES, of_slot, with_record

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Indicator
    from rag.types import Found, Query

_WHICH: Final = re.compile(r"哪一?[个项]|谁|\bwhich\b", re.IGNORECASE)
_MOVING: Final = re.compile(r"[增涨快慢猛升降跌]|\b(?:gr[eo]w\w*|growth|rose|rise|fast\w*)\b", re.IGNORECASE)


def side_by_side(query: Query, found: tuple[Found, ...], searcher: Searcher) -> tuple[Found, ...]:
    """``found``, or a part for each of the two records of one time whose names the question sets against each other."""
    if len(found) != 1 or query.wanted != "comparison" or not _WHICH.search(query.asked):
        return found
    records = list(of_slot(found[0].slot, searcher))
    text = query.text.replace("规上", "规模以上")
    changes = _pair([one for one in records if one.measure in CHANGES], text)
    levels = _pair([one for one in records if one.measure not in CHANGES], text)
    # Goals are mostly of growth, also where "which is higher" is all that is said.
    pair = changes if _MOVING.search(query.text) else levels or changes
    if pair is None:
        return found
    first, second = pair
    alone = replace(found[0], evidence=())
    return with_record(query, found[0], first, searcher), with_record(query, alone, second, searcher)


def _pair(records: list[Indicator], text: str) -> tuple[Indicator, Indicator] | None:
    """The two of ``records`` whose names ``text`` tells best; None where it tells no two, or pairs of other values as well."""
    told = [(_told(a, b, text), (a, b)) for a, b in combinations(records, 2) if _comparable(a, b)]
    most = max((score for score, _ in told), default=0)
    best = [pair for score, pair in told if score == most]
    return best[0] if most and len({(a.value, b.value) for a, b in best}) == 1 else None


def _comparable(a: Indicator, b: Indicator) -> bool:
    mine, other = (one.unit.lstrip(SCALES) for one in (a, b))
    return (mine, a.measure, a.year, a.status, a.report) == (other, b.measure, b.year, b.status, b.report)


def _told(a: Indicator, b: Indicator, text: str) -> int:
    """How many signs of the two names ``text`` has, where it has all the words that tell them apart; else 0.

    Twice as many for a name that it has as one.
    """
    names = core_name(a.indicator), core_name(b.indicator)
    mine, other = set(words(names[0])), set(words(names[1]))
    shared = mine & other
    if not mine - shared or not other - shared or any(word not in text for word in mine ^ other):
        return 0
    held = [word for word in shared if word in text]
    whole = [name for name in names if name in text]
    return sum(map(len, (*(mine ^ other), *held, *whole))) if held or not shared else 0
