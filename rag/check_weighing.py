"""A claim in other words, weighed: what stands in the nearest official wording against what does not.

A multinomial logistic regression over ``evals/datasets/claims.jsonl``
(``python -m evals.claim_weights`` fits it anew) decides where neither the
exact words nor a figure, year, status or place do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import divisions, is_chinese
from index.units import compatible
from rag.check_derived import derived
from rag.check_figures import in_another_unit
from rag.check_reading import Finding
from rag.check_vague import in_figures
from rag.check_weights import VERDICTS, WEIGHTS, probabilities
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.quantities import Quantity
    from rag.check_meaning import Observed
    from rag.check_weights import Weights
    from rag.verdicts import Odds, Verdict


# What the deterministic checks say of these stands; of facts unless another wording says all that the claim does.
_WORDING: Final = frozenset({"qualifier", "place"})
_FACTS: Final = frozenset({"figure", "year", "status"})
_CERTAIN: Final = 0.76
_RECORDED: Final = 0.85
# A verdict this likely without the model is as often right as with it: cross-validated over 637 claims.
_SURE: Final = 0.8
_MUCH: Final = 0.6
_SOME: Final = 0.5
_FAR: Final = 0.25
_RANK: Final = "位"
_FAIR: Final = 0.4
_FEW: Final = 0.34
_MOST_NOUNS: Final = 0.7
# Figures that lie no farther apart than this share are the same, rounded.
_ROUNDED: Final = Decimal("0.05")
_HALF: Final = 0.5
# Two wordings speak of the same thing if the one says so much of a claim of what the other says.
_ALIKE: Final = 0.8
_SAME_THINGS: Final = 0.9
_SEVERAL: Final = 10
_SHARED: Final = re.compile(
    r"[%％半倍番每均皆]|(?<!安)全(?![年市省国区县面力会过新球民体])|[分百]之|所有|[一两三四五六七八九]成"
)
_FINISHED: Final = re.compile(
    r"建成|投用|投产|通车|通航|完工|竣工|落成|开馆|开园|贯通|建好|修好|修通|并网|(?<!新)开工|动工|\b(?:finished|completed|opened|built|in (?:service|operation))\b",
    re.IGNORECASE,
)
# To say of a true claim that it is wrong is as bad as two or three other errors.
_WRONGED: Final = 2.5


def features(observed: Observed, found: Finding, odds: Odds | None = None) -> tuple[float, ...]:
    """What the decision rests on, each about 0 to 1; in the order of ``Weights``. Last the model's ``odds``, if it was asked."""
    judged = () if odds is None else (odds.right, odds.told)
    against = observed.opposed or observed.denied
    timed = bool(observed.times)
    return (
        observed.cover,
        observed.nouns,
        observed.tail,
        observed.known,
        float(observed.held),
        float(observed.other),
        float(observed.absent),
        float(timed),
        float(against),
        float(observed.detail),
        observed.cover * observed.nouns,
        observed.cover * (observed.held and not timed and not against),
        observed.cover * (observed.held and timed),
        observed.cover * (observed.other and not timed),
        observed.cover * against,
        observed.cover * (observed.swapped is not None),
        float(found.verdict in {"refuted", "partly_supported"}),
        float(found.verdict == "supported"),
        observed.near,
        observed.told,
        observed.apart,
        float(observed.held or observed.other or observed.absent),
        *judged,
    )


def is_settled(found: Finding) -> bool:
    """Whether ``found`` needs no weighing: near-verbatim, or two records that were compared."""
    compared = bool(found.note) and all(one.kind == "wording" for one in found.differences)
    return compared or (found.verdict == "supported" and found.confidence >= _CERTAIN)


def is_unsure(
    found: Finding, observed: Sequence[Observed], claim: str, weights: Mapping[Verdict, Weights] = WEIGHTS
) -> bool:
    """Whether the verdict has to be weighed, and is so little sure by ``weights`` that a model should be asked."""
    turned = _told_of_another(observed) or still_planned(claim, observed)
    if not observed or _stands(found, observed) or _is_turned(observed) or turned:
        return False
    return max(probabilities(features(observed[0], found), weights).values()) < _SURE


