"""What a report's own glossary says of a name in it: 1.“两重”：是指国家重大战略实施和重点领域安全能力建设.

Many reports explain their abbreviations at the end, in numbered notes; some have the explanation in a paragraph of
its own below the name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.exhibit import evidence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.searcher import Searcher
    from index.types import Clause
    from rag.types import Evidence, Query, Slot

_ASKS: Final = re.compile(
    r"什么意思|什么含义|指的?是?(?:什么|哪|谁)|什么叫|什么是|怎么解释|作何解|意味着什么|具体(?:是|指|有|包括)*(?:什么|哪)|包括(?:什么|哪)|分别(?:是|指)|"
    r"是哪[两二三四五六七八九十几些]|有哪[两二三四五六七八九十几些]|哪[两二三四五六七八九十几][个项种类样张大条]|"
    r"\b(?:what (?:does|do) .{2,60} (?:mean|stand for|refer to)|what is meant by|meaning of)\b",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"\s*(?:[［\[（(【]\s*)?\d{1,3}\s*[］\])）】.、．]\s*(?P<name>[^：:。，]{2,30})[：:]\s*(?P<rest>.*)",
    re.DOTALL,
)
_MARK: Final = re.compile(r"[“”‘’\"'\s《》]")
_SAYS_SOMETHING: Final = 4
_LONGEST: Final = 4
"""So many clauses of a note are shown at most."""


def explained(slot: Slot, query: Query, searcher: Searcher) -> tuple[Evidence, ...]:
    """The clauses by which a note of the slot's reports explains what ``query`` asks the meaning of; none without such a note."""
    if not _ASKS.search(query.text) and not _ASKS.search(query.asked):
        return ()
    asked = _MARK.sub("", query.text)
    for report in slot.filters.reports:
        clauses = searcher.library.parsed(report).clauses
        named = [(name, at) for name, at in _notes(clauses) if name in asked]
        if named:
            _, at = max(named, key=lambda one: len(one[0]))
            hits = (searcher.clause(report, number) for number in _told(clauses, at))
            return tuple(replace(evidence_of(hit, query, None, searcher), focus=None) for hit in hits)
    return ()


def _notes(clauses: Sequence[Clause]) -> Iterator[tuple[str, int]]:
    """Each name that is explained, and the number of the clause in which its note begins."""
    for number, clause in enumerate(clauses):
        note = _NOTE.match(clause.text)
        if note:
            yield _MARK.sub("", note["name"]), number


def _told(clauses: Sequence[Clause], at: int) -> list[int]:
    """The numbers of the clauses of the note that begins at ``at``, without one that has only the name."""
    end = next((n for n in range(at + 1, len(clauses)) if _NOTE.match(clauses[n].text)), len(clauses))
    note = _NOTE.match(clauses[at].text)
    alone = note is not None and len(note["rest"].strip()) < _SAYS_SOMETHING
    return list(range(at + alone, min(end, at + alone + _LONGEST)))
