"""Cases and answers in, scores out: item by item, then added up by type and language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from evals.cases import GoldEvidence
from evals.metrics import claim_f1, has_forbidden, has_keys, supports, worst_verdict
from evals.ranking import ranking_scores
from evals.statistics import Share, percentile, share
from evals.text_metrics import TextScores, text_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evals.cases import Case
    from evals.records import AnswerRecord

_SEARCH_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one answer is worth.

    Attributes:
        right: None where the item cannot be scored (a search for what is nowhere).
        confused: gives a figure of another year, place or status.
        cited, cited_good: citations, and those that point at gold evidence.
        parts, parts_found: pieces of gold evidence, and those that are cited.
        quotes, quotes_wrong: citations whose offsets were looked up, and those that are not exact.
        verdict: of a claim; "" else.
        first_token, total: milliseconds; 0 where not measured.
    """

    id: str
    right: bool | None
    refused: bool = False
    confused: bool = False
    error: bool = False
    cited: int = 0
    cited_good: int = 0
    parts: int = 0
    parts_found: int = 0
    quotes: int = 0
    quotes_wrong: int = 0
    verdict: str = ""
    text: TextScores | None = None
    first_token: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Parity:
    """Pairs of a Chinese and an English item that ask the same: how many both got right, and how many fared alike."""

    pairs: int
    both_right: int
    alike: int


@dataclass(frozen=True, slots=True)
class Scores:
    """A run in figures; see the functions of ``evals.metrics`` for what each is.

    ``right`` is by "ALL", by type and by "lang:zh" and "lang:en"; ``cells`` by
    "type/language". ``refusal`` and ``citations`` hold precision and recall,
    the latter also ``exact``; ``text`` the means over items with references;
    ``retrieval`` those of ``evals.ranking``; the latencies p50 and p95 in ms.
    """

    items: int
    errors: int
    confused: int
    right: dict[str, Share]
    cells: dict[str, Share]
    refusal: dict[str, Share]
    citations: dict[str, Share]
    claims: dict[str, float]
    confusion: dict[str, int]
    text: dict[str, float]
    retrieval: dict[str, float]
    parity: Parity
    total_ms: dict[str, float]
    first_token_ms: dict[str, float]


def score(case: Case, answer: AnswerRecord | None) -> Outcome:
    """The outcome of ``answer`` to ``case``; a missing one is an error."""
    if answer is None or answer.status == "error":
        return Outcome(case.id, right=False, error=True)
    if answer.status == "found":
        return _search_outcome(case, answer)
    if case.is_claim:
        verdict = worst_verdict(claim.verdict for claim in answer.claims)
        return Outcome(case.id, right=verdict == case.label, verdict=verdict)
    return _question_outcome(case, answer)


def _question_outcome(case: Case, answer: AnswerRecord) -> Outcome:
    looked_up = [citation for citation in answer.citations if citation.exact is not None]
    likeness = text_scores(answer.answer, case.references) if case.answerable and case.references else None
    citations = answer.citations if case.answerable else ()
    evidence = _gold_places(case)
    return Outcome(
        case.id,
        right=_right(case, answer, likeness),
        refused=answer.refused,
        confused=case.answerable and has_forbidden(answer.answer, case.forbidden),
        cited=len(citations),
        cited_good=sum(any(supports(c.report, c.quote, gold) for gold in evidence) for c in citations),
        parts=len(evidence),
        parts_found=sum(any(supports(c.report, c.quote, gold) for c in citations) for gold in evidence),
        quotes=len(looked_up),
        quotes_wrong=sum(not citation.exact for citation in looked_up),
        text=likeness,
        first_token=answer.timings_ms.first_token,
        total=answer.timings_ms.total,
    )


def _gold_places(case: Case) -> tuple[GoldEvidence, ...]:
    """The gold evidence; whole documents where a set names no sentences, for then any place in them counts."""
    if not case.answerable:
        return ()
    return case.evidence or tuple(GoldEvidence(document, "") for document in case.documents)


def _right(case: Case, answer: AnswerRecord, likeness: TextScores | None) -> bool:
    if not case.answerable:
        return answer.refused
    if answer.refused:
        return False
    if likeness is not None and not case.keys:
        return likeness.holds == 1
    return has_keys(answer.answer, case.keys) and not has_forbidden(answer.answer, case.forbidden)


def _search_outcome(case: Case, answer: AnswerRecord) -> Outcome:
    """A search is right if one of its first five hits is a gold document or meets gold evidence."""
    wanted = relevant_ids(case)
    first = ranked_ids(case, answer, depth=_SEARCH_DEPTH)
    right = bool(set(wanted) & set(first)) if wanted else None
    return Outcome(case.id, right=right, total=answer.timings_ms.total)


def relevant_ids(case: Case) -> list[str]:
    """What a search for ``case`` should find: its documents, or its pieces of evidence; none for what is nowhere."""
    if not case.answerable:
        return []
    return list(dict.fromkeys(case.documents)) or [f"gold {i}" for i in range(len(case.evidence))]


