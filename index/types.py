"""Values that pass between the stages of the index.

Frozen and slotted; no behaviour beyond what follows from the fields. Every
offset counts Unicode code points in ``Report.text``, which is kept as it was
read apart from line endings.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodStatus = Literal["actual", "target", "ongoing", "plan", "policy"]
"""What a clause says of its time: ``actual`` a result of a finished period,
``target`` a goal of the report's own year, ``ongoing`` a state or work that
runs on, ``plan`` a goal beyond the report's own year, ``policy`` no time."""

IndicatorStatus = Literal["actual", "target", "forecast", "ongoing"]

Measure = Literal["level", "growth", "decline", "increment", "rank", "ratio"]

Level = Literal["national", "province", "city", "district", "unknown"]


@dataclass(frozen=True, slots=True)
class Period:
    """The year and status of a clause; ``year`` is None where none can be told."""

    year: int | None
    status: PeriodStatus


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was read.

    ``year`` is the report's own year: the one whose goals it sets, in which it
    was delivered. ``pages`` holds the offset at which each page starts (empty
    for formats without pages).
    """

    id: str
    title: str
    place: str
    level: Level
    year: int
    delivered: date | None
    text: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text it governs: ``text[start:end]`` includes the heading.

    ``level`` is 1 for parts (一、), 2 for sections (（一）), 3 for items (a
    paragraph's lead sentence or ``1.``). ``path`` holds the titles from the
    part down to this one, each exactly as it stands in the text without the
    closing full stop.
    """

    level: int
    title: str
    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest citable unit: a sentence or a part of one up to a semicolon."""

    report: str
    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...]
    period: Period
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole clauses of one item: clauses ``first`` to ``last`` inclusive."""

    report: str
    number: int
    first: int
    last: int
    start: int
    end: int
    text: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One headline figure with its period and its exact place.

    ``value`` is a plain decimal as a string ("73.9"), or a range "5-5.5";
    ``unit`` as in the report ("万人", "%", "个百分点", "位"); ``qualifier`` is
    "" or one of 以上, 左右, 以内, 超过, 约, 力争, 不低于, ... ``clause`` is the
    number of the clause that holds ``quote``.
    """

    report: str
    place: str
    indicator: str
    value: str
    unit: str
    qualifier: str
    measure: Measure
    year: int | None
    status: IndicatorStatus
    start: int
    end: int
    quote: str
    clause: int


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report taken apart: what ``index.build`` stores for each report."""

    report: Report
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause or passage that a search found; ``score`` grows with relevance."""

    report: str
    start: int
    end: int
    quote: str
    score: float
    period: Period
    section: tuple[str, ...]
    clauses: tuple[int, ...]
