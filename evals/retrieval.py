"""``python -m evals.retrieval``: what each part of the search brings, beside plain means, in one run.

For every question with gold evidence: the share with all of its evidence among
the first k passages, the share whose first passage is from the right report,
and the measures of ``ir_measures``, by language and by half, and for the
questions that name a place and a year. With ``--beside FOLDER`` further reports
are indexed, among which the right one must be found.

The halves are by ``crc32`` of the id: even ones are for tuning, odd ones only
for checking. Plain means are BM25 over the words of passages, similarity alone,
and the fusion of the two by reciprocal rank (Cormack et al. 2009), all on the
question as it stands; the ablation is the search with one part less. The
evidence of the answer is chosen by place and period too; it is a few clauses,
so that its deeper cuts say little.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.catalog import load_dataset, with_reports_beside
from evals.metrics import supports
from evals.ranking import ranking_scores
from evals.workspace import open_workspace
from index.embedded import Weights
from index.lexical import LexicalIndex
from index.searcher import Filters
from index.tokens import words
from rag.assembly import Application
from rag.places import asked_places
from rag.searching import LEDGER, find_passages
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.cases import Case
    from evals.workspace import Workspace
    from index.searcher import Searcher
    from index.types import Hit
    from rag.types import Evidence

_DEPTH: Final = 20
_CUTS: Final = (1, 5, 20)
_RRF: Final = 60
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that was found."""

    report: str
    quote: str


Found: TypeAlias = "Place | Hit | Evidence"
Ranker = Callable[["Case"], "Sequence[Found]"]
"""The best passages for a question, best first."""


def half_of(case: Case) -> str:
    """``tuning`` or ``check``."""
    return "check" if zlib.crc32(case.id.encode()) % 2 else "tuning"


def rankers(workspace: Workspace) -> dict[str, Ranker]:
    """Every way of ranking that is compared, by name."""
    searcher = workspace.searcher
    lexical = _bm25(searcher)
    dense = _dense(searcher)
    found: dict[str, Ranker] = {
        "BM25": lexical,
        "dense": dense,
        "BM25 + dense (RRF)": lambda case: _fused(lexical(case), dense(case)),
        "search": _search(workspace, searcher),
        "evidence of the answer": _evidence(workspace),
    }
    for field in fields(Weights):
        less = searcher.weighted(replace(Weights(), **{field.name: 0.0}))
        found[f"search without {field.name}"] = _search(workspace, less)
    found["search without ledger"] = _search(workspace, searcher, ledger=0.0)
    return found


def names_place_and_year(question: str, places: Sequence[str]) -> bool:
    """Whether ``question`` names one of the ``places`` of the indexed reports, and a year in figures."""
    return _YEAR.search(question) is not None and bool(asked_places(question, places))


def scores(cases: Sequence[Case], rank: Ranker, places: Sequence[str] = ()) -> dict[str, dict[str, float]]:
    """The measures for the questions of each language, and those that name one of the ``places`` and a year; with each half.

    ``all@k`` is the share of questions with all of their evidence among the
    first k, ``report@1`` that of questions whose first hit is from a report of
    their evidence; the others are those of ``evals.ranking``. ``n`` counts
    questions.
    """
    asked = [case for case in cases if case.evidence and case.answerable and not case.is_claim]
    groups: dict[str, list[tuple[Case, Sequence[Found]]]] = defaultdict(list)
    for case in asked:
        hits = rank(case)[:_DEPTH]
        named = ["named"] * names_place_and_year(case.question, places)
        for group in (case.lang, *named):
            groups[group].append((case, hits))
            groups[f"{group} {half_of(case)}"].append((case, hits))
    return {key: _measures(group) for key, group in sorted(groups.items())}


def _measures(group: Sequence[tuple[Case, Sequence[Found]]]) -> dict[str, float]:
    last = [max(_ranks(case, hits)) for case, hits in group]
    complete = {f"all@{k}": sum(rank < k for rank in last) / len(group) for k in _CUTS}
    wanted = {case.id: [f"gold {part}" for part in range(len(case.evidence))] for case, _ in group}
    return {
        "n": len(group),
        **complete,
        "report@1": sum(_right_report(case, hits) for case, hits in group) / len(group),
        **ranking_scores(wanted, {case.id: _ids(case, hits) for case, hits in group}),
    }


