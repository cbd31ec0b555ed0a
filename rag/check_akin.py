"""A claim's figures against the ledger records whose names mean the same, in whatever words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.encoder import EMBEDDED
from index.searcher import Filters
from index.tokens import nouns
from rag.check_kinds import compare_figures
from rag.check_records import comparable, stated_figures, status_fits
from rag.figures import figure_of
from rag.records import nearness

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Indicator
    from rag.check_reading import Reading
    from rag.check_records import Stated

_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Akin:
    """What records of the claim's time say of its figures, as far as their names are near in meaning.

    Attributes:
        held, other: how near the name of a record is that gives a figure of the claim, and of one that gives another
            (0 to 0.7, see ``rag.records.nearness``).
        record: the one that gives another figure, if there is one.
    """

    held: float = 0.0
    other: float = 0.0
    record: Indicator | None = None


def akin(reading: Reading, searcher: Searcher) -> Akin:
    """The records nearest in meaning to what each figure of the claim is of; nothing for other encoders than the embedded one."""
    if not searcher.encoder.startswith(EMBEDDED) or not reading.reports:
        return Akin()
    held = other = 0.0
    wrong = None
    for stated in stated_figures(reading.text, 0, reading.places):
        record, gain, agrees = _nearest(stated, reading, searcher)
        if record is None:
            continue
        if agrees:
            held = max(held, gain)
        elif gain > other:
            other, wrong = gain, record
    return Akin(held, other, wrong)


def _nearest(stated: Stated, reading: Reading, searcher: Searcher) -> tuple[Indicator | None, float, bool]:
    """The nearest record that measures what was stated, how near it is, and whether it gives the figure."""
    filters = Filters(tuple(one.parsed.report.id for one in reading.reports), reading.times.years)
    similar = [
        (record, cosine)
        for record, cosine in searcher.records(stated.name, filters, _NEAREST)
        if status_fits(record.status, reading.times.statuses)
        and (figure := figure_of(record)) is not None
        and comparable(stated, record, figure)
    ]
    if not similar:
        return None, 0.0, False
    gains = nearness(similar)
    best = similar[0][0].indicator
    alike = [record for record, _ in similar if record.indicator == best]
    agreeing = [record for record in alike if _agrees(stated, record)]
    chosen = (agreeing or alike)[0]
    return chosen, gains[chosen], bool(agreeing)


def _agrees(stated: Stated, record: Indicator) -> bool:
    figure = figure_of(record)
    return figure is not None and compare_figures(stated.figure, figure, "", "") is None


def strange_subject(reading: Reading, official: str) -> bool:
    """Whether what a figure of the claim is of is called by a noun that the ``official`` words do not have."""
    for stated in stated_figures(reading.text, 0, reading.places):
        named = [word for word in nouns(stated.name) if len(word) > 1]
        if named and named[-1] not in official:
            return True
    return False
