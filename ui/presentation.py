"""Pure: answers as JSON documents (the fixed field names), as plain text, and as HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from index.types import Hit, Indicator
    from rag.types import Answer, Citation, Evidence

Json = dict[str, Any]

PERIODS: Final = {
    "zh": {"actual": "实绩", "target": "目标", "ongoing": "进行中", "plan": "规划", "policy": "政策"},
    "en": {"actual": "result", "target": "target", "ongoing": "ongoing", "plan": "plan", "policy": "policy"},
}


def answer_json(answer: Answer) -> Json:
    """``answer`` as the document that programs rely on."""
    query = answer.query
    return {
        "question": answer.question,
        "answer": answer.text,
        "status": answer.status,
        "language": query.language,
        "query": {
            "text": query.text,
            "years": list(query.years),
            "statuses": list(query.statuses),
            "places": list(query.places),
        },
        "citations": [citation_json(citation) for citation in answer.citations],
        "evidence": [evidence_json(one) for one in answer.evidence],
        "timings_ms": {
            "interpret": answer.timings.interpret,
            "search": answer.timings.search,
            "first_token": answer.timings.first_token,
            "total": answer.timings.total,
        },
        "fingerprint": {
            "index": answer.fingerprint.index,
            "model": answer.fingerprint.model,
            "prompts": answer.fingerprint.prompts,
        },
    }


def citation_json(citation: Citation) -> Json:
    """A citation with its exact place."""
    return {
        "marker": citation.marker,
        "report": citation.report,
        "title": citation.title,
        "section": list(citation.section),
        "year": citation.period.year,
        "period": citation.period.status,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def evidence_json(evidence: Evidence) -> Json:
    """A clause that was found."""
    return {
        "rank": evidence.rank,
        "report": evidence.report,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "score": round(evidence.score, 4),
        "year": evidence.period.year,
        "period": evidence.period.status,
        "section": list(evidence.section),
    }


def hit_json(hit: Hit, rank: int) -> Json:
    """A passage that was found."""
    return {
        "rank": rank,
        "report": hit.report,
        "start": hit.start,
        "end": hit.end,
        "quote": hit.quote,
        "score": round(hit.score, 4),
        "year": hit.period.year,
        "period": hit.period.status,
        "section": list(hit.section),
    }


def indicator_json(record: Indicator) -> Json:
    """A ledger record."""
    return {
        "report": record.report,
        "place": record.place,
        "indicator": record.indicator,
        "value": record.value,
        "unit": record.unit,
        "qualifier": record.qualifier,
        "measure": record.measure,
        "year": record.year,
        "status": record.status,
        "start": record.start,
        "end": record.end,
        "quote": record.quote,
    }


def answer_text(answer: Answer) -> str:
    """``answer`` for a terminal: the answer, then each source with its place."""
    lines = [answer.text]
    if answer.status == "evidence_only":
        lines.insert(0, note_evidence_only(answer.query.language))
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        lines.append(f"[{citation.marker}] {source_line(citation, answer.query.language)}")
        lines.append(f"    “{citation.quote}”")
    return "\n".join(lines)


def note_evidence_only(language: str) -> str:
    """What is said above an answer that is only quotation."""
    if language == "en":
        return "No checked wording by the model; this is what the report says:"
    return "没有经核对的模型回答；以下是报告原文："


def source_line(citation: Citation, language: str) -> str:
    """Report, section path, period and characters of a citation in one line."""
    where = " › ".join((citation.title, *citation.section))
    return f"{where} · {period_words(citation.period.year, citation.period.status, language)} · {citation.start}–{citation.end}"


def period_words(year: int | None, status: str, language: str) -> str:
    """Year and status in words."""
    word = PERIODS[language][status]
    if year is None:
        return word
    return f"{year} {word}" if language == "en" else f"{year}年{word}"


def sources_html(answer: Answer) -> str:
    """The citations as HTML; report text is data and escaped."""
    cards = [
        f'<li class="source {citation.period.status}"><div class="where">'
        f"<b>[{citation.marker}]</b> "
        f'<span class="period">{html.escape(period_words(citation.period.year, citation.period.status, answer.query.language))}</span> '
        f"{html.escape(' › '.join((citation.title, *citation.section)))}"
        f' <span class="offsets">{citation.start}–{citation.end}</span></div>'
        f"<blockquote>{html.escape(citation.quote)}</blockquote></li>"
        for citation in answer.citations
    ]
    return f'<ol class="sources">{"".join(cards)}</ol>' if cards else ""


def plain_markdown(text: str) -> str:
    """``text`` escaped so that Markdown shows it as it is: no links, images, markup."""
    return re.sub(r"([\\`*_{}<>#|!\[\]()~])", r"\\\1", text)
