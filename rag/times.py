"""The years and statuses that a question names, in Chinese or English. Pure functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.tokens import is_chinese

if TYPE_CHECKING:
    from index.types import PeriodStatus

_RELATIVE: Final = (
    (0, r"今年|本年度?|当年|(?<!\d)年内(?!蒙)|this year|current year"),
    (-1, r"去年|上年|上一年|前一年|往年|过去的?这?一年(?!级)|last year|previous year|prior year|past year"),
    (-2, r"前年|year before last"),
    (1, r"明年|下一年|next year"),
    (2, r"后年"),
)
_DIGITS: Final = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_CHINESE_YEAR: Final = re.compile(r"[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)")
_RANGE: Final = re.compile(
    r"((?:19|20)\d\d)\s*(?:年[底末初]?)?\s*(?:[-—–~至到]+|to|through|until)\s*((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
# Which years a plan is for is no time that is asked about: “六五”计划（1981—1985年）.
_OF_PLAN: Final = re.compile(r"(?<=[划期])[（(](?:19|20)\d\d年?\s*(?:[-—–~至到]+)\s*(?:19|20)\d\d年?[）)]")
_YEAR: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?=\s*年|\D|$)(?!\s*(?:万|亿|个|家|人|元|公里|件|户|套|座|%))"
)
# A year that is named as the one not meant.
_UNWANTED: Final = re.compile(
    r"(?:别|不要|不是|并非|不问|别拿)(?:给我|告诉我|说|把|用|问)*(?:(?:19|20)\d\d年|去年|今年|上年)的?(?:[^，。？?）)]{0,8}(?=[，。？?）)]|$))|"
    r"\bnot (?:the one |that )?(?:in|for|of|from)? ?(?:(?:19|20)\d\d|last year)(?:['’]s)?\b",
    re.IGNORECASE,
)
# Nor is a goal that is named so: 请注意是结果，不是目标.
_NOT_MEANT: Final = re.compile(
    r"(?<!是)(?:而?不是|并非|不要|不问|别(?:给我?|说|报|拿)?)(?:年初|今年|去年|定|设|报告)?的?(?:目标|计划|预期|任务|实绩|实际|结果|完成情况)[数值]?的?(?:数字?)?(?=[，,。；;！!？?]|$)|"
    r"[,(]? ?\b(?:not|rather than) (?:the |its |their |a )?(?:targets?|goals?|plans?|results?|outcomes?|actual (?:figures?|results?))\b(?= ?[).,;?]|$)",
    re.IGNORECASE,
)
# 2018年那份里 says in which report.
_THAT_REPORT: Final = re.compile(r"(?:19|20)\d\d年?的?[这那]一?份(?:报告)?(?:里头?|中|上)?")
_NOW: Final = re.compile(r"(?:(?<![出发实体展呈])现在|目前|眼下|如今)(?=[^，,。？?]{0,12}(?:多少|几))")
_LAST_YEARS: Final = re.compile(r"(?:近|过去|最近)([两二三四五])年|(?:last|past) (two|three|four|five) years")
_TOGETHER: Final = re.compile(
    r"一共|总共|累计|合计|加起来|(?<![公])共(?=[有建增新完培引])|\b(?:in total|in all|altogether|combined|cumulative(?:ly)?)\b",
    re.IGNORECASE,
)
SMALL: Final = {
    "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
"""The small numbers by which years and reports are counted, in words."""
_TARGET: Final = re.compile(
    r"目标|控制[线数]|任务[量数]|年初的?任务|(?<!五年)(?<!比原)(?<!比)计划|打算|预期(?!寿命|[能可会]?活|年龄)|预定|原来?定|说好|答应|承诺|许诺|许下|许的(?=[数诺愿目任指])|(?<![规稳确一固指认制鉴测评决坚肯否拟约锁限特法])定(?=多少|几|的|了?多|[在为下])|力争|争取(?![到来])|拟|(?<![即])将(?![军领近])(?![^，。？?]{1,16}?(?:转[化变]|改造|变|列|作|当|分|更名|改)[为成])|(?:准备|安排)(?!了)|(?<![重主需必首概摘纪紧只])要(?![多少高低大小快慢长](?:[，,。；得了出些一]|$)|[求点素么闻害领道]|花?多久|花?多长时间|花?多少(?:个)?(?:小时|分钟|钟头)|花?几个?(?:小时|分钟|钟头))|"
    r"想(?![象法知问了看查核比请听找确弄搞])|底线|"
    r"\b(?:targets?|targeted|goals?|budgeted|(?<!year )plan|planned|plans|aim|aims|aimed|expect(?:ed)?(?! to live)|will|intends?|promis\w+|pledg\w+|striv\w+|seeks?|wants?(?= (?:\w+ ){0,3}\w+ed\b)|hop(?:es|ed)(?= (?:[\w-]+ ){1,8}would)|(?:hop(?:e|es|ed|ing)|want(?:s|ed)?|looking|set out|meant|supposed|slated|scheduled) to|wants for|"
    r"going to|to be|projected|should(?= (?:\w+ ){0,10}(?:be|get|reach|grow|rise|hit|come|have|total|increase|fall|exceed)\b))\b",
    re.IGNORECASE,
)
_ACTUAL: Final = re.compile(
    r"实绩|实际(?!利用|使用|到位|吸收)|完成了|实现了|达到了|达成|落实了|交的账|已经?[做办]到|完成[数量值]|完成情况|最后(?![一两三几的说讲提写谈列要句段])|最终|结果(?!导向)|做到了?没|"
    r"\b(?:actual(?:ly)?(?! (?:us|utili|absor))|achieved?|reached|outcomes?|(?<!research )(?<!scientific )(?<!test )results?|accomplished|delivered|recorded|posted|in fact|came to|come to|met)\b",
    re.IGNORECASE,
)
# 2030年目标比2026年目标高: of no result.
_GOAL_AND_GOAL: Final = re.compile(r"目标[值数]?[比较跟和与同][^，。？?]{0,12}目标")
_PARTS: Final = re.compile(r"[，,；;。？?]|\band (?=(?:what|how|which|whether)\b)", re.IGNORECASE)
_ASKS: Final = re.compile(r"多少|几|哪|什么|啥|谁|怎|如何|[吗呢么]$|\b(?:what|how|which)\b", re.IGNORECASE)
# （是今年的计划，……） explains the year that is named.
_ASIDE: Final = re.compile(r"\s*(?:[（(]|就?是)")
_LAST_YEAR: Final = re.compile(_RELATIVE[1][1], re.IGNORECASE)
_DATED: Final = re.compile(r"(?:19|20)\d\d年|[今去明前上]年")
_CAME_OF_IT: Final = re.compile(
    r"了(?:多少|几)|做到了[吗没]|后来|一年下来|到头来|说到做到|兑现|达标|成绩|\b(?:did (?:it|they)|happened|turn(?:ed)? out|in the end)\b",
    re.IGNORECASE,
)
_PLAIN_TARGET: Final = re.compile(
    r"目标|底线|控制[线数]|任务[量数]|年初的?(?:任务|安排)|许的(?=[数诺愿])|(?<!五年)(?<!比原)(?<!比)计划|预期(?!寿命|[能可会]?活|年龄)|预定|原定|\b(?:wants (?:to|for)|aims? (?:to|for)|intends? to|targets?|targeted|goals?|(?<!year )plan|planned|plans)\b",
    re.IGNORECASE,
)
_HELD_AGAINST: Final = re.compile(
    rf"(?:{_PLAIN_TARGET.pattern}).*(?:[比跟和与同较]|\b(?:than|versus|vs|against|with|to)\b)[^，。？?]{{0,24}}$",
    re.IGNORECASE,
)
# 今年力争比2023年再提高: of two years, whatever else is said.
_HELD_AGAINST_YEAR: Final = re.compile(r"(?:今年|明年)[^，,。；？?]{0,30}(?<![对占])[比较](?:19|20)\d\d年")
_PLAIN_ACTUAL: Final = re.compile(
    r"实绩|实际(?!利用|使用|到位|吸收)|\bactual(?:ly)?\b(?! (?:us|utili|absor))", re.IGNORECASE
)
_SINCE: Final = re.compile(
    r"((?:19|20)\d\d)年?(?:以来|至今|起|到现在)|\bsince\s+((?:19|20)\d\d)", re.IGNORECASE
)
# Whether a goal was reached: asks for the goal and for the result.
_REACHED: Final = re.compile(
    r"(?:完成|达到|实现|兑现|达成|[守保稳]住)(?:了|得)?[^，。？?]{0,8}(?:吗|没有?[?？]?$|怎么?样|如何)|是否(?:完成|达到|实现|达成|兑现)|(?:冲|做|办|拿|够|升|涨|降)到了?(?:吗|没有?(?=[？?]|$))|达标(?:了|吗|没)|有没有(?:完成|达到|实现|达成)|"
    r"[跟和与同][^，。？?]{0,8}(?:目标|计划|预期|任务)[值数]?(?:相?比|对比|比较|[相差])|[比较](?!去年|上年)[^，。？?]{0,8}(?:目标|计划|预期)[值数]?[要是还]?更?[高低多少快慢]|[做干办搞]完了?(?:吗|没)|"
    r"目标.{0,12}(?:完成|实现|做到|达到)(?:了)?(?:多少|几|吗|没)|"
    r"(?:超过|超出|高于|低于|没能?(?:实现|达到|完成|到)|未能?(?:实现|达到|完成))[^，。？?]{0,16}(?:目标|计划)|(?:目标|计划)[^，。？?]{0,12}(?:没能?|未能?)(?:实现|达到|完成|到)|"
    r"\bcompare[ds]? (?:with|to|against) (?:the|its|their|what) (?:[\w-]+ ){0,3}(?:goal|target|plan)|"
    r"\b(?:met|meet|reach|reached|achieve|achieved|hit|miss|missed)\b.{0,30}\b(?:target|goal)s?\b|\b(?:target|goal)s?\b.{0,40}\b(?:met|reached|achieved|missed)\b|"
    r"\bwanted\b.*\bdid (?:it|they)\b|\bas (?:many|much|fast|high)\b.{0,60}\b(?:planned|targeted|promised|intended|hoped|expected|aimed|wanted)\b|"
    r"\b(?:than|exceeded|beat) (?:the|its|their)\b.{0,16}\b(?:target|goal|plan)\b",
    re.IGNORECASE,
)
# Past tense alone: also asked of goals ("what was the target"), so it counts only where nothing points ahead.
_PAST: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])了(?!解|吗|呢)|已经?(?!定)|完成|实现|\b(?:was|were|did|grew|rose|fell|had|opened|built|won|became|happened|"
    r"increased|decreased|declined|completed)\b",
    re.IGNORECASE,
)


def asked_years(text: str, base: int) -> tuple[int, ...]:
    """The years that ``text`` names, ascending; relative words count from ``base``, the report's own year."""
    plain = _CHINESE_YEAR.sub(lambda match: "".join(_DIGITS[sign] for sign in match[0]), text)
    plain = _now_beside(_UNWANTED.sub("", _OF_PLAN.sub("", plain)), base)
    years: set[int] = set()
    for low, high in _RANGE.findall(plain):
        years.update(range(int(low), int(high) + 1))
    years.update(int(year) for year in _YEAR.findall(plain))
    for match in _LAST_YEARS.finditer(plain.lower()):
        count = SMALL[match[1] or match[2]]
        latest = max(years, default=base - 1)
        # What came together in them is told by the report of the year after, as of the last one.
        first = latest if _TOGETHER.search(plain) else latest - count + 1
        years.update(range(first, latest + 1))
    if years:
        # 2026年 beside 今年 explains it rather than naming another year.
        return tuple(
            sorted(
                years
                | (
                    _relative_years(plain, max(years))
                    if _contrasts(plain)
                    else _set_apart(plain, years, base)
                )
            )
        )
    relative = _relative_years(plain, base)
    return tuple(sorted(relative | {base} if relative == {base - 1} and _goal_apart(plain) else relative))


