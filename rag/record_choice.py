"""Which record of the ledger a question surely asks for, among those whose clauses were found or whose names mean the same."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from index.indicator_names import core_name
from index.quantities import find_quantities
from rag.amounts import asks_people, asks_visitors
from rag.check_records import is_mean, status_fits
from rag.coverage import covered, lacks_official_term, meaning
from rag.exhibit import before_in_sentence
from rag.figures import figure_of
from rag.focus import segments
from rag.records import Match, asks_total, match_records, nearness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.searcher import Searcher
    from index.types import Hit, Indicator
    from rag.types import Query, Slot

# A record that fits this well, and this much better than any other value, is what was asked for.
_SURE: Final = 0.40
_AHEAD: Final = 0.08
# However good its clause: a record that is not what the question speaks of is another indicator.
_AKIN: Final = 0.30
_AKIN_BY_MEANING: Final = 0.40
# So many records are held against the question by meaning, and so many of them are considered whatever was hit.
_SIMILAR: Final = 60
_NEAREST: Final = 3
_TELLING: Final = 0.25
# A record that is hardly in the question's words is what was asked for only where the search found its clause, too, and
# nearly first: of 29 such records in new questions, 25 right ones had at least 0.84 of the best score, 4 wrong ones at most 0.51.
_HARDLY: Final = 0.35
_NEARLY_FIRST: Final = 0.7
# Where no record is surely meant, the clause of the best one comes first if its own score is so near to the best.
_RIVAL: Final = 0.6
# The figure beside it is meant if it stands with so much more of what was asked.
_OUTDONE: Final = 0.1
_OUTDONE_ELSEWHERE: Final = 0.3
# A record that fits so well is outdone in its own clause only.
_WELL: Final = 0.6
# A level that was reached (3万亿元) lies so near to the exact figure beside it.
_ROUNDED: Final = Decimal("0.1")
_OF_YEARS: Final = 0.7
# What a record gains by the status that the question makes likely: enough to be ahead of its twin.
_LIKELY: Final = 0.09
_PEOPLE: Final = re.compile(r"[人名]$|人次$")
_ADDED: Final = re.compile(r"^[^累计总]*新[增认建设][^累计总]*$")
# From how much to how much something changed: a record has the end of it only.
_BOTH_ENDS: Final = re.compile(
    r"[从由][^，。？?]{0,8}(?:多少|几)[^，。？?]{0,10}[到至][^，。？?]{0,4}(?:多少|几)|"
    r"\bfrom (?:what|how (?:many|much))\b.*\bto (?:what|how)\b",
    re.IGNORECASE,
)


def surest(
    query: Query, slot: Slot, hits: tuple[Hit, ...], names: Sequence[str], searcher: Searcher
) -> tuple[Match | None, tuple[Hit, ...], list[Match]]:
    """The match of the one record that ``slot`` of ``query`` surely asks for, if any; ``hits`` with the clauses of the nearest records; matches.

    The matches are those in the question's words, or whose clauses are among the best ``hits``, or say no less of it.
    ``names`` are words in quotation marks, which the record's own have to hold.
    """
    near = _near(query, slot, searcher)
    more = _with_nearest(hits, near, searcher)
    matches = _matches(query, slot, more, near, searcher)
    record = _sure(matches, slot.filters.near_statuses)
    record = _of_people(record, query, matches)
    told = [
        one
        for one in matches
        if one.fit >= _HARDLY
        or _is_nearly_first(one.record, hits)
        or _says_as_much(one.record, query, hits, searcher)
    ]
    if record is None or (
        _is_outdone(record, query, hits if matches[0].fit < _WELL else (), searcher)
        or any(name not in record.quote for name in names)
        or _is_of_other_status(record, matches[0].fit, slot)
        or _is_of_another_term(record, query, searcher)
        or (matches[0].fit < _HARDLY and not _is_nearly_first(record, hits))
        or _BOTH_ENDS.search(query.asked)
    ):
        return None, more, told
    return replace(matches[0], record=record), more, told


def _near(query: Query, slot: Slot, searcher: Searcher) -> dict[Indicator, float]:
    """What ledger records gain by names that mean what the question is about, in whatever words; nearest first.

    Of other encoders than the embedded one nothing is known of what their similarities mean.
    """
    if not searcher.encoder.startswith(EMBEDDED):
        return {}
    return nearness(searcher.records(query.topic, slot.filters, _SIMILAR))


def _with_nearest(
    hits: tuple[Hit, ...], near: Mapping[Indicator, float], searcher: Searcher
) -> tuple[Hit, ...]:
    """``hits`` with the clauses of the nearest records that no search by words and clauses has found.

    That of the very nearest comes second if its name tells so much that the model should see it.
    """
    found = {(hit.report, number) for hit in hits for number in hit.clauses}
    first = next(iter(near), None)
    wanted = dict.fromkeys((one.report, one.clause) for one in list(near)[:_NEAREST] if near[one] > 0)
    more = [searcher.clause(report, number) for report, number in wanted if (report, number) not in found]
    if hits and more and first and near[first] >= _TELLING and first.clause in more[0].clauses:
        return (hits[0], replace(more[0], score=hits[0].score), *hits[1:], *more[1:])
    return (*hits, *more)


def _matches(
    query: Query, slot: Slot, hits: tuple[Hit, ...], near: Mapping[Indicator, float], searcher: Searcher
) -> list[Match]:
    """Ledger records of the clauses that were hit, by how well they fit the question and their clause did."""
    scores = {(hit.report, number): hit.score for hit in hits for number in hit.clauses}
    records = [
        record
        for report in dict.fromkeys(hit.report for hit in hits)
        for record in searcher.library.parsed(report).indicators
        if (report, record.clause) in scores
    ]
    best = hits[0].score if hits else 1.0
    matches = [
        Match(
            match.record,
            0.7 * match.score * (_OF_YEARS if _is_of_years(match.record, query, searcher) else 1.0)
            + 0.3 * scores[match.record.report, match.record.clause] / best
            + (_LIKELY if match.record.status in slot.filters.near_statuses else 0.0),
            match.kinship,
            match.fit,
        )
        for match in match_records(
            query.text,
            query.topic,
            query.focus,
            records,
            searcher.idf,
            near=near,
            translated=query.language == "en",
        )
    ]
    return sorted(matches, key=lambda match: -match.score)


def _is_of_other_status(record: Indicator, fit: float, slot: Slot) -> bool:
    """Whether a result stands where a goal is asked for, or a goal for a result, and not even in the question's words."""
    return not status_fits(record.status, slot.statuses) and fit < _AKIN


