"""All goals of a year together, none named: whether they were met is told in a sentence of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.tokens import known_places, nouns
from rag.check_reading import Finding, Place
from rag.verdicts import Difference

if TYPE_CHECKING:
    from rag.check_reading import Reading
    from rag.check_reports import ReportText

_GOALS: Final = r"(?:目标|任务|指标)+"
_DONE: Final = r"(?:完成|实现|达到|达成|兑现)"
_ALL: Final = r"(?:全部?都?|[样件项条个]{2}都?|都|圆满|悉数|统统|如期|一个不落地?|百分之?百|全面)"
_SAYS_MET: Final = re.compile(
    rf"{_GOALS}[^，。；没未]{{0,6}}?{_ALL}[^，。；没未]{{0,4}}{_DONE}|{_ALL}{_DONE}了?[^，。；]{{0,12}}{_GOALS}|"
    rf"{_DONE}了[^，。；没未]{{0,12}}(?:所有|全部|每一?[个项])[^，。；没未]{{0,10}}{_GOALS}|(?:所有|每一?[个项])[^，。；没未]{{0,10}}{_GOALS}[^，。；没未]{{0,4}}{_DONE}"
)
_SAYS_MISSED: Final = re.compile(
    rf"{_GOALS}[^，。；]{{0,4}}(?:没有?|未能?|不){_DONE}|(?:没有?|未能?){_DONE}[^，。；]{{0,24}}?(?:部分|一些|有的|个别|某些|几个)[^，。；]{{0,10}}{_GOALS}|"
    rf"{_GOALS}[^，。；]{{0,4}}(?:没有?|未能?)(?:能够?)?{_ALL}[^，。；]{{0,4}}{_DONE}|(?:没有?|未能?){_DONE}[^，。；]{{0,24}}?{_GOALS}中的(?:部分|一些|几个)|"
    rf"{_GOALS}[^。；]{{0,4}}?(?:并?不是|并非|不)[^，。；]{{0,4}}?(?:所有|全部|每一?[个项]|都)[^，。；]{{0,4}}{_DONE}|"
    rf"(?:并?不是|并非)(?:所有|全部|每一?[个项])[^，。；]{{0,12}}{_GOALS}[^，。；]{{0,4}}{_DONE}"
)
_WELL: Final = r"(?:圆满|全面|顺利|较好|全部|如期|胜利)地?"
_TOGETHER: Final = r"(?:全年|年度|各项|主要|发展|确定的|年初的?)(?:主要|各项|工作|预期)*"
_MET: Final = re.compile(
    rf"{_WELL}完成了?[^，。；]{{0,14}}?{_TOGETHER}{_GOALS}|{_TOGETHER}{_GOALS}[^，。；]{{0,4}}{_WELL}{_DONE}"
)
_MISSED: Final = re.compile(
    rf"(?:部分|一些|有的|个别|少数)[^，。；]{{0,6}}{_GOALS}[^，。；]{{0,4}}(?:没有?|未能?|不){_DONE}"
)
_OF_GOALS: Final = frozenset(
    "目标 任务 指标 报告 工作报告 政府工作报告 部分 市长 省长 当局 政府 市政府 省政府 工作 年度 经济 社会 发展 全部 全都 全面 圆满完成 顺利完成 如期完成 按期完成 按时完成 全面完成 预期 例外 无一例外 样样 件件 项项 条条".split()
)
_WHEN: Final = re.compile(
    r"(?:在|到)?(?:(?:19|20)\d\d年|去年|上年|前年|今年|年初|全年|当年|[那同]一?年)+(?:的|里|年初)*"
)
_ASKS_MET: Final = re.compile(
    rf"^(?P<when>[^，,。？?]{{2,14}}?)(?:[确设制]?定下?的?|提出的|政府的?|报告的?)*(?:各项|主要|所有|全部|预期|工作)*{_GOALS}"
    rf"(?:是不是|是否|有没有|到底|究竟)*(?:都|全部?都?)?(?:{_DONE})了?(?:预期)?(?:吗|没有?|得?怎么?样|得?如何)?[？?。]*$"
)
# 政府自己承认……吗？原话怎么说的
_OWNED: Final = re.compile(
    r"^(?:[^，,。？?]{0,6}?(?:政府|当局|报告))?(?:里|中|自己)?(?:有没有|是否|是不是|也|都)?(?:承认|坦言|坦承|认账|说|提到?)(?:了|过)?"
)
_HOW_IT_SAYS: Final = re.compile(
    r"(?<=[？?，,])[^？?，,]{0,8}(?:原[话句文]|怎么[说写讲表]|如何[说写表]|咋[说写讲])[^？?]{0,8}[？?。]*$"
)
_ASKS_MISSED: Final = re.compile(
    rf"^(?P<when>[^，,。？?]{{2,14}}?)(?:有没有|有哪些|哪些|有什么|是否有|有)(?:(?:没有?|未能?){_DONE}(?:预期)?的{_GOALS}|{_GOALS}(?:没有?|未能?){_DONE}(?:预期)?)(?:吗)?[？?。]*$|"
    rf"^(?P<of>[^，,。？?]{{2,14}}?)(?:[确设制]?定下?的?)?(?:各项|主要|所有|全部|预期|工作)*{_GOALS}(?:没有?|未能?)(?:能够?)?{_ALL}[^，。；]{{0,4}}{_DONE}(?:吗|是吗|对吗|吧|么)?[，,？?。]*$"
)


# Nothing else of the clause can speak against it.
_SURE: Final = 0.96


def asked_together(text: str) -> str:
    """The statement that a Chinese question about all goals of a year asks to be confirmed; "" for any other question."""
    text = _OWNED.sub("", _HOW_IT_SAYS.sub("", text))
    for pattern, said in ((_ASKS_MET, "目标全部完成了"), (_ASKS_MISSED, "有的目标没有完成")):
        match = pattern.match(text)
        if match is None:
            continue
        named = next(part for part in match.groups() if part)
        when = named
        for place in known_places(when):
            when = when.replace(place, "")
        if _WHEN.fullmatch(re.sub(r"^[市省区县]?的?", "", when)):
            return f"{named}{said}"
    return ""


def goals_met(reading: Reading) -> Finding | None:
    """What the reports say of all goals of a year together, where a claim does; None if it names one, or they say nothing."""
    claims_all, claims_missed = _SAYS_MET.search(reading.text), _SAYS_MISSED.search(reading.text)
    named = set(nouns(reading.own.sub("", reading.text))) - _OF_GOALS
    said = claims_all or claims_missed
    if said is None or any(len(word) > 1 for word in named):
        return None
    missed = _first(reading, _MISSED)
    told = missed or _first(reading, _MET)
    if told is None:
        return None
    if (missed is None) == (claims_all is not None):
        return Finding("supported", (told,), confidence=_SURE)
    official = told.report.parsed.report.text[told.start : told.end]
    return Finding("refuted", (told,), (Difference("wording", said[0], official),), official, _SURE)


def _first(reading: Reading, pattern: re.Pattern[str]) -> Place | None:
    found = (_in_report(report, pattern, reading.times.years) for report in reading.reports)
    return next((place for place in found if place), None)


def _in_report(report: ReportText, pattern: re.Pattern[str], years: tuple[int, ...]) -> Place | None:
    """The first part of a sentence of ``report`` on the ``years``, or on the last one where none is named, that fits ``pattern``."""
    wanted = years or (report.parsed.report.year - 1,)
    for clause in report.parsed.clauses:
        if clause.period.year not in wanted or clause.period.status not in {"actual", "ongoing"}:
            continue
        for part in re.finditer(r"[^，；。]+", clause.text):
            if pattern.search(part[0]):
                return Place(report, clause, clause.start + part.start(), clause.start + part.end())
    return None
