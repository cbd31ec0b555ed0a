"""The reports of the current generation: listed, read back, and their indicators."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.errors import ReportNotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from index.store import Entry, Generation, Store
    from index.types import Clause, Indicator, IndicatorStatus, ParsedReport, Passage

# A parsed report takes about 2 MB; a question touches one to five of them.
_KEPT_REPORTS = 32


class Library:
    """Read access to the reports of one generation."""

    def __init__(self, store: Store, generation: Generation) -> None:
        self.generation = generation
        self._entries = {entry.id: entry for entry in generation.manifest.entries}
        self._read = lru_cache(maxsize=_KEPT_REPORTS)(store.read_report)
        self._read_vectors = store.read_vectors
        self._names = lru_cache(maxsize=_KEPT_REPORTS)(store.read_names)
        self._lines = lru_cache(maxsize=_KEPT_REPORTS)(store.read_lines)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All reports, in the order in which they were added."""
        return self.generation.manifest.entries

    def entry(self, report: str) -> Entry:
        """The entry of ``report``. Raises ``ReportNotFound``, naming the known ids."""
        try:
            return self._entries[report]
        except KeyError:
            known = ", ".join(list(self._entries)[:5]) + (" ..." if len(self._entries) > 5 else "")  # noqa: PLR2004
            raise ReportNotFound(
                f"No report {report!r} is indexed. Known ids: {known or 'none'}. See: wenzheng index list",
            ) from None

    def parsed(self, report: str) -> ParsedReport:
        """The report with its sections, clauses, passages and indicators.

        Raises:
            ReportNotFound: it is not indexed.
            IndexDamaged: its file is missing or unreadable.
        """
        return self._read(self.entry(report).shard)

    def clause(self, report: str, number: int) -> Clause:
        """One clause of ``report``, read without the rest of it. Raises as ``parsed`` does."""
        return self._lines(self.entry(report).shard).clause(number)

    def passage_around(self, report: str, number: int) -> Passage:
        """The passage that holds clause ``number`` of ``report``. Raises as ``parsed`` does."""
        return self._lines(self.entry(report).shard).passage_around(number)

    def vectors(self, report: str) -> NDArray[np.float32]:
        """The vectors of the clauses of ``report``, shape (clauses, dimension)."""
        return self._read_vectors(self.entry(report).shard)

    def name_vectors(self, report: str) -> NDArray[np.float32]:
        """The vectors of the names of the indicators of ``report``, shape (indicators, dimension)."""
        return self._names(self.entry(report).shard)

    def indicators(
        self,
        *,
        reports: tuple[str, ...] = (),
        place: str | None = None,
        year: int | None = None,
        status: IndicatorStatus | None = None,
    ) -> Iterator[Indicator]:
        """The ledger records that fit all given filters, in the order of the reports."""
        for entry in self.entries if not reports else tuple(map(self.entry, reports)):
            if place is not None and place not in entry.place and entry.place not in place:
                continue
            for record in self.parsed(entry.id).indicators:
                if year is not None and record.year != year:
                    continue
                if status is None or record.status == status:
                    yield record
