"""Query and filters in, ranked clauses out.

One ranking over clauses: BM25 of the clause in its context (part, section and
lead sentence in front), BM25 of the passage around it, and the similarity of
its vector, each scaled and summed with fixed weights. Period is evidence that
moves ranks; a filter only where the caller says so.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from index.build import STATUSES
from index.dense import DenseIndex
from index.errors import IndexDamaged, IndexUnavailable
from index.fusion import scale_to_best, stretch, weighted_sum
from index.lexical import LexicalIndex
from index.library import Library
from index.tokens import index_terms
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.store import Generation, Store
    from index.types import Clause, PeriodStatus

T = TypeVar("T")

# Weights of the ranking's parts.
_LEXICAL: Final = 2.0
_DENSE: Final = 1.5
_PASSAGE: Final = 0.5
# What a clause gains by the words in the whole of its report. It is great, because reports on
# the same subject hardly differ in it, and documents on different ones are told apart by it.
_REPORT_GAIN: Final = 1.0
# A clause of the wanted year or status gains this share of the best score.
_PERIOD_GAIN: Final = 0.15
_CANDIDATES: Final = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are limited to, and what they are drawn to.

    Attributes:
        reports: ids of the reports to search; all if empty.
        years, statuses: clauses of other periods are left out; empty leaves none out.
        near_years, near_statuses: clauses of these periods rank higher.
    """

    reports: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    statuses: tuple[PeriodStatus, ...] = ()
    near_years: tuple[int, ...] = ()
    near_statuses: tuple[PeriodStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One generation, opened."""

    library: Library
    rows: NDArray[np.void]
    dense: DenseIndex
    clauses: LexicalIndex
    passages: LexicalIndex
    reports: LexicalIndex
    numbers: dict[str, int]


class Searcher:
    """Searches the generation in use; notices when another one becomes current."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._lock = threading.Lock()
        self._opened: _Loaded | None = None

    @property
    def library(self) -> Library:
        """The reports of the generation in use. Raises ``IndexUnavailable`` if there is none."""
        return self._current().library

    def clauses(self, text: str, filters: Filters, k: int, *, about: str = "") -> tuple[Hit, ...]:
        """The ``k`` best clauses, best first; scores are at most 1 plus the gains of report and period.

        ``about`` is the subject of ``text`` alone, for the search by words: the
        words for its time would find every clause that begins with 今年.
        """
        return self._reading(lambda loaded: self._best_clauses(loaded, text, about or text, filters, k))

    def passages(self, text: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        """The ``k`` best passages, best first, each as good as its best clause."""
        return self._reading(lambda loaded: self._best_passages(loaded, text, filters, k))

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
        return self._current().clauses.idf(terms)

    def coverage(self, terms: list[str], texts: tuple[str, ...]) -> float:
        """Share of the terms' weight (inverse document frequency) that occurs in ``texts``; 1 for no terms."""
        weights = self._current().clauses.idf(terms)
        total = sum(weights.values())
        present = {term for text in texts for term in index_terms(text)}
        return sum(weight for term, weight in weights.items() if term in present) / total if total else 1.0

    @property
    def encoder(self) -> str:
        """Name and revision of the encoder: similarities of different ones cannot be compared."""
        return self._encoder.fingerprint

    def similarity(self, text: str, documents: Sequence[str]) -> float:
        """The cosine of ``text`` and the nearest of ``documents``; -1 for none."""
        if not documents:
            return -1.0
        return float((self._encoder.encode_documents(documents) @ self._encoder.encode_query(text)).max())

    def _best_clauses(
        self, loaded: _Loaded, text: str, about: str, filters: Filters, k: int
    ) -> tuple[Hit, ...]:
        rows = _allowed(loaded, filters)
        if not len(rows):
            return ()
        scores = self._scores(loaded, text, about, rows, filters)
        order = np.argsort(-scores, kind="stable")[:k]
        return tuple(_clause_hit(loaded, int(rows[i]), float(scores[i])) for i in order)

    def _best_passages(self, loaded: _Loaded, text: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        rows = _allowed(loaded, filters)
        if not len(rows):
            return ()
        scores = self._scores(loaded, text, text, rows, filters)
        hits: list[Hit] = []
        seen: set[int] = set()
        for i in np.argsort(-scores, kind="stable"):
            row = int(rows[i])
            passage = int(loaded.rows["passage"][row])
            if passage not in seen:
                seen.add(passage)
                hits.append(_passage_hit(loaded, row, float(scores[i])))
            if len(hits) == k:
                break
        return tuple(hits)

    def _scores(
        self, loaded: _Loaded, text: str, about: str, rows: NDArray[np.int64], filters: Filters
    ) -> NDArray[np.float32]:
        """A score for each of ``rows``."""
        terms = index_terms(about)
        lexical = scale_to_best(loaded.clauses.scores(terms)[rows])
        passage = scale_to_best(loaded.passages.scores(terms)[loaded.rows["passage"][rows]])
        report = scale_to_best(loaded.reports.scores(terms)[loaded.rows["report"][rows]])
        report -= report.min(initial=1.0)  # nothing for what all of the reports have
        dense = self._dense(loaded, text, rows)
        scores = weighted_sum([(_LEXICAL, lexical), (_DENSE, dense), (_PASSAGE, passage)])
        scores += _REPORT_GAIN * report
        return scores + _PERIOD_GAIN * _fit(loaded.rows[rows], filters.near_years, filters.near_statuses)

    def _dense(self, loaded: _Loaded, text: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarities stretched over the nearest candidates; 0 for the rest."""
        found, similar = loaded.dense.nearest(self._encoder.encode_query(text), _CANDIDATES, rows)
        scores = np.zeros(len(rows), dtype=np.float32)
        scores[np.searchsorted(rows, found)] = stretch(similar)
        return scores

    def _reading(self, read: Callable[[_Loaded], T]) -> T:
        """What ``read`` finds in the generation in use.

        Reports are read when they are needed. A generation that is replaced
        meanwhile takes its files with it: then the new one is asked.
        """
        while True:
            loaded = self._current()
            try:
                return read(loaded)
            except IndexDamaged:
                if self._store.current_name() == loaded.library.generation.name:
                    raise

    def _current(self) -> _Loaded:
        with self._lock:
            while self._opened is None or self._opened.library.generation.name != self._store.current_name():
                generation = self._store.current(self._encoder.fingerprint)
                if generation is None:
                    raise IndexUnavailable("Nothing is indexed yet. Run: wenzheng index add PATH")
                try:
                    self._opened = _open(self._store, generation)
                except IndexDamaged:
                    if self._store.current_name() == generation.name:
                        raise
            return self._opened


def _open(store: Store, generation: Generation) -> _Loaded:
    folder = generation.folder
    try:
        rows = np.load(folder / "rows.npy", mmap_mode="r")
        count = int(rows["passage"].max()) + 1 if len(rows) else 0
        return _Loaded(
            library=Library(store, generation),
            rows=rows,
            dense=DenseIndex.load(folder / "dense.faiss"),
            clauses=LexicalIndex.load(folder / "clauses", len(rows)),
            passages=LexicalIndex.load(folder / "passages", count),
            reports=LexicalIndex.load(folder / "reports", len(generation.manifest.entries)),
            numbers={entry.id: number for number, entry in enumerate(generation.manifest.entries)},
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexDamaged(
            f"The index ({generation.name}) cannot be opened: {str(error).splitlines()[0]}. Run: wenzheng index rebuild",
        ) from error


def _allowed(loaded: _Loaded, filters: Filters) -> NDArray[np.int64]:
    """Rows of the wanted reports and, if strict, periods. Raises ``ReportNotFound``."""
    keep = np.ones(len(loaded.rows), dtype=bool)
    if filters.reports:
        for report in filters.reports:
            loaded.library.entry(report)
        keep &= np.isin(loaded.rows["report"], [loaded.numbers[report] for report in filters.reports])
    keep &= _fit(loaded.rows, filters.years, filters.statuses) == 1
    return np.flatnonzero(keep)


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


def _clause(loaded: _Loaded, row: int) -> Clause:
    entry = loaded.library.entries[int(loaded.rows["report"][row])]
    return loaded.library.parsed(entry.id).clauses[int(loaded.rows["clause"][row])]


def _clause_hit(loaded: _Loaded, row: int, score: float) -> Hit:
    clause = _clause(loaded, row)
    return Hit(
        clause.report,
        clause.start,
        clause.end,
        clause.text,
        score,
        clause.period,
        clause.section,
        (clause.number,),
    )


def _passage_hit(loaded: _Loaded, row: int, score: float) -> Hit:
    clause = _clause(loaded, row)
    for passage in loaded.library.parsed(clause.report).passages:
        if passage.first <= clause.number <= passage.last:
            numbers = tuple(range(passage.first, passage.last + 1))
            return Hit(
                passage.report,
                passage.start,
                passage.end,
                passage.text,
                score,
                clause.period,
                passage.section,
                numbers,
            )
    raise IndexDamaged(
        f"Clause {clause.number} of {clause.report} is in no passage. Run: wenzheng index rebuild"
    )
