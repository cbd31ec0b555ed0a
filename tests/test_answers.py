"""Answers given before: at once, the same, and never out of date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator
from samples import report

from index.build import Builder
from index.searcher import Searcher
from index.store import Store
from rag.answers import Answers
from rag.pipeline import Pipeline
from rag.types import Question

if TYPE_CHECKING:
    from pathlib import Path

OPEN = "今年如何推进清廉重庆建设？"
REPLY = "持续推进清廉重庆建设。"


@pytest.fixture
def store(own_home: Path) -> Store:
    return Store(own_home / "index")


def remembering(store: Store, generator: ScriptedGenerator, limit: int = 10) -> Pipeline:
    return Pipeline(
        Searcher(store, HashEncoder()),
        generator,
        "chongqing-2024",
        answers=Answers(store.root.parent / "answers.sqlite", "", limit),
    )


def test_the_second_time_the_same_answer_comes_without_the_model_and_within_50_ms(store: Store):
    generator = ScriptedGenerator(REPLY)
    pipeline = remembering(store, generator)
    first, second = pipeline.answer(Question(OPEN)), pipeline.answer(Question(OPEN))
    assert len(generator.asked) == 1
    assert (second.text, second.citations, second.evidence) == (first.text, first.citations, first.evidence)
    assert second.timings.total <= 50


def test_a_kept_answer_is_streamed_with_its_evidence_first(store: Store):
    pipeline = remembering(store, ScriptedGenerator(REPLY))
    made = list(pipeline.stream(Question(OPEN)))
    kept = list(pipeline.stream(Question(OPEN)))
    assert [event.kind for event in kept] == ["evidence", "answer"]
    assert kept[0].evidence == made[0].evidence
    assert kept[0].query == made[0].query


def test_other_turns_before_it_other_reports_and_no_model_are_other_questions(store: Store):
    generator = ScriptedGenerator(REPLY)
    pipeline = remembering(store, generator)
    for question in (
        Question(OPEN),
        Question(OPEN, (("今年的目标是什么？", "…"),)),
        Question(OPEN, (), ("chongqing-2024",)),
    ):
        pipeline.answer(question)
    assert len(generator.asked) == 3
    assert pipeline.answer(Question(OPEN), use_model=False).status == "evidence_only"


def test_what_was_said_while_the_model_was_away_is_not_kept(store: Store):
    generator = ScriptedGenerator(REPLY, fails_after=1)
    pipeline = remembering(store, generator)
    assert pipeline.answer(Question(OPEN)).status == "evidence_only"
    generator.fails_after = None
    assert pipeline.answer(Question(OPEN)).status == "answered"


def test_a_change_of_the_index_outdates_every_answer(store: Store):
    generator = ScriptedGenerator(REPLY)
    pipeline = remembering(store, generator)
    pipeline.answer(Question(OPEN))
    Builder(store, HashEncoder()).add([report("某市_2024")])
    pipeline.answer(Question(OPEN))
    assert len(generator.asked) == 2


def test_no_answer_of_an_earlier_state_of_the_index_stays_in_the_file(store: Store, own_home: Path):
    pipeline = remembering(store, ScriptedGenerator(REPLY))
    pipeline.answer(Question(OPEN))
    Builder(store, HashEncoder()).add([report("某市_2024")])
    pipeline.answer(Question("今年如何推进平安重庆建设？"))
    with closing(sqlite3.connect(own_home / "answers.sqlite")) as kept:
        texts = [row[0] for row in kept.execute("SELECT text FROM answers")]
    assert len(texts) == 1
    assert "平安重庆" in texts[0]


def test_an_answer_is_there_after_a_new_start_whole(store: Store):
    first = remembering(store, ScriptedGenerator(REPLY)).answer(Question(OPEN))
    generator = ScriptedGenerator(REPLY)
    again = remembering(store, generator).answer(Question(OPEN))
    assert not generator.asked
    assert replace(again, timings=first.timings) == first


def test_a_kept_answer_that_cannot_be_read_is_made_anew(
    store: Store, own_home: Path, caplog: pytest.LogCaptureFixture
):
    pipeline = remembering(store, ScriptedGenerator(REPLY))
    first = pipeline.answer(Question(OPEN))
    with closing(sqlite3.connect(own_home / "answers.sqlite")) as kept, kept:
        kept.execute("UPDATE answers SET text = substr(text, 1, 50)")
    assert pipeline.answer(Question(OPEN)).text == first.text
    assert "made anew" in caplog.text


def test_what_was_said_longest_ago_goes_first(store: Store):
    generator = ScriptedGenerator(REPLY)
    pipeline = remembering(store, generator, limit=1)
    for text in (OPEN, "今年如何推进平安重庆建设？", OPEN):
        pipeline.answer(Question(text))
    assert len(generator.asked) == 3
