"""Pure: a turn of the conversation as HTML, while it is made and when it is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ui.presentation import answer_json, answer_text
from ui.texts import say
from ui.web_html import badge, chip, data, esc, note, path, place_of

if TYPE_CHECKING:
    from rag.types import Answer, Citation, Evidence, Language

State = Literal["searching", "writing", "stopped", "failed", "done"]

_REASONS = ("reason_figure", "reason_year", "reason_citation", "reason_missing", "reason_other")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what has come of it so far.

    Attributes:
        streamed: the model's text as it comes; replaced by the checked ``answer``.
        message: why it ended, where ``state`` is ``failed``.
    """

    question: str
    reports: tuple[str, ...] = ()
    state: State = "searching"
    evidence: tuple[Evidence, ...] = ()
    streamed: str = ""
    answer: Answer | None = None
    message: str = ""


def conversation(turns: tuple[Turn, ...], language: Language) -> str:
    """Finished turns, oldest first."""
    return "".join(turn_html(turn, language) for turn in turns)


def turn_html(turn: Turn, language: Language) -> str:
    """One turn: the question, the evidence, the answer with its citations, and what can be done with it."""
    parts = [
        f'<h2 class="wz-asked"><span class="wz-sr">{say(language, "you_asked")}: </span>{esc(turn.question)}</h2>'
    ]
    if turn.evidence:
        parts.append(_evidence(turn, language))
    parts.append(_answer(turn.answer, turn, language) if turn.answer else _unfinished(turn, language))
    return f'<article class="wz-turn {turn.state}">{"".join(parts)}</article>'


def _unfinished(turn: Turn, language: Language) -> str:
    text = f'<div class="wz-text streaming">{esc(turn.streamed)}</div>' if turn.streamed else ""
    if turn.state == "failed":
        return note(turn.message, "error")
    if turn.state == "stopped":
        return text + note(say(language, "stopped"))
    words = say(language, "writing" if turn.evidence else "searching")
    return text or f'<p class="wz-waiting" role="status">{words}</p>'


def _evidence(turn: Turn, language: Language) -> str:
    """The clauses that were found, as a row of cards; each opens its place in the report."""
    absent = turn.answer is not None and turn.answer.status == "not_in_reports"
    heading = say(language, "nearby" if absent else "evidence")
    cards = "".join(_card(one, language) for one in turn.evidence)
    count = len(turn.evidence)
    return (
        f'<section class="wz-evidence" aria-label="{esc(heading)}"><h3>{heading} <span>{count}</span></h3>'
        f'<ol class="wz-cards" tabindex="0">{cards}</ol></section>'
    )


def _card(one: Evidence, language: Language) -> str:
    label = say(language, "open_evidence").format(quote=one.quote)
    where = esc(one.section[-1] if one.section else one.title)
    return (
        f'<li><button type="button" class="wz-card" {place_of(one)} aria-label="{esc(label)}">'
        f'<span class="wz-card-top">{badge(one.period, language)}<span class="wz-place">{esc(one.place)}</span></span>'
        f'<span class="wz-quote">{esc(one.quote)}</span><span class="wz-where">{where}</span></button></li>'
    )


def _answer(answer: Answer, turn: Turn, language: Language) -> str:
    banner = ""
    if answer.status == "not_in_reports":
        banner = f'<p class="wz-banner absent">{say(language, "not_in_reports")}</p>'
    elif answer.status == "partial":
        banner = f'<p class="wz-banner partial">{say(language, "partial")}</p>'
    elif answer.status == "evidence_only":
        banner = f'<p class="wz-banner">{say(language, "evidence_only")}</p>'
    return (
        f'<section class="wz-answer {answer.status}" aria-label="{esc(say(language, "the_answer"))}" aria-live="polite">'
        f'{banner}<div class="wz-text">{with_chips(answer, language)}</div>{_citations(answer, language)}</section>'
        f"{_actions(answer, turn, language)}"
    )


def with_chips(answer: Answer, language: Language) -> str:
    """The answer's text with each ``[n]`` turned into a button that opens citation n."""
    chips = {citation.marker: chip(citation, language) for citation in answer.citations}
    return re.sub(r"\[(\d+)\]", lambda match: chips.get(int(match[1]), match[0]), esc(answer.text))


def _citations(answer: Answer, language: Language) -> str:
    if not answer.citations:
        return ""
    items = "".join(_citation(citation, language) for citation in answer.citations)
    return f'<ol class="wz-citations" aria-label="{esc(say(language, "sources"))}">{items}</ol>'


def _citation(citation: Citation, language: Language) -> str:
    return (
        f"<li>{chip(citation, language)}<div><q>{esc(citation.quote)}</q> {badge(citation.period, language)}"
        f'<span class="wz-path">{path((citation.title, *citation.section))}</span></div></li>'
    )


def _actions(answer: Answer, turn: Turn, language: Language) -> str:
    """Copy, link and thumbs; the page's script does the work with the data given here."""
    seconds = say(language, "seconds").format(seconds=f"{answer.timings.total / 1000:.1f}")

    def button(name: str, label: str, hint: str, more: str = "") -> str:
        return f'<button type="button" data-do="{name}" title="{esc(hint)}" aria-label="{esc(hint)}"{more}>{label}</button>'

    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{key.removeprefix("reason_")}">{say(language, key)}</label>'
        for key in _REASONS
    )
    return (
        f'<div class="wz-actions" data-answer="{data(answer_json(answer))}" data-copy="{esc(answer_text(answer))}" '
        f'data-question="{esc(turn.question)}" data-reports="{esc(",".join(turn.reports))}" '
        f'data-copied="{say(language, "copied")}" data-thanks="{say(language, "thanks")}" data-failed="{say(language, "failed")}">'
        + button("copy", say(language, "copy"), say(language, "copy_hint"))
        + button("link", say(language, "link"), say(language, "link_hint"))
        + button("good", say(language, "good"), say(language, "good"), ' aria-pressed="false"')
        + button(
            "bad", say(language, "bad"), say(language, "bad"), ' aria-pressed="false" aria-expanded="false"'
        )
        + f'<span class="wz-time">{seconds}</span><span class="wz-told" role="status"></span>'
        f'<form class="wz-reasons" hidden><fieldset><legend>{say(language, "why")}</legend>{reasons}</fieldset>'
        f'<input type="text" name="words" maxlength="500" aria-label="{esc(say(language, "why"))}">'
        f'<button type="submit">{say(language, "send_feedback")}</button></form></div>'
    )
