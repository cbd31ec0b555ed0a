"""Claims in other words: everyday figures, round figures, what the nearest wording says, and our own claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEncoder

from evals.claim_weights import calibration, cross_validated, fit, misquoted, read_claims, sample, shares
from evals.errors import DatasetError
from index.build import Builder
from index.loaders import load_report, report_from_text
from index.quantities import find_quantities
from index.searcher import Searcher
from index.store import Store
from rag.check_changes import other_end
from rag.check_decision import decided
from rag.check_kinds import holds, opposed
from rag.check_reading import told_statuses
from rag.check_translation import restated
from rag.check_vague import in_figures
from rag.check_weights import VERDICTS, WEIGHTS, probabilities
from rag.factcheck import FactChecker
from rag.verdicts import Odds

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "reports"
BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
TEXT = """某市人民政府工作报告
——2024年1月10日在某市第一届人民代表大会第二次会议上

一、2023年工作回顾

机场旅客吞吐量增长104%。民间投资增长51.3%。新筹集保障性租赁住房4957套（间）。水产品、肉类产量分别增长3.1%、6.4%。甲港二期建成投用。在东部片区建成科学城。

二、2024年主要任务

新建换电站300座。严格执行生态环境准入清单。办好第六届省运会。
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("meaning"))
    Builder(store, HashEncoder()).add([report_from_text(TEXT, "city", place="某市")])
    return FactChecker(Searcher(store, HashEncoder()), "city")


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("增长了约两成", "20", "%", "约"),
        ("翻了一番", "100", "%", ""),
        ("翻了一倍多", "100", "%", "超过"),
        ("一半以上", "50", "%", "超过"),
        ("超过九成五", "95", "%", "超过"),
        ("还不到100万人", "1000000", "人", "以下"),
        ("more than doubled", "100", "%", "超过"),
        ("nine companies", "9", "家", ""),
        ("topped the medal table", "1", "位", ""),
        ("产量居全国榜首", "1", "位", ""),
        ("over a thousand communities", "1000", "", "超过"),
        ("Over 40% of farmers", "40", "%", "超过"),
        ("more than half of people", "50", "%", "超过"),
    ],
)
def test_everyday_words_become_figures(text, value, unit, qualifier):
    (found,) = find_quantities(in_figures(text))
    assert (format(found.value, "f"), found.unit, found.qualifier) == (value, unit, qualifier)


@pytest.mark.parametrize("text", ["一半年", "成立三成功", "今年增长6%", "十年禁渔", "one of the cities"])
def test_other_words_stay(text):
    assert in_figures(text) == text


@pytest.mark.parametrize(
    ("stated", "official", "held"),
    [
        ("超过70万人", "73.9万人", True),
        ("超过75万人", "73.9万人", False),
        ("不足80万人", "73.9万人", True),
        ("不足70万人", "73.9万人", False),
        ("不足34万人", "超过34万人", False),
        ("近17万个", "16.95万个", True),
        ("近17万个", "17.05万个", False),
        ("约20%", "19.6%", True),
        ("20%", "19.6%", False),
        ("55万人以上", "71.2万人", False),
        ("6%", "6个百分点", False),
    ],
)
def test_a_round_figure_is_held_to_what_it_means(stated, official, held):
    (one,), (other,) = find_quantities(stated), find_quantities(official)
    assert holds(one, other) is held


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("去年机场的旅客吞吐量翻了一番还多。", "supported"),
        ("2023年民间投资增长了一半以上。", "supported"),
        ("去年筹集了近5000套保障性租赁住房。", "supported"),
        ("甲港二期已经建成投用了。", "supported"),
        ("去年民间投资增长还不到四成。", "refuted"),
        ("2023年肉类产量增长3.1%。", "refuted"),
        ("去年在西部片区建成了科学城。", "refuted"),
        ("今年要放松生态环境准入清单的执行。", "refuted"),
        ("去年建成的科学城总投资80亿元。", "not_enough_info"),
        ("今年市里给每个新生儿发放补贴五千元。", "not_enough_info"),
        ("甲港二期是去年9月建成投用的。", "not_enough_info"),
        ("去年民间投资涨得比机场旅客吞吐量快，差了50多个百分点。", "refuted"),
    ],
)
def test_claims_in_other_words(checker, statement, verdict):
    (claim,) = checker.check(statement).claims
    assert claim.verdict == verdict, claim
    assert bool(claim.citations) == (verdict != "not_enough_info")
    assert bool(claim.differences) == (verdict == "refuted")


