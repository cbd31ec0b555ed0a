"""What every search engine must do: one suite for the embedded one and for Milvus (Milvus Lite, same client)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder
from samples import report

from index.build import Builder
from index.embedded import EmbeddedBackend
from index.errors import IndexUnavailable, ReportNotFound
from index.searcher import Filters, Searcher
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Open = "Callable[[Store, Path], Searcher]"


def embedded(store: Store, _folder: Path) -> Searcher:
    return Searcher(store, HashEncoder(), EmbeddedBackend)


def milvus(store: Store, folder: Path) -> Searcher:
    pytest.importorskip("pymilvus", reason="the milvus extra is not installed")
    pytest.importorskip("milvus_lite", reason="the milvus extra is not installed")
    from index.milvus import MilvusBackend

    return Searcher(store, HashEncoder(), partial(MilvusBackend, store=store, uri=str(folder / "milvus.db")))


@pytest.fixture(params=[embedded, milvus], ids=["embedded", "milvus"], scope="module")
def engine(request: pytest.FixtureRequest) -> Callable[[Store, Path], Searcher]:
    return request.param


@pytest.fixture(scope="module")
def filled(engine, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("backend")
    store = Store(folder / "index")
    Builder(store, HashEncoder()).add([report("a"), report("b", topic="智慧港口"), report("c")])
    return engine(store, folder)


def test_the_best_clause_is_that_of_the_words(filled: Searcher):
    hit = filled.clauses("推进智慧港口建设", Filters(), 3)[0]
    assert hit.report == "b"
    assert "智慧港口" in hit.quote
    text = filled.library.parsed("b").report.text
    assert text[hit.start : hit.end] == hit.quote


def test_hits_come_best_first_and_once(filled: Searcher):
    for search in (filled.clauses, filled.passages):
        hits = search("城镇新增就业", Filters(), 10)
        assert hits
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({(hit.report, hit.start) for hit in hits}) == len(hits)


def test_equal_searches_give_equal_hits(filled: Searcher):
    assert filled.clauses("城镇新增就业", Filters(), 10) == filled.clauses("城镇新增就业", Filters(), 10)


def test_reports_years_and_statuses_are_limits(filled: Searcher):
    assert {hit.report for hit in filled.clauses("就业", Filters(("a", "c")), 20)} == {"a", "c"}
    every = [clause for one in "abc" for clause in filled.library.parsed(one).clauses]
    year = next(clause.period.year for clause in every if clause.period.status == "target")
    assert year is not None
    goals = filled.clauses("就业", Filters(years=(year,), statuses=("target",)), 20)
    assert goals
    assert {(hit.period.year, hit.period.status) for hit in goals} == {(year, "target")}
    assert filled.clauses("就业", Filters(years=(1999,)), 5) == ()
    with pytest.raises(ReportNotFound):
        filled.clauses("就业", Filters(("nothing",)), 1)


def test_preferred_periods_come_first(filled: Searcher):
    hits = filled.clauses("城镇新增就业", Filters(near_statuses=("target",)), 4)
    assert hits[0].period.status == "target"
    hits = filled.clauses("城镇新增就业", Filters(near_statuses=("actual",)), 4)
    assert hits[0].period.status == "actual"


def test_english_is_searched_by_dictionary(filled: Searcher):
    assert any("就业" in hit.quote for hit in filled.clauses("employment", Filters(), 5))


def test_words_of_no_report_and_signs_are_no_error(filled: Searcher):
    for query in ("？", "的", "xyzzy", '"quoted" \\ and', "完全不相干"):
        filled.clauses(query, Filters(), 3)


def test_rare_words_weigh_more(filled: Searcher):
    weights = filled.idf(["就业", "智慧港口没有"])
    assert weights["就业"] < weights["智慧港口没有"]


def test_a_running_searcher_never_returns_a_removed_report_and_finds_a_new_one(engine, tmp_path: Path):
    store = Store(tmp_path / "index")
    builder = Builder(store, HashEncoder())
    builder.add([report("a"), report("b", topic="智慧港口")])
    running = engine(store, tmp_path)
    assert running.clauses("智慧港口", Filters(), 1)[0].report == "b"
    builder.remove(["b"])
    assert {hit.report for hit in running.clauses("智慧港口", Filters(), 50)} == {"a"}
    builder.add([report("c", topic="智慧港口")])
    hit = running.clauses("智慧港口", Filters(), 1)[0]
    assert (hit.report, "智慧港口" in hit.quote) == ("c", True)


def test_a_server_that_is_not_there_is_told(tmp_path: Path):
    pytest.importorskip("pymilvus", reason="the milvus extra is not installed")
    from index.milvus import MilvusBackend

    store = Store(tmp_path)
    Builder(store, HashEncoder()).add([report("a")])
    lost = Searcher(
        store, HashEncoder(), partial(MilvusBackend, store=store, uri="http://127.0.0.1:9", timeout=1)
    )
    with pytest.raises(IndexUnavailable, match="WENZHENG_SEARCH__URI"):
        lost.clauses("就业", Filters(), 1)
