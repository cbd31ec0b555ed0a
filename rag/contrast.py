"""Clauses of several texts side by side, where no ledger says which of their figures are the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import telling, words
from rag.figures import english_figure
from rag.focus import segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Evidence, Query

_WHICH: Final = re.compile(
    r"更[高低多少快慢大小长短早晚先强]|谁|相差|差异|差多少|\b(?:higher|lower|larger|smaller|more|fewer|faster|slower|longer|"
    r"shorter|earlier|later|greater|differ)",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"[早晚先]|时间|\b(?:earlier|later|before|after)\b", re.IGNORECASE)
# Words that are rarer in everyday language tell of what is compared (净利润, 收购); 公司 does not.
_TELLING: Final = 0.5


def asks_which(query: Query) -> bool:
    """Whether ``query`` asks which of several texts has more, or was earlier: a small model's word proves nothing."""
    return query.wanted == "comparison" and len(query.slots) > 1 and _WHICH.search(query.asked) is not None


def contrasted(query: Query, clauses: Sequence[Evidence]) -> str:
    """The order of the ``clauses`` by the one figure that each has of what is compared, in one unit; else ""."""
    if _TIME.search(query.asked):
        return ""
    subject = [word for word in words(query.topic) if len(word) > 1 and telling(word) >= _TELLING]
    figures = [_single_figures(clause.focused, subject) for clause in clauses]
    units = [unit for unit in figures[0] if all(unit in one for one in figures)]
    if len(clauses) < 2 or len(units) != 1:  # noqa: PLR2004 - two are compared
        return ""
    known = [(clause, one[units[0]]) for clause, one in zip(clauses, figures, strict=True)]
    ranked = sorted(known, key=lambda pair: -pair[1].value)
    if query.language == "zh":
        return (
            "从高到低：" + "、".join(f"{_name(clause)}（{figure.text}）" for clause, figure in ranked) + "。"
        )
    named = (f"{_name(clause)} ({english_figure(figure)})" for clause, figure in ranked)
    return f"From high to low: {', '.join(named)}."


def _single_figures(text: str, subject: Sequence[str]) -> dict[str, Quantity]:
    """The figures of ``text`` by unit: those of the ``subject``, in units that there is only one figure in."""
    amounts = [figure for figure in find_quantities(text) if figure.kind == "amount" and figure.unit]
    count = Counter(figure.unit for figure in amounts)
    return {one.unit: one for one in amounts if count[one.unit] == 1 and _is_of(one, text, subject)}


def _is_of(figure: Quantity, text: str, subject: Sequence[str]) -> bool:
    """Whether the ``subject`` is named in the figure's own segment or the one before it: 完成收购，总价值30亿元."""
    before = text[: figure.start]
    near = before[segments(before)[-2:][0][0] :] if before else ""
    return any(noun in near for noun in subject)


def _name(clause: Evidence) -> str:
    return clause.place or clause.title
