"""Turns files into reports: plain text, Markdown, HTML, Word and PDF.

Each format has one reader, bytes in and text out; ``report_from_text`` then
tells whose report it is. Plain text is kept as it was read apart from line
endings and a byte order mark; the other formats give one line per paragraph.
"""

import codecs
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from pypdf.errors import DependencyError, PyPdfError

from index.errors import NotAReport, UnreadableReport
from index.pdf_lines import HAN_OR_MARK, joined
from index.recognition import full_place, level_of, objection, recognize, report_title
from index.types import Report

MAX_BYTES = 50 * 1024 * 1024
"""Largest file that is read; the longest report known is a thousandth of it."""

_MAX_UNPACKED_BYTES = 4 * MAX_BYTES

# pypdf logs every oddity of a damaged file; the one line of the error is enough.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class _Content:
    """The text of a file; ``pages`` holds the offset at which each page starts."""

    text: str
    pages: tuple[int, ...] = ()


def load_report(
    path: Path,
    *,
    report_id: str | None = None,
    place: str | None = None,
    year: int | None = None,
    title: str | None = None,
) -> Report:
    """Return the report in the file ``path``.

    Args:
        path: A file whose name ends in one of ``SUFFIXES``.
        report_id: The id to give it; the file's stem if None.
        place: Whose report it is; told from the text if None.
        year: The year whose goals it sets; told from the text if None.
        title: The title to show; made from place and year if None.

    Raises:
        UnreadableReport: The file cannot be turned into text.
        NotAReport: The text is no government work report.
    """
    content = _read(path)
    if not content.text.strip():
        raise UnreadableReport(f"{path}: the file holds no text; expected the text of a report")
    report_id = path.stem if report_id is None else report_id
    return report_from_text(content.text, report_id, place=place, year=year, title=title, pages=content.pages)


def report_files(path: Path) -> list[Path]:
    """Return ``path`` itself if it is a file, or the files of known formats below it, sorted.

    Raises:
        UnreadableReport: Nothing is there, or no file of a known format.
    """
    if not path.exists():
        raise UnreadableReport(f"{path}: no such file or folder; check the path")
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise UnreadableReport(f"{path}: no report in this folder; expected files ending in {_KNOWN}")
    return found


def report_from_text(  # noqa: PLR0913 (what the text does not say can be given)
    text: str,
    report_id: str,
    *,
    place: str | None = None,
    year: int | None = None,
    title: str | None = None,
    any_text: bool = False,
    pages: tuple[int, ...] = (),
) -> Report:
    """Return the report whose text is ``text``, with what is not given told from the text.

    With ``any_text`` nothing is told or refused: any corpus can be indexed. Then
    what is not given is "" for the place, 0 for the year and the id for the title.

    Raises:
        NotAReport: The text is plainly no government work report, or names no year.
    """
    if any_text:
        place = full_place(place or "")
        return Report(report_id, title or report_id, place, level_of(place), year or 0, None, text, pages)
    if reason := objection(text):
        raise NotAReport(
            f"{report_id}: {reason}; expected the text of a government work report (政府工作报告)"
        )
    found = recognize(text, report_id)
    place = found.place if place is None else full_place(place)
    year = found.year if year is None else year
    if year is None:
        raise NotAReport(f"{report_id}: the text does not say of which year it is; give the year (--year)")
    title = title or report_title(place, year)
    return Report(report_id, title, place, level_of(place), year, found.delivered, text, pages)


def read_text(path: Path) -> str:
    """The text of any file of a known kind, whether it is a report or not. Raises ``UnreadableReport``."""
    return _read(path).text


def _read(path: Path) -> _Content:
    try:
        if path.is_dir():
            raise UnreadableReport(f"{path}: a folder; expected a file ending in {_KNOWN}")
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            hint = "; save it as .docx" if path.suffix.lower() in (".doc", ".wps", ".rtf", ".odt") else ""
            raise UnreadableReport(
                f"{path}: unknown kind of file {path.suffix!r}; expected a name ending in {_KNOWN}{hint}"
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableReport(f"{path}: {size:,} bytes; expected at most {MAX_BYTES:,}: split the file")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if not data:
        raise UnreadableReport(f"{path}: the file is empty; expected the text of a report")
    try:
        return reader(data)
    except _Unreadable as error:
        raise UnreadableReport(f"{path}: {error}") from error


# What the libraries raise on damaged files, besides their own errors.
_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError)


class _Unreadable(Exception):
    """What is wrong with some bytes; ``_read`` puts the path in front."""


# --- plain text -------------------------------------------------------------------------------


def _plain(data: bytes) -> _Content:
    return _Content(_decode(data))


def _markdown(data: bytes) -> _Content:
    """Return the text without the marks of headings and emphasis, which are no part of it."""
    text = re.sub(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", r"\1", _decode(data), flags=re.MULTILINE)
    return _Content(re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text))


