"""Whether a sentence says of its figures what a clause says of them: the same thing, place, time, direction and qualifier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.glossary import english_of, stem
from index.indicator_names import indicator_name
from index.quantities import find_quantities, same_value
from index.tokens import modifiers_and_nouns, normalise, place_names, words
from index.units import COUNTERS
from rag.check_kinds import opposed
from rag.check_stage import is_done_in_one_only, is_under_way
from rag.focus import segments
from rag.names import quoted_names
from rag.times import asked_statuses
from rag.topic import GENERAL_NOUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Evidence

# Qualifiers that say the same of a figure.
_SAME_QUALIFIER: Final = (
    frozenset({"以上", "不低于", "超过"}),
    frozenset({"左右", "约"}),
    frozenset({"以内", "不超过", "以下"}),
    frozenset({"", "力争"}),
)
# A sentence that denies needs a clause that does, or that speaks of an end.
_DENIES: Final = re.compile(
    r"不会|不再|不是|不能|不用|没有|并未|尚未|未能|\bnot\b|\bno\b|n’t\b|n't\b", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"[不未没无非零禁停]|取消|避免|杜绝|防止|退出|清理")
_COUNTERS: Final = frozenset(COUNTERS.split())
# What is counted, right behind its counter.
_THING: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_COUNTED: Final = re.compile(r"(?: [A-Za-z’'-]+){1,4}")
_PHRASE: Final = re.compile(r"(?!以[上下内]|左右|之内)[^，。；、\d]{2,16}")
# How large something is to become is no exact figure: 千亿级.
_LEVEL: Final = re.compile(r"[十百千万]+亿元?级")
# A part that goes on with the thing of the one before: 比上年增加5万人.
_GOES_ON: Final = re.compile(r"[比较占增降达约均每再]|同比|其中|分别|实现|完成")
_NO_PEOPLE: Final = re.compile(r"[艘列趟班架辆套座所吨亩元]|公里|平方米|立方米|标准?箱")
_PERSONS: Final = frozenset(
    "people persons passengers visitors tourists travellers travelers students pupils workers residents patients graduates children".split()
)
_PEOPLE: Final = frozenset({"人", "名", "户"})
_ARTICLE: Final = 3
_CALLED_OTHERWISE: Final = 2
_LAST_DIGIT: Final = 9
# Taken for the name of a place, and none.
_ANYWHERE: Final = re.compile(r"[全我本各外中]|新区|城[乡镇市区]|境[内外]")
# Whose report it is, as people say it.
_OWN_PLACE: Final = re.compile(r"[全我本]?[省市区县州]里?|市?政府|国家")
LAST_YEAR: Final = re.compile(r"^(?:去年|上年)|\blast year\b", re.IGNORECASE)
"""What calls the time of a sentence last year."""


def agrees(sentence: str, figures: Sequence[Quantity], evidence: Evidence, question: str) -> bool:
    """Whether a Chinese sentence says what the clause says of the same things, as far as that can be told by its words."""
    told = (*quoted_names(sentence), *_LEVEL.findall(sentence))
    if not all(normalise(name) in normalise(evidence.quote) for name in told):
        return False
    if _counts_another(sentence, figures, evidence) or _is_elsewhere(sentence, evidence):
        return False
    if turns_round(sentence, figures, evidence) or _is_the_neighbours(sentence, figures, evidence, question):
        return False
    return not figures or _speaks_of(evidence, sentence, question)


def _is_the_neighbours(sentence: str, figures: Sequence[Quantity], evidence: Evidence, question: str) -> bool:
    """Whether a figure stands in a part of the clause that has nothing of the ``question``, and another of its kind in the one that has.

    壮大粮油、畜牧两大千亿级产业，壮大茶叶、小面六个百亿级产业: asked of 小面, it is 百亿.
    """
    parts = [evidence.quote[start:end] for start, end in segments(evidence.quote)]
    asked = [word for word in words(question) if len(word) > 1 and sum(word in part for part in parts) == 1]
    own = [part for part in parts if any(word in part for word in asked)]
    for figure in figures:
        there = [part for part in parts if any(same_value(figure, one) for one in find_quantities(part))]
        rivals = own and any(one.unit == figure.unit for one in find_quantities(own[0]))
        if len(own) == len(there) == 1 and rivals and there != own and not _GOES_ON.match(there[0]):
            return True
    levels = _LEVEL.findall(sentence)
    return bool(own) and any(
        level not in own[0] and _LEVEL.search(own[0]) for level in levels if len(own) == 1
    )


def _counts_another(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether a figure counts in ``sentence`` what it does not count in the clause: 110列 where 110个城市 are told."""
    quote = evidence.quote
    for figure in figures:
        same = [other for other in find_quantities(quote) if same_value(figure, other)]
        if figure.unit not in _COUNTERS or any(other.unit not in _COUNTERS - {figure.unit} for other in same):
            continue
        things = [thing[0] for other in same if (thing := _THING.match(quote, other.end))]
        if things and not any(thing in sentence for thing in things):
            return True
    return False


