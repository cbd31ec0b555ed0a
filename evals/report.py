"""A result for people: a table on the terminal, as Markdown, and the files of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from evals.html_report import html_report
from evals.plots import accuracy_by_type, latencies, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evals.result import Result
    from evals.scoring import Scores
    from evals.statistics import Share


def write_report(result: Result, folder: Path) -> Path:
    """Write ``report.html``, ``table.md`` and the plots of ``result`` into ``folder``; returns the report's path.

    Raises ``PackageMissing`` if the plots' library is not installed.
    """
    plots = {
        "accuracy": accuracy_by_type(result),
        "latency": latencies(result),
        "refusals": refusals(result),
    }
    for name, plot in plots.items():
        (folder / f"{name}.svg").write_text(plot, encoding="utf-8")
    (folder / "table.md").write_text(markdown_table([result]), encoding="utf-8")
    path = folder / "report.html"
    path.write_text(html_report(result, plots), encoding="utf-8")
    return path


def score_table(result: Result) -> Table:
    """Right answers by type and language with 95 % intervals, and below them the other figures."""
    fingerprint = result.fingerprint
    table = Table(title=f"{fingerprint.dataset} · {fingerprint.pipeline} · {result.scores.items} items")
    languages = [key for key in ("lang:zh", "lang:en") if key in result.scores.right]
    table.add_column("type")
    for name in ("all", *(key.removeprefix("lang:") for key in languages)):
        table.add_column(name, justify="right")
    for kind in _types(result.scores):
        cells = [result.scores.cells.get(f"{kind}/{key.removeprefix('lang:')}") for key in languages]
        table.add_row(kind, *(interval(one) for one in (result.scores.right[kind], *cells)))
    table.add_section()
    table.add_row(
        "ALL",
        interval(result.scores.right.get("ALL")),
        *(interval(result.scores.right[key]) for key in languages),
    )
    table.add_section()
    for name, value in [*figures(result.scores), *baseline_figures(result)]:
        table.add_row(name, value)
    return table


def baseline_figures(result: Result) -> list[tuple[str, str]]:
    """The retrieval measures of the baselines, as (name, value)."""
    return [
        (f"{baseline} {name}", f"{value:.3f}")
        for baseline, measures in result.baselines.items()
        for name, value in measures.items()
    ]


def figures(scores: Scores) -> list[tuple[str, str]]:
    """The figures beside the right answers, as (name, value); only those that the run has."""
    found = [(f"refusal {part}", interval(one)) for part, one in scores.refusal.items() if one.total]
    found += [(f"citation {part}", interval(one)) for part, one in scores.citations.items() if one.total]
    found += [(f"claims {name}", f"{value:.3f}") for name, value in scores.claims.items()]
    found += [(f"text {name}", f"{value:.3f}") for name, value in scores.text.items()]
    found += [(f"retrieval {name}", f"{value:.3f}") for name, value in scores.retrieval.items()]
    if scores.parity.pairs:
        parity = scores.parity
        found.append(("zh/en alike", f"{parity.alike}/{parity.pairs} (both right {parity.both_right})"))
    for name, times in (("complete", scores.total_ms), ("first words", scores.first_token_ms)):
        if times:
            found.append((f"{name} p50 / p95", f"{times['p50'] / 1000:.1f} / {times['p95'] / 1000:.1f} s"))
    if scores.confused:
        found.append(("another year's, place's or status's figure", str(scores.confused)))
    if scores.errors:
        found.append(("errors", str(scores.errors)))
    return found


def interval(one: Share | None) -> str:
    """A share as "44/50 88% (76–94)"; "" for none, or of nothing."""
    if one is None or not one.total:
        return ""
    return f"{one.hits}/{one.total} {one.value:.0%} ({one.low * 100:.0f}–{one.high * 100:.0f})"


def markdown_table(results: Sequence[Result]) -> str:
    """The results side by side as a Markdown table, a column each; intervals at 95 %."""
    names = [f"{one.fingerprint.dataset}, {one.fingerprint.pipeline}" for one in results]
    types = list(dict.fromkeys(kind for one in results for kind in _types(one.scores)))
    rows = [
        (kind, [interval(one.scores.right.get(kind)) for one in results])
        for kind in (*types, "lang:zh", "lang:en", "ALL")
    ]
    others = [dict([*figures(one.scores), *baseline_figures(one)]) for one in results]
    rows += [
        (name, [one.get(name, "") for one in others])
        for name in dict.fromkeys(name for one in others for name in one)
    ]
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows if any(cells)]
    return "\n".join(lines) + "\n"


def _types(scores: Scores) -> list[str]:
    return [name for name in scores.right if name != "ALL" and not name.startswith("lang:")]
