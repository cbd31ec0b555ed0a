"""The classic failure: last year's result for this year's goal. Every indicator that has both, asked for each.

And its neighbour: the figure of another indicator, whose name is the one asked for but for a modifier.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator

from rag.pipeline import Pipeline
from rag.types import Question

if TYPE_CHECKING:
    from index.searcher import Searcher

MODIFIERS = ["民营", "女性", "国有企业", "高校", "海洋", "数字", "境外", "退役军人"]


@pytest.fixture(scope="module")
def both(searcher: Searcher) -> list[str]:
    """The names of indicators with a result of 2023 and a goal of 2024."""
    times = defaultdict(set)
    for record in searcher.library.parsed("chongqing-2024").indicators:
        times[record.indicator].add((record.year, record.status))
    names = [name for name, known in times.items() if {(2023, "actual"), (2024, "target")} <= known]
    assert len(names) >= 12
    return names


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("今年{}的目标是多少？", (2024, {"target"})),
        ("2024年{}计划是多少？", (2024, {"target"})),
        ("去年{}是多少？", (2023, {"actual", "ongoing"})),
        ("2023年{}实际是多少？", (2023, {"actual", "ongoing"})),
    ],
)
def test_each_indicator_is_answered_from_the_period_that_was_asked_for(
    searcher: Searcher, both: list[str], question: str, period: tuple[int, set[str]]
):
    # A model that would agree to anything: only structure keeps the periods apart.
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "chongqing-2024")
    year, statuses = period
    for name in both:
        answer = pipeline.answer(Question(question.format(name)))
        assert answer.citations, answer
        for citation in answer.citations:
            assert citation.period.year == year, (name, answer.text)
            assert citation.period.status in statuses, (name, answer.text)


def test_a_modifier_makes_another_indicator(searcher: Searcher, both: list[str]):
    # A model that agrees to nothing: what is answered all the same was taken to be beyond doubt.
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=-9.0), "chongqing-2024")
    text = searcher.library.parsed("chongqing-2024").report.text
    for i, name in enumerate(both):
        asked = MODIFIERS[i % len(MODIFIERS)] + name
        assert asked not in text
        assert pipeline.answer(Question(f"2024年{asked}的目标是多少？")).status == "not_in_reports", asked


@pytest.mark.parametrize("asked", ["去年数字经济增长多少？", "2024年民营经济增长目标是多少？"])
def test_the_economy_of_something_is_not_the_gross_product(searcher: Searcher, asked: str):
    answer = Pipeline(searcher, ScriptedGenerator(odds=-9.0), "chongqing-2024").answer(Question(asked))
    assert answer.status == "not_in_reports"
