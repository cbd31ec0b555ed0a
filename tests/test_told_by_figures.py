"""What a figure or the unit of a question tells of its clause; ends of a rise; counterparts; and what English words do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import ScriptedGenerator
from samples import searched
from test_question_periods import read

from index.types import Indicator
from rag.apart import as_meant_and_as_it_came, one_by_one
from rag.assumed import assumption
from rag.check_records import is_mean
from rag.check_translation import with_share
from rag.exhibit import _told_by_figures
from rag.pairing import _is_counterpart
from rag.pipeline import Pipeline
from rag.terms import in_official_terms
from rag.times import asked_statuses
from rag.types import Question
from rag.wanted import wanted_of

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "全市博物馆、美术馆举办文化展览1565场、接待海内外观众4900万人次，甲博物馆“乙文明大展”总营收7.6亿元，带动城市综合消费350亿元。"
    "优良天数比例首次突破80%，细颗粒物年均浓度27微克/立方米、下降11.5%。"
    "开通3条地铁新线、新增运营里程30公里，总里程达909公里、居全国首位。\n\n"
    "二、2026年主要任务\n\n新增轨道交通运营里程40公里以上。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    searcher = searched(tmp_path_factory.mktemp("figures"), TEXT, "某省_2026")
    return Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        ("去年PM2.5平均浓度降到多少？", "27微克", "1565"),
        ("轨道交通总里程有多少公里？", "909公里", "40公里"),
    ],
)
def test_the_part_that_is_meant_is_told(pipeline: Pipeline, asked: str, said: str, unsaid: str):
    text = pipeline.answer(Question(asked), use_model=False).text
    assert said in text
    assert unsaid not in text


def test_the_part_with_the_figures_of_the_question_is_meant():
    quote = "全市举办文化展览1565场，接待海内外观众4900万人次，甲馆“乙文明大展”总营收7.6亿元，带动城市消费350亿元。"
    start, end = _told_by_figures(quote, read("收入7.6亿元、带动全城消费350亿元的展览是哪个？")) or (0, 0)
    assert quote[start:end] == "甲馆“乙文明大展”总营收7.6亿元，带动城市消费350亿元。"
    assert _told_by_figures(quote, read("收入9.6亿元的展览是哪个？")) is None


def test_a_mean_over_a_year_is_none_over_years():
    assert is_mean("年均增长5%")
    assert not is_mean("细颗粒物年均浓度27微克")


def record(name: str, place: str) -> Indicator:
    return Indicator("r", place, name, "5", "万标箱", "", "level", 2025, "actual", 0, 1, name, 0)


def test_the_same_of_two_things_that_are_named():
    ours, theirs = record("上海港集装箱吞吐量", "上海市"), record("宁波舟山港集装箱吞吐量", "浙江省")
    text = "上海港和宁波舟山港，谁装卸的集装箱多？"
    assert _is_counterpart(ours, theirs, text)
    assert not _is_counterpart(ours, theirs, "上海港的集装箱多吗？")
    assert not _is_counterpart(ours, replace(theirs, unit="万人次"), text)


def test_the_newest_reports_are_counted():
    slots = read("江苏近两份报告的数字各是多少？").slots
    assert [slot.years for slot in slots] == [(2024,), (2025,)]


def test_a_task_and_what_was_done_of_it():
    assert asked_statuses("电梯的任务量和完成量分别是几台") == ("target", "actual")
    assert asked_statuses("占总任务多大比例") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What volume has been traded in total?", "What volume has been traded in total?"),
        ("How big is the fund of funds for industrial investment?", "产业投资母基金"),
    ],
)
def test_terms_in_other_forms(text: str, said: str):
    assert said in in_official_terms(text, lambda term: term == "产业投资母基金")


def test_a_share_is_asked_for_in_chinese_too():
    assert (
        with_share("the share of 一般贸易 in trade", "一般贸易在外贸中如何？") == "一般贸易占比在外贸中如何？"
    )
    assert with_share("the share of 一般贸易 in trade", "一般贸易占多少？") == "一般贸易占多少？"
    assert with_share("how is 一般贸易", "一般贸易如何？") == "一般贸易如何？"


def test_accidents_that_are_counted_did_not_happen_for_that():
    asked = "Which cut the number of work-safety accidents more in 2024, Beijing or Zhejiang?"
    assert assumption(asked, "en") is None
    assert assumption("How many people were hurt in the mine collapse last year?", "en") is not None


def test_higher_learning_compares_nothing_and_which_train_asks_for_no_figure():
    assert wanted_of("What institution of higher learning was opened?") == "fact"
    query = read(
        "And which train from there do they want to try?",
        "How far does the corridor reach?",
        translation="想尝试哪趟列车？",
    )
    assert query.wanted == "fact"


def test_only_chinese_questions_of_several_parts_are_taken_apart():
    query = read("今年建多少公里？")
    assert one_by_one(Question("今年建多少公里？"), query, lambda _: query, lambda _: ()) == ()
    assert as_meant_and_as_it_came(Question("今年建多少公里？"), query, lambda _: query, lambda _: ()) == ()
