"""Who gave a report, when, and at which meeting: its title page says so, where no search by words would find it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.outline import body_start
from rag.exhibit import evidence_of

if TYPE_CHECKING:
    from index.searcher import Searcher
    from rag.types import Evidence, Query, Slot

_GIVEN: Final = (
    re.compile(
        r"报告[^，。]{0,4}(?:是)?(?:由)?(?:谁|哪位|什么人|哪个?(?:市长|省长|总理|主席|领导)|什么时候|何时|哪一?[天年]|几月几[日号]|在?哪(?:一?次|一?个|场)?(?:会议?|大会))"
        r"[^，。]{0,8}(?:作|做|讲|念|宣读|发布|提交|报告)|"
        r"(?:谁|哪位|什么人|哪个?(?:市长|省长|总理|主席|领导)|什么时候|何时|在哪(?:一?次|一?个|场)(?:会议?|大会)上?)[^，。]{0,8}(?:作|做|念|宣读|发布)(?:的|了)?[^，。]{0,12}报告|"
        r"(?:作|做|念|宣读)(?:这份|这个|该|政府工作)*报告的(?:人|市长|省长|总理)?(?:是|叫)"
    ),
    re.compile(
        r"\bwho\b.{0,12}\b(?:gave|delivered?|presented?|read|made|wrote)\b.*\breport\b|"
        r"\b(?:when|where|at (?:which|what) (?:meeting|session|congress))\b.*\breport\b.*\b(?:given|delivered|presented|read|made)\b|"
        r"\breport\b.*\b(?:delivered|presented|given|read) (?:by whom|when|where)\b",
        re.IGNORECASE,
    ),
)
_SAYS: Final = re.compile(r"会议|大会|总理|主席|[省市区县州盟旗]长")
_LINES: Final = 8


def asks_title_page(text: str) -> bool:
    """Whether ``text`` asks who gave the report, when, or where."""
    return any(pattern.search(text) for pattern in _GIVEN)


def title_page(slot: Slot, query: Query, searcher: Searcher) -> tuple[Evidence, ...]:
    """The lines in front of the salutation of the report of ``slot`` that say who gave it, when and where, if there are any."""
    if not slot.filters.reports:
        return ()
    report = slot.filters.reports[0]
    parsed = searcher.library.parsed(report)
    end = body_start(parsed.report.text)
    lines = [one for one in parsed.clauses[:_LINES] if one.end <= end and _SAYS.search(one.text)]
    hits = (searcher.clause(report, one.number) for one in lines)
    return tuple(evidence_of(hit, query, None, searcher) for hit in hits)
