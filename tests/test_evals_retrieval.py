"""The measures of the search with their cuts and halves, reports beside, and the index that a dataset is asked against."""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Self

import pytest
from fakes import HashEncoder, ScriptedGenerator
from rich.console import Console
from samples import TEXT, report

from evals import retrieval
from evals.cases import Case, GoldEvidence
from evals.catalog import Dataset, with_reports_beside
from evals.errors import DatasetError
from evals.retrieval import Place, half_of, names_place_and_year, rankers, scores
from evals.workspace import Workspace, open_workspace
from index.embedded import Weights
from index.store import Store
from rag.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.searcher import Searcher
    from index.types import Report
    from rag.pipeline import Pipeline
    from rag.settings import Settings

JOBS = GoldEvidence("a", "城镇新增就业55万人以上")
GROWTH = GoldEvidence("a", "地区生产总值增长6%左右")


def case(name: str, *evidence: GoldEvidence, question: str = "今年新增就业多少？", lang: str = "zh") -> Case:
    return Case(name, lang, "fact", question, evidence=evidence)


def found(*quotes: str, of: str = "a") -> list[Place]:
    return [Place(of, quote) for quote in quotes]


def test_the_halves_are_by_the_checksum_of_the_id():
    ids = [f"case-{number}" for number in range(50)]
    assert {half_of(case(one)) for one in ids} == {"tuning", "check"}
    for one in ids:
        assert half_of(case(one)) == ("tuning" if zlib.crc32(one.encode()) % 2 == 0 else "check")


def test_all_of_the_evidence_must_be_within_the_cut():
    asked = [case("1", JOBS, GROWTH)]
    noise = [f"无关的第{number}句话。" for number in range(10)]
    first = scores(asked, lambda _: found(JOBS.quote, *noise[:3], GROWTH.quote))["zh"]
    assert (first["n"], first["all@1"], first["all@5"], first["all@20"]) == (1, 0, 1, 1)
    later = scores(asked, lambda _: found(JOBS.quote, *noise, GROWTH.quote))["zh"]
    assert (later["all@5"], later["all@20"], later["RR@10"]) == (0, 1, 1)
    both = scores(asked, lambda _: found(f"{GROWTH.quote}。{JOBS.quote}。"))["zh"]
    assert (both["all@1"], both["R@5"]) == (1, 1)
    assert scores(asked, lambda _: [])["zh"]["all@20"] == 0


def test_the_right_report_must_come_first():
    asked = [case("1", JOBS)]
    right = scores(asked, lambda _: found("别的一句。") + found(JOBS.quote, of="b"))["zh"]
    assert (right["report@1"], right["all@20"]) == (1, 0)
    wrong = scores(asked, lambda _: found(JOBS.quote, of="b") + found(JOBS.quote))["zh"]
    assert (wrong["report@1"], wrong["all@1"], wrong["all@5"]) == (0, 0, 1)
    assert scores(asked, lambda _: [])["zh"]["report@1"] == 0
    of_one_report = scores([case("1", GoldEvidence(None, JOBS.quote))], lambda _: found("别的一句。", of="b"))
    assert of_one_report["zh"]["report@1"] == 1


def test_only_questions_with_evidence_count_and_each_in_its_groups():
    cases = [
        case("1", JOBS, question="2024年某市新增就业目标是多少？"),
        case("2", JOBS, lang="en", question="How many new jobs?"),
        case("3"),
        Case("4", "zh", "claim", "新增就业55万人。", evidence=(JOBS,), label="supported"),
        Case("5", "zh", "unanswerable", "地铁票价？", evidence=(JOBS,), answerable=False),
    ]
    groups = scores(cases, lambda _: found(JOBS.quote), ("某市",))
    halves = {f"zh {half_of(cases[0])}", f"en {half_of(cases[1])}", f"named {half_of(cases[0])}"}
    assert set(groups) == {"zh", "en", "named"} | halves
    assert all(one["n"] == 1 for one in groups.values())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("上海2025年新增就业多少？", True),
        ("What was Shanghai's GDP growth in 2023?", True),
        ("上海今年新增就业多少？", False),
        ("2025年新增就业多少？", False),
        ("湖北2025年新增就业多少？", False),  # has no report
    ],
)
def test_a_place_of_a_report_and_a_year_in_figures_are_named(question, expected):
    assert names_place_and_year(question, ("上海市", "重庆市")) is expected


def test_every_way_of_ranking_finds_passages_of_the_report(searcher: Searcher, pipeline_with: Callable):
    pipeline: Pipeline = pipeline_with(ScriptedGenerator())
    ways = rankers(Workspace(searcher, pipeline, SimpleNamespace()))
    assert {"BM25", "dense", "BM25 + dense (RRF)", "search", "evidence of the answer"} <= set(ways)
    assert {f"search without {name}" for name in Weights.__dataclass_fields__} <= set(ways)
    asked = Case("1", "zh", "fact", "今年计划新增多少城镇就业？", evidence=(GoldEvidence(None, "就业"),))
    text = searcher.library.parsed("chongqing-2024").report.text
    for name, rank in ways.items():
        hits = rank(asked)
        assert hits, name
        assert all(hit.report == "chongqing-2024" and hit.quote in text for hit in hits), name


