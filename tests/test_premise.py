"""What a question takes for granted, on the bundled report; and one indicator on both sides of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import load_report
from index.searcher import Searcher
from index.store import Store
from index.types import Period
from rag.assembly import bundled_reports
from rag.coverage import Subject, covered, meaning
from rag.focus import focus
from rag.grounding import ground
from rag.names import strange_names
from rag.pipeline import Pipeline
from rag.types import Evidence, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rag.types import Answer

CLAUSE = (
    "教育质量稳步提升，新增基础教育学位6.3万个，义务教育巩固率达到95.8%，重庆中医药学院正式招生，"
    "重庆科技学院更名为大学，成功承办大学生创新创业大赛总决赛。"
)


def even(terms: list[str]) -> Mapping[str, float]:
    return dict.fromkeys(terms, 1.0)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    store = Store(tmp_path_factory.mktemp("premise") / "index")
    Builder(store, HashEncoder()).add([load_report(path) for path in bundled_reports()])
    return Pipeline(Searcher(store, HashEncoder()), ScriptedGenerator(odds=5.0), "chongqing-2024")


def ask(pipeline: Pipeline, text: str, *history: tuple[str, str]) -> Answer:
    return pipeline.answer(Question(text, tuple(history)))


# The part of a clause that is meant


@pytest.mark.parametrize(
    ("subject", "part"),
    [
        ("义务教育巩固率", "义务教育巩固率达到95.8%"),
        ("学院更名为大学", "重庆科技学院更名为大学"),
        ("创新创业大赛", "成功承办大学生创新创业大赛总决赛。"),
    ],
)
def test_the_segment_that_speaks_of_the_subject_is_in_focus(subject: str, part: str):
    start, end = focus(CLAUSE, subject, even)
    assert CLAUSE[start:end] == part


def test_all_of_a_clause_stands_where_it_says_nothing_of_the_subject():
    assert focus(CLAUSE, "轨道交通", even) == (0, len(CLAUSE))


def test_a_run_holds_all_the_segments_that_a_subject_is_spread_over():
    start, end = focus(CLAUSE, "基础教育学位 义务教育巩固率", even)
    assert CLAUSE[start:end] == "新增基础教育学位6.3万个，义务教育巩固率达到95.8%"


def test_a_question_in_other_words_tells_no_part_from_another():
    assert focus(CLAUSE, "娃娃上学难不难 大学", even) == (0, len(CLAUSE))


@pytest.mark.parametrize(
    ("clause", "subject", "part"),
    [
        (
            "有关部门去年在全市范围内完成企业收购，总价值1,030亿元，各方满意",
            "企业收购",
            "有关部门去年在全市范围内完成企业收购，总价值1,030亿元",
        ),
        (
            "总价值30亿元的收购，有关部门去年在全市范围内完成，各方满意度很高",
            "各方满意度",
            "总价值30亿元的收购，有关部门去年在全市范围内完成，各方满意度很高",
        ),
        (
            "有关部门去年在全市范围内完成各类企业收购重组，各方满意度非常之高",
            "企业收购",
            "有关部门去年在全市范围内完成各类企业收购重组",
        ),
    ],
)
def test_asked_for_a_figure_the_focus_goes_on_to_one(clause: str, subject: str, part: str):
    start, end = focus(clause + "，社会反响良好，经验得到推广，受到广泛好评", subject, even, figure=True)
    assert (clause + "，社会反响良好，经验得到推广，受到广泛好评")[start:end] == part


def test_a_short_clause_is_not_cut():
    assert focus("城镇新增就业60万人以上，失业率5.5%左右", "失业率", even) == (0, 22)


# What words tell


def test_everyday_words_weigh_less_than_those_of_the_subject():
    weights = meaning("想知道养老金", even).weights
    assert weights["养老金"] > 3 * max(weight for word, weight in weights.items() if word != "养老金")


def test_a_text_covers_a_question_as_far_as_it_speaks_of_it():
    subject = meaning("城镇就业与养老金", even)
    assert 0 < covered(subject, "城镇新增就业60万人以上") < 1
    assert covered(subject, "养老金与城镇就业") == 1
    assert covered(Subject({}), "随便什么") == 1


# A figure that is not the report's


def test_last_years_result_taken_for_the_goal_is_corrected_with_both_figures(pipeline: Pipeline):
    answer = ask(pipeline, "为什么2024年城镇新增就业的目标定为73.9万人？")
    assert "60万人以上" in answer.text
    assert "73.9万人" in answer.text
    assert [(one.period.year, one.period.status) for one in answer.citations] == [
        (2024, "target"),
        (2023, "actual"),
    ]


def test_a_figure_of_nobody_is_corrected_without_repeating_it(pipeline: Pipeline):
    answer = ask(pipeline, "为什么2024年城镇新增就业的目标定为88万人？")
    assert "60万人以上" in answer.text
    assert "88" not in answer.text


def test_the_right_figure_is_not_corrected(pipeline: Pipeline):
    answer = ask(pipeline, "2024年城镇新增就业目标是不是60万人以上，有多少？")
    assert "不同" not in answer.text


# An event of another time


def test_an_event_of_last_year_asked_for_this_year_is_told_with_its_time(pipeline: Pipeline):
    pipeline_that_doubts = Pipeline(pipeline._searcher, ScriptedGenerator(odds=-9.0), "chongqing-2024")
    answer = ask(pipeline_that_doubts, "2024年举办首届“一带一路”科技交流大会了吗？")
    assert answer.status == "partial"
    assert "首届“一带一路”科技交流大会" in answer.text
    assert [one.period.year for one in answer.citations] == [2023]


def test_a_thing_by_its_letter_and_number_is_told_with_its_time(pipeline: Pipeline):
    # A model that repeats the question: no clause of last year bears it out.
    echoing = Pipeline(
        pipeline._searcher, ScriptedGenerator("T3B航站楼建成投用，旅客增长106%。", odds=9.0), "chongqing-2024"
    )
    answer = ask(echoing, "江北机场T3B航站楼去年的效果如何？")
    assert answer.status == "partial"
    assert "加快推进江北机场T3B航站楼" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("江北机场T3B航站楼去年建成投用以后，效果如何？", "2024年目标：“加快推进江北机场T3B航站楼"),
        ("重庆新机场2023年开工建设后，目前工程进展到哪一步了？", "重庆新机场选址获批"),
        ("重庆新机场去年开工后进展怎么样？", "重庆新机场选址获批"),
        ("保交楼去年已经百分之百完成了，一共交了多少套房？", "完成任务总量的90%"),
    ],
)
def test_what_a_question_takes_for_done_and_is_not_is_told_as_it_is(
    pipeline: Pipeline, question: str, told: str
):
    answer = ask(pipeline, question)
    assert answer.text.startswith("报告不是这样说的。")
    assert told in answer.text


def test_a_figure_of_another_year_is_not_offered_for_the_asked_one(pipeline: Pipeline):
    pipeline_that_doubts = Pipeline(pipeline._searcher, ScriptedGenerator(odds=-9.0), "chongqing-2024")
    answer = ask(pipeline_that_doubts, "2022年城镇新增就业多少人？")
    assert answer.status == "not_in_reports"


# One indicator on both sides


def test_both_sides_of_a_comparison_speak_of_one_indicator(pipeline: Pipeline):
    answer = ask(pipeline, "规模以上工业的增速，今年目标比去年实际高多少？")
    assert "6.6%" in answer.text
    assert "7%" in answer.text
    assert "0.4个百分点" in answer.text


def test_a_follow_up_that_compares_with_last_year_asks_for_both(pipeline: Pipeline):
    history = ("今年全社会研发投入强度的目标是多少？", "力争达到2.55%。")
    answer = ask(pipeline, "比去年提高几个百分点？", history)
    assert "0.1个百分点" in answer.text


# Names in English


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("The conservatory will be named after Tchaikovsky.", ()),
        ("It will be named after composer Dmitri Shostakovich.", ("Dmitri", "Shostakovich")),
        ("The conservatory is planned in Fuling.", ("Fuling",)),
        ("The conservatory that Beijing asks about is planned.", ()),
        ("It is planned by Mayor Zhong.", ("Mayor", "Zhong")),
    ],
)
def test_a_name_stands_only_where_the_clause_or_the_question_has_it(sentence: str, strange: tuple[str, ...]):
    quote = "筹建重庆柴可夫斯基音乐学院"
    clause = Evidence(
        1, "r", "某市政府工作报告", "某市", ("教育",), Period(2024, "target"), 0, len(quote), quote, 1.0
    )
    assert strange_names(sentence, clause, "What does Beijing ask?") == strange


def test_an_english_answer_with_a_strange_name_falls_back_on_the_quote():
    quote = "筹建重庆柴可夫斯基音乐学院"
    clause = Evidence(
        1, "r", "某市政府工作报告", "某市", ("教育",), Period(2024, "target"), 0, len(quote), quote, 1.0
    )
    assert not ground("It will be named after Shostakovich.", [clause], "en").text
    assert ground("It will be named after Tchaikovsky.", [clause], "en").text
