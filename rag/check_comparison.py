"""Claims that compare: 今年的目标比去年的实绩低. Decided by the two ledger records that they speak of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.indicator_names import core_name
from index.quantities import find_quantities, same_value
from index.tokens import words
from rag.check_kinds import STILL, holds
from rag.check_ratio import ratio_of
from rag.check_records import is_mean, name_fit, status_fits
from rag.everyday import in_official_names
from rag.evidence import gather
from rag.figures import figure_of
from rag.places import short_name
from rag.times import asked_statuses, asked_years

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from index.quantities import Quantity
    from index.searcher import Searcher
    from index.types import Indicator
    from rag.check_ratio import Ratio
    from rag.check_records import Times
    from rag.types import Query, Slot

_THAN: Final = re.compile(
    r"[与和跟同](?=.*(?:持平|相同|相当|一致|一样|相等))|(?<![对占])比(?![重例值赛])|较(?!为|好|大|高|快|强)|高于|低于|多于|少于|快于|慢于|大于|小于|超过|跑赢|胜过|盖过|"
    r"在(?=[^，,。；]{1,12}(?:基础|水平)上)"
)
LESS_THAN: Final = re.compile(
    "没有?(?:能)?(?:跑赢|胜过|盖过)|跑输|没有(?=[^，,。；]*(?<![特重较巨])[高多大快](?:[，,。；了吧吗呢]|$))|不[如及敌]|[赶比跟追]不上|(?:还|尚)?不到(?=[去上前]年)|落后于|逊于"
)
_UP: Final = re.compile(
    r"超[过出]了?(?=[去上前]年|(?:19|20)\d\d年)|更?(?:[高大快]|长(?![江寿沙安期效远三])|(?<![\d十百千万亿])多)(?!质|铁|速|校|等|数据|学)|提高|抬高|上升|增加|净增|上调|调高|扩大|加快|跑赢|胜过|盖过"
)
_EQUAL: Final = re.compile(r"持平|相同|相当|一致|一样|相等")
_DOWN: Final = re.compile(r"更?[低少小慢短]|下降|下调|降低|调低|减少|放缓|缩小|回落")
_GROWING: Final = re.compile(r"增长|增速|增幅|涨幅|下降|降幅")
_SHORTEST: Final = 3
# Two names of one indicator share so much: 研发经费投入强度 and 研发投入强度.
_AKIN: Final = 0.5
_CHARACTERS: Final = 200


def compares_something(text: str) -> bool:
    """Whether ``text`` says of something that it is more, less or as much as another."""
    return _relation(text) is not None


def compared_records(
    query: Query, text: str, searcher: Searcher, base: int
) -> tuple[bool, Indicator, Indicator] | None:
    """Whether the comparison in the Chinese ``text`` holds, with the record of its subject and that of its yardstick.

    今年 in it is the year ``base``.

    None where ``text`` compares nothing, or the ledger does not have both
    records of one name and in one unit. Figures that ``text`` gives must be
    those of the two, or how far they lie apart.
    """
    relation = _relation(text)
    if relation is None or len(query.slots) != 2:  # noqa: PLR2004 - a subject and a yardstick
        return None
    pair = _named_in(query, text, searcher) or _meant_by(query, text, searcher)
    if pair is None:
        return None
    first, second = pair
    start, _, direction = relation
    if _is_yardstick(first, second, text[:start], text[start:], base):
        first, second = second, first
    mine, other = figure_of(first), figure_of(second)
    if mine is None or other is None or mine.unit != other.unit:
        return None
    gap = mine.value - other.value
    ratio = ratio_of(text)
    stated = ratio.holds(mine.value, other.value) if ratio else (gap > 0) - (gap < 0) == direction
    agree = _agree(text, (mine, other), abs(gap))
    if not agree and _names_other_records(query, text, searcher):
        return None  # 2023年新增的162座, where the record found is another one of that year
    return stated and agree, first, second


def _names_other_records(query: Query, text: str, searcher: Searcher) -> bool:
    """Whether each figure of ``text`` is that of some record of the two times."""
    stated = [one for one in find_quantities(text) if one.kind == "amount" and one.unit]
    told = [
        figure
        for slot in query.slots
        for record in searcher.library.indicators(reports=slot.filters.reports, place=slot.place)
        if not slot.years or record.year in slot.years
        if (figure := figure_of(record)) is not None
    ]
    return bool(stated) and all(any(same_value(one, figure) for figure in told) for one in stated)


def _named_in(query: Query, text: str, searcher: Searcher) -> tuple[Indicator, Indicator] | None:
    """The records of the two slots with the longest name that ``text`` holds, if that is one name."""
    first, second = (_record(slot, text, searcher) for slot in query.slots)
    if first is None or second is None or core_name(first.indicator) != core_name(second.indicator):
        return None
    return first, second


def _meant_by(query: Query, text: str, searcher: Searcher) -> tuple[Indicator, Indicator] | None:
    """The records that a question about the two slots would be answered from, if their names are akin."""
    found = gather(replace(query, wanted="comparison"), searcher, 2, _CHARACTERS)
    first, second = (part.record for part in found)
    if first is None or second is None or first.measure != second.measure:
        return None
    if any(is_mean(one.quote) != is_mean(text) for one in (first, second)):
        return None
    said = asked_statuses(text)
    if said == ("actual",) and not all(status_fits(one.status, said) for one in (first, second)):
        return None
    akin = name_fit(first.indicator, second.indicator, searcher.idf) >= _AKIN
    return (first, second) if akin and first != second else None


def _agree(text: str, pair: tuple[Quantity, Quantity], gap: Decimal) -> bool:
    """Whether each figure of ``text`` in the unit of the ``pair`` is one of theirs, or the ``gap`` between them."""
    rates = {"%", "个百分点"}
    return all(
        any(same_value(stated, one) for one in pair)
        or holds(stated, replace(stated, value=gap, qualifier="", high=None))
        for stated in find_quantities(text)
        if stated.kind == "amount" and (stated.unit == pair[0].unit or {stated.unit, pair[0].unit} <= rates)
    )


def compared_indicators(
    text: str, records: Sequence[Indicator], times: Times
) -> tuple[bool, Indicator, Indicator] | None:
    """As ``compared_records``, for two indicators of one time: 城镇居民收入涨得比农村居民快.

    None also where the pairs of ``records`` that fit best do not agree.
    """
    text = in_official_names(text)
    relation = _relation(text)
    if relation is None:
        return None
    start, end, direction = relation
    sides = text[:start], text[end:]
    growing = _GROWING.search(text) is not None or re.search("[涨增快慢]", text) is not None
    moving = [
        record
        for record in records
        if (record.measure in {"growth", "decline"}) == growing
        and (not times.years or record.year in times.years)
        and status_fits(record.status, times.statuses)
    ]
    pairs = [(_told_apart(a, b, sides), a, b) for a in moving for b in moving if _comparable(a, b)]
    most = max((told for told, _, _ in pairs), default=0)
    best = [(a, b) for told, a, b in pairs if told == most > 0]
    ratio = ratio_of(text)
    holding = {_in_ratio(a, b, ratio) if ratio else _order(a, b) == direction for a, b in best}
    if len(holding) != 1 or not all(_tell_of(text, a, b) for a, b in best):
        return None
    return (holding.pop(), *best[0])


def is_turned_round(claim: str, official: str) -> bool:
    """Whether ``claim`` sets those two things against each other that ``official`` does, the other way round.

    城镇居民收入涨得比农村快 where 农村居民收入增速快于城镇居民.
    """
    ours, theirs = _relation(claim), _relation(official)
    if ours is None or theirs is None or not ours[2] or not theirs[2]:
        return False
    before, after = claim[: ours[0]], _until_figure(claim[ours[1] :])
    first, second = official[: theirs[0]], _until_figure(official[theirs[1] :])
    crossed = _named_only(before, after, second, first) and _named_only(after, before, first, second)
    straight = _named_only(before, after, first, second) and _named_only(after, before, second, first)
    return crossed and not straight if ours[2] == theirs[2] else straight and not crossed


def _until_figure(text: str) -> str:
    return re.split(r"\d", text, maxsplit=1)[0]


def _named_only(side: str, other: str, here: str, there: str) -> bool:
    """Whether a word of ``side`` that is not in ``other`` stands ``here`` and not ``there``."""
    own = (word for word in words(side) if len(word) > 1 and word not in other)
    return any(word in here and word not in there for word in own)


def _tell_of(text: str, a: Indicator, b: Indicator) -> bool:
    """Whether the figures of ``text`` are those of the two records, or how far they lie apart."""
    mine, other = figure_of(a), figure_of(b)
    return (
        mine is not None and other is not None and _agree(text, (mine, other), abs(mine.value - other.value))
    )


def _comparable(a: Indicator, b: Indicator) -> bool:
    # Less of a decline is more, to some, and less to others.
    same = (a.unit, a.measure, a.year, a.status, a.report) == (b.unit, b.measure, b.year, b.status, b.report)
    return same and a.measure != "decline"


def _told_apart(a: Indicator, b: Indicator, sides: tuple[str, str]) -> int:
    """How many signs of two indicators' names a comparison holds, each on its side; 0 where it names others."""
    mine, other = set(words(core_name(a.indicator))), set(words(core_name(b.indicator)))
    shared = mine & other
    for own, here, there in ((mine - shared, *sides), (other - shared, *reversed(sides))):
        if not own or any(word not in here or word in there for word in own):
            return 0
    held = [word for word in shared if word in sides[0] or word in sides[1]]
    return sum(map(len, (*(mine ^ other), *held))) if held or not shared else 0


