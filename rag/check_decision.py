"""The verdict on a claim from all that was found of it: its words, its records, its meaning, and what a model makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from rag.check_added import adds_to
from rag.check_comparison import compares_something
from rag.check_edition import other_edition
from rag.check_elsewhere import other_site
from rag.check_exchange import another_is_it, other_degree, other_number
from rag.check_extreme import other_extreme
from rag.check_kinds import opposed, other_scale
from rag.check_lists import other_item, paired_otherwise
from rag.check_meaning import DENIAL
from rag.check_owners import exchanged, less_of_two, of_another_part, of_another_turn
from rag.check_ranks import other_rank, others_counted
from rag.check_reading import Finding, Place, Reading, in_its_part, of_place
from rag.check_stage import (
    denied_stage,
    is_begun,
    is_done,
    is_left_open,
    other_approval,
    other_stage,
    tells_of_building,
)
from rag.check_turned import turned_round
from rag.check_weighing import is_unsure, weigh
from rag.check_weights import JUDGED, WEIGHTS
from rag.check_wording import without_source
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rag.check_meaning import Observed
    from rag.check_weights import Weights
    from rag.verdicts import Odds, Verdict

# A finding this sure is of the report's own words.
_WORD_FOR_WORD: Final = 0.96
_LISTED: Final = 0.75
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_NAMED: Final = 4
_MOSTLY: Final = 0.6
_NEAR_VERBATIM: Final = 0.8
_DENIED: Final = re.compile(r"(?:并|从|尚)?(?:未|没有?|不(?:得|能|再|准|会)?|严禁|杜绝|防止)$")
_DENIED_AT_ALL: Final = re.compile("[未没不无非]|禁|杜绝|防止")
_ANOTHER_YEAR: Final = re.compile(
    r"(?:[比较]|[高低多少快慢大小]于|超[过出]了?|不及|不如|不到)(?:[去上前]年|上一年|前一年|(?:19|20)\d\d年)"
)
_PARTS: Final = re.compile("[，；]")
_THAN_BEFORE: Final = re.compile(r"[比较](?:[去上前]年|上一年|前一年|(?:19|20)\d\d年|往年)")
_MOVES: Final = re.compile(r"[增降减涨跌升翻]|提高|提升|扩大|缩小|回落|放缓|比|较|超过|低于|高于")
# One this sure says the same but for a few signs.
_NEARLY_VERBATIM: Final = 0.9


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the verdict on a claim rests on.

    Attributes:
        found: what exact words, the nearest words and the ledger say.
        observed: the wordings nearest in meaning, best first; none where ``found`` settles the claim.
        odds: what the model makes of the nearest of them; None where it was not asked.
    """

    reading: Reading
    found: Finding
    observed: tuple[Observed, ...]
    odds: Odds | None = None


def decided(
    weighing: Weighing,
    weights: Mapping[Verdict, Weights] = WEIGHTS,
    judged: Mapping[Verdict, Weights] = JUDGED,
) -> Finding:
    """The finding on a claim, by ``weights`` where its meaning has to be weighed, by ``judged`` if they leave it unsure.

    The latter only where the model was asked.
    """
    reading, found, odds = weighing.reading, weighing.found, weighing.odds
    if found.verdict == "refuted" and sorted(one.kind for one in found.differences) == ["entity", "figure"]:
        found = Finding("not_enough_info")
    if odds is not None and not is_unsure(found, weighing.observed, reading.claim.text, weights):
        odds = None
    if weighing.observed:
        by = weights if odds is None else judged
        found = of_place(reading, weigh(found, weighing.observed, reading.claim.text, by, odds))
    if _is_of_a_later_year(found):
        return Finding("not_enough_info", confidence=_LISTED)
    return _unless_listed_otherwise(found, weighing)


def _denied_before(place: Place, text: str) -> Place | None:
    """``place`` with the denial right before it, which a claim without one leaves out: 未 before 发生重特大事故."""
    clause = place.clause
    before = clause.text[: place.start - clause.start]
    denial = _DENIED.search(before) if clause.start <= place.start else None
    if denial is None or DENIAL.search(text) or _DENIED_AT_ALL.search(text):
        return None
    return replace(place, start=place.start - len(denial[0]))


