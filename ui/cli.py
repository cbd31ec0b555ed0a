"""The command line ``wenzheng``: typer commands over ``rag.assembly``; exit codes 0, 2, 3, 1."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from evals.errors import DatasetError, DatasetMissing, EvalError, PackageMissing, ResultError
from index.errors import IndexUnavailable, ReportError, WenzhengIndexError
from rag.errors import ModelUnavailable, QuestionError, RagError, SettingsError
from ui.cli_index import index_app, models_app
from ui.cli_session import JsonOption, application, prepare_model, print_json, stderr
from ui.serving import AddressUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    name="wenzheng",
    help="Ask a Chinese government work report a question; every figure is cited to its exact place.\n\n"
    'Try:  wenzheng ask "今年计划新增多少城镇就业？"   or   wenzheng serve',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(index_app, name="index")
app.add_typer(models_app, name="models")

_UsageError: type[typer.BadParameter] = typer.BadParameter.__base__  # type: ignore[assignment]

ReportOption = Annotated[
    list[str] | None, typer.Option("--report", help="Id of a report to ask; may be given several times.")
]


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

    question = _whole(question)
    asked = Question(question, reports=tuple(report or ()))
    with application(model=False) as opened:
        query_check(question)
        if not no_model:
            prepare_model(opened)
        answer = opened.pipeline.answer(asked, use_model=not no_model)
    print_json(answer_json(answer)) if as_json else print(answer_text(answer))


def query_check(question: str) -> None:
    """Raise ``QuestionError`` before anything is loaded for a question that cannot be read."""
    from rag.question import clean, language_of

    language_of(clean(question))


@app.command()
def check(
    statement: Annotated[str | None, typer.Argument(help="A statement, or several sentences.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A text file instead.")] = None,
    report: ReportOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check what a statement says against the reports, claim by claim.

    Example: wenzheng check "2024年重庆城镇新增就业目标是73.9万人。"
    """
    from ui.checking import read_statement, verdict_lines
    from ui.presentation import check_json

    text = read_statement(statement, file)
    with application() as opened:
        if as_json:
            print_json(check_json(opened.checker.check(text, tuple(report or ()))))
            return
        for verdict in opened.checker.stream(text, tuple(report or ())):
            print(verdict_lines(verdict))


@app.command("eval")
def evaluate(
    dataset: Annotated[str, typer.Option(help="A dataset's name, or a JSONL file of cases.")] = "cq2024_open",
    pipeline: Annotated[str, typer.Option(help="full, plain or search-only.")] = "full",
    sample: Annotated[int | None, typer.Option(min=1, help="Ask only so many, drawn with the seed.")] = None,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder for answers, scores, plots and report.")] = Path(
        "eval-results"
    ),
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Compare two earlier results instead: A.json B.json")
    ] = None,
) -> None:
    """Score the answers to a dataset; a run that was cut off goes on where it stopped.

    Example: wenzheng eval --dataset cq2024_open --out results
    """
    from evals.comparing import compare as compared
    from evals.comparing import comparison_tables
    from evals.report import score_table, write_report
    from evals.runner import run_eval

    console = Console()
    if compare is not None:
        for table in comparison_tables(compared(*compare)):
            console.print(table)
        return
    if pipeline not in {"full", "plain", "search-only"}:
        raise typer.BadParameter(f"pipeline {pipeline!r}: expected full, plain or search-only")
    with application(model=pipeline != "search-only") as opened:
        result = run_eval(
            opened,
            dataset,
            pipeline=pipeline,  # type: ignore[arg-type]  # checked above
            sample=sample,
            seed=seed,
            out=out,
            console=stderr,
        )
    console.print(score_table(result))
    console.print(f"Every item side by side: {write_report(result, out)}", highlight=False)


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
        query = _whole(query)
        hits = find_passages(opened.pipeline, opened.searcher, query, tuple(report or ()), k)
    if as_json:
        print_json({"query": query, "hits": [hit_json(hit, i) for i, hit in enumerate(hits, start=1)]})
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
        print_json({"indicators": documents})
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
def feedback() -> None:
    """Print what people thought of answers as eval cases, a JSON line each, to be finished by hand.

    Example: wenzheng feedback > cases.jsonl
    """
    import json

    from rag.settings import load_settings
    from ui.feedback import FeedbackStore

    for case in FeedbackStore.in_folder(load_settings().home).cases():
        print(json.dumps(case, ensure_ascii=False))


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


def _whole(text: str) -> str:
    """``text`` without halves of characters, which terminals in other encodings hand over and nobody can print."""
    return text.encode("utf-8", "replace").decode()


def _print_csv(documents: Sequence[dict[str, Any]]) -> None:
    if documents:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(documents[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(documents)


def _exit_code(error: Exception) -> int:
    if isinstance(error, (QuestionError, SettingsError, ReportError, DatasetError, ResultError)):
        return 2
    if isinstance(
        error, (IndexUnavailable, ModelUnavailable, AddressUnavailable, DatasetMissing, PackageMissing)
    ):
        return 3
    return 1


def main() -> None:
    """Run the command line; errors become one line on standard error and an exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        code = app(args=arguments, prog_name="wenzheng", standalone_mode=False)
    except _UsageError as error:
        stderr.print(
            f"Error: {error.format_message()}", style="red", highlight=False, markup=False, soft_wrap=True
        )
        sys.exit(2)
    except (RagError, WenzhengIndexError, EvalError) as error:
        if debug:
            raise
        stderr.print(f"Error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(_exit_code(error))
    except OSError as error:
        if debug:
            raise
        stderr.print(f"Error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
