"""Pure: a turn of the conversation as HTML, while it is made and when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ui.presentation import answer_json, answer_text
from ui.texts import say
from ui.web_answer import answer_html, uncited
from ui.web_html import badge, data, esc, note, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Answer, Evidence, Language

State = Literal["searching", "writing", "stopped", "failed", "done"]

_REASONS = ("reason_figure", "reason_year", "reason_citation", "reason_missing", "reason_other")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what has come of it so far.

    Attributes:
        ahead: how many other questions the model takes before this one.
        streamed: the model's text as it comes; replaced by the checked ``answer``.
        message: why it ended, where ``state`` is ``failed``.
    """

    question: str
    reports: tuple[str, ...] = ()
    state: State = "searching"
    ahead: int = 0
    evidence: tuple[Evidence, ...] = ()
    streamed: str = ""
    answer: Answer | None = None
    message: str = ""


def conversation(turns: tuple[Turn, ...], language: Language) -> str:
    """Finished turns, oldest first."""
    return "".join(turn_html(turn, language) for turn in turns)


def turn_html(turn: Turn, language: Language) -> str:
    """One turn: the question, the answer as far as it is there, its evidence, and what can be done with it.

    The evidence stands below the answer's place from the start: what is being read does not jump.
    """
    asked = f'<h2 class="wz-asked"><span class="wz-sr">{say(language, "you_asked")}: </span>{esc(turn.question)}</h2>'
    answer = answer_html(turn.answer, language) if turn.answer else _unfinished(turn, language)
    rest = uncited(turn.answer, turn.evidence) if turn.answer else turn.evidence
    evidence = _evidence(rest, turn.answer, language) if rest else ""
    actions = _actions(turn.answer, turn, language) if turn.answer else ""
    return f'<article class="wz-turn {turn.state}">{asked}{answer}{actions}{evidence}</article>'


def _unfinished(turn: Turn, language: Language) -> str:
    text = f'<div class="wz-text streaming">{esc(turn.streamed)}</div>' if turn.streamed else ""
    if turn.state == "failed":
        return note(turn.message, "error")
    if turn.state == "stopped":
        return text + note(say(language, "stopped"))
    words = say(language, "writing" if turn.evidence else "searching")
    if turn.ahead:
        words = say(language, "in_line").format(ahead=turn.ahead)
    return text or f'<p class="wz-waiting" role="status">{esc(words)}</p>'


def _evidence(rest: Sequence[Evidence], answer: Answer | None, language: Language) -> str:
    """Clauses that were found, as a row of cards; each opens its place in the report."""
    key = "evidence" if answer is None else "nearby" if answer.status == "not_in_reports" else "also_found"
    heading = say(language, key)
    cards = "".join(_card(one, language) for one in rest)
    return (
        f'<section class="wz-evidence" aria-label="{esc(heading)}"><h3>{heading} <span>{len(rest)}</span></h3>'
        f'<ol class="wz-cards" tabindex="0">{cards}</ol></section>'
    )


def _card(one: Evidence, language: Language) -> str:
    where = esc(one.section[-1] if one.section else one.title)
    return (
        f'<li><button type="button" class="wz-card" {place_of(one)}>'
        f'<span class="wz-sr">{say(language, "open_in_report")}</span><span class="wz-card-top">{badge(one.period, language)}<span class="wz-place">{esc(one.place)}</span></span>'
        f'<span class="wz-quote" lang="zh">{esc(one.quote)}</span><span class="wz-where">{where}</span></button></li>'
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
