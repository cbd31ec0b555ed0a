"""Questions in other words than the report's: the nearest part, notes, lists that count themselves, several things at once."""

from __future__ import annotations

import pytest
from fakes import ScriptedGenerator
from test_grounding import clause
from test_question_periods import SHELF, entry

from index.build import Builder
from index.encoder import SentenceEncoder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.amounts import asked_unit, asks_people, same_unit
from rag.assumed import assumption
from rag.grounding import ground
from rag.listing import Counted, announced, counted, with_others_asked
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.question import interpret
from rag.shelf import Shelf
from rag.types import Question
from rag.wanted import wanted_of

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n推动文化产业发展，举办艺术节，话剧获奖。加快“五网合一”［1］示范段建设。群众文艺丰富多彩，一批院团下乡。\n\n"
    "二、2026年主要任务\n\n深化引才计划，建好人才平台，加强卓越工程师培育，营造最优人才生态，让城市与人才双向奔赴。"
    "发展卫生事业，今年重点抓好三件事。一是加强公共卫生体系建设。二是改善农村医疗条件，做好试点工作。"
    "三是推进城镇医疗改革。落实三张清单［2］制度。打造火锅、粮油、畜牧三大千亿级产业，壮大柑橘、茶叶两个百亿级产业。\n\n"
    "注释\n\n［1］五网合一：\n\n将水、电、光、气网融入路网。\n\n［2］三张清单：权力清单、责任清单、负面清单。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    store, encoder = Store(tmp_path_factory.mktemp("nearest")), SentenceEncoder()
    Builder(store, encoder).add([report_from_text(TEXT, "某省_2026")])
    return Pipeline(Searcher(store, encoder), ScriptedGenerator(), "某省_2026")


def test_a_wording_that_shares_no_word_with_the_question_is_found_by_its_part(pipeline: Pipeline):
    answer = pipeline.answer(Question("有一句挺文艺的，大意是一座城和有本事的人彼此奔向对方，原话是什么？"))
    assert "让城市与人才双向奔赴" in answer.text
    assert answer.citations[0].quote in TEXT


def test_what_is_found_by_words_is_shown_before_meanings_are_compared(pipeline: Pipeline):
    asked = "有一句挺文艺的，大意是一座城和有本事的人彼此奔向对方，原话是什么？"
    shown = [event.evidence for event in pipeline.stream(Question(asked)) if event.kind == "evidence"]
    assert len(shown) == 2
    assert "双向奔赴" not in shown[0][0].focused
    assert "双向奔赴" in shown[1][0].focused


def test_a_part_is_not_looked_for_where_the_words_of_the_question_stand(pipeline: Pipeline):
    answer = pipeline.answer(Question("报告关于引才计划的原话是什么？"))
    assert "深化引才计划" in answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("“五网合一”是什么意思？", "将水、电、光、气网融入路网"),
        ("三张清单具体是哪三张？", "权力清单、责任清单、负面清单"),
    ],
)
def test_what_a_name_means_is_told_by_the_reports_own_note(pipeline: Pipeline, asked: str, told: str):
    answer = pipeline.answer(Question(asked))
    assert told in answer.text
    assert answer.status in {"answered", "evidence_only"}


def test_a_list_that_counts_itself_is_told_whole(pipeline: Pipeline):
    answer = pipeline.answer(Question("卫生方面今年重点抓三件事，分别是什么？"))
    assert len(answer.citations) == 3
    assert "公共卫生" in answer.text
    assert "城镇医疗" in answer.text


def test_two_lists_of_one_clause_are_told_together():
    quote = "打造火锅、粮油、畜牧三大千亿级产业，壮大柑橘、茶叶两个百亿级产业"
    span = (quote.index("壮大"), len(quote))
    assert with_others_asked(quote, "百亿级的是哪两个？千亿级的是哪三个？", span) == (0, len(quote))
    assert with_others_asked(quote, "百亿级的是哪两个？", span) == span


def test_things_to_do_are_counted_too():
    assert counted("今年重点抓三件事，分别是什么？") == Counted(3, "事")
    assert announced(["重点抓好三件事。", "一是甲。", "二是乙。", "三是丙。"], Counted(3, "事")) == (1, 2, 3)