def _is_of_another_term(record: Indicator, query: Query, searcher: Searcher) -> bool:
    """Whether the question says an official term of which a word is neither in the record's clause nor above it, nor opens its list."""
    parsed = searcher.library.parsed(record.report)
    clause = parsed.clauses[record.clause]
    before = before_in_sentence(record.report, clause.start, searcher)
    opening = before.partition("：")[0] if "：" in before else ""
    held = (record.indicator, clause.text, opening, *clause.section)
    return lacks_official_term(query.topic, "\n".join(held))


def _is_nearly_first(record: Indicator, hits: tuple[Hit, ...]) -> bool:
    """Whether the clause of ``record`` is among the ``hits``, and hardly less good than the best."""
    return any(
        hit.report == record.report
        and record.clause in hit.clauses
        and hit.score >= _NEARLY_FIRST * hits[0].score
        for hit in hits
    )


def _says_as_much(record: Indicator, query: Query, hits: tuple[Hit, ...], searcher: Searcher) -> bool:
    """Whether the clause of ``record`` speaks of as much of the question as the best of the ``hits`` does."""
    subject = meaning(query.topic, searcher.idf)
    clause = searcher.library.parsed(record.report).clauses[record.clause]
    return not hits or covered(subject, clause.text) >= covered(subject, hits[0].quote)


def _is_of_years(record: Indicator, query: Query, searcher: Searcher) -> bool:
    """Whether a record stands beside the mean of several years, and so may be their sum, where none is asked for."""
    if is_mean(query.text) or record.measure not in {"level", "increment"}:
        return False
    return is_mean(searcher.library.parsed(record.report).clauses[record.clause].text)


