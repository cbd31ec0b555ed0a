"""The part of a clause that a question is about: a run of its comma segments."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from index.tokens import index_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SEGMENT: Final = re.compile(r"[^，,；;：:]+[，,；;：:]*")
_EDGE: Final = "，,；;：:、 \n"
_SHORT: Final = 36
"""A clause of so many characters is read at a glance."""
_WORTH: Final = 0.12
"""A further segment is taken in if it speaks of so much more of the question's meaning."""


def focus(quote: str, subject: str, idf: Callable[[list[str]], Mapping[str, float]]) -> tuple[int, int]:
    """Start and end in ``quote`` of the shortest run of segments that holds what it says of ``subject``.

    All of a short clause, and of one that says nothing of the subject in particular.
    """
    spans = [match.span() for match in _SEGMENT.finditer(quote)]
    weights = idf(sorted(set(index_terms(subject))))
    total = sum(weights.values())
    if len(quote) <= _SHORT or len(spans) == 1 or not total:
        return _trimmed(quote, 0, len(quote))
    held = [{term for term in index_terms(quote[a:b]) if term in weights} for a, b in spans]
    worth = [sum(weights[term] for term in terms) for terms in held]
    best = max(range(len(spans)), key=lambda i: worth[i])
    if not worth[best]:
        return 0, len(quote)
    first, last = _grown(best, held, weights, _WORTH * total)
    return _trimmed(quote, spans[first][0], spans[last][1])


def _trimmed(quote: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without commas and spaces at the edges."""
    kept = quote[start:end]
    return start + len(kept) - len(kept.lstrip(_EDGE)), start + len(kept.rstrip(_EDGE))


def _grown(
    best: int, held: Sequence[set[str]], weights: Mapping[str, float], least: float
) -> tuple[int, int]:
    """First and last segment of the run around ``best`` that takes in all that adds at least ``least``."""
    first = last = best
    for side in (range(best - 1, -1, -1), range(best + 1, len(held))):
        have = set().union(*held[first : last + 1])
        gains = list(accumulate((held[i] for i in side), set.union, initial=have))[1:]
        added = [sum(weights[term] for term in terms - have) for terms in gains]
        reach, taken = best, 0.0
        for i, value in zip(side, added, strict=True):
            if value - taken >= least:
                reach, taken = i, value
        first, last = min(first, reach), max(last, reach)
    return first, last
