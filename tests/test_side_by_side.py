"""Two figures of one time: of two indicators, or the level and the change of one."""

from __future__ import annotations

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.contrast import _single_date, _single_figures
from rag.pipeline import Pipeline
from rag.types import Question

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、“十四五”时期发展成就和2025年工作回顾\n\n五年来，固定资产投资年均增长12.8%。"
    "去年，外贸进出口总额615.4亿元、增长25.2%。固定资产投资增长4%。棉花总产616.5万吨、占全国92.8%。地区生产总值迈上3万亿元新台阶、达到30145.79亿元、增长6.1%。\n\n"
    "二、2026年主要任务\n\n固定资产投资增长5%左右，城镇居民人均可支配收入增长7%左右，农村居民人均可支配收入增长8%左右。\n"
)
BEFORE = (
    "某省人民政府工作报告\n——2025年1月10日在某省第一届人民代表大会第二次会议上\n\n"
    "一、2024年工作回顾\n\n固定资产投资增长3%。\n\n二、2025年主要任务\n\n固定资产投资增长10%左右。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    store = Store(tmp_path_factory.mktemp("both"))
    reports = [report_from_text(TEXT, "某省_2026"), report_from_text(BEFORE, "某省_2025")]
    Builder(store, HashEncoder()).add(reports)
    return Pipeline(Searcher(store, HashEncoder()), ScriptedGenerator(odds=9.0), "某省_2026")


@pytest.mark.parametrize(
    "question", ["2025年外贸进出口总额及增速是多少？", "2025年进出口总额是多少，增长了多少？"]
)
def test_level_and_growth_asked_together_are_both_told(pipeline: Pipeline, question: str):
    answer = pipeline.answer(Question(question))
    assert "615.4亿元" in answer.text
    assert "25.2%" in answer.text


def test_the_exact_level_is_told_beside_the_growth(pipeline: Pipeline):
    answer = pipeline.answer(Question("2025年地区生产总值增幅和总量各是多少？"))
    assert "30145.79亿元" in answer.text
    assert "6.1%" in answer.text


def test_two_incomes_of_one_time_are_set_side_by_side(pipeline: Pipeline):
    answer = pipeline.answer(Question("2026年城里人和农村人的收入增长目标分别是多少，差几个百分点？"))
    assert "7%左右" in answer.text
    assert "8%左右" in answer.text
    assert "1个百分点" in answer.text


def test_the_mean_of_five_years_is_not_the_result_of_the_last(pipeline: Pipeline):
    answer = pipeline.answer(Question("2025年固定资产投资增长的目标完成了没有？定的多少，最后多少？"))
    assert "10%左右" in answer.text
    assert "增长4%" in answer.text
    assert "12.8%" not in answer.text


def test_a_report_that_is_named_is_the_only_one(pipeline: Pipeline):
    query = pipeline.interpret(
        Question("2025年的政府工作报告里，进出口总额的目标是多少？", reports=("某省_2025",))
    )
    assert all(slot.picked for slot in query.slots)
    answer = pipeline.answer(Question("进出口总额增长多少？", reports=("某省_2025",)))
    assert {one.report for one in answer.evidence} <= {"某省_2025"}


def test_a_record_has_the_official_terms_that_the_question_says(pipeline: Pipeline):
    answer = pipeline.answer(Question("2025年外贸进出口总额占地区生产总值的比重是多少？"))
    assert not any(one.record for one in answer.evidence)
    assert any(one.record for one in pipeline.answer(Question("2025年外贸进出口总额是多少？")).evidence)


def test_the_figure_and_the_date_right_behind_what_is_compared_are_meant():
    text = "营业收入达到30亿元，净利润为5亿元，总资产为100亿元。"
    (figure,) = _single_figures(text, ["净利润"]).values()
    assert figure.text == "5亿元"
    assert not _single_figures("净利润持平，股东权益300亿元，现金40亿元，负债60亿元。", ["负责人"])
    dated = _single_date("住址：柏林街21号 入院时间：2月12日 记录时间：2月13日", ["入院"])
    assert dated is not None
    assert dated[0] == "2月12日"
    assert _single_date("2月12日记录，2月13日复查。", ["入院"]) is None
