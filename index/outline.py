"""The outline of a report: parts, sections and items, from its own headings.

Reports number their headings in many ways (一、 / （一） / 1. / 第一部分 / 一是) or
not at all. Which way stands for parts is decided per report: the kind of
heading that comes first is the highest, and a kind seen for the first time
below another is one level deeper.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from index.numerals import parse_numeral
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
_DATELINE: Final = re.compile(
    r"来源|时间[:：]|发布|^[—\-－]{1,}|[!！]$|^.{0,16}(?:总理|省长|市长|区长|县长|主席|主任)[ 　]*\S{2,4}$",
)
_DASHES: Final = re.compile(r"^[—－\-―·•●■◆▲★☆※]+\s*")
_STOP: Final = re.compile(r"[。！？!?]")
_CUT: Final = re.compile(r"[，,：:；;]")
_FIGURE: Final = re.compile(r"[0-9０-９](?:%|％|万|亿|个|家|元|人|项|公里)")
_NOT_LEAD: Final = re.compile(
    r"^(?:今年|去年|明年|一年来|五年来|过去|各位|同志们|当前|目前|同时|此外|我们|刚刚|总之|为此|回顾|展望|在肯定|在看到|[“\"]?十.五|[0-9０-９]{4}年|二[〇○])",
)
# A part turns from its sections to thanks, problems or an outlook.
_TURN: Final = re.compile(
    r"各位代表[！!，,]|我们也?清醒|在(?:充分)?(?:肯定|看到)成绩|(?:回顾|总结)(?:过去|一年|五年|[“\"]十)|过去一年的(?:成绩|实践)|"
    r"成绩(?:来之不易|的取得)|同时，?我们也",
)
# 一、2023年工作回顾过去一年，... : a part's title and its text run together.
_GLUED: Final = re.compile(
    r"(?:回顾|任务|安排|建设|要求|目标|重点工作|建议|部署)(?=过去|今年|一年来|刚刚|[0-9０-９]{4}年|各位|五年来|做好)",
)
_LONGEST_PLAIN: Final = 40
_LONGEST_LEAD: Final = 34
_SHORTEST_LEAD: Final = 4
_MOST_COMMAS: Final = 2
_LONGEST_TITLE: Final = 70
_DEEPEST: Final = 3
_FEWEST_SIBLINGS: Final = 2


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
    number: int = 0


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


def body_start(text: str) -> int:
    """The offset of the salutation that ends the title page; 0 if there is none."""
    return next((line.start for line in paragraphs(text)[:20] if _SALUTATION.match(_of(text, line))), 0)


def find_sections(text: str) -> tuple[Section, ...]:
    """The headings of ``text`` with what they govern, ordered by start and nested; () if there are none."""
    lines = paragraphs(text)
    headings = _without_contents(_headings(text, lines))
    levels = _levels(headings)
    ends = _trim_last(headings, levels, _ends(headings, levels, len(text.rstrip())))
    turns = [line.start for line in lines if _TURN.match(_of(text, line))]
    return _nest(headings, levels, _close_at_turns(headings, levels, ends, turns))


def title_end(text: str, section: Section) -> int:
    """The offset just after a section's title and the stop that closes it, if any."""
    end = text.index(section.title, section.start) + len(section.title)
    return end + 1 if end < len(text) and text[end] in "。！？!?；;：:" else end


def _without_contents(headings: list[_Heading]) -> list[_Heading]:
    """``headings`` without a table of contents: titles on adjacent lines that come again later."""
    last = {heading.title: i for i, heading in enumerate(headings)}
    return [
        heading
        for i, heading in enumerate(headings)
        if not (heading.own_line and last[heading.title] > i and heading.end + 2 >= headings[i + 1].start)
    ]


def _headings(text: str, lines: list[Paragraph]) -> list[_Heading]:
    """The headings in order; the title page before the first salutation has none."""
    body = body_start(text)
    found: list[_Heading] = []
    in_back = False
    for line in lines:
        heading = _heading(_of(text, line), line, in_body=line.start >= body, in_back=in_back)
        if heading is not None:
            in_back = heading.kind == "back" or (
                in_back and heading.kind in {"digit", "item", "paren", "comma"}
            )
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
            own_line = len(title) + 1 >= len(line)
            return _Heading(kind, title, where.start, where.end, own_line, _number(match[0]))
    if not in_body or in_back:
        return None
    return _plain(line, where) or _lead(line, where)


