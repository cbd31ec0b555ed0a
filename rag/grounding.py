"""The checks between a model's text and the person: deterministic, sentence by sentence.

A sentence stands if every figure, year and quoted name in it is found in the
clauses it rests on, with the same qualifier and period; it then gets its
citation from what supports it. A sentence that does not is left out; the
caller decides what takes its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.glossary import stem
from index.quantities import find_quantities, same_value
from index.tokens import index_terms, normalise
from rag.agreement import LAST_YEAR, agrees, contradicts, counts_another_in_english, stands, turns_round
from rag.citing import cite, marker_of, with_marker
from rag.names import quoted_names, strange_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Citation, Evidence, Language

_SENTENCE: Final = {
    "zh": re.compile(r"[^。！？!?\n]+[。！？!?]?[”’」』）]?"),
    "en": re.compile(r".+?(?:[.!?](?=\s+[A-Z“\"(]|\s*$)|\n|$)", re.DOTALL),
}
_MARKS: Final = re.compile(r"\[\d+\]|【[^】]*】|^\s*(?:答案?|回答|Answer)\s*[:：]\s*|\*\*|^\s*[-*•]\s+")
# Chinese in the middle of English words, in no brackets or quotation marks.
_HALF_TRANSLATED: Final = re.compile(r"[A-Za-z][,，、]?\s*[\u4e00-\u9fff]{2,}(?![^(（]*[)）])(?![^“]*”)")
_YEAR_OF_REPORT: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?= (?:[\w’'-]+ ){0,4}report\b|年的?[^，。\d]{0,10}报告)|(?<=report of )((?:19|20)\d\d)",
    re.IGNORECASE,
)
_ASKS_FOR: Final = re.compile(
    r"什么|谁|哪|多少|几|何|怎|\b(?:what|which|who|when|where|why|how)\b|^(?:please )?(?:name|list)\b",
    re.IGNORECASE,
)
_ASKS_NAME: Final = re.compile(r"是谁|叫什么")
_NAMES: Final = re.compile(r"“[^”]{1,12}”(?:[、和与及]?“[^”]{1,12}”)+")
# Where a clause speaks of so much of the question, one that speaks of less than half as much does not hold its figure.
_TELLING: Final = 0.5
_AS_GOOD: Final = 0.5
_HAN_RUN: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# Words that make a name longer and say nothing.
_EMPTY: Final = re.compile(r"地区|区域|方面|[那这]边")
_SUPPORT: Final = {"zh": 0.34, "en": 0.0}


@dataclass(frozen=True, slots=True)
class Grounded:
    """Checked text with its markers.

    ``text`` is empty if nothing stood. ``dropped`` counts sentences left out; ``unreadable`` has the clauses that
    bear out those of them which were left out only because they are half in Chinese, have a figure by a wrong scale, or tell a goal of last year.
    """

    text: str
    citations: tuple[Citation, ...]
    dropped: int
    unreadable: tuple[Evidence, ...] = ()


def ground(text: str, evidence: Sequence[Evidence], language: Language, question: str = "") -> Grounded:
    """The sentences of ``text`` that ``evidence`` supports, each with its marker and citation.

    Names that the ``question`` uses need no support; a sentence that only says it again is none.
    """
    kept: list[str] = []
    citations: list[Citation] = []
    dropped = 0
    unreadable: list[Evidence] = []
    for sentence in _sentences(text, language):
        support = None if _echoes(sentence, question) else supporting(sentence, evidence, language, question)
        if support is not None and _leaves_out_a_name(sentence, support.quote, question):
            dropped += 1
            unreadable.append(support)
            continue
        half = language == "en" and _HALF_TRANSLATED.search(sentence) is not None
        strange = language == "en" and support is not None and _adds_chinese(sentence, support, question)
        if (
            support is None
            or half
            or strange
            or (language == "en" and strange_names(sentence, support, question))
        ):
            dropped += 1
            timeless = LAST_YEAR.sub("", sentence)
            if half:
                read = support
            elif timeless != sentence:
                read = supporting(timeless, evidence, language, question)
            else:
                read = _misread(sentence, evidence) if language == "en" else None
            unreadable += [read] if read is not None else []
            continue
        marker = marker_of(_cite_for(sentence, support), citations)
        kept.append(with_marker(sentence, marker))
    joiner = "" if language == "zh" else " "
    return Grounded(joiner.join(kept), tuple(citations), dropped, tuple(dict.fromkeys(unreadable)))


def _adds_chinese(sentence: str, support: Evidence, question: str) -> bool:
    """Whether an English ``sentence`` has Chinese words that neither the clause, nor what stands above it, nor the question has."""
    held = normalise("\n".join((support.title, support.place, *support.section, support.quote, question)))
    return any(run not in held for run in _HAN_RUN.findall(normalise(sentence)))


def _leaves_out_a_name(sentence: str, quote: str, question: str) -> bool:
    """Whether ``sentence`` has one of several names that stand side by side in ``quote`` for what is asked: “喜洋洋”、“乐融融”."""
    own = quoted_names(sentence)
    return any(
        any(name in own for name in names) and any(name not in f"{sentence}{question}" for name in names)
        for run in _NAMES.findall(quote)
        if (names := quoted_names(run)) and not any(name in question for name in names)
    )


def _echoes(sentence: str, question: str) -> bool:
    """Whether a sentence only says the ``question`` again, which asks for something that it does not name."""
    asks = _ASKS_FOR.search(question) is not None
    asked = find_quantities(question)
    if any(not any(same_value(one, other) for other in asked) for one in find_quantities(sentence)):
        return False  # a number is no term of the index
    if not _HAN.search(sentence):
        return asks and _stems(sentence) <= _stems(question)
    said = set(index_terms(_EMPTY.sub("", sentence)))
    if _ASKS_NAME.search(question):
        said = {term for term in said if not term.startswith("_")}  # pairs of signs name nobody
    return asks and said <= set(index_terms(question))


def _stems(text: str) -> set[str]:
    """The stems of the English words of ``text``, with its numbers."""
    return {stem(word) for word in index_terms(text)}


def supporting(
    sentence: str, evidence: Sequence[Evidence], language: Language, question: str = ""
) -> Evidence | None:
    """The clause that supports ``sentence`` best, or None where none supports all of it.

    Of Chinese ones that hold as much of it, that which speaks more of the question. Words of the ``question`` are borne out by a clause that has the official term for what it asks.
    """
    sentence = _without_report(sentence, question)
    figures = find_quantities(sentence)
    best, best_score, best_covered = None, -1.0, 0.0
    terms = set(index_terms(sentence))
    added = terms - set(index_terms(question)) if question else set()
    most = max((one.covered for one in evidence), default=0.0)
    for one in evidence:
        if figures and one.covered < _AS_GOOD * most and most >= _TELLING:
            continue
        own = find_quantities(one.quote)
        if not all(stands(figure, own, one) for figure in figures):
            continue
        if contradicts(sentence, one):
            continue
        if language == "zh" and not agrees(sentence, figures, one, question):
            continue
        if language == "en" and (
            counts_another_in_english(sentence, figures, one) or turns_round(sentence, figures, one)
        ):
            continue
        held = set(index_terms(one.quote + "".join(one.headings)))
        if language == "zh" and not figures and _adds_only_strange(added, held):
            continue
        score = max(_share(terms, held), _share(added, held)) if added else _share(terms, held)
        covered = one.covered if language == "zh" else 0.0
        if (score, covered) > (best_score, best_covered):
            best, best_score, best_covered = one, score, covered
    return best if best_score >= _SUPPORT[language] else None


def _misread(sentence: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The clause whose figures an English ``sentence`` has by their digits, and one of them by another scale: 2150 billion for 2150亿."""
    figures = [one for one in find_quantities(sentence) if one.kind == "amount"]
    for one in evidence:
        digits = {_digits(own) for own in find_quantities(one.quote) if own.kind == "amount"}
        told = all(_digits(figure) in digits for figure in figures)
        if told and any(len(_digits(figure)) > 1 for figure in figures):
            return one
    return None


