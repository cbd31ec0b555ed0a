"""English questions of a conversation, put into Chinese with what they leave out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.tokens import is_chinese
from rag.times import asked_statuses

if TYPE_CHECKING:
    from collections.abc import Callable

_EMPTY_TURN: Final = re.compile(
    r"\b(?:and|or|but|so|then|what|how|about|many|much|is|was|were|are|did|does|do|will|would|it|they|them|that|this|those|these|"
    r"the|a|an|of|for|in|by|to|be|at|its|their|one|same|there|target\w*|goals?|plan\w*|aim\w*|promis\w+|pledg\w+|expect\w*|"
    r"actual\w*|results?|achiev\w+|reach\w*|last|next|current|previous|year|years|figure|number|city|province|government|report|"
    r"(?:19|20)\d\d)\b|[^\w]",
    re.IGNORECASE,
)
_RELATIVE_YEARS: Final = (
    ("今年", "this year|current year"),
    ("去年", "last year|previous year"),
    ("明年", "next year"),
)
_SENTENCE_END: Final = re.compile(r"[？?。]+")


def in_chinese(asked: str, before: str, translate: Callable[[str], str], *, leaning: bool) -> str:
    """``asked`` in Chinese; if it is ``leaning`` on the question ``before``, translated together with that.

    Alone, "and how many did it promise?" becomes kilometres of roads: a small model makes up what is missing.
    """
    bare = _times_only(asked) if before else ""
    if bare or not leaning:
        return bare or translate(asked)
    parts = [part for part in _SENTENCE_END.split(translate(f"{before} {asked}")) if part.strip()]
    alone = len(parts) != 2 or not is_chinese(parts[1])  # noqa: PLR2004 - the question before, and this one
    return translate(asked) if alone else f"{parts[1].strip()}？"


def _times_only(asked: str) -> str:
    """An English turn that names nothing but a time and a status, in Chinese ("And the target for 2026?"); "" for others.

    A small model that is to translate it makes up what is missing.
    """
    if _EMPTY_TURN.sub("", asked).strip():
        return ""
    years = re.findall(r"(?:19|20)\d\d", asked)
    relative = [word for word, english in _RELATIVE_YEARS if re.search(english, asked, re.IGNORECASE)]
    kinds = {"target": "目标", "actual": "实际"}
    return "".join(
        (*(f"{year}年" for year in years), *relative, *(kinds[one] for one in asked_statuses(asked)), "呢？")
    )
