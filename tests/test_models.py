"""The model's file: joining, downloading, checking. A small stand-in model, real files, a real HTTP server."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag import models
from rag.errors import ModelDamaged, ModelMissing
from rag.models import ModelFile

BYTES = bytes(range(256)) * 9000


def silent(_done, _total):
    pass


def model_of(content=BYTES, *, parts=(), sources=()):
    digest = hashlib.sha256(content).hexdigest()
    return ModelFile("small.gguf", len(content), digest, tuple(parts), tuple(sources))


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """Three installed packages that hold the stand-in model; returns (names, files)."""
    folder = tmp_path / "packages"
    names, files = [], []
    third = len(BYTES) // 3
    for number in range(1, 4):
        package = folder / f"small_model_part{number}"
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").touch()
        file = package / "data" / f"part{number:02d}.bin"
        file.write_bytes(BYTES[(number - 1) * third : number * third if number < 3 else None])
        names.append(package.name)
        files.append(file)
    monkeypatch.syspath_prepend(str(folder))
    yield names, files
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture
def download():
    """A server of the stand-in model that knows ranges; returns (address, requests seen, settings)."""
    seen, settings = [], {"content": BYTES, "cut": None, "ranges": True}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            wanted = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
            seen.append(wanted and int(wanted[1]))
            start = int(wanted[1]) if wanted and settings["ranges"] else 0
            body = settings["content"][start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            cut, settings["cut"] = settings["cut"], None
            self.wfile.write(body[:cut] if cut else body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/small.gguf", seen, settings
    server.shutdown()
    thread.join()
    server.server_close()


def test_parts_are_joined_and_checked(tmp_path, parts):
    model = model_of(parts=parts[0])
    told = []
    path = models.pull(tmp_path / "m", lambda done, total: told.append((done, total)), model)
    assert path.read_bytes() == BYTES
    assert told[-1] == (len(BYTES), len(BYTES))
    assert models.model_path(tmp_path / "m", model) == path
    models.verify(tmp_path / "m", silent, model)


def test_a_second_pull_reads_nothing(tmp_path, parts):
    model = model_of(parts=parts[0])
    models.pull(tmp_path / "m", silent, model)
    models.pull(tmp_path / "m", lambda _done, _total: pytest.fail("read again"), model)


def test_a_damaged_part_leaves_nothing_behind(tmp_path, parts):
    parts[1][1].write_bytes(b"?" * parts[1][1].stat().st_size)
    with pytest.raises(ModelDamaged, match="SHA-256"):
        models.pull(tmp_path / "m", silent, model_of(parts=parts[0]))
    assert [file.name for file in (tmp_path / "m").iterdir() if not file.name.endswith(".lock")] == []


def test_a_missing_part_means_download(tmp_path, parts, download):
    parts[1][2].unlink()
    path = models.pull(tmp_path / "m", silent, model_of(parts=parts[0], sources=[download[0]]))
    assert path.read_bytes() == BYTES


def test_a_changed_file_is_noticed(tmp_path, parts):
    model = model_of(parts=parts[0])
    path = models.pull(tmp_path / "m", silent, model)
    path.write_bytes(BYTES[:-10])
    with pytest.raises(ModelDamaged, match="bytes"):
        models.model_path(tmp_path / "m", model)
    with pytest.raises(ModelDamaged, match="SHA-256"):
        models.verify(tmp_path / "m", silent, model)
    assert models.pull(tmp_path / "m", silent, model).read_bytes() == BYTES


def test_before_pull_the_message_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match="wenzheng models pull"):
        models.model_path(tmp_path, model_of())
    with pytest.raises(ModelMissing, match="wenzheng models pull"):
        models.verify(tmp_path, silent, model_of())
    assert not models.list_models(tmp_path, model_of())[0].ready


def test_too_little_space_is_said_before_writing(tmp_path, parts, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(ModelMissing, match="GB are free"):
        models.pull(tmp_path / "m", silent, model_of(parts=parts[0]))


def test_an_interrupted_download_goes_on(tmp_path, download):
    address, seen, settings = download
    settings["cut"] = 1_500_000
    model = model_of(sources=[address])
    with pytest.raises(ModelMissing):
        models.pull(tmp_path, silent, model)
    kept = (tmp_path / "small.download").stat().st_size
    assert kept == 1_500_000 - 1_500_000 % 65536 or kept > 0
    assert models.pull(tmp_path, silent, model).read_bytes() == BYTES
    assert seen == [None, kept]


def test_a_server_without_ranges_starts_over(tmp_path, download):
    address, _seen, settings = download
    settings["ranges"] = False
    (tmp_path / "small.download").write_bytes(b"x" * 100)
    assert models.pull(tmp_path, silent, model_of(sources=[address])).read_bytes() == BYTES


def test_the_wrong_file_is_not_kept(tmp_path, download):
    address, _seen, settings = download
    settings["content"] = BYTES[::-1]
    with pytest.raises(ModelMissing, match="SHA-256"):
        models.pull(tmp_path, silent, model_of(sources=[address]))
    assert not (tmp_path / "small.download").exists()
    assert not (tmp_path / "small.gguf").exists()


def test_the_second_source_is_tried(tmp_path, download):
    dead = "http://127.0.0.1:1/small.gguf"
    assert models.pull(tmp_path, silent, model_of(sources=[dead, download[0]])).read_bytes() == BYTES


def test_two_pulls_at_once_join_once(tmp_path, parts):
    model = model_of(parts=parts[0])
    results, writes = [], []

    def one():
        results.append(models.pull(tmp_path / "m", lambda done, _total: writes.append(done), model))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert sum(done == len(BYTES) for done in writes) == 1
    assert results[0].read_bytes() == BYTES
