"""A question that asks for several figures one by one, taken apart (今年新装多少充电桩？还有错时停车的车位加几个？)."""

from __future__ import annotations

import re
from typing import Final

_STOP: Final = re.compile(r"[？?；;。！!]+|[，,](?=还有|另外|以及|再有|那么?(?!一?年|时))")
_ASKS: Final = re.compile(r"多少|百分之几|(?<![哪第那这好])几(?=\w)|多[长大高远](?=$|[，,])|什么程度|呢$")
# 还有那个车位 asks of the 车位.
_LINK: Final = re.compile(r"^(?:还有|另外|以及|再有|再就是|同时|顺便)(?:那个|这个|就是|问一?下)?")
_MOST: Final = 3


def asked_apart(text: str) -> tuple[str, ...]:
    """The parts of a Chinese question that each ask for a number, what is said before one with it; () if they are not two or three."""
    parts: list[str] = []
    said = ""
    for part in _STOP.split(text):
        bare = part.strip(" ，,")
        if not bare:
            continue
        if _ASKS.search(bare) is None:
            said += f"{bare}，"
            continue
        parts.append(said + _LINK.sub("", bare))
        said = ""
    return tuple(parts) if 1 < len(parts) <= _MOST else ()
