"""What a search engine must do to serve the searcher: the seam between ranking and its engines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from index.types import PeriodStatus  # noqa: TC001 - read at run time where answers are kept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HAN: Final = re.compile(r"[\u3400-\u9fff]")


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
class Wording:
    """What is searched for, in words.

    Attributes:
        text: the whole query, in Chinese where there is a translation: for the search by meaning.
        about: its subject alone, for the search by words: words for its time would find
            every clause that begins with 今年.
        original: the English question that ``text`` translates, "" if there is none.
    """

    text: str
    about: str
    original: str = ""

    @property
    def texts(self) -> list[str]:
        """What is searched for by meaning: the query, and the question that it translates."""
        return [self.text, self.original] if self.original else [self.text]

    @property
    def chinese(self) -> bool:
        """Whether the subject is in Chinese, and so in the words of the reports."""
        return _HAN.search(self.about) is not None

    @property
    def english(self) -> str:
        """What is asked in English, "" where nothing is."""
        return self.original or ("" if self.chinese else self.about)


class SearchBackend(Protocol):
    """One generation of the index, opened for search."""

    def rank(
        self, wording: Wording, filters: Filters, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``limit`` best clauses that the filters let through, best first, and their scores.

        A clause is named by its row: the clauses of all reports, counted
        through in the order of the manifest.
        """

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
