"""The places and periods that a question asks about: which reports are searched, and what for.

A slot is one place and one period, or one document that the question names;
a comparison has several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from index.searcher import Filters
from index.tokens import divisions
from rag.check_stage import is_under_way
from rag.places import (
    NATION,
    asked_places,
    asked_sides,
    named_titles,
    places_of_cities,
    provinces_without_report,
)
from rag.shelf import NAMED_YEAR
from rag.times import (
    asked_statuses,
    asked_years,
    is_of_results_only,
    likely_statuses,
    names_goals,
    since,
)
from rag.types import Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.store import Entry
    from index.types import PeriodStatus
    from rag.shelf import Shelf

T = TypeVar("T")

_MAX_SLOTS: Final = 6
_YEAR_BESIDE: Final = re.compile(
    r"前一年|上一年|[后下]一年|次年|翌年|第二年|一年[后以]后?|year (?:before|after)|(?:previous|following) year",
    re.IGNORECASE,
)
# What the earlier question asked about is the other side: 比这个高还是低.
_THAN_THAT: Final = re.compile(
    r"(?:比|跟|和|与|同)(?:这|那|刚才|刚刚|前面|上面|之前)(?:个|一?年|一?数字?|的)*(?:比|相比)?(?=[^，。？?]{0,4}[高低多少大小快慢])|"
    r"\b(?:than|with|to) (?:that|this|it)\b",
    re.IGNORECASE,
)
# A place that no report is of is still a place, and not the country.
_DIVISION: Final = re.compile(r"\b(?:district|county|city|province|prefecture|banner)\b", re.IGNORECASE)
# "The goal that it sets for 2026", beside another year.
_GOAL_FOR: Final = re.compile(
    r"\b(?:goals?|targets?|aims?)\b(?: (?!(?:19|20)\d\d)[\w’'-]+){0,5}? (?:for|in|of|by) ((?:19|20)\d\d)|\b((?:19|20)\d\d) (?:goals?|targets?)\b",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"[，,；;。？?]")
_PERCENT: Final = re.compile(
    r"百分之|增长|增速|增幅|涨|[%％]|\b(?:per ?cent|grow|grew|growth|rise|rose)\b", re.IGNORECASE
)
_DID_SO_MANY: Final = re.compile(r"(?<![定设提安排拟算划报订列写])了(?:多少|几)")
THAN_BEFORE: Final = re.compile(
    r"[比较](?:去年|上年|上一年|前年|前一年)|\b(?:than|compared (?:with|to)|from) (?:last|the previous) year\b|year[- ]on[- ]year",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Period:
    """Years and statuses that are asked about; statuses that are not ``plain`` are only likely."""

    years: tuple[int, ...]
    statuses: tuple[PeriodStatus, ...]
    plain: bool = True


def read_slots(  # noqa: PLR0913 - all that a question is completed from
    text: str,
    earlier: list[str],
    picked: tuple[str, ...],
    shelf: Shelf,
    *,
    leans: bool,
    conversation: tuple[str, ...] = (),
) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """The places and periods of ``text``, completed from the ``earlier`` questions; or the documents that it names.

    Args:
        text: the question, an English one with its translation.
        earlier: questions in Chinese that it follows on, oldest first.
        picked: ids of the reports that the person chose.
        shelf: what can be asked about.
        leans: whether the wording points back at the earlier questions, whose periods are then meant.
        conversation: the places that were spoken of before, which are meant where ``text`` names none.

    Returns:
        At least one slot, and the provinces that are named and have no report.
    """
    if earlier and _THAN_THAT.search(text):
        before, _ = read_slots(earlier[-1], earlier[:-1], picked, shelf, leans=False)
        own, missing = read_slots(_THAN_THAT.sub("", text), earlier, picked, shelf, leans=leans)
        return tuple(dict.fromkeys((*before, *own)))[:_MAX_SLOTS], missing
    documents = () if picked else _documents(text, earlier, shelf)
    if documents:
        return documents[:_MAX_SLOTS], ()
    known = [entry.place for entry in shelf.entries]
    inherited = earlier[::-1]
    places = _first([asked_sides(text, known), *(asked_places(part, known) for part in inherited)])
    if not places and not picked:
        places = conversation[:1]
    if not places and not picked:
        places = places_of_cities(text, known) or _elsewhere(text, shelf)
    home = _home(places, picked, shelf)
    base = home.year if home else 0
    # After an earlier question, the year before is the one before that question's.
    # By how much that grew over the year before asks of the year of the earlier question.
    grew = bool(inherited) and THAN_BEFORE.search(text) is not None and _PERCENT.search(text) is not None
    asked = THAN_BEFORE.sub("", text) if grew else text
    beside = bool(inherited) and _YEAR_BESIDE.search(asked) is not None and not NAMED_YEAR.search(asked)
    own_years = () if beside else _years(asked, base, places or ((home.place,) if home else ()), shelf)
    # What is being built is so now, whenever it was that the question before asked of.
    timely = [] if is_under_way(text) else inherited
    years = _first([own_years, *(_shifted(asked, asked_years(part, base)) for part in timely)])
    statuses = own_statuses = asked_statuses(text)
    if THAN_BEFORE.search(text) and not grew:
        # Of years that are named, those of which results are told are past; this year and last are counted from the base.
        told = _newest(places or ((home.place,) if home else ()), base, shelf)
        years = _against_year_before(text, years, inherited, told if NAMED_YEAR.search(text) else base)
    if not own_years and own_statuses == ("target",):
        years = _with_told_goals(years, places or ((home.place,) if home else ()), base, shelf)
    if not own_years and not statuses:
        statuses = _first([asked_statuses(part) for part in inherited])
    # "那去年呢？" asks of the earlier question's place and period; a question that only leaves
    # out its subject may well have turned to another one.
    # Texts of no year are not to be left out for want of it.
    # One that says of which status it asks, goal or result, asks it of the same year.
    firm = bool(base and (own_years or not earlier or leans or beside or (years and own_statuses)))
    # A follow-up that names no time or status of its own goes on in the tense of the question before.
    likely = likely_statuses(text) or (
        () if own_years or own_statuses else _first([likely_statuses(part) for part in inherited])
    )
    # "This year" is said of the report that is meant, unless what came of it is asked.
    spoken = own_years if not NAMED_YEAR.search(text) else ()
    slots = [
        _slot(
            place,
            period,
            likely,
            _of_this(place, picked, shelf)
            or _in_its_frame(place, period, spoken, home)
            or _reports(place, period.years, base, shelf),
            base,
            _newest((place,), base, shelf),
            firm,
        )
        for place in places or ((home.place,) if home else ("",))
        for period in _periods(
            _with_goals(text, years, statuses, place, shelf) or years,
            statuses or _done(text, years, place, shelf),
            base,
            _told(place, text, shelf),
            relative=not NAMED_YEAR.search(text),
        )
    ]
    # Where no report is of a place (a set of documents on one subject), places are words like any others.
    missing = provinces_without_report(text, known) if any(known) else ()
    return tuple(replace(slot, picked=bool(picked)) for slot in slots[:_MAX_SLOTS]), missing


def _elsewhere(text: str, shelf: Shelf) -> tuple[str, ...]:
    """The one place, or the country, whose reports can speak of the years that ``text`` names, where the default place's cannot."""
    home = shelf.home
    if home is None or not NAMED_YEAR.search(text):
        return ()
    wanted = {year + later for year in asked_years(text, home.year) for later in (0, 1)}
    able = {entry.place for entry in shelf.entries if entry.year in wanted and entry.place}
    if home.place in able:
        return ()
    if len(able) == 1:
        return tuple(able)
    return (NATION,) if NATION in able and not (divisions(text) or _DIVISION.search(text)) else ()


