"""Clauses of several texts side by side, where no ledger says which of their figures are the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities, same_value
from index.tokens import nouns, telling, words
from rag.figures import english_figure
from rag.focus import segments, segments_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Evidence, Language, Query

_WHICH: Final = re.compile(
    r"更[高低多少快慢大小长短早晚先强]|谁|哪一?个?(?:省份?|市|城市|区|县|地方|地)[^，。？?]{0,20}[高低多快慢大小长短早晚](?=[？?，。]|$)|相差|差异|差多少|\b(?:higher|lower|larger|smaller|more|fewer|faster|slower|longer|"
    r"shorter|earlier|later|greater|differ)",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"[早晚先]|时间|\b(?:earlier|later|before|after)\b", re.IGNORECASE)
_DATE: Final = re.compile(r"(?:((?:19|20)\d\d)年)?(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
# Words that are rarer in everyday language tell of what is compared (净利润, 收购); 公司 does not.
_TELLING: Final = 0.5
_LONGEST_DATE: Final = 11
_GAP_BEFORE: Final = re.compile(
    r"(?:[多少高低快慢]出?|相差|差)了?(?:大?约|近|整整)?$|\bby (?:about |around |nearly )?$", re.IGNORECASE
)
_GAP_BEHIND: Final = re.compile(
    r"\s*(?:more|higher|lower|faster|slower|fewer|less|larger|smaller)\b", re.IGNORECASE
)
_APART: Final = re.compile(r"[增升提高多降减少低涨快慢差跌缩扩]")
_NEAR: Final = 8
_RIGHT_BEHIND: Final = 4
"""So many signs may stand between a name and its figure or date: 净利润增加到了3000万元."""


def asks_which(query: Query) -> bool:
    """Whether ``query`` asks which of several texts has more, or was earlier: a small model's word proves nothing."""
    return query.wanted == "comparison" and len(query.slots) > 1 and _WHICH.search(query.asked) is not None


def contrasted(query: Query, clauses: Sequence[Evidence]) -> str:
    """The order of the ``clauses`` by the one figure, or the one date, that each has of what is compared; else ""."""
    if len(clauses) < 2:  # noqa: PLR2004 - two are compared
        return ""
    subject = _subject(query)
    if _TIME.search(query.asked):
        return _in_time([(one, _single_date(one.focused, subject)) for one in clauses], query.language)
    figures = [_single_figures(clause.focused, subject) for clause in clauses]
    units = [unit for unit in figures[0] if all(unit in one for one in figures)]
    if len(units) != 1:
        return ""
    known = [(clause, one[units[0]]) for clause, one in zip(clauses, figures, strict=True)]
    ranked = sorted(known, key=lambda pair: -pair[1].value)
    if query.language == "zh":
        return (
            "从高到低：" + "、".join(f"{_name(clause)}（{figure.text}）" for clause, figure in ranked) + "。"
        )
    named = (f"{_name(clause)} ({english_figure(figure)})" for clause, figure in ranked)
    return f"From high to low: {', '.join(named)}."


def misstates_gap(text: str, clauses: Sequence[str]) -> bool:
    """Whether ``text`` says of a figure that one thing is more than another by it, and the ``clauses`` give it as what there is."""
    return any(
        _is_gap(text, one)
        and (
            same := [(clause, q) for clause in clauses for q in find_quantities(clause) if same_value(q, one)]
        )
        and not any(_APART.search(clause[max(0, q.start - _NEAR) : q.start]) for clause, q in same)
        for one in find_quantities(text)
        if one.kind == "amount"
    )


def _is_gap(text: str, figure: Quantity) -> bool:
    return (
        _GAP_BEFORE.search(text[: figure.start]) is not None
        or _GAP_BEHIND.match(text[figure.end :]) is not None
    )


def is_comparable(query: Query, clause: Evidence) -> bool:
    """Whether ``clause`` has a figure, or where time is asked a date, of what is compared."""
    subject = _subject(query)
    if _TIME.search(query.asked):
        return _single_date(clause.focused, subject) is not None
    return bool(_single_figures(clause.focused, subject))


def _subject(query: Query) -> list[str]:
    return [word for word in words(query.topic) if len(word) > 1 and telling(word) >= _TELLING]


def _in_time(dated: Sequence[tuple[Evidence, re.Match[str] | None]], language: Language) -> str:
    """The clauses from the earliest to the latest; "" unless all have a date, and all with the same parts."""
    known = [(clause, date) for clause, date in dated if date is not None]
    parts = {tuple(part is not None for part in date.groups()) for _, date in known}
    if len(known) < len(dated) or len(parts) != 1:
        return ""
    ranked = sorted(known, key=lambda pair: [int(part) for part in pair[1].groups() if part is not None])
    opening, left, right, joiner, stop = (
        ("从早到晚：", "（", "）", "、", "。")
        if language == "zh"
        else ("From early to late: ", " (", ")", ", ", ".")
    )
    return opening + joiner.join(f"{_name(clause)}{left}{date[0]}{right}" for clause, date in ranked) + stop


def _single_date(text: str, subject: Sequence[str]) -> re.Match[str] | None:
    """The date of a ``text`` that speaks of the ``subject``: its only one, or the first behind the subject.

    None where there is neither.
    """
    dates = [date for date in _DATE.finditer(text) if date[0]]
    if len(dates) == 1:
        return dates[0] if any(noun in text for noun in subject) else None
    ends = [text.find(noun) + len(noun) for noun in subject if noun in text]
    if not ends:
        return None
    behind = re.split(r"[，,。；;]", text[max(ends) :])[0][: _RIGHT_BEHIND + _LONGEST_DATE]
    return next((date for date in dates if date[0] in behind and date.start() >= max(ends)), None)


def _single_figures(text: str, subject: Sequence[str]) -> dict[str, Quantity]:
    """The figures of ``text`` of the ``subject``, by unit: the only one in a unit, or that right behind the subject."""
    amounts = [figure for figure in find_quantities(text) if figure.kind == "amount" and figure.unit]
    count = Counter(figure.unit for figure in amounts)
    found = {one.unit: one for one in amounts if count[one.unit] == 1 and _is_of(one, text, subject)}
    own = [one for one in amounts if count[one.unit] > 1 and _is_right_behind(one, text, subject)]
    known = Counter(one.unit for one in own)
    # One without a name of its own may be of the same thing at another time: 净利润30亿元，上年20亿元.
    unnamed = {one.unit for one in amounts if not _has_name(one, text)}
    return found | {one.unit: one for one in own if known[one.unit] == 1 and one.unit not in unnamed}


def _has_name(figure: Quantity, text: str) -> bool:
    """Whether a noun stands before the figure in its own segment."""
    start, _ = segments_around(text, figure.start, figure.end)
    return any(len(noun) > 1 for noun in nouns(text[start : figure.start]))


def _is_right_behind(figure: Quantity, text: str, subject: Sequence[str]) -> bool:
    """Whether the ``subject`` is all that the figure's own segment speaks of: 净利润为30亿元."""
    start, _ = segments_around(text, figure.start, figure.end)
    before = text[start : figure.start]
    return any(noun in before[-_RIGHT_BEHIND - len(noun) :] for noun in subject)


def _is_of(figure: Quantity, text: str, subject: Sequence[str]) -> bool:
    """Whether the ``subject`` is named in the figure's own segment or the one before it: 完成收购，总价值30亿元."""
    before = text[: figure.start]
    near = before[segments(before)[-2:][0][0] :] if before else ""
    return any(noun in near for noun in subject)


def _name(clause: Evidence) -> str:
    return clause.place or clause.title
