"""The same indicator in each place and period of a comparison."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from math import inf
from typing import TYPE_CHECKING, Final

from index.indicator_names import indicator_name
from index.types import Hit
from rag.check_records import is_mean
from rag.exhibit import evidence_of
from rag.figures import figure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.searcher import Searcher
    from index.types import Indicator
    from rag.types import Found, Query, Slot

_MAKING: Final = re.compile(r"^(?:新增|新建|新改建|建成|完成|新开工|全年|累计)+")
_SAME_STATUS: Final = {"forecast": "actual"}
_AS_FITTING: Final = 0.75
_GOAL_AND_RESULT: Final = ("target", "actual")
# A result so many times its goal, or so small a part of it, is that of something else, if another is nearer.
_TELLING: Final = 4
_OTHER_SIZE: Final = 1.5
SCALES: Final = "万亿千百"
CHANGES: Final = frozenset({"growth", "decline"})


def paired(query: Query, found: Sequence[Found], searcher: Searcher) -> tuple[Found, ...]:
    """``found`` with one indicator in all slots, as far as the ledger has it.

    The record that fits the question best is what it is about, unless only
    another measure of that indicator is there for all slots: a goal of growth
    asks for the growth. A slot without a record, or with one of another
    indicator or measure, gets that of the same name in its own place and period.
    """
    ranked = sorted((part for part in found if part.record is not None), key=lambda part: -part.kinship)
    known = [part for part in ranked if _name(part) == _name(ranked[0])]
    results = [(model, _filled_after(query, found, model, searcher)) for model in known]
    whole = next((parts for model, parts in results if _is_whole(parts, model)), None)
    parts = whole or (results[0][1] if results else tuple(found))
    return _of_one_size(query, parts, searcher)


def _of_one_size(query: Query, found: tuple[Found, ...], searcher: Searcher) -> tuple[Found, ...]:
    """``found`` with the result of a goal's own size, where one of the same name was of five years or of a part.

    新增就业 of all the year is 5650 where the goal was 5700; 3000 are those of one trade.
    """
    if len(found) != 2 or any(part.record is None for part in found):  # noqa: PLR2004 - a goal and its result
        return found
    goal, result = (
        next((p for p in found if p.slot.statuses == (status,)), None) for status in _GOAL_AND_RESULT
    )
    if goal is None or result is None or goal.slot.years != result.slot.years:
        return found
    assert goal.record is not None
    assert result.record is not None
    model = goal.record
    same = [
        one
        for one in of_slot(result.slot, searcher)
        if one.unit.lstrip(SCALES) == model.unit.lstrip(SCALES) and same_indicator(one, model)
        if is_mean(one.quote) == is_mean(query.text)
    ]
    best = min((result.record, *same), key=lambda one: _apart(one, model))
    if best == result.record or _apart(result.record, model) < _OTHER_SIZE:
        return found
    other = with_record(query, result, best, searcher)
    return tuple(other if part is result else part for part in found)


def _apart(one: Indicator, other: Indicator) -> float:
    """How many times as large one figure is as the other, at least 1; infinite where that cannot be said."""
    mine, theirs = figure_of(one), figure_of(other)
    if mine is None or theirs is None or mine.value <= 0 or theirs.value <= 0:
        return inf
    return float(max(mine.value, theirs.value) / min(mine.value, theirs.value))


def _name(part: Found) -> str:
    return _core(part.record.indicator) if part.record else ""


def _filled_after(
    query: Query, found: Sequence[Found], model: Found, searcher: Searcher
) -> tuple[Found, ...]:
    return tuple(
        part if _is_settled(part, model) else _filled(query, part, model, searcher) for part in found
    )


def _is_whole(parts: Sequence[Found], model: Found) -> bool:
    """Whether every slot has a record of the ``model``'s indicator."""
    assert model.record is not None
    return all(part.record is not None and same_indicator(part.record, model.record) for part in parts)


def _is_settled(part: Found, model: Found) -> bool:
    """Whether the record of ``part`` is the ``model``'s indicator, with the status that is likely meant."""
    assert model.record is not None
    if part.record is None or not same_indicator(part.record, model.record):
        return False
    likely = part.slot.filters.near_statuses
    return not likely or _status(part.record) in likely or bool(part.slot.statuses)


