"""From evidence, and the model's text if there is one, to a reply with its citations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.glossary import english_of, stem
from index.quantities import find_quantities, same_value
from index.tokens import index_terms, normalise
from rag.amounts import asked_units, asks_count, has_number, has_rates_only, measured_unit
from rag.asked_kind import lacks_kind
from rag.comparison import compared
from rag.contrast import asks_which, contrasted, is_comparable, misstates_gap
from rag.coverage import lacks_every_official_term, lacks_official_term
from rag.figures import figure_of
from rag.focus import segments, segments_around
from rag.grounding import Grounded, cite, ground, numbered
from rag.listing import part_with_items
from rag.names import quoted_names
from rag.pairing import same_measure
from rag.phrasing import absent, located, quoted, recorded, reported, stated, when
from rag.summary import summarised
from rag.times import asks_reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Indicator
    from rag.types import AnswerStatus, Citation, Evidence, Found, Language, Query, Slot

_ENGLISH_WORD: Final = re.compile(r"[a-z]{3,}")
_ASKS_HOW: Final = re.compile(r"如何|怎样|怎么(?!说|写|提)|咋|哪些(?:措施|办法|举措|做法|方式|途径)")
_WHICH: Final = re.compile(r"哪|什么|谁|怎|如何")
# A wording asked for by the sentence is not to be cut.
_ASKS_ALL: Final = re.compile(
    r"[整全原那哪这][一个]?句|完整|全文|\b(?:full|whole|entire|complete)\b|\bsentence\b", re.IGNORECASE
)
# A clause may stand in for a record if it speaks of about half as much of the question as the other records' clauses.
_AS_MUCH: Final = 0.4
_SOMETHING: Final = 0.1
# So short a clause is quoted whole for its wording, if no figure of it is meant.
_AT_A_GLANCE: Final = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's text, status and citations; each ``[n]`` in the text has its citation."""

    text: str
    status: AnswerStatus
    citations: tuple[Citation, ...]


def absence(query: Query, evidence: Sequence[Evidence]) -> Reply:
    """That the reports do not say it."""
    return Reply(absent(query, evidence[0] if evidence and not query.missing else None), "not_in_reports", ())


def quotation(query: Query, found: Sequence[Found], draft: str = "") -> Reply:
    """The best clause of each slot, quoted: what is left when no checked wording is to be had.

    That is the clause from which a ``draft`` that did not stand took what it says, or else the one that speaks
    most of the question: however loosely a model words what it read, it has read it somewhere.
    """
    return _quotes(query, _best(query, found, draft))


def _best(query: Query, found: Sequence[Found], draft: str) -> list[Evidence]:
    return [
        max(part.evidence, key=lambda one: (_took_from(draft, query, one), _speaks_most(one, query)))
        for part in found
        if part.evidence
    ]


def _quotes(query: Query, best: Sequence[Evidence]) -> Reply:
    """What each of the ``best`` clauses says, verbatim; asked for a wording, more than a record's name and figure."""
    if query.wanted == "wording":
        best = [_worded(one, query) for one in best]
    best = list({(one.report, one.start, one.focus, one.record): one for one in best}.values())
    citations = numbered([cite(one) for one in best])
    several = len({one.place or one.title for one in best}) > 1
    sentences = [
        f"{quoted(one, citation.quote, query.language, named=several)}[{citation.marker}]"
        for one, citation in zip(best, citations, strict=True)
    ]
    return Reply("".join(sentences), "evidence_only", citations)


def _worded(one: Evidence, query: Query) -> Evidence:
    """``one`` to be quoted for its wording: the part that is meant, with the record and the quoted words; or all of it."""
    bare = replace(one, record=None)
    short = one.record is None and len(one.quote) <= _AT_A_GLANCE
    if one.focus is None or short or _ASKS_ALL.search(query.asked):
        return replace(bare, focus=None)
    held = [one.focus]
    if one.record and one.start <= one.record.start < one.record.end <= one.end:
        start, end = one.record.start - one.start, one.record.end - one.start
        held = held if one.focus[0] <= start and end <= one.focus[1] else [(start, end)]
    held += [(at, at + len(name)) for name in quoted_names(query.asked) if (at := one.quote.find(name)) >= 0]
    start, end = min(start for start, _ in held), max(end for _, end in held)
    return bare if (start, end) == one.focus else replace(bare, focus=segments_around(one.quote, start, end))


def _speaks_most(one: Evidence, query: Query) -> float:
    """How much a clause speaks of the question, whose words in quotation marks are the report's own before all.

    Of clauses that hardly differ the first one is meant; also of those for an English question, the words of which
    are its translator's.
    """
    named = sum(name in one.quote for name in quoted_names(query.asked))
    return named + (round(one.covered, 1) if query.language == "zh" else 0.0) - one.rank / 1000


