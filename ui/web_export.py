"""Pure: verdicts on a text as a Word document."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import docx
from docx.shared import RGBColor

from ui.presentation import source_line
from ui.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Language
    from rag.verdicts import ClaimVerdict

_COLOURS: Final = {
    "supported": RGBColor(0x13, 0x6C, 0x3A),
    "partly_supported": RGBColor(0x8A, 0x52, 0x00),
    "refuted": RGBColor(0xA3, 0x27, 0x1F),
    "not_enough_info": RGBColor(0x4A, 0x55, 0x65),
}
# What XML 1.0 cannot hold.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_docx(statement: str, claims: Sequence[ClaimVerdict], language: Language) -> bytes:
    """The statement, then each claim with its verdict, the explanation and the official words with their source."""
    document = docx.Document()
    document.add_heading(say(language, "tab_check"), level=1)
    document.add_paragraph(_clean(statement))
    for number, claim in enumerate(claims, start=1):
        heading = document.add_heading(level=2).add_run(
            f"{number}. {say(language, f'verdict_{claim.verdict}')}"
        )
        heading.font.color.rgb = _COLOURS[claim.verdict]
        document.add_paragraph(_clean(claim.claim))
        document.add_paragraph(_clean(claim.explanation))
        for citation in claim.citations:
            document.add_paragraph(_clean(f"“{citation.quote}”"), style="Intense Quote")
            document.add_paragraph(_clean(source_line(citation, language)), style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)
