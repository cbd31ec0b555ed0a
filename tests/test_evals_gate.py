"""The gate: figures of the right year and status on the open gold, and a planted regression that must be caught.

With the fake encoder and a generator that repeats the first clause, so that it
measures what search, records and checks decide, in seconds.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator
from rich.console import Console

import index.build
from evals.comparing import compared
from evals.runner import run_eval
from index.searcher import Searcher
from index.store import Store
from index.types import Period
from rag.pipeline import Pipeline
from rag.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from evals.result import Result
    from index.types import ParsedReport, Report
    from rag.settings import Settings

KINDS = {"number_target", "number_actual"}
SWAPPED = {"actual": "target", "target": "actual"}
YEARS = {2023: 2024, 2024: 2023}


@dataclass
class FakeApplication:
    settings: Settings

    def __post_init__(self) -> None:
        self.encoder = HashEncoder()
        self.generator = ScriptedGenerator()
        self.store = Store(self.settings.home / "index")
        self.searcher = Searcher(self.store, self.encoder)
        self.pipeline = Pipeline(self.searcher, self.generator, "chongqing-2024")


def run(folder: Path) -> Result:
    opened = FakeApplication(load_settings(home=folder / "home"))
    return run_eval(
        opened,
        "cq2024_open",
        out=folder / "out",
        console=Console(file=io.StringIO()),
        generator=opened.generator,
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(tmp_path_factory.mktemp("good"))


def test_figures_are_of_the_right_year_and_status(good: Result):
    asked = [item for item in good.items if item.case.type in KINDS and item.case.lang == "zh"]
    assert sum(item.outcome.right is True for item in asked) >= 0.9 * len(asked)
    assert sum(item.outcome.confused for item in asked) == 0


def test_every_quote_is_exact(good: Result):
    exact = good.scores.citations["exact"]
    assert exact.hits == exact.total > 0


@pytest.mark.slow
def test_swapped_periods_are_caught(
    good: Result, bundled: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Every result taken for a goal and every goal for a result: the failure that must never come back."""
    parse = index.build.parse
    monkeypatch.setattr(index.build, "parse", lambda report: with_swapped_periods(parse(report)))
    comparison = compared(good, run(tmp_path))
    assert comparison.worse
    assert comparison.p_value < 1e-6
    before, after, total = comparison.by_type["number_target"]
    assert before > 0.7 * total
    assert after < 0.3 * total


def with_swapped_periods(parsed: ParsedReport) -> ParsedReport:
    def swap(period: Period) -> Period:
        status = SWAPPED.get(period.status)
        return Period(YEARS.get(period.year, period.year), status) if status else period

    clauses = tuple(replace(one, period=swap(one.period)) for one in parsed.clauses)
    indicators = tuple(
        replace(one, status=SWAPPED.get(one.status, one.status), year=YEARS.get(one.year, one.year))
        for one in parsed.indicators
    )
    return replace(parsed, clauses=clauses, indicators=indicators)
