"""The outline of a report: parts, sections and items, from its own headings.

Reports number their headings in many ways (一、 / （一） / 1. / 第一部分 / 一是) or
not at all. Which way stands for parts is decided per report: the kind of
heading that comes first is the highest, and a kind seen for the first time
below another is one level deeper.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from index.types import Section

Kind = Literal["part", "paren", "ordinal", "comma", "digit", "plain", "back", "item"]

_CN: Final = "[一二三四五六七八九十百]{1,4}"
_DIGIT: Final = "[0-9０-９]{1,2}"
_MARKERS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("part", re.compile(rf"第\s*{_CN}\s*(?:部分|章|篇)[、，,：:\s]*")),
    ("paren", re.compile(rf"[（(〔]\s*{_CN}\s*[)）〕][、．.]?")),
    ("ordinal", re.compile(rf"第{_CN}[、，,]|{_CN}是")),
    # One stray sign before the 、 is a typing error that real reports have (二&、).
    ("comma", re.compile(rf"{_CN}\s*[^\w\s，。；：“”（）()]?[、．.]|{_CN}(?=\s*$)|{_CN}[ 　]+(?=\S)")),
    ("digit", re.compile(rf"{_DIGIT}[、．]|{_DIGIT}\.(?![0-9０-９])|[（(]{_DIGIT}[)）]")),
)
_BACK: Final = re.compile(
    r"[（(【]?(?:附件|附录|附表|附：|附\s*[:：]|名词解释|有关用语说明|相关用语说明|用语说明|用语解释|名词注释|注释|注\s*[:：]|"
    r".{0,24}(?:名词|用语|术语)(?:解释|说明|注释))",
)
_SALUTATION: Final = re.compile(r"^(?:各位|同志们|现在)")
_DATELINE: Final = re.compile(r"来源|时间[:：]|发布|^[—\-－]{1,}|[!！]$")
_DASHES: Final = re.compile(r"^[—－\-―·•●■◆▲★☆※]+\s*")
_STOP: Final = re.compile(r"[。！？!?]")
_CUT: Final = re.compile(r"[，,：:；;]")
_FIGURE: Final = re.compile(r"[0-9０-９](?:%|％|万|亿|个|家|元|人|项|公里)")
_NOT_LEAD: Final = re.compile(
    r"^(?:今年|去年|明年|一年来|五年来|过去|各位|同志们|当前|目前|同时|此外|我们|刚刚|总之|为此|回顾|展望|[0-9０-９]{4}年|二[〇○])",
)
# 一、2023年工作回顾过去一年，... : a part's title and its text run together.
_GLUED: Final = re.compile(
    r"(?:回顾|任务|安排|建设|要求|目标|重点工作|建议|部署)(?=过去|今年|一年来|刚刚|[0-9０-９]{4}年|各位|五年来|做好)",
)
_LONGEST_PLAIN: Final = 40
_LONGEST_LEAD: Final = 34
_LONGEST_TITLE: Final = 70
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text without the white space around it, as offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: Kind
    title: str
    start: int
    end: int
    own_line: bool


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of ``text`` that are not blank, in order."""
    found = []
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            begin = start + len(line) - len(line.lstrip())
            found.append(Paragraph(begin, begin + len(bare)))
        start += len(line) + 1
    return found


def find_sections(text: str) -> tuple[Section, ...]:
    """The headings of ``text`` with what they govern, ordered by start and nested; () if there are none."""
    lines = paragraphs(text)
    headings = _headings(text, lines)
    return _nest(headings, _end(text))


def title_end(text: str, section: Section) -> int:
    """The offset just after a section's title and the stop that closes it, if any."""
    end = text.index(section.title, section.start) + len(section.title)
    return end + 1 if end < len(text) and text[end] in "。！？!?；;：:" else end


def _end(text: str) -> int:
    return len(text.rstrip())


def _headings(text: str, lines: list[Paragraph]) -> list[_Heading]:
    """The headings in order; the title page before the first salutation has none."""
    body = next((i + 1 for i, line in enumerate(lines[:20]) if _SALUTATION.match(_of(text, line))), 0)
    found = []
    in_back = False
    for i, line in enumerate(lines):
        heading = _heading(_of(text, line), line, in_body=i >= body, in_back=in_back)
        if heading is not None:
            in_back = heading.kind == "back" or (in_back and heading.kind in {"digit", "item", "paren", "comma"})
            found.append(heading)
    return found


