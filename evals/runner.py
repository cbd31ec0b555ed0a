"""A dataset through a pipeline: answers, scores, and one result on disk."""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evals.answerers import FullPipeline, SearchOnly, answered
from evals.baselines import baseline_scores
from evals.cases import sample as draw
from evals.catalog import SHARED, load_dataset
from evals.journal import Journal
from evals.plain import open_plain
from evals.result import Item, Result, RunFingerprint, commit, machine, now, write_result
from evals.scoring import add_up, score
from evals.workspace import open_workspace, unremembering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.console import Console

    from evals.answerers import Answerer, PipelineName
    from evals.cases import Case
    from evals.catalog import Dataset
    from evals.records import AnswerRecord
    from evals.workspace import Workspace
    from rag.assembly import Application
    from rag.generation import Generator


def run_eval(  # noqa: PLR0913 - the options of the command
    opened: Application,
    dataset: str | Path,
    *,
    pipeline: PipelineName = "full",
    sample: int | None = None,
    seed: int = 0,
    out: Path,
    console: Console,
    shared: Path = SHARED,
    generator: Generator | None = None,
) -> Result:
    """Ask every case of ``dataset`` and score the answers.

    Writes ``answers.jsonl`` (as the answers come; a run that was cut off goes
    on there) and ``result.json`` into ``out``. Claims and questions that the
    program cannot handle count as errors and stop nothing.

    Args:
        opened: the program.
        dataset: a name that ``evals.catalog`` knows, or a JSONL file of cases.
        pipeline: the program's own, the plain one, or the search alone.
        sample: how many cases to draw; all for None.
        seed: of the draw.
        out: a folder, made if it is not there.
        console: for the progress bars.
        shared: where corpora and public sets lie.
        generator: what writes the answers; the program's own without its memory for None.

    Raises:
        DatasetError, DatasetMissing: there is no such dataset, or not here.
        ResultError: ``out`` holds answers of another run.
        IndexUnavailable: nothing is indexed, or the index is damaged.
        ModelUnavailable: there is no model to measure.
    """
    read = load_dataset(dataset, shared)
    with _generator(opened, pipeline, generator) as writing:
        workspace = open_workspace(opened, read, writing, console)
        answerer = _answerer(opened, workspace, pipeline, console)
        cases = draw(read.cases, sample, seed)
        fingerprint = _fingerprint(opened, read, workspace, answerer, pipeline)
        with Journal(out / "answers.jsonl", fingerprint) as journal:
            _ask(answerer, cases, journal, console)
    baselines = baseline_scores(cases, workspace.searcher.library) if pipeline == "search-only" else {}
    result = Result(
        fingerprint=fingerprint,
        machine=machine(),
        finished=now(),
        sample=sample,
        seed=seed,
        seconds=round(journal.seconds, 1),
        scores=add_up(cases, journal.answers),
        baselines=baselines,
        items=_items(cases, journal.answers),
    )
    write_result(result, out)
    return result


def _generator(
    opened: Application, pipeline: PipelineName, given: Generator | None
) -> AbstractContextManager[Generator]:
    if given is not None:
        return nullcontext(given)
    return nullcontext(opened.generator) if pipeline == "search-only" else unremembering(opened)


def _answerer(
    opened: Application, workspace: Workspace, pipeline: PipelineName, console: Console
) -> Answerer:
    if pipeline == "plain":
        return open_plain(opened, workspace, console)
    return FullPipeline(workspace) if pipeline == "full" else SearchOnly(workspace)


def _ask(answerer: Answerer, cases: Sequence[Case], journal: Journal, console: Console) -> None:
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        left = [case for case in cases if case.id not in journal.answers]
        task = bar.add_task("", total=len(cases), completed=len(cases) - len(left))
        for case in left:
            start = time.perf_counter()
            answer = answered(answerer, case)
            journal.add(answer, time.perf_counter() - start)
            bar.advance(task)


def _items(cases: Sequence[Case], answers: Mapping[str, AnswerRecord]) -> tuple[Item, ...]:
    return tuple(
        Item(case=case, answer=answers[case.id], outcome=score(case, answers[case.id])) for case in cases
    )


def _fingerprint(
    opened: Application, dataset: Dataset, workspace: Workspace, answerer: Answerer, pipeline: PipelineName
) -> RunFingerprint:
    return RunFingerprint(
        dataset=dataset.name,
        cases=dataset.fingerprint,
        pipeline=pipeline,
        commit=commit(),
        index=workspace.fingerprint,
        encoder=opened.encoder.fingerprint,
        model="" if pipeline == "search-only" else workspace.pipeline.fingerprint().model,
        prompts=answerer.prompts,
    )
