"""Pure: a checked answer as HTML: its text with tappable figures and citations, then each source."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from ui.texts import say
from ui.web_html import badge, chip, esc, path, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.quantities import Quantity
    from rag.types import Answer, Citation, Evidence, Language

_MARKERS: Final = re.compile(r"(?:\[\d+\])+")
_BANNERS: Final = {
    "not_in_reports": ("absent", "not_in_reports"),
    "partial": ("partial", "partial"),
    "evidence_only": ("quoted", "evidence_only"),
}


def answer_html(answer: Answer, language: Language) -> str:
    """What the answer's status means, the answer, and its sources."""
    kind, key = _BANNERS.get(answer.status, ("", ""))
    banner = f'<p class="wz-banner {kind}">{say(language, key)}</p>' if key else ""
    return (
        f'<section class="wz-answer {answer.status}" aria-label="{esc(say(language, "the_answer"))}" aria-live="polite">'
        f'{banner}<div class="wz-text">{text_html(answer, language)}</div>{_sources(answer, language)}</section>'
    )


def text_html(answer: Answer, language: Language) -> str:
    """The answer's text: each ``[n]`` a button that opens citation n, each figure of its quote in the colour of its status."""
    citations = {citation.marker: citation for citation in answer.citations}
    pieces, position = [], 0
    for match in _MARKERS.finditer(answer.text):
        cited = [citations[int(one)] for one in re.findall(r"\d+", match[0]) if int(one) in citations]
        pieces += [
            _with_figures(answer.text[position : match.start()], cited),
            "".join(_chips(cited, language)),
        ]
        position = match.end()
    pieces.append(esc(answer.text[position:]))
    return "".join(pieces)


def uncited(answer: Answer, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that no citation of ``answer`` stands in."""
    places = [(one.report, one.start, one.end) for one in answer.citations]
    return [
        one
        for one in evidence
        if not any(
            report == one.report and start < one.end and end > one.start for report, start, end in places
        )
    ]


def _chips(cited: Sequence[Citation], language: Language) -> Iterator[str]:
    """The buttons of neighbouring markers; year and status once where they are the same."""
    for _, alike in groupby(cited, key=lambda one: one.period):
        *numbers, last = alike
        yield from (chip(one, language) for one in numbers)
        yield chip(last, language, worded=True)


def _with_figures(text: str, cited: Sequence[Citation]) -> str:
    """``text`` with each figure that one of the citations after it holds made a way to that citation.

    The chip beside it does the same for keyboards and screen readers: a figure is no second stop.
    """
    held = [(one, find_quantities(one.quote)) for one in cited]
    pieces, position = [], 0
    for figure in find_quantities(text):
        source = next((one for one, figures in held if _holds(figures, figure)), None)
        if source is None or figure.kind in {"year", "date"}:
            continue
        end = figure.end
        if figure.qualifier and text.startswith(figure.qualifier, end):
            end += len(figure.qualifier)
        marked = f'<span class="wz-num {source.period.status}" {place_of(source)}>{esc(text[figure.start : end])}</span>'
        pieces += [esc(text[position : figure.start]), marked]
        position = end
    return "".join([*pieces, esc(text[position:])])


def _holds(figures: Sequence[Quantity], wanted: Quantity) -> bool:
    return any(same_value(one, wanted) for one in figures)


def _sources(answer: Answer, language: Language) -> str:
    if not answer.citations:
        return ""
    items = "".join(_source(citation, language) for citation in answer.citations)
    return f'<ol class="wz-sources" aria-label="{esc(say(language, "sources"))}">{items}</ol>'


def _source(citation: Citation, language: Language) -> str:
    """A citation with its words, year and status, and section path; the whole card opens the place."""
    return (
        f'<li class="{citation.period.status}"><button type="button" class="wz-source" {place_of(citation)}>'
        f'<span class="wz-sr">{say(language, "open_in_report")}</span><span class="wz-source-top"><b class="wz-marker">{citation.marker}</b>{badge(citation.period, language)}'
        f'<span class="wz-source-title">{esc(citation.title)}</span></span>'
        f'<q lang="zh">{esc(citation.quote)}</q><span class="wz-path">{path(citation.section)}</span></button></li>'
    )
