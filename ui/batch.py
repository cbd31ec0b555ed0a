"""Many lines in, as many lines out, in the same order."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.errors import WenzhengIndexError
from rag.errors import QuestionError, RagError
from rag.searching import find_passages
from rag.types import Question
from ui.presentation import answer_json, check_json, hit_json

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from rich.console import Console

    from rag.assembly import Application


class Line(BaseModel):
    """One line of the input: a question, a claim, or a search."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str | None = None
    claim: str | None = None
    search: str | None = None
    k: Annotated[int, Field(ge=1, le=1000)] = 10
    history: list[tuple[str, str]] = []
    reports: list[str] = []

    @model_validator(mode="after")
    def one_kind(self) -> Self:
        """Exactly one of question, claim and search."""
        if sum(kind is not None for kind in (self.question, self.claim, self.search)) != 1:
            raise ValueError("give exactly one of question, claim and search")
        return self


@dataclass(slots=True)
class Counts:
    """What became of the lines."""

    done: int = 0
    errors: int = 0
    skipped: int = 0


def run_batch(  # noqa: PLR0913 - the options of the command
    opened: Application, source: Path, target: Path, *, resume: bool, use_model: bool, console: Console
) -> Counts:
    """Answer every line of ``source`` into ``target``. Raises ``QuestionError`` for files that cannot be used."""
    lines = _read(source)
    if target.exists() and target.samefile(source):
        raise QuestionError(f"{target} is the input itself. Give another file for the results.")
    done = _finished(target) if resume else 0
    if done > len(lines):
        raise QuestionError(
            f"{target} has {done} lines, more than the {len(lines)} of {source}: they do not belong together. "
            "Give the input that these results are of, or another file for the results.",
        )
    counts = Counts(skipped=done)
    columns = (TextColumn("Answering"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        target.open("a" if resume else "w", encoding="utf-8") as out,
        Progress(*columns, console=console) as bar,
    ):
        for line in bar.track(lines[done:]):
            result = answer_line(opened, line, use_model=use_model)
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
            counts.done += 1
            counts.errors += result.get("status") == "error"
    return counts


def answer_line(opened: Application, line: bytes, *, use_model: bool = True) -> dict[str, Any]:
    """The result of one line of JSON: an answer, hits, or an error with the line's id."""
    given = _id_of(line)
    try:
        read = Line.model_validate_json(line)
        return {"id": read.id, **_answer(opened, read, use_model=use_model)}
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "line"
        return {"id": given, "status": "error", "error": f"{where}: {first['msg']}"}
    except (RagError, WenzhengIndexError) as error:
        return {"id": given, "status": "error", "error": str(error)}


def _answer(opened: Application, line: Line, *, use_model: bool) -> dict[str, Any]:
    reports = tuple(line.reports)
    if line.search is not None:
        hits = find_passages(
            opened.pipeline, opened.searcher, line.search, reports, line.k, tuple(line.history)
        )
        return {"hits": [hit_json(hit, i) for i, hit in enumerate(hits, start=1)]}
    if line.question is None:
        return check_json(opened.checker.check(line.claim or "", reports, tuple(line.history)))
    question = Question(line.question, tuple(line.history), reports)
    return answer_json(opened.pipeline.answer(question, use_model=use_model))


def _id_of(line: bytes) -> str | int | None:
    """The id of a line that may be damaged in other ways."""
    try:
        given = json.loads(line).get("id")
        json.dumps(given, ensure_ascii=False).encode()  # half a character (\ud800) cannot be written out
    except (ValueError, AttributeError, RecursionError):
        return None
    return given if isinstance(given, (str, int)) else None


def _read(source: Path) -> list[bytes]:
    """The lines of ``source`` that are not blank, as they are: each is decoded for itself."""
    try:
        content = source.read_bytes()
    except FileNotFoundError as error:
        raise QuestionError(f"There is no file {source}. Give a JSONL file of questions.") from error
    except OSError as error:
        raise QuestionError(f"{source} cannot be read ({error.strerror}). Give a JSONL file.") from error
    # Only a line feed ends a line of JSONL: other separators, such as U+2028, may stand within its strings.
    return [line for line in content.removeprefix(codecs.BOM_UTF8).split(b"\n") if line.strip()]


def _finished(target: Path) -> int:
    """How many whole lines ``target`` holds; a torn last line is cut off, to be done again."""
    if not target.exists():
        return 0
    content = target.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        target.write_bytes(whole)
    return whole.count(b"\n")
