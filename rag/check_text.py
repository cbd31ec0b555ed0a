"""Texts made comparable: width, script, spaces and punctuation folded, with the way back to the original.

Traditional characters become simplified ones character by character (OpenCC),
so that every folded character has one place of origin.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from opencc import OpenCC

from index.quantities import find_quantities

if TYPE_CHECKING:
    from index.quantities import Quantity

_STOPS: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    "､": "、",
    "｡": "。",
}
_INNER: Final = frozenset(".-:/~")
_DASHES: Final = {"—": "-", "–": "-", "−": "-", "～": "~", "∶": ":", "·": ".", "•": "."}
_KEPT: Final = frozenset("%‰°+")
_TAIL: Final = re.compile(r"及?以上|以下|以内|之内|左右|上下")
_THOUSANDS: Final = 3

# What stands for a figure in an aligned text, by the kind of its unit: figures
# pair with figures of their kind, whatever their values.
_KINDS: Final = {
    "%": "\ue000",
    "‰": "\ue000",
    "个百分点": "\ue001",
    "位": "\ue004",
    "倍": "\ue005",
    "番": "\ue005",
}
_FIGURE_AHEAD: Final = r"(?=[约近超过将]{0,2}\d)"
_SAID_BEHIND: Final = re.compile(
    r"^(?P<said>.{8,}?)[，,](?:这是)?(?P<source>(?:(?:19|20)\d\d年)?的?[^，。\d]{0,8}报告)(?:里|中|上)?的?(?:如是说|(?:是)?这[么样]说的?|(?:如此|这样)写道|写道|说法)[。]?$"
)
_SPOKEN_VERBS: Final = (
    (re.compile(r"(?:第一次|头一[回次])(?=[跨迈越冲破闯站登踏]|突破)"), "首次"),
    (re.compile(rf"(?:做|干|搞|跑|弄|飙|蹿|窜|拉|奔|摸)(?:到|出)了?{_FIGURE_AHEAD}"), "达到"),
    (
        re.compile(
            rf"(?:跨|迈|越|闯|踏|冲)(?:过|破|上|入|进)了?{_FIGURE_AHEAD}|(?:站|登|踏)上了?{_FIGURE_AHEAD}"
        ),
        "突破",
    ),
    (
        re.compile(
            r"(?<=突破)(\d[\d.]*[百千万亿]*(?:元|美元|人次?|吨|辆|家|个|户|公里)?)(?:的?(?:大关|关口|门槛|台阶))"
        ),
        r"\1",
    ),
    (
        re.compile(
            r"(?:都|早就|早|已经?)+(?:是|排到?|排在|居|位居|做到|冲到)?了?(?=(?:全国|全球|世界|[东中西]部)[^，。]{0,4}第[一二三四五六七八九十\d])"
        ),
        "居",
    ),
    # ……，居全国第二: who is first adds nothing that could be checked.
    (re.compile(r"(?:数量|规模|总量|排名|体量)?仅次于[\u4e00-\u9fff]{2,4}[，,](?=[^，。]{0,6}第[二三])"), ""),
    (re.compile(r"(?<!方)民企(?=\d*强)"), "民营企业"),
)
_MONEY: Final = frozenset("元 美元 欧元 港元 日元 人民币".split())
_PEOPLE: Final = frozenset("人 名 员 人次".split())
AMOUNT: Final = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
TIME: Final = "\ue010\ue011"


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` with ``origin[i]`` the offset in the original of its i-th character."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of ``text[start:end]``, which is not empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def where(self, offset: int) -> int:
        """The place in ``text`` of the first character from ``offset`` of the original on."""
        return bisect_left(self.origin, offset)


@dataclass(frozen=True, slots=True)
class Masked:
    """A plain text without punctuation, its figures and years single signs.

    ``spans[i]`` are the offsets in the plain text of sign i, ``figures[i]`` its figure if it is one.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    figures: tuple[Quantity | None, ...]


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=20000)
def _folded(char: str) -> str:
    """One character in its plain form; "" for white space and invisible ones."""
    if char in _DASHES:
        return _DASHES[char]
    plain = unicodedata.normalize("NFKC", char).lower()
    if not plain.strip() or unicodedata.category(char) in {"Cf", "Cc"}:
        return ""
    return plain if plain.isascii() else "".join(map(_converter().convert, plain))


