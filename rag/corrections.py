"""What the report says where a question takes something else for granted, or asks whether something is so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.tokens import nouns
from rag.citing import cite, numbered
from rag.focus import focus
from rag.phrasing import quoted, reported, stated
from rag.places import short_name
from rag.quoting import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.coverage import Idf
    from rag.types import Citation, Evidence, Found, Query
    from rag.verdicts import ClaimVerdict

# A clause that speaks of so much of the question is told beside the one that contradicts it, whole if it is so short.
_SPEAKS_OF_IT: Final = 0.4
_TELLING: Final = 3
_SURE: Final = 0.6
"""A record that fits so well is what is asked for."""
_AT_A_GLANCE: Final = 60


def contradicted(query: Query, verdict: ClaimVerdict, found: Sequence[Found], idf: Idf) -> Reply:
    """What the report says instead of what the question holds for true; where that is of another time, of the one ``found``, too."""
    opening = "报告不是这样说的。" if query.language == "zh" else "That is not what the report says. "
    reply = _with_figure(_official(opening, query, [verdict], idf), query, verdict, found)
    said = verdict.citations[0].period.year
    first = next(
        (part.evidence[0] for part in found if part.evidence and part.evidence[0].period.year != said), None
    )
    if first is None or first.period.year not in query.years:
        return reply
    if first.covered < _SPEAKS_OF_IT or not any(
        len(noun) >= _TELLING and noun in first.quote for noun in nouns(verdict.claim)
    ):
        return reply
    whole = cite(replace(first, focus=None)) if len(first.quote) <= _AT_A_GLANCE else cite(first)
    citations = numbered([*reply.citations, whole])
    joiner = "" if query.language == "zh" else " "
    told = reported(whole.quote, whole.period, query.language)
    return Reply(f"{reply.text}{joiner}{told}[{len(citations)}]", reply.status, citations)


def _with_figure(reply: Reply, query: Query, verdict: ClaimVerdict, found: Sequence[Found]) -> Reply:
    """``reply``, and the figure that is asked for of another thing of the same clause: 汽车产量居全国第二，新能源汽车产量达到50万辆."""
    holder = next((one for part in found[:1] for one in part.evidence if one.record), None)
    if query.wanted != "figure" or holder is None or holder.record is None or found[0].fit < _SURE:
        return reply
    # Or the figure itself, where what contradicts the question is another clause of its time: 主要指标增速均高于全国.
    beside = any(
        one.report == holder.report
        and (holder.start <= one.start < holder.end or one.period == holder.period)
        for one in verdict.citations
    )
    shown = [(one.report, one.start, one.end) for one in reply.citations]
    if not beside or any(start <= holder.record.start < end for _, start, end in shown):
        return reply
    citations = numbered([*reply.citations, cite(holder)])
    joiner = "" if query.language == "zh" else " "
    return Reply(
        f"{reply.text}{joiner}{stated(holder.record, query.language)}[{len(citations)}]",
        reply.status,
        citations,
    )


def told_too(reply: Reply, query: Query, found: Sequence[Found], *, leads: bool) -> Reply:
    """``reply``, and what the rest of a question asks for, ``query``, where the ledger surely has it, or its first clause ``leads``.

    Not what is told already.
    """
    first = next((part.evidence[0] for part in found[:1] if part.evidence), None)
    record = found[0].record if first is not None else None
    sure = record is not None and (found[0].fit >= _SURE or record.indicator in query.text)
    if first is None or not (sure or leads):
        return reply
    told = cite(first if sure else replace(first, record=None))
    if any(one.report == told.report and one.start <= told.start < one.end for one in reply.citations):
        return reply
    citations = numbered([*reply.citations, told])
    joiner = "" if query.language == "zh" else " "
    words = (
        stated(record, query.language)
        if sure and record
        else reported(told.quote, told.period, query.language)
    )
    return Reply(f"{reply.text}{joiner}{words}[{len(citations)}]", reply.status, citations)


def affirmed(query: Query, verdicts: Sequence[ClaimVerdict], idf: Idf) -> Reply:
    """The report's own words for what the question asks to be confirmed."""
    opening = "报告的说法是这样的。" if query.language == "zh" else "This is what the report says. "
    return _official(opening, query, verdicts, idf)


def _official(opening: str, query: Query, verdicts: Sequence[ClaimVerdict], idf: Idf) -> Reply:
    """The first citation of each of ``verdicts``, its part that the claim is about, with its time."""
    own = dict.fromkeys(_about(verdict.citations[0], verdict.claim, idf) for verdict in verdicts)
    citations = numbered(tuple(own))
    joiner = "" if query.language == "zh" else " "
    said = joiner.join(
        f"{reported(one.quote, one.period, query.language)}[{one.marker}]" for one in citations
    )
    return Reply(f"{opening}{said}", "answered", citations)


def _about(citation: Citation, claim: str, idf: Idf) -> Citation:
    """``citation`` without what it says beside the ``claim``."""
    start, end = focus(citation.quote, claim, idf)
    return replace(
        citation,
        start=citation.start + start,
        end=citation.start + end,
        quote=citation.quote[start:end],
    )


def set_right(query: Query, evidence: Evidence) -> Reply:
    """What the report says of the thing asked about, at another time or place than the question takes for granted."""
    citations = numbered([cite(evidence)])
    said = quoted(evidence, citations[0].quote, query.language)
    opening = "报告没有这样说，所说的是：" if query.language == "zh" else "The report does not say so. "
    return Reply(f"{opening}{said}[1]", "partial", citations)


def of_the_place_asked(query: Query, statement: str) -> tuple[str, ...]:
    """Ids of the reports that ``query`` asks, where its ``statement`` does not say itself of which place it is; else none."""
    if len(query.slots) != 1 or any(short_name(place) in statement for place in query.places):
        return ()
    return query.slots[0].filters.reports