def _goal_apart(text: str) -> bool:
    """Whether a part of ``text`` asks for a goal of no year that is named, and another one what came of last year: 控制线呢？去年平均是多少."""
    parts = [(part, "target" in asked_statuses(part)) for part in _PARTS.split(text)]
    return any(goal and names_goals(part) and not _DATED.search(part) for part, goal in parts) and any(
        not goal and _LAST_YEAR.search(part) and _ASKS.search(part) for part, goal in parts
    )


def _now_beside(text: str, base: int) -> str:
    """``text`` with the year of the last results for "now" where a goal is asked beside it: 现在有多少家，2030年想做到多少家."""
    parts = _PARTS.split(text)
    if (
        base
        and any(_NOW.search(part) for part in parts)
        and any(asked_statuses(part) == ("target",) and not _NOW.search(part) for part in parts)
    ):
        return _NOW.sub(f"{base - 1}年", text)
    return text


def asked_statuses(text: str) -> tuple[PeriodStatus, ...]:
    """``target`` and ``actual`` in so far as the wording of ``text`` plainly speaks of one, the other, or both; not what it says is not meant."""
    text = _NOT_MEANT.sub("", text)
    reached = asks_reached(text)
    parts = _PARTS.split(text)
    # 安排 or 将 beside 实际 belongs to what is asked about: "安排资金实际是多少".
    dated = any(_DATED.search(part) and _ASKS.search(part) for part in parts)
    goals = [_goal_in(part, dated=dated) for part in parts]
    results = [_ACTUAL.search(part) is not None for part in parts]
    # "... 想改造多少个？一年下来做了多少": what was meant first, then what came of it.
    # Within one language: a translation says of one thing asked what the English says.
    came = any(
        goals[i] and _CAME_OF_IT.search(part) and is_chinese(part) == is_chinese(parts[i])
        for i in range(len(parts))
        for part in parts[i + 1 :]
    )
    found: list[PeriodStatus] = []
    if reached or any(goals):
        found.append("target")
    if reached or any(results) or came:
        found.append("actual")
    return tuple(found)