OTHER_TEXT = """某市人民政府工作报告
——2024年1月10日在某市第一届人民代表大会第二次会议上

一、2023年工作回顾

粮食总产量134万吨，连续8年稳定在130万吨以上。文化论坛在西安成功举办。高校毕业生初次就业率77%，同比提高1.2个百分点。新增经营主体11万户。新增可再生能源装机126万千瓦。新增光伏装机108万千瓦。

二、2024年主要任务

粮食产量130万吨以上。
"""


@pytest.fixture(scope="module")
def other_checker(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("other"))
    Builder(store, HashEncoder()).add([report_from_text(OTHER_TEXT, "city", place="某市")])
    return FactChecker(Searcher(store, HashEncoder()), "city")


@pytest.mark.parametrize(
    ("statement", "verdict", "kind"),
    [
        pytest.param("今年要把粮食产量稳在130万吨以上。", "supported", None, id="said of both years"),
        pytest.param(
            "去年高校毕业生初次就业率比上年低了1.2个百分点。", "refuted", "figure", id="turned round"
        ),
        pytest.param("去年文化论坛在兰州成功举办。", "refuted", "place", id="another place"),
        pytest.param("今年要新增经营主体15万户。", "not_enough_info", None, id="no figure at its time"),
        pytest.param("去年新增光伏装机126万千瓦。", "refuted", "figure", id="the figure of something wider"),
    ],
)
def test_what_a_difference_is_of(other_checker, statement, verdict, kind):
    (claim,) = other_checker.check(statement).claims
    assert claim.verdict == verdict, claim
    assert not kind or kind in {one.kind for one in claim.differences}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("高校就业率低了1个百分点", "高校就业率提高1个百分点", True),
        ("事故多了16%", "事故下降16%", True),
        ("增加值下降5%", "增加值增长5%", True),
        ("高校招生增长5%", "毕业生增长5%", False),
        ("高技能人才减少", "低保人数减少", False),
        ("收入差距缩小", "收入差距收窄", False),
    ],
)
def test_which_way_a_wording_goes(ours, theirs, expected):
    assert opposed(ours, theirs) is expected


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("Projects drew 412 billion yuan.", "项目投资412亿元", "项目投资4120亿元"),
        (
            "It set aside 43.3 billion yuan, 0.7 billion more.",
            "安排43.3亿元，增加7.7亿元",
            "安排433亿元，增加7亿元",
        ),
        ("Growth of about 4% is planned.", "计划增长4%", "计划增长约4%"),
        ("Over 310,000 jobs were added.", "新增超过310000个岗位", "新增超过310000个岗位"),
        ("No figure at all.", "没有数字", "没有数字"),
        ("It rose 4% to 12 billion yuan.", "增长4%，达到12亿元", "增长4%，达到120亿元"),
        ("It built 3 halls, 4 parks.", "建成5个公园、6个馆", "建成5个公园、6个馆"),
    ],
)
def test_a_translation_keeps_the_figures_of_the_statement(english, chinese, expected):
    assert restated(english, chinese) == expected


@pytest.mark.parametrize(
    ("words", "statuses"),
    [
        ("比计划早三年贯通", ()),
        ("去年超额完成了任务", ("actual",)),
        ("计划今年贯通", ("target",)),
        ("已经将强度提高到2%", ("actual",)),
    ],
)
def test_a_plan_to_measure_by_is_no_goal(words, statuses):
    assert told_statuses(words) == statuses


@pytest.mark.parametrize(
    ("claim", "official", "differing"),
    [
        ("税率从16%降到10%", "将16%的税率降至13%，将10%的税率降至9%", ("10%", "13%")),
        ("税率从16%降到13%", "将16%的税率降至13%，将10%的税率降至9%", None),
        ("补助由46亿元增加到90亿元", "补助由46亿元增加到92亿元", ("90亿元", "92亿元")),
        ("补助从40亿元增加到92亿元", "补助由46亿元增加到92亿元", None),
        ("投入16亿元，下降10%", "由16亿元降至13亿元", None),
        ("产量由第5位退到了第11位", "产量由全国第11位跃升至第5位", ("第11位", "第5位")),
    ],
)
def test_a_change_has_the_end_that_belongs_to_its_start(claim, official, differing):
    assert other_end(claim, official) == differing


def test_calling_a_true_claim_wrong_costs_more(monkeypatch, checker):
    (weighing,) = checker.weighings("甲港二期已经建成投用了。")
    likely = {"supported": 0.35, "refuted": 0.36, "not_enough_info": 0.29}
    monkeypatch.setattr("rag.check_weighing.probabilities", lambda *_: likely)
    assert decided(weighing).verdict == "supported"


def test_probabilities_sum_to_one():
    likely = probabilities((1.0,) * len(WEIGHTS["supported"].features))
    assert set(likely) == set(VERDICTS)
    assert sum(likely.values()) == pytest.approx(1)