def _less_far(weighing: Weighing, place: Place | None) -> Finding | None:
    """Refuted where a wording names the claim's thing at greater length than that of ``place``, if there is one, and has it less far."""
    reading = weighing.reading
    places = [one.place for one in weighing.observed]
    best = max(places, key=lambda one: _shared_run(reading.text, one.clause.text), default=place)
    longest = _shared_run(reading.text, best.clause.text) if best else 0
    if (
        best is None
        or longest < _NAMED
        or (place and longest <= _shared_run(reading.text, place.clause.text))
    ):
        return None
    planned = best.clause.period.status in {"target", "plan"}
    # A thing may begin with the name of its place: 重庆站.
    told = (
        other_stage(said, best.clause.text, planned=planned)
        for said in (reading.own.sub("", reading.text), reading.text)
    )
    stage = next((one for one in told if one), None)
    stage = stage or other_approval(reading.text, best.clause.text)
    if stage is None and best.clause.period.status == "actual":
        stage = denied_stage(reading.text, best.clause.text)
    return Finding("refuted", (best,), (Difference("status", *stage),), "", _LISTED) if stage else None


def _of_another_edition(weighing: Weighing) -> Finding | None:
    """Refuted where the nearest wording of the claim's time has another edition of its thing: 第四届 for 第五届."""
    nearest = weighing.observed[0] if weighing.observed else None
    if nearest is None or nearest.times or nearest.nouns < _MOSTLY:
        return None
    edition = other_edition(without_source(weighing.reading.text), nearest.words)
    return edition and Finding("refuted", (nearest.place,), (Difference("figure", *edition),), "", _LISTED)


def _of_another_extreme(weighing: Weighing) -> Finding | None:
    """Refuted where the wording that sets its thing beside others has another of them as the one with most or least."""
    text = weighing.reading.own.sub("", without_source(weighing.reading.text))
    timely = (one.place for one in weighing.observed if not one.times)
    told = ((place, other_extreme(text, place.clause.text)) for place in timely)
    place, extreme = next(((place, one) for place, one in told if one), (None, None))
    return (
        Finding("refuted", (place,), (Difference("entity", *extreme),), "", _LISTED)
        if place and extreme
        else None
    )


def _of_another_doer(weighing: Weighing) -> Finding | None:
    """Refuted where the nearest wording of the claim's time has another figure, doer, degree or site of the same: 夺冠的是甲, 亚军, 位于乙地."""
    nearest = weighing.observed[0] if weighing.observed else None
    if nearest is None or nearest.times:
        return None
    text = weighing.reading.own.sub("", without_source(weighing.reading.text))
    owner = of_another_part(text, nearest.words) if nearest.nouns >= _MOSTLY else None
    if owner is not None:
        return Finding("refuted", (nearest.place,), (owner,), "", _LISTED)
    other = another_is_it(text, nearest.words) or (
        other_degree(text, nearest.words) if nearest.nouns >= _MOSTLY else None
    )
    if other:
        return Finding("refuted", (nearest.place,), (Difference("entity", *other),), "", _LISTED)
    around = "\n".join((nearest.words, *nearest.place.clause.section))
    site = other_site(text, nearest.words, around, nearest.place.report.parsed.report.place)
    return site and Finding("refuted", (nearest.place,), (Difference("place", *site),), "", _LISTED)


def _shared_run(one: str, other: str) -> int:
    """How many signs the longest run has that stands in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _against(found: Finding, weighing: Weighing) -> Finding | None:
    """What speaks against a claim that seemed to be borne out, though not word for word; None if nothing does."""
    reading, place = weighing.reading, found.places[0]
    turned = turned_round(reading, place, nearly=found.confidence >= _NEARLY_VERBATIM) or _moves_otherwise(
        reading.text, place.clause.text
    )
    if turned is not None:
        return Finding("refuted", tuple(map(in_its_part, found.places)), (turned,), "", _LISTED)
    less = _less_far(weighing, place)
    if less is None and (
        is_left_open(reading.text, place.clause.text)
        or adds_to(reading, place)
        or (len(found.places) == 1 and _only_compares(reading.text, place.clause.text))
    ):
        return Finding("not_enough_info", confidence=_LISTED)
    return less


def _moves_otherwise(claim: str, official: str) -> Difference | None:
    """What ``claim`` says beside its figure of the year before, where ``official`` says the contrary: 比上一年有所提高, 比去年有所下调."""
    ours, theirs = (
        [
            part
            for part in re.split("[，；、]", text)
            if _THAN_BEFORE.search(part) and not any(one.kind == "amount" for one in find_quantities(part))
        ]
        for text in (claim, official)
    )
    pairs = ((one, other) for one in ours for other in theirs if opposed(one, other))
    return next((Difference("wording", *pair) for pair in pairs), None) if len(theirs) == 1 else None


def _only_compares(claim: str, official: str) -> bool:
    """Whether ``claim`` says without a figure that something is more or less than another year's, of which ``official`` says nothing."""
    figures = any(one.kind == "amount" and one.unit for one in find_quantities(claim))
    beside = next((part for part in _PARTS.split(claim) if _ANOTHER_YEAR.search(part)), "")
    told = max(_PARTS.split(official), key=lambda part: _shared_run(beside, part))
    return bool(beside) and compares_something(claim) and not figures and not _MOVES.search(told)


