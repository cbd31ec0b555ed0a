"""The Figures and Reports tabs: their components, and what moves them."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - Gradio reads the annotations at run time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.errors import ReportNotFound, WenzhengIndexError
from rag.types import Language  # noqa: TC001 - as above
from ui.texts import say
from ui.web_ask import excuse
from ui.web_chart import charts_html
from ui.web_figures import Wanted, records_html
from ui.web_html import note, plain_html
from ui.web_manage import ManagePanel, manage_panel
from ui.web_reports import list_html, report_html

if TYPE_CHECKING:
    from index.types import Indicator
    from rag.assembly import Application

_STATUSES: Final = ("actual", "target", "forecast", "ongoing")
_NAMES: Final = 400
"""Indicators to pick for a chart: the most frequent ones."""
_QUIET: Final[dict[str, Any]] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}

# One after the other: the table of an earlier filter must not arrive after that of a later one.
_IN_TURN: Final[dict[str, Any]] = {
    **_QUIET,
    "queue": True,
    "concurrency_id": "figures-table",
    "concurrency_limit": 1,
}


class Ledger:
    """All records of the generation in use, read once for each generation."""

    def __init__(self, opened: Application) -> None:
        self._opened = opened
        self._read: tuple[str, tuple[Indicator, ...]] = ("", ())

    def records(self) -> tuple[Indicator, ...]:
        """Every record, in the order of the reports. Raises ``IndexUnavailable``."""
        library = self._opened.searcher.library
        if self._read[0] != library.generation.name:
            self._read = (library.generation.name, tuple(library.indicators()))
        return self._read[1]


@dataclass(frozen=True, slots=True)
class FiguresTab:
    """The components that the page gives words and values to."""

    tab: gr.Tab
    report: gr.Dropdown
    place: gr.Dropdown
    year: gr.Dropdown
    status: gr.Dropdown
    words: gr.Textbox
    view: gr.Radio
    table: gr.HTML
    heading: gr.HTML
    picked: gr.Dropdown
    places: gr.Dropdown
    chart: gr.HTML


@dataclass(frozen=True, slots=True)
class ReportsTab:
    """The components that the page gives words and values to."""

    tab: gr.Tab
    listing: gr.HTML
    report: gr.Dropdown
    words: gr.Textbox
    text: gr.HTML
    manage: ManagePanel | None


def figures_tab(opened: Application, language: gr.State) -> FiguresTab:
    """Lay the tab out and wire it up."""
    with gr.Tab(id="figures", elem_id="wz-figures-tab") as tab:
        with gr.Row(elem_classes="wz-filters"):
            report = gr.Dropdown(elem_id="wz-f-report", min_width=150)
            place = gr.Dropdown(elem_id="wz-f-place", min_width=110)
            year = gr.Dropdown(elem_id="wz-f-year", min_width=90)
            status = gr.Dropdown(elem_id="wz-f-status", min_width=90)
            words = gr.Textbox(elem_id="wz-f-words", min_width=150, max_lines=1)
        view = gr.Radio(elem_id="wz-f-view", container=False, min_width=160)
        table = plain_html("wz-f-table")
        heading = plain_html("wz-f-heading")
        with gr.Row(elem_classes="wz-filters"):
            picked = gr.Dropdown(elem_id="wz-f-indicator", min_width=200)
            places = gr.Dropdown(elem_id="wz-f-places", multiselect=True, max_choices=8, min_width=200)
        chart = plain_html("wz-f-chart")
    made = FiguresTab(tab, report, place, year, status, words, view, table, heading, picked, places, chart)
    desk = _FiguresDesk(Ledger(opened), opened)
    filters = [report, place, year, status, words, view, language]
    charted = [picked, places, language]
    opening = tab.select(
        desk.choices, [language], [report, place, year, status, view, picked, places], **_QUIET
    )
    opening.then(desk.table, filters, table, **_IN_TURN).then(desk.chart, charted, chart, **_QUIET)
    gr.on(
        [one.change for one in (report, place, year, status, words, view)],
        desk.table,
        filters,
        table,
        **_IN_TURN,
    )
    gr.on([picked.change, places.change], desk.chart, charted, chart, **_QUIET)
    return made


def reports_tab(opened: Application, language: gr.State) -> ReportsTab:
    """Lay the tab out and wire it up."""
    with gr.Tab(id="reports", elem_id="wz-reports-tab") as tab:
        listing = plain_html("wz-r-list")
        manage = manage_panel(opened, language)
        with gr.Row(elem_classes="wz-filters"):
            report = gr.Dropdown(elem_id="wz-r-report", min_width=200)
            words = gr.Textbox(elem_id="wz-r-words", min_width=160, max_lines=1)
        text = plain_html("wz-r-text")
    desk = _ReportsDesk(opened, managed=manage is not None)
    reading = [report, words, language]
    offered = [listing, report, *([manage.picked] if manage else [])]
    for opening in (tab.select, *(event.then for event in (manage.changed if manage else ()))):
        shown = opening(desk.choices, [report, language], offered, **_QUIET)
        shown.then(desk.text, reading, text, **_QUIET)
    gr.on([report.input, words.submit], desk.text, reading, text, **_QUIET)
    return ReportsTab(tab, listing, report, words, text, manage)


class _FiguresDesk:
    def __init__(self, ledger: Ledger, opened: Application) -> None:
        self._ledger = ledger
        self._opened = opened

    def choices(self, language: Language) -> list[Any]:
        """What can be filtered by and plotted."""
        try:
            records, entries = self._ledger.records(), self._opened.searcher.library.entries
        except WenzhengIndexError:
            return [gr.skip()] * 7  # the table says it
        everything = (say(language, "any"), "")
        default = self._opened.settings.answer.default_report
        home = next((one for one in entries if one.id == default), entries[0] if entries else None)
        places = list(dict.fromkeys(record.place for record in records))
        years = sorted({record.year for record in records if record.year}, reverse=True)
        names = _frequent([record.indicator for record in records if record.year])
        return [
            gr.update(
                choices=[everything, *((one.title, one.id) for one in entries)], value=home.id if home else ""
            ),
            gr.update(choices=[everything, *((one, one) for one in places)], value=""),
            gr.update(choices=[everything, *((str(year), str(year)) for year in years)], value=""),
            gr.update(
                choices=[everything, *((say(language, f"status_{one}"), one) for one in _STATUSES)], value=""
            ),
            gr.update(
                choices=[(say(language, f"view_{one}"), one) for one in ("pairs", "all")], value="pairs"
            ),
            gr.update(choices=names, value=names[0] if names else None),
            gr.update(choices=places, value=[home.place] if home and home.place in places else places[:1]),
        ]

    def table(  # noqa: PLR0913, PLR0917 - the filters of the tab
        self, report: str, place: str, year: str, status: str, words: str, view: str, language: Language
    ) -> str:
        """The records that fit the filters."""
        wanted = Wanted(report or "", place or "", int(year) if year else None, status or "", words or "")
        try:
            return records_html(self._ledger.records(), wanted, language, paired=view != "all")
        except WenzhengIndexError as error:
            return note(excuse(error, language), "error")

    def chart(self, picked: str | None, places: Sequence[str], language: Language) -> str:
        """The picked indicator in the picked places."""
        if not picked or not places:
            return note(say(language, "chart_pick"))
        try:
            records = [
                one for one in self._ledger.records() if one.indicator == picked and one.place in places
            ]
        except WenzhengIndexError as error:
            return note(excuse(error, language), "error")
        return charts_html(records, language) if records else note(say(language, "no_figures"))


class _ReportsDesk:
    def __init__(self, opened: Application, *, managed: bool) -> None:
        self._opened = opened
        self._managed = managed

    def choices(self, current: str | None, language: Language) -> list[Any]:
        """The reports, as a list and to pick from."""
        try:
            entries = self._opened.searcher.library.entries
        except WenzhengIndexError as error:
            return [note(excuse(error, language), "error"), *[gr.skip()] * (1 + self._managed)]
        ids = [entry.id for entry in entries]
        default = self._opened.settings.answer.default_report
        shown = next((one for one in (current, default, *ids) if one in ids), None)
        choices = [(one.title, one.id) for one in entries]
        removable = [gr.update(choices=choices, value=[])] if self._managed else []
        return [list_html(entries, language), gr.update(choices=choices, value=shown), *removable]

    def text(self, report: str | None, words: str, language: Language) -> str:
        """The picked report with what is looked for."""
        if not report:
            return ""
        try:
            return report_html(self._opened.searcher.library.parsed(report), words or "", language)
        except (ReportNotFound, WenzhengIndexError) as error:
            return note(excuse(error, language), "error")


def _frequent(names: list[str]) -> list[str]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])[:_NAMES]
