"""The offline path, top to bottom: reports -> parsed shards -> one searchable generation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from index.dense import DenseIndex
from index.errors import IndexDamaged, ReportNotFound
from index.ledger import extract_indicators
from index.lexical import LexicalIndex
from index.parse import parse_structure
from index.store import SCHEMA, Entry
from index.tokens import index_terms
from index.types import ParsedReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.encoder import Encoder
    from index.store import Generation, Store
    from index.types import Clause, Passage, Report

Outcome = Literal["added", "replaced", "unchanged"]

STATUSES: Final = ("actual", "target", "ongoing", "plan", "policy")
ROW: Final = np.dtype(
    [("report", "<i4"), ("clause", "<i4"), ("passage", "<i4"), ("year", "<i2"), ("status", "<i1")],
)
"""One row per clause of a generation; ``report`` counts the manifest's entries, a year of 0 means none."""

_BATCH: Final = 32

_Vector = np.ndarray[tuple[int], np.dtype[np.float32]]
_Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

# What decides how a report is taken apart. A change here makes new shards, so
# that reading rules can get better without an index that is half old, half new.
_READING_RULES: Final = (
    "outline", "clauses", "contexts", "periods", "parse", "tokens", "numerals", "units", "quantities",
    "quantity_patterns", "qualifiers", "leads", "indicator_names", "ledger", "build",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Where a build stands: ``done`` of ``total`` in what ``stage`` counts."""

    report: str
    stage: Literal["clauses", "assemble"]
    done: int
    total: int


def ignore_progress(_step: Step) -> None:
    """The progress callback for those who do not look."""


class Builder:
    """Adds and removes reports; each call leaves one complete new generation, or the old one."""

    def __init__(
        self, store: Store, encoder: Encoder, progress: Callable[[Step], None] = ignore_progress
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._progress = progress

    def add(self, reports: Iterable[Report]) -> dict[str, Outcome]:
        """Index ``reports``; returns what happened to each id.

        The same text under the same id changes nothing, another one replaces it.
        """
        with self._store.writing():
            generation = self._store.current(self._encoder.fingerprint)
            entries = {entry.id: entry for entry in generation.manifest.entries} if generation else {}
            outcomes: dict[str, Outcome] = {}
            for report in reports:
                before = entries.get(report.id)
                entry = self._shard(report, before)
                outcomes[report.id] = (
                    "added" if before is None else "unchanged" if before.shard == entry.shard else "replaced"
                )
                entries[report.id] = entry
            if generation is None or set(outcomes.values()) - {"unchanged"}:
                self._commit(tuple(entries.values()))
        return outcomes

    def remove(self, ids: Sequence[str]) -> None:
        """Take reports out. Raises ``ReportNotFound`` if one is not there; then nothing is removed."""
        with self._store.writing():
            generation = self._store.current(self._encoder.fingerprint)
            entries = {entry.id: entry for entry in generation.manifest.entries} if generation else {}
            for report in ids:
                if report not in entries:
                    raise ReportNotFound(f"No report {report!r} is indexed. See: wenzheng index list")
                del entries[report]
            self._commit(tuple(entries.values()))

    def rebuild(self) -> tuple[list[str], list[str]]:
        """Take every stored report apart again; returns the ids that were rebuilt and those that were lost.

        Works on indexes of an older schema, of another encoder, or with
        damaged files: all it needs is each report's stored text.
        """
        with self._store.writing():
            rebuilt, lost, entries = [], [], []
            for report_id, key, checksum in self._store.stored_reports():
                try:
                    report = self._store.read_source(key, checksum)
                except IndexDamaged:
                    lost.append(report_id)
                    continue
                entries.append(self._shard(report))
                rebuilt.append(report_id)
            self._commit(tuple(entries))
        return rebuilt, lost

    def _shard(self, report: Report, before: Entry | None = None) -> Entry:
        """The entry of ``report``, its shard written if it was not there; ``before`` is its entry so far."""
        key = shard_key(report, self._encoder.fingerprint)
        if self._store.intact(key):
            parsed = self._store.read_report(key)
        else:
            parsed = parse(report)
            vectors = self._encode(parsed, self._encoded(before))
            self._store.write_shard(key, parsed, lambda folder: _write_shard(folder, parsed, vectors))
        return Entry(
            id=report.id,
            title=report.title,
            place=report.place,
            year=report.year,
            delivered=report.delivered.isoformat() if report.delivered else "",
            shard=key,
            characters=len(report.text),
            clauses=len(parsed.clauses),
            passages=len(parsed.passages),
            indicators=len(parsed.indicators),
        )

    def _encoded(self, entry: Entry | None) -> dict[str, _Vector]:
        """The vectors of an indexed report, by the text that each was made from.

        A new edition shares most of its clauses with the last one, and new reading rules change few of them.
        """
        if entry is None or not self._store.intact(entry.shard):
            return {}
        try:
            parsed = self._store.read_report(entry.shard)
        except IndexDamaged:
            return {}
        vectors = np.load(self._store.shard_folder(entry.shard) / "vectors.npy", mmap_mode="r")
        return dict(zip(_encodable(parsed), vectors, strict=True))

    def _encode(self, parsed: ParsedReport, known: dict[str, _Vector]) -> _Vectors:
        """A vector for each clause, shape (clauses, dimension); those of ``known`` texts as they are."""
        texts = _encodable(parsed)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        found = dict(known)
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            found.update(zip(batch, self._encoder.encode_documents(batch), strict=True))
            self._progress(Step(parsed.report.id, "clauses", min(start + _BATCH, len(new)), len(new)))
        return np.stack([found[text] for text in texts])

    def _commit(self, entries: tuple[Entry, ...]) -> Generation:
        return self._store.commit(
            self._encoder.fingerprint, entries, lambda folder: self._assemble(folder, entries)
        )

    def _assemble(self, folder: Path, entries: tuple[Entry, ...]) -> None:
        """Write what ranks across all reports."""
        rows: list[np.ndarray[tuple[int], np.dtype[np.void]]] = []
        vectors: list[np.ndarray[tuple[int, int], np.dtype[np.float32]]] = []
        clauses: list[list[str]] = []
        passages: list[list[str]] = []
        reports: list[list[str]] = []
        for number, entry in enumerate(entries):
            shard = self._store.shard_folder(entry.shard)
            part = np.load(shard / "rows.npy")
            part["report"] = number
            part["passage"] += len(passages)
            rows.append(part)
            vectors.append(np.load(shard / "vectors.npy", mmap_mode="r"))
            terms = json.loads((shard / "terms.json").read_bytes())
            clauses.extend(terms["clauses"])
            passages.extend(terms["passages"])
            reports.append([term for passage in terms["passages"] for term in passage])
            self._progress(Step(entry.id, "assemble", number + 1, len(entries)))
        np.save(folder / "rows.npy", np.concatenate(rows) if rows else np.zeros(0, ROW))
        DenseIndex.build(np.concatenate(vectors) if vectors else np.zeros((0, 1), np.float32)).save(
            folder / "dense.faiss"
        )
        LexicalIndex.build(clauses).save(folder / "clauses")
        LexicalIndex.build(passages).save(folder / "passages")
        LexicalIndex.build(reports).save(folder / "reports")


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


def _encodable(parsed: ParsedReport) -> list[str]:
    """What the encoder is given of each clause."""
    return [_in_context(clause, parsed.report) for clause in parsed.clauses]


def _in_context(clause: Clause, report: Report) -> str:
    """The clause with the title that stands nearest above it: what it is about, in few words."""
    title = _path(clause, report)[-1]
    return clause.text if clause.text.startswith(title) else f"{title}：{clause.text}"


def _about(passage: Passage, parsed: ParsedReport) -> str:
    """The passage with the title of its report, where no heading stands above it."""
    headed = parsed.clauses[passage.first].section
    return passage.text if headed else f"{parsed.report.title}\n{passage.text}"


def _write_shard(
    folder: Path, parsed: ParsedReport, vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]
) -> None:
    rows = np.zeros(len(parsed.clauses), ROW)
    rows["clause"] = np.arange(len(parsed.clauses))
    for passage in parsed.passages:
        rows["passage"][passage.first : passage.last + 1] = passage.number
    rows["year"] = [clause.period.year or 0 for clause in parsed.clauses]
    rows["status"] = [STATUSES.index(clause.period.status) for clause in parsed.clauses]
    np.save(folder / "rows.npy", rows)
    np.save(folder / "vectors.npy", vectors)
    terms = {
        "clauses": [index_terms(with_headings(clause, parsed.report)) for clause in parsed.clauses],
        "passages": [index_terms(_about(passage, parsed)) for passage in parsed.passages],
    }
    (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
