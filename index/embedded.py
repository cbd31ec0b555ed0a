"""The embedded search engine: FAISS and BM25 over the memory-mapped files of one generation.

One ranking over clauses: BM25 of the clause in its context (part, section and
lead sentence in front), BM25 of the passage around it, and the similarity of
its vector, each scaled and summed with fixed weights. Period is evidence that
moves ranks; a filter only where the caller says so.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from index.arrays import read_array
from index.dense import DenseIndex
from index.fusion import best_first, scale_to_best, stretch
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.shard import STATUSES
from index.thesaurus import Thesaurus
from index.tokens import index_terms

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.backend import Filters, Wording
    from index.encoder import Encoder
    from index.glossary import Concept
    from index.store import Generation
    from index.types import PeriodStatus

_CANDIDATES: Final = 200
# Meaning is searched for beside the words: so many questions at once do not wait for each other in it.
_BESIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the ranking counts; an evaluation sets single ones to 0.

    Attributes:
        clause, passage, dense: BM25 of the clause, BM25 of its passage, similarity; their mean is at most 1.
        report: what a clause gains by the words in the whole of its document, where that is of no place. It is
            great, because such documents are told apart by their subjects, and reports by place and year alone.
        period: what a clause gains by being of the wanted year and status.
        glossary: the English question's own words, by dictionary, beside those of its translation.
        thesaurus: the official terms for the everyday words of the question, and those nearest to it in meaning.
    """

    clause: float = 2.0
    passage: float = 0.5
    dense: float = 1.5
    report: float = 1.0
    period: float = 0.25
    glossary: float = 1.0
    thesaurus: float = 0.6


