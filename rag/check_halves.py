"""A claim of several parts that no one wording bears out: what is found of each part by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.check_decision import decided
from rag.claims import of_each, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rag.check_decision import Weighing
    from rag.check_reading import Finding, Reading
    from rag.claims import Claim

    Read = Callable[[Iterable[Claim]], Iterator[Weighing]]

# Of parts that are refuted this surely, by these, four of five are wrong; by a year or a place, one of four.
_SURE: Final = 0.75
_BORNE_OUT: Final = 0.6
_TELLING: Final = frozenset({"figure", "wording"})


def by_its_parts(reading: Reading, found: Finding, read: Read) -> Finding:
    """``found``, or what its parts say of the claim of ``reading``, each of which is ``read`` as a claim.

    Borne out are two things of which the same is said (甲和乙均已投用) only if each is; and what no one wording says
    is if some wording says each part, and wrong if a part is.
    """
    if found.verdict == "supported":
        each = map(decided, read(of_each(reading.claim)))
        return next((one for one in each if one.verdict == "refuted"), found)
    if found.verdict != "not_enough_info":
        return found
    text = reading.claim.text if reading.query.language == "zh" else reading.text
    parts = [decided(one) for one in read(told_apart(reading.claim, text))]
    wrong = next((one for one in parts if one.verdict == "refuted" and _is_sure(one)), None)
    if wrong is not None:
        return wrong
    if not parts or any(one.verdict != "supported" or one.confidence < _BORNE_OUT for one in parts):
        return found
    return replace(
        min(parts, key=lambda one: one.confidence),
        places=tuple(dict.fromkeys(place for one in parts for place in one.places)),
    )


def _is_sure(found: Finding) -> bool:
    return found.confidence >= _SURE and {one.kind for one in found.differences} <= _TELLING
