"""What a claim gives to another thing than the report does, and what it holds against the nation's figure."""

from __future__ import annotations

import pytest
from fakes import HashEncoder

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.check_cause import other_cause
from rag.check_exchange import crossed_over, given_to_another, other_degree
from rag.check_kinds import opposed
from rag.check_records import stated_figures
from rag.check_stage import is_left_open, other_stage
from rag.factcheck import FactChecker

LIST = (
    "金沙江大桥、合川双槐储能电站、永川港桥燃机等项目建成投用，重庆中医药学院正式招生，重庆科技学院更名为大学"
)
BASE = "银行业抵御风险能力增强，不良贷款率由6.1%下降到0.95%"
STEP = "新农合财政补助标准由每人每年240元提高到280元"

NATION = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n地区生产总值增长4.7%、低于全国0.3个百分点，固定资产投资增长4%、高于全国7.8个百分点。\n\n"
    "二、2026年主要任务\n\n地区生产总值增长5%左右，城镇新增就业60万人以上。\n"
)


@pytest.mark.parametrize(
    ("claim", "official", "kind", "stated", "theirs"),
    [
        ("双槐储能电站建在永川", LIST, "place", "永川", "合川"),
        ("中医药学院更名为大学，科技学院正式招生", LIST, "entity", "中医药", "重庆"),
        ("银行业的不良贷款率为6.1%", BASE, "figure", "6.1%", "0.95%"),
        ("新农合补助从240元涨到320元", STEP, "figure", "320元", "280元"),
        ("新建100座体育公园", "建设100个口袋公园、10座体育公园", "figure", "100座", "10座"),
        ("应对了22个台风", "成功应对22轮强降水和“桦加沙”等15个台风，保障安全", "figure", "22个", "15个"),
    ],
)
def test_what_is_given_to_another_thing_is_named(
    claim: str, official: str, kind: str, stated: str, theirs: str
):
    found = given_to_another(claim, official, same_time=True)
    assert found is not None
    assert (found.kind, found.stated, found.official) == (kind, stated, theirs)


@pytest.mark.parametrize(
    ("claim", "official"),
    [
        ("双槐储能电站建在合川", LIST),
        ("永川和合川都有项目建成投用", LIST),
        ("科技学院更名为大学，中医药学院正式招生", LIST),
        ("银行业的不良贷款率从6.1%降下来了", BASE),
        ("银行业的不良贷款率为0.95%", BASE),
        ("新农合补助从240元涨到280元", STEP),
        ("新农合补助原来是240元", STEP),
        ("新建100座口袋公园和10座体育公园", "建设100个口袋公园、10座体育公园"),
        ("新建公园120座，加装电梯3000台", "启动10个城中村改造项目，加装电梯3000台"),
        ("又多了国家5A级景区，是查干湖和嫩江湾", "查干湖景区、嫩江湾旅游区晋升为国家5A级景区"),
    ],
)
def test_what_is_given_to_its_own_thing_stands(claim: str, official: str):
    assert given_to_another(claim, official, same_time=True) is None


def test_the_start_of_a_change_was_the_figure_of_an_earlier_time():
    assert given_to_another("2007年不良贷款率为6.1%", BASE, same_time=False) is None


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> FactChecker:
    store = Store(tmp_path_factory.mktemp("nation"))
    Builder(store, HashEncoder()).add([report_from_text(NATION, "某省_2026")])
    return FactChecker(Searcher(store, HashEncoder()), "某省_2026")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("2025年GDP涨了4.7%，比全国平均慢了0.3个百分点。", "supported"),
        ("2025年GDP增速跑赢了全国。", "refuted"),
        ("2025年GDP增速没有跑赢全国。", "supported"),
        ("2025年固定资产投资增速没有超过全国。", "refuted"),
        ("2025年固定资产投资增速高于全国。", "supported"),
        ("2025年固定资产投资增速低于全国平均水平。", "refuted"),
        ("2025年固定资产投资增速高于全国5个百分点。", "refuted"),
    ],
)
def test_a_figure_held_against_the_nations(checker: FactChecker, statement: str, verdict: str):
    (claim,) = checker.check(statement).claims
    assert claim.verdict == verdict
    assert claim.citations


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("2025年固定资产投资增长4%。", "supported"),
        ("2025年固定资产投资增长4%，主要得益于设备更新。", "not_enough_info"),
        ("2026年城镇新增就业不少于60万人。", "supported"),
    ],
)
def test_what_a_figure_is_owed_to_is_told_by_the_report_or_not_at_all(
    checker: FactChecker, statement: str, verdict: str
):
    (claim,) = checker.check(statement).claims
    assert claim.verdict == verdict, claim


