from __future__ import annotations

import csv
import io
import json
import re
import socket
import sqlite3
from contextlib import ExitStack

import docx
import pytest
from fakes import ScriptedGenerator
from fastapi.testclient import TestClient
from web_parts import opened

from evals.cases import GoldLine
from ui.api import api
from ui.feedback import FeedbackStore
from ui.serving import AddressUnavailable, check_port
from ui.turnstile import TooMany, Turnstile

JOBS = "今年计划新增多少城镇就业？"
OPEN = "报告对人工智能和数字经济有哪些安排？"


def client_of(home, client=("testclient", 50000)):
    app = opened(home, ScriptedGenerator("2024年城镇新增就业目标是60万人以上。"))
    return TestClient(api(app, Turnstile()), client=client)


@pytest.fixture
def client(own_home):
    return client_of(own_home)


def events(text):
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n", 1)
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def error_of(reply):
    document = reply.json()
    assert set(document) == {"error"}
    assert set(document["error"]) == {"code", "message"}
    return document["error"]["code"]


def test_answer_is_the_contracts_document(client, bundled):
    reply = client.post("/v1/answers", json={"id": "q1", "question": JOBS})
    assert reply.status_code == 200
    document = reply.json()
    assert document["id"] == "q1"
    assert document["status"] == "answered"
    assert "60万人以上" in document["answer"]
    for citation in document["citations"]:
        assert bundled.text[citation["start"] : citation["end"]] == citation["quote"]


def test_streamed_events_end_in_the_same_answer(client):
    reply = client.post("/v1/answers", json={"question": OPEN, "stream": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    sent = list(events(reply.text))
    names = [name for name, _ in sent]
    assert names[0] == "evidence"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"token"}
    plain = client.post("/v1/answers", json={"question": OPEN}).json()
    assert sent[-1][1]["answer"] == plain["answer"]
    assert sent[-1][1]["citations"] == plain["citations"]


def test_history_and_reports_are_used(client):
    body = {"question": "去年呢？", "history": [[JOBS, "60万人以上。"]], "reports": ["chongqing-2024"]}
    document = client.post("/v1/answers", json=body).json()
    assert document["query"]["years"] == [2023]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": ""}, 400, "bad_input"),
        ({}, 400, "bad_input"),
        ({"question": JOBS, "colour": "red"}, 400, "bad_input"),
        ({"question": "ありがとうございます"}, 400, "bad_input"),
        ({"question": "问" * 1001}, 413, "too_long"),
        ({"question": JOBS, "reports": ["nowhere-1999"]}, 404, "not_found"),
        ({"question": JOBS, "reports": ["nowhere-1999"], "stream": True}, 404, "not_found"),
        ({"question": "", "stream": True}, 400, "bad_input"),
    ],
)
def test_bad_questions_get_their_status_and_body(client, body, status, code):
    reply = client.post("/v1/answers", json=body)
    assert reply.status_code == status
    assert error_of(reply) == code


def test_broken_json_and_a_huge_body(client):
    kind = {"content-type": "application/json"}
    assert error_of(client.post("/v1/answers", content=b"{", headers=kind)) == "bad_input"
    reply = client.post("/v1/answers", content=b'{"question": "' + b"x" * (5 << 20) + b'"}', headers=kind)
    assert (reply.status_code, error_of(reply)) == (413, "too_long")


WRONG = "2024年重庆城镇新增就业目标是73.9万人。"


def test_check_is_the_contracts_document(client, bundled):
    document = client.post("/v1/checks", json={"id": "c1", "claim": WRONG}).json()
    assert document["id"] == "c1"
    (claim,) = document["claims"]
    assert claim["verdict"] == "refuted"
    assert WRONG[claim["start"] : claim["end"]] == claim["claim"]
    assert {"kind": "figure", "stated": "73.9万人", "official": "60万人以上"} in claim["differences"]
    for citation in claim["citations"]:
        assert bundled.text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"claim": ""}, 400),
        ({}, 400),
        ({"claim": "真" * 20_001}, 413),
        ({"claim": WRONG, "reports": ["none"]}, 404),
    ],
)
def test_bad_checks_get_their_status(client, body, status):
    reply = client.post("/v1/checks", json=body)
    assert reply.status_code == status
    error_of(reply)


def test_verdicts_as_word_and_markdown(client):
    given = {"statement": WRONG + "\x0b<script>", "lang": "zh"}
    word = client.post("/page/export", json={**given, "kind": "docx"})
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert "与报告不符" in text
    assert "60万人以上" in text
    markdown = client.post("/page/export", json={**given, "kind": "md"}).text
    assert "与报告不符" in markdown
    assert "<script>" not in markdown
    assert client.post("/page/export", json={**given, "kind": "exe"}).status_code == 400


def test_search(client):
    document = client.get("/v1/search", params={"q": "轨道交通", "k": 3}).json()
    assert len(document["hits"]) == 3
    assert "轨道" in "".join(hit["quote"] for hit in document["hits"])
    assert client.get("/v1/search", params={"q": "轨道交通", "k": 0}).status_code == 400
    assert client.get("/v1/search", params={"q": "x" * 1001}).status_code == 413