def _took_from(draft: str, query: Query, one: Evidence) -> float:
    """Share, in tenths, of what ``draft`` adds to the question that stands in the clause; 0 if it adds nothing."""
    asked = find_quantities(query.asked)
    figures = [
        figure
        for figure in find_quantities(draft)
        if figure.kind == "amount" and not any(same_value(figure, other) for other in asked)
    ]
    held = find_quantities(one.focused)
    words = set(index_terms(draft)) - set(index_terms(query.asked))
    found = sum(any(same_value(figure, other) for other in held) for figure in figures)
    found += len(words & set(index_terms(one.focused)))
    return round(found / max(1, len(figures) + len(words)), 1)


def leading(query: Query, found: Sequence[Found]) -> Reply:
    """The first clause in its own words, where it answers the question by itself: all of one that is read at a glance."""
    first = found[0].evidence[0]
    shown = replace(first, focus=None) if len(first.quote) <= _AT_A_GLANCE else first
    return replace(_quotes(query, [shown]), status="answered")


def corrected(query: Query, right: Sequence[Found]) -> Reply:
    """The report's own figure instead of the one that the question takes for it, and whose that one is."""
    reply = _records(query, right)
    opening = "报告的数字与问题所说的不同。" if query.language == "zh" else "The report has another figure. "
    return Reply(opening + reply.text, reply.status, reply.citations)


def reply_by_code(query: Query, found: Sequence[Found]) -> Reply | None:
    """The reply where structure decides it: a wording, a place, a summary, a counted list, a comparison of records."""
    asked_for = {"wording": _wording, "section": _section, "summary": _summary}.get(query.wanted)
    if asked_for is not None:
        return asked_for(query, found)
    records = {part.record for part in found}
    if len(found) > 1 and records != {None}:
        # One record for all that is asked side by side: it is one thing.
        return _records(query, found[:1]) if len(records) == 1 else _comparison(query, found)
    if all(part.listed for part in found):
        return _listing(query, found)
    if asks_which(query) or (len(found) > 1 and asks_reached(query.text)):
        return _contrast(query, found)
    return _records(query, found) if found[0].record and query.wanted == "figure" else None


def grounded_reply(text: str, query: Query, found: Sequence[Found], *, doubtful: bool = False) -> Reply:
    """The model's ``text`` as far as the evidence bears it; the record's or the clause's own words instead of the rest.

    Where nothing of it stands and it was ``doubtful`` whether to answer, the reports do not say it.
    """
    evidence = [one for part in found for one in part.evidence]
    grounded = ground(text, evidence, query.language, query.asked)
    records = [part.record for part in found if part.record]
    of_rates = asks_count(query.text) and has_rates_only(grounded.text)
    misread = query.wanted == "comparison" and misstates_gap(
        grounded.text, [one.quote for one in grounded.citations]
    )
    unit = measured_unit(query.text) if query.language == "zh" and query.wanted == "figure" else ""
    unmeasured = bool(unit) and not has_number(grounded.text, unit)
    told = grounded.text and not (
        of_rates or misread or unmeasured or _is_of_another(query, grounded, evidence)
    )
    if told and (
        all(_says(grounded.text, record) for record in records) or _reads_better(query, grounded, records)
    ):
        return Reply(_with_wording(grounded, query), "answered", grounded.citations)
    if records:
        return _records(query, found)
    if grounded.unreadable:
        return _quotes(query, grounded.unreadable)
    best = _best(query, found, text)
    quoted_only = _quotes(query, best)
    units = asked_units(query.text) if query.wanted == "list" else [measured_unit(query.text)]
    figureless = not any(has_number(one.quote, unit) for one in quoted_only.citations for unit in units)
    # A translation's words need not be the report's.
    strange = query.language == "zh" and not any(one.covered for one in best)
    another = query.language == "zh" and all(_lacks_name(query, one) for one in best)
    wanting = query.language == "zh" and lacks_kind(
        query.asked, [one.quote for one in quoted_only.citations], query.places
    )
    if doubtful or wanting or (_asks_figures(query) and (figureless or strange or another)):
        return absence(query, evidence)
    return quoted_only


def _asks_figures(query: Query) -> bool:
    """Whether figures are asked for and nothing else: one, or several of one thing."""
    several = query.wanted == "list" and query.language == "zh" and asked_units(query.text)
    return query.wanted == "figure" or (bool(several) and not _WHICH.search(query.asked))


