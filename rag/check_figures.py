"""The figures of a claim beside those of an official wording: which are held, which are other ones, which have no counterpart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import nouns, words
from index.units import COUNTERS, compatible
from rag.check_changes import other_end
from rag.check_derived import derived
from rag.check_kinds import holds, only_one_moves, opposed
from rag.check_lists import beyond_bound
from rag.check_vague import in_figures
from rag.everyday import in_official_names
from rag.figures import figure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.quantities import Quantity
    from rag.check_reading import Reading
    from rag.check_reports import ReportText

    Idf = Callable[[list[str]], Mapping[str, float]]

_COUNTERS: Final = frozenset(COUNTERS.split())
_PEOPLE: Final = frozenset({"人", "名"})
_RATES: Final = frozenset({"%", "个百分点"})
# A record whose name stands in the claim so much better than another's owns the figure.
_OWNS: Final = 0.25
_NAMED: Final = 0.5
_ONE_SIZE: Final = 5
_VERB: Final = 3
_SCALES: Final = ("万", "亿")
_OF_PEOPLE: Final = re.compile(r"(?:用户|人[数口员次]|居民|学生|职工|农民|游客|党员|患者)[^，。；\d]{0,6}$")
# Names of no thing of its own.
_GENERAL: Final = frozenset(
    "全国 全市 全省 全球 世界 同比 总量 总额 规模 数量 比重 金额 出口 进口 目标 任务".split()
)
_FAR_MORE: Final = 2
_NO_CHANCE: Final = 3
# The figures before it in a list: 分别增长8.5%、20.6%.
_LISTED: Final = re.compile(r"(?:\d[\d.]*(?:%|个百分点)?(?:、|和|以及))+$")
# What a figure counts follows it, or stands before 一共.
_COUNTED: Final = re.compile(r"[\u4e00-\u9fff]{3,}")
_COUNTED_BEFORE: Final = re.compile(r"(?:一共|总共|共计?|有|达到?|为|是)$")
_NOUN: Final = 4
_LONGEST: Final = 10
_UP_TO: Final = frozenset("到至")  # 提高到100% is a level
_CHANGE: Final = re.compile(r"[增降涨跌升]|减少|提高")
_MOVES: Final = re.compile(
    r"[增降涨跌升翻]|减少|提高|加快|放缓|回落|比|\b(?:gr[eo]w\w*|r[io]se\w*|f[ae]ll\w*|up|down|increas\w+|decreas\w+|declin\w+|"
    r"cut|rais\w+|drop\w*|jump\w*|climb\w*|expand\w*|high\w*|low\w*|more|less|slow\w*|fast\w*|pace|rate)\b",
    re.IGNORECASE,
)
# What is of a part has no rival in the whole: 其中7条, 1500亿元国债里，有250亿元.
_PART_OF: Final = re.compile(
    r"其中[^，。；\d]*$|[里中][，,]?(?:有|约|近|就有)[^，。；\d]{0,4}$|\bof which\b[^.;\d]*$", re.IGNORECASE
)
# Of an age group is not of all.
_AGE: Final = re.compile(r"\d(?:周)?岁|\bage[sd]?\b (?:\w+ )?\d|\d[- ]years?[- ]olds?\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PART: Final = re.compile(r"[^，；。;]+?(?:,(?!\d)|[，；。;]|$)")
_CAME_TO: Final = re.compile(r"(?:达到?|来?到|为)(?=[\d一二三四五六七八九十])")


def share_of(terms: Sequence[str], text: str, idf: Idf) -> float:
    """Share of the weight of ``terms`` that stands in ``text``, by sign where a word does not; 1 for no terms."""
    if not terms:
        return 1.0
    weights = idf(sorted(set(terms)))
    total = sum(weights[term] for term in terms)
    signs = set(text)
    have = sum(
        weights[term] * (1.0 if term in text else 0.5 * sum(sign in signs for sign in term) / len(term))
        for term in terms
    )
    return have / total if total else 1.0


def figures_of(
    reading: Reading, report: ReportText, number: int, official: str, idf: Idf
) -> tuple[bool, bool, bool, tuple[tuple[str, str], ...]]:
    """Whether all figures of the claim are held, one is another, one has no counterpart; and which differ."""
    said = reading.claim.text if reading.query.language == "en" else reading.text
    stated = [q for q in find_quantities(in_figures(said)) if q.kind == "amount"]
    if not stated:
        beyond = beyond_bound(said, in_figures(official))
        return False, beyond is not None, False, (beyond,) if beyond else ()
    told = find_quantities(in_figures(official))
    have = [q for q in told if q.kind == "amount"]
    # 55Eflops is read as a name in Chinese, and not in English.
    worked_out = derived(in_figures(said), in_figures(official))
    follow = worked_out + [q for q in told if q.kind == "code"]
    owned = _owned(reading, report, number, idf)
    held, absent = 0, False
    differing = []
    growing = _MOVES.search(in_figures(said)) is not None
    elsewhen = _of_another_year(in_figures(said), report.parsed.clauses[number].period.year)
    for one in stated:
        if any(start <= one.start < end for start, end in elsewhen):
            absent = True
            continue
        # What another figure of the claim gives is not to be given by this one.
        others = [other for other in stated if other is not one]
        owner = _owner(one, [pair for pair in owned if not any(holds(other, pair[1]) for other in others)])
        same = [owner] if owner else [q for q in have if compatible(_bare_unit(one), _bare_unit(q))]
        same = [q for q in same if not only_one_moves(one, in_figures(said), q, in_figures(official))]
        if _PART_OF.search(in_figures(said)[: one.start]) and "其中" not in official:
            same = [q for q in same if holds(one, q)]
        rivals = [
            q
            for q in same
            if (_rivals(one, q) or _counts_the_same(one, in_figures(said), q, in_figures(official)))
            and (growing or not _is_change(q, in_figures(official)))
        ]
        rivals = [
            q for q in rivals if not _is_of_another(q, owned) and not _is_class(one, q, in_figures(official))
        ]
        rivals = [q for q in rivals if not any(holds(other, q) for other in others)]
        rivals = [] if _AGE.search(said) and not _AGE.search(official) else rivals
        rivals = [
            q
            for q in rivals
            if owner
            or not (
                _is_in_another_part(q, one, in_figures(reading.text), in_figures(official))
                or _is_of_nothing_told(q, in_figures(reading.text), in_figures(official))
            )
        ]
        agreeing = [q for q in same if holds(one, q) and (growing or not _is_change(q, in_figures(official)))]
        turned = [q for q in agreeing if opposed(_told_of(reading.text, one), _part(official, q))]
        if (len(turned) < len(agreeing)) or (not turned and any(holds(one, q) for q in follow)):
            held += 1
        elif turned:
            differing.append((_said(one), _part(official, turned[0])))
        elif (twin := next((q for q in have if in_another_unit(one, q)), None)) is not None:
            differing.append((_said(one), _said(twin)))
        elif rivals or (rivals := [q for q in worked_out if q.unit == one.unit]):
            differing.append((_said(one), _said(min(rivals, key=lambda q: abs(q.value - one.value)))))
        else:
            absent = True
    turned_out = other_end(in_figures(said), in_figures(official)) or beyond_bound(
        in_figures(said), in_figures(official)
    )
    if turned_out is not None:
        return False, True, absent, (turned_out, *differing)
    return held == len(stated), bool(differing), absent, tuple(differing)


def _of_another_year(text: str, year: int | None) -> list[tuple[int, int]]:
    """The parts of ``text`` that name another year than ``year``, where a part of its own names that one."""
    parts = [(match.start(), match.end(), set(_YEAR.findall(match[0]))) for match in _PART.finditer(text)]
    if not any(named == {str(year)} for _, _, named in parts):
        return []
    return [(start, end) for start, end, named in parts if named and str(year) not in named]


def _rivals(stated: Quantity, other: Quantity) -> bool:
    """Whether two figures may be of the same thing: in one unit or, where an English one has none, of one size."""
    if stated.unit:
        units = {_bare_unit(other), _bare_unit(stated)}
        return len(units) == 1 or units <= _PEOPLE
    low, high = sorted((abs(stated.value), abs(other.value)))
    return low * _ONE_SIZE >= high


def _counts_the_same(stated: Quantity, said: str, other: Quantity, official: str) -> bool:
    """Whether two figures count one thing by other counters, or without one: 100万名困境儿童, 13万困境儿童; 实验室五家, 4个实验室."""
    units = {_bare_unit(stated), _bare_unit(other)}
    if not units <= {*_COUNTERS, ""}:
        return False
    of_people = not other.unit and stated.unit in _PEOPLE and other.text.endswith(_SCALES)
    if of_people and _OF_PEOPLE.search(official[: official.find(other.text)]):
        return True  # 日活跃用户达到43万
    counted = _COUNTED.match(official, other.end)
    if counted is None:
        return False
    mine = _COUNTED.match(said, stated.end)
    alike = mine is not None and mine[0][:_NOUN] == counted[0][:_NOUN]
    short = len(counted[0]) <= _LONGEST and _COUNTED_BEFORE.search(said[: stated.start]) is not None
    return alike or (short and counted[0] in said[: stated.start])


def in_another_unit(stated: Quantity, other: Quantity) -> bool:
    """Whether two figures have the same digits, too many for chance, in units that do not go together: 4753万元, 4753万吨."""
    digits = len(stated.value.normalize().as_tuple().digits)
    if not (stated.unit and other.unit) or compatible(_bare_unit(stated), _bare_unit(other)):
        return False
    return stated.value == other.value and digits >= _NO_CHANCE


def _is_class(stated: Quantity, other: Quantity, official: str) -> bool:
    """Whether a figure of the official wording is the least of its class, and the stated one in it: 50亿元级以上项目."""
    return official.startswith("级", other.end) and stated.value >= other.value


def _is_change(figure: Quantity, official: str) -> bool:
    """Whether a rate of the official wording tells how much something grew or fell."""
    before = _LISTED.sub("", official[: official.find(figure.text)])[-_VERB:]
    return figure.unit in _RATES and _CHANGE.search(before) is not None and before[-1:] not in _UP_TO


def _part(official: str, figure: Quantity) -> str:
    """The part of the official wording, between commas, in which a figure of it stands; all for one from a record.

    Of 分别增长43.9%、50.5%和0.9% all of the run, so that it says which way.
    """
    at = official.find(figure.text)
    for stops in ("[^，；。、]+", "[^，；。]+"):
        part = next((m for m in re.finditer(stops, official) if m.start() <= at < m.end()), None)
        if part is not None and ("、" not in stops or part.start() == 0 or not _LISTED.search(official[:at])):
            return part[0]
    return official


def _told_of(text: str, figure: Quantity) -> str:
    """The part of ``text`` in which a figure stands, with the one before it where that says what came to it: 不降反升，达到30."""
    part = _part(text, figure)
    before = re.split(r"[，；。]", text[: text.find(part)].rstrip("，；。"))[-1] if part in text else ""
    return f"{before}，{part}" if _CAME_TO.match(part) else part


def _owned(reading: Reading, report: ReportText, number: int, idf: Idf) -> list[tuple[float, Quantity]]:
    """The clause's figures with the share of their indicator's name that stands in the claim."""
    found = []
    named = f"{reading.text}\n{in_official_names(reading.text)}"
    for record in report.parsed.indicators:
        figure = figure_of(record) if record.clause == number else None
        if figure is not None:
            found.append((share_of(words(record.indicator), named, idf), figure))
    return found


def _is_in_another_part(figure: Quantity, stated: Quantity, said: str, official: str) -> bool:
    """Whether a figure stands in a part of the official wording on another thing than the claim's, which another part with a figure names.

    “新三样”出口增长1倍，……外贸进出口7137.4亿元: the latter is no figure of the former.
    """
    at = official.find(figure.text)
    own = _part(said, stated)
    things = [noun for noun in nouns(own) if len(noun) > 1 and noun not in _GENERAL]
    parts = [match for match in _PART.finditer(official) if match[0].strip("，；。; ")]
    spoken, mine, here = 0, None, ""
    for part in parts:
        named = {noun for noun in nouns(part[0]) if len(noun) > 1} - _GENERAL
        # 同比增长5% goes on with the part before it.
        spoken = sum(len(one) for one in things if one in part[0]) if named or mine is None else spoken
        if part.start() <= at < part.end():
            mine, here = spoken, part[0]
    best = max(parts, key=lambda part: sum(len(one) for one in things if one in part[0]), default=None)
    if best is None or mine is None or any(one in here and one not in best[0] for one in things):
        return False
    most = sum(len(one) for one in things if one in best[0])
    counted = any(one.kind == "amount" for one in find_quantities(best[0]))
    return most >= mine + _FAR_MORE and counted and not best.start() <= at < best.end()


def _is_of_nothing_told(figure: Quantity, said: str, official: str) -> bool:
    """Whether a figure stands in a part of the official wording that names things, none of which the claim speaks of in its own words or the report's.

    新能源汽车产量达到50万辆 beside 某系列持续热销: no figure of a claim on that series.
    """
    named = {noun for noun in nouns(_part(official, figure)) if len(noun) > 1} - _GENERAL
    told = f"{said}\n{in_official_names(said)}"
    spoken = {word for word in words(told) if len(word) > 1}
    alike = any(noun in told or any(word in noun for word in spoken) for noun in named)
    own = {noun for noun in nouns(said) if len(noun) > 1} - _GENERAL
    return bool(named and own) and not alike


def _is_of_another(figure: Quantity, owned: Iterable[tuple[float, Quantity]]) -> bool:
    """Whether a figure is that of an indicator of whose name the claim has nothing."""
    fits = [fit for fit, q in owned if (q.value, q.unit) == (figure.value, figure.unit)]
    return bool(fits) and max(fits) <= 0


def _owner(stated: Quantity, owned: Iterable[tuple[float, Quantity]]) -> Quantity | None:
    """The figure whose indicator the claim names, where it names that much better than those that agree."""
    ranked = sorted(owned, key=lambda pair: -pair[0])
    agreeing = [fit for fit, q in ranked if compatible(stated.unit, q.unit) and holds(stated, q)]
    if not agreeing or ranked[0][0] < _NAMED:
        return None
    alike = [(fit, q) for fit, q in ranked if compatible(stated.unit, q.unit)]
    if alike[0][0] > agreeing[0] + _OWNS:
        return alike[0][1]
    # Another unit is another thing that is counted, so the names must be further apart; one counter tells what is counted
    # from another: 20个国家的419家企业.
    if {_bare_unit(stated), _bare_unit(ranked[0][1])} <= _COUNTERS:
        return None
    return ranked[0][1] if ranked[0][0] > agreeing[0] + 2 * _OWNS else None


def _bare_unit(figure: Quantity) -> str:
    """The unit without what stands beside it in brackets, as 套（间）, and money without that for which it is paid: 元/月."""
    return re.sub(r"[（(].*|(?<=元)/.*", "", figure.unit)


def _said(figure: Quantity) -> str:
    after = {"以上", "以下", "以内", "左右"}
    if figure.qualifier in after:
        return figure.text + figure.qualifier
    return figure.text if figure.text.startswith(figure.qualifier) else figure.qualifier + figure.text