def test_indicators_as_json_and_csv(client, bundled):
    found = client.get("/v1/indicators", params={"year": 2024, "status": "target"}).json()["indicators"]
    assert found
    assert all(one["year"] == 2024 and one["status"] == "target" for one in found)
    assert all(bundled.text[one["start"] : one["end"]] == one["quote"] for one in found)
    reply = client.get("/v1/indicators", params={"year": 2024, "status": "target", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert [row["quote"] for row in rows] == [one["quote"] for one in found]
    assert client.get("/v1/indicators", params={"status": "hoped"}).status_code == 400


def test_reports_and_their_text(client, bundled):
    (entry,) = client.get("/v1/reports").json()["reports"]
    assert entry["id"] == "chongqing-2024"
    assert "shard" not in entry
    document = client.get("/v1/reports/chongqing-2024").json()
    assert document["text"] == bundled.text
    assert all(0 <= one["start"] < one["end"] <= len(bundled.text) for one in document["sections"])
    assert error_of(client.get("/v1/reports/none")) == "not_found"


def test_health_and_readiness(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json()["status"] == "ready"


def test_error_messages_name_no_path(client, own_home):
    for file in (own_home / "index").rglob("manifest.json"):
        file.write_text("{")
    reply = client.get("/v1/reports")
    assert reply.status_code == 503
    assert str(own_home) not in reply.text


def test_unknown_address_has_the_error_body(client):
    assert error_of(client.get("/v1/nothing")) == "not_found"
    assert client.get("/v1/answers").status_code == 405


def test_docs_load_nothing_from_elsewhere(client):
    page = client.get("/docs").text
    assert "/v1/answers" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "<script" not in page
    assert client.get("/openapi.json").status_code == 200


def test_source_shows_the_clause_in_its_text(client, bundled):
    start = bundled.text.index("城镇新增就业60万人以上")
    place = {"report": "chongqing-2024", "start": start, "end": start + 12}
    page = client.get("/page/source", params=place).text
    assert f"<mark>{bundled.text[start : start + 12]}</mark>" in page
    assert "2024年目标" in page
    assert "2024 target" in client.get("/page/source", params={**place, "lang": "en"}).text
    assert client.get("/page/source", params={**place, "end": 10**6}).status_code == 404
    assert client.get("/page/source", params={**place, "lang": "fr"}).status_code == 400


def test_feedback_is_kept(client, own_home):
    given = {"thumb": "bad", "reason": "year", "words": "应为2023年", "answer": {"question": JOBS}}
    assert client.post("/page/feedback", json=given).status_code == 204
    assert client.post("/page/feedback", json={**given, "thumb": "so-so"}).status_code == 400
    (case,) = FeedbackStore(own_home / "feedback.sqlite3").entries()
    assert {name: case[name] for name in given} == given
    with sqlite3.connect(own_home / "feedback.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM feedback").fetchone() == (1,)


def test_feedback_becomes_eval_cases(client, own_home, tmp_path):
    answer = client.post("/v1/answers", json={"question": JOBS}).json()
    for thumb in ("bad", "good"):
        given = {"thumb": thumb, "answer": answer}
        assert client.post("/page/feedback", json=given).status_code == 204
    wrong = {**answer, "question": "去年呢？"}
    client.post("/page/feedback", json={"thumb": "bad", "reason": "year", "answer": wrong})
    good, bad = FeedbackStore(own_home / "feedback.sqlite3").cases()
    assert (good["judged"], good["answer"]) == ("good", answer["answer"])
    assert [one["quote"] for one in good["evidence"]] == [one["quote"] for one in answer["citations"]]
    assert (bad["question"], bad["reason"], bad["evidence"]) == ("去年呢？", "year", [])
    for case in (good, bad):
        GoldLine.model_validate(case)


def test_no_feedback_yet(tmp_path):
    assert list(FeedbackStore(tmp_path / "none.sqlite3").cases()) == []


def test_port_taken_and_host_unknown():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnavailable, match=f"127.0.0.1:{port}.*--port"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)
    with pytest.raises(AddressUnavailable):
        check_port("256.1.1.1", 7860)


def test_no_index_at_all(tmp_path):
    client = client_of(tmp_path)
    for reply in (client.post("/v1/answers", json={"question": JOBS}), client.get("/ready")):
        assert (reply.status_code, error_of(reply)) == (503, "not_ready")
    assert client.get("/health").status_code == 200


def test_one_client_may_not_starve_the_rest():
    turnstile = Turnstile()
    with ExitStack() as inside:
        for _ in range(4):
            inside.enter_context(turnstile.passing("192.0.2.7"))
        with pytest.raises(TooMany), turnstile.passing("192.0.2.7"):
            pass
        with turnstile.passing("192.0.2.8"):
            pass
    with turnstile.passing("192.0.2.7"):
        pass


def test_too_many_at_once(own_home, monkeypatch):
    monkeypatch.setattr("ui.turnstile._EACH", 0)
    client = client_of(own_home, client=("192.0.2.7", 5000))
    reply = client.get("/v1/reports")
    assert (reply.status_code, error_of(reply)) == (429, "too_many")
    assert reply.headers["retry-after"]
    assert client.get("/health").status_code == 200


def test_body_in_pieces_is_limited_too(client):
    pieces = (b"x" * (1 << 20) for _ in range(6))
    reply = client.post("/v1/answers", content=pieces, headers={"content-type": "application/json"})
    assert (reply.status_code, error_of(reply)) == (413, "too_long")


def test_pages_may_load_nothing_from_elsewhere(client):
    assert "default-src 'self'" in client.get("/docs").headers["content-security-policy"]
