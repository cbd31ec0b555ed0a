"""A server over the bundled report for the tests of page and API; its model is scripted, or as slow as a real one."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from fakes import HashEncoder, ScriptedGenerator

from index.searcher import Searcher
from index.store import Store
from rag.assembly import Application
from rag.factcheck import FactChecker
from rag.line import Line
from rag.pipeline import Pipeline
from rag.settings import load_settings
from ui.serving import application

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rag.types import Evidence, Query


class SlowGenerator(ScriptedGenerator):
    """Takes ``delay`` seconds before each piece, and remembers whether it was told to stop."""

    def __init__(
        self, reply: str | None = None, *, translation: str | None = None, delay: float = 0.05
    ) -> None:
        super().__init__(reply, translation=translation)
        self.delay = delay
        self.closed = threading.Event()
        self.finished = threading.Event()
        self.line = Line(1)

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[str]:
        self.line.wait()
        try:
            for piece in super().answer(query, evidence):
                time.sleep(self.delay)
                yield piece
            self.finished.set()
        except GeneratorExit:
            self.closed.set()
            raise


def opened(home: Path, generator: ScriptedGenerator) -> Application:
    """The application over an index made with the fake encoder, answering with ``generator``."""
    made = Application(load_settings(home=home, chat={"base_url": "http://127.0.0.1:9/v1"}))
    made.encoder = HashEncoder()
    made.store = Store(home / "index")
    made.searcher = Searcher(made.store, made.encoder)
    made.generator = generator
    if isinstance(generator, SlowGenerator):
        made.line = generator.line
    made.pipeline = Pipeline(made.searcher, generator, "chongqing-2024")
    made.checker = FactChecker(made.searcher, "chongqing-2024", made.pipeline.translate)
    return made


@contextmanager
def served(app: Application) -> Iterator[str]:
    """The whole server on a free port of 127.0.0.1; gives its address and ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        application(app), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 60
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
