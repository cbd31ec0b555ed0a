"""The part of a report that is nearest to a question in meaning, where its words stand nowhere.

Of a whole clause, which strings many things together, the meaning is blurred:
让城市与人才双向奔赴 is the nearest of all parts to 一座城和有本事的人彼此奔向对方, and its clause is not
among the ten nearest clauses. So the parts of the best clauses are compared by
themselves (late interaction, with parts for tokens: Khattab and Zaharia 2020,
"ColBERT").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from index.outline import body_start
from index.tokens import is_chinese
from rag.amounts import asks_number, has_number, measured_unit, measures_another
from rag.english import original_of
from rag.focus import segments, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.searcher import Searcher
    from index.types import Hit
    from rag.types import Evidence, Query

CANDIDATES: Final = 12
"""So many clauses are looked through."""
_MOST: Final = 40
"""So many parts of them, in the order of their clauses: each that was not met before takes a hundredth of a second."""
IN_OTHER_WORDS: Final = 0.3
"""A question is told by its meaning where no clause that was found by its words says more of it."""
_KINDS: Final = frozenset({"fact", "wording"})
_APART_BY_FIGURE: Final = 0.02
"""Of the parts with a figure the nearest has the right one for 27 of 28 questions if it is so much nearer; for 10 of 12 others."""
# By itself the part that is meant is nearer than with all that stands around it; what does not answer is not.
_NEARER_ALONE: Final = 0.005
_SEVERAL_PARTS: Final = 3
_RATES: Final = frozenset({"%", "个百分点"})
_SHORTEST: Final = 6
_AHEAD: Final = 0.015
"""By so much of a cosine a part has to be nearer than any of the clause that was found by its words."""
_APART: Final = 0.015
"""By so much from the other parts of its clause for them to be left out."""
_STOP: Final = "。 \n"
_PARTS: Final = re.compile(r"[\s，,。；;：:]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A hit, and the span of its part that is meant, or None if others of its parts are as near."""

    hit: Hit
    span: tuple[int, int] | None


def is_told_by_parts(query: Query, searcher: Searcher) -> bool:
    """Whether the parts of clauses can tell what ``query`` wants: a single wording or fact, once it is translated.

    Of other encoders than the embedded one nothing is known of what their similarities mean.
    """
    return query.wanted in _KINDS and is_chinese(query.text) and searcher.encoder.startswith(EMBEDDED)


def nearest_part(query: Query, first: Hit, hits: Sequence[Hit], searcher: Searcher) -> Near | None:
    """The part of ``hits`` that is nearest to ``query`` in meaning, if it is nearer than any of the ``first`` hit.

    None where parts tell nothing, see ``is_told_by_parts``; headings and titles tell nothing themselves.
    """
    if not is_told_by_parts(query, searcher):
        return None
    untelling = {report: _untelling(report, searcher) for report in {hit.report for hit in (first, *hits)}}
    parts = [
        (hit, span)
        for hit in dict.fromkeys((first, *hits))
        if hit.start >= untelling[hit.report][0] and hit.quote.rstrip(_STOP) not in untelling[hit.report][1]
        for span in segments(hit.quote)
        if span[1] - span[0] >= _SHORTEST
    ]
    if not parts:
        return None
    parts = parts[:_MOST]
    near = _similarities(
        query, [hit.quote[slice(*trimmed(hit.quote, *span))] for hit, span in parts], searcher
    )
    best = max(range(len(parts)), key=lambda i: near[i])
    hit, span = parts[best]
    own = max((value for value, (one, _) in zip(near, parts, strict=True) if one == first), default=0.0)
    if hit != first and near[best] < own + _AHEAD:
        return None
    beside = (value for i, value in enumerate(near) if parts[i][0] == hit and i != best)
    apart = near[best] >= max(beside, default=0.0) + _APART
    return Near(hit, trimmed(hit.quote, *span) if apart else None)


def figure_part(query: Query, told: Evidence, searcher: Searcher) -> tuple[int, int] | None:
    """The one part of the clause ``told`` that has the figure, of those with one in the unit that is asked for.

    None where a rate is asked for, or the meaning tells none from the others. See ``narrows_figure`` for when to ask.
    """
    unit = measured_unit(query.text)
    if unit in _RATES:
        return None  # each of several things has one
    spans = [trimmed(told.quote, *span) for span in segments(told.quote)]
    parts = [(told.quote[start:end], (start, end)) for start, end in spans]
    parts = [
        (text, span)
        for text, span in parts
        if has_number(text, unit) and not measures_another(text, query.text)
    ]
    asked = dict.fromkeys((query.text, query.topic or query.text))
    each = [searcher.similarities(one, [told.focused, *(text for text, _ in parts)]) for one in asked]
    whole, *alone = (sum(some) / len(asked) for some in zip(*each, strict=True))
    near = sorted(zip(alone, (span for _, span in parts), strict=True), reverse=True)
    apart = near and (len(near) == 1 or near[0][0] - near[1][0] >= _APART_BY_FIGURE)
    return near[0][1] if apart and near[0][0] >= whole + _NEARER_ALONE else None


def narrows_figure(query: Query, told: Evidence, searcher: Searcher) -> bool:
    """Whether a number is asked for in Chinese, and several parts of the clause ``told`` were left as its place."""
    asked = query.wanted == "figure" and query.language == "zh" and asks_number(query.text)
    several = asked and len(segments(told.focused)) >= _SEVERAL_PARTS
    return several and searcher.encoder.startswith(EMBEDDED)


def _untelling(report: str, searcher: Searcher) -> tuple[int, frozenset[str]]:
    """Where the salutation of a report begins, and its headings: what stands before it, and they, tell nothing."""
    parsed = searcher.library.parsed(report)
    headings = (section.title.rstrip(_STOP) for section in parsed.sections)
    return body_start(parsed.report.text), frozenset(headings)


def _similarities(query: Query, texts: Sequence[str], searcher: Searcher) -> list[float]:
    """Of each text to what is asked and to the longest part of it, what is told of the words apart; on average.

    An English question is compared itself and in translation.
    """
    parts = _PARTS.split(query.topic)
    told = max(parts, key=len)
    asked = [query.topic or query.text, told] if query.language == "zh" else [query.text, original_of(query)]
    each = [searcher.similarities(one, texts) for one in dict.fromkeys(asked) if one]
    return [sum(some) / len(some) for some in zip(*each, strict=True)]