def _digits(figure: Quantity) -> tuple[int, ...]:
    return figure.value.normalize().as_tuple().digits


def _without_report(sentence: str, question: str) -> str:
    """``sentence`` without the year of the report, which the ``question`` names as well: "according to the 2025 report"."""
    return _YEAR_OF_REPORT.sub(lambda told: "" if told[0] in question else told[0], sentence)


def _adds_only_strange(added: set[str], held: set[str]) -> bool:
    """Whether a sentence adds words to the question, none of which stands in the clause or above it: 血型是O型."""
    telling = {term for term in added if not term.startswith("_") and (len(term) > 1 or term.isascii())}
    return bool(telling) and not telling & held


def _share(terms: set[str], held: set[str]) -> float:
    return len(terms & held) / max(1, len(terms))


def _cite_for(sentence: str, support: Evidence) -> Citation:
    """The narrowest place that holds every figure of ``sentence`` and all that it shares with the clause."""
    shared = set(index_terms(sentence)) & set(index_terms(support.quote))
    whole = replace(support, record=None, focus=None)
    for one in (support, replace(support, record=None)):
        narrow = cite(one)
        own = find_quantities(narrow.quote)
        if shared <= set(index_terms(narrow.quote)) and all(
            stands(figure, own, support) for figure in find_quantities(sentence)
        ):
            return narrow
    return cite(whole)


def _sentences(text: str, language: Language) -> list[str]:
    found = (_MARKS.sub("", part).strip() for part in _SENTENCE[language].findall(text))
    return [sentence for sentence in found if re.search(r"\w", sentence)]
