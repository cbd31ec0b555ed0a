"""Search without an answer: a query read like a question, its passages ranked."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from rag.types import Question

if TYPE_CHECKING:
    from index.searcher import Filters, Searcher
    from index.types import Hit
    from rag.pipeline import Pipeline


def find_passages(  # noqa: PLR0913, PLR0917 - what a search is made of
    pipeline: Pipeline,
    searcher: Searcher,
    text: str,
    reports: tuple[str, ...],
    k: int,
    history: tuple[tuple[str, str], ...] = (),
) -> tuple[Hit, ...]:
    """The ``k`` best passages for ``text`` over the reports it means.

    Of several places or periods that it asks about, each gives its best in turn. Periods only move ranks here:
    who searches wants to see what is there. Who asks where something stands sees the headings above the best.
    """
    query = pipeline.interpret(Question(text, history, reports), use_model=False)
    rankings = [
        searcher.passages(query.text, filters, k, about=query.topic)
        for filters in dict.fromkeys(_preferred(slot.filters) for slot in query.slots)
    ]
    if query.wanted == "section":
        rankings = [_with_headings(ranking, searcher) for ranking in rankings]
    in_turn = chain.from_iterable(zip_longest(*rankings))
    found: dict[tuple[str, int], Hit] = {}
    for hit in in_turn:
        if hit is not None:
            found.setdefault((hit.report, hit.start), hit)
    return tuple(found.values())[:k]


def _with_headings(hits: tuple[Hit, ...], searcher: Searcher) -> tuple[Hit, ...]:
    """``hits`` with the passages that hold the headings above the first one behind it, the nearest heading first."""
    if not hits:
        return hits
    above = [searcher.passage(heading) for heading in reversed(searcher.headings(hits[0]))]
    return (hits[0], *(replace(one, score=hits[0].score) for one in above), *hits[1:])


def _preferred(filters: Filters) -> Filters:
    """``filters`` that prefer the periods to which they limit."""
    return replace(
        filters,
        years=(),
        statuses=(),
        near_years=filters.years or filters.near_years,
        near_statuses=filters.statuses or filters.near_statuses,
    )
