"""Which clauses go to the model: few, of the right period, best first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Final

from index.glossary import is_common
from index.quantities import find_quantities, same_value
from index.tokens import known_places
from rag import summary
from rag.amounts import asks_number, has_number, measured_unit, stated_amounts
from rag.check_stage import is_done, is_under_way, tells_of_building
from rag.counts import counted_thing
from rag.english import original_of
from rag.exhibit import before_in_sentence, evidence_of, headings_above, said_in, whole_list
from rag.listing import counted
from rag.names import quoted_names
from rag.nearest import (
    CANDIDATES,
    IN_OTHER_WORDS,
    figure_part,
    is_told_by_parts,
    narrows_figure,
    nearest_part,
)
from rag.notes import explained
from rag.pairing import paired
from rag.places import ANYWHERE
from rag.record_choice import records_first, surest
from rag.side_by_side import side_by_side
from rag.times import names_status
from rag.title_page import asks_title_page, title_page
from rag.types import Found
from rag.wanted import asks_why

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.quantities import Quantity
    from index.searcher import Filters, Searcher
    from index.types import Hit
    from rag.types import Evidence, Query, Slot

_CANDIDATES: Final = 12
_PAIR: Final = 2
# Rivers and mountains pass through many places.
_WIDE: Final = re.compile(r"[江河山湖海洋洲]$|流域|平原|半岛")
# Where the question quotes, the clause that holds the quoted words may rank lower by all its other words.
_QUOTING: Final = 80
# Kinds of question in which a figure that is said names the thing that is asked for.
_TOLD_BY_FIGURES: Final = frozenset({"fact", "section"})
_TASKS: Final = re.compile(
    r"(?:[一二三四五六七八九十]+|\d+)(?:大|个|项|条)?(?:方面|重点|主要)*(?:工作|任务|部分|板块|领域)"
)
_REASON: Final = re.compile(r"因为|由于|原因|考虑到?|鉴于|因此|所以|受[^，。；]{2,20}影响|导致|为了")
# A heading or a greeting that stands alone (住院病历) tells nothing of what is to be summed up.
_SIGN: Final = re.compile(r"\w")
_SAYS_SOMETHING: Final = 8
# Hits below this share of the best score are noise that only confuses a small model.
_WORTHWHILE: Final = 0.45
# A clause of so many signs strings several things together; words told no part of it from the others that leave so much of it.
_LONG: Final = 80
_NEARLY_ALL: Final = 0.9
# A question without a year goes on to other reports of its place where the default one covers less of it
# than the first figure, and they more by the second.
_ENOUGH: Final = 0.75
_MORE: Final = 0.25
_MORE_OF_TEXTS: Final = 1.4
_MORE_IF_LEANING: Final = 1.5
# A figure of now is meant before one of a plan whose clause is so much better.
_NEARLY_AS_GOOD: Final = 0.8
_OF_PLANS: Final = re.compile(
    r"规划|五年|十[一二三四五六七]五|远景|长远|中长期|(?<!\d)20[3-9]\d|\b(?:five-year|long-term)\b",
    re.IGNORECASE,
)
# A thing of its own for the one before it: 那渝东南呢？
_INSTEAD: Final = re.compile(r"(?:那么?)?[^，,。？?（]{2,12}呢[？?]?(?:（|$)")


@dataclass(frozen=True, slots=True)
class _Within:
    """What a search for one slot is limited to; ``by_meaning`` as of ``gather``."""

    clauses: int
    characters: int
    by_meaning: bool


def gather(
    query: Query, searcher: Searcher, max_clauses: int, max_characters: int, *, by_meaning: bool = True
) -> tuple[Found, ...]:
    """Evidence for each slot of ``query``, within the budget of clauses and characters.

    Not ``by_meaning``, the parts of clauses are not compared with the question, which takes up to half a second; what is
    found then is ``provisional`` where that could change it.
    """
    if query.wanted == "summary":
        max_clauses, max_characters = summary.CLAUSES, summary.CHARACTERS
    # The sentences of texts that are no reports are shown whole and say less each.
    more = 1.0 if any(slot.place for slot in query.slots) else _MORE_OF_TEXTS
    each = ceil(more * max_clauses / len(query.slots))
    # What leans on the question before is found less surely, and so among more.
    budget = round(more * max_characters * (_MORE_IF_LEANING if query.leans else 1.0) / len(query.slots))
    within = _Within(each, budget, by_meaning=by_meaning)
    official = searcher.official_terms(query.text, about=query.topic, original=original_of(query))
    found = []
    rank = 1
    for slot in query.slots:
        lines = (
            title_page(slot, query, searcher)
            if asks_title_page(query.asked)
            else explained(slot, query, searcher)
        )
        part = (
            Found(slot, lines, None, listed=True)
            if lines
            else _wider(query, _gather_slot(query, slot, searcher, within), searcher, within)
        )
        evidence = tuple(
            replace(one, rank=rank + i, terms=said_in(one, official)) for i, one in enumerate(part.evidence)
        )
        rank += len(evidence)
        found.append(replace(part, evidence=evidence))
    parts = paired(query, tuple(found), searcher) if len(found) > 1 else tuple(found)
    return side_by_side(query, parts, searcher)


def _wider(query: Query, part: Found, searcher: Searcher, within: _Within) -> Found:
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
    other = _gather_slot(query, replace(part.slot, filters=filters), searcher, within)
    there = max((one.covered for one in other.evidence), default=0.0)
    chosen = other if there - here >= _MORE else part
    return replace(chosen, provisional=part.provisional or other.provisional)


def _gather_slot(query: Query, slot: Slot, searcher: Searcher, within: _Within) -> Found:
    original = original_of(query)
    names = quoted_names(query.asked) if query.wanted in {"wording", "section"} else []
    names = [name for name in names if not _TASKS.fullmatch(name)]  # among which it stands
    named = query.language == "en" and query.wanted == "list"  # "Name them." is lost in translation
    asked = counted(query.text, asked=named) if query.wanted in {"list", "fact", "figure"} else None
    places = [] if query.language == "en" else _named_within(query, slot)
    named_so = query.wanted in _TOLD_BY_FIGURES and not asks_why(query.text)
    told_by = stated_amounts(query.text) if named_so else []
    wanted = _QUOTING if names or asked or places or told_by or query.wanted == "summary" else _CANDIDATES
    # Where something stands is asked of the whole report: 计划 may be said of the thing.
    filters = _preferring(slot.filters) if query.wanted == "section" else slot.filters
    hits = searcher.clauses(query.text, filters, wanted, about=query.topic, original=original)
    listing = whole_list(hits, asked, query, searcher) if asked else ()
    if listing:
        return Found(slot, listing, None, listed=True)
    hits = _of_the_place(hits, places, searcher)
    hits = tuple(sorted(hits, key=lambda hit: not _holds_all(told_by, hit.quote))) if told_by else hits
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
    by_figures = bool(told_by and hits and _holds_all(told_by, hits[0].quote))
    if about_figures or (stated_amounts(query.text) and not by_figures):
        sure, hits, matches = surest(query, slot, hits, names, searcher)
        if sure is not None:
            record, fit, kinship = sure.record, sure.fit, sure.kinship
        thing = counted_thing(hits, query, searcher) if asks_number(query.text) and about_figures else None
        if thing is not None and (record is None or thing.indicator not in record.quote):
            record, fit, kinship = thing, 0.0, 0.0
        hits = records_first(hits, matches, only=record if about_figures else None)
    if record is None:
        hits = _able_first(_plans_last(hits, query, slot), query)
    told = [evidence_of(hit, query, record, searcher) for hit in hits[: within.clauses]]
    untold = max((one.covered for one in told), default=0.0) < IN_OTHER_WORDS and not names
    blurred = query.wanted == "fact" and not asks_why(query.text) and _is_blurred(told)
    several = record is None and bool(told) and narrows_figure(query, told[0], searcher)
    provisional = several or (record is None and (untold or blurred) and is_told_by_parts(query, searcher))
    if several and within.by_meaning:
        span = figure_part(query, told[0], searcher)
        told = [replace(told[0], focus=span), *told[1:]] if span else told
    elif provisional and within.by_meaning:
        told = (
            _nearest_first(told, hits, query, slot, searcher)
            if untold
            else _narrowed(told, hits, query, searcher)
        )
    chosen = _within_budget(told, within)
    above = headings_above(hits[0], query, searcher) if chosen and query.wanted == "section" else ()
    evidence = (*chosen[:1], *above, *chosen[1:])
    return Found(slot, evidence, record, fit, kinship, provisional=provisional and not within.by_meaning)


def _nearest_first(
    told: list[Evidence], hits: tuple[Hit, ...], query: Query, slot: Slot, searcher: Searcher
) -> list[Evidence]:
    """The evidence ``told``, behind the clause of which a part is nearest to ``query`` in meaning, if that is nearer."""
    if not hits:
        return told
    more = searcher.clauses(
        query.text, _preferring(slot.filters), CANDIDATES, about=query.topic, original=original_of(query)
    )
    near = nearest_part(query, hits[0], more, searcher)
    if near is None:
        return told
    first = evidence_of(near.hit, query, None, searcher)
    score = max(hits[0].score, near.hit.score)
    first = replace(first, focus=near.span or first.focus, score=score)
    if query.wanted == "wording" and near.hit == hits[0]:
        return [first]  # first by its words and by its meaning, it is the one that is to be quoted
    return [first, *(one for one in told if one.start != first.start or one.report != first.report)]


def _is_blurred(told: Sequence[Evidence]) -> bool:
    """Whether words did not tell the part of a long first clause that is meant from the others."""
    return (
        bool(told)
        and len(told[0].quote) >= _LONG
        and len(told[0].focused) >= _NEARLY_ALL * len(told[0].quote)
    )


def _narrowed(
    told: list[Evidence], hits: tuple[Hit, ...], query: Query, searcher: Searcher
) -> list[Evidence]:
    """The evidence ``told``, of its first clause the one part that is meant, if there is one."""
    near = nearest_part(query, hits[0], (), searcher)
    if near is None or near.span is None:
        return told
    return [replace(told[0], focus=near.span), *told[1:]]


def _within_budget(clauses: Sequence[Evidence], within: _Within) -> tuple[Evidence, ...]:
    """The first of ``clauses``, as many as are allowed, are no noise and have so many characters together."""
    chosen: list[Evidence] = []
    for one in clauses[: within.clauses]:
        used = sum(len(other.focused) for other in chosen)
        if chosen and (
            one.score < _WORTHWHILE * clauses[0].score or used + len(one.focused) > within.characters
        ):
            break
        chosen.append(one)
    return tuple(chosen)


def _named_within(query: Query, slot: Slot) -> list[str]:
    """The counties and towns that ``query`` names beside the places whose reports it asks: 忠县."""
    asked = "".join((*query.places, slot.place))
    return [
        name
        for name in known_places(query.topic)
        if name[:_PAIR] not in asked
        and not _WIDE.search(name)
        and not ANYWHERE.match(name)
        and not is_common(name)
    ]


def _of_the_place(hits: tuple[Hit, ...], places: Sequence[str], searcher: Searcher) -> tuple[Hit, ...]:
    """Those of the ``hits`` that name one of ``places``, or go on with a sentence that does, if any is no noise."""
    if not places:
        return hits
    least = _WORTHWHILE * hits[0].score if hits else 0.0
    own = tuple(
        hit
        for hit in hits
        if hit.score >= least and any(name in _sentence_to(hit, searcher) for name in places)
    )
    return own or hits


def _sentence_to(hit: Hit, searcher: Searcher) -> str:
    """The sentence up to the end of ``hit``: 成都国际航空枢纽旅客吞吐量……；货邮吞吐量突破100万吨."""
    return before_in_sentence(hit.report, hit.start, searcher) + hit.quote


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
    if is_under_way(f"{query.text} {original_of(query)}") and not done:
        # What was finished beside it only misleads.
        hits = tuple(hit for hit in hits if tells_of_building(hit.quote)) or hits
    if query.wanted in {"figure", "comparison"} and asks_number(query.text):
        unit = measured_unit(query.text)
        return _first_where(hits, lambda quote: has_number(quote, unit))
    return (
        _first_where(hits, lambda quote: _REASON.search(quote) is not None) if asks_why(query.text) else hits
    )


def _plans_last(hits: tuple[Hit, ...], query: Query, slot: Slot) -> tuple[Hit, ...]:
    """``hits``, of a figure without a time those of results and of this year's goals before those of plans, if they are nearly as good.

    城乡居民收入比缩小到多少 is answered by what it is, and not by what it is to be in five years.
    """
    timeless = not (slot.years or slot.statuses or _OF_PLANS.search(query.text))
    if query.wanted not in {"figure", "comparison"} or not timeless:
        return hits
    least = _NEARLY_AS_GOOD * hits[0].score if hits else 0.0
    return tuple(sorted(hits, key=lambda hit: hit.period.status == "plan" or hit.score < least))


def _first_where(hits: tuple[Hit, ...], can_tell: Callable[[str], bool]) -> tuple[Hit, ...]:
    """Those of the ``hits`` that are no noise, in their order, those whose words ``can_tell`` what is asked before the others."""
    good = [hit for hit in hits if hit.score >= _WORTHWHILE * max(one.score for one in hits)]
    return tuple(sorted(good, key=lambda hit: not can_tell(hit.quote)))


def _holds_all(stated: Sequence[Quantity], quote: str) -> bool:
    """Whether each of the ``stated`` figures stands in ``quote``."""
    held = find_quantities(quote)
    return all(any(same_value(one, other) for other in held) for one in stated)


def _preferring(filters: Filters) -> Filters:
    """``filters`` that prefer the asked years and statuses instead of insisting on them."""
    years, statuses = filters.years or filters.near_years, filters.statuses or filters.near_statuses
    return replace(filters, years=(), statuses=(), near_years=years, near_statuses=statuses)


def _softened(filters: Filters) -> Filters:
    """``filters`` that prefer the asked statuses instead of insisting on them."""
    return replace(filters, statuses=(), near_statuses=filters.statuses)
