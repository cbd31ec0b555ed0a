"""Which year a clause speaks of, and whether as a result, a goal or a state.

A work report reviews the year before its own (actual) and sets the goals of
its own year (target). A clause's own words decide where they name a time;
where they do not, the part it stands in does.
"""

import re
from collections.abc import Iterator
from typing import Final

from index.types import Period

_DIGITS: Final = str.maketrans("０１２３４５６７８９〇○Ｏ零一二三四五六七八九", "01234567890000123456789")
_YEAR4: Final = r"[12１２一二][ 　]?[09０９〇○Ｏ零九][ 　]?[0-9０-９〇○Ｏ零一二三四五六七八九][ 　]?[0-9０-９〇○Ｏ零一二三四五六七八九]"
_NUMBER: Final = "[二三四五六七八九十2-9]"
_PLAN_ENDS: Final = {"一五": 1957, "二五": 1962} | {
    f"{name}五": 1950 + 5 * i
    for i, name in enumerate("三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七".split(), start=3)
}
_TIME: Final = re.compile(
    rf"(?P<first>{_YEAR4})年?[ 　]*(?:[—－\-–~～至到]|——)[ 　]*(?P<last>{_YEAR4})年"
    rf"|(?<![0-9０-９.])(?P<year>{_YEAR4})[ 　]*年(?P<on>以来|起)?"
    r"|[“\"「‘](?P<plan>十[一二三四五六七]五|[一二三四五六七八九十]五)[”\"」’](?P<plan_tail>规划|时期|期间|以来|末|前.年|.年来|头.年)?"
    r"|(?P<since>今年以来|年初以来|今年(?:1|一|前|上半|第一季度|春节|元旦)[^，。；]{0,6}|截至目前|到目前为止)"
    r"|(?P<this>今年|本年度|年内)"
    r"|(?P<before>去年|上年|上一年|过去(?:的)?(?:这)?一年|(?<!新的)一年(?:多)?来|这一年|这一年里)"
    rf"|(?P<past>过去(?:的)?(?:这)?(?:{_NUMBER}|几)年|(?<!每)(?:{_NUMBER}|几|近)年(?:多)?(?:以)?来|这{_NUMBER}年|本届政府|以来)"
    rf"|(?P<coming>(?:今后|未来)(?:的)?(?P<years>{_NUMBER})年|今后一个时期|本世纪(?:末|中叶|内)|远景目标)"
    r"|(?P<next>明年|下一年度?)",
)
_TITLED: Final = re.compile(r"《[^》]{0,120}》")
# A year that others are measured against, or part of a name, says nothing of the clause's time.
_BASE_BEFORE: Final = re.compile(r"(?:比|较|于|同|与|和|从|自|由|超过|以|为|是|相当于|扭转|对照|延续|在)[ 　]*$")
_MEASURED_BEFORE: Final = re.compile(r"(?:比|较|于|同|与|从|自|由|超过|相当于|扭转)[ 　]*$")
_BASE_AFTER: Final = re.compile(
    r"(?:同期|相比|持平|的?[^，。；]{0,12}基础上|的[^，；。]{0,24}?(?:提高|增加|增长|上升|扩大|下降|减少|降低|发展|跃升|提升)[到至为]"
    r"|政府工作报告|版|为基期|水平上|(?:、|和|与)去年)",
)
_REACHED: Final = re.compile(r"(?:提高|增加|增长|上升|扩大|下降|减少|降低|发展|跃升|提升)[到至为]")
_GOAL_WORDS: Final = re.compile(
    r"(?:预期|奋斗|发展|工作|约束性)?目标(?:任务)?(?:是|为|：|:)|力争|(?<!实)现在起|争取(?:到|在|实现|用)|务必|"
    r"(?:我们|政府|必须|一定|今后|下一步)(?:也|都)?(?:将|要)(?!求)|将(?:继续|进一步|采取|努力|着力|更加|以)|必须(?!看到|清醒)",
)
_STATE_WORDS: Final = re.compile(
    r"清醒(?:地)?(?:看到|认识)|(?:存在|面临)[^，。；]{0,16}(?:问题|困难|挑战|不足|短板|差距|压力|风险|矛盾)|"
    r"仍(?:然|旧|需|有|不|较|未|存)|尚未|有待|亟待|亟需|还(?:不够|不高|不强|不足|不平衡|不适应|不稳|较|存在|有不少|有很大)|"
    r"不平衡不充分|(?:目前|当前|现在)[，,]?[^，。；]{0,30}(?:正在|处于|面临|仍|依然)|依然|任重道远",
)
_DONE_WORDS: Final = re.compile(r"已(?:经|有|建|完成|成|达|开|全|累|实现|超|形)|(?:实现|完成|取得|达到|增长|建成)了|圆满(?:完成|实现)")
_ONLY_PLANNED: Final = re.compile(r"(?:规划|计划|纲要|谋划|编制|收官|开局|起步|之年|实施方案)")


