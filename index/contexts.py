"""What the place of a clause in its report implies for its period."""

import re
from collections.abc import Sequence
from typing import Final

from index.clauses import Span
from index.periods import classify
from index.types import Period, Section

_REVIEW: Final = re.compile(
    r"回顾|总结|成就|成绩|(?:完成|执行|决算|进展)情况|过去|(?:所做|做过)的工作|一年来|(?:五|三)年来|新(?:进展|成效|突破|成就)",
)
_PLAN: Final = re.compile(
    r"[“\"](?P<plan>十[一二三四五六七]五|[一二三四五六七八九十]五)[”\"]|(?:今后|未来)(?:的)?(?P<years>[三五十]|十五)年|远景|长远"
)
_OWN_YEAR: Final = re.compile(r"(?:工作|任务|安排|部署|目标|要求|建议|重点|举措)")
_BACK: Final = re.compile(r"名词|术语|用语|注释|说明|附表|^注")
_PREAMBLE: Final = re.compile(r"^(?:现在|我代表|受|我受)[^。]{0,60}(?:报告|审议)")
_CLOSING: Final = re.compile(
    r"^(?:各位代表[！!，,：:]?)?[^。]{0,200}(?:让我们|团结起来|奋力谱写|而(?:努力)?奋斗[！!。]?$|万岁)",
)
_OPENER: Final = re.compile(
    r"^(?:各位代表[！!，,：:]\s*)?(?:[—\-－]+\s*)?(?:"
    r"(?P<review>(?:回顾)?(?:刚刚)?过去(?:的)?(?:这)?(?:一|五|[0-9０-９]{4})年?|一年来|五年来|去年|这一年|这五年)"
    r"|(?P<goals>今年(?:是|，|,|政府|经济|国民|我国|我省|我市|全|要|的|重点|工作|主要)|(?:综合考虑|实现今年|做好今年|完成今年|为实现今年)|新的一年)"
    r"|(?P<coming>今后(?:的)?五年|未来五年))",
)


def assign_periods(
    text: str,
    spans: Sequence[Span],
    sections: Sequence[Section],
    report_year: int,
) -> list[Period]:
    """The period of each span: its own words, else its sentence, paragraph, section or part."""
    outline = _section_contexts(sections, report_year)
    nothing = Period(None, "policy")
    periods: list[Period] = []
    open_: list[tuple[Section, Period]] = []
    waiting = list(zip(sections, outline, strict=True))[::-1]
    stretch: Period | None = None
    paragraph = sentence = -1
    context = local = nothing
    for span in spans:
        while waiting and waiting[-1][0].start <= span.start:
            section, period = waiting.pop()
            open_.append((section, period))
            if section.level < 3:
                stretch = None
        while open_ and open_[-1][0].end <= span.start:
            open_.pop()
        words = text[span.start : span.end]
        if span.paragraph != paragraph:
            paragraph = span.paragraph
            base = open_[-1][1] if open_ else nothing
            opened = _opened(words, report_year)
            if opened is not None:
                stretch = opened
            context = stretch or base
            if _CLOSING.match(words) and base.status != "actual":
                context = Period(report_year, "policy")
        if span.sentence != sentence:
            sentence = span.sentence
            local = context
        period = local if span.heading else classify(words, local, report_year)
        if span.heading and open_:
            period = open_[-1][1] if stretch is None else stretch
        local = period
        periods.append(period)
    return periods


def _opened(words: str, own: int) -> Period | None:
    match = _OPENER.match(words)
    if not match:
        return None
    if match["review"]:
        return Period(own - 1, "actual")
    return Period(own, "target") if match["goals"] else Period(own + 4, "plan")


def _section_contexts(sections: Sequence[Section], own: int) -> list[Period]:
    contexts: list[Period] = []
    open_: list[tuple[Section, Period]] = []
    previous = Period(None, "policy")
    for section in sections:
        while open_ and open_[-1][0].end <= section.start:
            open_.pop()
        inherited = open_[-1][1] if open_ else _after(previous, own)
        period = _titled(section, inherited, own)
        if section.level == 1:
            previous = period
        open_.append((section, period))
        contexts.append(period)
    return contexts


def _after(previous: Period, own: int) -> Period:
    """What follows a part: after the review come goals."""
    return previous if previous.year is None else Period(own, "target")


def _titled(section: Section, inherited: Period, own: int) -> Period:
    """What a title says of the time of its section."""
    title = section.title
    if section.level == 1 and _BACK.search(title):
        return Period(None, "policy")
    if section.level == 1 and _REVIEW.search(title):
        return Period(own - 1, "actual")
    plan = _PLAN.search(title)
    if plan and section.level < 3 and inherited.status != "actual":
        return classify(title + "时期", inherited, own)
    if section.level < 3:
        return classify(title, inherited, own)
    return inherited
