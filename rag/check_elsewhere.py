"""What a claim tells of another place, line or thing than the official wording does: 7号线, 18号线; 东北, 东南. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.glossary import is_common
from index.tokens import known_places, nouns
from rag.places import COUNTRIES, COUNTRY_SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.check_reports import ReportText

_PLACES: Final = re.compile("[东西南北中]{2}|[中俄日韩美英法德意泰老越印欧]{2}")
_NUMBERED: Final = re.compile(
    r"\d+(?P<kind>号[线楼机])|第[一二三四五六七八九十\d]+(?P<kind2>届|批|航站楼|中学|医院)"
)
_NAMED: Final = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{2}(?P<kind>实验室|学院|大学|医院|集团|公司|机场|大桥|水库|电站|图书馆|博物馆|体育场)"
)
_LINE: Final = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2})[至—](?P<other>[\u4e00-\u9fff]{2})(?=段|高铁|铁路|高速|公路|城际|快速)"
)
# 场址选在璧山, 落在城市副中心
_SITED: Final = re.compile(
    r"(?:选在|选址[在于]|选址定在|落在|落户于?|位于|设在|建在|坐落[于在]|布局在|安在)了?(?P<where>[\u4e00-\u9fff]{2,6})"
)
_SUFFIX: Final = re.compile(r"[市区县州]")
_SITE: Final = 3
_PART: Final = re.compile(r"[，,；;。]")
# What the tagger takes for a place and is none, or the whole.
_WHOLE: Final = re.compile("中国|全国|城.*")


# 中老泰马国际铁路
_PARTNERS: Final = re.compile(rf"中[{COUNTRY_SIGNS}]+(?P<thing>[\u4e00-\u9fff]{{3}})")
_BESIDE_CHINA: Final = re.compile(rf"中[{COUNTRY_SIGNS}]+")


def swapped(named: Sequence[str], around: str, official: str) -> tuple[str, str] | None:
    """The first noun of the claim that is missing where one stands that names another place in its stead."""
    theirs = [word for word in nouns(official) if len(word) > 1]
    for word in named:
        if word in around:
            continue
        for other in theirs:
            differing = {a + b for a, b in zip(word, other, strict=False) if a != b}
            if len(other) == len(word) and len(differing) == 1 and _PLACES.fullmatch("".join(differing)):
                return word, other
    return None


def renumbered(content: str, report: str, official: str) -> tuple[str, str] | None:
    """A thing that the claim names by number and the whole ``report`` does not, and one of its kind that the wording does: 7号线, 18号线."""
    theirs = [match for match in _NUMBERED.finditer(official) if match[0] not in content]
    return next(
        (
            (one[0], other[0])
            for one in _NUMBERED.finditer(content)
            if one[0] not in report
            for other in theirs
            if other.lastgroup == one.lastgroup and other[other.lastgroup or 0] == one[one.lastgroup or 0]
        ),
        None,
    )


def is_of_another_number(content: str, official: str) -> bool:
    """Whether the claim is of things with a number for a name, and the wording of none of them: 15号线."""
    named = {one[0] for one in _NUMBERED.finditer(content)}
    return bool(named) and not any(one in official for one in named)


def other_end_of_line(claim: str, official: str) -> tuple[str, str] | None:
    """The end of a line in ``claim``, and that in ``official`` of a line with which it shares the other: 甲至乙段, 乙至丙段."""
    for ours in _LINE.finditer(claim):
        if ours[0] in official:
            continue
        ends = {ours["one"], ours["other"]}
        for theirs in _LINE.finditer(official):
            there = {theirs["one"], theirs["other"]}
            if len(ends & there) == 1 and theirs[0] not in claim:
                return (ends - there).pop(), (there - ends).pop()
    return None


def other_name(claim: str, official: str) -> tuple[str, str] | None:
    """A name in ``claim``, and one in ``official`` that begins and ends as it does: 燕赵医药实验室, 燕赵钢铁实验室."""
    for theirs in _NAMED.finditer(official):
        if theirs[0] in claim:
            continue
        ours = re.search(f"{theirs['head']}[\u4e00-\u9fff]{{2}}{theirs['kind']}", claim)
        if ours and ours[0] not in official:
            return ours[0], theirs[0]
    return None


def strange_site(claim: str, around: str) -> str:
    """Where ``claim`` says that something lies, if no word of it stands in the wording or the headings ``around``; else ""."""
    held = _SUFFIX.sub("", around)
    sites = (_SUFFIX.sub("", one["where"]) for one in _SITED.finditer(claim))
    return next((site for site in sites if site and site[:_SITE] not in held), "")


def other_partner(claim: str, official: str) -> tuple[str, str] | None:
    """The country that ``claim`` names by one sign beside 中, and the one that ``official`` names in the same thing: 中意文明互鉴中心, 中希文明互鉴中心."""
    for ours in _PARTNERS.finditer(claim):
        theirs = re.search(rf"中[{COUNTRY_SIGNS}]+{ours['thing']}", official)
        if theirs and ours[0] not in official and theirs[0] not in claim:
            return ours[0], theirs[0]
    return None


def other_site(claim: str, official: str, around: str, home: str) -> tuple[str, str] | None:
    """Where ``claim`` says that something lies, and the place that the part of ``official`` on it names instead."""
    site = strange_site(claim, around)
    if not site or is_named_by_sign(site, around):
        return None
    said = [word for word in nouns(claim) if len(word) > 1]
    part = max(_PART.split(official), key=lambda one: sum(len(word) for word in said if word in one))
    theirs = [one for one in known_places(part) if one not in claim and one[:2] not in home]
    return (site, theirs[0]) if theirs else None


def elsewhere(content: str, around: str, official: str, report: ReportText) -> tuple[str, str] | None:
    """The first place that the claim names and the wording does not, and the one that the wording names nearest to what both tell."""
    ours, theirs = (
        [
            name
            for name in known_places(text)
            if name not in other
            and not is_named_by_sign(name, other)
            and not _WHOLE.fullmatch(name)
            and not is_common(name)
        ]
        for text, other in ((content, around), (official, content))
    )
    home = report.parsed.report.place
    shared = SequenceMatcher(None, content, official, autojunk=False).find_longest_match()
    theirs.sort(key=lambda name: abs(official.find(name) - shared.b))
    return next(
        ((one, other) for one in ours for other in theirs if one[:2] not in home and other[:2] not in home),
        None,
    )


def is_named_by_sign(name: str, text: str) -> bool:
    """Whether ``text`` names a country by one sign beside 中."""
    sign = COUNTRIES.get(name, "")
    return bool(sign) and any(sign in run for run in _BESIDE_CHINA.findall(text))
