"""Adding files to the index from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ReportError
from index.loaders import load_report, report_files
from ui.progress import building

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from index.types import Report
    from rag.assembly import Application


def add_files(  # noqa: PLR0913 - the options of the command
    opened: Application,
    paths: Sequence[Path],
    console: Console,
    *,
    report_id: str | None,
    place: str | None,
    year: int | None,
    title: str | None,
) -> int:
    """Index all files under ``paths``; returns how many could not be read, each told on ``console``."""
    files = [file for path in paths for file in report_files(path)]
    if report_id is not None and len(files) != 1:
        raise ReportError(f"--id names one report, but {len(files)} files were given.")
    reports: list[Report] = []
    failed = 0
    for file in files:
        try:
            reports.append(load_report(file, report_id=report_id, place=place, year=year, title=title))
        except ReportError as error:
            failed += 1
            console.print(f"{file.name}: {error}", style="red", highlight=False, markup=False)
    with building(console) as progress:
        outcomes = opened.builder(progress).add(reports)
    for report, outcome in outcomes.items():
        console.print(f"{report}: {outcome}", highlight=False, markup=False)
    return failed