def _filled(query: Query, part: Found, model: Found, searcher: Searcher) -> Found:
    """``part`` with the record of its own slot that is the same indicator as the ``model``'s, if there is one."""
    assert model.record is not None
    seen = {(one.report, one.start) for one in part.evidence}
    for same in (same_indicator, _kin):
        for record in of_slot(part.slot, searcher):
            clause = searcher.library.parsed(record.report).clauses[record.clause]
            if not same(record, model.record) or (same is _kin and (record.report, clause.start) not in seen):
                continue
            if is_mean(record.quote) and not is_mean(query.text):
                continue  # the mean of several years is no year's figure
            return replace(with_record(query, part, record, searcher), fit=model.fit, kinship=model.kinship)
    counterpart = next(
        (one for one in of_slot(part.slot, searcher) if _is_counterpart(one, model.record, query.text)), None
    )
    if counterpart is not None:
        part = with_record(query, part, counterpart, searcher)
        return replace(part, fit=model.fit, kinship=model.kinship)
    named = part.record is not None and part.record.indicator in query.text
    beside = None if named else _beside(part, model.record, searcher)
    if beside is not None:
        return replace(with_record(query, part, beside, searcher), fit=part.fit, kinship=part.kinship)
    # Another name that fits hardly less may be the same thing; one that fits less is another indicator.
    other_measure = part.record is not None and _core(part.record.indicator) == _core(model.record.indicator)
    fitting = part.kinship >= _AS_FITTING * model.kinship and not other_measure
    return part if fitting else replace(part, record=None, fit=0.0, kinship=0.0)


def _beside(part: Found, model: Indicator, searcher: Searcher) -> Indicator | None:
    """The record beside that of ``part`` in its clause that is measured as the ``model`` is, where that is not: 新增43公里、总里程879公里."""
    own = part.record
    if own is None or same_measure(own, model) or own.measure in CHANGES or model.measure in CHANGES:
        return None
    same = [
        one
        for one in of_slot(part.slot, searcher)
        if (one.report, one.clause, one.unit) == (own.report, own.clause, model.unit)
        and same_measure(one, model)
    ]
    return same[0] if len(same) == 1 else None


def with_record(query: Query, part: Found, record: Indicator, searcher: Searcher) -> Found:
    """``part`` with ``record`` as its answer and that record's clause as its first evidence."""
    evidence = replace(
        evidence_of(_hit(record, part, searcher), query, record, searcher),
        rank=part.evidence[0].rank if part.evidence else 1,
    )
    rest = tuple(one for one in part.evidence if (one.report, one.start) != (evidence.report, evidence.start))
    return replace(part, evidence=(evidence, *rest), record=record)


def of_slot(slot: Slot, searcher: Searcher) -> Iterator[Indicator]:
    """The records of the place, years and statuses of ``slot``."""
    records: Iterable[Indicator] = (
        record for report in slot.filters.reports for record in searcher.library.parsed(report).indicators
    )
    for record in records:
        if slot.years and record.year not in slot.years:
            continue
        wanted = slot.statuses or slot.filters.near_statuses
        if not wanted or _status(record) in wanted:
            yield record


def _status(record: Indicator) -> str:
    """The status, an estimate of a past year counting as its result."""
    return _SAME_STATUS.get(record.status, record.status)


def same_indicator(one: Indicator | None, other: Indicator) -> bool:
    """Whether two records are of one indicator, measured in the same way."""
    if one is None or (one.unit == "位") != (other.unit == "位"):
        return False
    return same_measure(one, other) and _core(one.indicator) == _core(other.indicator)


def same_measure(one: Indicator, other: Indicator) -> bool:
    """Whether both are changes, or both are what was added, or both are how much there is."""
    return _measured(one) == _measured(other)


def _measured(record: Indicator) -> str:
    return "change" if record.measure in CHANGES else "added" if record.measure == "increment" else "level"


def _kin(one: Indicator, other: Indicator) -> bool:
    """Whether one record's name is the other's with a word in front (婴幼儿托位, 托位), measured in the same unit."""
    names = _core(one.indicator), _core(other.indicator)
    alike = one.unit == other.unit and same_measure(one, other)
    return alike and (names[0].endswith(names[1]) or names[1].endswith(names[0]))


def _is_counterpart(one: Indicator, other: Indicator, text: str) -> bool:
    """Whether two records tell the same of two things that ``text`` names: 上海港集装箱吞吐量, 宁波舟山港集装箱吞吐量."""
    ends = zip(reversed(one.indicator), reversed(other.indicator), strict=False)
    suffix = "".join(mine for mine, _ in takewhile(lambda pair: pair[0] == pair[1], ends))[::-1]
    owners = [record.indicator.removesuffix(suffix) for record in (one, other)]
    alike = one.unit.lstrip(SCALES) == other.unit.lstrip(SCALES) and same_measure(one, other)
    return alike and len(suffix) >= _TELLING and all(owner and owner in text for owner in owners)


def _core(name: str) -> str:
    official = indicator_name(name)
    return _MAKING.sub("", official) or official


def _hit(record: Indicator, part: Found, searcher: Searcher) -> Hit:
    """The clause of ``record``, as if it were the best one found for ``part``."""
    clause = searcher.library.parsed(record.report).clauses[record.clause]
    score = max((one.score for one in part.evidence), default=1.0)
    return Hit(
        clause.report,
        clause.start,
        clause.end,
        clause.text,
        score,
        clause.period,
        clause.section,
        (clause.number,),
    )