def _number(marker: str) -> int:
    """The number in a heading's marker, Chinese or Arabic; 0 if it has none that can be read."""
    numeral = re.search(rf"{_DIGIT}|{_CN}", marker)
    value = parse_numeral(numeral[0]) if numeral else None
    return int(value) if value is not None else 0


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
    if (
        title.count("“") != title.count("”")
        or len(title) < _SHORTEST_LEAD
        or _NOT_LEAD.match(title)
        or _FIGURE.search(title)
        or title.count("，") > _MOST_COMMAS
    ):
        return None
    return _Heading("item", title, where.start, where.end, own_line=stop.end() == len(line))


def _nest(headings: list[_Heading], levels: list[int], ends: list[int]) -> tuple[Section, ...]:
    """Sections from headings: each runs to the next one at its level or above."""
    sections: list[Section] = []
    open_: list[Section] = []
    for heading, level, close in zip(headings, levels, ends, strict=True):
        while open_ and (open_[-1].level >= level or open_[-1].end <= heading.start):
            open_.pop()
        path = (*(section.title for section in open_), heading.title)
        open_.append(Section(level, heading.title, heading.start, close, path))
        sections.append(open_[-1])
    return tuple(sections)


def _levels(headings: list[_Heading]) -> list[int]:
    """The level of each heading.

    A kind seen before takes its place again, a new kind goes one deeper; so
    does a known kind that starts again from 1 where its own list goes on later.
    """
    stack: list[tuple[Kind, int]] = []
    levels = []
    for heading in headings:
        if heading.kind == "item":
            levels.append(_DEEPEST)
            continue
        depth = _depth(stack, heading)
        stack = [*stack[:depth], (heading.kind, heading.number)]
        levels.append(min(len(stack), _DEEPEST))
    return levels


def _depth(stack: list[tuple[Kind, int]], heading: _Heading) -> int:
    """How many of the open headings stay open above ``heading``."""
    if heading.kind in {"back", "part"}:
        return 0
    same = [i for i, (kind, _) in enumerate(stack) if kind == heading.kind]
    if not same:
        return len(stack)
    if heading.kind == "plain":
        return same[-1]
    following = [i for i in same if stack[i][1] < heading.number]
    if following:
        exact = [i for i in following if stack[i][1] + 1 == heading.number]
        return (exact or following)[-1]
    if len(same) == 1 and heading.number == 1 and same[0] < len(stack) - 1:
        return len(stack)
    return same[-1]


def _ends(headings: list[_Heading], levels: list[int], end: int) -> list[int]:
    """Where each section ends: before the next heading at its level or above, an inline item with its line."""
    ends = []
    next_start = dict.fromkeys(range(1, _DEEPEST + 1), end)
    for heading, level in zip(reversed(headings), reversed(levels), strict=True):
        close = min(next_start[above] for above in range(1, level + 1))
        inline = not heading.own_line and heading.kind in {"item", "ordinal"}
        ends.append(heading.end if inline else close)
        next_start[level] = heading.start
    return ends[::-1]


def _close_at_turns(
    headings: list[_Heading], levels: list[int], ends: list[int], turns: list[int]
) -> list[int]:
    """``ends`` where the last section of a part ends before the part's closing words, which are the part's own."""
    closed = list(ends)
    next_level, last_start = 1, 0
    for i in reversed(range(len(headings))):
        if headings[i].kind == "item":
            continue
        last_start = max(last_start, headings[i].start)
        if levels[i] == _DEEPEST:
            continue
        turn = bisect_right(turns, last_start)
        if levels[i] > next_level == 1 and turn < len(turns):
            closed[i] = min(ends[i], turns[turn])
        next_level, last_start = levels[i], 0
    return closed


def _trim_last(headings: list[_Heading], levels: list[int], ends: list[int]) -> list[int]:
    """``ends`` where the last of a list of one-line sections ends with its line, as those before it do.

    What follows such a list (thanks, problems, an outlook) belongs to the part, not to its last section.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    parents: list[int] = []
    for i, level in enumerate(levels):
        while parents and levels[parents[-1]] >= level:
            parents.pop()
        groups.setdefault((parents[-1] if parents else -1, level), []).append(i)
        parents.append(i)
    trimmed = list(ends)
    for (_, level), members in groups.items():
        *others, last = members
        if level == 1 or len(others) < _FEWEST_SIBLINGS or headings[last].own_line:
            continue
        if all(ends[i] <= headings[i].end + 2 for i in others):
            trimmed[last] = headings[last].end
    return trimmed
