"""``python -m evals.performance``: how fast, and at what cost in memory. A benchmark, not a test.

Times of indexing, of search over growing indexes, of answers by stage, and of
many askers at once, each beside the plain pipeline in the same run. Writes
``performance.json`` and plots.
"""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from evals.catalog import load_dataset
from evals.errors import DatasetMissing
from evals.performance_report import write_performance
from evals.plain import open_plain, split
from evals.result import commit, machine, now
from evals.scaling import sample_of
from evals.search_cost import SIZES, SearchCost, measure_search
from evals.statistics import percentile
from evals.timing import Times, timed, times
from evals.workspace import open_workspace, unremembering
from index.build import Builder
from index.encoder import SentenceEncoder
from index.store import Store
from rag.assembly import Application
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evals.cases import Case
    from evals.catalog import Dataset
    from evals.workspace import Workspace

_QUESTIONS: Final = 30
_ASKERS: Final = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class BuildRate:
    """How fast the bundled report is indexed with the real encoder, and cut and encoded by the plain pipeline."""

    characters: int
    seconds: float
    plain_seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class AnswerCost:
    """Answers one after the other: times since the question, by stage, and the plain pipeline's."""

    questions: int
    interpret: Times
    search: Times
    first_token: Times
    total: Times
    plain_first_token: Times
    plain_total: Times
    ratio: float


@dataclass(frozen=True, slots=True)
class Throughput:
    """Answers a minute with so many askers at once, and how long each waited."""

    askers: int
    answers_per_minute: float
    wait: Times


def measure_build(opened: Application, workspace: Workspace) -> BuildRate:
    """The rate of indexing the first report of ``workspace`` from nothing."""
    library = workspace.searcher.library
    report = library.parsed(library.entries[0].id).report
    opened.encoder.load()
    with tempfile.TemporaryDirectory(prefix="wenzheng-performance-") as folder:
        ours = timed(lambda: Builder(Store(Path(folder)), opened.encoder).add([report]))
    theirs = timed(
        lambda: opened.encoder.encode_documents([chunk.quote for chunk in split(report.id, report.text)])
    )
    return BuildRate(len(report.text), round(ours, 2), round(theirs, 2), round(ours / theirs, 2))


def measure_answers(
    opened: Application, dataset: Dataset, cases: Sequence[Case], console: Console
) -> AnswerCost:
    """Times by stage over ``cases``, and the plain pipeline's over the same ones."""
    with unremembering(opened) as generator, console.status("Answering ..."):
        workspace = open_workspace(opened, dataset, generator, Console(quiet=True))
        plain = open_plain(opened, workspace, Console(quiet=True))
        ours = [workspace.pipeline.answer(Question(case.question, case.history)).timings for case in cases]
        theirs = [plain.answer(case).timings_ms for case in cases]
    totals = [one.total / 1000 for one in ours]
    plain_totals = [one.total / 1000 for one in theirs]
    return AnswerCost(
        questions=len(cases),
        interpret=times([one.interpret / 1000 for one in ours]),
        search=times([one.search / 1000 for one in ours]),
        first_token=times([one.first_token / 1000 for one in ours]),
        total=times(totals),
        plain_first_token=times([one.first_token / 1000 for one in theirs]),
        plain_total=times(plain_totals),
        ratio=round(percentile(totals, 0.5) / percentile(plain_totals, 0.5), 2),
    )


def measure_throughput(
    opened: Application, dataset: Dataset, cases: Sequence[Case], askers: int, console: Console
) -> Throughput:
    """All ``cases`` asked by ``askers`` at once, none of them answered before."""
    with unremembering(opened) as generator:
        pipeline = open_workspace(opened, dataset, generator, console).pipeline

        def ask(case: Case) -> float:
            return timed(lambda: pipeline.answer(Question(case.question, case.history)))

        start = time.perf_counter()
        with console.status(f"{askers} askers ..."), ThreadPoolExecutor(max_workers=askers) as pool:
            waits = list(pool.map(ask, cases))
        took = time.perf_counter() - start
    return Throughput(askers, round(60 * len(cases) / took, 1), times(waits))


def main(
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("performance"),
    largest: Annotated[int, typer.Option(min=SIZES[0], help="Clauses of the largest index.")] = 60_000,
    questions: Annotated[int, typer.Option(min=2, help="How many questions are asked.")] = _QUESTIONS,
    *,
    model: Annotated[bool, typer.Option(help="Measure answers too; needs the language model.")] = True,
) -> None:
    """Measure indexing, search, answers and throughput, beside the plain pipeline."""
    console = Console(stderr=True)
    dataset = load_dataset("cq2024_open")
    cases = [case for case in dataset.cases if case.lang == "zh" and not case.is_claim][:questions]
    with Application(load_settings()) as opened:
        workspace = open_workspace(opened, dataset, opened.generator, console)
        document: dict[str, object] = {
            "finished": now().isoformat(),
            "commit": commit(),
            "machine": machine().model_dump(),
            "build": asdict(measure_build(opened, workspace)),
            "search": [asdict(one) for one in _searches(opened, cases, largest, console)],
        }
        if model:
            document["answers"] = asdict(measure_answers(opened, dataset, cases, console))
            document["throughput"] = [
                asdict(measure_throughput(opened, dataset, cases, askers, console)) for askers in _ASKERS
            ]
    console.print(write_performance(document, out))


def _searches(
    opened: Application, cases: Sequence[Case], largest: int, console: Console
) -> Iterator[SearchCost]:
    sample = sample_of(_corpus(opened, console).searcher.library)
    asked = [case.question for case in cases]
    for size in (size for size in SIZES if size <= largest):
        with console.status(f"Searching {size:,} clauses ..."):
            yield measure_search(partial(SentenceEncoder, opened.settings.encoder.model), sample, asked, size)


def _corpus(opened: Application, console: Console) -> Workspace:
    """The index that clauses are drawn from: of many reports where they are there, else of the bundled one."""
    try:
        return open_workspace(opened, load_dataset("multi_open"), opened.generator, console)
    except DatasetMissing:
        return open_workspace(opened, load_dataset("cq2024_open"), opened.generator, console)


if __name__ == "__main__":
    typer.run(main)
