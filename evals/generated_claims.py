"""Claims made from reports: true ones, and ones with exactly one thing changed.

What is expected of each follows from how it was made, so thousands can be
checked without a person's label. The same seed gives the same claims.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from opencc import OpenCC

from index.quantities import find_quantities
from rag.places import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.quantities import Quantity
    from index.types import Clause, Indicator, ParsedReport
    from rag.verdicts import DifferenceKind, Verdict

    Maker = Callable[[ParsedReport, Sequence[ParsedReport], random.Random], Iterator["GeneratedClaim"]]


@dataclass(frozen=True, slots=True)
class GeneratedClaim:
    """A claim on ``report`` with the verdict and kind of difference that its making implies.

    ``change`` names how it was made: "verbatim", "traditional", "figure", ...
    ``accepted`` are the verdicts that count as right, the expected one first.
    """

    text: str
    report: str
    change: str
    accepted: tuple[Verdict, ...]
    kind: DifferenceKind | None = None


_QUALIFIERS: Final = {
    "以上": ("左右", "以内", "以下"), "左右": ("以上", "以内"), "以内": ("以上", "左右"), "以下": ("以上",),
    "超过": ("不足", "约"), "不低于": ("不超过", "约"), "不超过": ("不低于",), "约": ("超过", "不超过"),
    "不少于": ("不超过",), "突破": ("不足",),
}  # fmt: skip
_PLACES: Final = "四川 贵州 云南 广东 浙江 江苏 湖北 湖南 陕西 河南 河北 山东 福建 安徽 江西 辽宁 吉林 甘肃 青海 海南".split()
_COMPASS: Final = {
    "东北": "东南",
    "东南": "东北",
    "西北": "西南",
    "西南": "西北",
    "东部": "西部",
    "西部": "东部",
    "南部": "北部",
    "北部": "南部",
}
_DONE: Final = {"力争": "已", "确保": "已", "争取": "已", "计划": "已", "拟": "已"}
_OPPOSITE: Final = {"增长": "下降", "提高": "降低", "增加": "减少", "下降": "增长", "上升": "下降"}
_ITEM: Final = re.compile(r"(?<=、)[\u4e00-\u9fff]{3,9}(?=、)")
_SHORT, _LONG = 14, 110
_NAME: Final = (4, 14)
_FOREIGN: Final = 0.4
_FULL_WIDTH: Final = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_PUNCTUATION: Final = str.maketrans("，；：（）", ",;:()")


def generate(reports: Sequence[ParsedReport], count: int, seed: int) -> list[GeneratedClaim]:
    """About ``count`` claims over ``reports``, each way of making them equally often per report."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    each = max(1, round(count / (len(reports) * len(_MAKERS))))
    claims: list[GeneratedClaim] = []
    for report in reports:
        others = [other for other in reports if other.report.place != report.report.place]
        for make in _MAKERS:
            made = make(report, others, chance)
            claims.extend(claim for _, claim in zip(range(each), made, strict=False))
    return claims


def _claims(report: ParsedReport, chance: random.Random) -> Iterator[Clause]:
    """Clauses of moderate length in random order."""
    fitting = [c for c in report.clauses if _SHORT <= len(c.text) <= _LONG and "？" not in c.text]
    yield from chance.sample(fitting, len(fitting))


def _records(report: ParsedReport, chance: random.Random) -> Iterator[Indicator]:
    """Records with a year and a telling name in random order."""
    fitting = [
        r for r in report.indicators
        if r.year and r.status in {"actual", "target"} and r.measure != "rank" and _NAME[0] <= len(r.indicator) <= _NAME[1]
        and not re.search(r"[\d“”]", r.indicator) and r.unit not in {":1", ""}
    ]  # fmt: skip
    yield from chance.sample(fitting, len(fitting))


def _bare(clause: Clause) -> str:
    return clause.text.strip().rstrip("。；;！!")


def _supported(change: str, rewrite: Callable[[str], str]) -> Maker:
    def make(
        report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
    ) -> Iterator[GeneratedClaim]:
        for clause in _claims(report, chance):
            yield GeneratedClaim(rewrite(_bare(clause)), report.report.id, change, ("supported",))

    return make