def _decode(data: bytes) -> str:
    """Return ``data`` as text with Unix line endings and without a byte order mark."""
    text = _decode_any(data).removeprefix("\ufeff")
    if re.search("[\x00-\x08\x0e-\x19\x1b-\x1f]", text):
        raise _Unreadable("binary data, no text; expected a text file in UTF-8, GB18030 or UTF-16")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_any(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Chinese text in UTF-16 holds a zero byte for each digit and line end; no other encoding does.
    if marked or b"\0" in data:
        swapped = data[::2].count(0) > data[1::2].count(0)
        encodings = ["utf-16" if marked else "utf-16-be" if swapped else "utf-16-le"]
    else:
        encodings = ["gb18030", "big5hkscs"]
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            _refuse_damaged_utf_8(data, error.start)
    texts = [text for encoding in encodings if (text := _decode_as(data, encoding)) is not None]
    if not texts:
        raise _Unreadable("the characters cannot be decoded; save the file as UTF-8, GB18030 or UTF-16")
    # Either encoding reads much of the other's bytes, but as words that no one writes.
    return max(texts, key=lambda text: len(re.findall("[，。、的]", text)))


def _refuse_damaged_utf_8(data: bytes, start: int) -> None:
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < len(re.findall("[\u3000-\u9fff]", text)):
        raise _Unreadable(
            f"damaged UTF-8 text (first at byte {start}); get a whole copy, or save it again as UTF-8"
        )


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


# --- HTML -------------------------------------------------------------------------------------

# fmt: off
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select",
    "iframe", "svg", "object",
))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
))
# fmt: on
_SOFT_BREAK = re.compile(f"(?<={HAN_OR_MARK})[^\\S\\n]*\\n\\s*(?={HAN_OR_MARK})")


def _html(data: bytes) -> _Content:
    soup = BeautifulSoup(_decode(data), "lxml")
    lines = "".join(_html_text(soup)).split("\n")
    return _Content(_paragraphs(lines))


def _html_text(element: Tag) -> Iterator[str]:
    """Yield the text below ``element`` with a line end around every block."""
    for child in element.children:
        if isinstance(child, Tag):
            if child.name in _SKIPPED:
                continue
            if child.name in ("td", "th"):
                yield from (_collapse("".join(_html_text(child))), "\t")
            elif child.name in _INLINE:
                yield from _html_text(child)
            else:
                yield "\n"
                yield from _html_text(child)
                yield "\n"
        elif type(child) is NavigableString:
            yield re.sub(r"\s+", " ", _SOFT_BREAK.sub("", child))


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(lines: Iterable[str]) -> str:
    """Return the lines that hold something, trimmed, one paragraph each."""
    trimmed = (re.sub(r"\s*\t\s*", "\t", line.strip()) for line in lines)
    return "".join(f"{re.sub(' +', ' ', line)}\n" for line in trimmed if line)


# --- Word -------------------------------------------------------------------------------------


def _docx(data: bytes) -> _Content:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Unreadable("an encrypted or old Word file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED_BYTES:
            raise _Unreadable(f"unpacks to {unpacked:,} bytes; expected at most {_MAX_UNPACKED_BYTES:,}")
        body = docx.Document(io.BytesIO(data)).element.body
    except (zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, RuntimeError, *_DAMAGE) as error:
        raise _Unreadable(
            "damaged, or no Word file; open it in a word processor and save it as .docx"
        ) from error
    return _Content(_paragraphs("\n".join(_docx_blocks(body)).split("\n")))


def _docx_blocks(parent: BaseOxmlElement) -> Iterator[str]:
    """Yield each paragraph, and each table row with its cells parted by tabs."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield "".join(_docx_runs(child))
        elif child.tag == qn("w:tr"):
            yield "\t".join(_collapse(" ".join(_docx_blocks(cell))) for cell in child.iter(qn("w:tc")))
        elif child.tag in (qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _docx_blocks(child)


def _docx_runs(paragraph: BaseOxmlElement) -> Iterator[str]:
    """Yield the text of a paragraph, tracked insertions included and deletions not."""
    for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif node.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif node.getparent().tag == qn("w:r"):
            yield " "


# --- PDF --------------------------------------------------------------------------------------


def _pdf(data: bytes) -> _Content:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _Unreadable("the PDF is encrypted; save a copy without a password")
        pages = [page.extract_text().split("\n") for page in reader.pages]
    except DependencyError as error:
        raise _Unreadable("the PDF is encrypted; save a copy without a password") from error
    except (PyPdfError, *_DAMAGE) as error:
        raise _Unreadable("damaged, or no PDF; open it in a PDF viewer and save a new copy") from error
    content = _Content(*joined(pages))
    if not content.text.strip():
        raise _Unreadable("the PDF has no text layer (scanned?); run text recognition (OCR) on it first")
    return content


_READERS: dict[str, Callable[[bytes], _Content]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
SUFFIXES = tuple(_READERS)
"""Endings of the file names that can be read."""

_KNOWN = ", ".join(SUFFIXES)
