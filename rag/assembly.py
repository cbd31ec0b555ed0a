"""The only place that reads settings and builds things."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.build import Builder, ignore_progress
from index.embedded import EmbeddedBackend
from index.encoder import SentenceEncoder
from index.errors import IndexUnavailable, WenzhengIndexError
from index.gazetteer import gazetteer
from index.glossary import is_common
from index.loaders import load_report
from index.searcher import Searcher
from index.store import Store
from rag import models
from rag.answers import Answers
from rag.completions import Completions
from rag.generation import ChatGenerator
from rag.line import Line
from rag.pipeline import Budget, Pipeline
from rag.runtime import EmbeddedServer
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models import BaseChatModel

    from index.backend import SearchBackend
    from index.build import Step
    from index.encoder import Encoder
    from index.store import Generation
    from rag.settings import Settings

_SEED = 7
_FIRST = Question("今年城镇新增就业的目标是多少？")
# Of 高速铁路 the bundled report says 高铁: what means the same is looked up.
_FIRST_ENGLISH = Question("How much did retail sales and the high-speed rail network grow last year?")
_FIRST_CLAIM = "今年城镇新增就业将达到六千万人。"


class Application:
    """Index, model and pipeline as the settings say; close it, or use it with ``with``.

    Building one is cheap: models are loaded at their first use, or by ``warm_up``.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.home / "index")
        self.encoder = SentenceEncoder(settings.encoder.model)
        self.searcher = Searcher(self.store, self.encoder, self._open_backend)
        self._closing = ExitStack()
        self._server: EmbeddedServer | None = None
        self._lock = threading.Lock()
        self._client = lru_cache(maxsize=4)(self._new_client)
        kept = Completions(
            settings.home / "completions.sqlite", f"{settings.chat.base_url} {settings.chat.max_tokens}"
        )
        self._closing.callback(kept.close)
        self.line = Line(settings.runtime.parallel if self.needs_embedded_model else settings.chat.at_once)
        self.generator = ChatGenerator(settings.chat.model, self._chat_model_in_turn, kept)
        budget = Budget(settings.answer.max_clauses, settings.answer.max_characters)
        default = settings.answer.default_report
        answers = Answers(
            settings.home / "answers.sqlite", repr((settings.chat, settings.search.uri, settings.answer))
        )
        self._closing.callback(answers.close)
        self.pipeline = Pipeline(self.searcher, self.generator, default, budget, answers)
        self.checker = self.pipeline.checker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the model server."""
        self._closing.close()

    @property
    def models_folder(self) -> Path:
        """Where the embedded model's file lies."""
        return self.settings.home / "models"

    @property
    def needs_embedded_model(self) -> bool:
        """Whether answers come from the embedded model, rather than a configured server."""
        return not self.settings.chat.base_url

    def builder(self, progress: Callable[[Step], None] = ignore_progress) -> Builder:
        """What adds and removes reports."""
        return Builder(self.store, self.encoder, progress)

    def index_bundled(self, progress: Callable[[Step], None] = ignore_progress) -> None:
        """Index the bundled report where nothing is indexed yet."""
        if self.store.current(self.encoder.fingerprint) is None:
            self.builder(progress).add([load_report(path) for path in bundled_reports()])

    def pull_model(self, progress: models.Progress) -> None:
        """Prepare the embedded model's file, if answers come from it."""
        if self.needs_embedded_model:
            models.pull(self.models_folder, progress)

    def warm_up(self) -> None:
        """Load what a search needs and the names of places and words, and start the model server, side by side."""
        words = partial(is_common, "重庆")
        loading = [threading.Thread(target=load) for load in (self._search_once, gazetteer, words)]
        for one in loading:
            one.start()
        try:
            self.chat_model()
        finally:
            for one in loading:
                one.join()

    def _search_once(self) -> None:
        """Load the encoder, and what else the first question or claim would wait for: the thesaurus, the files of the index."""
        self.encoder.load()
        with suppress(WenzhengIndexError):  # it is told to who asks
            if self.store.current(self.encoder.fingerprint) is not None:
                self.pipeline.lead(_FIRST)
                self.pipeline.lead(_FIRST_ENGLISH)
                self.pipeline.checker.check(_FIRST_CLAIM, (), use_model=False)

    def chat_model(self) -> BaseChatModel:
        """The chat model, at the address where it can be reached now."""
        chat = self.settings.chat
        return self._client(chat.base_url or self._embedded().base_url())

    def _open_backend(self, generation: Generation, encoder: Encoder) -> SearchBackend:
        """The engine that the settings name, over ``generation``."""
        search = self.settings.search
        if not search.uri:
            return EmbeddedBackend(generation, encoder)
        try:
            from index.milvus import MilvusBackend  # noqa: PLC0415 - an extra, and seconds of import
        except ImportError as error:
            raise IndexUnavailable(
                'WENZHENG_SEARCH__URI names a Milvus server and pymilvus is not installed. Run: pip install -e ".[milvus]"'
            ) from error
        return MilvusBackend(generation, encoder, self.store, search.uri, search.token.get_secret_value())

    def _chat_model_in_turn(self) -> BaseChatModel:
        """As ``chat_model``, once it is the turn of the question that is being answered."""
        self.line.wait()
        return self.chat_model()

    def _embedded(self) -> EmbeddedServer:
        with self._lock:
            if self._server is None:
                runtime = self.settings.runtime
                path = models.model_path(self.models_folder)
                server = EmbeddedServer(
                    path, threads=runtime.threads, context=runtime.context, parallel=runtime.parallel
                )
                self._server = self._closing.enter_context(server)
            return self._server

    def _new_client(self, base_url: str) -> BaseChatModel:
        from langchain_openai import ChatOpenAI  # noqa: PLC0415 - seconds of import, only when a model is asked

        chat = self.settings.chat
        return ChatOpenAI(
            model=chat.model,
            base_url=base_url,
            api_key=chat.api_key,
            temperature=0,
            seed=_SEED,
            max_completion_tokens=chat.max_tokens,
            timeout=chat.timeout_seconds,
            max_retries=1,
        )


def bundled_reports() -> list[Path]:
    """The reports that come with the program."""
    folder = resources.files("index") / "reports"
    return sorted(Path(str(file)) for file in folder.iterdir() if file.name.endswith(".txt"))
