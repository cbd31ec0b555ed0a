"""Pieces of HTML that every tab uses. Whatever comes from reports or people goes through ``esc``."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from ui.presentation import period_words
from ui.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Period
    from rag.types import Citation, Evidence, Language

# Beyond what HTML itself needs: the page's HTML component fills templates
# ({{...}}, ${...}), and data must not be able to look like one.
_TEMPLATE_SIGNS: Final = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


def esc(text: str) -> str:
    """``text`` as HTML that shows exactly it, in content and in quoted attributes."""
    return html.escape(text).translate(_TEMPLATE_SIGNS)


def data(value: Any) -> str:
    """``value`` as JSON for a quoted data attribute."""
    return esc(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def badge(period: Period, language: Language) -> str:
    """Year and status in words and colour."""
    return status_badge(period.year, period.status, language)


def status_badge(year: int | None, status: str, language: Language) -> str:
    """Year and status in words and colour, for any of a clause's or a record's statuses."""
    word = say(language, "status_forecast") if status == "forecast" else ""
    words = f"{year or ''} {word}".strip() if word else period_words(year, status, language)
    return f'<span class="wz-badge {status}">{esc(words)}</span>'


def path(section: Sequence[str]) -> str:
    """A section path, outermost first."""
    return ' <span class="wz-sep" aria-hidden="true">›</span> '.join(esc(title) for title in section)


def place_of(one: Citation | Evidence) -> str:
    """The data attributes by which the page opens the report at a clause."""
    return f'data-cite data-report="{esc(one.report)}" data-start="{one.start}" data-end="{one.end}"'


def chip(citation: Citation, language: Language, *, worded: bool = False) -> str:
    """A citation marker that opens its place in the report; ``worded``, with year and status beside the number."""
    words = period_words(citation.period.year, citation.period.status, language)
    label = say(language, "open_citation").format(number=citation.marker, period=words, quote=citation.quote)
    when = f" <span>{esc(words)}</span>" if worded and citation.period.status != "policy" else ""
    return (
        f'<button type="button" class="wz-chip {citation.period.status}" {place_of(citation)} '
        f'data-marker="{citation.marker}" aria-label="{esc(label)}" title="{esc(citation.quote)}">'
        f"<b>{citation.marker}</b>{when}</button>"
    )


def note(text: str, kind: str = "info") -> str:
    """A short message; ``kind`` is info, absent or error."""
    role = "alert" if kind == "error" else "status"
    return f'<p class="wz-note {kind}" role="{role}">{esc(text)}</p>'


def plain_html(name: str, value: str = "") -> gr.HTML:
    """A component for our own HTML: no script, none of Gradio's text styles."""
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False)
