"""Search without an answer: a query read like a question, its passages ranked."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from rag.english import original_of
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.searcher import Filters, Searcher
    from index.types import Hit
    from rag.pipeline import Pipeline
    from rag.types import Query

LEDGER: Final = 0.2
"""What a clause gains by the ledger record in it whose name is nearest to what a question about figures asks for.

Of 53 English and 175 Chinese ones on the bundled report so many have all of their evidence in the first passage: 38 and
146 without, 42 and 154 with it; with half as much 41 and 153, with half as much more 44 and 155, but one less among ten.
"""
_RANGE: Final = 0.05
"""Names that are farther from the question than the nearest one by this cosine of the embedded encoder gain nothing."""
_SIMILAR: Final = 60
_CLAUSES_PER_PASSAGE: Final = 8
_PER_DOCUMENT: Final = 6
"""Of so many times as many passages as are wanted, the best of each document is taken."""


def find_passages(  # noqa: PLR0913, PLR0917 - what a search is made of
    pipeline: Pipeline,
    searcher: Searcher,
    text: str,
    reports: tuple[str, ...],
    k: int,
    history: tuple[tuple[str, str], ...] = (),
    ledger: float = LEDGER,
) -> tuple[Hit, ...]:
    """The ``k`` best passages for ``text`` over the reports it means.

    Of several places or periods that it asks about, each gives its best in turn. Periods only move ranks here:
    who searches wants to see what is there. Who asks for a figure sees first what the ledger has under such a
    name, which counts for ``ledger``; who asks where something stands sees the headings above the best.
    """
    query = pipeline.interpret(Question(text, history, reports), use_model=False)
    slots = {_preferred(slot.filters): slot for slot in query.slots}
    rankings = [
        _ranking(query, searcher, filters, k, ledger)
        if slot.place
        else _of_documents(query, searcher, filters, k)
        for filters, slot in slots.items()
    ]
    return _distinct((hit for hit in chain.from_iterable(zip_longest(*rankings)) if hit is not None), k)


def _ranking(query: Query, searcher: Searcher, filters: Filters, k: int, ledger: float) -> tuple[Hit, ...]:
    """The ``k`` best passages for ``query`` within ``filters``."""
    # Only of reports that are meant is the ledger read: to read that of all takes longer than the search.
    if ledger and query.wanted in {"figure", "comparison"} and filters.reports:
        gains = _gains(query, searcher, filters)
        if gains:
            return _with_ledger(
                query, searcher, filters, k, {key: ledger * one for key, one in gains.items()}
            )
    hits = searcher.passages(query.text, filters, k, about=query.topic, original=original_of(query))
    return _with_headings(hits, searcher) if query.wanted == "section" else hits


def _of_documents(query: Query, searcher: Searcher, filters: Filters, k: int) -> tuple[Hit, ...]:
    """The ``k`` best passages for ``query`` of documents of no place: the best of each document before a second one of any.

    Who searches among hundreds of notices wants the right one first; what their figures are called tells no one apart.
    """
    found = searcher.passages(
        query.text, filters, _PER_DOCUMENT * k, about=query.topic, original=original_of(query)
    )
    best: dict[str, Hit] = {}
    for hit in found:
        best.setdefault(hit.report, hit)
    return tuple(dict.fromkeys((*best.values(), *found)))[:k]


def _gains(query: Query, searcher: Searcher, filters: Filters) -> dict[tuple[str, int], float]:
    """For the clause of each record whose name means nearly what is asked for, how nearly, in (0, 1].

    Of other encoders than the embedded one nothing is known of what their similarities mean.
    """
    if not searcher.encoder.startswith(EMBEDDED):
        return {}
    similar = searcher.records(query.topic or query.text, filters, _SIMILAR)
    found: dict[tuple[str, int], float] = {}
    for record, cosine in similar:
        near = 1 - (similar[0][1] - cosine) / _RANGE
        if near > 0:
            found.setdefault((record.report, record.clause), near)
    return found


def _with_ledger(
    query: Query, searcher: Searcher, filters: Filters, k: int, gains: dict[tuple[str, int], float]
) -> tuple[Hit, ...]:
    """The passages of the ``k`` clauses that are best together with the ``gains`` of theirs."""
    hits = searcher.clauses(
        query.text, filters, _CLAUSES_PER_PASSAGE * k, about=query.topic, original=original_of(query)
    )
    raised = [replace(hit, score=hit.score + gains.get((hit.report, hit.clauses[0]), 0.0)) for hit in hits]
    best = sorted(raised, key=lambda hit: -hit.score)
    return _distinct((searcher.passage(hit) for hit in best), k)


def _distinct(hits: Iterable[Hit], k: int) -> tuple[Hit, ...]:
    """The first of the ``hits`` on each place, ``k`` at most; no more of them are read than that takes."""
    found: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        found.setdefault((hit.report, hit.start), hit)
        if len(found) == k:
            break
    return tuple(found.values())


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
