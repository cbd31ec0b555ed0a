"""What came of a goal, told behind it without a subject of its own: ……计划改造7043户，一年后的报告写的是完成7043户，分毫不差. Pure functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import nouns
from rag.check_vague import in_figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from index.quantities import Quantity

_PART: Final = re.compile(r"[，；]")
# What a part says of its figure, and not of what.
_NO_THING: Final = frozenset(
    "报告 政府 工作报告 目标 实际 增速 增幅 计划 原计划 原定 任务 数字 结果 实绩 成绩 数据 一半 倍 最终 最后 年底 全年 次年 当年 民生 实事 力争 增长 下降 提高 减少 突破 同比".split()
)
_IN_REPORT: Final = re.compile(
    r"(?:[在到]?(?:19|20)\d\d年?的?|一年[之以]?后的?)*报告(?:里|中|上|时)*(?:公布|写|说|显示|披露|给出|报告|交出)?(?:的?(?:实际)?(?:是|结果是|数字是))?"
)
_DOING: Final = re.compile(r"^(?:新开工|新建|建设?|新增|改造|完成|打造|实施)+(?=[\u4e00-\u9fff]{2})")
_DONE: Final = re.compile(r"建成|完成|新增|达到|改造|做到|建了|装了|修了")
_REPORT_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_BEFORE_THING: Final = re.compile(
    r"^.*?(?:报告|实事|年初|年)(?:里|中|上|的)*(?:提出|说|写|定|计划|要求|承诺|明确|安排)(?:的?是|了|要)?|^(?:计划|打算|拟|力争|要|将)+|当年|今年|去年|明年|(?:19|20)\d\d年(?:初|底|末)?的?|(?:力争|计划|拟|要求|打算)(?:达到|实现)?"
)
_TARGET: Final = r"(?:原?[计定]划?|目标|任务|预期|原定|承诺)(?:数|值|的)?"
_REMARKS: Final[tuple[tuple[re.Pattern[str], Callable[[Decimal, Decimal], bool]], ...]] = (
    (re.compile(r"分毫不差|一模一样|正好(?:一样|相同|相等)|不多不少|数字(?:完全)?(?:一致|相同|一样)|^(?:与|和|跟)" + _TARGET + r"(?:一致|相同|持平)"), lambda goal, result: goal == result),
    (re.compile(r"(?:不到|不足|没到|不及)" + _TARGET + r"的?(?:一半|50%)|(?:只|仅)(?:有|完成了?)" + _TARGET + r"的?不到一半"), lambda goal, result: result * 2 < goal),
    (re.compile(r"(?:超出|超过|多出|高出|超)了?" + _TARGET + r"的?(?:一半多|一半以上|50%以上|超过50%|五成多)"), lambda goal, result: result * 2 > goal * 3),
    (re.compile(r"超额完成|(?:超过|高于|好于|超出|大幅超过|远超)了?" + _TARGET + r"$|比" + _TARGET + r"[^\d]{0,4}[高多]$"), lambda goal, result: result > goal),
    (re.compile(r"(?:没有?|未能?)(?:达到|完成|实现)(?:" + _TARGET + r")?$|(?:低于|不及|落后于|没达到|未达)了?" + _TARGET + r"$|比" + _TARGET + r"[^\d]{0,4}[低少]$"), lambda goal, result: result < goal),
)  # fmt: skip


def with_subject(text: str, lead: str) -> str:
    """``text`` of a claim with the thing that stands before it, ``lead``, where it tells only a figure; without what it remarks of the two figures, if that holds.

    As it is where it names a thing of its own, or either has no single figure.
    """
    told, meant = _figure(text), _figure(lead)
    if told is None or meant is None or _names_thing(text, told):
        return text
    thing = _BEFORE_THING.sub("", lead[: meant.start] + lead[meant.end :]).strip("，；、。 ")
    if not any(len(noun) > 1 for noun in nouns(thing)):
        return text
    if _DONE.search(text):
        thing = _DOING.sub("", thing)  # of 建绿道……建成了157公里 the second tells what came of it
    source = _IN_REPORT.search(text)
    said = _without_remarks(text, meant, told)
    if source is None:
        return f"{thing}{said}"
    # As any other claim names its report: 2025年的报告说，……
    years = _REPORT_YEAR.findall(source[0])
    named = f"{years[0]}年的报告说，" if years else "报告说，"
    rest = said.replace(source[0], "", 1).removeprefix("而").removeprefix("但")
    return f"{named}{thing}{'' if '实际' in rest else '实际'}{rest}"


def _names_thing(text: str, told: Quantity) -> bool:
    """Whether the part of ``text`` with the figure ``told`` names what it is of."""
    at = next(part for part in _PART.split(text) if told.text in part)
    return bool({noun for noun in nouns(_IN_REPORT.sub("", at)) if len(noun) > 1} - _NO_THING)


def _figure(text: str) -> Quantity | None:
    """The one amount with a unit that ``text`` gives; None where it gives none, or several."""
    amounts = [one for one in find_quantities(text) if one.kind == "amount" and one.unit and one.unit != "年"]
    return amounts[0] if len(amounts) == 1 and amounts[0].high is None else None


def _without_remarks(text: str, goal: Quantity, result: Quantity) -> str:
    """``text`` without the parts that compare the two figures, and do so rightly."""
    if goal.unit != result.unit:
        return text
    kept = [
        part
        for part in _PART.split(text)
        if not any(
            pattern.search(in_figures(part)) or pattern.search(part)
            for pattern, holds in _REMARKS
            if holds(goal.value, result.value)
        )
        or _figure(part) is not None
    ]
    return "，".join(kept)
