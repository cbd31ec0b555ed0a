"""Pure: the list of reports, and a report's full text with outline and search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ui.texts import say
from ui.web_html import esc, note
from ui.web_source import marked_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store import Entry
    from index.types import ParsedReport, Section
    from rag.types import Language

_MOST_FOUND: Final = 500


def list_html(entries: Sequence[Entry], language: Language) -> str:
    """All reports as a table."""
    heads = "".join(
        f'<th scope="col">{say(language, key)}</th>' for key in ("report", "place", "year", "download")
    )
    rows = "".join(_entry_row(entry, language) for entry in entries)
    return f'<div class="wz-scroll" tabindex="0"><table class="wz-list"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _entry_row(entry: Entry, language: Language) -> str:
    size = say(language, "characters").format(count=entry.characters)
    figures = say(language, "figures_count").format(count=entry.indicators)
    return (
        f'<tr><th scope="row">{esc(entry.title)}<small>{esc(entry.id)} · {size} · {figures}</small></th>'
        f"<td>{esc(entry.place)}</td><td>{entry.year}</td>"
        f'<td><a href="page/text/{esc(entry.id)}" download>TXT</a></td></tr>'
    )


def report_html(parsed: ParsedReport, words: str, language: Language) -> str:
    """The report's outline and full text, with every place where ``words`` stand highlighted."""
    spans = _places_of(words.strip(), parsed.report.text)
    return (
        f'<div class="wz-reader">{_outline(parsed.sections, language)}'
        f'<div class="wz-full"><h2>{esc(parsed.report.title)}</h2>{_found(words.strip(), len(spans), language)}'
        f'<div class="wz-body" lang="zh">{_text(parsed, spans)}</div></div></div>'
    )


def _found(words: str, count: int, language: Language) -> str:
    if not words:
        return ""
    if not count:
        return note(say(language, "found_none"))
    told = say(language, "found").format(count=count)
    return (
        f'<p class="wz-found" role="status">{told} '
        f'<button type="button" data-do="next-mark" data-by="-1" aria-label="{say(language, "find_previous")}">‹</button>'
        f'<button type="button" data-do="next-mark" data-by="1" aria-label="{say(language, "find_next")}">›</button></p>'
    )


def _outline(sections: Sequence[Section], language: Language) -> str:
    items = "".join(
        f'<li class="l{one.level}"><a href="#wz-at-{one.start}" data-do="jump" data-to="wz-at-{one.start}">{esc(one.title)}</a></li>'
        for one in sections
        if one.level <= 2  # noqa: PLR2004 - （一）
    )
    title = say(language, "outline")
    return f'<nav class="wz-outline" aria-label="{title}"><details open><summary>{title}</summary><ul>{items}</ul></details></nav>'


def _places_of(words: str, text: str) -> list[tuple[int, int]]:
    if not words:
        return []
    found = re.finditer(re.escape(words), text, re.IGNORECASE)
    return [match.span() for match, _ in zip(found, range(_MOST_FOUND), strict=False)]


def _text(parsed: ParsedReport, spans: list[tuple[int, int]]) -> str:
    """A paragraph for each line; those where a part or section begins can be jumped to."""
    headed = {one.start: one for one in parsed.sections if one.level <= 2}  # noqa: PLR2004 - （一）
    pieces = []
    for start, line in marked_lines(parsed.report.text, spans):
        section = headed.get(start)
        anchor = f' id="wz-at-{start}" tabindex="-1" class="l{section.level}"' if section else ""
        pieces.append(f"<p{anchor}>{line}</p>")
    return "".join(pieces)
