"""Turns files into reports."""

import re
from pathlib import Path

from index.errors import NotAReport, UnreadableReport
from index.recognition import level_of, recognize, report_title
from index.types import Report

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
MAX_BYTES = 50 * 1024 * 1024


def load_report(
    path: Path,
    *,
    report_id: str | None = None,
    place: str | None = None,
    year: int | None = None,
    title: str | None = None,
) -> Report:
    """Return the report in the file ``path``."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return report_from_text(text, report_id or path.stem, place=place, year=year, title=title)


def report_files(path: Path) -> list[Path]:
    """Return ``path`` itself, or the files of a supported format below it, sorted."""
    if path.is_file():
        return [path]
    if not path.exists():
        raise UnreadableReport(f"{path}: no such file or folder; check the path")
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise UnreadableReport(f"{path}: the folder holds no file that ends in {', '.join(SUFFIXES)}")
    return found


def report_from_text(
    text: str,
    report_id: str,
    *,
    place: str | None = None,
    year: int | None = None,
    title: str | None = None,
    any_text: bool = False,
    pages: tuple[int, ...] = (),
) -> Report:
    """Return the report with this text."""
    if any_text:
        return Report(report_id, title or report_id, place or "", level_of(place or ""), year or 0, None, text, pages)
    if not re.search("各位代表|工作报告|报告工作", text):
        raise NotAReport(f"{report_id}: not a government work report")
    found = recognize(text, report_id)
    place = found.place if place is None else place
    year = found.year if year is None else year
    if year is None:
        raise NotAReport(f"{report_id}: the text names no year of its own; give it with --year")
    return Report(
        report_id, title or report_title(place, year), place, level_of(place), year, found.delivered, text, pages
    )
