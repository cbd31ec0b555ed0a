"""A server over the bundled report for the tests of page and API, and a browser before it.

The model is scripted, or as slow as a real one.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
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

    from playwright.sync_api import Browser, Page

    from rag.types import Evidence, Query


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_A_BROWSER = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt install chromium)"),
    pytest.mark.timeout(240),
]
JOBS = "今年计划新增多少城镇就业？"
OPEN = "报告对人工智能和数字经济有哪些安排？"
"""A question that the model words: no single figure answers it."""


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

    def judge(self, query: Query, evidence: Sequence[Evidence]) -> float:
        self.line.wait()
        return super().judge(query, evidence)

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


def opened(home: Path, generator: ScriptedGenerator, **settings: dict[str, object]) -> Application:
    """The application over an index made with the fake encoder, answering with ``generator``."""
    made = Application(load_settings(home=home, chat={"base_url": "http://127.0.0.1:9/v1"}, **settings))
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


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Opens the page at a size, in a language; ``end`` fails on script errors and on requests to other hosts."""

    def __init__(self, browser: Browser, address: str) -> None:
        from playwright.sync_api import expect

        self._browser = browser
        self._address = address
        self._contexts = []
        self._wrong: list[str] = []
        expect.set_options(timeout=20_000)

    def __call__(
        self,
        path: str = "/",
        width: int = 1366,
        height: int = 850,
        locale: str = "zh-CN",
        scheme: str = "light",
    ) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self._address)
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self._wrong.append(str(error)))
        page.on("request", lambda request: self._look_at(request.url))
        page.goto(self._address + path)
        page.wait_for_selector("#wz-question textarea")
        if "?" not in path:
            page.wait_for_selector(".wz-example")
        return page

    def end(self) -> None:
        for context in self._contexts:
            context.close()
        assert not self._wrong

    def _look_at(self, url: str) -> None:
        if not url.startswith((self._address, "data:", "blob:")):
            self._wrong.append(url)


def ask(page: Page, question: str = JOBS) -> None:
    page.fill("#wz-question textarea", question)
    page.keyboard.press("Enter")


def answered(page: Page, turns: int = 1):
    from playwright.sync_api import expect

    expect(page.locator(".wz-turn.done")).to_have_count(turns)
    return page.locator(".wz-turn.done").last
