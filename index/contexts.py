"""What the place of a clause in its report implies for its period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from index.clauses import Span, holders
from index.outline import body_start
from index.periods import classify, leading_period, named_periods, plan_years
from index.types import Period, Section

_REVIEW: Final = re.compile(
    r"回顾|总结|成就|成绩|(?:完成|执行|工作|进展)情况|决算|过去|(?:一|三|五|几)年来|(?:所做|做过|以来)的?工作",
)
_GOALS: Final = re.compile(r"任务|安排|部署|目标|要求|建议|重点|举措|打算|考虑")
_GLOSSARY: Final = re.compile(r"名词|术语|用语|注释|^注|^附[^。]*说明")
_REVIEW_OPENER: Final = re.compile(
    r"(?:(?:回顾|总结)?(?:刚刚)?过去(?:的)?(?:这)?(?:[一二三四五六七八九十几]年|[0-9０-９]{4}年)|[一三四五]年来|去年|这一年|这五年|首先报告)",
)
_GOAL_OPENER: Final = re.compile(
    r"(?:今年(?:是|，|,|的?(?:政府|经济|国民|我国|我省|我市|全|要|重点|工作|主要|总体))|"
    r"(?:根据|按照|综合|实现|做好|完成|围绕|落实|贯彻)[^。；]{0,40}今年[^，。；]{0,30}(?:目标|要求|工作|任务)|新的一年|(?:总体)?工作要求是)",
)
_PROBLEMS: Final = re.compile(
    r"清醒(?:地)?(?:看到|认识)|在肯定成绩的同时|(?:还|也|仍)(?:然)?(?:存在|面临)(?:着)?[^，。；]{0,24}(?:问题|困难|挑战|不足|短板|差距|矛盾)",
)
_RESOLVE: Final = re.compile(
    r"(?:对此|对这些|为此)?[，,]?(?:新的一年，?)?(?:我们|各级政府|新的一年，?|今年，?)(?:一定|必须|将|要)"
)
_TIMED: Final = re.compile(r"年|[“\"]十?.五[”\"]")
_SALUTATION: Final = re.compile(r"(?:各位代表|同志们)[！!，,：:]\s*|[—\-－]+\s*")
_CLOSING: Final = re.compile(
    r"让我们|万岁|团结起来|谱写[^。]{0,60}(?:篇章|新篇|华章)[！!。]?$|而(?:努力|团结)?奋斗[！!。]$"
)
# Parts that tell of views and events rather than of the year's work.
_NARRATIVE: Final = re.compile(r"^[^、]{0,4}[、）)]?关于|外交|国际|世界和平|霸权|祖国(?:和平)?统一|对外政策")
# A plan that this year's work only prepares or starts.
_STARTED_PLAN: Final = re.compile(r"五[”\"][^，。]{0,4}(?:开|创|奠|起|打|蓄|良好)")
_NO_TIME: Final = Period(None, "policy")
# Closing words stand in the last part of a report.
_CLOSING_FROM: Final = 0.6
_ITEM: Final = 3
# So many characters open a paragraph.
_OPENING: Final = 16


@dataclass(frozen=True, slots=True)
class _Context:
    """What a section implies. ``mixed``: it speaks of several times, and its paragraphs say which."""

    period: Period
    mixed: bool


def assign_periods(
    text: str,
    spans: Sequence[Span],
    sections: Sequence[Section],
    report_year: int,
) -> list[Period]:
    """The period of each span: its own words, else its sentence, paragraph, section or part.

    In a text of no year (``report_year`` 0) there are no such parts, and a year is that of its sentence only.
    """
    if not report_year:
        return _undated_periods(text, spans)
    body = body_start(text)
    before = _before_parts(text, sections, report_year)
    contexts = _section_contexts(sections, before, report_year)
    inside = holders(spans, sections)
    periods: list[Period] = []
    stretch: tuple[int, Period] | None = None
    last = _NO_TIME
    for _, group in groupby(zip(spans, inside, strict=True), key=lambda pair: pair[0].paragraph):
        pairs = list(group)
        members, held = [span for span, _ in pairs], pairs[-1][1]
        if members[0].start < body:
            periods.extend(Period(report_year, "policy") for _ in members)
            continue
        part = held[0] if held and sections[held[0]].level == 1 else -1
        base = contexts[held[-1]] if held else before
        titled = _is_title(members, held, sections)
        opened = None if titled else _opened(text, members, report_year)
        if opened is not None and base.mixed and (opened.status, base.period.status) != ("actual", "target"):
            stretch = (part, opened)
        lasting = stretch[1] if stretch is not None and stretch[0] == part and base.mixed else base.period
        if last.status == "ongoing" and lasting.status == "actual" and not titled:
            lasting = last
        closing = _closes(text, members, base)
        start = Period(report_year, "policy") if closing else opened or lasting
        found, last = _paragraph_periods(text, members, start, report_year)
        periods.extend(found)
    return periods


def _undated_periods(text: str, spans: Sequence[Span]) -> list[Period]:
    found: list[Period] = []
    for _, group in groupby(spans, key=attrgetter("paragraph")):
        found.extend(_paragraph_periods(text, list(group), _NO_TIME, 0)[0])
    return found


def _is_title(spans: Sequence[Span], held: Sequence[int], sections: Sequence[Section]) -> bool:
    """Whether a paragraph starts with the title of a part or section."""
    return spans[0].heading and bool(held) and sections[held[-1]].level < _ITEM


def _paragraph_periods(
    text: str, spans: Sequence[Span], start: Period, own: int
) -> tuple[list[Period], Period]:
    """The periods of one paragraph's spans, and what is implied at its end: problems and resolutions last."""
    context = start
    found = []
    for _, sentence in groupby(spans, key=attrgetter("sentence")):
        carried = context
        for span in sentence:
            words = text[span.start : span.end]
            if context.status == "actual" and _PROBLEMS.search(words):
                context = carried = Period(context.year, "ongoing")
            elif context.status in {"actual", "ongoing"} and _RESOLVE.match(words):
                context = carried = Period(own, "target")
            timeless = span.heading and not _TIMED.search(words)
            found.append(start if timeless else classify(words, carried, own))
            carried = leading_period(words, carried, own) or carried
    return found, context


