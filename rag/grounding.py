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

from index.glossary import english_of, stem
from index.indicator_names import indicator_name
from index.quantities import find_quantities, same_value
from index.tokens import index_terms, modifiers_and_nouns, normalise, place_names, words
from index.units import COUNTERS
from rag.check_kinds import opposed
from rag.check_stage import is_done_in_one_only
from rag.focus import segments
from rag.names import quoted_names, strange_names
from rag.times import asked_statuses
from rag.topic import GENERAL_NOUNS
from rag.types import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.quantities import Quantity
    from rag.types import Evidence, Language

_SENTENCE: Final = {
    "zh": re.compile(r"[^。！？!?\n]+[。！？!?]?[”’」』）]?"),
    "en": re.compile(r".+?(?:[.!?](?=\s+[A-Z“\"(]|\s*$)|\n|$)", re.DOTALL),
}
_MARKS: Final = re.compile(r"\[\d+\]|【[^】]*】|^\s*(?:答案?|回答|Answer)\s*[:：]\s*|\*\*|^\s*[-*•]\s+")
# Qualifiers that say the same of a figure.
_SAME_QUALIFIER: Final = (
    frozenset({"以上", "不低于", "超过"}),
    frozenset({"左右", "约"}),
    frozenset({"以内", "不超过", "以下"}),
    frozenset({"", "力争"}),
)
# Chinese in the middle of English words, in no brackets or quotation marks.
_HALF_TRANSLATED: Final = re.compile(r"[A-Za-z][,，、]?\s*[\u4e00-\u9fff]{2,}(?![^(（]*[)）])(?![^“]*”)")
_YEAR_OF_REPORT: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?= (?:[\w’'-]+ ){0,4}report\b|年的?[^，。\d]{0,10}报告)|(?<=report of )((?:19|20)\d\d)",
    re.IGNORECASE,
)
# A sentence that denies needs a clause that does, or that speaks of an end.
_DENIES: Final = re.compile(
    r"不会|不再|不是|不能|不用|没有|并未|尚未|未能|\bnot\b|\bno\b|n’t\b|n't\b", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"[不未没无非零禁停]|取消|避免|杜绝|防止|退出|清理")
_ASKS_FOR: Final = re.compile(
    r"什么|谁|哪|多少|几|何|怎|\b(?:what|which|who|when|where|why|how)\b|^(?:please )?(?:name|list)\b",
    re.IGNORECASE,
)
_ASKS_NAME: Final = re.compile(r"是谁|叫什么")
# Where a clause speaks of so much of the question, one that speaks of less than half as much does not hold its figure.
_TELLING: Final = 0.5
_AS_GOOD: Final = 0.5
_COUNTERS: Final = frozenset(COUNTERS.split())
# What is counted, right behind its counter.
_THING: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_COUNTED: Final = re.compile(r"(?: [A-Za-z’'-]+){1,4}")
_PHRASE: Final = re.compile(r"(?!以[上下内]|左右|之内)[^，。；、\d]{2,16}")
# How large something is to become is no exact figure: 千亿级.
_LEVEL: Final = re.compile(r"[十百千万]+亿元?级")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# A part that goes on with the thing of the one before: 比上年增加5万人.
_GOES_ON: Final = re.compile(r"[比较占增降达约均每再]|同比|其中|分别|实现|完成")
_NO_PEOPLE: Final = re.compile(r"[艘列趟班架辆套座所吨亩元]|公里|平方米|立方米|标准?箱")
_PERSONS: Final = frozenset(
    "people persons passengers visitors tourists travellers travelers students pupils workers residents patients graduates children".split()
)
_PEOPLE: Final = frozenset({"人", "名", "户"})
_UNDER_WAY: Final = re.compile(r"\bunder construction\b|\bbeing built\b", re.IGNORECASE)
_ARTICLE: Final = 3
_LAST_DIGIT: Final = 9
# Taken for the name of a place, and none.
_ANYWHERE: Final = re.compile(r"[全我本各外中]|新区|城[乡镇市区]|境[内外]")
# Whose report it is, as people say it.
_OWN_PLACE: Final = re.compile(r"[全我本]?[省市区县州]里?|市?政府|国家")
# Words that make a name longer and say nothing.
_EMPTY: Final = re.compile(r"地区|区域|方面|[那这]边")
_LAST_YEAR: Final = re.compile(r"^(?:去年|上年)|\blast year\b", re.IGNORECASE)
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
        half = language == "en" and _HALF_TRANSLATED.search(sentence) is not None
        if support is None or half or (language == "en" and strange_names(sentence, support, question)):
            dropped += 1
            timeless = _LAST_YEAR.sub("", sentence)
            if half:
                read = support
            elif timeless != sentence:
                read = supporting(timeless, evidence, language, question)
            else:
                read = _misread(sentence, evidence) if language == "en" else None
            unreadable += [read] if read is not None else []
            continue
        marker = _marker(_cite_for(sentence, support), citations)
        kept.append(_with_marker(sentence, marker))
    joiner = "" if language == "zh" else " "
    return Grounded(joiner.join(kept), tuple(citations), dropped, tuple(dict.fromkeys(unreadable)))


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
        if not all(_stands(figure, own, one) for figure in figures):
            continue
        if _contradicts(sentence, one) or (_DENIES.search(sentence) and not _NEGATIVE.search(one.quote)):
            continue
        if language == "zh" and not _agrees(sentence, figures, one, question):
            continue
        if language == "en" and (
            _counts_another_in_english(sentence, figures, one) or _turns_round(sentence, figures, one)
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


def _agrees(sentence: str, figures: Sequence[Quantity], evidence: Evidence, question: str) -> bool:
    """Whether a Chinese sentence says what the clause says of the same things, as far as that can be told by its words."""
    told = (*quoted_names(sentence), *_LEVEL.findall(sentence))
    if not all(normalise(name) in normalise(evidence.quote) for name in told):
        return False
    if _counts_another(sentence, figures, evidence) or _is_elsewhere(sentence, evidence):
        return False
    if _turns_round(sentence, figures, evidence) or _is_the_neighbours(sentence, figures, evidence, question):
        return False
    return not figures or _speaks_of(evidence, sentence, question)


def _is_the_neighbours(sentence: str, figures: Sequence[Quantity], evidence: Evidence, question: str) -> bool:
    """Whether a figure stands in a part of the clause that has nothing of the ``question``, and another of its kind in the one that has.

    壮大粮油、畜牧两大千亿级产业，壮大茶叶、小面六个百亿级产业: asked of 小面, it is 百亿.
    """
    parts = [evidence.quote[start:end] for start, end in segments(evidence.quote)]
    asked = [word for word in words(question) if len(word) > 1 and sum(word in part for part in parts) == 1]
    own = [part for part in parts if any(word in part for word in asked)]
    for figure in figures:
        there = [part for part in parts if any(same_value(figure, one) for one in find_quantities(part))]
        rivals = own and any(one.unit == figure.unit for one in find_quantities(own[0]))
        if len(own) == len(there) == 1 and rivals and there != own and not _GOES_ON.match(there[0]):
            return True
    levels = _LEVEL.findall(sentence)
    return bool(own) and any(
        level not in own[0] and _LEVEL.search(own[0]) for level in levels if len(own) == 1
    )


def _adds_only_strange(added: set[str], held: set[str]) -> bool:
    """Whether a sentence adds words to the question, none of which stands in the clause or above it: 血型是O型."""
    telling = {term for term in added if not term.startswith("_") and (len(term) > 1 or term.isascii())}
    return bool(telling) and not telling & held


def _share(terms: set[str], held: set[str]) -> float:
    return len(terms & held) / max(1, len(terms))


def _counts_another(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether a figure counts in ``sentence`` what it does not count in the clause: 110列 where 110个城市 are told."""
    quote = evidence.quote
    for figure in figures:
        same = [other for other in find_quantities(quote) if same_value(figure, other)]
        if figure.unit not in _COUNTERS or any(other.unit not in _COUNTERS - {figure.unit} for other in same):
            continue
        things = [thing[0] for other in same if (thing := _THING.match(quote, other.end))]
        if things and not any(thing in sentence for thing in things):
            return True
    return False


def _counts_another_in_english(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """As ``_counts_another``, by the words right behind the figure: "15 giant pandas" where 15个先行县 are told."""
    for figure in figures:
        counted = _COUNTED.match(sentence, figure.end)
        words = [word for word in counted[0].lower().split() if len(word) > _ARTICLE] if counted else []
        same = [other for other in find_quantities(evidence.quote) if same_value(figure, other)]
        if same and all(_NO_PEOPLE.search(other.unit) for other in same) and _PERSONS & set(words):
            return True
        things = [
            _PHRASE.match(evidence.quote, other.end) for other in same if other.unit in _COUNTERS - _PEOPLE
        ]
        if not words or not things or len(things) < len(same) or not all(things):
            continue
        meant = {name for thing in things if thing for name in english_of(thing[0])}
        if not any(stem(word) in meant for word in words):
            return True
    return False


def _turns_round(sentence: str, figures: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether ``sentence`` lets rise to a figure what fell to it by the clause, or calls done what is not, or the other way round."""
    parts = [evidence.quote[start:end] for start, end in segments(evidence.quote)]
    for figure in figures:
        told = [part for part in parts if any(same_value(figure, other) for other in find_quantities(part))]
        said = "在建" if _UNDER_WAY.search(sentence) else sentence
        if told and all(opposed(sentence, part) or is_done_in_one_only(said, part) for part in told):
            return True
    return False


def _is_elsewhere(sentence: str, evidence: Evidence) -> bool:
    """Whether ``sentence`` names a place of which neither the clause nor what stands above it speaks."""
    held = "\n".join((evidence.title, evidence.place, *evidence.section, evidence.quote))
    return any(
        name[:2] not in held and not _ANYWHERE.match(name) for name in place_names(sentence) if len(name) > 1
    )


def _speaks_of(evidence: Evidence, sentence: str, question: str) -> bool:
    """Whether the clause speaks of all that ``sentence`` gives a figure for: 民营经济 is not 经济."""
    held = normalise("\n".join((evidence.title, evidence.place, *evidence.section, evidence.quote)))
    meant = question if evidence.terms else ""
    return all(
        word in held
        or word in meant
        or word in GENERAL_NOUNS
        or _OWN_PLACE.fullmatch(word)
        or normalise(indicator_name(word)) in held
        for word in modifiers_and_nouns(sentence)
    )


def cite(evidence: Evidence) -> Citation:
    """The place to point at: the words of the record that ``evidence`` was chosen for, else what is in focus."""
    begin, finish = evidence.focus or (0, len(evidence.quote))
    start, end, quote = evidence.start + begin, evidence.start + finish, evidence.focused
    record = evidence.record
    if record is not None and evidence.start <= record.start and record.end <= evidence.end:
        start, end, quote = record.start, record.end, record.quote
    return Citation(0, evidence.report, evidence.title, evidence.section, evidence.period, start, end, quote)


def _cite_for(sentence: str, support: Evidence) -> Citation:
    """The narrowest place that holds every figure of ``sentence`` and all that it shares with the clause."""
    shared = set(index_terms(sentence)) & set(index_terms(support.quote))
    whole = replace(support, record=None, focus=None)
    for one in (support, replace(support, record=None)):
        narrow = cite(one)
        own = find_quantities(narrow.quote)
        if shared <= set(index_terms(narrow.quote)) and all(
            _stands(figure, own, support) for figure in find_quantities(sentence)
        ):
            return narrow
    return cite(whole)


def _contradicts(sentence: str, evidence: Evidence) -> bool:
    """Whether ``sentence`` calls a goal what is a result, or last year's, or a result what is a goal."""
    ahead = evidence.period.status in {"target", "plan"}
    called = asked_statuses(sentence)
    if (
        ahead
        and "target" not in called
        and _LAST_YEAR.search(sentence)
        and not _LAST_YEAR.search(evidence.quote)
    ):
        return True
    said = set(called) - set(asked_statuses(evidence.quote))
    other = {"actual": "target", "target": "actual", "plan": "actual"}.get(evidence.period.status)
    return other in said


def numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """``citations`` with markers 1, 2, 3 ... in their order."""
    return tuple(
        Citation(i, c.report, c.title, c.section, c.period, c.start, c.end, c.quote)
        for i, c in enumerate(citations, start=1)
    )


def _sentences(text: str, language: Language) -> list[str]:
    found = (_MARKS.sub("", part).strip() for part in _SENTENCE[language].findall(text))
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def _stands(figure: Quantity, own: Sequence[Quantity], evidence: Evidence) -> bool:
    """Whether ``figure`` is among those of the clause, said in the same way, or names the clause's period."""
    if (
        figure.kind in {"year", "date"}
        and figure.high is None
        and int(figure.value) == (evidence.period.year or 0)
    ):
        return True
    # 5G is no number of anything; 55Eflops is one, and read as a name.
    same = [
        other
        for other in own
        if same_value(figure, other)
        and (other.kind == figure.kind or other.kind != "code" or other.value > _LAST_DIGIT)
    ]
    return any(_same_qualifier(figure.qualifier, other.qualifier) for other in same)


def _same_qualifier(stated: str, official: str) -> bool:
    return stated == official or any({stated, official} <= group for group in _SAME_QUALIFIER)


def _marker(citation: Citation, citations: list[Citation]) -> int:
    """The number of ``citation`` in the list, appended if it is new."""
    for known in citations:
        if (known.report, known.start, known.end) == (citation.report, citation.start, citation.end):
            return known.marker
    number = len(citations) + 1
    citations.append(
        Citation(
            number,
            citation.report,
            citation.title,
            citation.section,
            citation.period,
            citation.start,
            citation.end,
            citation.quote,
        )
    )
    return number


def _with_marker(sentence: str, marker: int) -> str:
    """``sentence`` with its marker after the closing stop, and a stop if it had none."""
    stop = "。" if re.search(r"[\u4e00-\u9fff]$", sentence) else "" if sentence[-1] in ".。!！?？”" else "."
    return f"{sentence}{stop}[{marker}]"
