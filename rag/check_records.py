"""A claim's figures against the ledger: the record of the same indicator, place, year and status."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.indicator_names import core_name
from index.ledger import extract_indicators
from index.tokens import index_terms
from index.types import Clause, Period, Report
from index.units import compatible
from rag.check_kinds import compare_figures, one_sided, opposed
from rag.figures import figure_of
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.quantities import Quantity
    from index.types import Indicator, PeriodStatus

_MEAN: Final = re.compile(r"年均(?!浓度|值|气温|降[水雨]|PM)", re.IGNORECASE)
# Words of time and purpose within a claim that are no part of an indicator's name.
_ASIDE: Final = re.compile(
    r"^.*(?:目标|任务|计划)[是为]?[把将](?=\D{2})|(?:的)?(?:预期|年度|主要)?(?:目标|任务|计划)[是为](?=\D{4})|(?<=[%％点])了(?=[，,。]|$)|[把将](?:预期|年度|主要)?目标(?:定|设|降|提|调)?(?:成|为|在|到)?|"
    r"(?:根据|按照)?(?:政府工作)?报告(?:中|里)?(?:提出|指出|显示|提到|称)?[，,]?|(?:的)?(?:预期|年度|主要)?(?:目标|任务|计划)(?=是|为|定|设|数|[\d，])|"
    r"(?:的)?(?:目标|实绩|实际值)|计划(?!单列|生育)|预期|实际(?!利用|使用|到位|吸收)|力争|争取|确保|"
    r"(?:拥有|共有|已有)(?=[^\d，,。]{2,12}\d)|[比较](?:上一?|去|前)年(?:同期)?(?=[增降涨提下上减扩])|今年|去年|上年|本年度?|(?<=[\d，])的"
)
_STRONG: Final = 0.78
_FAIR: Final = 0.6
_VERB: Final = 5
# 分别突破8500家和6万家: said of both, though it stands before the first. 迈上3万亿元台阶 is reaching more than that.
_EACH_OVER: Final = re.compile(r"分别(?:突破|超过?)|[迈跨站登]上[^、]*$")
# What it was raised by is not what it reached.
_REACHED: Final = re.compile(r"达到|[升增提涨]高?到|[升增]至")
_SMALL_GROWTH: Final = frozenset({"%", "个百分点"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a claim states of an indicator; ``mean`` where it is that of several years."""

    name: str
    figure: Quantity
    words: str
    measure: str
    verb: str
    mean: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The years and statuses that a claim names; empty where it names none."""

    years: tuple[int, ...]
    statuses: tuple[PeriodStatus, ...]


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """What the ledger says of one stated figure.

    Attributes:
        record: the official record.
        differences: none if it agrees.
        rival: the record of another year or status whose figure was stated.
        partly: whether only a qualifier is left out.
        fit: how well the names match, in [0, 1].
    """

    record: Indicator
    differences: tuple[Difference, ...]
    rival: Indicator | None
    partly: bool
    fit: float


def stated_figures(text: str, start: int, names: Iterable[str]) -> list[Stated]:
    """The indicators that ``text`` states from offset ``start`` on; ``names`` are place names to leave out."""
    bare = _bare(text[start:], names)
    lead = _bare(text[:start], names)
    joined = lead + bare
    # Of which year does not matter here, but the ledger reads only what is of a year.
    report = Report("", "", "", "unknown", 1, None, joined)
    clause = Clause("", 0, 0, len(joined), joined, (), Period(0, "actual"))
    found = []
    for record in extract_indicators(report, [clause]):
        figure = figure_of(record)
        if figure is None or record.end <= len(lead):
            continue
        found.append(
            Stated(
                record.indicator,
                figure,
                _as_said(figure),
                record.measure,
                _verb(record, figure),
                is_mean(record.quote),
            )
        )
    return found


def findings(
    stated: Stated,
    records: Sequence[Indicator],
    times: Times,
    idf: Callable[[list[str]], Mapping[str, float]],
) -> RecordFinding | None:
    """What ``records`` say of ``stated``; None where none is of that indicator."""
    candidates = []
    for record in records:
        figure = figure_of(record)
        if figure is None or not _comparable(stated, record, figure) or _is_per_head(stated, record):
            continue
        fit = name_fit(stated.name, record.indicator, idf)
        if fit >= _FAIR:
            candidates.append((fit, record, figure))
    if not candidates:
        return None
    top = max(fit for fit, _, _ in candidates)
    best = [one for one in candidates if one[0] >= min(top, _STRONG)]
    fitting = [one for one in best if _in_times(one[1], times)]
    agreeing = [one for one in fitting if _compare(stated, one) == ()]
    if agreeing:
        fit, record, _ = agreeing[0]
        return RecordFinding(record, (), None, partly=False, fit=fit)
    if top < _STRONG:
        return None
    rivals = [one for one in best if one not in fitting and _compare(stated, one) == ()]
    rival = rivals[0][1] if rivals else None
    if fitting:
        one = min(fitting, key=lambda c: (_severity(_compare(stated, c)), -c[0]))
        differences = _compare(stated, one)
        if rival is not None:
            differences = (*differences, *_time_difference(rival, one[1], times))
        partly = all(d.kind == "qualifier" for d in differences) and one_sided(stated.figure, one[2])
        return RecordFinding(one[1], differences, rival, partly=partly, fit=one[0])
    if rival is not None:
        return RecordFinding(rival, _time_difference(rival, None, times), rival, partly=False, fit=top)
    return None


def _severity(differences: tuple[Difference, ...]) -> int:
    return sum(1 if one.kind == "qualifier" else 2 for one in differences)


def name_fit(stated: str, official: str, idf: Callable[[list[str]], Mapping[str, float]]) -> float:
    """How far two indicator names are the same, in [0, 1]: shared weight over all weight."""
    ours, theirs = core_name(stated), core_name(official)
    if ours == theirs:
        return 1.0
    a, b = set(index_terms(ours)), set(index_terms(theirs))
    weights = idf(sorted(a | b))
    total = sum(weights.values())
    return sum(weights[term] for term in a & b) / total if total else 0.0


def is_mean(words: str) -> bool:
    """Whether ``words`` give the mean of several years, which is no year's own figure; 年均浓度 is that of one."""
    return _MEAN.search(words) is not None


