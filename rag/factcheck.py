"""Statements checked against the reports, claim by claim.

Exact wording first, then the nearest official words laid beside the claim,
then the ledger; a language model is asked only where meaning decides, and what
no report speaks of is not in the reports.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import prompts
from rag.check_decision import Weighing, decided, ledger_decides
from rag.check_derived import unless_derived
from rag.check_goals import goals_met
from rag.check_halves import by_its_parts
from rag.check_ledger import by_ledger, compared
from rag.check_meaning import observe
from rag.check_outcome import with_subject
from rag.check_reading import (
    OF_REPORT,
    SUBJECT,
    Finding,
    Place,
    Reading,
    any_of,
    in_its_part,
    inherited,
    is_handed,
    leading_province,
    names_of,
    of_place,
    said_of,
    sole_place,
    told_statuses,
    without_effect,
)
from rag.check_records import Times
from rag.check_reports import ReportText
from rag.check_text import in_written_verbs, plain, simplified
from rag.check_translation import restated, without_strange_goals
from rag.check_weighing import is_settled, is_unsure
from rag.check_wording import exact, laid_beside, told_otherwise, without_prefix
from rag.claims import split_claims
from rag.errors import QuestionError
from rag.places import NATION, asked_places
from rag.question import interpret
from rag.shelf import Shelf
from rag.times import asked_years
from rag.types import Citation, Fingerprint, Question
from rag.verdicts import Check, ClaimVerdict, explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.searcher import Searcher
    from rag.claims import Claim
    from rag.verdicts import Aside, Odds

    Judge = Callable[[str, str], Odds | None]

MAX_CHARACTERS: Final = 20_000
_KEPT: Final = 32
_MEANT: Final = re.compile(r"(?:力争|争取|确保|力求|计划|拟)(?:实现|达到)?$")
_TIMES: Final = frozenset({"year", "status"})


class FactChecker:
    """Checks statements against the indexed reports.

    Args:
        searcher: the index.
        default_report: the report that is meant when a claim names no other.
        translate: puts English into Chinese; without it English claims are searched as they are.
        judge: a model's odds on a claim beside an official wording, None where it is not there; it is asked only
            where meaning decides and all else leaves it unsure.
        model: the name of that model, for the fingerprint.
    """

    def __init__(
        self,
        searcher: Searcher,
        default_report: str,
        translate: Callable[[str], str] | None = None,
        judge: Judge | None = None,
        model: str = "none",
    ) -> None:
        self._searcher = searcher
        self._default = default_report
        self._translate = translate or _as_it_is
        self._odds = judge
        self._model = model
        self._prepared = lru_cache(maxsize=_KEPT)(self._prepare)

    def check(
        self,
        statement: str,
        reports: tuple[str, ...] = (),
        history: tuple[tuple[str, str], ...] = (),
        *,
        use_model: bool = True,
    ) -> Check:
        """The verdicts on the claims of ``statement``, in the order of the text.

        Raises:
            QuestionError: the statement is empty, too long, or in another language.
            IndexUnavailable: nothing is indexed.
            ReportNotFound: one of ``reports`` is not indexed.
        """
        _, aside = _split(statement)
        verdicts = self.stream(statement, reports, history, use_model=use_model)
        ordered = tuple(sorted(verdicts, key=lambda verdict: verdict.start))
        return Check(statement, ordered, self.fingerprint(use_model=use_model), aside)

    def stream(
        self,
        statement: str,
        reports: tuple[str, ...] = (),
        history: tuple[tuple[str, str], ...] = (),
        *,
        use_model: bool = True,
    ) -> Iterator[ClaimVerdict]:
        """The verdicts one by one, each as soon as it is there: those that need no model first; raises as ``check`` does."""
        waiting = []
        claims, place = _split(statement)[0], self._place(statement)

        def read(parts: Iterable[Claim]) -> Iterator[Weighing]:
            return (self._weighing(self._read(one, reports, history, place)) for one in parts)

        def found(weighing: Weighing) -> Finding:
            return by_its_parts(weighing.reading, decided(weighing), read)

        for claim in claims:
            weighing = self._weighing(self._read(claim, reports, history, place))
            if (
                use_model
                and self._odds
                and is_unsure(weighing.found, weighing.observed, weighing.reading.claim.text)
            ):
                waiting.append(weighing)
            else:
                yield self._worded(weighing.reading, found(weighing))
        for weighing in waiting:
            yield self._worded(weighing.reading, found(self.judged(weighing)))

    def weighings(self, statement: str, reports: tuple[str, ...] = ()) -> Iterator[Weighing]:
        """What the verdict on each claim rests on, the model not asked; raises as ``check`` does."""
        claims, place = _split(statement)[0], self._place(statement)
        for claim in claims:
            yield self._weighing(self._read(claim, reports, (), place))

    def judged(self, weighing: Weighing) -> Weighing:
        """``weighing`` with the model's odds on the nearest wording; as it is without a model, or a wording."""
        if self._odds is None or not weighing.observed:
            return weighing
        nearest = weighing.observed[0]
        label = f"【{nearest.label}】" if nearest.label else ""
        odds = self._odds(weighing.reading.text, f"{label}{nearest.words.strip()}")
        return replace(weighing, odds=odds)

    def fingerprint(self, *, use_model: bool = True) -> Fingerprint:
        """What verdicts are made by at the moment."""
        index = self._searcher.library.generation.manifest.fingerprint
        if self._odds is None or not use_model:
            return Fingerprint(index, "none", "none")
        return Fingerprint(index, self._model, prompts.fingerprint())

    def _weighing(self, reading: Reading) -> Weighing:
        found = exact(reading, reading.text, "") or of_place(
            reading, unless_derived(reading, self._judge(reading))
        )
        return Weighing(reading, found, () if is_settled(found) else observe(reading, self._searcher))

    def _place(self, statement: str) -> str:
        return sole_place(statement, [entry.place for entry in self._searcher.library.entries])

    def _read(
        self,
        claim: Claim,
        reports: tuple[str, ...],
        history: tuple[tuple[str, str], ...],
        place: str,
    ) -> Reading:
        entries = self._searcher.library.entries
        shelf = Shelf(entries, self._default)
        indexed = [entry.place for entry in entries]
        said = in_written_verbs(with_subject(simplified(claim.text), simplified(claim.lead)))
        asked = inherited(claim, indexed, place) + without_effect(said)
        query = interpret(Question(asked, history, reports), shelf, self._translated)
        base = self._base(reports, shelf)
        text = plain(query.text if query.language == "en" else without_effect(said)).text
        lead = plain(claim.lead).text
        spoken = query.years
        if query.language == "en" and OF_REPORT.search(claim.text):
            # The year of a report is none of what it tells: according to the 2025 report.
            spoken = spoken if asked_years(OF_REPORT.sub("", claim.text), base) else ()
        years = said_of(text) or spoken or asked_years(lead, base)
        own_years = asked_years(text, base)
        statuses = told_statuses(text) or (() if own_years else told_statuses(lead))
        places = tuple(dict.fromkeys(name for p in query.places for name in names_of(p)))
        known = [*reports] if reports else [r for slot in query.slots for r in slot.filters.reports]
        # What is said of a place with a report of its own is not to be borne out, or refuted, by the default one.
        if (
            not reports
            and shelf.home is not None
            and not set(query.places) & (set(indexed) - {shelf.home.place})
        ):
            known.append(shelf.home.id)
        named = (*asked_places(text[:SUBJECT], indexed), *query.missing, *leading_province(text, indexed))
        # A translator makes the nation of "nationally monitored".
        strange = {NATION} - set(query.places) if query.language == "en" else set()
        texts = tuple(self._prepared_for(report) for report in dict.fromkeys(known))
        return Reading(
            claim=claim,
            query=query,
            text=text,
            times=Times(years, statuses),
            places=places,
            named=tuple(place for place in named if place not in strange and not is_handed(place, text)),
            own=any_of((*places, *named)),
            home=any_of(name for one in texts for name in names_of(one.parsed.report.place)),
            reports=texts,
        )

    def _translated(self, english: str) -> str:
        """``english`` in Chinese, with its own figures, and no goal where it sets none."""
        return restated(english, without_strange_goals(english, self._translate(english)))

    def _base(self, reports: tuple[str, ...], shelf: Shelf) -> int:
        if reports:
            return self._searcher.library.entry(reports[0]).year
        return shelf.home.year if shelf.home else 0

    def _prepared_for(self, report: str) -> ReportText:
        return self._prepared(self._searcher.library.entry(report).shard, report)

    def _prepare(self, _shard: str, report: str) -> ReportText:
        return ReportText(self._searcher.library.parsed(report))

    def _judge(self, reading: Reading) -> Finding:
        bare = without_prefix(reading)
        quoted = exact(reading, bare, reading.text[: len(reading.text) - len(bare)]) if bare else None
        if quoted is not None:
            return quoted
        together = goals_met(reading)
        if together is not None:
            return together
        laid = laid_beside(reading)
        if laid is not None and laid.verdict == "supported":
            return laid
        known = compared(reading, self._searcher, self._prepared_for) or by_ledger(reading, self._searcher)
        if laid is not None and known is not None:
            return known[0] if ledger_decides(*known, laid) else laid
        return (
            laid
            or (known and known[0])
            or told_otherwise(reading)
            or Finding("not_enough_info", confidence=0.6)
        )

    def _worded(self, reading: Reading, found: Finding) -> ClaimVerdict:
        claim = reading.claim
        if found.verdict == "refuted" and {one.kind for one in found.differences} <= _TIMES:
            found = replace(found, places=tuple(map(in_its_part, found.places)))
        official = (
            found.places[0].report.parsed.report.text[found.places[0].start : found.places[0].end]
            if found.places
            else ""
        )
        return ClaimVerdict(
            claim=claim.text,
            start=claim.start,
            end=claim.end,
            verdict=found.verdict,
            explanation=explained(
                found.verdict, official, found.differences, found.note, reading.query.language
            ),
            citations=tuple(
                self._cite(place, i) for i, place in enumerate(dict.fromkeys(found.places), start=1)
            ),
            differences=found.differences,
            confidence=round(found.confidence, 3),
        )

    def _cite(self, place: Place, marker: int) -> Citation:
        report = place.report.parsed.report
        clause = place.clause
        # 力争 right before the words is part of what they say.
        meant = _MEANT.search(report.text[clause.start : place.start])
        start = place.start - len(meant[0]) if meant else place.start
        return Citation(
            marker, report.id, report.title, clause.section, clause.period,
            start, place.end, report.text[start : place.end],
        )  # fmt: skip


def _split(statement: str) -> tuple[tuple[Claim, ...], tuple[Aside, ...]]:
    """Claims and what is left aside. Raises ``QuestionError``."""
    if not re.search(r"\w", statement):
        raise QuestionError("The statement is empty. Paste a sentence or a text to check.")
    if len(statement) > MAX_CHARACTERS:
        raise QuestionError(
            f"The statement has {len(statement)} characters; at most {MAX_CHARACTERS} can be checked at a time. "
            "Check it in parts.",
        )
    return split_claims(statement)


def _as_it_is(text: str) -> str:
    return text
