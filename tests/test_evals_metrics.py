"""Metrics against hand-computed values, the score script of the question set, and other libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from sklearn.metrics import f1_score

from evals.cases import GoldEvidence, read_gold, sample
from evals.errors import DatasetError
from evals.metrics import (
    claim_f1,
    has_forbidden,
    has_keys,
    normalise,
    occurs,
    same_place,
    supports,
    worst_verdict,
)
from evals.ranking import ranking_scores
from evals.records import AnswerRecord, checked
from evals.scoring import add_up
from evals.statistics import mcnemar, percentile, share
from evals.text_metrics import exact_match, f1, holds, rouge_l, text_scores, units

ROOT = Path(__file__).parents[1]
DATASETS = ROOT / "evals" / "datasets"
SHARED = ROOT.parent / "shared"


@pytest.mark.parametrize(
    ("variant", "text"),
    [
        ("6%", "增长6%左右"),
        ("6%", "增长 6 % 左右"),
        ("60万", "６０万人以上"),
        ("600000", "600,000 people"),
        ("5.4%", "5.4%[1]。"),
        ("1 2", "1，2"),
    ],
)
def test_a_key_occurs_however_it_is_written(variant: str, text: str):
    assert occurs(variant, text)


@pytest.mark.parametrize(
    ("variant", "text"),
    [("6%", "增长16%"), ("60", "60万人"), ("3.6", "3.65"), ("65", "3.65"), ("", "anything")],
)
def test_a_key_is_no_part_of_a_longer_figure(variant: str, text: str):
    assert not occurs(variant, text)


def test_keys_are_all_of_any_and_forbidden_is_any():
    answer = "2024年目标是60万人以上。[1]"
    assert has_keys(answer, [["60万", "600000"], ["以上", "at least"]])
    assert not has_keys(answer, [["60万"], ["左右"]])
    assert has_forbidden(answer, ["73.9万", "60万"])
    assert not has_forbidden(answer, ["73.9万"])


def test_a_citation_supports_where_it_meets_the_evidence_in_its_report():
    gold = GoldEvidence("a", "城镇新增就业60万人以上")
    assert supports("a", "就业60万人以上", gold)
    assert supports("a", "今年城镇新增就业60万人，其他", gold)
    assert not supports("b", "就业60万人以上", gold)
    assert not supports("a", "城镇新增就业五十万人", gold)
    assert supports("b", "就业60万人以上", GoldEvidence(None, gold.quote))
    assert same_place("一二三四五六七八九", "零一二三四五六七八")


def test_a_statement_is_as_bad_as_its_worst_claim():
    assert worst_verdict(["supported", "refuted", "not_enough_info"]) == "refuted"
    assert worst_verdict(["supported", "not_enough_info"]) == "not_enough_info"
    assert worst_verdict([]) == "none"


LABELS = ["supported", "refuted", "not_enough_info"]


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1))
def test_macro_f1_is_that_of_scikit_learn(pairs: list[tuple[str, str]]):
    gold, predicted = zip(*pairs, strict=True)
    expected = f1_score(gold, predicted, labels=LABELS, average="macro", zero_division=0)
    assert claim_f1(pairs)["macro_f1"] == pytest.approx(expected)


def test_units_are_characters_words_and_figures():
    assert units("增长6.1%，GDP约３万亿元。[1]") == ["增", "长", "6.1", "gdp", "约", "3", "万", "亿", "元"]


def test_text_metrics_by_hand():
    # 5 and 4 units, 3 in common, in order: 长江, 桥 -> 2*3/(5+4)
    assert f1("重庆长江桥", "长江大桥") == pytest.approx(6 / 9)
    assert rouge_l("重庆长江桥", "长江大桥") == pytest.approx(6 / 9)
    # the same characters in another order: all in common, subsequence of 2 of 4
    assert f1("江长桥大", "长江大桥") == 1
    assert rouge_l("江长桥大", "长江大桥") == pytest.approx(0.5)
    assert exact_match("《长江大桥》", "长江大桥。") == 1
    assert exact_match("长江桥", "长江大桥") == 0
    assert f1("", "长江") == 0


def test_an_answer_holds_a_short_reference_whole_and_a_long_one_mostly():
    assert holds("是丙级联赛。", "丙级") == 1
    assert holds("丙等一级", "丙级") == 0
    assert (
        holds(
            "资料说：按场租费用50%的标准给予补助，最高50万元。",
            "按照不超过场租费用50%的标准给予补助，不超过50万元",
        )
        == 1
    )
    assert text_scores("丙级", ["甲级", "丙级"]).exact == 1
    assert text_scores("丙级", []).f1 == 0


@given(st.text(alphabet="长江大桥12 。a", max_size=12), st.text(alphabet="长江大桥12 。a", max_size=12))
def test_text_metrics_are_bounded_symmetric_and_ordered(left: str, right: str):
    assert 0 <= rouge_l(left, right) <= f1(left, right) <= 1
    assert f1(left, right) == f1(right, left)
    if units(left):
        assert rouge_l(left, left) == exact_match(left, left) == 1


def test_wilson_interval_by_hand():
    # 8 of 10: (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.959964
    found = share(8, 10)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert share(0, 0).value == 0
    assert share(0, 10).low == 0
    assert share(10, 10).high == 1


def test_mcnemar_by_hand_and_near_its_approximation():
    # 1 against 7: 2 * (C(8,0) + C(8,1)) / 2^8
    assert mcnemar(1, 7) == pytest.approx(18 / 256)
    assert mcnemar(0, 0) == 1
    assert mcnemar(5, 5) == 1
    corrected = (abs(60 - 90) - 1) ** 2 / 150
    assert mcnemar(60, 90) == pytest.approx(float(chi2.sf(corrected, 1)), abs=0.002)


def test_percentiles_are_observed_values():
    assert percentile([30, 10, 20, 40], 0.5) == 30
    assert percentile(range(1, 101), 0.95) == 96
    assert percentile([5], 0.95) == 5
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_ranking_by_hand():
    relevant = {"one": ["a"], "two": ["b", "c"], "lost": ["z"]}
    ranked = {"one": ["x", "a"], "two": ["b", "x", "c"]}
    scores = ranking_scores(relevant, ranked)
    assert scores["Success@1"] == pytest.approx(1 / 3)
    assert scores["R@1"] == pytest.approx(0.5 / 3)
    assert scores["R@5"] == pytest.approx(2 / 3)
    assert scores["RR@10"] == pytest.approx((0.5 + 1) / 3)
    two = (1 + 1 / log2(4)) / (1 + 1 / log2(3))
    assert scores["nDCG@10"] == pytest.approx((1 / log2(3) + two) / 3)
    assert ranking_scores({}, {}) == {}


def test_our_ranking_survives_equal_ids_and_ties():
    documents = [f"d{i}" for i in range(30)]
    for rank, document in enumerate(documents[:10]):
        assert ranking_scores({"q": [document]}, {"q": documents})["RR@10"] == pytest.approx(1 / (rank + 1))


def test_bad_lines_are_named(tmp_path: Path):
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '{"id": "1", "lang": "zh", "type": "fact", "question": "问"}\n{"id": "2"}\n', encoding="utf-8"
    )
    with pytest.raises(DatasetError, match="line 2, lang"):
        read_gold(file)
    with pytest.raises(DatasetError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="no line"):
        read_gold(file)


def test_samples_are_the_same_for_the_same_seed():
    cases = read_gold(DATASETS / "cq2024_open.jsonl")
    assert sample(cases, 10, 1) == sample(cases, 10, 1)
    assert sample(cases, 10, 1) != sample(cases, 10, 2)
    assert sample(cases, None, 1) == sample(cases, 10_000, 1) == cases


def _answers(name: str) -> list[dict[str, object]]:
    """Outputs of every kind, made from the gold: right, confused, refused, missing, in error, cited and not."""
    made: list[dict[str, object]] = []
    for i, line in enumerate((DATASETS / name).read_text(encoding="utf-8").splitlines()):
        item = json.loads(line)
        given: dict[str, object] = {
            "id": item["id"],
            "timings_ms": {"total": 900 + 37 * i, "first_token": i % 5 * 100},
        }
        if i % 11 == 10:
            continue
        if i % 13 == 12:
            given |= {"status": "error", "error": "no"}
        elif item["type"] == "claim":
            verdicts = ["supported", "refuted", "partly_supported", "not_enough_info"][i % 4 :][:2]
            given |= {"claims": [{"claim": "", "verdict": one} for one in verdicts], "status": "checked"}
        elif item["type"] == "unanswerable" or i % 7 == 6:
            given |= {"answer": "没有", "status": "not_in_reports" if i % 5 else "answered", "citations": []}
        else:
            text = item["answer"] + (item["forbidden"][0] if item["forbidden"] and i % 4 == 0 else "")
            given |= {"answer": text + "[1]", "status": "answered", "citations": _cited(item, i)}
        made.append(given)
    return made


def _cited(item: dict[str, list[object]], i: int) -> list[dict[str, object]]:
    text = (ROOT / "index" / "reports" / "chongqing-2024.txt").read_text(encoding="utf-8")
    cited: list[dict[str, object]] = [
        {
            "report": "chongqing-2024",
            "start": i,
            "end": i + 9,
            "quote": text[i : i + 9] if i % 3 else "别的内容",
        }
    ]
    for one in item["evidence"]:
        report, quote = (
            (one["report"].removesuffix(".txt"), one["quote"])
            if isinstance(one, dict)
            else ("chongqing-2024", one)
        )
        start = text.find(quote)
        if start >= 0 or report != "chongqing-2024":
            cited.append(
                {"report": report, "start": max(start, 0), "end": max(start, 0) + len(quote), "quote": quote}
            )
    return cited


@pytest.mark.parametrize("name", ["cq2024_open.jsonl", "multi_open.jsonl"])
def test_scores_are_those_of_the_question_sets_own_script(name: str, tmp_path: Path):
    script = SHARED / "gold" / "score.py"
    if not script.is_file():
        pytest.skip("the question set's score script is not beside this checkout")
    made = _answers(name)
    out = tmp_path / "out.jsonl"
    out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    text = (ROOT / "index" / "reports" / "chongqing-2024.txt").read_text(encoding="utf-8")
    (tmp_path / "texts" / "chongqing-2024.txt").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        str(script),
        str(DATASETS / name),
        str(out),
        "--texts",
        str(tmp_path / "texts"),
        "--json",
    ]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    ours = add_up(read_gold(DATASETS / name), {str(one["id"]): _record(one, text) for one in made})

    for key, expected in theirs["right"].items():
        assert f"{ours.right[key].hits}/{ours.right[key].total}" == expected.split(" = ")[0], key
    assert set(ours.right) == set(theirs["right"])
    for name_, found in (("refusal", ours.refusal), ("citations", ours.citations)):
        for part in ("precision", "recall"):
            assert f"{found[part].hits}/{found[part].total}" == theirs[name_][part]
    assert ours.citations["exact"].total == theirs["citations"]["quotes_checked"]
    assert ours.citations["exact"].total - ours.citations["exact"].hits == theirs["citations"]["quotes_wrong"]
    assert ours.confused == theirs["answers_with_a_forbidden_figure"]
    assert ours.errors == theirs["errors"] + theirs["missing"]
    for key in ("macro_f1", "supported", "refuted", "not_enough_info"):
        assert round(ours.claims[key], 3) == theirs["claims"][key]
    assert ours.confusion == theirs["claims"]["confusion"]
    assert ours.total_ms == theirs["total_ms"]
    assert ours.first_token_ms == theirs["first_token_ms"]


def _record(given: dict[str, object], text: str) -> AnswerRecord:
    record = AnswerRecord.model_validate(given)
    looked_up = tuple(
        checked(one, lambda _: text) if one.report == "chongqing-2024" else one for one in record.citations
    )
    return record.model_copy(update={"citations": looked_up})


def test_normalising_is_stable():
    text = "2024年目标：60 万人，左右[1]"
    assert normalise(normalise(text)) == normalise(text)