def _documents(text: str, earlier: list[str], shelf: Shelf) -> tuple[Slot, ...]:
    """A slot for each document without a place that the question, or else one before it, names by its title.

    Years are preferred only: such a text is of no year of its own.
    """
    ids: dict[str, tuple[str, ...]] = {}
    for entry in shelf.entries:
        if not entry.place:
            ids[entry.title] = (*ids.get(entry.title, ()), entry.id)
    named = _first([named_titles(part, ids) for part in (text, *earlier[::-1])])
    years = _first([asked_years(part, 0) for part in (text, *earlier[::-1]) if NAMED_YEAR.search(part)])
    return tuple(Slot(title, years, (), Filters(ids[title], near_years=years)) for title in named)


def _against_year_before(
    text: str, years: tuple[int, ...], inherited: list[str], base: int
) -> tuple[int, ...]:
    """The years of "than last year": both of a difference, the later one alone of a growth rate of past years.

    A follow-up names the year before only; the other one is that of the earlier question.
    """
    if len(years) == 1 and inherited and years[0] == base - 1:
        return (base - 1, base)
    past = len(years) == 2 and years[0] + 1 == years[1] < base  # noqa: PLR2004 - a year and the one before
    return years[1:] if past and _PERCENT.search(text) else years


def _years(text: str, base: int, places: tuple[str, ...], shelf: Shelf) -> tuple[int, ...]:
    """The years that ``text`` names; "since 2021" reaches to the year that the newest report looks back on."""
    first = since(text)
    if first is None:
        return asked_years(text, base)
    return tuple(range(first, _newest(places, base, shelf))) or (first,)


