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
_COUNT: Final = "[二三四五六七八九十2-9]"
_PLAN_ENDS: Final = {"一五": 1957, "二五": 1962} | {
    f"{name}五": 1955 + 5 * i
    for i, name in enumerate("三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七".split(), start=3)
}
_PLAN_NAME: Final = "十[一二三四五六七]五|[一二三四五六七八九十]五"
_TIME: Final = re.compile(
    rf"(?P<first>{_YEAR4})年?[ 　]*(?:[—－\-–~～至到]|——)[ 　]*(?P<last>{_YEAR4})年"
    rf"|(?<![0-9０-９.])(?P<year>{_YEAR4})[ 　]*年(?P<on>以来|起)?"
    rf"|(?:[“\"「‘](?P<plan>{_PLAN_NAME})[”\"」’]|第(?P<nth>十[一二三四五六七]|[一二三四五六七八九十])个五年(?=计划|规划|时))"
    r"(?P<plan_tail>(?:规划|计划)?(?:时期|期间|以来|末|前.年|.年来|头.年)|规划|计划|普法)?"
    r"|(?P<since>(?:今年|年初)以来|截至目前|到目前为止|今年(?:[0-9０-９一二三]{1,2}(?:[—\-至到][0-9０-９一二三]{1,2})?月份?|前[两三四五]个月"
    r"|上半年|[第]?[一1]季度|春节|元旦|开年))"
    r"|(?P<this>今年|本年度|(?<![0-9０-９一二三四五十两])年内)"
    r"|(?P<before>去年|上年(?!度)|上一年|过去(?:的)?(?:这)?一年|(?<!新的)(?<!十)一年(?:多)?来|这一年(?!度))"
    rf"|(?P<past>过去(?:的)?(?:这)?(?:{_COUNT}|几)年|(?<!每)(?:{_COUNT}|几|近)年(?:多)?(?:以)?来|这{_COUNT}年|(?<!长期)(?<!历史)以来)"
    rf"|(?P<coming>(?:今后|未来)(?:的)?(?:(?P<years>{_COUNT})年|一个时期)|本世纪(?:末|中叶|内))"
    r"|(?P<next>明年|下一年度?)",
)
_TITLED: Final = re.compile(r"《[^》]{0,120}》")
# A year that others are measured against, or in a name, says nothing of the clause's own time.
_BASE_BEFORE: Final = re.compile(
    r"(?:比|较|于|同|与|从|自|由|超过|相当于|扭转|对照|[0-9０-９%％元人])[ 　]*[（(]?$"
)
_BASE_AFTER: Final = re.compile(
    r"同期|相比|持平|的?[^，。；]{0,12}基础上|政府工作报告|版|为基期|水平上|的?不变价|的[^，。；]{0,6}倍|"
    r"的[^，。；]{0,24}?(?:提高|增加|增长|上升|扩大|下降|减少|降低|发展|跃升|提升|缩小|缩短|压缩)[到至为]",
)
# A later year is a deadline only after these, or where a clause starts with it; elsewhere it is part of a name.
# Measures that are prolonged to a later year are work of today.
_PROLONGED: Final = re.compile(r"(?:延长|延续|延期|延缓|推迟|顺延)(?:至|到)?[ 　]*$")
_DEADLINE_BEFORE: Final = re.compile(r"(?:^|[，。；：:、,]|到|至|在|于|力争|争取|确保|将|和)[ 　]*$")
_BOUNDARY_BEFORE: Final = re.compile(r"(?:^|[，。；：、:,（(到至在将]|力争|争取|确保)[ 　]*$")
_NAMED_AFTER: Final = re.compile(r"前?(?:行动|远景|愿景|议程|规划|碳达峰|碳排放|应对)")
_GOAL_WORDS: Final = re.compile(
    r"(?:^|[，；])要(?![求素点闻害领塞道地务是件])|目标(?:任务)?(?:是|为|：|:)|力争|争取实现|务必|"
    r"(?:我们|政府|必须|一定|今后|下一步)(?:也|都)?(?:将|要)(?!求)|将(?:继续|进一步|采取|努力|着力|更加)",
)
_DUTY_WORDS: Final = re.compile(r"要|必须|应当|应该|将|确保|力争|争取|努力|让|使")
_STATE_WORDS: Final = re.compile(
    r"清醒(?:地)?(?:看到|认识)|(?<!长期)(?:存在|面临)[^，。；]{0,16}(?:问题|困难|挑战|不足|短板|差距|压力|风险|矛盾)|"
    r"仍(?:然|旧)?(?!然|旧|获得|取得|保持|实现|完成|增长|达到|高达|坚持)|尚未|有待|亟待|亟需|依然|任重道远|不平衡不充分|"
    r"还(?:不够|不高|不强|不足|不平衡|不适应|不稳|较|存在|有不少|有很大)|"
    r"(?:目前|当前|现在)[，,]?[^，。；]{0,30}(?:正在|处于|面临|仍)",
)
_SOLVED_WORDS: Final = re.compile(r"解决|化解|缓解|针对|帮助|应对|破解|克服|整治|纠正")
_DONE_WORDS: Final = re.compile(
    r"已(?:经|有|建|完|成|达|开|全|累|实现|超|形)|(?:实现|完成|取得|达到|增长|建成|有)了|圆满(?:完成|实现)"
)
_TOLD_WORDS: Final = re.compile(
    r"已经(?!建成的)|已(?:于|累计|超过|达到)|(?:实现|完成|取得|达到|增长|建成|有|得到|获得|作出|进行|开创|召开|通过|举行)了"
)
# A year's surroundings are looked at this far back; no sentence is longer than this.
_WINDOW: Final = 8
_LONGEST: Final = 2000
# A time named this close to the start governs what follows in the sentence.
_LEADING: Final = 12


