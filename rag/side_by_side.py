"""Two figures of one time that a question asks for: of two indicators (餐饮和汽车消费，哪个涨得猛), or two of one (进出口额及增速)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias

from index.indicator_names import core_name
from index.thesaurus import everyday_names
from index.tokens import words
from rag.comparison import ADDED_UP
from rag.everyday import in_official_names
from rag.pairing import CHANGES, SCALES, of_slot, with_record

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Indicator
    from rag.types import Found, Query

_WHICH: Final = re.compile(
    r"哪一?[个项边样种类块头件]|谁|还是|分别|[比较](?!去年|上年)[^，。？?\d]{2,20}?[高低多少快慢](?:出|了)?(?:多少|几)|[相差]差|差了?(?:多少|几)|\bwhich\b|\bwhose\b|\bor\b|\bversus\b|\bvs\b",
    re.IGNORECASE,
)
# 中央和地方各占多少, 工业投资和技改投资要增长多少; how many of each they are is told by the names.
_EACH: Final = re.compile(
    rf"[和与跟及、][^，。？?、]{{1,20}}[，,]?(?:{ADDED_UP.pattern})[^，。？?]{{0,8}}(?:多少|几)|"
    r"[和与跟及][^，。？?、]{1,16}(?:多少|几|百分之)|、[^，。？?]{1,12}(?:各|分别)(?:自|占|是|有|为|安排|完成)*了?(?:多少|几)"
)
# At several times: of two things, and not of two years.
_TWO_THINGS: Final = re.compile(
    r"[\u4e00-\u9fff](?:、|和|与|跟|及)(?!(?:19|20)\d\d)[^，。？?、\d]{2,14}?(?:各|分别)(?:自|占|是|有|为|安排|完成)*了?(?:多少|几)"
)
# How much there is, and how fast it grew.
_CHANGE: Final = r"(?:增[速幅长]|[涨降]幅|同比|[增涨降]了?(?:多少|几)|下降了?(?:多少|几))"
_LEVEL: Final = r"(?:总?[额量值数产]|规模|收入|投资|多少(?![个万亿]*百分点)|几[个家户项条件人名所座处套台辆])"
_AND: Final = r"(?:[、，,]|以?及|[和与并])(?:[它其]的?|同比|比?(?:上年|去年)|又|还|各|实际)*"
_BOTH: Final = re.compile(
    rf"{_LEVEL}[^。？?]{{0,14}}?{_AND}{_CHANGE}|{_CHANGE}[^，。？?]{{0,4}}{_AND}{_LEVEL}"
)
# Set against the country, towns are what the ledger calls 城镇.
_TOWNS: Final = re.compile(r"城市(?=[^。]{0,20}[农乡]村)|(?<=农村)城市|(?<=乡村)城市")
_MOVING: Final = re.compile(
    r"(?<!新)增(?!加值)|减[产少]|[涨快慢猛升降跌]|\b(?:gr[eo]w\w*|growth|rose|rise|fast\w*)\b", re.IGNORECASE
)


_Pair: TypeAlias = "tuple[Indicator, Indicator]"


def side_by_side(query: Query, found: tuple[Found, ...], searcher: Searcher) -> tuple[Found, ...]:
    """``found``, or a part for each of the two records of one time that the question asks for."""
    if (
        _BOTH.search(query.text)
        and all(part.record for part in found)
        and (len(found) > 1 or query.wanted in {"figure", "list"})
    ):
        both = [_both(query, part, part.record, searcher) for part in found if part.record]
        return tuple(one for parts in both for one in parts)
    said = f"{query.asked}\n{query.text}"
    told = (_TWO_THINGS if len(found) > 1 else _EACH).search(said)
    if query.wanted == "comparison" and len(found) == 1:
        told = _WHICH.search(said)
    if query.wanted not in {"comparison", "figure", "list"} or not told:
        return found
    pairs = [_pair_of(query, part, searcher) for part in found]
    # At several times, of the same two: 2019年和2024年安排的专项债券、中央预算内投资各是多少.
    if any(pair is None for pair in pairs) or not all(_same_two(pairs[0], pair) for pair in pairs):
        return found
    return tuple(
        one
        for part, pair in zip(found, pairs, strict=True)
        if pair
        for one in (
            with_record(query, part, pair[0], searcher),
            with_record(query, replace(part, evidence=()), pair[1], searcher),
        )
    )


def _same_two(mine: _Pair | None, other: _Pair | None) -> bool:
    """Whether two pairs are of the same two indicators, whatever stands before their names: 技改投资, 工业技改投资."""
    if mine is None or other is None:
        return False
    return all(
        any(_called(one).endswith(_called(their)) or _called(their).endswith(_called(one)) for their in other)
        for one in mine
    )


def _pair_of(query: Query, part: Found, searcher: Searcher) -> tuple[Indicator, Indicator] | None:
    """The two records of the slot of ``part`` that ``query`` names beside each other, if it does."""
    records = list(of_slot(part.slot, searcher))
    named = [term for _, terms in everyday_names(query.topic) for term in terms]
    text = _TOWNS.sub("城镇", "，".join((in_official_names(query.text), *named)))
    changes = _pair([one for one in records if one.measure in CHANGES], text)
    levels = _pair([one for one in records if one.measure not in CHANGES], text)
    # Goals are mostly of growth, also where "which is higher" is all that is said.
    pair = changes if _MOVING.search(query.text) else levels or changes
    alone = len(query.slots) == 1 and query.wanted == "comparison"
    return _twins(part.record, records) if pair is None and alone else pair


def _both(query: Query, part: Found, record: Indicator, searcher: Searcher) -> tuple[Found, ...]:
    """``part`` twice, for the level of its indicator and for the change, if its clause gives both; else alone."""
    # Of a round figure (迈上3万亿元) and the exact one beside it, the exact one.
    other = max(
        (
            one
            for one in searcher.library.parsed(record.report).indicators
            if one.clause == record.clause
            and _called(one) == _called(record)
            and (one.year, one.status) == (record.year, record.status)
            and (one.measure in CHANGES) != (record.measure in CHANGES)
            and "rank" not in {one.measure, record.measure}
        ),
        key=lambda one: len(one.value),
        default=None,
    )
    if other is None:
        return (part,)
    level, change = sorted((record, other), key=lambda one: one.measure in CHANGES)
    return tuple(with_record(query, part, one, searcher) for one in (level, change))


def _called(record: Indicator) -> str:
    """The official name of the indicator of ``record``: 经济总量 is the 地区生产总值."""
    return core_name(in_official_names(record.indicator)).removesuffix("总量")


def _twins(record: Indicator | None, records: list[Indicator]) -> tuple[Indicator, Indicator] | None:
    """``record`` and the one beside which the report itself sets it (住宿、餐饮营业额分别增长6.1%、8.6%), if that is one."""
    if record is None:
        return None
    beside = [
        one
        for one in records
        if one.clause == record.clause
        and one.quote == record.quote
        and one != record
        and _comparable(one, record)
    ]
    return (beside[0], record) if len(beside) == 1 else None


def _pair(records: list[Indicator], text: str) -> tuple[Indicator, Indicator] | None:
    """The two of ``records`` whose names ``text`` tells best; None where it tells no two, or pairs of other values as well."""
    pairs = [pair for pair in combinations(records, 2) if _comparable(*pair)]
    told = [(_told(a, b, text), (a, b)) for a, b in pairs]
    if not any(score for score, _ in told):
        # One clause may call them by longer names than the question does: 城镇居民人均生活费收入, 农村居民人均纯收入.
        told = [(_told(a, b, text, loosely=True), (a, b)) for a, b in pairs if a.clause == b.clause]
    most = max((score for score, _ in told), default=0)
    best = [pair for score, pair in told if score == most]
    # How much there is, where how much was added stands beside it.
    best = [pair for pair in best if all(one.measure == "level" for one in pair)] or best
    return best[0] if most and len({(a.value, b.value) for a, b in best}) == 1 else None


def _comparable(a: Indicator, b: Indicator) -> bool:
    mine, other = (one.unit.lstrip(SCALES) for one in (a, b))
    return (mine, a.measure, a.year, a.status, a.report) == (other, b.measure, b.year, b.status, b.report)


def _told(a: Indicator, b: Indicator, text: str, *, loosely: bool = False) -> int:
    """How many signs of the two names ``text`` has, where it has all the words that tell them apart; else 0.

    Twice as many for a name that it has as one. ``loosely`` the first of those words of each name is enough, or the last.
    """
    names = core_name(a.indicator), core_name(b.indicator)
    mine, other = set(words(names[0])), set(words(names[1]))
    shared = mine & other
    apart = mine ^ other
    if loosely:
        apart = {_telling(name, shared, text) for name in names}
    if not mine - shared or not other - shared or any(word not in text for word in apart):
        return 0
    held = [word for word in shared if word in text]
    whole = [name for name in names if name in text]
    return sum(map(len, (*apart, *held, *whole))) if loosely or held or not shared else 0


def _telling(name: str, shared: set[str], text: str) -> str:
    """The first word of ``name`` that is not ``shared``, or the last where ``text`` has only that: 人大建议 for 人大代表建议."""
    own = [word for word in words(name) if word not in shared]
    return next((word for word in (*own[:1], *own[-1:]) if word in text), next(iter(own), ""))