def weigh(
    found: Finding,
    observed: Sequence[Observed],
    claim: str,
    weights: Mapping[Verdict, Weights] = WEIGHTS,
    odds: Odds | None = None,
) -> Finding:
    """``found``, or what the nearest of the ``observed`` wordings make likelier by ``weights``.

    These have two more features where they come with a model's ``odds``.
    """
    if not observed or _stands(found, observed):
        return found
    if {one.kind for one in found.differences} & _FACTS:
        found = Finding("not_enough_info")
    nearest = observed[0]
    planned = still_planned(claim, observed) or _told_of_another(observed)
    if planned is not None or _is_turned(observed) or _has_another_rank(nearest):
        return _refuted(planned or nearest, claim, _CERTAIN)
    likely = probabilities(features(nearest, found, odds), weights)
    verdict = min(VERDICTS, key=lambda one: _risk(one, likely))
    if verdict == "supported" and (
        certain := _has_its_figure_or_time_otherwise(nearest, claim, likely, odds)
    ):
        return _refuted(nearest, claim, certain)
    verdict = _borne_out(nearest, claim, likely) if verdict == "supported" else verdict
    only_adds = nearest.absent and not (nearest.other or _is_against(nearest))
    if verdict == "refuted" and ((nearest.times and nearest.other) or nearest.unnumbered or only_adds):
        # Another figure of another time says nothing of the claim's own time, another line nothing of this one, and
        # a figure that stands nowhere contradicts none.
        verdict = "not_enough_info"
    if verdict == found.verdict:
        return replace(found, confidence=likely[verdict])
    if verdict == "refuted":
        return _refuted(nearest, claim, likely[verdict])
    return Finding(verdict, (nearest.place,) if verdict == "supported" else (), confidence=likely[verdict])


def _lacks_something(nearest: Observed, claim: str, likely: Mapping[Verdict, float]) -> bool:
    """Whether the wording says too little of the ``claim`` to bear it out: of a detail, a number or a figure it says nothing."""
    lacking = nearest.unnumbered or (nearest.absent and not nearest.held and likely["supported"] < _HALF)
    added = _adds_figure(claim, nearest.words) or _adds_place(nearest, claim)
    return nearest.detail or lacking or _says_nothing(nearest, claim) or added


def _has_its_figure_or_time_otherwise(
    nearest: Observed, claim: str, likely: Mapping[Verdict, float], odds: Odds | None
) -> float:
    """How surely a claim that seems to be borne out is wrong, whatever a model makes of it; 0 if that is not plain.

    The official figure, year or status of the same thing is another one; or a far one where the model took it for the same.
    """
    if _lacks_something(nearest, claim, likely):
        return 0.0
    # Another figure of another time says nothing of the claim's own time.
    another = _has_another_figure(nearest) and not nearest.times
    other = another or _is_of_another_time(nearest)
    taken = odds is not None and _has_far_figure(nearest) and not nearest.times
    return likely["supported"] + likely["refuted"] if other or taken else 0.0


def _borne_out(nearest: Observed, claim: str, likely: Mapping[Verdict, float]) -> Verdict:
    """What becomes of a claim that seems to be borne out."""
    if _lacks_something(nearest, claim, likely) or _has_far_figure(nearest):
        return "not_enough_info"
    against = nearest.denied + nearest.opposed
    if against > 1 or (against and likely["supported"] < _HALF):
        # What speaks of little of it does not contradict it.
        return "refuted" if max(nearest.cover, nearest.nouns) >= _FAIR else "not_enough_info"
    return "supported"


def _says_nothing(nearest: Observed, claim: str) -> bool:
    """Whether neither its words nor its meaning speak for a wording: it names few of the claim's things, and is no nearer than most.

    Nor do figures; and an English ``claim`` may not have been translated.
    """
    return nearest.near <= 0 and nearest.nouns < _FEW and not nearest.held and is_chinese(claim)


def _is_against(nearest: Observed) -> bool:
    """Whether anything but a figure differs."""
    return bool(nearest.times or nearest.opposed or nearest.denied or nearest.swapped or nearest.incomplete)


