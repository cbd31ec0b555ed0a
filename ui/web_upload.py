"""Reading a file that somebody uploaded: in a process of its own, limited in size, time and memory.

Run as ``python -m ui.web_upload FILE`` it writes the file's text to standard output; with ``--report``, the
report in it as JSON.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from index.errors import NotAReport, ReportError, UnreadableReport
from index.loaders import load_report, read_text
from index.types import Report

FILE_TYPES: Final = (".txt", ".md", ".docx", ".pdf", ".html")
MAX_BYTES: Final = 2 << 20
_SECONDS: Final = 30.0
_MEMORY: Final = 2 << 30
"""Bytes of address space: a file that unpacks to more is no report."""
_BAD_FILE: Final = 2
_NO_REPORT: Final = 3
_REPORT: Final = TypeAdapter(Report)


def text_of(file: Path) -> str:
    """The text of ``file``. Raises ``UnreadableReport`` if it cannot be had; the message names no folder."""
    text = _read_apart(file).decode("utf-8", "replace").strip()
    if not text:
        raise UnreadableReport(f"{file.name} cannot be read as text. Paste the part to be checked.")
    return text


def report_of(file: Path) -> Report:
    """The report in ``file``, its id the file's stem; messages name no folder.

    Raises:
        UnreadableReport: the file cannot be turned into text.
        NotAReport: it is no government work report, or names no year.
    """
    return _REPORT.validate_json(_read_apart(file, "--report"))


def _read_apart(file: Path, *options: str) -> bytes:
    if file.suffix.lower() not in FILE_TYPES:
        raise UnreadableReport(f"{file.name}: expected a file ending in {', '.join(FILE_TYPES)}.")
    if file.stat().st_size > MAX_BYTES:
        raise UnreadableReport(
            f"{file.name} is larger than {MAX_BYTES >> 20} MiB. Paste the part to be checked."
        )
    try:
        child = subprocess.run(  # noqa: S603 - our own module, with a path as argument
            [sys.executable, "-m", "ui.web_upload", str(file), *options],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport(
            f"{file.name} takes too long to read. Paste the part to be checked."
        ) from error
    if child.returncode == _NO_REPORT:
        raise NotAReport(f"{file.name} is no government work report, or does not say of which year it is.")
    if child.returncode:
        raise UnreadableReport(f"{file.name} cannot be read as text. Paste the part to be checked.")
    return child.stdout


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _main() -> int:
    _limit_memory()
    file = Path(sys.argv[1])
    try:
        if "--report" in sys.argv:
            sys.stdout.buffer.write(_REPORT.dump_json(load_report(file)))
        else:
            sys.stdout.buffer.write(read_text(file).encode())
    except NotAReport:
        return _NO_REPORT
    except ReportError:
        return _BAD_FILE
    return 0


if __name__ == "__main__":
    sys.exit(_main())
