"""The offline path, top to bottom: reports -> parsed shards -> one searchable generation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from index.arrays import read_array
from index.dense import DenseIndex
from index.errors import IndexDamaged, ReportNotFound
from index.lexical import OF_PARTS, OF_WHOLE_TEXTS, LexicalIndex
from index.shard import ROW, in_context, parse, shard_key, write_shard
from index.store import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.store import Generation, Store
    from index.types import ParsedReport, Report

Outcome = Literal["added", "replaced", "unchanged"]

_BATCH: Final = 32

_Vector = np.ndarray[tuple[int], np.dtype[np.float32]]


# What is searched by words, by its name among the terms of a shard, with its length normalisation.
_TEXTS: Final = {"clauses": OF_PARTS, "passages": OF_PARTS, "reports": OF_WHOLE_TEXTS}


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
            vectors, names = self._encode(parsed, self._encoded(before))
            self._store.write_shard(key, parsed, lambda folder: write_shard(folder, parsed, vectors, names))
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
        texts = (*_encodable(parsed), *_names(parsed))
        vectors = (*self._store.read_vectors(entry.shard), *self._store.read_names(entry.shard))
        return dict(zip(texts, vectors, strict=True))

    def _encode(
        self, parsed: ParsedReport, known: dict[str, _Vector]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """A vector for each clause and one for each indicator's name; those of ``known`` texts as they are."""
        texts, names = _encodable(parsed), _names(parsed)
        new = [text for text in dict.fromkeys((*texts, *names)) if text not in known]
        found = dict(known)
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            found.update(zip(batch, self._encoder.encode_documents(batch), strict=True))
            self._progress(Step(parsed.report.id, "clauses", min(start + _BATCH, len(new)), len(new)))
        vectors = np.stack([found[text] for text in texts])
        named = [found[name] for name in names]
        return vectors, np.stack(named) if named else np.zeros((0, vectors.shape[1]), np.float32)

    def _commit(self, entries: tuple[Entry, ...]) -> Generation:
        return self._store.commit(
            self._encoder.fingerprint, entries, lambda folder: self._assemble(folder, entries)
        )

    def _assemble(self, folder: Path, entries: tuple[Entry, ...]) -> None:
        """Write what ranks across all reports, one part after the other: each may take as much memory as there is."""
        np.save(folder / "rows.npy", self._rows(entries))
        DenseIndex.build(self._vectors(entries)).save(folder / "dense.faiss")
        for part, (name, normalisation) in enumerate(_TEXTS.items()):
            LexicalIndex.build(self._terms(entries, part), normalisation).save(folder / name)

    def _terms(self, entries: tuple[Entry, ...], part: int) -> Iterator[list[str]]:
        """The terms of each text of all reports, of the ``part``-th kind."""
        kind = list(_TEXTS)[part]
        for number, entry in enumerate(entries, start=1):
            shard = self._store.shard_folder(entry.shard)
            yield from json.loads((shard / "terms.json").read_bytes())[kind]
            done = part * len(entries) + number
            self._progress(Step(entry.id, "assemble", done, len(_TEXTS) * len(entries)))

    def _rows(self, entries: tuple[Entry, ...]) -> NDArray[np.void]:
        """The rows of all reports, reports and passages counted through."""
        parts, passages = [np.zeros(0, ROW)], 0
        for number, entry in enumerate(entries):
            part = read_array(self._store.shard_folder(entry.shard) / "rows.npy")
            part["report"] = number
            part["passage"] += passages
            passages += entry.passages
            parts.append(part)
        return np.concatenate(parts)

    def _vectors(self, entries: tuple[Entry, ...]) -> NDArray[np.float32]:
        """The vectors of all reports, shape (clauses, dimension)."""
        if not entries:
            return np.zeros((0, 1), np.float32)
        return np.concatenate([self._store.read_vectors(entry.shard) for entry in entries])


def _encodable(parsed: ParsedReport) -> list[str]:
    """What the encoder is given of each clause."""
    return [in_context(clause, parsed.report) for clause in parsed.clauses]


def _names(parsed: ParsedReport) -> list[str]:
    """What is encoded of each indicator: its name."""
    return [record.indicator for record in parsed.indicators]
