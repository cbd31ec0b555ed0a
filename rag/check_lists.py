"""Lists in a claim: whether the official list has each item, and which figure is whose. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from rag.listing import COUNTED_BEHIND, items_of, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity

_RUN: Final = re.compile(r"[^，,。；;：:、\d]{1,24}(?:、[^，,。；;：:、\d]{1,24})+")
# What introduces the first item of a list in a sentence.
_OPENING: Final = re.compile(r"^.*(?:是|为|指|有|包括|即|在|对|把|将|叫|抓好|做好|打造)")
_ONE_OF: Final = re.compile(
    r"^(?P<item>[^，,。；]{2,12}?)(?:就|也)?(?:是|属于|算是?|被?列为)[^，,。；]*?(?P<number>[两二三四五六七八九十]|(?<!\d)\d)[大个项种类](?P<noun>[^，,。；]{2,12}?)之一"
)
_INCLUDES: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十]|(?<!\d)\d{1,2})[大个项种类](?P<noun>[^，,。；”]{2,12}?)”?(?:当?中|里)?(?:就|也|还)?(?:包括|包含|含)了?(?P<item>[^，,。；、等和]{2,10})"
)
_COUNTED_AMONG: Final = re.compile(
    r"(?P<items>[^，,。；]{2,24}?)(?:都|均|也|已)?(?:被|是|属于)?(?:列入|列为|纳入|归入|入选|位列|跻身|进入|选为)了?[^，,。；]{0,14}?"
    r"(?P<number>[两二三四五六七八九十]|(?<!\d)\d)[大个项种类](?P<noun>[^，,。；]{2,12})"
)
# 两家新景区是甲和乙
_ARE: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十]|(?<!\d)\d{1,2})[大个项种类家座条所处][“‘]?(?P<noun>[^，,。；]{2,12}?)[”’]?(?:分别)?(?:是|为|即|叫做?)(?P<items>[^，,。；是为]+(?:、|[和与及])[^，,。；]+)"
)
_PARTS: Final = re.compile(r"[，,；;。、]|(?<=[^，。、])(?:以及|[和与及])(?=[^，。、])")
# What holds for each of several: 都在, 均超过.
_EACH: Final = re.compile(
    r"(?:都|均|个个|样样|项项|全都|全部|无一例外地?)(?:[增下][长降]|[上下]?[升涨降]|达到?|在|是|有)?了?$"
)
_QUOTED: Final = re.compile(r"[“‘]([^”’]{1,12})[”’]")
_RESPECTIVELY: Final = re.compile(
    r"(?P<things>[^，,。；;：:“”]{1,24}(?:、[^，,。；;：:、“”]{1,12}?)+)(?:分别)?(?:建设|打造|建|做|培育)?(?:成为?|为|是|达到?)(?P<given>“[^”]{1,12}”(?:[、和与]|以及)?(?:“[^”]{1,12}”(?:[、和与]|以及)?)+)"
)
_NAME: Final = 3
_TWO_DIGITS: Final = re.compile(r"(?:保持|实现|是|呈)?了?(?:两|二)位数的?(?:增长|增速|增幅)")
_FIGURES: Final = re.compile(r"\d[^，。；]*(?:、|和|以及)[^，。；]*?\d[^，。；、]*")
_AT_LEAST: Final = frozenset({"以上", "超过", "不低于"})
_AT_MOST: Final = frozenset({"以下", "以内", "不超过", "近"})
_LONG: Final = 3
_SHARED: Final = 2
_SAME: Final = 0.6


def lists(text: str) -> list[tuple[str, ...]]:
    """The lists of names in ``text``: at least two items between 、, the last one also after 和."""
    found = []
    for run in _RUN.finditer(text):
        items = items_of(run[0])
        items[0] = _OPENING.sub("", items[0]) or items[0]
        found.append(tuple(item.strip("“”《》 ") for item in items))
    return found


def other_item(claim: str, official: str) -> tuple[str, str] | None:
    """An item of a list in ``claim`` and the one that the ``official`` list has in its stead; None if none differs.

    Lists are the same if they share at least two items, and at least half of the claim's.
    """
    known = lists(official)
    for items in lists(claim):
        if len(items) < _LONG or not known:
            continue
        theirs = max(known, key=lambda one: len(_held(items, one)))
        held = _held(items, theirs)
        strange = [item for item in items if item not in held]
        left = [other for other in theirs if not any(_same_item(item, other) for item in items)]
        if len(held) >= _SHARED and 2 * len(held) >= len(items) and strange and left:
            return strange[0], left[0]
    return None


def paired_otherwise(claim: str, official: str) -> tuple[str, str] | None:
    """What ``claim`` gives to one of several things, and what the ``official`` wording gives it by the order of two lists.

    将甲、乙、丙建成“一”“二”和“三”: 甲建成“二” is not so. None where it gives each its own.
    """
    for match in _RESPECTIVELY.finditer(official):
        things, given = items_of(match["things"]), _QUOTED.findall(match["given"])
        things[0] = _OPENING.sub("", things[0]) or things[0]
        if len(things) != len(given):
            continue
        own = {
            thing[-_NAME:] if len(thing) > _NAME else thing: name
            for thing, name in zip(things, given, strict=True)
        }
        for part in _PARTS.split(claim):
            named = [thing for thing in own if thing in part]
            said = [name for name in given if name in part]
            if len(named) == len(said) == 1 and own[named[0]] != said[0]:
                return said[0], own[named[0]]
    return None


def not_among(claim: str, official: str) -> tuple[str, str] | None:
    """What ``claim`` calls one of so many things (甲是三大产业之一), and the ``official`` list of them, in which it is not."""
    said = _ONE_OF.search(claim) or _INCLUDES.search(claim)
    if said is None:
        return None
    item, number = said["item"].strip("“”"), number_of(said["number"])
    for match in COUNTED_BEHIND.finditer(official):
        items = items_of(match["items"])
        counted = number_of(match["number"]) == number == len(items)
        if (
            counted
            and said["noun"][-2:] in match["noun"]
            and not any(item in one or one in item for one in items)
        ):
            return item, match["items"]
    return None


def among_others(claim: str, official: str) -> tuple[str, str] | None:
    """What ``claim`` counts among so many things (甲和乙被列入三大产业), if ``official`` lists it elsewhere, and its list of those."""
    said = _COUNTED_AMONG.search(claim)
    if said is None:
        return None
    items, number = items_of(said["items"]), number_of(said["number"])
    for match in COUNTED_BEHIND.finditer(official):
        theirs = items_of(match["items"])
        if not number_of(match["number"]) == number == len(theirs) or said["noun"][:2] not in match["noun"]:
            continue
        rest = official[: match.start("items")] + official[match.end("items") :]
        strange = [item for item in items if not any(item in one or one in item for one in theirs)]
        if strange and all(item in rest for item in strange):
            return strange[0], match["items"]
    return None


def named_as(claim: str, official: str) -> tuple[str, str] | None:
    """What ``claim`` names as one of so many things (两家景区是甲和丙), and the ``official`` list of them, in which it is not."""
    said = _ARE.search(claim)
    if said is None:
        return None
    items, number = items_of(said["items"]), number_of(said["number"])
    for match in COUNTED_BEHIND.finditer(official):
        theirs = items_of(match["items"])
        if not number_of(match["number"]) == number == len(theirs) == len(items):
            continue
        strange = [item for item in items if not any(_same_item(item, one) for one in theirs)]
        if said["noun"][-2:] in match["noun"] and 0 < len(strange) < len(items):
            return strange[0], match["items"]
    return None


def beyond_bound(claim: str, official: str) -> tuple[str, str] | None:
    """The bound within which all are by ``claim`` (都在40%以上), and a figure of the ``official`` run that is not; None if none is."""
    claim = _TWO_DIGITS.sub("增长10%以上", claim)
    bounds = (
        one for one in find_quantities(claim) if _EACH.search(claim[: one.start].rstrip("超过不低于到足"))
    )
    for bound in bounds:
        for run in _FIGURES.finditer(official):
            told = [one for one in find_quantities(run[0]) if one.unit == bound.unit]
            beyond = next((one for one in told if _is_beyond(one, bound)), None)
            if len(told) >= _SHARED and beyond is not None:
                return bound.text, beyond.text
    return None


def _is_beyond(one: Quantity, bound: Quantity) -> bool:
    if bound.qualifier in _AT_LEAST:
        return one.value < bound.value
    return bound.qualifier in _AT_MOST and one.value > bound.value


def crossed(claim: str, official: str) -> tuple[str, str] | None:
    """Two parts of ``claim`` that have each other's figures, by the order of things and figures in ``official``."""
    told = find_quantities(official)
    placed = [one for part in _PARTS.split(claim) if (one := _placed(part, official, told)) is not None]
    for (thing, figure, part), (other, second, rest) in combinations(placed, 2):
        apart = figure.unit == second.unit and figure.value != second.value
        # What overlaps is one thing of the official words, called in two ways.
        same = range(max(thing.start, other.start), min(thing.stop, other.stop))
        if apart and not same and (thing.start < other.start) != (_at(figure, told) < _at(second, told)):
            return part, rest
    return None


def _placed(part: str, official: str, told: Sequence[Quantity]) -> tuple[range, Quantity, str] | None:
    """Where ``official`` speaks of the thing of which ``part`` gives the one figure, with that figure."""
    figures = [one for one in find_quantities(part) if one.kind == "amount"]
    if len(figures) != 1 or _at(figures[0], told) < 0:
        return None
    words = part[: figures[0].start] + part[figures[0].end :]
    match = SequenceMatcher(None, words, official, autojunk=False).find_longest_match()
    return (range(match.b, match.b + match.size), figures[0], part) if match.size >= _LONG else None


def _at(figure: Quantity, told: Sequence[Quantity]) -> int:
    return next((one.start for one in told if (one.value, one.unit) == (figure.value, figure.unit)), -1)


def _held(items: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [item for item in items if any(_same_item(item, other) for other in theirs)]


def _same_item(one: str, other: str) -> bool:
    """Whether two items begin alike, as last ones do that a sentence goes on after, or share most of the shorter one."""
    if one[:2] == other[:2]:
        return True
    shorter = min(len(one), len(other))
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return shorter > 0 and match.size >= max(min(2, shorter), _SAME * shorter)