def _reads_better(query: Query, grounded: Grounded, records: Sequence[Indicator]) -> bool:
    """Whether the clause part of the model's figure says more of an English question than that of the one record does.

    A translation may have lost what the question asks for, which the model has read. Only of the record's own time
    and status: a result is not to take the place of a goal.
    """
    if query.language != "en" or len(records) != 1:
        return False
    asked = {stem(word) for word in _ENGLISH_WORD.findall(query.asked.lower())}
    own = english_of(records[0].quote) & asked
    figures = [one for one in find_quantities(grounded.text) if one.kind == "amount"]
    time = (records[0].year, records[0].status)
    parts = [
        citation.quote[start:end]
        for citation in grounded.citations
        if (citation.period.year, citation.period.status) == time
        for start, end in segments(citation.quote)
        for figure in find_quantities(citation.quote[start:end])
        if any(same_value(figure, other) for other in figures)
    ]
    return any(own < english_of(part) & asked for part in parts)


def _is_of_another(query: Query, grounded: Grounded, evidence: Sequence[Evidence]) -> bool:
    """Whether a figure is asked of what has an official name, and no clause that is cited says it, or means it in other words."""
    if query.wanted != "figure" or query.language != "zh":
        return False
    cited = [
        one
        for one in evidence
        if any(
            c.report == one.report and one.start <= c.start and c.end <= one.end for c in grounded.citations
        )
    ]
    return bool(cited) and all(
        not one.terms
        and lacks_every_official_term(query.focus or query.topic, "\n".join((*one.headings, one.quote)))
        for one in cited
    )


def _lacks_name(query: Query, one: Evidence) -> bool:
    """Whether the question says an official term of which a word is neither in the clause nor above it."""
    return lacks_official_term(query.focus or query.topic, "\n".join((*one.headings, one.quote)))


def _with_wording(grounded: Grounded, query: Query) -> str:
    """The checked text, with the report's own words where the model's are not sure to say all of it.

    These are English ones, lists, and ways and means: asked how, a small model says that it is by measures.
    """
    if (
        query.language == "zh"
        and query.wanted not in {"list", "comparison"}
        and not _ASKS_HOW.search(query.asked)
    ):
        return grounded.text
    shown = normalise(grounded.text)
    missing = [one for one in grounded.citations if normalise(one.quote) not in shown]
    words = "".join(f"“{part_with_items(grounded.text, one.quote)}”[{one.marker}]" for one in missing)
    if not words:
        return grounded.text
    return (
        f"{grounded.text}原文：{words}"
        if query.language == "zh"
        else f"{grounded.text} In the report’s words: {words}"
    )


def _wording(query: Query, found: Sequence[Found]) -> Reply:
    return replace(quotation(query, found), status="answered")


def _summary(query: Query, found: Sequence[Found]) -> Reply:
    text, citations = summarised(query, found)
    return Reply(text, "answered", citations)


def _listing(query: Query, found: Sequence[Found]) -> Reply:
    """The list that was asked for, in the report's own words."""
    firsts = [part.evidence[0] for part in found]
    quotes = _quotes(query, [one for part in found for one in part.evidence])
    if len(quotes.citations) == len(firsts):
        return Reply(quotes.text, "answered", quotes.citations)
    opening = reported("", firsts[0].period, query.language).partition("“")[0]
    items = ("、" if query.language == "zh" else ", ").join(
        f"“{one.quote.strip('，,。；;')}”[{one.marker}]" for one in quotes.citations
    )
    return Reply(f"{opening}{items}", "answered", quotes.citations)


def _says(text: str, record: Indicator) -> bool:
    """Whether ``text`` gives the record's figure."""
    figure = figure_of(record)
    return figure is None or any(same_value(figure, other) for other in find_quantities(text))


def _section(query: Query, found: Sequence[Found]) -> Reply | None:
    best = next((part.evidence[0] for part in found if part.evidence), None)
    if best is None:
        return None
    headings = {one.quote: cite(one) for part in found for one in part.evidence if one.quote in best.section}
    named = [title for title in best.section if title in headings]
    text = located(best, query.language)
    for number, title in enumerate(named, start=1):
        text = text.replace(f"“{title}”", f"“{title}”[{number}]", 1)
    citations = numbered([*(headings[title] for title in named), cite(best)])
    return Reply(f"{text}[{len(citations)}]", "answered", citations)


