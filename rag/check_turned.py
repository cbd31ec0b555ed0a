"""A claim that stands in the words of a wording which says something else: of another thing, place, stage or cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.tokens import known_places
from rag.check_again import first_or_again, level_or_moved, year_of_its_part
from rag.check_becoming import renamed_otherwise, turned_about
from rag.check_cause import other_cause
from rag.check_comparison import is_turned_round
from rag.check_complete import is_otherwise_complete, without_rest
from rag.check_deadline import other_deadline
from rag.check_edition import other_edition
from rag.check_elsewhere import (
    elsewhere,
    is_named_by_sign,
    other_end_of_line,
    other_name,
    other_partner,
    other_site,
)
from rag.check_exchange import given_to_another
from rag.check_kinds import is_listed_no_longer
from rag.check_lists import among_others, crossed, named_as, not_among
from rag.check_meaning import DENIAL, denial_in
from rag.check_ranks import lost_rank, other_medals, other_ordinal, other_ranking
from rag.check_stage import denied_stage, other_stage
from rag.check_vague import in_figures
from rag.check_wording import without_source
from rag.places import ANYWHERE, short_name
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rag.check_reading import Place, Reading


def turned_round(reading: Reading, place: Place, *, nearly: bool) -> Difference | None:
    """How a claim differs from the wording that seemed to bear it out, which its words alone do not show; None if it does not.

    Its figures, places or things are given to each other, another place is named, what it compares has changed
    sides, it is further than the report, owes it to something else, or denies what it says ``nearly`` word for word.
    """
    return next(_differences(reading, place, nearly=nearly), None)


def _differences(reading: Reading, place: Place, *, nearly: bool) -> Iterator[Difference]:
    clause, said = place.clause, reading.own.sub("", without_source(reading.text))
    crossing = crossed(in_figures(reading.text), in_figures(clause.text))
    if crossing is not None:
        yield Difference("figure", *crossing)
    told = {0, clause.period.year} if clause.period.year else {0}
    same_time = set(reading.times.years or (0,)) <= told
    exchanged = given_to_another(said, clause.text, same_time=same_time)
    if exchanged is not None:
        yield exchanged
    official = _with_owner(place)
    around = "\n".join((clause.text, *clause.section))
    other = (
        elsewhere(said, around, official, place.report)
        or _instead_of_home(reading, around, official, place)
        or other_partner(said, clause.text)
        or other_end_of_line(reading.text, clause.text)
        or other_site(said, clause.text, around, place.report.parsed.report.place)
    )
    if other is not None:
        yield Difference("place", *other)
    stage = other_stage(said, clause.text, planned=clause.period.status in {"target", "plan"})
    if stage is not None:
        yield Difference("status", *stage)
    yield from _told_apart(reading, _with_next(place), clause.text, place.report.parsed.report.year)
    edition = other_edition(said, clause.text)
    if edition is not None:
        yield Difference("figure", *edition)
    undone = denied_stage(said, clause.text)
    if undone is not None and clause.period.status == "actual":
        yield Difference("status", *undone)
    cause = other_cause(in_figures(reading.text), clause.text)
    if cause is not None:
        yield Difference("wording", *cause)
    unfinished = any(is_otherwise_complete(reading.text, words) for words in (official, _with_next(place)))
    if is_turned_round(reading.text, official) or unfinished:
        yield Difference("wording", reading.text, official)
    denied = denial_in(reading.text)
    left = is_listed_no_longer(reading.text, official)
    if nearly and denied and not left and not DENIAL.search(around):
        yield Difference("wording", denied, official)


def _told_apart(reading: Reading, near: str, clause: str, base: int) -> Iterator[Difference]:
    """Differences of how often and how far, by what stands ``near``; and of when, by the whole ``clause`` of a report of the year ``base``."""
    claim = reading.text
    for apart in (
        first_or_again(claim, near),
        level_or_moved(claim, near),
        without_rest(claim, near),
        turned_about(claim, clause),
        # A translator says 排名 for a place that was lost.
        lost_rank(f"{claim}\n{reading.claim.text}", clause),
        other_ordinal(claim, clause),
    ):
        if apart is not None:
            yield Difference("wording", *apart)
    names = (other_name, not_among, among_others, named_as, renamed_otherwise, other_ranking)
    named = next((found for told in names if (found := told(claim, clause))), None)
    if named is not None:
        yield Difference("entity", *named)
    medals = other_medals(claim, clause)
    if medals is not None:
        yield Difference("figure", *medals)
    year = year_of_its_part(claim, clause) or other_deadline(claim, clause, base)
    if year is not None:
        yield Difference("year", *year)


def _with_next(place: Place) -> str:
    """The official words with the rest of their part of the sentence and the part behind it: ……安排，比去年高0.2个百分点."""
    start, end = place.start - place.clause.start, place.end - place.clause.start
    behind = re.match(r"[^，。；]*[，]?[^，。；]*", place.clause.text[max(0, end) :])
    return place.clause.text[max(0, start) : max(0, end)] + (behind[0] if behind else "")


def _with_owner(place: Place) -> str:
    """The official words with what stands right before them, which says whose thing it is: 忠县三峡橘乡田园综合体."""
    before = place.clause.text[: max(0, place.start - place.clause.start)]
    return re.split(r"[，。；、：]", before)[-1] + place.report.parsed.report.text[place.start : place.end]


def _instead_of_home(reading: Reading, around: str, official: str, place: Place) -> tuple[str, str] | None:
    """The place of which a claim tells what the ``official`` wording tells of the report's own, and that one."""
    home = short_name(place.report.parsed.report.place)
    said = without_source(reading.text)
    if not home or home not in official or home in said:
        return None
    others = (
        name
        for name in known_places(said)
        if name not in around and not ANYWHERE.match(name) and not is_named_by_sign(name, around)
    )
    return next(((name, home) for name in others), None)
