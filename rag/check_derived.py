"""Figures that follow from official ones: 税率由16%降至13%, which are 3 points; two that are added up; one that is a share.

What is worked out is told by the words of the claim: 加起来, 多了, 几倍, 占, 前一年.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.units import compatible
from rag.check_changes import changes
from rag.check_kinds import holds
from rag.check_vague import in_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.quantities import Quantity
    from rag.check_reading import Finding, Reading

_NUMBER: Final = r"[\d一二两三四五六七八九十百千]"
_ABOUT: Final = r"(?:将近|接近|大约|差不多|至少|超过?|约|近)?"
_ADDED_UP: Final = re.compile(
    r"加起来|加在一起|合计|合起来|合在一起|相加|总计|\bcombined\b|\btogether\b|\bin total\b", re.IGNORECASE
)
_MOVED_BY: Final = re.compile(
    rf"(?:[降减升增提涨扩缩高低多少快慢添][^，,。；;、\d]{{0,3}}了|净[增减]\D{{0,2}}?|(?:[上下]调|调[高低增减]|提高|增加|减少|降低|多[发给]|(?<![增上])涨|[要将会再][降减提])|[高低多少]出?|相差|差了?){_ABOUT}{_NUMBER}|\bby (?:about |nearly |over |more than )?\d",
    re.IGNORECASE,
)
_GROWN: Final = re.compile(r"[增涨提升长多]\D{0,4}\d+(?:\.\d+)?%|\b[123]00%", re.IGNORECASE)
_SHARE: Final = re.compile(
    r"占|其中[^，。；\d]{0,8}\d+(?:\.\d+)?%|\bshare\b|\bper ?cent of\b|% of\b", re.IGNORECASE
)
# 2023年的两倍 is a multiple of what another clause tells.
_TIMES: Final = re.compile(r"^(?!.*年的[^，。]{0,6}倍).*(?:倍|\btimes\b)", re.IGNORECASE)
_RATE_OF_RATES: Final = re.compile(r"[增涨降][速幅][^，。]{0,12}倍|[增涨]得[^。]{0,20}倍")
_BEFORE: Final = re.compile(
    r"[前上]一年|去年|上年|前年|此前|原来|\b(?:year (?:before|earlier)|previous year)\b", re.IGNORECASE
)
_REST: Final = re.compile(r"剩|还差|[没未][^，。]{0,4}(?:完|交|到位)|\bleft\b|\bremain", re.IGNORECASE)
_DAYS: Final = re.compile(r"日子|天数|\bdays\b", re.IGNORECASE)
_OF_NATION: Final = re.compile(r"全国|\bnational\b|\bnationwide\b", re.IGNORECASE)
# What a figure grew by, right behind it: 16.9万吨、增长25.3%, 1.35万亿元，比去年增加5500亿元.
_GREW_BY: Final = re.compile(
    r"[、，,（(]?(?:[同比较][^，。；、\d]{0,4})?(?P<turn>增[长加]|提高|上升|下降|减少|降低)(?:了|约)?"
)
_BESIDE_NATION: Final = re.compile(r"[、，,（(]?(?P<turn>[高低])于(?:全国|国家)(?:平均)?(?:水平)?")
_FALLS: Final = frozenset({"下降", "减少", "降低"})
_YEAR_OF_DAYS: Final = Decimal(365)
_MOST_DAYS: Final = 366
_FEWEST_DAYS: Final = 100
_RATES: Final = frozenset({"%", "个百分点"})
_UNSETTLED: Final = 0.6
_HUNDRED: Final = Decimal(100)


def derived(claim: str, official: str) -> list[Quantity]:
    """What follows from the ``official`` figures as ``claim`` speaks of it; empty where it speaks of nothing of the kind.

    Their sum, how far they lie apart, a share, a multiple; what a figure that grew was before, and that of the nation.
    """
    told = [one for one in find_quantities(official) if one.kind == "amount" and one.high is None]
    alike = [(a, b) for a, b in combinations(told, 2) if a.unit and b.unit and compatible(_bare(a), _bare(b))]
    pairs = [(a, b) for a, b in combinations(told, 2) if a.unit == b.unit and a.value != b.value]
    return [
        *_of_sums(claim, alike, told),
        *_of_pairs(claim, pairs),
        *_of_multiples(claim, [*pairs, *alike]),
        *_of_changes(claim, official),
        *_of_growth(claim, told, official),
        *(replace(one, unit="倍", text=f"{one.value}倍") for one in told if one.unit == ":1"),
    ]


def unless_derived(reading: Reading, found: Finding) -> Finding:
    """``found``, unless all that speaks against a claim are figures that follow from the official ones: then its meaning is to be weighed."""
    claim = in_figures(reading.text)
    wrong = [one.stated for one in found.differences if one.kind == "figure"]
    if not wrong or len(wrong) < len(found.differences):
        return found
    stated = [one for words in wrong for one in find_quantities(in_figures(words))]
    follow = [one for place in found.places for one in derived(claim, in_figures(place.clause.text))]
    if stated and all(any(holds(one, other) for other in follow) for one in stated):
        return replace(
            found, verdict="not_enough_info", places=(), differences=(), note="", confidence=_UNSETTLED
        )
    return found


def _of_sums(claim: str, pairs: list[tuple[Quantity, Quantity]], told: list[Quantity]) -> Iterator[Quantity]:
    """Two figures added up, or three in a row, in the unit of any: 12个园区、133家工厂 are 145个."""
    if _ADDED_UP.search(claim):
        rows = [row for row in zip(told, told[1:], told[2:], strict=False) if _go_together(row)]
        for row in (*pairs, *rows):
            for unit in {one.unit for one in row} - _RATES:
                yield _worked_out(row[0], sum((one.value for one in row), Decimal(0)), unit)


def _go_together(row: tuple[Quantity, ...]) -> bool:
    """Whether all of ``row`` are counted in units that go together."""
    return all(one.unit and compatible(_bare(row[0]), _bare(one)) for one in row)


def _bare(figure: Quantity) -> str:
    """The unit without what stands beside it in brackets: 套（间）."""
    return figure.unit.partition("（")[0]


def _of_pairs(claim: str, pairs: list[tuple[Quantity, Quantity]]) -> Iterator[Quantity]:
    """What follows from two figures in one unit."""
    points = {"%": "个百分点"}
    for a, b in pairs:
        if _MOVED_BY.search(claim):
            yield _worked_out(a, abs(a.value - b.value), points.get(a.unit, a.unit))
        if a.value and b.value and _SHARE.search(claim) and a.unit not in _RATES:
            yield _worked_out(a, 100 * min(a.value, b.value) / max(a.value, b.value), "%")


def _of_multiples(claim: str, pairs: list[tuple[Quantity, Quantity]]) -> Iterator[Quantity]:
    """How many times the one figure is the other: 托位4万个, 床位4080张."""
    for a, b in pairs if _TIMES.search(claim) else ():
        if (
            a.value
            and b.value
            and a.value != b.value
            and (a.unit not in _RATES or _RATE_OF_RATES.search(claim))
        ):
            yield _worked_out(a, max(a.value, b.value) / min(a.value, b.value), "倍")


def _of_changes(claim: str, official: str) -> Iterator[Quantity]:
    """How much grew what went from one value to another."""
    if _GROWN.search(claim):
        for begun, became in changes(official):
            if begun.unit == became.unit and begun.value and begun.unit not in _RATES:
                yield _worked_out(begun, _HUNDRED * abs(became.value - begun.value) / begun.value, "%")


def _of_growth(claim: str, told: list[Quantity], official: str) -> Iterator[Quantity]:
    """What follows from a figure and how much it grew, or how far it is from the nation's; and days as a share of the year."""
    for one, by in pairwise(told):
        between = official[one.end : by.start]
        grew, beside = _GREW_BY.fullmatch(between), _BESIDE_NATION.fullmatch(between)
        change = -by.value if grew and grew["turn"] in _FALLS else by.value
        if grew and by.unit == "%" and one.unit not in _RATES and _BEFORE.search(claim):
            yield _worked_out(one, one.value / (1 + change / _HUNDRED), one.unit)
        if grew and by.unit == one.unit and one.value > change:
            if _BEFORE.search(claim):
                yield _worked_out(one, one.value - change, one.unit)
            if _GROWN.search(claim):
                yield _worked_out(one, _HUNDRED * abs(change) / (one.value - change), "%")
        if beside and by.unit in _RATES and one.unit == "%" and _OF_NATION.search(claim):
            yield _worked_out(one, one.value + by.value * (-1 if beside["turn"] == "高" else 1), "%")
    if _REST.search(claim):
        yield from (_worked_out(one, _HUNDRED - one.value, "%") for one in told if one.unit == "%")
    if _DAYS.search(claim):
        days = (one for one in told if one.unit == "天" and _FEWEST_DAYS <= one.value <= _MOST_DAYS)
        yield from (_worked_out(one, _HUNDRED * one.value / _YEAR_OF_DAYS, "%") for one in days)


def _worked_out(one: Quantity, value: Decimal, unit: str) -> Quantity:
    exact = value if value == value.to_integral_value() else value.quantize(Decimal("0.01")).normalize()
    return replace(one, value=exact, unit=unit, qualifier="", text=f"{exact:f}{unit}")
