"""What is told in a part of its clause, of each of several, in turn, by signs or byname; and what a claim adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched
from test_question_periods import SHELF, entry, read

from index.types import Indicator
from rag.assumed import asked_besides, assumption
from rag.check_added import _SEASON
from rag.check_complete import is_otherwise_complete
from rag.check_elsewhere import is_named_by_sign
from rag.check_exchange import another_did_it, another_is_it
from rag.check_extreme import other_extreme
from rag.check_kinds import opposed
from rag.check_lists import named_as
from rag.check_outcome import with_subject
from rag.check_ranks import lost_rank, other_medals, other_ranking
from rag.check_translation import with_own_places
from rag.claims import split_claims
from rag.comparison import compared
from rag.factcheck import FactChecker
from rag.listing import Abbreviation, counted
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.places import asked_places, asked_sides
from rag.records import asked_measures
from rag.routes import in_route_names
from rag.shelf import Shelf
from rag.terms import in_official_terms
from rag.times import asked_statuses
from rag.topic import NOT_ASKED, topic_of
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "低保、特困人均月标准分别提高到967元、1437元。办理人大代表建议341件、政协提案297件。"
    "举办营业性演出3.7万场、吸引观众1545万人次。科学应对13轮强降雨，实现洪涝灾害“零亡人”，避免因灾伤亡900余人。"
    "铁路专用线、18号线等40公里线路开通，新开茶馆专线巴士12条。工业投资、民间投资分别增长9.2%、6.1%。\n\n"
    "二、2026年主要任务\n\n"
    "开放甲湖博物馆东馆。力争工业投资增长12%。做好台风、山洪等灾害防治工作，努力实现“少出险、快处置、零伤亡”目标。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searched(tmp_path_factory.mktemp("parts"), TEXT, "某省_2026")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("特困人均月标准提到多少了？低保呢？", "967元、1437元"),
        ("去年代表提的建议和委员交的提案，哪种办得更多，各有几件？", "341件"),
        ("去年的营业性演出一共吸引了多少观众？", "1545万"),
        ("去年洪涝灾害死了多少人？", "零亡人"),
        ("台风这些灾害防治，目标原话是哪三个短语？", "少出险、快处置、零伤亡"),
    ],
)
def test_all_that_is_asked_is_told(searcher: Searcher, asked: str, said: str):
    answer = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026").answer(Question(asked))
    assert said in answer.text


def test_goal_and_result_are_held_against_each_other_where_each_is_asked_for(searcher: Searcher):
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")
    answer = pipeline.answer(Question("工业投资今年的目标和去年实际各是多少？"))
    assert "高2.8个百分点" in answer.text


def test_a_trend_says_by_how_much_from_first_to_last():
    records = [
        Indicator(
            "r",
            "某省",
            "累计成交",
            value,
            "万吨",
            "",
            "level",
            year,
            "actual",
            0,
            1,
            f"累计成交{value}万吨",
            0,
        )
        for value, year in (("47", 2023), ("51", 2024), ("54", 2025))
    ]
    assert compared(records, "zh") == "总体逐年上升，2025年实绩比2023年实绩多7万吨。"
    assert compared(records, "en").endswith("more than the 2023 result.")


@pytest.mark.parametrize(
    ("text", "years", "statuses"),
    [
        ("江苏24、25、26年报告里一般贸易占比各是多少？", [2023, 2024, 2025], {"actual"}),
        ("江苏2024年说要突破多少家？一年后公布的数字是多少？", [2024, 2024], {"target", "actual"}),
        (
            "江苏2025年报告要求年底超过多少个？2026年报告里实际有多少个，达标了吗？",
            [2025, 2025],
            {"target", "actual"},
        ),
    ],
)
def test_each_report_is_asked_of_its_own_time(text: str, years: list[int], statuses: set[str]):
    slots = read(text).slots
    assert [year for slot in slots for year in slot.years] == years
    assert {status for slot in slots for status in slot.statuses} == statuses


def test_a_follow_up_on_another_report_asks_the_place_spoken_of():
    slots = read("那2025年的报告呢，计划启动多少个？", "江苏2026年打算启动几个城中村改造项目？").slots
    assert [slot.place for slot in slots] == ["江苏省"]
    assert slots[0].filters.reports == ("delta-2025",)
    assert (slots[0].filters.near_years, slots[0].filters.near_statuses) == ((2025,), ("target",))


def test_two_reports_of_one_year_are_named_with_it_twice():
    shelf = Shelf((entry("a", "青海省", 2026), entry("b", "山东省", 2026)), "a")
    named, text = named_report("青海2026年和山东2026年的两份报告里，优良天数比例各是多少？", shelf)
    assert set(named) == {"a", "b"}
    assert "2026" not in text


def test_words_that_name_no_goal_no_section_and_no_place():
    assert asked_statuses("我想看外贸结构的变化") == ()
    assert wanted_of("今年开工建设哪一段铁路？") == "fact"
    assert asked_places("魔都2024年要新建几座公园？", ["上海市", "重庆市"]) == ("上海市",)
    assert asked_places("山城步道有多长？", ["上海市", "重庆市"]) == ()


@pytest.mark.parametrize(
    "question",
    ["渝甲高铁去年就修通了撒，那乙线是不是今年建成？", "甲湖大桥已经打通了，通行费多少？"],
)
def test_what_is_said_to_be_through_is_taken_for_granted(question: str):
    assumed = assumption(read(question).asked, "zh")
    assert assumed is not None
    assert assumed.turned


def test_english_words_of_growth_and_of_what_was_opened():
    assert asked_measures("By what percentage did arrivals jump?") == {"growth", "decline"}
    assert not asked_measures("How much had the city built up by the end of 2023?")
    assumed = assumption("How many people used the city's new station after it opened in 2023?", "en")
    assert assumed is not None
    assert assumed.statement == "The city's new station opened in 2023."


def test_a_translation_keeps_the_places_of_the_question():
    termed = "The T3B 航站楼  at 江北 airport opened last year."
    assert with_own_places(termed, "去年，北京首都国际机场T3B航站楼开放。") == "去年，江北机场T3B航站楼开放。"
    assert with_own_places("The airport of 北京 opened.", "北京机场开放。") == "北京机场开放。"
    assert "航站楼" in in_official_terms("The T3B terminal was finished.")


def test_lines_are_called_by_the_signs_of_their_ends():
    def used(name: str) -> bool:
        return name in "渝昆高铁、成渝高速"

    assert in_route_names("重庆至昆明的高铁通了", used) == "渝昆高铁通了"
    assert in_route_names("重庆到成都高速公路", used) == "成渝高速"
    assert in_route_names("重庆到北京的高铁", used) == "重庆到北京的高铁"


@pytest.mark.parametrize(
    ("claim", "official", "differs"),
    [
        ("两家新景区是甲湖和乙山", "新增甲湖、丙峰2家5A级景区", "乙山"),
        ("两家新企业是甲湖和乙山", "新增甲湖、丙峰2家5A级景区", None),
        ("新增的两家5A级景区是甲湖和乙山", "乙山获批世界地质公园，新增甲湖、丙峰2家5A级景区", "乙山"),
        ("新增的两家5A级景区是丙峰和甲湖", "新增甲湖、丙峰2家5A级景区", None),
    ],
)
def test_who_is_named_as_one_of_two_is_one_of_them(claim: str, official: str, differs: str | None):
    told = named_as(claim, official)
    assert (told[0] if told else None) == differs


def test_the_fastest_of_several_is_the_one_with_the_highest_figure():
    official = "汽车、锂电池、太阳能电池等“新三样”出口分别增长43.9%、50.5%和0.9%"
    assert other_extreme("“新三样”出口中太阳能电池增长最快", official) == ("太阳能电池", "锂电池")
    assert other_extreme("“新三样”出口中锂电池增长最快", official) is None
    assert other_extreme("“新三样”出口中太阳能电池增长最慢", official) is None


def test_ranks_medals_and_rankings():
    held = "集装箱吞吐量连续15年排名世界第一"
    assert lost_rank(
        "The port lost its first place in container throughput.\n集装箱吞吐量的世界排名下降", held
    )
    assert lost_rank("The port kept its first place in container throughput.", held) is None
    assert other_medals("夺得1金1银", "勇夺4金1银1铜") == ("1金", "4金")
    assert other_medals("夺得4金1银", "勇夺4金1银1铜") is None
    assert other_ranking("9家企业列入中国500强民营企业", "9家企业上榜中国民营企业500强") is None
    assert other_ranking("9家企业列入中国企业500强", "9家企业上榜中国民营企业500强") is not None


def test_amid_what_it_rose_is_no_fall_of_it():
    official = "外贸进出口在对美贸易下降超3成的情况下增长12%"
    assert opposed("外贸进出口总体下滑", official)
    assert not opposed("外贸进出口增长一成多", official)
    assert not opposed("对美贸易下降超三成", official)


def test_to_whom_it_is_done_may_be_told_last():
    official = "对小微企业的存量留抵税额于6月底前一次性全部退还，增量留抵税额足额退还"
    assert another_is_it("6月底前要一次性全部退还给小微企业的是增量留抵税额", official) == (
        "增量留抵税额",
        "存量",
    )


def test_calls_and_cheers_are_no_part_of_a_claim():
    claims, aside = split_claims("街坊们注意啦，今年要改造1万户老人家里，给政府点个赞～")
    assert [one.text for one in claims] == ["今年要改造1万户老人家里"]
    assert {one.reason for one in aside} == {"greeting", "opinion"}


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("今年将开放甲湖博物馆东馆。", "supported"),
        ("甲湖博物馆东馆将在今年国庆节前开放。", "not_enough_info"),
        ("去年营业性演出吸引观众1545万人次，但观众的人均花费有所下降。", "not_enough_info"),
    ],
)
def test_what_a_claim_adds_is_not_borne_out(searcher: Searcher, statement: str, verdict: str):
    (checked,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert checked.verdict == verdict


def test_the_beginning_of_a_year_and_breaks_are_no_part_of_it():
    assert not _SEASON.search("2024年初时还没建好，推行春秋假")
    assert _SEASON.search("国庆节前开放")


@pytest.mark.parametrize(
    ("text", "lead", "reads"),
    [
        (
            "到2025年报告时说建成了157公里，超出原计划一半多",
            "某市2024年民生实事定的是建100公里绿道，",
            "2025年的报告说，绿道实际建成了157公里",
        ),
        (
            "而次年报告公布的实际增速是3.6%，还不到目标的一半",
            "某市2024年的报告提出当年工业投资增长7.5%，",
            "工业投资",
        ),
        ("到年底新增养老床位2000张", "某市计划改造100个小区，", "到年底新增养老床位2000张"),
        ("最终完成120公里，超出原计划一半多", "某市2024年民生实事定的是建100公里绿道，", "超出原计划一半多"),
    ],
)
def test_what_came_of_a_goal_is_of_its_thing(text: str, lead: str, reads: str):
    assert reads in with_subject(text, lead)


def test_a_part_is_less_than_all():
    assert is_otherwise_complete("试点去年只覆盖了一半的区县", "试点覆盖所有区县")
    assert not is_otherwise_complete("试点去年覆盖了所有区县", "试点覆盖所有区县")


def test_what_is_asked_besides_a_statement_is_told_too(searcher: Searcher):
    assert asked_besides("既然去年已经建成了，请问其贷款余额达到何种规模？") == "请问其贷款余额达到何种规模？"
    assert asked_besides("今年要建多少公里？") == ""
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")
    answer = pipeline.answer(Question("去年政协提案办了341件，那茶馆专线巴士新开了多少条？"))
    assert "297件" in answer.text
    assert "12条" in answer.text


@pytest.mark.parametrize(
    ("claim", "official"),
    [
        ("经老挝、泰国一直到马来西亚的铁路专列", "探索开行中老泰马国际铁路专列"),
        ("甲湖中医药学院招生，甲湖科技学院更名为大学", "甲湖中医药学院正式招生，甲湖科技学院更名为大学"),
    ],
)
def test_the_same_by_other_names_is_not_exchanged(claim: str, official: str):
    assert another_did_it(claim, official) is None


def test_what_only_one_of_its_kind_did_is_not_the_others():
    assert is_named_by_sign("泰国", "中老泰马国际铁路")
    assert not is_named_by_sign("越南", "中老泰马国际铁路")
    assert (
        another_did_it("甲湖中医药学院去年正式更名为大学", "甲湖中医药学院正式招生，甲湖科技学院更名为大学")
        is not None
    )


def test_an_abbreviation_within_another_is_asked_alone():
    asked = counted("敬请说明，“三攻坚一盘活”中的“三攻坚”分别指向哪三项改革？")
    assert isinstance(asked, Abbreviation)
    assert asked.number == 3
    assert "三攻坚" in NOT_ASKED.sub("", "“三攻坚”分别指向哪三项改革？")


def test_two_sides_by_their_cities_and_life_expectancy():
    known = ["湖北省", "四川省", "重庆市"]
    assert set(asked_sides("湖北鄂州花湖机场和成都国际航空枢纽，哪边运的货邮多？", known)) == {
        "湖北省",
        "四川省",
    }
    assert "预期寿命" in topic_of("人均预期寿命是多少岁？", SHELF)
