"""The Check tab: a text, pasted or from a file, comes back with its claims marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence  # noqa: TC003 - Gradio reads the annotations at run time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.errors import UnreadableReport, WenzhengIndexError
from rag.errors import QuestionError, RagError
from rag.factcheck import MAX_CHARACTERS
from rag.types import Language  # noqa: TC001 - as above
from ui.texts import say
from ui.web_ask import excuse
from ui.web_check import Checking, check_html
from ui.web_html import note, plain_html
from ui.web_upload import FILE_TYPES, text_of

if TYPE_CHECKING:
    from rag.factcheck import FactChecker
    from ui.turnstile import Turnstile

_AT_ONCE: Final = 2
"""Texts checked at a time: each keeps one core busy."""


@dataclass(frozen=True, slots=True)
class CheckTab:
    """The components that the page gives words and values to."""

    tab: gr.Tab
    statement: gr.Textbox
    reports: gr.Dropdown
    upload: gr.UploadButton
    start: gr.Button
    result: gr.HTML


def check_tab(checker: FactChecker, turnstile: Turnstile, language: gr.State) -> CheckTab:
    """Lay the tab out and wire it up."""
    with gr.Tab(id="check", elem_id="wz-check-tab") as tab:
        statement = gr.Textbox(elem_id="wz-statement", lines=5, max_lines=14)
        with gr.Row(elem_id="wz-check-row"):
            reports = gr.Dropdown(elem_id="wz-c-reports", multiselect=True, scale=5, min_width=140)
            upload = gr.UploadButton(
                elem_id="wz-upload", file_types=list(FILE_TYPES), size="md", scale=0, min_width=110
            )
            start = gr.Button(elem_id="wz-check", variant="primary", size="md", scale=0, min_width=96)
        result = plain_html("wz-c-result")
    desk = _CheckDesk(checker, turnstile)
    start.click(
        desk.check,
        [statement, reports, language],
        result,
        concurrency_limit=_AT_ONCE,
        show_progress="minimal",
        api_visibility="private",
    )
    upload.upload(
        desk.read, [upload, language], [statement, result], show_progress="minimal", api_visibility="private"
    )
    return CheckTab(tab, statement, reports, upload, start, result)


class _CheckDesk:
    def __init__(self, checker: FactChecker, turnstile: Turnstile) -> None:
        self._checker = checker
        self._turnstile = turnstile

    def check(
        self, statement: str, reports: Sequence[str], language: Language, request: gr.Request
    ) -> Iterator[str]:
        """The text with its marks, claim by claim."""
        wrong = _uncheckable(statement, language)
        if wrong:
            yield note(wrong, "error")
            return
        checking = Checking(statement, tuple(reports or ()))
        yield check_html(checking, language)
        try:
            with self._turnstile.passing(request.client.host if request.client else ""):
                for claim in self._checker.stream(statement, checking.reports):
                    known = sorted((*checking.claims, claim), key=lambda one: one.start)
                    checking = replace(checking, claims=tuple(known))
                    yield check_html(checking, language)
        except (RagError, WenzhengIndexError) as error:
            yield note(_excuse(error, language), "error")
            return
        yield check_html(replace(checking, done=True), language)

    def read(self, file: str | None, language: Language) -> tuple[Any, str]:
        """The uploaded file's text, to be looked over and checked."""
        if not file:
            return gr.skip(), ""
        try:
            text = text_of(Path(file))
        except UnreadableReport:
            return gr.skip(), note(say(language, "error_file"), "error")
        finally:
            Path(file).unlink(missing_ok=True)
        if len(text) > MAX_CHARACTERS:
            return text[:MAX_CHARACTERS], note(say(language, "file_cut").format(limit=MAX_CHARACTERS))
        return text, ""


def _uncheckable(statement: str, language: Language) -> str:
    if not statement or not statement.strip():
        return say(language, "error_no_statement")
    if len(statement) > MAX_CHARACTERS:
        return say(language, "error_statement_long").format(count=len(statement), limit=MAX_CHARACTERS)
    return ""


def _excuse(error: Exception, language: Language) -> str:
    return say(language, "error_statement") if isinstance(error, QuestionError) else excuse(error, language)