def _with_told_goals(
    years: tuple[int, ...], places: tuple[str, ...], base: int, shelf: Shelf
) -> tuple[int, ...]:
    """The ``years`` of the question before, or that of the report at hand where none tells what their goals were.

    Behind last year's result, 目标呢 can then only mean the goal that this report sets.
    """
    told = {entry.year for entry in shelf.entries if entry.place in places}
    past = bool(years) and max(years) < base and not told & set(years)
    return (base,) if past else years


def _newest(places: tuple[str, ...], base: int, shelf: Shelf) -> int:
    """The year of the newest report of ``places``."""
    return max((entry.year for entry in shelf.entries if entry.place in places), default=base)


def _slot(  # noqa: PLR0913, PLR0917 - all that bounds a search
    place: str,
    period: _Period,
    likely: tuple[PeriodStatus, ...],
    reports: tuple[str, ...],
    base: int,
    newest: int,
    firm: bool,  # noqa: FBT001 - whether years count as named
) -> Slot:
    """A slot whose filters are strict about what the question names and prefer what it makes likely."""
    years, statuses = period.years, period.statuses
    if not base:
        filters = Filters(reports, near_years=years)
    elif years and not firm:
        filters = Filters(reports, near_years=years, near_statuses=statuses or likely)
    elif years:
        if not statuses and not likely:
            # Of a past year one asks what came of it, of the report's own what is intended.
            likely = ("actual",) if max(years) < newest else ("target",)
        beside: tuple[PeriodStatus, ...] = ("plan",) if statuses == ("target",) else ("ongoing",)
        hard = (*statuses, *beside) if statuses and period.plain else ()
        filters = Filters(reports, years=years, statuses=hard, near_statuses=statuses or likely)
    else:
        near = statuses or likely
        near_years = (base,) if near == ("target",) else (base - 1,) if near == ("actual",) else ()
        filters = Filters(reports, near_years=near_years, near_statuses=near)
    return Slot(place, years, statuses, filters)


def _in_its_frame(
    place: str, period: _Period, spoken: tuple[int, ...], home: Entry | None
) -> tuple[str, ...]:
    """The id of the report from which the years that are ``spoken`` of by relative words are counted, if it tells of the ``period``."""
    if home is None or place != home.place or not period.years or not set(period.years) <= set(spoken):
        return ()
    ahead = home.year in period.years and "actual" in period.statuses
    return () if ahead else (home.id,)


def _of_this(place: str, picked: tuple[str, ...], shelf: Shelf) -> tuple[str, ...]:
    """Those of the ``picked`` reports that are of ``place``, if any is."""
    own = {entry.id for entry in shelf.entries if entry.place == place}
    return tuple(one for one in picked if one in own) or picked


