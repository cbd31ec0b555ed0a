"""A question that asks for several figures one by one, taken apart (今年新装多少充电桩？还有错时停车的车位加几个？)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.tokens import nouns
from rag.amounts import has_figure
from rag.times import without_times
from rag.topic import GENERAL_NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rag.types import Found, Query

_STOP: Final = re.compile(r"[？?；;。！!]+|[，,](?=还有|另外|以及|再有|那么?(?!一?年|时))")
_ASKS: Final = re.compile(r"多少|百分之几|(?<![哪第那这好])几(?=\w)|多[长大高远](?=$|[，,])|什么程度|呢$")
# 还有那个车位 asks of the 车位.
_LINK: Final = re.compile(r"^(?:还有|另外|以及|再有|再就是|同时|顺便)(?:那个|这个|就是|问一?下)?")
_MOST: Final = 3
_PART: Final = re.compile(r"[：:、，,？?；;。]")
_HOW_MANY: Final = re.compile(r"(?:多少|几)[万亿]?[\u4e00-\u9fff]?$")
# 专项债券规模、预算内投资各是多少
_EACH: Final = re.compile(
    r"(?P<one>[^，。？?：:、]{3,30})(?:、|和|与|以及)(?P<other>[^，。？?、\d]{3,14}?)(?:各|分别)(?:自|是|为|有|安排|达到?|占)*了?(?:多少|几)"
)
# A clause that speaks of so much of a part tells it.
_TOLD: Final = 0.5
_SOURCES: Final = frozenset("报告 政府 工作报告 实际 说实 实绩".split())


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


def of_each_thing(query: Query, gather: Callable[[Query], tuple[Found, ...]]) -> tuple[Found, ...]:
    """The records at all times of a comparison for each of the things that it asks for; () if it asks for one, or has no record of some.

    承诺治理堵点多少处、新增线路多少条？实际做了多少: of both, what was promised and what came of it.
    """
    things = _things(query.text) if query.wanted == "comparison" and len(query.slots) > 1 else ()
    parts = [
        gather(replace(query, text=thing, topic=_HOW_MANY.sub(" ", thing), focus="")) for thing in things
    ]
    found = [one for part in parts for one in part]
    whole = bool(found) and len(found) == len(things) * len(query.slots)
    return tuple(replace(one, listed=True) for one in found) if whole and are_told(found) else ()


def are_told(found: Sequence[Found]) -> bool:
    """Whether of each part there is a record of its own, or a clause that speaks of it and has a figure."""
    records = [one.record for one in found if one.record]
    return len(records) == len(set(records)) and all(one.record or _tells(one) for one in found)


def _tells(part: Found) -> bool:
    first = part.evidence[0] if part.evidence else None
    return first is not None and first.covered >= _TOLD and has_figure(first.focused)


def _things(text: str) -> tuple[str, ...]:
    """The parts of ``text`` that each ask how much there is of a thing of their own; () if they are not two or three."""
    each = _EACH.search(text)
    if each is not None:
        return tuple(f"{each[name].rpartition('的')[2]}多少" for name in ("one", "other"))
    asking = [without_times(part).strip() for part in _PART.split(text) if _ASKS.search(part)]
    own = [
        part for part in asking if {noun for noun in nouns(part) if len(noun) > 1} - GENERAL_NOUNS - _SOURCES
    ]
    return tuple(own) if 1 < len(own) <= _MOST else ()
