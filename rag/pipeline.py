"""The story of an answer: interpret -> search -> evidence -> generate -> ground."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import prompts
from index.glossary import with_official_terms
from index.romanised import in_signs
from index.tokens import is_chinese
from rag.apart import as_meant_and_as_it_came, of_each_thing, one_by_one
from rag.assumed import asked_besides, assumption, is_confirmed, is_contradicted, sets_side_by_side
from rag.check_translation import in_round_words, restated, with_own_places, with_share, without_strange_years
from rag.corrections import affirmed, contradicted, of_the_place_asked, set_right, told_too
from rag.errors import ModelUnavailable
from rag.evidence import gather
from rag.factcheck import FactChecker
from rag.leading import lead_of, nearness_of
from rag.placed import put_elsewhere
from rag.places import asked_places, in_chinese_names
from rag.premise import misplaced, misquoted, mistimed, never_happened
from rag.question import clean, interpret, language_of
from rag.quoting import Reply, leading, quotation
from rag.refusal import asks_verdict, assess, is_doubtful, is_open, refuses
from rag.replies import absence, corrected, grounded_reply, reply_by_code
from rag.routes import in_route_names
from rag.shelf import Shelf
from rag.terms import in_official_terms
from rag.times import asked_years
from rag.types import Answer, Event, Fingerprint, Question, Timings

if TYPE_CHECKING:
    from collections.abc import Generator as Steps
    from collections.abc import Sequence

    from index.searcher import Searcher
    from rag.answers import Answers
    from rag.generation import Generator, Kind
    from rag.leading import Lead
    from rag.refusal import Confidence
    from rag.types import Evidence, Found, Query
    from rag.verdicts import Odds

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
# Where the clause speaks of less of an English question, the terms that were known may not be what it is about:
# of 96 questions of our own that records answered so, 82 lay above this, all of them answered rightly, and two of the 14 below were not.
_TOLD: Final = 0.14
# In so many reports, the latest of its place, a name is looked for.
_NAMED_IN: Final = 5


@dataclass(frozen=True, slots=True)
class Budget:
    """How much evidence the model is shown."""

    clauses: int = 3
    characters: int = 200


class _Clock:
    """Milliseconds since the question came in, by stage."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.marks: dict[str, int] = {}

    def mark(self, stage: str) -> None:
        self.marks.setdefault(stage, round((time.perf_counter() - self._start) * 1000))

    def timings(self) -> Timings:
        self.mark("total")
        return Timings(**self.marks)


