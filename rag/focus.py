"""The part of a clause that a question is about: a run of its comma segments."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from index.tokens import index_terms
from rag.amounts import has_figure, has_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# A short quotation is not cut: “总书记有号令、党中央有部署，...”.
_SEGMENT: Final = re.compile(r"(?:“[^“”。]{1,40}”|[^，,；;：:]|(?<=\d)[,:](?=\d))+[，,；;：:]*")
_EDGE: Final = "，,；;：:、 \n"
_SHORT: Final = 36
"""A clause of so many characters is read at a glance."""
_WORTH: Final = 0.12
"""A further segment is taken in if it speaks of so much more of the question's meaning."""
_HINT: Final = 0.05
"""So much more of the question's meaning tells one figure from the others behind the segment that is meant."""
_GOES_ON: Final = re.compile(r"[比较占增降达约]|同比|其中")
_TRAFFIC: Final = frozenset("辆 人次 班 列 架次 航次".split())
"""Units in which only one thing of a clause is counted: 车程最短缩至30分钟，日均车流量超8万辆次."""
_POINTS_BACK: Final = re.compile(r"这[项一些个]|上述|此[项举]|该项")
"""Words that mean what the segment before says."""
_OF_UNITS: Final = frozenset("万亿千百十")
_TRUSTED: Final = 0.3
"""Where the best segment speaks of less of it, the question is in other words, and words tell no part from another."""


def focus(
    quote: str,
    subject: str,
    idf: Callable[[list[str]], Mapping[str, float]],
    *,
    figure: bool = False,
    unit: str = "",
) -> tuple[int, int]:
    """Start and end in ``quote`` of the shortest run of segments that holds what it says of ``subject``.

    All of a short clause, and of one whose segments say little of the subject. With ``figure`` the run goes on to
    the nearest segment that has one, a later one before an earlier: "完成收购，总价值30亿元". Where words do not tell,
    the ``unit`` that is asked for does, if one segment alone has a figure in it.
    """
    spans = segments(quote)
    weights = idf(sorted(set(index_terms(subject))))
    total = sum(weights.values())
    if len(quote) <= _SHORT or len(spans) == 1 or not total:
        return trimmed(quote, 0, len(quote))
    held = [{term for term in index_terms(quote[a:b]) if term in weights} for a, b in spans]
    worth = [sum(weights[term] for term in terms) for terms in held]
    figures = [figure and has_figure(quote[a:b]) for a, b in spans]
    # Of 促进工业投资放量 and 力争工业投资增长14%, the one with the figure.
    best = max(range(len(spans)), key=lambda i: (worth[i], figures[i]))
    if worth[best] < _TRUSTED * total:
        told = [span for span in spans if unit and has_unit(quote[slice(*span)], unit)]
        start, end = told[0] if len(told) == 1 else (0, len(quote))
        return trimmed(quote, start, end)
    first, last = _grown(best, held, weights, _WORTH * total)
    if figure:
        said = set().union(*held[first : last + 1])
        # 辐射75个城市，通达584个港口: of the figures the one with a word of the question that was not said yet.
        telling = [
            has and sum(weights[term] for term in terms - said) >= _HINT * total
            for has, terms in zip(figures, held, strict=True)
        ]
        first, last = _with_figure(first, last, figures, telling)
        # 全年达到1949亿美元，比上年增长6.1%: the share that is asked for goes on with the same thing.
        shown, behind = quote[spans[first][0] : spans[last][1]], quote[spans[last][1] :]
        if unit and not has_unit(shown, unit) and behind and (_GOES_ON.match(behind) or unit in _TRAFFIC):
            last += has_unit(quote[slice(*spans[last + 1])], unit)
        # 花湖机场开通货线91条，货邮吞吐量达到128万吨: of the figures the one in the unit that is asked for.
        if unit and not has_unit(quote[spans[first][0] : spans[last][1]], unit):
            said = set().union(*held[first : last + 1])
            # That it is counted in 亿元 says nothing of what is.
            more = [
                sum(weights[t] for t in terms - said if not set(t) <= _OF_UNITS | set(unit)) for terms in held
            ]
            held_in = [
                value >= _HINT * total and has_unit(quote[a:b], unit)
                for value, (a, b) in zip(more, spans, strict=True)
            ]
            first, last = _with_figure(first, last, held_in, held_in)
    if first and _POINTS_BACK.search(quote[slice(*spans[first])]):
        first -= 1
    return trimmed(quote, spans[first][0], spans[last][1])


def segments_around(quote: str, start: int, end: int) -> tuple[int, int]:
    """Start and end in ``quote`` of the segments that hold its part from ``start`` to ``end``."""
    held = [(a, b) for a, b in segments(quote) if a < end and b > start]
    return trimmed(quote, held[0][0], held[-1][1])


def segments(text: str) -> list[tuple[int, int]]:
    """Start and end of each part of ``text`` up to its commas, semicolons or colons, these included."""
    return [match.span() for match in _SEGMENT.finditer(text)]


def _with_figure(first: int, last: int, figures: Sequence[bool], telling: Sequence[bool]) -> tuple[int, int]:
    """The run from ``first`` to ``last``, made longer until it has one of the ``figures``, a ``telling`` one if there is any."""
    if any(figures[first : last + 1]) or not any(figures):
        return first, last
    nearest = min(
        (i for i, has in enumerate(telling if any(telling) else figures) if has),
        key=lambda i: (max(first - i, i - last), i < first),
    )
    return min(first, nearest), max(last, nearest)


def trimmed(quote: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without commas and spaces at the edges."""
    kept = quote[start:end]
    return start + len(kept) - len(kept.lstrip(_EDGE)), start + len(kept.rstrip(_EDGE))


def _grown(
    best: int, held: Sequence[set[str]], weights: Mapping[str, float], least: float
) -> tuple[int, int]:
    """First and last segment of the run around ``best`` that takes in all that adds at least ``least``."""
    first = last = best
    for side in (range(best - 1, -1, -1), range(best + 1, len(held))):
        have = set().union(*held[first : last + 1])
        gains = list(accumulate((held[i] for i in side), set.union, initial=have))[1:]
        added = [sum(weights[term] for term in terms - have) for terms in gains]
        reach, taken = best, 0.0
        for i, value in zip(side, added, strict=True):
            if value - taken >= least:
                reach, taken = i, value
        first, last = min(first, reach), max(last, reach)
    return first, last
