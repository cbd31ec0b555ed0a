"""Tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ui.presentation import figure_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.store import Entry
    from index.types import Indicator


def indicator_table(records: Sequence[Indicator]) -> Table:
    """Indicators as rows, in the order of the reports; this year's goal beside last year's result."""
    several = len({record.report for record in records}) > 1
    table = Table(*(["Report"] if several else []), "Indicator", "Result", "Goal")
    for first, rest in _by_indicator(records):
        results = [
            f"{r.year or ''} {figure_words(r)}" for r in rest if r.status in {"actual", "forecast", "ongoing"}
        ]
        goals = [f"{r.year or ''} {figure_words(r)}" for r in rest if r.status == "target"]
        report = [first.report] if several else []
        table.add_row(*report, first.indicator, "\n".join(results), "\n".join(goals))
    return table


def report_table(entries: Iterable[Entry]) -> Table:
    """One row per indexed report."""
    table = Table("Id", "Title", "Place", "Year", "Characters", "Clauses", "Indicators")
    for entry in entries:
        numbers = (entry.year, entry.characters, entry.clauses, entry.indicators)
        table.add_row(entry.id, entry.title, entry.place, *map(str, numbers))
    return table


def _by_indicator(records: Sequence[Indicator]) -> list[tuple[Indicator, list[Indicator]]]:
    """Records grouped by report and indicator, in their order; those with result and goal first."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for record in records:
        groups.setdefault((record.report, record.indicator), []).append(record)
    ordered = sorted(groups.values(), key=lambda group: len({r.status == "target" for r in group}) < 2)  # noqa: PLR2004 - both
    return [(group[0], group) for group in ordered]
