"""What can be asked about: the indexed reports, the one that is meant when none is named, and which one a question names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rag.places import asked_places, short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store import Entry
    from rag.types import Slot

_REPORT_OF: Final = r"\b(?P<en>(?:19|20)\d\d) (?:[a-z][\w'’]+ ){0,4}report\b|\breport (?:of|for|from|in|given in|delivered in) (?:early |late |the beginning of )?(?P<of>(?:19|20)\d\d)\b"
NAMED_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be asked about: the indexed reports and the one meant when none is named."""

    entries: Sequence[Entry]
    default: str

    @property
    def home(self) -> Entry | None:
        """The default report, or the first one where that is not indexed."""
        return next((e for e in self.entries if e.id == self.default), next(iter(self.entries), None))


def named_report(text: str, shelf: Shelf) -> tuple[str, str]:
    """The id of the one report that ``text`` names by its year ("上海2023年的报告"), and ``text`` without that.

    The year is then the report's, and not that of which something is asked: the report of 2023 tells of 2022.
    Without such a report, "" and ``text`` as it is.
    """
    places = "|".join({re.escape(short_name(entry.place)) for entry in shelf.entries if entry.place})
    pattern = re.compile(
        rf"(?P<zh>(?:19|20)\d\d)年?度?(?:\d{{1,2}}月)?(?:所?作)?的?(?:{places})?(?:自治区|[省市区县])?(?:[省市县]级|全[省市国])?的?(?:国务院|中央|国家|人民)?(?:政府)?(?:工作)?报告|{_REPORT_OF}",
        re.IGNORECASE,
    )
    years = {int(found["zh"] or found["en"] or found["of"]) for found in pattern.finditer(text)}
    if not places or len(years) != 1:
        return "", text
    home = shelf.home
    asked = asked_places(text, [entry.place for entry in shelf.entries]) or ((home.place,) if home else ())
    own = [entry.id for entry in shelf.entries if entry.place in asked and entry.year in years]
    if not own and not asked_places(text, [entry.place for entry in shelf.entries]):
        own = [entry.id for entry in shelf.entries if entry.year in years]
    bare = pattern.sub(" ", text)
    if len(own) == 1:
        return own[0], bare
    # Of several places the year of their reports is not what is asked of, where another one is named.
    return "", bare if len(own) > 1 and NAMED_YEAR.search(bare) else text


def over_all_years(slot: Slot, shelf: Shelf) -> Slot:
    """``slot`` over all reports of its place, where no year is named and it is not the default report's place.

    Which of their reports tells a name a person need not know; goals and results are of the report's own year.
    """
    if slot.years or slot.statuses or not slot.place or (shelf.home and slot.place == shelf.home.place):
        return slot
    own = tuple(entry.id for entry in shelf.entries if entry.place == slot.place)
    # A document of no place is asked about by its title.
    return replace(slot, filters=replace(slot.filters, reports=own, near_years=())) if own else slot
