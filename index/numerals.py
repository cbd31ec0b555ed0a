"""Chinese numerals: 七十三万九千, 十一点八, 二〇二三."""

import re
from decimal import Decimal
from typing import Final

NUMERAL: Final = "[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?"
"""Pattern of a run that may be a Chinese numeral; ``parse_numeral`` decides."""

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}
_SECTION = re.compile(
    r"(?:(?:([一二两三四五六七八九])千)?(零?[一二两三四五六七八九]百)?(零?[一二三四五六七八九]?十)?(零?[一二三四五六七八九])?)$"
)
_PLAIN_DIGITS = re.compile(r"[〇零一二三四五六七八九]{3,}$")


def _section(text: str) -> int | None:
    """Value of a numeral below ten thousand, or None."""
    if text == "零":
        return 0
    if not text or not _SECTION.match(text):
        return None
    total, digit = 0, 0
    for char in text:
        if char in _SMALL:
            total += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _integer(text: str) -> int | None:
    """Value of a whole numeral, or None; 三百亿 and 一亿三千五百万 alike."""
    for mark in ("亿", "万"):
        head, found, tail = text.rpartition(mark)
        if found:
            above = _DIGITS[head] if head == "两" else _integer(head)
            below = _integer(tail) if tail else 0
            if above is None or below is None or below >= _LARGE[mark]:
                return None
            return above * _LARGE[mark] + below
    return _section(text)


def parse_numeral(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where ``text`` is none.

    ``parse_numeral("七十三万九千")`` is 739000; 十四五 and 万 alone are no numerals.
    """
    whole, _, fraction = text.partition("点")
    value = int("".join(str(_DIGITS[c]) for c in whole)) if _PLAIN_DIGITS.match(whole) else _integer(whole)
    if value is None:
        return None
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return Decimal(f"{value}.{digits}") if digits else Decimal(value)


def format_numeral(value: int) -> str:
    """The Chinese numeral of a whole number from 0 to below 10**12."""
    if value < 0 or value >= 10**12:
        raise ValueError(f"{value} has no numeral here: give a whole number from 0 to below 10**12")
    for size, mark in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            head, tail = divmod(value, size)
            gap = "零" if 0 < tail < size // 10 else ""
            return format_numeral(head) + mark + gap + (format_numeral(tail) if tail else "")
    return _format_section(value)


def _format_section(value: int) -> str:
    digits = "零一二三四五六七八九"
    parts = []
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        parts.append(digits[digit] + mark if digit else "零")
    return re.sub("零+", "零", "".join(parts)).strip("零") or "零"
