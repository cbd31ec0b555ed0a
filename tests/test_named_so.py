"""What people call it: sections, sums of money, sizes, statements of all goals, things that a follow-up quotes."""

from __future__ import annotations

import pytest
from test_question_periods import SHELF, read

from rag.amounts import asks_count, measured_unit, measures_another
from rag.assumed import assumption
from rag.check_stage import is_under_way, tells_of_building
from rag.check_translation import in_round_words
from rag.focus import focus
from rag.listing import Counted, counted
from rag.question import interpret
from rag.times import asked_statuses
from rag.types import Question
from rag.wanted import wanted_of


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("“枫桥经验”这几个字在报告的哪个大点里？", "section"),
        ("And the six smaller ones?", "fact"),
        ("Is Shanghai's goal smaller?", "comparison"),
    ],
)
def test_the_kind_of_answer_is_told_by_the_wording(asked: str, wanted: str):
    assert wanted_of(asked) == wanted


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("最低工资标准是多少？", "元"),
        ("每人的补贴是多少？", "元"),
        ("工资增长多少？", ""),
        ("城镇调查失业率是多少？", ""),
    ],
)
def test_what_is_money_by_its_nature_is_asked_in_yuan(asked: str, unit: str):
    assert measured_unit(asked) == unit
    assert asks_count(asked) is bool(unit)


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        ("Quote the formula for turning research results into products", ()),
        ("What were the results of 2023?", ("actual",)),
        ("把科技成果转化为产品、将项目列为重点的说法", ()),
        ("明年将新建多少公里？", ("target",)),
    ],
)
def test_research_results_and_what_is_made_of_something_are_no_status(asked: str, statuses: tuple[str, ...]):
    assert asked_statuses(asked) == statuses


@pytest.mark.parametrize(
    ("translated", "reads"),
    [
        ("想建设三个产值为千亿元的农业产业。", "想建设三个千亿级农业产业。"),
        ("三个1000亿元的产业集群", "三个千亿级产业集群"),
        ("减税降费千亿元", "减税降费千亿元"),
    ],
)
def test_a_size_is_told_by_its_level(translated: str, reads: str):
    assert in_round_words(translated) == reads


def test_a_list_asked_for_needs_no_words_of_asking():
    assert counted("想建设三个千亿级农业产业") is None
    assert counted("想建设三个千亿级农业产业", asked=True) == Counted(3, "千亿级农业产业")


@pytest.mark.parametrize(
    "asked",
    [
        "Why does the mayor say that Chongqing met every single one of the targets it set for 2023?",
        "Why did Chongqing reach all of its goals for 2023?",
    ],
)
def test_that_all_goals_were_met_is_taken_for_granted_in_english_too(asked: str):
    assumed = assumption(asked, "en")
    assert assumed is not None
    assert assumed.turned
    assert assumed.statement.startswith("Chongqing")


def test_a_follow_up_is_about_what_it_quotes():
    query = read("那“渝快保”呢，买的人有多少？", "去年重庆基本医保参保率多高？")
    assert "渝快保" in query.focus


@pytest.mark.parametrize("asked", ["学生提问：今年新增就业多少人？", "记者来问：今年新增就业多少人？"])
def test_who_asks_is_no_part_of_the_question(asked: str):
    assert interpret(Question(asked), SHELF, str).text == "今年新增就业多少人？"


def test_what_is_being_built_is_said_in_both_languages():
    assert is_under_way("How many are under construction?")
    assert is_under_way("在建的有多长？")
    assert not is_under_way("建成了多少？")
    assert tells_of_building("加快建设轨道交通15号线")
    assert not tells_of_building("建成15号线")


@pytest.mark.parametrize(
    ("asked", "unit"), [("多了百分之多少？", "%"), ("增长百分之几？", "%"), ("是百分之五吗？", "")]
)
def test_a_share_is_asked_for_by_its_name(asked: str, unit: str):
    assert measured_unit(asked) == unit


def test_an_area_is_no_number_of_homes():
    assert measures_another("新开工改造4186万平方米。[1]", "今年要改造多少户？")
    assert not measures_another("改造1万户、40万平方米。[1]", "今年要改造多少户？")
    assert not measures_another("一批项目", "今年要改造多少户？")


@pytest.mark.parametrize(
    ("asked", "official"),
    [
        ("搞研发花的钱占GDP的比例，去年多少？", "研发投入强度"),
        ("今年外贸想涨多少？", "外贸进出口"),
        ("农业方面上千亿规模的盘子有哪三个？", "千亿级的"),
    ],
)
def test_what_people_call_it_is_put_in_official_words(asked: str, official: str):
    assert official in read(asked).text


def test_a_trade_firm_is_no_trade():
    assert "进出口" not in read("今年要帮多少外贸企业？").text


@pytest.mark.parametrize(
    ("quote", "subject", "unit", "shown"),
    [
        (
            "外贸出口从7月份开始大幅度回升，全年达到1949亿美元，比上年增长6.1%，机电产品出口比重继续上升。",
            "外贸出口",
            "%",
            "外贸出口从7月份开始大幅度回升，全年达到1949亿美元，比上年增长6.1%",
        ),
        (
            "地区生产总值迈上新台阶、达到30145.79亿元、增长6.1%，规上工业增加值增长6.6%，一般公共预算收入增长16%。",
            "一般公共预算收入",
            "亿元",
            "一般公共预算收入增长16%",
        ),
    ],
)
def test_a_share_goes_on_with_its_thing_and_a_sum_is_not_taken_from_another(
    quote: str, subject: str, unit: str, shown: str
):
    start, end = focus(quote, subject, lambda terms: dict.fromkeys(terms, 1.0), figure=True, unit=unit)
    assert quote[start:end].strip("，。") == shown
