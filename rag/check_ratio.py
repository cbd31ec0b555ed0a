"""Claims that make one figure a multiple or a part of another: 不到规上工业增加值目标的一半, 大致是2024年的两倍."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.numerals import parse_numeral

_RATIO: Final = re.compile(
    r"(?P<soft>还?不到|不足|超过|多于|大?约|大致|接近|将近|正好|恰好|相当于|[是为达])(?:相当于|[是为])?(?P<other>[^，,。；;]{2,30}?)的"
    r"(?P<times>一半|(?:[一两二三四五六七八九十]+|\d+(?:\.\d+)?)倍|[一二三四五六七八九]成|[三四五]分之[一二三四])(?P<more>以上|多|有余|左右)?"
)
_LESS: Final = re.compile(r"不到|不足")
_MORE: Final = re.compile(r"超过|多于|以上|多|有余")
_NEARLY: Final = re.compile(r"接近|将近")
_LEEWAY: Final = Decimal("0.08")
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Ratio:
    """That one thing is so many ``times`` another, or less or more than that; ``start`` and ``end`` of the words that say so."""

    start: int
    end: int
    soft: str
    times: Decimal

    def holds(self, mine: Decimal, other: Decimal) -> bool:
        """Whether ``mine`` is that of ``other``."""
        if not other:
            return False
        actual = mine / other
        if _LESS.search(self.soft):
            return actual < self.times
        if _MORE.search(self.soft):
            return actual > self.times
        if _NEARLY.search(self.soft):
            return self.times * (1 - 2 * _LEEWAY) <= actual < self.times
        return abs(actual - self.times) <= _LEEWAY * self.times


def ratio_of(text: str) -> Ratio | None:
    """The ratio that ``text`` states of two things; None where it states none."""
    match = _RATIO.search(text)
    times = _times(match["times"]) if match else None
    return (
        Ratio(match.start("soft"), match.end("soft"), match["soft"] + (match["more"] or ""), times)
        if match and times
        else None
    )


def _times(words: str) -> Decimal | None:
    if words == "一半":
        return _HALF
    if "分之" in words:
        whole, _, part = words.partition("分之")
        parts = parse_numeral(part), parse_numeral(whole)
        return parts[0] / parts[1] if parts[0] and parts[1] else None
    number = words[:-1].replace("两", "二")
    value = Decimal(number) if number[0].isdigit() else parse_numeral(number)
    return None if value is None else value / 10 if words.endswith("成") else value
