"""Pure: what the empty Ask tab says: what can be asked here, and what the colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.texts import say
from ui.web_html import esc, status_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store import Entry
    from rag.types import Language


def hero_html(entries: Sequence[Entry], language: Language) -> str:
    """A heading, which reports there are, and a goal's and a result's badge with what they mean."""
    newest = max((entry.year for entry in entries), default=0)
    key = (
        f"{status_badge(newest, 'target', language)} {esc(say(language, 'hero_target'))}"
        f'<span class="wz-gap-wide"></span>{status_badge(newest - 1, "actual", language)} {esc(say(language, "hero_actual"))}'
        if newest
        else ""
    )
    return f'<h2>{esc(say(language, "hero"))}</h2><p>{esc(_shelf(entries, language))}</p><p class="wz-legend">{key}</p>'


def _shelf(entries: Sequence[Entry], language: Language) -> str:
    if not entries:
        return say(language, "hero_none")
    if len(entries) == 1:
        return say(language, "hero_one").format(title=entries[0].title)
    years = [entry.year for entry in entries]
    places = len({entry.place for entry in entries})
    return say(language, "hero_many").format(
        count=len(entries), places=places, first=min(years), last=max(years)
    )
