"""What looks like another place, a denial or another figure and is none; and what is: of claims, premises and translations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched

from index.glossary import with_official_terms
from index.types import Period
from rag.assumed import assumption
from rag.check_elsewhere import elsewhere
from rag.check_exchange import set_beside
from rag.check_kinds import opposed
from rag.check_lists import crossed
from rag.check_meaning import denial_in
from rag.check_reading import said_of
from rag.check_reports import ReportText
from rag.check_translation import without_strange_years
from rag.english import in_chinese, without_frame
from rag.factcheck import FactChecker
from rag.figures import in_english
from rag.grounding import ground
from rag.pipeline import Pipeline
from rag.places import asked_places
from rag.types import Evidence, Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "汽车、餐饮消费分别增长8.5%、20.6%。鄂州花湖机场开通货线91条，货邮吞吐量达到128万吨。"
    "民营企业、外资企业出口分别占全省的50.6%、41.9%。厦门、福州机场旅客吞吐量分别达2790.6万人次、1529.9万人次。"
    "保交楼项目新交付15.7万套、完成任务总量的90%。地区生产总值达到13.7万亿元、增长5.8%。"
    "13个创新药获批上市。宁扬长江大桥建成通车。\n\n"
    "二、2026年主要任务\n\n居民医保人均财政补助标准再增加30元。建成常泰长江大桥等过江通道。"
    "继续实施重点民生实事，包括：新开工改造老旧小区4186万平方米；新增婴幼儿托位1.1万个。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searched(tmp_path_factory.mktemp("otherwise"), TEXT, "某省_2026")


@pytest.fixture(scope="module")
def pipeline(searcher: Searcher) -> Pipeline:
    return Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")


# Claims


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("2025年餐饮消费增速远远跑赢汽车消费。", "supported"),
        ("2025年餐饮消费增速没有跑赢汽车消费。", "refuted"),
        ("2025年汽车消费增速跑赢了餐饮消费。", "refuted"),
    ],
)
def test_which_of_two_outran_the_other(searcher: Searcher, statement: str, verdict: str):
    (claim,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert claim.verdict == verdict


@pytest.mark.parametrize(
    "statement",
    [
        "2026年居民医保人均财政补助标准达到每年580元。",
        "2025年厦门机场的旅客吞吐量比福州机场多出约1260万人次。",
        "2025年苏州市GDP达到2.67万亿元。",
    ],
)
def test_a_figure_of_another_kind_or_of_a_part_refutes_nothing(searcher: Searcher, statement: str):
    (claim,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert claim.verdict != "refuted"


def test_a_bridge_that_is_planned_is_not_borne_out_by_another_one(searcher: Searcher):
    (claim,) = FactChecker(searcher, "某省_2026").check("常泰长江大桥2025年就建成通车了。").claims
    assert claim.verdict != "supported"


def test_what_is_left_over_denies_nothing():
    assert not denial_in("保交楼任务大约还剩一成没有交付")
    assert denial_in("保交楼任务没有交付")


def test_pieces_of_words_are_no_places(searcher: Searcher):
    report = ReportText(searcher.library.parsed("某省_2026"))
    official = "争取两江协同创新区，有序建设嘉陵江、明月湖、广阳湾4个实验室"
    assert elsewhere("建设的实验室是嘉陵江、明月湖和广阳湾", official, official, report) is None
    moved = elsewhere("新机场建在涪陵", "新机场建在璧山", "新机场建在璧山", report)
    assert moved == ("涪陵", "璧山")


def test_each_of_several_places_before_a_thing_has_it():
    assert set_beside("厦门机场的旅客更多", "厦门、福州机场旅客吞吐量") is None
    assert set_beside("黄冈花湖机场的货线", "鄂州花湖机场开通货线") == ("黄冈", "鄂州")


def test_two_names_of_one_thing_are_not_crossed():
    official = "科技型企业、高新技术企业分别达到58500家、7565家"
    assert crossed("有58500家技术企业，7565家高新技术企业", official) is None
    assert crossed("科技型企业7565家，高新技术企业58500家", official) is not None


def test_negative_growth_is_a_fall():
    assert opposed("支出由负转正、恢复增长", "支出继续安排负增长")
    assert not opposed("支出下降", "支出继续安排负增长")


def test_as_early_as_names_the_year_of_the_claim():
    assert said_of("早在2022年就迈上了台阶，2023年只是延续") == (2022,)
    assert said_of("2022年迈上了台阶") == ()


# Premises


def test_a_thing_at_another_place_is_told_where_it_is(pipeline: Pipeline):
    answer = pipeline.answer(Question("黄冈花湖机场2025年的货邮吞吐量是多少？"))
    assert answer.status == "partial"
    assert "鄂州花湖机场" in answer.text
    assert "128万吨" in answer.text
    assert pipeline.answer(Question("鄂州花湖机场2025年的货邮吞吐量是多少？")).status == "answered"


def test_what_is_supposed_before_a_question_is_checked():
    assumed = assumption("常泰长江大桥2025年已经建成通车了吧？报告是怎么总结的？", "zh")
    assert assumed is not None
    assert assumed.statement == "常泰长江大桥2025年已经建成通车了"
    assert not assumed.asked


# Questions


def test_two_things_set_against_each_other_are_concluded(pipeline: Pipeline):
    answer = pipeline.answer(Question("2025年全省出口里是民营企业占比高还是外资企业占比高？高出几个百分点？"))
    assert "50.6%" in answer.text
    assert "8.7个百分点" in answer.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("这句话在2025年重点工作的第几条？", "section"),
        ("Of the ten big tasks for 2024, which one has the fishing ban in it?", "section"),
        ("是涨了还是跌了？", "fact"),
        ("是城市提高的幅度大还是农村大？", "comparison"),
    ],
)
def test_kinds_of_questions(text: str, wanted: str):
    assert wanted_of(text) == wanted


def test_what_need_not_be_said_is_not_asked(pipeline: Pipeline):
    query = pipeline.interpret(Question("只告诉我今年新开工改造的老旧小区面积就行，去年的不用说。"))
    assert [slot.years for slot in query.slots] == [(2026,)]


def test_the_opening_of_a_list_is_part_of_its_items(pipeline: Pipeline):
    answer = pipeline.answer(Question("今年民生实事里新增婴幼儿托位多少个？"))
    assert "1.1万个" in answer.text


def test_a_follow_up_asks_the_report_of_the_conversation(pipeline: Pipeline):
    history = (("某省2026年的政府工作报告里，老旧小区改造多少？", "4186万平方米。"),)
    query = pipeline.interpret(Question("其中托位增加多少个？", history))
    assert query.slots[0].filters.reports == ("某省_2026",)


# English


def evidence(quote: str, year: int = 2025) -> Evidence:
    return Evidence(
        1,
        "r",
        "某省政府工作报告（2026年）",
        "某省",
        ("回顾",),
        Period(year, "actual"),
        0,
        len(quote),
        quote,
        1.0,
    )


def test_the_year_of_the_report_needs_no_support():
    told = evidence("信访总量下降25.6%")
    said = "Petitions fell by 25.6%, according to the provincial report of 2026."
    assert ground(said, [told], "en", "By how much did petitions fall, per the report of 2026?").text
    assert not ground(said, [told], "en", "By how much did petitions fall?").text


def test_half_translated_and_misread_sentences_name_the_clause_that_was_read():
    club = evidence("铜梁龙足球队升入中甲")
    grounded = ground("The铜梁龙足球队 won promotion.", [club], "en", "Which club won promotion?")
    assert (grounded.text, grounded.unreadable) == ("", (club,))
    works = evidence("重大工程全年完成投资2150亿元")
    grounded = ground("The figure was 2150 billion yuan.", [works], "en", "What was the figure?")
    assert (grounded.text, grounded.unreadable) == ("", (works,))
    other = replace(works, quote="重大工程全年完成投资2160亿元")
    assert ground("The figure was 2150 billion yuan.", [other], "en", "What?").unreadable == ()


def test_an_english_sentence_counts_what_the_clause_counts():
    parks = evidence("建设大熊猫国家公园，15个先行县取得成效")
    assert not ground("There are 15 giant pandas in the wild.", [parks], "en", "How many pandas?").text
    shops = evidence("新建17个智能工厂、224个数字化车间")
    assert ground("They built 224 digital workshops.", [shops], "en", "How many?").text


def test_a_follow_up_is_translated_with_the_question_before_it():
    def translate(text: str) -> str:
        return "陕西新增就业多少人？2026年承诺新增就业多少人？" if "Shaanxi" in text else "承诺多少？"

    before = "How many jobs did Shaanxi create?"
    asked = "And how many more of them were on offer for 2026?"
    assert in_chinese(asked, before, translate, leaning=True) == "2026年承诺新增就业多少人？"
    assert in_chinese(asked, "", translate, leaning=False) == "承诺多少？"
    assert in_chinese("And the target for 2026?", before, translate, leaning=True) == "2026年目标呢？"


def test_years_that_the_translator_made_up_are_left_out():
    assert without_strange_years("Where did it rank?", "在2019年排名第几？") == "排名第几？"
    assert without_strange_years("Where did it rank in 2019?", "2019年排名第几？") == "2019年排名第几？"


def test_english_names_of_official_terms_are_put_into_chinese():
    assert with_official_terms("How much shantytown redevelopments were there?").split()[2] == "棚户区改造"


def test_what_grew_by_once_doubled():
    assert in_english("出口增长1倍") == "1倍 = 100%"
    assert in_english("是上年的2倍") == "2倍 = 2 times"


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        ("According to the 2024 national report, how many jobs were created?", "How many jobs were created?"),
        ("How many pigs went to slaughter in 2024, as told in its 2025 government work report?", None),
        (
            "Two villages won a prize. Which ones? (It's in the 2025 report.)",
            "Two villages won a prize. Which ones?",
        ),
        ("Which hospitals does the report name?", "Which hospitals does the report name?"),
        (
            "In the 2019 report's review, which areas were kept stable?",
            "In the 2019 report's review, which areas were kept stable?",
        ),
    ],
)
def test_where_it_stands_is_no_part_of_what_is_asked(asked: str, bare: str | None):
    assert without_frame(asked) == (bare or "How many pigs went to slaughter in 2024?")


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        ("What was behind the fall in grain output in 2025?", "Grain output in 2025 fell."),
        ("How come the economy shrank last year?", "the economy shrank last year"),
        ("Now that Line 27 has opened, how many stations does it have?", "Line 27 has opened"),
        ("I heard exports collapsed last year. By how much?", "exports collapsed last year"),
        (
            "Since sales beat their goal by 2% in 2025, by how much did they grow?",
            "sales beat their goal by 2% in 2025",
        ),
    ],
)
def test_what_an_english_question_takes_for_granted(asked: str, statement: str):
    assumed = assumption(asked, "en")
    assert assumed is not None
    assert assumed.statement == statement


@pytest.mark.parametrize(
    "text",
    [
        "Where does the report talk about flood control?",
        "Which of this year's ten priorities covers elderly care?",
        "What is the title of the section on elderly care?",
        "Where is flood control dealt with?",
    ],
)
def test_where_something_stands_is_asked_in_many_ways(text: str):
    assert wanted_of(text) == "section"
    assert wanted_of("Where will the new airport be built?") != "section"


def test_what_is_opened_is_not_under_construction():
    lines = evidence("轨道交通18号线等60公里线路开通")
    assert not ground("60 kilometers of metro are still being built.", [lines], "en", "How many?").text
    assert ground("60 kilometers of metro were opened.", [lines], "en", "How many?").text
    masts = evidence("新建5G基站1.1万个，建成投用")
    assert not ground("The alliance has 5 members.", [masts], "en", "How many members?").text


def test_what_is_being_built_is_so_now(pipeline: Pipeline):
    history = (("2025年汽车消费增长多少？", "8.5%。"),)
    assert pipeline.interpret(Question("还有多少在建？", history)).slots[0].years == ()


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        ("2025年开工的银盘抽水蓄能电站，现在建到哪一步了？", "银盘抽水蓄能电站2025年开工"),
        ("某省2025年汽车产量都全国第一了，具体产量是多少？", "某省2025年汽车产量都全国第一了"),
    ],
)
def test_what_a_question_tells_of_a_thing_before_it_asks(asked: str, statement: str):
    assumed = assumption(asked, "zh")
    assert assumed is not None
    assert assumed.statement == statement


def test_a_list_of_the_whole_country_is_not_asked_of_the_country():
    assert asked_places("铜锣山矿区去年入选了全国山水工程典型案例吗？", ["某省", "全国"]) == ()
    assert asked_places("全国去年新增就业多少？", ["某省", "全国"]) == ("全国",)