def test_fusion_prefers_what_both_found():
    fused = retrieval._fused(found("甲", "乙"), found("丙", "乙"))
    assert fused[0] == Place("a", "乙")
    assert len(fused) == 3


# The index that a dataset is asked against


@dataclass
class FakeApplication:
    """What ``open_workspace`` needs of the program."""

    settings: Settings
    encoder: HashEncoder
    generator: ScriptedGenerator

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


@pytest.fixture
def opened(tmp_path: Path) -> FakeApplication:
    return FakeApplication(load_settings(home=tmp_path / "home"), HashEncoder(), ScriptedGenerator())


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=160)


def dataset(*reports: Report, cases: tuple[Case, ...] = ()) -> Dataset:
    return Dataset("own", cases, lambda: list(reports), "a")


def ids(workspace: Workspace) -> list[str]:
    return [entry.id for entry in workspace.searcher.library.entries]


def index_of(opened: FakeApplication) -> Store:
    return Store(opened.settings.home / "evals" / "own" / "index")


def test_the_index_of_a_dataset_holds_its_reports_and_no_others(opened: FakeApplication, console: Console):
    first = open_workspace(opened, dataset(report("a"), report("b")), opened.generator, console)
    assert ids(first) == ["a", "b"]
    assert first.text_of("a") == report("a").text
    second = open_workspace(opened, dataset(report("a"), report("c")), opened.generator, console)
    assert ids(second) == ["a", "c"]
    assert second.text_of("b") is None


def test_an_index_of_an_earlier_version_is_rebuilt(opened: FakeApplication, console: Console):
    open_workspace(opened, dataset(report("a"), report("b")), opened.generator, console)
    generation = index_of(opened).current()
    assert generation is not None
    manifest = generation.folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"schema": 1}), encoding="utf-8")
    again = open_workspace(opened, dataset(report("a"), report("c")), opened.generator, console)
    assert ids(again) == ["a", "c"]
    assert again.searcher.library.generation.manifest.schema > 1
    assert index_of(opened).verify(again.searcher.library.generation) == []


def test_an_index_of_another_encoder_is_rebuilt(opened: FakeApplication, console: Console):
    open_workspace(opened, dataset(report("a")), opened.generator, console)
    opened.encoder = HashEncoder("other")
    again = open_workspace(opened, dataset(report("a")), opened.generator, console)
    assert again.searcher.library.generation.manifest.encoder == "other@256"
    assert again.searcher.passages("城镇新增就业", retrieval.Filters(), 1)


# Reports beside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    for name, place in (("b", "乙市"), ("a", "甲市")):
        text = TEXT.replace("某市", place).format(
            year=2024, before=2023, growth=5, goal=6, jobs=3, jobs_goal=4, topic="港口"
        )
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    (made / "notes.md").write_text("# 别的", encoding="utf-8")
    return made


def test_reports_beside_are_asked_too_and_the_own_ones_stay_as_they_are(folder: Path):
    own = dataset(
        report("a"), cases=(case("1", GoldEvidence(None, "就业")), case("2", GoldEvidence("b", "就业")))
    )
    beside = with_reports_beside(own, folder)
    assert beside.reports is not None
    assert [(one.id, one.place) for one in beside.reports()] == [("a", "某市"), ("b", "乙市")]
    assert [one.evidence[0].report for one in beside.cases] == ["a", "b"]
    assert (beside.name, beside.default_report) == ("own-beside-corpus", "a")


def test_a_folder_without_reports_and_a_set_without_an_index_are_errors(folder: Path, tmp_path: Path):
    with pytest.raises(DatasetError, match=r"No \.txt reports"):
        with_reports_beside(dataset(report("a")), tmp_path)
    with pytest.raises(DatasetError, match="wenzheng index add"):
        with_reports_beside(Dataset("own", (), None, "a"), folder)


def test_the_program_compares_over_reports_beside_and_writes_what_it_found(
    opened: FakeApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = case("1", GoldEvidence(None, "城镇新增就业55万人以上"), question="2024年某市新增就业目标是多少？")
    monkeypatch.setattr(retrieval, "Application", lambda _settings: opened)
    monkeypatch.setattr(retrieval, "load_dataset", lambda _name: dataset(report("a"), cases=(asked,)))
    retrieval.main(["own"], out=tmp_path / "found.json", beside=folder)
    document = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    measures = document["own-beside-corpus"]["search"]
    assert measures["named"]["report@1"] == measures["zh"]["all@5"] == 1
    assert measures["zh"]["n"] == 1
