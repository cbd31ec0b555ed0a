"""Builds that die, readers and builders at once: the index loses nothing and serves all the while."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from crashing import ACTIONS
from fakes import HashEncoder
from samples import ids, quotes, report, verified

from index.build import Builder
from index.errors import ReportNotFound
from index.searcher import Filters, Searcher
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TESTS = Path(__file__).parent

State = tuple[list[str], list[str]]


def start(code: list[str]) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    return subprocess.Popen(
        [sys.executable, *code],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def state(store: Store) -> State:
    searcher = Searcher(store, HashEncoder())
    return ids(searcher), quotes(searcher, "城镇新增就业与轨道交通、智慧港口建设")


def indexed(root: Path) -> Path:
    Builder(Store(root), HashEncoder()).add([report("kept"), report("gone", topic="山城步道")])
    return root


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """An index of two reports."""
    return indexed(tmp_path / "master")


@pytest.fixture(scope="module")
def killed() -> Iterator[Path]:
    """A folder for each action with copies of an index in which it was killed at its 1st, 2nd ... step."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    memory = Path("/dev/shm")  # thousands of small files: in memory where that can be had
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    with tempfile.TemporaryDirectory(dir=memory if usable else None) as folder:
        scratch = Path(folder)
        master = indexed(scratch / "master")
        for name in ("empty", "steps"):
            (scratch / name).mkdir()
        child = start(
            [str(TESTS / "crashing.py"), str(master), str(scratch / "empty"), str(scratch / "steps")]
        )
        _, errors = child.communicate(timeout=200)
        assert child.returncode == 0, errors
        yield scratch


@pytest.mark.slow
@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "first"])
def test_a_build_killed_at_any_step_loses_nothing(killed: Path, action: str):
    before = state(Store(killed / "master"))
    folders = sorted((killed / "steps" / action).iterdir())
    assert len(folders) > 20, "too few steps were seen: does the hook still work?"
    after = state(Store(folders.pop()))  # the one that was not killed
    seen = []
    for folder in folders:
        store = Store(folder)
        found = state(store)
        assert found in (before, after), f"killed at step {folder.name}"
        assert verified(store) == [], f"killed at step {folder.name}"
        seen.append(found)
    assert seen == sorted(seen, key=lambda one: one == after), "once switched, it stays switched"
    if action != "rebuild":
        assert before in seen
        assert after in seen

    # What a crash leaves behind is no hindrance, and is cleared away by the next build.
    for folder in folders[:: max(1, len(folders) // 8)]:
        store = Store(folder)
        Builder(store, HashEncoder()).add([report("last", topic="黄桷坪老街")])
        searcher = Searcher(store, HashEncoder())
        assert "黄桷坪" in quotes(searcher, "黄桷坪老街")[0]
        assert verified(store) == []
        assert len(list((folder / "generations").iterdir())) == 1
        assert len(list((folder / "shards").iterdir())) == len(ids(searcher))


@pytest.mark.slow
def test_a_first_build_killed_at_any_step_can_be_done_again(killed: Path):
    for folder in sorted((killed / "steps" / "first").iterdir()):
        store = Store(folder)
        if store.current() is not None:
            assert verified(store) == []
        outcome = Builder(store, HashEncoder()).add([report("new", topic="智慧港口")])
        assert outcome["new"] in {"added", "unchanged"}
        assert state(store)[0] == ["new"]
        assert verified(store) == []


def test_a_lost_pointer_loses_no_report(master: Path):
    store = Store(master)
    before = state(store)
    (master / "CURRENT").unlink()
    assert state(store) == before
    Builder(store, HashEncoder()).add([report("new", topic="智慧港口")])
    assert state(store)[0] == ["kept", "gone", "new"]


def test_rebuild_mends_a_damaged_pointer(master: Path):
    store = Store(master)
    before = state(store)
    (master / "CURRENT").write_bytes(b"\xff\x00 g000001")
    assert Builder(store, HashEncoder()).rebuild() == (before[0], [])
    assert state(store) == before


def together(*tasks: Callable[[], object]) -> list[BaseException]:
    """Runs ``tasks`` in threads that begin at once; returns what they raised."""
    raised: list[BaseException] = []
    ready = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> None:
        ready.wait()
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is handed to the test
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,), daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=100)
        assert not thread.is_alive()
    return raised


def test_readers_are_served_while_reports_come_and_go(master: Path):
    store = Store(master)
    stop = threading.Event()
    shared = Searcher(store, HashEncoder())
    answers: list[int] = []

    def read(searcher: Callable[[], Searcher]) -> None:
        while not stop.is_set():
            hits = searcher().clauses("轨道交通建设", Filters(reports=("kept",)), 3)
            assert "轨道交通" in hits[0].quote
            assert searcher().passages("城镇新增就业", Filters(), 3)
            assert searcher().library.parsed("kept").report.text
            answers.append(1)

    def build() -> None:
        builder = Builder(store, HashEncoder())
        try:
            for number in range(10):
                builder.add([report("guest", topic="智慧港口", growth=f"{number}.5")])
                builder.remove(["guest"])
        finally:
            stop.set()

    def fresh() -> Searcher:
        return Searcher(store, HashEncoder())

    assert (
        together(build, lambda: read(lambda: shared), lambda: read(lambda: shared), lambda: read(fresh)) == []
    )
    assert len(answers) > 10


def test_what_was_removed_is_not_returned_by_a_search_that_begins_later(master: Path):
    store = Store(master)
    shared = Searcher(store, HashEncoder())
    removed = threading.Event()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            late = removed.is_set()
            found = {hit.report for hit in shared.clauses("山城步道建设", Filters(), 50)}
            assert not late or "gone" not in found
        assert {hit.report for hit in shared.clauses("山城步道建设", Filters(), 50)} == {"kept"}

    def remove() -> None:
        try:
            shared.clauses("山城步道建设", Filters(), 50)
            Builder(store, HashEncoder()).remove(["gone"])
            removed.set()
            Builder(store, HashEncoder()).add([report("new")])
            Builder(store, HashEncoder()).remove(["new"])
        finally:
            stop.set()

    assert together(remove, read, read) == []
    with pytest.raises(ReportNotFound):
        shared.clauses("山城步道", Filters(reports=("gone",)), 1)


def test_two_builders_at_once_lose_neither_report(master: Path):
    store = Store(master)

    def adding(name: str) -> Callable[[], object]:
        def add() -> None:
            for number in range(4):
                Builder(store, HashEncoder()).add([report(f"{name}{number}", topic=name)])

        return add

    assert together(adding("左"), adding("右")) == []
    assert set(state(store)[0]) == {"kept", "gone", *(f"{name}{i}" for name in "左右" for i in range(4))}
    assert verified(store) == []


@pytest.mark.slow
def test_two_building_processes_at_once_lose_neither_report(master: Path):
    code = (
        "import sys; from fakes import HashEncoder; from samples import report; "
        "from index.build import Builder; from index.store import Store; from pathlib import Path\n"
        "builder = Builder(Store(Path(sys.argv[1])), HashEncoder())\n"
        "print('ready', flush=True)\n"
        "for i in range(6): builder.add([report(f'theirs{i}')])"
    )
    child = start(["-c", code, str(master)])
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    builder = Builder(Store(master), HashEncoder())
    for i in range(6):
        builder.add([report(f"ours{i}")])
    _, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    expected = {"kept", "gone", *(f"{whose}{i}" for whose in ("ours", "theirs") for i in range(6))}
    assert set(state(Store(master))[0]) == expected
    assert verified(Store(master)) == []
