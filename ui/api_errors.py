"""Errors of the HTTP API: one body, ``{"error": {"code", "message"}}``, and the status for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from index.errors import IndexUnavailable, ReportNotFound, WenzhengIndexError
from rag.errors import ModelUnavailable, QuestionError, RagError

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_CODES: Final = {
    400: "bad_input",
    404: "not_found",
    405: "not_allowed",
    413: "too_long",
    429: "too_many",
    503: "not_ready",
}


class ErrorDetail(BaseModel):
    """A stable ``code``, and a ``message`` that says what to do."""

    code: str
    message: str


class ErrorBody(BaseModel):
    """The body of every reply that is not a success."""

    error: ErrorDetail


ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": ErrorBody, "description": "Bad input"},
    404: {"model": ErrorBody, "description": "No such report or page"},
    413: {"model": ErrorBody, "description": "Too long"},
    429: {"model": ErrorBody, "description": "Too many at once"},
    503: {"model": ErrorBody, "description": "Index or model are not ready"},
}


def handle_errors(app: FastAPI) -> None:
    """Give every error of ``app`` its status and the common body."""

    @app.exception_handler(RagError)
    @app.exception_handler(WenzhengIndexError)
    def known(_request: Request, error: Exception) -> JSONResponse:
        return error_reply(_status(error), str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return error_reply(400, f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def refused(_request: Request, error: HTTPException) -> JSONResponse:
        return error_reply(error.status_code, str(error.detail), error.headers)


def error_reply(status: int, message: str, headers: Any = None) -> JSONResponse:
    """The reply for an error."""
    code = _CODES.get(status, "failed")
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def _status(error: Exception) -> int:
    if isinstance(error, ReportNotFound):
        return 404
    if isinstance(error, (IndexUnavailable, ModelUnavailable)):
        return 503
    return 400 if isinstance(error, (QuestionError, WenzhengIndexError)) else 500
