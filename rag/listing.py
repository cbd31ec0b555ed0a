"""Lists that a report counts: 甲、乙、丙三大产业, 四项工程：..., or a lead and as many sentences after it. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from index.numerals import parse_numeral
from rag.focus import segments, segments_around
from rag.names import quoted_names

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER: Final = r"(?P<number>[二两三四五六七八九]|十[一二三四五六七八九]?|(?<!\d)\d{1,2}(?!\d))"
_COUNT: Final = rf"{_NUMBER}(?P<measure>大|个|项|条|座|家|种|类|批|件|样)?"
_COUNTED: Final = re.compile(
    rf"{_COUNT}[“‘\"]?(?P<noun>(?<=件)[大实要好]?事情?(?![业故])|[\u4e00-\u9fff]{{2,12}})"
)
# The thing may come first: 百亿级的有六样.
_HELD: Final = re.compile(rf"(?P<noun>[\u4e00-\u9fff]{{2,8}})的?(?:一?共?有|是){_NUMBER}[样种个类项]")
_ASKED: Final = re.compile(r"哪|什么|啥|叫|分别|具体|列|有谁|说全")
COUNTED_BEHIND: Final = re.compile(
    rf"(?P<items>[^，,。；;：:]+、[^，,。；;：:]+?)(?:等|这)?{_COUNT}[“‘]?(?P<noun>[^，,。；;：:、]{{2,14}})"
)
_AFTER: Final = re.compile(
    rf"{_COUNT}[“‘]?(?P<noun>[^，,。；;：:、（(]{{2,14}}?)[”’]?(?:[：:（(]|，?(?:即|包括|分别是|是|为))(?P<items>[^，,。；;：:）)]+、[^，,。；;：:）)]+)"
)
_GOES_ON: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:打造|建[设成]|[成作]为|培育|提升|加快|联动|规划|纳入|列入|开工|竣工)"
)
_KIND: Final = re.compile(r"(?P<number>[一二两三四五六七八九])(?P<noun>[^一二两三四五六七八九]{2,4})")
# “六保”: six things that each begin with 保.
_INITIAL: Final = re.compile(
    r"(?P<number>[三四五六七八九])(?P<noun>[^一二两三四五六七八九十百千万亿个项条位年月天])"
)
_INITIAL_ASKED: Final = re.compile(
    rf"(?<![第\u4e00-\u9fff]){_INITIAL.pattern}(?=(?:具体|分别|都|各)*(?:是?指|包括|是(?:什么|哪)|[是有]?哪))"
)
_ITEMS_ASKED: Final = re.compile(r"哪[一二两三四五六七八九几些]|具体|分别|包括|指|[是有](?:什么|哪)|说全|列")
_HOW_MANY_ASKED: Final = re.compile(r"哪([二两三四五六七八九]|十[一二三四五六七八九]?)[个大项种类样]")
_ITEM: Final = re.compile(r"[^、，,；;。：:]+")
_RUN: Final = re.compile(r"[^，,。；;：:]+、[^，,。；;：:]+")
_LAST: Final = re.compile(r"(?<=[^，。、])(?:以及|[和与及])(?=[^，。、])")
_MARKER: Final = re.compile(r"\[\d+\]")
# 打造数智产业集群。
_NAMED_ALONE: Final = re.compile(r"[^，,。；;：:]{4,30}[。；;]?")
_ORDINAL: Final = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、]|[一二三四五六七八九十]要"
)
# Of industries of a size a report counts all: 三大千亿级产业 answers 哪三个上千亿的产业.
_CLASS: Final = re.compile(r"[百千万]亿[^，。]{0,8}(?:产业|集群|企业|园区)")
_FEW: Final = 3
_SCATTERED: Final = 3
_END: Final = 2
_SEVERAL: Final = 2
_OF_KINDS: Final = frozenset("大 样 种 类".split())
_LEAD: Final = 40
"""A sentence that only announces a list is no longer than this."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many things of a kind: 三大产业."""

    number: int
    noun: str

    def is_of(self, number: int, noun: str) -> bool:
        """Whether so many of ``noun`` are meant, which may say more of them in front: 千亿级产业."""
        noun = _GOES_ON.split(noun)[0] or noun  # 五个新城打造成……城市
        at = noun.find(self.noun[-_END:])
        # 国家级示范区 are no 国家.
        return self.number == number and (at > 0 or (at == 0 and len(noun) <= len(self.noun) + _END))


