"""Fusion of rankings: pure functions on arrays of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def scale_to_best(scores: NDArray[np.float32], best_becomes: float = 1.0) -> NDArray[np.float32]:
    """``scores`` scaled in place, and returned: the greatest becomes ``best_becomes``, a score of 0 stays 0.

    Over a million clauses each pass, and each new array, counts.
    """
    best = float(scores.max(initial=0.0))
    if best > 0 and best != best_becomes:
        scores /= np.float32(best)
        if best_becomes != 1.0:
            scores *= np.float32(best_becomes)
    return scores


def stretch(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """``scores`` mapped linearly from [minimum, maximum] to [0, 1].

    For similarities that lie close together, as those of e5 models do
    (0.7 to 0.9), only the differences tell something.
    """
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def best_first(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the ``k`` greatest ``scores``, best first, equal ones in their order; all for fewer than ``k``.

    What a stable sort of all of them gives, without sorting all of them.
    """
    if not 0 < k < len(scores):
        return np.argsort(-scores, kind="stable")[:k]
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    candidates = np.flatnonzero(scores >= least)
    return candidates[np.argsort(-scores[candidates], kind="stable")[:k]]