def status_fits(status: str, wanted: Sequence[str]) -> bool:
    """Whether a record's or clause's status can be what a claim means by the ``wanted`` ones."""
    if not wanted or status in {"policy", "ongoing"}:
        return True
    groups = {"target": {"target", "plan"}, "actual": {"actual", "forecast"}}
    return any(status in groups.get(one, {one}) for one in wanted)


def _in_times(record: Indicator, times: Times) -> bool:
    if times.years and record.year is not None and record.year not in times.years:
        return False
    return status_fits(record.status, times.statuses)


def _compare(stated: Stated, candidate: tuple[float, Indicator, Quantity]) -> tuple[Difference, ...]:
    _, record, figure = candidate
    if not figure.qualifier and _EACH_OVER.search(record.quote):
        figure = replace(figure, qualifier="超过")
    words = _as_said(figure)
    if {stated.measure, record.measure} == {"growth", "decline"} or opposed(
        stated.verb, _verb(record, figure)
    ):
        return (Difference("wording", stated.words, record.quote),)
    difference = compare_figures(stated.figure, figure, stated.words, words)
    return (difference,) if difference else ()


def _time_difference(rival: Indicator, official: Indicator | None, times: Times) -> tuple[Difference, ...]:
    """Whose figure was stated: another year's, another status's."""
    found = []
    if times.years and rival.year is not None and rival.year not in times.years:
        found.append(Difference("year", f"{times.years[-1]}年", f"{rival.year}年"))
    wanted = times.statuses or ((official.status,) if official else ())
    if wanted and not status_fits(rival.status, wanted):
        found.append(Difference("status", _status_word(wanted[0]), _status_word(rival.status)))
    return tuple(found)


def _status_word(status: str) -> str:
    return "目标" if status in {"target", "plan"} else "实绩"


def _comparable(stated: Stated, record: Indicator, figure: Quantity) -> bool:
    """Whether a record measures what was stated: the same kind of unit, growth against growth."""
    ours, theirs = stated.figure.unit, figure.unit
    if not compatible(ours, theirs) or stated.mean != is_mean(record.quote):
        return False
    if stated.measure == "level" and record.measure == "increment" and _REACHED.search(stated.verb):
        return False
    if ours not in _SMALL_GROWTH:
        return True
    moving = {"growth", "decline"}
    return (stated.measure in moving) == (record.measure in moving)


def _is_per_head(stated: Stated, record: Indicator) -> bool:
    """Whether only one of two is of the economy by head, which is told beside its size."""
    names = core_name(stated.name), core_name(record.indicator)
    return all("生产总值" in name for name in names) and ("人均" in names[0]) != ("人均" in names[1])


def _verb(record: Indicator, figure: Quantity) -> str:
    """The words right before a record's figure."""
    return record.quote[max(0, figure.start - _VERB) : figure.start]


def _as_said(figure: Quantity) -> str:
    after = {"以上", "以下", "以内", "左右"}
    if not figure.qualifier:
        return figure.text
    return figure.text + figure.qualifier if figure.qualifier in after else figure.qualifier + figure.text


def _bare(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = re.sub(rf"(?:^|(?<=[，。；、年])){re.escape(name)}(?:的)?", "", text)
        text = re.sub(rf"^{re.escape(name)}", "", text)
    return _ASIDE.sub("", re.sub(r"(?<!\d)(?:19|20)\d\d年", "", text))
