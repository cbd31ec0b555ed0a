"""What a claim gives to another thing than the official wording does: a place, a subject, the start of a change. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations, takewhile
from typing import TYPE_CHECKING, Final

from index.numerals import parse_numeral
from index.quantities import find_quantities, same_value
from index.tokens import known_places, nouns, words
from rag.check_changes import changes, other_end
from rag.check_kinds import DOES, holds
from rag.check_owners import of_another_part
from rag.check_vague import in_figures
from rag.places import ANYWHERE
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM: Final = re.compile(r"[、，,；;。：:]|(?<=[^，。、])(?:以及|[和与及])(?=[^，。、])")
_PART: Final = re.compile(r"[，,；;。：:]")
_JOINED: Final = re.compile(r"(?:、|以及|[和与及])$")
# A place that heads a list of places (渝北、江北两区) has no thing of its own.
_OWN_THING: Final = 3
_SHARED: Final = 4
_LONGEST_NAME: Final = 12
# What is counted, right behind its counter.
_THING: Final = re.compile(r"“?([\u4e00-\u9fff]{2,4})")
_COUNTED_BEHIND: Final = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{3,8})[”’]?(?:一共|总共|共有?|只有|就)(?P<number>(?:[一二两三四五六七八九十]+|\d+)[个家座条项])"
)
_ALL_OF: Final = frozenset("双双 分别 已经 全部 同时 一同 先后 也都 均已 都已".split())
# 正式招生 and 正式更名 have nothing in common.
_HOW: Final = frozenset("正式 成功 顺利 全面 首次 已经 全部 加快".split())
_MOSTLY: Final = 0.5
_NEARLY: Final = 0.7
_SHORTEST: Final = 6
_DEGREES: Final = tuple(
    re.compile(rf"(?:{degrees})(?P<thing>{unit}[\u4e00-\u9fff]{{2}})")
    for degrees, unit in (
        ("[轻中重]", "度"),
        ("国家|省|市|县|区|乡|镇|村", "级"),
        ("[初中高]", "[级等]"),
        ("[一二三四五六七八九十]", "[级类等]"),
        ("[小初高]", "中"),
    )
)
_SIZES: Final = re.compile(r"(?:大型|大中型|中小微?型?|小型?微利?|小型)(?P<thing>企业)")
_TOWN_OR_COUNTRY: Final = re.compile(r"(?:城[市镇]|农村|乡村)(?P<thing>[\u4e00-\u9fff])")
_CLEFT: Final = re.compile(
    r"^(?P<told>[^。；]{6,}?)的(?:[地单城县村机公]?[\u4e00-\u9fff]{0,2})?[，,]?(?:其实|正|就|便|则|不是别[人处]，)?是(?P<who>[^，,。；是]{2,24})[。]?$"
)
_MEDALS: Final = (
    re.compile(r"[冠亚季](?P<thing>军)"),
    re.compile(r"[金银铜](?P<thing>[牌奖])"),
    re.compile(r"(?P<thing>[中英德意法西])[超甲乙](?![级标过额出越])"),  # leagues of football
)
_WATER: Final = re.compile(r"[江河湖海湾山洋溪岛港]$")
_BEFORE: Final = re.compile(r"从|由|原来|原先|以前|之前|此前|曾|当时|起点|基数|上一?年|前年|去年底?的")


def given_to_another(claim: str, official: str, *, same_time: bool) -> Difference | None:
    """How ``claim`` exchanges what ``official`` says of two things; None if it does not.

    ``same_time`` says that the claim speaks of the time that the official wording tells of: then a figure from
    which something changed is not what it is.
    """
    owner = of_another_part(claim, official)
    if owner is not None:
        return owner
    end = other_end(in_figures(claim), in_figures(official)) or (
        _outdated(in_figures(claim), in_figures(official)) if same_time else None
    )
    end = end or other_number(claim, official)
    if end is not None:
        return Difference("figure", *end)
    place = misplaced(claim, official)
    if place is not None:
        return Difference("place", *place)
    subject = (
        other_degree(claim, official)
        or other_subject(claim, official)
        or crossed_over(claim, official)
        or another_is_it(claim, official)
        or another_did_it(claim, official)
    )
    return Difference("entity", *subject) if subject is not None else None


def _outdated(claim: str, official: str) -> tuple[str, str] | None:
    """A figure of ``claim`` from which something changed by ``official``, and what it became."""
    if _BEFORE.search(claim):
        return None
    stated = [one for one in find_quantities(claim) if one.kind == "amount"]
    held = [one for one in find_quantities(official) if one.kind == "amount"]
    for begun, became in changes(official):
        told = [one for one in stated if same_value(one, begun)]
        once = sum(same_value(begun, one) for one in held) == 1
        if told and once and not any(same_value(one, became) for one in stated):
            return told[0].text, became.text
    return None


def other_number(claim: str, official: str) -> tuple[str, str] | None:
    """A number of things that ``claim`` gives, and that which ``official`` has of the same things by the same counter."""
    told = [(one, _THING.match(official, one.end)) for one in find_quantities(official) if one.unit]
    behind = _COUNTED_BEHIND.search(claim)  # “重庆实验室”一共三个
    if behind is not None:
        number = behind["number"][:-1]
        counted = parse_numeral(number) if not number.isdigit() else number
        same = [one for one, thing in told if official.startswith(behind["thing"], one.end)]
        if same and not any(str(one.value) == str(counted) for one in same):
            return behind["number"], same[0].text
    for stated in find_quantities(claim):
        thing = _THING.match(claim, stated.end) if stated.unit and stated.kind == "amount" else None
        same = [
            one for one, other in told if thing and other and one.unit == stated.unit and other[1] == thing[1]
        ]
        if same and not any(holds(stated, one) for one in same):
            return stated.text, same[0].text
    return None


def other_degree(claim: str, official: str) -> tuple[str, str] | None:
    """A thing of one degree in ``claim``, and the same of another one in ``official``: 轻度失能, 中度失能."""
    for degrees in (*_DEGREES, *_MEDALS, _TOWN_OR_COUNTRY, _SIZES):
        theirs = [one for one in degrees.finditer(official) if one[0] not in claim]
        for ours in degrees.finditer(claim):
            other = next((one[0] for one in theirs if one["thing"] == ours["thing"]), None)
            if ours[0] not in official and other is not None:
                return ours[0], other
    return None


def misplaced(claim: str, official: str) -> tuple[str, str] | None:
    """A place that ``claim`` gives to a thing, and that which the ``official`` list has with the thing; None if it has the same."""
    beside = set_beside(claim, official)
    if beside is not None:
        return beside
    items = [item for item in _ITEM.split(official) if item]
    ours = [name for name in known_places(claim) if not ANYWHERE.match(name) and not _is_water(name, claim)]
    things = [word for word in nouns(claim) if word not in ours]
    if not things:
        return None
    best = max(items, key=lambda item: _shared(things, item), default="")
    theirs = [name for name in known_places(best) if name not in claim and not ANYWHERE.match(name)]
    for name in ours:
        own = [item for item in items if name in item and len(item) >= len(name) + _OWN_THING]
        apart = own and name not in best and theirs and _shared(things, best) >= _SHARED
        if apart and all(_shared(things, item) < _shared(things, best) for item in own):
            return name, theirs[0]
    return None


def _is_water(name: str, text: str) -> bool:
    """Whether ``name`` is that of a river, a bay or a mountain, in no district: 长江, 广阳湾."""
    at = text.find(name) + len(name)
    return _WATER.search(name) is not None or _WATER.match(text[at : at + 1]) is not None


def set_beside(claim: str, official: str) -> tuple[str, str] | None:
    """A place that ``claim`` has right before a thing, and the one that ``official`` always has there: 甲地大会, 乙地大会."""
    theirs = known_places(official)
    for name in known_places(claim):
        behind = claim[claim.find(name) + len(name) :]
        thing = next((word for word in nouns(behind) if behind.startswith(word)), "")
        before = (
            [official[: match.start()] for match in re.finditer(re.escape(thing), official)] if thing else []
        )
        owners = [_owners(text, theirs) for text in before]
        apart = owners and all(owners) and not any(name in one for one in owners)
        if apart and not ANYWHERE.match(name + owners[0][0]):
            return name, owners[0][0]
    return None


def _owners(text: str, places: Sequence[str]) -> list[str]:
    """Those of the ``places`` with which ``text`` ends, the last first: 厦门、福州 before 机场 are two of them."""
    found: list[str] = []
    while (last := next((one for one in places if text.endswith(one)), "")) and last not in found:
        found.append(last)
        text = _JOINED.sub("", text.removesuffix(last))
    return found


def other_subject(claim: str, official: str) -> tuple[str, str] | None:
    """What a part of ``claim`` tells of one thing, and of which other one ``official`` tells it; None if of the same.

    By the first words of the parts: where those of the claim's part stand in another part of the official wording.
    """
    parts = [part for part in _PART.split(official) if part]
    for part in _PART.split(claim):
        said = [word for word in words(part) if len(word) > 1 and word not in _ALL_OF]
        if len(part) < _SHORTEST or not said or len(parts) < 2:  # noqa: PLR2004 - two things to exchange
            continue
        best = max(parts, key=lambda one: sum(len(word) for word in said if word in one))
        missing = [word for word in said if word not in best]
        held = sum(len(word) for word in said if word in best)
        if not missing or held < _MOSTLY * sum(map(len, said)):
            continue
        there = [one for one in parts if one != best and all(word in one for word in missing)]
        own = [word for word in words(best) if word not in claim and not DOES.fullmatch(word)]
        ours, theirs = _head(part, missing), _head(best, own)
        if there and ours and theirs:
            return ours, theirs
    return None


def crossed_over(claim: str, official: str) -> tuple[str, str] | None:
    """Two things of which ``claim`` tells what ``official`` tells of the other: 甲水质达到Ⅰ类、乙稳定 for 乙达到Ⅰ类、甲稳定."""
    parts = [part for part in _ITEM.split(official) if part]
    told = []
    for part in _statements(claim):
        head = next((word for word in nouns(part) if part.find(word) * 2 < len(part)), "")
        holding = [one for one in parts if head and head in one]
        name = _name_from(head, part, holding[0]) if len(holding) == 1 else head
        rest = [word for word in words(part.replace(name, "", 1)) if len(word) > 1]
        likest = max(parts, key=lambda one: _shared(rest, one), default="")
        if len(holding) == 1 and _shared(rest, likest) > _shared(rest, holding[0]):
            told.append((head, holding[0], likest))
    for (head, own, other), (second, its_own, another) in combinations(told, 2):
        if head != second and own == another and its_own == other and own != its_own:
            return head, second
    return None


def _name_from(head: str, part: str, other: str) -> str:
    """The name that begins with ``head`` in both texts, as far as they have it alike: 民航发展基金."""
    signs = zip(part[part.find(head) :], other[other.find(head) :], strict=False)
    return "".join(ours for ours, _ in takewhile(lambda pair: pair[0] == pair[1], signs))


def _statements(claim: str) -> list[str]:
    """The parts of ``claim`` that each say something: also those between 、 that begin alike (支持甲申建……、支持乙申建……)."""
    alike = [one for one in claim.split("、") if len(one) >= _SHORTEST]
    same = len(alike) > 1 and all(alike[1][:2] in one for one in alike)
    return alike if same else _PART.split(claim)


def another_is_it(claim: str, official: str) -> tuple[str, str] | None:
    """Whom ``claim`` names as the one that did something, and whom ``official`` says it of: 拿下称号的是甲, 乙拿下称号."""
    cleft = _CLEFT.match(claim)
    if cleft is None:
        return None
    said = [word for word in words(cleft["told"]) if len(word) > 1]
    who = [word for word in nouns(cleft["who"]) if word not in said]
    parts = [part for part in _PART.split(official) if part]
    own = next((part for part in parts if who and all(word in part for word in who)), "")
    strange = bool(who) and not any(word in official for word in who)
    best = max(parts, key=lambda part: _shared(said, part), default="")
    run = SequenceMatcher(None, cleft["told"], best, autojunk=False).find_longest_match()
    told = max(_shared(said, best), run.size)  # 更名为大学 by 改名为大学
    if strange:
        # Of one that the official wording does not name it has to tell nearly all.
        if told < max(_SHARED, _NEARLY * sum(map(len, said))):
            return None
    elif not own or own == best or told < max(_SHARED, 2 * _shared(said, own)):
        return None
    begins = min((best.find(word) for word in said if word in best), default=run.b)
    other = re.split(r"[^\u4e00-\u9fffA-Za-z\d]", best[:begins].rstrip("“‘《"))[-1]
    named = [word for word in nouns(other) if word not in claim and not ANYWHERE.match(word)]
    if named:
        return cleft["who"], other[: other.rfind(named[-1]) + len(named[-1])]
    # 对小微企业的存量留抵税额……退还: whom it is done to may stand first.
    behind = next((word for word in nouns(best) if len(word) > 1 and word not in claim), "")
    return (cleft["who"], behind) if behind and not strange else None


def another_did_it(claim: str, official: str) -> tuple[str, str] | None:
    """A thing of which ``claim`` tells what ``official`` tells of another of its kind: 甲学院更名 for 甲学院招生，乙学院更名."""
    parts = [part for part in _PART.split(official) if part]
    for own in parts:
        match = SequenceMatcher(None, claim, own, autojunk=False).find_longest_match()
        name, rest = own[: match.b + match.size], claim[match.a + match.size :]
        if match.size < _SHARED or own == name or (match.b and not known_places(own[: match.b])):
            continue
        said = [
            word
            for word in words(rest)
            if len(word) > 1 and word not in name and word in official and word not in _HOW
        ]
        if not said or any(word in own for word in said) or name[-2:] in rest:
            continue
        for other in parts:
            its_name = other[: other.find(name[-2:], 1) + 2]
            apart = its_name not in name and name not in its_name and _is_name(its_name)
            if other != own and apart and all(word in other[len(its_name) :] for word in said):
                return name, its_name
    return None


def _is_name(text: str) -> bool:
    """Whether ``text`` is made of nouns: 重庆科技学院."""
    return _OWN_THING < len(text) <= _LONGEST_NAME and sum(map(len, nouns(text))) == len(text)


def _head(part: str, among: Sequence[str]) -> str:
    """The first noun of ``part`` if it is ``among`` those, and stands in its first half; else ""."""
    return next(
        (word for word in nouns(part) if word in among and part.find(word) * 2 < len(part)),
        "",
    )


def _shared(things: Sequence[str], item: str) -> int:
    return sum(len(thing) for thing in dict.fromkeys(things) if thing in item)
