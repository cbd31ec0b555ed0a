"""Nearest vectors by inner product. The only importer of faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import faiss
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FLAT_UP_TO: Final = 100_000
"""Among so many vectors, all are compared: that is exact and takes some ten milliseconds."""

# More are first compared in 2 bits a dimension: 2 of them make one code, the nearest of 16. That fits
# registers (André et al. 2017, "Quicker ADC"), so that codes of a million clauses take milliseconds.
# Inverted lists lost too much here: clauses lie close together, and a question's nearest in a quarter of the lists.
_CODE_BITS: Final = 4
_TRAINED: Final = 65_536
_SEED: Final = 7
_DEPTH: Final = 2_000
"""So many of the nearest by code are compared exactly: at 10^6 they hold 99 % of the ten nearest, measured by ``evals.performance``."""


class DenseIndex:
    """Unit vectors in FAISS.

    Few are all compared. Of many, the nearest by product quantisation (Jégou
    et al. 2011) are, so that similarities are exact and a near one is seldom
    missed.
    """

    def __init__(self, engine: faiss.Index, flat_up_to: int = FLAT_UP_TO) -> None:
        self._engine = engine
        self._flat_up_to = flat_up_to
        self._codes: faiss.Index | None = None
        self._vectors = engine
        if isinstance(engine, faiss.IndexRefineFlat):
            self._codes = faiss.downcast_index(engine.base_index)
            self._vectors = faiss.downcast_index(engine.refine_index)

    @classmethod
    def build(cls, vectors: NDArray[np.float32], flat_up_to: int = FLAT_UP_TO) -> DenseIndex:
        """An index over ``vectors`` of shape (count, dimension), exact up to ``flat_up_to``; equal vectors give an equal one."""
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if len(vectors) <= flat_up_to:
            engine: faiss.Index = faiss.IndexFlatIP(vectors.shape[1])
        else:
            engine = faiss.IndexRefineFlat(_trained(vectors))
        engine.add(vectors)
        return cls(engine, flat_up_to)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index stored at ``path``, its vectors memory-mapped."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        # Not by the engine itself, which tells of a full disk without saying that it is one.
        path.write_bytes(faiss.serialize_index(self._engine).data)

    def nearest(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and similarities of the ``k`` nearest vectors, best first, among ``rows`` only if given.

        Among few rows (``flat_up_to``) it is exact.
        """
        if self._codes is None or (rows is not None and len(rows) <= self._flat_up_to):
            return self.nearest_exactly(vector, k, rows)
        candidates = self._candidates(self._codes, vector, max(k, _DEPTH), rows)
        similar = self._vectors.reconstruct_batch(candidates) @ vector
        best = np.lexsort((candidates, -similar))[:k]
        return candidates[best], similar[best]

    def nearest_exactly(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """As ``nearest``, with all of the vectors compared whatever their number."""
        k = min(k, self._engine.ntotal if rows is None else len(rows))
        if k <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        parameters = None
        if rows is not None:
            bits = np.packbits(self._held(rows), bitorder="little")
            # The stubs describe the C++ calls, not the Python ones.
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, found = self._vectors.search(_one(vector), k, params=parameters)
        return found[0], scores[0]

    def _candidates(
        self, codes: faiss.Index, vector: NDArray[np.float32], depth: int, rows: NDArray[np.int64] | None
    ) -> NDArray[np.int64]:
        """The ``depth`` nearest rows by code, of ``rows`` only if given."""
        total = self._engine.ntotal
        held = None if rows is None else self._held(rows)
        # The codes know no filter: the more rows it leaves out, the more are taken.
        asked = depth if rows is None else 2 * depth * total // len(rows)
        while True:
            found: NDArray[np.int64] = codes.search(_one(vector), min(asked, total))[1][0]
            candidates = found if held is None else found[held[found]][:depth]
            if held is None or len(candidates) == depth or asked >= total:
                return candidates
            asked *= 4

    def _held(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        held = np.zeros(self._engine.ntotal, dtype=bool)
        held[rows] = True
        return held


class RoundedIndex:
    """The directions of vectors of small integers: first compared in eight bits a component by FAISS, in a third of the time, then exactly.

    Args:
        rounded: shape (count, dimension); of any length but 0.
    """

    def __init__(self, rounded: NDArray[np.int8]) -> None:
        self._rounded = rounded
        vectors = rounded.astype(np.float32)
        self._lengths = np.linalg.norm(vectors, axis=1)
        vectors /= self._lengths[:, None]
        bits = faiss.ScalarQuantizer.QT_8bit
        self._codes = faiss.IndexScalarQuantizer(vectors.shape[1], bits, faiss.METRIC_INNER_PRODUCT)
        self._codes.train(vectors)
        self._codes.add(vectors)

    def nearest(self, vector: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and cosines of the ``k`` nearest to the unit ``vector``, best first; one of the last places may be missed for its like."""
        found: NDArray[np.int64] = self._codes.search(_one(vector), min(k, len(self._rounded)))[1][0]
        similar = self._rounded[found].astype(np.float32) @ vector / self._lengths[found]
        best = np.lexsort((found, -similar))
        return found[best], similar[best]


def _one(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector[None, :].astype(np.float32)


def _trained(vectors: NDArray[np.float32]) -> faiss.IndexPQFastScan:
    """An empty index of codes that were learned from a sample of ``vectors``."""
    dimension = vectors.shape[1]
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    codes = faiss.IndexPQFastScan(dimension, parts, _CODE_BITS, faiss.METRIC_INNER_PRODUCT)
    codes.pq.cp.seed = _SEED
    # Evenly spaced: every report has its share, and it is the same sample again.
    codes.train(np.ascontiguousarray(vectors[:: max(1, len(vectors) // _TRAINED)]))
    return codes