@dataclass(frozen=True, slots=True)
class Initialled:
    """So many things that begin with the same sign, by which they are named: “六保”."""

    number: int
    sign: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A name that counts the things that it stands for, several kinds of them: “三攻坚一盘活”."""

    name: str
    kinds: tuple[Counted, ...]

    @property
    def number(self) -> int:
        """How many things there are in all."""
        return sum(one.number for one in self.kinds)


def counted(question: str, *, asked: bool = False) -> Counted | Initialled | Abbreviation | None:
    """What ``question`` asks to be listed, if it says how many there are; it need not say so itself where it is ``asked`` for a list anyway."""
    if not asked and not _ASKED.search(question):
        return None
    for name in quoted_names(question):
        kinds = tuple(Counted(number_of(one["number"]), one["noun"]) for one in _KIND.finditer(name))
        initial = _INITIAL.fullmatch(name)
        if initial and _ITEMS_ASKED.search(question):
            return Initialled(number_of(initial["number"]), initial["noun"])
        parts = [one[0] for one in _KIND.finditer(name)]
        if len(kinds) > 1 and "".join(parts) == name:
            # “三攻坚一盘活”中的“三攻坚” asks for those three alone.
            asked_of = [
                kind for kind, part in zip(kinds, parts, strict=True) if part in quoted_names(question)
            ]
            return Abbreviation(name, tuple(asked_of) or kinds)
    named = _INITIAL_ASKED.search(question)
    if named:
        return Initialled(number_of(named["number"]), named["noun"])
    for match in _COUNTED.finditer(question):
        # 哪三样产业 counts them, 哪一个产业 does not.
        before, number = question[max(0, match.start() - 1) : match.start()], number_of(match["number"])
        open_or_nth = before == "第" or (
            before == "哪"
            and (number < _SEVERAL or match["measure"] not in _OF_KINDS)
            and not (number >= _FEW and _CLASS.search(match["noun"]))
        )
        noun = re.split(r"[又都各]?[是叫有在指]|分别|具体|包括", match["noun"])[0]
        if not open_or_nth and match["measure"] and (len(noun) >= _END or match["measure"] == "件"):
            return Counted(number, noun)
    held = _HELD.search(question)
    return Counted(number_of(held["number"]), held["noun"].removesuffix("的")) if held else None


def listed(quote: str, wanted: Counted) -> tuple[int, int] | None:
    """Start and end in ``quote`` of the segments that list as many things as are ``wanted``, and count them."""
    for pattern in (COUNTED_BEHIND, _AFTER):
        for match in pattern.finditer(quote):
            items = match["items"]
            fits = wanted.is_of(number_of(match["number"]), match["noun"])
            if fits and wanted.number in {len(items_of(items)), len(items.split("、"))}:
                return segments_around(quote, match.start(), match.end())
    return None


def with_others_asked(quote: str, question: str, span: tuple[int, int]) -> tuple[int, int]:
    """``span`` of a list in ``quote``, with the other lists beside it of as many things as ``question`` asks for too: 哪三个."""
    start, end = span
    numbers = {number_of(one) for one in _HOW_MANY_ASKED.findall(question)}
    for match in COUNTED_BEHIND.finditer(quote):
        if number_of(match["number"]) in numbers and len(items_of(match["items"])) in numbers:
            a, b = segments_around(quote, match.start(), match.end())
            start, end = min(start, a), max(end, b)
    return start, end


def alike(quote: str, wanted: Counted) -> tuple[int, int] | None:
    """Start and end in ``quote`` of the segments with as many things as are ``wanted``, each called by the kind's name.

    Of 三大高地: 革命老区高质量发展高地、内陆地区改革开放高地、国家生态文明建设高地.
    """
    kind = wanted.noun[-_END:]
    for run in _RUN.finditer(quote):
        items = [item.strip("“”‘’ ") for item in items_of(run[0])]
        if len(items) == wanted.number and all(item.endswith(kind) and item != kind for item in items):
            return segments_around(quote, run.start(), run.end())
    return None


def initialled(quote: str, wanted: Initialled) -> tuple[int, int] | None:
    """Start and end in ``quote`` of as many things as are ``wanted``, one after another, that begin with its sign: 稳就业、稳金融、….

    None where there are more or fewer of them.
    """
    for begins, run in groupby(_ITEM.finditer(quote), lambda item: _begins(item[0], wanted.sign)):
        items = list(run)
        if begins and len(items) == wanted.number:
            return segments_around(quote, items[0].start(), items[-1].end())
    return None


def _begins(item: str, sign: str) -> bool:
    text = item.strip("“”‘’ ")
    return text.startswith(sign) and text != sign


def announced(sentences: Sequence[str], wanted: Counted | Abbreviation) -> tuple[int, ...]:
    """The numbers of the ``sentences`` after the first that it announces: as many, each of which names the kind first."""
    if len(sentences[0]) > _LEAD:
        return ()
    if isinstance(wanted, Abbreviation):
        each = [_naming(sentences, kind.noun, kind.number, wanted.number) for kind in wanted.kinds]
        return tuple(sorted(set().union(*each))) if wanted.name in sentences[0] and all(each) else ()
    lead = next(
        (
            match
            for match in _COUNTED.finditer(sentences[0])
            if wanted.is_of(number_of(match["number"]), match["noun"])
        ),
        None,
    )
    return _naming(sentences, wanted.noun[-_END:], wanted.number) if lead else ()


def _naming(sentences: Sequence[str], kind: str, number: int, total: int = 0) -> tuple[int, ...]:
    """The ``number`` sentences after the first that count themselves (一是, 二是), or only name one thing of the ``kind``; else the first that begin so.

    The latter are looked for in the first ``_SCATTERED`` sentences per thing, of which there are ``total`` with those of
    other kinds. None if there are fewer.
    """
    ordered = [n for n, one in enumerate(sentences) if n and _ORDINAL.match(one)]
    if len(ordered) >= number and ordered[0] == 1:
        return tuple(ordered[:number])
    only = [n for n, one in enumerate(sentences) if n and _NAMED_ALONE.fullmatch(one) and kind in one]
    ending = [n for n in only if sentences[n].rstrip("。；; ").endswith(kind)]
    if len(ending) == number:
        return tuple(ending)
    near = sentences[: _SCATTERED * max(number, total)]
    found = [n for n, one in enumerate(near) if n and kind in re.split(r"[，,。；;]", one)[0]]
    return tuple(found[:number]) if len(found) >= number else ()


def part_with_items(text: str, quote: str) -> str:
    """The one part of ``quote`` that holds all the items that ``text``, with its markers, lists; all of it where none does."""
    items = [item.strip("。，“” ") for item in items_of(_MARKER.sub("", text))]
    parts = (quote[start:end] for start, end in segments(quote))
    own = next((part for part in parts if len(items) > 1 and all(item in part for item in items)), quote)
    return own.strip("，,。；;")


def items_of(run: str) -> list[str]:
    """The items of a list between 、, of which the last one may stand after 和."""
    *firsts, last = run.split("、")
    return [*firsts, *_LAST.split(last, maxsplit=1)]


def number_of(number: str) -> int:
    """The number that a count says in figures or in words: 三, 两, 12."""
    return int(number) if number.isdigit() else int(parse_numeral(number.replace("两", "二")) or 0)
