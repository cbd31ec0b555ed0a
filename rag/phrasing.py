"""Sentences that code writes rather than the model: quotes, records, sections, comparisons, refusals.

Every function returns text without markers; the caller knows what it cites.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.numerals import parse_numeral
from index.quantities import find_quantities
from rag.figures import english_figure, figure_of, in_english
from rag.places import english_name

if TYPE_CHECKING:
    from index.quantities import Quantity
    from index.types import Indicator, Period
    from rag.types import Evidence, Language, Query

_STATUS: Final = {
    "zh": {"actual": "实绩", "target": "目标", "ongoing": "进展", "plan": "规划", "policy": "", "forecast": "预计"},
    "en": {"actual": "result", "target": "target", "ongoing": "ongoing", "plan": "plan", "policy": "", "forecast": "estimate"},
}  # fmt: skip
_STATED: Final = {"target": "的目标是", "forecast": "预计"}
_MEASURES: Final = {"growth": "growth of ", "decline": "a decline of "}
_STOPS: Final = frozenset("。！？")
# Qualifiers that stand behind their figure.
_BEHIND: Final = frozenset({"以上", "以下", "以内", "左右"})
_ORDINAL: Final = re.compile(r"^第?[（(]?([一二三四五六七八九十]+|\d+)[）)、.．]?")


def when(year: int | None, status: str, language: Language) -> str:
    """The period in words: "2024年目标", "2024 target"; "" where there is none."""
    word = _STATUS[language][status]
    if language == "en":
        return " ".join(part for part in (str(year or ""), word) if part)
    return f"{year}年{word}" if year else word


def quoted(evidence: Evidence, quote: str, language: Language, *, named: bool = False) -> str:
    """What the report says, verbatim, with its period in front, and whose it is if it is to be ``named``."""
    whose = (evidence.place or evidence.title) if named else ""
    return reported(quote, evidence.period, language, whose)


def reported(quote: str, period: Period, language: Language, whose: str = "") -> str:
    """The ``quote`` with its period in front, and with ``whose`` it is."""
    label = _label(period, language)
    if whose:
        label = f"{whose}{label}" if language == "zh" else f"{english_name(whose)} {label}".strip()
    if language == "zh":
        stop = "" if quote[-1:] in _STOPS else "。"
        return f"{label or '报告原文'}：“{quote}”{stop}"
    figures = in_english(quote)
    intro = f"The report says ({label})" if label else "The report says"
    return f"{intro}: “{quote}”" + (f" ({figures})." if figures else ".")


def recorded(record: Indicator, language: Language) -> str:
    """A ledger record as a sentence in the report's own words."""
    label = when(record.year, record.status, language)
    figure = figure_of(record)
    if language == "zh":
        own = record.quote if figure is None or says_one_thing(record) else _name_and_figure(record, figure)
        return f"{label}：{own}。"
    if figure is None:
        return f"{label}: “{record.quote}”."
    verb = "was" if record.status in {"actual", "forecast"} else "is"
    amount = f"{_MEASURES.get(record.measure, '')}{english_figure(figure)}"
    return f"The {label} {verb} {amount} (“{record.quote}”)."


def of_place(sentence: str, place: str) -> str:
    """An English ``sentence`` on a record, with whose it is: "Zhejiang's 2025 result was ..."."""
    return f"{english_name(place)}'s {sentence.removeprefix('The ')}"


def _name_and_figure(record: Indicator, figure: Quantity) -> str:
    """A record without the figures that stand beside it in its quote ("汽车消费增长8.5%")."""
    if figure.unit == "位":
        return f"{record.indicator}居{figure.text}"
    verb = {"growth": "增长", "decline": "下降"}.get(record.measure, "")
    verb = "" if re.search(r"增[速幅长]$|[涨降]幅$", record.indicator) else verb
    after = record.qualifier if record.qualifier in _BEHIND and record.qualifier not in figure.text else ""
    before = record.qualifier if record.qualifier not in _BEHIND else ""
    return f"{record.indicator}{verb}{before}{figure.text}{after}"


def says_one_thing(record: Indicator) -> bool:
    """Whether the record's quote holds no other figure: its words can then stand as an answer."""
    return sum(quantity.kind == "amount" for quantity in find_quantities(record.quote)) == 1


def stated(record: Indicator, language: Language) -> str:
    """A single record as a whole sentence ("2024年的目标是城镇新增就业60万人以上。")."""
    if language == "en" or not says_one_thing(record):
        return recorded(record, language)
    if record.year is None or re.match(r"[\d一二]\S{3}年", record.quote):
        return f"{record.quote}。"
    verb = _STATED.get(record.status, "")
    return f"{record.year}年{'' if verb and verb in record.quote else verb}{record.quote}。"


def located(evidence: Evidence, language: Language) -> str:
    """Where in the report a clause stands."""
    path = evidence.section
    if language == "zh":
        inside = "".join(
            f"“{title}”下的" if i + 1 < len(path) else f"“{title}”" for i, title in enumerate(path)
        )
        return (
            f"在{evidence.title}的{inside}部分。" if path else f"在{evidence.title}的开头，没有标题的部分。"
        )
    names = ("part", "section", "item")
    steps = [f"{names[min(i, 2)]}{_number(title)} “{title}”" for i, title in enumerate(path)]
    return f"In {', '.join(steps)}." if steps else "At the beginning of the report, before its first heading."


def absent(query: Query, nearest: Evidence | None) -> str:
    """That the reports do not say it, and under which heading they speak of what is nearest.

    No figure stands in it, not even one of the nearest clause: a refusal has
    no citation by which it could be checked.
    """
    heading = next(
        (title for title in reversed(nearest.section if nearest else ()) if not _has_figure(title)), ""
    )
    if query.language == "zh":
        return "报告未提及这一内容。" + (f"相近的内容见“{heading}”部分。" if heading else "")
    text = "The report does not mention this."
    return text + (f" The nearest it says stands under “{heading}”." if heading else "")


def _has_figure(title: str) -> bool:
    return re.search(r"\d", title) is not None


def _label(period: Period, language: Language) -> str:
    return "" if period.status == "policy" else when(period.year, period.status, language)


def _number(title: str) -> str:
    match = _ORDINAL.match(title)
    if match is None:
        return ""
    value = match[1] if match[1].isdigit() else parse_numeral(match[1])
    return f" {value}" if value is not None else ""
