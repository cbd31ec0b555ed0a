"""Whose a figure of a claim is by the official wording: each part of that tells of its own things. Pure functions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from index.tokens import nouns
from index.units import compatible
from rag.check_kinds import holds
from rag.check_vague import in_figures
from rag.focus import segments_around
from rag.names import quoted_names
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.quantities import Quantity

_PART: Final = re.compile(r"[，；;。：]|,(?!\d)")
_EACH: Final = re.compile("分别|各自")
# One thing is more than another, or less: 金融项目比商业项目还多.
_BESIDE: Final = re.compile(
    r"(?P<one>[^，。；]{2,30}?)，?(?:比(?!例|重|较|去年|上年)(?P<beside>[^，。；]{2,20}?)(?:的?(?:数量|规模|增[速幅]))?(?:还要?|更|要)*(?P<adjective>[多少高低大小快慢])(?:[了些]|得多|很多|不少)?(?=[，。；]|$)|"
    r"(?P<verb>超过|多于|高于|大于|快于|少于|低于|不及|不如|赶不上|没有?赶上|落后于)了?(?P<behind>[^，。；]{2,20}?)(?:的?(?:数量|规模|增[速幅]))?(?=[，。；]|$))"
)
_LESS: Final = re.compile(r"[少低小慢]|不[及如]|赶不上|没有?赶上|落后")
_LISTED: Final = re.compile("[、和与及]")
# What a figure counts stands behind it: 100个口袋公园.
_COUNTS: Final = re.compile(r"的?(?!左右|以上|以内|以下|多)[\u4e00-\u9fff]{2,12}")
# It goes on with the things of the part before it: ……分别新增65家和30家，累计分别达到956家和561家.
_GOES_ON: Final = re.compile("(?:累计|合计|总数|总量|共|其中|同比)*(?:分别|各自)?(?:达|增|为|有|降)")
_NAMED: Final = 4
"""A part that names so many signs of the claim's things speaks of them ..."""
_BETTER: Final = 3
"""... if another names by so many fewer."""
_LARGE: Final = 100
"""A number without a unit that is no count of a few things."""


def of_another_part(claim: str, official: str) -> Difference | None:
    """How ``claim`` gives to a thing the figure that ``official`` has in another part, of other things.

    That is what the part which speaks most of the claim's things has instead: a figure in the same unit (无人机占全国8成
    for 9成, where 8成 is of 服务机器人); or, where it has none, the name of the thing whose figure it is.
    """
    told = [part for part in _PART.split(in_figures(official)) if part]
    for part in _PART.split(in_figures(claim)):
        things = dict.fromkeys((*quoted_names(part), *(noun for noun in nouns(part) if len(noun) > 1)))
        named = _named_in_each(things, told)
        best = max(told, key=lambda one: named[one], default="")
        for figure in _amounts(part):
            holding = [one for one in told if any(_is_same(figure, other) for other in _amounts(one))]
            owner = _other_name(part, holding, official)
            if owner is not None:
                return owner
            most = max((named[one] for one in holding), default=named[best])
            if best in holding or named[best] < max(_NAMED, most + _BETTER):
                continue
            rivals = [other for other in _amounts(best) if compatible(figure.unit, other.unit)]
            if rivals and not any(holds(figure, other) for other in rivals):
                nearest = min(rivals, key=lambda other: abs(other.value - figure.value))
                return Difference("figure", figure.text, nearest.text)
    return None


def _other_name(part: str, holding: Sequence[str], official: str) -> Difference | None:
    """The name in quotation marks to which ``part`` of a claim gives a figure, and the one that has it in all the parts ``holding`` it."""
    ours = [name for name in quoted_names(part) if name in official]
    theirs = [name for one in holding for name in quoted_names(one)[-1:]]
    apart = len(theirs) == len(holding) and not any(name in part for name in theirs)
    if len(ours) != 1 or not theirs or not apart or any(ours[0] in one for one in holding):
        return None
    return Difference("entity", ours[0], theirs[0])


def exchanged(claim: str, official: str) -> tuple[str, str] | None:
    """The figure that ``claim`` gives to one of two things, and that which ``official`` gives it, where each has the other's.

    4万个幼儿园学位、1.7万个托位 for 学位1.7万个、托位4万个; the latter may be told 分别.
    """
    figures = _amounts(claim)
    for first, second in pairwise(figures):
        held = [
            next((other for other in _amounts(official) if _is_same(one, other) or _bare(one, other)), None)
            for one in (first, second)
        ]
        alike = first.unit == second.unit or not (first.unit and second.unit)
        if not alike or first.value == second.value or held[0] is None or held[1] is None:
            continue
        for one, other in _owners(claim, first, second, official):
            if (_owner(one, other, held[0], official), _owner(one, other, held[1], official)) == (other, one):
                return first.text, held[1].text
    return None


