"""The command line: exit codes, one JSON document, one line of error, help."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes import HashEncoder, ScriptedGenerator
from samples import TEXT

import rag.assembly
from index.errors import IndexDamaged
from rag.errors import QuestionError
from ui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Report

GOAL = "今年计划新增多少城镇就业？"
COMMANDS = ["ask", "check", "search", "indicators", "batch", "serve", "eval", "index", "models"]
SUBCOMMANDS = [["index", name] for name in ("add", "remove", "list", "text", "rebuild", "verify")] + [
    ["models", name] for name in ("pull", "list", "verify")
]


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedGenerator:
    """The language model that the command line finds."""
    generator = ScriptedGenerator()
    monkeypatch.setattr(rag.assembly, "ChatGenerator", lambda *_arguments: generator)
    monkeypatch.setattr(rag.assembly.Application, "warm_up", lambda _self: None)
    monkeypatch.setenv("WENZHENG_CHAT__BASE_URL", "http://127.0.0.1:9/v1")
    return generator


@pytest.fixture
def run(
    own_home: Path,
    model: ScriptedGenerator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ran]:
    """Runs the command line in this process, on a copy of the indexed bundled report."""
    monkeypatch.setattr(rag.assembly, "SentenceEncoder", lambda _name: HashEncoder())
    monkeypatch.setenv("WENZHENG_HOME", str(own_home))
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["wenzheng", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return go


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "某市-2024.txt"
    text = TEXT.format(
        year=2024, before=2023, growth="6.1", goal=6, jobs="71.2", jobs_goal=55, topic="智慧港口"
    )
    path.write_text(text, encoding="utf-8")
    return path


def test_ask_prints_the_answer_and_its_sources(run: Callable[..., Ran]):
    ran = run("ask", GOAL)
    assert ran.code == 0
    assert "60万人以上" in ran.out
    assert "[1]" in ran.out
    assert "2024年主要任务" in ran.out
    assert ran.err == ""


def test_ask_in_json_is_the_contracts_document(run: Callable[..., Ran], bundled: Report):
    ran = run("ask", GOAL, "--json")
    assert ran.code == 0
    document = ran.document
    assert set(document) >= {
        "question", "answer", "status", "language", "query", "citations", "evidence", "timings_ms", "fingerprint",
    }  # fmt: skip
    assert set(document["query"]) >= {"text", "years", "statuses", "places"}
    assert set(document["timings_ms"]) >= {"interpret", "search", "first_token", "total"}
    assert set(document["fingerprint"]) >= {"index", "model", "prompts"}
    assert (document["question"], document["status"], document["language"]) == (GOAL, "answered", "zh")
    (citation,) = document["citations"]
    assert set(citation) >= {
        "marker",
        "report",
        "title",
        "section",
        "year",
        "period",
        "start",
        "end",
        "quote",
    }
    assert bundled.text[citation["start"] : citation["end"]] == citation["quote"]
    assert (citation["year"], citation["period"]) == (2024, "target")
    first = document["evidence"][0]
    assert set(first) >= {"rank", "report", "start", "end", "quote", "score", "year", "period", "section"}


def test_no_model_stops_after_the_evidence(run: Callable[..., Ran], model: ScriptedGenerator):
    ran = run("ask", GOAL, "--json", "--no-model")
    assert (ran.code, ran.document["status"]) == (0, "evidence_only")
    assert ran.document["citations"]
    assert model.asked == []


def test_a_model_that_is_down_is_no_error(run: Callable[..., Ran], model: ScriptedGenerator):
    model.fails_after = 0
    ran = run("ask", "今年如何推进清廉重庆建设？", "--json")
    assert (ran.code, ran.document["status"]) == (0, "evidence_only")
    ran = run("ask", GOAL, "--json")  # a record needs no model
    assert (ran.code, ran.document["status"]) == (0, "answered")


def test_not_in_the_reports_is_no_error(run: Callable[..., Ran]):
    ran = run("ask", "云南今年的经济增长目标是多少？", "--json")
    assert (ran.code, ran.document["status"], ran.document["citations"]) == (0, "not_in_reports", [])


def test_search_and_the_text_to_which_offsets_refer(run: Callable[..., Ran], bundled: Report):
    assert run("index", "text", "chongqing-2024").out == bundled.text
    ran = run("search", "轨道交通", "-k", "3", "--json")
    hits = ran.document["hits"]
    assert (ran.code, len(hits)) == (0, 3)
    assert all(bundled.text[hit["start"] : hit["end"]] == hit["quote"] for hit in hits)
    plain = run("search", "轨道交通", "-k", "3")
    assert all(hit["quote"].splitlines()[0] in plain.out for hit in hits)


def test_indicators_as_json_table_and_csv(run: Callable[..., Ran]):
    arguments = ("indicators", "--place", "重庆市", "--year", "2024", "--status", "target")
    records = run(*arguments, "--json").document["indicators"]
    jobs = next(record for record in records if record["indicator"] == "城镇新增就业")
    assert set(jobs) >= {
        "report", "place", "indicator", "value", "unit", "qualifier", "measure", "year", "status", "start", "end", "quote",
    }  # fmt: skip
    assert (jobs["value"], jobs["unit"], jobs["qualifier"]) == ("60", "万人", "以上")
    rows = list(csv.DictReader(StringIO(run(*arguments, "--csv").out)))
    assert [{key: str(value) for key, value in record.items()} for record in records] == rows
    assert "城镇新增就业" in run(*arguments).out


def test_batch(run: Callable[..., Ran], tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_text(f'{{"id": "q1", "question": "{GOAL}"}}\nbad\n', encoding="utf-8")
    ran = run("batch", source, tmp_path / "out.jsonl")
    assert (ran.code, ran.out) == (0, "")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["status"] for line in lines] == ["answered", "error"]
    assert "2 lines done, 1 of them errors" in ran.err
    assert "2 taken over" in run("batch", source, tmp_path / "out.jsonl", "--resume").err


# The index


def test_a_report_is_added_listed_printed_and_removed(run: Callable[..., Ran], report_file: Path):
    assert run("index", "add", report_file, "--place", "某市").code == 0
    reports = run("index", "list", "--json").document["reports"]
    assert [report["id"] for report in reports] == ["chongqing-2024", "某市-2024"]
    assert "某市-2024" in run("index", "list").out
    assert run("index", "text", "某市-2024").out == report_file.read_text(encoding="utf-8")
    assert "智慧港口" in run("search", "智慧港口", "--report", "某市-2024", "--json").out
    assert run("index", "verify").code == 0
    assert run("index", "remove", "某市-2024").code == 0
    assert run("search", "智慧港口", "--report", "某市-2024").code == 2
    assert "某市" not in run("index", "list", "--json").out


def test_adding_again_changes_nothing_and_another_text_replaces(run: Callable[..., Ran], report_file: Path):
    add = ("index", "add", report_file, "--id", "mine", "--place", "某市", "--title", "某市工作报告")
    assert "mine: added" in run(*add).err
    assert "mine: unchanged" in run(*add).err
    report_file.write_text(report_file.read_text(encoding="utf-8").replace("71.2", "72.5"), encoding="utf-8")
    assert "mine: replaced" in run(*add).err
    assert run("index", "list", "--json").document["reports"][1]["title"] == "某市工作报告"


def test_one_bad_file_does_not_stop_the_rest(run: Callable[..., Ran], report_file: Path):
    bad = report_file.with_name("bad.pdf")
    bad.write_bytes(b"%PDF-1.4 damaged")
    ran = run("index", "add", bad, report_file, "--place", "某市")
    assert ran.code == 2
    assert "bad.pdf" in ran.err
    assert "某市-2024" in run("index", "list", "--json").out


def test_a_damaged_file_is_found_and_mended(run: Callable[..., Ran], own_home: Path):
    path = next(own_home.rglob("report.json"))
    path.write_bytes(path.read_bytes()[:-10])
    verified = run("index", "verify")
    assert (verified.code, verified.out) == (3, "")
    assert "report.json" in verified.err
    assert run("index", "rebuild").code == 0
    assert run("index", "verify").code == 0
    assert run("ask", GOAL, "--json").document["status"] == "answered"


# Errors

WRONG_USAGE = [
    ["ask"],
    ["ask", GOAL, "surplus"],
    ["ask", GOAL, "--colour"],
    ["nothing"],
    ["index", "nothing"],
    ["index", "remove"],
    ["search", "就业", "-k", "0"],
    ["search", "就业", "-k", "many"],
    ["indicators", "--status", "hoped-for"],
    ["indicators", "--year", "now"],
    ["serve", "--port", "99999999"],
    ["index", "add", "x.txt", "--year", "12"],
]
BAD_INPUT = [
    ["ask", ""],
    ["ask", "？"],
    ["ask", "\x1b\x07"],
    ["ask", "就业" * 5000],
    ["ask", "今年の雇用目標は何ですか？"],
    ["ask", GOAL, "--report", "nothing"],
    ["ask", "今年\udcff就业\ud800？" * 400],
    ["search", ""],
    ["search", "就业", "--report", "nothing", "--json"],
    ["indicators", "--report", "nothing", "--json"],
    ["index", "add", "no-such-file.txt"],
    ["index", "add", "."],
    ["index", "remove", "nothing"],
    ["index", "text", "nothing"],
    ["batch", "no-such-file.jsonl", "out.jsonl"],
]


def is_one_line(text: str) -> bool:
    return text.endswith("\n") and len(text.splitlines()) == 1 and "Traceback" not in text


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2_and_one_line(run: Callable[..., Ran], arguments: list[str]):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err), ran.err


@pytest.mark.parametrize("arguments", BAD_INPUT, ids=lambda arguments: " ".join(arguments)[:40])
def test_bad_input_ends_with_2_and_one_line(run: Callable[..., Ran], arguments: list[str]):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err), ran.err
    assert ran.err.startswith("Error: ")


def test_half_a_character_in_a_question_is_no_traceback(run: Callable[..., Ran]):
    """What a terminal in another encoding hands over."""
    ran = run("ask", "今年计划新增\udcff多少城镇就业？", "--json")
    assert ran.code in {0, 2}
    assert ran.code == 0 or is_one_line(ran.err)


def without_manifest(home: Path) -> None:
    next(home.rglob("manifest.json")).unlink()


def without_rows(home: Path) -> None:
    next(home.rglob("generations/*/rows.npy")).unlink()


def with_another_pointer(home: Path) -> None:
    (home / "index" / "CURRENT").write_text("nonsense")


@pytest.mark.parametrize("damage", [without_manifest, without_rows, with_another_pointer])
def test_a_damaged_index_ends_with_3_and_the_remedy(
    run: Callable[..., Ran], own_home: Path, damage: Callable[[Path], None]
):
    damage(own_home)
    for arguments in (["ask", GOAL, "--json"], ["search", "就业", "--json"]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (3, "")
        assert is_one_line(ran.err)
        assert "wenzheng index rebuild" in ran.err


def test_another_encoder_ends_with_3_and_the_remedy(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rag.assembly, "SentenceEncoder", lambda _name: HashEncoder("other"))
    ran = run("search", "就业")
    assert ran.code == 3
    assert "wenzheng index rebuild" in ran.err
    assert run("index", "rebuild").code == 0
    assert run("search", "就业").code == 0


def test_a_missing_model_file_ends_with_3(run: Callable[..., Ran]):
    ran = run("models", "verify")
    assert ran.code == 3
    assert is_one_line(ran.err)
    assert "wenzheng models pull" in ran.err
    listed = run("models", "list", "--json").document["models"]
    assert [one["ready"] for one in listed] == [False]


def test_a_wrong_setting_ends_with_2(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WENZHENG_CHAT__TIMEOUT_SECONDS", "soon")
    ran = run("ask", GOAL)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err)
    assert "WENZHENG_CHAT__TIMEOUT_SECONDS" in ran.err


def test_a_data_directory_that_cannot_be_made_is_one_line(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WENZHENG_HOME", str(tmp_path / "file" / "home"))
    ran = run("ask", GOAL, "--json", "--no-model")
    assert ran.code in {1, 3}
    assert ran.out == ""
    assert is_one_line(ran.err)


def test_debug_shows_where_an_error_comes_from(run: Callable[..., Ran], own_home: Path):
    with pytest.raises(QuestionError):
        run("ask", "", "--debug")
    without_manifest(own_home)
    with pytest.raises(IndexDamaged):
        run("--debug", "search", "就业")


# Help, and the installed command


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), *SUBCOMMANDS], ids=" ".join)
def test_help(run: Callable[..., Ran], command: list[str]):
    ran = run(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Usage: wenzheng" in ran.out
    assert command or all(name in ran.out for name in COMMANDS)


def test_help_comes_quickly_since_nothing_heavy_is_imported():
    code = (
        "import sys; sys.argv = ['wenzheng', '--help']\n"
        "from ui.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'faiss', 'gradio', 'langchain_openai', 'sentence_transformers', 'jieba'}\n"
        "sys.exit(f'imported: {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "wenzheng" in done.stdout


def test_a_process_of_its_own_ends_with_the_code_and_one_line(tmp_path: Path):
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "index", "verify"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert is_one_line(done.stderr)
    assert "wenzheng index add" in done.stderr
