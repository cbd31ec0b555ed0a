"""What the ledger says of a claim: of a comparison, of a figure held against the nation's, and of all its figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.check_align import content_of
from rag.check_comparison import compared_indicators, compared_records
from rag.check_nation import against_nation
from rag.check_reading import Finding, Place, Reading
from rag.check_records import RecordFinding, findings, stated_figures
from rag.check_text import plain, simplified
from rag.check_vague import with_tenths_in_figures
from rag.check_wording import amounts
from rag.everyday import in_official_names
from rag.phrasing import when
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.searcher import Searcher
    from index.types import Indicator
    from rag.check_records import Times
    from rag.check_reports import ReportText
    from rag.verdicts import Verdict

# So many signs beside names and figures leave a claim one about figures alone.
_PARTS: Final = re.compile("[，,；;]")
_SLACK: Final = 3


def compared(
    reading: Reading, searcher: Searcher, prepared: Callable[[str], ReportText]
) -> tuple[Finding, bool] | None:
    """What the ledger says of a claim that compares two years, statuses, places or indicators."""
    said = simplified(reading.claim.text) if reading.query.language == "zh" else reading.text
    nation = _beside_nation(reading, said)
    if nation is not None:
        return nation, True
    records = [record for report in _own(reading) for record in report.parsed.indicators]
    result = compared_records(
        reading.query,
        said,
        searcher,
        reading.reports[0].parsed.report.year if reading.reports else 0,
    ) or compared_indicators(said, records, reading.times)
    if result is None:
        result = _compared_in_a_part(said, records, reading.times)
    if result is None:
        return None
    holds, *beside_each_other = result
    places = tuple(
        _of_record(record, replace(reading, reports=(*reading.reports, prepared(record.report))))
        for record in beside_each_other
    )
    if holds:
        return Finding("supported", places, confidence=0.8), True
    figures = "、".join(
        f"{when(one.year, one.status, 'zh')}{one.indicator}{one.value}{one.unit}" for one in beside_each_other
    )
    difference = Difference("wording", reading.claim.text, figures)
    return Finding("refuted", places, (difference,), figures, 0.8), True


def _compared_in_a_part(
    said: str, records: Sequence[Indicator], times: Times
) -> tuple[bool, Indicator, Indicator] | None:
    """The comparison that a part of a claim makes by itself, if it is wrong: the other parts are still to be checked."""
    parts = _PARTS.split(said)[1:]
    found = (compared_indicators(part, records, times) for part in parts)
    return next((one for one in found if one is not None and not one[0]), None)


def _beside_nation(reading: Reading, said: str) -> Finding | None:
    """What the reports say of a claim that holds one of their figures against the nation's."""
    for one in _own(reading):
        result = against_nation(said, one.parsed.indicators, one.parsed.clauses, reading.times)
        if result is None:
            continue
        holds, record, end = result
        place = replace(_of_record(record, reading), end=end)
        official = one.parsed.report.text[record.start : end]
        if holds:
            return Finding("supported", (place,), confidence=0.8)
        return Finding("refuted", (place,), (Difference("wording", said, official),), official, 0.8)
    return None


def by_ledger(reading: Reading, searcher: Searcher) -> tuple[Finding, bool] | None:
    """What the ledger says of all figures of the claim; None where it does not know one of them.

    And whether the claim states indicators only, so that the ledger says all of it.
    """
    lead = plain(reading.claim.lead).text if reading.query.language == "zh" else ""
    lead = in_official_names(lead)
    said = in_official_names(with_tenths_in_figures(reading.text))
    stated = stated_figures(lead + said, len(lead), reading.places)
    if not stated:
        return None
    records = [record for report in _own(reading) for record in report.parsed.indicators]
    results = [findings(one, records, reading.times, searcher.idf) for one in stated]
    known = [one for one in results if one is not None]
    wrong = [one for one in known if one.differences]
    if not wrong and (len(known) < len(stated) or len(stated) < amounts(reading.text)):
        return None
    chosen = wrong or known
    verdict: Verdict = "supported"
    if wrong:
        verdict = "partly_supported" if all(one.partly for one in wrong) else "refuted"
    places = tuple(_of_record(one.record, reading) for one in chosen)
    rivals = tuple(_of_record(one.rival, reading) for one in wrong if one.rival and one.rival != one.record)
    content = len(content_of(reading.text, reading.own))
    pure = content <= max(len(one.name) for one in stated) + _SLACK and min(one.fit for one in chosen) == 1
    found = Finding(
        verdict,
        (*places, *rivals),
        tuple(dict.fromkeys(d for one in wrong for d in one.differences)),
        _note(wrong),
        0.9 * min(one.fit for one in chosen),
    )
    return found, pure


def _own(reading: Reading) -> tuple[ReportText, ...]:
    """The reports of the places that the claim is about."""
    places = set(reading.query.places)
    own = tuple(r for r in reading.reports if r.parsed.report.place in places)
    return own or reading.reports


def _of_record(record: Indicator, reading: Reading) -> Place:
    report = next(r for r in reading.reports if r.parsed.report.id == record.report)
    return Place(report, report.parsed.clauses[record.clause], record.start, record.end)


def _note(wrong: list[RecordFinding]) -> str:
    """Whose figure was stated, where it is that of another time."""
    notes = []
    for one in wrong:
        if one.rival is not None and one.differences:
            words = next(
                (d.stated for d in one.differences if d.kind == "figure"),
                f"{one.rival.value}{one.rival.unit}",
            )
            notes.append(f"{words}是{when(one.rival.year, one.rival.status, 'zh')}")
    return "；".join(notes)
