"""English words as the Chinese terms of an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.embedded import Weights
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.searcher import Filters
from index.tokens import index_terms

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXTS = ["轨道交通18号线开通", "全体居民人均可支配收入增长", "建成口袋公园117个", "推进水库建设"]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build([index_terms(text) for text in TEXTS])


@pytest.fixture(scope="module")
def glossary(lexical: LexicalIndex) -> Glossary:
    return Glossary(lexical.knows)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which metro lines were opened?", 0),
        ("disposable income of residents", 1),
        ("parks", 2),
        ("a reservoir", 3),
    ],
)
def test_english_words_find_the_chinese_text(
    lexical: LexicalIndex, glossary: Glossary, question: str, row: int
):
    assert lexical.concept_scores(glossary.concepts(question)).argmax() == row


def test_only_words_of_the_reports_are_kept(glossary: Glossary, lexical: LexicalIndex):
    concepts = glossary.concepts("subway metro income school")
    assert concepts
    assert all(lexical.knows(word) for concept in concepts for word, _ in concept)


def test_a_phrase_counts_beside_its_words(glossary: Glossary):
    phrase, *single = glossary.concepts("disposable incomes")
    assert dict(phrase)["可支配收入"] == 1.0
    assert all(dict(word).get("可支配收入", 1.0) < 1.0 for word in single)


def test_words_of_grammar_and_unknown_words_mean_nothing(glossary: Glossary):
    assert glossary.concepts("what is the of and xyzzy") == []


def test_no_concept_scores_nothing(lexical: LexicalIndex):
    assert not lexical.concept_scores([]).any()


def test_a_concept_counts_once_however_many_of_its_words_occur(lexical: LexicalIndex):
    one = lexical.concept_scores([(("公园", 1.0),)])
    two = lexical.concept_scores([(("公园", 1.0), ("口袋", 1.0))])
    assert one[2] == two[2] > 0


def test_an_english_question_searches_by_words(searcher: Searcher):
    best = searcher.clauses("pocket parks built", Filters(), 5)
    assert any("口袋公园" in hit.quote for hit in best)


def test_the_words_of_the_original_help_a_wrong_translation(searcher: Searcher):
    wrong = "口袋里的停车场"
    original = "How many reservoirs are promoted?"
    with_it = searcher.clauses(wrong, Filters(), 10, original=original)
    assert any("水库" in hit.quote for hit in with_it)
    without = searcher.weighted(Weights(glossary=0)).clauses(wrong, Filters(), 10)
    assert not any("水库" in hit.quote for hit in without)
