"""Answers given before, kept in SQLite: what many people ask comes back at once, also after a new start."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from rag.kept import KeptTexts
from rag.types import Answer, Fingerprint, Question

_LOG: Final = logging.getLogger(__name__)
_ANSWER: Final = TypeAdapter(Answer)
_ROOMS: Final = ("index", "prompts", "rag")


class Answers:
    """A bounded store of answers, shared by threads and processes; the oldest go first.

    An answer is kept by its question, whether the model was asked, and what it was made by: index, model, prompts, the
    settings and the program's own files. None outlives a change of the index, in the file neither.

    Args:
        path: the SQLite file, made with its folder when first needed.
        scope: the settings that an answer depends on.
        limit: answers kept.
    """

    def __init__(self, path: Path, scope: str, limit: int = 5_000) -> None:
        self._kept = KeptTexts(path, "answers", limit)
        self._scope = scope
        self._index = ""

    def get(self, question: Question, made_by: Fingerprint, *, use_model: bool) -> Answer | None:
        """The answer kept for ``question``, if any."""
        text = self._kept.get(self._key(question, made_by, use_model=use_model))
        if text is None:
            return None
        try:
            return _ANSWER.validate_json(text)
        except ValidationError:
            _LOG.warning("A kept answer cannot be read; it is made anew.")
            return None

    def put(self, question: Question, answer: Answer, *, use_model: bool) -> None:
        """Keep ``answer``, and drop those of other states of the index."""
        if self._index != answer.fingerprint.index:
            self._index = answer.fingerprint.index
            self._kept.keep_only(f"{self._index}/")
        key = self._key(question, answer.fingerprint, use_model=use_model)
        self._kept.put(key, _ANSWER.dump_json(answer).decode())

    def close(self) -> None:
        """Close the file."""
        self._kept.close()

    def _key(self, question: Question, made_by: Fingerprint, *, use_model: bool) -> str:
        whole = repr((self._scope, program_fingerprint(), made_by, question, use_model))
        return f"{made_by.index}/{hashlib.sha256(whole.encode()).hexdigest()}"


@cache
def program_fingerprint() -> str:
    """Short hash of the names, sizes and times of the files that make an answer: another version of the program answers anew."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for room in _ROOMS for path in (root / room).rglob("*") if path.suffix != ".pyc"):
        state = path.stat()
        if path.is_file():
            digest.update(f"{path.relative_to(root)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]