def counts_another_in_english(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """As ``_counts_another``, by the words right behind the figure: "15 giant pandas" where 15个先行县 are told."""
    for figure in figures:
        counted = _COUNTED.match(sentence, figure.end)
        words = [word for word in counted[0].lower().split() if len(word) > _ARTICLE] if counted else []
        same = [other for other in find_quantities(evidence.quote) if same_value(figure, other)]
        if same and all(_NO_PEOPLE.search(other.unit) for other in same) and _PERSONS & set(words):
            return True
        things = [
            _PHRASE.match(evidence.quote, other.end) for other in same if other.unit in _COUNTERS - _PEOPLE
        ]
        if not words or not things or len(things) < len(same) or not all(things):
            continue
        meant = {name for thing in things if thing for name in english_of(thing[0])}
        if not any(stem(word) in meant for word in words):
            return True
    return False


def turns_round(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether ``sentence`` lets rise to a figure what fell to it by the clause, or calls done what is not, or the other way round."""
    parts = [evidence.quote[start:end] for start, end in segments(evidence.quote)]
    for figure in figures:
        told = [part for part in parts if any(same_value(figure, other) for other in find_quantities(part))]
        said = "在建" if is_under_way(sentence) else sentence
        if told and all(opposed(sentence, part) or is_done_in_one_only(said, part) for part in told):
            return True
    return False


def _is_elsewhere(sentence: str, evidence: Evidence) -> bool:
    """Whether ``sentence`` names a place of which neither the clause nor what stands above it speaks."""
    held = "\n".join((evidence.title, evidence.place, *evidence.section, evidence.quote))
    return any(
        name[:2] not in held and not _ANYWHERE.match(name) for name in place_names(sentence) if len(name) > 1
    )


def _speaks_of(evidence: Evidence, sentence: str, question: str) -> bool:
    """Whether the clause speaks of all that ``sentence`` gives a figure for: 民营经济 is not 经济."""
    held = normalise("\n".join((evidence.title, evidence.place, *evidence.section, evidence.quote)))
    strange = [
        word
        for word in dict.fromkeys(modifiers_and_nouns(sentence))
        if word not in held
        and word not in GENERAL_NOUNS
        and not _OWN_PLACE.fullmatch(word)
        and normalise(indicator_name(word)) not in held
    ]
    strange = [word for word in strange if not any(word != other and word in other for other in strange)]
    # An official term stands for one thing, or two, that the question calls otherwise: not for all that it says.
    return not strange or (
        bool(evidence.terms)
        and len(strange) <= _CALLED_OTHERWISE
        and all(word in question for word in strange)
    )


def contradicts(sentence: str, evidence: Evidence) -> bool:
    """Whether ``sentence`` denies what the clause does not, or calls a goal what is a result, or last year's, or a result what is a goal."""
    if _DENIES.search(sentence) and not _NEGATIVE.search(evidence.quote):
        return True
    ahead = evidence.period.status in {"target", "plan"}
    called = asked_statuses(sentence)
    if (
        ahead
        and "target" not in called
        and LAST_YEAR.search(sentence)
        and not LAST_YEAR.search(evidence.quote)
    ):
        return True
    said = set(called) - set(asked_statuses(evidence.quote))
    other = {"actual": "target", "target": "actual", "plan": "actual"}.get(evidence.period.status)
    return other in said


def stands(figure: Quantity, own: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether ``figure`` is among those of the clause, said in the same way, or names the clause's period."""
    if (
        figure.kind in {"year", "date"}
        and figure.high is None
        and int(figure.value) == (evidence.period.year or 0)
    ):
        return True
    # 5G is no number of anything; 55Eflops is one, and read as a name.
    same = [
        other
        for other in own
        if same_value(figure, other)
        and (other.kind == figure.kind or other.kind != "code" or other.value > _LAST_DIGIT)
    ]
    return any(_same_qualifier(figure.qualifier, other.qualifier) for other in same)


def _same_qualifier(stated: str, official: str) -> bool:
    return stated == official or any({stated, official} <= group for group in _SAME_QUALIFIER)
