"""Many lines in, as many out: order, bad lines, going on after a stop."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import pytest
from fakes import ScriptedGenerator
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from rag.errors import QuestionError
from rag.factcheck import FactChecker
from rag.pipeline import Pipeline
from ui.batch import Counts, answer_line, run_batch

if TYPE_CHECKING:
    from pathlib import Path

    from index.searcher import Searcher
    from rag.assembly import Application

GOAL = "今年计划新增多少城镇就业？"
ANSWER_KEYS = {
    "question",
    "answer",
    "status",
    "language",
    "query",
    "citations",
    "evidence",
    "timings_ms",
    "fingerprint",
}


@dataclass
class Opened:
    """As much of an application as a batch needs."""

    searcher: Searcher
    pipeline: Pipeline
    checker: FactChecker


def opened_over(searcher: Searcher) -> Application:
    report = "chongqing-2024"
    pipeline = Pipeline(searcher, ScriptedGenerator(), report)
    return cast("Application", Opened(searcher, pipeline, FactChecker(searcher, report)))


@pytest.fixture
def opened(searcher: Searcher) -> Application:
    return opened_over(searcher)


def write(path: Path, *lines: str | bytes | dict[str, Any]) -> Path:
    def encoded(line: str | bytes | dict[str, Any]) -> bytes:
        if isinstance(line, bytes):
            return line
        return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()

    path.write_bytes(b"".join(encoded(line) + b"\n" for line in lines))
    return path


def results(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    assert content.endswith(b"\n") or not content
    return [json.loads(line) for line in content.split(b"\n")[:-1]]


def run(opened: Application, source: Path, target: Path, *, resume: bool = False) -> Counts:
    console = Console(file=StringIO())
    return run_batch(opened, source, target, resume=resume, use_model=True, console=console)


def question(number: int, text: str = GOAL) -> dict[str, Any]:
    return {"id": f"q{number}", "question": text}


def test_each_line_gets_its_result_in_order(opened: Application, tmp_path: Path):
    source = write(
        tmp_path / "in.jsonl",
        question(1),
        {"id": "s1", "search": "轨道交通", "k": 3},
        {"id": 7, "question": "去年呢？", "history": [[GOAL, "60万人以上"]], "reports": ["chongqing-2024"]},
        {"question": "城镇新增就业写在报告的哪一部分？", "note": "keys that are not known do no harm"},
    )
    counts = run(opened, source, tmp_path / "out.jsonl")
    assert counts == Counts(done=4, errors=0, skipped=0)
    first, found, follow_up, last = results(tmp_path / "out.jsonl")
    assert [first["id"], found["id"], follow_up["id"], last["id"]] == ["q1", "s1", 7, None]
    assert set(first) == ANSWER_KEYS | {"id"}
    assert set(found) == {"id", "hits"}
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    assert set(found["hits"][0]) == {
        "rank",
        "report",
        "start",
        "end",
        "quote",
        "score",
        "year",
        "period",
        "section",
    }
    assert follow_up["query"]["years"] == [2023]
    assert "73.9" in follow_up["answer"]


BAD: list[str | bytes] = [
    "not json",
    "{",
    "[]",
    '"text"',
    "null",
    "12",
    "{}",
    '{"id": "b"}',
    '{"id": "b", "question": null}',
    '{"id": "b", "question": 5}',
    '{"id": "b", "question": ""}',
    '{"id": "b", "question": "？？"}',
    '{"id": "b", "question": "今年の目標は？"}',
    json.dumps({"id": "b", "question": "就业" * 5000}),
    '{"id": "b", "question": "就业？", "search": "就业"}',
    '{"id": "b", "question": "就业？", "reports": ["nothing"]}',
    '{"id": "b", "question": "就业？", "reports": "chongqing-2024"}',
    '{"id": "b", "question": "就业？", "history": [["one"]]}',
    '{"id": "b", "search": "就业", "k": 0}',
    '{"id": "b", "search": "就业", "k": 100000}',
    '{"id": "b", "search": ""}',
    '{"id": ["b"], "question": "就业？"}',
    '{"id": 1.5, "question": "就业？"}',
    '{"id": "\\ud800", "question": "就业？"}',
    '{"id": "b", "question": "就业\\ud800？"}',
    '{"id": "b", "question": "今年" "就业？"}',
    b'{"id": "b", "question": "\xff\xfe"}',
    b"\x00\x01\x02",
    "[" * 100_000,
    '{"id": "b", "question": ' + "[" * 100_000,
    '{"id": ' + "9" * 5000 + ', "question": "就业？"}',
]


def test_a_bad_line_never_stops_the_rest(opened: Application, tmp_path: Path):
    lines: list[str | bytes | dict[str, Any]] = []
    for number, bad in enumerate(BAD):
        lines += [bad, question(number)]
    source = write(tmp_path / "in.jsonl", *lines)
    counts = run(opened, source, tmp_path / "out.jsonl")
    found = results(tmp_path / "out.jsonl")
    assert counts == Counts(done=2 * len(BAD), errors=len(BAD), skipped=0)
    assert [one["id"] for one in found[1::2]] == [f"q{number}" for number in range(len(BAD))]
    assert {one["status"] for one in found[1::2]} == {"answered"}
    for line, one in zip(BAD, found[::2], strict=True):
        assert set(one) == {"id", "status", "error"}, line[:60]
        assert one["status"] == "error"
        assert one["error"].strip()
        assert "\n" not in one["error"]


def test_a_bad_line_keeps_its_id_where_that_can_be_read(opened: Application):
    assert answer_line(opened, b'{"id": "b", "question": ""}')["id"] == "b"
    assert answer_line(opened, b'{"id": 12, "search": "x", "k": 0}')["id"] == 12
    assert answer_line(opened, b'{"id": "b", ')["id"] is None


def test_line_separators_within_a_question_do_not_end_the_line(opened: Application, tmp_path: Path):
    source = write(
        tmp_path / "in.jsonl",
        *(question(i, f"今年计划新增{sign}多少城镇就业？") for i, sign in enumerate("\u2028\u2029\x85")),
    )
    assert run(opened, source, tmp_path / "out.jsonl").errors == 0
    assert [one["id"] for one in results(tmp_path / "out.jsonl")] == ["q0", "q1", "q2"]


def test_windows_files_with_mark_and_carriage_returns_are_read(opened: Application, tmp_path: Path):
    source = tmp_path / "in.jsonl"
    lines = [json.dumps(question(number), ensure_ascii=False) for number in range(2)]
    source.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert run(opened, source, tmp_path / "out.jsonl") == Counts(done=2, errors=0, skipped=0)


def test_an_empty_file_gives_an_empty_file(opened: Application, tmp_path: Path):
    source = write(tmp_path / "in.jsonl")
    assert run(opened, source, tmp_path / "out.jsonl") == Counts()
    assert results(tmp_path / "out.jsonl") == []


@pytest.mark.parametrize("source", ["no-such-file.jsonl", "."])
def test_an_input_that_cannot_be_read_is_told_and_no_output_begun(
    opened: Application, tmp_path: Path, source: str
):
    with pytest.raises(QuestionError, match="JSONL"):
        run(opened, tmp_path / source, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()


def test_the_input_is_never_overwritten(opened: Application, tmp_path: Path):
    source = write(tmp_path / "in.jsonl", question(1))
    before = source.read_bytes()
    (tmp_path / "link.jsonl").symlink_to(source)
    for target in (source, tmp_path / "link.jsonl", tmp_path / "." / "in.jsonl"):
        for resume in (False, True):
            with pytest.raises(QuestionError, match="input itself"):
                run(opened, source, target, resume=resume)
    assert source.read_bytes() == before


# Going on


class Stopped(Exception):
    """Stands for whatever ends the process."""


def test_going_on_gives_what_one_run_would_have_given(
    opened: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    source = write(
        tmp_path / "in.jsonl", *(question(i) for i in range(3)), "bad", *(question(i) for i in range(4, 7))
    )
    target = tmp_path / "out.jsonl"
    pipeline = opened.pipeline
    asked: list[str] = []
    answer = pipeline.answer

    def counting(one, *, use_model=True):
        asked.append(one.text)
        if len(asked) == 5:
            raise Stopped
        return answer(one, use_model=use_model)

    monkeypatch.setattr(pipeline, "answer", counting)
    with pytest.raises(Stopped):
        run(opened, source, target)
    assert [one["id"] for one in results(target)] == ["q0", "q1", "q2", None, "q4"]
    counts = run(opened, source, target, resume=True)
    assert counts == Counts(done=2, errors=0, skipped=5)
    assert [one["id"] for one in results(target)] == ["q0", "q1", "q2", None, "q4", "q5", "q6"]
    assert len(asked) == 7, "no line was answered twice"


@pytest.mark.parametrize("kept", [1, 40, -1, -30])
def test_a_torn_last_line_is_done_again(opened: Application, tmp_path: Path, kept: int):
    source = write(tmp_path / "in.jsonl", *(question(i) for i in range(3)))
    target = tmp_path / "out.jsonl"
    run(opened, source, target)
    whole = results(target)
    first, second, _ = target.read_bytes().split(b"\n")[:3]
    target.write_bytes(first + b"\n" + second[:kept])
    assert run(opened, source, target, resume=True) == Counts(done=2, errors=0, skipped=1)
    assert [(one["id"], one["answer"]) for one in results(target)] == [
        (one["id"], one["answer"]) for one in whole
    ]


def test_going_on_without_results_begins_at_the_beginning(opened: Application, tmp_path: Path):
    source = write(tmp_path / "in.jsonl", question(1))
    assert run(opened, source, tmp_path / "out.jsonl", resume=True) == Counts(done=1)


def test_going_on_after_the_end_does_nothing(opened: Application, tmp_path: Path):
    source, target = write(tmp_path / "in.jsonl", question(1)), tmp_path / "out.jsonl"
    run(opened, source, target)
    before = target.read_bytes()
    assert run(opened, source, target, resume=True) == Counts(skipped=1)
    assert target.read_bytes() == before


def test_results_of_another_input_are_not_gone_on_with(opened: Application, tmp_path: Path):
    target = tmp_path / "out.jsonl"
    run(opened, write(tmp_path / "long.jsonl", *(question(i) for i in range(3))), target)
    before = target.read_bytes()
    with pytest.raises(QuestionError, match="do not belong together"):
        run(opened, write(tmp_path / "short.jsonl", question(9)), target, resume=True)
    assert target.read_bytes() == before


def test_without_going_on_old_results_are_replaced(opened: Application, tmp_path: Path):
    target = tmp_path / "out.jsonl"
    run(opened, write(tmp_path / "in.jsonl", question(1), question(2)), target)
    run(opened, write(tmp_path / "in.jsonl", question(3)), target)
    assert [one["id"] for one in results(target)] == ["q3"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(
    st.sampled_from(["id", "question", "search", "claim", "k", "history", "reports", "other"]),
    values,
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@example(line=b'{"claim": ""}')
@example(line=b'{"claim": "0"}')
@given(documents.map(json.dumps).map(str.encode) | st.binary(max_size=60))
def test_any_line_gets_one_line_that_can_be_written(searcher, line):
    result = answer_line(opened_over(searcher), line)
    assert "id" in result
    written = json.dumps(result, ensure_ascii=False).encode("utf-8")
    assert b"\n" not in written