def _order(a: Indicator, b: Indicator) -> int | None:
    """1 where ``a`` is more than ``b``, -1 where it is less."""
    mine, other = figure_of(a), figure_of(b)
    return None if mine is None or other is None else (mine.value > other.value) - (mine.value < other.value)


def _in_ratio(a: Indicator, b: Indicator, ratio: Ratio) -> bool:
    mine, other = figure_of(a), figure_of(b)
    return mine is not None and other is not None and ratio.holds(mine.value, other.value)


def _record(slot: Slot, text: str, searcher: Searcher) -> Indicator | None:
    """The record of the slot's place and year with the longest name that ``text`` holds.

    Of the slot's status, or of the one that ``text`` plainly speaks of: a deficit ratio is set and not
    reported. Never a goal for a result that is not told.
    """
    text = in_official_names(text)
    growing = _GROWING.search(text) is not None
    said = asked_statuses(text)
    found = [
        (
            status_fits(record.status, slot.statuses),
            len(name),
            (record.measure in {"growth", "decline"}) == growing,
            record,
        )
        for record in searcher.library.indicators(reports=slot.filters.reports, place=slot.place)
        if not slot.years or record.year in slot.years
        if status_fits(record.status, slot.statuses) or record.status in said
        if said != ("actual",) or status_fits(record.status, said)
        if is_mean(record.quote) == is_mean(text)
        if len(name := core_name(record.indicator)) >= _SHORTEST and name in text
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def _relation(text: str) -> tuple[int, int, int] | None:
    """Start and end of the words that hold one thing against another, and which is more: 1 the first, -1 the second.

    0 for as much, or so many times as much; None where nothing plain is said.
    """
    ratio = ratio_of(text)
    if ratio is not None:
        return ratio.start, ratio.end, 0
    less = LESS_THAN.search(text)
    if less is not None:
        return less.start(), less.end(), -(_direction(text, less.end()) or 1)
    than = _THAN.search(text)
    direction = _direction(text, than.start()) if than else None
    return (than.start(), than.end(), direction) if than and direction is not None else None


def _direction(text: str, start: int) -> int | None:
    """1 for more, -1 for less, 0 for as much, None where nothing plain is said."""
    said = STILL.sub("", text[start:])
    if _EQUAL.search(said):
        return 0
    up, down = bool(_UP.search(said)), bool(_DOWN.search(said))
    return None if up == down else 1 if up else -1


def _is_yardstick(first: Indicator, second: Indicator, before: str, after: str, base: int) -> bool:
    """Whether ``first`` is what ``second`` is held against: named behind the comparing words, or not before them."""
    if asked_years(before, base) or first.year == second.year:
        return _is_subject(second, before, base) and not _is_subject(first, before, base)
    named = asked_years(after, base)
    return first.year in named and second.year not in named


def _is_subject(record: Indicator, before: str, base: int) -> bool:
    """Whether the words before the comparison name the year or, if they name none, the place of ``record``."""
    years = asked_years(before, base)
    if years:
        return record.year in years
    return short_name(record.place) in before
