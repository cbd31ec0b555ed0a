"""Verdicts on statements. Frozen and slotted; the words in which they are explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rag.figures import in_english

if TYPE_CHECKING:
    from rag.types import Citation, Fingerprint, Language

Verdict = Literal["supported", "refuted", "partly_supported", "not_enough_info"]

DifferenceKind = Literal["figure", "year", "status", "place", "qualifier", "wording", "entity"]


@dataclass(frozen=True, slots=True)
class Odds:
    """What a language model makes of a claim beside an official wording, in log-odds.

    Attributes:
        right: that it bears the claim out, against that it contradicts it.
        told: that it does either, against that it does not speak of it.
    """

    right: float
    told: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One point in which a claim differs from the report, in the words of each ("" where one has none)."""

    kind: DifferenceKind
    stated: str
    official: str


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """The verdict on one claim: ``statement[start:end] == claim``.

    ``citations`` are empty if and only if the verdict is ``not_enough_info``;
    ``explanation`` is one sentence in the language of the statement;
    ``confidence`` in [0, 1] is how sure the verdict is.
    """

    claim: str
    start: int
    end: int
    verdict: Verdict
    explanation: str
    citations: tuple[Citation, ...]
    differences: tuple[Difference, ...]
    confidence: float


AsideReason = Literal["greeting", "opinion", "question", "heading", "source", "no_words"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of a statement that is not checked, and why: a greeting, an opinion, a question, a heading, a note of the source."""

    start: int
    end: int
    reason: AsideReason


@dataclass(frozen=True, slots=True)
class Check:
    """The verdicts on all claims of a statement, in its order; ``aside`` is what was left out."""

    statement: str
    claims: tuple[ClaimVerdict, ...]
    fingerprint: Fingerprint
    aside: tuple[Aside, ...] = ()


def explained(
    verdict: Verdict, official: str, differences: tuple[Difference, ...], note: str, language: Language
) -> str:
    """One sentence: the official wording, what differs, and ``note`` (whose figure the stated one is)."""
    if verdict == "not_enough_info":
        return "报告未提及，无法判断。" if language == "zh" else "The report does not say."
    if language == "en":
        return _in_english(verdict, official, differences, note)
    if verdict == "supported":
        return f"与报告一致：“{official}”。"
    named = "；".join(_chinese(one) for one in differences if one.kind not in {"year", "status"} or not note)
    tail = "；".join(part for part in (note, named) if part)
    return f"报告：“{official}”{'；' + tail if tail else ''}。"


_KINDS = {
    "figure": "数字", "year": "年份", "status": "目标与实绩", "place": "地点", "qualifier": "限定词",
    "wording": "表述", "entity": "名称",
}  # fmt: skip


def _chinese(one: Difference) -> str:
    if not one.official:
        return f"报告没有“{one.stated}”"
    if not one.stated:
        return f"陈述缺少“{one.official}”"
    return f"{_KINDS[one.kind]}不同：陈述为“{one.stated}”，报告为“{one.official}”"


def _in_english(verdict: Verdict, official: str, differences: tuple[Difference, ...], note: str) -> str:
    figures = in_english(official)
    quote = f"“{official}”" + (f" ({figures})" if figures else "")
    if verdict == "supported":
        return f"As in the report: {quote}."
    named = "; ".join(f"{one.kind}: stated “{one.stated}”, official “{one.official}”" for one in differences)
    tail = "; ".join(part for part in (note, named) if part)
    return f"The report: {quote}{'; ' + tail if tail else ''}."
