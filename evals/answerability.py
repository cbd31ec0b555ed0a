"""Fits the weights of ``rag.refusal`` to questions of our own: answerable from the bundled report, or not.

Run ``python -m evals.answerability`` after a change of model, prompts or
search; it prints the weights per language, how many questions they decide
rightly in cross-validation, and the questions that they get wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import track

from rag.assembly import Application
from rag.refusal import Weights
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.refusal import Confidence
    from rag.types import Language

CASES: Final = Path(__file__).parent / "datasets" / "answerability.jsonl"
_FOLDS: Final = 5
_REGULARISATION: Final = 10.0
# Of the questions that people ask, far fewer than here are unanswerable.
_ANSWERABLE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Observation:
    """A question, whether the report answers it, and what the decision would rest on."""

    question: str
    language: Language
    answerable: bool
    confidence: Confidence


def observe(opened: Application, lines: Sequence[dict[str, Any]]) -> list[Observation]:
    """Each question read, searched and judged by the model. Raises ``ModelUnavailable``."""
    found = []
    for line in track(lines, "Judging"):
        query, confidence = opened.pipeline.confidence(Question(line["question"]))
        found.append(Observation(line["question"], query.language, bool(line["answerable"]), confidence))
    return found


def fit(observations: Sequence[Observation]) -> tuple[Weights, int, list[Observation]]:
    """Logistic regression on verdict and nearness; refusing what is answerable counts twice.

    Returns the weights, how many of the observations are decided rightly when left out of the fit (five folds),
    and those that are not.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only for fitting
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415 - only for fitting

    features = [_features(one.confidence) for one in observations]
    labels = [one.answerable for one in observations]
    model = LogisticRegression(C=_REGULARISATION, class_weight={True: _ANSWERABLE, False: 1.0})
    predicted = cross_val_predict(model, features, labels, cv=_FOLDS)
    model.fit(features, labels)
    wrong = [one for one, label in zip(observations, predicted, strict=True) if one.answerable != label]
    weights = Weights(*(float(weight) for weight in (*model.coef_[0], model.intercept_[0])))
    return weights, len(labels) - len(wrong), wrong


def _features(confidence: Confidence) -> list[float]:
    """In the order of ``Weights``."""
    return [confidence.verdict or 0.0, confidence.near or 0.0]


def main() -> None:
    """Print the fit per language, over the questions that the model has to judge."""
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    with Application(load_settings()) as opened:
        opened.index_bundled()
        opened.warm_up()
        observations = observe(opened, lines)
    console = Console()
    for language in ("zh", "en"):
        own = [one for one in observations if one.language == language and one.confidence.verdict is not None]
        weights, right, wrong = fit(own)
        console.print(f"{language}: {weights}; {right}/{len(own)} right")
        for one in wrong:
            console.print("   ", one.answerable, one.question, one.confidence)


if __name__ == "__main__":
    main()