def _is_of_another_time(nearest: Observed) -> bool:
    """Whether the wording says all of the claim, of another year or as a goal instead of a result."""
    return bool(nearest.times) and _says_all(nearest) and nearest.cover >= _SOME


def _has_another_figure(nearest: Observed) -> bool:
    """Whether the official figure of the claim's thing is another one, and not the same rounded."""
    if not nearest.other or nearest.held:
        return False
    pairs = [(find_quantities(ours), find_quantities(theirs)) for ours, theirs in nearest.differing]
    if any(in_another_unit(a, b) for ours, theirs in pairs for a in ours for b in theirs):
        return True
    return nearest.nouns >= _MOST_NOUNS and _has_far_figure(nearest)


def _has_far_figure(nearest: Observed) -> bool:
    """Whether a figure of the claim is not that of the wording in its place, nor the same rounded."""
    pairs = ((find_quantities(ours), find_quantities(theirs)) for ours, theirs in nearest.differing)
    return nearest.other and not nearest.held and any(_is_far(*pair) for pair in pairs)


def _has_another_rank(nearest: Observed) -> bool:
    """Whether the wording of the claim's time has its things in another rank: 汽车产量升至全国第二, for the first."""
    if nearest.times or nearest.held or nearest.nouns < _SAME_THINGS or nearest.cover < _FAIR:
        return False
    pairs = (
        (find_quantities(in_figures(ours)), find_quantities(theirs)) for ours, theirs in nearest.differing
    )
    return any(
        {a.unit, b.unit} in ({_RANK}, {_RANK, ""}) and a.value != b.value
        for ours, theirs in pairs
        for a in ours
        for b in theirs
    )


