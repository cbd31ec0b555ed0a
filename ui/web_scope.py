"""Which reports a question is meant for: pickers for place, year and report, each narrowing the next."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - Gradio reads the annotations at run time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import WenzhengIndexError
from rag.types import Language  # noqa: TC001 - as above
from ui.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.store import Entry

    Entries = Callable[[], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """The pickers; ``box`` holds them and is shown where there is something to pick."""

    box: gr.Accordion
    place: gr.Dropdown
    year: gr.Dropdown
    reports: gr.Dropdown

    @property
    def values(self) -> list[Any]:
        """What ``meant`` is given."""
        return [self.place, self.year, self.reports]

    @property
    def all(self) -> list[Any]:
        """What ``offered`` gives values to."""
        return [self.box, self.place, self.year, self.reports]


def scope_pickers(entries: Entries) -> Scope:
    """Lay the pickers out; place and year narrow the reports."""
    with (
        gr.Accordion(elem_id="wz-scope", open=False, visible=False) as box,
        gr.Row(elem_classes="wz-filters"),
    ):
        place = gr.Dropdown(elem_id="wz-place", min_width=110, scale=2)
        year = gr.Dropdown(elem_id="wz-year", min_width=90, scale=1)
        reports = gr.Dropdown(elem_id="wz-reports", multiselect=True, min_width=200, scale=4)

    def narrow(place: str, year: str, picked: Sequence[str]) -> Any:
        fitting = [one for one in _indexed(entries) if _fits(one, place, year)]
        ids = {one.id for one in fitting}
        return gr.update(
            choices=[(one.title, one.id) for one in fitting],
            value=[one for one in picked or () if one in ids],
        )

    gr.on(
        [place.input, year.input],
        narrow,
        [place, year, reports],
        reports,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    return Scope(box, place, year, reports)


def offered(entries: Sequence[Entry], picked: Sequence[str], language: Language) -> list[Any]:
    """What can be picked among ``entries``, with ``picked`` reports picked; the values of ``Scope.all``."""
    everywhere, always = (say(language, "any"), ""), (say(language, "any"), "")
    places = list(dict.fromkeys(one.place for one in entries if one.place))
    years = sorted({one.year for one in entries if one.year}, reverse=True)
    return [
        gr.update(visible=len(entries) > 1, open=bool(picked)),
        gr.update(choices=[everywhere, *((one, one) for one in places)], value=""),
        gr.update(choices=[always, *((str(year), str(year)) for year in years)], value=""),
        gr.update(choices=[(one.title, one.id) for one in entries], value=list(picked)),
    ]


def meant(
    entries: Sequence[Entry], place: str | None, year: str | None, reports: Sequence[str] | None
) -> tuple[str, ...] | None:
    """The reports that the pickers stand at; () for no limit, None where no report fits."""
    if reports:
        return tuple(reports)
    if not place and not year:
        return ()
    return tuple(one.id for one in entries if _fits(one, place, year)) or None


def _fits(entry: Entry, place: str | None, year: str | None) -> bool:
    return (not place or entry.place == place) and (not year or str(entry.year) == year)


def _indexed(entries: Entries) -> tuple[Entry, ...]:
    try:
        return entries()
    except WenzhengIndexError:
        return ()  # said when a question is asked