def _owners(claim: str, first: Quantity, second: Quantity, official: str) -> Iterator[tuple[str, str]]:
    """What two figures of ``claim`` may be of, each before its figure or each behind it, of things that ``official`` names."""
    between = claim[first.end : second.start]
    before, behind = _PART.split(claim[: first.start])[-1], _PART.split(claim[second.end :])[0]
    counts = _COUNTS.match(between) is not None
    for mine, its in ((between, behind),) if counts else ((before, between), (between, behind)):
        ones, others = ([noun for noun in nouns(part) if noun in official] for part in (mine, its))
        pairs = [(one, other) for one in ones for other in others if one not in its and other not in mine]
        yield from pairs
        if pairs:
            return


def _owner(one: str, other: str, figure: Quantity, official: str) -> str:
    """Which of two things has ``figure`` in the ``official`` wording: the one before it; of 甲、乙分别 the one in its turn."""
    each = _EACH.search(official)
    named = sorted((one, other), key=official.find)
    if each is not None and official.find(named[1]) < each.start() < figure.start:
        turns, listed = _told_in_turn(official, each)
        if figure not in listed:
            return ""
        return next((name for name in named if name in turns[listed.index(figure)]), "")
    counted = _COUNTS.match(official, figure.end)
    if counted is not None:
        return next((name for name in named if name in counted[0]), "")
    before = [(official.rfind(name, 0, figure.start), name) for name in named]
    place, name = max(before)
    return name if place >= 0 else ""


def of_another_turn(claim: str, official: str) -> tuple[str, str] | None:
    """A figure that ``claim`` gives to one of several things, and that thing's own, where ``official`` tells them in turn.

    汽车消费增长20.6% for 汽车、餐饮消费分别增长8.5%、20.6%.
    """
    for each in _EACH.finditer(official):
        things, listed = _told_in_turn(official, each)
        for figure in _amounts(claim):
            start, end = segments_around(claim, figure.start, figure.end)
            named = _named_of(things, claim[start:end]) or _named_of(things, claim)
            held = [at for at, other in enumerate(listed) if _is_same(figure, other)]
            if len(held) == len(named) == 1 and held != named:
                return figure.text, listed[named[0]].text
    return None


def less_of_two(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which ``claim`` sets one thing above another, or below, and their figures in ``official``, which say the contrary."""
    beside = _BESIDE.search(claim)
    if beside is None or any(one.kind == "amount" for one in find_quantities(beside[0])):
        return None
    first, second = beside["one"], beside["beside"] or beside["behind"]
    word = beside["adjective"] or beside["verb"]
    ones, others = ([noun for noun in nouns(side) if noun in official] for side in (first, second))
    for one in (noun for noun in ones if noun not in second):
        for other in (noun for noun in others if noun not in first):
            mine, its = (
                [figure for figure in _amounts(official) if _owner(one, other, figure, official) == name]
                for name in (one, other)
            )
            if len(mine) != 1 or len(its) != 1 or not compatible(mine[0].unit, its[0].unit):
                continue
            more = mine[0].value > its[0].value
            if mine[0].value != its[0].value and more == (_LESS.search(word) is not None):
                return beside[0], f"{mine[0].text}、{its[0].text}"
    return None


def _told_in_turn(official: str, each: re.Match[str]) -> tuple[list[str], list[Quantity]]:
    """The things before 分别 and the figures behind it; nothing where they are not equally many."""
    end = each.end() + len(_PART.split(official[each.end() :])[0])
    listed = [told for told in _amounts(official) if each.end() <= told.start < end]
    things = _LISTED.split(_PART.split(official[: each.start()])[-1])
    return (things, listed) if len(things) == len(listed) else ([], [])


def _named_of(things: Sequence[str], claim: str) -> list[int]:
    """Which of the ``things`` of a list ``claim`` names, by themselves or by a noun that no other has.

    The last may have the head of them all, so that the noun counts that it begins with: 汽车、餐饮消费.
    """
    found = []
    for at, thing in enumerate(things):
        others = "".join(one for one in things if one != thing)
        own = [noun for noun in nouns(thing) if len(noun) > 1 and noun not in others]
        if thing in claim or any(noun in claim for noun in (own[:1] if at == len(things) - 1 else own)):
            found.append(at)
    return found


def _named_in_each(things: Iterable[str], told: Sequence[str]) -> dict[str, int]:
    """How much of the ``things`` each part names; one that only goes on with the figures of the one before names what that does."""
    named: dict[str, int] = {}
    before = 0
    for part in told:
        own = _named(things, part)
        named[part] = before = before if _GOES_ON.match(part) and not own else own
    return named


def _named(things: Iterable[str], part: str) -> int:
    return sum(len(thing) for thing in things if thing in part)


def _amounts(text: str) -> Sequence[Quantity]:
    return [
        one for one in find_quantities(text) if one.kind == "amount" and (one.unit or one.value >= _LARGE)
    ]


def _bare(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are one, and only one of them has its unit: 1409万、1305万人次."""
    return same_value(one, other) and not (one.unit and other.unit)


def _is_same(one: Quantity, other: Quantity) -> bool:
    return compatible(one.unit, other.unit) and same_value(one, other)
