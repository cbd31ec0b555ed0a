"""Thumbs with a reason, kept in a SQLite file in the data directory."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    thumb TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    answer TEXT NOT NULL
)"""
_WAIT_SECONDS: Final = 5.0


class Feedback(BaseModel):
    """What a person thinks of an answer. ``answer`` is the document that the API gives for it."""

    model_config = ConfigDict(extra="forbid")

    thumb: Literal["good", "bad"]
    reason: Literal["", "figure", "year", "citation", "missing", "other"] = ""
    words: Annotated[str, Field(max_length=500)] = ""
    answer: dict[str, Any]


class FeedbackStore:
    """Appends to, and reads, the feedback in ``file``; safe from several threads and processes."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def in_folder(cls, home: Path) -> FeedbackStore:
        """The one in the data directory ``home``."""
        return cls(home / "feedback.sqlite3")

    def add(self, feedback: Feedback) -> None:
        """Keep ``feedback``. Raises ``OSError`` or ``sqlite3.Error`` if it cannot be written."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            feedback.thumb,
            feedback.reason,
            feedback.words,
            json.dumps(feedback.answer, ensure_ascii=False),
        )
        with closing(self._connect()) as connection, connection:
            connection.execute(
                "INSERT INTO feedback (at, thumb, reason, words, answer) VALUES (?, ?, ?, ?, ?)", row
            )

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every entry, oldest first, as a document: at, thumb, reason, words, answer."""
        if not self._file.exists():
            return
        with closing(self._connect()) as connection:
            for at, thumb, reason, words, answer in connection.execute(
                "SELECT at, thumb, reason, words, answer FROM feedback ORDER BY id"
            ):
                yield {
                    "at": at,
                    "thumb": thumb,
                    "reason": reason,
                    "words": words,
                    "answer": json.loads(answer),
                }

    def cases(self) -> Iterator[dict[str, Any]]:
        """Every answer that was judged, oldest first, as a case to be finished by hand: a line of an eval dataset.

        What a helpful answer cites becomes the gold evidence, its words the
        gold answer. Of one that was not right, all that is known is what was
        said of it: ``keys`` are for whoever reads the report. The last
        judgement of an answer counts.
        """
        judged = {json.dumps(_asked(entry["answer"])): entry for entry in self.entries()}
        for number, entry in enumerate(judged.values(), start=1):
            answer = entry["answer"]
            right = entry["thumb"] == "good"
            absent = answer.get("status") == "not_in_reports"
            yield {
                "id": f"feedback-{number:04}",
                "lang": answer.get("language", "zh"),
                "type": "unanswerable" if right and absent else "feedback",
                "question": answer.get("question", ""),
                "answer": answer.get("answer", "") if right else "",
                "answer_keys": [],
                "forbidden": [],
                "evidence": [
                    {"report": one["report"], "quote": one["quote"]} for one in answer.get("citations", ())
                ]
                if right
                else [],
                "judged": entry["thumb"],
                "reason": entry["reason"],
                "words": entry["words"],
                "at": entry["at"],
            }

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
        connection.execute(_TABLE)
        return connection


def _asked(answer: dict[str, Any]) -> list[Any]:
    """What makes two judgements speak of the same answer."""
    return [answer.get("question"), answer.get("answer"), answer.get("fingerprint")]
