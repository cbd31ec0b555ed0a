"""Claims that compare, add up or follow from official figures, and those of which a model is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import HashEncoder

from index.build import Builder
from index.loaders import report_from_text
from index.quantities import find_quantities
from index.searcher import Searcher
from index.store import Store
from rag.check_changes import derived
from rag.check_reading import inherited
from rag.claims import Claim
from rag.factcheck import FactChecker
from rag.verdicts import Odds

YEARS = (
    "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第三次会议上\n\n"
    "一、2023年工作回顾\n\n城镇新增就业73万人，研发投入强度达到2.4%。办理代表建议311件、委员提案207件。收入倍差从1.96缩小至1.81。"
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
    ],
)
def test_a_goal_and_a_result_are_held_against_each_other(yearly, statement: str, verdict: str):
    (claim,) = yearly.check(statement).claims
    assert claim.verdict == verdict, claim


@pytest.mark.parametrize(
    ("claim", "official", "value", "unit"),
    [
        ("代表建议和委员提案加起来518件", "代表建议311件、委员提案207件", "518", "件"),
        ("收入倍差缩小了0.15", "收入倍差从1.96缩小至1.81", "0.15", ""),
        ("税率降低了3个百分点", "税率由16%降至13%", "3", "个百分点"),
        ("教育占六成", "安排民生资金500亿元，其中教育300亿元", "60", "%"),
    ],
)
def test_figures_that_follow_from_the_official_ones(claim: str, official: str, value: str, unit: str):
    told = [one for one in find_quantities(official) if one.kind == "amount"]
    assert (Decimal(value), unit) in {(one.value, one.unit) for one in derived(claim, told)}
    assert not derived("没有别的说法", told)


def test_another_line_is_another_thing(yearly):
    (claim,) = yearly.check("去年轨道交通9号线开通。").claims
    assert claim.verdict == "supported"
    (other,) = yearly.check("去年开通的轨道交通线路是7号线。").claims
    assert other.verdict != "supported"


def test_a_part_of_a_sentence_has_the_place_and_year_of_what_stands_before():
    lead = Claim("总里程到了879公里", 12, 22, "某市2023年新增道路43公里，")
    assert inherited(lead, ["某市", "他市"]) == "某市2023年"
    assert inherited(replace(lead, text="他市2022年有879公里"), ["某市", "他市"]) == ""
    assert inherited(replace(lead, lead=""), ["某市"]) == ""


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
