"""Two runs on the same cases: what changed, item by item, and whether it is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.table import Table

from evals.errors import ResultError
from evals.result import RunFingerprint, read_result
from evals.statistics import mcnemar

if TYPE_CHECKING:
    from pathlib import Path

    from evals.records import AnswerRecord
    from evals.result import Item, Result

Kind = Literal["fixed", "broken", "reworded"]


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose answer differs: ``fixed`` wrong then right, ``broken`` right then wrong, else ``reworded``."""

    kind: Kind
    before: Item
    after: Item


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common and where they differ.

    Attributes:
        common: items in both runs that could be scored in both.
        right_before, right_after: right answers among these.
        identical: of all items in both, those with the same text, status, citations and verdicts.
        total: items in both.
        p_value: two-sided exact McNemar test on the common items.
        by_type: right answers before and after, and items, by type.
        differing: what in the fingerprints differs, as (name, before, after).
        changes: broken ones first, then fixed, then reworded, each in the order of the cases.
    """

    common: int
    right_before: int
    right_after: int
    identical: int
    total: int
    p_value: float
    by_type: dict[str, tuple[int, int, int]]
    differing: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]

    @property
    def broken(self) -> int:
        """Items that were right and are wrong."""
        return sum(change.kind == "broken" for change in self.changes)

    @property
    def fixed(self) -> int:
        """Items that were wrong and are right."""
        return sum(change.kind == "fixed" for change in self.changes)

    @property
    def worse(self) -> bool:
        """Whether more was broken than fixed, beyond chance (p < 0.05)."""
        return self.broken > self.fixed and self.p_value < 0.05  # noqa: PLR2004 - the customary level


def compare(before: Path, after: Path) -> Comparison:
    """The run at ``after`` against the one at ``before``: result files, or folders of runs.

    Raises ``ResultError`` if one cannot be read, or they have no case in common.
    """
    return compared(read_result(before), read_result(after))


def compared(before: Result, after: Result) -> Comparison:
    """``after`` against ``before``. Raises ``ResultError`` if they have no case in common."""
    earlier = {item.case.id: item for item in before.items}
    pairs = [
        (earlier[item.case.id], item)
        for item in after.items
        if item.case.id in earlier and earlier[item.case.id].case == item.case
    ]
    if not pairs:
        raise ResultError(
            f"The runs have no case in common ({before.fingerprint.dataset} and {after.fingerprint.dataset}). "
            "Compare two runs on the same dataset."
        )
    scored = [(a, b) for a, b in pairs if a.outcome.right is not None and b.outcome.right is not None]
    changes = [change for a, b in pairs if (change := _change(a, b)) is not None]
    broken = sum(change.kind == "broken" for change in changes)
    fixed = sum(change.kind == "fixed" for change in changes)
    return Comparison(
        common=len(scored),
        right_before=sum(a.outcome.right is True for a, _ in scored),
        right_after=sum(b.outcome.right is True for _, b in scored),
        identical=sum(same_answer(a.answer, b.answer) for a, b in pairs),
        total=len(pairs),
        p_value=mcnemar(broken, fixed),
        by_type=_by_type(scored),
        differing=_differing(before.fingerprint, after.fingerprint),
        changes=tuple(sorted(changes, key=lambda change: ("broken", "fixed", "reworded").index(change.kind))),
    )


def same_answer(one: AnswerRecord, other: AnswerRecord) -> bool:
    """Whether two answers are the same in text, status, citations and verdicts; times do not count."""
    return _content(one) == _content(other)


def comparison_tables(comparison: Comparison) -> list[Table]:
    """Tables for a terminal: by type with the test, then the items that changed."""
    table = Table(title=f"{comparison.common} items scored in both runs")
    for name in ("type", "before", "after", "items"):
        table.add_column(name, justify="left" if name == "type" else "right")
    for kind, (earlier, later, total) in comparison.by_type.items():
        table.add_row(kind, str(earlier), str(later), str(total))
    table.add_section()
    table.add_row("ALL", str(comparison.right_before), str(comparison.right_after), str(comparison.common))
    table.caption = (
        f"broken {comparison.broken}, fixed {comparison.fixed}, McNemar p = {comparison.p_value:.3g}; "
        f"identical answers {comparison.identical} of {comparison.total}"
    )
    made = Table(title="What made them", show_header=False)
    for name, earlier_value, later_value in comparison.differing:
        made.add_row(name, earlier_value, later_value)
    items = Table(title="Items that turned")
    for name in ("", "item", "question", "before", "after"):
        items.add_column(name)
    for change in comparison.changes:
        if change.kind != "reworded":
            case = change.after.case
            items.add_row(
                change.kind, case.id, case.question, _said(change.before.answer), _said(change.after.answer)
            )
    return [table, *([made] if comparison.differing else []), *([items] if items.row_count else [])]


def _change(before: Item, after: Item) -> Change | None:
    if before.outcome.right is False and after.outcome.right is True:
        return Change("fixed", before, after)
    if before.outcome.right is True and after.outcome.right is False:
        return Change("broken", before, after)
    return None if same_answer(before.answer, after.answer) else Change("reworded", before, after)


def _content(answer: AnswerRecord) -> tuple[object, ...]:
    places = [(one.report, one.start, one.end, one.quote) for one in answer.citations]
    found = [(one.report, one.start, one.end) for one in answer.evidence]
    verdicts = [(one.claim, one.verdict) for one in answer.claims]
    return answer.answer, answer.status, places, found, verdicts


def _by_type(pairs: list[tuple[Item, Item]]) -> dict[str, tuple[int, int, int]]:
    counts: dict[str, tuple[int, int, int]] = {}
    for before, after in pairs:
        earlier, later, total = counts.get(before.case.type, (0, 0, 0))
        counts[before.case.type] = (
            earlier + (before.outcome.right is True),
            later + (after.outcome.right is True),
            total + 1,
        )
    return dict(sorted(counts.items()))


def _differing(before: RunFingerprint, after: RunFingerprint) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in RunFingerprint.model_fields
        if getattr(before, name) != getattr(after, name)
    )


def _said(answer: AnswerRecord) -> str:
    text = (
        answer.error or answer.answer or ", ".join(claim.verdict for claim in answer.claims) or answer.status
    )
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line of the table
