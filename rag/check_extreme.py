"""Which of several things set side by side grew most, or is least: 甲、乙、丙分别增长43%、50%和1%, of which 丙 is not the fastest. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from rag.listing import items_of

if TYPE_CHECKING:
    from index.quantities import Quantity

_MOST: Final = re.compile(
    r"(?P<who>[^，,。；]{2,}?)(?:的)?(?:出口|产量|销量|收入|投资|消费|增加值)?(?:是|的|也|就)?(?:其中|里面?|当中)?"
    r"(?:增长|增[速幅]|涨幅?|涨得|增长得|长得|规模|占比|数量)?(?:是|得|的)?最(?P<way>[快高多大猛慢低少小])"
)
_SIDE_BY_SIDE: Final = re.compile(
    r"(?P<things>[^，,。；：]+?)(?:等[^，。；、分]{0,14})?分别(?:同比|比上年)?(?:增长|增加|提高|达到?|为|突破|超过|实现|占)?(?P<figures>\d[^，。；]*)"
)
_MOST_WAYS: Final = frozenset("快高多大猛")
_NAMED: Final = 2


def other_extreme(claim: str, official: str) -> tuple[str, str] | None:
    """The thing that ``claim`` has as the one with most or least, and that which the ``official`` figures have as it; None if it is the same."""
    said = _MOST.search(claim)
    if said is None:
        return None
    for match in _SIDE_BY_SIDE.finditer(official):
        known = _paired(match["things"], match["figures"])
        own = [thing for thing in known if _shared(thing, said["who"]) >= _NAMED]
        nearest = max(own, key=lambda thing: _shared(thing, said["who"]), default="")
        if not nearest:
            continue
        choose = max if said["way"] in _MOST_WAYS else min
        right = choose(known, key=lambda thing: known[thing].value)
        if known[right].value != known[nearest].value:
            return nearest, right
    return None


def _paired(things: str, figures: str) -> dict[str, Quantity]:
    """Each of the ``things`` with its own of the ``figures``, by their order; empty unless there are as many, in one unit."""
    names = items_of(things)
    told = [one for one in find_quantities(figures) if one.kind == "amount"]
    alike = len(names) == len(told) > 1 and len({one.unit for one in told}) == 1
    return dict(zip(names, told, strict=True)) if alike else {}


def _shared(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
