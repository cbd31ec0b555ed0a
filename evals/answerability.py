"""Fits the weights of ``rag.refusal`` to questions of our own: answerable from their reports, or not.

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

from evals.catalog import load_dataset
from evals.workspace import open_workspace
from rag.assembly import Application
from rag.refusal import Weights, features
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.pipeline import Pipeline
    from rag.refusal import Confidence
    from rag.types import Language

CASES: Final = Path(__file__).parent / "datasets" / "answerability.jsonl"
_SETS: Final = ("cq2024_fresh", "multi_fresh", "elsewhere_fresh")
"""Sets whose questions say too whether they can be answered."""
_FOLDS: Final = 10
_REGULARISATION: Final = 10.0
# Of the questions that people ask, far fewer than here are unanswerable.
# Of English ones the model says yes too readily.
_ANSWERABLE: Final[dict[Language, float]] = {"zh": 2.0, "en": 1.3}


@dataclass(frozen=True, slots=True)
class Observation:
    """A question, whether the report answers it, and what the decision would rest on."""

    question: str
    language: Language
    answerable: bool
    confidence: Confidence


def observe(
    pipeline: Pipeline, lines: Sequence[tuple[Question, bool]], description: str = "Judging"
) -> list[Observation]:
    """Each question, of which is known whether it is answerable, read, searched and judged. Raises ``ModelUnavailable``."""
    found = []
    for question, answerable in track(lines, description):
        query, confidence = pipeline.confidence(question)
        found.append(Observation(question.text, query.language, answerable, confidence))
    return found


def is_weighed(confidence: Confidence) -> bool:
    """Whether the model's verdict decides: nothing else has ruled an answer out, or made it certain."""
    return confidence.verdict is not None


def fit(observations: Sequence[Observation]) -> tuple[Weights, int, list[Observation]]:
    """Logistic regression on what is weighed, of questions of one language; refusing what is answerable counts for more.

    Returns the weights, how many of the observations are decided rightly when left out of the fit (ten folds),
    and those that are not.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only for fitting
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415 - only for fitting

    values = [features(one.confidence) for one in observations]
    labels = [one.answerable for one in observations]
    answerable = _ANSWERABLE[observations[0].language]
    model = LogisticRegression(C=_REGULARISATION, class_weight={True: answerable, False: 1.0})
    predicted = cross_val_predict(model, values, labels, cv=_FOLDS)
    model.fit(values, labels)
    wrong = [one for one, label in zip(observations, predicted, strict=True) if one.answerable != label]
    weights = Weights(*(float(weight) for weight in (*model.coef_[0], model.intercept_[0])))
    return weights, len(labels) - len(wrong), wrong


def questions_of(name: str) -> list[tuple[Question, bool]]:
    """The questions of a dataset, with whether they are answerable; not those that take something wrong for granted."""
    return [
        (Question(case.question, case.history, case.picked), case.answerable)
        for case in load_dataset(name).cases
        if not case.is_claim and case.type != "false_premise"
    ]


def main() -> None:
    """Print the fit per language, over the questions that the model has to judge."""
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()
    ]
    console = Console()
    with Application(load_settings()) as opened:
        opened.index_bundled()
        opened.warm_up()
        own = [(Question(line["question"]), bool(line["answerable"])) for line in lines]
        observations = observe(opened.pipeline, own, CASES.stem)
        for name in _SETS:
            workspace = open_workspace(opened, load_dataset(name), opened.generator, console)
            observations += observe(workspace.pipeline, questions_of(name), name)
    for language in ("zh", "en"):
        weighed = [one for one in observations if one.language == language and is_weighed(one.confidence)]
        weights, right, wrong = fit(weighed)
        console.print(f"{language}: {weights}; {right}/{len(weighed)} right")
        for one in wrong:
            console.print("   ", one.answerable, one.question, one.confidence)


if __name__ == "__main__":
    main()
