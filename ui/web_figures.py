"""Pure: ledger records as tables, and one indicator over years and places as a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from ui.presentation import figure_words
from ui.texts import say
from ui.web_html import esc, note, status_badge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Indicator
    from rag.types import Language

SHOWN: Final = 300
"""Rows on the page; the CSV has them all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the tab; empty or None for any."""

    report: str = ""
    place: str = ""
    year: int | None = None
    status: str = ""
    words: str = ""

    def fits(self, record: Indicator) -> bool:
        """Whether ``record`` passes every filter."""
        return (
            self.report in {"", record.report}
            and self.place in {"", record.place}
            and self.year in {None, record.year}
            and self.status in {"", record.status}
            and self.words.strip() in record.indicator
        )

    @property
    def csv_link(self) -> str:
        """Where the API gives these records as CSV (all indicator names: a spreadsheet filters them itself)."""
        given = {"report": self.report, "place": self.place, "year": self.year or "", "status": self.status}
        return "v1/indicators?" + urlencode(
            {"format": "csv", **{key: value for key, value in given.items() if value}}
        )


def records_html(records: Sequence[Indicator], wanted: Wanted, language: Language, *, paired: bool) -> str:
    """The records that fit, a row each; or ``paired``, an indicator's results beside its goals."""
    fitting = [record for record in records if wanted.fits(record)]
    if not fitting:
        return note(say(language, "no_figures"))
    rows = _paired_rows(fitting, language) if paired else [_row(record, language) for record in fitting]
    columns = ("indicator", "results", "goals") if paired else ("indicator", "figure", "status", "quote")
    heads = "".join(f'<th scope="col">{say(language, key)}</th>' for key in columns)
    count = say(language, "shown").format(shown=min(len(rows), SHOWN), count=len(rows))
    return (
        f'<div class="wz-figures"><p class="wz-bar"><span role="status">{count}</span> '
        f'<a class="wz-download" href="{esc(wanted.csv_link)}" download>{say(language, "download_csv")}</a></p>'
        f'<div class="wz-scroll" tabindex="0"><table class="{"paired" if paired else "all"}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows[:SHOWN])}</tbody></table></div></div>"
    )


def _row(record: Indicator, language: Language) -> str:
    return (
        f'<tr><th scope="row">{esc(record.indicator)}<small>{esc(record.place)}</small></th>'
        f"<td>{_button(record, esc(figure_words(record)))}</td><td>{status_badge(record.year, record.status, language)}</td>"
        f"<td>{esc(record.quote)}</td></tr>"
    )


def _paired_rows(records: Iterable[Indicator], language: Language) -> list[str]:
    """A row for each report and indicator; those with both a result and a goal first."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for record in records:
        groups.setdefault((record.report, record.indicator), []).append(record)
    ordered = sorted(groups.values(), key=lambda group: len({one.status == "target" for one in group}) == 1)
    return [_pair(group, language) for group in ordered]


def _pair(group: list[Indicator], language: Language) -> str:
    goals = "".join(_dated(one, language) for one in group if one.status == "target")
    results = "".join(_dated(one, language) for one in group if one.status != "target")
    head = f'<th scope="row">{esc(group[0].indicator)}<small>{esc(group[0].place)}</small></th>'
    return f"<tr>{head}<td>{results}</td><td>{goals}</td></tr>"


def _dated(record: Indicator, language: Language) -> str:
    return f"<div>{_button(record, esc(figure_words(record)))} {status_badge(record.year, record.status, language)}</div>"


def _button(record: Indicator, words: str) -> str:
    return (
        f'<button type="button" class="wz-figure" title="{esc(record.quote)}" '
        f'data-cite data-report="{esc(record.report)}" data-start="{record.start}" data-end="{record.end}">{words}</button>'
    )