def _goal_in(part: str, *, dated: bool) -> bool:
    """Whether a part of a question speaks of a goal.

    "都说要过紧日子，2023年省下来多少": where another part asks of a year of its own (``dated``), one that neither asks
    nor names a year has to say so plainly.
    """
    plainly = _PLAIN_ACTUAL.search(part) or (dated and not _ASKS.search(part) and not _DATED.search(part))
    return (_PLAIN_TARGET if plainly else _TARGET).search(part) is not None


def names_status(text: str) -> bool:
    """Whether ``text`` says plainly that it is about goals (目标), or about results (实绩)."""
    return _PLAIN_TARGET.search(text) is not None or _PLAIN_ACTUAL.search(text) is not None


def asks_reached(text: str) -> bool:
    """Whether ``text`` asks if a goal was reached (达标了吗)."""
    return _REACHED.search(text) is not None and not _GOAL_AND_GOAL.search(text)


def names_goals(text: str) -> bool:
    """Whether ``text`` has a plain word for goals, rather than one for what is to come."""
    return _PLAIN_TARGET.search(text) is not None


def is_of_results_only(text: str) -> bool:
    """Whether a year stands with a word for results, and the plain one for goals apart: 目标比2023年实际完成的高吗."""
    year = _YEAR.search(text)
    if year is None:
        return False

    def gap(pattern: re.Pattern[str]) -> int:
        spans = (match.span() for match in pattern.finditer(text))
        return min((max(start - year.end(), year.start() - end) for start, end in spans), default=len(text))

    goal, result = gap(_PLAIN_TARGET), gap(_ACTUAL)
    if len(text) in {goal, result}:
        return False
    return result < goal or _HELD_AGAINST.search(text[: year.start()]) is not None