def _is_far(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether two single figures lie farther apart than rounding brings them."""
    if len(ours) != 1 or len(theirs) != 1 or not theirs[0].value:
        return False
    return abs(ours[0].value - theirs[0].value) > _ROUNDED * abs(theirs[0].value)


def _risk(verdict: Verdict, likely: Mapping[Verdict, float]) -> float:
    """What a verdict is expected to cost by the errors that it may be (Bayes risk; Berger 1985)."""
    wronged = _WRONGED - 1 if verdict == "refuted" else 0.0
    return 1 - likely[verdict] + wronged * likely["supported"]


def _stands(found: Finding, observed: Sequence[Observed]) -> bool:
    """Whether what the deterministic checks found is not for weighing."""
    kinds = {one.kind for one in found.differences}
    # Of a figure, all that can differ in wording is whether it rose or fell.
    turned = any(one.kind == "wording" and find_quantities(one.stated) for one in found.differences)
    facts = bool(kinds & _FACTS) or (turned and found.confidence >= _RECORDED)
    return bool(kinds & _WORDING) or (facts and not _is_held(observed, found))


def _is_held(observed: Sequence[Observed], found: Finding) -> bool:
    """Whether another official wording than the one found says all that the claim does, at its time.

    One that speaks of fewer of the claim's things is of something else.
    """
    clauses = [place.clause for place in found.places]
    least = max((one.cover for one in observed if one.place.clause in clauses), default=0.0)
    return any(
        _says_all(one)
        and one.place.clause not in clauses
        and one.cover >= least
        and (one.cover >= _MUCH or (one.held and one.nouns >= _SAME_THINGS))
        and not (one.times or one.opposed or one.denied or one.other or one.swapped)
        for one in observed
    )


def _says_all(one: Observed) -> bool:
    """Whether a wording has each figure of the claim, if it has any."""
    return one.held or not (one.other or one.absent)


def _is_turned(observed: Sequence[Observed]) -> bool:
    """Whether the nearest wording says the same of another place or time, or the contrary of the same things."""
    nearest = observed[0]
    elsewhere = any(nearest.swapped and nearest.swapped[0] in one.words for one in observed[1:])
    # Of another time and another thing it is not the same at all.
    if nearest.swapped is not None and not elsewhere and nearest.cover >= _MUCH and not nearest.times:
        return True
    if any(one.incomplete and one.nouns >= _MUCH for one in observed):
        return True
    told = nearest.held and nearest.cover >= _FAIR and nearest.nouns >= _MUCH
    if nearest.times and told and any(_has_its_own(one, nearest) for one in observed[1:]):
        return True
    if nearest.denied and not nearest.times and nearest.nouns >= _SAME_THINGS and nearest.cover >= _MUCH:
        return True
    opposed = nearest.opposed and not nearest.times
    return opposed and nearest.nouns >= _SAME_THINGS and nearest.cover >= _SOME


def _told_of_another(observed: Sequence[Observed]) -> Observed | None:
    """The wording that tells what the claim tells of one place of another one, where those that name its place tell less of it."""
    told = max((one for one in observed if one.swapped), key=lambda one: one.tail, default=None)
    if told is None or told.swapped is None or told.tail < _SOME or told.times:
        return None
    own = [one.tail for one in observed if told.swapped[0] in one.words]
    return told if own and told.tail >= max(own) + _FAR else None


def still_planned(claim: str, observed: Sequence[Observed]) -> Observed | None:
    """The wording that sets as a goal for later what ``claim`` says was finished, where none says that it was."""
    if not _FINISHED.search(claim):
        return None
    ended = [one for one in observed if _FINISHED.search(one.words) and one.nouns >= _MUCH]
    goals = (one for one in ended if one.times and one.place.clause.period.status in {"target", "plan"})
    goal = next((one for one in goals if one.cover >= _MUCH), None)
    # Another bridge may have been finished.
    done = (one for one in ended if not one.times and one.cover >= _SOME)
    return None if goal is None or any(one.nouns >= min(_MOST_NOUNS, goal.nouns) for one in done) else goal


def _adds_figure(claim: str, words: str) -> bool:
    """Whether ``claim`` states an amount of which the official ``words`` have none: neither that number nor one in its unit.

    Shares can be told in other words (每4辆就有1辆, 全部), and small numbers.
    """
    held = (*find_quantities(words), *derived(in_figures(claim), in_figures(words)))
    if any(q.unit == "%" for q in find_quantities(in_figures(claim))) and not _SHARED.search(words):
        return not any(q.unit == "%" for q in held)
    stated = [q for q in find_quantities(claim) if q.kind == "amount" and q.unit not in {"", "%"}]
    # What one figure of the claim gives is no counterpart of another: 改造5.3万个，惠及1000万户.
    told = {one.value for one in stated}
    return any(
        one.value >= _SEVERAL
        and not any(
            one.value == other.value
            or (other.kind == "amount" and _is_of_kind(one.unit, other.unit) and other.value not in told)
            for other in held
        )
        for one in stated
    )


def _adds_place(nearest: Observed, claim: str) -> bool:
    """Whether ``claim`` names a district, county or town that neither the wording nor what stands around it names: 位于甲区乙镇."""
    clause = nearest.place.clause
    report = nearest.place.report.parsed.report
    around = "\n".join((clause.text, *clause.section, report.place, report.title))
    return any(name[:-1] not in around for name in divisions(claim))


def _is_of_kind(one: str, other: str) -> bool:
    """Whether two units measure the same: also 套 and 套（间）."""
    return compatible(one, other) or (bool(other) and (one.startswith(other) or other.startswith(one)))


def _has_its_own(one: Observed, nearest: Observed) -> bool:
    """Whether a wording of the claim's own time has another figure of the thing that the claim gives the ``nearest`` one's."""
    return one.other and not one.times and one.cover >= _ALIKE * nearest.cover


def _refuted(nearest: Observed, claim: str, confidence: float) -> Finding:
    """Refuted by the nearest wording, with what differs by its kind."""
    differences = [Difference("figure", *pair) for pair in nearest.differing]
    differences += nearest.times
    if nearest.swapped is not None:
        differences.append(Difference("place", *nearest.swapped))
    if not differences:
        differences.append(Difference("wording", claim, nearest.words.strip()))
    return Finding("refuted", (nearest.place,), tuple(differences), "", confidence)
