"""The documents that the API replies with, for its own description; made by ``ui.presentation``."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel

from index.types import IndicatorStatus, Measure, PeriodStatus
from rag.types import AnswerStatus, Language
from rag.verdicts import AsideReason, DifferenceKind, Verdict

Id = str | int


class Place(BaseModel):
    """An exact place in a report: ``text[start:end] == quote``, in Unicode code points."""

    report: str
    start: int
    end: int
    quote: str


class DatedPlace(Place):
    """A place with what it speaks of: year, status, and the headings above it."""

    year: int | None
    period: PeriodStatus
    section: list[str]


class CitationDocument(DatedPlace):
    """What supports the words before ``[marker]``."""

    marker: int
    title: str


class FoundDocument(DatedPlace):
    """A clause or passage that was found."""

    rank: int
    score: float


class QueryDocument(BaseModel):
    """The question as it was read."""

    text: str
    years: list[int]
    statuses: list[PeriodStatus]
    places: list[str]


class TimingsDocument(BaseModel):
    """Milliseconds since the question came in."""

    interpret: int
    search: int
    first_token: int
    total: int


class FingerprintDocument(BaseModel):
    """What a reply was made by."""

    index: str
    model: str
    prompts: str


class AnswerDocument(BaseModel):
    """An answer with its citations, and all that was found."""

    id: Id | None = None
    question: str
    answer: str
    status: AnswerStatus
    language: Language
    query: QueryDocument
    citations: list[CitationDocument]
    evidence: list[FoundDocument]
    timings_ms: TimingsDocument
    fingerprint: FingerprintDocument


class DifferenceDocument(BaseModel):
    """One point in which a claim differs from the report."""

    kind: DifferenceKind
    stated: str
    official: str


class ClaimDocument(BaseModel):
    """The verdict on one claim of a statement."""

    claim: str
    start: int
    end: int
    verdict: Verdict
    explanation: str
    citations: list[CitationDocument]
    differences: list[DifferenceDocument]
    confidence: float


class AsideDocument(BaseModel):
    """A part of the statement that is not checked."""

    start: int
    end: int
    reason: AsideReason


class CheckDocument(BaseModel):
    """The verdicts on all claims of a statement."""

    id: Id | None = None
    statement: str
    claims: list[ClaimDocument]
    aside: list[AsideDocument]
    fingerprint: FingerprintDocument


class SearchDocument(BaseModel):
    """Passages, best first."""

    query: str
    hits: list[FoundDocument]


class IndicatorDocument(Place):
    """A figure of the ledger."""

    place: str
    indicator: str
    value: str
    unit: str
    qualifier: str
    measure: Measure
    year: int | None
    status: IndicatorStatus


class IndicatorsDocument(BaseModel):
    """The ledger, as far as the filters let it through."""

    indicators: list[IndicatorDocument]


class EntryDocument(BaseModel):
    """An indexed report."""

    id: str
    title: str
    place: str
    year: int
    delivered: str
    characters: int
    clauses: int
    passages: int
    indicators: int


class ReportsDocument(BaseModel):
    """All indexed reports."""

    reports: list[EntryDocument]


class SectionDocument(BaseModel):
    """A heading with the text that it governs."""

    level: int
    title: str
    start: int
    end: int
    path: list[str]


class ReportDocument(EntryDocument):
    """A report with its text, to which all offsets refer, and its outline."""

    text: str
    sections: list[SectionDocument]


class HealthDocument(BaseModel):
    """The process is up."""

    status: Literal["ok"]


class ReadyDocument(BaseModel):
    """Index and model are there."""

    status: Literal["ready"]
    reports: int


_TEXT: Final = {"schema": {"type": "string"}}

ANSWERED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": AnswerDocument,
        "description": "The answer; with `stream` the events `evidence`, `token` and `answer`",
        "content": {"text/event-stream": _TEXT},
    }
}
LISTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": IndicatorsDocument, "description": "The records", "content": {"text/csv": _TEXT}}
}
CHECKED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": CheckDocument, "description": "The verdicts"}
}
