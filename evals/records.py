"""What a pipeline answered, in a form that is written to a file line by line and read back.

The field names are those of the batch output, so that one reader does for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Hit
    from rag.types import Answer, Citation, Evidence
    from rag.verdicts import Check


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Place(_Record):
    """A quoted place: a citation, a piece of evidence or a hit.

    ``exact`` says of a citation whether the report's text at its offsets is its
    quote; None where that was not looked at. ``marker`` is 0 for what no text refers to.
    """

    report: str
    start: int = 0
    end: int = 0
    quote: str
    marker: int = 0
    section: tuple[str, ...] = ()
    year: int | None = None
    period: str = ""
    score: float = 0.0
    exact: bool | None = None


class ClaimRecord(_Record):
    """The verdict on one claim of a statement."""

    claim: str = ""
    verdict: str
    explanation: str = ""
    citations: tuple[Place, ...] = ()


class Milliseconds(_Record):
    """Since the question came in; 0 for stages that did not happen."""

    interpret: int = 0
    search: int = 0
    first_token: int = 0
    total: int = 0


class AnswerRecord(_Record):
    """What was answered to one case.

    ``status`` is that of an answer, "checked" for a claim, "found" for a
    search, or "error"; then ``error`` says why.
    """

    id: str
    answer: str = ""
    status: str = ""
    citations: tuple[Place, ...] = ()
    evidence: tuple[Place, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    timings_ms: Milliseconds = Milliseconds()
    error: str = ""

    @property
    def refused(self) -> bool:
        """Whether the reply is that the reports do not say it."""
        return self.status == "not_in_reports"


def record_of(case_id: str, answer: Answer, text_of: Callable[[str], str | None]) -> AnswerRecord:
    """``answer`` as a record; ``text_of`` gives a report's text, or None for an unknown report."""
    timings = answer.timings
    return AnswerRecord(
        id=case_id,
        answer=answer.text,
        status=answer.status,
        citations=tuple(checked(_place(one, marker=one.marker), text_of) for one in answer.citations),
        evidence=tuple(_place(one, score=one.score) for one in answer.evidence),
        timings_ms=Milliseconds(
            interpret=timings.interpret,
            search=timings.search,
            first_token=timings.first_token,
            total=timings.total,
        ),
    )


def record_of_check(
    case_id: str, check: Check, text_of: Callable[[str], str | None], milliseconds: int
) -> AnswerRecord:
    """``check`` as a record; its citations are also listed together, claim after claim."""
    claims = tuple(
        ClaimRecord(
            claim=one.claim,
            verdict=one.verdict,
            explanation=one.explanation,
            citations=tuple(checked(_place(c, marker=c.marker), text_of) for c in one.citations),
        )
        for one in check.claims
    )
    return AnswerRecord(
        id=case_id,
        status="checked",
        claims=claims,
        citations=tuple(citation for claim in claims for citation in claim.citations),
        timings_ms=Milliseconds(total=milliseconds),
    )


def hit_place(hit: Hit) -> Place:
    """A hit of a search."""
    return _place(hit, score=hit.score)


def checked(place: Place, text_of: Callable[[str], str | None]) -> Place:
    """``place`` with ``exact`` looked up: False too where the report is not there at all."""
    text = text_of(place.report)
    exact = text is not None and text[place.start : place.end] == place.quote
    return place.model_copy(update={"exact": exact})


def _place(one: Citation | Evidence | Hit, *, marker: int = 0, score: float = 0.0) -> Place:
    return Place(
        report=one.report,
        start=one.start,
        end=one.end,
        quote=one.quote,
        marker=marker,
        section=one.section,
        year=one.period.year,
        period=one.period.status,
        score=round(score, 4),
    )
