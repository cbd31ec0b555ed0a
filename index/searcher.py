"""Query and filters in, ranked clauses and passages out, from the generation in use."""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.backend import Filters as Filters  # noqa: PLC0414 - what callers know it by
from index.backend import Wording
from index.embedded import EmbeddedBackend, Weights
from index.errors import IndexDamaged, IndexUnavailable
from index.library import Library
from index.thesaurus import Thesaurus
from index.tokens import index_terms
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from index.backend import SearchBackend
    from index.encoder import Encoder
    from index.store import Generation, Store
    from index.types import Clause, Indicator, ParsedReport, Period

    Open = Callable[[Generation, Encoder], SearchBackend]

T = TypeVar("T")

# A passage holds about four clauses, so that so many times as many clauses give as many passages as asked.
_CLAUSES_PER_PASSAGE = 8
# Parts of clauses that were compared once are compared again with other questions: 30 MB of vectors.
_KEPT_VECTORS = 20_000


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One generation, opened; ``first`` is the row of the first clause of each report, and of none beyond the last."""

    library: Library
    backend: SearchBackend
    first: tuple[int, ...]


class Searcher:
    """Searches the generation in use; notices when another one becomes current.

    Args:
        store: the index on disk.
        encoder: for queries; the one that the index was built with.
        open_backend: opens the engine that ranks a generation; the embedded one unless told otherwise.
    """

    def __init__(self, store: Store, encoder: Encoder, open_backend: Open = EmbeddedBackend) -> None:
        self._store = store
        self._encoder = encoder
        self._open_backend = open_backend
        self._thesaurus = Thesaurus(encoder.fingerprint)
        self._lock = threading.Lock()
        self._opened: _Loaded | None = None
        self._encoded: dict[str, NDArray[np.float32]] = {}

    def weighted(self, weights: Weights) -> Searcher:
        """A searcher over the same index whose embedded engine ranks by other ``weights``, for evaluations."""
        return Searcher(
            self._store,
            self._encoder,
            lambda generation, encoder: EmbeddedBackend(generation, encoder, weights),
        )

    @property
    def library(self) -> Library:
        """The reports of the generation in use. Raises ``IndexUnavailable`` if there is none."""
        return self._current().library

    def clauses(
        self, text: str, filters: Filters, k: int, *, about: str = "", original: str = ""
    ) -> tuple[Hit, ...]:
        """The ``k`` best clauses, best first.

        Args:
            text: what is searched for, best in Chinese.
            filters: what hits are limited to, and drawn to.
            k: how many.
            about: the subject of ``text`` alone, for the search by words.
            original: the English question that ``text`` translates, if it does.

        Raises:
            ReportNotFound: the filters name a report that is not indexed.
        """
        wording = Wording(text, about or text, original)
        return self._reading(lambda loaded: _best_clauses(loaded, wording, filters, k))

    def passages(
        self, text: str, filters: Filters, k: int, *, about: str = "", original: str = ""
    ) -> tuple[Hit, ...]:
        """The ``k`` best passages, best first, each as good as its best clause; otherwise as ``clauses``."""
        wording = Wording(text, about or text, original)
        return self._reading(lambda loaded: _best_passages(loaded, wording, filters, k))

    def clause(self, report: str, number: int) -> Hit:
        """Clause ``number`` of ``report`` as a hit that nothing speaks for. Raises ``ReportNotFound``."""
        return self._reading(lambda loaded: _clause_hit(loaded.library.clause(report, number), 0.0))

    def headings(self, hit: Hit) -> tuple[Hit, ...]:
        """The headings above ``hit``, the outermost first, each as a hit that nothing speaks for; none that it holds itself."""
        return self._reading(lambda loaded: _headings(loaded.library.parsed(hit.report), hit))

    def passage(self, hit: Hit) -> Hit:
        """The passage that holds the first clause of ``hit``, as good as that."""
        return self._reading(
            lambda loaded: _passage_hit(loaded, loaded.library.clause(hit.report, hit.clauses[0]), hit.score)
        )

    def records(self, text: str, filters: Filters, k: int) -> tuple[tuple[Indicator, float], ...]:
        """The ``k`` ledger records whose names are nearest to ``text`` in meaning, each with the cosine, best first.

        Their clauses are of the reports and periods that ``filters`` limit hits to.
        Raises ``ReportNotFound`` as ``clauses`` does.
        """
        return self._reading(lambda loaded: _best_records(loaded, self._encoder, text, filters, k))

    def official_terms(self, text: str, *, about: str, original: str = "") -> dict[str, float]:
        """The official terms for what ``text`` says in other words, each with how surely it is meant, in (0, 1]; arguments as of ``clauses``."""
        texts = Wording(text, about, original).texts
        return self._thesaurus.terms(about, {one: self._encoder.encode_query(one) for one in texts})

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
        return self._current().backend.idf(terms)

    def coverage(self, terms: list[str], texts: tuple[str, ...]) -> float:
        """Share of the terms' weight (inverse document frequency) that occurs in ``texts``; 1 for no terms."""
        weights = self.idf(terms)
        total = sum(weights.values())
        present = {term for text in texts for term in index_terms(text)}
        return sum(weight for term, weight in weights.items() if term in present) / total if total else 1.0

    @property
    def encoder(self) -> str:
        """Name and revision of the encoder: similarities of different ones cannot be compared."""
        return self._encoder.fingerprint

    def similarity(self, text: str, documents: Sequence[str]) -> float:
        """The cosine of ``text`` and the nearest of ``documents``; -1 for none."""
        return max(self.similarities(text, documents), default=-1.0)

    def similarities(self, text: str, documents: Sequence[str]) -> tuple[float, ...]:
        """The cosine of ``text`` and each of ``documents``."""
        if not documents:
            return ()
        with self._lock:
            known = {one: self._encoded[one] for one in documents if one in self._encoded}
        new = [one for one in dict.fromkeys(documents) if one not in known]
        if new:
            fresh = dict(zip(new, self._encoder.encode_documents(new), strict=True))
            known |= fresh
            with self._lock:
                if len(self._encoded) > _KEPT_VECTORS:
                    self._encoded.clear()
                self._encoded |= fresh
        vectors = np.stack([known[one] for one in documents])
        return tuple(map(float, vectors @ self._encoder.encode_query(text)))

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
                    self._opened = self._open(generation)
                except IndexDamaged:
                    if self._store.current_name() == generation.name:
                        raise
            return self._opened

    def _open(self, generation: Generation) -> _Loaded:
        counts = [entry.clauses for entry in generation.manifest.entries]
        try:
            backend = self._open_backend(generation, self._encoder)
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexDamaged(
                f"The index ({generation.name}) cannot be opened: {str(error).splitlines()[0]}. Run: wenzheng index rebuild",
            ) from error
        return _Loaded(Library(self._store, generation), backend, (0, *map(int, np.cumsum(counts))))


