"""The Reports tab's panel for adding and removing reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence  # noqa: TC003 - Gradio reads the annotations at run time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import WenzhengIndexError
from rag.types import Language  # noqa: TC001 - as above
from ui.managing import Keeper, Outcome, Reading
from ui.texts import say
from ui.web_ask import excuse
from ui.web_html import esc, note, plain_html
from ui.web_upload import FILE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from gradio.events import Dependency

    from index.build import Step
    from rag.assembly import Application
    from ui.managing import Told


@dataclass(frozen=True, slots=True)
class ManagePanel:
    """The components that the page gives words to; ``changed`` are the events after which reports may be others."""

    box: gr.Accordion
    password: gr.Textbox
    upload: gr.UploadButton
    picked: gr.Dropdown
    remove: gr.Button
    changed: tuple[Dependency, ...]


def manage_panel(opened: Application, language: gr.State) -> ManagePanel | None:
    """Lay the panel out and wire it up; None where the operator has not allowed it."""
    desk = _ManageDesk(Keeper(opened))
    if not desk.keeper.allowed:
        return None
    with gr.Accordion(elem_id="wz-manage", open=False) as box:
        password = gr.Textbox(elem_id="wz-m-password", type="password", max_lines=1)
        with gr.Row(elem_classes="wz-filters"):
            picked = gr.Dropdown(elem_id="wz-m-picked", multiselect=True, scale=4, min_width=220)
            remove = gr.Button(elem_id="wz-m-remove", scale=0, min_width=120)
            upload = gr.UploadButton(
                elem_id="wz-m-upload",
                file_types=list(FILE_TYPES),
                file_count="multiple",
                scale=0,
                min_width=160,
                variant="primary",
            )
        told = plain_html("wz-m-told")
    # One change at a time; others wait for theirs.
    shared: dict[str, Any] = {
        "concurrency_id": "managing",
        "concurrency_limit": 1,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    changed = (
        upload.upload(desk.add, [upload, password, language], told, **shared),
        remove.click(desk.remove, [picked, password, language], told, **shared),
    )
    return ManagePanel(box, password, upload, picked, remove, changed)


class _ManageDesk:
    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    def add(self, files: Sequence[str] | None, password: str, language: Language) -> Iterator[str]:
        """Index the uploaded files, if the password is right."""
        paths = [Path(file) for file in files or ()]
        if not self.keeper.knows(password or ""):
            for path in paths:
                path.unlink(missing_ok=True)
            yield note(say(language, "wrong_password"), "error")
            return
        yield from _shown(lambda: self.keeper.add(paths), language)

    def remove(self, ids: Sequence[str] | None, password: str, language: Language) -> Iterator[str]:
        """Take the picked reports out, if the password is right."""
        if not ids:
            yield note(say(language, "nothing_picked"), "error")
        elif not self.keeper.knows(password or ""):
            yield note(say(language, "wrong_password"), "error")
        else:
            yield from _shown(lambda: self.keeper.remove(ids), language)


def _shown(work: Callable[[], Iterator[Told | Step]], language: Language) -> Iterator[str]:
    """What is going on and what came of it, as HTML."""
    outcomes: list[Outcome] = []
    try:
        for told in work():
            if isinstance(told, Outcome):
                outcomes.append(told)
            else:
                yield _progress(told, language) + _outcomes(outcomes, language)
    except WenzhengIndexError as error:
        yield _outcomes(outcomes, language) + note(excuse(error, language), "error")
        return
    yield _outcomes(outcomes, language)


def _progress(told: Reading | Step, language: Language) -> str:
    if isinstance(told, Reading):
        words = say(language, "reading_file").format(name=told.name)
        return f'<p class="wz-progress" role="status">{esc(words)}</p>'
    key = "indexing" if told.stage == "clauses" else "assembling"
    words = esc(say(language, key).format(name=told.report, done=told.done, total=told.total))
    return f'<p class="wz-progress" role="status">{words}<progress max="{told.total}" value="{told.done}" aria-label="{words}"></progress></p>'


def _outcomes(outcomes: Sequence[Outcome], language: Language) -> str:
    bad = {"unreadable", "no_report"}
    items = "".join(
        f'<li class="{"bad" if one.result in bad else ""}">{esc(say(language, f"outcome_{one.result}").format(name=one.name))}</li>'
        for one in outcomes
    )
    return f'<ul class="wz-outcomes" role="status">{items}</ul>' if items else ""
