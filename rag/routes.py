"""Railways and roads by the name that reports give them, of one sign for each end: 渝昆高铁 for 重庆至昆明的高铁. Pure functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.places import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUTE: Final = re.compile(
    r"(?P<begin>[\u4e00-\u9fff]{2,3})市?(?:至|到|[-–—－~～])(?P<end>[\u4e00-\u9fff]{2,3}?)市?(?:之?间)?的?(?P<kind>高铁|高速铁路|高速公路|高速|铁路|城际铁路|客专|客运专线)"
)
_SHORTEST: Final = 2
_KINDS: Final = {"高速铁路": "高铁", "高速公路": "高速", "客运专线": "客专"}
# Signs of cities that do not begin their names.
_CITIES: Final = {
    "成都": "蓉",
    "广州": "穗",
    "南京": "宁",
    "福州": "榕",
    "宁波": "甬",
    "武汉": "汉",
    "深圳": "深",
}


def in_route_names(text: str, used: Callable[[str], bool]) -> str:
    """``text`` with the short name of each railway and road that it calls by its two ends, where that name is ``used``."""
    return _ROUTE.sub(lambda route: _short_name(route, used) or route[0], text)


def _short_name(route: re.Match[str], used: Callable[[str], bool]) -> str:
    """What stands before the route, and its short name; "" if none is ``used``."""
    kind = _KINDS.get(route["kind"], route["kind"])
    # Of 完成重庆至昆明 the last two signs are the beginning.
    for begin in dict.fromkeys((route["begin"], route["begin"][-_SHORTEST:])):
        pairs = [(a, b) for a in _signs_of(begin) for b in _signs_of(route["end"])]
        names = (f"{first}{second}{kind}" for a, b in pairs for first, second in ((a, b), (b, a)))
        name = next((name for name in names if used(name)), "")
        if name:
            return route["begin"].removesuffix(begin) + name
    return ""


def _signs_of(place: str) -> tuple[str, ...]:
    """The signs by which ``place`` may be named: its own, that of its province, and its first."""
    return tuple(dict.fromkeys(one for one in (SIGNS.get(place), _CITIES.get(place), place[0]) if one))
