"""Things asked one by one, each with its goal and its result; what came of a goal later; and which part of a clause has the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator
from test_question_periods import read

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.apart import goal_and_result
from rag.english import as_question
from rag.focus import focus
from rag.pipeline import Pipeline
from rag.places import provinces_without_report
from rag.times import asked_statuses, asked_years
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "人民政府工作报告\n——{year}年1月10日在某省第一届人民代表大会第三次会议上\n\n一、{before}年工作回顾\n\n"
OLD = (
    "某省" + HEAD.format(year=2025, before=2024) + "粮食产量稳定。\n\n二、2025年主要任务\n\n"
    "力争工业投资增长12%、技改投资增长15%。治理交通堵点60处。完成100所学校门口治堵。改造停车位1万个。\n"
)
NEW = (
    "某省"
    + HEAD.format(year=2026, before=2025)
    + "工业投资、民间投资分别增长9.2%、6.1%。工业技改投资增长24%。"
    "治理交通堵点134处。甲江航空枢纽年旅客吞吐量增长16.6%，突破8700万人次；货邮吞吐量增长33%，突破100万吨。"
    "城乡居民收入比缩小至2.21∶1。高新技术企业、专精特新企业分别从2020年的7642家、1665家增加到2.2万家、4942家。\n\n"
    "二、2026年主要任务\n\n治理交通堵点80处。力争到2030年，城乡居民收入比缩小至2.1∶1左右。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    folder: Path = tmp_path_factory.mktemp("one_by_one")
    store, encoder = Store(folder), HashEncoder()
    reports = [
        report_from_text(text, name, place="某省") for text, name in ((OLD, "某省_2025"), (NEW, "某省_2026"))
    ]
    Builder(store, encoder).add(reports)
    return Pipeline(Searcher(store, encoder), ScriptedGenerator(odds=9.0), "某省_2026")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("某省2025年报告里要完成多少所学校门口治堵？停车位又改造多少个？", ("100所", "1万个")),
        ("2025年答应治理交通堵点多少处？2026年的报告说治理了多少处？", ("60处", "134处")),
        (
            "某省2025年给工业投资和技改投资定的增速，与实际结果比，哪个没达到？",
            ("12%", "9.2%", "没有达到目标", "15%", "24%", "完成了目标"),
        ),
        ("某省2025年报告提出治理交通堵点多少处？一年后公布的数字是多少，完成没有？", ("60处", "134处")),
        ("2025年甲江航空枢纽运的货邮有多少吨？", ("100万吨",)),
        ("某省城乡居民收入比缩小至多少？", ("2.21∶1",)),
        ("2025年高新技术企业有多少家？", ("2.2万家",)),
    ],
)
def test_each_is_told_of_its_own_time(pipeline: Pipeline, asked: str, said: tuple[str, ...]):
    answer = pipeline.answer(Question(asked))
    assert not [one for one in said if one not in answer.text], answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "江苏2025年的报告定的增速是多少？一年后公布的结果又是多少，达标了吗？",
        "江苏25年报告力争覆盖率到多少？后来公布的是多少？",
        "江苏2025年报告提出要突破多少家？一年后的数字是多少，完成没有？",
        "In its 2025 report Jiangsu said how fast investment should grow that year, and what growth did the 2026 report then announce?",
    ],
)
def test_what_came_later_is_asked_of_the_goal_of_the_report(asked: str):
    assert [(slot.years, slot.statuses) for slot in read(asked).slots] == [
        ((2025,), ("target",)),
        ((2025,), ("actual",)),
    ]


def test_last_year_beside_a_goal_is_the_year_before_it():
    slots = read("江苏2026年报告的目标是多少，去年最终完成多少？").slots
    assert {slot.years for slot in slots} == {(2025,), (2026,)}


def test_a_goal_and_its_result_go_to_the_parts_that_ask_for_them():
    slots = read("江苏2025年目标是多少处，实际多少处？").slots
    goal, result = slots
    assert goal_and_result(("答应治理多少处", "治理了多少处"), slots) == (goal, result)
    assert goal_and_result(("治理了多少处", "当初的目标是多少处"), slots) == (result, goal)
    assert goal_and_result(("治理多少处",), slots) == ()


def test_words_of_a_dialect_ask():
    assert read("今年到底要新装好多充电桩嘛？").wanted == "figure"
    assert "好多" in read("好多企业都在抱怨，今年减税多少？").text, "much, where something else asks"
    assert read("报告里讲了啥子安排？").text == "报告里讲了什么安排？"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What are the precise words about rural roads? Chinese original please.", "rural roads?"),
        ("Please quote the sentence on tea in the original Chinese.", "tea?"),
        ("How many did it build?", "How many did it build?"),
    ],
)
def test_of_a_wording_only_what_it_is_about_is_translated(asked: str, meant: str):
    assert as_question(asked).endswith(meant)
    assert "Chinese" not in as_question(asked)


def test_where_in_a_speech_asks_for_a_section_and_precise_words_for_a_wording():
    assert wanted_of("Whereabouts in the speech is the census brought up?") == "section"
    assert wanted_of("What are the precise words, in the list of shortcomings?") == "wording"
    assert wanted_of("那句话塞在报告哪个位置的？") == "section"


def test_a_goal_asked_behind_and_is_of_its_own_year():
    asked = "How many firms were there at the end of 2023 and what does it hope to exceed this year?"
    assert asked_years(asked, 2024) == (2023, 2024)
    assert asked_statuses(asked) == ("target",)


def test_where_a_line_goes_to_is_not_asked_for_a_report():
    assert provinces_without_report("高铁要新启动什么？去湖南的，还有哪条？", ["重庆市"]) == ()
    assert provinces_without_report("湖南的高铁有多长？", ["重庆市"]) == ("湖南",)


def test_of_several_figures_the_one_in_the_unit_that_is_asked_for():
    quote = "高水平开放扎实推进，专业货运机场甲湖机场开通国际国内货线91条，货邮吞吐量达到128万吨、跃居全国第5，全省进出口总额突破7000亿元。"
    start, end = focus(
        quote, "甲湖机场运的货邮", lambda terms: dict.fromkeys(terms, 1.0), figure=True, unit="吨"
    )
    assert "128万吨" in quote[start:end]


def test_the_unit_alone_tells_no_part():
    quote = "全力以赴强信心、稳投资、扩消费，茶叶出口额达到30145亿元、增长6.1%，竹木制品销售收入增长16%，就业稳定。"
    start, end = focus(
        quote,
        "竹木制品销售收入一共有多少亿元",
        lambda terms: dict.fromkeys(terms, 1.0),
        figure=True,
        unit="元",
    )
    assert "30145" not in quote[start:end]


def test_reports_are_counted_between_their_years_and_the_word():
    shelf_years = [slot.years for slot in read("江苏24年、25年、26年三份报告里占比分别是多少？").slots]
    assert shelf_years == [(2023,), (2024,), (2025,)]
