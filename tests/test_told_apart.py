"""Claims and questions about another one of its kind: lists, sites, leagues, units, bounds, and the county that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched
from test_question_periods import SHELF, read

from index.loaders import report_from_text
from index.shard import parse
from rag.amounts import asked_unit, has_number
from rag.assumed import assumption
from rag.check_complete import is_otherwise_complete
from rag.check_elsewhere import other_site, strange_site
from rag.check_exchange import another_is_it, crossed_over, other_degree
from rag.check_kinds import opposed
from rag.check_lists import not_among
from rag.check_reading import said_of, without_effect
from rag.check_stage import is_under_way, other_stage
from rag.check_vague import in_figures
from rag.english import without_asker, without_frame
from rag.factcheck import FactChecker
from rag.pipeline import Pipeline
from rag.topic import topic_of
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n对照2025年政府工作报告确定的目标，部分指标没有达到预期。"
    "碳市场累计成交4753万吨，绿色贷款余额超过6800亿元。3个区县成功创建食品安全示范城市。铜梁龙足球队升入中甲。"
    "恢复重建扎实推进，168项“一年恢复”项目全部投用，344项“三年提升”项目开工建设。忠县三峡橘乡综合体获批创新基地。"
    "甲县、乙县调出山区县序列。\n\n"
    "二、2026年主要任务\n\n加快建设歌剧院、工业博物馆。打造火锅、粮油、畜牧三大千亿级产业，壮大柑橘、茶叶两个百亿级产业。"
    "拓宽绿水青山转化为金山银山的路径，建设创新基地。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searched(tmp_path_factory.mktemp("apart"), TEXT, "某省_2026")


@pytest.fixture(scope="module")
def verdict(searcher: Searcher) -> Callable[[str], str]:
    checker = FactChecker(searcher, "某省_2026", str, lambda _claim, _official: None)
    return lambda statement: checker.check(statement).claims[0].verdict


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2025年每一个区县都创成了食品安全示范城市。", "refuted"),
        ("2025年铜梁龙足球队打进了中超。", "refuted"),
        ("柑橘是今年要打造的千亿级三大产业之一。", "refuted"),
        ("“三年提升”的344个项目已经全部投用。", "refuted"),
        ("2025年定的目标样样都完成了。", "refuted"),
        ("2025年定下的指标并没有全部实现。", "supported"),
        ("工业博物馆将于2028年建成。", "not_enough_info"),
    ],
)
def test_a_claim_about_another_one_of_its_kind(verdict: Callable[[str], str], claim: str, expected: str):
    assert verdict(claim) == expected


def test_a_name_beside_the_official_list():
    official = "打造火锅、粮油、畜牧三大千亿级产业，壮大柑橘、茶叶两个百亿级产业"
    assert not_among("柑橘是要做成千亿级的三大产业之一", official) == ("柑橘", "打造火锅、粮油、畜牧")
    assert not_among("粮油是要做成千亿级的三大产业之一", official) is None
    assert not_among("柑橘是要壮大的产业", official) is None


def test_where_something_lies():
    official = "开工建设国家医学中心永川院区，谋划科创走廊"
    assert other_site("国家医学中心新院区落在城市副中心", official, official, "北京市") == (
        "城副中心",
        "永川",
    )
    assert other_site("国家医学中心院区落在永川", official, official, "北京市") is None
    assert strange_site("获批的新机场选址在璧山", "重庆新机场选址获批") == "璧山"
    assert strange_site("新机场选址获批", "重庆新机场选址获批") == ""


def test_two_statements_that_begin_alike_are_crossed_over():
    official = "支持鄂州申建空港综保区，支持荆州申建保税物流中心"
    claim = "支持荆州申建空港综保区、支持鄂州申建保税物流中心"
    assert crossed_over(claim, official) == ("荆州", "鄂州")
    assert crossed_over("支持鄂州申建空港综保区、支持荆州申建保税物流中心", official) is None


def test_who_did_it_may_be_one_that_the_report_does_not_name():
    official = "海康威视获我省首个制造业领域中国质量奖。"
    assert another_is_it("拿下制造业领域首个中国质量奖的是吉利", official) == ("吉利", "海康威视")
    assert other_degree("足球队升上中超", "足球队升入中甲") == ("中超", "中甲")
    assert other_degree("进度超过计划", "中甲") is None


@pytest.mark.parametrize(
    ("claim", "reads"),
    [
        ("出口的增幅接近进出口总额增幅的两倍", "出口的增幅进出口总额增幅的接近两倍"),
        ("失业率没有超过5.5%", "失业率没有超过5.5%"),
    ],
)
def test_about_how_many_times(claim: str, reads: str):
    assert without_effect(claim) == reads


def test_what_a_claim_is_measured_against_is_not_its_time():
    assert said_of("2022年拟把赤字率安排在2.8%左右，较2021年下调") == (2022,)
    assert said_of("比2021年增长3%") == ()
    assert "超过1亿" in in_figures("过夜游客总数过亿")


def test_all_against_some_and_up_against_down():
    assert is_otherwise_complete("每一个区县都创成了示范城市", "3个区县成功创建示范城市")
    assert not is_otherwise_complete("3个区县创成了示范城市", "3个区县成功创建示范城市")
    assert opposed("国际航线减少到33条", "国际航线恢复至33条")
    assert other_stage(
        "“三年提升”的344个项目已经全部投用",
        next(one for one in TEXT.split("。") if "恢复重建" in one),
        planned=False,
    ) == (
        "投用",
        "开工",
    )


@pytest.mark.parametrize(
    ("asked", "unit"),
    [("最低工资标准涨到好多钱一个月？", "元"), ("通道一天跑多少车？", "辆"), ("一共有好长？", "公里")],
)
def test_how_much_in_dialect(asked: str, unit: str):
    assert asked_unit(read(asked).text) == unit


def test_medals_and_the_last_kilometre():
    assert has_number("斩获12金8银4铜", "块")
    assert not has_number("增加现金流", "块")
    text = "某省人民政府工作报告\n\n二、2026年主要任务\n\n推动工作闭环，把“最初一公里”和“最后一公里”贯通起来。新建农村公路8000公里。\n"
    assert [one.value for one in parse(report_from_text(text, "某省_2026")).indicators] == ["8000"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("“渝车出海”我要去原文翻，在今年任务的第几项、哪一块下面？", "section"),
        ("那句要“闯”要“啃”的话，准确文字是什么？", "wording"),
        ("Where in the Chongqing 2024 report would I find the fishing ban?", "section"),
    ],
)
def test_where_and_in_which_words(asked: str, wanted: str):
    assert wanted_of(asked) == wanted


def test_what_is_left_out_of_a_question():
    assert "整个" not in topic_of("技改投资涨百分之几？不是整个工业投资哈。", SHELF)
    assert "集采" in topic_of("我们科里换了好多集采的药，想知道总共替老百姓省了多少钱？", SHELF)
    asked = "What growth is set for technical upgrading, as distinct from industrial investment as a whole?"
    assert without_asker(asked) == "What growth is set for technical upgrading?"
    assert without_frame("What is its name, in the January 2024 report?") == "What is its name?"


def test_what_is_being_worked_on():
    assert is_under_way("还没修完、正在推进的有多长？")
    assert is_under_way("How much more is being worked on?")


def test_behind_a_colon_of_its_own_only_the_first_statement_is_granted():
    assumed = assumption("既然2025年定的目标全部都完成了，我就这么写：“全部达标”，报告里是哪句话讲的？", "zh")
    assert assumed is not None
    assert assumed.statement == "2025年定的目标全部都完成了"
    assert assumption("2024年答应新增的车位，2025年报告里兑现了没有，原定几个？", "zh") is None


def test_the_county_that_is_named_comes_first(searcher: Searcher):
    pipeline = Pipeline(searcher, ScriptedGenerator(), "某省_2026")
    answer = pipeline.answer(
        Question("忠县有个地方评上了“绿水青山就是金山银山”的创新基地，是哪个？"), use_model=False
    )
    assert "三峡橘乡" in answer.text
