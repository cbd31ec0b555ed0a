"""Years that a question names beside those it means, follow-ups that name a time only, and figures of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Entry, Store
from rag.amounts import asked_unit
from rag.pipeline import Pipeline
from rag.question import interpret
from rag.shelf import Shelf
from rag.title_page import asks_title_page
from rag.types import Question

if TYPE_CHECKING:
    from pathlib import Path

    from rag.types import Query


def entry(name: str, place: str, year: int) -> Entry:
    return Entry(name, f"{place}政府工作报告（{year}年）", place, year, "", name, 1, 1, 1, 1)


SHELF = Shelf(
    [
        entry("home-2024", "重庆市", 2024),
        entry("nation-1999", "全国", 1999),
        *(entry(f"delta-{year}", "江苏省", year) for year in (2025, 2026)),
    ],
    "home-2024",
)


def read(text: str, *history: str, translation: str = "") -> Query:
    turns = tuple((earlier, "（答案）") for earlier in history)
    return interpret(Question(text, turns), SHELF, lambda english: translation or english)


def test_the_result_of_a_year_counts_where_a_later_report_tells_it():
    query = read("江苏经济2024年和2025年各增长多少？")
    assert [(slot.years, slot.statuses) for slot in query.slots] == [
        ((2024,), ("actual",)),
        ((2025,), ("actual",)),
    ]
    assert "地区生产总值" in query.text
    goal = read("江苏2025年和2026年各增长多少？").slots[1]
    assert goal.statuses == ("target",), "no report tells what came of 2026"


def test_a_year_that_is_not_meant_is_left_out():
    (slot,) = read("江苏2026年的就业目标是多少？别给我2025年的。").slots
    assert slot.years == (2026,)


def test_a_place_that_is_left_out_is_not_asked_about():
    assert [slot.place for slot in read("江苏之外，今年还支持哪些地方？").slots] == ["重庆市"]
    assert [slot.place for slot in read("江苏今年支持哪些地方？").slots] == ["江苏省"]


def test_a_report_named_by_a_year_that_only_one_place_has_is_that_one():
    (slot,) = read("1999年的报告说新建了哪些铁路？").slots
    assert slot.filters.reports == ("nation-1999",)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1998年新设了哪些开发区？", ["全国"]),
        ("东山区1998年新设了哪些开发区？", ["重庆市"]),
        ("Which zones did Dongshan district set up in 1998?", ["重庆市"]),
    ],
)
def test_the_country_is_meant_by_a_year_of_which_only_it_tells_unless_another_place_is_named(
    text: str, places: list[str]
):
    shelf = Shelf([*SHELF.entries, entry("delta-1999", "江苏省", 1999)], "home-2024")
    query = interpret(Question(text), shelf, lambda english: english)
    assert [slot.place for slot in query.slots] == places


def test_a_follow_up_that_asks_for_the_result_asks_for_the_same_year():
    (slot,) = read("最后实际完成了多少？", "江苏2025年计划新建多少公园？").slots
    assert (slot.filters.years, "actual" in slot.filters.statuses) == ((2025,), True)
    assert "delta-2026" in slot.filters.reports


def test_an_english_turn_of_a_time_alone_is_not_left_to_a_translator():
    query = read(
        "And how many did they promise for 2026?", "江苏2025年新增就业多少？", translation="要修多少公里路？"
    )
    assert "公里" not in query.text
    assert (query.slots[0].years, query.slots[0].statuses) == ((2026,), ("target",))
    other = read(
        "And how many kilometers of roads in 2026?", "江苏2025年新增就业多少？", translation="修多少公里路？"
    )
    assert "公里" in other.text


def test_a_turn_leans_on_the_one_before_and_not_on_all():
    query = read("粮食呢，一年收多少？", "江苏2025年城镇新增就业多少？", "固定资产投资呢？")
    assert "新增就业" not in query.text
    assert query.slots[0].place == "江苏省"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("这份报告是谁作的？", True),
        ("2025年辽宁的政府工作报告是谁念的？", True),
        ("报告是在哪次会议上作的？", True),
        ("Who delivered the report?", True),
        ("When was the report delivered?", True),
        ("报告里谁负责治水？", False),
        ("谁来建设新机场？", False),
        ("What does the report say about parks?", False),
    ],
)
def test_who_gave_a_report_is_asked_of_its_title_page(text: str, asks: bool):  # noqa: FBT001 - a parameter of the test
    assert asks_title_page(text) is asks


REPORTS = {
    2024: "二、2024年主要任务\n\n全年新增就业5700人以上。建好公园。\n",
    2025: "一、2024年工作回顾\n\n新增养老床位4080张。新建7个智能工厂、24个数字化车间。改造30个老厂房，今年再建9个数据中心。餐饮、汽车消费分别增长20.6%、8.5%。旅游收入年均增长超过7%。旅客吞吐量增长106%。引进商家若干，新增就业3000人。全年新增就业5650人，社会稳定。地区生产总值迈上300亿元台阶、达到302.57亿元。\n",
}


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    reports = [
        report_from_text(
            f"某市人民政府工作报告\n——{year}年1月10日在某市第一届人民代表大会第{n}次会议上\n某市市长 张三\n\n各位代表：\n\n{text}",
            f"某市_{year}",
        )
        for n, (year, text) in zip("二三", REPORTS.items(), strict=True)
    ]
    Builder(Store(tmp_path), HashEncoder()).add(reports)
    return Searcher(Store(tmp_path), HashEncoder())


@pytest.fixture
def pipeline(searcher: Searcher) -> Pipeline:
    return Pipeline(searcher, ScriptedGenerator("不是这样。", odds=-9.0), "某市_2025")


def test_the_title_page_is_quoted(pipeline: Pipeline):
    answer = pipeline.answer(Question("2025年的报告是谁作的？"))
    assert answer.status == "answered"
    assert "张三" in answer.text
    assert {one.report for one in answer.citations} == {"某市_2025"}


def test_the_result_of_a_goal_is_of_its_size(pipeline: Pipeline):
    answer = pipeline.answer(Question("2024年新增就业的目标完成了吗？"))
    assert "5650人" in answer.text
    assert "3000人" not in answer.text


def test_the_exact_figure_is_meant_where_a_round_one_stands_beside_it(pipeline: Pipeline):
    answer = pipeline.answer(Question("2024年地区生产总值到底是多少亿元？"))
    assert answer.status == "answered"
    assert "302.57亿元" in answer.text


def test_a_goal_that_is_asked_of_one_year_is_not_asked_of_those_before():
    query = read("江苏高新技术企业的数量这两年怎么走的？2024年、2025年，再加上2026年的目标。")
    assert [(slot.years, slot.statuses) for slot in query.slots] == [
        ((2024,), ("actual",)),
        ((2025,), ("actual",)),
        ((2026,), ("target",)),
    ]


def test_this_years_goal_beside_the_result_of_a_named_year():
    query = read(
        "How does this year's goal compare with what was achieved in 2023?",
        translation="今年的目标与2023实际相比如何？",
    )
    assert [(slot.years, slot.statuses) for slot in query.slots] == [
        ((2023,), ("actual",)),
        ((2024,), ("target",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "江苏2025年城镇新增就业，年初说好的数和年底交的账对比一下",
        "江苏2025年答应改造的高标准农田，最后干完了没有？",
        "江苏农民2025年的收入增速，跟年初目标比是高了还是低了？",
        "江苏2025年经济增速没到预期目标吗？",
    ],
)
def test_what_was_promised_is_asked_with_what_came_of_it(text: str):
    assert [slot.statuses for slot in read(text).slots] == [("target",), ("actual",)]


def test_the_name_of_an_indicator_says_nothing_of_status():
    (slot,) = read("江苏2026年打算实际使用外资多少？").slots
    assert slot.statuses == ("target",)


def test_the_first_of_several_turns_may_be_meant():
    query = read("回到最开始那个，今年还要再建多少个？", "去年建了多少个口袋公园？", "步道修了多长？")
    assert "口袋公园" in query.topic


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("我们公司想申报专精特新，今年全市准备新增多少家啊", "专精特新"),
        ("重庆的经济盘子去年多大？", "地区生产总值"),
        ("我是教师，今年新增多少托位？", "托位"),
        ("家里老人腿脚不好，听说政府要帮忙改装屋子。今年一共改多少家？", "老人"),
        ("听说要办一所新的音乐学院，用的是哪个外国作曲家的名字？", "音乐学院"),
    ],
)
def test_what_a_question_is_about(text: str, subject: str):
    assert subject in read(text).topic


def test_the_report_of_the_state_council_is_named_by_its_year():
    (slot,) = read("按1999年的国务院报告，失业率是多少？").slots
    assert slot.filters.reports == ("nation-1999",)
    assert slot.filters.years == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2024年新增养老床位多少张？", "answered"),
        ("2024年养老床位一共多少张？", "not_in_reports"),
        ("2024年养老床位一共多少张？不是问新增的", "not_in_reports"),
        ("2024年旅游收入增长百分之几？", "not_in_reports"),
        ("旅游收入年均增长百分之几？", "answered"),
    ],
)
def test_an_addition_is_no_total_and_a_mean_no_years_figure(searcher: Searcher, text: str, status: str):
    answer = Pipeline(searcher, ScriptedGenerator("不是这样。", odds=9.0), "某市_2025").answer(Question(text))
    assert (answer.status != "not_in_reports") == (status == "answered"), answer


def test_a_rate_is_no_number_of_things_in_english(searcher: Searcher):
    for english, chinese, told in (
        ("How many passengers were handled in 2024?", "2024年旅客吞吐量是多少？", False),
        ("How much did passenger throughput grow in 2024?", "2024年旅客吞吐量增长多少？", True),
    ):
        generator = ScriptedGenerator(translation=chinese, odds=9.0)
        answer = Pipeline(searcher, generator, "某市_2025").answer(Question(english))
        assert (answer.status == "answered") is told, answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024年餐饮消费和汽车消费哪个涨得快？", "餐饮消费比汽车消费高12.1个百分点"),
        ("2024年餐饮消费和汽车消费哪个更高？", "餐饮消费比汽车消费高12.1个百分点"),
        ("2024年新建了多少个数字化车间？", "24个"),
        ("2024年新建了几个智能工厂？", "7个"),
        ("2025年要建几个数据中心？", "9个"),
    ],
)
def test_two_of_one_time_and_counts_in_a_list_are_told_by_code(searcher: Searcher, text: str, said: str):
    answer = Pipeline(searcher, ScriptedGenerator("不是这样。", odds=9.0), "某市_2025").answer(Question(text))
    assert answer.status == "answered"
    assert said in answer.text
    assert all(one.quote in searcher.library.parsed(one.report).report.text for one in answer.citations)


def test_growth_over_the_year_before_is_of_the_later_year_where_both_are_past():
    (slot,) = read("江苏2025年社零实际比上年涨了几个百分点？").slots
    assert slot.years == (2025,)


def test_the_same_batch_is_that_of_the_question_before():
    query = read("同一批实事里，村里的路要修多少公里？", "江苏2025年的实事里，养老中心要建几个？")
    assert query.places == ("江苏省",)


def test_the_earlier_question_is_the_other_side_of_a_comparison_with_it():
    query = read("那2026年的目标是多少？比这个高还是低？", "江苏2025年社零增长了多少？")
    assert [slot.years for slot in query.slots] == [(2025,), (2026,)]
    assert query.wanted == "comparison"


def test_money_is_asked_in_yuan_and_a_gap_in_points():
    assert "1万元" in read("江苏今年给孤儿每人发1万块钱吗？").text
    assert "哪一块" in read("治水写在今年任务的哪一块里头？").text
    assert asked_unit("差几个点？") == asked_unit("差多少个百分点？") == "个百分点"


@pytest.mark.parametrize(
    "text",
    [
        "工业投资增长的目标比2023年实际完成的高还是低？",
        "How does the goal for industrial investment growth compare with what was achieved in 2023?",
    ],
)
def test_a_goal_held_against_the_result_of_a_year_is_of_the_report_that_tells_it(text: str):
    query = read(text, translation="工业投资增长的目标与2023年实现的相比如何？")
    assert [(slot.years, slot.statuses) for slot in query.slots] == [
        ((2023,), ("actual",)),
        ((2024,), ("target",)),
    ]


def test_the_goal_of_a_year_that_is_named_for_it_is_not_of_another():
    assert {slot.years for slot in read("2023年的就业目标实际完成了吗？").slots} == {(2023,)}
