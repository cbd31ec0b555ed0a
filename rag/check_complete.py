"""Whether all of something is done, or a part: 全部交完 against 完成任务总量的90%, 还有几家没有 against 动态清零. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from rag.check_stage import is_under_way

_ALL: Final = re.compile(
    r"全部|全(?:面)?覆盖|样样|件件|个个都|桩桩|百分之?百|百分之一百|100[%％]|全[都由靠归]|[均皆](?=[达已为获入实])|统统|悉数|所有|每一?[个项家]|一[个家套户项件]不[剩落漏少]|无一例外|\bevery\b|\ball (?:of|its|the|their)\b",
    re.IGNORECASE,
)
_NOT_ALL: Final = re.compile(
    r"(?:没有?能?|未能?|并非|不是|不)(?:全部|全都|都|全面|所有|样样|件件|个个|项项|悉数|尽数|百分之?百)"
)
_EVERY: Final = re.compile(
    r"(?:每一?|所有|全部)的?(?P<by>[个家座条所]?)的?(?P<thing>区县|[\u4e00-\u9fff]{2})(?=[^，。；]{0,6}(?:都|均|全))"
)
_PART: Final = re.compile(
    r"部分[^，,。；;]{0,8}[没未不]|(?:完成|达到)[^，,。；;\d]{0,10}(?<!\d)[1-9]\d(?:\.\d+)?%|(?<!\d)[1-9]\d(?:\.\d+)?%(?:以上)?的[\u4e00-\u9fff]|尚有|仍有|有待|不平衡|一半|过半|多半|大部分|部分(?:用于|来自|是)"
)
# What is all made of one thing is not made of it in part.
_ENTIRELY: Final = re.compile(
    r"(?:全|完全|都)[由靠归]|\b(?:entirely|wholly|solely) (?:by|from)\b", re.IGNORECASE
)
_OF_WHICH: Final = re.compile(r"其中")
_REMAINS: Final = re.compile(
    r"(?:还[有剩]|[仍尚]有)[^，,。；;]{0,20}?(?:没|未|不)|[没未][^，,。；;]{0,6}(?:干净|完)"
)
_ONLY_SOME: Final = re.compile(
    r"[只仅](?:限于?|在|有|覆盖)?了?[^，,。；;]{0,6}(?:部分|一半|半数|少数|个别|50%)"
)
_NONE_LEFT: Final = re.compile(
    r"清零|归零|零发生|全部(?:出列|完成|交付|销号|整改|清偿|退出|到位|达标|脱贫|摘帽)|全面(?:消除|完成|清除)|无一"
)

_BUILT_AND_BEING: Final = re.compile(r"(?:建成|已建|通车|开通)(?:[及和与、]|以及)在建")
_BUILT: Final = re.compile(r"建成|通车|开通|投用|已建")
_NAMED: Final = 3


def without_rest(claim: str, official: str) -> tuple[str, str] | None:
    """The word by which ``claim`` tells of what is built alone, where ``official`` counts with it what is being built; None if it tells of both."""
    both = _BUILT_AND_BEING.search(official)
    built = _BUILT.search(claim)
    if both is None or built is None or is_under_way(claim):
        return None
    return built[0], both[0]


def says_all(text: str) -> bool:
    """Whether ``text`` says that something holds of all, none left out."""
    return _ALL.search(_NOT_ALL.sub("", text)) is not None


def says_some_are_left(text: str) -> bool:
    """Whether ``text`` says that a part of something is still to be done."""
    return _REMAINS.search(text) is not None


def is_otherwise_complete(claim: str, official: str) -> bool:
    """Whether one of the two says that all is done where the other says that a part is."""
    if says_some_are_left(claim):
        return _NONE_LEFT.search(official) is not None
    if _ONLY_SOME.search(claim):
        return _ALL.search(official) is not None
    if _ENTIRELY.search(claim) and _OF_WHICH.search(official):
        return True
    if not says_all(claim):
        return False
    if not says_all(official):
        return _PART.search(official) is not None or _counts_some(claim, official)
    # Of two things one may be done and the other not.
    return any(
        _PART.search(part) and not says_all(part) and _shared_name(claim, part)
        for part in re.split(r"[，,；;、]", official)
    )


def _counts_some(claim: str, official: str) -> bool:
    """Whether ``official`` counts some of the things of which ``claim`` says that it holds of each: 3个区县 for 每一个区县."""
    return any(
        re.search(rf"\d+{every['by']}{every['thing']}", official) is not None
        for every in _EVERY.finditer(claim)
    )


def _shared_name(claim: str, part: str) -> bool:
    """Whether what a part of a sentence begins with stands in ``claim``: 保交房完成95%."""
    return SequenceMatcher(None, claim, part, autojunk=False).find_longest_match().size >= _NAMED
