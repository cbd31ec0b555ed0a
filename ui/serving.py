"""The server: web page, HTTP API and health on one address."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rag.errors import RagError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.assembly import Application

_GOODBYE_SECONDS: Final = 2
"""How long open connections are waited for at the end: every open page holds one."""


class AddressUnavailable(RagError):
    """The server cannot listen at the address it was given (exit code 3)."""


def check_port(host: str, port: int) -> None:
    """Find out whether the address is free before anything is loaded. Raises ``AddressUnavailable``."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AddressUnavailable(
            f"The server cannot listen on {host}:{port} ({reason}). "
            f"Choose another port, for example: wenzheng serve --port {port % 65535 + 1}",
        ) from error


def application(opened: Application) -> FastAPI:
    """Everything that is served: the API and health routes first, the page for the rest."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr  # noqa: PLC0415 - seconds of import, and after the line above

    from ui.api import api  # noqa: PLC0415 - as above
    from ui.turnstile import Turnstile  # noqa: PLC0415 - as above
    from ui.web import Page, head, theme  # noqa: PLC0415 - as above

    turnstile = Turnstile()
    served: FastAPI = gr.mount_gradio_app(
        api(opened, turnstile),
        Page(opened, turnstile).build(),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="2mb",
        ssr_mode=False,
        theme=theme(),
        head=head(),
    )
    return served


def run(opened: Application, host: str, port: int) -> None:
    """Serve until Ctrl+C or a termination signal."""
    import uvicorn  # noqa: PLC0415 - only needed to serve

    config = uvicorn.Config(
        application(opened),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )
    # uvicorn ends well on both signals and then raises them again.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run()
