"""Which clauses go to the model: few, of the right period, best first."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from index.indicator_names import core_name
from index.quantities import find_quantities
from rag import summary
from rag.amounts import asks_number, has_number
from rag.check_records import status_fits
from rag.check_stage import is_done
from rag.counts import counted_thing
from rag.coverage import covered, lacks_official_term, meaning
from rag.english import original_of
from rag.exhibit import evidence_of, headings_above, said_in, whole_list
from rag.figures import figure_of
from rag.focus import segments
from rag.listing import counted
from rag.names import quoted_names
from rag.pairing import paired
from rag.records import Match, match_records, nearness
from rag.side_by_side import side_by_side
from rag.slots import UNDER_WAY
from rag.times import names_status
from rag.title_page import asks_title_page, title_page
from rag.types import Found
from rag.wanted import asks_why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.searcher import Filters, Searcher
    from index.types import Hit, Indicator
    from rag.types import Evidence, Query, Slot

_CANDIDATES: Final = 12
# Where the question quotes, the clause that holds the quoted words may rank lower by all its other words.
_QUOTING: Final = 80
# From how much to how much something changed: a record has the end of it only.
_BOTH_ENDS: Final = re.compile(
    r"[从由][^，。？?]{0,8}(?:多少|几)[^，。？?]{0,10}[到至][^，。？?]{0,4}(?:多少|几)|"
    r"\bfrom (?:what|how (?:many|much))\b.*\bto (?:what|how)\b",
    re.IGNORECASE,
)
_BEING_BUILT: Final = re.compile(r"在建|续建|正在|建设中|加快建设|加快推进")
_REASON: Final = re.compile(r"因为|由于|原因|考虑到?|鉴于|因此|所以|受[^，。；]{2,20}影响|导致|为了")
# A heading or a greeting that stands alone (住院病历) tells nothing of what is to be summed up.
_SIGN: Final = re.compile(r"\w")
_SAYS_SOMETHING: Final = 8
# Hits below this share of the best score are noise that only confuses a small model.
_WORTHWHILE: Final = 0.45
# A record that fits this well, and this much better than any other value, is what was asked for.
_SURE: Final = 0.40
_AHEAD: Final = 0.08
# A question without a year goes on to other reports of its place where the default one covers less of it
# than the first figure, and they more by the second.
_ENOUGH: Final = 0.75
_MORE: Final = 0.25
_MORE_OF_TEXTS: Final = 1.4
_MORE_IF_LEANING: Final = 1.5
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
# A level that was reached (3万亿元) lies so near to the exact figure beside it.
_ROUNDED: Final = Decimal("0.1")
_OF_YEARS: Final = 0.7
# A thing of its own for the one before it: 那渝东南呢？
_INSTEAD: Final = re.compile(r"(?:那么?)?[^，,。？?（]{2,12}呢[？?]?(?:（|$)")
# What a record gains by the status that the question makes likely: enough to be ahead of its twin.
_LIKELY: Final = 0.09


def gather(query: Query, searcher: Searcher, max_clauses: int, max_characters: int) -> tuple[Found, ...]:
    """Evidence for each slot of ``query``, within the budget of clauses and characters."""
    if query.wanted == "summary":
        max_clauses, max_characters = summary.CLAUSES, summary.CHARACTERS
    # The sentences of texts that are no reports are shown whole and say less each.
    more = 1.0 if any(slot.place for slot in query.slots) else _MORE_OF_TEXTS
    each = ceil(more * max_clauses / len(query.slots))
    # What leans on the question before is found less surely, and so among more.
    budget = round(more * max_characters * (_MORE_IF_LEANING if query.leans else 1.0) / len(query.slots))
    official = searcher.official_terms(query.text, about=query.topic, original=original_of(query))
    found = []
    rank = 1
    for slot in query.slots:
        lines = title_page(slot, query, searcher) if asks_title_page(query.asked) else ()
        part = (
            Found(slot, lines, None, listed=True)
            if lines
            else _wider(query, _gather_slot(query, slot, searcher, each, budget), searcher, each, budget)
        )
        evidence = tuple(
            replace(one, rank=rank + i, terms=said_in(one, official)) for i, one in enumerate(part.evidence)
        )
        rank += len(evidence)
        found.append(replace(part, evidence=evidence))
    parts = paired(query, tuple(found), searcher) if len(found) > 1 else tuple(found)
    return side_by_side(query, parts, searcher)


def _wider(query: Query, part: Found, searcher: Searcher, each: int, budget: int) -> Found:
    """``part``, or what other reports of its place say where it speaks of little and no year was named."""
    place = part.slot.place
    others = tuple(entry.id for entry in searcher.library.entries if entry.place == place)
    here = max((one.covered for one in part.evidence), default=0.0)
    if (
        part.slot.years
        or part.slot.picked
        or not place
        or here >= _ENOUGH
        or set(others) <= set(part.slot.filters.reports)
    ):
        return part
    filters = replace(part.slot.filters, reports=others, near_years=())
    other = _gather_slot(query, replace(part.slot, filters=filters), searcher, each, budget)
    there = max((one.covered for one in other.evidence), default=0.0)
    return other if there - here >= _MORE else part


def _gather_slot(query: Query, slot: Slot, searcher: Searcher, count: int, characters: int) -> Found:
    original = original_of(query)
    names = quoted_names(query.asked) if query.wanted in {"wording", "section"} else []
    asked = counted(query.text) if query.wanted in {"list", "fact", "figure"} else None
    wanted = _QUOTING if names or asked or query.wanted == "summary" else _CANDIDATES
    hits = searcher.clauses(query.text, slot.filters, wanted, about=query.topic, original=original)
    listing = whole_list(hits, asked, query, searcher) if asked else ()
    if listing:
        return Found(slot, listing, None, listed=True)
    kept = 2 * _CANDIDATES if query.wanted == "summary" else _CANDIDATES
    hits = tuple(sorted(hits, key=lambda hit: -sum(name in hit.quote for name in names)))[:kept]
    if query.wanted == "summary":
        hits = tuple(hit for hit in hits if len(_SIGN.findall(hit.quote)) >= _SAYS_SOMETHING) or hits
    hits = _of_the_other(hits, query)
    if not hits and not (query.wanted in {"figure", "comparison"} and names_status(query.text)):
        # "Which goals of last year were missed" names no clause's own status; nor does an 要 anywhere in a question.
        soft = _softened(slot.filters)
        hits = searcher.clauses(query.text, soft, _CANDIDATES, about=query.topic, original=original)
    record, fit, kinship = None, 0.0, 0.0
    about_figures = query.wanted in {"figure", "comparison", "wording"}
    if about_figures or _states_figure(query.text):
        near = _near(query, slot, searcher)
        searched, hits = hits, _with_nearest(hits, near, searcher)
        matches = _matches(query, slot, hits, near, searcher)
        record = _sure(matches, slot.filters.near_statuses)
        if record is not None and (
            _is_outdone(record, query, searcher)
            or any(name not in record.quote for name in names)
            or _is_of_other_status(record, matches[0].fit, slot)
            or _is_of_another_term(record, query, searcher)
            or (matches[0].fit < _HARDLY and not _is_nearly_first(record, searched))
            or _BOTH_ENDS.search(query.asked)
        ):
            record = None
        fit, kinship = (matches[0].fit, matches[0].kinship) if record else (0.0, 0.0)
        thing = counted_thing(hits, query, searcher) if asks_number(query.text) and about_figures else None
        if thing is not None and (record is None or thing.indicator not in record.quote):
            record, fit, kinship = thing, 0.0, 0.0
        hits = _records_first(hits, matches, only=record if about_figures else None)
    if record is None:
        hits = _able_first(hits, query)
    chosen = _within_budget(
        [evidence_of(hit, query, record, searcher) for hit in hits[:count]], count, characters
    )
    above = headings_above(hits[0], query, searcher) if chosen and query.wanted == "section" else ()
    return Found(slot, (*chosen[:1], *above, *chosen[1:]), record, fit, kinship)


def _within_budget(clauses: Sequence[Evidence], count: int, characters: int) -> tuple[Evidence, ...]:
    """The first ``count`` of ``clauses`` at most, as far as they are no noise and have so many characters together."""
    chosen: list[Evidence] = []
    for one in clauses[:count]:
        used = sum(len(other.focused) for other in chosen)
        if chosen and (one.score < _WORTHWHILE * clauses[0].score or used + len(one.focused) > characters):
            break
        chosen.append(one)
    return tuple(chosen)


def _of_the_other(hits: tuple[Hit, ...], query: Query) -> tuple[Hit, ...]:
    """Those of the ``hits`` that name the thing which a follow-up puts in the place of another ("渝东南呢？"), if any does."""
    if not query.focus or not _INSTEAD.match(query.asked):
        return hits
    said = [sum(word in hit.quote for word in query.focus.split()) for hit in hits]
    own = tuple(hit for hit, words in zip(hits, said, strict=True) if words == max(said) > 0)
    return own if own and own[0].score >= _WORTHWHILE * hits[0].score else hits


def _able_first(hits: tuple[Hit, ...], query: Query) -> tuple[Hit, ...]:
    """``hits``, those before the others that can tell what is asked: what is being built, how many, why."""
    done = query.leans and is_done(query.focus)  # 新开通的有多长 after what is being built
    if UNDER_WAY.search(f"{query.text} {original_of(query)}") and not done:
        # What was finished beside it only misleads.
        hits = tuple(hit for hit in hits if _BEING_BUILT.search(hit.quote)) or hits
    if query.wanted in {"figure", "comparison"} and asks_number(query.text):
        return _first_where(hits, has_number)
    return (
        _first_where(hits, lambda quote: _REASON.search(quote) is not None) if asks_why(query.text) else hits
    )


def _first_where(hits: tuple[Hit, ...], can_tell: Callable[[str], bool]) -> tuple[Hit, ...]:
    """Those of the ``hits`` that are no noise, in their order, those whose words ``can_tell`` what is asked before the others."""
    good = [hit for hit in hits if hit.score >= _WORTHWHILE * max(one.score for one in hits)]
    return tuple(sorted(good, key=lambda hit: not can_tell(hit.quote)))


def _states_figure(text: str) -> bool:
    """Whether a question itself says a figure, which may not be the report's."""
    return any(quantity.kind == "amount" and quantity.unit for quantity in find_quantities(text))


