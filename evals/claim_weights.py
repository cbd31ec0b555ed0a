"""Fits the weights of ``rag.check_weights`` to claims of our own, and validates the claims.

Run ``python -m evals.claim_weights`` after a change of search, reading or model, with
the reports of ``datasets/claims.jsonl`` indexed; it prints the weights, and in
cross-validation how many claims of each kind get the right verdict and how
sure verdicts of each confidence are, for the half by which the checker was
made (even CRC-32 of the id) and the one that only checks it.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.errors import DatasetError
from evals.metrics import claim_f1, worst_verdict
from rag.assembly import Application
from rag.check_decision import decided
from rag.check_weighing import features
from rag.check_weights import VERDICTS, Weights
from rag.question import language_of
from rag.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rag.check_decision import Weighing
    from rag.factcheck import FactChecker
    from rag.verdicts import Verdict

CLAIMS: Final = Path(__file__).parent / "datasets" / "claims.jsonl"
_BUNDLED: Final = "chongqing-2024"
_FOLDS: Final = 10
_REGULARISED: Final = 0.5


class LabelledClaim(BaseModel):
    """One line of the dataset; ``quotes`` are the words of ``report`` that decide the label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^claims-\d{3,4}$")]
    claim: Annotated[str, Field(min_length=4)]
    label: Literal["supported", "refuted", "not_enough_info"]
    report: str
    kind: str
    quotes: tuple[str, ...]

    @property
    def is_check(self) -> bool:
        """Whether the claim belongs to the half that nothing was made by."""
        return zlib.crc32(self.id.encode()) % 2 == 1

    @property
    def language(self) -> str:
        """``zh`` or ``en``."""
        return language_of(self.claim)

    @property
    def picked(self) -> tuple[str, ...]:
        """The reports that a person would have picked to check it; none for the bundled one."""
        return () if self.report == _BUNDLED else (self.report,)


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim of the dataset, and what the verdict on each claim in it rests on."""

    claim: LabelledClaim
    weighings: tuple[Weighing, ...]

    def values(self, *, judged: bool) -> tuple[float, ...]:
        """The features of the one claim that has to be weighed, with the model's odds if ``judged``.

        None where none or several have to be, or where the model was not to be had.
        """
        if len(self.weighings) != 1 or not self.weighings[0].observed:
            return ()
        (one,) = self.weighings
        if not judged:
            return features(one.observed[0], one.found)
        return features(one.observed[0], one.found, one.odds) if one.odds else ()

    @property
    def fold(self) -> int:
        """The part of the cross-validation to which the claim belongs, whatever other claims there are."""
        return zlib.crc32(self.claim.claim.encode()) % _FOLDS


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with the verdict that weights fitted without it give, and how sure that is."""

    claim: LabelledClaim
    verdict: str
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the claim's label."""
        return self.verdict == self.claim.label


def read_claims(path: Path = CLAIMS) -> tuple[LabelledClaim, ...]:
    """The claims. Raises ``DatasetError`` for a line that cannot be read or an id that occurs twice."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(LabelledClaim.model_validate_json(line))
        except ValidationError as error:
            raise DatasetError(f"{path.name}, line {number}: {error.errors()[0]['msg']}.") from error
    if len({one.id for one in found}) < len(found):
        raise DatasetError(f"{path.name}: an id occurs twice. Give each claim an id of its own.")
    return tuple(found)


def misquoted(claims: Sequence[LabelledClaim], text_of: Callable[[str], str]) -> list[str]:
    """Ids of claims with a quote that does not stand in its report, or whose label has or lacks quotes wrongly."""
    return [
        one.id
        for one in claims
        if (one.label == "not_enough_info") == bool(one.quotes)
        or any(quote not in text_of(one.report) for quote in one.quotes)
    ]


def sample(checker: FactChecker, claims: Sequence[LabelledClaim]) -> list[Sample]:
    """What the verdict on each of ``claims`` rests on, with the model's odds."""
    return [
        Sample(one, tuple(map(checker.judged, checker.weighings(one.claim, one.picked))))
        for one in track(claims, "Reading claims")
    ]


