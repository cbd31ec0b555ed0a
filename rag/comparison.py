"""Arithmetic on ledger records: differences, order and change, computed and worded by code."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rag.figures import english_figure, figure_of
from rag.phrasing import when
from rag.places import english_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from index.types import Indicator
    from rag.types import Language

_WORDS: Final = {
    "zh": {"up": "高", "down": "低", "more": "多", "fewer": "少", "same": "持平", "rising": "逐年上升", "falling": "逐年下降", "mixed": "有升有降"},
    "en": {"up": "higher", "down": "lower", "more": "more", "fewer": "fewer", "same": "the same", "rising": "rising every year", "falling": "falling every year", "mixed": "up and down"},
}  # fmt: skip


ADDED_UP: Final = re.compile(
    r"加起来|加在一起|合起来|合在一起|合计|总和|之和|一共|总共|\b(?:altogether|combined|in total|together|sum)\b",
    re.IGNORECASE,
)
"""That the sum of two figures is asked for."""
# What is asked of several places, by the word for it: 哪边更低, 谁的增速快; not how much each has (各是多少).
_MOST: Final = re.compile(
    r"(?:[更最]|谁|哪[个边家座地里一些]?)[^，。？?]{0,10}?(?<![多高大快长])(?P<word>[高低快慢大小长短]|多(?!少)|少(?!数))(?![多高大小快慢短低])"
)
_LESS: Final = frozenset("低少慢小短")
_LEAST_IN_ENGLISH: Final = re.compile(
    r"\b(?:low|few|slow|small|short)(?:er|est)\b|\ble(?:ss|ast)\b", re.IGNORECASE
)
# Goals that hold something down: reached by staying below them.
_CEILINGS: Final = frozenset({"以内", "不超过", "以下"})
_HELD_DOWN: Final = re.compile(r"失业率|价格.*(?:涨幅|指数)?$|涨幅|浓度|死亡|能耗|碳排放|赤字|事故")


def compared(records: Sequence[Indicator], language: Language, asked: str = "") -> str:
    """One sentence on what two or more ``records`` of one indicator, or two of one time, say of each other.

    Of places, the one comes first that has most, or least where that is ``asked``. Empty where their units cannot be compared.
    """
    figures = [figure_of(record) for record in records]
    if any(figure is None for figure in figures):
        return ""
    known = [figure for figure in figures if figure is not None]
    if len({figure.unit for figure in known}) != 1:
        return ""
    if len({record.place for record in records}) > 1:
        return _ordered(records, known, language, asked)
    if len(records) == 2:  # noqa: PLR2004 - one difference
        if ADDED_UP.search(asked) and records[0].measure == records[1].measure == "level":
            return _sum(known, language)
        several = len({record.indicator for record in records}) > 1
        same_time = len({(record.year, record.status) for record in records}) == 1
        return (_apart if several and same_time else _difference)(records, known, language)
    return _trend(records, known, language)


def _sum(figures: Sequence[Quantity], language: Language) -> str:
    """Two figures added up."""
    total = _amount(figures[0].value + figures[1].value, figures[0], language)
    return f"合计{total}。" if language == "zh" else f"Together that is {total}."


def _apart(records: Sequence[Indicator], figures: Sequence[Quantity], language: Language) -> str:
    """Which of two indicators of one time is more, and by how much."""
    more, less = sorted(range(2), key=lambda i: -figures[i].value)
    gap = figures[more].value - figures[less].value
    names = records[more].indicator, records[less].indicator
    if not gap:
        return f"{'与'.join(names)}相同。" if language == "zh" else f"{' and '.join(names)} are the same."
    amount = _amount(gap, figures[more], language)
    if language == "zh":
        return f"{names[0]}比{names[1]}{_word(gap, figures[more], language)}{amount}。"
    return f"{names[0]} is {amount} {_word(gap, figures[more], language)} than {names[1]}."


def _difference(records: Sequence[Indicator], figures: Sequence[Quantity], language: Language) -> str:
    gap = figures[1].value - figures[0].value
    reached = _reached(records, figures, language)
    if reached:
        return reached
    first, second = (when(record.year, record.status, language) for record in records)
    if not gap:
        return (
            f"{second}与{first}持平，没有变化。" if language == "zh" else f"The {second} equals the {first}."
        )
    amount = _amount(abs(gap), figures[0], language)
    if language == "zh":
        return f"{second}比{first}{_word(gap, figures[0], language)}{amount}。"
    return f"The {second} is {amount} {_word(gap, figures[0], language)} than the {first}."


def _reached(records: Sequence[Indicator], figures: Sequence[Quantity], language: Language) -> str:
    """Whether a goal was reached, where the records are the goal and the result of one year; "" elsewhere."""
    kinds = [record.status for record in records]
    if sorted(kinds) != ["actual", "target"] or records[0].year != records[1].year:
        return ""
    goal, result = (kinds.index("target"), kinds.index("actual"))
    gap = figures[result].value - figures[goal].value
    ceiling = records[goal].qualifier in _CEILINGS or _HELD_DOWN.search(records[goal].indicator) is not None
    met = gap <= 0 if ceiling and records[goal].measure != "decline" else gap >= 0
    amount = _amount(abs(gap), figures[goal], language)
    if language == "zh":
        distance = f"实绩比目标{_word(gap, figures[goal], language)}{amount}" if gap else "实绩与目标持平"
        return f"{distance}，{'完成了目标' if met else '没有达到目标'}。"
    word = _word(gap, figures[goal], language)
    distance = f"The result is {amount} {word} than the target" if gap else "The result equals the target"
    return f"{distance}: the target was {'met' if met else 'not met'}."


def _word(gap: Decimal, figure: Quantity, language: Language) -> str:
    """Higher or lower for rates and sums, more or fewer for things that are counted."""
    rate = figure.unit in {"%", "个百分点", "‰"} or figure.unit.endswith("元") or "微克" in figure.unit
    return _WORDS[language][("up" if gap > 0 else "down") if rate else ("more" if gap > 0 else "fewer")]


def _ordered(
    records: Sequence[Indicator], figures: Sequence[Quantity], language: Language, asked: str
) -> str:
    """Which of several places has most, or least where that is ``asked``, and how far two are apart."""
    names = [record.place if language == "zh" else english_name(record.place) for record in records]
    if len({figure.value for figure in figures}) == 1:
        return f"{'、'.join(names)}相同。" if language == "zh" else f"{' and '.join(names)} are the same."
    word = found["word"] if language == "zh" and (found := _MOST.search(asked)) else ""
    least = word in _LESS if language == "zh" else _LEAST_IN_ENGLISH.search(asked) is not None
    order = sorted(range(len(records)), key=lambda i: figures[i].value if least else -figures[i].value)
    if len(order) == 2:  # noqa: PLR2004 - one difference
        return _beside([names[i] for i in order], [figures[i] for i in order], language, word)
    if language == "zh":
        opening = "从低到高：" if least else "从高到低："
        return opening + "、".join(f"{names[i]}（{figures[i].text}）" for i in order) + "。"
    opening = "From low to high: " if least else "From high to low: "
    return opening + ", ".join(f"{names[i]} ({english_figure(figures[i])})" for i in order) + "."


def _beside(names: Sequence[str], figures: Sequence[Quantity], language: Language, asked: str) -> str:
    """That the first of two places has more than the other, or less, by the word that is ``asked``, and by how much."""
    gap = figures[0].value - figures[1].value
    word, amount = asked or _word(gap, figures[0], language), _amount(abs(gap), figures[0], language)
    if language == "zh":
        return f"{names[0]}更{word}，比{names[1]}{word}{amount}。"
    if word in {"more", "fewer"}:
        return f"{names[0]} has {word} than {names[1]}: the difference is {amount}."
    return f"{names[0]} is {word} than {names[1]}, by {amount}."


def _trend(records: Sequence[Indicator], figures: Sequence[Quantity], language: Language) -> str:
    steps = [later.value - earlier.value for earlier, later in pairwise(figures)]
    kind = "rising" if all(s > 0 for s in steps) else "falling" if all(s < 0 for s in steps) else "mixed"
    word = _WORDS[language][kind]
    gap = figures[-1].value - figures[0].value
    first, last = (when(one.year, one.status, language) for one in (records[0], records[-1]))
    if not gap or first == last:
        return f"总体{word}。" if language == "zh" else f"Overall {word}."
    amount, more = _amount(abs(gap), figures[0], language), _word(gap, figures[0], language)
    if language == "zh":
        return f"总体{word}，{last}比{first}{more}{amount}。"
    return f"Overall {word}: the {last} is {amount} {more} than the {first}."


def _amount(gap: Decimal, figure: Quantity, language: Language) -> str:
    """``gap`` in words; the difference of two percentages is in percentage points."""
    if figure.unit in {"%", "个百分点"}:
        return f"{gap.normalize():f}" + ("个百分点" if language == "zh" else " percentage points")
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if gap >= size and language == "zh":
            return f"{(gap / size).normalize():f}{word}{figure.unit}"
    if language == "zh":
        return f"{gap.normalize():f}{figure.unit}"
    return english_figure(replace(figure, value=gap, high=None, qualifier=""))
