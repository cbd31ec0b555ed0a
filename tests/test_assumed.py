"""The statement in a question, and what becomes of the question by its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator

from rag.assumed import assumption
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.pipeline import Pipeline
    from rag.types import Answer, Language


@pytest.mark.parametrize(
    ("text", "language", "statement", "asked"),
    [
        ("今年进出口的目标是增长5%，对吗？", "zh", "今年进出口的目标是增长5%", True),
        ("听说去年粮食减产了两成，这是真的吗", "zh", "去年粮食减产了两成", True),
        ("是不是去年新增就业60万人以上？", "zh", "去年新增就业60万人以上", True),
        ("2019年的报告是不是说桥全由村民自己修？", "zh", "2019年的报告说桥全由村民自己修", True),
        ("今年水库怎么会减少5座？", "zh", "今年水库减少5座", False),
        (
            "The ferry will take two hours once it runs, doesn't it?",
            "en",
            "The ferry will take two hours once it runs",
            True,
        ),
        ("Rainfall shrank in 2019 - how does the report explain it?", "en", "Rainfall shrank in 2019", False),
        ("2019年降雨量下降了，报告怎么解释？", "zh", "2019年降雨量下降了", False),
        ("报告提出今年改造管网900公里，是哪些区县的？", "zh", "今年改造管网900公里", False),
        ("今年为什么要改造管网900公里？", "zh", "今年要改造管网900公里", False),
        ("Is it true that 600,000 urban jobs were created?", "en", "600,000 urban jobs were created", True),
        ("Imports grew by 3% last year, right?", "en", "Imports grew by 3% last year", True),
        ("去年那次特大洪水，报告里怎么总结的？", "zh", "去年发生了特大洪水", False),
        ("还剩几座危桥没修完？", "zh", "还有危桥没修完", False),
        ("去年那几起特大洪水，一共淹了多少地？", "zh", "去年发生了特大洪水", False),
        ("2015年外贸超额完成了目标，报告归功于什么？", "zh", "2015年外贸超额完成了目标", False),
        (
            "Why did the city cancel its second metro line?",
            "en",
            "the city cancel its second metro line",
            False,
        ),
        (
            "河东2020年的报告说2019年全市桥梁已经全部修好，那花了多少？",
            "zh",
            "河东2019年全市桥梁已经全部修好",
            False,
        ),
        ("2020年国务院的报告说2019年铁路全部通车，靠的是什么？", "zh", "全国2019年铁路全部通车", False),
        ("去年为什么产量还是没能跨过30万吨这道坎？", "zh", "去年产量没能跨过30万吨", False),
        ("大桥去年动工之后，现在修到哪一步了？", "zh", "大桥去年动工", False),
        ("河东新大桥2019年动工了，要花多少钱？", "zh", "河东新大桥2019年动工了", False),
        ("海洋学院去年开始招生，招了多少人？", "zh", "海洋学院去年开始招生", False),
        ("为什么要把赤字率调得比上一年还高？财政紧张吗？", "zh", "要把赤字率调得比上一年还高", False),
        ("产茶大省的位子丢了，去年产了多少？", "zh", "产茶大省的位子丢了", False),
        ("河里的鱼全死了，我没记错吧？", "zh", "河里的鱼全死了", True),
        (
            "2019年拿到老旧小区改造试点的牌子之后，打算怎么干？",
            "zh",
            "2019年拿到老旧小区改造试点的牌子",
            False,
        ),
        ("水库既然去年就全部修好了，今年怎么还提？", "zh", "水库去年就全部修好了", False),
        (
            "What caused the serious ferry accident that struck last year?",
            "en",
            "Serious ferry accident happened last year.",
            False,
        ),
        ("How many people died in the floods of June?", "en", "Floods happened.", False),
        (
            "Which ferries moved to the new pier after it opened last year?",
            "en",
            "The new pier opened last year.",
            False,
        ),
        (
            "The harbour already opened a second pier in 2019. What was said about it?",
            "en",
            "The harbour already opened a second pier in 2019",
            False,
        ),
        (
            "The port set a goal of 45% for rail freight. Isn't that low?",
            "en",
            "The port set a goal of 45% for rail freight",
            False,
        ),
        (
            "Since all of its dams were repaired in 2023, which one cost most?",
            "en",
            "all of its dams were repaired in 2023",
            False,
        ),
    ],
)
def test_a_question_about_a_statement_holds_it(
    text: str,
    language: Language,
    statement: str,
    asked: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    found = assumption(text, language)
    assert found is not None
    assert (found.statement, found.asked) == (statement, asked)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今年计划新增多少城镇就业？", "zh"),
        ("没有电梯的老楼，今年再给多少栋装上？", "zh"),
        ("去年城镇新增就业多少人，对不对？", "zh"),
        ("我家有五口人，能买几套房？", "zh"),
        ("轨道交通，今年有什么安排？", "zh"),
        ("今年的报告里，去年投资是涨了还是跌了，幅度多少？", "zh"),
        ("How much goes to the disaster relief fund this year?", "en"),
        ("Since 2019, how has the number of schools changed?", "en"),
        ("Why did the city build a second metro line?", "en"),
        ("How many urban jobs were created, and is that more than planned?", "en"),
    ],
)
def test_other_questions_hold_none(text: str, language: Language) -> None:
    assert assumption(text, language) is None


@pytest.fixture
def ask(pipeline_with: Callable[[ScriptedGenerator], Pipeline]) -> Callable[[str], Answer]:
    pipeline = pipeline_with(ScriptedGenerator(odds=-9.0))
    return lambda text: pipeline.answer(Question(text))


@pytest.mark.parametrize(
    ("text", "official", "period"),
    [
        ("今年城镇新增就业的目标是73.9万人，对吗？", "城镇新增就业60万人以上", (2024, "target")),
        ("报告说去年城镇新增就业60万人，主要在哪些行业？", "城镇新增就业73.9万人", (2023, "actual")),
        ("报告说今年新建8个未来工厂，在哪些区县？", "新建5个未来工厂", (2024, "target")),
        ("今年为什么只新建8个未来工厂？", "新建5个未来工厂", (2024, "target")),
    ],
)
def test_what_the_report_has_otherwise_is_told_with_its_own_words_and_time(
    ask: Callable[[str], Answer], text: str, official: str, period: tuple[int, str]
) -> None:
    answer = ask(text)
    assert answer.status == "answered"
    assert answer.text.startswith(("报告不是这样说的。", "报告的数字与问题所说的不同。"))
    assert answer.citations[0].quote == official
    assert (answer.citations[0].period.year, answer.citations[0].period.status) == period


def test_a_goal_held_for_higher_than_the_result_is_answered_by_both(ask: Callable[[str], Answer]) -> None:
    answer = ask("今年城镇新增就业的目标为什么定得比去年还高？")
    assert [(one.period.year, one.period.status) for one in answer.citations] == [
        (2023, "actual"),
        (2024, "target"),
    ]


def test_a_right_statement_is_answered_with_the_reports_words(ask: Callable[[str], Answer]) -> None:
    answer = ask("去年城镇新增就业73.9万人，对吗？")
    assert answer.status == "answered"
    assert "不是这样" not in answer.text
    assert [one.quote for one in answer.citations] == ["城镇新增就业73.9万人"]


def test_what_the_report_does_not_speak_of_is_neither(ask: Callable[[str], Answer]) -> None:
    assert ask("今年要建三座海水淡化厂，对吗？").status == "not_in_reports"
