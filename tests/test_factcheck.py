"""Checking statements: on the bundled report, on made-up ones, and on claims generated from many."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder
from opencc import OpenCC

from evals.generated_claims import generate
from index.build import Builder
from index.loaders import load_report, report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.errors import QuestionError
from rag.factcheck import FactChecker

if TYPE_CHECKING:
    from rag.verdicts import Check, ClaimVerdict

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "reports"
RANKS = ("refuted", "partly_supported", "not_enough_info", "supported")
TEXT = """某市人民政府工作报告
——2024年1月10日在某市第一届人民代表大会第二次会议上

一、2023年工作回顾

地区生产总值增长6.1%，粮食产量达到102.5万吨。城镇新增就业71.2万人。轨道交通9号线建成通车，甲区、乙区、丙区入选国家试点。汽车、船舶产量分别增长8.5%、20.6%。举办亚洲青年龙舟锦标赛。

二、2024年主要任务

主要预期目标是：地区生产总值增长5%左右，城镇新增就业55万人以上，居民消费价格涨幅控制在3%以内。力争建成10个社区公园。
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("facts"))
    Builder(store, HashEncoder()).add([report_from_text(TEXT, "city", place="某市")])
    return FactChecker(Searcher(store, HashEncoder()), "city")


@pytest.fixture(scope="module")
def bundled_checker(searcher):
    return FactChecker(searcher, "chongqing-2024")


def worst(check: Check) -> str:
    found = {claim.verdict for claim in check.claims}
    return next(verdict for verdict in RANKS if verdict in found)


def only(check: Check) -> ClaimVerdict:
    (claim,) = check.claims
    return claim


SUPPORTED = [
    "2023年地区生产总值增长6.1%",
    "某市2024年GDP增长目标是5%左右",
    "2023年某市粮食产量达到1025000吨",
    "今年城镇新增就业55万人以上",
    "去年汽车产量增长8.5%",
    "2023年船舶产量增长20.6％",
    "轨道交通９号线建成通车",
    "2024年的城镇新增就业目标比2023年的实绩低",
    "城镇新增就业七十一万二千人",
]
REFUTED = [
    ("2023年地区生产总值增长6.3%", "figure", "6.1%"),
    ("2024年城镇新增就业目标是71.2万人", "figure", "55万人以上"),
    ("2024年城镇新增就业目标是71.2万人", "year", "2023年"),
    ("2023年某市城镇新增就业55万人以上", "year", "2024年"),
    ("2024年某市城镇新增就业实际完成55万人以上", "status", "目标"),
    ("2024年城镇新增就业55万人左右", "qualifier", "55万人以上"),
    ("2024年居民消费价格涨幅控制在3%以上", "qualifier", "3%以内"),
    ("2023年地区生产总值下降6.1%", "wording", ""),
    ("甲区、丁区、丙区入选国家试点", "place", ""),
    ("举办亚洲青年游泳锦标赛", "entity", "龙舟"),
    ("2023年船舶产量增长8.5%", "figure", "20.6%"),
    ("2024年的城镇新增就业目标比2023年的实绩高", "wording", ""),
    ("已建成10个社区公园", "status", ""),
]
UNKNOWN = [
    "2024年某市城镇登记失业率控制在4%以内",
    "轨道交通9号线的票价是3元",
    "龙舟锦标赛的门票收入超过1亿元",
    "某市建成两座核电站",
]


@pytest.mark.parametrize("statement", SUPPORTED)
def test_supported(checker, statement):
    claim = only(checker.check(statement))
    assert claim.verdict == "supported", claim.explanation
    assert not claim.differences


@pytest.mark.parametrize(("statement", "kind", "official"), REFUTED)
def test_refuted_with_the_kind_of_difference(checker, statement, kind, official):
    claim = only(checker.check(statement))
    assert claim.verdict == "refuted", claim.explanation
    assert any(one.kind == kind and official in one.official for one in claim.differences), claim.differences


@pytest.mark.parametrize("statement", UNKNOWN)
def test_not_enough_info_cites_nothing(checker, statement):
    claim = only(checker.check(statement))
    assert (claim.verdict, claim.citations, claim.differences) == ("not_enough_info", (), ())


def test_a_left_out_qualifier_is_partly_supported(checker):
    claim = only(checker.check("2024年城镇新增就业55万人"))
    assert claim.verdict == "partly_supported"
    assert [one.kind for one in claim.differences] == ["qualifier"]


def test_the_explanation_names_whose_figure_was_stated(bundled_checker):
    claim = only(bundled_checker.check("2024年重庆城镇新增就业目标是73.9万人。"))
    assert claim.explanation.startswith("报告：“城镇新增就业60万人以上”；73.9万人是2023年实绩")
    assert [citation.quote for citation in claim.citations] == [
        "城镇新增就业60万人以上",
        "城镇新增就业73.9万人",
    ]
    assert (claim.start, claim.end) == (0, 22)


