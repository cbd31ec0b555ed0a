"""Which ledger record a question about a figure means, by its words and by the meaning of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.ledger import indicator_name
from index.tokens import index_terms
from rag.amounts import TELLING_UNITS, asked_unit, asks_number, asks_people, asks_sum, same_unit
from rag.check_records import is_mean
from rag.coverage import covered, meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.types import Indicator, Measure

# What the wording of a question says of the measure that is wanted.
_ASKED: Final[tuple[tuple[frozenset[Measure], re.Pattern[str]], ...]] = (
    (frozenset({"rank"}), re.compile(r"第几|排名|位次|几位|\brank", re.IGNORECASE)),
    (frozenset({"growth", "decline"}), re.compile(
        r"增长|增速|增幅|涨|降幅|下降|降低|提高多少|百分之几|同比|跌|减少|(?<![新净])[增升降减]了?(?:多少|几)(?![万亿千百]*[个家户项条件人名所座处套台辆元])|"
        r"比(?:上一?|去|前一?)年(?:同期)?[^，。？?]{0,6}[多高少低]了?(?:多少|几成)(?![万亿千百]*[个家户项条件人名所座处套台辆])|"
        r"\b(?:gr[eo]w|grown|growth|rise|rose|risen|increase[ds]?|fall|fell|fast|cut|reduc\w+|declin\w+|drop\w*|jump\w*|surg(?:e|ed|ing)|soar\w*|climb\w*|leap\w*|plung\w+|shr[aiu]nk|up by (?=what|how|\d|about|over|more|nearly)|by (?:what|how many|how much) per ?cent\w*)\b",
        re.IGNORECASE)),
)  # fmt: skip
# Whether something went up or down is asked of its levels.
_WHICH_WAY: Final = re.compile(r"是?[涨升增][了]?(?:还是|是|、|或)?[跌降减][了]?|有[增升涨]有[减降跌]")
_MONEY: Final = re.compile(
    r"总量|总额|多少钱|(?:达到|是|有)多少亿|规模|多少(?:收入|产值|营收|税收|利润|资金|投资)(?![率增占])"
)

# How much there is of something in all, rather than what was added to it.
# Who asks how much there is of something does not ask how fast it grew, if the report tells both.
_NOT_SAID: Final = 0.85
_TOTAL: Final = re.compile(
    r"一共|总共|共有|目前|(?<![出发实体展呈])现有|(?<![出发实体展呈])现在有|累计|保有量|总数|总的|总(?=常住|人口|户数|面积|里程|长度?)"
)
_NOT_MEANT: Final = re.compile(r"(?:不是|并非|而非|不含|不算|别)(?:问|指|说|要|给)?[^，,。？?]{1,8}")
_ADDED: Final = re.compile(r"新|增|建|开|改|装|添|修|培育|引进|完成")
_ADDED_ONLY: Final = re.compile(r"新[增认建设]\S{0,2}\d[^累计总]*$")
_ASKS_RATIO: Final = re.compile(r"比|差|几倍|多少倍|\bratio\b|\bgap\b", re.IGNORECASE)
_NOT_ALL: Final = 0.4
# A record speaks of what a follow-up names if it holds so much of it.
_MEANT: Final = 0.75
# Of the gain by meaning: names less similar than this gain nothing, and those that are by so much more, most;
# the nearest gains again by how far it leads. By 235 questions of our own sets for which there is a record or none.
_STRANGE: Final = 0.86
_RANGE: Final = 0.08
_CLOSE: Final = 0.4
_LEAD: Final = 0.03
_AHEAD: Final = 0.3
# What questions call a record of the measure.
_SAID: Final = {
    "growth": "增长增速增幅涨幅",
    "decline": "下降降幅",
    "ratio": "比例比重占比",
    "rank": "排名位次",
}


# What a record gains by a unit in which hardly anything else is measured.
_BY_UNIT: Final = 0.2
_LAND: Final = 0.2
_AREA: Final = re.compile(r"面积$")
_ASKS_AREA: Final = re.compile(
    r"面积|多大|亩|公顷|平方|绿地|地[皮块]|\b(?:area|acreage|acres?|hectares?|square|mu|land|space|how large|how big)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A record and how well it fits a question.

    Attributes:
        score: in all; what matches are ordered by.
        kinship: by its words and by the meaning of its name, which need not be those of the question.
        fit: by its words alone, in [0, 1].
    """

    record: Indicator
    score: float
    kinship: float
    fit: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """What kind of figure a question wants: its measures and unit, and whether a sum of money, an amount, a number of people."""

    measures: frozenset[Measure]
    unit: str
    money: bool
    amount: bool
    people: bool


def asked_measures(text: str) -> frozenset[Measure]:
    """The measures that ``text`` asks for; empty if it does not say."""
    if _WHICH_WAY.search(text):
        return frozenset({"level"})
    return next((measures for measures, pattern in _ASKED if pattern.search(text)), frozenset())


def asks_total(text: str) -> bool:
    """Whether ``text`` asks how much there is of something in all, and not what was added to it."""
    meant = _NOT_MEANT.sub("", text)
    return _TOTAL.search(meant) is not None and not _ADDED.search(meant)


