"""Figures and years of a translation: those of the English text itself, whatever the translator made of them.

A small model writes 729 billion as 729亿 and leaves "about" out, and then a
true claim would be refuted by its translation.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import place_names
from index.units import MEASURE_UNITS, compatible
from rag.check_vague import in_figures
from rag.times import asked_statuses

if TYPE_CHECKING:
    from index.quantities import Quantity

_YEAR: Final = re.compile(r"在?(?<!\d)((?:19|20)\d\d)年(?:的|度|[底末初])?")
_CHINESE_RUN: Final = re.compile(r"[\u4e00-\u9fff]{2,6}")
_CAPITAL: Final = re.compile(
    r"(?P<place>北京|京沪|上海|首都|广州|深圳)(?:首都|浦东|虹桥|大兴|白云)?(?:国际)?"
)
_BEFORE: Final = {"以下": "不足", "以内": "不超过", "左右": "约", "以上": "不低于"}
_SOFT_BEFORE: Final = re.compile(r"(?:大?约|大概)$")
_SOFT_AFTER: Final = re.compile(r"^(?:左右|上下)")
_ROUND: Final = re.compile(r"(?<![\d.])(1000?)亿(?=元)")
_TO_COME: Final = re.compile(r"(?<!即)将(?![军领近])|计划(?!生育|单列)|(?<![草模虚])拟(?!人)")
# How large something is to be is told in reports by a level: 产值达到千亿元的产业 are 千亿级产业.
_OF_SIZE: Final = re.compile(
    r"(?:年?(?:产值|规模|营收|收入|价值))?(?:均|各|都)?(?:为|达到?|超过?)?(?P<size>[百千万]+亿)元?(?:的|规模的?|级别的?)(?=[^，。；？]{0,8}(?:产业|集群|企业|园区))"
)
_SCALES: Final = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))


def restated(english: str, chinese: str) -> str:
    """``chinese`` with the figures and their qualifiers of ``english``, where it is plain which is which."""
    pairs = _pairs(_amounts(in_figures(english)), _amounts(chinese))
    for stated, written in sorted(pairs, key=lambda pair: -pair[1].start):
        before, after = chinese[: written.start], chinese[written.end :]
        if not stated.qualifier:
            before, after = _SOFT_BEFORE.sub("", before), _SOFT_AFTER.sub("", after)
        chinese = before + _written(stated, written) + after
    return chinese


_SHARE_OF: Final = re.compile(
    r"\b(?:share|proportion|percentage) of\s+(?:the\s+)?([\u4e00-\u9fff]{2,})", re.IGNORECASE
)
_OF_A_WHOLE: Final = re.compile(r"占|比[重例率]|份额|百分|几成|率")
_NAMED: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_YEAR: Final = re.compile(r"(?:是|在)?(?:去年|上年|上一年)的?")
_LAST: Final = re.compile(
    r"\b(?:last|previous|prior|preceding) year\b|\byear (?:before|earlier)\b", re.IGNORECASE
)
_SAYS_LAST_YEAR: Final = re.compile(
    r"\b(?:last|past|previous|prior|preceding|recent|earlier|ago|before|year-on-year|year on year|yoy|annual(?:ly)?)\b|[\u4e00-\u9fff]",
    re.IGNORECASE,
)


def without_strange_years(english: str, chinese: str) -> str:
    """``chinese`` without the years, 去年 among them, that a small model puts in and ``english`` does not have.

    A year that stands for "last year" beside one that is named or this year is told as 去年.
    """
    chinese = _with_last_year(english, chinese)
    chinese = _YEAR.sub(lambda year: year[0] if year[1] in english else "", chinese)
    put_so = any(year not in chinese for year in _NAMED.findall(english))  # 去年 for 2023
    return chinese if put_so or _SAYS_LAST_YEAR.search(english) else _LAST_YEAR.sub("", chinese)


def with_own_places(termed: str, chinese: str) -> str:
    """``chinese`` with the one place that the half translated ``termed`` has and it lacks, instead of a province that it makes up.

    A small model takes any airport for that of the capital.
    """
    missing = [
        run for run in _CHINESE_RUN.findall(termed) if run not in chinese and place_names(run) == [run]
    ]
    strange = [one for one in _CAPITAL.finditer(chinese) if one["place"] not in termed]
    if len(set(missing)) != 1 or not strange:
        return chinese
    return chinese.replace(strange[0][0], missing[0])


def with_share(termed: str, chinese: str) -> str:
    """``chinese`` with 占比 behind the term of whose share the half translated ``termed`` speaks, where it speaks of none."""
    share = _SHARE_OF.search(termed)
    if share is None or share[1] not in chinese or _OF_A_WHOLE.search(chinese):
        return chinese
    return chinese.replace(share[1], f"{share[1]}占比", 1)


def _with_last_year(english: str, chinese: str) -> str:
    """``chinese`` with 去年 for the year before the one that is named, or is "this year", where ``english`` says "last year"."""
    if not _LAST.search(english) or "去年" in chinese:
        return chinese
    years = [int(year) for year in _NAMED.findall(chinese)]
    latest = max(map(int, _NAMED.findall(english)), default=max(years, default=0))
    if latest - 1 not in years or str(latest - 1) in english:
        return chinese
    return chinese.replace(f"{latest - 1}年", "去年")


def without_strange_goals(english: str, chinese: str) -> str:
    """``chinese`` without the words for what is to come that a small model puts in and ``english`` does not have."""
    return chinese if "target" in asked_statuses(english) else _TO_COME.sub("", chinese)


def in_round_words(chinese: str) -> str:
    """``chinese`` with the round sums by which reports name a size in words: 千亿 for 1000亿."""
    round_ = _ROUND.sub(lambda sum_: {"100": "百亿", "1000": "千亿"}[sum_[1]], chinese)
    return _OF_SIZE.sub(r"\g<size>级", round_)


def _amounts(text: str) -> list[Quantity]:
    return [q for q in find_quantities(text) if q.kind == "amount" and q.high is None]


def _pairs(stated: list[Quantity], written: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Figures of the same value, then of the same digits, and the one left on each side if there is one on each."""
    pairs, left, rest = [], list(written), list(stated)
    for key in (_value, _digits):
        for one in tuple(rest):
            same = next((other for other in left if key(other) == key(one)), None)
            if same is not None:
                left.remove(same)
                rest.remove(one)
                pairs.append((one, same))
    if len(rest) == len(left) == 1 and (not rest[0].unit or compatible(rest[0].unit, left[0].unit)):
        pairs.append((rest[0], left[0]))
    return pairs


def _value(figure: Quantity) -> Decimal:
    return figure.value


def _digits(figure: Quantity) -> tuple[int, ...]:
    """Without the scale: a small model writes 43.3 billion as 43.3亿."""
    return figure.value.normalize().as_tuple().digits


def _written(stated: Quantity, written: Quantity) -> str:
    """The figure in Chinese, with the qualifier that the translation lacks."""
    lacking = stated.qualifier if not written.qualifier else ""
    before = _BEFORE.get(lacking, lacking)
    measured = {stated.unit, written.unit} <= MEASURE_UNITS and not compatible(stated.unit, written.unit)
    unit = stated.unit if measured else written.unit
    if stated.value == written.value and unit == written.unit:
        return before + written.text
    size, scale = next((one for one in _SCALES if stated.value >= one[0]), (Decimal(1), ""))
    return f"{before}{(stated.value / size).normalize():f}{scale}{unit or stated.unit}"
