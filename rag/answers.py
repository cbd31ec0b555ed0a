"""Answers given before: what many people ask comes back at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from rag.types import Answer, Fingerprint, Question


class Answers:
    """A bounded store of answers in memory, shared by threads; what was not asked for longest goes first.

    An answer is kept by its question, whether the model was asked, and what it was made by: none outlives a change of the
    index. What the model wrote is kept on disk as well (``Completions``), so that a new start forgets only what takes
    a tenth of a second.

    Args:
        limit: answers kept.
    """

    def __init__(self, limit: int = 1000) -> None:
        self._kept: LRUCache[tuple[Question, bool, Fingerprint], Answer] = LRUCache(limit)
        self._lock = threading.Lock()

    def get(self, question: Question, made_by: Fingerprint, *, use_model: bool) -> Answer | None:
        """The answer kept for ``question``, if any."""
        with self._lock:
            return self._kept.get((question, use_model, made_by))

    def put(self, question: Question, answer: Answer, *, use_model: bool) -> None:
        """Keep ``answer``."""
        with self._lock:
            self._kept[question, use_model, answer.fingerprint] = answer
