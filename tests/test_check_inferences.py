"""Claims that compare, add up or follow from official figures, and those of which a model is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import HashEncoder

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.check_comparison import is_turned_round
from rag.check_complete import is_otherwise_complete
from rag.check_derived import derived
from rag.check_ratio import ratio_of
from rag.check_reading import Finding, inherited, is_handed, sole_place
from rag.check_weighing import _adds_figure, is_unsure, weigh
from rag.claims import Claim
from rag.factcheck import FactChecker
from rag.verdicts import Difference, Odds

YEARS = (
    "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第三次会议上\n\n"
    "一、2023年工作回顾\n\n城镇新增就业73万人，研发投入强度达到2.4%。办理代表建议311件、委员提案207件。全年未发生重特大生产安全事故。收入倍差从1.96缩小至1.81。"
    "安排民生资金500亿元，其中教育300亿元。轨道交通9号线开通，道路里程达到879公里。\n\n"
    "二、2024年主要任务\n\n城镇新增就业60万人以上，研发投入强度达到2.5%。\n"
)


@pytest.fixture(scope="module")
def yearly(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("yearly"))
    Builder(store, HashEncoder()).add([report_from_text(YEARS, "某市_2024")])
    return FactChecker(Searcher(store, HashEncoder()), "某市_2024")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("今年研发投入强度的目标比去年高出0.1个百分点。", "supported"),
        ("今年研发投入强度的目标比去年高出0.3个百分点。", "refuted"),
        ("今年城镇新增就业的目标是60万人以上，低于去年73万人的实绩。", "supported"),
        ("今年城镇新增就业的目标是60万人以上，高于去年73万人的实绩。", "refuted"),
        ("今年城镇新增就业的目标赶不上去年的实绩。", "supported"),
        ("今年城镇新增就业的目标，比去年的实绩少十几万人。", "supported"),
        ("今年城镇新增就业的目标，比去年的实绩少二十多万人。", "refuted"),
        ("今年研发投入强度的目标在去年实绩的基础上抬高了0.1个百分点。", "supported"),
        ("今年城镇新增就业的目标，超过去年实绩的一半。", "supported"),
        ("今年城镇新增就业的目标，不到去年实绩的一半。", "refuted"),
        ("今年城镇新增就业的目标大约是去年实绩的两倍。", "refuted"),
    ],
)
def test_a_goal_and_a_result_are_held_against_each_other(yearly, statement: str, verdict: str):
    (claim,) = yearly.check(statement).claims
    assert claim.verdict == verdict, claim


@pytest.mark.parametrize(
    ("text", "mine", "other", "holds"),
    [
        ("进出口的目标还不到工业目标的一半", 3, 7, True),
        ("进出口的目标还不到工业目标的三分之一", 3, 7, False),
        ("大致是2024年实绩的两倍", 6, 3, True),
        ("接近去年的九成", 85, 100, True),
        ("超过去年的1.5倍", 15, 10, False),
    ],
)
def test_a_multiple_or_a_part_of_another_figure(text: str, mine: int, other: int, holds: bool):  # noqa: FBT001 - a column
    ratio = ratio_of(text)
    assert ratio is not None
    assert ratio.holds(Decimal(mine), Decimal(other)) is holds


def test_a_share_of_nothing_named_is_no_ratio():
    assert ratio_of("企业利润增长了一半") is None


@pytest.mark.parametrize(
    ("claim", "official", "turned"),
    [
        ("城镇居民收入涨得比农村居民快", "农村居民收入增速快于城镇居民", True),
        ("农村居民收入涨得比城镇居民快", "农村居民收入增速快于城镇居民", False),
        ("城镇居民收入涨得比农村居民慢", "农村居民收入增速快于城镇居民", False),
        ("农村居民收入涨得比城镇居民慢", "农村居民收入增速快于城镇居民", True),
        ("农村居民收入增长5%", "农村居民收入增速快于城镇居民", False),
        (
            "城镇居民收入涨得比农村快3个百分点左右",
            "农村居民人均可支配收入增速快于城镇居民3个百分点左右",
            True,
        ),
    ],
)
def test_two_things_set_against_each_other_the_other_way_round(claim: str, official: str, turned: bool):  # noqa: FBT001 - a column
    assert is_turned_round(claim, official) is turned


@pytest.mark.parametrize(
    ("claim", "official", "otherwise"),
    [
        ("保交楼任务已经一套不剩地全部交完", "保交楼项目完成任务总量的90%", True),
        ("所有指标全部达到预期", "部分指标没有达到预期", True),
        ("还有几家机构没能摘掉帽子", "高风险机构全部出列", True),
        ("危桥全部修完", "危桥改造任务完成", False),
        ("修桥的钱全由村民自己出", "总投资300万元，其中村民出资20万元", True),
        ("试点仍然只限于部分区县", "试点覆盖所有区县", True),
        ("试点覆盖部分区县", "试点覆盖十个区县", False),
        ("完成任务的90%", "保交楼项目完成任务总量的90%", False),
    ],
)
def test_all_is_not_a_part(claim: str, official: str, otherwise: bool):  # noqa: FBT001 - a column
    assert is_otherwise_complete(claim, official) is otherwise


@pytest.mark.parametrize(
    ("claim", "words", "adds"),
    [
        ("运动会现场观众超过100万人次", "运动会成功举办", True),
        ("运动会现场观众超过100万人次", "运动会现场观众达120万人次", False),
        ("城乡收入降到2.28比1", "城乡居民收入比缩小至2.28∶1", False),
        ("每四辆汽车有一辆是电动的", "电动汽车占四分之一", False),
    ],
)
def test_an_amount_of_which_nothing_is_said_is_added(claim: str, words: str, adds: bool):  # noqa: FBT001 - a column
    assert _adds_figure(claim, words) is adds


def test_the_figure_of_another_year_is_refuted_where_the_own_year_has_its_own(yearly):
    (weighing,) = yearly.weighings("今年的人才工作里，城镇新增就业73万人。")
    own = replace(weighing.observed[0], times=(), held=False, other=True, cover=0.5, nouns=0.7)
    another = replace(own, times=(Difference("year", "2024年", "2023年"),), held=True, other=False)
    unsaid = Finding("not_enough_info")
    assert weigh(unsaid, (another, own), "").verdict == "refuted"
    assert not is_unsure(unsaid, (another, own), "")
    assert (
        weigh(unsaid, (another, replace(own, cover=0.2)), "").confidence
        != weigh(unsaid, (another, own), "").confidence
    )


@pytest.mark.parametrize(
    ("text", "place", "handed"),
    [("把新疆的电送进城", "新疆维吾尔自治区", True), ("新疆把电送进城", "新疆维吾尔自治区", False)],
)
def test_where_something_comes_from_is_not_what_is_spoken_of(text: str, place: str, handed: bool):  # noqa: FBT001 - a column
    assert is_handed(place, text) is handed


@pytest.mark.parametrize(
    ("claim", "official", "value", "unit"),
    [
        ("代表建议和委员提案加起来518件", "代表建议311件、委员提案207件", "518", "件"),
        ("收入倍差缩小了0.15", "收入倍差从1.96缩小至1.81", "0.15", ""),
        ("税率降低了3个百分点", "税率由16%降至13%", "3", "个百分点"),
        ("教育占六成", "安排民生资金500亿元，其中教育300亿元", "60", "%"),
        ("企业净增1550户", "企业从1832户增加到3382户", "1550", "户"),
        ("保费增长100%", "保费由5元提高至10元", "100", "%"),
        ("医院数量是诊所的3倍", "医院1200家、诊所400家", "3", "倍"),
        ("前一年大约是800吨", "产量1000吨、增长25%", "800", "吨"),
        ("去年是20套", "今年安排25套，比去年增加5套", "20", "套"),
        ("比上一年增长25%", "今年安排25亿元，比去年增加5亿元", "25", "%"),
        ("全国失业率为5.4%", "失业率5%、低于全国0.4个百分点", "5.4", "%"),
        ("大约八成的日子空气好", "优良天数292天", "80", "%"),
        ("占比提高了将近12个百分点", "占比由30.5%提高到42.3%", "11.8", "个百分点"),
    ],
)
def test_figures_that_follow_from_the_official_ones(claim: str, official: str, value: str, unit: str):
    assert (Decimal(value), unit) in {(one.value, one.unit) for one in derived(claim, official)}
    assert not derived("没有别的说法", official)


def test_another_line_is_another_thing(yearly):
    (claim,) = yearly.check("去年轨道交通9号线开通。").claims
    assert claim.verdict == "supported"
    (other,) = yearly.check("去年开通的轨道交通线路是7号线。").claims
    assert other.verdict != "supported"


def test_a_part_of_a_sentence_has_the_place_and_year_of_what_stands_before():
    lead = Claim("总里程到了879公里", 12, 22, "某市2023年新增道路43公里，")
    assert inherited(lead, ["某市", "他市"], "") == "某市2023年"
    assert inherited(replace(lead, text="他市2022年有879公里"), ["某市", "他市"], "某市") == ""
    assert inherited(replace(lead, lead=""), ["某市"], "") == ""
    assert inherited(replace(lead, lead=""), ["某市"], "某市") == "某市"


def test_the_place_of_a_statement_is_that_of_which_alone_it_speaks():
    assert sole_place("某市去年新增就业五万人。粮食产量增长3%。", ["某市", "他市"]) == "某市"
    assert sole_place("某市增长3%，他市增长2%。", ["某市", "他市"]) == ""
    assert sole_place("粮食产量增长3%。", ["某市", "他市"]) == ""


def test_the_model_is_asked_only_where_all_else_leaves_a_claim_unsure_and_last(yearly):
    asked = []

    def judge(claim: str, official: str) -> Odds | None:
        asked.append((claim, official))
        return Odds(6.0, 6.0)

    statement = "去年市里给教育花了不少钱。城镇新增就业73万人。"
    judging = FactChecker(yearly._searcher, "某市_2024", judge=judge, model="scripted")
    first, last = judging.stream(statement)
    assert (first.claim, last.claim) == ("城镇新增就业73万人", "去年市里给教育花了不少钱")
    assert [claim for claim, _ in asked] == ["去年市里给教育花了不少钱"]
    assert "民生资金" in asked[0][1]
    check = judging.check(statement)
    assert [one.start for one in check.claims] == sorted(one.start for one in check.claims)
    assert check.fingerprint.model == "scripted"
    asked.clear()
    without = judging.check(statement, use_model=False)
    assert not asked
    assert without.fingerprint.model == "none"
    assert without.claims == yearly.check(statement).claims


def test_a_model_that_is_gone_leaves_the_verdict_to_the_rest(yearly):
    gone = FactChecker(yearly._searcher, "某市_2024", judge=lambda _claim, _official: None)
    statement = "去年市里给教育花了不少钱。"
    assert gone.check(statement).claims == yearly.check(statement).claims


def test_what_says_the_contrary_nearly_word_for_word_is_refuted(yearly):
    (denied,) = yearly.check("去年轨道交通9号线没有开通。").claims
    assert denied.verdict == "refuted"


@pytest.mark.parametrize("statement", ["去年发生重特大生产安全事故。", "去年全市发生了重特大生产事故。"])
def test_what_a_claim_cuts_off_a_denial_is_refuted_with_it(yearly, statement: str):
    (claim,) = yearly.check(statement).claims
    assert claim.verdict == "refuted", claim
    assert "未发生重特大生产安全事故" in claim.citations[0].quote


def test_the_denial_itself_is_supported(yearly):
    (claim,) = yearly.check("去年全市未发生重特大生产安全事故。").claims
    assert claim.verdict == "supported", claim
