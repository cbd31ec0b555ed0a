"""What the language model wrote before, kept in SQLite: the same prompt is not paid for twice."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from rag.kept import KeptTexts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Completions(KeptTexts):
    """A bounded store of texts by prompt.

    Only what the model wrote is kept, not the answer: the evidence in the
    prompt is part of the key, so that nothing outlives a change of the index.

    Args:
        path: the SQLite file, made with its folder when first needed.
        scope: what else gives a text its meaning: the server's address and its options.
        limit: texts kept; the oldest go first.
    """

    def __init__(self, path: Path, scope: str, limit: int = 20_000) -> None:
        super().__init__(path, "completions", limit)
        self._scope = scope

    def key(self, model: str, kind: str, messages: Sequence[tuple[str, str]]) -> str:
        """What a text is kept under: model, kind of use and the whole prompt."""
        return hashlib.sha256(json.dumps([self._scope, model, kind, list(messages)]).encode()).hexdigest()
