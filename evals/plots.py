"""Plots of a result as SVG: accuracy by type, latencies, and refusals against the strength of the evidence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from evals.errors import PackageMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.result import Item, Result
    from evals.statistics import Share

_BLUE: Final = "#2f6fad"
_RED: Final = "#b5523b"
_BINS: Final = 6
# Ids in an SVG are random unless salted; the same result gives the same file.
_STYLE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "wenzheng",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def accuracy_by_type(result: Result) -> str:
    """Share of right answers by type with 95 % intervals, as SVG. Raises ``PackageMissing``."""
    shares = {name: one for name, one in result.scores.right.items() if not name.startswith("lang:")}
    names = sorted(shares, key=lambda name: (name != "ALL", name), reverse=True)
    return _drawn(
        lambda axes: _bars(axes, names, [shares[name] for name in names]), height=0.28 * len(names) + 1
    )


def latencies(result: Result) -> str:
    """How many answers were complete within a time, and had begun, as SVG. Raises ``PackageMissing``."""
    return _drawn(lambda axes: _cumulative(axes, result.items), height=2.6)


def refusals(result: Result) -> str:
    """By the score of the best evidence: the share that was refused, and that should have been, as SVG.

    A calibrated refusal follows the second curve. Bins hold equally many
    questions. Raises ``PackageMissing``.
    """
    return _drawn(lambda axes: _calibration(axes, result.items), height=2.6)


def curves(across: Sequence[float], lines: Mapping[str, Sequence[float]], labels: tuple[str, str]) -> str:
    """Each of ``lines`` over ``across``, both axes logarithmic, as SVG. Raises ``PackageMissing``."""
    return _drawn(lambda axes: _curves(axes, across, lines, labels), height=2.8)


def _curves(
    axes: Any, across: Sequence[float], lines: Mapping[str, Sequence[float]], labels: tuple[str, str]
) -> None:
    for name, values in lines.items():
        axes.plot(across, values, marker="o", markersize=4, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.legend(frameon=False)


def _drawn(draw: Any, height: float) -> str:
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra, and slow to import
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise PackageMissing('Plots need matplotlib. Run: pip install -e ".[evals]"') from error
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.4, height), layout="constrained")
        draw(figure.add_subplot())
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def _bars(axes: Any, names: Sequence[str], shares: Sequence[Share]) -> None:
    values = [one.value for one in shares]
    errors = [
        [max(0.0, one.value - one.low) for one in shares],
        [max(0.0, one.high - one.value) for one in shares],
    ]
    axes.barh(range(len(names)), values, xerr=errors, color=_BLUE, ecolor="#555", height=0.6, capsize=2)
    axes.set_yticks(
        range(len(names)), [f"{name} ({one.total})" for name, one in zip(names, shares, strict=True)]
    )
    axes.set_xlim(0, 1)
    axes.set_xlabel("right answers (95 % interval)")


def _cumulative(axes: Any, items: Sequence[Item]) -> None:
    for label, color, values in (
        ("first words", _RED, sorted(item.outcome.first_token for item in items if item.outcome.first_token)),
        ("complete", _BLUE, sorted(item.outcome.total for item in items if item.outcome.total)),
    ):
        if values:
            shares = [(i + 1) / len(values) for i in range(len(values))]
            axes.step([value / 1000 for value in values], shares, where="post", label=label, color=color)
    axes.set_xlabel("seconds")
    axes.set_ylabel("share of answers")
    axes.set_xlim(left=0)
    axes.set_ylim(0, 1)
    if axes.get_lines():
        axes.legend(frameon=False, loc="lower right")


def _calibration(axes: Any, items: Sequence[Item]) -> None:
    asked = sorted(
        (item for item in items if not item.case.is_claim and item.answer.evidence),
        key=lambda item: item.answer.evidence[0].score,
    )
    size = max(1, -(-len(asked) // _BINS))
    bins = [asked[start : start + size] for start in range(0, len(asked), size)]
    middles = [sum(item.answer.evidence[0].score for item in one) / len(one) for one in bins]
    for label, color, shares in (
        ("refused", _BLUE, [sum(i.outcome.refused for i in one) / len(one) for one in bins]),
        ("not in the reports", _RED, [sum(not i.case.answerable for i in one) / len(one) for one in bins]),
    ):
        axes.plot(middles, shares, marker="o", markersize=4, label=label, color=color)
    axes.set_xlabel("score of the best evidence")
    axes.set_ylabel("share of questions")
    axes.set_ylim(0, 1)
    axes.legend(frameon=False)
