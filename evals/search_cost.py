"""What search costs over indexes of growing size: time, memory, start, and what is lost to approximation.

Each index is built in one process and searched in another, so that memory is
that of a program that was started with a ready index.
"""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import psutil

from evals.plain import split
from evals.scaling import ResampledEncoder, resampled_reports
from evals.statistics import percentile
from evals.timing import Times, each, processor_ms, timed, times
from index.build import Builder
from index.dense import DenseIndex
from index.searcher import Filters, Searcher
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from evals.scaling import Sample
    from index.encoder import Encoder

SIZES: Final = (1_000, 10_000, 60_000, 1_000_000)
"""Clauses of the indexes that are measured; 60,000 are those of the 129 reports of the corpus."""

_ROUNDS: Final = 3
_FOUND: Final = 12
_TOP: Final = 4
_NEAREST: Final = 10
_MEBI: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class SearchCost:
    """Search over ``clauses`` clauses in ``chunks`` plain chunks.

    Attributes:
        build_seconds: to parse and index, encoding left out.
        disk_mib: of the generation and its shards.
        start_seconds: to open the ready index and answer the first search, the embedding model being loaded.
        memory_mib: that opening the index and searching adds to the process.
        resident_mib: of the whole process after the searches, embedding model included.
        recall: share of the exact ten nearest vectors that the index finds among its ten nearest, mean over questions.
        encode: of the query, part of both searches.
        ranking: from the encoded question to hits: the search without the embedding model.
        encode_cpu_ms, ranking_cpu_ms: what the processor spends on the two, at the median.
        search, plain: from question to hits, encoding included.
        ratio: of the medians, ours to plain.
    """

    clauses: int
    chunks: int
    build_seconds: float
    disk_mib: float
    start_seconds: float
    memory_mib: float
    resident_mib: float
    recall: float
    encode: Times
    ranking: Times
    encode_cpu_ms: float
    ranking_cpu_ms: float
    search: Times
    plain: Times
    ratio: float


class _Encoded:
    """An ``Encoder`` that has the vectors of the questions ready."""

    def __init__(self, encoder: Encoder, questions: Sequence[str]) -> None:
        self._encoder = encoder
        self._vectors = {asked: encoder.encode_query(asked) for asked in questions}

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self._vectors[text]

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_documents(texts)


def measure_search(
    make_encoder: Callable[[], Encoder], sample: Sample, questions: Sequence[str], size: int
) -> SearchCost:
    """The cost of searching about ``size`` clauses resampled from ``sample``. Starts processes of its own."""
    folder = Path(tempfile.mkdtemp(prefix="wenzheng-performance-"))
    try:
        with _process() as process:
            built = process.submit(build_index, make_encoder, sample, size, folder).result()
        with _process() as process:
            return process.submit(search_index, make_encoder, sample, questions, size, folder, built).result()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build_index(make_encoder: Callable[[], Encoder], sample: Sample, size: int, folder: Path) -> float:
    """Build the index of about ``size`` clauses in ``folder``; returns the seconds that it took."""
    encoder = ResampledEncoder(make_encoder(), sample.vectors)
    reports = resampled_reports(sample.sentences, size)
    return timed(lambda: Builder(Store(folder), encoder).add(reports))


def search_index(  # noqa: PLR0913, PLR0917 - what is searched, and what its building told
    make_encoder: Callable[[], Encoder],
    sample: Sample,
    questions: Sequence[str],
    size: int,
    folder: Path,
    built: float,
) -> SearchCost:
    """The cost of searching the index in ``folder``, which took ``built`` seconds."""
    encoder = ResampledEncoder(make_encoder(), sample.vectors)
    ready = _Encoded(encoder, questions)
    before = _resident()
    searcher = Searcher(Store(folder), ready)
    rank = _asking(searcher)
    start = timed(lambda: rank(questions[0]))
    ranking = each(questions, rank, _ROUNDS)
    resident = _resident()
    generation = searcher.library.generation
    dense = DenseIndex.load(generation.folder / "dense.faiss")
    search = _asking(Searcher(Store(folder), encoder))
    search(questions[0])
    ours = each(questions, search, _ROUNDS)
    chunks, plain = _plain_index(encoder, sample, size)
    theirs = each(questions, lambda asked: plain.nearest(encoder.encode_query(asked), _TOP), _ROUNDS)
    return SearchCost(
        clauses=sum(entry.clauses for entry in generation.manifest.entries),
        chunks=chunks,
        build_seconds=round(built, 2),
        disk_mib=_mib(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())),
        start_seconds=round(start, 2),
        memory_mib=_mib(resident - before),
        resident_mib=_mib(resident),
        recall=round(recall_of(dense, [ready.encode_query(asked) for asked in questions]), 4),
        encode=times(each(questions, encoder.encode_query, _ROUNDS)),
        ranking=times(ranking),
        encode_cpu_ms=processor_ms(questions, encoder.encode_query),
        ranking_cpu_ms=processor_ms(questions, rank),
        search=times(ours),
        plain=times(theirs),
        ratio=round(percentile(ours, 0.5) / percentile(theirs, 0.5), 2),
    )


def recall_of(index: DenseIndex, vectors: Sequence[NDArray[np.float32]]) -> float:
    """Share of the exact ten nearest that ``index`` finds among its ten nearest, mean over ``vectors``."""
    shares = []
    for vector in vectors:
        exact = index.nearest_exactly(vector, _NEAREST)[0]
        shares.append(len(np.intersect1d(exact, index.nearest(vector, _NEAREST)[0])) / len(exact))
    return float(np.mean(shares))


def _plain_index(encoder: ResampledEncoder, sample: Sample, size: int) -> tuple[int, DenseIndex]:
    """The plain pipeline's chunks over the same reports: how many there are, and all of them compared."""
    chunks = [
        chunk.quote
        for report in resampled_reports(sample.sentences, size)
        for chunk in split(report.id, report.text)
    ]
    return len(chunks), DenseIndex.build(encoder.encode_documents(chunks), flat_up_to=len(chunks))


def _asking(searcher: Searcher) -> Callable[[str], object]:
    """A search over everything, as a question without a filter makes it."""
    return lambda asked: searcher.clauses(asked, Filters(), _FOUND)


def _resident() -> int:
    """Bytes of memory that this process holds."""
    return int(psutil.Process().memory_info().rss)


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def _mib(size: float) -> float:
    return round(size / _MEBI, 1)
