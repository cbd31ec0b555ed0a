"""Deterministic stand-ins at the three seams: the encoder, the generator, the chat model."""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langchain_core.callbacks import CallbackManagerForLLMRun
    from numpy.typing import NDArray

    from rag.types import Evidence, Query
    from rag.verdicts import Odds


class HashEncoder:
    """An ``Encoder`` that hashes character pairs: texts that share many are similar."""

    def __init__(self, name: str = "hash-bigrams", dimension: int = 256) -> None:
        self._name = name
        self._dimension = dimension

    @property
    def fingerprint(self) -> str:
        return f"{self._name}@{self._dimension}"

    def load(self) -> None:
        """Nothing to load."""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimension, dtype=np.float32)
        plain = re.sub(r"\W", "", unicodedata.normalize("NFKC", text).lower())
        for i in range(len(plain)):
            # crc32 rather than hash(): the same in every process.
            vector[zlib.crc32(plain[i : i + 2].encode("utf-8", "replace")) % self._dimension] += 1
        length = float(np.linalg.norm(vector))
        if not length:
            vector[0] = length = 1.0
        return vector / np.float32(length)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.encode_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self._dimension), dtype=np.float32)


class ScriptedGenerator:
    """A ``Generator`` that says ``reply`` in pieces of ``piece`` characters; without one, the first clause.

    ``fails_after`` pieces it raises ``ModelUnavailable``, as a server that
    dies does; 0 stands for one that cannot be reached at all. ``odds`` is its
    verdict on whether evidence holds an answer.
    """

    name = "scripted"

    def __init__(
        self,
        reply: str | None = None,
        *,
        translation: str | None = None,
        fails_after: int | None = None,
        odds: float = 5.0,
        piece: int = 3,
    ) -> None:
        self.reply = reply
        self.translation = translation
        self.fails_after = fails_after
        self.odds = odds
        self.piece = piece
        self.asked: list[tuple[Query, tuple[Evidence, ...]]] = []

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[str]:
        self.asked.append((query, tuple(evidence)))
        text = evidence[0].quote if self.reply is None else self.reply
        for count, start in enumerate(range(0, max(1, len(text)), self.piece)):
            if self.fails_after is not None and count >= self.fails_after:
                raise ModelUnavailable("The scripted model is gone. Start it again.")
            yield text[start : start + self.piece]

    def judge(self, query: Query, evidence: Sequence[Evidence]) -> float:
        if self.fails_after == 0:
            raise ModelUnavailable("The scripted model is gone. Start it again.")
        return self.odds

    def judge_claim(self, claim: str, official: str) -> Odds:
        raise ModelUnavailable("The scripted model does not judge claims.")

    def translate(self, text: str, kind: str = "question") -> str:
        if self.translation is None:
            raise ModelUnavailable("The scripted model does not translate. Give it a translation.")
        return self.translation


class ScriptedChat(BaseChatModel):
    """A LangChain chat model that streams its ``replies`` in turn, the last one ever after.

    Asked for a verdict, which is not streamed, it gives ``verdict``. It keeps what it was sent.
    """

    replies: list[str]
    verdict: str = "能"
    error: Exception | None = None
    seen: list[list[BaseMessage]] = []  # noqa: RUF012 - pydantic copies it for each instance

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _receive(self, messages: list[BaseMessage]) -> None:
        self.seen.append(messages)
        if self.error is not None:
            raise self.error

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self._receive(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.verdict))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._receive(messages)
        text = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        for start in range(0, max(1, len(text)), 4):
            yield ChatGenerationChunk(message=AIMessageChunk(text[start : start + 4]))
