"""A summary that was asked for: the clauses that say most of the subject, in the order and the words of the report."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rag.citing import cite, numbered
from rag.phrasing import reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Citation, Found, Query

CLAUSES: Final = 8
CHARACTERS: Final = 700
"""How much of the report makes a summary."""


def summarised(query: Query, found: Sequence[Found]) -> tuple[str, tuple[Citation, ...]]:
    """Text and citations: each period's clauses after its name, in the order of the report."""
    several = len(found) > 1
    said: list[str] = []
    citations: list[Citation] = []
    for part in found:
        ordered = sorted(part.evidence, key=lambda one: (one.report, one.start))
        for _, run in groupby(ordered, key=lambda one: (one.report, one.period)):
            ones = list(run)
            whose = (ones[0].place or ones[0].title) if several else ""
            opening = reported("", ones[0].period, query.language, whose).partition("“")[0]
            quotes = []
            for one in ones:
                citations.append(cite(one))
                quotes.append(f"“{citations[-1].quote.strip('，,。；;')}”[{len(citations)}]")
            said.append(opening + "".join(quotes))
    joiner = "\n" if query.language == "zh" else "\n\n"
    return joiner.join(said), numbered(citations)
