"""Exact match, F1 and ROUGE-L between an answer and reference answers, on Chinese characters.

Units are single Han characters, and whole words and figures of other scripts,
after NFKC, lower case and without punctuation: the usual reading for Chinese
(Cui et al. 2019, "A Span-Extraction Dataset for Chinese Machine Reading
Comprehension"). With several references the best one counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKER: Final = re.compile(r"\[\d+\]")
_UNIT: Final = re.compile(r"\d+(?:\.\d+)?|[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]")
# References up to this many units are names and figures: an answer holds them or does not.
_SHORT: Final = 12
_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class TextScores:
    """Likeness to the best reference, each from 0 to 1."""

    exact: float
    f1: float
    rouge_l: float
    holds: float


def units(text: str) -> list[str]:
    """Han characters, words and figures of ``text`` in order; a figure is one unit ("73.9")."""
    plain = unicodedata.normalize("NFKC", _MARKER.sub("", text)).lower()
    return _UNIT.findall(plain)


def exact_match(answer: str, reference: str) -> float:
    """1 if the units are the same in the same order, else 0 (Rajpurkar et al. 2016, SQuAD)."""
    return float(units(answer) == units(reference))


def f1(answer: str, reference: str) -> float:
    """Harmonic mean of the shares of units in common, as in SQuAD (Rajpurkar et al. 2016): order does not count.

    CMRC's own script takes the longest common run instead of the bag of units.
    """
    ours, theirs = units(answer), units(reference)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return _harmonic(common, len(ours), len(theirs))


def rouge_l(answer: str, reference: str) -> float:
    """ROUGE-L F1: harmonic mean of the longest common subsequence's shares (Lin 2004)."""
    ours, theirs = units(answer), units(reference)
    return _harmonic(common_subsequence(ours, theirs), len(ours), len(theirs))


def holds(answer: str, reference: str) -> float:
    """1 if ``answer`` says the ``reference``, else 0.

    A reference of at most 12 units must stand in the answer as it is; of a
    longer one, the longest common subsequence must cover 60 %. The bound is a
    choice: it only matters for the right/wrong count of sets that come
    without answer keys, beside which F1 and ROUGE-L are reported.
    """
    ours, theirs = units(answer), units(reference)
    if len(theirs) <= _SHORT:
        return float(_contains(ours, theirs))
    return float(common_subsequence(ours, theirs) >= _ENOUGH * len(theirs))


def text_scores(answer: str, references: Sequence[str]) -> TextScores:
    """Each score with the reference that it is best with; all 0 for no references."""
    return TextScores(
        *(
            max((score(answer, one) for one in references), default=0.0)
            for score in (exact_match, f1, rouge_l, holds)
        )
    )


def common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    previous = [0] * (len(right) + 1)
    for one in left:
        current = [0]
        for i, other in enumerate(right):
            current.append(previous[i] + 1 if one == other else max(previous[i + 1], current[i]))
        previous = current
    return previous[-1]


def _contains(text: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return bool(part) and any(text[i : i + size] == part for i in range(len(text) - size + 1))


def _harmonic(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if common else 0.0
