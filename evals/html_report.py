"""One readable page for a run: figures, plots, and each wrong item with its gold, answer, evidence and citations.

Everything that comes from reports, questions and models is data and escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evals.records import Place
    from evals.result import Item, Result
    from evals.scoring import Scores
    from evals.statistics import Share

_STYLE: Final = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:76rem;margin:0 auto;padding:1rem;color:#222}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.plots{display:flex;flex-wrap:wrap;gap:1rem}.plots svg{max-width:100%;height:auto}
article{border:1px solid #ddd;border-radius:6px;margin:1rem 0;padding:.6rem 1rem}
article h3{font-size:1rem;margin:.2rem 0}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem}
.sides h4{margin:.3rem 0;font-size:.85rem;color:#555}
.tag{font-size:.8rem;background:#eee;border-radius:3px;padding:0 .4rem;margin-right:.3rem}.bad{background:#f6d5cd}
ol,ul{margin:.2rem 0;padding-left:1.2rem}.where{color:#666;font-size:.85rem}
"""


def html_report(result: Result, plots: Mapping[str, str]) -> str:
    """The page; ``plots`` are SVG drawings of our own, by name, and stand in it as they are."""
    wrong = [item for item in result.items if item.outcome.right is False]
    fingerprint = result.fingerprint
    title = f"{fingerprint.dataset} · {fingerprint.pipeline}"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            _made_by(result),
            "<h2>Right answers</h2>",
            _shares(result.scores),
            "<h2>Other figures</h2>",
            _figures(result),
            f'<div class="plots">{"".join(plots.values())}</div>',
            f"<h2>Wrong: {len(wrong)} of {len(result.items)}</h2>",
            *(_item(item) for item in wrong),
            "</body></html>\n",
        )
    )


def _made_by(result: Result) -> str:
    machine = result.machine
    rows = {
        **result.fingerprint.model_dump(),
        "machine": f"{machine.system}, {machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB, Python {machine.python}",
        "finished": result.finished.isoformat(),
        "sample": "all" if result.sample is None else f"{result.sample} by seed {result.seed}",
        "seconds": f"{result.seconds:.0f}",
    }
    return _table(rows.items())


def _shares(scores: Scores) -> str:
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{one.hits}/{one.total}</td>'
        f'<td class="number">{one.value:.1%}</td><td class="number">{_between(one)}</td></tr>'
        for name, one in scores.right.items()
    )
    return f'<table><tr><th></th><th class="number">right</th><th></th><th class="number">95 % interval</th></tr>{rows}</table>'


def _figures(result: Result) -> str:
    scores = result.scores
    rows: list[tuple[str, str]] = []
    for name, shares in (("refusal", scores.refusal), ("citation", scores.citations)):
        rows += [
            (f"{name} {part}", f"{one.hits}/{one.total} = {one.value:.1%} ({_between(one)})")
            for part, one in shares.items()
            if one.total
        ]
    for name, values in (
        ("claims", scores.claims),
        ("text", scores.text),
        ("retrieval", scores.retrieval),
        *result.baselines.items(),
    ):
        rows += [(f"{name} {part}", f"{value:.3f}") for part, value in values.items()]
    rows += [(f"claims {change}", str(count)) for change, count in scores.confusion.items()]
    rows += [(f"complete {part}, ms", f"{value:.0f}") for part, value in scores.total_ms.items()]
    rows += [(f"first words {part}, ms", f"{value:.0f}") for part, value in scores.first_token_ms.items()]
    rows.append(("figure of another year, place or status", str(scores.confused)))
    rows.append(("errors", str(scores.errors)))
    return _table(rows)


def _item(item: Item) -> str:
    case, answer, outcome = item.case, item.answer, item.outcome
    tags = [
        case.type,
        case.lang,
        answer.status,
        *(["figure of another period or place"] if outcome.confused else []),
    ]
    history = "".join(
        f'<p class="where">{escape(asked)} → {escape(said)}</p>' for asked, said in case.history
    )
    given = (
        answer.error
        or answer.answer
        or "；".join(f"{one.verdict}: {one.explanation}" for one in answer.claims)
    )
    return (
        f'<article id="{escape(case.id)}"><p>{_tags(tags)}<span class="where">{escape(case.id)}</span></p>{history}'
        f'<h3>{escape(case.question)}</h3><div class="sides">'
        f"<section><h4>Gold</h4><p>{escape(case.label or case.answer or '(not in the reports)')}</p>{_wanted(item)}</section>"
        f"<section><h4>Answer</h4><p>{escape(given)}</p></section>"
        f"<section><h4>Citations</h4>{_places(answer.citations)}</section>"
        f"<section><h4>Evidence</h4>{_places(answer.evidence[:10])}</section></div></article>"
    )


def _wanted(item: Item) -> str:
    case = item.case
    parts = []
    if case.keys:
        parts.append("wanted: " + "; ".join(" | ".join(group) for group in case.keys))
    if case.forbidden:
        parts.append("forbidden: " + ", ".join(case.forbidden))
    quotes = "".join(f"<li>{escape(gold.quote)} {_where(gold.report or '')}</li>" for gold in case.evidence)
    notes = "".join(f'<p class="where">{escape(part)}</p>' for part in parts)
    return f"{notes}<ul>{quotes}</ul>" if quotes else notes


def _places(places: Sequence[Place]) -> str:
    if not places:
        return '<p class="where">none</p>'
    lines = "".join(
        f"<li>{escape(one.quote)} {_where(_at(one))}{_tags(['not exact']) if one.exact is False else ''}</li>"
        for one in places
    )
    return f"<ol>{lines}</ol>"


def _at(place: Place) -> str:
    period = f"{place.year or ''} {place.period}".strip()
    return " · ".join(part for part in (place.report, period, f"{place.start}–{place.end}") if part)


def _where(text: str) -> str:
    return f'<span class="where">{escape(text)}</span>' if text else ""


def _tags(names: Iterable[str]) -> str:
    bad = {"error", "not exact", "figure of another period or place"}
    return "".join(
        f'<span class="tag{" bad" if name in bad else ""}">{escape(name)}</span>' for name in names if name
    )


def _between(one: Share) -> str:
    return f"{one.low * 100:.0f}–{one.high * 100:.0f} %"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td>{escape(name)}</td><td>{escape(str(value))}</td></tr>" for name, value in rows)
    return f"<table>{cells}</table>"
