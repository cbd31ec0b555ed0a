"""Small reports for tests of the index, and ways to look into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes import HashEncoder

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Filters, Searcher
from index.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Report

TEXT = """某市人民政府工作报告
——{year}年1月10日在某市第一届人民代表大会第二次会议上

一、{before}年工作回顾

地区生产总值增长{growth}%。城镇新增就业{jobs}万人。

二、{year}年主要任务

地区生产总值增长{goal}%左右。城镇新增就业{jobs_goal}万人以上。推进{topic}建设。
"""


def report(name: str, topic: str = "轨道交通", year: int = 2024, growth: str = "6.1") -> Report:
    text = TEXT.format(
        year=year, before=year - 1, growth=growth, goal=6, jobs="71.2", jobs_goal=55, topic=topic
    )
    return report_from_text(text, name, place="某市")


def searched(folder: Path, text: str, name: str) -> Searcher:
    """A searcher over the one report ``name``, made of ``text``, in an index below ``folder``."""
    store = Store(folder)
    Builder(store, HashEncoder()).add([report_from_text(text, name)])
    return Searcher(store, HashEncoder())


def quotes(searcher: Searcher, text: str, **filters: tuple[str, ...]) -> list[str]:
    return [hit.quote for hit in searcher.clauses(text, Filters(**filters), 5)]


def ids(searcher: Searcher) -> list[str]:
    return [entry.id for entry in searcher.library.entries]


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def verified(store: Store) -> list[str]:
    generation = store.current()
    assert generation is not None
    return store.verify(generation)
