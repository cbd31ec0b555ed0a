"""The parts of the performance suite and of the baselines; the suite itself is a benchmark and is not run here."""

from __future__ import annotations

import io
import json
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from fakes import HashEncoder
from rich.console import Console

from evals.baselines import BASELINES, baseline_scores, bigrams
from evals.cases import Case
from evals.performance import Throughput, measure_build
from evals.performance_report import write_performance
from evals.scaling import ResampledEncoder, Sample, resampled_reports, sample_of
from evals.search_cost import build_index, measure_search, recall_of, search_index
from evals.timing import times
from index.build import Builder
from index.dense import DenseIndex
from index.encoder import EMBEDDED, SentenceEncoder
from index.loaders import report_from_text
from index.searcher import Filters, Searcher
from index.store import Store
from index.thesaurus import Thesaurus

if TYPE_CHECKING:
    from pathlib import Path


def test_bigrams_are_pairs_within_runs():
    assert bigrams("长江大桥，GDP增6.1%，年") == ["长江", "江大", "大桥", "gdp", "增", "6.1", "年"]
    assert set(BASELINES) == {"BM25 words", "BM25 bigrams"}


def test_baselines_rank_documents(tmp_path: Path):
    texts = {"a": "长江是亚洲第一长河。", "b": "黄河流经九省。", "c": "嘉陵江流入长江。"}
    Builder(Store(tmp_path), HashEncoder()).add(
        [report_from_text(text, name, any_text=True) for name, text in texts.items()]
    )
    library = Searcher(Store(tmp_path), HashEncoder()).library
    cases = [
        Case("1", "zh", "fact", "黄河流经几省？", documents=("b",)),
        Case("2", "zh", "fact", "嘉陵江流入哪里？", documents=("c",)),
        Case("3", "zh", "unanswerable", "珠江多长？", documents=("z",), answerable=False),
    ]
    scores = baseline_scores(cases, library)
    assert scores["BM25 bigrams"]["Success@1"] == 1
    assert scores["BM25 words"]["Success@1"] == 1
    assert baseline_scores(cases[2:], library) == {}


def test_resampled_reports_have_the_size_and_are_the_same_again(searcher: Searcher, tmp_path: Path):
    sample = sample_of(searcher.library)
    reports = list(resampled_reports(sample.sentences, 1200))
    assert [report.text for report in reports] == [r.text for r in resampled_reports(sample.sentences, 1200)]
    encoder = ResampledEncoder(HashEncoder(), sample.vectors)
    Builder(Store(tmp_path), encoder).add(reports)
    found = Searcher(Store(tmp_path), encoder)
    assert 1000 <= sum(entry.clauses for entry in found.library.entries) <= 2400
    assert len(found.clauses("城镇新增就业", Filters(), 12)) == 12


def test_resampled_vectors_are_unit_and_the_same_again(searcher: Searcher):
    encoder = ResampledEncoder(HashEncoder(), sample_of(searcher.library).vectors)
    vectors = encoder.encode_documents(["城镇新增就业", "地区生产总值"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, encoder.encode_documents(["城镇新增就业", "地区生产总值"]))


def test_what_is_measured_has_the_names_of_the_thesaurus(searcher: Searcher):
    """Their search is a part of every search, which these measurements once left out."""
    encoder = ResampledEncoder(SentenceEncoder(), sample_of(searcher.library).vectors)
    assert encoder.fingerprint != SentenceEncoder().fingerprint
    assert Thesaurus(encoder.fingerprint).nearest(encoder.encode_query("在哪儿停车"))


def test_times_are_in_milliseconds():
    assert times([0.001, 0.003, 0.002]).p50 == 2
    assert Throughput(1, 2.0, times([0.5])).wait.p95 == 500


def test_the_document_is_written_with_its_plots(tmp_path: Path):
    both = {"p50": 1.0, "p95": 2.0}
    search = [
        {
            "clauses": n,
            "memory_mib": 5,
            "resident_mib": 50,
            "disk_mib": 6,
            "start_seconds": 0.5,
            "recall": 0.995,
            "ranking": both,
            "ranking_cpu_ms": 7.5,
            "encode_cpu_ms": 3,
            "search": both,
            "plain": both,
            "encode": both,
            "ratio": 1,
        }
        for n in (1000, 10_000)
    ]
    document = {
        "build": {"characters": 9, "seconds": 1, "plain_seconds": 2, "ratio": 0.5},
        "search": search,
        "answers": {
            "first_token": both,
            "total": both,
            "plain_first_token": both,
            "plain_total": both,
            "ratio": 1,
        },
        "throughput": [{"askers": 1, "answers_per_minute": 3.0}],
    }
    console = Console(file=io.StringIO(), width=120)
    console.print(write_performance(document, tmp_path))
    assert "search 10,000 clauses" in console.file.getvalue()
    assert "99.5%" in console.file.getvalue()
    assert "7.5 + 3 encoding" in console.file.getvalue()
    assert json.loads((tmp_path / "performance.json").read_text(encoding="utf-8")) == document
    for name in ("search", "memory", "start", "throughput"):
        ET.fromstring((tmp_path / f"{name}.svg").read_text(encoding="utf-8"))


def test_an_index_is_measured_that_another_process_could_have_built(searcher: Searcher, tmp_path: Path):
    sample = sample_of(searcher.library)
    built = build_index(HashEncoder, sample, 1000, tmp_path)
    questions = ["城镇新增就业多少", "地区生产总值增长多少"]
    cost = search_index(HashEncoder, sample, questions, 1000, tmp_path, built)
    assert cost.clauses >= 1000
    assert 0 < cost.chunks < cost.clauses
    assert cost.recall == 1  # so few are compared exactly
    assert 0 < cost.ranking.p50 <= cost.ranking.p95
    assert cost.ranking_cpu_ms > 0
    assert 0 < cost.start_seconds < 60
    assert cost.disk_mib > 0
    assert cost.memory_mib < cost.resident_mib


def test_recall_is_the_share_of_the_ten_nearest():
    vectors = np.random.default_rng(0).normal(size=(3000, 32)).astype(np.float32)
    exact = DenseIndex.build(vectors)
    assert recall_of(exact, list(vectors[:5])) == 1
    rough = DenseIndex.build(vectors, flat_up_to=100)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.dense._DEPTH", 1)
        assert 0.1 <= recall_of(rough, list(vectors[:20])) < 1


@pytest.mark.slow
def test_search_and_build_are_measured_with_the_real_encoder(searcher: Searcher):
    encoder = partial(SentenceEncoder, EMBEDDED)
    sample = Sample(
        sample_of(searcher.library).sentences, encoder().encode_documents(["就业", "增长", "投资"])
    )
    cost = measure_search(encoder, sample, ["城镇新增就业", "地区生产总值"], 1000)
    assert cost.clauses >= 1000
    assert cost.search.p50 >= 0
    opened = SimpleNamespace(encoder=SentenceEncoder(EMBEDDED))
    assert measure_build(opened, SimpleNamespace(searcher=searcher)).seconds > 0
