"""What became what: 由甲向乙转变 is not 乙转为甲, and what was renamed has one new name. Pure functions."""

from __future__ import annotations

import re
from typing import Final

_THING: Final = r"[^，,。；;、：:]{2,16}?"
_BECOMES: Final = r"(?:转为|转成|转变[为成]|转型[为成]|变[为成]|改[为成]|升级[为成])"
_TURNS: Final = (
    re.compile(
        rf"(?:(?:[由从把将]|推[动进]|实现)(?P<marked>{_THING})|(?P<from>{_THING}))(?:有序|逐步|逐渐|全面|加快|加速|平稳|成功|已经?|要|将)*{_BECOMES}了?(?P<to>[^，,。；;]{{2,16}})"
    ),
    re.compile(
        rf"(?:(?:[由从把将]|推[动进]|实现)(?P<marked>{_THING})|(?P<from>{_THING}))(?:有序|逐步|逐渐|全面|加快|加速|平稳|成功)*[向到往](?P<to>{_THING})(?:的)?(?:转变|转型|转换|转化|过渡|升级|跃升|跨越)"
    ),
)
_RENAMED: Final = re.compile(
    r"(?P<from>[^，,。；;、：:]{3,16}?)(?:[今去]年|已经?|正式|成功|均|也|都|于|\d+[年月])*(?:更名|改名|升格|命名|改制)(?:为|成|叫)(?P<to>[^，,。；;、]{2,16})"
)
_TAIL: Final = 6
"""So many signs of a name tell it from others: 科技学院 has a place before it."""


def turned_about(claim: str, official: str) -> tuple[str, str] | None:
    """The words in which ``claim`` has become what ``official`` has as the start, and the other way round; None if it has not."""
    for said, begun, became in _turns(claim):
        for told, start, end in _turns(official):
            turned = len(begun & (end - start)), len(became & (start - end))
            straight = len(begun & (start - end)) + len(became & (end - start))
            if all(turned) and sum(turned) > straight:
                return said, told
    return None


def renamed_otherwise(claim: str, official: str) -> tuple[str, str] | None:
    """The new name that ``claim`` gives to something, and the one that ``official`` gives it; None if it is the same, or part of it."""
    for said in _RENAMED.finditer(claim):
        for told in _RENAMED.finditer(official):
            same = told["from"][-_TAIL:] in claim[: said.end("from")] or said["from"] in told["from"]
            ours, theirs = said["to"].strip("“”"), told["to"].strip("“”")
            if same and ours not in theirs and theirs not in ours:
                return ours, theirs
    return None


def _turns(text: str) -> list[tuple[str, set[str], set[str]]]:
    """Each change in ``text``: its words, and the pairs of signs in what was and in what became of it."""
    return [
        (match[0], _pairs(match["marked"] or match["from"]), _pairs(match["to"]))
        for pattern in _TURNS
        for match in pattern.finditer(text)
    ]


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"\W", "", text)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
