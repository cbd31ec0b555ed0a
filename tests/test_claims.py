import pytest

from rag.claims import split_claims
from rag.errors import QuestionError


def texts(statement: str) -> list[str]:
    claims, _ = split_claims(statement)
    assert all(statement[claim.start : claim.end] == claim.text for claim in claims)
    return [claim.text for claim in claims]


def reasons(statement: str) -> list[str]:
    return [one.reason for one in split_claims(statement)[1]]


def test_sentences_and_semicolon_parts_are_claims():
    assert texts("粮食产量达到100万吨。新建学校5所；改造医院3家！") == [
        "粮食产量达到100万吨",
        "新建学校5所",
        "改造医院3家",
    ]


def test_coordinate_parts_with_a_figure_and_a_subject_each():
    assert texts("城镇新增就业12万人，城镇调查失业率5.3%左右") == [
        "城镇新增就业12万人",
        "城镇调查失业率5.3%左右",
    ]


def test_a_part_with_its_own_time_keeps_the_words_before_it():
    claims, _ = split_claims("2024年城镇新增就业目标是12万人，2023年完成11万人")
    assert [claim.text for claim in claims] == ["2024年城镇新增就业目标是12万人", "2023年完成11万人"]
    assert claims[1].lead == "2024年城镇新增就业目标是12万人，"


@pytest.mark.parametrize(
    "statement",
    [
        "地区生产总值达到3万亿元，增长6.1%",
        "货物达到1，000吨",
        "推进改革，扩大开放，改善民生",
        "煤炭产量超过1亿吨，产量排全国第8位",
    ],
)
def test_what_belongs_together_stays_together(statement):
    assert texts(statement) == [statement]


def test_greetings_opinions_questions_and_headings_are_left_aside():
    statement = "各位代表：\n一、工作回顾\n新建学校5所。我认为成绩很好。今年会怎样？\n谢谢大家！"
    assert texts(statement) == ["新建学校5所"]
    assert reasons(statement) == ["greeting", "heading", "opinion", "question", "greeting"]


def test_praise_is_an_opinion():
    assert reasons("给全市人民点个赞！城镇新增就业12万人。") == ["opinion"]


def test_a_statement_with_nothing_else_is_one_claim():
    assert texts("一、2023年工作回顾") == ["一、2023年工作回顾"]


def test_english_sentences():
    assert texts("GDP grew by 6.1 percent. New jobs reached 1.2 million.") == [
        "GDP grew by 6.1 percent", "New jobs reached 1.2 million",
    ]  # fmt: skip


def test_other_languages_are_refused():
    with pytest.raises(QuestionError):
        split_claims("これは日本語の文章です")
