"""A reply in the report's own words: the best clause of each slot, quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from index.tokens import index_terms
from rag.amounts import has_number, measured_unit
from rag.citing import cite, numbered
from rag.focus import segments_around
from rag.leading import is_of_the_time_asked
from rag.listing import number_of
from rag.names import quoted_names
from rag.nearest import IN_OTHER_WORDS
from rag.phrasing import quoted
from rag.times import names_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import AnswerStatus, Citation, Evidence, Found, Query

# A wording asked for by the sentence is not to be cut.
_ASKS_ALL: Final = re.compile(
    r"[整全原那哪这][一个]?句|完整|全文|\b(?:full|whole|entire|complete)\b|\bsentence\b", re.IGNORECASE
)
_PHRASES: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十])[个句条组项](?:短语|词|字|关键词|口号|说法|目标|话|四字|短句)"
)
_QUOTED: Final = re.compile(r"“([^“”]+)”")
# So short a clause is quoted whole for its wording, if no figure of it is meant.
_AT_A_GLANCE: Final = 60
# A clause that speaks of so much less of the question than another does not speak of what is asked.
_HARDLY: Final = 0.25


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's text, status and citations; each ``[n]`` in the text has its citation."""

    text: str
    status: AnswerStatus
    citations: tuple[Citation, ...]


def quotation(query: Query, found: Sequence[Found], draft: str = "") -> Reply:
    """The best clause of each slot, quoted: what is left when no checked wording is to be had.

    That is the clause from which a ``draft`` that did not stand took what it says, or else the one that speaks
    most of the question: however loosely a model words what it read, it has read it somewhere.
    """
    return quotes(query, best_clauses(query, found, draft))


def best_clauses(query: Query, found: Sequence[Found], draft: str) -> list[Evidence]:
    """The clause of each slot that ``quotation`` quotes."""
    return [_best(part, query, draft) for part in found if part.evidence]


def _best(part: Found, query: Query, draft: str) -> Evidence:
    """Of the clauses of the time and status that are asked of, if any is: the result of last year is no goal for this one.

    Unless no figure is asked for, and only one of another time speaks of it: when will it open, of what has opened.
    """
    # 想抄一句 is no goal: of a wording only a plain word for goals or results counts, and a year.
    timely = query.wanted != "wording" or bool(part.slot.years) or names_status(query.text)
    if query.wanted == "fact":
        own = [one.covered for one in part.evidence if is_of_the_time_asked(one.period, part.slot)]
        told = max(own, default=0.0)
        timely = timely and told >= _HARDLY * max(one.covered for one in part.evidence)
    unit = measured_unit(query.text) if query.wanted in {"figure", "comparison"} else ""
    return max(
        part.evidence,
        key=lambda one: (
            not timely or is_of_the_time_asked(one.period, part.slot),
            not unit or has_number(one.focused, unit),
            query.wanted != "wording" or one.quote not in one.section,  # a heading words little
            _took_from(draft, query, one),
            speaks_most(one, query),
        ),
    )


def quotes(query: Query, best: Sequence[Evidence]) -> Reply:
    """What each of the ``best`` clauses says, verbatim; asked for a wording, more than a record's name and figure."""
    if query.wanted == "wording":
        best = [_worded(one, query) for one in best]
    best = list({(one.report, one.start, one.focus, one.record): one for one in best}.values())
    citations = numbered([cite(one) for one in best])
    several = len({one.place or one.title for one in best}) > 1
    sentences = [
        f"{quoted(one, citation.quote, query.language, named=several)}[{citation.marker}]"
        for one, citation in zip(best, citations, strict=True)
    ]
    return Reply(("" if query.language == "zh" else " ").join(sentences), "evidence_only", citations)


def _worded(one: Evidence, query: Query) -> Evidence:
    """``one`` to be quoted for its wording: the part that is meant, with the record and the quoted words; or all of it."""
    bare = replace(one, record=None)
    short = one.record is None and len(one.quote) <= _AT_A_GLANCE
    # Which part is meant is told by its meaning alone: not surely enough to cut the others.
    unsaid = one.record is None and one.covered < IN_OTHER_WORDS
    if one.focus is None or short or unsaid or _ASKS_ALL.search(query.asked):
        return replace(bare, focus=None)
    held = [one.focus, *_phrases(one.quote, query.asked)]
    if one.record and one.start <= one.record.start < one.record.end <= one.end:
        start, end = one.record.start - one.start, one.record.end - one.start
        held = held if one.focus[0] <= start and end <= one.focus[1] else [(start, end)]
    held += [(at, at + len(name)) for name in quoted_names(query.asked) if (at := one.quote.find(name)) >= 0]
    start, end = min(start for start, _ in held), max(end for _, end in held)
    return bare if (start, end) == one.focus else replace(bare, focus=segments_around(one.quote, start, end))


def _phrases(quote: str, asked: str) -> list[tuple[int, int]]:
    """Where ``quote`` has as many phrases in quotation marks as are ``asked`` for: 哪三个短语, “甲、乙、丙”."""
    counted = _PHRASES.search(asked)
    if counted is None:
        return []
    number = number_of(counted["number"])
    lists = (match.span() for match in _QUOTED.finditer(quote) if len(re.split("[、，]", match[1])) == number)
    return list(lists)[:1]


def speaks_most(one: Evidence, query: Query) -> float:
    """How much a clause speaks of the question, whose words in quotation marks are the report's own before all.

    Of clauses that hardly differ the first one is meant; also of those for an English question, the words of which
    are its translator's.
    """
    named = sum(name in one.quote for name in quoted_names(query.asked))
    return named + (round(one.covered, 1) if query.language == "zh" else 0.0) - one.rank / 1000


def _took_from(draft: str, query: Query, one: Evidence) -> float:
    """Share, in tenths, of what ``draft`` adds to the question that stands in the clause; 0 if it adds nothing."""
    asked = find_quantities(query.asked)
    figures = [
        figure
        for figure in find_quantities(draft)
        if figure.kind == "amount" and not any(same_value(figure, other) for other in asked)
    ]
    held = find_quantities(one.focused)
    words = set(index_terms(draft)) - set(index_terms(query.asked))
    found = sum(any(same_value(figure, other) for other in held) for figure in figures)
    found += len(words & set(index_terms(one.focused)))
    return round(found / max(1, len(figures) + len(words)), 1)


def leading(query: Query, found: Sequence[Found]) -> Reply:
    """The first clause in its own words, where it answers the question by itself: all of one that is read at a glance."""
    first = found[0].evidence[0]
    shown = replace(first, focus=None) if len(first.quote) <= _AT_A_GLANCE else first
    return replace(quotes(query, [shown]), status="answered")
