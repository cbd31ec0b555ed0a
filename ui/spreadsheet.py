"""Pure: ledger records as a file that spreadsheets open well."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: Final = (
    "report", "place", "indicator", "value", "unit", "qualifier", "measure", "year", "status", "start", "end", "quote"
)  # fmt: skip


def indicators_csv(documents: Iterable[dict[str, Any]]) -> str:
    """Records as CSV, with the byte order mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(cell) for name, cell in document.items()} for document in documents)
    return "\ufeff" + out.getvalue()


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
