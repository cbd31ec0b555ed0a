"""What the page's script asks for: the report at a citation, and where feedback goes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from rag.factcheck import MAX_CHARACTERS
from rag.types import Language
from ui.feedback import Feedback, FeedbackStore
from ui.web_check import check_markdown
from ui.web_export import check_docx
from ui.web_source import source_html

if TYPE_CHECKING:
    from rag.assembly import Application

_LARGEST: Final = 2**31
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ExportBody(BaseModel):
    """A text whose verdicts are to be taken away as a file."""

    model_config = ConfigDict(extra="forbid")

    statement: Annotated[str, Field(max_length=MAX_CHARACTERS)]
    reports: Annotated[list[str], Field(max_length=20)] = []
    lang: Language = "zh"
    kind: Literal["docx", "md"]


def page_routes(opened: Application) -> APIRouter:
    """Routes below ``/page``; errors take the form of the API's."""
    router = APIRouter(prefix="/page", include_in_schema=False)
    store = FeedbackStore.in_folder(opened.settings.home)

    @router.get("/source")
    def source(
        report: str,
        start: Annotated[int, Query(ge=0, lt=_LARGEST)],
        end: Annotated[int, Query(gt=0, lt=_LARGEST)],
        lang: Language = "zh",
    ) -> HTMLResponse:
        return HTMLResponse(source_html(opened.searcher.library.parsed(report), start, end, lang))

    @router.get("/text/{report}")
    def text(report: str) -> PlainTextResponse:
        named = {"content-disposition": f"attachment; filename*=UTF-8''{quote(report, safe='')}.txt"}
        return PlainTextResponse(opened.searcher.library.parsed(report).report.text, headers=named)

    @router.post("/export")
    def export(given: ExportBody) -> Response:
        claims = opened.checker.check(given.statement, tuple(given.reports)).claims
        if given.kind == "md":
            return PlainTextResponse(
                check_markdown(given.statement, claims, given.lang), media_type="text/markdown"
            )
        return Response(check_docx(given.statement, claims, given.lang), media_type=_DOCX)

    @router.post("/feedback", status_code=204)
    def feedback(given: Feedback) -> None:
        try:
            store.add(given)
        except (OSError, sqlite3.Error) as error:
            raise HTTPException(503, "The feedback could not be stored.") from error

    return router