def ranked_ids(case: Case, answer: AnswerRecord, depth: int | None = None) -> list[str]:
    """The first ``depth`` hits (all for None) as ids that match those of ``relevant_ids``, each once.

    With gold documents a hit counts as its document. Else it counts as the
    pieces of gold evidence that it meets, or as itself where it meets none.
    """
    ids: dict[str, None] = {}
    for i, hit in enumerate(answer.evidence[:depth]):
        if case.documents:
            ids[hit.report] = None
            continue
        met = [
            f"gold {part}" for part, gold in enumerate(case.evidence) if supports(hit.report, hit.quote, gold)
        ]
        ids.update(dict.fromkeys(met or [f"hit {i}"]))
    return list(ids)


def add_up(cases: Sequence[Case], answers: Mapping[str, AnswerRecord]) -> Scores:
    """The scores of ``answers``, by id, to ``cases``."""
    outcomes = {case.id: score(case, answers.get(case.id)) for case in cases}
    pairs = [(case, outcomes[case.id]) for case in cases]
    claims = [(case.label, outcome.verdict) for case, outcome in pairs if case.is_claim and outcome.verdict]
    return Scores(
        items=len(cases),
        errors=sum(outcome.error for _, outcome in pairs),
        confused=sum(outcome.confused for _, outcome in pairs),
        right=_shares(
            (key, outcome) for case, outcome in pairs for key in ("ALL", case.type, f"lang:{case.lang}")
        ),
        cells=_shares((f"{case.type}/{case.lang}", outcome) for case, outcome in pairs),
        refusal=_refusal(pairs),
        citations=_citations(list(outcomes.values())),
        claims=claim_f1(claims) if claims else {},
        confusion=dict(Counter(f"{gold} -> {given}" for gold, given in claims).most_common()),
        text=_text_means([outcome.text for _, outcome in pairs if outcome.text]),
        retrieval=_retrieval(cases, answers),
        parity=parity(cases, outcomes),
        total_ms=_latency(outcome.total for _, outcome in pairs),
        first_token_ms=_latency(outcome.first_token for _, outcome in pairs),
    )


def parity(cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> Parity:
    """How alike the two languages fare on items that ask the same.

    Two items are a pair if they are of one type, want the same keys, and rest
    on a common piece of evidence; each English item is in one pair at most.
    """
    chinese = [case for case in cases if case.lang == "zh" and case.evidence and case.keys]
    found = []
    for case in cases:
        if case.lang != "en" or not case.keys:
            continue
        twin = next((one for one in chinese if _asks_the_same(case, one)), None)
        if twin is not None:
            found.append((outcomes[case.id].right, outcomes[twin.id].right))
    return Parity(
        pairs=len(found),
        both_right=sum(one is True and other is True for one, other in found),
        alike=sum(one == other for one, other in found),
    )


def _asks_the_same(case: Case, other: Case) -> bool:
    return (
        case.type == other.type and case.keys == other.keys and bool(set(case.evidence) & set(other.evidence))
    )


def _shares(found: Iterable[tuple[str, Outcome]]) -> dict[str, Share]:
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for key, outcome in found:
        if outcome.right is not None:
            hits[key] += outcome.right
            totals[key] += 1
    return {key: share(hits[key], totals[key]) for key in sorted(totals)}


def _refusal(pairs: Sequence[tuple[Case, Outcome]]) -> dict[str, Share]:
    """Precision: of the refusals, those of what no report says. Recall: of what no report says, the refused."""
    refused = [case for case, outcome in pairs if outcome.refused]
    rightly = sum(not case.answerable for case in refused)
    # A search refuses nothing: there such items are not scored.
    scored = [case for case, outcome in pairs if outcome.right is not None and not outcome.error]
    unanswerable = sum(not case.answerable for case in scored)
    return {"precision": share(rightly, len(refused)), "recall": share(rightly, unanswerable)}


def _citations(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Precision: citations that point at gold evidence (over answerable questions). Recall: gold evidence that is cited.

    As for citations in generated text in ALCE (Gao et al. 2023), with gold
    evidence in place of a model as the judge. ``exact``: the report's text at
    the citation's offsets is its quote, character by character.
    """
    cited = sum(outcome.cited for outcome in outcomes)
    parts = sum(outcome.parts for outcome in outcomes)
    quotes = sum(outcome.quotes for outcome in outcomes)
    return {
        "precision": share(sum(outcome.cited_good for outcome in outcomes), cited),
        "recall": share(sum(outcome.parts_found for outcome in outcomes), parts),
        "exact": share(quotes - sum(outcome.quotes_wrong for outcome in outcomes), quotes),
    }


def _text_means(found: Sequence[TextScores]) -> dict[str, float]:
    if not found:
        return {}
    names = ("exact", "f1", "rouge_l", "holds")
    return {name: sum(getattr(one, name) for one in found) / len(found) for name in names}


def _retrieval(cases: Sequence[Case], answers: Mapping[str, AnswerRecord]) -> dict[str, float]:
    searched = [case for case in cases if relevant_ids(case) and case.id in answers and not case.is_claim]
    relevant = {case.id: relevant_ids(case) for case in searched}
    return ranking_scores(relevant, {case.id: ranked_ids(case, answers[case.id]) for case in searched})


def _latency(values: Iterable[int]) -> dict[str, float]:
    """p50, p95 and the number of items, over those that took any time."""
    measured = [float(value) for value in values if value]
    if not measured:
        return {}
    return {"p50": percentile(measured, 0.5), "p95": percentile(measured, 0.95), "n": len(measured)}
