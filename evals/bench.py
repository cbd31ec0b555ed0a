"""Public Chinese question sets, read from a folder beside the repository; nothing of them is kept in it.

- ``ncp_policy``: questions on government notices (DataFountain 424), with 200
  whose notice is not in the corpus.
- ``cmrc300``: CMRC 2018 (Cui et al. 2019), extractive reading of encyclopedia paragraphs.
- ``dragonball_zh``: the RAGEval set (Zhu et al. 2024), with references, unanswerable
  questions and questions over several documents.

Each is ``corpus.jsonl`` with ``doc_id``, ``title``, ``text`` and files of
questions with ``answers``, ``gold_doc_ids`` and ``answerable``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from evals.cases import Case, GoldEvidence, read_lines
from evals.errors import DatasetMissing
from index.loaders import report_from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.types import Report


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    doc_id: Annotated[str, Field(min_length=1)]
    title: str = ""
    text: str


class _Question(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    question: Annotated[str, Field(min_length=1)]
    answers: list[str]
    gold_doc_ids: list[str]
    answerable: bool
    type: str = ""
    references: list[str] = []

    def case(self, kind: str) -> Case:
        """The question as a case; ``kind`` is its type where it names none."""
        single = self.gold_doc_ids[0] if len(self.gold_doc_ids) == 1 else None
        return Case(
            id=self.id,
            lang="zh",
            type="unanswerable" if not self.answerable else self.type or kind,
            question=self.question,
            answer=" / ".join(self.answers),
            references=tuple(self.answers),
            documents=tuple(self.gold_doc_ids),
            evidence=tuple(GoldEvidence(single, one) for one in self.references if one.strip()),
            answerable=self.answerable,
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """A question set, read; ``reports`` reads its corpus."""

    cases: tuple[Case, ...]
    reports: Callable[[], Sequence[Report]]
    default_report: str = ""


def ncp_policy(sets: Path) -> Bench:
    """300 questions on notices of the corpus and 200 on notices that are not in it."""
    return _bench(
        sets / "ncp_policy",
        ("questions_sample300.jsonl", "questions_out_of_corpus_sample200.jsonl"),
        "policy",
    )


def ncp_policy_all(sets: Path) -> Bench:
    """All 1,262 questions on notices of the corpus that ``ncp_policy`` draws its 300 from."""
    return _bench(sets / "ncp_policy", ("questions.jsonl",), "policy")


def cmrc300(sets: Path) -> Bench:
    """300 questions, each answered by words of one paragraph."""
    return _bench(sets / "cmrc300", ("questions.jsonl",), "reading")


def dragonball_zh(sets: Path) -> Bench:
    """350 questions of seven types on invented firms, judgments and hospital records."""
    return _bench(sets / "dragonball_zh", ("questions_sample.jsonl",), "factual")


ADAPTERS: Final[dict[str, Callable[[Path], Bench]]] = {
    "ncp_policy": ncp_policy,
    "ncp_policy_all": ncp_policy_all,
    "cmrc300": cmrc300,
    "dragonball_zh": dragonball_zh,
}


def _bench(folder: Path, files: Sequence[str], kind: str) -> Bench:
    for name in ("corpus.jsonl", *files):
        if not (folder / name).is_file():
            raise DatasetMissing(
                f"The public question set {folder.name} is not on this machine: there is no {name}. "
                f"Expected it in shared/bench/{folder.name} beside the repository."
            )
    cases = tuple(line.case(kind) for name in files for line in read_lines(folder / name, _Question))
    return Bench(cases, lambda: _corpus(folder / "corpus.jsonl"))


def _corpus(path: Path) -> list[Report]:
    return [
        report_from_text(one.text, one.doc_id, title=one.title, any_text=True)
        for one in read_lines(path, _Document)
        if one.text.strip()
    ]
