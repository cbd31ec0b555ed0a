"""Whose a figure of a claim is by the official wording: each part of that tells of its own things. Pure functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from index.tokens import nouns
from index.units import compatible
from rag.check_vague import in_figures
from rag.names import quoted_names
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.quantities import Quantity

_PART: Final = re.compile(r"[，；;。：]|,(?!\d)")
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
        named = {one: _named(things, one) for one in told}
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
            if rivals:
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


def _named(things: Iterable[str], part: str) -> int:
    return sum(len(thing) for thing in things if thing in part)


def _amounts(text: str) -> Sequence[Quantity]:
    return [
        one for one in find_quantities(text) if one.kind == "amount" and (one.unit or one.value >= _LARGE)
    ]


def _is_same(one: Quantity, other: Quantity) -> bool:
    return compatible(one.unit, other.unit) and same_value(one, other)
