"""``python -m evals.performance``: how fast, and at what cost in memory. A benchmark, not a test.

Times of indexing, of search over growing indexes, of answers by stage, and of
many askers at once, each beside the plain pipeline in the same run. Writes
``performance.json`` and plots.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import psutil
import typer
from rich.console import Console

from evals.catalog import load_dataset
from evals.performance_report import write_performance
from evals.plain import open_plain, split
from evals.result import commit, machine, now
from evals.scaling import ResampledEncoder, resampled_reports, sentences_of
from evals.statistics import percentile
from evals.workspace import open_workspace, unremembering
from index.build import Builder
from index.dense import DenseIndex
from index.encoder import SentenceEncoder
from index.searcher import Filters, Searcher
from index.store import Store
from rag.assembly import Application
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evals.cases import Case
    from evals.catalog import Dataset
    from evals.workspace import Workspace

_QUESTIONS: Final = 30
_ASKERS: Final = (1, 2, 4, 8, 16)
_SMALLEST: Final = 1000
_FOUND: Final = 12
_TOP: Final = 4
_MEBI: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class SearchCost:
    """Search over ``clauses`` clauses in ``chunks`` plain chunks.

    Attributes:
        build_seconds: to parse and index, encoding left out.
        disk_mib: of the generation and its shards.
        memory_mib: that opening the index and searching adds to the process.
        encode: of the query, part of both searches.
        search, plain: from question to hits, encoding included.
        ratio: of the medians, ours to plain.
    """

    clauses: int
    chunks: int
    build_seconds: float
    disk_mib: float
    memory_mib: float
    encode: Times
    search: Times
    plain: Times
    ratio: float


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


def times(values: Sequence[float]) -> Times:
    """Median and 95th percentile of ``values`` in seconds, as milliseconds."""
    return Times(round(percentile(values, 0.5) * 1000, 1), round(percentile(values, 0.95) * 1000, 1))


def measure_search(encoder: str, sentences: list[str], questions: list[str], size: int) -> SearchCost:
    """The cost of searching ``size`` clauses; in a process of its own, so that memory is that of one index."""
    folder = Path(tempfile.mkdtemp(prefix="wenzheng-performance-"))
    try:
        resampled = ResampledEncoder(SentenceEncoder(encoder), sentences)
        reports = list(resampled_reports(sentences, size))
        start = time.perf_counter()
        Builder(Store(folder), resampled).add(reports)
        built = time.perf_counter() - start
        chunks = [chunk.quote for report in reports for chunk in split(report.id, report.text)]
        plain = DenseIndex.build(resampled.encode_documents(chunks))
        reports.clear()
        resampled.encode_query(questions[0])
        before = psutil.Process().memory_info().rss
        searcher = Searcher(Store(folder), resampled)
        searcher.clauses(questions[0], Filters(), _FOUND)
        ours = _each(questions, lambda asked: searcher.clauses(asked, Filters(), _FOUND))
        added = psutil.Process().memory_info().rss - before
        theirs = _each(questions, lambda asked: plain.nearest(resampled.encode_query(asked), _TOP))
        encoding = _each(questions, resampled.encode_query)
        return SearchCost(
            clauses=sum(entry.clauses for entry in searcher.library.entries),
            chunks=len(chunks),
            build_seconds=round(built, 2),
            disk_mib=round(
                sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MEBI, 1
            ),
            memory_mib=round(added / _MEBI, 1),
            encode=times(encoding),
            search=times(ours),
            plain=times(theirs),
            ratio=round(percentile(ours, 0.5) / percentile(theirs, 0.5), 2),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure_build(opened: Application, workspace: Workspace) -> BuildRate:
    """The rate of indexing the first report of ``workspace`` from nothing."""
    library = workspace.searcher.library
    report = library.parsed(library.entries[0].id).report
    opened.encoder.load()
    with tempfile.TemporaryDirectory(prefix="wenzheng-performance-") as folder:
        ours = _timed(lambda: Builder(Store(Path(folder)), opened.encoder).add([report]))
    theirs = _timed(
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
        # Answers that structure decides have no first token: they come whole.
        first_token=times([(one.first_token or one.total) / 1000 for one in ours]),
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
            return _timed(lambda: pipeline.answer(Question(case.question, case.history)))

        start = time.perf_counter()
        with console.status(f"{askers} askers ..."), ThreadPoolExecutor(max_workers=askers) as pool:
            waits = list(pool.map(ask, cases))
        took = time.perf_counter() - start
    return Throughput(askers, round(60 * len(cases) / took, 1), times(waits))


def main(
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("performance"),
    largest: Annotated[int, typer.Option(min=_SMALLEST, help="Clauses of the largest index.")] = 100_000,
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
            "search": [asdict(one) for one in _searches(opened, workspace, cases, largest, console)],
        }
        if model:
            document["answers"] = asdict(measure_answers(opened, dataset, cases, console))
            document["throughput"] = [
                asdict(measure_throughput(opened, dataset, cases, askers, console)) for askers in _ASKERS
            ]
    console.print(write_performance(document, out))


def _searches(
    opened: Application, workspace: Workspace, cases: Sequence[Case], largest: int, console: Console
) -> list[SearchCost]:
    sentences = sentences_of(workspace.searcher.library)
    asked = [case.question for case in cases]
    found = []
    size = _SMALLEST
    while size <= largest:
        with (
            console.status(f"Searching {size:,} clauses ..."),
            ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool,
        ):
            found.append(
                pool.submit(measure_search, opened.settings.encoder.model, sentences, asked, size).result()
            )
        size *= 10
    return found


def _each(questions: Sequence[str], work: Callable[[str], object]) -> list[float]:
    return [_timed(partial(work, asked)) for asked in questions]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(main)
