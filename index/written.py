"""A figure as its report writes it: value and unit in the scale of the text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.quantities import SCALES

if TYPE_CHECKING:
    from index.quantities import Quantity

_PEOPLE_NAME: Final = re.compile(r"(?:人数|人口|就业|用户数?|劳动力)$")
_PLACES: Final = Decimal("0.0001")


def as_written(q: Quantity, name: str) -> tuple[str, str]:
    """Value and unit in the scale of the text: ("73.9", "万人"), ("5-5.5", "%")."""
    scale = q.scale if "\u4e00" <= q.scale <= "\u9fff" else ""
    unit = re.split("[（(]", q.unit)[0]
    if not unit and _PEOPLE_NAME.search(name):
        unit = "人"
    ends = [q.value] if q.high is None else [q.value, q.high]
    return "-".join(_plain(end / SCALES[scale]) for end in ends), f"{scale}{unit}"


def _plain(value: Decimal) -> str:
    """A decimal without exponent and needless zeros, of at most four places."""
    text = format(value.quantize(_PLACES), "f")
    return text.rstrip("0").rstrip(".")
