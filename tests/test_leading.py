"""What is answered without the model: by the first clause alone, or without a translation, and where no verdict is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator

from evals.leading import Observation as Observed
from evals.leading import fit, quoted
from index.build import Builder
from index.encoder import SentenceEncoder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.assembly import Application
from rag.leading import Lead, lead_of, log_odds, nearness_of
from rag.pipeline import Pipeline
from rag.refusal import asks_verdict, assess
from rag.settings import Settings
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rag.types import Evidence, Found, Query

TEXT = (
    "贵州省人民政府工作报告\n——2026年1月10日在贵州省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "城镇新增就业73.9万人。甲湖天然气管道二线项目开工，乙江大桥建成通车。新建口袋公园117个。"
    "一般公共预算收入增长16%。举办首届山地自行车公开赛和国际竹编艺术周。"
    "“惠民保”参保人数超过620万。\n\n"
    "二、2026年主要任务\n\n"
    "城镇新增就业60万人以上。建设口袋公园100个。深化义务教育学校教师轮岗交流。"
    "推进丙山隧道等5个在建项目。开展食品安全专项整治。\n"
)


class Unasked(ScriptedGenerator):
    """A generator that must not be asked for anything."""

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> object:  # type: ignore[override]
        raise AssertionError(f"The model was asked to answer {query.asked}")

    def judge(self, query: Query, evidence: Sequence[Evidence]) -> float:
        raise AssertionError(f"The model was asked for a verdict on {query.asked}")

    def translate(self, text: str, kind: str = "question") -> str:
        raise AssertionError(f"The model was asked to translate {text}")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    store, encoder = Store(tmp_path_factory.mktemp("leading")), SentenceEncoder()
    Builder(store, encoder).add([report_from_text(TEXT, "贵州省_2026")])
    return Searcher(store, encoder)


@pytest.fixture
def alone(searcher: Searcher) -> Pipeline:
    return Pipeline(searcher, Unasked(), "贵州省_2026")


def _read(pipeline: Pipeline, searcher: Searcher, text: str) -> tuple[Query, tuple[Found, ...]]:
    query, found, _ = pipeline.lead(Question(text))
    assert any(part.evidence for part in found), searcher.library.entries
    return query, found


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("去年哪座大桥建成通车了？", "乙江大桥建成通车"),
        ("去年举办的首届山地自行车公开赛还有什么活动？", "国际竹编艺术周"),
        ("今年义务教育学校的教师要做哪些轮岗交流？", "教师轮岗交流"),
    ],
)
def test_a_clause_far_ahead_is_quoted_without_the_model(alone: Pipeline, question: str, held: str):
    answer = alone.answer(Question(question))
    assert held in answer.text
    assert answer.status == "answered"
    assert [one.marker for one in answer.citations] == [1]


def test_what_no_clause_leads_in_is_read_by_the_model(searcher: Searcher):
    generator = ScriptedGenerator("报告没有说到地铁票价。", odds=-5.0)
    answer = Pipeline(searcher, generator, "贵州省_2026").answer(Question("地铁票价打算涨多少？"))
    assert answer.status == "not_in_reports"


def test_a_number_that_the_clause_does_not_have_is_not_quoted(alone: Pipeline, searcher: Searcher):
    query, found = _read(alone, searcher, "去年一般公共预算收入的总额是多少亿元？")
    near = nearness_of(query, found, searcher)
    assert lead_of(query, found, near, unrecorded=True) is None


def test_of_several_numbers_each_needs_one_of_its_unit(alone: Pipeline, searcher: Searcher):
    query, found = _read(alone, searcher, "去年新建多少个口袋公园？")
    near = nearness_of(query, found, searcher)
    for text, leading in ((query.text, True), ("去年新建多少个口袋公园，花了多少钱？", False)):
        query = replace(query, text=text, wanted="list")
        assert (lead_of(query, found, near, unrecorded=False) is not None) == leading


def test_an_english_question_and_a_comparison_have_no_lead(alone: Pipeline, searcher: Searcher):
    query, found = _read(alone, searcher, "去年哪座大桥建成通车了？")
    near = nearness_of(query, found, searcher)
    assert lead_of(query, found, near, unrecorded=False) is not None
    assert lead_of(replace(query, language="en"), found, near, unrecorded=False) is None
    assert lead_of(replace(query, wanted="comparison"), found, near, unrecorded=False) is None
    assert lead_of(query, found, (), unrecorded=False) is None


def test_a_clause_of_another_year_or_status_is_not_quoted_at_once(alone: Pipeline, searcher: Searcher):
    query, found = _read(alone, searcher, "去年哪座大桥建成通车了？")
    near = nearness_of(query, found, searcher)
    asked_of = (replace(found[0].slot, years=(2026,)), replace(found[0].slot, statuses=("target",)))
    for slot in asked_of:
        assert lead_of(query, (replace(found[0], slot=slot),), near, unrecorded=False) is None


def test_an_english_question_whose_terms_find_the_record_is_not_translated(alone: Pipeline):
    answer = alone.answer(Question("How many new urban jobs were created last year?"))
    assert "739,000" in answer.text
    answer = alone.answer(Question("How many new urban jobs are targeted this year?"))
    assert "600,000" in answer.text


def test_no_verdict_is_asked_for_where_none_could_decide(alone: Pipeline, searcher: Searcher):
    query, found = _read(alone, searcher, "今年计划新增多少城镇就业？")
    confidence = assess(query, found, searcher)
    sure = replace(confidence, certain=False, leads=False, near=2.5)
    assert not asks_verdict(query, found, sure)
    assert asks_verdict(query, found, replace(sure, near=0.5))
    assert not asks_verdict(query, found, replace(sure, near=0.5, kind=False))


def test_weights_are_fitted_to_what_answers():
    far, near = Lead(2.5, 1.0, 0.9, 0.5, 0.0), Lead(0.5, 0.0, 0.2, 0.0, 1.0)
    seen = [Observed("set", "问", far, answers=True), Observed("set", "问", near, answers=False)] * 20
    weights = fit(seen)
    assert log_odds(far, weights) > 0 > log_odds(near, weights)
    assert {one.lead for one in quoted(weights, seen)} <= {far}


def test_the_first_question_finds_all_that_a_search_needs_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with Application(Settings(home=tmp_path)) as opened:
        monkeypatch.setattr(opened, "chat_model", lambda: None)
        opened.warm_up()  # nothing is indexed yet
        assert opened.store.current(opened.encoder.fingerprint) is None
        opened.builder().add([report_from_text(TEXT, "贵州省_2026")])
        opened.warm_up()
        assert opened.searcher._opened is not None