def since(text: str) -> int | None:
    """The year from which on ``text`` asks for every year ("2021年以来"), if it does."""
    match = _SINCE.search(text)
    return int(match[1] or match[2]) if match else None


def likely_statuses(text: str) -> tuple[PeriodStatus, ...]:
    """``actual`` for wording in the past tense, which alone proves nothing."""
    return ("actual",) if _PAST.search(text) else ()


def without_times(text: str) -> str:
    """``text`` without its words for years and for relative time."""
    for _, pattern in _RELATIVE:
        text = re.sub(pattern, "", text, flags=re.IGNORECASE)
    text = _LAST_YEARS.sub("", _RANGE.sub("", _THAT_REPORT.sub("", text)))
    text = re.sub(r"(?<!\d)(?:19|20)\d\d(?:年?度|年[底末初]?)?|[那同]一?年", "", text)
    return re.sub(r"[一二][〇零九][〇零一二三四五六七八九]{2}年", "", text)


def _relative_years(text: str, base: int) -> set[int]:
    lowered = text.lower()
    return {base + offset for offset, pattern in _RELATIVE if re.search(pattern, lowered)}


def _set_apart(text: str, named: set[int], base: int) -> set[int]:
    """The relative years next to a ``named`` one of which another status is asked: this year's goal and the result of 2023."""
    relative = "|".join(pattern for _, pattern in _RELATIVE)
    explained = rf"(?:{relative})[^\w？?。.!！]{{0,2}}(?:19|20)\d\d|(?:19|20)\d\d年?[^\w？?。.!！]{{0,2}}(?:{relative})"
    if re.search(explained, text.lower()):
        return set()
    if _HELD_AGAINST_YEAR.search(text):
        return _relative_years(text, base)
    # "2023年增长多少，今年目标是多少" asks of the goal in a part of its own.
    dated = [part for part in _PARTS.split(text) if _YEAR.search(part)]
    # "2023年有多少，今年有多少" asks twice, "2023年和今年" of both.
    twice = any(_ASKS.search(part) for part in dated)
    parts = [
        part
        for part in _PARTS.split(text)
        if part not in dated
        and not _ASIDE.match(part)
        and (asked_statuses(part) or (twice and _ASKS.search(part)))
    ]
    joined = re.search(
        rf"\d年?(?:和|与|跟|、|及)(?:{relative})|(?:{relative})的?(?:和|与|跟|、|及)\d{{4}}|\d{{4}} and (?:{relative})",
        text.lower(),
    )
    apart = text if joined or len(asked_statuses(text)) > 1 else "，".join(parts)
    return {year for year in _relative_years(apart, base) if {year - 1, year + 1} & named}


def _contrasts(text: str) -> bool:
    """Whether a relative year stands beside a named one as another year (2024年...比上年)."""
    return (
        re.search(r"比(?:去年|上年|上一年)|(?:去年|上年|上一年)(?:的)?(?:实际|完成|相比)", text) is not None
    )