SEVERAL = Shelf(
    [
        *SHELF.entries,
        *(entry(f"capital-{year}", "北京市", year) for year in (2025, 2026)),
        entry("home-2025", "重庆市", 2025),
        entry("home-2026", "重庆市", 2026),
    ],
    "home-2024",
)


@pytest.mark.parametrize(
    ("asked", "slots"),
    [
        (
            "北京2025年的报告里说要打通多少条断头路？到2026年再汇报的时候实际打通了几条？",
            [("北京市", (2025,), ("target",)), ("北京市", (2025,), ("actual",))],
        ),
        (
            "重庆2024年报告力争高新技术企业突破8500家，2025年报告交出的答卷是多少家？",
            [("重庆市", (2024,), ("target",)), ("重庆市", (2024,), ("actual",))],
        ),
        (
            "按重庆2024、2025、2026三年的政府工作报告，通道能通到多少个港口？",
            [("重庆市", (year,), ("actual",)) for year in (2023, 2024, 2025)],
        ),
        (
            "重庆2024年的报告里就业目标是多少？2025年的报告呢？",
            [("重庆市", (2024,), ("target",)), ("重庆市", (2025,), ("target",))],
        ),
        (
            "重庆2024年的报告定的就业目标是多少，2025年的报告是多少？",
            [("重庆市", (2024,), ("target",)), ("重庆市", (2025,), ("target",))],
        ),
        ("看2026年的报告，北京人平均能活多少岁？重庆人呢？", [("北京市", (), ()), ("重庆市", (), ())]),
        (
            "2026年两市的报告里，2025年底北京和重庆的地铁各有多少公里？",
            [("北京市", (2025,), ()), ("重庆市", (2025,), ())],
        ),
    ],
)
def test_each_report_that_is_named_tells_its_own_year(
    asked: str, slots: list[tuple[str, tuple[int, ...], tuple[str, ...]]]
):
    query = interpret(Question(asked), SEVERAL, str)
    assert [(one.place, one.years, one.statuses) for one in query.slots] == slots


def test_of_several_places_each_is_asked_of_its_own_report_of_that_year():
    ids, bare = named_report("看2026年的报告，北京人平均能活多少岁？重庆人呢？", SEVERAL)
    assert ids == ("capital-2026", "home-2026")
    assert "2026" not in bare
    query = interpret(Question("看2026年的报告，北京人平均能活多少岁？重庆人呢？"), SEVERAL, str)
    assert [one.filters.reports for one in query.slots] == [("capital-2026",), ("home-2026",)]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("扶贫案例上了央视的哪个节目？", "fact"),
        ("糟粕醋是在哪一块讲到的？", "section"),
        ("经济普查在报告哪个地方提到的？", "section"),
    ],
)
def test_a_programme_is_no_part_of_a_report(asked: str, wanted: str):
    assert wanted_of(asked) == wanted


def test_units_by_which_the_same_is_counted():
    assert asked_unit("全国每一百台手机里，大概有几台是重庆造的？") == "%"
    assert same_unit("趟", "航次")
    assert same_unit("套", "万套（间）")
    assert asks_people("全国有多少城里人拿到了低保？")
    assert not asks_people("多少居民收入来自工资？")


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        ("报告不是宣布当年就把农业税全免了吗，那农民一共少交多少？", "当年就把农业税全免了"),
        (
            "既然2023年定的目标样样都完成了，今年为什么还说有困难？",
            "2023年定的目标样样都完成了，今年还说有困难",
        ),
    ],
)
def test_what_a_question_takes_for_granted(asked: str, statement: str):
    assumed = assumption(asked, "zh")
    assert assumed is not None
    assert assumed.statement == statement


def test_one_of_two_names_is_no_answer():
    one = clause("火爆出圈的吉祥物“喜洋洋”、“乐融融”")
    assert ground("吉祥物叫“喜洋洋”。", [one], "zh", "吉祥物叫什么？").unreadable == (one,)
    assert ground("吉祥物叫“喜洋洋”和“乐融融”。", [one], "zh", "吉祥物叫什么？").text
    assert ground("“喜洋洋”是吉祥物。", [one], "zh", "“喜洋洋”是什么？").unreadable == ()
