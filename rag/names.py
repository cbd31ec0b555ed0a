"""Names: those in quotation marks, and those of an English answer, held against the Chinese that they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.glossary import english_of, stem

if TYPE_CHECKING:
    from rag.types import Evidence

# A capital inside of a sentence.
_NAME: Final = re.compile(r"(?<=[a-z,;:)’”0-9] )[(“\"‘]?([A-Z][A-Za-z]{2,})")
_QUOTED: Final = re.compile(r"[“《「『]([^”》」』]{2,40})[”》」』]")
_ASIDE: Final = re.compile(r"“[^”]*”")
_ALWAYS: Final = frozenset(
    "chinese china yuan rmb january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday asia asian europe european".split()
)


def quoted_names(text: str) -> list[str]:
    """What stands in quotation marks in ``text``, in its order: the report's own words, or a name."""
    return [name for quoted in _QUOTED.findall(text) if (name := quoted.strip("…."))]


def strange_names(sentence: str, evidence: Evidence, question: str) -> tuple[str, ...]:
    """The names in ``sentence`` that neither the question has nor the clause can mean.

    A small model that cannot translate a name puts another one in its place.
    """
    names = [name for name in _NAME.findall(_ASIDE.sub("", sentence)) if name.lower() not in _ALWAYS]
    if not names:
        return ()
    source = "，".join((evidence.title, *evidence.section, evidence.quote))
    known = english_of(source) | {stem(word) for word in re.findall(r"[A-Za-z]+", f"{source} {question}")}
    return tuple(name for name in names if stem(name) not in known and name.lower() not in known)
