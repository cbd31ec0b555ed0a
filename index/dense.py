"""Nearest vectors by inner product. The only importer of faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


class DenseIndex:
    """Unit vectors in a flat FAISS index: exact search, no training."""

    def __init__(self, engine: faiss.Index) -> None:
        self._engine = engine

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An index over ``vectors`` of shape (count, dimension)."""
        engine = faiss.IndexFlatIP(vectors.shape[1])
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index stored at ``path``, memory-mapped."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP))

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        # Not by the engine itself, which tells of a full disk without saying that it is one.
        path.write_bytes(faiss.serialize_index(self._engine).tobytes())

    def nearest(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and similarities of the ``k`` nearest vectors, best first, among ``rows`` only if given."""
        k = min(k, self._engine.ntotal if rows is None else len(rows))
        if k <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        parameters = None
        if rows is not None:
            selector = faiss.IDSelectorBatch(np.asarray(rows, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub leaves sel out
        scores, found = self._engine.search(vector[None, :].astype(np.float32), k, params=parameters)
        return found[0], scores[0]
