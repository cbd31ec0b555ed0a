"""Clauses of several texts side by side, where no ledger says which of their figures are the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from rag.figures import english_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Evidence, Language, Query

_WHICH: Final = re.compile(
    r"更[高低多少快慢大小长短早晚先强]|谁|相差|差异|差多少|\b(?:higher|lower|larger|smaller|more|fewer|faster|slower|longer|shorter|"
    r"earlier|later|greater|differ)",
    re.IGNORECASE,
)


def asks_which(query: Query) -> bool:
    """Whether ``query`` asks which of several texts has more, or was earlier: a small model's word proves nothing."""
    return query.wanted == "comparison" and len(query.slots) > 1 and _WHICH.search(query.asked) is not None


def contrasted(clauses: Sequence[Evidence], language: Language) -> str:
    """The order of the ``clauses`` by the one figure that each has in the one unit that all have; else ""."""
    figures = [_single_figures(clause.focused) for clause in clauses]
    units = [unit for unit in figures[0] if all(unit in one for one in figures)]
    if len(clauses) < 2 or len(units) != 1:  # noqa: PLR2004 - two are compared
        return ""
    ranked = sorted(
        zip(clauses, (one[units[0]] for one in figures), strict=True), key=lambda pair: -pair[1].value
    )
    if language == "zh":
        return (
            "从高到低：" + "、".join(f"{_name(clause)}（{figure.text}）" for clause, figure in ranked) + "。"
        )
    named = (f"{_name(clause)} ({english_figure(figure)})" for clause, figure in ranked)
    return f"From high to low: {', '.join(named)}."


def _single_figures(text: str) -> dict[str, Quantity]:
    """The figures of ``text`` by unit, of the units that it has only one figure in."""
    amounts = [figure for figure in find_quantities(text) if figure.kind == "amount" and figure.unit]
    count = Counter(figure.unit for figure in amounts)
    return {figure.unit: figure for figure in amounts if count[figure.unit] == 1}


def _name(clause: Evidence) -> str:
    return clause.place or clause.title
