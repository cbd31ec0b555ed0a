"""What a question says in other words than the report's, and the clauses that have the report's words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes import ScriptedChat, ScriptedGenerator

from index.tokens import divisions
from index.types import Period
from rag.completions import Completions
from rag.coverage import lacks_official_term
from rag.exhibit import said_in
from rag.generation import ChatGenerator
from rag.terms import in_official_terms
from rag.types import Evidence, Query, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rag.pipeline import Pipeline


def clause(quote: str, covered: float, *terms: str) -> Evidence:
    period = Period(2023, "actual")
    return Evidence(
        1,
        "r",
        "某市政府工作报告",
        "某市",
        (),
        period,
        0,
        len(quote),
        quote,
        1.0,
        covered=covered,
        terms=terms,
    )


def test_a_term_is_said_by_its_words_wherever_they_stand():
    assert not lacks_official_term("去年的财政支出", "压减财政一般性支出55亿元")
    assert lacks_official_term("农村居民人均可支配收入", "全体居民人均可支配收入增长5.4%")
    assert not lacks_official_term("大家花的钱", "社会消费品零售总额")


def test_the_surest_term_of_a_clause_comes_first_and_the_longer_of_two():
    one = clause("城镇新增就业73.9万人，调查失业率5.4%", 0.1)
    official = {"新增就业": 0.9, "城镇新增就业": 0.8, "调查失业率": 0.6, "就业补贴": 1.0, "万人": 0.2}
    assert said_in(one, official) == ("城镇新增就业", "调查失业率")


def test_a_clause_in_the_words_of_the_question_needs_no_term():
    assert said_in(clause("城镇新增就业73.9万人", 0.8), {"城镇新增就业": 1.0}) == ()


@pytest.mark.parametrize(("language", "told"), [("zh", True), ("en", False)])
def test_the_model_is_told_what_the_report_calls_it(tmp_path: Path, language: Any, told: bool):  # noqa: FBT001
    chat = ScriptedChat(replies=["73.9万人。"])
    generator = ChatGenerator("scripted", lambda: chat, Completions(tmp_path / "kept.sqlite", "x"))
    query = Query("端上饭碗的", "端上饭碗的", "饭碗", language, "fact", ())
    list(generator.answer(query, [clause("城镇新增就业73.9万人", 0.0, "城镇新增就业")]))
    assert ("（报告中称“城镇新增就业”）" in str(chat.seen[-1][-1].content)) == told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("两江新区去年增长多少", ["两江新区"]),
        ("万州经开区有多少企业", ["万州区"]),
        ("国家级新区建设", []),
        ("全市有几个开发区", []),
    ],
)
def test_a_zone_is_a_division(text: str, named: list[str]):
    assert divisions(text) == named


def test_the_figure_of_the_whole_city_is_not_that_of_a_zone(
    pipeline_with: Callable[[ScriptedGenerator], Pipeline],
):
    answer = pipeline_with(ScriptedGenerator(odds=5.0)).answer(
        Question("两江新区去年的地区生产总值增速是多少？")
    )
    assert answer.status == "not_in_reports"


@pytest.mark.parametrize(
    "question",
    [
        "2023年中欧班列（成渝）开了多少列？",
        "2023年生产安全事故死亡人数是多少人？",
    ],
)
def test_a_number_that_is_not_where_the_thing_is_spoken_of_is_none(
    pipeline_with: Callable[[ScriptedGenerator], Pipeline], question: str
):
    """A model that would agree to anything: the evidence has numbers, of other things."""
    answer = pipeline_with(ScriptedGenerator(odds=9.0)).answer(Question(question))
    assert answer.status == "not_in_reports", answer.text


def test_a_clause_without_the_official_term_of_a_question_is_not_quoted_for_its_figure(
    pipeline_with: Callable[[ScriptedGenerator], Pipeline],
):
    """The model's figure stands nowhere; the goals of the year are no answer, as that of rural incomes is not set."""
    agreeing = pipeline_with(ScriptedGenerator("农村居民人均可支配收入增长9.9%。", odds=9.0))
    answer = agreeing.answer(Question("今年农村居民人均可支配收入的增长目标是多少？"))
    assert answer.status == "not_in_reports", answer.text


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("What share of GDP goes to R&D?", "how much goes to 研发投入强度 ?"),
        ("They spent 2.6 percent of GDP on R&D.", "They spent 2.6 percent on 研发投入强度 ."),
        ("How large was R&D spending, as a percentage of its GDP?", "How large was 研发投入强度 ?"),
        ("Research and development spending", "研发经费投入"),
        ("What share of GDP is tourism?", "What share of 地区生产总值 is tourism?"),
    ],
)
def test_research_as_a_share_of_the_economy_has_a_name_of_its_own(english: str, said: str):
    assert " ".join(in_official_terms(english).split()).replace(",", "") == said.replace(",", "")
