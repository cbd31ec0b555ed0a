"""English questions of a conversation, put into Chinese with what they leave out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.tokens import is_chinese
from rag.places import chinese_names
from rag.times import asked_statuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.types import Query

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
# Where it stands is no part of what is asked: "according to its 2025 report".
_REPORT: Final = (
    r"(?:(?:the|its|their|that year['’]s|this|[A-Z]\w+(?: [A-Z]\w+)?['’]s) )?(?:(?:january|february|march) )?(?:(?:19|20)\d\d )?(?:[A-Z]\w+ ){0,2}"
    r"(?:(?:national|provincial|municipal|annual|state council|government|work) ){0,3}report(?!s?['’]s|s)"
    r"(?: (?:of|for|from|in|delivered in|given in) (?:(?:early|january|february|march) )?(?:(?:19|20)\d\d|that year))?"
)
_FRAME: Final = re.compile(
    rf"^(?:according to|per|based on|going by|judging by|in) {_REPORT},\s*|"
    rf",?\s*\(?(?:(?:according to|per|based on|going by|judging by|as (?:told|stated|reported|given|described|listed|set out) (?:in|by)) {_REPORT}|"
    rf"(?<=,) ?in {_REPORT}|it['’]s in {_REPORT})\.?\)?(?=\s*[?.!,]|\s*$)",
    re.IGNORECASE,
)
_WORD_OF_ASKING: Final = r"(?:what|which|how|who|whose|when|where|why)\b"
# Up to the question itself: "Please tell me", "I'd like to know".
_TELL_ME: Final = re.compile(
    rf"^(?:(?:please|kindly|hi|hello|so|ok),? )*(?:(?:can|could|would) (?:you|anyone|someone) (?:please |kindly )?)?"
    rf"(?:tell|remind|show) (?:me|us),? (?:please,? )?(?={_WORD_OF_ASKING})|"
    rf"^(?:(?:please|kindly),? )?(?:i|we)(?:['’]d| would)? (?:just )?(?:like|love|want|need|wonder|was wondering|am wondering)(?: to know| to find out)?,? (?={_WORD_OF_ASKING})|"
    rf"^(?:do you|does anyone) (?:happen to )?know,? (?={_WORD_OF_ASKING})",
    re.IGNORECASE,
)
_NAME_THE: Final = re.compile(
    r"^(?:please |kindly )?(?:(?:can|could|would) you (?:please |kindly )?)?(?:name|list|give(?: me| us)?) ((?:all )?(?:of )?the\b(?! (?:original|exact|full|wording|sentence|passage)))",
    re.IGNORECASE,
)
# Of a wording that is asked for only what it is about can be translated.
_IN_THE_ORIGINAL: Final = re.compile(
    r"[.,;?!]?\s*[(（]?\b(?:(?:the )?chinese original|(?:the )?original chinese(?: text| wording)?|in (?:the )?(?:original )?chinese)"
    r"(?:,? please)?[)）]?\s*[.?!]?\s*$",
    re.IGNORECASE,
)
_WORDS_ON: Final = re.compile(
    r"^[^.?!]*?\b(?:exact|precise|original|verbatim|quote|word[- ]for[- ]word)\b[^.?!]{0,60}?"
    r"\b(?:about|on|for|concerning|regarding|describing)\b (?=\w)",
    re.IGNORECASE,
)
_AND: Final = re.compile(
    r"^(?:and|so|but),? (?=(?:is|are|was|were|did|does|do|will|has|have|what|which|how|where|who|when)\b)",
    re.IGNORECASE,
)
_ASKER: Final = re.compile(
    r"^[\w ,'’-]{2,40}?\b(?:(?:asking|question|wondering)\s*:|here\s*[.:])\s*(?=\w)", re.IGNORECASE
)
# "I work in urban planning and I'm comparing rail networks. What length of ..."
_OF_ONESELF: Final = re.compile(
    r"^(?:(?:i|we|my|our)\b(?:['’]\w+)?[^.?!]{3,160}[.!] +)+(?=[A-Z][^.?!]*\?)", re.IGNORECASE
)
_WISHES: Final = re.compile(
    r"\b(?:like|want|need|wish|interested|quot\w+|know|report|wonder\w*|looking for)\b", re.IGNORECASE
)
_POINTS_BACK: Final = re.compile(
    r"\b(?:it|its|they|them|their|that|those|these|this (?!year)|there|such|one|ones|same)\b", re.IGNORECASE
)
_WHOLE_QUESTION: Final = 7
_NOT_AS_A_WHOLE: Final = re.compile(
    r",? \(?(?:as (?:distinct|separate) from|as opposed to|rather than|separately? from|excluding) [\w -]{3,40}? (?:as a whole|in general|overall|in total)\b\)?|"
    r",? (?:specifically,? )?(?:and )?not (?:the |just )?[\w -]{3,40}? (?:as a whole|in general|overall|in total)\b|"
    r"[.;,]? (?:i|we) (?:don['’]t|do not|did not|didn['’]t) (?:mean|ask about|want) [^.?;]{3,60}(?=[.?;]|$)[.]?",
    re.IGNORECASE,
)
_LITTLE: Final = re.compile(
    r"\b(?:still|being|under|ahead|also|only|more|now|any|anything|something|has|have|which|when|where|who|on|with|from|as|and)\b",
    re.IGNORECASE,
)
_ENOUGH_SAID: Final = 4
_SENTENCE_END: Final = re.compile(r"[？?。]+")


def original_of(query: Query) -> str:
    """The English question of ``query``, without its words for where the answer stands; "" for a Chinese one."""
    return without_frame(query.asked) if query.language == "en" else ""


def without_frame(asked: str) -> str:
    """``asked`` without "according to the 2025 report", which says nothing of what is asked."""
    bare = _FRAME.sub("", asked).strip() or asked
    return bare[0].upper() + bare[1:]


def without_asker(asked: str) -> str:
    """An English question without who asks it ("HR consultant asking: ...") and what is expressly not asked ("not trade as a whole")."""
    bare = _NOT_AS_A_WHOLE.sub("", _ASKER.sub("", asked)).strip()
    own = _OF_ONESELF.sub("", bare)
    said = bare.removesuffix(own)
    if (
        own != bare
        and not _WISHES.search(said)
        and chinese_names(said) == said
        and not _POINTS_BACK.search(own)
        and len(own.split()) >= _WHOLE_QUESTION
    ):
        bare = own
    return bare[0].upper() + bare[1:] if bare else asked


def without_and(asked: str) -> str:
    """An English question without the "And" before it, where it says enough of its own to be asked alone."""
    bare = _AND.sub("", asked)
    said = len(_LITTLE.sub(" ", _EMPTY_TURN.sub(" ", bare)).split())
    return bare[0].upper() + bare[1:] if bare != asked and said >= _ENOUGH_SAID else asked


def as_question(asked: str) -> str:
    """An English request as the question that it makes ("Please name the ..."), which a small model would answer rather than translate."""
    bare = _WORDS_ON.sub("What does the report say about ", _IN_THE_ORIGINAL.sub("?", asked))
    bare = _TELL_ME.sub("", bare)
    named = _NAME_THE.sub(r"What are \1", bare)
    if named != bare:
        return f"{named.rstrip('.!? ')}?"
    return (
        f"{bare[0].upper()}{bare[1:].rstrip('.! ').removesuffix('?')}?" if bare != asked and bare else asked
    )


def in_chinese(asked: str, before: str, translate: Callable[[str], str], *, leaning: bool) -> str:
    """``asked`` in Chinese; if it is ``leaning`` on the question ``before``, translated together with that.

    Alone, "and how many did it promise?" becomes kilometres of roads: a small model makes up what is missing.
    """
    bare = _times_only(asked) if before else ""
    asked = as_question(without_frame(asked))
    if bare or not leaning:
        return bare or translate(asked)
    parts = [
        part for part in _SENTENCE_END.split(translate(f"{without_frame(before)} {asked}")) if part.strip()
    ]
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