def test_an_explanation_in_english(checker):
    def translate(_text: str) -> str:
        return "2024年城镇新增就业55万人左右"

    english = FactChecker(checker._searcher, "city", translate)
    claim = only(english.check("About 550,000 urban jobs will be created in 2024."))
    assert claim.explanation.startswith("The report: “城镇新增就业55万人以上”")


def test_another_place_is_named(checker):
    claim = only(checker.check("2024年四川城镇新增就业55万人以上"))
    assert (claim.verdict, claim.differences[0].kind) == ("refuted", "place")


def test_every_part_of_a_text_gets_its_verdict(checker):
    check = checker.check(
        "各位代表：2023年粮食产量达到102.5万吨，城镇新增就业80万人；举办亚洲青年龙舟锦标赛。谢谢！"
    )
    assert [claim.verdict for claim in check.claims] == ["supported", "refuted", "supported"]
    assert [one.reason for one in check.aside] == ["greeting", "greeting"]
    assert check.fingerprint.index


def test_stream_gives_the_same_verdicts_one_by_one(checker):
    statement = "城镇新增就业71.2万人。轨道交通9号线建成通车。"
    stream = checker.stream(statement)
    first = next(stream)
    assert (first, *stream) == checker.check(statement).claims


@pytest.mark.parametrize("statement", ["", " ，。", "长" * 20_001])
def test_what_cannot_be_checked_is_refused(checker, statement):
    with pytest.raises(QuestionError):
        checker.check(statement)


def test_citations_are_exact(bundled_checker, bundled):
    for statement in (
        "2023年城镇新增就业73.9万人",
        "规上工业增加值增长6.9%",
        "2024年，重慶市城鎮新增就業６０萬人以上",
    ):
        citations = only(bundled_checker.check(statement)).citations
        assert citations
        assert all(bundled.text[c.start : c.end] == c.quote for c in citations)


VARIANTS = {
    "verbatim": lambda text: text,
    "punctuation": lambda text: text.translate(str.maketrans("，；：（）。", ",;:().")),
    "full width": lambda text: text.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％")),
    "spaces": " ".join,
    "traditional": OpenCC("s2t").convert,
}


@pytest.mark.parametrize(
    "variant",
    [name if name == "verbatim" else pytest.param(name, marks=pytest.mark.slow) for name in VARIANTS],
)
def test_every_clause_of_the_bundled_report_is_supported(bundled_checker, searcher, variant):
    clauses = searcher.library.parsed("chongqing-2024").clauses
    wrong = [
        clause.text
        for clause in clauses
        if worst(bundled_checker.check(VARIANTS[variant](clause.text))) != "supported"
    ]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of reports is not here")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_clause_of_ten_reports_is_supported(tmp_path, variant):
    checker, searcher = _corpus_checker(tmp_path, sorted(CORPUS.glob("*.txt"))[40::9][:10])
    wrong = [
        (entry.id, clause.text)
        for entry in searcher.library.entries
        for clause in searcher.library.parsed(entry.id).clauses
        if any(char.isalpha() for char in clause.text)
        and worst(checker.check(VARIANTS[variant](clause.text), (entry.id,))) != "supported"
    ]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of reports is not here")
@pytest.mark.timeout(1200)
def test_generated_claims_over_thirty_reports(tmp_path):
    checker, searcher = _corpus_checker(tmp_path, sorted(CORPUS.glob("省级_*202[56].txt"))[::2][:30])
    parsed = [searcher.library.parsed(entry.id) for entry in searcher.library.entries]
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: Counter[bool] = Counter()
    for claim in generate(parsed, 1300, seed=3):
        check = checker.check(claim.text, (claim.report,))
        verdict = worst(check)
        made[claim.change] += 1
        right[claim.change] += verdict in claim.accepted
        verdicts[claim.accepted[0]][verdict] += 1
        if claim.kind and verdict in {"refuted", "partly_supported"}:
            kinds[any(d.kind == claim.kind for c in check.claims for d in c.differences)] += 1
    assert sum(made.values()) >= 1000
    for group in (("figure", "template figure"), ("year", "inner year"), ("status",), ("qualifier",)):
        assert sum(right[one] for one in group) >= 0.93 * sum(made[one] for one in group), group
    assert verdicts["supported"]["refuted"] <= 0.02 * verdicts["supported"].total()
    assert kinds[True] >= 0.9 * kinds.total()


def _corpus_checker(folder: Path, paths: list[Path]) -> tuple[FactChecker, Searcher]:
    store = Store(folder)
    Builder(store, HashEncoder()).add([load_report(path) for path in paths])
    searcher = Searcher(store, HashEncoder())
    return FactChecker(searcher, paths[0].stem), searcher