class EmbeddedBackend:
    """A ``SearchBackend`` over the files of ``generation``. Raises ``OSError`` or ``ValueError`` if they are damaged."""

    def __init__(self, generation: Generation, encoder: Encoder, weights: Weights = Weights()) -> None:
        folder = generation.folder
        self._encoder = encoder
        self._weights = weights
        self._columns = _read_columns(folder / "rows.npy")
        count = int(self._columns.passage.max(initial=-1)) + 1
        self._dense = DenseIndex.load(folder / "dense.faiss")
        self._clauses = LexicalIndex.load(folder / "clauses", len(self._columns.report))
        self._passages = LexicalIndex.load(folder / "passages", count)
        self._reports = LexicalIndex.load(folder / "reports", len(generation.manifest.entries))
        self._placeless = np.array(
            [not entry.place for entry in generation.manifest.entries], dtype=np.float32
        )
        self._numbers = {entry.id: number for number, entry in enumerate(generation.manifest.entries)}
        self._thesaurus = Thesaurus(encoder.fingerprint)
        self._beside = ThreadPoolExecutor(max_workers=_BESIDE, thread_name_prefix="meaning")

    def rank(
        self, wording: Wording, filters: Filters, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``limit`` best clauses; scores are at most 1 plus the gains of report and period."""
        rows = self._allowed(filters)
        found = self._columns if rows is None else self._columns.at(rows)
        scores = self._scores(wording, found, rows, filters)
        best = best_first(scores, limit)
        return (best if rows is None else rows[best]), scores[best]

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
        return self._clauses.idf(terms)

    @cached_property
    def _glossary(self) -> Glossary:
        """Made at the first English question: it takes a second, and many indexes never meet one."""
        return Glossary(self._clauses.knows)

    def _allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Rows of the wanted reports and, if strict, periods; None for all rows."""
        limits = self._columns.of(filters.years, filters.statuses)
        if filters.reports:
            numbers = [self._numbers[report] for report in filters.reports]
            limits.append(np.isin(self._columns.report, numbers))
        return np.flatnonzero(np.logical_and.reduce(limits)) if limits else None

    def _scores(
        self, wording: Wording, found: _Columns, rows: NDArray[np.int64] | None, filters: Filters
    ) -> NDArray[np.float32]:
        """A score for each of ``rows``, whose columns are ``found``: a convex combination (Bruch et al. 2023, "An Analysis of Fusion Functions")."""
        if not len(found.report):
            return np.zeros(0, dtype=np.float32)
        # Encoded where the vectors are searched: threads that calculate by turns, each with helpers of its own, slow each other.
        asked, official = self._beside.submit(self._understood, wording).result()
        meaning = self._beside.submit(self._by_meaning, asked, rows)
        # Clauses stand in the order of their reports.
        reports = None if rows is None else found.report[np.diff(found.report, prepend=-1) > 0]
        placeless = self._placeless if reports is None else self._placeless[reports]
        # The thesaurus has the names of what reports speak of: documents of no place use other words, or mean others by them.
        words = self._words(wording, [] if placeless.all() else official)
        weights = self._weights
        total = weights.clause + weights.dense + weights.passage
        scores = self._by_words(self._clauses, words)
        scores = scale_to_best(scores if rows is None else scores[rows], weights.clause / total)
        scores += self._of_passages(words, found, rows, weights.passage / total)
        at, similar = meaning.result()
        scores[at] += np.float32(weights.dense / total) * similar
        if placeless.any():
            scores += self._of_documents(wording, words, reports)[found.report]
        scores += np.float32(weights.period) * _fit(found, filters.near_years, filters.near_statuses)
        return scores

    def _understood(self, wording: Wording) -> tuple[list[NDArray[np.float32]], list[Concept]]:
        """The unit vector of each of the wording's texts, and what it speaks of in official terms."""
        asked = {text: self._encoder.encode_query(text) for text in wording.texts}
        official = self._thesaurus.concepts(wording.about, asked) if self._weights.thesaurus else []
        return list(asked.values()), official

    def _of_passages(
        self, words: _Words, found: _Columns, rows: NDArray[np.int64] | None, weight: float
    ) -> NDArray[np.float32]:
        """For each clause the score of its passage, of which the best of those that hold a clause of ``rows`` gets ``weight``."""
        passages = self._by_words(self._passages, words)
        if rows is None:  # each passage holds a clause, and there are fewer of them
            return scale_to_best(passages, weight)[found.passage]
        return scale_to_best(passages[found.passage], weight)

    def _of_documents(
        self, wording: Wording, words: _Words, reports: NDArray[np.int64] | None
    ) -> NDArray[np.float32]:
        """For every document its score by the words in all of it, if it is of no place; 0 for what all of the ``reports`` have, and for others.

        All that a question says counts: what is no part of its subject may be of the document's.
        """
        if wording.chinese:
            words = replace(words, terms=index_terms(wording.text))
        document = self._by_words(self._reports, words)
        searched = document if reports is None else document[reports]
        best = float(searched.max(initial=0.0))
        document -= searched.min()
        return self._placeless * document * np.float32(self._weights.report / best if best else 0.0)

    def _words(self, wording: Wording, official: list[Concept]) -> _Words:
        """What is looked for by words; ``official`` is what it speaks of in official terms."""
        terms = index_terms(wording.about) if wording.chinese else []
        concepts: list[Concept] = []
        if wording.english and self._weights.glossary:
            kept = [term for term in index_terms(wording.english) if self._clauses.knows(term)]
            concepts = [*self._glossary.concepts(wording.english), *(((term, 1.0),) for term in kept)]
        return _Words(terms, concepts, official)

    def _by_words(self, index: LexicalIndex, words: _Words) -> NDArray[np.float32]:
        scores = scale_to_best(index.scores(words.terms))
        for weight, concepts in (
            (self._weights.glossary, words.english),
            (self._weights.thesaurus, words.official),
        ):
            if concepts:
                scores += scale_to_best(index.concept_scores(concepts), weight)
        return scores

    def _by_meaning(
        self, asked: list[NDArray[np.float32]], rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Where, of ``rows`` or all, the nearest candidates stand, and their similarities stretched; the mean over both languages."""
        gains: dict[int, float] = defaultdict(float)
        for vector in asked:
            found, similar = self._dense.nearest(vector, _CANDIDATES, rows)
            at = found if rows is None else np.searchsorted(rows, found)
            for row, gain in zip(at.tolist(), stretch(similar).tolist(), strict=True):
                gains[row] += gain / len(asked)
        return np.fromiter(gains, np.int64, len(gains)), np.fromiter(gains.values(), np.float32, len(gains))


@dataclass(frozen=True, slots=True)
class _Words:
    """Terms of the question, and what it speaks of by dictionary and in official terms."""

    terms: list[str]
    english: list[Concept]
    official: list[Concept]


@dataclass(frozen=True, slots=True)
class _Columns:
    """``rows.npy`` by column, each of shape (clauses,): a column in one piece is read many times faster."""

    report: NDArray[np.int64]
    passage: NDArray[np.int64]
    year: NDArray[np.int16]
    status: NDArray[np.int8]

    def at(self, rows: NDArray[np.int64]) -> _Columns:
        """The columns of ``rows`` only."""
        return _Columns(self.report[rows], self.passage[rows], self.year[rows], self.status[rows])

    def of(self, years: tuple[int, ...], statuses: tuple[PeriodStatus, ...]) -> list[NDArray[np.bool_]]:
        """Which rows are of one of the ``years``, and which of one of the ``statuses``, where any are wanted."""
        wanted = []
        if years:
            wanted.append(np.isin(self.year, years))
        if statuses:
            wanted.append(np.isin(self.status, [STATUSES.index(status) for status in statuses]))
        return wanted


def _read_columns(path: Path) -> _Columns:
    rows = read_array(path, mapped=True)
    # Of the type that NumPy takes positions in, so that it need not be converted at every search.
    return _Columns(
        rows["report"].astype(np.int64),
        rows["passage"].astype(np.int64),
        np.ascontiguousarray(rows["year"]),
        np.ascontiguousarray(rows["status"]),
    )


def _fit(
    found: _Columns, years: tuple[int, ...], statuses: tuple[PeriodStatus, ...]
) -> NDArray[np.float32] | np.float32:
    """1 for clauses of a wanted year and status, 0.5 where one of two fits, else 0; 1 where nothing is wanted."""
    wanted = found.of(years, statuses)
    if not wanted:
        return np.float32(1)
    total = wanted[0].astype(np.float32)
    for one in wanted[1:]:
        total += one
    return total / np.float32(len(wanted))
