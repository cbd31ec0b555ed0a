"""Indexes of any size from real sentences, for measuring what size costs.

Sentences of the corpus are drawn with replacement and put together into
reports, which the normal code indexes. Encoding a million sentences would take
days and measure the encoder, so that each sentence gets the vector of a real
one, a little moved: vectors lie as real ones do.
"""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from index.loaders import report_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.library import Library
    from index.types import Report

_PER_REPORT: Final = 500
_PER_PARAGRAPH: Final = 5
_NOISE: Final = 0.02
_POOL: Final = 300


class ResampledEncoder:
    """An ``Encoder`` whose documents get vectors near real ones; queries are encoded for real."""

    def __init__(self, encoder: Encoder, sentences: Sequence[str]) -> None:
        self._encoder = encoder
        self._pool = encoder.encode_documents(list(sentences[:_POOL]))

    @property
    def fingerprint(self) -> str:
        """Never that of the real encoder: these indexes are for measuring only."""
        return f"resampled from {self._encoder.fingerprint}"

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The real vector of ``text``."""
        return self._encoder.encode_query(text)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """For each text the vector of a sentence chosen by its hash, moved a little and of length 1."""
        seeds = [zlib.crc32(text.encode()) for text in texts]
        vectors = self._pool[[seed % len(self._pool) for seed in seeds]].copy()
        vectors += np.random.default_rng(seeds[0]).normal(0, _NOISE, vectors.shape).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths, dtype=np.float32)


def sentences_of(library: Library) -> list[str]:
    """Every clause of the indexed reports."""
    return [clause.text for entry in library.entries for clause in library.parsed(entry.id).clauses]


def resampled_reports(sentences: Sequence[str], size: int, seed: int = 0) -> Iterator[Report]:
    """Reports that hold about ``size`` of the ``sentences``, drawn with replacement by ``seed``."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    for number, start in enumerate(range(0, size, _PER_REPORT)):
        chosen = [draw.choice(sentences).rstrip("。；") for _ in range(min(_PER_REPORT, size - start))]
        paragraphs = [
            "。".join(chosen[i : i + _PER_PARAGRAPH]) + "。" for i in range(0, len(chosen), _PER_PARAGRAPH)
        ]
        yield report_from_text("\n".join(paragraphs) + "\n", f"resampled-{number:05d}", any_text=True)
