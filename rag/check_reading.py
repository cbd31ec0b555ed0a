"""A claim, read, and what is found of it; whose time and place the official words speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.tokens import divisions, is_chinese
from rag.check_records import status_fits
from rag.check_text import simplified
from rag.focus import segments_around
from rag.phrasing import when
from rag.places import asked_places, provinces_without_report, short_name
from rag.times import asked_statuses, asked_years
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Clause, Period, PeriodStatus, Report
    from rag.check_records import Times
    from rag.check_reports import ReportText
    from rag.claims import Claim
    from rag.types import Query
    from rag.verdicts import Verdict


_YEAR: Final = re.compile(r"今年|去年|上年|明年|前年|过去的?这?一年|(?<!\d)(?:19|20)\d\d年")
_NAMED_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_THAN_YEAR: Final = re.compile(
    r"[较比]((?:19|20)\d\d)年(?=[^，。；\d]{0,6}(?:[上下]调|[增减]|提[高升]|下降|降低|扩大|缩小|回落|有所|[高低多少快慢]))"
)
_AS_EARLY_AS: Final = re.compile(r"早在((?:19|20)\d\d)年")
# A place named this early is the claim's subject.
SUBJECT: Final = 16
_HANDED: Final = "[把将从由向往到进入]"
_NAMED: Final = re.compile(r"实际(?=利用|使用|到位|吸收)")
# The year of a report is not that of which something is told: 2025年的报告 tells of 2024.
OF_REPORT: Final = re.compile(
    r"(?:19|20)\d\d年?(?:\d{1,2}月)?的?[^，。；：:\d]{0,10}?报告|\b(?:19|20)\d\d (?:[a-z]+ ){0,3}report\b",
    re.IGNORECASE,
)
# A plan that something is measured by is no plan of the claim's: 比计划早三年, 超过预期, 完成了任务.
_MEASURE: Final = re.compile(
    r"((?:比|较|超|超过|高于|低于|好于|优于|达到了?|完成了?)(?:原|原定|既定|年初|年度|全年|预定|的)?)(?:计划|预期|目标|任务)"
)


_EFFECT: Final = re.compile(
    r"[，,][^，,。；;！!\d]{0,14}(?:方便|便利|舒服|舒心|放心|安心|轻松|踏实|高兴|开心|满意)(?:多|极|不少|一些|许多)?了?[。！!]?$"
)


_AMONG: Final = re.compile(
    r"^(?P<things>[^，,。；]{4,40}?)(?:[都均也全]|全部)*(?:被列入了?|在|属于)(?P<told>[^，,。；]{3,20}?)的?(?:项目|名单|工程|任务|对象)?(?:之列|之内|之中|当中|名单|行列)(?:里|中)?(?=[。！]?$)"
)
_CLASS: Final = re.compile(r"(?:产业|行业|项目|工程|企业|城市|地区|区县|学科|高校)$")
# 接近……的两倍: of how many times it is nearly so many.
_NEARLY_TIMES: Final = re.compile(
    r"(?P<about>接近|将近|差不多是?|大约是?|近)(?P<of>[^，。；\d]{2,14}?)的(?P<times>[两二三四五六七八九十]倍)"
)
_NEVER_BELOW: Final = re.compile(
    r"(?:从|都|就)?(?:没有?|未曾?)再?(?:掉|跌|降|低|少|落)(?:(?:到|至|于|过)(?P<figure>[^，。；]{1,12}?)(?:以下|之下)|破(?P<bound>[\d.]+[^，。；的]{1,6}?)(?:以下|之下|的?(?:关口|大关|底线))?(?=[，。；]|$))"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, read.

    Attributes:
        text: plain; the translation of an English claim.
        times: the years and statuses that it names, or the sentence before it.
        places: all names of the places that it is about.
        named: those that its beginning names.
        own: pattern of the places that it names; ``home``: of those of the reports.
        reports: what can speak of it.
    """

    claim: Claim
    query: Query
    text: str
    times: Times
    places: tuple[str, ...]
    named: tuple[str, ...]
    own: re.Pattern[str]
    home: re.Pattern[str]
    reports: tuple[ReportText, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Official words: a stretch of a report within a clause."""

    report: ReportText
    clause: Clause
    start: int
    end: int


def in_its_part(place: Place) -> Place:
    """``place`` with all of the part of its clause in which it stands: 启动筹备 before 第十四届中国艺术节."""
    clause = place.clause
    if not clause.start <= place.start < place.end <= clause.start + len(clause.text):
        return place
    start, end = segments_around(clause.text, place.start - clause.start, place.end - clause.start)
    return replace(place, start=clause.start + start, end=clause.start + end)


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict before it is worded."""

    verdict: Verdict
    places: tuple[Place, ...] = ()
    differences: tuple[Difference, ...] = ()
    note: str = ""
    confidence: float = 0.5


# 没有哪个城市的产量比甲市高, 全国产量最高的是甲市: the first rank.
_NONE_MORE: Final = re.compile(
    r"没有(?:哪|任何|别的|其他|一)一?个?(?:省份?|城市|地方|市|地区)(?:的|拿的|得的)?(?P<what>[^，。；\d]{2,14}?)能?比(?P<who>[^，。；]{2,8}?)还?更?[高多大快强](?=[，。；]|$)"
)
_THE_MOST: Final = re.compile(
    r"(?P<scope>全国|全省|全球|世界)(?:的)?(?P<what>[^，。；\d]{2,10}?)最[高多大快](?:的(?:省份?|城市|地方|地区)?)?[，,]?(?:就|正)?是(?P<who>[\u4e00-\u9fff]{2,6})(?=[，。；]|$)"
)
# 收入涨得比城里人快
_FASTER: Final = re.compile(r"(?:涨|增长|增加|提高)得比(?P<than>[^，。；\d]{1,8})(?:更)?[快多猛]")
# To complete a railway is to build it.
_COMPLETES: Final = re.compile(
    r"完成(?:建设)?(?=[^，。；\d]{2,14}(?:高铁|铁路|高速|公路|大桥|隧道|机场|车站|航站楼|水库|电站)(?:的?建设)?(?:[，。；]|$))"
)
# 去年更名为大学的，是甲学院
_CLEFT: Final = re.compile(
    r"^(?P<when>(?:(?:在|于)?(?:去年|今年|(?:19|20)\d\d年))?)(?P<done>(?:率先|首次|成功|正式|最先|最终)?"
    r"(?:[更改]名|升[为格级入到]|获得?|拿[下到]|入选|开工|启动|建成|投用|通车|招生|成立|挂牌|举办|承办|动工)[^，。；的]{0,20})的[，,]?(?:就|正)?是(?P<who>[\u4e00-\u9fff“”]{3,16})(?=[，。；]|$)"
)


def without_effect(text: str) -> str:
    """``text`` without what is only felt of it at its end (市民出行更方便了): no report settles that.

    And in the order and with the bounds of reports: 启动甲和乙 for 甲和乙都在要启动的项目之列, 在1050万吨以上 for 没有掉到1050万吨以下,
    甲学院更名为大学 for 更名为大学的，是甲学院.
    """
    text = _NEARLY_TIMES.sub(r"\g<of>的\g<about>\g<times>", text)
    text = _CLEFT.sub(r"\g<when>\g<who>\g<done>", text)
    text = _COMPLETES.sub("建成", text)
    text = _FASTER.sub(r"增速比\g<than>高", text)
    text = _NONE_MORE.sub(r"\g<who>\g<what>居全国第1位", text)
    text = _THE_MOST.sub(r"\g<who>\g<what>居\g<scope>第1位", text)
    told = _AMONG.sub(_things_among, _EFFECT.sub("", text))
    return _NEVER_BELOW.sub(lambda found: f"在{found['figure'] or found['bound']}以上", told)


def _things_among(found: re.Match[str]) -> str:
    """启动甲和乙 for 甲和乙都在要启动的项目之列, 百亿级产业包括甲和乙 for 甲和乙都在百亿级产业名单里."""
    joined = "包括" if _CLASS.search(found["told"]) else ""
    return f"{found['told']}{joined}{found['things']}"


def of_place(reading: Reading, found: Finding) -> Finding:
    """``found``, unless the claim gives to one place what the report says of another."""
    if not found.places:
        return found
    report = found.places[0].report.parsed.report
    official = "".join((found.places[0].clause.text, *found.places[0].clause.section))
    kinds = {one.kind for one in found.differences}
    if "figure" in kinds and _is_of_a_part(reading, report, official):
        return Finding("not_enough_info", confidence=0.6)
    if "place" in kinds or _is_meant(reading, report, official):
        return found
    if found.verdict != "supported":
        return Finding("not_enough_info", confidence=0.6)
    difference = Difference("place", short_name(reading.named[0]), report.place)
    return replace(found, verdict="refuted", differences=(difference,), confidence=0.7)


def _is_meant(reading: Reading, report: Report, official: str) -> bool:
    """Whether the official words are of a place that the beginning of the claim names, if it names any."""
    meant = {report.place, *asked_places(official, reading.named)}
    named = reading.named
    return not named or bool(meant & set(named)) or any(name in official for name in named)


def _is_of_a_part(reading: Reading, report: Report, official: str) -> bool:
    """Whether a claim is about a city or district of which the official words, with their headings, do not speak."""
    subjects = divisions(reading.text[:SUBJECT])
    return any(
        name[:2] not in official and name[:2] not in report.place and name[:2] not in report.title
        for name in subjects
    )


def time_conflict(
    reading: Reading, words: str, period: Period, report: ReportText, official: str
) -> tuple[Difference, ...]:
    """Where ``words`` of the claim, which stand outside the official words, name another time than theirs."""
    base = report.parsed.report.year
    words = _THAN_YEAR.sub("", OF_REPORT.sub("", words))
    # What stands before a part of a sentence names its time where it names none itself.
    known = _relative(words) or said_of(words) or not asked_years(reading.text, base)
    years = reading.times.years if known else asked_years(words, base)
    found = []
    named = {int(year) for year in re.findall(r"(?:19|20)\d\d", official)}
    told = named | ({period.year} if period.year is not None else set())
    if years and period.year and not told & set(years) and period.status in {"actual", "target", "plan"}:
        found.append(Difference("year", f"{years[-1]}年", f"{period.year}年"))
    of_year = told_statuses(_of_year(reading.text, period.year))
    statuses = tuple(
        one for one in told_statuses(words) if one in of_year and one not in told_statuses(official)
    )
    if len(statuses) == 1 and not status_fits(period.status, statuses):
        found.append(
            Difference(
                "status",
                "目标" if statuses[0] == "target" else "实绩",
                when(period.year, period.status, "zh"),
            )
        )
    return tuple(found)


def _of_year(words: str, year: int | None) -> str:
    """The parts of ``words`` that speak of ``year``; all of them where they name no other: 2024年获批，2025年安排开工."""
    parts, own, named = [], True, False
    for part in re.split("(?<=[，,；;])", words):
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", part)
        own = str(year) in years if years else own
        named = named or str(year) in years
        parts.append(part if own else "")
    return "".join(parts) if named else words


def said_of(words: str) -> tuple[int, ...]:
    """The one year of which something is said whatever others are named: 早在2022年就……，2023年只是延续; 2022年……，较2021年下调."""
    early = _AS_EARLY_AS.search(words)
    if early:
        return (int(early[1]),)
    bases = set(_THAN_YEAR.findall(words))
    told = {year for year in _NAMED_YEAR.findall(words) if year not in bases}
    return (int(told.pop()),) if bases and len(told) == 1 else ()


def told_statuses(words: str) -> tuple[PeriodStatus, ...]:
    """What ``words`` say of status; 已 alone says that something is done, 实际利用外资 is only a name."""
    words = _MEASURE.sub(r"\1", _NAMED.sub("", words)).replace("将近", "近")
    # 将 after 已 is 把, and no future.
    words = re.sub(r"(?<=已)将|(?<=已经)将", "", words)
    plain_statuses = asked_statuses(words)
    return ("actual",) if not plain_statuses and re.search(r"已(?!知)", words) else plain_statuses


def leading_province(text: str, indexed: list[str]) -> tuple[str, ...]:
    """The province without a report that a claim begins with, after its time."""
    head = re.sub(r"^(?:今年|去年|上年|(?:19|20)\d\d年)[，,]?", "", text)[:3]
    found = (provinces_without_report(f"{head[:length]}的", indexed) for length in (2, 3))
    return next((one for one in found if one), ())


def is_handed(place: str, text: str) -> bool:
    """Whether ``text`` names ``place`` only as what something comes from or goes to: 把新疆的电送来."""
    name = re.escape(short_name(place))
    return re.search(_HANDED + name, text) is not None and re.search(f"(?<!{_HANDED}){name}", text) is None


def sole_place(statement: str, indexed: list[str]) -> str:
    """The one place that a Chinese ``statement`` is about; "" if it is about none, or several."""
    places = asked_places(simplified(statement), indexed) if is_chinese(statement) else ()
    return places[0] if len(places) == 1 else ""


def inherited(claim: Claim, indexed: list[str], place: str) -> str:
    """The place and the year that a part of a sentence has from what stands before it, where it names none itself.

    Else the ``place`` that the whole statement is about.
    """
    lead = simplified(claim.lead)
    known = (place,) if place else ()
    places = () if asked_places(claim.text, indexed) else asked_places(lead, indexed) or known
    year = None if _YEAR.search(claim.text) else _YEAR.search(OF_REPORT.sub("", lead))
    return f"{places[0] if len(places) == 1 else ''}{year[0] if year else ''}"


def names_of(place: str) -> tuple[str, str]:
    """The full name of a place, and as people say it."""
    return place, short_name(place)


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of ``names``, longest first; one that never matches if there is none."""
    known = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, known)) or r"(?!)")


def _relative(words: str) -> bool:
    return re.search(r"今年|去年|上年|明年|前年|过去的?这?一年", words) is not None
