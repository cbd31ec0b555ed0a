"""What can be asked about: the indexed reports, and the one that is meant when none is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store import Entry
    from rag.types import Slot

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


def over_all_years(slot: Slot, shelf: Shelf) -> Slot:
    """``slot`` over all reports of its place, where no year is named and it is not the default report's place.

    Which of their reports tells a name a person need not know; goals and results are of the report's own year.
    """
    if slot.years or slot.statuses or not slot.place or (shelf.home and slot.place == shelf.home.place):
        return slot
    own = tuple(entry.id for entry in shelf.entries if entry.place == slot.place)
    # A document of no place is asked about by its title.
    return replace(slot, filters=replace(slot.filters, reports=own, near_years=())) if own else slot
