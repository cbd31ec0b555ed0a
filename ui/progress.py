"""Progress bars for long work, on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from index.build import Step

_STAGES = {"clauses": "Indexing {}", "assemble": "Assembling the index"}


@contextmanager
def building(console: Console) -> Iterator[Callable[[Step], None]]:
    """A bar for index builds; shown only once there is something to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_interactive) as bar:
        task = None

        def show(step: Step) -> None:
            nonlocal task
            if task is None:
                task = bar.add_task("")
            description = _STAGES[step.stage].format(step.report)
            bar.update(task, description=description, completed=step.done, total=step.total)

        yield show


@contextmanager
def pulling(console: Console) -> Iterator[Callable[[int, int], None]]:
    """A bar in bytes; shown only once there is something to do."""
    columns = (
        TextColumn("Preparing the language model"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_interactive) as bar:
        task = None

        def show(done: int, total: int) -> None:
            nonlocal task
            if task is None:
                task = bar.add_task("", total=total)
            bar.update(task, completed=done)

        yield show
