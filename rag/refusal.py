"""Whether to answer at all: decided from the search, apart from what the answer is.

A small model that is told it may refuse refuses nearly everything, so it is
never asked. What speaks against answering: a place or period that no report
covers, and words of the question that carry its meaning and stand nowhere
near the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.tokens import words

if TYPE_CHECKING:
    from index.searcher import Searcher
    from rag.evidence import Found
    from rag.types import Query

_UNCOVERED: Final = 0.30


@dataclass(frozen=True, slots=True)
class Confidence:
    """What the decision rests on.

    Attributes:
        covered: share of the topic's meaning (by inverse document frequency) that stands in the evidence.
        similarity: cosine of question and best clause.
        empty: slots for which nothing was found.
    """

    covered: float
    similarity: float
    empty: int


def assess(query: Query, found: tuple[Found, ...], searcher: Searcher) -> Confidence:
    """How far the evidence speaks of what was asked."""
    texts = tuple("\n".join((*one.section, one.quote)) for part in found for one in part.evidence)
    reports = tuple(dict.fromkeys(report for part in found for report in part.slot.filters.reports))
    return Confidence(
        covered=searcher.coverage(words(query.topic), texts),
        similarity=searcher.similarity(query.text, reports),
        empty=sum(not part.evidence for part in found),
    )


def refuses(query: Query, found: tuple[Found, ...], confidence: Confidence) -> bool:
    """Whether the reports do not hold an answer."""
    if query.missing or confidence.empty == len(found):
        return True
    if any(part.record for part in found):
        return False
    return confidence.covered < _UNCOVERED
