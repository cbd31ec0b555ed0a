"""Which of its kind a thing is by a claim, and by the official wording: 首届 is not 第三届. Pure functions."""

from __future__ import annotations

import re
from typing import Final

from rag.check_kinds import ordinal

_EDITION: Final = re.compile(
    r"(?P<rank>首|第[一二三四五六七八九十百\d]{1,4})(?P<measure>[届次个座批条家艘])(?P<thing>[^，。；、]{2,16})"
)
_MARKS: Final = re.compile(r"[“”‘’《》\"'（）()\s]")
_SAME: Final = 4


def other_edition(claim: str, official: str) -> tuple[str, str] | None:
    """The rank that ``claim`` gives a thing and the other one by which ``official`` has the same thing; None if it has none."""
    told = [(one, _name(one)) for one in _EDITION.finditer(official)]
    for said in _EDITION.finditer(claim):
        name = _name(said)
        same = [one for one, other in told if one["measure"] == said["measure"] and _alike(name, other)]
        if same and all(ordinal(one["rank"]) != ordinal(said["rank"]) for one in same):
            return said["rank"] + said["measure"], same[0]["rank"] + same[0]["measure"]
    return None


def _name(edition: re.Match[str]) -> str:
    return _MARKS.sub("", edition["thing"])


def _alike(one: str, other: str) -> bool:
    """Whether two names begin alike, all of a short one."""
    size = min(len(one), len(other), _SAME)
    return one[:size] == other[:size]
