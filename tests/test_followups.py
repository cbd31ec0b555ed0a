"""Follow-ups that put one thing in the place of another, cities of other places, and the year of a report beside that of a fact."""

from __future__ import annotations

import pytest
from fakes import HashEncoder, ScriptedGenerator
from test_question_periods import SHELF, entry, read

from index.build import Builder
from index.gazetteer import gazetteer
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from index.tokens import place_names
from rag.grounding import ground
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.places import asked_places, places_of_cities
from rag.question import interpret
from rag.shelf import Shelf
from rag.topic import topic_of
from rag.types import Question
from rag.wanted import wanted_of

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n地区生产总值增长5%、达到1.2万亿元。居民消费价格上涨1%。全年未发生重特大生产安全事故。轨道交通3号线等40公里线路开通。\n\n"
    "二、2026年主要任务\n\n地区生产总值增长6%左右，居民消费价格涨幅2%左右。支持东部片区打造黄金海岸旅游带。轨道交通在建里程262公里。深化鲁渝协作和定点帮扶。"
    "支持西部片区打造雪山草原旅游带。争取设立某省国际内陆港综合保税区。\n"
)
BEFORE = (
    "某省人民政府工作报告\n——2025年1月10日在某省第一届人民代表大会第二次会议上\n\n"
    "一、2024年工作回顾\n\n地区生产总值增长4%、达到1.1万亿元。\n\n二、2025年主要任务\n\n地区生产总值增长4.5%左右。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    store = Store(tmp_path_factory.mktemp("followups"))
    reports = [report_from_text(TEXT, "某省_2026"), report_from_text(BEFORE, "某省_2025")]
    Builder(store, HashEncoder()).add(reports)
    return Searcher(store, HashEncoder())


def answer(
    searcher: Searcher, asked: str, *history: tuple[str, str], said: str = "", odds: float = 9.0
) -> str:
    pipeline = Pipeline(searcher, ScriptedGenerator(said, odds=odds), "某省_2026")
    return pipeline.answer(Question(asked, history)).text


# Places


@pytest.mark.parametrize("name", ["奉节", "遵义", "大连", "拉萨"])
def test_places_that_the_tagger_does_not_know(name: str):
    assert name in gazetteer()
    assert name in place_names(f"2023年{name}的项目获批")


@pytest.mark.parametrize("text", ["惠农政策落实到位", "优化投资兴业环境", "成渝地区双城经济圈", "新建项目"])
def test_words_that_are_also_names_of_counties_are_no_places(text: str):
    assert not set(place_names(text)) & {"惠农", "兴业", "双城", "新建"}


def test_a_city_is_asked_of_the_report_of_its_province():
    known = ["重庆市", "江苏省"]
    assert places_of_cities("苏州的工业去年增长多少？", known) == ("江苏省",)
    assert places_of_cities("How busy was the port of Wuxi?", known) == ("江苏省",)
    assert not places_of_cities("How busy were the ports of Wuxi and Chengdu?", known)
    assert not places_of_cities("苏州和成都谁增长快？", known), "of which only one has a report"
    assert not places_of_cities("江苏之外还有哪些？", known)
    assert [slot.place for slot in read("苏州2025年的工业增长多少？").slots] == ["江苏省"]


# Years of reports


def test_the_year_of_the_reports_of_several_places_is_not_asked_of():
    shelf = Shelf([*SHELF.entries, entry("east-2026", "浙江省", 2026)], "home-2024")
    asked = "2025年江苏和浙江谁的里程更长？（2026年报告）"
    assert named_report(asked, shelf) == ((), "2025年江苏和浙江谁的里程更长？（ ）")
    query = interpret(Question(asked), shelf, str)
    assert [slot.years for slot in query.slots] == [(2025,), (2025,)]


def test_this_year_of_a_follow_up_is_that_of_the_report_named_before():
    (slot,) = read("今年打算增长多少？", "根据江苏2026年的报告，2025年工业增长多少？").slots
    assert slot.filters.reports == ("delta-2026",)
    assert slot.years == (2026,)


def test_growth_over_the_year_before_is_that_of_the_year_asked_of():
    (slot,) = read("比上一年增长了百分之几？", "江苏2025年接待了多少入境游客？").slots
    assert slot.years == (2025,)


def test_now_is_the_last_year_of_results_beside_a_goal():
    query = read("高新技术企业现在有多少家，2024年想做到多少家？")
    assert [(slot.years, slot.statuses) for slot in query.slots] == [
        ((2023,), ("actual",)),
        ((2024,), ("target",)),
    ]


# What is left out


def test_another_indicator_is_asked_of_alone():
    query = read("那物价呢？", "2024年重庆的GDP增长目标是多少？")
    assert query.text == "那居民消费价格涨幅呢？"
    assert query.slots[0].statuses == ("target",)


def test_what_the_last_answer_named_is_meant_by_it():
    query = interpret(
        Question("那它去年修到哪一步了？", (("今年计划建成哪条高铁？", "渝昆高铁重庆段。"),)), SHELF, str
    )
    assert "渝昆高铁" in query.text


def test_whom_something_is_extended_to_leaves_out_what(searcher: Searcher):
    query = read("今年要进一步扩大到哪类人？", "长护险推行到什么程度了？")
    assert "长护险" in query.text


def test_of_a_thing_in_the_place_of_another_only_its_own_clause_is_shown(searcher: Searcher):
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")
    history = (("东部片区打算打造什么旅游带？", "黄金海岸旅游带。"),)
    evidence = next(pipeline.stream(Question("西部片区呢？", history))).evidence
    assert [one.quote for one in evidence] == ["支持西部片区打造雪山草原旅游带。"]


# Several years, several figures


def test_level_and_growth_of_two_years_are_all_told(searcher: Searcher):
    told = answer(searcher, "2024年、2025年的地区生产总值总量和增速各是多少？")
    assert all(figure in told for figure in ("1.1万亿元", "4%", "1.2万亿元", "5%"))


def test_what_is_to_be_set_up_is_told_with_its_time_where_it_is_taken_for_done(searcher: Searcher):
    told = answer(searcher, "国际内陆港综合保税区去年做了多少业务？", odds=-9.0)
    assert "争取设立某省国际内陆港综合保税区" in told


# The kind of answer, and what bears it out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("报告里提到哪支足球队升级了？", "fact"),
        ("回顾抢险救援时点名提到了哪里的地震？", "fact"),
        ("这件事写在报告哪个地方？", "section"),
        ("参加养老保险的人和买商业险的人，哪边多？", "comparison"),
    ],
)
def test_what_is_mentioned_is_no_part_of_the_report(text: str, wanted: str):
    assert wanted_of(text) == wanted


