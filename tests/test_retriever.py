"""The LangChain retriever over the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes import ScriptedGenerator
from langchain_core.runnables import RunnableLambda

from rag.retriever import ReportRetriever
from rag.searching import find_passages

if TYPE_CHECKING:
    from index.searcher import Searcher
    from index.types import Report


def test_documents_are_the_passages_of_the_search(searcher: Searcher, bundled: Report, pipeline_with):
    pipeline = pipeline_with(ScriptedGenerator())
    retriever = ReportRetriever(pipeline=pipeline, searcher=searcher, k=4)
    found = retriever.invoke("今年计划新增多少城镇就业？")
    hits = find_passages(pipeline, searcher, "今年计划新增多少城镇就业？", (), 4)
    assert [document.page_content for document in found] == [hit.quote for hit in hits]
    for document in found:
        place = document.metadata
        assert bundled.text[place["start"] : place["end"]] == document.page_content
    assert found[0].metadata["year"] == 2024
    assert found[0].metadata["period"] == "target"
    assert "60万人以上" in found[0].page_content


def test_who_asks_where_it_stands_sees_the_headings_above(searcher: Searcher, pipeline_with):
    pipeline = pipeline_with(ScriptedGenerator())
    first, *others = find_passages(pipeline, searcher, "轨道交通在报告的哪一部分？", (), 6)
    above = [searcher.passage(heading) for heading in reversed(searcher.headings(first))]
    assert above
    wanted = list(dict.fromkeys((one.start, one.end) for one in above if one.start != first.start))
    assert [(one.start, one.end) for one in others[: len(wanted)]] == wanted


def test_it_stands_in_a_chain(searcher: Searcher, pipeline_with):
    retriever = ReportRetriever(pipeline=pipeline_with(ScriptedGenerator()), searcher=searcher, k=2)
    chain = retriever | RunnableLambda(len)
    assert chain.invoke("轨道交通") == 2
