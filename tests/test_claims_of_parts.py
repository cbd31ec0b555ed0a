"""Claims of several parts: whose each figure is, how far each thing is, two things of which the same is said, two wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples import searched

from rag.check_owners import of_another_part
from rag.check_stage import other_approval, other_stage
from rag.check_vague import in_figures
from rag.check_wording import _is_moved
from rag.claims import Claim, of_each, split_claims, told_apart
from rag.factcheck import FactChecker
from rag.verdicts import Difference

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n数据平台建成投用，“省快办”全面重构，“省快政”日活跃用户达到43万。"
    "无人机产量增长39%、占全国9成，工业机器人产量增长31.2%、占全国4成，服务机器人产量增长11.2%、占全国8成。"
    "甲山生态整治、乙矿渣场整治成效明显，丙江矿区和丁岛生态修复入选全国典型案例。某国际机场第四跑道建成投用。"
    "获批设立某天府国际空港综合保税区。某中国白酒博物馆开工建设。三门核电三期项目获国家核准，三澳核电二期等项目开工建设。"
    "连续6年成为全国唯一出生人口超百万的省份，惠及168万名儿童。部分指标没有达到预期，居民消费能力和意愿有待提升。"
    "9家企业上榜中国民营企业500强。乙省科技学院更名为大学，乙省中医药学院正式招生。甲乙省际建成及在建高速公路达到21条。"
    "压减财政一般性支出、非急需非刚性支出55亿元。2000亿元产业投资母基金组建运行。\n\n"
    "二、2026年主要任务\n\n投用某国际机场T3B航站楼。建设100个口袋公园、10座体育公园。安装1000台化粪池安全监测系统。"
    "调整个人住房房产税政策措施，优化公积金使用范围和方式。争取国家实验室某基地建设。新增减税降费540亿元。"
    "加强省际交流，深化鲁渝协作和定点帮扶。有序推动能耗“双控”向碳排放“双控”转变。取消港口建设费，将民航发展基金征收标准降低20%。"
    "打造火锅食材、粮油、生态畜牧三大千亿级产业，壮大预制菜、榨菜、茶叶三个百亿级产业。创建国家节水型城市，争创国家级氢能汽车示范城市。"
    "延续执行企业研发费用加计扣除75%政策，将制造业企业加计扣除比例提高到100%。孤儿基本生活保障标准从每人每月2375元提高到2423元。"
    "将长期护理保险覆盖到中度失能人员。\n"
)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    searcher = searched(tmp_path_factory.mktemp("parts"), TEXT, "某省_2026")
    checker = FactChecker(searcher, "某省_2026", str, lambda _claim, _official: None)
    return lambda statement: checker.check(statement).claims[-1].verdict


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("“省快办”平台去年日活跃用户达到43万。", "refuted"),
        ("“省快政”平台去年日活跃用户达到43万。", "supported"),
        ("去年服务机器人占全国九成。", "refuted"),
        ("去年服务机器人占全国八成。", "supported"),
        ("某国际机场第四跑道和T3B航站楼均已在2025年投用。", "refuted"),
        ("某国际机场第四跑道2025年投用。", "supported"),
        ("今年要争取国家批准设立某天府国际空港综合保税区。", "refuted"),
        ("某中国白酒博物馆已开工，计划2028年对外开放。", "not_enough_info"),
        ("三门核电三期去年已经开工，三澳核电二期则刚获国家核准。", "refuted"),
        ("今年要建100个口袋公园、10座体育公园，还要装1000台化粪池安全监测系统。", "supported"),
        ("今年新增减税降费450亿元，真金白银稳住信心。", "refuted"),
        ("今年要推动碳排放“双控”逐步转为能耗“双控”。", "refuted"),
        ("今年有序推动能耗“双控”转为碳排放“双控”。", "supported"),
        ("今年民航发展基金被取消，港口建设费则降低20%。", "refuted"),
        ("榨菜和茶叶被列入今年要打造的三大千亿级产业。", "refuted"),
        ("今年要争创国家节水型城市。", "supported"),
        ("制造业企业研发费用加计扣除比例今年提到100%。", "supported"),
        ("孤儿基本生活保障标准今年每人每月要涨48元。", "supported"),
        ("9家企业去年上榜中国企业500强。", "refuted"),
        ("9家企业去年上榜民营企业500强。", "supported"),
        ("乙省科技学院去年已更名为乙省中医药学院。", "refuted"),
        ("甲乙省际去年建成和正在修的高速公路有21条。", "supported"),
        ("过紧日子不是空话：去年压减一般性支出、非急需非刚性支出55亿元。", "supported"),
        ("2000亿元产业投资母基金去年已经投出去300多亿元。", "not_enough_info"),
    ],
)
def test_each_part_is_checked_by_what_is_told_of_its_own_thing(
    verdict: Callable[[str], str], claim: str, expected: str
):
    assert verdict(claim) == expected


def test_a_figure_is_that_of_the_part_in_which_it_stands():
    official = "无人机产量增长39%、占全国9成，服务机器人产量增长11.2%、占全国8成"
    assert of_another_part("无人机产量占全国九成", official) is None
    wrong = of_another_part("无人机产量占全国八成", official)
    assert wrong is not None
    assert (wrong.stated, wrong.official) == ("80%", "9成")
    assert of_another_part("轨道交通运营里程达到575公里", "轨道交通在建262公里，运营里程达到575公里") is None


def test_what_is_done_to_a_thing_may_stand_before_or_behind_it():
    official = "调整个人住房房产税政策措施，优化公积金使用"
    claim = "个人住房房产税政策措施将有调整，公积金使用也会优化"
    assert _is_moved(Difference("entity", "将有调整", "优化"), claim, official)
    assert not _is_moved(Difference("entity", "将有取消", "优化"), claim, official)


def test_things_of_a_claim_that_are_each_said_to_be_so():
    (claim,) = split_claims("去年甲大桥和乙隧道均已通车。")[0]
    assert [one.text for one in of_each(claim)] == ["去年甲大桥已通车", "乙隧道已通车"]
    assert of_each(Claim("甲大桥已经通车", 0, 7)) == ()


def test_parts_go_with_who_says_them_and_when():
    text = "某省2026年报告提到，白酒博物馆开工建设，体育公园要建10座"
    first, second = told_apart(Claim(text, 0, len(text)), text)
    assert first.text == "某省2026年报告提到，白酒博物馆开工建设"
    assert second.text == "某省2026年报告提到，体育公园要建10座"
    assert second.lead == "白酒博物馆开工建设，"
    alone = "新工厂落地建设，总投资达到80亿元"
    assert told_apart(Claim(alone, 0, len(alone)), alone) == (), "what has no subject is not told apart"


def test_how_far_something_is():
    assert (
        other_stage("国家实验室某基地已经获批，今年投用", "争取国家实验室某基地建设", planned=True)
        is not None
    )
    assert other_approval("争取批准设立综合保税区", "获批设立综合保税区") == ("争取批准", "获批")
    assert other_approval("争取批准设立综合保税区", "争取设立综合保税区") is None
    assert other_approval("国家实验室某基地已经获批建设", "争取国家实验室某基地建设") == ("获批", "争取")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("出生人口超百万", "出生人口超100万"),
        ("an annual fall in 'three public' expenses", "an annual fall in 'three public' expenses"),
        ("three public parks", "3 public parks"),
    ],
)
def test_words_for_figures(text: str, figures: str):
    assert in_figures(text) == figures
