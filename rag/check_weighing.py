"""A claim in other words, weighed: what stands in the nearest official wording against what does not.

A multinomial logistic regression over ``evals/datasets/claims.jsonl``
(``python -m evals.claim_weights`` fits it anew) decides where neither the
exact words nor a figure, year, status or place do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, Final

from rag.check_reading import Finding
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rag.check_meaning import Observed
    from rag.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one verdict: one for each of ``features``, and the constant."""

    features: tuple[float, ...]
    constant: float


VERDICTS: Final[tuple[Verdict, ...]] = ("supported", "refuted", "not_enough_info")
WEIGHTS: Final[dict[Verdict, Weights]] = {
    "supported": Weights(
        (0.18, 0.90, 0.24, -0.50, 0.80, -0.17, -0.59, -0.83, 0.05, -0.37, -1.07, 0.56, 0.44, -0.81, 0.67),
        -0.38,
    ),
    "refuted": Weights(
        (0.61, 0.04, 0.52, 0.29, -0.47, 0.32, -0.71, 0.07, 0.29, -0.42, 1.04, 0.30, -0.16, 1.53, -0.53), -1.38
    ),
    "not_enough_info": Weights(
        (-0.79, -0.94, -0.76, 0.21, -0.33, -0.14, 1.30, 0.76, -0.35, 0.79, 0.03, -0.85, -0.28, -0.72, -0.14),
        1.76,
    ),
}
# What the deterministic checks say of these stands; of facts unless another wording says all that the claim does.
_WORDING: Final = frozenset({"qualifier", "place"})
_FACTS: Final = frozenset({"figure", "year", "status"})
_CERTAIN: Final = 0.76
_MUCH: Final = 0.6
_SOME: Final = 0.5
_SAME_THINGS: Final = 0.9
# To say that a person is wrong takes more than to say that nothing is known.
_TO_REFUTE: Final = 0.5


def features(observed: Observed, found: Finding) -> tuple[float, ...]:
    """What the decision rests on, each about 0 to 1; in the order of ``Weights``."""
    against = observed.opposed or observed.denied
    clashes = observed.other or against or bool(observed.times) or observed.swapped is not None
    return (
        observed.cover,
        observed.nouns,
        observed.tail,
        observed.known,
        float(observed.held),
        float(observed.other),
        float(observed.absent),
        float(bool(observed.times)),
        float(against),
        float(observed.detail),
        observed.cover * clashes,
        observed.cover * observed.nouns,
        observed.cover * observed.held,
        float(found.verdict in {"refuted", "partly_supported"}),
        float(found.verdict == "supported"),
    )


def is_settled(found: Finding) -> bool:
    """Whether ``found`` needs no weighing: near-verbatim."""
    return found.verdict == "supported" and found.confidence >= _CERTAIN


def weigh(
    found: Finding,
    observed: Sequence[Observed],
    claim: str,
    weights: Mapping[Verdict, Weights] = WEIGHTS,
) -> Finding:
    """``found``, or what the nearest of the ``observed`` wordings make likelier by ``weights``."""
    kinds = {one.kind for one in found.differences}
    if not observed or kinds & _WORDING or (kinds & _FACTS and not _is_held(observed)):
        return found
    nearest = observed[0]
    if _is_turned(nearest):
        return _refuted(nearest, claim, _CERTAIN)
    likely = probabilities(features(nearest, found), weights)
    verdict = max(VERDICTS, key=lambda one: likely[one])
    unproven = verdict == "supported" and nearest.detail
    if unproven or (verdict == "refuted" and likely[verdict] < _TO_REFUTE and found.verdict != "refuted"):
        verdict = "not_enough_info"
    confidence = likely[verdict]
    if verdict == found.verdict:
        return replace(found, confidence=confidence)
    if verdict == "refuted":
        return _refuted(nearest, claim, confidence)
    return Finding(verdict, (nearest.place,) if verdict == "supported" else (), confidence=confidence)


def probabilities(
    values: Sequence[float], weights: Mapping[Verdict, Weights] = WEIGHTS
) -> dict[Verdict, float]:
    """Of each verdict, given the ``features``; they sum to 1."""
    scores = {
        verdict: exp(one.constant + sum(w * v for w, v in zip(one.features, values, strict=True)))
        for verdict, one in weights.items()
    }
    total = sum(scores.values())
    return {verdict: score / total for verdict, score in scores.items()}


def _is_held(observed: Sequence[Observed]) -> bool:
    """Whether one official wording says all that the claim does, at its time."""
    return any(
        one.held
        and one.cover >= _MUCH
        and not (one.times or one.opposed or one.denied or one.other or one.swapped)
        for one in observed
    )


def _is_turned(nearest: Observed) -> bool:
    """Whether a wording says the same of another place, or the contrary of the same things."""
    if nearest.swapped is not None and nearest.cover >= _MUCH:
        return True
    return nearest.opposed and nearest.nouns >= _SAME_THINGS and nearest.cover >= _SOME


def _refuted(nearest: Observed, claim: str, confidence: float) -> Finding:
    """Refuted by the nearest wording, with what differs by its kind."""
    differences = [Difference("figure", *pair) for pair in nearest.differing]
    differences += nearest.times
    if nearest.swapped is not None:
        differences.append(Difference("place", *nearest.swapped))
    if not differences:
        differences.append(Difference("wording", claim, nearest.words.strip()))
    return Finding("refuted", (nearest.place,), tuple(differences), "", confidence)
