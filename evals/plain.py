"""The plain pipeline, as a tutorial has it: 500-character chunks, dense top 4, one generic prompt, the same models.

What "better than plain" is measured against. It follows LangChain's own
introduction to question answering, translated; nothing in it is tuned, and
nothing is made worse than a user would make it. Earlier turns of a
conversation are not used. A claim is judged with one prompt of the same kind.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx
import numpy as np
import openai
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from rich.progress import track

from evals.errors import PackageMissing
from evals.records import AnswerRecord, ClaimRecord, Milliseconds, Place, checked
from index.dense import DenseIndex
from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from langchain_core.language_models import BaseChatModel
    from numpy.typing import NDArray
    from rich.console import Console

    from evals.cases import Case
    from evals.workspace import Workspace
    from index.encoder import Encoder
    from rag.assembly import Application

_CHUNK: Final = 500
_OVERLAP: Final = 50
_TOP: Final = 4
_BATCH: Final = 16

_ANSWER: Final = (
    "你是一个问答助手。请根据下面检索到的资料回答问题。如果不知道答案，就说不知道。最多用三句话，回答要简洁。"
    "用提问的语言回答。\n\n资料：\n{context}\n\n问题：{question}\n\n回答："
)
_JUDGE: Final = (
    "请根据下面检索到的资料判断陈述是否正确。只回答一个词：supported（资料支持）、refuted（与资料矛盾）"
    "或 not_enough_info（资料不足）。\n\n资料：\n{context}\n\n陈述：{question}\n\n判断："
)
_REFUSAL: Final = re.compile(
    r"不知道|未提及|没有提及|没有提到|未提到|无法(?:回答|确定|得知|判断)|没有(?:相关|找到)|don't know|do not know|not mention|"
    r"no information|cannot (?:answer|determine)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a report: ``text[start : start + len(quote)] == quote``."""

    report: str
    start: int
    quote: str


class PlainPipeline:
    """Chunks in a flat FAISS index, and one prompt."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        vectors: NDArray[np.float32],
        encoder: Encoder,
        connect: Callable[[], BaseChatModel],
        text_of: Callable[[str], str | None],
    ) -> None:
        self._chunks = chunks
        self._index = DenseIndex.build(vectors)
        self._encoder = encoder
        self._connect = connect
        self._text_of = text_of

    @property
    def prompts(self) -> str:
        """Fingerprint of the two prompts."""
        return hashlib.sha256((_ANSWER + _JUDGE).encode()).hexdigest()[:12]

    def search(self, question: str) -> list[Place]:
        """The four nearest chunks, best first."""
        rows, scores = self._index.nearest(self._encoder.encode_query(question), _TOP)
        found = [(self._chunks[row], float(score)) for row, score in zip(rows, scores, strict=True)]
        return [
            Place(
                report=chunk.report,
                start=chunk.start,
                end=chunk.start + len(chunk.quote),
                quote=chunk.quote,
                marker=marker,
                score=round(score, 4),
            )
            for marker, (chunk, score) in enumerate(found, start=1)
        ]

    def answer(self, case: Case) -> AnswerRecord:
        """The answer to ``case``, with the chunks that went into the prompt as its sources. Raises ``ModelUnavailable``."""
        start = time.perf_counter()
        places = self.search(case.question)
        searched = _since(start)
        template = ChatPromptTemplate.from_template(_JUDGE if case.is_claim else _ANSWER)
        chain = template | self._connect() | StrOutputParser()
        context = "\n\n".join(place.quote for place in places)
        pieces: list[str] = []
        first = 0
        try:
            for piece in chain.stream({"context": context, "question": case.question}):
                first = first or _since(start)
                pieces.append(piece)
        except (openai.APIError, httpx.HTTPError) as error:
            raise ModelUnavailable(f"The model cannot be reached: {str(error).splitlines()[0]}.") from error
        timings = Milliseconds(search=searched, first_token=first, total=_since(start))
        return self._record(case, "".join(pieces).strip(), places, timings)

    def _record(self, case: Case, text: str, places: list[Place], timings: Milliseconds) -> AnswerRecord:
        evidence = tuple(places)
        if case.is_claim:
            claim = ClaimRecord(claim=case.question, verdict=_verdict(text), explanation=text)
            return AnswerRecord(
                id=case.id, status="checked", claims=(claim,), evidence=evidence, timings_ms=timings
            )
        refused = _REFUSAL.search(text) is not None or not text
        sources = () if refused else tuple(checked(place, self._text_of) for place in places)
        return AnswerRecord(
            id=case.id,
            answer=text,
            status="not_in_reports" if refused else "answered",
            citations=sources,
            evidence=evidence,
            timings_ms=timings,
        )


def open_plain(opened: Application, workspace: Workspace, console: Console) -> PlainPipeline:
    """The plain pipeline over the reports of ``workspace``, its chunks encoded with a progress bar."""
    library = workspace.searcher.library
    chunks = [
        chunk for entry in library.entries for chunk in split(entry.id, library.parsed(entry.id).report.text)
    ]
    parts = [
        opened.encoder.encode_documents([chunk.quote for chunk in chunks[start : start + _BATCH]])
        for start in track(range(0, len(chunks), _BATCH), "Indexing chunks", console=console, transient=True)
    ]
    return PlainPipeline(chunks, np.concatenate(parts), opened.encoder, opened.chat_model, workspace.text_of)


def split(report: str, text: str) -> list[Chunk]:
    """``text`` in overlapping chunks of at most 500 characters. Raises ``PackageMissing``."""
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise PackageMissing(
            'The plain pipeline needs langchain-text-splitters. Run: pip install -e ".[evals]"'
        ) from error
    splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP, add_start_index=True)
    documents = splitter.create_documents([text])
    return [Chunk(report, one.metadata["start_index"], one.page_content) for one in documents]


def _verdict(text: str) -> str:
    """The label that ``text`` names first; "none" where it names none."""
    named = re.search(r"not_enough_info|supported|refuted", text.lower())
    return named[0] if named else "none"


def _since(start: float) -> int:
    return max(1, round((time.perf_counter() - start) * 1000))