def classify(text: str, context: Period, report_year: int) -> Period:
    """The year and status that ``text`` states, or ``context`` where its own words say nothing.

    Args:
        text: a clause, sentence or question.
        context: what the surroundings imply.
        report_year: the report's own year, whose goals it sets.
    """
    masked = _TITLED.sub(lambda match: "《" + " " * (len(match[0]) - 2) + "》", text)
    named = _named_period(masked, context, report_year)
    if named is not None:
        return named
    return _by_mood(masked, context, report_year)


def _by_mood(text: str, context: Period, report_year: int) -> Period:
    """``context``, unless the wording is plainly that of a goal or of a lasting state."""
    if context.status != "actual":
        return context
    if _GOAL_WORDS.search(text) and not _DONE_WORDS.search(text):
        return Period(report_year, "target")
    if _STATE_WORDS.search(text):
        return Period(context.year, "ongoing")
    return context


def _named_period(text: str, context: Period, report_year: int) -> Period | None:
    """The period of the time that governs ``text``: the first it names, or the end of a stretch of years."""
    found = list(_times(text, context, report_year))
    if not found:
        return None
    return found[0]


def _times(text: str, context: Period, report_year: int) -> Iterator[Period]:
    for match in _TIME.finditer(text):
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 30]
        if _MEASURED_BEFORE.search(before) or _BASE_AFTER.match(after):
            continue
        period = _period(match, after, context, report_year)
        if period is not None:
            yield period


def _period(match: re.Match[str], after: str, context: Period, own: int) -> Period | None:
    """What one mention of a time says; None if it only names something."""
    groups = match.groupdict()
    if groups["last"]:
        return _of_year(_number(groups["last"]), own, match.string)
    if groups["year"]:
        if groups["on"]:
            return Period(own - 1, "actual") if groups["on"] == "以来" else None
        return _of_year(_number(groups["year"]), own, match.string)
    if groups["plan"]:
        return _of_plan(groups["plan"], groups["plan_tail"] or "", context, own)
    if groups["since"]:
        return Period(own, "actual")
    if groups["this"]:
        return _of_year(own, own, match.string)
    if groups["before"] or groups["past"]:
        return Period(own - 1, "actual")
    if groups["next"]:
        return Period(own + 1, "plan")
    return Period(own + 4 if groups["years"] == "五" else None, "plan")


def _of_year(year: int, own: int, text: str) -> Period:
    if year < own:
        return Period(year, "actual")
    if year > own:
        return Period(year, "plan")
    done = _DONE_WORDS.search(text) and not _GOAL_WORDS.search(text)
    return Period(year, "actual" if done else "target")


def _of_plan(name: str, tail: str, context: Period, own: int) -> Period | None:
    """A five-year plan named: its period is over, running or to come."""
    end = _PLAN_ENDS[name]
    if tail in {"规划", ""} and end >= own - 1:
        return None
    if end < own:
        return Period(end, "actual")
    if tail in {"以来"} or tail.endswith("年来") or tail.startswith(("前", "头")):
        return Period(own - 1, "actual")
    if context.status == "actual" and end - 4 < own:
        return None
    return Period(end, "plan")


def _number(year: str) -> int:
    return int(year.translate(_DIGITS).replace(" ", "").replace("　", ""))
