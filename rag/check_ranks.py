"""Ranks, and who is counted: where a claim has another one than the official wording. Pure functions."""

from __future__ import annotations

import re
from typing import Final

from index.numerals import parse_numeral
from index.quantities import find_quantities
from index.tokens import nouns

_RANK: Final = re.compile(
    r"(?P<scope>全国|全球|世界|全省|全市|[东中西]部(?:地区)?|东北|中西部|副省级城市|直辖市)(?:各?省区市)?(?:的)?(?:排名?|排在|居|列|位居|位列)?"
    r"(?:第(?P<number>[一二三四五六七八九十\d]+)[位名]?|(?P<first>首位|榜首|第一位))"
)
_PART: Final = re.compile(r"[，,；;。]")
_PERSONS: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?:学生|职工|老年人|老人|儿童|妇女|农民工?|居民|教师|医生|军人|干部|患者|毕业生|残疾人|婴幼儿|青年|村民|市民))"
)
_COUNTER: Final = re.compile(r"[名位个]?")
_NO_CHANCE: Final = 3
_RANKING: Final = re.compile(r"(?P<places>\d+强)")


def other_rank(claim: str, official: str) -> tuple[str, str] | None:
    """A rank in ``claim``, and the only one of the part of ``official`` that tells of the same thing, if it is another, or another's: 中部第3位."""
    parts = [part for part in _PART.split(official) if len(_RANK.findall(part)) == 1]
    for part in _PART.split(claim):
        said = _RANK.search(part)
        if said is None:
            continue
        things = [
            word
            for word in nouns(f"{claim[: claim.find(part)]}{part}")
            if len(word) > 1 and word not in said[0]
        ]
        best = max(parts, key=lambda one: sum(len(word) for word in things if word in one), default="")
        told = _RANK.search(best)
        if told and any(word in best for word in things) and _place_in(said) != _place_in(told):
            return said[0], told[0]
    return None


def other_ranking(claim: str, official: str) -> tuple[str, str] | None:
    """A ranking in ``claim``, and the one of ``official`` with as many places, if it is another one: 中国企业500强, 中国民营企业500强."""
    for ours in _RANKING.finditer(claim):
        theirs = [one for one in _RANKING.finditer(official) if one["places"] == ours["places"]]
        names = [_name_of(one, official) for one in theirs]
        own = _name_of(ours, claim)
        if own and all(names) and not any(own.endswith(one) or one.endswith(own) for one in names):
            return own + ours["places"], names[0] + theirs[0]["places"]
    return None


def _name_of(ranking: re.Match[str], text: str) -> str:
    """The nouns in front of a ranking's number of places."""
    before, name = text[: ranking.start()], ""
    for word in reversed(nouns(before)):
        if not before.endswith(word):
            break
        before, name = before.removesuffix(word), word + name
    return name


def others_counted(claim: str, official: str) -> tuple[str, str] | None:
    """The people whom ``claim`` counts by a figure that is too long for chance, and others whom ``official`` counts by it: 女职工, 女学生."""
    for stated in find_quantities(claim):
        if len(stated.value.normalize().as_tuple().digits) < _NO_CHANCE:
            continue
        ours = _people(claim, stated.end)
        same = [one for one in find_quantities(official) if one.value == stated.value]
        theirs = [people for one in same if (people := _people(official, one.end))]
        if ours and len(same) == len(theirs) > 0 and not any(ours in one or one in ours for one in theirs):
            return ours, theirs[0]
    return None


def _people(text: str, at: int) -> str:
    counter = _COUNTER.match(text, at)
    people = _PERSONS.match(text, counter.end() if counter else at)
    return people[0] if people else ""


def _place_in(rank: re.Match[str]) -> tuple[str, str]:
    number = rank["number"] or "1"
    value = parse_numeral(number) if not number.isdigit() else number
    return rank["scope"].removesuffix("地区"), str(value)
