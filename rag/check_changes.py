"""Figures that went from one value to another: of a clause with several changes each start has its own end."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value

if TYPE_CHECKING:
    from index.quantities import Quantity

_BECOMES: Final = re.compile(
    r"[^，,。；;、]{0,10}?[降减升增提涨扩缩调压上下退跃跌滑落攀][^，,。；;、\d]{0,4}[到至为]了?(?:约|近|超过)?"
)


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
