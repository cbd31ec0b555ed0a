"""The embedded search engine: FAISS and BM25 over the memory-mapped files of one generation.

One ranking over clauses: BM25 of the clause in its context (part, section and
lead sentence in front), BM25 of the passage around it, and the similarity of
its vector, each scaled and summed with fixed weights. Period is evidence that
moves ranks; a filter only where the caller says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from index.build import STATUSES
from index.dense import DenseIndex
from index.fusion import scale_to_best, stretch, weighted_sum
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.tokens import index_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.backend import Filters, Wording
    from index.encoder import Encoder
    from index.glossary import Concept
    from index.store import Generation
    from index.types import PeriodStatus

_CANDIDATES: Final = 200


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the ranking counts; an evaluation sets single ones to 0.

    Attributes:
        clause, passage, dense: BM25 of the clause, BM25 of its passage, similarity; their mean is at most 1.
        report: what a clause gains by the words in the whole of its report. It is great, because reports
            on the same subject hardly differ in it, and documents on different ones are told apart by it.
        period: what a clause gains by being of the wanted year and status.
        glossary: the English question's own words, by dictionary, beside those of its translation.
    """

    clause: float = 2.0
    passage: float = 0.5
    dense: float = 1.5
    report: float = 1.0
    period: float = 0.25
    glossary: float = 1.0


class EmbeddedBackend:
    """A ``SearchBackend`` over the files of ``generation``. Raises ``OSError`` or ``ValueError`` if they are damaged."""

    def __init__(self, generation: Generation, encoder: Encoder, weights: Weights = Weights()) -> None:
        folder = generation.folder
        self._encoder = encoder
        self._weights = weights
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        count = int(self._rows["passage"].max()) + 1 if len(self._rows) else 0
        self._dense = DenseIndex.load(folder / "dense.faiss")
        self._clauses = LexicalIndex.load(folder / "clauses", len(self._rows))
        self._passages = LexicalIndex.load(folder / "passages", count)
        self._reports = LexicalIndex.load(folder / "reports", len(generation.manifest.entries))
        self._numbers = {entry.id: number for number, entry in enumerate(generation.manifest.entries)}

    def rank(
        self, wording: Wording, filters: Filters, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``limit`` best clauses; scores are at most 1 plus the gains of report and period."""
        rows = self._allowed(filters)
        if not len(rows):
            return rows, np.zeros(0, dtype=np.float32)
        scores = self._scores(wording, rows, filters)
        order = np.argsort(-scores, kind="stable")[:limit]
        return rows[order], scores[order]

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
        return self._clauses.idf(terms)

    @cached_property
    def _glossary(self) -> Glossary:
        """Made at the first English question: it takes a second, and many indexes never meet one."""
        return Glossary(self._clauses.knows)

    def _allowed(self, filters: Filters) -> NDArray[np.int64]:
        """Rows of the wanted reports and, if strict, periods."""
        keep = _fit(self._rows, filters.years, filters.statuses) == 1
        if filters.reports:
            keep &= np.isin(self._rows["report"], [self._numbers[report] for report in filters.reports])
        return np.flatnonzero(keep)

    def _scores(self, wording: Wording, rows: NDArray[np.int64], filters: Filters) -> NDArray[np.float32]:
        """A score for each of ``rows``."""
        terms = index_terms(wording.about) if wording.chinese else []
        concepts = self._concepts(wording)
        found = self._rows[rows]
        clause = scale_to_best(self._by_words(self._clauses, terms, concepts)[rows])
        passage = scale_to_best(self._by_words(self._passages, terms, concepts)[found["passage"]])
        report = scale_to_best(self._by_words(self._reports, terms, concepts)[found["report"]])
        report -= report.min(initial=1.0)  # nothing for what all of the reports have
        weights = self._weights
        scores = weighted_sum(
            [
                (weights.clause, clause),
                (weights.dense, self._by_meaning(wording, rows)),
                (weights.passage, passage),
            ]
        )
        scores += weights.report * report
        return scores + weights.period * _fit(found, filters.near_years, filters.near_statuses)

    def _concepts(self, wording: Wording) -> list[Concept]:
        """What the English question speaks of: its words by dictionary, and those that reports use as they are."""
        if not wording.english or not self._weights.glossary:
            return []
        kept = [term for term in index_terms(wording.english) if self._clauses.knows(term)]
        return [*self._glossary.concepts(wording.english), *(((term, 1.0),) for term in kept)]

    def _by_words(
        self, index: LexicalIndex, terms: list[str], concepts: list[Concept]
    ) -> NDArray[np.float32]:
        scores = scale_to_best(index.scores(terms))
        if not concepts:
            return scores
        return scores + self._weights.glossary * scale_to_best(index.concept_scores(concepts))

    def _by_meaning(self, wording: Wording, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarities stretched over the nearest candidates, 0 for the rest; the mean over both languages."""
        asked = [wording.text] + [wording.original] * bool(wording.original)
        scores = np.zeros(len(rows), dtype=np.float32)
        for text in asked:
            found, similar = self._dense.nearest(self._encoder.encode_query(text), _CANDIDATES, rows)
            scores[np.searchsorted(rows, found)] += stretch(similar) / len(asked)
        return scores


def _fit(
    rows: NDArray[np.void], years: tuple[int, ...], statuses: tuple[PeriodStatus, ...]
) -> NDArray[np.float32]:
    """1 for rows of a wanted year and status, 0.5 where one of two fits, else 0; 1 where nothing is wanted."""
    wanted = []
    if years:
        wanted.append(np.isin(rows["year"], years))
    if statuses:
        wanted.append(np.isin(rows["status"], [STATUSES.index(status) for status in statuses]))
    if not wanted:
        return np.ones(len(rows), dtype=np.float32)
    return np.asarray(np.mean(wanted, axis=0), dtype=np.float32)