def _right_report(case: Case, hits: Sequence[Found]) -> bool:
    """Whether the first hit is from a report of the gold evidence."""
    return bool(hits) and any(gold.report in {None, hits[0].report} for gold in case.evidence)


def _ranks(case: Case, hits: Sequence[Found]) -> list[int]:
    """For each piece of gold evidence the rank, from 0, of the first hit that meets it."""
    return [
        next((i for i, hit in enumerate(hits) if supports(hit.report, hit.quote, gold)), _DEPTH)
        for gold in case.evidence
    ]


def _ids(case: Case, hits: Sequence[Found]) -> list[str]:
    """Each hit as the pieces of gold evidence that it meets first, or as itself where it meets none."""
    first = _ranks(case, hits)
    ids: list[str] = []
    for number in range(len(hits)):
        met = [f"gold {part}" for part, rank in enumerate(first) if rank == number]
        ids.extend(met or [f"hit {number}"])
    return ids


def _bm25(searcher: Searcher) -> Ranker:
    library = searcher.library
    passages = [passage for entry in library.entries for passage in library.parsed(entry.id).passages]
    index = LexicalIndex.build([words(passage.text) for passage in passages])

    def rank(case: Case) -> list[Place]:
        found = index.scores(words(case.question))
        best = np.argsort(-found, kind="stable")[:_DEPTH]
        return [Place(passages[row].report, passages[row].text) for row in best if found[row] > 0]

    return rank


def _dense(searcher: Searcher) -> Ranker:
    """Passages by the similarity of their best clause."""
    alone = searcher.weighted(Weights(clause=0, passage=0, report=0, period=0, glossary=0))
    return lambda case: alone.passages(case.question, Filters(), _DEPTH)


def _search(workspace: Workspace, searcher: Searcher, ledger: float = LEDGER) -> Ranker:
    return lambda case: find_passages(
        workspace.pipeline, searcher, case.question, case.picked, _DEPTH, case.history, ledger
    )


def _evidence(workspace: Workspace) -> Ranker:
    """The clauses that the answer would stand on: a few, chosen by place and period too."""

    def rank(case: Case) -> Sequence[Evidence]:
        asked = Question(case.question, case.history, case.picked)
        return next(workspace.pipeline.stream(asked, use_model=False)).evidence

    return rank


def _fused(*rankings: Sequence[Found]) -> list[Place]:
    """Passages by the sum of 1 / (60 + rank) over the ``rankings``."""
    total: dict[Place, float] = defaultdict(float)
    for ranking in rankings:
        for position, hit in enumerate(ranking, start=1):
            total[Place(hit.report, hit.quote)] += 1 / (_RRF + position)
    return sorted(total, key=lambda place: -total[place])


def main(
    dataset: Annotated[list[str], typer.Argument(help="Names of datasets, or JSONL files of cases.")],
    out: Annotated[Path | None, typer.Option(help="A JSON file for the results.")] = None,
    beside: Annotated[
        Path | None, typer.Option(help="A folder of .txt reports to index beside those of the dataset.")
    ] = None,
) -> None:
    """Compare the search, and the search with one part less, to plain means."""
    console = Console(stderr=True)
    document: dict[str, dict[str, dict[str, dict[str, float]]]] = {}
    with Application(load_settings()) as opened:
        for name in dataset:
            read = load_dataset(name)
            if beside is not None:
                read = with_reports_beside(read, beside)
            workspace = open_workspace(opened, read, opened.generator, console)
            places = [entry.place for entry in workspace.searcher.library.entries]
            document[read.name] = {
                method: scores(read.cases, rank, places)
                for method, rank in track(rankers(workspace).items(), description=read.name, console=console)
            }
            console.print(_table(read.name, document[read.name]))
    if out is not None:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _table(name: str, found: dict[str, dict[str, dict[str, float]]]) -> Table:
    shown = ("all@1", "all@5", "all@20", "report@1", "RR@10", "nDCG@10")
    table = Table("", "questions", "n", *shown, title=name)
    for method, groups in found.items():
        for group, measures in groups.items():
            table.add_row(method, group, f"{measures['n']:.0f}", *(f"{measures[one]:.3f}" for one in shown))
    return table


if __name__ == "__main__":
    typer.run(main)