def _softened(filters: Filters) -> Filters:
    """``filters`` that prefer the asked statuses instead of insisting on them."""
    return replace(filters, statuses=(), near_statuses=filters.statuses)


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
    before = re.split(r"[。\n]", parsed.report.text[: clause.start])[-1]
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


def _is_of_years(record: Indicator, query: Query, searcher: Searcher) -> bool:
    """Whether a record stands beside the mean of several years, and so may be their sum, where none is asked for."""
    if "年均" in query.text or record.measure not in {"level", "increment"}:
        return False
    return "年均" in searcher.library.parsed(record.report).clauses[record.clause].text


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


def _is_outdone(record: Indicator, query: Query, searcher: Searcher) -> bool:
    """Whether another figure of the record's clause stands with more of the question's words than the record does.

    The ledger leaves small counts out: of 提速164个在建项目，新开工98个项目 it has the first only.
    """
    clause = searcher.library.parsed(record.report).clauses[record.clause]
    start, end = record.start - clause.start, record.end - clause.start
    subject = meaning(query.topic, searcher.idf)
    own = covered(subject, f"{record.indicator}\n{record.quote}")
    return any(
        _counts(clause.text[a:b]) and covered(subject, clause.text[a:b]) > own + _OUTDONE
        for a, b in segments(clause.text)
        if b <= start or a >= end
    )


def _counts(text: str) -> bool:
    """Whether ``text`` has a figure that is no time: 三年行动计划 has none."""
    return any(one.kind == "amount" and one.unit != "年" for one in find_quantities(text))


def _records_first(hits: tuple[Hit, ...], matches: list[Match], only: Indicator | None) -> tuple[Hit, ...]:
    """``hits`` with the clause of the surely meant record alone, or of the best match moved to the front."""
    wanted = only or (matches[0].record if matches and matches[0].score >= _SURE else None)
    if wanted is None:
        return hits
    holding = tuple(hit for hit in hits if hit.report == wanted.report and wanted.clause in hit.clauses)
    if not only and all(hit.score < _RIVAL * hits[0].score for hit in holding):
        return hits  # of something else in like words
    return holding if only else (*holding, *(hit for hit in hits if hit not in holding))
