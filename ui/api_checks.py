"""Pure: verdicts as the document that programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.presentation import citation_json

if TYPE_CHECKING:
    from rag.verdicts import Check, ClaimVerdict


def check_json(check: Check) -> dict[str, Any]:
    """``check`` as the document that programs rely on."""
    made_by = check.fingerprint
    return {
        "statement": check.statement,
        "claims": [_claim_json(claim) for claim in check.claims],
        "aside": [{"start": one.start, "end": one.end, "reason": one.reason} for one in check.aside],
        "fingerprint": {"index": made_by.index, "model": made_by.model, "prompts": made_by.prompts},
    }


def _claim_json(claim: ClaimVerdict) -> dict[str, Any]:
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