def _records(query: Query, found: Sequence[Found]) -> Reply:
    """Each slot's record in the report's own words; slots without one by a clause that can stand in, or as missing."""
    known = [part for part in found if part.record]
    whole = [one for part in found if not part.record and (one := _told_beside(part.slot, known))]
    if whole:
        return replace(_quotes(query, whole), status="answered")
    places = len({part.slot.place for part in found}) > 1
    said: list[tuple[Citation, str]] = []
    missing = []
    for part in found:
        one = _holder(part)
        if one and part.record:
            words = _in_words(part.record, query.language, alone=len(found) == 1, places=places)
            said.append((cite(one), words))
        elif (other := _stand_in(part, known)) is not None:
            citation = cite(other)
            said.append((citation, quoted(other, citation.quote, query.language, named=places)))
        else:
            missing.append(_named(part.slot, query.language))
    # Two records may stand in one place: 汽车、餐饮消费分别增长8.5%、20.6%.
    places_of = list(dict.fromkeys(citation for citation, _ in said))
    citations = numbered(places_of)
    text = ("" if query.language == "zh" else " ").join(
        f"{words}[{places_of.index(citation) + 1}]" for citation, words in said
    )
    if not missing:
        return Reply(text, "answered", citations)
    gap = (
        f"报告未提及：{'、'.join(missing)}。"
        if query.language == "zh"
        else f" Not in the reports: {', '.join(missing)}."
    )
    return Reply(text + gap, "partial", citations)


def _told_beside(slot: Slot, known: Sequence[Found]) -> Evidence | None:
    """The clause of another slot's record as far as it also tells of the year of this one: 由去年的10.7%提高到14%."""
    for part in known:
        one, record = _holder(part), part.record
        if one is None or record is None or part.slot.place != slot.place:
            continue
        before = "|去年|上年" if record.year is not None and record.year - 1 in slot.years else ""
        named = "|".join(f"{year}年" for year in slot.years)
        then = re.search(f"(?:{named}{before})的", one.quote) if named else None
        if then is None or not one.start <= record.start < record.end <= one.end:
            continue
        first, last = min(record.start - one.start, then.start()), max(record.end - one.start, then.end())
        return replace(one, record=None, focus=segments_around(one.quote, first, last))
    return None


def _holder(part: Found) -> Evidence | None:
    """The clause that holds the record of ``part``."""
    return next((one for one in part.evidence if one.record), None)


def _stand_in(part: Found, known: Sequence[Found]) -> Evidence | None:
    """The clause of a slot without a record that gives a figure in the unit of the others', and speaks of as much."""
    units = {other.record.unit for other in known if other.record}
    spoken = min((one.covered for other in known if (one := _holder(other))), default=1.0)
    least = max(_SOMETHING, _AS_MUCH * spoken)
    return next(
        (
            replace(one, focus=None, record=None)
            for one in part.evidence
            if one.covered >= least and any(has_number(one.quote, unit) for unit in units)
        ),
        None,
    )


def _in_words(record: Indicator, language: Language, *, alone: bool, places: bool) -> str:
    """A record as a sentence: a whole one where it stands alone, with its place where there are several."""
    if alone:
        return stated(record, language)
    where = record.place if places else ""
    return f"{where}{' ' if where and language == 'en' else ''}{recorded(record, language)}"


def _named(slot: Slot, language: Language) -> str:
    """A slot in words: 重庆市2024年目标."""
    status = slot.statuses[0] if slot.statuses else "policy"
    times = [when(year, status, language) for year in slot.years]
    return (" " if language == "en" else "").join((slot.place, *times))


def _contrast(query: Query, found: Sequence[Found]) -> Reply:
    """The best clause of each slot that can be compared, and which has more, or was earlier, if all can."""
    best = [
        max(part.evidence, key=lambda one: (is_comparable(query, one), _speaks_most(one, query)))
        for part in found
        if part.evidence
    ]
    quotes = _quotes(query, best)
    conclusion = contrasted(query, best) if len(best) == len(found) else ""
    if not conclusion:
        return quotes
    joiner = "" if query.language == "zh" else " "
    marks = "".join(f"[{citation.marker}]" for citation in quotes.citations)
    return Reply(f"{quotes.text}{joiner}{conclusion}{marks}", "answered", quotes.citations)


def _comparison(query: Query, found: Sequence[Found]) -> Reply:
    """All records with what they say of each other."""
    reply = _records(query, found)
    records = [part.record for part in found if part.record]
    if len(records) < len(found) or not all(same_measure(records[0], other) for other in records):
        return reply
    marks = "".join(f"[{citation.marker}]" for citation in reply.citations)
    conclusion = compared(records, query.language)
    joiner = "" if query.language == "zh" else " "
    return Reply(
        reply.text + (f"{joiner}{conclusion}{marks}" if conclusion else ""), "answered", reply.citations
    )