def _told_otherwise(text: str, place: Place, *, counted: bool) -> Difference | None:
    """What a wording has otherwise than a claim: an item of a list; where it is ``counted``, as it bears out the rest, a rank, a number, or who they are."""
    official = place.clause.text
    told = (other_rank, other_number, other_scale, exchanged, of_another_turn, less_of_two)
    figure = next((found for one in told if (found := one(text, official))), None) if counted else None
    if figure:
        return Difference("figure", *figure)
    owner = of_another_part(text, official) if counted else None
    if owner is not None:
        return owner
    people = others_counted(text, official) if counted else None
    name = people or other_item(text, official) or paired_otherwise(text, official)
    name = name or (other_degree(text, official) if counted else None)
    return Difference("entity", *name) if name else None


def _unless_listed_otherwise(found: Finding, weighing: Weighing) -> Finding:
    """``found``, unless a list of the claim has another item than the official one, or the claim turns its wording round."""
    text = weighing.reading.text
    denied = _denied_before(found.places[0], text) if found.verdict == "supported" else None
    if denied is not None:
        difference = Difference("wording", text, denied.report.parsed.report.text[denied.start : denied.end])
        return Finding("refuted", (denied,), (difference,), "", found.confidence)
    # However sure a weighing is of it, it is not word for word.
    word_for_word = found.confidence >= _WORD_FOR_WORD and not weighing.observed
    against = _against(found, weighing) if found.verdict == "supported" and not word_for_word else None
    if against is not None:
        return against
    # By its wording alone, and so little sure, is no better than what the stages of a thing or its edition tell.
    vague = {one.kind for one in found.differences} == {"wording"} and found.confidence < _LISTED
    if found.verdict == "not_enough_info" or (found.verdict == "refuted" and vague):
        against = (
            _less_far(weighing, None)
            or _of_another_edition(weighing)
            or _of_another_doer(weighing)
            or _of_another_extreme(weighing)
        )
        if against is not None:
            return against
    near = found.places or tuple(one.place for one in weighing.observed)
    if found.verdict == "refuted" or word_for_word:
        return found
    told = ((place, _told_otherwise(text, place, counted=found.verdict == "supported")) for place in near)
    return next(
        (
            Finding("refuted", (in_its_part(place),), (other,), "", _LISTED)
            for place, other in told
            if other is not None
        ),
        found,
    )


def _is_of_a_later_year(found: Finding) -> bool:
    """Whether all that differs is a year to come, of what is only under way by the report: 将于2027年建成, 加快建设."""
    kinds = {one.kind for one in found.differences}
    if (
        found.verdict != "refuted"
        or not found.places
        or "year" not in kinds
        or not kinds <= {"year", "status"}
    ):
        return False
    place = in_its_part(found.places[0])
    years = [int(year) for one in found.differences for year in _YEAR.findall(one.stated)]
    own = place.report.parsed.report.year
    said = place.report.parsed.report.text[place.start : place.end]
    later = bool(years) and min(years) > own
    return later and (tells_of_building(said) or is_begun(said)) and not is_done(said.split("，")[0])


def ledger_decides(known: Finding, sure: bool, laid: Finding) -> bool:  # noqa: FBT001
    """Whether the ledger is to be believed where the nearest words differ from the claim.

    A claim of which it knows all is the ledger's, and so are figures, as it
    reads lists right; names and wording are for the nearest words to judge.
    """
    kinds = {one.kind for one in laid.differences}
    if known.verdict == "partly_supported" and kinds == {"qualifier"}:
        return False
    if sure:
        return True
    if known.verdict == "supported" and "qualifier" in kinds and kinds & {"year", "status"}:
        return True  # the nearest words are of another time, and bound the figure otherwise
    if not kinds <= {"figure", "year", "status"}:
        return laid.confidence < _NEAR_VERBATIM
    return known.verdict != "supported" or kinds == {"figure"}
