"""The file of a report taken apart: JSON with one clause or passage a line.

Read whole it is a ``ParsedReport``. A search shows a dozen clauses out of as
many reports, and reads their lines only: to check a whole report takes some
ten milliseconds.

::

    {"clauses":[
    {"report":...},
    ...
    ],"passages":[
    ...
    ],"report":...
    ,"sections":...
    ,"indicators":...}
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import numpy as np
from pydantic import TypeAdapter

from index.errors import IndexDamaged
from index.types import Clause, Indicator, ParsedReport, Passage, Report, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PARSED: Final = TypeAdapter(ParsedReport)
_CLAUSE: Final = TypeAdapter(Clause)
_PASSAGE: Final = TypeAdapter(Passage)
_REPORT: Final = TypeAdapter(Report)
_SECTIONS: Final = TypeAdapter(tuple[Section, ...])
_INDICATORS: Final = TypeAdapter(tuple[Indicator, ...])

_CLAUSES_FROM: Final = b'{"clauses":['
_PASSAGES_FROM: Final = b'],"passages":['
_REST_FROM: Final = b'],"report":'
_END: Final = b"]}\n"
_LINES_BEHIND: Final = 3
"""The last lines of a file: report, sections and indicators."""


def write(path: Path, parsed: ParsedReport) -> None:
    """Write ``parsed`` to ``path``."""
    lines = (
        _CLAUSES_FROM,
        *_elements(map(_CLAUSE.dump_json, parsed.clauses)),
        _PASSAGES_FROM,
        *_elements(map(_PASSAGE.dump_json, parsed.passages)),
        _REST_FROM + _REPORT.dump_json(parsed.report),
        b',"sections":' + _SECTIONS.dump_json(parsed.sections),
        b',"indicators":' + _INDICATORS.dump_json(parsed.indicators) + b"}",
        b"",
    )
    path.write_bytes(b"\n".join(lines))


def read(path: Path) -> ParsedReport:
    """The whole report at ``path``. Raises ``IndexDamaged`` if it is missing or unreadable."""
    with _readable(path):
        return _PARSED.validate_json(path.read_bytes())


class Lines:
    """The clauses and passages of the file at ``path``, each read when it is asked for.

    Raises ``IndexDamaged`` if the file is missing or cut off, or a line does not hold what it should.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _readable(path):
            self._content = path.read_bytes()
            if not self._content.endswith(_END):
                raise ValueError("cut off")
            # Where each line ends: most lines are never asked for, and cutting them apart was a fifth of a search.
            self._ends = np.flatnonzero(np.frombuffer(self._content, np.uint8) == ord("\n"))
            between = self._content.index(b"\n" + _PASSAGES_FROM)
        self._clauses = range(1, int(np.searchsorted(self._ends, between)) + 1)
        self._passages = range(self._clauses.stop + 1, len(self._ends) - _LINES_BEHIND)

    def clause(self, number: int) -> Clause:
        """Clause ``number`` of the report."""
        with _readable(self._path):
            return _CLAUSE.validate_json(self._line(self._clauses[number]))

    def passage_around(self, number: int) -> Passage:
        """The passage that holds clause ``number``."""
        with _readable(self._path):
            after = bisect_right(range(len(self._passages)), number, key=lambda one: self._passage(one).first)
            passage = self._passage(after - 1)
            if not passage.first <= number <= passage.last:
                raise ValueError(f"Clause {number} is in no passage.")
            return passage

    def _passage(self, number: int) -> Passage:
        return _PASSAGE.validate_json(self._line(self._passages[number]))

    def _line(self, number: int) -> bytes:
        """Line ``number`` of the file, without the comma between elements."""
        return self._content[self._ends[number - 1] + 1 : self._ends[number]].removesuffix(b",")


def _elements(values: Iterable[bytes]) -> list[bytes]:
    """``values`` with the commas of a JSON array between them."""
    found = list(values)
    return [*(value + b"," for value in found[:-1]), *found[-1:]]


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, IndexError) as error:  # what pydantic finds wrong is a ValueError
        raise IndexDamaged(
            f"The stored report in shard {path.parent.name} is missing or unreadable. Run: wenzheng index rebuild",
        ) from error
