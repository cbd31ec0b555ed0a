"""A clause as evidence: with its report, its part that is meant, and how much of the question it speaks of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from index.tokens import nouns
from rag.amounts import asked_unit, stated_amounts
from rag.coverage import covered, meaning
from rag.focus import focus, segments, segments_around
from rag.listing import Counted, Initialled, alike, announced, initialled, listed, with_others_asked
from rag.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.searcher import Searcher
    from index.types import Hit, Indicator
    from rag.listing import Abbreviation
    from rag.types import Query

_MEANT: Final = 0.55
"""A term less surely meant is that of something akin."""
_SPOKEN_OF: Final = 0.6
"""A clause that has so much of the question needs no other words for it."""
_LEADS: Final = 4
"""Of so many of the best clauses each may announce the list that is asked for."""
_BRIEF: Final = 120
"""A clause no longer than this is summed up by all of it."""
_UNTOLD: Final = frozenset("个 家 项 条 件 处 人 名 位".split())
"""Units in which too much is counted to tell which part is meant, or which reports leave out: 19.3万女学生."""
_SCATTERED: Final = 10
"""Sentences of the section to look through for each thing that is announced."""


def evidence_of(hit: Hit, query: Query, record: Indicator | None, searcher: Searcher) -> Evidence:
    """The clause that was hit, as evidence for ``query``."""
    entry = searcher.library.entry(hit.report)
    found = Evidence(
        rank=0,
        report=hit.report,
        title=entry.title,
        place=entry.place,
        section=hit.section,
        period=hit.period,
        start=hit.start,
        end=hit.end,
        quote=hit.quote,
        score=hit.score,
        record=record if record and record.report == hit.report and record.clause in hit.clauses else None,
    )
    # A list may go on in any part of its clause; and only reports string measures together by commas.
    brief = query.wanted == "summary" and len(hit.quote) <= _BRIEF
    whole = query.wanted == "list" or brief or not entry.place
    subject = query.focus or query.topic
    figure = query.wanted in {"figure", "comparison"}
    unit = asked_unit(query.text) if query.language == "zh" else ""
    unit = "" if unit in _UNTOLD else unit
    part = _told_by_figures(hit.quote, query) if query.wanted == "fact" and not whole else None
    return replace(
        found,
        covered=covered(meaning(query.topic, searcher.idf), "\n".join((*found.headings, hit.quote))),
        focus=part or (None if whole else focus(hit.quote, subject, searcher.idf, figure=figure, unit=unit)),
    )


def _told_by_figures(quote: str, query: Query) -> tuple[int, int] | None:
    """The segments of ``quote`` with all figures that ``query`` says, and the one before where they name nothing; None if it lacks one.

    Which show took 7.6亿元 is told where that figure stands.
    """
    stated = stated_amounts(query.text)
    held = find_quantities(quote)
    meant = [next((other for other in held if same_value(one, other)), None) for one in stated]
    if not meant or None in meant:
        return None
    found = [one for one in meant if one is not None]
    start, end = segments_around(quote, min(one.start for one in found), max(one.end for one in found))
    named = {noun for noun in nouns(quote[start:end]) if len(noun) > 1 and noun not in query.text}
    return segments_around(quote, max(0, start - 2), end) if not named else (start, end)


def before_in_sentence(report: str, start: int, searcher: Searcher) -> str:
    """What stands before offset ``start`` of a report within the same sentence: what its clauses go on to speak of."""
    return re.split(r"[。\n]", searcher.library.parsed(report).report.text[:start])[-1]


def headings_above(hit: Hit, query: Query, searcher: Searcher) -> tuple[Evidence, ...]:
    """The headings above ``hit`` as evidence of where it stands, as good as it is, the outermost first."""
    return tuple(
        replace(evidence_of(heading, query, None, searcher), score=hit.score, focus=None)
        for heading in searcher.headings(hit)
    )


def said_in(one: Evidence, official: Mapping[str, float]) -> tuple[str, ...]:
    """Which of the ``official`` terms the clause says where it has little of the question, the surest first.

    ``official`` gives each with how sure it is. Of two of which the one holds the other, the longer counts.
    """
    if one.covered >= _SPOKEN_OF:
        return ()
    said = [term for term, sure in official.items() if sure >= _MEANT and term in one.quote]
    whole = [term for term in said if not any(term in other for other in said if other != term)]
    return tuple(sorted(whole, key=lambda term: -official[term]))


def _spans(
    hits: Sequence[Hit], wanted: Counted | Initialled | Abbreviation
) -> Iterator[tuple[Hit, tuple[int, int] | None]]:
    """Each of the ``hits`` with its part that lists what is ``wanted``; those that count it come first."""
    if isinstance(wanted, Initialled):
        yield from ((hit, initialled(hit.quote, wanted)) for hit in hits)
    elif isinstance(wanted, Counted):
        yield from ((hit, how(hit.quote, wanted)) for how in (listed, alike) for hit in hits)


def whole_list(
    hits: Sequence[Hit], wanted: Counted | Initialled | Abbreviation, query: Query, searcher: Searcher
) -> tuple[Evidence, ...]:
    """The clause that counts and lists what is ``wanted``, or those that one of the best clauses announces; else none."""
    for hit, span in _spans(hits, wanted):
        if span is not None:
            asked = with_others_asked(hit.quote, query.text, span)
            return (replace(evidence_of(hit, query, None, searcher), focus=asked),)
    if isinstance(wanted, Initialled):
        return ()
    for hit in hits[:_LEADS]:
        clauses = searcher.library.parsed(hit.report).clauses[hit.clauses[0] :][: _SCATTERED * wanted.number]
        inside = [one for one in clauses if one.section == hit.section]
        numbers = announced([one.text for one in inside], wanted)
        if numbers:
            each = [searcher.clause(hit.report, inside[n].number) for n in numbers]
            shown = (evidence_of(one, query, None, searcher) for one in each)
            return tuple(replace(one, focus=segments(one.quote)[0]) for one in shown)
    return ()
