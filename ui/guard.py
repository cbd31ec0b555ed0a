"""What stands before every request: the size of its body, how many a client has, and headers on the way out."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from ui.api_errors import error_reply
from ui.turnstile import TooMany, Turnstile

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY: Final = 4 << 20
"""Bytes; a report to be checked is far below."""

_SAFE: Final = {
    # Gradio starts from inline scripts and compiles templates. What matters
    # here: nothing is loaded from, or sent to, any other host.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp, turnstile: Turnstile) -> None:
        self._app = app
        self._turnstile = turnstile

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it with the API's error body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if int(Headers(scope=scope).get("content-length", "0")) > MAX_BODY:
            await error_reply(413, _too_long())(scope, receive, send)
            return
        client = scope["client"][0] if scope.get("client") else ""
        counted = scope["path"].startswith("/v1/")
        try:
            with self._turnstile.passing(client) if counted else nullcontext():
                await self._app(scope, _limited(receive), _with_headers(send))
        except TooMany as error:
            await error_reply(429, str(error), {"retry-after": "2"})(scope, receive, send)


def _limited(receive: Receive) -> Receive:
    """``receive`` that ends a body sent in pieces once it is too long."""
    total = 0

    async def limited() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MAX_BODY:
            raise HTTPException(413, _too_long())
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_SAFE)
        await send(message)

    return sending


def _too_long() -> str:
    return f"The body is larger than {MAX_BODY >> 20} MiB. Send less at a time."