def _opened(text: str, spans: Sequence[Span], own: int) -> Period | None:
    """The time that a paragraph's opening words set for what follows, if they set one."""
    first = text[spans[0].start : spans[0].end]
    salutation = _SALUTATION.match(first)
    if salutation and salutation.end() == len(first) and len(spans) > 1:
        first = text[spans[1].start : spans[1].end]
    elif salutation:
        first = first[salutation.end() :]
    if _REVIEW_OPENER.match(first):
        return Period(own - 1, "actual")
    if _GOAL_OPENER.match(first):
        return Period(own, "target")
    plan = _plan_named(first[:_OPENING], own)
    if plan is not None:
        return plan
    leading = leading_period(first[:_OPENING], _NO_TIME, own)
    return leading if leading == Period(own - 1, "actual") else None


def _plan_named(words: str, own: int) -> Period | None:
    """The plan beyond the report's year that ``words`` name."""
    ends = [end for end in plan_years(words) if end > own]
    if ends and not _STARTED_PLAN.search(words):
        return Period(max(ends), "plan")
    return next((period for period in named_periods(words, _NO_TIME, own) if period.status == "plan"), None)


def _closes(text: str, spans: Sequence[Span], base: _Context) -> bool:
    """Whether a paragraph is the closing appeal."""
    if spans[0].start < _CLOSING_FROM * len(text) or base.period.status == "actual":
        return False
    words = text[spans[0].start : spans[-1].end]
    return bool(_SALUTATION.match(words) or len(spans) <= _ITEM) and bool(_CLOSING.search(words))


def _section_contexts(sections: Sequence[Section], before: _Context, own: int) -> list[_Context]:
    """What each section implies: its title's words, else its parent, else its place after the review."""
    contexts: list[_Context] = []
    open_: list[tuple[Section, _Context]] = []
    previous = before
    for section in sections:
        while open_ and open_[-1][0].end <= section.start:
            open_.pop()
        if section.level == 1:
            context = previous = _part(section.title, previous, own)
        else:
            inherited = open_[-1][1] if open_ else before
            context = inherited if section.level == _ITEM else _subsection(section.title, inherited, own)
        open_.append((section, context))
        contexts.append(context)
    return contexts


def _before_parts(text: str, sections: Sequence[Section], own: int) -> _Context:
    """The context before the first part: a review where one stands there, else none."""
    first = next((section.start for section in sections if section.level == 1), 0)
    lines = text[body_start(text) : first].split("\n")
    reviewed = any(_REVIEW_OPENER.match(line.strip()) for line in lines)
    return (
        _Context(Period(own - 1, "actual"), mixed=True)
        if reviewed
        else _Context(Period(own, "policy"), mixed=True)
    )


def _part(title: str, previous: _Context, own: int) -> _Context:
    """What a part's title implies; a title without a time continues the order review, then goals."""
    if _GLOSSARY.search(title):
        return _Context(_NO_TIME, mixed=False)
    if _REVIEW.search(title):
        return _Context(Period(own - 1, "actual"), mixed=bool(_GOALS.search(title)))
    named = named_periods(title, _NO_TIME, own)
    plan = _plan_named(title, own)
    if plan is not None and not (named and named[0].status == "target"):
        return _Context(plan, mixed=any(period.year == own for period in named))
    return (
        _Context(named[0], mixed=named[0].status == "actual")
        if named
        else _untimed_part(title, previous, own)
    )


def _untimed_part(title: str, previous: _Context, own: int) -> _Context:
    """What a part implies whose title names no time."""
    if _NARRATIVE.search(title):
        return _Context(Period(own, "policy"), mixed=True)
    if previous.period.status == "policy":
        return _Context(Period(own - 1, "actual"), mixed=True)
    return _Context(Period(own, "target"), mixed=True)


def _subsection(title: str, inherited: _Context, own: int) -> _Context:
    """What a section's title implies within its part."""
    if inherited.mixed and _REVIEW.search(title):
        return _Context(Period(own - 1, "actual"), mixed=False)
    plan = _plan_named(title, own)
    if plan is not None and inherited.period.status != "actual":
        return replace(inherited, period=plan)
    if classify(title, _NO_TIME, own) != _NO_TIME:
        return _Context(classify(title, inherited.period, own), mixed=inherited.mixed)
    return inherited
