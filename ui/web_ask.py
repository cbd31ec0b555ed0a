"""The Ask tab: what happens from a question to the answer on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence  # noqa: TC003 - Gradio reads the annotations at run time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.errors import ReportNotFound, WenzhengIndexError
from rag.errors import QuestionError, RagError
from rag.question import MAX_CHARACTERS, clean, language_of
from rag.types import Language, Question
from ui.stoppable import Ahead, Run, in_line
from ui.texts import say
from ui.turnstile import TooMany, Turnstile
from ui.web_html import note, plain_html
from ui.web_scope import Scope, meant, scope_pickers
from ui.web_turns import Turn, conversation, turn_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from gradio.events import Dependency

    from index.store import Entry
    from rag.assembly import Application
    from rag.types import Event

AT_ONCE: Final = 8
"""Questions worked on at a time: searching goes side by side, the model takes them in turn."""
EXAMPLES: Final = 4
BEGUN: Final = 9
"""Values that ``Desk.begin`` gives."""

Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class AskTab:
    """The components that the page gives words and values to."""

    scope: Scope
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    fresh: gr.Button
    examples: tuple[gr.Button, ...]
    tray: gr.Column
    hero: gr.HTML
    hint: gr.HTML
    thread: gr.HTML
    live: gr.HTML
    turns: gr.State
    pending: gr.State
    language: gr.State
    desk: Desk

    @property
    def begun(self) -> list[Any]:
        """What ``Desk.begin`` gives values to."""
        shown = [self.thread, self.live, self.tray, self.hint, self.send, self.stop, self.fresh]
        return [self.box, self.pending, *shown]

    def answering(self, start: Dependency) -> None:
        """Answer the pending question after ``start``, then get ready for the next one."""
        shown = [self.live, self.turns, self.pending, self.send, self.stop]
        stream = start.then(
            self.desk.stream,
            [self.pending, self.turns, self.language],
            shown,
            concurrency_limit=AT_ONCE,
            concurrency_id="answers",
            show_progress="minimal",
            api_visibility="private",
        )
        _quietly(stream.failure, self.desk.fail, [self.pending, self.language], shown)


def ask_tab(desk: Desk, language: gr.State) -> AskTab:
    """Lay the tab out and wire it up."""
    turns, pending = gr.State(()), gr.State(None)
    with gr.Column(elem_id="wz-chat"):
        thread = plain_html("wz-thread")
        live = plain_html("wz-live")
        with gr.Column(elem_id="wz-tray") as tray:
            hero = plain_html("wz-hero")
            with gr.Row(elem_id="wz-examples"):
                examples = tuple(
                    gr.Button("", elem_classes="wz-example", min_width=260, visible=False)
                    for _ in range(EXAMPLES)
                )
    with gr.Column(elem_id="wz-composer"):
        hint = plain_html("wz-hint")
        with gr.Row(elem_id="wz-row"):
            box = gr.Textbox(
                elem_id="wz-question", lines=1, max_lines=5, scale=8, min_width=120, container=False
            )
            send = gr.Button(elem_id="wz-send", variant="primary", scale=0, min_width=76)
            stop = gr.Button(elem_id="wz-stop", variant="stop", visible=False, scale=0, min_width=76)
        with gr.Row(elem_id="wz-options"):
            scope = scope_pickers(desk.entries)
            fresh = gr.Button(elem_id="wz-fresh", scale=0, min_width=88, size="sm", visible=False)
    tab = AskTab(
        scope,
        box,
        send,
        stop,
        fresh,
        examples,
        tray,
        hero,
        hint,
        thread,
        live,
        turns,
        pending,
        language,
        desk,
    )
    _wire(tab)
    return tab


def _wire(tab: AskTab) -> None:
    desk, rest = tab.desk, [*tab.scope.values, tab.turns, tab.pending, tab.language]
    starts = [_quietly(on, desk.ask, [tab.box, *rest], tab.begun) for on in (tab.box.submit, tab.send.click)]
    starts += [_quietly(button.click, desk.ask, [button, *rest], tab.begun) for button in tab.examples]
    for start in starts:
        tab.answering(start)
    _quietly(tab.stop.click, desk.stop, None, None)
    _quietly(tab.fresh.click, desk.clear, None, [*tab.begun, tab.turns])


def _quietly(on: Callable[..., Dependency], fn: Callable[..., Any], inputs: Any, outputs: Any) -> Dependency:
    """An event that is handled at once, without the queue, a spinner, or a door for programs."""
    made: Dependency = on(fn, inputs, outputs, queue=False, show_progress="hidden", api_visibility="private")
    return made


# Nothing pending, "ask" shown, "stop" hidden.
_REST: Final = (None, gr.update(visible=True), gr.update(visible=False))


class Desk:
    """Takes questions from the page and streams back what the page shows."""

    def __init__(self, opened: Application, turnstile: Turnstile) -> None:
        self._opened = opened
        self._turnstile = turnstile
        self._runs: dict[str, Run[Event]] = {}

    def entries(self) -> tuple[Entry, ...]:
        """The indexed reports. Raises ``IndexUnavailable``."""
        return self._opened.searcher.library.entries

    def ask(  # noqa: PLR0913, PLR0917 - the pickers, and what Gradio keeps
        self,
        text: str,
        place: str | None,
        year: str | None,
        reports: Sequence[str] | None,
        turns: Turns,
        pending: Turn | None,
        language: Language,
    ) -> tuple[Any, ...]:
        """Show the question as asked of the picked reports; the values of ``AskTab.begun``."""
        try:
            picked = meant(self.entries(), place, year, reports) if place or year else tuple(reports or ())
        except WenzhengIndexError as error:
            return _refused(excuse(error, language))
        if picked is None:
            return _refused(say(language, "error_scope"))
        return self.begin(text, picked, turns, pending, language)

    def begin(
        self, text: str, reports: tuple[str, ...], turns: Turns, pending: Turn | None, language: Language
    ) -> tuple[Any, ...]:
        """Show the question as asked, or say why it cannot be; the values of ``AskTab.begun``."""
        if pending is not None:
            return (gr.skip(),) * BEGUN
        wrong = unaskable(text, language)
        if wrong:
            return _refused(wrong)
        turn = Turn(clean(text), reports)
        return (
            "",
            turn,
            conversation(turns, language),
            turn_html(turn, language),
            gr.update(visible=False),
            "",
            gr.update(visible=False),
            gr.update(visible=True),
            gr.update(visible=True),
        )

    def stream(
        self, pending: Turn | None, turns: Turns, language: Language, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Evidence, words and the checked answer of the pending question, as they come."""
        if pending is None:
            yield (gr.skip(),) * 5  # the page was opened without a question
            return
        history = tuple((turn.question, turn.answer.text) for turn in turns if turn.answer)
        question = Question(pending.question, history, pending.reports)
        # A stream that can be closed is a generator, whatever its annotation says.
        waiting = in_line(self._opened.line, request.session_hash or "")
        run = Run(self._opened.pipeline.stream(question), waiting)
        turn = pending
        try:
            with (
                self._turnstile.passing(request.client.host if request.client else ""),
                self._known(run, request),
            ):
                for step in run.steps():
                    turn = replace(turn, ahead=step.count) if isinstance(step, Ahead) else _grown(turn, step)
                    if turn.answer is None:
                        yield turn_html(turn, language), *(gr.skip(),) * 4
        except (RagError, WenzhengIndexError) as error:
            turn = replace(pending, state="failed", message=excuse(error, language))
        if run.forgotten:
            return
        if turn.state in {"searching", "writing"}:
            turn = replace(turn, state="stopped")
        yield turn_html(turn, language), (*turns, turn) if turn.answer else gr.skip(), *_REST

    @contextmanager
    def _known(self, run: Run[Event], request: gr.Request) -> Iterator[None]:
        """While the block runs, the session can stop ``run``."""
        session = request.session_hash or ""
        self._runs[session] = run
        try:
            yield
        finally:
            if self._runs.get(session) is run:
                del self._runs[session]

    def fail(self, pending: Turn | None, language: Language) -> tuple[Any, ...]:
        """An answer ended by a fault of ours: say so, and be ready for the next question."""
        if pending is None:
            return (gr.skip(),) * 5
        failed = replace(pending, state="failed", message=say(language, "failed"))
        return turn_html(failed, language), gr.skip(), *_REST

    def stop(self, request: gr.Request) -> None:
        """End the session's running answer: its evidence stays, and what was written."""
        run = self._runs.get(request.session_hash or "")
        if run is not None:
            run.stop()

    def clear(self, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation; an answer that is running is forgotten."""
        run = self._runs.get(request.session_hash or "")
        if run is not None:
            run.forgotten = True
            run.stop()
        shown, hidden = gr.update(visible=True), gr.update(visible=False)
        return "", None, "", "", shown, "", shown, hidden, hidden, ()

    def examples(self, language: Language) -> list[str]:
        """Questions that the default report, or the first one, can answer; and one that it cannot."""
        library = self._opened.searcher.library
        default = self._opened.settings.answer.default_report
        entry = next((one for one in library.entries if one.id == default), next(iter(library.entries), None))
        if entry is None:
            return []
        if language == "en":
            return [
                f"What is the GDP growth target for {entry.year}?",
                f"How many new urban jobs were created in {entry.year - 1}?",
                f"How much should investment in fixed assets grow in {entry.year}?",
                "What is the mayor's salary?",
            ]
        records = library.parsed(entry.id).indicators
        goals = [one.indicator for one in records if one.status == "target" and one.year == entry.year]
        results = [one.indicator for one in records if one.status == "actual" and one.year == entry.year - 1]
        both = [name for name in dict.fromkeys(goals) if name in results]
        return [
            *(f"{entry.year}年{name}的目标是多少？" for name in both[:1]),
            *(f"{entry.year - 1}年{name}是多少？" for name in both[:1]),
            *(f"{entry.year}年{name}的目标和上年实绩相比如何？" for name in both[1:2]),
            "市长的工资是多少？",
        ]


def _refused(why: str) -> tuple[Any, ...]:
    """The values of ``AskTab.begun`` that say why a question cannot be asked, and change nothing else."""
    return (*(gr.skip(),) * 5, note(why, "error"), *(gr.skip(),) * (BEGUN - 6))


def unaskable(text: str, language: Language) -> str:
    """Why ``text`` cannot be asked, in words for the person; "" if it can."""
    if not text or not text.strip():
        return say(language, "error_empty")
    if len(text) > MAX_CHARACTERS:
        return say(language, "error_long").format(count=len(text), limit=MAX_CHARACTERS)
    try:
        language_of(clean(text))
    except QuestionError:
        return say(language, "error_language")
    return ""


def excuse(error: Exception, language: Language) -> str:
    """What went wrong, in words for a person who cannot mend it."""
    if isinstance(error, TooMany):
        return say(language, "error_busy")
    if isinstance(error, ReportNotFound):
        return say(language, "error_report")
    if isinstance(error, QuestionError):
        return say(language, "error_language")
    return say(language, "error_index" if isinstance(error, WenzhengIndexError) else "failed")


def _grown(turn: Turn, event: Event) -> Turn:
    """``turn`` with what ``event`` adds."""
    if event.kind == "evidence":
        return replace(turn, state="writing", evidence=event.evidence)
    if event.kind == "token":
        return replace(turn, streamed=turn.streamed + event.token)
    return replace(turn, state="done", answer=event.answer)
