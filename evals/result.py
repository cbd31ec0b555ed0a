"""A run on disk: one JSON document with every case, answer and score, and what made them."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import Case
from evals.errors import ResultError
from evals.records import AnswerRecord
from evals.scoring import Outcome, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = Path(__file__).parents[1]
SCHEMA = 1


class _Written(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Machine(_Written):
    """Where a run took place: what its times depend on, and nothing that names it."""

    system: str
    processor: str
    cores: int
    memory_gib: float
    python: str


class RunFingerprint(_Written):
    """What a run was made by: two runs with equal ones give equal answers.

    ``commit`` holds "+" where the working tree had changes; ``cases`` is a
    hash of the questions and the gold.
    """

    dataset: str
    cases: str
    pipeline: str
    commit: str
    index: str
    encoder: str
    model: str
    prompts: str


class Item(_Written):
    """A case, what was answered, and what that is worth."""

    case: Case
    answer: AnswerRecord
    outcome: Outcome


class Result(_Written):
    """A whole run.

    ``seconds`` is the time spent answering, over all sittings; ``baselines``
    the retrieval measures of simpler searches over the same documents, where
    only the search was measured and the gold is documents.
    """

    schema_version: int = SCHEMA
    fingerprint: RunFingerprint
    machine: Machine
    finished: datetime
    sample: int | None
    seed: int
    seconds: float
    scores: Scores
    baselines: dict[str, dict[str, float]] = {}
    items: tuple[Item, ...]


def read_result(path: Path) -> Result:
    """The result at ``path``: the file, or the folder of a run. Raises ``ResultError``."""
    file = path / "result.json" if path.is_dir() else path
    try:
        return Result.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ResultError(
            f"{path} cannot be read ({error.strerror}). Expected a result.json, or the folder that an evaluation wrote."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "document"
        raise ResultError(
            f"{path} is no result of an evaluation: {where}: {first['msg']}. Run the evaluation again."
        ) from error


def write_result(result: Result, folder: Path) -> Path:
    """Write ``result`` as ``result.json`` into ``folder``; returns its path."""
    path = folder / "result.json"
    beside = path.with_suffix(".new")
    beside.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
    return path


def now() -> datetime:
    """The time, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def commit() -> str:
    """The commit of the checkout, with "+" and a hash of its changes if there are any; "unknown" without a checkout."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if not head:
        return "unknown"
    changes = _git("diff", "HEAD", "--", "*.py", "*.md")
    return f"{head}+{hashlib.sha256(changes.encode()).hexdigest()[:6]}" if changes else head


def _git(*arguments: str) -> str:
    try:
        # Fixed arguments; whichever git the person uses.
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(_ROOT), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def machine() -> Machine:
    """The machine that this runs on."""
    return Machine(
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=_memory_gib(),
        python=platform.python_version(),
    )


def _processor() -> str:
    try:
        lines: Sequence[str] = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _memory_gib() -> float:
    """Physical memory; 0 where the system does not tell."""
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0.0
    return round(size / 1024**3, 1)
