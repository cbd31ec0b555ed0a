"""The search as a LangChain retriever, for chains of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

# pydantic reads the annotations at run time.
from index.searcher import Searcher  # noqa: TC001
from rag.pipeline import Pipeline  # noqa: TC001
from rag.searching import find_passages

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun


class ReportRetriever(BaseRetriever):
    """Passages for a question, best first, as LangChain documents.

    A question that names no place or year goes to the default report, as in
    the program itself. The text of a document is ``report.text[start:end]``;
    its metadata are ``report``, ``start``, ``end``, ``section``, ``year``,
    ``period`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    pipeline: Pipeline
    searcher: Searcher
    reports: tuple[str, ...] = ()
    k: int = Field(default=5, ge=1, le=100)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - fixed by the base class
    ) -> list[Document]:
        return [
            Document(
                page_content=hit.quote,
                metadata={
                    "report": hit.report,
                    "start": hit.start,
                    "end": hit.end,
                    "section": list(hit.section),
                    "year": hit.period.year,
                    "period": hit.period.status,
                    "score": hit.score,
                },
            )
            for hit in find_passages(self.pipeline, self.searcher, query, self.reports, self.k)
        ]