def test_our_claims_are_of_all_kinds_and_on_many_reports():
    claims = read_claims()
    assert len(claims) >= 250
    assert len({one.report for one in claims}) >= 20
    assert min(sum(one.label == label for one in claims) for label in VERDICTS) >= 80
    assert 0.4 < sum(one.is_check for one in claims) / len(claims) < 0.6


def test_our_claims_quote_the_bundled_report():
    own = [one for one in read_claims() if not one.picked]
    assert len(own) >= 80
    text = load_report(BUNDLED).text
    assert misquoted(own, lambda _report: text) == []


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of reports is not here")
def test_our_claims_quote_their_reports():
    others = [one for one in read_claims() if one.picked]
    texts = {one.report: load_report(CORPUS / f"{one.report}.txt").text for one in others}
    assert misquoted(others, texts.__getitem__) == []


def test_a_misquotation_is_found():
    (one, *_) = [claim for claim in read_claims() if claim.quotes]
    assert misquoted([one], lambda _report: "") == [one.id]
    assert misquoted([one.model_copy(update={"quotes": ()})], lambda _report: "") == [one.id]


def test_a_line_that_cannot_be_read_is_an_error(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "claims-001"}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="line 1"):
        read_claims(path)


@pytest.mark.slow
def test_the_fit_gives_a_weight_for_each_feature(checker):
    claims = [one.model_copy(update={"report": "city"}) for one in read_claims()[:45]]
    samples = sample(checker, claims)
    assert len(samples) == len(claims)
    weights = fit(samples, judged=False)
    (length,) = {len(values) for one in samples if (values := one.values(judged=False))}
    assert {len(one.features) for one in weights.values()} == {length}
    assert not fit(samples, judged=True), "no model was asked"
    asked = FactChecker(checker._searcher, "city", judge=lambda _claim, _official: Odds(1.0, 2.0))
    judged = fit(sample(asked, claims), judged=True)
    assert {len(one.features) for one in judged.values()} == {length + 2}


@pytest.mark.slow
def test_each_claim_is_judged_by_a_fit_without_it(checker):
    claims = [one.model_copy(update={"report": "city"}) for one in read_claims()[:45]]
    judged = cross_validated(sample(checker, claims))
    assert sorted(one.claim.id for one in judged) == [one.id for one in claims]
    assert all(0 <= one.confidence <= 1 for one in judged)
    assert sum(made for _, _, made in calibration(judged)) == len(claims)
    assert sum(made for _, _, made in shares(judged, lambda one: one.label)) == len(claims)


def test_the_year_of_the_report_is_not_that_of_the_claim(tmp_path: Path):
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(TEXT, "某市_2024")])
    checker = FactChecker(Searcher(Store(tmp_path), HashEncoder()), "某市_2024")
    (named,) = checker.check("某市2024年的政府工作报告说，民间投资增长了51.3%。").claims
    assert named.verdict == "supported"
    (wrong,) = checker.check("某市2024年民间投资增长了51.3%。").claims
    assert wrong.verdict == "refuted"
    assert "year" in {one.kind for one in wrong.differences}


def test_goals_of_two_years_are_held_against_each_other(tmp_path: Path):
    reports = [
        report_from_text(
            f"某市人民政府工作报告\n——{year}年1月10日在某市第一届人民代表大会第{n}次会议上\n\n"
            f"二、{year}年主要任务\n\n今年赤字率拟按{rate}%安排。\n",
            f"某市_{year}",
        )
        for n, year, rate in (("二", 2023, "3.2"), ("三", 2024, "2.8"))
    ]
    Builder(Store(tmp_path), HashEncoder()).add(reports)
    checker = FactChecker(Searcher(Store(tmp_path), HashEncoder()), "某市_2024")
    (wrong,) = checker.check("某市2024年安排的赤字率比2023年还高。").claims
    (right,) = checker.check("某市2024年安排的赤字率比2023年低。").claims
    assert (wrong.verdict, right.verdict) == ("refuted", "supported")


def test_a_goal_is_never_taken_for_a_result_that_is_not_told(tmp_path: Path):
    text = (
        "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第三次会议上\n\n"
        "一、2023年工作回顾\n\n城镇新增就业73万人。\n\n二、2024年主要任务\n\n城镇新增就业60万人以上。\n"
    )
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "某市_2024")])
    checker = FactChecker(Searcher(Store(tmp_path), HashEncoder()), "某市_2024")
    (unknown,) = checker.check("某市2024年实际的城镇新增就业比2023年少。").claims
    assert unknown.verdict != "supported"
    (known,) = checker.check("某市2024年城镇新增就业的目标比2023年的实绩低。").claims
    assert known.verdict == "supported"
