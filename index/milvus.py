"""Milvus as the search engine (extra ``milvus``): one server, or a cluster, for many readers. The only importer of pymilvus.

Texts, periods and the ledger stay in the store on disk; the server holds what
ranks: for each clause its vector, its text under the headings above it for
BM25 by the server's jieba analyzer, and its report, year and status as scalars
that filters use. Both searches and their fusion by reciprocal rank (Cormack et
al. 2009) run on the server.

A clause is kept under its shard and number. Opening a generation sends the
shards that the server lacks and deletes those that no report uses; every search
names the shards of its generation, so that a removed report cannot be found
even while another process has not yet deleted it. Names of files on this
machine (``./milvus.db``) open Milvus Lite.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, MilvusClient, RRFRanker
from pymilvus.exceptions import MilvusException

from index.arrays import read_array
from index.errors import IndexUnavailable
from index.fusion import scale_to_best
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.shard import STATUSES, with_headings
from index.thesaurus import everyday_names
from index.tokens import index_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.backend import Filters, Wording
    from index.encoder import Encoder
    from index.store import Generation, Store

_COLLECTION: Final = "wenzheng_clauses"
_BATCH: Final = 500
_MOST: Final = 16_384
"""As many hits as the server gives for one search."""
_CANDIDATES: Final = 200
_PERIOD_GAIN: Final = 0.25
_TIMEOUT: Final = 30.0
_LONGEST_TEXT: Final = 16_384


class MilvusBackend:
    """A ``SearchBackend`` over the clauses of ``generation`` on the server at ``uri``.

    Raises ``IndexUnavailable`` if the server cannot be reached or refuses.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what is served, and where the server is
        self,
        generation: Generation,
        encoder: Encoder,
        store: Store,
        uri: str,
        token: str = "",
        timeout: float = _TIMEOUT,
    ) -> None:
        self._encoder = encoder
        self._uri = uri
        entries = generation.manifest.entries
        ends = np.cumsum([0, *(entry.clauses for entry in entries)])
        self._first = {entry.shard: int(start) for entry, start in zip(entries, ends, strict=False)}
        self._shards = {entry.id: entry.shard for entry in entries}
        self._lexical = LexicalIndex.load(generation.folder / "clauses", int(ends[-1]))
        with self._told():
            self._client = MilvusClient(uri, token=token, timeout=timeout)
            self._send(store)

    def rank(
        self, wording: Wording, filters: Filters, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best clauses among those that either search finds; the best scores 1, plus the gain of its period."""
        shards = [self._shards[report] for report in filters.reports] or list(self._first)
        if not shards:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        count = min(max(limit, _CANDIDATES), _MOST)
        with self._told():
            found = self._client.hybrid_search(
                _COLLECTION,
                reqs=self._requests(wording, _condition(shards, filters), count),
                ranker=RRFRanker(),
                limit=count,
                output_fields=["shard", "clause", "year", "status"],
            )[0]
        hits = [hit["entity"] for hit in found]
        rows = np.array([self._first[hit["shard"]] + hit["clause"] for hit in hits], dtype=np.int64)
        scores = scale_to_best(np.array([hit["distance"] for hit in found], dtype=np.float32))
        scores = scores + _PERIOD_GAIN * np.array([_fit(hit, filters) for hit in hits], dtype=np.float32)
        order = np.lexsort((rows, -scores))[:limit]
        return rows[order], np.asarray(scores[order], dtype=np.float32)

    def idf(self, terms: list[str]) -> dict[str, float]:
        """Inverse document frequency of each term over all clauses."""
        return self._lexical.idf(terms)

    @cached_property
    def _glossary(self) -> Glossary:
        return Glossary(self._lexical.knows)

    def _requests(self, wording: Wording, condition: str, count: int) -> list[AnnSearchRequest]:
        vectors = [self._encoder.encode_query(text).tolist() for text in wording.texts]
        searches = [("dense", vector) for vector in vectors]
        words = self._words(wording)
        if words:
            searches.append(("sparse", words))
        return [
            AnnSearchRequest(data=[data], anns_field=field, param={}, limit=count, expr=condition)
            for field, data in searches
        ]

    def _words(self, wording: Wording) -> str:
        """What is looked for by words: the subject with its official terms, and the likeliest Chinese word for each English one."""
        chosen = [wording.about] if index_terms(wording.about) else []
        concepts = self._glossary.concepts(wording.english) if wording.english else []
        chosen.extend(max(concept, key=lambda pair: pair[1])[0] for concept in concepts)
        chosen.extend(terms[0] for _, terms in everyday_names(wording.about))
        return " ".join(chosen)

    def _send(self, store: Store) -> None:
        """Make the server hold the shards of this generation and no others."""
        if not self._client.has_collection(_COLLECTION):
            self._create()
        held = self._held()
        for shard in self._first:
            if held.get(shard) != self._clauses_of(shard):
                self._insert(store, shard)
        surplus = sorted(set(held) - set(self._first))
        if surplus:
            self._client.delete(_COLLECTION, filter=f"shard in {json.dumps(surplus)}")

    def _clauses_of(self, shard: str) -> int:
        starts = sorted([*self._first.values(), self._lexical.size])
        return starts[starts.index(self._first[shard]) + 1] - self._first[shard]

    def _held(self) -> dict[str, int]:
        """How many clauses of each shard the server holds."""
        counts: dict[str, int] = {}
        pages = self._client.query_iterator(
            _COLLECTION, filter="clause >= 0", output_fields=["shard"], batch_size=_BATCH
        )
        while page := pages.next():
            for row in page:
                counts[row["shard"]] = counts.get(row["shard"], 0) + 1
        pages.close()
        return counts

    def _insert(self, store: Store, shard: str) -> None:
        parsed = store.read_report(shard)
        vectors = read_array(store.shard_folder(shard) / "vectors.npy", mapped=True)
        rows = [
            {
                "id": f"{shard}-{clause.number}",
                "shard": shard,
                "clause": clause.number,
                "year": clause.period.year or 0,
                "status": STATUSES.index(clause.period.status),
                "text": with_headings(clause, parsed.report),
                "dense": vectors[clause.number].tolist(),
            }
            for clause in parsed.clauses
        ]
        for start in range(0, len(rows), _BATCH):
            self._client.upsert(_COLLECTION, rows[start : start + _BATCH])

    def _create(self) -> None:
        dimension = len(self._encoder.encode_query("维"))
        schema = self._client.create_schema(auto_id=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=64)
        schema.add_field("shard", DataType.VARCHAR, max_length=64)
        for name in ("clause", "year", "status"):
            schema.add_field(name, DataType.INT64)
        schema.add_field(
            "text",
            DataType.VARCHAR,
            max_length=_LONGEST_TEXT,
            enable_analyzer=True,
            analyzer_params={"tokenizer": "jieba", "filter": ["lowercase"]},
        )
        schema.add_field("dense", DataType.FLOAT_VECTOR, dim=dimension)
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_function(
            Function(
                name="words",
                function_type=FunctionType.BM25,
                input_field_names=["text"],
                output_field_names=["sparse"],
            )
        )
        indexes = self._client.prepare_index_params()
        indexes.add_index("dense", index_type="AUTOINDEX", metric_type="IP")
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        self._client.create_collection(
            _COLLECTION, schema=schema, index_params=indexes, consistency_level="Strong"
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except MilvusException as error:
            raise IndexUnavailable(
                f"Milvus at {self._uri} cannot serve the search ({str(error).splitlines()[0]}). "
                "Start it, or check WENZHENG_SEARCH__URI and WENZHENG_SEARCH__TOKEN; "
                "without them the embedded engine searches.",
            ) from error


def _condition(shards: Sequence[str], filters: Filters) -> str:
    parts = [f"shard in {json.dumps(sorted(shards))}"]
    if filters.years:
        parts.append(f"year in {json.dumps(list(filters.years))}")
    if filters.statuses:
        parts.append(f"status in {json.dumps([STATUSES.index(one) for one in filters.statuses])}")
    return " and ".join(parts)


def _fit(hit: dict[str, Any], filters: Filters) -> float:
    """1 for a clause of a preferred year and status, 0.5 where one of two fits; 0 where nothing is preferred."""
    fits = [hit["year"] in filters.near_years] * bool(filters.near_years)
    fits += [STATUSES[hit["status"]] in filters.near_statuses] * bool(filters.near_statuses)
    return sum(fits) / len(fits) if fits else 0.0
