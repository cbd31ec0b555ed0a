"""Claims that compare: 今年的目标比去年的实绩低. Decided by the two ledger records that they speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.check_records import core_name, status_fits
from rag.figures import figure_of
from rag.places import short_name
from rag.times import asked_years

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Indicator
    from rag.types import Query, Slot

_THAN: Final = re.compile(
    r"[与和跟同](?=.*(?:持平|相同|相当|一致|一样|相等))|比|较(?!为|好|大|高|快|强)|高于|低于|多于|少于|快于|慢于|大于|小于|超过"
)
_UP: Final = re.compile(r"更?[高多大快](?!质|铁|速|校|等|数据|学)|提高|上升|增加|上调|调高|扩大|加快")
_EQUAL: Final = re.compile(r"持平|相同|相当|一致|一样|相等")
_DOWN: Final = re.compile(r"更?[低少小慢]|下降|下调|降低|调低|减少|放缓|缩小|回落")
# Everyday names that records do not use.
_EVERYDAY: Final = (
    (re.compile(r"(?i)gdp|国内生产总值|(?<!数字)(?<!民营)经济(?=增|总量)"), "地区生产总值"),
    (re.compile(r"规上"), "规模以上"),
)
_GROWING: Final = re.compile(r"增长|增速|增幅|涨幅|下降|降幅")
_SHORTEST: Final = 4


def compared_records(query: Query, text: str, searcher: Searcher) -> tuple[bool, Indicator, Indicator] | None:
    """Whether the comparison in the Chinese ``text`` holds, with the record of its subject and that of its yardstick.

    None where ``text`` compares nothing, or the ledger does not have both
    records under the name that ``text`` uses and in one unit.
    """
    than = _THAN.search(text)
    direction = _direction(text, than.start()) if than else None
    slots = query.slots
    if than is None or direction is None or len(slots) != 2 or re.search(r"\d(?:个百分点|%)", text):  # noqa: PLR2004 - a subject and a yardstick
        return None
    first, second = (_record(slot, text, searcher) for slot in slots)
    if first is None or second is None or core_name(first.indicator) != core_name(second.indicator):
        return None
    if _is_subject(second, text[: than.start()]) and not _is_subject(first, text[: than.start()]):
        first, second = second, first
    mine, other = figure_of(first), figure_of(second)
    if mine is None or other is None or mine.unit != other.unit:
        return None
    gap = mine.value - other.value
    return (gap > 0) - (gap < 0) == direction, first, second


def _record(slot: Slot, text: str, searcher: Searcher) -> Indicator | None:
    """The record of the slot's place and period with the longest name that ``text`` holds."""
    for pattern, official in _EVERYDAY:
        text = pattern.sub(official, text)
    growing = _GROWING.search(text) is not None
    found = [
        (len(name), (record.measure in {"growth", "decline"}) == growing, record)
        for record in searcher.library.indicators(reports=slot.filters.reports, place=slot.place)
        if (not slot.years or record.year in slot.years) and status_fits(record.status, slot.statuses)
        if len(name := core_name(record.indicator)) >= _SHORTEST and name in text
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def _direction(text: str, start: int) -> int | None:
    """1 for more, -1 for less, 0 for as much, None where nothing plain is said."""
    if _EQUAL.search(text, start):
        return 0
    up, down = bool(_UP.search(text, start)), bool(_DOWN.search(text, start))
    return None if up == down else 1 if up else -1


def _is_subject(record: Indicator, before: str) -> bool:
    """Whether the words before the comparison name the year or, if they name none, the place of ``record``."""
    years = asked_years(before, 0)
    if years:
        return record.year in years
    return short_name(record.place) in before