def match_records(  # noqa: PLR0913 - a question has as many sides
    text: str,
    topic: str,
    focus: str,
    records: Iterable[Indicator],
    idf: Callable[[list[str]], Mapping[str, float]],
    *,
    near: Mapping[Indicator, float],
    translated: bool = False,
) -> list[Match]:
    """``records`` by how well they fit the question ``text`` about ``topic``, best first.

    A record fits as far as its name is covered by the topic and the topic by
    the record's quote and name (both weighted by inverse document frequency),
    as its measure and unit are those that were asked for, and as it speaks of
    the ``focus``, which is what a follow-up asks about instead. How ``near``
    its name is in meaning (see ``nearness``) comes on top. The unit of a
    ``translated`` question is the translator's and counts for nothing.
    """
    # 城镇新增的就业岗位 is 城镇新增就业岗位.
    terms = {
        term for said in (topic, topic.replace("的", ""), indicator_name(topic)) for term in index_terms(said)
    }
    subject = meaning(topic, idf).without_numbers()
    terms.update(*(index_terms(term) for _, official in subject.everyday for term in official))
    total = asks_total(text)
    measures = asked_measures(text)
    unit = asked_unit(text) if not translated else "元" if asks_sum(text) else ""
    asked = _Asked(measures, unit, _MONEY.search(text) is not None, asks_number(text), asks_people(text))
    meant = _readings(focus, text)
    found = []
    for record in records:
        name = set(index_terms(record.indicator))
        quote = name | set(index_terms(record.quote))
        stated = f"{record.indicator}\n{record.quote}\n{_SAID.get(record.measure, '')}"
        words = 0.5 * _covered(name, terms, idf) + 0.5 * covered(subject, stated)
        fit = _fit(record, asked)
        if total and (record.measure == "increment" or _ADDED_ONLY.search(record.quote)):
            fit *= _NOT_ALL  # what was added is not what there is
        if record.unit == ":1" and not _ASKS_RATIO.search(text):
            fit *= 0.3  # what comes to one of another is none of the two
        if _AREA.search(record.indicator) and not _ASKS_AREA.search(text):
            fit *= _LAND  # nor is the land what grows on it
        if is_mean(record.quote) and not is_mean(text):
            fit *= 0.2  # the mean of several years is no year's figure
        fit *= max((_focused(_covered(words_of, quote, idf)) for words_of in meant), default=1.0)
        telling = _BY_UNIT if unit in TELLING_UNITS and same_unit(unit, record.unit) else 0.0
        kinship = fit * (words + near.get(record, 0.0) + telling)
        found.append(Match(record, kinship, kinship, fit * words))
    return sorted(found, key=lambda match: (-match.score, match.record.start))


def nearness(similar: Sequence[tuple[Indicator, float]]) -> dict[Indicator, float]:
    """What each record gains by the cosine of its name to the question, given best first; 0 to 0.7.

    Cosines of the embedded encoder lie close together, so that it tells most by
    how far the nearest name is ahead of any other.
    """
    gains = {record: _CLOSE * min(1.0, max(0.0, (cosine - _STRANGE) / _RANGE)) for record, cosine in similar}
    nearest = similar[0][0].indicator if similar else ""
    other = next((cosine for record, cosine in similar if record.indicator != nearest), None)
    if other is not None:
        ahead = _AHEAD * min(1.0, (similar[0][1] - other) / _LEAD)
        gains |= {record: gain + ahead for record, gain in gains.items() if record.indicator == nearest}
    return gains


def _readings(focus: str, text: str) -> list[set[str]]:
    """The terms of a ``focus`` as the question ``text`` says it, and of the official ones that may stand for it."""
    said = [word for word in focus.split() if word in text]
    official = [word for word in focus.split() if word not in text]
    return [set(index_terms(" ".join(words))) for words in (said, official) if words]


def _focused(share: float) -> float:
    """What a record of so much of a follow-up's own words is worth: little, if it is only akin."""
    return share if share >= _MEANT else share * 0.4


def _covered(terms: set[str], by: set[str], idf: Callable[[list[str]], Mapping[str, float]]) -> float:
    """Share of the weight of ``terms`` that is in ``by``."""
    weights = idf(sorted(terms))
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in by) / total if total else 0.0


def _fit(record: Indicator, asked: _Asked) -> float:
    """1 where measure and unit are those asked for or nothing is said of them, less where they are not."""
    measures, unit = asked.measures, asked.unit
    fit = 1.0
    if measures and record.measure not in measures:
        rate = record.unit in {"%", "个百分点"} and "level" not in measures
        # A place in an order is none of the figures beside it.
        fit *= 0.2 if "rank" in measures else 0.9 if rate else 0.6
    if record.measure == "rank" and asked.amount and "rank" not in measures:
        fit *= 0.3
    if not measures and record.measure in {"growth", "decline"}:
        fit *= 0.5 if asked.money else _NOT_SAID
    if unit and not same_unit(unit, record.unit):
        fit *= 0.3
    if asked.people and (record.unit.endswith("元") or record.unit in {"%", "个百分点"}):
        fit *= 0.3
    return fit