def _prefixed(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        if _plain_quote(record, report):
            text = f"{record.year}年{short_name(report.report.place)}{record.quote}"
            yield GeneratedClaim(text, report.report.id, "prefixed", ("supported",))


def _template(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        text = _said(record, report, record.status)
        yield GeneratedClaim(text, report.report.id, "template", ("supported",))


def _changed_figure(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for clause in _claims(report, chance):
        text = _bare(clause)
        figures = [q for q in find_quantities(text) if _can_change(q)]
        if figures:
            q = chance.choice(figures)
            changed = text[: q.start] + _other_value(q, chance) + text[q.end :]
            yield GeneratedClaim(changed, report.report.id, "figure", ("refuted",), "figure")


def _template_figure(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        text = _said(record, report, record.status)
        figures = [q for q in find_quantities(text) if _can_change(q)]
        if figures and not _ambiguous(record, report):
            q = figures[-1]
            changed = text[: q.start] + _other_value(q, chance) + text[q.end :]
            yield GeneratedClaim(changed, report.report.id, "template figure", ("refuted",), "figure")


def _changed_year(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        if _plain_quote(record, report) and record.year and not _ambiguous(record, report):
            year = record.year + chance.choice((-2, -1, 1))
            if any(_same_figure(record, r) and r.year == year for r in report.indicators):
                continue
            text = f"{year}年{short_name(report.report.place)}{record.quote}"
            yield GeneratedClaim(text, report.report.id, "year", ("refuted",), "year")


def _changed_inner_year(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for clause in _claims(report, chance):
        text = _bare(clause)
        years = [
            q for q in find_quantities(text) if q.kind == "year" and q.high is None and q.text[:4].isdecimal()
        ]
        if years and "政府工作报告" not in text:
            q = chance.choice(years)
            changed = text[: q.start] + str(int(q.value) + chance.choice((-1, 1, 2))) + text[q.start + 4 :]
            yield GeneratedClaim(changed, report.report.id, "inner year", ("refuted",), "year")


def _changed_status(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        other = "actual" if record.status == "target" else "target"
        if not _ambiguous(record, report):
            text = _said(record, report, other)
            yield GeneratedClaim(text, report.report.id, "status", ("refuted",), "status")


def _changed_mood(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for clause in _claims(report, chance):
        text = _bare(clause)
        word = next((word for word in _DONE if word in text), None)
        if word and clause.period.status == "target":
            changed = text.replace(word, _DONE[word], 1)
            yield GeneratedClaim(changed, report.report.id, "mood", ("refuted", "partly_supported"), "status")


def _changed_qualifier(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for clause in _claims(report, chance):
        text = _bare(clause)
        found = [
            (m.start(), word)
            for q in find_quantities(text) if q.kind == "amount" and q.unit
            for word in _QUALIFIERS
            for m in [re.compile(word).match(text, q.end) or re.compile(f"{word}$").search(text[: q.start])] if m
        ]  # fmt: skip
        if found:
            at, word = chance.choice(found)
            changed = text[:at] + chance.choice(_QUALIFIERS[word]) + text[at + len(word) :]
            yield GeneratedClaim(changed, report.report.id, "qualifier", ("refuted",), "qualifier")


def _dropped_qualifier(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        if record.qualifier in {"以上", "左右", "以内"} and _plain_quote(record, report):
            text = f"{record.year}年{record.quote.replace(record.qualifier, '')}"
            yield GeneratedClaim(
                text, report.report.id, "qualifier dropped", ("partly_supported", "refuted"), "qualifier"
            )


def _changed_place(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for clause in _claims(report, chance):
        text = _bare(clause)
        named = [name for name in (*_COMPASS, *_PLACES) if name in text]
        if named:
            name = chance.choice(named)
            other = _COMPASS.get(name) or chance.choice([p for p in _PLACES if p not in text])
            changed = text.replace(name, other, 1)
            yield GeneratedClaim(changed, report.report.id, "place", ("refuted",), "place")


def _other_subject(
    report: ParsedReport, others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        if _plain_quote(record, report):
            place = short_name(chance.choice(others).report.place)
            if place not in record.quote and place != "全国":
                text = f"{record.year}年{place}{record.quote}"
                yield GeneratedClaim(
                    text, report.report.id, "other place", ("refuted", "not_enough_info"), "place"
                )


def _changed_entity(
    report: ParsedReport, others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    pool = [
        item
        for other in chance.sample(list(others), 2)
        for c in other.clauses
        for item in _ITEM.findall(c.text)
    ]
    for clause in _claims(report, chance):
        text = _bare(clause)
        items = list(_ITEM.finditer(text))
        if items and pool:
            m = chance.choice(items)
            other = chance.choice(pool)
            if other not in report.report.text:
                changed = text[: m.start()] + other + text[m.end() :]
                yield GeneratedClaim(changed, report.report.id, "entity", ("refuted",), "entity")


def _changed_direction(
    report: ParsedReport, _others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    for record in _records(report, chance):
        word = next((word for word in _OPPOSITE if word in record.quote), None)
        if word and _plain_quote(record, report) and record.quote.count(word) == 1:
            text = record.quote.replace(word, _OPPOSITE[word])
            yield GeneratedClaim(
                f"{record.year}年{text}", report.report.id, "direction", ("refuted",), "wording"
            )


def _foreign(
    report: ParsedReport, others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    """Clauses of other reports that share little with any of this one."""
    own = [_pairs(clause.text) for clause in report.clauses]
    for _ in range(60):
        other = chance.choice(others)
        clause = next(_claims(other, chance))
        pairs = _pairs(_bare(clause))
        name = short_name(other.report.place)
        if name not in clause.text and max(len(pairs & one) for one in own) < _FOREIGN * len(pairs):
            yield GeneratedClaim(_bare(clause), report.report.id, "foreign", ("not_enough_info",))


def _foreign_record(
    report: ParsedReport, others: Sequence[ParsedReport], chance: random.Random
) -> Iterator[GeneratedClaim]:
    """Figures of indicators that this report does not name."""
    for _ in range(60):
        other = chance.choice(others)
        record = next(_records(other, chance), None)
        if record and not any(part in report.report.text for part in _thirds(record.indicator)):
            text = _said(record, report, record.status)
            yield GeneratedClaim(text, report.report.id, "foreign record", ("not_enough_info",))


def _said(record: Indicator, report: ParsedReport, status: str) -> str:
    """A record in a sentence of our own, as a result or as a goal."""
    figure = f"{record.value.replace('-', '—')}{record.unit}"
    after = record.qualifier in {"以上", "以下", "以内", "左右"}
    figure = figure + record.qualifier if after else record.qualifier + figure
    verb = {"growth": "增长", "decline": "下降"}.get(record.measure, "")
    name = f"{record.year}年{short_name(report.report.place)}{record.indicator}"
    if status == "target":
        return f"{name}{verb}的目标是{figure}"
    return f"{name}实际{verb or '达到'}{figure}"


def _plain_quote(record: Indicator, report: ParsedReport) -> bool:
    """Whether a record's quote is a sentence of its own with one figure and no time."""
    figures = [q for q in find_quantities(record.quote) if q.kind in {"amount", "year", "date"}]
    clause = report.clauses[record.clause]
    return (
        len(figures) == 1
        and len(record.quote) >= 8  # noqa: PLR2004
        and not re.search(r"今年|去年|上年|年末|年底|[“”]|五年", record.quote)
        and clause.period.year == record.year
    )


def _ambiguous(record: Indicator, report: ParsedReport) -> bool:
    """Whether the report has other figures of an indicator with this name."""
    same = [
        r for r in report.indicators if r.indicator == record.indicator and r.unit[-1:] == record.unit[-1:]
    ]
    return len({(r.year, r.status, r.value) for r in same}) > 1


def _same_figure(a: Indicator, b: Indicator) -> bool:
    return (a.indicator, a.value, a.unit) == (b.indicator, b.value, b.unit)


def _can_change(q: Quantity) -> bool:
    return (
        q.kind == "amount"
        and q.high is None
        and bool(q.unit)
        and bool(re.match(r"\d", q.text))
        and q.unit != "位"
    )


def _other_value(q: Quantity, chance: random.Random) -> str:
    """The figure with another value, as many decimals, and not a rounding of it."""
    match = re.match(r"\d[\d,]*(?:\.\d+)?", q.text)
    assert match is not None
    old = Decimal(match[0].replace(",", ""))
    step = Decimal(1).scaleb(old.as_tuple().exponent)  # type: ignore[arg-type]
    new = (old * Decimal(chance.choice(("0.7", "0.85", "0.9", "1.1", "1.15", "1.3")))).quantize(step)
    if new == old:
        new = old + step * chance.choice((1, 2, 3))
    return f"{new}{q.text[match.end() :]}"


def _pairs(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", text)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def _thirds(text: str) -> list[str]:
    return [text[i : i + 3] for i in range(len(text) - 2)]


def _spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\da-zA-Z])|(?<=[\d%a-zA-Z])(?=[\u4e00-\u9fff])", " ", text)


_TRADITIONAL: Final = OpenCC("s2t")
_MAKERS: Final = (
    _supported("verbatim", lambda text: text),
    _supported("punctuation", lambda text: text.translate(_PUNCTUATION) + "."),
    _supported("full width", lambda text: text.translate(_FULL_WIDTH)),
    _supported("spaces", _spaced),
    _supported("traditional", _TRADITIONAL.convert),
    _prefixed,
    _template,
    _changed_figure,
    _template_figure,
    _changed_year,
    _changed_inner_year,
    _changed_status,
    _changed_mood,
    _changed_qualifier,
    _dropped_qualifier,
    _changed_place,
    _other_subject,
    _changed_entity,
    _changed_direction,
    _foreign,
    _foreign_record,
)
