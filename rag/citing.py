"""Citations: the exact place of a clause, its number among the others, and the marker in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rag.types import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Evidence


def cite(evidence: Evidence) -> Citation:
    """The place to point at: the words of the record that ``evidence`` was chosen for, else what is in focus."""
    begin, finish = evidence.focus or (0, len(evidence.quote))
    start, end, quote = evidence.start + begin, evidence.start + finish, evidence.focused
    record = evidence.record
    if record is not None and evidence.start <= record.start and record.end <= evidence.end:
        start, end, quote = record.start, record.end, record.quote
    return Citation(0, evidence.report, evidence.title, evidence.section, evidence.period, start, end, quote)


def numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """``citations`` with markers 1, 2, 3 ... in their order."""
    return tuple(
        Citation(i, c.report, c.title, c.section, c.period, c.start, c.end, c.quote)
        for i, c in enumerate(citations, start=1)
    )


def marker_of(citation: Citation, citations: list[Citation]) -> int:
    """The number of ``citation`` in the list, appended if it is new."""
    for known in citations:
        if (known.report, known.start, known.end) == (citation.report, citation.start, citation.end):
            return known.marker
    number = len(citations) + 1
    citations.append(
        Citation(
            number,
            citation.report,
            citation.title,
            citation.section,
            citation.period,
            citation.start,
            citation.end,
            citation.quote,
        )
    )
    return number


def with_marker(sentence: str, marker: int) -> str:
    """``sentence`` with its marker after the closing stop, and a stop if it had none."""
    stop = "。" if re.search(r"[\u4e00-\u9fff]$", sentence) else "" if sentence[-1] in ".。!！?？”" else "."
    return f"{sentence}{stop}[{marker}]"
