"""Fits the weights of ``rag.check_weighing`` to claims of our own, and validates the claims.

Run ``python -m evals.claim_weights`` after a change of search or reading, with
the reports of ``datasets/claims.jsonl`` indexed; it prints the weights and how
many claims they decide rightly in cross-validation, for the half by which the
checker was made (even CRC-32 of the id) and the one that only checks it.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.progress import track

from evals.errors import DatasetError
from rag.assembly import Application
from rag.check_weighing import VERDICTS, Weights, features
from rag.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rag.factcheck import FactChecker
    from rag.verdicts import Verdict

CLAIMS: Final = Path(__file__).parent / "datasets" / "claims.jsonl"
_BUNDLED: Final = "chongqing-2024"
_FOLDS: Final = 10


class LabelledClaim(BaseModel):
    """One line of the dataset; ``quotes`` are the words of ``report`` that decide the label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^claims-\d{3}$")]
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
    def picked(self) -> tuple[str, ...]:
        """The reports that a person would have picked to check it; none for the bundled one."""
        return () if self.report == _BUNDLED else (self.report,)


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim that has to be weighed, and what the decision rests on."""

    claim: LabelledClaim
    values: tuple[float, ...]


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
    """What weighing rests on for each of ``claims`` that is one claim and is not settled without it."""
    found = []
    for one in track(claims, "Reading claims"):
        weighed = list(checker.weighed(one.claim, one.picked))
        if len(weighed) == 1 and weighed[0] is not None:
            nearest, finding = weighed[0]
            found.append(Sample(one, features(nearest, finding)))
    return found


def fit(samples: Sequence[Sample]) -> tuple[dict[Verdict, Weights], list[bool]]:
    """Multinomial logistic regression: the weights, and which samples are decided rightly when left out of the fit."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only for fitting
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415 - only for fitting

    values = [one.values for one in samples]
    labels = [one.claim.label for one in samples]
    model = LogisticRegression(max_iter=5000)
    predicted = cross_val_predict(model, values, labels, cv=_FOLDS)
    model.fit(values, labels)
    order = list(model.classes_)
    weights = {
        verdict: Weights(
            tuple(round(float(one), 2) for one in model.coef_[order.index(verdict)]),
            round(float(model.intercept_[order.index(verdict)]), 2),
        )
        for verdict in VERDICTS
        if verdict in order
    }
    return weights, [label == guess for label, guess in zip(labels, predicted, strict=True)]


def main() -> None:
    """Print the fit, and what it decides rightly in each half."""
    claims = read_claims()
    with Application(load_settings()) as opened:
        opened.warm_up()
        wrong = misquoted(claims, lambda report: opened.searcher.library.parsed(report).report.text)
        if wrong:
            raise DatasetError(f"These claims quote what their report does not say: {', '.join(wrong)}.")
        samples = sample(opened.checker, claims)
    weights, right = fit(samples)
    console = Console()
    console.print(json.dumps({verdict: [*one.features, one.constant] for verdict, one in weights.items()}))
    for name, check in (("tuning", False), ("check", True)):
        half = [ok for one, ok in zip(samples, right, strict=True) if one.claim.is_check == check]
        console.print(f"{name}: {sum(half)}/{len(half)} right of those that are weighed")


if __name__ == "__main__":
    main()