def test_growth_over_the_year_before_is_a_figure_of_its_indicator():
    (stated,) = stated_figures("社会消费品零售总额比上年增长6.8%", 0, ())
    assert (stated.name, stated.figure.text, stated.measure) == ("社会消费品零售总额", "6.8%", "growth")


def test_not_down_but_up_is_up():
    assert opposed("PM2.5不降反升", "PM2.5浓度下降14.9%")
    assert not opposed("PM2.5不升反降", "PM2.5浓度下降14.9%")


@pytest.mark.parametrize(
    ("claim", "official", "planned", "differing"),
    [
        ("新机场开工建设", "新机场选址获批，输气管道开工", False, ("开工", "选址")),
        ("输气管道开工", "新机场选址获批，输气管道开工", False, None),
        ("输气管道建成投用", "新机场选址获批，输气管道开工", False, ("建成", "开工")),
        ("输电工程还没有建成", "输电工程提速建设", False, None),
        ("输电工程将建成", "输电工程提速建设", False, None),
        ("高铁将建成通车", "力争开工高铁等项目", True, ("建成", "开工")),
    ],
)
def test_what_is_less_far_than_a_claim_says(
    claim: str,
    official: str,
    planned: bool,  # noqa: FBT001 - a column
    differing: tuple[str, str] | None,
):
    assert other_stage(claim, official, planned=planned) == differing


@pytest.mark.parametrize(
    ("claim", "official", "differing"),
    [
        ("收入增长靠的是冰雪旅游带动", "“票根经济”带动收入增长近7倍", "冰雪旅游带动"),
        ("收入增长靠的是票根经济", "“票根经济”带动收入增长近7倍", None),
        ("收入增长得益于冰雪旅游", "收入增长近7倍", None),
    ],
)
def test_what_is_owed_to_something_else(claim: str, official: str, differing: str | None):
    found = other_cause(claim, official)
    assert (found and found[0]) == differing


def test_a_thing_of_another_degree():
    assert other_degree("覆盖到轻度失能人员", "覆盖到中度失能人员") == ("轻度失能", "中度失能")
    assert other_degree("覆盖到轻度失能人员", "覆盖到轻度和中度失能人员，轻度失能优先") is None
    assert other_degree("建成省级园区", "建成国家级园区3个") == ("省级园区", "国家级园区")


def test_two_things_that_change_what_is_told_of_them():
    official = "汉江出省断面水质稳定保持Ⅱ类、丹江首次达到Ⅰ类"
    assert crossed_over("汉江首次达到Ⅰ类，丹江则稳定保持Ⅱ类", official) == ("汉江", "丹江")
    assert crossed_over("汉江稳定保持Ⅱ类，丹江则首次达到Ⅰ类", official) is None


def test_whether_what_is_under_way_will_be_done_is_open():
    official = "推进7号线一期、15号线等262公里轨道交通在建项目"
    assert is_left_open("15号线年底前会建成通车", official)
    assert not is_left_open("15号线正在建设", official)
    assert not is_left_open("今年15号线建成通车", "15号线建成通车")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("某省2025年固定资产投资增长没有超过4.2%。", "supported"),
        ("某省2025年固定资产投资增长不到4.2%。", "supported"),
        ("某省2025年地区生产总值增长不到4%。", "refuted"),
        ("某省2025年地区生产总值没能突破4%的增长。", "refuted"),
        ("某省2025年固定资产投资增长4%，其中一半以上投给了铁路。", "not_enough_info"),
        ("某省2025年地区生产总值增长4.7%，主要是靠手机出口拉起来的。", "not_enough_info"),
        ("某省2025年地区生产总值增长4.7%，比原计划提前半年。", "not_enough_info"),
    ],
)
def test_bounds_and_what_is_added_to_a_figure(checker: FactChecker, statement: str, verdict: str):
    (claim,) = checker.check(statement).claims
    assert claim.verdict == verdict, claim


def test_the_outside_of_a_building_is_not_all_of_it():
    official = "基板玻璃项目运行投产，三星闪存芯片扩产项目主体完工"
    assert other_stage("三星闪存芯片扩产项目已经全面投产", official, planned=False) == ("投产", "主体完工")
    assert other_stage("基板玻璃项目已经投产", official, planned=False) is None
