"""Runs with the fake encoder and generator: resumed, repeated, compared, reported."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from fakes import HashEncoder, ScriptedChat, ScriptedGenerator
from rich.console import Console

from evals.bench import ADAPTERS
from evals.cases import Case, GoldEvidence, read_gold
from evals.catalog import Dataset, dataset_names, load_dataset
from evals.comparing import compare, compared, comparison_tables
from evals.errors import DatasetError, DatasetMissing, ResultError
from evals.html_report import html_report
from evals.plain import PlainPipeline, split
from evals.records import AnswerRecord, Place
from evals.report import markdown_table, score_table, write_report
from evals.result import read_result, write_result
from evals.runner import run_eval
from evals.scoring import ranked_ids, relevant_ids, score
from evals.workspace import open_workspace
from index.searcher import Searcher
from index.store import Store
from rag.pipeline import Pipeline
from rag.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from evals.result import Result
    from rag.settings import Settings

QUESTIONS = [
    {"id": "q1", "lang": "zh", "type": "number_target", "question": "今年计划新增多少城镇就业？", "answer": "60万人以上",
     "answer_keys": [["60万"]], "forbidden": ["73.9万"], "evidence": ["城镇新增就业60万人以上"]},
    {"id": "q2", "lang": "zh", "type": "number_actual", "question": "去年地区生产总值增长多少？", "answer": "6.1%",
     "answer_keys": [["6.1%"]], "evidence": ["地区生产总值迈上3万亿元新台阶、达到30145.79亿元、增长6.1%"]},
    {"id": "q3", "lang": "zh", "type": "unanswerable", "question": "今年地铁票价是多少？"},
    {"id": "q4", "lang": "zh", "type": "claim", "question": "2023年地区生产总值增长6.1%。", "label": "supported",
     "evidence": ["增长6.1%"]},
]  # fmt: skip


@dataclass
class FakeApplication:
    """What ``run_eval`` needs of the program, with fakes at its seams."""

    settings: Settings
    generator: ScriptedGenerator
    chat: ScriptedChat
    encoder: HashEncoder

    def __post_init__(self) -> None:
        self.store = Store(self.settings.home / "index")
        self.searcher = Searcher(self.store, self.encoder)
        self.pipeline = Pipeline(self.searcher, self.generator, "chongqing-2024")

    def chat_model(self) -> ScriptedChat:
        return self.chat


@pytest.fixture
def opened(own_home: Path) -> FakeApplication:
    settings = load_settings(home=own_home)
    return FakeApplication(
        settings, ScriptedGenerator(), ScriptedChat(replies=["60万人以上。"]), HashEncoder()
    )


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return written(tmp_path / "own.jsonl", QUESTIONS)


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=160)


@pytest.fixture
def run(opened: FakeApplication, questions: Path, tmp_path: Path, console: Console) -> Callable[..., Result]:
    def start(out: str, pipeline: str = "full", **more: object) -> Result:
        return run_eval(
            opened,
            questions,
            pipeline=pipeline,
            out=tmp_path / out,
            console=console,
            generator=opened.generator,
            **more,
        )

    return start


def written(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_run_scores_every_case_and_says_what_made_it(run: Callable[..., Result], tmp_path: Path):
    result = run("a")
    by_id = {item.case.id: item for item in result.items}
    assert by_id["q1"].outcome.right
    assert by_id["q1"].outcome.quotes_wrong == 0
    assert by_id["q4"].answer.status in {"checked", "error"}
    assert result.scores.citations["exact"].value == 1
    assert result.fingerprint.model == "scripted"
    assert result.fingerprint.encoder.startswith("hash-bigrams")
    assert result.machine.cores >= 1
    assert read_result(tmp_path / "a") == result
    assert read_result(tmp_path / "a" / "result.json") == result


def test_two_runs_agree_totally(run: Callable[..., Result], tmp_path: Path):
    run("a")
    run("b")
    comparison = compare(tmp_path / "a", tmp_path / "b")
    assert (comparison.identical, comparison.total) == (4, 4)
    assert comparison.p_value == 1
    assert comparison.differing == ()
    assert not comparison.changes


def test_a_run_that_was_cut_off_goes_on(run: Callable[..., Result], opened: FakeApplication, tmp_path: Path):
    whole = run("a")
    asked = len(opened.generator.asked)
    journal = tmp_path / "a" / "answers.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:2]) + lines[2][:20], encoding="utf-8")
    again = run("a")
    assert again.items == whole.items or comparable(again) == comparable(whole)
    assert len(opened.generator.asked) - asked <= asked
    assert len(journal.read_text(encoding="utf-8").splitlines()) == len(lines)


def comparable(result: Result) -> list[tuple[str, str, bool | None]]:
    return [(item.case.id, item.answer.answer, item.outcome.right) for item in result.items]


def test_a_journal_of_another_run_is_not_gone_on_with(run: Callable[..., Result], opened: FakeApplication):
    run("a")
    opened.generator.name = "another"
    with pytest.raises(ResultError, match="model 'scripted', now 'another'"):
        run("a")


def test_a_sample_is_a_part_and_can_be_gone_on_with(run: Callable[..., Result]):
    assert len(run("a", sample=2, seed=3).items) == 2
    assert len(run("a").items) == 4


def test_errors_are_counted_and_stop_nothing(opened: FakeApplication, tmp_path: Path, console: Console):
    lines = [{**QUESTIONS[0], "id": "bad", "question": "こんにちは、元気ですか"}, QUESTIONS[0]]
    result = run_eval(
        opened,
        written(tmp_path / "two.jsonl", lines),
        out=tmp_path / "two",
        console=console,
        generator=opened.generator,
    )
    assert result.items[0].answer.status == "error"
    assert result.scores.errors == 1
    assert result.scores.right["ALL"].hits == 1


def test_search_only_finds_the_evidence_and_refuses_nothing(run: Callable[..., Result]):
    result = run("s", "search-only")
    outcomes = {item.case.id: item.outcome.right for item in result.items}
    assert outcomes["q1"] is True
    assert outcomes["q3"] is None
    assert result.scores.refusal["recall"].total == 0
    assert result.scores.retrieval["R@10"] > 0
    assert result.fingerprint.model == ""


def test_the_plain_pipeline_cites_its_chunks_exactly(run: Callable[..., Result]):
    result = run("p", "plain")
    by_id = {item.case.id: item for item in result.items}
    assert by_id["q1"].answer.answer == "60万人以上。"
    assert len(by_id["q1"].answer.citations) == 4
    assert all(place.exact for place in by_id["q1"].answer.citations)
    assert by_id["q3"].outcome.right is False
    assert by_id["q4"].outcome.verdict == "none"
    assert result.fingerprint.prompts != run("f").fingerprint.prompts


def test_the_plain_pipeline_refuses_and_judges():
    chunks = split("r", "城镇新增就业60万人以上。\n" * 200)
    assert max(len(chunk.quote) for chunk in chunks) <= 500
    vectors = HashEncoder().encode_documents([chunk.quote for chunk in chunks])
    chat = ScriptedChat(replies=["我不知道。", "这是 refuted。"])
    plain = PlainPipeline(chunks, np.asarray(vectors), HashEncoder(), lambda: chat, lambda _: None)
    refused = plain.answer(Case("1", "zh", "fact", "就业？"))
    assert (refused.status, refused.citations) == ("not_in_reports", ())
    judged = plain.answer(Case("2", "zh", "claim", "就业60万人"))
    assert judged.claims[0].verdict == "refuted"
    assert "就业60万人" in str(chat.seen[-1])


def test_a_comparison_tells_broken_from_fixed(run: Callable[..., Result], tmp_path: Path):
    result = run("a")
    items = result.items * 5
    good = result.model_copy(
        update={"items": tuple(turned(item, i, right=True) for i, item in enumerate(items))}
    )
    bad = result.model_copy(
        update={"items": tuple(turned(item, i, right=False) for i, item in enumerate(items))}
    )
    comparison = compared(good, bad)
    assert comparison.worse
    assert comparison.broken == 20
    assert comparison.p_value < 0.001
    assert not compared(bad, good).worse
    assert compared(bad, good).fixed == 20
    shown = rendered(*comparison_tables(comparison))
    assert "broken 20" in shown
    assert "q1" in shown


def turned(item, number: int, *, right: bool):
    name = f"{item.case.id}-{number}"
    text = item.answer.answer if right else "73.9万人"
    case = Case(**{**{field: getattr(item.case, field) for field in Case.__dataclass_fields__}, "id": name})
    answer = item.answer.model_copy(update={"id": name, "answer": text})
    outcome = type(item.outcome)(id=name, right=right)
    return item.model_copy(update={"case": case, "answer": answer, "outcome": outcome})


def rendered(*tables) -> str:
    console = Console(file=io.StringIO(), width=200)
    for table in tables:
        console.print(table)
    return console.file.getvalue()


def test_runs_without_a_common_case_cannot_be_compared(run: Callable[..., Result]):
    result = run("a")
    other = result.model_copy(update={"items": tuple(turned(i, 9, right=True) for i in result.items)})
    with pytest.raises(ResultError, match="no case in common"):
        compared(result, other)
    with pytest.raises(ResultError, match="cannot be read"):
        read_result(Path("nowhere.json"))


def test_a_damaged_result_is_named(tmp_path: Path):
    (tmp_path / "result.json").write_text('{"items": []}', encoding="utf-8")
    with pytest.raises(ResultError, match="is no result"):
        read_result(tmp_path)


def test_the_report_holds_every_wrong_item_and_escapes_it(run: Callable[..., Result], tmp_path: Path):
    result = run("a")
    item = turned(result.items[0], 0, right=False)
    hostile = item.answer.model_copy(update={"answer": "<script>alert(1)</script>"})
    result = result.model_copy(update={"items": (item.model_copy(update={"answer": hostile}),)})
    path = write_report(result, tmp_path)
    page = path.read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "城镇新增就业60万人以上" in page
    assert "Wrong: 1 of 1" in page
    for name in ("accuracy", "latency", "refusals"):
        ET.fromstring((tmp_path / f"{name}.svg").read_text(encoding="utf-8"))
    assert html_report(result, {}) == html_report(result, {})


def test_tables_show_types_languages_and_intervals(run: Callable[..., Result]):
    full, plain = run("a"), run("p", "plain")
    assert "number_target" in rendered(score_table(full))
    table = markdown_table([full, plain])
    assert table.startswith("| | own, full | own, plain |")
    assert "| ALL |" in table


def test_ranked_ids_are_documents_or_pieces_of_evidence():
    hits = tuple(
        Place(report=report, quote=quote)
        for report, quote in (("a", "其他"), ("b", "城镇新增就业60万人"), ("a", "x"))
    )
    answer = AnswerRecord(id="1", status="found", evidence=hits)
    by_document = Case("1", "zh", "fact", "?", documents=("b",))
    assert ranked_ids(by_document, answer) == ["a", "b"]
    gold = (GoldEvidence(None, "城镇新增就业60万人以上"), GoldEvidence("c", "别处"))
    by_evidence = Case("1", "zh", "fact", "?", evidence=gold)
    assert relevant_ids(by_evidence) == ["gold 0", "gold 1"]
    assert ranked_ids(by_evidence, answer) == ["hit 0", "gold 0", "hit 2"]
    assert score(by_evidence, answer).right
    assert score(by_document, None).error


def test_unknown_and_missing_datasets_say_what_to_do(tmp_path: Path):
    with pytest.raises(
        DatasetError,
        match="Known: cq2024_open, multi_open, cq2024_own, provinces_own, cq2024_fresh, multi_fresh, elsewhere_fresh, ncp_policy",
    ):
        load_dataset("nothing", tmp_path)
    for name in ADAPTERS:
        with pytest.raises(DatasetMissing, match=name.removesuffix("_all")):
            load_dataset(name, tmp_path)
    reports = load_dataset("multi_open", tmp_path).reports
    assert reports is not None
    with pytest.raises(DatasetMissing, match="corpus/reports"):
        reports()


@pytest.mark.parametrize("name", dataset_names())
def test_every_dataset_is_read(name: str):
    try:
        dataset = load_dataset(name)
    except DatasetMissing as error:
        pytest.skip(str(error))
    assert len({case.id for case in dataset.cases}) == len(dataset.cases)
    for case in dataset.cases:
        assert not case.is_claim or case.label
        assert case.is_claim or not case.answerable or case.keys or case.references


def test_a_bench_set_is_indexed_on_its_own_and_kept_in_step(
    opened: FakeApplication, tmp_path: Path, console: Console
):
    folder = tmp_path / "shared" / "bench" / "cmrc300"
    folder.mkdir(parents=True)
    corpus = [
        {"doc_id": "D1", "title": "长江", "text": "长江是亚洲第一长河。它流经重庆。"},
        {"doc_id": "D2", "title": "黄河", "text": "黄河是中国第二长河。"},
    ]
    written(folder / "corpus.jsonl", corpus)
    question = {
        "id": "1",
        "question": "亚洲第一长河是哪条河？",
        "answers": ["长江"],
        "gold_doc_ids": ["D1"],
        "answerable": True,
    }
    written(folder / "questions.jsonl", [question])
    options = {"out": tmp_path / "bench", "console": console, "shared": tmp_path / "shared"}
    result = run_eval(opened, "cmrc300", pipeline="search-only", **options)
    assert result.scores.retrieval["Success@1"] == 1
    assert result.items[0].answer.evidence[0].report == "D1"
    written(folder / "corpus.jsonl", corpus[:1])
    dataset = load_dataset("cmrc300", tmp_path / "shared")
    workspace = open_workspace(opened, dataset, opened.generator, console)
    assert [entry.id for entry in workspace.searcher.library.entries] == ["D1"]
    assert [entry.id for entry in opened.searcher.library.entries] == ["chongqing-2024"]


@pytest.mark.parametrize("name", ["cq2024_open", "multi_open"])
def test_gold_evidence_stands_in_the_reports_and_gold_answers_are_right(name: str):
    dataset = load_dataset(name)
    assert dataset.reports is not None
    try:
        texts = {report.id: report.text for report in dataset.reports()}
    except DatasetMissing as error:
        pytest.skip(str(error))
    for case in dataset.cases:
        for gold in case.evidence:
            found = [
                text for report, text in texts.items() if gold.report in {None, report} and gold.quote in text
            ]
            assert found, case.id


def test_written_results_are_read_back_the_same(run: Callable[..., Result], tmp_path: Path):
    result = run("a")
    again = read_result(write_result(result, tmp_path))
    assert again.model_dump() == result.model_dump()


def test_datasets_are_told_apart_by_their_cases():
    cases = read_gold(Path(__file__).parents[1] / "evals" / "datasets" / "cq2024_open.jsonl")
    whole = Dataset("x", cases, None, "")
    assert whole.fingerprint == Dataset("y", cases, None, "").fingerprint
    assert whole.fingerprint != Dataset("x", cases[1:], None, "").fingerprint
