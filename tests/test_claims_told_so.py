"""Claims in the order, with the bounds and by the names of people: places of one sentence, 之列, half a million, 改名."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples import searched

from index.qualifiers import qualifier_of
from rag.check_exchange import another_is_it
from rag.check_kinds import kind_of, opposed
from rag.check_reading import without_effect
from rag.check_stage import denied_stage, other_stage
from rag.check_vague import in_figures
from rag.claims import split_claims
from rag.everyday import in_official_names
from rag.factcheck import FactChecker

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n对照2025年政府工作报告确定的目标，部分指标没有达到预期。\n\n"
    "二、2026年主要任务\n\n精心办好第五届进口博览会，做好城市服务保障工作。筹建柴可夫斯基音乐学院，办好卓越工程师学院。"
    "支持某东北生态优先、绿色发展，推进万开云同城化。支持某东南文旅融合、城乡协同，培育特色产业集群。\n"
)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    searcher = searched(tmp_path_factory.mktemp("so"), TEXT, "某省_2026")
    checker = FactChecker(searcher, "某省_2026", str, lambda _claim, _official: None)
    return lambda statement: checker.check(statement).claims[0].verdict


def test_each_of_two_places_is_checked_by_itself():
    claims, _ = split_claims("渝东南走生态优先、绿色发展的路子，渝东北则主打文旅融合、城乡协同。")
    assert [claim.text[:3] for claim in claims] == ["渝东南", "渝东北"]
    claims, _ = split_claims("渝东南走生态优先、绿色发展的路子，让环境变得更好。")
    assert len(claims) == 1
    claims, _ = split_claims("第十四届中国艺术节的筹备工作，重庆今年就要动起来。")
    assert len(claims) == 1


@pytest.mark.parametrize(
    ("claim", "reads"),
    [
        ("粮食产量连着九年没有掉到1050万吨以下", "粮食产量连着九年在1050万吨以上"),
        ("重庆站改造和成渝高速扩容都在2024年要启动的项目之列", "2024年要启动重庆站改造和成渝高速扩容"),
        ("失业率没有超过5.5%", "失业率没有超过5.5%"),
    ],
)
def test_a_claim_is_read_in_the_order_and_with_the_bounds_of_reports(claim: str, reads: str):
    assert without_effect(claim) == reads


@pytest.mark.parametrize(
    ("english", "figures"),
    [
        ("half a million cars", "0.5 million cars"),
        ("a million and a half cars", "1.5 million cars"),
        ("one and a half billion yuan", "1.5 billion yuan"),
        ("a quarter of a million jobs", "0.25 million jobs"),
        ("a million cars", "1 million cars"),
    ],
)
def test_halves_and_quarters_of_large_numbers_are_figures(english: str, figures: str):
    assert in_figures(english) == figures


def test_what_research_takes_of_the_product_is_its_intensity():
    assert in_official_names("研发经费投入超过GDP的2.5%") == "研发投入强度2.5%"
    assert in_official_names("研发经费投入200亿元") == "研发经费投入200亿元"


def test_an_approval_that_is_denied_is_held_against_one_that_was_given():
    assert denied_stage("新机场的选址还没有得到批准", "新机场选址获批") == ("还没有得到批准", "获批")
    assert denied_stage("新机场还没有立项", "新机场选址论证") is None


def test_what_is_speeded_up_is_not_finished():
    assert other_stage("成渝中线高铁已建成通车", "成渝中线高铁等加速推进", planned=False) == (
        "建成",
        "加速推进",
    )


def test_who_was_renamed_may_be_told_by_another_word():
    official = "重庆中医药学院正式招生，重庆科技学院更名为大学"
    assert another_is_it("2023年改名为大学的是重庆中医药学院", official) is not None
    assert another_is_it("2023年改名为大学的是重庆科技学院", official) is None


def test_a_number_of_things_is_no_name_of_one():
    assert kind_of("要做成", "三大") is None
    assert kind_of("永川", "江津") == "place"


def test_better_than_expected_is_the_contrary_of_below_expectation():
    assert opposed("消费恢复得比预期要好", "消费恢复不及预期")
    assert not opposed("比重提高", "占比提高")


def test_a_threshold_that_was_crossed_is_exceeded():
    said = "跨过3万亿元关口"
    assert qualifier_of(said, 2, 6) == "超过"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("筹建中的柴可夫斯基音乐学院，校址选在渝中区", "not_enough_info"),
        ("2026年要精心办好第四届进口博览会", "refuted"),
        ("某东南走生态优先、绿色发展的路子", "refuted"),
        ("2025年政府未能达到工作报告确定的部分目标", "supported"),
    ],
)
def test_the_verdict_goes_by_the_thing_itself(verdict: Callable[[str], str], statement: str, expected: str):
    assert verdict(statement) == expected
