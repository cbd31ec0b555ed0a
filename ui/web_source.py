"""Pure: a place in a report as HTML, with the clause highlighted in the text around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.errors import ReportNotFound
from index.types import Period
from ui.presentation import period_words
from ui.texts import say
from ui.web_html import badge, esc, path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Clause, ParsedReport, Section
    from rag.types import Language

_AROUND: Final = 1200
"""Characters of the report shown before and after a clause, at most."""


def source_html(parsed: ParsedReport, start: int, end: int, language: Language) -> str:
    """The clause at ``[start, end)`` highlighted in its section.

    Raises:
        ReportNotFound: the report has no such place.
    """
    text = parsed.report.text
    if not 0 <= start < end <= len(text):
        raise ReportNotFound(
            f"The report {parsed.report.id} has no characters {start}-{end}; it has {len(text)}."
        )
    clause = _clause_at(parsed, start)
    section = clause.section if clause else ()
    period = clause.period if clause else Period(None, "policy")
    first, last = _window(parsed, start, end)
    quote = text[start:end]
    words = period_words(period.year, period.status, language)
    source = f"“{quote}”\n—— {' › '.join((parsed.report.title, *section))} · {words} · {start}–{end}"
    return (
        f'<header><h2>{esc(parsed.report.title)}</h2><p class="wz-path">{path(section) or say(language, "before_headings")}</p>'
        f'<p>{badge(period, language)} <span class="wz-offsets">{start}–{end}</span> '
        f'<button type="button" class="wz-plain" data-do="copy-quote" data-copy="{esc(source)}" data-copied="{say(language, "copied")}">'
        f"{say(language, 'copy_quote')}</button></p></header>"
        f'<div class="wz-body" lang="zh">{_paragraphs(text, first, start, end, last)}</div>'
    )


def marked_lines(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Every line of ``text`` that is not blank: the offset of its first sign, and its HTML.

    ``spans`` (ascending, apart from each other) are highlighted; one that runs
    over a line's end goes on in the next.
    """
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        first, last = match.span()
        pieces, position = [], first
        for start, end in spans:
            if start < last and end > first:
                start, end = max(start, first), min(end, last)  # noqa: PLW2901 - the part in this line
                pieces += [esc(text[position:start]), f"<mark>{esc(text[start:end])}</mark>"]
                position = end
        pieces.append(esc(text[position:last]))
        yield first + len(match[0]) - len(match[0].lstrip()), "".join(pieces)


def _paragraphs(text: str, first: int, start: int, end: int, last: int) -> str:
    gap = '<p class="wz-gap" aria-hidden="true">…</p>'
    body = "".join(
        f"<p>{line}</p>" for _, line in marked_lines(text[first:last], [(start - first, end - first)])
    )
    return (gap if first > 0 else "") + body + (gap if last < len(text) else "")


def _window(parsed: ParsedReport, start: int, end: int) -> tuple[int, int]:
    """The section around the place, cut to whole paragraphs where it is long."""
    text = parsed.report.text
    around = [one for one in parsed.sections if one.level <= 2 and one.start <= start and end <= one.end]  # noqa: PLR2004 - （一）
    section: Section | None = around[-1] if around else None
    first = max(section.start if section else 0, _line_start(text, start - _AROUND))
    last = min(section.end if section else len(text), _line_end(text, end + _AROUND))
    return first, last


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, max(position, 0)) + 1


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found


def _clause_at(parsed: ParsedReport, start: int) -> Clause | None:
    return next((clause for clause in parsed.clauses if clause.start <= start < clause.end), None)