def _first(found: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    return next(filter(None, found), ())


def _shifted(text: str, years: tuple[int, ...]) -> tuple[int, ...]:
    """``years`` of an earlier question, moved where ``text`` says the year before or after that."""
    if re.search(r"前一年|上一年|year before|previous year", text, re.IGNORECASE):
        return tuple(year - 1 for year in years)
    if re.search(r"后一年|下一年|次年|翌年|第二年|year (?:after|later)|following year", text, re.IGNORECASE):
        return tuple(year + 1 for year in years)
    return years


def _home(places: tuple[str, ...], picked: tuple[str, ...], shelf: Shelf) -> Entry | None:
    """The report against which relative years are counted."""
    if picked:
        return next((entry for entry in shelf.entries if entry.id == picked[0]), shelf.home)
    return shelf.home if not places else _of_place(places[0], shelf) or shelf.home


def _of_place(place: str, shelf: Shelf) -> Entry | None:
    """The report of ``place`` nearest to the default one's year, a later one before an earlier."""
    own = [entry for entry in shelf.entries if entry.place == place]
    year = shelf.home.year if shelf.home else 0
    if shelf.home and shelf.home in own:
        return shelf.home
    return min(own, key=lambda entry: (abs(entry.year - year), -entry.year), default=None)


def _with_goals(
    text: str, years: tuple[int, ...], statuses: tuple[PeriodStatus, ...], place: str, shelf: Shelf
) -> tuple[int, ...]:
    """The one of the ``years`` whose results a goal is held against, and the year of the goal: of the report that tells them.

    () where that year has a report of its own, whose goal may be meant, or where no goal is held against it.
    """
    own = {entry.year for entry in shelf.entries if entry.place == place}
    if len(years) != 1 or len(statuses) < 2 or years[0] in own or years[0] + 1 not in own:  # noqa: PLR2004 - both
        return ()
    return (years[0], years[0] + 1) if is_of_results_only(text) else ()


def _done(text: str, years: tuple[int, ...], place: str, shelf: Shelf) -> tuple[PeriodStatus, ...]:
    """``actual`` where ``text`` asks how much was done in the one of the ``years`` that a later report looks back on: 2025年筹集了多少."""
    told = {entry.year for entry in shelf.entries if entry.place == place}
    past = len(years) == 1 and years[0] + 1 in told and NAMED_YEAR.search(text) is not None
    return ("actual",) if past and _DID_SO_MANY.search(text) else ()


def _told(place: str, text: str, shelf: Shelf) -> Callable[[int], tuple[tuple[PeriodStatus, ...], bool]]:
    """What is asked of one of several years: its result where a report looks back on it, else its goal; and if that is plain.

    Only a plain word for goals (目标) is said of all of the years, if not of some of them alone (..., 再加上2026年的目标);
    想 and 要 are of those to come.
    """
    years = {entry.year for entry in shelf.entries if entry.place == place}
    asked = asked_statuses(text)
    goals = asked == ("target",) and names_goals(text)
    set_for = {int(named[1] or named[2]) for named in _GOAL_FOR.finditer(text)} or {
        year for part in _PARTS.split(text) if names_goals(part) for year in asked_years(part, 0)
    }
    results = asked == ("actual",)

    def status(year: int) -> tuple[tuple[PeriodStatus, ...], bool]:
        return told(year), (goals and (not set_for or year in set_for)) or results

    def told(year: int) -> tuple[PeriodStatus, ...]:
        if goals and (not set_for or year in set_for):
            return ("target",)
        if year + 1 in years or (results and year not in years):
            return ("actual",)
        return ("target",) if year in years else ()

    return status


def _periods(
    years: tuple[int, ...],
    statuses: tuple[PeriodStatus, ...],
    base: int,
    told: Callable[[int], tuple[tuple[PeriodStatus, ...], bool]],
    *,
    relative: bool,
) -> list[_Period]:
    """The periods that are asked about; ``told`` is what is asked of one of several years."""
    both = len(statuses) > 1
    # ... unless a later report tells what came of that year, and it is named as any other.
    contrast = years == (base - 1, base) and (relative or told(base)[0] != ("actual",))
    if contrast or (len(years) == 2 and both):  # noqa: PLR2004 - an earlier and a later year
        # The goal stands for the later year, the result for the one before it.
        return [_Period((years[0],), ("actual",)), _Period((years[1],), ("target",))]
    if len(years) > 1:
        return [_Period((year,), *told(year)) for year in years]
    if both and years:
        return [_Period(years, (status,)) for status in statuses]
    if both:
        return [_Period((base,), ("target",)), _Period((base - 1,), ("actual",))]
    return [_Period(years, statuses)]


def _reports(place: str, years: tuple[int, ...], base: int, shelf: Shelf) -> tuple[str, ...]:
    """Ids of the reports that can speak of ``place`` in ``years``: those of the year itself and of the next."""
    own = [entry for entry in shelf.entries if entry.place == place]
    wanted = {year + later for year in years for later in (0, 1)} or {base}
    fitting = [entry for entry in own if entry.year in wanted]
    if years and own and min(years) > max(entry.year for entry in own):
        # Of a year to come any report from the one at hand on may tell.
        fitting = [entry for entry in own if entry.year >= base]
    if not fitting:
        fitting = [entry for entry in own if entry.year == base] or own[-1:]
    return tuple(entry.id for entry in sorted(fitting, key=lambda entry: (entry.year != base, entry.year)))
