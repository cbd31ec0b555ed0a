"""The weights by which a claim in other words is weighed, and what they make of its features.

Printed by ``python -m evals.claim_weights``, which fits them to ``evals/datasets/claims.jsonl``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rag.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one verdict: one for each of ``features``, and the constant."""

    features: tuple[float, ...]
    constant: float


VERDICTS: Final[tuple[Verdict, ...]] = ("supported", "refuted", "not_enough_info")
WEIGHTS: Final[dict[Verdict, Weights]] = {
    "supported": Weights((
        -1.29, 0.99, 0.82, -0.51, 0.94, -0.2, -0.21, -1.0, -0.23, -1.23,
        -0.63, 0.57, -0.52, -1.36, 0.15, -1.35, -0.78, 0.35, 1.15, -0.07,
        -0.47, -0.23,
    ), 0.49),
    "refuted": Weights((
        0.49, -0.34, 0.5, -0.09, 0.32, 0.29, -0.54, 0.23, 0.68, -0.46,
        0.48, -0.44, 0.65, 1.35, 0.39, 1.3, 1.24, 0.11, -0.02, 0.26,
        0.28, -0.61,
    ), -0.12),
    "not_enough_info": Weights((
        0.8, -0.66, -1.32, 0.61, -1.26, -0.08, 0.75, 0.77, -0.45, 1.69,
        0.15, -0.14, -0.13, 0.01, -0.54, 0.05, -0.45, -0.47, -1.14, -0.19,
        0.19, 0.84,
    ), -0.38),
}  # fmt: skip
# The same where a model was asked, whose odds are the last two features.
JUDGED: Final[dict[Verdict, Weights]] = {
    "supported": Weights((
        -0.41, 0.50, 0.07, -0.68, 0.60, -0.49, -0.59, -0.72, 0.62, -0.69,
        -0.02, 0.73, -0.64, -0.79, 0.29, -0.77, -0.59, 0.35, 0.43,
        0.0, 0.0, 0.0, 0.96, -0.02,
    ), 1.15),
    "refuted": Weights((
        0.41, 0.12, 0.81, 0.55, -0.33, -0.19, -0.65, 0.34, 0.12, -0.25,
        0.21, -0.83, 0.96, 1.36, 0.05, 0.93, 1.52, 0.23, 0.16,
        0.0, 0.0, 0.0, -0.61, 0.78,
    ), -3.34),
    "not_enough_info": Weights((
        0.01, -0.63, -0.88, 0.14, -0.27, 0.68, 1.24, 0.38, -0.74, 0.94,
        -0.18, 0.10, -0.33, -0.58, -0.34, -0.15, -0.93, -0.58, -0.58,
        0.0, 0.0, 0.0, -0.35, -0.76,
    ), 2.19),
}  # fmt: skip


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
