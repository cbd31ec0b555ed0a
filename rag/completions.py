"""What the language model wrote before, kept in SQLite: the same prompt is not paid for twice."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LOG: Final = logging.getLogger(__name__)
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS completions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL
);
"""


class Completions:
    """A bounded store of texts by prompt, shared by threads and processes.

    Only what the model wrote is kept, not the answer: the evidence in the
    prompt is part of the key, so that nothing outlives a change of the index.

    Args:
        path: the SQLite file, made with its folder when first needed.
        scope: what else gives a text its meaning: the server's address and its options.
        limit: texts kept; the oldest go first.
    """

    def __init__(self, path: Path, scope: str, limit: int = 20_000) -> None:
        self._path = path
        self._scope = scope
        self._limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def key(self, model: str, kind: str, messages: Sequence[tuple[str, str]]) -> str:
        """What a text is kept under: model, kind of use and the whole prompt."""
        return hashlib.sha256(json.dumps([self._scope, model, kind, list(messages)]).encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """The text kept under ``key``, if any."""
        try:
            with self._lock:
                row = self._open().execute("SELECT text FROM completions WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, OSError):
            _LOG.warning("%s cannot be read; answers are written anew.", self._path)
            return None
        return None if row is None else str(row[0])

    def put(self, key: str, text: str) -> None:
        """Keep ``text`` under ``key``."""
        try:
            with self._lock, self._open() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO completions (key, text) VALUES (?, ?)", (key, text)
                )
                connection.execute(
                    "DELETE FROM completions WHERE number <= (SELECT MAX(number) FROM completions) - ?",
                    (self._limit,),
                )
        except (sqlite3.Error, OSError):
            _LOG.warning("%s cannot be written; answers are not kept.", self._path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                with closing(self._connection):
                    self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, check_same_thread=False, timeout=10)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_SCHEMA)
        return self._connection
