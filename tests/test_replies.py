"""What is said when code has the word: quotes, records, sections, comparisons, absence; and which of them when."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.quantities import find_quantities
from index.searcher import Filters
from index.types import Indicator, IndicatorStatus, Period, PeriodStatus
from rag.comparison import compared
from rag.figures import english_figure, in_english
from rag.quoting import Reply, quotation
from rag.replies import absence, grounded_reply, reply_by_code
from rag.types import Evidence, Found, Language, Query, Slot, Wanted

GOAL = "实施就业工程，城镇新增就业60万人以上、城镇调查失业率控制在5.5%左右"
RESULT = "就业形势稳定，城镇新增就业73.9万人"


def record(
    value: str,
    quote: str,
    start: int,
    year: int,
    status: IndicatorStatus,
    *,
    qualifier: str = "",
    place: str = "某市",
) -> Indicator:
    return Indicator(
        "r",
        place,
        "城镇新增就业",
        value,
        "万人",
        qualifier,
        "increment",
        year,
        status,
        start,
        start + len(quote),
        quote,
        3,
    )


GOAL_RECORD = record("60", "城镇新增就业60万人以上", 107, 2024, "target", qualifier="以上")
RESULT_RECORD = record("73.9", "城镇新增就业73.9万人", 307, 2023, "actual")


def evidence(
    quote: str, start: int, year: int, status: PeriodStatus, chosen: Indicator | None = None
) -> Evidence:
    section = (f"二、{year}年主要任务", "（十）保障和改善民生")
    return Evidence(
        1,
        "r",
        "某市政府工作报告",
        "某市",
        section,
        Period(year, status),
        start,
        start + len(quote),
        quote,
        1.0,
        chosen,
    )


def slot(year: int, status: PeriodStatus) -> Slot:
    return Slot("某市", (year,), (status,), Filters())


GOAL_FOUND = Found(slot(2024, "target"), (evidence(GOAL, 100, 2024, "target", GOAL_RECORD),), GOAL_RECORD)
RESULT_FOUND = Found(
    slot(2023, "actual"), (evidence(RESULT, 300, 2023, "actual", RESULT_RECORD),), RESULT_RECORD
)
NOTHING = Found(slot(2023, "actual"), (), None)


def query(wanted: Wanted, *found: Found, language: Language = "zh") -> Query:
    return Query(
        "城镇新增就业", "城镇新增就业？", "新增就业", language, wanted, tuple(one.slot for one in found)
    )


def markers(reply: Reply) -> set[int]:
    return {int(number) for number in re.findall(r"\[(\d+)\]", reply.text)}


def whole(reply: Reply) -> bool:
    """Whether every marker has its citation and every citation its marker."""
    numbers = [citation.marker for citation in reply.citations]
    return markers(reply) == set(numbers) and numbers == list(range(1, len(numbers) + 1))


# The model's text, as far as it stands


def test_a_grounded_text_is_the_answer():
    found = (GOAL_FOUND,)
    reply = grounded_reply("2024年城镇新增就业目标是60万人以上。", query("figure", *found), found)
    assert reply.status == "answered"
    assert reply.text == "2024年城镇新增就业目标是60万人以上。[1]"
    assert whole(reply)


@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业70万人以上。",
        "城镇调查失业率控制在5.5%左右。",
        "实施就业工程。",
        "",
        "我不知道。",
        "2023年城镇新增就业60万人以上。",
    ],
)
def test_what_does_not_give_the_records_figure_is_replaced_by_the_record(text: str):
    found = (GOAL_FOUND,)
    reply = grounded_reply(text, query("figure", *found), found)
    assert reply.status == "answered"
    assert "60万人以上" in reply.text
    assert "70" not in reply.text
    assert reply.citations[0].quote == "城镇新增就业60万人以上"
    assert whole(reply)


def test_without_a_record_a_text_that_fails_is_replaced_by_the_quoted_clause():
    bare = Found(GOAL_FOUND.slot, (evidence(GOAL, 100, 2024, "target"),), None)
    reply = grounded_reply("城镇新增就业70万人以上。", query("figure", bare), (bare,))
    assert reply.status == "evidence_only"
    assert f"“{GOAL}”" in reply.text
    assert reply.citations[0].quote == GOAL
    assert whole(reply)


@pytest.mark.parametrize(
    ("asked", "status"), [("财政收入是多少亿元？", "not_in_reports"), ("财政收入增长多少？", "evidence_only")]
)
def test_asked_for_a_sum_a_clause_without_one_is_no_answer(asked: str, status: str):
    found = (Found(GOAL_FOUND.slot, (evidence("财政收入增长16%", 100, 2024, "target"),), None),)
    reply = grounded_reply(
        "财政收入是900亿元。", replace(query("figure", *found), text=asked, asked=asked), found
    )
    assert reply.status == status


ROADS = "改造农村公路4000公里，新建便民桥300座"
PARKS = "新建城市公园30个"


@pytest.mark.parametrize(
    ("draft", "quote"),
    [
        ("给乡下的路装了4000公里护栏。", ROADS),
        ("今年造30个让人散心的地方。", PARKS),
        ("要造让人散心的公园。", PARKS),
        ("不知道。", ROADS),
    ],
)
def test_a_text_that_fails_still_tells_which_clause_it_was_taken_from(draft: str, quote: str):
    clauses = (evidence(ROADS, 100, 2024, "target"), evidence(PARKS, 200, 2024, "target"))
    found = (Found(GOAL_FOUND.slot, clauses, None),)
    reply = grounded_reply(draft, query("figure", *found), found)
    assert reply.status == "evidence_only"
    assert [citation.quote for citation in reply.citations] == [quote]
    assert whole(reply)


@pytest.mark.parametrize(("asked", "with_words"), [("如何改造农村公路？", True), ("改造什么公路？", False)])
def test_ways_and_means_are_told_with_the_words_of_the_report(asked: str, with_words: bool):  # noqa: FBT001 - a parameter
    found = (Found(GOAL_FOUND.slot, (evidence(ROADS, 100, 2024, "target"),), None),)
    reply = grounded_reply("要改造农村公路。", replace(query("fact", *found), asked=asked), found)
    assert reply.status == "answered"
    assert (f"原文：“{ROADS}”[1]" in reply.text) == with_words
    assert whole(reply)


# Quotation


def test_a_quotation_quotes_the_best_clause_of_each_slot_and_its_period():
    found = (GOAL_FOUND, RESULT_FOUND)
    reply = quotation(query("figure", *found), found)
    assert reply.status == "evidence_only"
    assert [citation.period.year for citation in reply.citations] == [2024, 2023]
    assert "2024年目标" in reply.text
    assert "2023年实绩" in reply.text
    assert whole(reply)


def test_clauses_of_several_texts_are_quoted_with_whose_they_are():
    one = replace(evidence("净利润30亿元", 10, 2024, "policy"), place="", title="甲公司")
    other = replace(evidence("净利润3000万元", 20, 2024, "policy"), place="", title="乙公司")
    found = tuple(Found(Slot(part.title, (), (), Filters()), (part,), None) for part in (one, other))
    assert quotation(query("comparison", *found), found).text == (
        "甲公司：“净利润30亿元”。[1]乙公司：“净利润3000万元”。[2]"
    )


@pytest.mark.parametrize(
    ("asked", "quotes", "conclusion"),
    [
        (
            "谁的净利润更高？",
            ("净利润30亿元", "净利润3000万元"),
            "从高到低：甲公司（30亿元）、乙公司（3000万元）。[1][2]",
        ),
        (
            "谁的收购金额更大？",
            ("完成收购，总价值3亿元", "完成收购，总价值7亿元"),
            "从高到低：乙公司（7亿元）、甲公司（3亿元）。[1][2]",
        ),
        ("谁的净利润更高？", ("股东权益30亿元，受净利润影响", "净利润3000万元"), ""),
        ("谁的净利润更高？", ("净利润30亿元，上年20亿元", "净利润3000万元"), ""),
        ("谁的净利润更高？", ("净利润增长30%", "净利润3000万元"), ""),
        (
            "谁更早入院？",
            ("90岁，2月12日入院", "7岁，2月10日入院"),
            "从早到晚：乙公司（2月10日）、甲公司（2月12日）。[1][2]",
        ),
        (
            "谁更早入院？",
            ("2021年12月1日入院", "2022年2月10日入院"),
            "从早到晚：甲公司（2021年12月1日）、乙公司（2022年2月10日）。[1][2]",
        ),
        ("谁更早入院？", ("2月12日入院", "2022年2月10日入院"), ""),
        ("谁更早入院？", ("2月12日入院，3月1日出院", "2月10日入院"), ""),
        ("谁更早入院？", ("2月12日开庭", "2月10日入院"), ""),
    ],
)
def test_which_of_several_texts_has_more(asked: str, quotes: tuple[str, str], conclusion: str):
    clauses = [
        replace(evidence(quote, i, 2024, "policy"), place="", title=f"{'甲乙'[i]}公司")
        for i, quote in enumerate(quotes)
    ]
    found = tuple(Found(Slot(one.title, (), (), Filters()), (one,), None) for one in clauses)
    reply = reply_by_code(replace(query("comparison", *found), asked=asked, topic=asked), found)
    assert reply is not None
    assert reply.text.partition("[2]")[2] == conclusion
    assert reply.status == ("answered" if conclusion else "evidence_only")
    assert whole(reply)


def test_of_each_text_the_clause_that_can_be_compared_is_taken():
    def clause(text: str, i: int, rank: int, covered: float) -> Evidence:
        named = replace(evidence(text, 10 * i + rank, 2024, "policy"), place="", title=f"{'甲乙'[i]}公司")
        return replace(named, rank=rank, covered=covered)

    found = tuple(
        Found(
            Slot(f"{'甲乙'[i]}公司", (), (), Filters()),
            (clause("净利润可观", i, 1, 0.9), clause(text, i, 2, 0.6)),
            None,
        )
        for i, text in enumerate(("净利润30亿元", "净利润3000万元"))
    )
    reply = reply_by_code(
        replace(query("comparison", *found), asked="谁的净利润更高？", topic="净利润"), found
    )
    assert reply is not None
    assert reply.text.endswith("从高到低：甲公司（30亿元）、乙公司（3000万元）。[1][2]")


def test_an_english_quotation_gives_the_figures_in_english():
    found = (GOAL_FOUND,)
    reply = quotation(query("figure", *found, language="en"), found)
    assert "600,000 people or more" in reply.text
    assert "城镇新增就业60万人以上" in reply.text


def test_a_wording_is_the_quotation_and_is_an_answer():
    found = (GOAL_FOUND,)
    reply = reply_by_code(query("wording", *found), found)
    assert reply is not None
    assert reply.status == "answered"
    assert "城镇新增就业60万人以上" in reply.text
    assert whole(reply)


def test_a_wording_is_the_clause_with_the_words_that_the_question_quotes():
    clauses = (
        evidence("大力发展环保产业", 10, 2024, "target"),
        evidence("奋斗目标是让人民喝上干净的水", 50, 2024, "target"),
    )
    found = (
        Found(GOAL_FOUND.slot, (replace(clauses[0], covered=0.9), replace(clauses[1], covered=0.4)), None),
    )
    asked = replace(query("wording", *found), asked="说到环保的“奋斗目标”，原话是什么？")
    reply = reply_by_code(asked, found)
    assert reply is not None
    assert [citation.quote for citation in reply.citations] == ["奋斗目标是让人民喝上干净的水"]


def test_a_wording_holds_the_record_that_is_meant():
    one = replace(GOAL_FOUND.evidence[0], focus=(0, 6))
    found = replace(GOAL_FOUND, evidence=(one,))
    reply = reply_by_code(query("wording", found), (found,))
    assert reply is not None
    assert reply.citations[0].quote == GOAL[7:]


def test_a_clause_of_nothing_that_was_asked_is_no_answer_to_how_much():
    clause = replace(evidence("居民消费价格涨幅3%左右", 100, 2024, "target"), covered=0.0)
    found = (Found(GOAL_FOUND.slot, (clause,), None),)
    assert grounded_reply("粮食产量目标是5%。", query("figure", *found), found).status == "not_in_reports"
    near = (replace(found[0], evidence=(replace(clause, covered=0.3),)),)
    assert grounded_reply("粮食产量目标是5%。", query("figure", *near), near).status == "evidence_only"


def test_a_rate_does_not_say_how_many():
    clause = evidence("新登记企业增长21.6%，平均每天新增1.2万户", 100, 2024, "actual")
    found = (Found(GOAL_FOUND.slot, (clause,), None),)
    asked = replace(
        query("figure", *found), asked="平均一天新登记多少户企业？", text="平均一天新登记多少户企业？"
    )
    assert "1.2万户" in grounded_reply("新登记企业增长21.6%。", asked, found).text
    rate = replace(asked, asked="新登记企业增长多少？", text="新登记企业增长多少？")
    assert grounded_reply("新登记企业增长21.6%。", rate, found).text == "新登记企业增长21.6%。[1]"


def test_a_wording_is_more_than_the_record():
    reply = reply_by_code(query("wording", GOAL_FOUND), (GOAL_FOUND,))
    assert reply is not None
    assert reply.citations[0].quote == GOAL


def test_a_section_is_named_with_all_that_lies_above_it():
    found = (GOAL_FOUND,)
    for language in ("zh", "en"):
        reply = reply_by_code(query("section", *found, language=language), found)
        assert reply is not None
        assert reply.status == "answered"
        assert all(title in reply.text for title in GOAL_FOUND.evidence[0].section)
        assert whole(reply)


def test_the_headings_that_an_answer_names_are_cited_each_where_it_stands():
    goal = GOAL_FOUND.evidence[0]
    path = goal.section
    above = tuple(
        replace(goal, quote=title, section=path[:i], start=i, end=i + len(title), record=None, focus=None)
        for i, title in enumerate(path)
    )
    found = (replace(GOAL_FOUND, evidence=(goal, *above)),)
    reply = reply_by_code(query("section", *found), found)
    assert reply is not None
    assert [one.quote for one in reply.citations[:-1]] == list(path)
    assert all(f"“{title}”[{i}]" in reply.text for i, title in enumerate(path, start=1))
    assert reply.text.endswith(f"[{len(path) + 1}]")
    assert whole(reply)


def test_a_record_that_says_one_thing_is_the_answer():
    reply = reply_by_code(query("figure", GOAL_FOUND), (GOAL_FOUND,))
    assert reply is not None
    assert reply.text == "2024年的目标是城镇新增就业60万人以上。[1]"
    assert whole(reply)


def test_a_plain_question_is_left_to_the_model():
    assert reply_by_code(query("fact", GOAL_FOUND), (GOAL_FOUND,)) is None


# Absence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_absence_says_so_and_cites_nothing(language: Language):
    for shown in ([], list(GOAL_FOUND.evidence)):
        reply = absence(query("figure", GOAL_FOUND, language=language), shown)
        assert reply.status == "not_in_reports"
        assert reply.citations == ()
        assert not markers(reply)
        assert ("未提及" if language == "zh" else "does not mention") in reply.text


# Comparisons


def test_goal_and_result_are_both_given_each_with_its_year():
    found = (RESULT_FOUND, GOAL_FOUND)
    reply = reply_by_code(query("comparison", *found), found)
    assert reply is not None
    assert reply.status == "answered"
    assert "2023年实绩：城镇新增就业73.9万人。[1]" in reply.text
    assert "2024年目标：城镇新增就业60万人以上。[2]" in reply.text
    assert whole(reply)


def test_a_slot_without_a_record_is_named_as_missing():
    found = (GOAL_FOUND, NOTHING)
    for language, words in (("zh", "报告未提及"), ("en", "Not in the reports")):
        reply = reply_by_code(query("comparison", *found, language=language), found)
        assert reply is not None
        assert reply.status == "partial"
        assert "60" in reply.text or "600,000" in reply.text
        assert words in reply.text
        assert "2023" in reply.text
        assert whole(reply)


def test_a_difference_is_computed():
    earlier = record("65", "城镇新增就业65万人", 10, 2022, "actual")
    later = record("73.9", "城镇新增就业73.9万人", 50, 2023, "actual")
    assert "多8.9万人" in compared([earlier, later], "zh")
    assert "少8.9万人" in compared([later, earlier], "zh")
    assert "持平" in compared([earlier, earlier], "zh")
    assert "89,000" in compared([earlier, later], "en")
    assert "more" in compared([earlier, later], "en")


def test_places_with_the_same_figure_are_the_same():
    one, other = (record("60", "就业60万人", 0, 2024, "target", place=place) for place in ("甲市", "乙市"))
    assert compared([one, other], "zh") == "甲市、乙市相同。"
    assert compared([one, other], "en") == "甲市 and 乙市 are the same."


def test_places_are_ordered_by_their_figures():
    one = record("5", "城镇新增就业5万人", 10, 2024, "target", place="甲市")
    two = record("73.9", "城镇新增就业73.9万人", 50, 2024, "target", place="乙市")
    three = record("9", "城镇新增就业9万人", 90, 2024, "target", place="丙市")
    sentence = compared([one, two, three], "zh")
    assert sentence.index("乙市") < sentence.index("丙市") < sentence.index("甲市")


@pytest.mark.parametrize(
    ("values", "word"), [(("1", "2", "3"), "上升"), (("3", "2", "1"), "下降"), (("1", "3", "2"), "有升有降")]
)
def test_three_years_are_a_trend(values: tuple[str, ...], word: str):
    records = [
        record(value, f"城镇新增就业{value}万人", i * 40, 2021 + i, "actual")
        for i, value in enumerate(values)
    ]
    assert word in compared(records, "zh")


def test_percentages_differ_in_percentage_points():
    one = replace(record("6.1", "增长6.1%", 0, 2023, "actual"), unit="%")
    two = replace(record("6", "增长6%左右", 20, 2024, "target", qualifier="左右"), unit="%")
    assert "0.1个百分点" in compared([one, two], "zh")
    assert "0.1 percentage points" in compared([one, two], "en")


def test_figures_of_different_units_are_not_compared():
    one = record("60", "城镇新增就业60万人", 0, 2023, "actual")
    two = replace(record("6", "增长6%", 40, 2024, "target"), unit="%")
    assert compared([one, two], "zh") == ""


# English figures

ENGLISH = [
    ("60万人以上", "600,000 people or more"),
    ("73.9万人", "739,000 people"),
    ("5.5%左右", "around 5.5%"),
    ("0.8个百分点", "0.8 percentage points"),
    ("30145.79亿元", "3.014579 trillion yuan"),
    ("超过1亿人次", "over 100 million visits"),
    ("1.2亿元", "120 million yuan"),
    ("不低于200公里", "at least 200 km"),
]


@pytest.mark.parametrize(("chinese", "english"), ENGLISH)
def test_figures_in_english(chinese: str, english: str):
    assert english_figure(find_quantities(chinese)[0]) == english


@settings(deadline=None)
@given(
    st.decimals(Decimal("0.1"), 99999, places=1, allow_nan=False),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["人", "元", "公里"]),
)
def test_an_english_figure_has_the_value_of_the_chinese_one(value: Decimal, scale: str, unit: str):
    stated = Decimal(f"{value:f}") * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    english = in_english(f"{value}{scale}{unit}").partition(" = ")[2]
    number = re.match(r"([\d,.]+)(?: (million|billion|trillion))?", english)
    assert number is not None
    sizes = {None: 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    assert Decimal(number[1].replace(",", "")) * sizes[number[2]] == stated


def test_a_summary_tells_each_period_in_the_order_of_the_report():
    found = Found(
        slot(2024, "target"),
        (
            evidence(RESULT, 300, 2023, "actual"),
            evidence(GOAL, 100, 2024, "target"),
            evidence("稳定就业", 350, 2023, "actual"),
        ),
        None,
    )
    reply = reply_by_code(query("summary", found), [found])
    assert reply is not None
    assert reply.status == "answered"
    assert reply.text == f"2024年目标：“{GOAL}”[1]\n2023年实绩：“{RESULT}”[2]“稳定就业”[3]"
    assert [citation.start for citation in reply.citations] == [100, 300, 350]


def test_one_record_for_two_that_are_asked_side_by_side_is_told_once():
    reply = reply_by_code(query("comparison", GOAL_FOUND, GOAL_FOUND), (GOAL_FOUND, GOAL_FOUND))
    assert reply is not None
    assert reply.text.count("60万人以上") == 1
    assert whole(reply)


# The time that is asked of


def test_last_years_result_is_not_quoted_for_this_years_goal_whatever_the_model_took_it_from():
    both = (evidence(RESULT, 300, 2023, "actual"), evidence(GOAL, 100, 2024, "target"))
    found = (Found(slot(2024, "target"), both, None),)
    reply = quotation(query("figure", *found), found, draft="新增就业73.9万人，形势稳定")
    assert "60万人以上" in reply.text
    assert "73.9" not in reply.text


def test_nor_is_it_quoted_because_the_model_misread_its_scale():
    both = (evidence(RESULT, 300, 2023, "actual"), evidence(GOAL, 100, 2024, "target"))
    found = (Found(slot(2024, "target"), both, None),)
    asked = query("figure", *found, language="en")
    reply = grounded_reply("The city plans 739 million new urban jobs.", asked, found)
    assert "73.9" not in reply.text
    assert "60万人以上" in reply.text
