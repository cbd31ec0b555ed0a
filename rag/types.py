"""Values that pass between the stages of an answer. Frozen and slotted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.backend import Filters  # noqa: TC001 - read at run time where answers are kept, as those below
from index.types import Indicator, Period, PeriodStatus  # noqa: TC001 - as above

Language = Literal["zh", "en"]

AnswerStatus = Literal["answered", "partial", "not_in_reports", "evidence_only"]
"""``answered``; ``partial``: part of the question, the rest is named as missing;
``not_in_reports``; ``evidence_only``: the model was unavailable or its text
failed the checks, so that the answer is quoted clauses."""

Wanted = Literal["summary", "figure", "list", "wording", "section", "comparison", "fact"]
"""The kind of answer a question asks for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, with the earlier turns and the reports that were picked (none: the default)."""

    text: str
    history: tuple[tuple[str, str], ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One place and period that a question asks about; a comparison has several.

    Attributes:
        place: as it is indexed (重庆市, 全国).
        years, statuses: the period, as far as the question tells.
        filters: where to search. Periods are limits where the question is
            plain about them, and a preference where they are only likely.
        picked: whether the reports were picked by the person, or named in the question: then no others will do.
    """

    place: str
    years: tuple[int, ...]
    statuses: tuple[PeriodStatus, ...]
    filters: Filters
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read.

    Attributes:
        text: standalone, in Chinese: what is searched for.
        asked: the question as the model is to see it, in the language of the person.
        topic: ``text`` without its words for time, place, status and the interrogatives.
        slots: at least one.
        focus: what a follow-up asks about instead ("体育公园呢？"), "" elsewhere.
        leans: whether it is completed from the question before it.
        missing: what the question names and no indexed report has ("云南"), if anything.
    """

    text: str
    asked: str
    topic: str
    language: Language
    wanted: Wanted
    slots: tuple[Slot, ...]
    missing: tuple[str, ...] = ()
    focus: str = ""
    leans: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """All years asked about, ascending."""
        return tuple(sorted({year for slot in self.slots for year in slot.years}))

    @property
    def statuses(self) -> tuple[PeriodStatus, ...]:
        """All statuses asked about."""
        return tuple(sorted({status for slot in self.slots for status in slot.statuses}))

    @property
    def places(self) -> tuple[str, ...]:
        """All places asked about, in order."""
        return tuple(dict.fromkeys(slot.place for slot in self.slots if slot.place))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that goes to the model, with the ledger record that made it be chosen, if one did.

    ``covered`` is the share of the question's meaning that the clause speaks of, its headings included.
    ``focus`` gives start and end in ``quote`` of the part that the question is about; None means all of it.
    ``terms`` are the official terms in it for what the question says in other words, the surest first.
    """

    rank: int
    report: str
    title: str
    place: str
    section: tuple[str, ...]
    period: Period
    start: int
    end: int
    quote: str
    score: float
    record: Indicator | None = None
    focus: tuple[int, int] | None = None
    covered: float = 1.0
    terms: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the clause and says what it is about; for a text that is of no place, its title too."""
        return self.section if self.place else (self.title, *self.section)

    @property
    def focused(self) -> str:
        """The part of the quote that the question is about."""
        return self.quote[slice(*self.focus)] if self.focus else self.quote


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence for one slot.

    Attributes:
        evidence: best first.
        record: the ledger record that answers it, if one surely does.
        fit: how well that record's name and words fit the question, in [0, 1]; 0 without one.
        kinship: the same with what its name means beside.
        listed: whether the evidence is the whole list that was asked for.
        provisional: whether the meaning of the clauses' parts, which was not compared, could change the evidence.
    """

    slot: Slot
    evidence: tuple[Evidence, ...]
    record: Indicator | None
    fit: float = 0.0
    kinship: float = 0.0
    listed: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact place that supports what stands before ``[marker]`` in an answer."""

    marker: int
    report: str
    title: str
    section: tuple[str, ...]
    period: Period
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question came in.

    ``search`` is when evidence was first shown. ``first_token`` is when the first words of the answer were there, whether
    the model words it, piece by piece, or code, which gives it whole.
    """

    interpret: int = 0
    search: int = 0
    first_token: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an answer was made by: equal fingerprints and questions give equal answers."""

    index: str
    model: str
    prompts: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A grounded answer; ``citations`` belong to the ``[n]`` markers in ``text``."""

    question: str
    text: str
    status: AnswerStatus
    query: Query
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    timings: Timings
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Event:
    """What a streamed answer tells while it is made.

    ``evidence`` comes first, and again in its place where a slower look finds
    better: of an English question once it is translated, of one in other words
    than the report's by the meaning of each part; ``token`` comes with each
    piece of text as the model writes it, ``answer`` once and last: its text is
    the checked one and replaces what was streamed.
    """

    kind: Literal["evidence", "token", "answer"]
    evidence: tuple[Evidence, ...] = ()
    token: str = ""
    answer: Answer | None = None
    query: Query | None = field(default=None)