def plain(text: str) -> Plain:
    """``text`` in plain width and simplified characters, without white space; punctuation in its Chinese form."""
    signs: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        for sign in _folded(char):
            signs.append(sign)
            origin.append(i)
    for i, sign in enumerate(signs):
        if sign in _STOPS and not (sign in ",:" and _between_digits(signs, i)):
            signs[i] = _STOPS[sign]
    kept = [i for i, sign in enumerate(signs) if not _is_thousands(signs, i, sign)]
    return Plain("".join(signs[i] for i in kept), tuple(origin[i] for i in kept))


def simplified(text: str) -> str:
    """``text`` in simplified characters, as long as before."""
    return "".join(char if char.isascii() else _same_length(char) for char in text)


@lru_cache(maxsize=20000)
def _same_length(char: str) -> str:
    converted = _converter().convert(char)
    return converted if len(converted) == 1 else char


def in_written_verbs(text: str) -> str:
    """``text`` with what reports write for everyday verbs before a figure: 做到30亿元 is 达到30亿元, 迈过5000万人次大关 突破5000万人次."""
    for spoken, written in _SPOKEN_VERBS:
        text = spoken.sub(written, text)
    return _SAID_BEHIND.sub(r"\g<source>说，\g<said>", text)  # ……，2021年国务院报告如是说


def compact(text: Plain) -> Plain:
    """``text`` without punctuation, but for signs within numbers."""
    signs = text.text
    kept = [
        i
        for i, sign in enumerate(signs)
        if sign.isalnum() or sign in _KEPT or (_between_digits(signs, i) and not sign.isspace())
    ]
    return Plain("".join(_inner(signs[i]) for i in kept), tuple(text.origin[i] for i in kept))


def masked(text: str) -> Masked:
    """A plain ``text`` for alignment."""
    quantities = iter(find_quantities(text))
    upcoming = next(quantities, None)
    signs: list[str] = []
    spans: list[tuple[int, int]] = []
    figures: list[Quantity | None] = []
    i = 0
    while i < len(text):
        while upcoming is not None and upcoming.start < i:
            upcoming = next(quantities, None)
        if upcoming is not None and upcoming.start == i and upcoming.kind in {"amount", "year", "date"}:
            tail = _TAIL.match(text, upcoming.end)
            end = tail.end() if tail else upcoming.end
            signs.append(_sign(upcoming))
            spans.append((i, end))
            figures.append(upcoming)
            i = end
            continue
        if text[i].isalnum() or text[i] in _KEPT:
            signs.append(text[i])
            spans.append((i, i + 1))
            figures.append(None)
        i += 1
    return Masked("".join(signs), tuple(spans), tuple(figures))


def _sign(figure: Quantity) -> str:
    if figure.kind != "amount":
        return TIME[figure.kind == "date"]
    unit = figure.unit
    if unit in _MONEY:
        return "\ue002"
    return "\ue003" if unit in _PEOPLE else _KINDS.get(unit, "\ue006")


def _inner(sign: str) -> str:
    return "~" if sign == "-" else sign


def _between_digits(signs: list[str] | str, i: int) -> bool:
    return 0 < i < len(signs) - 1 and signs[i - 1].isdigit() and signs[i + 1].isdigit()


def _is_thousands(signs: list[str], i: int, sign: str) -> bool:
    """Whether a comma only groups digits: 30,145."""
    if sign != "," or not _between_digits(signs, i):
        return False
    run = 0
    while i + 1 + run < len(signs) and signs[i + 1 + run].isdigit():
        run += 1
    return run == _THOUSANDS
