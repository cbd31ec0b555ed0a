"""A report prepared for checking: exact wording found in it, and the clauses nearest to a wording."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rag.check_text import Plain, compact, masked, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.types import Clause, ParsedReport

_SEGMENT: Final = re.compile(r"[^，、；：。！？]+[，、；：。！？]*")
_NEGATION: Final = frozenset("不未没非无勿莫")
_TAILS: Final = ("以上", "及以上", "以下", "以内", "之内", "左右", "上下")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words of one clause: ``text`` is plain, ``start`` and ``end`` are offsets in the report."""

    clause: Clause
    text: str
    origin: tuple[int, ...]
    score: float

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the report of ``text[start:end]``, which is not empty."""
        return self.origin[start], self.origin[end - 1] + 1


class ReportText:
    """The plain forms of a report, made once."""

    def __init__(self, parsed: ParsedReport) -> None:
        self.parsed = parsed
        self._plain = plain(parsed.report.text)
        self._compact = compact(self._plain)
        self._starts = [clause.start for clause in parsed.clauses]

    def find(self, wording: str) -> Iterator[tuple[int, int]]:
        """Offsets in the report of each place where a compact ``wording`` stands whole.

        A wording that cuts a number, a qualifier or a negation off does not
        stand there.
        """
        text = self._compact.text
        at = text.find(wording)
        while at >= 0:
            if self._whole(at, at + len(wording)):
                yield self._compact.span(at, at + len(wording))
            at = text.find(wording, at + 1)

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds ``offset`` or begins nearest before it."""
        return self.parsed.clauses[max(0, bisect_right(self._starts, offset) - 1)]

    def nearest(self, wording: str, count: int) -> tuple[Window, ...]:
        """The windows that share most with the masked ``wording``, best first; at most one a clause."""
        wanted = _pairs(wording)
        total = sum(self._weight(pair) for pair in wanted)
        if not total:
            return ()
        scores: dict[int, float] = defaultdict(float)
        for pair in wanted:
            for number in self._postings.get(pair, ()):
                scores[number] += self._weight(pair)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:count]
        return tuple(self._window(number, wanted, score / total) for number, score in best)

    @cached_property
    def _clause_texts(self) -> tuple[Plain, ...]:
        return tuple(self._cut(clause) for clause in self.parsed.clauses)

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self._clause_texts):
            for pair in _pairs(masked(text.text).text):
                found.setdefault(pair, []).append(number)
        return found

    def _cut(self, clause: Clause) -> Plain:
        begin, end = self._plain.where(clause.start), self._plain.where(clause.end)
        return Plain(self._plain.text[begin:end], self._plain.origin[begin:end])

    def _weight(self, pair: str) -> float:
        """How telling a pair is: its inverse document frequency in the report."""
        holding = len(self._postings.get(pair, ()))
        return math.log(1 + (len(self._starts) + 0.5) / (holding + 0.5))

    def _window(self, number: int, wanted: frozenset[str], score: float) -> Window:
        """The run of segments of a clause that holds what it shares with the wanted pairs."""
        text = self._clause_texts[number]
        segments = [match.span() for match in _SEGMENT.finditer(text.text)] or [(0, len(text.text))]
        shared = [_pairs(masked(text.text[a:b]).text) & wanted for a, b in segments]
        best = max(range(len(segments)), key=lambda i: sum(map(self._weight, shared[i])))
        first = last = best
        have = set(shared[best])
        for i, new in enumerate(shared):
            if new - have:
                have |= new
                first, last = min(first, i), max(last, i)
        begin, end = segments[first][0], segments[last][1]
        return Window(self.parsed.clauses[number], text.text[begin:end], text.origin[begin:end], score)

    def _whole(self, start: int, end: int) -> bool:
        text = self._compact.text
        before, after = text[start - 1 : start], text[end : end + 3]
        if (before.isdigit() or before == ".") and text[start].isdigit():
            return False
        if text[end - 1].isdigit() and (after[:1].isdigit() or after[:1] in {".", "%", "~"}):
            return False
        return before not in _NEGATION and not after.startswith(_TAILS)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(_neighbours(text))


def _neighbours(text: str) -> Iterator[str]:
    for i in range(len(text) - 1):
        yield text[i : i + 2]


def best_windows(reports: Iterable[ReportText], wording: str, count: int) -> list[tuple[ReportText, Window]]:
    """The windows nearest to a masked ``wording`` over ``reports``, best first."""
    found = [(report, window) for report in reports for window in report.nearest(wording, count)]
    return sorted(found, key=lambda pair: -pair[1].score)
