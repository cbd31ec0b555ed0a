"""A clause as evidence: with its report, its part that is meant, and how much of the question it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rag.coverage import covered, meaning
from rag.focus import focus
from rag.types import Evidence

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Hit, Indicator
    from rag.types import Query


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
    whole = query.wanted == "list" or not entry.place
    subject = query.focus or query.topic
    figure = query.wanted in {"figure", "comparison"}
    return replace(
        found,
        covered=covered(meaning(query.topic, searcher.idf), "\n".join((*found.headings, hit.quote))),
        focus=None if whole else focus(hit.quote, subject, searcher.idf, figure=figure),
    )
