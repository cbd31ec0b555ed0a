"""Chinese figures in English words, converted by code: 60万人以上 is "600,000 people or more"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities

if TYPE_CHECKING:
    from index.quantities import Quantity
    from index.types import Indicator

_UNITS: Final = {
    "%": "%", "‰": " per mille", "个百分点": " percentage points", "元": " yuan", "美元": " US dollars",
    "人": " people", "名": " people", "人次": " visits", "公里": " km", "平方公里": " square km", "平方米": " square meters",
    "立方米": " cubic meters", "亩": " mu", "公顷": " hectares", "吨": " tons", "吨标准煤": " tons of standard coal",
    "千瓦": " kW", "千瓦时": " kWh", "户": " households", "家": "", "个": "", "项": "", "件": "", "条": "", "所": "",
    "座": "", "辆": " vehicles", "套": " units", "张": "", "天": " days", "倍": " times", "标箱": " TEU", "年": " years",
}  # fmt: skip
_BEFORE: Final = {
    "超过": "over ", "不超过": "no more than ", "约": "about ", "近": "nearly ", "不低于": "at least ",
    "力争": "striving for ", "以内": "within ", "左右": "around ", "以下": "below ",
}  # fmt: skip
_AFTER: Final = {"以上": " or more"}
_MILLION: Final = Decimal(10**6)
_BILLION: Final = Decimal(10**9)
_TRILLION: Final = Decimal(10**12)
_GREW: Final = re.compile(r"(?:增[长加]|提高|上升|扩大)了?(?:近|约|超过?)?$")
_LONG: Final = Decimal(10**6)


def english_figure(quantity: Quantity) -> str:
    """``quantity`` in English with unit and qualifier; a rank as "rank 2"."""
    if quantity.unit == "位":
        return f"rank {quantity.value.normalize():f}"
    number = _number(quantity.value)
    if quantity.high is not None:
        number = f"{number} to {_number(quantity.high)}"
    unit = _UNITS.get(quantity.unit, f" {quantity.unit}" if quantity.unit else "")
    return f"{_BEFORE.get(quantity.qualifier, '')}{number}{unit}{_AFTER.get(quantity.qualifier, '')}"


def in_english(text: str) -> str:
    """The statistics of ``text`` with their English forms: "60万人以上 = 600,000 people or more"; "" if none."""
    pairs = (
        f"{q.text} = {_grown_by(q) if _GREW.search(text[: q.start]) else english_figure(q)}"
        for q in find_quantities(text)
        if q.kind == "amount" and q.unit
    )
    return "; ".join(dict.fromkeys(pairs))


def _grown_by(quantity: Quantity) -> str:
    """How much something grew, in English: what grew by 1倍 doubled."""
    by_times = quantity.unit == "倍" and quantity.high is None
    return english_figure(replace(quantity, value=quantity.value * 100, unit="%") if by_times else quantity)


def figure_of(record: Indicator) -> Quantity | None:
    """The figure of ``record`` as it stands in its quote."""
    stated = f"{record.value}{record.unit}"
    wanted = {(q.value, q.high) for q in find_quantities(stated)}
    matching = [q for q in find_quantities(record.quote) if (q.value, q.high) in wanted]
    return matching[-1] if matching else None


def _number(value: Decimal) -> str:
    for size, word in ((_TRILLION, "trillion"), (_BILLION, "billion"), (_MILLION, "million")):
        if value >= size and (value % (size / 1000) == 0 or value >= _LONG * 1000):
            return f"{(value / size).normalize():f} {word}"
    return f"{value.normalize():,f}"
