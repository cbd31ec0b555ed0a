"""Figures that follow from others: 税率由16%降至13%, which are 3 points; two that are added up; one that is a share.

Of a clause with several changes each start has its own end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity

_BECOMES: Final = re.compile(
    r"[^，,。；;、]{0,10}?[降减升增提涨扩缩调压上下退跃跌滑落攀][^，,。；;、\d]{0,4}[到至为]了?(?:约|近|超过)?"
)
_WHOLE: Final = Decimal(1)
_ADDED_UP: Final = re.compile(
    r"加起来|加在一起|合计|合起来|合在一起|相加|总计|\bcombined\b|\btogether\b|\bin total\b", re.IGNORECASE
)
_MOVED_BY: Final = re.compile(
    r"[降减升增提涨扩缩高低多少快慢][^，,。；;、\d]{0,3}了[约近]?\d|净[增减]\D{0,2}\d|\bby \d", re.IGNORECASE
)
_GROWN: Final = re.compile(r"增长\D{0,2}[123]00%|\b[123]00%")
_DOUBLED: Final = frozenset({100, 200, 300})
_SHARE: Final = re.compile(r"占|\bshare\b|\bper ?cent of\b|% of\b", re.IGNORECASE)


def derived(claim: str, official: Sequence[Quantity]) -> list[Quantity]:
    """What follows from the ``official`` figures as ``claim`` speaks of it: their sum, how far they lie apart, a share.

    Empty where it speaks of none of these.
    """
    pairs = [
        (a, b)
        for a, b in combinations(official, 2)
        if a.unit == b.unit and a.high is None and b.high is None and a.value != b.value
    ]
    found = []
    if _ADDED_UP.search(claim):
        found += [_worked_out(a, a.value + b.value, a.unit) for a, b in pairs]
    if _MOVED_BY.search(claim):
        points = {"%": "个百分点"}
        found += [_worked_out(a, abs(a.value - b.value), points.get(a.unit, a.unit)) for a, b in pairs]
    if _GROWN.search(claim):
        grown = ((a, 100 * abs(b.value - a.value) / a.value) for a, b in pairs if a.value)
        found += [_worked_out(a, growth, "%") for a, growth in grown if growth in _DOUBLED]
    if _SHARE.search(claim):
        shares = [
            (a, 100 * min(a.value, b.value) / max(a.value, b.value)) for a, b in pairs if a.value and b.value
        ]
        found += [_worked_out(a, share.quantize(_WHOLE), "%") for a, share in shares]
    return found


def _worked_out(one: Quantity, value: Decimal, unit: str) -> Quantity:
    return replace(one, value=value, unit=unit, qualifier="", text=f"{value.normalize():f}{unit}")


def other_end(claim: str, official: str) -> tuple[str, str] | None:
    """The end of a change that ``claim`` states and the one that ``official`` has for the same start; None if none differs."""
    told = changes(official)
    for start, end in changes(claim):
        if any(same_value(start, theirs) and same_value(end, begun) for begun, theirs in told):
            return end.text, start.text
        ends = [theirs for begun, theirs in told if same_value(start, begun)]
        if ends and not any(same_value(end, theirs) for theirs in ends):
            return end.text, ends[0].text
    return None


def changes(text: str) -> list[tuple[Quantity, Quantity]]:
    """The figures that ``text`` says went from one value to another, with that other one, in the order of the text."""
    amounts = [one for one in find_quantities(text) if one.kind == "amount"]
    return [
        (start, end) for start, end in pairwise(amounts) if _BECOMES.fullmatch(text[start.end : end.start])
    ]
