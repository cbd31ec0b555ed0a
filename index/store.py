"""The index on disk: shards, generations and the switch between them.

::

    <root>/CURRENT                       name of the generation in use
    <root>/generations/g000003/          manifest.json, rows.npy, dense.faiss, clauses/, passages/,
                                         reports/
    <root>/shards/<key>/                 source.json, report.json, rows.npy, vectors.npy, names.npy, terms.json, sums.json

A shard is named by what it was made from (text, overrides, program schema,
encoder), written once and never changed, so that adding a report costs that
report's work only. A generation refers to its shards and holds what ranks
across all of them. It is written beside the one in use and becomes current by
replacing one small file; a crash before that leaves the old one serving.
Everything is JSON, NumPy or FAISS; nothing is pickled.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from index import report_file
from index.arrays import read_array
from index.errors import IndexDamaged, IndexOutdated, IndexUnavailable
from index.types import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.types import ParsedReport

SCHEMA = 5
"""Raised whenever stored files change their form or meaning: old indexes must then be rebuilt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of a generation, with what a list of reports shows."""

    id: str
    title: str
    place: str
    year: int
    delivered: str
    shard: str
    characters: int
    clauses: int
    passages: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what it was made by; ``files`` are SHA-256 sums by relative path."""

    schema: int
    encoder: str
    entries: tuple[Entry, ...]
    files: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """Short hash of the contents: equal for equal reports, schema and encoder."""
        parts = [str(self.schema), self.encoder, *(f"{entry.id}:{entry.shard}" for entry in self.entries)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation on disk."""

    name: str
    folder: Path
    manifest: Manifest


_SUMS: Final = "sums.json"
_TEXT: Final = "source.json"
_REPORT: Final = "report.json"
_NAME: Final = re.compile(r"g\d{6,}")
_MANIFEST = TypeAdapter(Manifest)
_SOURCE = TypeAdapter(Report)


class Store:
    """Reads and writes the files below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock that a writer needs. Raises ``IndexUnavailable`` if the folder cannot be written."""
        with _told(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / ".lock")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def current_name(self) -> str | None:
        """Name of the generation in use, or None where nothing is indexed yet.

        Raises:
            IndexDamaged: the pointer to the generation holds something else.
            IndexUnavailable: it cannot be read.
        """
        path = self.root / "CURRENT"
        try:
            name = path.read_bytes().strip().decode("ascii", "replace")
        except FileNotFoundError:
            # Lost, or the first build ended between its last two steps. A generation
            # that has its name is complete, and better served than built over.
            return self._newest_name()
        except OSError as error:
            raise IndexUnavailable(
                f"{path} cannot be read ({error.strerror}). Check its permissions, "
                "or choose another data directory with WENZHENG_HOME.",
            ) from error
        if not _NAME.fullmatch(name):
            raise IndexDamaged(
                f"{path} should name the generation in use and holds {name[:40]!r}. Run: wenzheng index rebuild",
            )
        return name

    def current(self, encoder: str | None = None) -> Generation | None:
        """The generation in use, or None where nothing is indexed yet.

        Raises:
            IndexDamaged: the manifest is missing or unreadable.
            IndexOutdated: it was written by another schema, or (if ``encoder``
                is given) with another embedding model.
        """
        name = self.current_name()
        if name is None:
            return None
        folder = self.root / "generations" / name
        try:
            manifest = _MANIFEST.validate_json((folder / "manifest.json").read_bytes())
        except (OSError, ValidationError) as error:
            if self.current_name() != name:  # swept between the two reads: another one became current
                return self.current(encoder)
            raise IndexDamaged(
                f"The index's manifest ({name}) is missing or unreadable. Run: wenzheng index rebuild",
            ) from error
        if manifest.schema != SCHEMA:
            raise IndexOutdated(
                f"The index has schema {manifest.schema}, this program needs {SCHEMA}. Run: wenzheng index rebuild",
            )
        if encoder is not None and manifest.encoder != encoder:
            raise IndexOutdated(
                f"The index was built with the embedding model {manifest.encoder}, configured is {encoder}. "
                "Run: wenzheng index rebuild",
            )
        return Generation(name, folder, manifest)

    def shard_folder(self, key: str) -> Path:
        """Where the shard ``key`` lies."""
        return self.root / "shards" / key

    def read_report(self, key: str) -> ParsedReport:
        """The report in shard ``key``. Raises ``IndexDamaged`` if it cannot be read."""
        return report_file.read(self.shard_folder(key) / _REPORT)

    def read_lines(self, key: str) -> report_file.Lines:
        """The report in shard ``key`` clause by clause. Raises ``IndexDamaged`` if it cannot be read."""
        return report_file.Lines(self.shard_folder(key) / _REPORT)

    def read_vectors(self, key: str) -> NDArray[np.float32]:
        """The vectors in shard ``key``, shape (clauses, dimension)."""
        return read_array(self.shard_folder(key) / "vectors.npy")

    def read_names(self, key: str) -> NDArray[np.float32]:
        """The vectors of the names of the indicators in shard ``key``, shape (indicators, dimension)."""
        return read_array(self.shard_folder(key) / "names.npy")

    def stored_reports(self) -> list[tuple[str, str, str]]:
        """Id and shard of every report of the generation in use, and the checksum of its stored text.

        Works whatever the generation's schema or encoder, and for a damaged
        pointer with the newest generation. Raises ``IndexDamaged`` if not even
        that much of the manifest can be read.
        """
        try:
            name = self.current_name()
        except IndexDamaged:
            name = self._newest_name()
        if name is None:
            return []
        try:
            manifest = json.loads((self.root / "generations" / name / "manifest.json").read_bytes())
            files = manifest["files"]
            return [
                (entry["id"], entry["shard"], files[f"shards/{entry['shard']}/{_TEXT}"])
                for entry in manifest["entries"]
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"The index's manifest ({name}) is missing or unreadable, so that the list of its reports is lost. "
                f"Remove the folder {self.root.name} in the data directory and add the reports again.",
            ) from error

    def read_source(self, key: str, checksum: str) -> Report:
        """The report in shard ``key`` as it was loaded. Raises ``IndexDamaged`` if it is not what was stored."""
        try:
            content = (self.shard_folder(key) / _TEXT).read_bytes()
            if hashlib.sha256(content).hexdigest() == checksum:
                return _SOURCE.validate_json(content)
        except (OSError, ValidationError) as error:
            raise IndexDamaged(f"The text stored in shard {key} is missing or unreadable.") from error
        raise IndexDamaged(f"The text stored in shard {key} has changed since it was written.")

    def intact(self, key: str) -> bool:
        """Whether the shard is there and every file of it is as it was written."""
        folder = self.shard_folder(key)
        try:
            sums = json.loads((folder / _SUMS).read_bytes())
            return all(digest(folder / name) == expected for name, expected in sums.items())
        except (OSError, ValueError):
            return False

    def write_shard(self, key: str, parsed: ParsedReport, write_rest: Callable[[Path], None]) -> None:
        """Write a shard beside and rename it into place; ``write_rest`` adds the other files."""
        with _told(self.root):
            beside = self.root / "shards" / f".{key}.{os.getpid()}"
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(parents=True)
            try:
                report_file.write(beside / _REPORT, parsed)
                (beside / _TEXT).write_bytes(_SOURCE.dump_json(parsed.report))
                write_rest(beside)
                sums = {path.name: digest(path) for path in _files(beside)}
                (beside / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
                _sync(beside)
                # Only a damaged shard is ever written a second time.
                shutil.rmtree(self.shard_folder(key), ignore_errors=True)
                beside.rename(self.shard_folder(key))
                _sync_folder(self.root / "shards")
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def commit(self, encoder: str, entries: tuple[Entry, ...], write: Callable[[Path], None]) -> Generation:
        """Write a new generation and switch to it. The caller holds ``writing()``."""
        with _told(self.root):
            name = self._next_name()
            folder = self.root / "generations" / name
            beside = folder.with_name(f".{name}")
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(parents=True)
            try:
                write(beside)
                files = {str(path.relative_to(beside)): digest(path) for path in _files(beside)}
                for entry in entries:
                    sums = json.loads((self.shard_folder(entry.shard) / _SUMS).read_bytes())
                    files |= {f"shards/{entry.shard}/{file}": expected for file, expected in sums.items()}
                manifest = Manifest(SCHEMA, encoder, entries, files)
                (beside / "manifest.json").write_bytes(_MANIFEST.dump_json(manifest, indent=1))
                _sync(beside)
                beside.rename(folder)
                _sync_folder(folder.parent)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            _replace_text(self.root / "CURRENT", name)
        self._sweep(Generation(name, folder, manifest))
        return Generation(name, folder, manifest)

    def verify(self, generation: Generation) -> list[str]:
        """What is wrong with the files of ``generation``, a sentence each; empty if nothing is."""
        wrong = []
        for name, expected in generation.manifest.files.items():
            path = self.root / name if name.startswith("shards/") else generation.folder / name
            if not path.is_file():
                wrong.append(f"{name} is missing")
            elif digest(path) != expected:
                wrong.append(f"{name} has changed since it was written")
        return wrong

    def _next_name(self) -> str:
        names = [path.name.lstrip(".") for path in (self.root / "generations").glob("*g[0-9]*")]
        return f"g{max((int(name[1:]) for name in names), default=0) + 1:06d}"

    def _newest_name(self) -> str | None:
        names = [path.name for path in (self.root / "generations").glob("g*") if _NAME.fullmatch(path.name)]
        return max(names, key=lambda name: int(name[1:]), default=None)

    def _sweep(self, current: Generation) -> None:
        """Remove older generations and shards that nothing refers to any more."""
        used = {entry.shard for entry in current.manifest.entries}
        for folder in (self.root / "generations").iterdir():
            if folder.name != current.name:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.root / "shards").iterdir():
            if folder.name not in used:
                shutil.rmtree(folder, ignore_errors=True)


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sync(folder: Path) -> None:
    """Force what lies below ``folder`` to the disk, before a rename makes it count."""
    for path in _files(folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    for inner in (path for path in (folder, *folder.rglob("*")) if path.is_dir()):
        _sync_folder(inner)


def _sync_folder(folder: Path) -> None:
    """Force the names in ``folder`` to the disk: without it, a rename may be lost with the power."""
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace_text(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


class _told:  # noqa: N801 - used like a function, as a context manager
    """Turns failures of the file system into ``IndexUnavailable`` with a remedy."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, PermissionError) or (isinstance(error, OSError) and error.errno == errno.EROFS):
            raise IndexUnavailable(
                f"No permission to write the index folder {self._root}. "
                "Choose another data directory with WENZHENG_HOME.",
            ) from error
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise IndexUnavailable(
                f"The disk that holds {self._root} is full; nothing was changed. "
                "Free some space or choose another data directory with WENZHENG_HOME.",
            ) from error
