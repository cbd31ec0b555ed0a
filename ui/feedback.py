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

    def cases(self) -> Iterator[dict[str, Any]]:
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

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
        connection.execute(_TABLE)
        return connection
