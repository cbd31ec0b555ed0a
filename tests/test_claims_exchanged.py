"""Claims that exchange two figures, turn a move round, deny what happened, or count in tenths."""

from __future__ import annotations

import pytest
from samples import searched

from index.quantities import find_quantities
from rag.check_derived import derived
from rag.check_figures import _is_of_nothing_told
from rag.check_kinds import compare_figures, opposed
from rag.check_meaning import denial_in
from rag.check_owners import exchanged, less_of_two, of_another_part, of_another_turn
from rag.check_vague import in_figures
from rag.claims import split_claims
from rag.factcheck import FactChecker

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n城乡居民人均可支配收入比缩小至2.28∶1。甲中医学院正式招生。"
    "新增公办幼儿园学位1.7万个、托位4万个。新开工改造老旧小区4534万平方米。无人机产量占全国9成。\n\n"
    "二、2026年主要任务\n\n赤字率拟按2.8%左右安排、比去年有所下调。新开工改造老旧小区4186万平方米。设立乙河国家公园。\n"
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> FactChecker:
    return FactChecker(searched(tmp_path_factory.mktemp("exchanged"), TEXT, "某省_2026"), "某省_2026")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("城乡居民人均可支配收入比扩大到2.28∶1。", "refuted"),
        ("城乡居民人均可支配收入比缩小到2.28∶1。", "supported"),
        ("过去一年，某省新开工改造老旧小区4186万平方米。", "refuted"),
        ("今年赤字率拟按2.8%左右安排，比上一年有所提高。", "refuted"),
        ("今年赤字率拟按2.8%左右安排，比上一年有所下调。", "supported"),
        ("甲中医学院到现在还没招生。", "refuted"),
        ("新增公办幼儿园学位4万个、托位1.7万个。", "refuted"),
    ],
)
def test_what_is_turned_round_is_refuted(checker: FactChecker, statement: str, verdict: str):
    assert [one.verdict for one in checker.check(statement).claims] == [verdict]


def test_a_note_of_the_source_is_no_claim():
    claims, aside = split_claims("全年交付3架。（查某省2024年报告）")
    assert [one.text for one in claims] == ["全年交付3架"]
    assert [one.reason for one in aside] == ["source"]
    assert len(split_claims("新增就业60万人（2024年目标）。")[0]) == 1


@pytest.mark.parametrize(
    ("claim", "official", "found"),
    [
        ("新增4万个幼儿园学位和1.7万个托位", "幼儿园学位1.7万个、托位4万个", ("4万个", "1.7万个")),
        ("新增4万个托位和1.7万个幼儿园学位", "幼儿园学位1.7万个、托位4万个", None),
        (
            "乙市地铁单日最高客运量1409万人次，超过甲市的1305万人次",
            "甲市、乙市地铁单日最高客运量分别达1409万、1305万人次",
            ("1409万人次", "1305万人次"),
        ),
        (
            "乙市地铁单日最高客运量1305万人次，不及甲市的1409万人次",
            "甲市、乙市地铁单日最高客运量分别达1409万、1305万人次",
            None,
        ),
        ("建设10个体育公园、100个口袋公园", "建设100个口袋公园、10个体育公园", None),
        ("加装3001台电梯，启动10个改造项目", "启动10个改造项目，加装电梯3001台", None),
    ],
)
def test_figures_of_two_things_may_be_exchanged(claim: str, official: str, found: tuple[str, str] | None):
    assert exchanged(claim, official) == found


def test_a_part_that_goes_on_tells_of_the_things_before_it():
    official = "跨国公司地区总部、外资研发中心分别新增65家和30家，累计分别达到956家和561家。"
    assert of_another_part("现有956家跨国公司地区总部，其中65家在2023年新增。", official) is None


def test_a_figure_of_what_is_not_spoken_of_contradicts_nothing():
    official = "汽车产量升至全国第二，新能源汽车产量达到50万辆，某系列热销"
    (_, figure) = find_quantities(official)
    assert _is_of_nothing_told(figure, "某系列热销，全年交付量突破9万架次", official)
    assert not _is_of_nothing_told(figure, "新能源汽车年产量突破9万辆", official)


def test_shares_in_tenths():
    assert in_figures("全国每10架无人机约有9架产自某省") == "全国无人机约占90%产自某省"
    assert in_figures("每3天有1天") == "每3天有1天"
    (stated,), (official,) = find_quantities(in_figures("近两成")), find_quantities("18.2%")
    assert compare_figures(stated, official, "近两成", "18.2%") is None
    assert opposed("比上一年有所上调", "比去年有所下调")


@pytest.mark.parametrize(
    ("claim", "official", "found"),
    [
        ("新签约的金融项目，比商业项目还要多。", "新签约商业项目61个、金融项目29个", ("新签约的金融项目，比商业项目还要多", "29个、61个")),
        ("新签约的商业项目比金融项目多。", "新签约商业项目61个、金融项目29个", None),
        ("新来的研发中心少于新增的地区总部。", "地区总部、研发中心分别新增65家和30家", None),
    ],
)  # fmt: skip
def test_one_thing_may_be_said_to_be_more_than_another(
    claim: str, official: str, found: tuple[str, str] | None
):
    assert less_of_two(claim, official) == found


def test_a_figure_may_be_that_of_another_turn():
    official = "推动商贸企业上限升规，汽车、餐饮消费分别增长8.5%、20.6%，"
    assert of_another_turn("汽车消费增速达到20.6%", official) == ("20.6%", "8.5%")
    assert of_another_turn("餐饮消费增速达到20.6%", official) is None


@pytest.mark.parametrize(
    ("claim", "denies"),
    [
        ("所有镇街都用上了，没有一个落下", False),
        ("没有回避问题，坦言有的指标没完成", True),
        ("甲中医学院还没招生", True),
        ("粮食颗粒没收", False),
        ("高风险机构已经清零", True),
    ],
)
def test_denials(claim: str, denies: object):
    assert bool(denial_in(claim)) == denies


def test_what_is_worked_out_of_things_counted_differently():
    assert any(one.text == "9.8倍" for one in derived("托位是养老床位的十倍", "托位4万个，养老床位4080张"))
    assert any(one.text == "115个" for one in derived("加在一起115个", "新建5个工厂、10个车间和100个园区"))
