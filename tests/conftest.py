"""What several test modules need: the bundled report, indexed once with the fake encoder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import load_report
from index.searcher import Searcher
from index.store import Store
from rag.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Report

BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see neither the caller's settings nor a data directory of their own account."""
    for name in [name for name in os.environ if name.startswith("WENZHENG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WENZHENG_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def bundled() -> Report:
    return load_report(BUNDLED)


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory, bundled: Report) -> Path:
    """A data directory with the bundled report indexed by the fake encoder; to be read only."""
    home = tmp_path_factory.mktemp("bundled-home")
    Builder(Store(home / "index"), HashEncoder()).add([bundled])
    return home


@pytest.fixture(scope="session")
def searcher(bundled_home: Path) -> Searcher:
    return Searcher(Store(bundled_home / "index"), HashEncoder())


@pytest.fixture
def own_home(bundled_home: Path, tmp_path: Path) -> Path:
    """A copy of ``bundled_home`` that a test may change."""
    return Path(shutil.copytree(bundled_home, tmp_path / "home"))


@pytest.fixture(scope="session")
def pipeline_with(searcher: Searcher) -> Callable[[ScriptedGenerator], Pipeline]:
    """Makes a pipeline over the bundled report with the given generator."""

    def make(generator: ScriptedGenerator) -> Pipeline:
        return Pipeline(searcher, generator, "chongqing-2024")

    return make
