"""From evidence, and the model's text if there is one, to a reply with its citations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.glossary import english_of, stem
from index.quantities import find_quantities, same_value
from index.tokens import normalise
from rag.amounts import asked_units, asks_count, has_number, has_rates_only, measured_unit, measures_another
from rag.asked_kind import lacks_kind
from rag.citing import cite, numbered
from rag.contrast import asks_which, contrasted, is_comparable, misstates_gap
from rag.coverage import lacks_every_official_term, lacks_official_term
from rag.figures import figure_of
from rag.focus import segments
from rag.grounding import Grounded, ground
from rag.leading import is_of_the_time_asked
from rag.listing import part_with_items
from rag.phrasing import absent, located, reported
from rag.quoting import Reply, best_clauses, quotation, quotes, speaks_most
from rag.record_replies import by_comparison, by_records
from rag.summary import summarised
from rag.times import asks_reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Indicator
    from rag.types import Evidence, Found, Query

_ENGLISH_WORD: Final = re.compile(r"[a-z]{3,}")
_ASKS_HOW: Final = re.compile(r"如何|怎样|怎么(?!说|写|提)|咋|哪些(?:措施|办法|举措|做法|方式|途径)")
_WHICH: Final = re.compile(r"哪|什么|谁|怎|如何")


def absence(query: Query, evidence: Sequence[Evidence]) -> Reply:
    """That the reports do not say it."""
    return Reply(absent(query, evidence[0] if evidence and not query.missing else None), "not_in_reports", ())


def corrected(query: Query, right: Sequence[Found]) -> Reply:
    """The report's own figure instead of the one that the question takes for it, and whose that one is."""
    told = [one for one in find_quantities(query.text) if one.kind == "amount" and one.unit]
    # Of several figures each may be wrong: 只建10个口袋公园，却要建100座体育公园.
    shown = [replace(part.evidence[0], record=None) for part in right if part.evidence]
    reply = quotes(query, shown) if len(told) > 1 and len(right) == 1 and shown else by_records(query, right)
    opening = "报告的数字与问题所说的不同。" if query.language == "zh" else "The report has another figure. "
    return Reply(opening + reply.text, "answered", reply.citations)


def reply_by_code(query: Query, found: Sequence[Found]) -> Reply | None:
    """The reply where structure decides it: a wording, a place, a summary, a counted list, a comparison of records."""
    asked_for = {"wording": _wording, "section": _section, "summary": _summary}.get(query.wanted)
    if asked_for is not None:
        return asked_for(query, found)
    records = {part.record for part in found}
    if len(found) > 1 and records != {None} and query.wanted == "list":
        return by_records(query, found)  # several things that are asked for one by one
    if len(found) > 1 and records != {None}:
        # One record for all that is asked side by side: it is one thing.
        return by_records(query, found[:1]) if len(records) == 1 else by_comparison(query, found)
    if all(part.listed for part in found):
        return _listing(query, found)
    if asks_which(query) or (len(found) > 1 and asks_reached(query.text)):
        return _contrast(query, found)
    return by_records(query, found) if found[0].record and query.wanted == "figure" else None


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
    unmeasured = unmeasured or (query.language == "zh" and measures_another(grounded.text, query.text))
    partial = len(found) > 1 and not _tells_of_each(grounded, found)
    told = grounded.text and not (
        of_rates or misread or unmeasured or partial or _is_of_another(query, grounded, evidence)
    )
    if told and (
        all(_says(grounded.text, record) for record in records) or _reads_better(query, grounded, records)
    ):
        return Reply(_with_wording(grounded, query), "answered", grounded.citations)
    if records:
        return by_records(query, found)
    readable = [one for one in grounded.unreadable if is_of_the_time_asked(one.period, found[0].slot)]
    if readable and len(found) == 1:
        return quotes(query, readable)
    best = best_clauses(query, found, "" if unmeasured else text)
    quoted_only = quotes(query, best)
    units = asked_units(query.text) if query.wanted == "list" else [measured_unit(query.text)]
    figureless = not any(has_number(one.quote, unit) for one in quoted_only.citations for unit in units)
    # A translation's words need not be the report's.
    strange = query.language == "zh" and not any(one.covered for one in best)
    another = query.language == "zh" and all(_lacks_name(query, one) for one in best)
    # Which of two provinces has more is asked of those two.
    wanting = (
        query.language == "zh"
        and len(query.places) <= 1
        and lacks_kind(query.asked, [one.quote for one in quoted_only.citations], query.places)
    )
    if doubtful or wanting or (_asks_figures(query) and (figureless or strange or another)):
        return absence(query, evidence)
    return quoted_only


def _tells_of_each(grounded: Grounded, found: Sequence[Found]) -> bool:
    """Whether a clause is cited for each place and period that is asked about, of which there is one."""
    cited = [(one.report, one.start) for one in grounded.citations]
    return all(
        any(
            one.report == report and one.start <= start < one.end
            for one in part.evidence
            for report, start in cited
        )
        for part in found
        if part.evidence
    )


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
    said = quotes(query, [one for part in found for one in part.evidence])
    if len(said.citations) == len(firsts):
        return Reply(said.text, "answered", said.citations)
    opening = reported("", firsts[0].period, query.language).partition("“")[0]
    items = ("、" if query.language == "zh" else ", ").join(
        f"“{one.quote.strip('，,。；;')}”[{one.marker}]" for one in said.citations
    )
    return Reply(f"{opening}{items}", "answered", said.citations)


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


def _contrast(query: Query, found: Sequence[Found]) -> Reply:
    """The best clause of each slot that can be compared, and which has more, or was earlier, if all can."""
    best = [
        max(part.evidence, key=lambda one: (is_comparable(query, one), speaks_most(one, query)))
        for part in found
        if part.evidence
    ]
    said = quotes(query, best)
    conclusion = contrasted(query, best) if len(best) == len(found) else ""
    if not conclusion:
        return said
    joiner = "" if query.language == "zh" else " "
    marks = "".join(f"[{citation.marker}]" for citation in said.citations)
    return Reply(f"{said.text}{joiner}{conclusion}{marks}", "answered", said.citations)
