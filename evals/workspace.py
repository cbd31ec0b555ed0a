"""The index that a dataset is asked against: its own, made by the normal code, or the one in use."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.build import Builder
from index.errors import IndexOutdated, ReportNotFound
from index.searcher import Searcher
from index.store import Store
from rag.completions import Completions
from rag.generation import ChatGenerator
from rag.pipeline import Budget, Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from evals.catalog import Dataset
    from index.build import Step
    from rag.assembly import Application
    from rag.factcheck import FactChecker
    from rag.generation import Generator


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


def open_workspace(
    opened: Application, dataset: Dataset, generator: Generator, console: Console
) -> Workspace:
    """The index of ``dataset``, brought up to date with a progress bar. Raises what indexing does."""
    settings = opened.settings.answer
    if dataset.reports is None:
        searcher, default = opened.searcher, settings.default_report
    else:
        searcher, default = _own_index(opened, dataset, console), dataset.default_report
    pipeline = Pipeline(searcher, generator, default, Budget(settings.max_clauses, settings.max_characters))
    return Workspace(searcher, pipeline, pipeline.checker)


@contextmanager
def unremembering(opened: Application) -> Iterator[Generator]:
    """The program's generator with its model ready and no memory of what it wrote before.

    With what the program keeps, answers would take no time and two runs could
    not differ. Raises ``ModelUnavailable``: without a model there is nothing
    to measure.
    """
    opened.warm_up()
    with TemporaryDirectory(prefix="wenzheng-eval-") as folder:
        kept = Completions(Path(folder) / "completions.sqlite", "evaluation")
        with closing(kept):
            yield ChatGenerator(opened.settings.chat.model, opened.chat_model, kept)


def _own_index(opened: Application, dataset: Dataset, console: Console) -> Searcher:
    store = Store(opened.settings.home / "evals" / dataset.name / "index")
    with _building(console, dataset.name) as progress:
        _fill(Builder(store, opened.encoder, progress), store, dataset, opened.encoder.fingerprint)
    return Searcher(store, opened.encoder)


def _fill(builder: Builder, store: Store, dataset: Dataset, encoder: str) -> None:
    """Make the index hold exactly the reports of ``dataset``."""
    assert dataset.reports is not None
    reports = dataset.reports()
    try:
        builder.add(reports)
    except IndexOutdated:  # of an earlier version of the program
        builder.rebuild()
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
