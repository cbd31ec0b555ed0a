"""Lists that a report counts: found whole, and answered without the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.listing import Abbreviation, Counted, alike, announced, counted, listed, part_with_items
from rag.pipeline import Pipeline
from rag.types import Question

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """某市人民政府工作报告
——2024年1月10日在某市第一届人民代表大会第二次会议上

二、2024年主要任务

建好东山、西岭、南湖三个湿地公园，新增绿地20公顷。实施文化“三大工程”。推进书香工程，新建书房30个。推进银幕工程。加强队伍建设。推进展馆工程，改造展馆8座。
"""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("三个湿地公园叫什么？", Counted(3, "湿地公园")),
        ("要做出哪三个上百亿的特色产业？", Counted(3, "上百亿的特色产业")),
        ("哪三个区县通了高铁？", None),
        ("文化“三大工程”是哪三个？", Counted(3, "工程")),
        ("要培育的十二个产业集群分别是哪些", Counted(12, "产业集群")),
        ("做到百亿级的有六样，都是什么？", Counted(6, "做到百亿级")),
        ("去年建了几个公园？", None),
        ("哪三家医院升了级？", None),
        ("今年建30个书房", None),
    ],
)
def test_a_question_says_how_many_things_it_wants_listed(question: str, wanted: Counted | None) -> None:
    assert counted(question) == wanted


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        ("建好东山、西岭、南湖三个湿地公园，新增绿地20公顷。", "建好东山、西岭、南湖三个湿地公园"),
        (
            "新增绿地20公顷，建好3个湿地公园：东山、西岭和南湖，全部开放。",
            "建好3个湿地公园：东山、西岭和南湖",
        ),
        ("建好东山、西岭两个湿地公园。", ""),
        ("建好东山、西岭、南湖三个体育公司。", ""),
    ],
)
def test_the_segment_that_lists_and_counts_is_found(quote: str, part: str) -> None:
    span = listed(quote, Counted(3, "湿地公园"))
    assert (quote[slice(*span)] if span else "") == part


def test_a_lead_announces_as_many_sentences_of_its_kind() -> None:
    wanted = Counted(3, "工程")
    sentences = [
        "实施文化“三大工程”。",
        "推进书香工程，新建书房。",
        "推进银幕工程。",
        "加强队伍。",
        "推进展馆工程。",
    ]
    assert announced(sentences, wanted) == (1, 2, 4)
    assert announced(sentences[:4], wanted) == (), "fewer than were announced"
    assert announced(["实施文化工程。", *sentences[1:]], wanted) == ()


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("今年要建好的三个湿地公园叫什么？", ["建好东山、西岭、南湖三个湿地公园"]),
        ("文化“三大工程”是哪三个？", ["推进书香工程", "推进银幕工程", "推进展馆工程"]),
    ],
)
def test_a_counted_list_is_answered_whole_without_the_model(
    tmp_path: Path, question: str, quotes: list[str]
) -> None:
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(TEXT, "某市_2024")])
    generator = ScriptedGenerator("不是这样。", odds=-9.0)
    answer = Pipeline(Searcher(Store(tmp_path), HashEncoder()), generator, "某市_2024").answer(
        Question(question)
    )
    assert answer.status == "answered"
    assert [one.quote.strip("，。") for one in answer.citations] == quotes
    assert all(one.strip("，。") in answer.text for one in quotes)
    assert "2024年目标" in answer.text


def test_a_name_that_counts_several_kinds_is_spelled_out() -> None:
    wanted = counted("“两攻坚一整治”各是什么？")
    assert wanted == Abbreviation("两攻坚一整治", (Counted(2, "攻坚"), Counted(1, "整治")))
    assert isinstance(wanted, Abbreviation)
    assert wanted.number == 3
    sentences = ["抓好“两攻坚一整治”。", "打好园区攻坚战。", "整治河道。", "打好国企攻坚战，提质增效。"]
    assert announced(sentences, wanted) == (1, 2, 3)
    assert announced(sentences[:3], wanted) == (), "one of them is missing"
    assert counted("“三提升”是什么？") is None


def test_a_list_of_things_called_by_the_kind_that_is_asked_for():
    quote = "建设开放，老区发展高地、内陆改革高地、生态文明高地，产业升级。"
    found = alike(quote, Counted(3, "高地"))
    assert found is not None
    assert quote[slice(*found)] == "老区发展高地、内陆改革高地、生态文明高地"
    assert alike(quote, Counted(4, "高地")) is None
    assert alike("高地、低地、平地", Counted(3, "高地")) is None


@pytest.mark.parametrize(
    ("noun", "official", "same"),
    [
        ("产业", "千亿级产业", True),
        ("国家", "国家现代农业产业园", False),
        ("国家", "国家", True),
        ("产业", "产业集群", True),
    ],
)
def test_a_kind_is_not_what_another_kind_begins_with(noun: str, official: str, same: bool):  # noqa: FBT001 - a column
    assert Counted(3, noun).is_of(3, official) is same


def test_things_that_are_each_named_alone_are_the_list_however_much_stands_between():
    between = ["加快建设。", "优化布局，完善产业集群。", "投产3个煤矿。", "新增2个品牌。", "深化合作。"]
    things = ["打造能源产业集群。", "打造数智产业集群。", "打造白酒产业集群。"]
    sentences = ["打造“三大产业集群”。", "推动“三大产业基地”向“三大产业集群”提升，注重集聚。"]
    for thing in things:
        sentences += [thing, *between]
    found = announced(sentences, Counted(3, "产业集群"))
    assert [sentences[n] for n in found] == things


def test_the_part_with_all_items_is_enough_of_a_sentence():
    quote = "观众超1亿人次，成都、眉山入选试点城市，成都、广元、阿坝入选全国名单。"
    assert part_with_items("成都、广元、阿坝。[1]", quote) == "成都、广元、阿坝入选全国名单"
    assert part_with_items("成都和绵阳。", quote) == quote.strip("。")
    assert part_with_items("成都。", quote) == quote.strip("。"), "one thing may stand anywhere"
