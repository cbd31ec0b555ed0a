"""Ranks, and who is counted: where a claim has another one than the official wording. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from index.numerals import parse_numeral
from index.quantities import find_quantities
from index.tokens import nouns, words

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
_LOST: Final = re.compile(
    r"(?:丢|失去|让出|丢掉|丢失|痛失|没保住|没能保住)了?[^，。；]{0,8}(?:头名|第[一1]|榜首|首位|冠军|头把交椅|位子|宝座|桂冠)|(?:位子|宝座|桂冠|头名|第一|榜首)[^，。；]{0,3}丢了|[掉跌退滑][到至居]了?(?:全国|全省|世界)?第[二三四五六七八九十\d]|被[^，。；]{1,10}(?:反超|超过|超越|赶超|挤下|取代)|(?:跌|掉|滑)(?:出|下|落)了?[^，。；]{0,4}(?:第[一1]|首位|榜首)|"
    r"\b(?:los[te]|losing|forfeit\w*|gave up|ceded|surrendered|slipped from|fell from|dropped from|knocked off|overtaken|dethroned)\b[^.;]{0,40}?\b(?:first|top|lead|crown|number one|no\. ?1|1st|title)\b",
    re.IGNORECASE,
)
_HELD: Final = re.compile(
    r"(?:保持|稳居|蝉联|继续[居位]|连续[^，。；]{0,8}[居位]|位?居|位列|排名)[^，。；]{0,8}?(?:第[一1](?!\d)[位名]?|首位|榜首)"
)
# Sessions (第七届) are told apart elsewhere: each is a thing of its own.
_ORDINAL: Final = re.compile(
    r"(?:第(?P<number>[一二三四五六七八九十\d]+)|首)[个座枚艘架条家所项块顶](?P<what>[\u4e00-\u9fffA-Za-z“”]{3,12})"
)
_KIND: Final = 3
_RANKING: Final = re.compile(r"(?P<places>\d+强)")
_AROUND: Final = 12
_MEDALS: Final = re.compile(
    r"(?P<number>\d+|[一二两三四五六七八九十]+)(?:枚|块)?(?P<metal>[金银铜])(?=牌|[\d一二两三四五六七八九十，,。；、和]|$)"
)


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
        # The one rank of all may be of what is named before its part: 某机场开通航线91条，吞吐量居全国第5.
        around = official if len(_RANK.findall(official)) == 1 else best
        if told and any(word in around for word in things) and _place_in(said) != _place_in(told):
            return said[0], told[0]
    return None


def other_ranking(claim: str, official: str) -> tuple[str, str] | None:
    """A ranking in ``claim``, and the one of ``official`` with as many places, if it is another one: 中国企业500强, 中国民营企业500强."""
    for ours in _RANKING.finditer(claim):
        theirs = [one for one in _RANKING.finditer(official) if one["places"] == ours["places"]]
        names = [_name_of(one, official) for one in theirs]
        own = _name_of(ours, claim)
        # 中国500强民营企业 is the same: all of its words stand around it.
        around = claim[max(0, ours.start() - _AROUND) : ours.end() + _AROUND]
        if any(name and all(word in around for word in nouns(name)) for name in names):
            continue
        if own and all(names) and not any(own.endswith(one) or one.endswith(own) for one in names):
            return own + ours["places"], names[0] + theirs[0]["places"]
    return None


def lost_rank(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which ``claim`` has a first rank lost, and those by which ``official`` has it held: 被反超, 保持全国第1位."""
    said, told = _LOST.search(claim), _HELD.search(official)
    if said is None or told is None or _HELD.search(claim):
        return None
    part = next(one for one in re.split(r"[；;。]", official) if told[0] in one)
    rest, part = claim.replace(said[0], " "), part.replace(told[0], " ")
    shared = any(word[i : i + 2] in part for word in words(rest) for i in range(len(word) - 1))
    return (said[0], told[0]) if shared else None


def other_ordinal(claim: str, official: str) -> tuple[str, str] | None:
    """Which one of its kind something is by ``claim``, and by ``official``, if that is another: 第二座总冠军奖杯, 首个总冠军."""
    for ours in _ORDINAL.finditer(claim):
        for theirs in _ORDINAL.finditer(official):
            same = SequenceMatcher(None, ours["what"], theirs["what"], autojunk=False).find_longest_match()
            if same.size >= _KIND and _ordinal(ours) != _ordinal(theirs):
                return ours[0], theirs[0]
    return None


def other_medals(claim: str, official: str) -> tuple[str, str] | None:
    """The medals of ``claim``, and those of ``official`` where it has another number of a metal: 1金1银, 4金1银1铜."""
    ours, theirs = _medals(claim), _medals(official)
    differing = [metal for metal in ours if metal in theirs and ours[metal] != theirs[metal]]
    return (ours[differing[0]] + differing[0], theirs[differing[0]] + differing[0]) if differing else None


def _medals(text: str) -> dict[str, str]:
    """How many of each metal; 金 alone may be anything."""
    found = {one["metal"]: one["number"] for one in _MEDALS.finditer(text)}
    return {
        metal: number if number.isdigit() else str(parse_numeral(number.replace("两", "二")))
        for metal, number in found.items()
    }


def _ordinal(told: re.Match[str]) -> str:
    number = told["number"] or "1"
    return number if number.isdigit() else str(parse_numeral(number))


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
