"""Indexes of any size from real sentences, for measuring what size costs.

Sentences of the corpus are drawn with replacement and put together into
reports, which the normal code indexes. Encoding a million sentences would take
days and measure the encoder, so that each gets the vector of a real one, moved
by a part of the difference between two others: vectors then lie as real ones
do, close together in few directions. Noise that is alike in all directions
would make every search by clusters fail, and one by codes look better.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass
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
# Moved so far, the similarities of a question to its 1st, 10th and 200th nearest of a million (0.90, 0.90, 0.89)
# continue those among the 12,000 real clauses of 26 reports (0.90, 0.89, 0.87).
_MOVED: Final = 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """What resampled indexes are drawn from: real ``sentences``, and ``vectors`` (count, dimension) of real clauses."""

    sentences: tuple[str, ...]
    vectors: NDArray[np.float32]


def sample_of(library: Library) -> Sample:
    """Every clause of the indexed reports, and its vector."""
    sentences = [clause.text for entry in library.entries for clause in library.parsed(entry.id).clauses]
    return Sample(tuple(sentences), np.concatenate([library.vectors(entry.id) for entry in library.entries]))


class ResampledEncoder:
    """An ``Encoder`` whose documents get vectors near real ones; queries are encoded for real."""

    def __init__(self, encoder: Encoder, vectors: NDArray[np.float32]) -> None:
        self._encoder = encoder
        self._pool = vectors

    @property
    def fingerprint(self) -> str:
        """Never that of the real encoder, as these indexes are for measuring only; it begins as that does, as queries have its vectors."""
        return f"{self._encoder.fingerprint}, documents resampled"

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The real vector of ``text``."""
        return self._encoder.encode_query(text)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """For each text a real vector, moved a little and of length 1; all drawn by the first text's hash."""
        draw = np.random.default_rng(zlib.crc32(texts[0].encode()))
        near, one, other = self._pool[draw.integers(0, len(self._pool), (3, len(texts)))]
        vectors = near + _MOVED * (one - other)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths, dtype=np.float32)


def resampled_reports(sentences: Sequence[str], size: int, seed: int = 0) -> Iterator[Report]:
    """Reports that hold about ``size`` of the ``sentences``, drawn with replacement by ``seed``."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    for number, start in enumerate(range(0, size, _PER_REPORT)):
        chosen = [draw.choice(sentences).rstrip("。；") for _ in range(min(_PER_REPORT, size - start))]
        paragraphs = [
            "。".join(chosen[i : i + _PER_PARAGRAPH]) + "。" for i in range(0, len(chosen), _PER_PARAGRAPH)
        ]
        yield report_from_text("\n".join(paragraphs) + "\n", f"resampled-{number:05d}", any_text=True)
