"""Everyday and English names of official terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import thesaurus
from index.embedded import Weights
from index.encoder import EMBEDDED, SentenceEncoder
from index.glossary import with_official_terms
from index.searcher import Filters
from index.thesaurus import Thesaurus, everyday_names, in_terms_of, said_otherwise, said_terms, used_instead

if TYPE_CHECKING:
    from index.searcher import Searcher


def test_everyday_names_are_found_with_the_official_terms():
    assert everyday_names("给车主添了多少个停车的地方") == (("停车的地方", ("停车位", "停车泊位")),)
    assert everyday_names("城镇新增就业多少人") == ()


def test_a_name_inside_of_another_word_is_none():
    assert "三产" in dict(everyday_names("三产占多少"))
    assert "三产" not in dict(everyday_names("第三产业占多少"))


def test_what_is_said_in_official_terms_is_told():
    names = everyday_names("停车的地方和下馆子")
    assert said_otherwise("新增公共停车泊位8万个", names) == ["停车的地方"]
    assert said_otherwise("粮食产量", names) == []


def test_everyday_names_give_way_to_the_terms_of_a_wording():
    assert in_terms_of("新增公共停车泊位8万个", "停车的地方添了8万个") == "停车泊位添了8万个"
    assert in_terms_of("粮食产量", "停车的地方添了8万个") == "停车的地方添了8万个"


def test_official_terms_are_told_where_they_are_cut_as_such():
    assert said_terms("今年社会消费品零售总额的目标") == ["社会消费品零售总额"]
    assert said_terms("今年大家花的钱") == []


def test_the_table_is_in_order_and_says_nothing_twice():
    lines = thesaurus._lines()
    officials = [official for official, _, _ in lines]
    assert officials == sorted(set(officials))
    for official, everyday, english in lines:
        assert len(set(everyday)) == len(everyday)
        assert len(set(english)) == len(english)
        assert not any(official in name or not name.strip() for name in everyday), official
        assert all(name == name.lower() and name.isascii() for name in english), official


def test_each_name_has_its_vector():
    terms, _ = thesaurus._encoded()
    assert len(terms) == len(thesaurus._vectors()) == len(thesaurus._names())


def test_the_vectors_are_those_of_the_names():
    """A change of the table needs ``python -m index.thesaurus``: each place of the table is looked at."""
    vectors = thesaurus._vectors()
    rows = range(0, len(vectors), 400)
    names = [thesaurus._names()[row][1] for row in rows]
    own = SentenceEncoder().encode_documents(names)
    assert np.einsum("ij,ij->i", own, vectors[list(rows)]).min() > 0.999


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("家里的老人走路不稳，能不能帮忙改一改屋子", "适老化改造"),
        ("骑手送外卖摔伤了谁来赔", "职业伤害保障"),
        ("村里的土路什么时候铺水泥", "农村公路"),
        ("Where can I leave my toddler while I work?", "托育"),
    ],
)
def test_a_question_in_words_of_its_own_is_near_to_the_term(
    encoder: SentenceEncoder, question: str, term: str
):
    near = Thesaurus(encoder.fingerprint).nearest(encoder.encode_query(question))
    assert term in dict(near)
    assert [cosine for _, cosine in near] == sorted((cosine for _, cosine in near), reverse=True)


def test_nothing_is_near_for_other_encoders():
    assert Thesaurus("another-encoder").nearest(np.ones(384, dtype=np.float32)) == []
    assert Thesaurus("another-encoder").concepts(
        "停车的地方", {"停车的地方": np.ones(384, dtype=np.float32)}
    ) == [(("停车的地方", 1.0), ("停车位", 1.0), ("停车泊位", 1.0))]


def test_a_question_in_official_terms_gets_no_others(encoder: SentenceEncoder):
    text = "今年城镇新增就业多少人"
    assert Thesaurus(EMBEDDED).concepts(text, {text: encoder.encode_query(text)}) == []


def test_everyday_words_find_what_the_report_calls_otherwise(searcher: Searcher):
    asked = "下馆子涨了多少"
    best = searcher.clauses(asked, Filters(), 8)
    assert any("餐饮" in hit.quote for hit in best)
    plain = searcher.weighted(Weights(thesaurus=0)).clauses(asked, Filters(), 8)
    assert not any("餐饮" in hit.quote for hit in plain)


def test_english_names_are_found_as_one_thing(searcher: Searcher):
    best = searcher.clauses("pocket parks and parking spaces", Filters(), 5)
    assert any("停车泊位" in hit.quote for hit in best)


def test_terms_are_told_with_how_surely_each_is_meant(encoder: SentenceEncoder):
    asked = "家里的老人走路不稳，能不能帮忙改一改屋子"
    terms = Thesaurus(encoder.fingerprint).terms(asked, {asked: encoder.encode_query(asked)})
    assert max(terms, key=lambda term: terms[term]) == "适老化改造"
    assert all(0 < sure <= 1 for sure in terms.values())


def test_terms_that_are_said_are_not_told(encoder: SentenceEncoder):
    asked = "停车的地方和停车位"
    terms = Thesaurus(encoder.fingerprint).terms(asked, {asked: encoder.encode_query(asked)})
    assert "停车位" not in terms
    assert terms["停车泊位"] == 1.0


def test_a_term_that_the_report_does_not_use_is_said_as_it_does():
    used = {"高铁", "保交楼", "工资"}.__contains__
    assert used_instead("高速铁路", used) == "高铁"
    assert used_instead("保交房", used) == "保交楼"
    assert used_instead("高铁", used) == "高铁"
    assert used_instead("最低工资", used) == "最低工资"  # wages are another thing
    assert used_instead("不是术语", used) == "不是术语"
    assert "高铁" in with_official_terms("the high-speed rail network", used)
    assert "高速铁路" in with_official_terms("the high-speed rail network")
