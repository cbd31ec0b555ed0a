"""What is stored of one report: how it is taken apart, what of it is encoded, and under which terms it is found.

A change here or in another of the reading rules makes new shards, which must
be encoded anew; how shards are put together is ``index.build``'s business.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.ledger import extract_indicators
from index.parse import parse_structure
from index.store import SCHEMA
from index.tokens import index_terms
from index.types import ParsedReport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.types import Clause, Passage, Report

STATUSES: Final = ("actual", "target", "ongoing", "plan", "policy")
ROW: Final = np.dtype(
    [("report", "<i4"), ("clause", "<i4"), ("passage", "<i4"), ("year", "<i2"), ("status", "<i1")],
)
"""One row per clause of a generation; ``report`` counts the manifest's entries, a year of 0 means none."""

# What decides how a report is taken apart. A change here makes new shards, so
# that reading rules can get better without an index that is half old, half new.
_READING_RULES: Final = (
    "outline", "clauses", "contexts", "periods", "parse", "tokens", "numerals", "units", "quantities",
    "quantity_patterns", "qualifiers", "leads", "indicator_names", "ledger", "shard",
)  # fmt: skip


def parse(report: Report) -> ParsedReport:
    """``report`` taken apart into sections, clauses, passages and indicators."""
    sections, clauses, passages = parse_structure(report)
    return ParsedReport(report, sections, clauses, passages, extract_indicators(report, clauses))


def shard_key(report: Report, encoder: str) -> str:
    """Name of the shard that ``report`` gets: a hash of all that goes into it."""
    source = json.dumps(asdict(report), ensure_ascii=False, default=str, sort_keys=True)
    parts = [str(SCHEMA), _reading_rules(), encoder, source]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _reading_rules() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / f"{name}.py").read_bytes() for name in _READING_RULES)).hexdigest()


def with_headings(clause: Clause, report: Report) -> str:
    """The clause under all headings above it: what it is found by."""
    return "\n".join((*_path(clause, report), clause.text))


def _path(clause: Clause, report: Report) -> tuple[str, ...]:
    """The headings above ``clause``; where there are none, the report's title says what it is about."""
    return clause.section or (report.title,)


def in_context(clause: Clause, report: Report) -> str:
    """The clause with the title that stands nearest above it: what it is about, in few words."""
    title = _path(clause, report)[-1]
    return clause.text if clause.text.startswith(title) else f"{title}：{clause.text}"


def _about(passage: Passage, parsed: ParsedReport) -> str:
    """The passage with the title of its report, where no heading stands above it."""
    headed = parsed.clauses[passage.first].section
    return passage.text if headed else f"{parsed.report.title}\n{passage.text}"


def write_shard(
    folder: Path, parsed: ParsedReport, vectors: NDArray[np.float32], names: NDArray[np.float32]
) -> None:
    """Write into ``folder`` what is searched of ``parsed``.

    These are its rows and terms, the ``vectors`` of its clauses, shape (clauses,
    dimension), and of the ``names`` of its indicators, shape (indicators, dimension).
    """
    rows = np.zeros(len(parsed.clauses), ROW)
    rows["clause"] = np.arange(len(parsed.clauses))
    for passage in parsed.passages:
        rows["passage"][passage.first : passage.last + 1] = passage.number
    rows["year"] = [clause.period.year or 0 for clause in parsed.clauses]
    rows["status"] = [STATUSES.index(clause.period.status) for clause in parsed.clauses]
    np.save(folder / "rows.npy", rows)
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "names.npy", names)
    terms = {
        "clauses": [index_terms(with_headings(clause, parsed.report)) for clause in parsed.clauses],
        "passages": [index_terms(_about(passage, parsed)) for passage in parsed.passages],
        "reports": [index_terms(f"{parsed.report.title}\n{parsed.report.text}")],
    }
    (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
