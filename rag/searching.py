"""Search without an answer: a query read like a question, its passages ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.searcher import Filters
from rag.types import Question

if TYPE_CHECKING:
    from index.searcher import Searcher
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

    Periods only move ranks here: who searches wants to see what is there.
    """
    query = pipeline.interpret(Question(text, history, reports), use_model=False)
    wanted = tuple(dict.fromkeys(report for slot in query.slots for report in slot.filters.reports))
    filters = Filters(wanted, near_years=query.years, near_statuses=query.statuses)
    return searcher.passages(query.text, filters, k, about=query.topic)
