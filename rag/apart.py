"""A question that asks for several figures one by one, taken apart (今年新装多少充电桩？还有错时停车的车位加几个？)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.tokens import known_places, nouns
from rag.amounts import asked_unit, has_figure, has_unit
from rag.times import asked_statuses, asked_years, without_times
from rag.topic import GENERAL_NOUNS
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rag.types import Found, Query, Slot

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
# 给工业投资和技改投资定的增速，哪个没达到; 进出口和社零两个目标都实现了吗
_BOTH_GOALS: Final = re.compile(
    r"(?P<one>[^，。？?：:、和与\d]{2,24})(?:、|和|与|以及)(?P<other>[^，。？?、\d]{2,12}?)"
    r"(?:定[的了]|设[的了]|这?两[个项]|的?(?:增长)?(?:目标|增速|增幅|涨幅|任务)|都|各自|分别)"
)
_BOTH: Final = re.compile(r"哪[个项一]|都|各|分别|两[个项]")
_GROWTH: Final = re.compile(r"增速|增长|增幅|涨幅|涨了")
_UP_TO_THING: Final = re.compile(r"^.*[的给把对让为]")
# A clause that speaks of so much of a part tells it.
_TOLD: Final = 0.5
_TOLD_IN_UNIT: Final = 0.2
# Of which there are too many in a report to tell anything.
_ANY: Final = frozenset("个 家 项 条 件 % 元 人".split())
_SOURCES: Final = frozenset("报告 政府 工作报告 实际 说实 实绩 交账 交卷 成绩单 答卷".split())
_OF_FIGURES: Final = frozenset({"figure", "list", "comparison"})
# Each of several figures is told by its record where that fits so well.
_SURE_OF_PART: Final = 0.4


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


def as_meant_and_as_it_came(
    question: Question,
    query: Query,
    read: Callable[[Question], Query],
    gather: Callable[[Query], tuple[Found, ...]],
) -> tuple[Found, ...]:
    """The records of one thing that a first part asks of as a goal, and a later one of as its result; () if that is not what is asked.

    2025年答应治理多少处堵点？2026年的报告说治理了多少处: the thing is named by the first part.
    """
    parts = asked_apart(question.text) if query.language == "zh" and query.wanted == "comparison" else ()
    if not goal_and_result(parts, query.slots) or _name_another(parts) or len(_ASKS.findall(parts[0])) > 1:
        return ()
    own = read(Question(parts[0], question.history, question.reports))
    found = gather(replace(query, text=own.text, topic=own.topic, focus=own.focus))
    return found if all(part.record for part in found) else ()


def one_by_one(
    question: Question,
    query: Query,
    read: Callable[[Question], Query],
    gather: Callable[[Query], tuple[Found, ...]],
) -> tuple[Found, ...]:
    """What tells each part of a Chinese ``question`` that asks for several figures one by one; () if one is not told."""
    parts = asked_apart(question.text) if query.language == "zh" and query.wanted in _OF_FIGURES else ()
    found: list[Found] = []
    first = query
    of_goal = goal_and_result(parts, query.slots)
    for number, part in enumerate(parts):
        turns = (*question.history, (parts[number - 1], "")) if number else question.history
        own = read(Question(part, turns, question.reports))
        if of_goal:
            own = replace(own, slots=(of_goal[number],))
        elif number and not asked_years(part, 0) and not asked_statuses(part):
            own = replace(own, slots=first.slots)  # of the time that the part before it names
        first = first if number else own
        found += gather(own) if len(own.slots) == 1 else ()
    sure = all(one.record is None or one.fit >= _SURE_OF_PART for one in found)
    whole = sure and len(found) == len(parts) and _are_told(found, parts)
    return _listed(found) if whole else ()


def _listed(found: Sequence[Found]) -> tuple[Found, ...]:
    """``found`` as the parts of a list, each told by its record or the best of its clauses."""
    return tuple(replace(one, listed=True) for one in found)


def _name_another(parts: Sequence[str]) -> bool:
    """Whether a later one of ``parts`` names a thing that the first does not: 承诺治理多少处？新增线路多少条."""
    first, *later = parts
    return any(
        {noun for noun in nouns(part) if len(noun) > 1 and noun not in first} - GENERAL_NOUNS - _SOURCES
        for part in later
    )


def goal_and_result(parts: Sequence[str], slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Which of two ``slots``, a goal's and its result's, each of two ``parts`` asks of; () if they are no such two.

    2025年答应治理多少处？2026年的报告说治理了多少处: the report that is named last also sets a goal of its own.
    """
    shape = {(slot.place, slot.years) for slot in slots}
    goal, result = (next((s for s in slots if s.statuses == (one,)), None) for one in ("target", "actual"))
    if len(parts) != len(slots) or len(slots) != 2 or len(shape) != 1 or goal is None or result is None:  # noqa: PLR2004 - a pair
        return ()
    backwards = "target" in asked_statuses(parts[1]) and "target" not in asked_statuses(parts[0])
    return (result, goal) if backwards else (goal, result)


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
    asked = [thing for thing in things for _ in query.slots]
    return _listed(found) if whole and _are_told(found, asked) else ()


def _are_told(found: Sequence[Found], asked: Sequence[str]) -> bool:
    """Whether there is a record of its own for each part, or a clause that speaks of what is ``asked`` in it and has a figure."""
    records = [one.record for one in found if one.record]
    firsts = [(one.evidence[0].report, one.evidence[0].start) for one in found if one.evidence]
    return len(records) == len(set(records)) and all(
        one.record or _tells(one, text, firsts) for one, text in zip(found, asked, strict=True)
    )


def _tells(part: Found, asked: str, firsts: list[tuple[str, int]]) -> bool:
    """Whether the best clause has a figure and speaks of much that is ``asked``, or of some of it in the unit that is.

    Where it is of the unit, that clause is first for no other part, too: of ``firsts``, the reports and starts of all.
    """
    first = part.evidence[0] if part.evidence else None
    if first is None or not has_figure(first.focused):
        return False
    unit = asked_unit(asked)
    own = firsts.count((first.report, first.start)) == 1
    in_unit = own and unit not in {"", *_ANY} and has_unit(first.focused, unit)
    return first.covered >= (_TOLD_IN_UNIT if in_unit else _TOLD)


def _things(text: str) -> tuple[str, ...]:
    """The parts of ``text`` that each ask how much there is of a thing of their own; () if they are not two or three."""
    each = _EACH.search(text)
    if each is not None:
        return tuple(f"{each[name].rpartition('的')[2]}多少" for name in ("one", "other"))
    both = _BOTH_GOALS.search(text) if _BOTH.search(text) else None
    if both is not None:
        names = [without_times(_UP_TO_THING.sub("", both[name])).strip() for name in ("one", "other")]
        asked = "增长多少" if _GROWTH.search(text) else "多少"
        if all(_has_thing(name) for name in names) and not any(known_places(name) for name in names):
            return tuple(f"{name}{asked}" for name in names)
    asking = [without_times(part).strip() for part in _PART.split(text) if _ASKS.search(part)]
    own = [part for part in asking if _has_thing(part)]
    return tuple(own) if 1 < len(own) <= _MOST else ()


def _has_thing(text: str) -> bool:
    """Whether ``text`` names something by itself that can be told of."""
    return bool({noun for noun in nouns(text) if len(noun) > 1} - GENERAL_NOUNS - _SOURCES)
