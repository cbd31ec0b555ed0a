"""Texts kept in SQLite by a key: a bounded store, shared by threads and processes."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LOG: Final = logging.getLogger(__name__)
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS {table} (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL
);
"""


class KeptTexts:
    """Texts by key; the oldest go first.

    A file that cannot be read or written costs a warning and the time to make the text anew, nothing else.

    Args:
        path: the SQLite file, made with its folder when first needed.
        table: where in it; letters only.
        limit: texts kept.
    """

    def __init__(self, path: Path, table: str, limit: int) -> None:
        self._path = path
        self._table = table
        self._limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: str) -> str | None:
        """The text kept under ``key``, if any."""
        try:
            with self._lock:
                found = self._open().execute(f"SELECT text FROM {self._table} WHERE key = ?", (key,))  # noqa: S608 - the table is ours
                row = found.fetchone()
        except (sqlite3.Error, OSError):
            _LOG.warning("%s cannot be read; its texts are made anew.", self._path)
            return None
        return None if row is None else str(row[0])

    def put(self, key: str, text: str) -> None:
        """Keep ``text`` under ``key``."""
        self._change((f"INSERT OR REPLACE INTO {self._table} (key, text) VALUES (?, ?)", (key, text)))  # noqa: S608 - as above
        self._change(
            (
                f"DELETE FROM {self._table} WHERE number <= (SELECT MAX(number) FROM {self._table}) - ?",  # noqa: S608 - as above
                (self._limit,),
            )
        )

    def keep_only(self, prefix: str) -> None:
        """Drop every text whose key does not begin with ``prefix``."""
        self._change(
            (f"DELETE FROM {self._table} WHERE substr(key, 1, ?) <> ?", (len(prefix), prefix))  # noqa: S608 - as above
        )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                with closing(self._connection):
                    self._connection = None

    def _change(self, statement: tuple[str, tuple[object, ...]]) -> None:
        try:
            with self._lock, self._open() as connection:
                connection.execute(*statement)
        except (sqlite3.Error, OSError):
            _LOG.warning("%s cannot be written; its texts are not kept.", self._path)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, check_same_thread=False, timeout=10)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_SCHEMA.format(table=self._table))
        return self._connection
