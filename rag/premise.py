"""What a question takes for granted and the report has otherwise: a figure, a place, or the time of an event."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.searcher import Filters
from index.tokens import normalise
from index.units import compatible
from rag.check_exchange import set_beside
from rag.check_kinds import opposed
from rag.coverage import covered, meaning
from rag.exhibit import evidence_of
from rag.figures import figure_of
from rag.focus import segments_around
from rag.pairing import same_indicator, with_record
from rag.places import without_places

if TYPE_CHECKING:
    from index.quantities import Quantity
    from index.searcher import Searcher
    from index.types import Hit, Indicator
    from rag.types import Evidence, Found, Query

# The clause of another time must speak of nearly all that was asked, and of so much more than those of the asked one.
_NEARLY_ALL: Final = 0.7
_MORE: Final = 0.3
_VERB: Final = 5
_OF_THING: Final = 2
"""So many signs of what is at a place tell it from other things there."""
_LONG_NAME: Final = 6
_HAPPENED: Final = re.compile(
    r"(?:出|发生|出现|闹)(?:了|过)?(?:多少|几|哪)|[几多]少?[起次](?=[^，。？?]{0,12}(?:事故|事件|案件|疫情|灾害|问题))"
)
# 零亡人: how many died is told by it.
_DIED: Final = re.compile(
    r"[死亡]了?(?:多少|几)|(?:多少|几)[个名位]?人?(?:死|遇难|丧生|伤亡|死亡)|(?:死亡|伤亡|遇难)(?:人数)?(?:是|有)?(?:多少|几)"
)
_NOBODY: Final = re.compile(r"[“‘]?零(?:死亡|亡人|伤亡|死伤)[”’]?|无(?:一)?人(?:员)?(?:死亡|伤亡|遇难)")
_NONE: Final = re.compile(r"(?:未|没有?)(?:再)?(?:发生|出现)(?:一起)?(?P<thing>[^，。；、]{4,})")
_GRAVE: Final = re.compile(r"[重特]|严重|大(?=[型的事])")
_SHARED: Final = 4
# The name of a thing by letter and number, which no other thing has: T3B.
_CODE: Final = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{2,}")


def misquoted(query: Query, found: tuple[Found, ...], searcher: Searcher) -> tuple[Found, ...]:
    """The record that ``query`` states another figure of, then the one of another period whose figure that is.

    Empty where the question states no figure of the record it asks about, or the right one.
    """
    if len(found) != 1 or found[0].record is None or query.wanted == "comparison":
        return ()
    part, record = found[0], found[0].record
    own = figure_of(record)
    held = find_quantities(record.quote)
    for stated in find_quantities(query.text):
        if own is None or stated.kind != "amount":
            continue
        if _is_turned(query.text, stated, record):
            return (part,)
        if any(stated.value == other.value for other in held):
            continue
        owner = _owner(stated, record, searcher)
        if owner is not None or (stated.unit and compatible(stated.unit, own.unit)):
            return (
                (part,)
                if owner is None
                else (part, with_record(query, replace(part, evidence=()), owner, searcher))
            )
    return ()


def _is_turned(text: str, stated: Quantity, record: Indicator) -> bool:
    """Whether ``text`` lets rise what fell by the ``stated`` figure, or fall what rose by it."""
    before = text[max(0, stated.start - _VERB) : stated.start]
    return record.measure in {"growth", "decline"} and opposed(before, record.quote)


def _owner(stated: Quantity, record: Indicator, searcher: Searcher) -> Indicator | None:
    for other in searcher.library.parsed(record.report).indicators:
        figure = figure_of(other)
        # In a translated question the unit may be anything.
        if figure is not None and stated.value == figure.value and same_indicator(other, record):
            return other
    return None


def misplaced(query: Query, found: tuple[Found, ...], searcher: Searcher) -> Evidence | None:
    """The clause that has at another place what ``query`` asks about, by its name: 甲市湖心机场, where there is one in 乙市."""
    if len(found) != 1 or query.language == "en" or not found[0].evidence:
        return None
    best = found[0].evidence[0]
    around = "\n".join((best.quote, *best.headings, best.place))
    other = set_beside(query.text, best.quote)
    if other is None or other[0] in around or other[0] in query.places:
        return None
    named = query.text[query.text.find(other[0]) :][: len(other[0]) + _OF_THING]
    if named in searcher.library.parsed(best.report).report.text:
        return None
    at = best.quote.find(other[1])
    start, end = best.focus or (0, len(best.quote))
    return replace(best, record=None, focus=segments_around(best.quote, min(at, start), end))


def never_happened(query: Query, found: tuple[Found, ...]) -> Evidence | None:
    """The clause by which that did not happen of which ``query`` asks how often it did: 出了几起重特大事故, 未发生重特大事故."""
    if len(found) != 1:
        return None
    asked = _HAPPENED.search(query.text)
    if asked is None:
        return _nobody_died(found[0]) if _DIED.search(query.text) else None
    for one in found[0].evidence:
        for none in _NONE.finditer(one.quote):
            thing = none["thing"]
            match = SequenceMatcher(None, query.text, thing, autojunk=False).find_longest_match()
            # Of grave ones only that is told.
            as_grave = not _GRAVE.match(thing) or _GRAVE.search(query.text)
            if match.size >= _SHARED and as_grave:
                return replace(one, record=None, focus=segments_around(one.quote, *none.span()))
    return None


def _nobody_died(found: Found) -> Evidence | None:
    """The clause that speaks most of what is asked, where it says that nobody died of it: 零亡人."""
    best = max((one.covered for one in found.evidence), default=0.0)
    told = ((one, _NOBODY.search(one.quote)) for one in found.evidence if one.covered >= best)
    return next(
        (
            replace(one, record=None, focus=segments_around(one.quote, *none.span()))
            for one, none in told
            if none
        ),
        None,
    )


def _names_alone(query: Query, hit: Hit, found: Found, searcher: Searcher) -> bool:
    """Whether ``hit`` has a long name word for word that ``query`` says, and no clause of the asked time has it.

    Not in a clause with an indicator: its figure of another year is not what was asked for.
    """
    said = without_places(query.topic, query.places)
    match = SequenceMatcher(None, said, hit.quote, autojunk=False).find_longest_match()
    name = said[match.a : match.a + match.size].strip()
    if any(one.clause in hit.clauses for one in searcher.library.parsed(hit.report).indicators):
        return False
    return len(name) >= _LONG_NAME and not any(name in one.quote for one in found.evidence)


def mistimed(query: Query, found: tuple[Found, ...], searcher: Searcher) -> Evidence | None:
    """The clause that speaks of what ``query`` asks about, but of another time than it takes for granted."""
    if len(found) != 1 or query.wanted == "comparison":
        return None
    if query.language == "en" and query.wanted != "figure":
        return None  # a translation's words prove less than a name that the report has
    filters = found[0].slot.filters
    if not filters.years and not filters.statuses:
        return None
    hits = searcher.clauses(query.text, Filters(filters.reports), 1, about=query.topic)
    if not hits or (hits[0].period.year in filters.years and not filters.statuses):
        return None
    if query.wanted == "figure":
        return (
            evidence_of(hits[0], query, None, searcher)
            if _names_alone(query, hits[0], found[0], searcher)
            else None
        )
    subject = meaning(query.topic, searcher.idf)
    here = max((covered(subject, one.quote) for one in found[0].evidence), default=0.0)
    there = covered(subject, hits[0].quote)
    found_there = there >= _NEARLY_ALL and there - here >= _MORE
    if not found_there:
        named = [word for word in subject.weights if _CODE.fullmatch(word)]
        shown = normalise("".join(one.quote for one in found[0].evidence))
        told = normalise(hits[0].quote)
        found_there = any(name in told and name not in shown for name in named)
    return evidence_of(hits[0], query, None, searcher) if found_there else None
