"""Until when something is to go on by a claim, and by the official wording: 延长到2020年底, 延长至明年3月底. Pure functions."""

from __future__ import annotations

import re
from typing import Final

_UNTIL: Final = re.compile(
    r"(?:延长|延续|顺延|推迟|延期|延缓|展期|宽限)(?:执行|实施|期限)?(?:到|至)(?P<year>(?:19|20)\d\d年|[今明后]年)?(?:年?(?P<month>\d{1,2})月)?(?P<part>[底末初])?"
)
_LATER: Final = {"今年": 0, "明年": 1, "后年": 2}
_MONTHS: Final = 12


def other_deadline(claim: str, official: str, base: int) -> tuple[str, str] | None:
    """The time until which ``claim`` has something prolonged, and the only one of ``official`` if it is another; relative years count from ``base``."""
    ours, theirs = (_times(text, base) for text in (claim, official))
    if len(ours) != 1 or len(theirs) != 1:
        return None
    (said, when), (told, then) = ours[0], theirs[0]
    return (said, told) if when != then else None


def _times(text: str, base: int) -> list[tuple[str, tuple[int, int]]]:
    """Each deadline of ``text`` with its year and month."""
    found = []
    for one in _UNTIL.finditer(text):
        if not (one["year"] or one["month"]):
            continue
        named = one["year"] or "今年"
        year = base + _LATER[named] if named in _LATER else int(named[:4])
        month = int(one["month"]) if one["month"] else 1 if one["part"] == "初" else _MONTHS
        found.append((one[0], (year, month)))
    return found
