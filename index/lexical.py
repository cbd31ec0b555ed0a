"""BM25 over index terms (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"), by bm25s.

The only importer of bm25s. Scores are computed at indexing time and read from
memory-mapped arrays (Lù 2024, "BM25S").
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import bm25s
import numpy as np

from index.arrays import ONE_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.glossary import Concept

# Clauses and passages differ little in length, and a long one names more
# things rather than repeating one: little length normalisation, early saturation.
_K1 = 1.2
OF_PARTS = 0.4
"""How much length counts among clauses and passages."""
OF_WHOLE_TEXTS = 0.75
"""How much it counts among whole documents, of which one is many times as long as another: as usual."""


class LexicalIndex:
    """Scores of every indexed text for a query's terms."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]], normalisation: float = OF_PARTS) -> LexicalIndex:
        """An index over ``texts``, each given as its terms; equal texts give an equal index.

        ``normalisation`` is the b of BM25, in [0, 1]: how much the length of a text counts against it.
        """
        # Numbered here: bm25s would number terms in the order of a set, which is another one in
        # every process, and would hold every text in memory once more.
        numbers: dict[str, int] = {}
        numbered = [[numbers.setdefault(term, len(numbers)) for term in terms or ("",)] for terms in texts]
        engine = bm25s.BM25(k1=_K1, b=normalisation, method="lucene")
        corpus = numbered or [[numbers.setdefault("", 0)]]
        engine.index((corpus, numbers), show_progress=False)
        return cls(engine, len(numbered))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """The index saved in ``folder``, memory-mapped."""
        with ONE_AT_A_TIME:
            engine = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)
        return cls(engine, size)

    def save(self, folder: Path) -> None:
        """Write the index as .npy and .json files into ``folder``."""
        self._engine.save(str(folder), show_progress=False)

    @property
    def size(self) -> int:
        """How many texts are indexed."""
        return self._size

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 score of every text, shape (size,); 0 where no term occurs."""
        known = [term for term in terms if term and term in self._engine.vocab_dict]
        if not known or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)[: self._size]

    def knows(self, word: str) -> bool:
        """Whether a text may hold the Chinese ``word``: as a term, or cut otherwise, by its pairs of characters."""
        known = self._engine.vocab_dict
        return word in known or all(pair in known for pair in _pairs(word))

    def concept_scores(self, concepts: Sequence[Concept]) -> NDArray[np.float32]:
        """Sum over ``concepts`` of the best weight of a word that a text holds, times the concept's idf; shape (size,).

        The document frequency of a concept is the sum of those weights over
        all texts (Pirkola 1998): a common translation makes it common.
        """
        total = np.zeros(self._size, dtype=np.float32)
        weight = np.zeros(self._size, dtype=np.float32)
        for concept in concepts:
            held, frequency = [], 0.0
            for word, share in sorted(concept, key=lambda pair: pair[1]):
                rows = self._holding(word)
                frequency += share * len(rows) - float(weight[rows].sum(dtype=np.float64))
                weight[rows] = share  # ascending, so that the best one stays
                held.append(rows)
            found = np.concatenate(held)
            # A text that holds two of the words is in it twice, and gets its sum once: it is assigned, not added.
            total[found] += _idf(self._size, frequency) * weight[found]
            weight[found] = 0
        return total

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each term; that of a term seen nowhere is the highest possible."""
        indptr = self._engine.scores["indptr"]
        found = {}
        for term in terms:
            number = self._engine.vocab_dict.get(term)
            frequency = 0 if number is None else int(indptr[number + 1] - indptr[number])
            found[term] = _idf(self._size, frequency)
        return found

    def _holding(self, word: str) -> NDArray[np.int64]:
        """The rows of the texts that hold ``word``, ascending."""
        known = self._engine.vocab_dict
        terms = [word] if word in known else _pairs(word)
        if not terms or any(term not in known for term in terms):
            return np.zeros(0, dtype=np.int64)
        indptr, indices = self._engine.scores["indptr"], self._engine.scores["indices"]
        rows = [indices[indptr[known[term]] : indptr[known[term] + 1]] for term in terms]
        return np.asarray(reduce(_common, sorted(rows, key=len)), dtype=np.int64)


def _common(few: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of ``few`` rows that are among ``many``, both ascending: faster than by sorting both where one is short."""
    at = np.searchsorted(many, few)
    return few[(at < len(many)) & (many[np.minimum(at, len(many) - 1)] == few)] if len(many) else few[:0]


def _pairs(word: str) -> list[str]:
    """The terms under which ``index.tokens.index_terms`` keeps the pairs of characters of ``word``."""
    return ["_" + word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _idf(size: int, frequency: float) -> float:
    return float(np.log(1 + max(0.0, size - frequency + 0.5) / (frequency + 0.5)))