def fit(samples: Sequence[Sample], *, judged: bool) -> dict[Verdict, Weights]:
    """The weights of a multinomial logistic regression over those of ``samples`` that are weighed; none if none is."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only for fitting

    weighed = [(values, one.claim.label) for one in samples if (values := one.values(judged=judged))]
    if not weighed:
        return {}
    model = LogisticRegression(max_iter=5000, C=_REGULARISED)
    model.fit([values for values, _ in weighed], [label for _, label in weighed])
    order = list(model.classes_)
    return {
        verdict: Weights(
            tuple(round(float(one), 2) for one in model.coef_[order.index(verdict)]),
            round(float(model.intercept_[order.index(verdict)]), 2),
        )
        for verdict in VERDICTS
        if verdict in order
    }


def cross_validated(samples: Sequence[Sample]) -> list[Judged]:
    """The verdict on each of ``samples`` by weights that were fitted without its fold."""
    judged = []
    for fold in range(_FOLDS):
        held_out = [one for one in samples if one.fold == fold]
        rest = [one for one in samples if one.fold != fold] if held_out else []
        weights, judging = fit(rest, judged=False), fit(rest, judged=True)
        for one in held_out:
            findings = [decided(weighing, weights, judging) for weighing in one.weighings]
            verdict = worst_verdict(finding.verdict for finding in findings)
            judged.append(Judged(one.claim, verdict, min(finding.confidence for finding in findings)))
    return judged


def shares(judged: Sequence[Judged], group_of: Callable[[LabelledClaim], str]) -> list[tuple[str, int, int]]:
    """Each group of claims with how many are right and how many there are."""
    made, right = Counter[str](), Counter[str]()
    for one in judged:
        made[group_of(one.claim)] += 1
        right[group_of(one.claim)] += one.is_right
    return [(group, right[group], made[group]) for group in sorted(made)]


def calibration(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that is right, and number of claims, by tenths of confidence."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(9, int(one.confidence * 10)), []).append(one)
    return [
        (mean(one.confidence for one in group), mean(one.is_right for one in group), len(group))
        for _, group in sorted(bins.items())
    ]


def main() -> None:
    """Print the fit, and how well it does on claims that it has not seen."""
    claims = read_claims()
    with Application(load_settings()) as opened:
        opened.warm_up()
        wrong = misquoted(claims, lambda report: opened.searcher.library.parsed(report).report.text)
        if wrong:
            raise DatasetError(f"These claims quote what their report does not say: {', '.join(wrong)}.")
        samples = sample(opened.checker, claims)
    console = Console()
    for name, judged in (("WEIGHTS", False), ("JUDGED", True)):
        weights = fit(samples, judged=judged)
        console.print(
            name, json.dumps({verdict: [*one.features, one.constant] for verdict, one in weights.items()})
        )
    _print(console, cross_validated(samples))


def _print(console: Console, judged: Sequence[Judged]) -> None:
    groups: tuple[tuple[str, Callable[[LabelledClaim], str]], ...] = (
        ("half", lambda one: "check" if one.is_check else "tuning"),
        ("language", lambda one: one.language),
        ("label", lambda one: one.label),
        ("kind", lambda one: f"{one.kind}, {one.label}"),
    )
    for name, group_of in groups:
        table = Table(name, "right", "claims", title="Claims unseen in the fit")
        for group, right, made in shares(judged, group_of):
            table.add_row(group, str(right), str(made))
        console.print(table)
    table = Table("confidence", "right", "claims", title="Calibration")
    for confidence, right_share, made in calibration(judged):
        table.add_row(f"{confidence:.2f}", f"{right_share:.2f}", str(made))
    console.print(table)
    for half in (False, True):
        pairs = [(one.claim.label, one.verdict) for one in judged if one.claim.is_check == half]
        wronged = sum(pair == ("supported", "refuted") for pair in pairs)
        console.print(
            f"{'check' if half else 'tuning'}: macro-F1 {claim_f1(pairs)['macro_f1']:.3f}, {wronged} true claims called refuted"
        )


if __name__ == "__main__":
    main()
