import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import parse_structure
from index.types import Report

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
CHINESE = st.text(
    st.sampled_from("一二（）“”《》()、.。，；：！？\n 　今年去增长6%强化附件注释"), max_size=300
)
# Hostile text is parsed in well under a second; the limit leaves room for a loaded machine.
SECONDS = 10


def report(text, year=2024):
    return Report("r", "r", "某市", "city", year, None, text)


def texts(text):
    return [clause.text for clause in parse_structure(report(text))[1]]


def check(given_report):
    sections, clauses, passages = parse_structure(given_report)
    text, position = given_report.text, 0
    for number, clause in enumerate(clauses):
        assert clause.number == number
        assert not text[position : clause.start].strip()
        assert text[clause.start : clause.end] == clause.text == clause.text.strip() != ""
        position = clause.end
    assert not text[position:].strip()
    following = 0
    for passage in passages:
        assert passage.first == following <= passage.last
        members = clauses[passage.first : passage.last + 1]
        assert (passage.start, passage.end) == (members[0].start, members[-1].end)
        assert passage.text == text[passage.start : passage.end]
        assert {member.section for member in members} == {passage.section}
        following = passage.last + 1
    assert following == len(clauses)
    assert parse_structure(given_report) == (sections, clauses, passages)


def test_sentences_and_semicolon_parts():
    assert texts("工业增长6%；农业增长3.5%。\n还要努力！") == ["工业增长6%；", "农业增长3.5%。", "还要努力！"]


def test_short_quotations_and_brackets_stay_whole():
    assert texts("他说“好。很好。”大家同意（一；二）的办法。完。") == [
        "他说“好。很好。”",
        "大家同意（一；二）的办法。",
        "完。",
    ]
    assert texts("坚持“稳中求进。”的方针。") == ["坚持“稳中求进。”的方针。"]


def test_unclosed_quotation_does_not_swallow_the_paragraph():
    assert texts("他说“好。大家同意。完。") == ["他说“好。", "大家同意。", "完。"]


def test_headings_are_clauses():
    assert texts("一、2023年工作回顾过去一年，我们努力。") == ["一、2023年工作回顾", "过去一年，我们努力。"]


def test_long_text_without_stops_is_cut():
    lengths = [len(clause) for clause in texts("增长，" * 400)]
    assert max(lengths) <= 400


def test_pages():
    text = "第一页。\n第二页。"
    clauses = parse_structure(Report("r", "r", "", "unknown", 2024, None, text, pages=(0, 5)))[1]
    assert [clause.page for clause in clauses] == [1, 2]


def test_passages_stay_within_a_paragraph_and_about_140_characters():
    sentence = "推进重点项目建设，扩大有效投资规模，提高资金使用效益。"
    _, _, passages = parse_structure(report(sentence * 12 + "\n" + sentence))
    assert all(80 <= len(passage.text) <= 175 for passage in passages[:-2])
    assert passages[-1].text == sentence


def test_a_bundled_clause_has_its_section():
    clauses = parse_structure(report(BUNDLED.read_text(encoding="utf-8")))[1]
    clause = next(clause for clause in clauses if "城镇新增就业60万人以上" in clause.text)
    assert clause.section == (
        "二&、2024年主要任务",
        "（十）更大力度保障和改善民生，提升人民生活品质",
        "加强就业服务和社会保障",
    )
    assert (clause.period.year, clause.period.status) == (2024, "target")


@given(st.one_of(st.text(max_size=300), CHINESE))
def test_invariants_hold_for_any_text(text):
    check(report(text))


@pytest.mark.parametrize(
    "text",
    [
        "年" * 100_000,
        "\n" * 100_000,
        "“（" * 50_000,
        "。" * 100_000,
        "一、a。b\n" * 15_000,
        "去年、" * 30_000,
        " \u3000" * 50_000,
    ],
    ids=["no stops", "newlines", "openers", "stops", "headings", "times", "white space"],
)
def test_hostile_text_takes_linear_time(text):
    began = time.monotonic()
    parse_structure(report(text))
    assert time.monotonic() - began < SECONDS


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not here")
def test_invariants_hold_for_every_report_of_the_corpus():
    with (SHARED / "manifest.tsv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    for row in rows:
        path = SHARED / "reports" / row["file"]
        if path.is_file():
            check(report(path.read_text(encoding="utf-8"), int(row["year"])))