class Pipeline:
    """Answers questions from the indexed reports.

    Args:
        searcher: the index.
        generator: the language model.
        default_report: the report that is meant when a question names no other.
        budget: how much evidence the model is shown.
        answers: where answers are kept; None keeps none.
    """

    def __init__(
        self,
        searcher: Searcher,
        generator: Generator,
        default_report: str,
        budget: Budget = Budget(),
        answers: Answers | None = None,
    ) -> None:
        self._searcher = searcher
        self._answers = answers
        self._failures = 0
        self._generator = generator
        self._default = default_report
        self._budget = budget
        self.checker = FactChecker(
            searcher, default_report, self.translate_statement, self.judge_claim, generator.name
        )

    def answer(self, question: Question, *, use_model: bool = True) -> Answer:
        """The answer to ``question``. Raises ``QuestionError`` and ``IndexUnavailable``."""
        for event in self.stream(question, use_model=use_model):
            if event.answer is not None:
                return event.answer
        raise AssertionError("a stream ends with its answer")

    def stream(self, question: Question, *, use_model: bool = True) -> Steps[Event]:
        """The evidence, then text as it is written, then the checked answer; see ``Event``."""
        clock = _Clock()
        made_by, failures = self.fingerprint(), self._failures
        kept = self._answers and self._answers.get(question, made_by, use_model=use_model)
        if kept:
            yield Event("evidence", evidence=kept.evidence, query=kept.query)
            yield Event("answer", answer=replace(kept, timings=clock.timings()))
            return
        answer = yield from self._made(question, clock, use_model=use_model)
        # Nothing is kept that was said while the model was away, or while the index changed.
        if self._answers and self._failures == failures and answer.fingerprint == made_by:
            self._answers.put(question, answer, use_model=use_model)
        yield Event("answer", answer=answer)

    def _made(self, question: Question, clock: _Clock, *, use_model: bool) -> Steps[Event, None, Answer]:
        """The answer, as the generator's return value; yields the evidence and the model's text on the way."""
        query, found = yield from self._read(question, clock, use_model=use_model)
        evidence = _all_of(found)
        reply = put_elsewhere(question, query, self._read_plainly, self._gather) or self._on_assumption(
            question, query, found, use_model=use_model
        )
        if reply is None:
            reply = yield from self._reply(query, found, evidence, clock, use_model=use_model)
        clock.mark("first_token")  # a reply worded by code comes whole
        return self._answer(question, query, evidence, reply, clock)

    def interpret(self, question: Question, *, use_model: bool = True) -> Query:
        """``question`` read against the indexed reports."""
        shelf = Shelf(self._searcher.library.entries, self._default)
        return interpret(question, shelf, self.translate if use_model else self._termed)

    def _read(
        self, question: Question, clock: _Clock, *, use_model: bool
    ) -> Steps[Event, None, tuple[Query, tuple[Found, ...]]]:
        """``question`` read, and the evidence for it; what takes longer to find is looked for once the first is shown.

        Of an English one that is what its terms alone find; where code words an answer from it, no translation
        is needed, which takes seconds.
        """
        if use_model and language_of(clean(question.text)) == "en":
            query = self.interpret(question, use_model=False)
            clock.mark("interpret")
            found = yield from self._found(query, clock)
            if self._is_found_by_terms(query, found):
                return query, found
        query = self.interpret(question, use_model=use_model)
        clock.mark("interpret")
        whole = as_meant_and_as_it_came(question, query, self._read_plainly, self._gather)
        if whole:
            yield self._shown(query, whole, clock)
            return query, whole
        apart = one_by_one(question, query, self._read_plainly, self._gather) or of_each_thing(
            query, self._gather
        )
        if apart:
            query = replace(query, wanted="list")
            yield self._shown(query, apart, clock)
            return query, apart
        return query, (yield from self._found(query, clock))

    def _found(self, query: Query, clock: _Clock) -> Steps[Event, None, tuple[Found, ...]]:
        """The evidence for ``query``, shown; what is found of it without the meaning of each part is shown before."""
        found = self._gather(query, by_meaning=False)
        yield self._shown(query, found, clock)
        if any(part.provisional for part in found):
            found = self._gather(query)
            yield self._shown(query, found, clock)
        return found

    @staticmethod
    def _shown(query: Query, found: tuple[Found, ...], clock: _Clock) -> Event:
        clock.mark("search")
        return Event("evidence", evidence=_all_of(found), query=query)

    def _read_plainly(self, question: Question) -> Query:
        """``question`` read without the model."""
        return self.interpret(question, use_model=False)

    def _is_found_by_terms(self, query: Query, found: tuple[Found, ...]) -> bool:
        """Whether what an English question asks for, a figure or a place in the report, is found by its terms in Chinese alone."""
        recorded = query.wanted in {"figure", "comparison"} and all(part.record for part in found)
        if not recorded and query.wanted != "section":
            return False
        confidence = assess(query, found, self._searcher)
        if query.wanted == "figure" and confidence.best < _TOLD:
            return False
        return not refuses(query, found, confidence) and not asks_verdict(query, found, confidence)

    def _gather(self, query: Query, *, by_meaning: bool = True) -> tuple[Found, ...]:
        budget = self._budget
        return gather(query, self._searcher, budget.clauses, budget.characters, by_meaning=by_meaning)

    def confidence(self, question: Question) -> tuple[Query, Confidence]:
        """What the decision to answer ``question`` rests on. Raises ``ModelUnavailable``."""
        query = self.interpret(question)
        found = self._gather(query)
        evidence = _all_of(found)
        confidence = assess(query, found, self._searcher)
        if not is_open(query, found, confidence):
            return query, confidence
        return query, replace(confidence, verdict=self._generator.judge(query, evidence))

    def lead(self, question: Question) -> tuple[Query, tuple[Found, ...], Lead | None]:
        """How far the first clause is ahead for ``question``; None where code answers, or that clause cannot."""
        query = self.interpret(question, use_model=False)
        found = self._gather(query)
        confidence = assess(query, found, self._searcher)
        if not is_open(query, found, confidence) or reply_by_code(query, found) is not None:
            return query, found, None
        near = nearness_of(query, found, self._searcher)
        return query, found, lead_of(query, found, near, unrecorded=confidence.unrecorded)

    def translate_statement(self, text: str) -> str:
        """As ``translate``, for a statement."""
        return self.translate(text, "statement")

    def judge_claim(self, claim: str, official: str) -> Odds | None:
        """The model's odds on a Chinese ``claim`` beside an ``official`` wording; None while it is unavailable."""
        try:
            return self._generator.judge_claim(claim, official)
        except ModelUnavailable:
            self._failures += 1
            return None

    def translate(self, text: str, kind: Kind = "question") -> str:
        """English ``text`` in Chinese; its terms and names alone while the model is unavailable."""
        termed = self._termed(text)
        try:
            drafts = (
                self._generator.translate(*one) for one in ((termed, kind), (text, kind), (text, "statement"))
            )
            # With Chinese terms in it, a small model now and then takes the rest for Chinese too.
            chinese = next((one for one in drafts if is_chinese(one)), termed)
            chinese = with_own_places(termed, with_official_terms(chinese, words_too=is_chinese(chinese)))
            chinese = with_share(termed, chinese)
            texts = self._meant(text)[1]
            chinese = in_route_names(chinese, lambda name: any(name in one for one in texts))
            chinese = restated(text, without_strange_years(text, chinese))
            return in_round_words(chinese) if kind == "question" else chinese
        except ModelUnavailable:
            self._failures += 1
            return termed

    def _termed(self, text: str) -> str:
        """English ``text`` with its terms in Chinese, and its names as the reports of its place and time have them."""
        places, texts = self._meant(text)
        told = in_chinese_names(text, frozenset(places)) if places else text
        return in_signs(in_official_terms(told, lambda term: any(term in one for one in texts)), texts)

    def _meant(self, text: str) -> tuple[Sequence[str], list[str]]:
        """The places that an English ``text`` names, and the texts of the reports of those and its time; of the default one if of none."""
        library = self._searcher.library
        places = asked_places(text, [entry.place for entry in library.entries])
        years = {int(year) + late for year in _YEAR.findall(text) for late in (0, 1)}
        of_place = [
            entry.id
            for entry in library.entries
            if entry.place in places and (not years or entry.year in years)
        ]
        meant = of_place[-_NAMED_IN:] or [entry.id for entry in library.entries if entry.id == self._default]
        return places, [library.parsed(one).report.text for one in meant]

    def fingerprint(self) -> Fingerprint:
        """What answers are made by at the moment."""
        index = self._searcher.library.generation.manifest.fingerprint
        return Fingerprint(index, self._generator.name, prompts.fingerprint())

    def _on_assumption(
        self, question: Question, query: Query, found: tuple[Found, ...], *, use_model: bool
    ) -> Reply | None:
        """The reply to a question about a statement, or one that takes something wrong for granted; None for others.

        An English statement is checked in translation, which is the model's.
        """
        right = misquoted(query, found, self._searcher)
        if right:
            return self._with_the_rest(question, query, corrected(query, right))
        elsewhere = misplaced(query, found, self._searcher) or never_happened(query, found)
        if elsewhere is not None:
            return set_right(query, elsewhere)
        assumed = assumption(query.asked, query.language) if not query.focus and not query.missing else None
        told = len(found) > 1 and all(part.record for part in found)
        if (
            assumed is None
            or (query.language == "en" and not use_model)
            or (told and sets_side_by_side(assumed))
        ):
            return None
        reports = question.reports or of_the_place_asked(query, assumed.statement)
        checked = self.checker.check(assumed.statement, reports, use_model=use_model)
        verdicts = checked.claims
        if query.language == "en" and not assumed.asked:
            # Of a translation the model is less sure than its words are.
            verdicts += self.checker.check(assumed.statement, reports, use_model=False).claims
        for verdict in verdicts:
            if is_contradicted(assumed, verdict):
                reply = contradicted(query, verdict, found, self._searcher.idf)
                return self._with_the_rest(question, query, reply)
        if is_confirmed(assumed, checked.claims):
            return affirmed(query, checked.claims, self._searcher.idf)
        return None

    def _with_the_rest(self, question: Question, query: Query, reply: Reply) -> Reply:
        """``reply`` to what a question takes for granted, and the figure that it asks for besides."""
        rest = asked_besides(query.asked) if query.language == "zh" else ""
        if not rest:
            return reply
        own = self.interpret(Question(rest, question.history, question.reports), use_model=False)
        own = own if asked_years(rest, 0) else replace(own, slots=query.slots)
        found = self._gather(own)
        leads = len(found) == 1 and assess(own, found, self._searcher).leads
        return told_too(reply, own, found, leads=leads) if len(found) == 1 else reply

    def _reply(
        self,
        query: Query,
        found: tuple[Found, ...],
        evidence: tuple[Evidence, ...],
        clock: _Clock,
        *,
        use_model: bool,
    ) -> Steps[Event, None, Reply]:
        """The reply, as the generator's return value; yields the model's text on the way."""
        confidence = assess(query, found, self._searcher)
        try:
            if use_model and asks_verdict(query, found, confidence):
                confidence = replace(confidence, verdict=self._generator.judge(query, evidence))
        except ModelUnavailable:
            self._failures += 1
            use_model = False
        if refuses(query, found, confidence):
            elsewhere = mistimed(query, found, self._searcher)
            return set_right(query, elsewhere) if elsewhere else absence(query, evidence)
        if not use_model:
            return quotation(query, found)
        by_code = reply_by_code(query, found) or (leading(query, found) if confidence.leads else None)
        if by_code is not None:
            return by_code
        pieces: list[str] = []
        try:
            for piece in self._generator.answer(query, evidence):
                clock.mark("first_token")
                pieces.append(piece)
                yield Event("token", token=piece)
        except ModelUnavailable:
            self._failures += 1
            return quotation(query, found)
        doubtful = is_doubtful(query, confidence)
        reply = grounded_reply("".join(pieces), query, found, doubtful=doubtful)
        if reply.status == "answered":
            return reply
        # What no clause of the asked time bears out may be told of another.
        elsewhere = mistimed(query, found, self._searcher)
        return set_right(query, elsewhere) if elsewhere else reply

    def _answer(
        self,
        question: Question,
        query: Query,
        evidence: tuple[Evidence, ...],
        reply: Reply,
        clock: _Clock,
    ) -> Answer:
        return Answer(
            question=question.text,
            text=reply.text,
            status=reply.status,
            query=query,
            citations=reply.citations,
            evidence=evidence,
            timings=clock.timings(),
            fingerprint=self.fingerprint(),
        )


def _all_of(found: tuple[Found, ...]) -> tuple[Evidence, ...]:
    return tuple(one for part in found for one in part.evidence)
