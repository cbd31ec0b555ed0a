"""Pure: answers and verdicts as JSON documents (the fixed field names), and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from index.types import Hit, Indicator
    from rag.types import Answer, Citation, Evidence
    from rag.verdicts import Check, ClaimVerdict

Json = dict[str, Any]

PERIODS: Final = {
    "zh": {"actual": "实绩", "target": "目标", "ongoing": "进行中", "plan": "规划", "policy": "政策"},
    "en": {"actual": "result", "target": "target", "ongoing": "ongoing", "plan": "plan", "policy": "policy"},
}
_MEASURES: Final = {"growth": "增长", "decline": "下降", "rank": "第"}
_SAID_AFTER: Final = frozenset({"以上", "以下", "以内", "左右"})


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


def figure_words(record: Indicator) -> str:
    """A record's figure as the report would put it: 增长6%左右, 超过6万家."""
    measure = _MEASURES.get(record.measure, "")
    if record.qualifier in _SAID_AFTER:
        return f"{measure}{record.value}{record.unit}{record.qualifier}"
    return f"{measure}{record.qualifier}{record.value}{record.unit}"


def check_json(check: Check) -> Json:
    """``check`` as the document that programs rely on."""
    made_by = check.fingerprint
    return {
        "statement": check.statement,
        "claims": [_claim_json(claim) for claim in check.claims],
        "aside": [{"start": one.start, "end": one.end, "reason": one.reason} for one in check.aside],
        "fingerprint": {"index": made_by.index, "model": made_by.model, "prompts": made_by.prompts},
    }


def _claim_json(claim: ClaimVerdict) -> Json:
    return {
        "claim": claim.claim,
        "start": claim.start,
        "end": claim.end,
        "verdict": claim.verdict,
        "explanation": claim.explanation,
        "citations": [citation_json(citation) for citation in claim.citations],
        "differences": [
            {"kind": one.kind, "stated": one.stated, "official": one.official} for one in claim.differences
        ],
        "confidence": claim.confidence,
    }
