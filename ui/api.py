"""The HTTP API: answers, checks, search, indicators and reports as JSON; health; its own description.

Bodies and documents are those of the command line's ``batch`` and ``--json``.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field

from index.types import IndicatorStatus  # noqa: TC001 - FastAPI reads the annotations at run time
from rag import models
from rag.factcheck import MAX_CHARACTERS as MAX_STATEMENT
from rag.question import MAX_CHARACTERS
from rag.searching import find_passages
from rag.types import Question
from ui.api_docs import docs_html
from ui.api_errors import ERRORS, handle_errors
from ui.api_models import (
    ANSWERED,
    CHECKED,
    LISTED,
    HealthDocument,
    ReadyDocument,
    ReportDocument,
    ReportsDocument,
    SearchDocument,
)
from ui.guard import Guard
from ui.presentation import answer_json, check_json, evidence_json, hit_json, indicator_json
from ui.spreadsheet import indicators_csv
from ui.stoppable import Run, in_line
from ui.web_routes import page_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.store import Entry
    from rag.assembly import Application
    from rag.types import Event
    from ui.turnstile import Turnstile

_DESCRIPTION: Final = (
    "Ask Chinese government work reports; every figure comes with its exact place in the text."
)

Reports = Annotated[list[str], Query(description="Ids of reports; none: the default one, or all.")]


class AnswerBody(BaseModel):
    """A question; a line of ``wenzheng batch``."""

    model_config = ConfigDict(extra="forbid")

    id: str | int | None = None
    question: str
    history: Annotated[list[tuple[str, str]], Field(max_length=20)] = []
    reports: Annotated[list[str], Field(max_length=20)] = []
    stream: bool = False


class CheckBody(BaseModel):
    """A statement or a text whose claims are to be checked; a line of ``wenzheng batch``."""

    model_config = ConfigDict(extra="forbid")

    id: str | int | None = None
    claim: str
    history: Annotated[list[tuple[str, str]], Field(max_length=20)] = []
    reports: Annotated[list[str], Field(max_length=20)] = []


def api(opened: Application, turnstile: Turnstile) -> FastAPI:
    """The server's routes, without the page."""
    app = FastAPI(
        title="Wenzheng",
        description=_DESCRIPTION,
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,
    )
    handle_errors(app)
    app.add_middleware(Guard, turnstile=turnstile)
    app.include_router(_answers(opened))
    app.include_router(_reports(opened))
    app.include_router(_health(opened))
    app.include_router(page_routes(opened))

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(docs_html(app.openapi()))

    return app


def _answers(opened: Application) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["answers"])

    @router.post("/answers", response_model=None, responses=ANSWERED)
    def answers(body: AnswerBody, request: Request) -> Response:
        """An answer with citations; with ``stream``, server-sent events ``evidence``, ``token`` and ``answer``."""
        _require_short(body.question, MAX_CHARACTERS)
        question = Question(body.question, tuple(body.history), tuple(body.reports))
        named = {} if body.id is None else {"id": body.id}
        run = Run(opened.pipeline.stream(question), in_line(opened.line, _client(request)))
        events = run.items()
        if not body.stream:
            *_, last = events
            assert last.answer is not None
            return JSONResponse({**named, **answer_json(last.answer)})
        # The first event is made before the reply starts, so that a bad question still gets its status code.
        return StreamingResponse(_sent(next(events), events, named), media_type="text/event-stream")

    @router.post("/checks", response_model=None, responses=CHECKED)
    def checks(body: CheckBody) -> Response:
        """Verdicts on the claims in a statement."""
        _require_short(body.claim, MAX_STATEMENT)
        named = {} if body.id is None else {"id": body.id}
        check = opened.checker.check(body.claim, tuple(body.reports), tuple(body.history))
        return JSONResponse({**named, **check_json(check)})

    @router.get("/search", response_model=SearchDocument)
    def search(
        q: Annotated[str, Query(description="Words to look for.")],
        report: Reports = [],  # noqa: B006 - FastAPI copies it
        k: Annotated[int, Query(ge=1, le=1000)] = 10,
    ) -> dict[str, Any]:
        """Passages, best first."""
        _require_short(q, MAX_CHARACTERS)
        hits = find_passages(opened.pipeline, opened.searcher, q, tuple(report), k)
        return {"query": q, "hits": [hit_json(hit, rank) for rank, hit in enumerate(hits, start=1)]}

    return router


def _reports(opened: Application) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reports"])

    @router.get("/indicators", response_model=None, responses=LISTED)
    def indicators(
        report: Reports = [],  # noqa: B006 - FastAPI copies it
        place: Annotated[str | None, Query(description="For example 重庆市.", min_length=1)] = None,
        year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
        status: IndicatorStatus | None = None,
        format: Annotated[str, Query(pattern="^(json|csv)$")] = "json",  # noqa: A002 - the parameter's public name
    ) -> Response:
        """The ledger: every headline figure with its year, status and exact place, as JSON or CSV."""
        found = opened.searcher.library.indicators(
            reports=tuple(report), place=place, year=year, status=status
        )
        documents = [indicator_json(record) for record in found]
        if format == "json":
            return JSONResponse({"indicators": documents})
        named = {"content-disposition": 'attachment; filename="indicators.csv"'}
        return Response(indicators_csv(documents), media_type="text/csv; charset=utf-8", headers=named)

    @router.get("/reports", response_model=ReportsDocument)
    def reports() -> dict[str, Any]:
        """All indexed reports."""
        return {"reports": [_entry_json(entry) for entry in opened.searcher.library.entries]}

    @router.get("/reports/{report}", response_model=ReportDocument)
    def one_report(report: str) -> dict[str, Any]:
        """A report's text, to which all offsets refer (in code points), and its outline."""
        library = opened.searcher.library
        parsed = library.parsed(report)
        sections = [
            {
                "level": one.level,
                "title": one.title,
                "start": one.start,
                "end": one.end,
                "path": list(one.path),
            }
            for one in parsed.sections
        ]
        return {**_entry_json(library.entry(report)), "text": parsed.report.text, "sections": sections}

    return router


def _health(opened: Application) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/health", response_model=HealthDocument)
    def health() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @router.get("/ready", response_model=ReadyDocument)
    def ready() -> dict[str, Any]:
        """Index and model are there."""
        reports = len(opened.searcher.library.entries)
        if opened.needs_embedded_model:
            models.model_path(opened.models_folder)
        return {"status": "ready", "reports": reports}

    return router


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _sent(first: Event, rest: Iterator[Event], named: dict[str, Any]) -> Iterator[bytes]:
    yield _event(first, named)
    for event in rest:
        yield _event(event, named)


def _event(event: Event, named: dict[str, Any]) -> bytes:
    document: dict[str, Any]
    if event.kind == "evidence":
        document = {"evidence": [evidence_json(one) for one in event.evidence]}
    elif event.kind == "token":
        document = {"token": event.token}
    else:
        assert event.answer is not None
        document = answer_json(event.answer)
    return format_sse_event(event=event.kind, data_str=json.dumps({**named, **document}, ensure_ascii=False))


def _require_short(text: str, limit: int) -> None:
    if len(text) > limit:
        raise HTTPException(
            413, f"The text has {len(text)} characters; at most {limit} are accepted. Send less at a time."
        )


def _entry_json(entry: Entry) -> dict[str, Any]:
    document = asdict(entry)
    del document["shard"]
    return document