def test_the_title_that_was_won_is_no_heading():
    query = interpret(Question("What title did the city win?"), SHELF, lambda _: "这座城市获得的标题是什么？")
    assert query.wanted == "fact"


def test_what_is_done_is_no_figure_of_what_is_being_built(searcher: Searcher):
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")
    evidence = next(pipeline.stream(Question("2025年轨道交通开通了多少公里？"))).evidence
    assert ground("轨道交通开通40公里。", evidence, "zh").text
    assert not ground("正在修的轨道交通有40公里。", evidence, "zh").text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Which team won promotion to China League One?", False),
        ("How many trains ran on the China-Laos railway?", False),
        ("How many China–Europe trains ran?", False),
        ("What was China's GDP goal?", True),
        ("What was China GDP growth?", True),
    ],
)
def test_the_country_is_no_part_of_a_longer_english_name(text: str, meant: bool):  # noqa: FBT001 - a parameter of the test
    assert (asked_places(text, ["全国", "重庆市"]) == ("全国",)) is meant


def test_what_was_opened_is_asked_after_what_is_being_built(searcher: Searcher):
    told = answer(searcher, "那去年实际开通的有多少公里？", ("轨道交通今年在建的有多长？", "262公里。"))
    assert "40公里" in told
    assert "262公里" not in told


def test_provinces_side_by_side_by_their_short_names_are_places(searcher: Searcher):
    assert "鲁渝协作" in answer(searcher, "跟哪个省搞定点帮扶协作，报告是怎么提的？")


def test_what_did_not_happen_is_not_counted(searcher: Searcher):
    told = answer(searcher, "去年一共出了几起重特大生产安全事故？", odds=-9.0)
    assert told.startswith("报告没有这样说")
    assert "未发生重特大生产安全事故" in told
    # What is said of grave ones says nothing of others.
    assert "报告没有这样说" not in answer(searcher, "去年发生了几起轻微的安全事故？", odds=-9.0)


def test_who_asks_is_no_part_of_what_is_asked():
    assert topic_of("开早餐店的想打听一下，去年餐饮消费涨了多少？", SHELF) == topic_of(
        "去年餐饮消费涨了多少？", SHELF
    )
