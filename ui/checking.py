"""``wenzheng check``: what is checked, and verdicts as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index.loaders import read_text
from rag.errors import QuestionError
from ui.presentation import source_line

if TYPE_CHECKING:
    from pathlib import Path

    from rag.verdicts import ClaimVerdict

_SIGNS: Final = {
    "supported": "✓ 一致 supported",
    "refuted": "✗ 不符 refuted",
    "partly_supported": "◐ 部分一致 partly supported",
    "not_enough_info": "? 报告未提及 not in the reports",
}


def read_statement(statement: str | None, file: Path | None) -> str:
    """The text to check.

    Raises:
        QuestionError: both are given, or neither.
        UnreadableReport: the file cannot be read.
    """
    if (statement is None) == (file is None):
        raise QuestionError("Give a statement, or a text file with --file, and not both.")
    if file is None:
        return statement or ""
    return read_text(file)


def verdict_lines(verdict: ClaimVerdict) -> str:
    """A claim with its verdict, its explanation and the official wording."""
    lines = [f"{_SIGNS[verdict.verdict]}: {verdict.claim}", f"    {verdict.explanation}"]
    for citation in verdict.citations:
        lines.append(f"    [{citation.marker}] “{citation.quote}”")
        lines.append(f"        {source_line(citation, 'zh')}")
    return "\n".join(lines)
