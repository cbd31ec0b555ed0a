"""What every command opens first: the application, with index and model prepared under progress bars."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rag.assembly import Application

stderr = Console(stderr=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@contextmanager
def application(*, model: bool = False, index: bool = True) -> Iterator[Application]:
    """The application; with the index, and the model if asked for, prepared with progress bars."""
    from rag.assembly import Application
    from rag.settings import load_settings
    from ui.progress import building, pulling

    with Application(load_settings()) as opened:
        if index:
            with building(stderr) as progress:
                opened.index_bundled(progress)
        if model and opened.needs_embedded_model:
            with pulling(stderr) as progress:
                opened.pull_model(progress)
        yield opened


def prepare_model(opened: Application) -> None:
    """Pull the embedded model and load everything; without a model, say so and go on with the evidence."""
    from ui.progress import pulling

    try:
        if opened.needs_embedded_model:
            with pulling(stderr) as progress:
                opened.pull_model(progress)
        with stderr.status("Loading the models ..."):
            opened.warm_up()
    except ModelUnavailable as error:
        stderr.print(f"{error} Answering with the evidence only.", style="yellow", highlight=False)


def print_json(document: Any) -> None:
    """``document`` as the one JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))
