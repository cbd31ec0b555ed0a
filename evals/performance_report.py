"""The performance suite's document: written as JSON with plots, and shown as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.table import Table

from evals.plots import curves

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]


def write_performance(document: Document, folder: Path) -> Table:
    """Write ``performance.json`` and the plots into ``folder``; returns the table to show. Raises ``PackageMissing``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (folder / "performance.json").write_text(text, encoding="utf-8")
    search = document["search"]
    sizes = [one["clauses"] for one in search]
    lines = {
        "search": [one["search"]["p50"] for one in search],
        "plain search": [one["plain"]["p50"] for one in search],
        "search without encoding": [one["ranking"]["p50"] for one in search],
        "encoding the question": [one["encode"]["p50"] for one in search],
    }
    _plot(folder / "search.svg", sizes, lines, ("clauses", "milliseconds (median)"))
    memory = {
        "whole process": [one["resident_mib"] for one in search],
        "memory of the index": [one["memory_mib"] for one in search],
        "disk": [one["disk_mib"] for one in search],
    }
    _plot(folder / "memory.svg", sizes, memory, ("clauses", "MiB"))
    starts = {"start with a ready index": [one["start_seconds"] for one in search]}
    _plot(folder / "start.svg", sizes, starts, ("clauses", "seconds"))
    if "throughput" in document:
        askers = [one["askers"] for one in document["throughput"]]
        rate = {"answers a minute": [one["answers_per_minute"] for one in document["throughput"]]}
        _plot(folder / "throughput.svg", askers, rate, ("askers at once", "answers a minute"))
    return _table(document)


def _plot(path: Path, across: list[int], lines: dict[str, list[float]], labels: tuple[str, str]) -> None:
    path.write_text(curves(across, lines, labels), encoding="utf-8")


def _table(document: Document) -> Table:
    table = Table(title="Performance (milliseconds: median / 95th percentile)")
    for name in ("", "ours", "plain", "ratio"):
        table.add_column(name, justify="left" if not name else "right")
    build = document["build"]
    table.add_row(
        f"indexing {build['characters']:,} characters",
        f"{build['seconds']} s",
        f"{build['plain_seconds']} s",
        str(build["ratio"]),
    )
    for one in document["search"]:
        name = f"search {one['clauses']:,} clauses"
        table.add_row(name, _both(one["search"]), _both(one["plain"]), str(one["ratio"]))
        table.add_row("  without encoding the question", _both(one["ranking"]), "", "")
        spent = f"{one['ranking_cpu_ms']:g} + {one['encode_cpu_ms']:g} encoding"
        table.add_row("  of the processor", spent, "", "")
        table.add_row("  ten nearest vectors found", f"{one['recall']:.1%}", "", "")
        table.add_row("  start with a ready index", f"{one['start_seconds']:g} s", "", "")
        resident = f"{one['memory_mib']:g} of {one['resident_mib']:g} MiB"
        table.add_row("  memory, of the whole process", resident, "", "")
    if "answers" in document:
        cost = document["answers"]
        table.add_row("first words", _both(cost["first_token"]), _both(cost["plain_first_token"]), "")
        table.add_row("answer", _both(cost["total"]), _both(cost["plain_total"]), str(cost["ratio"]))
    for one in document.get("throughput", []):
        name = f"{one['askers']} askers: answers a minute"
        table.add_row(name, str(one["answers_per_minute"]), "", "")
    return table


def _both(times: dict[str, float]) -> str:
    return f"{times['p50']:g} / {times['p95']:g}"
