"""Tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.store import Entry
    from index.types import Indicator

_MEASURE = {"growth": "增长", "decline": "下降", "rank": "第"}


def figure(record: Indicator) -> str:
    """Value, unit and qualifier of a record, with growth and decline in words."""
    measure = _MEASURE.get(record.measure, "")
    return f"{measure}{record.value}{record.unit}{record.qualifier}"


def indicator_table(records: Sequence[Indicator]) -> Table:
    """Indicators as rows, in the order of the reports; this year's goal beside last year's result."""
    table = Table("Indicator", "Report", "Result", "Goal", "Where")
    for first, rest in _by_indicator(records):
        results = [
            f"{r.year or ''} {figure(r)}" for r in rest if r.status in {"actual", "forecast", "ongoing"}
        ]
        goals = [f"{r.year or ''} {figure(r)}" for r in rest if r.status == "target"]
        places = ", ".join(f"{r.start}–{r.end}" for r in rest)
        table.add_row(first.indicator, first.report, "\n".join(results), "\n".join(goals), places)
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
