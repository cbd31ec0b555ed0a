"""The pipelines that can be measured, each as a function from a case to its record."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Literal, Protocol

from evals.records import AnswerRecord, Milliseconds, hit_place, record_of, record_of_check
from index.errors import WenzhengIndexError
from rag.errors import RagError
from rag.searching import find_passages
from rag.types import Question

if TYPE_CHECKING:
    from evals.cases import Case
    from evals.workspace import Workspace

PipelineName = Literal["full", "plain", "search-only"]

_KEPT: Final = 10
# Documents hold several passages each: so many passages give ten documents nearly always.
_SEARCHED: Final = 100


class Answerer(Protocol):
    """One pipeline at work."""

    @property
    def prompts(self) -> str:
        """Fingerprint of the prompts; "" without any."""

    def answer(self, case: Case) -> AnswerRecord:
        """The record of ``case``. Raises ``RagError`` or ``WenzhengIndexError`` where the program does."""


class FullPipeline:
    """The program's own pipeline."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def prompts(self) -> str:
        """Fingerprint of the program's prompts."""
        return self._workspace.pipeline.fingerprint().prompts

    def answer(self, case: Case) -> AnswerRecord:
        """The program's answer, or its verdicts, on ``case``."""
        if case.is_claim:
            start = time.perf_counter()
            check = self._workspace.checker.check(case.question, case.picked, case.history)
            return record_of_check(case.id, check, self._workspace.text_of, _since(start))
        answer = self._workspace.pipeline.answer(Question(case.question, case.history, case.picked))
        return record_of(case.id, answer, self._workspace.text_of)


class SearchOnly:
    """The program's search, without an answer."""

    prompts = ""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def answer(self, case: Case) -> AnswerRecord:
        """The ten best passages for ``case`` as its evidence; of ten documents where the gold is documents."""
        start = time.perf_counter()
        pipeline, searcher = self._workspace.pipeline, self._workspace.searcher
        count = _SEARCHED if case.documents else _KEPT
        hits = find_passages(pipeline, searcher, case.question, case.picked, count, case.history)
        took = _since(start)
        if case.documents:
            first = {hit.report: hit for hit in reversed(hits)}
            hits = tuple(hit for hit in hits if first[hit.report] is hit)
        return AnswerRecord(
            id=case.id,
            status="found",
            evidence=tuple(map(hit_place, hits[:_KEPT])),
            timings_ms=Milliseconds(search=took, total=took),
        )


def answered(answerer: Answerer, case: Case) -> AnswerRecord:
    """The record of ``case``; an error of the program is one too, and never stops a run."""
    try:
        return answerer.answer(case)
    except (RagError, WenzhengIndexError) as error:
        return AnswerRecord(id=case.id, status="error", error=str(error))


def _since(start: float) -> int:
    """Milliseconds since ``start``, at least 1: 0 stands for what did not happen."""
    return max(1, round((time.perf_counter() - start) * 1000))
