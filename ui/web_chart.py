"""Pure: an indicator's records as an SVG chart. Results are filled circles on a line, goals hollow diamonds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.quantities import SCALES
from ui.presentation import figure_words, period_words
from ui.texts import say
from ui.web_html import esc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.types import Indicator
    from rag.types import Language

# Fits a phone unscrolled with letters that can be read, and half a desktop's width.
_WIDTH: Final = 460
_HEIGHT: Final = 270
_LEFT: Final = 52
_RIGHT: Final = 10
_INSET: Final = 36
_TOP: Final = 34
_BOTTOM: Final = 34
_CHARTS: Final = 4
_PLACES: Final = 8
_MEASURES: Final = {
    "level": ("总量", "level"), "growth": ("增长", "growth"), "decline": ("下降", "decline"),
    "increment": ("新增", "increment"), "rank": ("位次", "rank"), "ratio": ("比率", "ratio"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Point:
    """A record with its number, and which of the places it is of."""

    record: Indicator
    year: int
    value: float
    place: int


def charts_html(records: Sequence[Indicator], language: Language) -> str:
    """A chart for each kind of figure among ``records`` (of one indicator), the fullest first."""
    places = list(dict.fromkeys(record.place for record in records))[:_PLACES]
    groups: dict[tuple[str, str], list[_Point]] = {}
    for record in records:
        read = _read(record)
        if read is not None and record.year is not None and record.place in places:
            value, unit = read
            point = _Point(record, record.year, value, places.index(record.place))
            groups.setdefault((record.measure, unit), []).append(point)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))[:_CHARTS]
    charts = "".join(_figure(measure, unit, points, places, language) for (measure, unit), points in ordered)
    return f'<div class="wz-figures wz-charts">{charts}</div>'


def _read(record: Indicator) -> tuple[float, str] | None:
    """The record's number (of a range its middle) without its scale word, and the bare unit; None for no number."""
    try:
        ends = [float(part) for part in record.value.split("-")]
    except ValueError:
        return None
    unit = record.unit
    scale = (
        "" if unit.startswith("百分") else max((word for word in SCALES if unit.startswith(word)), key=len)
    )
    return sum(ends) / len(ends) * SCALES[scale], unit.removeprefix(scale)


def _figure(measure: str, unit: str, points: list[_Point], places: list[str], language: Language) -> str:
    word = _MEASURES[measure][language == "en"]
    scale, factor = _scale(points)
    shown = f"{scale}{unit}"
    name = points[0].record.indicator
    title = f"{name} · {word} ({shown})" if language == "en" else f"{name} · {word}（{shown}）"
    keys = "".join(
        f'<span class="wz-key {status}">{say(language, f"status_{status}")}</span>'
        for status in ("actual", "target", "forecast", "ongoing")
        if any(point.record.status == status for point in points)
    )
    if len(places) > 1:
        keys += "".join(f'<span class="wz-key p{i}">{esc(place)}</span>' for i, place in enumerate(places))
    svg = _svg(points, factor, title, language)
    return f"<figure><figcaption>{esc(title)} {keys}</figcaption>{svg}</figure>"


def _svg(points: list[_Point], factor: float, title: str, language: Language) -> str:
    years = sorted({point.year for point in points})
    low, high, ticks = _axis([point.value / factor for point in points])

    def x(point: _Point) -> float:
        share = years.index(point.year) / (len(years) - 1) if len(years) > 1 else 0.5
        return _LEFT + _INSET + share * (_WIDTH - _LEFT - _RIGHT - 2 * _INSET)

    def y(value: float) -> float:
        return _TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    def at(point: _Point) -> tuple[float, float]:
        return x(point), y(point.value / factor)

    grid = "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        f'<text class="tick" x="{_LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        for tick in ticks
    )
    firsts = {point.year: point for point in points}
    axis = "".join(
        f'<text class="tick" x="{x(firsts[year]):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>'
        for year in years
    )
    lines = "".join(_line(points, place, at) for place in sorted({point.place for point in points}))
    marks = "".join(_mark(point, f"{point.value / factor:.10g}", *at(point), language) for point in points)
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="{esc(title)}">{grid}{axis}{lines}{marks}</svg>'


def _line(points: list[_Point], place: int, at: Callable[[_Point], tuple[float, float]]) -> str:
    """A line through the results of one place."""
    results: dict[int, _Point] = {}
    for point in points:
        # A year's exact figure says more than "more than 3 trillion" beside it.
        if (
            point.place == place
            and point.record.status == "actual"
            and (point.year not in results or not point.record.qualifier)
        ):
            results[point.year] = point
    path = " ".join("{:.1f},{:.1f}".format(*at(results[year])) for year in sorted(results))
    return f'<polyline class="p{place}" points="{path}"/>' if len(results) > 1 else ""


def _mark(point: _Point, number: str, x: float, y: float, language: Language) -> str:
    """A point that opens its clause, with its figure above."""
    record = point.record
    when = period_words(record.year, "ongoing" if record.status == "forecast" else record.status, language)
    label = f"{number} · {record.place} {when} {figure_words(record)}"
    shape = (
        f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" transform="rotate(45 {x:.1f} {y:.1f})"/>'
        if record.status == "target"
        else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
    )
    return (
        f'<a href="#wz-pane" class="{record.status} p{point.place}" aria-label="{esc(label)}" data-cite '
        f'data-report="{esc(record.report)}" data-start="{record.start}" data-end="{record.end}"><title>{esc(record.quote)}</title>'
        f'{shape}<text x="{x:.1f}" y="{y - 12:.1f}" text-anchor="middle">{esc(number)}</text></a>'
    )


def _scale(points: list[_Point]) -> tuple[str, float]:
    """The scale word in which the largest value reads well, and what it multiplies by."""
    largest = max(abs(point.value) for point in points)
    return next(((word, SCALES[word]) for word in ("亿", "万") if largest >= SCALES[word]), ("", 1))


def _axis(values: list[float]) -> tuple[float, float, list[float]]:
    """Lower end, upper end and ticks; the steps are 1, 2 or 5 times a power of ten."""
    low, high = min(values), max(values)
    reach = (high - low) or abs(high) or 1.0
    rough = reach * 1.4 / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = math.floor((low - reach * 0.2) / step)
    last = math.ceil((high + reach * 0.2) / step)
    return first * step, last * step, [tick * step for tick in range(first, last + 1)]
