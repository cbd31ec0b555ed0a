"""A claim against the words of the reports: exact wording, the nearest words, the same in another order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import words
from index.units import compatible
from rag.check_align import align, covered
from rag.check_comparison import compares_something
from rag.check_elsewhere import is_of_another_number
from rag.check_kinds import LEAVES, compare_figures, opposed
from rag.check_reading import Finding, Place, time_conflict
from rag.check_reports import best_windows
from rag.check_text import compact, masked, plain
from rag.everyday import in_official_names
from rag.verdicts import Difference

if TYPE_CHECKING:
    from rag.check_align import Alignment
    from rag.check_reading import Reading
    from rag.check_reports import ReportText, Window
    from rag.verdicts import Verdict

_WINDOWS: Final = 6
_NEAR: Final = 0.72
_FULL: Final = 0.9
_STRICT: Final = 0.6
# Of a short claim more must stand in the official words: a few shared words prove nothing.
_ANCHORED: Final = 12
_NEAR_SHORT: Final = 0.75
_STRICT_SHORT: Final = 0.62
_STRICT_FIGURES: Final = 0.75
_MIN_WORDING: Final = 6
# What shares fewer signs than this speaks of something else.
_SHORTEST: Final = 5
# A claim of this length that skips a part of the sentence is a quotation with an omission.
_LONG: Final = 30
_DENIAL: Final = re.compile(r"没有|没能|并未|尚未|未能|从未|未曾|并不|不再|不会|不是|并非|(?<!从)不存在")
_DENIES_AT_ALL: Final = re.compile("[未没不无非]")
_PREDICATE: Final = 4
_COMPACT: Final = 4
_AROUND: Final = 2
_STANDS: Final = 6
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十\d]+[^\d，。、]")
_TOLD: Final = 0.78
_TOLD_WITH_FIGURES: Final = 0.6
_PREFIX: Final = re.compile(
    r"^(?:(?:根据|按照|据)?(?:\d{4}年)?[^，。]{0,8}?(?:政府工作)?报告(?:中|里)?(?:中?谈到?[^，。]{1,8}时)?(?:明确|坦率地?)?(?:提出|指出|显示|提到|强调|要求|承认|坦承|表示|介绍|披露|写道|称|说)?[，：:]?)"
)


def exact(reading: Reading, wording: str, prefix: str) -> Finding | None:
    """Supported where ``wording`` stands in a report word for word; ``prefix`` is what of the claim stood before it."""
    bare = compact(plain(wording)).text
    for report in reading.reports:
        for at in report.find(bare):
            clause = report.clause_at(at[0])
            if not prefix or not time_conflict(reading, prefix, clause.period, report, clause.text):
                return Finding(
                    "supported", (Place(report, clause, *at),), confidence=0.99 if not prefix else 0.97
                )
    return None


def without_prefix(reading: Reading) -> str:
    """The claim without the source, place and time in front; "" if nothing or too little is left."""
    bare = reading.text
    for _ in range(3):
        bare = _PREFIX.sub("", bare)
        bare = re.sub(r"^(?:今年|去年|上年|(?:19|20)\d\d年)[，,]?", "", bare)
        bare = re.sub(rf"^(?:{reading.own.pattern})(?:的|[，,])?", "", bare)
    return bare if _MIN_WORDING <= len(bare) < len(reading.text) else ""


def without_source(text: str) -> str:
    """``text`` without the words in front that say in which report it stands."""
    bare = _PREFIX.sub("", text)
    return bare if len(bare) >= _MIN_WORDING else text


def laid_beside(reading: Reading) -> Finding | None:
    """What the nearest official words show; None where none is near."""
    # In which report something stands is no part of it, and its own words say the same as the official ones.
    text = without_source(reading.text)
    found = []
    for said in dict.fromkeys((text, in_official_names(text))):
        signs = masked(reading.home.sub("", said)).text
        for report, window in best_windows(reading.reports, signs, _WINDOWS):
            alignment = align(said, window.text, reading.home)
            one = _of_alignment(reading, report, window, alignment)
            if one is not None and not _is_renamed(one, text) and not _stands_elsewhere(one, said, report):
                found.append((one, alignment.cover))
    if not found:
        return None
    best, cover = min(
        found, key=lambda pair: (_RANKS[pair[0].verdict], -round(pair[1], 1), severity(pair[0]))
    )
    # Only what says all of the claim bears it out at another place.
    return (_at_its_time(reading, best) if cover >= _FULL else None) or best


def _is_renamed(found: Finding, text: str) -> bool:
    """Whether a name differs only by the official one that took its place: the claim itself says 经济 where the report does."""
    return any(
        one.kind == "entity" and one.official in text and one.stated not in text for one in found.differences
    )


def _stands_elsewhere(found: Finding, said: str, report: ReportText) -> bool:
    """Whether a name that the window has otherwise stands in the report with the words that ``said`` has around it: 国家节水型城市."""
    names = [one.stated for one in found.differences if one.kind == "entity" and said.count(one.stated) == 1]
    around = (said[max(0, (at := said.find(name)) - _AROUND) : at + len(name) + _AROUND] for name in names)
    return any(len(words) >= _STANDS and next(report.find(words), None) is not None for words in around)


def _at_its_time(reading: Reading, found: Finding) -> Finding | None:
    """Supported where only the time speaks against a claim and the same words also stand under its own time."""
    if found.verdict != "refuted" or not {one.kind for one in found.differences} <= {"year", "status"}:
        return None
    place = found.places[0]
    wording = place.report.parsed.report.text[place.start : place.end]
    # What compares two years says more than the figure of one.
    compares = compares_something(reading.text) and not compares_something(wording)
    return None if compares else exact(reading, wording, reading.text)


def told_otherwise(reading: Reading) -> Finding | None:
    """Supported where one place of a report holds the claim's figures and content in another order.

    Refuted where it does, and the claim denies it.
    """
    signs = masked(reading.home.sub("", reading.text)).text
    found = (_told(reading, *pair) for pair in best_windows(reading.reports, signs, _WINDOWS))
    return max((one for one in found if one is not None), key=lambda one: one.confidence, default=None)


def _told(reading: Reading, report: ReportText, window: Window) -> Finding | None:
    """What one window says of a claim in other words; None where it does not say the same."""
    figures = amounts(reading.text)
    share = covered(_DENIAL.sub("", reading.text), window.text, reading.own)
    alignment = align(reading.text, window.text, reading.home)
    if (
        len(window.text) > _COMPACT * len(reading.text)
        or alignment.apart
        or _elsewhere(alignment, window.text)
        or _other_number(reading.text, window.text)
        or (figures and opposed(reading.text, window.text))
        or (figures and "分别" in window.text)
        or share < (_TOLD_WITH_FIGURES if figures else _TOLD)
        or not _figures_held(reading.text, window.text)
        or time_conflict(reading, reading.text, window.clause.period, report, window.text)
        or any(one.kind in {"status", "place", "entity"} for one in alignment.differences)
    ):
        return None
    place = Place(report, window.clause, *window.span(0, len(window.text)))
    denied = _DENIAL.search(reading.text)
    if denied and LEAVES.search(window.text):
        return None  # 不再列为 is what 调出 means
    if denied and not _DENIES_AT_ALL.search(window.text):
        return Finding("refuted", (place,), (Difference("wording", denied[0], window.text),), "", 0.6 * share)
    if any(one.kind == "wording" for one in alignment.differences):
        return None
    return Finding("supported", (place,), confidence=0.75 * share)


def _elsewhere(alignment: Alignment, official: str) -> bool:
    """Whether words of the claim stand in another part of the official sentence, and so may be said of another thing."""
    parts = [part for part in alignment.extra if len(part) >= _PREDICATE and not re.search(r"\d", part)]
    return "，" in official.rstrip("，；。") and any(part in official for part in parts)


def _other_number(text: str, official: str) -> bool:
    """Whether the claim numbers a thing of a kind that the official words number otherwise: 第四航站楼."""
    return any(ordinal[0] not in official for ordinal in _ORDINAL.finditer(text))


def amounts(text: str) -> int:
    """How many statistics a text holds."""
    return sum(q.kind == "amount" and bool(q.unit) for q in find_quantities(text))


def _figures_held(text: str, official: str) -> bool:
    """Whether each statistic of ``text`` stands in the ``official`` words, or follows from one there."""
    have = [q for q in find_quantities(official) if q.kind == "amount"]
    return all(
        any(compatible(q.unit, other.unit) and compare_figures(q, other, "", "") is None for other in have)
        for q in find_quantities(text)
        if q.kind == "amount"
    )


def severity(found: Finding) -> int:
    """How much a finding faults a claim with: a qualifier less than anything else."""
    return sum(1 if one.kind == "qualifier" else 2 for one in found.differences)


_RANKS: Final = {"supported": 0, "partly_supported": 1, "refuted": 2, "not_enough_info": 3}


def _is_near(alignment: Alignment) -> bool:
    """Whether enough of a claim stands in the official words for them to be about the same."""
    if alignment.matched < _ANCHORED:
        return alignment.cover >= _NEAR_SHORT and alignment.strict >= _STRICT_SHORT
    return alignment.cover >= _NEAR and alignment.strict >= _STRICT


def _same_fact(alignment: Alignment, times: tuple[Difference, ...]) -> bool:
    """Whether another figure is another value of the same thing, and not the figure of something else."""
    short = alignment.matched < _ANCHORED
    if any(one.kind == "year" for one in (*alignment.differences, *times)):
        return not short and alignment.strict >= _FULL
    return not short or alignment.strict >= _STRICT_FIGURES


_DONE_TO_IT: Final = re.compile(r"[将会要]|有所|得到|进行|加以|予以")


def _is_moved(difference: Difference, claim: str, official: str) -> bool:
    """Whether what is done, and not to what, only stands in another order: 调整政策，优化使用 for 政策有调整，使用会优化."""
    sides = [
        [word for word in words(side) if len(word) > 1] for side in (difference.stated, difference.official)
    ]
    return (
        difference.kind == "entity"
        and all(sides)
        and _DONE_TO_IT.search(difference.stated) is not None
        and all(word in official for word in sides[0])
        and all(word in claim for word in sides[1])
    )


def _of_alignment(
    reading: Reading, report: ReportText, window: Window, alignment: Alignment
) -> Finding | None:
    in_list = alignment.paired and "分别" in window.text and "分别" not in reading.text
    of_another = is_of_another_number(reading.text, window.text)
    if in_list or of_another or not _is_near(alignment) or alignment.matched < _SHORTEST:
        # Which figure of a list is whose is for the ledger to say.
        return None
    start, end = window.span(alignment.start, alignment.end)
    place = Place(report, window.clause, start, end)
    times = time_conflict(reading, alignment.leftover, window.clause.period, report, window.text)
    told = tuple(one for one in alignment.differences if not _is_moved(one, reading.text, window.clause.text))
    differences = (*told, *times)
    if any(one.kind == "figure" for one in differences) and not _same_fact(alignment, times):
        return None
    if reading.query.language == "en" and {one.kind for one in differences} == {"entity"}:
        return None  # 迁徙鸟类 for 候鸟: the other name may be the translator's
    if not differences:
        vague = alignment.apart and alignment.matched < _LONG
        if alignment.cover < _FULL or alignment.loose or alignment.matched < _MIN_WORDING or vague:
            return None
        return Finding("supported", (place,), confidence=0.6 + 0.35 * alignment.cover)
    verdict: Verdict = "partly_supported" if alignment.partly and not times else "refuted"
    return Finding(verdict, (place,), differences, "", 0.5 + 0.4 * alignment.cover)