def classify(text: str, context: Period, report_year: int) -> Period:
    """The year and status that ``text`` states, or ``context`` where its own words say nothing.

    Args:
        text: a clause, sentence or question.
        context: what the surroundings imply.
        report_year: the report's own year, whose goals it sets; 0 for a text of no year, in which nothing is
            a result or a goal, and only a year that is named tells the time.
    """
    named = next((period for _, period in _times(text, context, report_year)), None)
    return named or _by_mood(text, context, report_year)


def leading_period(text: str, context: Period, report_year: int) -> Period | None:
    """The period that ``text`` sets for the rest of its sentence, or None."""
    return next(
        (period for at, period in _times(text, context, report_year) if at <= _LEADING or "：" in text[at:]),
        None,
    )


def named_periods(text: str, context: Period, report_year: int) -> list[Period]:
    """The periods of all the times that ``text`` names, in order."""
    return [period for _, period in _times(text, context, report_year)]


def plan_years(text: str) -> list[int]:
    """The last years of the five-year plans that ``text`` names."""
    return [_plan_end(match) for match in _TIME.finditer(text) if match["plan"] or match["nth"]]


def _by_mood(text: str, context: Period, own: int) -> Period:
    """``context``, unless the wording is plainly that of a goal, a lasting state or a result."""
    if not own:
        return context
    if context.status == "actual":
        if _GOAL_WORDS.search(text) and not _DONE_WORDS.search(text):
            return Period(own, "target")
        lasting = _STATE_WORDS.search(text) and not _SOLVED_WORDS.search(text)
        return Period(context.year, "ongoing") if lasting else context
    if context.status == "policy" and _GOAL_WORDS.search(text):
        return Period(own, "target")
    if (
        context.status in {"target", "policy"}
        and context.year is not None
        and _TOLD_WORDS.search(text)
        and not _DUTY_WORDS.search(text)
    ):
        return Period(own - 1, "actual")
    return context


def _times(text: str, context: Period, own: int) -> Iterator[tuple[int, Period]]:
    """The times that ``text`` names, with their offsets; those that only measure or name are left out."""
    masked = _TITLED.sub(lambda match: "《" + " " * (len(match[0]) - 2) + "》", text[:_LONGEST])
    for match in _TIME.finditer(masked):
        before = masked[max(0, match.start() - _WINDOW) : match.start()]
        after = masked[match.end() : match.end() + 40]
        measured = _BASE_BEFORE.search(before) and not match["last"]
        if measured or _PROLONGED.search(before) or _BASE_AFTER.match(after):
            continue
        if _in_passing(match, before, context):
            continue
        year = match["last"] or match["year"]
        if year and not match["on"]:
            period = _of_year(_number(year), masked, before, after, own)
        else:
            period = _of_words(match, context, own)
        if period is not None:
            yield match.start(), period


def _in_passing(match: re.Match[str], before: str, context: Period) -> bool:
    """Whether a time is only mentioned within a statement about another one: a stretch or past year amid goals."""
    leading = match.start() <= _LEADING
    apart = leading or bool(_BOUNDARY_BEFORE.search(before))
    amid_goals = context.status in {"target", "plan"}
    if match["coming"]:
        return not leading or before.endswith(("当前和", "目前和", "当前及"))
    if match["plan"] or match["nth"]:
        return not apart
    if match["this"] and context.status == "actual":
        return match["this"] == "年内" or not apart
    if match["past"] or match["on"]:
        return amid_goals and (not leading or bool(_DUTY_WORDS.search(match.string)))
    return bool(match["year"]) and amid_goals and not _BOUNDARY_BEFORE.search(before)


def _of_words(match: re.Match[str], context: Period, own: int) -> Period | None:
    """What a time that is told in words says; None if it is only part of a name."""
    if not own:
        return None
    if match["plan"] or match["nth"]:
        return _of_plan(match, context, own)
    if match["this"]:
        return _of_year(own, match.string, "", "", own)
    if match["since"]:
        meant = _DUTY_WORDS if context.status == "target" else _GOAL_WORDS
        return Period(own, "target" if meant.search(match.string) else "actual")
    if match["next"] or match["coming"]:
        years = {"五": 4, "5": 4}.get(match["years"])
        return Period(own + 1 if match["next"] else years and own + years, "plan")
    return Period(own - 1, "actual") if match["on"] != "起" else None


def _of_year(year: int, text: str, before: str, after: str, own: int) -> Period | None:
    if not own:
        return Period(year, "policy")
    if year < own:
        return Period(year, "actual")
    if year > own:
        deadline = _DEADLINE_BEFORE.search(before) and not _NAMED_AFTER.match(after)
        return Period(year, "plan") if deadline else None
    done = _TOLD_WORDS.search(text) and not _DUTY_WORDS.search(text)
    return Period(year, "actual" if done else "target")


def _of_plan(match: re.Match[str], context: Period, own: int) -> Period | None:
    """A five-year plan by its name: over, running, or to come."""
    end, tail = _plan_end(match), match["plan_tail"] or ""
    if tail in {"", "规划", "计划", "普法"}:
        return None
    if end < own:
        return Period(end, "actual")
    if tail.endswith(("以来", "年来")) or re.search("[前头].年", tail):
        return Period(own - 1, "actual")
    if context.status == "actual" and end - 4 <= own:
        return None
    return Period(end, "target" if end == own else "plan")


def _plan_end(match: re.Match[str]) -> int:
    return _PLAN_ENDS[match["plan"] or f"{match['nth']}五"]


def _number(year: str) -> int:
    return int(year.translate(_DIGITS).replace(" ", "").replace("　", ""))
