"""Cases: questions and claims with what a right answer holds. Pydantic reads the files, frozen values go on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Line = TypeVar("Line", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A place that supports the answer; ``report`` is None where the set is about one report."""

    report: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question, or one claim.

    Attributes:
        answer: the gold answer in words, for people to read.
        keys: an answer is right if each group has a variant in it.
        forbidden: figures of another year, place or status.
        references: gold answers to compare with as text, for sets without keys.
        documents: ids of the documents that hold the answer, for retrieval.
        picked: ids of the reports that the asker picked; none for a question to all of them.
        label: the right verdict of a claim; "" for questions.
    """

    id: str
    lang: str
    type: str
    question: str
    history: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    keys: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    references: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    label: str = ""
    answerable: bool = True

    @property
    def is_claim(self) -> bool:
        """Whether this is a statement to check rather than a question."""
        return self.type == "claim"


class _Quote(BaseModel):
    model_config = ConfigDict(extra="forbid")

    report: str
    quote: Annotated[str, Field(min_length=1)]


class GoldLine(BaseModel):
    """A line of a gold file; other fields are left unread.

    ``picked`` is what a line of a batch calls ``reports``. Here that name is
    taken: the public sets say with it where the answer is, which no asker knows.
    """

    model_config = ConfigDict(extra="ignore")

    id: str
    lang: Literal["zh", "en"]
    type: str
    question: Annotated[str, Field(min_length=1)]
    history: list[tuple[str, str]] = []
    answer: str = ""
    answer_keys: list[Annotated[list[str], Field(min_length=1)]] = []
    forbidden: list[str] = []
    picked: list[Annotated[str, Field(min_length=1)]] = []
    evidence: list[Annotated[str, Field(min_length=1)] | _Quote] = []
    label: Literal["", "supported", "refuted", "partly_supported", "not_enough_info"] = ""

    def case(self) -> Case:
        """The line as a ``Case``."""
        return Case(
            id=self.id,
            lang=self.lang,
            type=self.type,
            question=self.question,
            history=tuple(self.history),
            answer=self.answer,
            keys=tuple(tuple(group) for group in self.answer_keys),
            forbidden=tuple(self.forbidden),
            evidence=tuple(_evidence(one) for one in self.evidence),
            picked=tuple(self.picked),
            label=self.label,
            answerable=self.type != "unanswerable",
        )


def _evidence(given: str | _Quote) -> GoldEvidence:
    if isinstance(given, str):
        return GoldEvidence(None, given)
    return GoldEvidence(given.report.removesuffix(".txt"), given.quote)


def read_gold(path: Path) -> tuple[Case, ...]:
    """The cases of a gold file in JSON lines. Raises ``DatasetError``, naming the line and what is wrong with it."""
    return tuple(line.case() for line in read_lines(path, GoldLine))


def read_lines(path: Path, model: type[Line]) -> list[Line]:
    """Every line of ``path`` as a ``model``. Raises ``DatasetError``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(
            f"{path} cannot be read ({error}). Expected a JSONL file of cases in UTF-8."
        ) from error
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(model.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "line"
            raise DatasetError(
                f"{path}, line {number}, {where}: {first['msg']}. Correct the line."
            ) from error
    if not found:
        raise DatasetError(f"{path} holds no line. Expected a JSONL file of cases.")
    return found


def sample(cases: Sequence[Case], size: int | None, seed: int) -> tuple[Case, ...]:
    """``size`` of the ``cases`` drawn by ``seed``, in their own order; all of them for None or too many."""
    if size is None or size >= len(cases):
        return tuple(cases)
    # Not for secrets: a sample that is the same again for the same seed.
    chosen = set(random.Random(seed).sample(range(len(cases)), size))  # noqa: S311
    return tuple(case for i, case in enumerate(cases) if i in chosen)
