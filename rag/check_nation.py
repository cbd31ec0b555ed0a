"""Claims that hold an indicator against the nation's: 比全国平均慢0.3个百分点. Decided by what stands behind its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.indicator_names import core_name
from index.quantities import find_quantities, same_value
from rag.check_records import is_mean, status_fits
from rag.everyday import in_official_names
from rag.figures import figure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Clause, Indicator
    from rag.check_records import Times

_NATION: Final = r"(?:全国|国家)(?:的|平均|同期|增长|增速|增幅|水平|线|值|数)*"
_ABOVE: Final = re.compile(
    rf"(?:[高快多好优大]于|超过|超出|跑赢|领先|高出)了?{_NATION}|[比较]{_NATION}(?:还|要|都|都要)?(?:更)?[高快多大好]"
)
_BELOW: Final = re.compile(
    rf"(?:[低慢少]于|不[及如]|落后于|没[有能]?(?:跑赢|超过)|跑输)了?{_NATION}|[比较]{_NATION}(?:还|要|都|都要)?(?:更)?[低慢少小]"
)
_BESIDE: Final = re.compile(
    r"[、，]?(?:增速|增幅)?(?P<side>[高低快慢]于)全国(?:平均(?:水平|增速)?)?(?P<gap>[\d.]+个百分点)?"
)
_SHORTEST: Final = 3


def against_nation(
    text: str, records: Sequence[Indicator], clauses: Sequence[Clause], times: Times
) -> tuple[bool, Indicator, int] | None:
    """Whether the comparison with the nation in the Chinese ``text`` holds, the record of its indicator, and where it ends.

    ``clauses`` are those of the report whose ``records`` are given; the end is an offset in its text. None where
    ``text`` holds nothing against the nation, or the report does not for that indicator.
    """
    below = _BELOW.search(text) is not None
    above = _ABOVE.search(_BELOW.sub("", text)) is not None  # 没有跑赢全国 is below
    if above == below:
        return None
    official = in_official_names(text)
    found = []
    for record in records:
        name = core_name(record.indicator)
        beside = _beside(record, clauses)
        if beside is None or len(name) < _SHORTEST or name not in official or is_mean(record.quote):
            continue
        if (times.years and record.year not in times.years) or not status_fits(record.status, times.statuses):
            continue
        found.append((len(name), record, beside))
    if not found:
        return None
    _, record, beside = max(found, key=lambda one: one[0])
    right = above == (beside["side"] in {"高于", "快于"}) and _agree(official, record, beside)
    return right, record, record.end + beside.end()


def _beside(record: Indicator, clauses: Sequence[Clause]) -> re.Match[str] | None:
    """What stands right behind ``record`` of the nation."""
    clause = clauses[record.clause]
    return _BESIDE.match(clause.text[record.end - clause.start :])


def _agree(text: str, record: Indicator, beside: re.Match[str]) -> bool:
    """Whether each rate of ``text`` is that of ``record``, or how far it lies from the nation's."""
    own = figure_of(record)
    told = (*find_quantities(beside["gap"] or ""), *([own] if own else []))
    stated = [one for one in find_quantities(text) if one.unit in {"%", "个百分点"}]
    return all(any(same_value(one, other) for other in told) for one in stated)
