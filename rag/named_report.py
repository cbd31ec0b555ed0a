"""The reports that a question names by their years: 上海2023年的报告, the 2024 and 2025 reports.

Such a year is the report's, and not that of which something is asked: the report of 2023 tells of 2022.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.places import asked_places, asked_sides, short_name
from rag.shelf import NAMED_YEAR
from rag.times import SMALL, asked_statuses, asks_reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.shelf import Shelf

_YEAR: Final = r"(?:19|20)\d\d"
_AND: Final = r"(?:\s*(?:、|和|与|及|以及|,? and|,)\s*)"
_ENGLISH: Final = (
    rf"\b(?P<en>{_YEAR}(?:{_AND}{_YEAR})*) (?:\(?[a-z][\w'’]+\)? ){{0,5}}reports?\b|"
    rf"\breports? (?:of|for|from|in|given in|delivered in) (?:early |late |the beginning of )?(?P<of>{_YEAR}(?:{_AND}{_YEAR})*)\b"
)
# What a report itself does: it sets what is to come in its own year.
_SETS: Final = re.compile(
    r"(?:分别|各自?|都|又)?(?:安排|定下?|设定|部署|承诺|答应|许诺|计划|要求|提出|规定)了?(?=[^，。；？]{0,8}(?:多少|几|什么|哪))"
)
_RANGE: Final = re.compile(
    rf"(?P<first>{_YEAR})年?\s*[-—–~至到]+\s*(?P<last>{_YEAR})年?(?=(?:这?[两二三四五六]年|这?[两二三四五六]份|的|各年|每年)*(?:政府)?(?:工作)?报告)"
)
# 甲省2026年和乙省2026年的两份报告 are 甲省和乙省2026年的报告.
_YEAR_TWICE: Final = re.compile(
    rf"(?P<year>{_YEAR})年?度?(?=的?(?:[、和与及跟同]|以及)[\u4e00-\u9fff]{{2,8}}?(?P=year)年?度?的?(?:这?两份|这?两地|各自|政府|工作|两省|两市)*的?(?:政府)?(?:工作)?报告)"
)
# 2018年那份里 is the report of that year.
_THAT_ONE: Final = re.compile(rf"(?P<year>{_YEAR})年?的?[这那]一?份(?=[里中上说讲写，,]|的(?!报告))")
_MOST_YEARS: Final = 8
# 近三份市政府工作报告（2024、2025、2026年）
_IN_BRACKETS: Final = re.compile(
    rf"(?:(?:最近|近)的?)?(?:[两二三四五]份)?(?:[省市区县]?政府)?(?:工作)?报告[（(](?P<years>{_YEAR}年?(?:[、，,和与及]\s*{_YEAR}年?)+?)年?度?[）)]"
)
_RECENT: Final = re.compile(
    r"(?:最近|近|过去)的?(?P<zh>[两二三四五])(?:份|个)(?:[省市区县]?政府)?(?:工作)?报告|"
    r"\bthe (?:last|latest|past|most recent) (?P<en>two|three|four|five) (?:(?:government|work|annual) )*reports\b",
    re.IGNORECASE,
)
_OF_FIGURES: Final = r"(?!年|实际|实绩|完成|增[长加速]|下降|目标|计划|全年|[上下]半)"
# 1986年某总理在全国人大会议上所作的报告; 2023年实际的报告数 is asked of that year.
_WHO: Final = rf"{_OF_FIGURES}[\u4e00-\u9fff]{{2,3}}(?:总理|主席|委员长|[省市区县]长)?"
_SPEAKER: Final = rf"{_WHO}(?:在[^，。？?、]{{2,14}}?[上中]?)?所?作(?:了|的)?(?=[^，。？?、]{{0,8}}报告)|{_WHO}(?=的[^，。？?、]{{0,6}}报告)"
_NEXT: Final = re.compile(
    r"(?:第二年|次年|转年|隔年|下一年度?|后一年|一年以?后)(?=的?(?:那份)?(?:(?:政府)?(?:工作)?报告|(?:再|又|来|回头|回来)*(?:汇报|交卷|交账|公布|公开|披露|晒出|亮出|报出|报告|通报)))"
)
_NEXT_IN_ENGLISH: Final = re.compile(
    r"\b(?:the )?(?:following|next|subsequent) year['’]s (?:(?:government|work|city|provincial) )*report\b|"
    r"\bthe report (?:of |from )?(?:a year later|the (?:year after|following year|next year))\b|\bthe next report\b",
    re.IGNORECASE,
)
_IN_REPORT: Final = re.compile(rf"(?:{_NEXT.pattern})的?(?:那份)?(?:政府)?(?:工作)?报告")
# What the report after the one that is named tells, without naming it: 后来公布的建成率是多少, 一年后的数字, 完成没有.
_CAME_LATER: Final = re.compile(
    r"后来|到头来|最后|最终|事后|一年(?:以?后|下来)|(?:次|第二|转|隔)年(?=[^，。；？]{0,8}(?:公布|实际|结果|数字|交|完成|做|达))|"
    r"(?:完成|实现|达标|达到|做到|兑现)了?没有?(?=[？?，,]|$)|"
    r"\b(?:a|one) year (?:later|on|after)\b|\bin the end\b|\bturn(?:ed)? out\b|\beventually\b|\bdid (?:it|they) (?:get|make|reach|meet|hit|manage)\b",
    re.IGNORECASE,
)
_REACHED: Final = re.compile(
    r"算不算(?:达到|完成|兑现)|达标|(?:达到|完成|兑现|做到|实现)了?(?:没有?|吗)|[差超]了(?!多少|几)|还差|没达到|\b(?:reach|meet|met|miss|hit|fall short)\b",
    re.IGNORECASE,
)
_RESULT: Final = re.compile(
    r"实际(?!利用|使用|到位|吸收)|\bactual(?:ly)?\b(?! (?:us|utili|absor))", re.IGNORECASE
)
_SET_THERE: Final = re.compile(r"(?:提出|定下?|设定|安排|承诺|要求|宣布|部署|明确)了?的")
_OTHER_TIME: Final = re.compile(r"[去前上]年|上一年|\b(?:last|previous|prior) year\b", re.IGNORECASE)
_NEXT_REPORT: Final = re.compile(rf"{_NEXT.pattern}(?:的?(?:那份)?(?:政府)?(?:工作)?报告(?:里|中|上)?)?")
# 第二年总理怎么报的账
_ACCOUNT: Final = re.compile(
    r"(?:第二年|次年|转年|隔年|一年以?后)(?:的?(?:总理|省长|市长|主席|区长|县长|政府|报告))?(?:是?怎么|如何|是)?(?:报的?账|交的?账|交代的?|汇报的?|兑现的?)"
)
_ANSWERS: Final = re.compile(
    r"交出?的|答卷|成绩单|交卷|交账|汇报|兑现|落实|做成|公布|公开|披露|亮出|\b(?:give|gave|given|show(?:ed|n)?|record(?:ed)?|came|come|turn(?:ed)? out|achieved?|delivered|announced?|reported|published?)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"多少|几|哪|什么|\b(?:what|which|how)\b", re.IGNORECASE)
_ENDS_IN_YEAR: Final = re.compile(rf"{_YEAR}年?度?\s*$")
_PARTS: Final = re.compile(r"[，；。？?;]|,(?= )|(?<=\w)\.(?= )")


def named_report(text: str, shelf: Shelf, spoken_of: tuple[str, ...] = ()) -> tuple[tuple[str, ...], str]:
    """The ids of the reports of one year that ``text`` asks, one of each place, and ``text`` without the years of those it names.

    Of several reports, where no other year is named, those years are left of which they are
    asked: of goals the reports' own, else the years before. Where ``text`` names no place, that of the places
    ``spoken_of`` is meant.
    """
    places = [entry.place for entry in shelf.entries]
    pattern = _pattern(places)
    text = _THAT_ONE.sub(r"\g<year>年的报告", _YEAR_TWICE.sub("", text))
    text = _IN_BRACKETS.sub(lambda found: found["years"].rstrip("年") + "年的报告", text)
    text = _RECENT.sub(lambda found: _latest(found, text, shelf, spoken_of), _RANGE.sub(_each_year, text))
    years = {int(year) for found in pattern.finditer(text) for year in NAMED_YEAR.findall(_years_in(found))}
    if len(years) == 1 and _NEXT_IN_ENGLISH.search(text):
        text = _NEXT_IN_ENGLISH.sub(f"the {min(years) + 1} report", text)
        years.add(min(years) + 1)
    if not any(places) or not years:
        return (), _with_outcome(text)
    if len(years) == 1 and (after := _NEXT.search(text)):
        if _IN_REPORT.search(text):
            # ... 2024年的报告……，第二年的报告……: that of 2025.
            years |= {later := min(years) + 1}
            text = text[: after.start()] + f"{later}年" + text[after.end() :]
        else:
            text = f"{text[: after.start()]}后来{text[after.end() :]}"
    short = [short_name(place) for place in places if place]
    bare = pattern.sub(lambda found: _places_of(found[0], short), text)
    other = [int(year) for year in NAMED_YEAR.findall(bare)]
    if len(years) > 1:
        return (), _of_years_told(text, pattern) if not other or _asks_apart(text, pattern) else bare
    own = _of_their_place(text, years, shelf, spoken_of)
    if len(own) > 1 and len(asked_sides(bare, places)) < len(own):
        # 2024年国务院的报告和重庆的报告: both names stand for places.
        bare = pattern.sub(lambda found: re.sub(rf"{_YEAR}年?", "", found[0]), text)
    if len(own) == 1 and not other and _asks_what_came(bare, own[0], shelf):
        goal = "" if "target" in asked_statuses(bare) else "目标"
        return (), pattern.sub(
            lambda found: f" {min(years)}年{goal} " if found["zh"] else f" {min(years)} ", text
        )
    if len(own) == 1:
        reached = asks_reached(bare) and set(other) == years
        return (() if reached or _sets_goal_before(bare, other, years, own[0], shelf) else (own[0],)), bare
    # Of several places the year of their reports is not what is asked of, where another one is named.
    if other or not asked_places(text, places):
        return (), bare if len(own) > 1 and other else text
    return tuple(own), bare if own else text


def _asks_what_came(bare: str, own: str, shelf: Shelf) -> bool:
    """Whether ``bare`` asks what came of a goal that the report ``own`` set, which the next one of its place tells."""
    place, year = next((entry.place, entry.year) for entry in shelf.entries if entry.id == own)
    told = any(entry.place == place and entry.year == year + 1 for entry in shelf.entries)
    later = _CAME_LATER.search(bare) or _RESULT.search(bare)
    # 报告里提出的规模，最后落实成了多少
    both = set(asked_statuses(bare)) == {"target", "actual"} or (
        _SET_THERE.search(bare) is not None and _CAME_LATER.search(bare) is not None
    )
    return told and both and later is not None and not _OTHER_TIME.search(bare)


def _latest(found: re.Match[str], text: str, shelf: Shelf, spoken_of: tuple[str, ...]) -> str:
    """近三份报告 with the years of so many of the newest reports of the place that is asked; as it stands if there are fewer."""
    places = asked_sides(text, [entry.place for entry in shelf.entries]) or spoken_of
    meant = places[:1] or ((shelf.home.place,) if shelf.home else ())
    many = SMALL[(found["zh"] or found["en"]).lower()]
    years = sorted({entry.year for entry in shelf.entries if entry.place in meant})[-many:]
    if len(years) < many:
        return found[0]
    return (
        "、".join(f"{year}年" for year in years) + "的报告"
        if found["zh"]
        else f"the {', '.join(map(str, years))} reports"
    )


def _with_outcome(text: str) -> str:
    """``text``, where it asks the report after the one year that it names what came of a goal: 2024年答应……，下一年的报告交的账."""
    own = set(NAMED_YEAR.findall(text))
    if len(own) != 1 or "target" not in asked_statuses(text):
        return text
    told = _ACCOUNT.sub("实际", _NEXT_REPORT.sub("实际", text))
    return _NEXT_IN_ENGLISH.sub("the actual result", told)


def _places_of(name: str, places: Sequence[str]) -> str:
    """The places whose reports are named together, which are then asked; of one report, nothing."""
    named = [place for place in dict.fromkeys(places) if place in name]
    return f" {'、'.join(named)} " if len(named) > 1 else " "


def _each_year(found: re.Match[str]) -> str:
    """2024年、2025年、2026年 for 2024—2026年."""
    first, last = int(found["first"]), int(found["last"])
    return (
        "、".join(f"{year}年" for year in range(first, last + 1))
        if first < last <= first + _MOST_YEARS
        else found[0]
    )


def years_of_reports(text: str, shelf: Shelf) -> set[str]:
    """The years that ``text`` names only as those of reports."""
    bare = _pattern([entry.place for entry in shelf.entries]).sub(" ", text)
    return set(NAMED_YEAR.findall(text)) - set(NAMED_YEAR.findall(bare))


def _pattern(places: Sequence[str]) -> re.Pattern[str]:
    named = "|".join({re.escape(short_name(place)) for place in places if place} | {"中国", "我国"})
    return re.compile(
        rf"(?P<zh>(?:{_YEAR}年?度?{_AND})*{_YEAR})(?:年初?)?度?[）)]?(?:这?[两二三四五]年)?(?:\d{{1,2}}月)?(?:{_SPEAKER})?(?:所?作)?的?(?:[这那]?[一两二三四五几]?份|[两二三四几][省市地区县]的?)?(?:{named})?(?:自治区|[省市区县])?(?:[、和与](?:{named})(?:自治区|[省市区县])?)*(?:[省市县]级|全[省市国])?的?(?:[这那]一?份)?(?:“[^”]{{2,6}}”)?(?:五年)?(?:计划|规划)?的?(?:国务院|中央|国家|人民)?的?(?:政府)?的?(?:(?:工作)?报告|(?:工作)?(?:安排|部署)(?=[，,里中上])|(?:再|又|来|回头|回来)*(?:汇报|交卷|交账)(?:的?时候?)?)|{_ENGLISH}",
        re.IGNORECASE,
    )


def _years_in(found: re.Match[str]) -> str:
    return str(found["zh"] or found["en"] or found["of"])


def _of_their_place(text: str, years: set[int], shelf: Shelf, spoken_of: tuple[str, ...]) -> list[str]:
    """Ids of the reports of the ``years`` and of the place that ``text`` names, or the default one; of any where it has none."""
    places = asked_sides(text, [entry.place for entry in shelf.entries]) or spoken_of
    home = shelf.home
    meant = places or ((home.place,) if home else ())
    own = [entry.id for entry in shelf.entries if entry.place in meant and entry.year in years]
    if not own and not places and home and home.year - 1 in years:
        return []  # what came of the report before it, the default one tells itself
    return own or [entry.id for entry in shelf.entries if entry.year in years and not places]


def _sets_goal_before(bare: str, other: Sequence[int], years: set[int], own: str, shelf: Shelf) -> bool:
    """Whether ``bare`` also asks for the goal of a year before that of the report ``own``, which a report of that year sets."""
    place = next(entry.place for entry in shelf.entries if entry.id == own)
    told = {entry.year for entry in shelf.entries if entry.place == place}
    return "target" in asked_statuses(bare) and any(year < min(years) and year in told for year in other)


def _of_years_told(text: str, pattern: re.Pattern[str]) -> str:
    """``text`` with the years that the reports which it names are asked of, in their stead."""
    both = _goal_then_result(text, pattern)
    if both:
        return both
    bounds = _asking(text, pattern)
    each = [text[slice(*part)] for part in bounds]
    reached = _REACHED.search(text) is not None
    goals = any(pattern.search(one) and asked_statuses(pattern.sub(" ", one)) == ("target",) for one in each)
    sets_apart = goals and any(pattern.search(one) and _ANSWERS.search(one) for one in each)

    def told(found: re.Match[str]) -> str:
        around = next(part for part in bounds if part[0] <= found.start() < part[1])
        rest = pattern.sub(" ", text[slice(*around)])
        if NAMED_YEAR.search(rest):
            return " "
        own = asked_statuses(rest)
        # Behind what the one report meant to do, a later one may be asked what came of it: by its own words, as
        # "2025年的报告呢？" asks for the goal of that report.
        came_of_it = goals and not own and (reached or _ANSWERS.search(text[slice(*around)]) is not None)
        said = ("actual",) if came_of_it else own or asked_statuses(pattern.sub(" ", text))
        sets = not own and not came_of_it and _SETS.search(pattern.sub(" ", text[slice(*around)])) is not None
        # What another report tells of this one's year was meant by it: ……启动几处？2026年报告说2025年治了几处？
        beside = [pattern.sub(" ", one) for one in each if one != text[slice(*around)]]
        told_of = {year for one in beside for year in NAMED_YEAR.findall(one)}
        meant = not own and bool(told_of & set(NAMED_YEAR.findall(_years_in(found))))
        said = ("target",) if sets or meant else said
        earlier = 0 if said == ("target",) else 1
        # 拟安排 alone is no plain word for a goal where a later report tells what came of it.
        status = "实际" if came_of_it else "目标" if said == ("target",) else ""
        english = " actual" if came_of_it else " goal" if sets_apart and said == ("target",) else ""
        label = f"年{status}" if found["zh"] else english
        years = "、".join(f"{int(year) - earlier}{label}" for year in NAMED_YEAR.findall(_years_in(found)))
        return f" {years} "

    return pattern.sub(told, text)


def _goal_then_result(text: str, pattern: re.Pattern[str]) -> str:
    """``text`` with the goal and the result of the first of two consecutive years, where their reports are named together and both are asked for; else "".

    对照2025、2026两年的政府工作报告，老旧小区改造的年初任务和完成数各是多少.
    """
    named = list(pattern.finditer(text))
    years = NAMED_YEAR.findall(_years_in(named[0])) if len(named) == 1 else []
    if len(years) != 2 or int(years[0]) + 1 != int(years[1]):  # noqa: PLR2004 - two reports
        return ""
    bare = pattern.sub(" ", text)
    if (
        set(asked_statuses(bare)) != {"target", "actual"}
        or NAMED_YEAR.search(bare)
        or _OTHER_TIME.search(bare)
    ):
        return ""
    return pattern.sub(f" {years[0]}年 " if named[0]["zh"] else f" {years[0]} ", text)


def _asks_apart(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether each part of ``text`` that names a report asks something of it: 2025年报告说启动几处, 2026年报告说治了几处."""
    each = [text[slice(*part)] for part in _parts(text)]
    asking = [pattern.sub(" ", one) for one in each if pattern.search(one)]
    return len(asking) > 1 and all(_ASKS.search(one) for one in asking)


def _asking(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """As ``_parts``, one that only names a report together with the one behind it: In the 2024 report, what target ..."""
    parts: list[tuple[int, int]] = []
    open_from = None
    for start, end in _parts(text):
        part = text[start:end]
        names_only = pattern.search(part) is not None and _ASKS.search(part) is None
        first = start if open_from is None or pattern.search(part) else open_from
        if open_from is not None and first == start:
            parts.append((open_from, start))
        open_from = first if names_only else None
        if not names_only:
            parts.append((first, end))
    return parts if open_from is None else [*parts, (open_from, len(text) + 1)]


def _parts(text: str) -> list[tuple[int, int]]:
    """Start and end of each part of ``text`` between stops that stand in no list of years."""
    ends = [
        stop.start()
        for stop in _PARTS.finditer(text)
        if not (
            NAMED_YEAR.match(text[stop.end() :].lstrip(" and")) and _ENDS_IN_YEAR.search(text[: stop.start()])
        )
    ]
    return list(zip([0, *ends], [*ends, len(text) + 1], strict=True))
