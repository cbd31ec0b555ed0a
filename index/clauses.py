"""Clauses, the smallest citable units, and the passages that they form."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.outline import paragraphs, title_end
from index.types import Clause, Passage, Period, Report, Section

_ENDERS: Final = frozenset("。！？!?；;")
_CLOSERS: Final = frozenset("”’」』）)】》〉\"'")
_PAIRS: Final = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
}
_OPENER_OF: Final = {close: opener for opener, close in _PAIRS.items()}
# A quotation longer than this holds sentences of its own and is split inside.
_LONGEST_QUOTATION: Final = 80
# Text without stops is cut, so that a clause always fits an encoder.
_LONGEST_CLAUSE: Final = 400
_SOFT_CUT: Final = re.compile(r"[，,、：:][^，,、：:]*$")
_PASSAGE: Final = 140
_PASSAGE_LIMIT: Final = 175


@dataclass(frozen=True, slots=True)
class Span:
    """A clause before it is given a section and a period.

    ``paragraph`` and ``sentence`` number what it is part of; ``heading`` says that it is a title.
    """

    start: int
    end: int
    paragraph: int
    sentence: int
    heading: bool


def find_spans(text: str, sections: Sequence[Section]) -> list[Span]:
    """The clauses of ``text`` as offsets: ordered, disjoint, covering all that is not white space."""
    titles = {section.start: title_end(text, section) for section in sections}
    spans: list[Span] = []
    sentence = 0
    for number, line in enumerate(paragraphs(text)):
        cut = min(titles.get(line.start, line.start), line.end)
        parts = [(line.start, cut, True)] if cut > line.start else []
        for start, end, heading in [*parts, (cut, line.end, False)]:
            for piece_start, piece_end in _pieces(text, start, end):
                spans.extend(
                    Span(a, b, number, sentence, heading)
                    for a, b in _within_limit(text, piece_start, piece_end)
                )
                sentence += text[piece_end - 1] not in "；;"
            sentence += 1
    return spans


def split_clauses(
    report: Report,
    sections: Sequence[Section],
    spans: Sequence[Span],
    periods: Sequence[Period],
) -> tuple[Clause, ...]:
    """The clauses at ``spans`` with the section path and period of each, numbered from 0."""
    inside = holders(spans, sections)
    return tuple(
        Clause(
            report=report.id,
            number=number,
            start=span.start,
            end=span.end,
            text=report.text[span.start : span.end],
            section=sections[held[-1]].path if held else (),
            period=period,
            page=bisect_right(report.pages, span.start) if report.pages else None,
        )
        for number, (span, held, period) in enumerate(zip(spans, inside, periods, strict=True))
    )


def holders(spans: Sequence[Span], sections: Sequence[Section]) -> list[tuple[int, ...]]:
    """For each span the numbers of the sections that hold it, outermost first."""
    found: list[tuple[int, ...]] = []
    open_: list[int] = []
    following = 0
    for span in spans:
        while True:
            while open_ and sections[open_[-1]].end <= span.start:
                open_.pop()
            if following == len(sections) or sections[following].start > span.start:
                break
            while open_ and sections[open_[-1]].level >= sections[following].level:
                open_.pop()
            open_.append(following)
            following += 1
        found.append(tuple(open_))
    return found


def group_passages(text: str, spans: Sequence[Span], clauses: Sequence[Clause]) -> tuple[Passage, ...]:
    """Passages of about 140 characters: runs of whole clauses of one item and paragraph.

    A heading on a line of its own goes with the paragraph below it.
    """
    passages: list[Passage] = []
    first = 0
    for i in range(1, len(clauses) + 1):
        if i < len(clauses) and _joins(spans, clauses, first, i):
            continue
        start, end = clauses[first].start, clauses[i - 1].end
        passages.append(
            Passage(
                clauses[first].report,
                len(passages),
                first,
                i - 1,
                start,
                end,
                text[start:end],
                clauses[first].section,
            )
        )
        first = i
    return tuple(passages)


def _joins(spans: Sequence[Span], clauses: Sequence[Clause], first: int, i: int) -> bool:
    """Whether clause ``i`` goes into the passage that starts with clause ``first``."""
    if clauses[i].section != clauses[first].section:
        return False
    if spans[i].paragraph != spans[i - 1].paragraph and not spans[i - 1].heading:
        return False
    length = clauses[i - 1].end - clauses[first].start
    return length < _PASSAGE and clauses[i].end - clauses[first].start <= _PASSAGE_LIMIT


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences and their semicolon parts in ``text[start:end]``, without white space around them."""
    closes = _quotations(text, start, end)
    begin = i = start
    while i < end:
        if i in closes:
            last = closes[i]
            # 。” closes a sentence unless the sentence goes on after the quotation.
            ended = text[last - 1] in "。！？!?" and (
                last + 1 >= end or text[last + 1] not in "，、；：,;的和与等"
            )
            i = last
        else:
            ended = text[i] in _ENDERS
        i += 1
        if ended:
            while i < end and (text[i] in _ENDERS or text[i] in _CLOSERS):
                i += 1
            yield from _trimmed(text, begin, i)
            begin = i
    yield from _trimmed(text, begin, end)


def _quotations(text: str, start: int, end: int) -> dict[int, int]:
    """Where short quotations and brackets open and close in ``text[start:end]``; outermost ones are enough."""
    closes: dict[int, int] = {}
    open_: dict[str, list[int]] = {opener: [] for opener in _PAIRS}
    for i in range(start, end):
        char = text[i]
        if char in open_:
            open_[char].append(i)
        elif (opener := _OPENER_OF.get(char)) and open_[opener]:
            began = open_[opener].pop()
            if i - began <= _LONGEST_QUOTATION:
                closes[began] = i
    return closes


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _within_limit(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``start`` to ``end`` in pieces that are not too long, cut after a comma where there is one."""
    while end - start > _LONGEST_CLAUSE:
        limit = start + _LONGEST_CLAUSE
        soft = _SOFT_CUT.search(text, start + _LONGEST_CLAUSE // 2, limit)
        cut = soft.start() + 1 if soft else limit
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
