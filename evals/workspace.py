"""The index that a dataset is asked against: its own, made by the normal code, or the one in use."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.build import Builder
from index.errors import ReportNotFound
from index.searcher import Searcher
from index.store import Store
from rag.factcheck import FactChecker
from rag.pipeline import Budget, Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from evals.catalog import Dataset
    from index.build import Step
    from rag.assembly import Application


@dataclass(frozen=True, slots=True)
class Workspace:
    """An index with the pipeline and the checker of claims over it."""

    searcher: Searcher
    pipeline: Pipeline
    checker: FactChecker

    def text_of(self, report: str) -> str | None:
        """The text of ``report``, or None if it is not indexed."""
        try:
            return self.searcher.library.parsed(report).report.text
        except ReportNotFound:
            return None

    @property
    def fingerprint(self) -> str:
        """That of the index."""
        return self.searcher.library.generation.manifest.fingerprint


def open_workspace(opened: Application, dataset: Dataset, console: Console) -> Workspace:
    """The index of ``dataset``, brought up to date with a progress bar. Raises what indexing does."""
    if dataset.reports is None:
        searcher, pipeline = opened.searcher, opened.pipeline
    else:
        searcher = _own_index(opened, dataset, console)
        answer = opened.settings.answer
        budget = Budget(answer.max_clauses, answer.max_characters)
        pipeline = Pipeline(searcher, opened.generator, dataset.default_report, budget)
    checker = FactChecker(searcher, dataset.default_report, opened.generator.translate)
    return Workspace(searcher, pipeline, checker)


def _own_index(opened: Application, dataset: Dataset, console: Console) -> Searcher:
    store = Store(opened.settings.home / "evals" / dataset.name / "index")
    with _building(console, dataset.name) as progress:
        _fill(Builder(store, opened.encoder, progress), store, dataset, opened.encoder.fingerprint)
    return Searcher(store, opened.encoder)


def _fill(builder: Builder, store: Store, dataset: Dataset, encoder: str) -> None:
    """Make the index hold exactly the reports of ``dataset``."""
    assert dataset.reports is not None
    reports = dataset.reports()
    builder.add(reports)
    generation = store.current(encoder)
    wanted = {report.id for report in reports}
    surplus = (
        [entry.id for entry in generation.manifest.entries if entry.id not in wanted] if generation else []
    )
    if surplus:
        builder.remove(surplus)


@contextmanager
def _building(console: Console, name: str) -> Iterator[Callable[[Step], None]]:
    """A bar for the build; shown once there is something to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = None

        def show(step: Step) -> None:
            nonlocal task
            if task is None:
                task = bar.add_task("")
            doing = (
                f"Indexing {name}: {step.report[:24]}" if step.stage == "clauses" else f"Assembling {name}"
            )
            bar.update(task, description=doing, completed=step.done, total=step.total)

        yield show