def _best_clauses(loaded: _Loaded, wording: Wording, filters: Filters, k: int) -> tuple[Hit, ...]:
    _check_reports(loaded, filters)
    rows, scores = loaded.backend.rank(wording, filters, k)
    return tuple(
        _clause_hit(_clause(loaded, int(row)), float(score)) for row, score in zip(rows, scores, strict=True)
    )


def _best_passages(loaded: _Loaded, wording: Wording, filters: Filters, k: int) -> tuple[Hit, ...]:
    _check_reports(loaded, filters)
    limit = _CLAUSES_PER_PASSAGE * k
    while True:
        rows, scores = loaded.backend.rank(wording, filters, limit)
        hits: dict[tuple[str, int], Hit] = {}
        for row, score in zip(rows, scores, strict=True):
            hit = _passage_hit(loaded, _clause(loaded, int(row)), float(score))
            hits.setdefault((hit.report, hit.start), hit)
            if len(hits) == k:
                break
        if len(hits) == k or len(rows) < limit:
            return tuple(hits.values())
        limit *= _CLAUSES_PER_PASSAGE


def _best_records(
    loaded: _Loaded, encoder: Encoder, text: str, filters: Filters, k: int
) -> tuple[tuple[Indicator, float], ...]:
    _check_reports(loaded, filters)
    vector = encoder.encode_query(text)
    found: list[tuple[Indicator, float]] = []
    for report in filters.reports or [entry.id for entry in loaded.library.entries]:
        parsed = loaded.library.parsed(report)
        near = loaded.library.name_vectors(report) @ vector
        found += [
            (record, float(similarity))
            for record, similarity in zip(parsed.indicators, near, strict=True)
            if _is_within(parsed.clauses[record.clause].period, filters)
        ]
    return tuple(sorted(found, key=lambda pair: -pair[1])[:k])


def _headings(parsed: ParsedReport, hit: Hit) -> tuple[Hit, ...]:
    found = []
    for section in parsed.sections:
        at = parsed.report.text.index(section.title, section.start)
        if section.start <= hit.start < section.end and at < hit.start:
            number = bisect_right(parsed.clauses, at, key=lambda clause: clause.start) - 1
            period = parsed.clauses[number].period
            end = at + len(section.title)
            found.append(Hit(hit.report, at, end, section.title, 0.0, period, section.path[:-1], (number,)))
    return tuple(found)


def _is_within(period: Period, filters: Filters) -> bool:
    """Whether ``period`` is one that ``filters`` limit hits to."""
    right_year = not filters.years or period.year in filters.years
    return right_year and (not filters.statuses or period.status in filters.statuses)


def _check_reports(loaded: _Loaded, filters: Filters) -> None:
    """Raises ``ReportNotFound`` where a wanted report is not indexed."""
    for report in filters.reports:
        loaded.library.entry(report)


def _clause(loaded: _Loaded, row: int) -> Clause:
    number = int(np.searchsorted(loaded.first, row, side="right")) - 1
    entry = loaded.library.entries[number]
    return loaded.library.clause(entry.id, row - loaded.first[number])


def _clause_hit(clause: Clause, score: float) -> Hit:
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


def _passage_hit(loaded: _Loaded, clause: Clause, score: float) -> Hit:
    passage = loaded.library.passage_around(clause.report, clause.number)
    return Hit(
        passage.report,
        passage.start,
        passage.end,
        passage.text,
        score,
        clause.period,
        passage.section,
        tuple(range(passage.first, passage.last + 1)),
    )
