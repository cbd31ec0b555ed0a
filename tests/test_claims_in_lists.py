"""Claims about one of several things: which way it went in a run of figures, which name is whose, how far each is, what it rose by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples import searched

from index.quantities import find_quantities
from rag.check_derived import derived
from rag.check_exchange import misplaced, other_number
from rag.check_kinds import only_one_moves
from rag.check_lists import paired_otherwise
from rag.check_ranks import other_rank, others_counted
from rag.check_stage import other_stage
from rag.claims import split_claims
from rag.factcheck import FactChecker

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n汽车、电池、光伏组件等“新三样”出口分别增长43.9%、50.5%和0.9%。高铁运营总里程3411公里、跃居全国第一。"
    "对照2025年政府工作报告确定的目标，部分指标没有达到预期。10项教育民生项目取得阶段性成效，15件年度重点民生实事全面完成。"
    "三门核电三期项目获国家核准，六横接收站等项目开工建设。免费为符合条件的19.3万女学生接种疫苗。有序建设金凤、江岸、明湖、广阳4个重点实验室。"
    "新增甲市、乙市等文明城市12个，总数达到22个。进出口总额增长18.2%、增速居全国第3位。推进人工智能、航空航天、先进材料等3个重大科技专项。"
    "坚持遏重大、减总量，安全事故起数实现双下降。\n\n"
    "二、2026年主要任务\n\n努力将东明岛、长平岛、横河岛建设成为“零碳岛”、“低碳岛”和“负碳岛”。"
    "高标准建设长江、长征国家文化公园（某省段），一体保护提升红色旧址。加快筹设海洋大学。"
    "开工建设20号线一期东段，加快建设嘉闵线，建成机场联络线、17号线西延伸。\n"
)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    searcher = searched(tmp_path_factory.mktemp("lists"), TEXT, "某省_2026")
    checker = FactChecker(searcher, "某省_2026", str, lambda _claim, _official: None)
    return lambda statement: checker.check(statement).claims[-1].verdict


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("去年光伏组件出口下降0.9%。", "refuted"),
        ("去年光伏组件出口增长0.9%。", "supported"),
        ("高铁运营总里程3411公里，升到全国第二。", "refuted"),
        ("去年为19.3万名女职工免费接种了疫苗。", "refuted"),
        ("去年新增文明城市22个。", "refuted"),
        ("去年新增文明城市12个。", "supported"),
        ("去年进出口总额增长18.2%，增速只排到中部第3位。", "refuted"),
        ("3个重大科技专项包括量子科技。", "refuted"),
        ("2025年政府工作报告提出的各项指标无一例外都达到了预期。", "refuted"),
        ("全国高铁运营总里程去年排第二。", "refuted"),
        ("上一年政府工作报告定下的目标，并不是每一项都达到了。", "supported"),
        ("10项教育民生项目到去年底已全部完成。", "refuted"),
        ("三门核电三期去年已经开工。", "refuted"),
        ("海洋大学已经挂牌并招收了首批学生。", "refuted"),
        ("机场联络线今年开工建设。", "refuted"),
        ("今年把长平岛建成“零碳岛”，把东明岛建成“低碳岛”。", "refuted"),
        ("今年要高标准建设长江、长征国家文化公园某省段。", "supported"),
    ],
)
def test_one_of_several(verdict: Callable[[str], str], claim: str, expected: str):
    assert verdict(claim) == expected


def test_a_rank_is_held_against_the_one_of_the_same_thing():
    official = "开通3条新线、新增里程30公里，地铁总里程达909公里、居全国首位，绿地面积居全国第五"
    assert other_rank("地铁总里程居全国第二", official) == ("全国第二", "全国首位")
    assert other_rank("地铁总里程居全国第一", official) is None
    assert other_rank("绿地面积居全省第五", official) == ("全省第五", "全国第五")


def test_a_number_may_stand_behind_what_it_counts():
    official = "有序建设金凤、江岸、明湖、广阳4个重点实验室"
    assert other_number("有序建设的“重点实验室”一共三个：金凤、江岸和明湖", official) == ("三个", "4个")
    assert other_number("有序建设的“重点实验室”一共四个", official) is None


def test_people_are_others_only_by_a_figure_too_long_for_chance():
    assert others_counted("为19.3万名女职工接种", "为19.3万女学生接种") == ("女职工", "女学生")
    assert others_counted("为19.3万名学生接种", "为19.3万女学生接种") is None
    assert others_counted("为3名职工接种", "为3名学生接种") is None


def test_the_name_that_each_gets_goes_by_the_order_of_the_lists():
    official = "将东明岛、长平岛、横河岛建设成为“零碳岛”、“低碳岛”和“负碳岛”"
    assert paired_otherwise("长平岛建成“零碳岛”", official) == ("零碳岛", "低碳岛")
    assert paired_otherwise("长平岛建成“低碳岛”、横河岛建成“负碳岛”", official) is None
    assert paired_otherwise("东明岛建成“零碳岛”", "将东明岛、长平岛建成“零碳岛”") is None


@pytest.mark.parametrize("source", ["某省2026年报告宣布", "根据浙江2026年报告", "据上海2024年的政府工作报告"])
def test_who_says_it_is_no_claim_of_its_own(source: str):
    claims, _ = split_claims(f"{source}，深圳海洋大学已经挂牌并招收了首批学生。")
    assert len(claims) == 1


def test_a_river_is_no_place_of_which_something_else_is_told():
    official = "高标准建设长江、长征国家文化公园（重庆段），一体保护提升红色旧址"
    assert misplaced("高标准建设长江、长征国家文化公园的本地段", official) is None


def test_what_something_was_raised_by_follows_from_both_its_values():
    said = "最低标准每人每月上调48元"
    follow = derived(said, "最低标准从每人每月2375元提高到2423元")
    assert any((one.value, one.unit) == (48, "元") for one in follow)


def test_a_rank_is_a_level_whatever_it_moved_from():
    said, official = "高铁里程升到全国第二", "高铁里程3411公里、跃居全国第一"
    ours, theirs = find_quantities(said)[-1], find_quantities(official)[-1]
    assert not only_one_moves(ours, said, theirs, official)


def test_what_is_finished_this_year_is_not_begun_this_year():
    assert other_stage("机场联络线今年开工建设", "建成机场联络线", planned=True) == ("开工", "建成")
    assert other_stage("机场联络线2020年开工建设", "建成机场联络线", planned=True) is None
    assert other_stage("机场联络线今年开工并于年底建成", "建成机场联络线", planned=True) is None
