"""Under which heading a question takes something to stand: 为什么把甲写进“乙”那一部分, where it stands under another one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.tokens import nouns
from rag.replies import reply_by_code
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.quoting import Reply
    from rag.types import Found, Query

_PUT: Final = re.compile(
    r"[把将](?P<thing>[^，,。？?]{2,24}?)(?:(?:写|放|归|列|排|摆|算)(?:在|进|到|入)了?|当作|当成|视为|作为|算作|列为)(?:报告的?)?"
    r"(?P<part>[“\"][^”\"]{2,20}[”\"]|[^，,。？?“”\"]{2,16}?)的?"
    r"(?:[这那]?一?个?大?(?:部分|章节?|小节|节|板块|段落?|块|条|方面)|一[项个种类条](?:措施|举措|内容|任务|手段|办法|工作|抓手))"
)
_ASKS_WHERE: Final = re.compile("[哪几谁]|什么|怎[么样]的?部分")
_TOLD: Final = 0.5
"""The clause speaks of so much of the thing that it is where that stands."""


def put_elsewhere(
    question: Question,
    query: Query,
    read: Callable[[Question], Query],
    gather: Callable[[Query], tuple[Found, ...]],
) -> Reply | None:
    """Where the thing stands that ``question`` takes to stand under a heading of which its place says nothing; None if it does not.

    Args:
        question: as it was asked.
        query: the same as it was read.
        read: reads a question as the program reads any.
        gather: finds the evidence for what was read.
    """
    put = _PUT.search(query.asked) if query.language == "zh" else None
    if put is None or _ASKS_WHERE.search(put["thing"] + put["part"]):
        return None
    own = read(Question(f"{put['thing']}写在报告的哪个部分？", (), question.reports))
    own = replace(own, slots=query.slots) if len(query.slots) == 1 else own
    found = gather(own)
    best = next((part.evidence[0] for part in found if part.evidence), None)
    if own.wanted != "section" or best is None or best.covered < _TOLD:
        return None
    around = "\n".join((best.quote, *best.section))
    named = [noun for noun in nouns(put["part"]) if len(noun) > 1]
    if not named or any(noun in around for noun in named):
        return None
    reply = reply_by_code(own, found)
    return reply and replace(reply, text=f"报告不是这样写的，“{put['thing']}”写{reply.text}")
