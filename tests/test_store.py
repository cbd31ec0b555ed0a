"""The index on disk: what is added, replaced, removed, switched, damaged, rebuilt and refused."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashEncoder
from samples import files_below, ids, quotes, report, verified

from index import report_file
from index.build import Builder
from index.dense import DenseIndex
from index.errors import IndexDamaged, IndexOutdated, IndexUnavailable, ReportNotFound
from index.searcher import Filters, Searcher
from index.shard import parse
from index.store import SCHEMA, Store

MAKE = (
    "import sys; from pathlib import Path; from fakes import HashEncoder; from samples import report\n"
    "from index.build import Builder; from index.store import Store\n"
    "Builder(Store(Path(sys.argv[1])), HashEncoder()).add([report('a'), report('b', topic='智慧港口')])"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index")


@pytest.fixture
def builder(store: Store) -> Builder:
    return Builder(store, HashEncoder())


@pytest.fixture
def opened(store: Store) -> Searcher:
    return Searcher(store, HashEncoder())


class CountingEncoder(HashEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def encode_documents(self, texts):
        self.texts += len(texts)
        return super().encode_documents(texts)


# Adding, replacing, removing


def test_nothing_is_indexed_at_first(store: Store, opened: Searcher):
    assert store.current() is None
    with pytest.raises(IndexUnavailable, match="wenzheng index add"):
        opened.clauses("就业", Filters(), 5)


def test_a_report_is_added_and_found(builder: Builder, opened: Searcher):
    assert builder.add([report("a")]) == {"a": "added"}
    assert ids(opened) == ["a"]
    assert "轨道交通" in quotes(opened, "轨道交通建设")[0]


def test_adding_the_same_text_again_changes_nothing(store: Store, builder: Builder):
    builder.add([report("a")])
    before = files_below(store.root)
    assert builder.add([report("a")]) == {"a": "unchanged"}
    assert files_below(store.root) == before


def test_another_text_under_the_same_id_replaces_the_report(builder: Builder, opened: Searcher):
    builder.add([report("a"), report("b")])
    assert "轨道交通" in "".join(quotes(opened, "轨道交通建设", reports=("a",)))
    assert builder.add([report("a", topic="智慧港口")]) == {"a": "replaced"}
    assert ids(opened) == ["a", "b"]
    assert "智慧港口" in "".join(quotes(opened, "智慧港口建设", reports=("a",)))
    assert "轨道交通" not in "".join(quotes(opened, "轨道交通建设", reports=("a",)))


def test_another_place_for_the_same_text_replaces_the_report(builder: Builder, opened: Searcher):
    builder.add([report("a")])
    assert builder.add([replace(report("a"), place="别市")]) == {"a": "replaced"}
    assert opened.library.entry("a").place == "别市"


def test_the_last_of_two_texts_under_one_id_stays(builder: Builder, opened: Searcher):
    builder.add([report("a"), report("a", topic="智慧港口")])
    assert ids(opened) == ["a"]
    assert "智慧港口" in "".join(quotes(opened, "智慧港口建设"))


def test_adding_a_report_encodes_only_that_report(store: Store):
    encoder = CountingEncoder()
    Builder(store, encoder).add([report("a"), report("b")])
    encoder.texts = 0
    Builder(store, encoder).add([report("a"), report("b"), report("c", topic="山城步道")])
    parsed = Searcher(store, encoder).library.parsed("c")
    assert encoder.texts == len(parsed.clauses) + len({record.indicator for record in parsed.indicators})


def test_another_edition_encodes_only_what_is_new_in_it(store: Store):
    encoder = CountingEncoder()
    first = report("a")
    Builder(store, encoder).add([first])
    encoder.texts = 0
    edited = replace(first, text=first.text.rstrip("\n") + "再建山城步道500公里。\n")
    assert Builder(store, encoder).add([edited]) == {"a": "replaced"}
    assert encoder.texts == 2, "the new clause and the name of its indicator"
    fresh = Store(store.root.parent / "fresh")
    Builder(fresh, encoder).add([edited])
    found = [(hit.quote, hit.score) for hit in Searcher(store, encoder).clauses("山城步道", Filters(), 5)]
    assert found == [
        (hit.quote, hit.score) for hit in Searcher(fresh, encoder).clauses("山城步道", Filters(), 5)
    ]


def test_a_removed_report_is_never_returned_again_even_by_an_open_searcher(
    store: Store, builder: Builder, opened: Searcher
):
    builder.add([report("a"), report("b", topic="智慧港口")])
    assert "智慧港口" in quotes(opened, "智慧港口建设")[0]
    assert opened.library.parsed("b").report.id == "b"
    builder.remove(["b"])
    for searcher in (opened, Searcher(store, HashEncoder())):
        assert {hit.report for hit in searcher.clauses("智慧港口建设", Filters(), 100)} == {"a"}
        assert {hit.report for hit in searcher.passages("智慧港口建设", Filters(), 100)} == {"a"}
        with pytest.raises(ReportNotFound, match="'b'"):
            searcher.clauses("智慧港口建设", Filters(reports=("b",)), 5)
        with pytest.raises(ReportNotFound):
            searcher.library.parsed("b")
        assert all(record.report == "a" for record in searcher.library.indicators())
    assert not [name for name, content in files_below(store.root).items() if "智慧港口".encode() in content]


def test_removing_an_unknown_report_removes_nothing(builder: Builder, opened: Searcher):
    builder.add([report("a"), report("b")])
    with pytest.raises(ReportNotFound, match="'c'"):
        builder.remove(["a", "c"])
    assert ids(opened) == ["a", "b"]


def test_all_reports_can_be_removed_and_one_added_again(builder: Builder, opened: Searcher):
    builder.add([report("a")])
    builder.remove(["a"])
    assert ids(opened) == []
    assert opened.clauses("就业", Filters(), 5) == ()
    assert opened.passages("就业", Filters(), 5) == ()
    builder.add([report("a")])
    assert quotes(opened, "城镇新增就业")


# Generations


def test_old_generations_and_shards_are_swept(store: Store, builder: Builder):
    for topic in ("轨道交通", "智慧港口", "山城步道"):
        builder.add([report("a", topic=topic)])
    assert len(list((store.root / "generations").iterdir())) == 1
    assert len(list((store.root / "shards").iterdir())) == 1


def test_equal_contents_have_equal_fingerprints_whatever_the_way_there(tmp_path: Path):
    first, second = Store(tmp_path / "1"), Store(tmp_path / "2")
    Builder(first, HashEncoder()).add([report("a"), report("b")])
    other = Builder(second, HashEncoder())
    other.add([report("a", topic="智慧港口")])
    other.add([report("a"), report("b")])
    one, two = first.current(), second.current()
    assert one is not None
    assert two is not None
    assert one.manifest.fingerprint == two.manifest.fingerprint
    assert one.manifest.files == two.manifest.files


def test_a_failing_build_leaves_the_old_generation(store: Store, opened: Searcher):
    class Failing(HashEncoder):
        def encode_documents(self, texts):
            raise IndexUnavailable("the encoder is gone")

    Builder(store, HashEncoder()).add([report("a")])
    before = store.current_name()
    with pytest.raises(IndexUnavailable, match="is gone"):
        Builder(store, Failing()).add([report("b", topic="智慧港口")])
    assert store.current_name() == before
    assert ids(opened) == ["a"]
    assert Builder(store, HashEncoder()).add([report("b", topic="智慧港口")]) == {"b": "added"}


def test_the_lock_is_free_again_after_a_failure(store: Store, builder: Builder):
    with pytest.raises(ReportNotFound) as kept:
        builder.remove(["nothing"])
    done = threading.Thread(target=lambda: Builder(store, HashEncoder()).add([report("a")]), daemon=True)
    done.start()
    done.join(timeout=20)
    assert not done.is_alive(), f"the lock outlived its holder ({kept.value})"


def test_nothing_stored_is_pickled(store: Store, builder: Builder):
    builder.add([report("a")])
    for name, content in files_below(store.root).items():
        assert not content.startswith(b"\x80\x04"), name
        if name.endswith(".npy"):
            assert b"|O" not in content[:128], name


@pytest.mark.slow
def test_two_builds_are_equal_byte_for_byte(tmp_path: Path):
    """Also in processes that put sets in another order."""
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", MAKE, tmp_path / seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
        )
    assert files_below(tmp_path / "1") == files_below(tmp_path / "2")


def test_clauses_and_passages_are_read_one_by_one_as_they_are_in_the_whole(
    store: Store, builder: Builder, opened: Searcher
):
    builder.add([report("a"), report("b", topic="智慧港口")])
    for name in ("a", "b"):
        parsed = opened.library.parsed(name)
        assert [opened.library.clause(name, one.number) for one in parsed.clauses] == list(parsed.clauses)
        for passage in parsed.passages:
            for number in range(passage.first, passage.last + 1):
                assert opened.library.passage_around(name, number) == passage
    with pytest.raises(IndexDamaged):
        opened.library.clause("a", len(opened.library.parsed("a").clauses))
    with pytest.raises(IndexDamaged):
        opened.library.passage_around("a", -1)
    with pytest.raises(ReportNotFound):
        opened.library.clause("nothing", 0)


def test_a_report_without_clauses_is_read_as_it_was_written(tmp_path: Path):
    parsed = replace(parse(report("a")), clauses=(), passages=(), indicators=(), sections=())
    report_file.write(tmp_path / "report.json", parsed)
    assert report_file.read(tmp_path / "report.json") == parsed
    with pytest.raises(IndexDamaged):
        report_file.Lines(tmp_path / "report.json").clause(0)


# Damage


def stored_files(store: Store) -> list[Path]:
    generation = store.current()
    assert generation is not None
    names = generation.manifest.files
    return [store.root / name if name.startswith("shards/") else generation.folder / name for name in names]


def test_a_sound_index_verifies_and_every_file_is_covered(store: Store, builder: Builder):
    builder.add([report("a"), report("b")])
    assert verified(store) == []
    outside = {"CURRENT", ".lock", "manifest.json", "sums.json"}
    everything = {path for path in store.root.rglob("*") if path.is_file() and path.name not in outside}
    assert everything == set(stored_files(store))


def test_one_flipped_bit_in_any_file_is_found(store: Store, builder: Builder):
    builder.add([report("a")])
    for path in stored_files(store):
        sound = path.read_bytes()
        flipped = bytearray(sound or b"\0")
        flipped[len(flipped) // 2] ^= 0x10
        path.write_bytes(flipped)
        assert [line.split()[0].rpartition("/")[2] for line in verified(store)] == [path.name]
        path.write_bytes(sound)
    assert verified(store) == []


def test_any_missing_file_is_found(store: Store, builder: Builder):
    builder.add([report("a")])
    for path in stored_files(store):
        sound = path.read_bytes()
        path.unlink()
        assert [line for line in verified(store) if "is missing" in line and path.name in line]
        path.write_bytes(sound)


def test_a_missing_or_torn_file_is_an_error_and_never_an_empty_result(store: Store, builder: Builder):
    builder.add([report("a")])
    generation = store.current()
    assert generation is not None
    for path in (*stored_files(store), generation.folder / "manifest.json"):
        if path.name in {"source.json", "vectors.npy", "terms.json"} or path.parent.parent.name == "shards":
            continue
        sound = path.read_bytes()
        for content in (None, sound[: len(sound) // 3]):
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
            with pytest.raises(IndexDamaged, match="wenzheng index rebuild"):
                Searcher(store, HashEncoder()).clauses("城镇新增就业", Filters(), 5)
        path.write_bytes(sound)


def test_a_damaged_report_file_is_an_error(store: Store, builder: Builder, opened: Searcher):
    builder.add([report("a")])
    path = next(path for path in stored_files(store) if path.name == "report.json")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(IndexDamaged, match="rebuild"):
        opened.clauses("城镇新增就业", Filters(), 5)


def test_rebuild_mends_every_damage_but_a_lost_text(store: Store, builder: Builder, opened: Searcher):
    builder.add([report("a"), report("b", topic="智慧港口")])
    expected = quotes(opened, "智慧港口建设")
    for path in stored_files(store):
        if path.name != "source.json":
            path.write_bytes(b"damaged")
    assert verified(store)
    assert builder.rebuild() == (["a", "b"], [])
    assert verified(store) == []
    assert quotes(opened, "智慧港口建设") == expected


def test_rebuild_names_the_reports_whose_text_is_lost(store: Store, builder: Builder, opened: Searcher):
    builder.add([report("a"), report("b", topic="智慧港口")])
    entry = opened.library.entry("b")
    (store.shard_folder(entry.shard) / "source.json").unlink()
    assert builder.rebuild() == (["a"], ["b"])
    assert ids(opened) == ["a"]


def test_a_flipped_bit_in_the_stored_text_is_never_rebuilt_as_if_it_were_the_report(
    store: Store, builder: Builder, opened: Searcher
):
    builder.add([report("a")])
    path = store.shard_folder(opened.library.entry("a").shard) / "source.json"
    path.write_bytes(path.read_bytes().replace(b"71.2", b"91.2"))
    assert builder.rebuild() == ([], ["a"])


def test_adding_the_file_again_mends_a_damaged_shard(store: Store, builder: Builder, opened: Searcher):
    builder.add([report("a")])
    path = store.shard_folder(opened.library.entry("a").shard) / "report.json"
    path.write_bytes(b"{}")
    builder.add([report("a")])
    assert verified(store) == []
    assert quotes(opened, "城镇新增就业")


def test_another_encoder_or_schema_asks_for_a_rebuild_which_works(store: Store, builder: Builder):
    builder.add([report("a")])
    other = Searcher(store, HashEncoder("other"))
    with pytest.raises(IndexOutdated, match=re.escape("other@256")):
        other.clauses("就业", Filters(), 5)
    assert Builder(store, HashEncoder("other")).rebuild() == (["a"], [])
    assert quotes(other, "城镇新增就业")

    generation = store.current()
    assert generation is not None
    manifest = json.loads((generation.folder / "manifest.json").read_bytes()) | {"schema": SCHEMA + 1}
    (generation.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(IndexOutdated, match="rebuild"):
        Searcher(store, HashEncoder("other")).clauses("就业", Filters(), 5)


@pytest.mark.parametrize("content", ["", "g999999", "../../etc", "\0"])
def test_a_damaged_pointer_to_the_generation_is_an_error(store: Store, builder: Builder, content: str):
    builder.add([report("a")])
    (store.root / "CURRENT").write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        store.current()


# The file system refuses


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_vector_engine_tells_of_a_full_disk_as_the_others_do():
    vectors = HashEncoder().encode_documents(["就业"] * 50)
    with pytest.raises(OSError) as raised:
        DenseIndex.build(vectors).save(Path("/dev/full"))
    assert raised.value.errno == errno.ENOSPC


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_cannot_be_written_but_searched(store: Store, builder: Builder, opened: Searcher):
    builder.add([report("a")])
    folders = [store.root, *(path for path in store.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with pytest.raises(IndexUnavailable, match="WENZHENG_HOME"):
            builder.add([report("b")])
        assert quotes(opened, "城镇新增就业")
    finally:
        for folder in folders:
            folder.chmod(0o755)


REFUSALS = [
    (PermissionError(errno.EACCES, "Permission denied"), "permission"),
    (OSError(errno.EROFS, "Read-only file system"), "permission"),
    (OSError(errno.ENOSPC, "No space left on device"), "full"),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), "full"),
]
# Each names one place in the build where the file system is written to.
PLACES = ["pathlib.Path.mkdir", "pathlib.Path.write_bytes", "pathlib.Path.write_text", "numpy.save",
          "os.fsync", "pathlib.Path.rename", "pathlib.Path.replace", "index.dense.DenseIndex.save"]  # fmt: skip


@pytest.mark.parametrize(("error", "told"), REFUSALS, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize("place", PLACES)
def test_a_refusing_file_system_is_told_and_nothing_is_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str, error: OSError, told: str
):
    builder = Builder(store, HashEncoder())
    builder.add([report("a")])
    before = files_below(store.root)
    with monkeypatch.context() as patched:

        def refuse(*_args: object, **_kwargs: object) -> None:
            raise error

        patched.setattr(place, refuse)
        with pytest.raises(IndexUnavailable, match=rf"{told}.*WENZHENG_HOME"):
            builder.add([report("b", topic="智慧港口")])
    left = {name: content for name, content in files_below(store.root).items() if "CURRENT.new" not in name}
    assert {name: left[name] for name in before} == before
    assert ids(Searcher(store, HashEncoder())) == ["a"]
    assert verified(store) == []
    assert builder.add([report("b", topic="智慧港口")]) == {"b": "added"}
    assert verified(store) == []
