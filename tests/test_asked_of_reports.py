"""By what a question says of the report it asks, and of the kind of answer: reports of the year after, lists, sites, titles, sums of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator
from samples import searched
from test_question_periods import SHELF, entry, read

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.places import named_by_signs, named_titles, spoken_of
from rag.refusal import _places
from rag.searching import find_passages
from rag.shelf import Shelf
from rag.times import asked_statuses, asked_years
from rag.topic import topic_of
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n加装49座人行天桥无障碍电梯，为多层住宅加装电梯4343台。\n\n"
    "二、2026年主要任务\n\n打造“甲艺术品”、“乙高端品”、“丙消费品”等保税数字化应用场景。"
    "推进平安建设，在161个景区实施平安工程，增设2万个电动自行车充电端口。加快建设长三角（广德）康养基地。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(
        searched(tmp_path_factory.mktemp("asked"), TEXT, "某省_2026"), ScriptedGenerator(), "某省_2026"
    )


def told(pipeline: Pipeline, asked: str) -> str:
    return pipeline.answer(Question(asked)).text


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("要打造几个保税应用场景，点名了三个区，分别是什么？", "list"),
        ("请列出力争开工的几个省际项目", "list"),
        ("请列出今年新增就业多少万人", "figure"),
        ("康养基地要加快建设，是放在哪个地方？", "fact"),
        ("这句话放在报告的哪个部分？", "section"),
        ("对当年天然气的产量提了什么目标？", "figure"),
    ],
)
def test_the_kind_of_answer(asked: str, wanted: str):
    assert wanted_of(asked) == wanted


def test_things_of_which_the_number_is_asked_are_named(pipeline: Pipeline):
    assert "甲艺术品" in told(pipeline, "今年要打造几个保税数字化应用场景，分别是什么？")
    assert "2万个" in told(pipeline, "今年要新装多少个电动自行车充电口？"), "a long name but for a sign"


def test_what_came_of_a_goal_is_asked_of_the_report_after_it():
    named, text = named_report("某市2024年民生实事答应新增多少车位，下一年的报告交的账是多少？", SHELF)
    assert not named
    assert text == "某市2024年民生实事答应新增多少车位，实际交的账是多少？"
    assert asked_statuses("已经做到的比例") == ("actual",)


def test_a_report_of_the_year_before_is_not_that_of_another_place():
    shelf = Shelf((entry("cq", "重庆市", 2024), entry("sh", "上海市", 2023)), "cq")
    named, _ = named_report("2023年政府工作报告确定的各项指标全部完成了吗？", shelf)
    assert not named


def test_a_report_with_brackets_in_its_name():
    shelf = Shelf((entry("n13", "全国", 2013), entry("n14", "全国", 2014)), "n13")
    named, rest = named_report(
        "How many kilometres were added in China's 2013 national (State Council) government work report?",
        shelf,
    )
    assert named == ("n13",)
    assert "2013" not in rest


def test_what_several_years_came_to_together_is_of_the_last_one():
    assert asked_years("过去五年一共加装了多少座？", 2023) == (2022,)
    assert asked_years("过去三年每年增长多少？", 2023) == (2020, 2021, 2022)


def test_by_which_report_is_no_part_of_what_is_asked():
    asked = "2025年有多少个家庭领到了育儿补贴？"
    assert topic_of(f"{asked}见2026年2月的省政府报告。", SHELF) == topic_of(asked, SHELF)
    assert topic_of("列出项目（以省政府工作报告为准）", SHELF).strip("（ ") == topic_of("列出项目", SHELF)


def test_before_its_plan_is_no_goal():
    assert read("夸一条铁路比原计划早一年通车，是哪条？").slots[0].statuses == ()


def test_provinces_by_their_signs():
    assert named_by_signs("深化鲁渝协作和定点帮扶") == {"山东": "鲁", "重庆": "渝"}
    assert spoken_of("川渝省际高速公路") == {"四川", "重庆"}
    assert "中希" in _places("设立中希文明互鉴中心")
    assert named_by_signs("川渝合作") == {}
    assert named_by_signs("宁静的新城") == {}


def test_a_title_that_stands_in_others_names_no_document():
    titles = ("交通运输部", "交通运输部：保障应急物资运输", "某市出台政策鼓励用工")
    assert named_titles("交通运输部对应急车辆有什么政策？", titles) == ()
    assert named_titles("某市出台政策鼓励用工的补助标准是什么？", titles) == ("某市出台政策鼓励用工",)


def test_each_document_is_found_once_before_a_second_passage_of_any(tmp_path: Path):
    store = Store(tmp_path)
    long = "".join(
        f"第{n}条 企业稳岗补贴按人数发放，申请企业向社保机构提出，社保机构审核后发放补贴。\n\n"
        for n in range(1, 30)
    )
    texts = {
        "a": long,
        "b": "企业稳岗补贴的申请办法。\n\n材料齐全的即时办理。\n",
        "c": "公园开放时间调整。\n\n周一闭园。\n",
    }
    Builder(store, HashEncoder()).add(
        [report_from_text(text, name, title=f"文件{name}", any_text=True) for name, text in texts.items()]
    )
    searcher = Searcher(store, HashEncoder())
    found = find_passages(
        Pipeline(searcher, ScriptedGenerator(), ""), searcher, "企业稳岗补贴怎么申请？", (), 5
    )
    assert {hit.report for hit in found[:2]} == {"a", "b"}
    assert len(found) == 5
