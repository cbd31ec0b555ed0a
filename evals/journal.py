"""The answers of a run as they come, a line each, so that a run that was cut off goes on where it was.

The first line says what made the answers; a journal of another run is not
gone on with.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from evals.errors import ResultError
from evals.records import AnswerRecord
from evals.result import RunFingerprint

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO


class Journal:
    """``answers.jsonl`` of a run; use it with ``with``.

    Raises ``ResultError`` where the file belongs to a run with another fingerprint.
    """

    def __init__(self, path: Path, fingerprint: RunFingerprint) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._handle: TextIO | None = None
        self.answers: dict[str, AnswerRecord] = {}
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = self._lines()
        if lines:
            self._check(lines[0])
            for line in lines[1:]:
                self._take(line)
        self._handle = self._path.open("a", encoding="utf-8")
        if not lines:
            self._write(self._fingerprint.model_dump_json())
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._handle is not None
        self._handle.close()

    def add(self, answer: AnswerRecord, seconds: float) -> None:
        """Keep ``answer``, which took ``seconds``; it is on its way to the disk when this returns."""
        self.answers[answer.id] = answer
        self.seconds += seconds
        self._write(
            json.dumps({"seconds": round(seconds, 3), **answer.model_dump(mode="json")}, ensure_ascii=False)
        )

    def _write(self, line: str) -> None:
        assert self._handle is not None
        self._handle.write(line + "\n")
        self._handle.flush()

    def _lines(self) -> list[str]:
        """Whole lines of the file; a torn last one is cut off, to be done again."""
        if not self._path.exists():
            return []
        content = self._path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self._path.write_bytes(whole)
        return whole.decode("utf-8").splitlines()

    def _check(self, line: str) -> None:
        try:
            found = RunFingerprint.model_validate_json(line)
        except ValidationError as error:
            raise ResultError(
                f"{self._path} is no journal of an evaluation. Choose another --out."
            ) from error
        differing = [
            f"{name} {getattr(found, name)!r}, now {getattr(self._fingerprint, name)!r}"
            for name in RunFingerprint.model_fields
            if getattr(found, name) != getattr(self._fingerprint, name)
        ]
        if differing:
            raise ResultError(
                f"{self._path} holds answers of another run: {'; '.join(differing)}. "
                "Choose another --out, or delete that file."
            )

    def _take(self, line: str) -> None:
        answer = AnswerRecord.model_validate_json(line)
        # What failed is tried again.
        if answer.status != "error":
            self.answers[answer.id] = answer
            self.seconds += float(json.loads(line).get("seconds", 0.0))
