"""Claims whose figure, deadline, partner or yardstick is that of something else, and everyday words that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples import searched

from index.quantities import find_quantities
from rag.check_deadline import other_deadline
from rag.check_elsewhere import other_partner
from rag.check_kinds import holds, kind_of, opposed
from rag.check_outcome import with_subject
from rag.check_text import in_written_verbs
from rag.claims import split_claims
from rag.factcheck import FactChecker
from rag.times import asked_statuses

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "“新三样”出口增长1倍，实现外贸进出口7137.4亿元。设立中希文明互鉴中心。“某快政”日活跃用户达到43万。"
    "新增茶园托位4万个。18号线部分区段共61公里轨道交通线，运营线路总长达到831公里、继续保持全球城市第一。"
    "新增首店1078家、保持全国第一。延期还本付息政策延长至明年3月底。压减财政支出55亿元。\n\n"
    "二、2026年主要任务\n\n全年进出口总值增长3%。建设100个口袋公园、10座体育公园。新增“错时共享”停车泊位4.5万个。"
    "新增茶园托位1.1万个。支持甲市、乙市打造国家奥运后备人才梯队建设重点城市。\n"
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> FactChecker:
    searcher: Searcher = searched(tmp_path_factory.mktemp("beside"), TEXT, "某省_2026")
    return FactChecker(searcher, "某省_2026")


@pytest.mark.parametrize(
    ("statement", "verdicts"),
    [
        ("去年进出口做到7137.4亿元，今年力争再增长6%。", ["supported", "refuted"]),
        ("去年进出口达到7137.4亿元，今年力争再增长3%。", ["supported", "supported"]),
        ("今年既有100个口袋公园，也有8万个“错时共享”停车泊位。", ["supported", "refuted"]),
        ("某省设立中意文明互鉴中心。", ["refuted"]),
        ("“某快政”日活跃用户达到430万人。", ["refuted"]),
        ("去年新增首店1078家，数量仅次于北京，居全国第二。", ["refuted"]),
        ("延期还本付息政策延长到2026年底。", ["refuted"]),
        ("去年“新三样”出口额突破300亿元。", ["not_enough_info"]),
    ],
)
def test_each_part_is_held_against_its_own_thing(checker: FactChecker, statement: str, verdicts: list[str]):
    assert [one.verdict for one in checker.check(statement).claims] == verdicts


@pytest.mark.parametrize(
    "statement",
    [
        "到2025年底，轨道交通运营线路总长831公里，在全球城市里排第一。",
        "今年要支持甲市和乙市建设国家奥运后备人才梯队的重点城市。",
    ],
)
def test_what_is_done_with_a_thing_is_no_other_name(checker: FactChecker, statement: str):
    assert "refuted" not in {one.verdict for one in checker.check(statement).claims}


def test_a_comparison_without_a_figure_is_not_borne_out_by_one_year(checker: FactChecker):
    (checked,) = checker.check("今年计划新增的茶园托位数量超过去年。").claims
    assert checked.verdict != "supported"


def test_where_the_money_went_is_added(checker: FactChecker):
    (checked,) = checker.check("去年压减财政支出55亿元，全部投向了乡村义务教育。").claims
    assert checked.verdict == "not_enough_info"


def test_who_admits_it_is_no_claim_of_its_own():
    (claim,) = split_claims("某省2026年报告承认，甲区在评估里从第2名滑落到了第9名。")[0]
    assert "承认" in claim.text


@pytest.mark.parametrize(
    ("claim", "official", "other"),
    [
        ("政策延长到2020年底", "政策再延长至明年3月底", ("延长到2020年底", "延长至明年3月底")),
        ("政策延长到2021年3月底", "政策再延长至明年3月底", None),
        ("政策会延长", "政策再延长至明年3月底", None),
    ],
)
def test_deadlines(claim: str, official: str, other: tuple[str, str] | None):
    assert other_deadline(claim, official, 2020) == other


def test_partners_of_china_by_one_sign():
    assert other_partner("中意文明互鉴中心落户", "设立中希文明互鉴中心") == ("中意文明互", "中希文明互")
    assert other_partner("中希文明互鉴中心落户", "设立中希文明互鉴中心") is None
    assert other_partner("中意合作论坛", "设立中希文明互鉴中心") is None


@pytest.mark.parametrize(
    ("stated", "official", "held"),
    [
        ("收入比缩小到2.21∶1左右", "收入比缩小至2.1∶1左右", False),
        ("收入比缩小到2.1∶1", "收入比缩小至2.1∶1左右", True),
        ("约45亿元", "45.2亿元", True),
        ("约45.2亿元", "45亿元", True),
    ],
)
def test_about_a_finer_figure_is_not_about_a_rounder_one(stated: str, official: str, *, held: bool):
    (ours,), (theirs,) = find_quantities(stated), find_quantities(official)
    assert holds(ours, theirs) is held


def test_what_both_tell_of_what_it_was_amid_does_not_turn_it():
    official = "外贸进出口在对美贸易下降超3成的情况下增长12%"
    assert opposed("受对美贸易下降超三成拖累，全市外贸进出口整体也是负增长", official)
    assert not opposed("受对美贸易下降超三成影响，外贸进出口仍增长12%", official)


def test_kinds_of_difference():
    assert kind_of("县", "荆竹村") is None, "a village of the county is no other county"
    assert kind_of("省", "市") == "place"
    assert kind_of("建设", "打造") is None


def test_everyday_verbs_and_remarks_are_written_as_reports_do():
    assert in_written_verbs("旅客吞吐量第一次迈过5000万人次大关") == "旅客吞吐量首次突破5000万人次"
    assert in_written_verbs("去年做到了30亿元") == "去年达到30亿元"
    assert in_written_verbs("他跑到山上") == "他跑到山上"
    assert in_written_verbs("数量仅次于北京，居全国第二") == "居全国第二"
    assert with_subject("今年力争再增长6%", "外贸方面，去年进出口达到7137.4亿元，").endswith(
        "今年力争再增长6%"
    )
    assert with_subject("今年力争再增长6%", "外贸方面，去年进出口达到7137.4亿元，") != "今年力争再增长6%"


def test_more_than_double_sets_no_goal():
    assert asked_statuses("旅客吞吐量比前一年翻了一番还要多") == ()
    assert asked_statuses("今年要高质量完成") == ("target",)
