"""Whether one answer is right, and what its citations are worth. No model judges another.

The definitions of rightness are those of the question set (see its README):
an answer is right if every group of keys has a variant in it and no forbidden
figure is. Everything here works on one answer; ``evals.scoring`` adds up.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evals.cases import GoldEvidence

_MARKER: Final = re.compile(r"\[\d+\]")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_GAP: Final = re.compile(r"[\s,，]+")
_IDLE_SPACE: Final = re.compile(r"(?<!\d) | (?!\d)")
_SIGNS: Final = str.maketrans({"∶": ":", "‑": "-", "–": "-"})
# After a key that ends in a digit, what would make it another figure.
_LONGER: Final = r"(?!\d|\.\d|[万亿%]|percent|million|billion|thousand|trillion)"
_SHARED_RUN: Final = 8


def normalise(text: str) -> str:
    """``text`` in NFKC and lower case without citation markers, thousands separators and idle spaces.

    A space, or a comma, stays as one space between two digits only: there it parts two figures.
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)
    plain = _THOUSANDS.sub("", _MARKER.sub("", plain))
    return _IDLE_SPACE.sub("", _GAP.sub(" ", plain)).strip()


def occurs(variant: str, text: str) -> bool:
    """Whether ``variant`` stands in ``text``, both normalised, and its figures are not parts of longer ones.

    ``occurs("6%", "16%")`` and ``occurs("60", "60万")`` are False.
    """
    wanted = normalise(variant)
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = _LONGER if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, normalise(text)) is not None


def has_keys(answer: str, groups: Iterable[Sequence[str]]) -> bool:
    """Whether every group of ``groups`` has a variant in ``answer``; True for no groups."""
    return all(any(occurs(variant, answer) for variant in group) for group in groups)


def has_forbidden(answer: str, forbidden: Iterable[str]) -> bool:
    """Whether ``answer`` gives a figure that belongs to another year, place or status."""
    return any(occurs(figure, answer) for figure in forbidden)


def same_place(quote: str, gold: str) -> bool:
    """Whether two quotes of a report meet: one holds the other, or they share a run of 8 characters."""
    if quote in gold or gold in quote:
        return True
    return any(quote[i : i + _SHARED_RUN] in gold for i in range(max(0, len(quote) - _SHARED_RUN + 1)))


def supports(report: str, quote: str, gold: GoldEvidence) -> bool:
    """Whether a citation of ``quote`` in ``report`` points at the ``gold`` evidence."""
    return gold.report in {None, report} and same_place(quote, gold.quote)


def worst_verdict(verdicts: Iterable[str]) -> str:
    """The verdict of a statement: that of its worst claim; "none" where there is none."""
    found = set(verdicts)
    order = ("refuted", "partly_supported", "not_enough_info", "supported")
    return next((verdict for verdict in order if verdict in found), "none")


def claim_f1(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """F1 of each label, and their plain mean as ``macro_f1``, from (gold, predicted) pairs.

    F1 is the harmonic mean of precision and recall; the macro average gives
    each label the same weight however many claims have it (Yang & Liu 1999,
    "A re-examination of text categorization methods"). Labels as in FEVER
    (Thorne et al. 2018).
    """
    labels = ("supported", "refuted", "not_enough_info")
    scores = {label: _f1(label, pairs) for label in labels}
    return {"macro_f1": sum(scores.values()) / len(labels), **scores}


def _f1(label: str, pairs: Sequence[tuple[str, str]]) -> float:
    hits = sum(gold == predicted == label for gold, predicted in pairs)
    given = sum(predicted == label for _, predicted in pairs)
    wanted = sum(gold == label for gold, _ in pairs)
    return 2 * hits / (given + wanted) if hits else 0.0
