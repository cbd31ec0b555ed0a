"""Fits the weights of ``rag.leading`` to questions of our own: answered by the words of the first clause, or not.

Run ``python -m evals.leading`` after a change of the encoder or the search; it
prints the weights, and how many of the questions for which a clause would be
quoted at once it answers, in cross-validation and for each set by the others.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import track

from evals.catalog import load_dataset
from evals.metrics import has_forbidden, has_keys
from evals.workspace import open_workspace
from rag.assembly import Application
from rag.leading import SURE, Lead, log_odds
from rag.quoting import leading
from rag.settings import load_settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.workspace import Workspace

_SETS: Final = ("cq2024_fresh", "multi_fresh", "elsewhere_fresh")
_FOLDS: Final = 10


@dataclass(frozen=True, slots=True)
class Observation:
    """A question to which a clause might be the answer: how far that one leads, and whether it is."""

    name: str
    question: str
    lead: Lead
    answers: bool


def observe(workspace: Workspace, name: str) -> list[Observation]:
    """The questions of the dataset ``name`` that neither code answers nor anything rules out."""
    found = []
    for case in track(load_dataset(name).cases, name):
        if case.is_claim:
            continue
        query, parts, lead = workspace.pipeline.lead(Question(case.question, case.history, case.picked))
        if lead is None:
            continue
        text = leading(query, parts).text
        answers = has_keys(text, case.keys) and not has_forbidden(text, case.forbidden)
        found.append(Observation(name, case.question, lead, case.answerable and answers))
    return found


def fit(observations: Sequence[Observation]) -> Lead:
    """The weights of a logistic regression on ``observations``."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only for fitting

    values = [astuple(one.lead)[:-1] for one in observations]
    model = LogisticRegression().fit(values, [one.answers for one in observations])
    return Lead(*map(float, (*model.coef_[0], model.intercept_[0])))


def quoted(weights: Lead, observations: Sequence[Observation]) -> list[Observation]:
    """Those of ``observations`` for which the clause would be quoted at once."""
    return [one for one in observations if log_odds(one.lead, weights) >= SURE]


def main() -> None:
    """Print the weights fitted to all sets, and what they are worth."""
    console = Console()
    observations: list[Observation] = []
    with Application(load_settings()) as opened:
        opened.index_bundled()
        opened.warm_up()
        for name in _SETS:
            workspace = open_workspace(opened, load_dataset(name), opened.generator, console)
            observations += observe(workspace, name)
    folds = [observations[number::_FOLDS] for number in range(_FOLDS)]
    left_out = [
        one for fold in folds for one in quoted(fit([o for f in folds if f is not fold for o in f]), fold)
    ]
    _tell(console, "cross-validation", left_out, len(observations))
    for name in _SETS:
        own = [one for one in observations if one.name == name]
        others = fit([one for one in observations if one.name != name])
        _tell(console, name, quoted(others, own), len(own))
    console.print(fit(observations))
    for one in left_out:
        if not one.answers:
            console.print("   ", one.name, one.question, one.lead)


def _tell(console: Console, what: str, found: Sequence[Observation], count: int) -> None:
    right = sum(one.answers for one in found)
    console.print(f"{what}: {right} of {len(found)} quoted at once are right, of {count} questions")


if __name__ == "__main__":
    main()