def _of(text: str, line: Paragraph) -> str:
    return text[line.start : line.end]


def _heading(line: str, where: Paragraph, *, in_body: bool, in_back: bool) -> _Heading | None:
    """The heading with which ``line`` starts, or None."""
    if len(line) <= _LONGEST_PLAIN and _BACK.match(line):
        return _Heading("back", line.rstrip("：:"), where.start, where.end, own_line=True)
    for kind, marker in _MARKERS:
        if match := marker.match(line):
            title = _title(line, match.end())
            return _Heading(kind, title, where.start, where.end, own_line=len(title) + 1 >= len(line))
    if not in_body or in_back:
        return None
    return _plain(line, where) or _lead(line, where)


def _title(line: str, marker_end: int) -> str:
    """The title at the start of a numbered line: its first sentence, cut short where that is long."""
    stop = _STOP.search(line, marker_end)
    title = line[: stop.start()] if stop else line
    if len(title) <= _LONGEST_TITLE and not (glued := _GLUED.search(title, marker_end)):
        return title.rstrip("：:；;")
    glued = _GLUED.search(title[:_LONGEST_TITLE], marker_end)
    cut = _CUT.search(title[:_LONGEST_TITLE], marker_end + 4)
    if glued:
        return title[: glued.end()]
    return title[: cut.start()] if cut else title[:_LONGEST_TITLE].rstrip()


def _plain(line: str, where: Paragraph) -> _Heading | None:
    """A heading without a number: a short line that closes with no punctuation."""
    if len(line) > _LONGEST_PLAIN or line[-1] in "。，；：:;,!！？?、）)" or not re.search("[一-鿿]", line):
        return None
    if _SALUTATION.match(line) or _DATELINE.search(line) or line[0] in "（(":
        return None
    return _Heading("plain", line, where.start, where.end, own_line=True)


def _lead(line: str, where: Paragraph) -> _Heading | None:
    """The short first sentence that names what a paragraph is about."""
    dashes = _DASHES.match(line)
    begin = dashes.end() if dashes else 0
    stop = _STOP.search(line, begin, begin + _LONGEST_LEAD + 1)
    if not stop or line[stop.start()] != "。":
        return None
    title = line[begin : stop.start()]
    if len(title) < 4 or _NOT_LEAD.match(title) or _FIGURE.search(title) or title.count("，") > 2:  # noqa: PLR2004
        return None
    return _Heading("item", title, where.start, where.end, own_line=stop.end() == len(line))


def _nest(headings: list[_Heading], end: int) -> tuple[Section, ...]:
    """Sections from headings: each runs to the next one at its level or above."""
    levels = _levels(headings)
    sections: list[Section] = []
    open_: list[tuple[int, str]] = []
    ends = _ends(headings, levels, end)
    for heading, level, close in zip(headings, levels, ends, strict=True):
        while open_ and open_[-1][0] >= level:
            open_.pop()
        open_.append((level, heading.title))
        path = tuple(title for _, title in open_)
        sections.append(Section(level, heading.title, heading.start, close, path))
        if heading.kind == "item" and not heading.own_line:
            open_.pop()
    return tuple(sections)


def _levels(headings: list[_Heading]) -> list[int]:
    """The level of each heading: a known kind takes its place again, a new kind goes one deeper."""
    stack: list[Kind] = []
    levels = []
    for heading in headings:
        kind = heading.kind
        if kind == "back":
            stack = ["back"]
        elif kind == "item":
            levels.append(_DEEPEST)
            continue
        elif kind in stack:
            del stack[stack.index(kind) + 1 :]
        elif kind == "part":
            stack = [kind]
        else:
            stack.append(kind)
        levels.append(min(len(stack), _DEEPEST))
    return levels


def _ends(headings: list[_Heading], levels: list[int], end: int) -> list[int]:
    """Where each section ends: before the next heading at its level or above."""
    ends = []
    next_start = {level: end for level in range(1, _DEEPEST + 1)}
    for heading, level in zip(reversed(headings), reversed(levels), strict=True):
        close = min(next_start[above] for above in range(1, level + 1))
        ends.append(heading.end if heading.kind == "item" and not heading.own_line else close)
        next_start[level] = heading.start
    return ends[::-1]