def _sure(matches: list[Match], likely: tuple[str, ...]) -> Indicator | None:
    """The best match's record, if it is good and no other value comes near it.

    A goal does not rival a result, nor a result a goal, where only the other one is ``likely`` meant.
    """
    if not matches or matches[0].score < _SURE:
        return None
    best = next((one for one in matches[1:] if _is_rounder(matches[0].record, one.record)), matches[0])
    if best.fit < _AKIN and best.kinship < _AKIN_BY_MEANING:
        return None
    rival = next(
        (
            m
            for m in matches
            if (m.record.value, m.record.unit) != (best.record.value, best.record.unit)
            and not _is_rounder(m.record, best.record)
            and (best.record.status not in likely or m.record.status in likely)
        ),
        None,
    )
    return None if rival and best.score - rival.score < _AHEAD else best.record


def _of_people(record: Indicator | None, query: Query, matches: list[Match]) -> Indicator | None:
    """``record``, or that of the people in its clause where the ``query`` asks for those: 举办演出5.7万场、吸引观众2545万人次."""
    asked = asks_people(query.text) or asks_visitors(query.text)
    if record is None or not asked or _PEOPLE.search(record.unit):
        return record
    beside = (
        one.record
        for one in matches
        if (one.record.report, one.record.clause) == (record.report, record.clause)
    )
    return next((one for one in beside if _PEOPLE.search(one.unit)), record)


def _is_rounder(record: Indicator, exact: Indicator) -> bool:
    """Whether a record says of the same thing, in the same clause, what ``exact`` says to the digit: 3万亿元, 30145.79亿元."""
    if (record.report, record.measure, record.year) != (exact.report, exact.measure, exact.year):
        return False
    if (record.clause, record.indicator) != (exact.clause, exact.indicator) and not _is_floor_of(
        record, exact
    ):
        return False
    mine, other = figure_of(record), figure_of(exact)
    if mine is None or other is None or mine.unit != other.unit or not other.value:
        return False
    near = abs(mine.value - other.value) / other.value <= _ROUNDED
    return near and len(mine.value.normalize().as_tuple().digits) < len(
        other.value.normalize().as_tuple().digits
    )


def _is_floor_of(record: Indicator, exact: Indicator) -> bool:
    """Whether ``record`` tells since when something has not been below a round figure, and ``exact`` what it was: 连续13年稳定在430亿斤以上."""
    return "连续" in record.quote and core_name(record.indicator) == core_name(exact.indicator)


def _is_outdone(record: Indicator, query: Query, hits: tuple[Hit, ...], searcher: Searcher) -> bool:
    """Whether another figure of the record's clause, or of a hit of its time, stands with more of the question's words than the record does.

    The ledger leaves small counts out: of 提速164个在建项目，新开工98个项目 it has the first only.
    """
    clause = searcher.library.parsed(record.report).clauses[record.clause]
    start, end = record.start - clause.start, record.end - clause.start
    subject = meaning(query.topic, searcher.idf)
    own = covered(subject, f"{record.indicator}\n{record.quote}")
    beside = [(clause.text[a:b], _OUTDONE) for a, b in segments(clause.text) if b <= start or a >= end]
    others = [
        hit
        for hit in hits
        if hit.report == record.report and hit.period == clause.period and record.clause not in hit.clauses
    ]
    beside += [(hit.quote[a:b], _OUTDONE_ELSEWHERE) for hit in others for a, b in segments(hit.quote)]
    if asks_total(query.text):
        beside = [(part, more) for part, more in beside if not _ADDED.search(part)]
    return any(_counts(part) and covered(subject, part) > own + more for part, more in beside)


def _counts(text: str) -> bool:
    """Whether ``text`` has a figure that is no time: 三年行动计划 has none."""
    return any(one.kind == "amount" and one.unit != "年" for one in find_quantities(text))


def records_first(hits: tuple[Hit, ...], matches: list[Match], only: Indicator | None) -> tuple[Hit, ...]:
    """``hits`` with the clause of the surely meant record alone, or of the best match moved to the front."""
    wanted = only or (matches[0].record if matches and matches[0].score >= _SURE else None)
    if wanted is None:
        return hits
    holding = tuple(hit for hit in hits if hit.report == wanted.report and wanted.clause in hit.clauses)
    if not only and all(hit.score < _RIVAL * hits[0].score for hit in holding):
        return hits  # of something else in like words
    return holding if only else (*holding, *(hit for hit in hits if hit not in holding))
