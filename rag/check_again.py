"""Whether something happened for the first time or again, stayed level or moved, or in the year that its own part of the wording names. Pure functions."""

from __future__ import annotations

import re
from typing import Final

from rag.check_reading import OF_REPORT

_FIRST: Final = re.compile(r"首次|首度|第一次|头一[回次]|历史(?:上)?(?:第一次|首次)")
_AGAIN: Final = re.compile(r"连续(?!\d*个?月)\S{1,3}年|连年|再次|又一次|第[二三四五六七八九十]\S?次|多年")
_LEVEL: Final = re.compile(
    r"(?:与|和|跟|同|比)(?:上一?年|去年|前一年|上年度?)(?:的)?(?:预算|目标|水平)?[^，,。；;]{0,4}(?:持平|一样|相同|不变|没变)"
)
_MOVED: Final = re.compile(
    r"[比较](?:上一?年|去年|前一年|上年度?)(?:的)?(?:预算|目标|水平)?[^，,。；;\d]{0,4}[高低增减多少提降上下][^，,。；;]*\d[^，,。；;]*"
)
_PART: Final = re.compile(r"[^，,；;。！]+")
_YEAR: Final = re.compile(r"(?<![\d比较与从自])(?:19|20)\d\d(?=年(?!以来|相比|同期|起))")
_SEVERAL: Final = 2


def first_or_again(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which ``claim`` says that something happened first, and those by which ``official`` says that it had before; None if not both do."""
    first, again = _FIRST.search(claim), _AGAIN.search(official)
    return (first[0], again[0]) if first and again and not _FIRST.search(official) else None


def level_or_moved(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which ``claim`` says that something stayed as it was the year before, and those by which ``official`` says by how much it moved."""
    level, moved = _LEVEL.search(claim), _MOVED.search(official)
    return (level[0], moved[0]) if level and moved and not _LEVEL.search(official) else None


def year_of_its_part(claim: str, official: str) -> tuple[str, str] | None:
    """The one year of ``claim``, and that which the part of ``official`` names that alone speaks of the claim's thing; None if it is the same.

    Of 今年建成甲线，2027年、2028年分别建成乙线、丙线 the second part speaks of 乙线.
    """
    stated = set(_YEAR.findall(OF_REPORT.sub("", claim)))
    parts = [match[0] for match in _PART.finditer(official)]
    if len(stated) != 1 or len(parts) < _SEVERAL:
        return None
    pairs = {claim[i : i + 2] for i in range(len(claim) - 1)}
    alone = [
        pair for pair in pairs if sum(pair in part for part in parts) == 1 and not re.search(r"\d", pair)
    ]
    first, second = sorted(parts, key=lambda part: -sum(pair in part for pair in alone))[:2]
    named = _YEAR.findall(first)
    apart = sum(pair in first for pair in alone) > sum(pair in second for pair in alone)
    return (
        (f"{next(iter(stated))}年", f"{named[0]}年") if apart and named and not stated & set(named) else None
    )
