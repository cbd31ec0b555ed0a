"""Reading a file that somebody uploaded: in a process of its own, limited in size and time.

Run as ``python -m ui.web_upload FILE`` it writes the file's text to standard output.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from index.errors import UnreadableReport
from index.loaders import read_text

FILE_TYPES: Final = (".txt", ".md", ".docx", ".pdf", ".html")
MAX_BYTES: Final = 2 << 20
_SECONDS: Final = 30.0
_BAD_FILE: Final = 2


def text_of(file: Path) -> str:
    """The text of ``file``. Raises ``UnreadableReport`` if it cannot be had; the message names no folder."""
    if file.suffix.lower() not in FILE_TYPES:
        raise UnreadableReport(f"{file.name}: expected a file ending in {', '.join(FILE_TYPES)}.")
    if file.stat().st_size > MAX_BYTES:
        raise UnreadableReport(
            f"{file.name} is larger than {MAX_BYTES >> 20} MiB. Paste the part to be checked."
        )
    try:
        child = subprocess.run(  # noqa: S603 - our own module, with a path as argument
            [sys.executable, "-m", "ui.web_upload", str(file)],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport(
            f"{file.name} takes too long to read. Paste the part to be checked."
        ) from error
    text = child.stdout.decode("utf-8", "replace").strip()
    if child.returncode or not text:
        raise UnreadableReport(f"{file.name} cannot be read as text. Paste the part to be checked.")
    return text


def _main() -> int:
    try:
        sys.stdout.buffer.write(read_text(Path(sys.argv[1])).encode())
    except UnreadableReport:
        return _BAD_FILE
    return 0


if __name__ == "__main__":
    sys.exit(_main())
