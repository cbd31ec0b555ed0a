"""A question, read: language, years, statuses, places, follow-ups, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import Entry
from rag.errors import QuestionError
from rag.question import MAX_CHARACTERS, clean, interpret, language_of, wanted_of
from rag.records import asked_measures
from rag.shelf import Shelf
from rag.terms import in_official_terms
from rag.types import Query, Question


def entry(name: str, place: str, year: int) -> Entry:
    return Entry(name, f"{place}政府工作报告（{year}年）", place, year, "", name, 1, 1, 1, 1)


CHONGQING = entry("chongqing-2024", "重庆市", 2024)
ONE = Shelf([CHONGQING], "chongqing-2024")
MANY = Shelf(
    [
        CHONGQING,
        entry("chongqing-2023", "重庆市", 2023),
        entry("sichuan-2024", "四川省", 2024),
        entry("sichuan-2022", "四川省", 2022),
        entry("nation-2024", "全国", 2024),
    ],
    "chongqing-2024",
)


def read(text: str, *history: str, shelf: Shelf = ONE, reports: tuple[str, ...] = ()) -> Query:
    turns = tuple((earlier, "（答案）") for earlier in history)
    return interpret(Question(text, turns, reports), shelf, lambda english: english)


def translated(text: str, chinese: str, shelf: Shelf = ONE) -> Query:
    return interpret(Question(text), shelf, lambda _english: chinese)


# Places and years that a question leaves to its reports

PAST = Shelf([*MANY.entries, entry("nation-2005", "全国", 2005)], "chongqing-2024")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2005年的报告怎么说环保？", ("全国",)),
        ("2004年环保投入多少？", ("全国",)),
        ("2023年环保投入多少？", ("重庆市",)),
        ("2010年环保投入多少？", ("重庆市",)),
        ("国家2024年的赤字率是多少？", ("全国",)),
        ("国家要把赤字率压到多少？", ("全国",)),
        ("2024年全国平均每天新增多少企业？", ("全国",)),
        ("收入比全国平均水平高多少？", ("重庆市",)),
        ("今年创建了几个国家级园区？", ("重庆市",)),
    ],
)
def test_the_place_is_that_of_the_reports_that_can_tell(text: str, places: tuple[str, ...]):
    assert read(text, shelf=PAST).places == places


def test_the_own_year_of_the_newest_report_is_compared_by_its_goal():
    slots = read("2024年定的增速跟2022年实际的比有变化吗？").slots
    assert [(slot.years, slot.statuses) for slot in slots] == [((2022,), ("actual",)), ((2024,), ("target",))]


def test_whether_it_rose_or_fell_is_asked_of_levels():
    assert asked_measures("地区生产总值分别是多少，是涨是跌？") == {"level"}
    assert asked_measures("旅游收入涨了还是跌了？") == {"level"}
    assert "growth" in asked_measures("旅游收入增长了多少？")


YEARS = Shelf([entry(f"tibet-{year}", "西藏自治区", year) for year in (2024, 2025, 2026)], "tibet-2026")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "2024年、2025年各收了多少粮食，2026年又想收多少？",
            [(2024, "actual"), (2025, "actual"), (2026, "target")],
        ),
        ("从2023年到2025年旅游收入有什么变化？", [(2023, "actual"), (2024, "actual"), (2025, "actual")]),
        (
            "2024年、2025年和2026年的增速目标分别是多少？",
            [(2024, "target"), (2025, "target"), (2026, "target")],
        ),
        ("2025年城镇新增就业原来定多少，最后做了多少？", [(2025, "target"), (2025, "actual")]),
        ("2025年进出口没能实现增长5%的目标，原因是什么？", [(2025, "target"), (2025, "actual")]),
        ("2025年社零增速超过了8%的目标，超了多少？", [(2025, "target"), (2025, "actual")]),
        ("They wanted retail sales to rise by 6% in 2025. Did they?", [(2025, "target"), (2025, "actual")]),
        ("Did Tibet create as many jobs in 2025 as it had planned?", [(2025, "target"), (2025, "actual")]),
        ("Tibet grew by more than the 8% target in 2025. By how much?", [(2025, "target"), (2025, "actual")]),
    ],
)
def test_goals_and_results_of_the_years_that_are_asked_about(text: str, asked: list[tuple[int, str]]):
    slots = read(text, shelf=YEARS).slots
    assert [(slot.years[0], slot.statuses[0]) for slot in slots] == asked


@pytest.mark.parametrize("text", ["国家规定的标准有哪些？", "经济稳定在什么水平？", "一定会做的有哪些？"])
def test_words_with_a_sign_for_setting_set_no_goal(text: str):
    assert "target" not in read(text).statuses


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("要改造哪几条路？", "list"),
        ("要改造几条路？", "figure"),
        ("“依法行政”后面说的是什么？把整句引出来", "wording"),
        ("Give me the Chinese text of the growth target, word for word.", "wording"),
        ("“菜篮子”是在讲哪方面工作的时候提出来的？", "section"),
        ("农业讲到了哪些工作？", "list"),
        ("治水是在哪个小标题底下说的？", "section"),
        ("Why does the report give no number for rainfall?", "fact"),
        ("Which of the nine tasks covers flood control?", "section"),
        ("Was rainfall above or below that of the year before?", "comparison"),
        ("治水的内容放在今年工作的第几块？", "section"),
        ("关于治水的任务归在第几项？标题叫什么？", "section"),
        ("汽车产量在全国排第几？", "figure"),
        ("国际航线是第几条？", "figure"),
        ("报告怎么说轨道交通？", "wording"),
        ("报告里是怎么讲农村公路的？", "wording"),
        ("治水那句话出自工作回顾的第几条？", "section"),
        ("治水的要求在报告哪一大部分、哪一条？", "section"),
        ("治水写在今年任务的哪一大项里？", "section"),
        ("治水到底属于八项工作里的哪一项？", "section"),
        ("找出去年的地区生产总值总量，单位亿元。", "figure"),
        ("去年出口占地区生产总值的比重是多少？", "figure"),
        ("冬运会拿了几块金牌，排第几？", "figure"),
        ("Which numbered item of the review mentions flood control?", "section"),
    ],
)
def test_what_is_wanted_by_everyday_wordings(text: str, wanted: str):
    assert wanted_of(text) == wanted


# Texts of no year

NOTES = Shelf(
    [
        Entry("n1", "甲市人民医院_张某某", "", 0, "", "n1", 1, 1, 1, 0),
        Entry("n2", "乙市人民医院_李某", "", 0, "", "n2", 1, 1, 1, 0),
        Entry("n3", "晴空航空有限公司", "", 0, "", "n3", 1, 1, 1, 0),
        Entry("n4", "晴空航空", "", 0, "", "n4", 1, 1, 1, 0),
        Entry("n5", "公司", "", 0, "", "n5", 1, 1, 1, 0),
    ],
    "n1",
)


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("根据乙市人民医院的住院病历，李某的体温是多少？", [("n2",)]),
        ("根据甲市人民医院的住院病历，李某的体温是多少？", [("n1", "n2", "n3", "n4", "n5")]),
        ("乙市人民医院的李某和甲市人民医院的张某某，谁更早入院？", [("n2",), ("n1",)]),
        ("晴空航空有限公司的净利润是多少？", [("n3",)]),
        ("晴空航空有限公司为什么停航？", [("n3",)]),
        ("总结晴空航空有限公司采取的措施。", [("n3",)]),
        ("公司的净利润是多少？", [("n1", "n2", "n3", "n4", "n5")]),
    ],
)
def test_documents_are_meant_by_their_titles(text: str, reports: list[tuple[str, ...]]):
    assert [slot.filters.reports for slot in read(text, shelf=NOTES).slots] == reports


def test_a_title_says_where_to_look_and_not_for_what():
    assert read("晴空航空有限公司2019年的净利润是多少？", shelf=NOTES).topic.split() == ["2019年的净利润"]


def test_a_word_of_asking_within_a_name_belongs_to_it():
    assert "最低工资" in read("最低工资今年涨到多少？").topic
    assert "最高" not in read("去年哪项投资增速最高？").topic


def test_a_year_leaves_out_no_text_of_no_year():
    for text in ("2019年的净利润是多少？", "晴空航空有限公司2019年的净利润是多少？"):
        (slot,) = read(text, shelf=NOTES).slots
        assert (slot.filters.years, slot.filters.near_years) == ((), (2019,))


# Years and statuses

TIMES = [
    ("今年计划新增多少城镇就业？", (2024,), ("target",)),
    ("去年城镇新增就业多少人？", (2023,), ()),
    ("2024年城镇新增就业目标是多少？", (2024,), ("target",)),
    ("2023年实际新增就业多少？", (2023,), ("actual",)),
    ("二〇二四年要新增多少就业？", (2024,), ("target",)),
    ("城镇新增就业多少人？", (), ()),
    ("今年固定资产投资预期增长多少？", (2024,), ("target",)),
    ("2023年完成了多少？", (2023,), ("actual",)),
    ("去年开通的高铁到昆明要花多久？", (2023,), ()),
    ("今年的主要任务有哪些？", (2024,), ()),
]


@pytest.mark.parametrize(("text", "years", "statuses"), TIMES)
def test_years_and_statuses(text: str, years: tuple[int, ...], statuses: tuple[str, ...]):
    query = read(text)
    assert query.years == years
    assert query.statuses == statuses


def test_relative_years_count_from_the_reports_own_year_not_from_today():
    assert read("今年就业目标是多少？", shelf=MANY, reports=("chongqing-2023",)).years == (2023,)
    assert read("四川去年增长多少？", shelf=MANY).years == (2023,)


@pytest.mark.parametrize(
    "text",
    ["主要任务有哪些？", "纪要里写了什么？", "将军镇有什么项目？", "重要会议有哪些？", "要求各部门做什么？"],
)
def test_words_that_only_look_like_plans_set_no_target(text: str):
    assert "target" not in read(text).statuses


def test_a_plain_year_and_status_are_limits_and_leave_the_other_year_out():
    filters = read("今年计划新增多少城镇就业？").slots[0].filters
    assert filters.years == (2024,)
    assert "target" in filters.statuses
    assert "actual" not in filters.statuses


def test_without_a_year_nothing_is_left_out_but_the_likely_is_preferred():
    filters = read("城镇新增就业目标是多少？").slots[0].filters
    assert filters.years == ()
    assert filters.statuses == ()
    assert filters.near_statuses == ("target",)


def test_a_question_about_both_years_has_a_slot_for_each():
    slots = read("2023年和2024年的城镇新增就业分别是多少？").slots
    assert [slot.years for slot in slots] == [(2023,), (2024,)]


def test_goal_and_result_of_one_year_are_two_slots():
    slots = read("2023年城镇新增就业的目标和实际完成分别是多少？", shelf=MANY).slots
    assert {(slot.years, slot.statuses) for slot in slots} == {((2023,), ("target",)), ((2023,), ("actual",))}


def test_a_goal_beside_last_years_result_is_never_searched_in_one_slot():
    slots = read("今年的就业目标比去年实际高还是低？").slots
    assert {(slot.years, slot.statuses) for slot in slots} == {((2024,), ("target",)), ((2023,), ("actual",))}


# Places and reports


def test_without_a_place_the_default_report_is_meant():
    query = read("城镇新增就业多少？", shelf=MANY)
    assert query.places == ("重庆市",)
    assert query.slots[0].filters.reports == ("chongqing-2024",)


def test_a_named_place_chooses_its_report():
    query = read("四川今年经济增长目标是多少？", shelf=MANY)
    assert query.places == ("四川省",)
    assert query.slots[0].filters.reports == ("sichuan-2024",)


def test_two_places_are_two_slots_in_the_order_of_the_question():
    query = read("四川和重庆今年的增长目标哪个高？", shelf=MANY)
    assert query.places == ("四川省", "重庆市")
    assert [slot.filters.reports for slot in query.slots] == [("sichuan-2024",), ("chongqing-2024",)]


def test_the_nation_is_a_place_but_not_as_a_yardstick():
    assert read("全国今年经济增长目标是多少？", shelf=MANY).places == ("全国",)
    assert read("哪些指标居全国第一？", shelf=MANY).places == ("重庆市",)
    assert read("多少条经验得到全国推广？", shelf=MANY).places == ("重庆市",)
    assert read("哪里入选了全国“两山”实践创新基地？", shelf=MANY).places == ("重庆市",)
    assert read("全国“十四五”期间新增多少就业？", shelf=MANY).places == ("全国",)


@pytest.mark.parametrize("text", ["云南今年的经济增长目标是多少？", "云南省2024年新增就业多少？"])
def test_a_province_without_a_report_is_named_as_missing(text: str):
    assert read(text, shelf=MANY).missing == ("云南",)


def test_picked_reports_are_searched_whatever_else_is_indexed():
    query = read("增长目标是多少？", shelf=MANY, reports=("sichuan-2022",))
    assert query.slots[0].filters.reports == ("sichuan-2022",)


# The kind of answer

WANTED = [
    ("今年计划新增多少城镇就业？", "figure"),
    ("外贸增速是百分之几？", "figure"),
    ("今年要抓好哪些工作？", "list"),
    ("报告关于就业的原文是什么？", "wording"),
    ("城镇新增就业写在报告的哪一部分？", "section"),
    ("今年目标比去年高多少？", "comparison"),
    ("谁作的报告？", "fact"),
    ("How many new urban jobs are planned?", "figure"),
    ("请简要总结报告里的养老举措", "summary"),
    ("根据报告，总结一下就业工作", "summary"),
    ("报告是怎么总结教训的？", "fact"),
    ("去年总结了哪些经验？", "list"),
    ("Summarise the measures for the elderly", "summary"),
    ("What is the exact wording on jobs?", "wording"),
    ("Which part of the report mentions jobs?", "section"),
]


def test_the_tasks_among_which_something_stands_are_not_what_is_looked_for():
    assert read("治水放在今年八个方面工作的哪一条里讲？").topic.split()[0] == "治水"


def test_a_national_event_is_none_of_the_nation():
    asked = "Which national games will the city host this year?"
    assert translated(asked, "今年举办的全国运动会是什么？", MANY).places == ("重庆市",)


def test_what_a_person_says_that_they_do_not_ask_for_is_not_looked_for():
    query = read("去年农村公路新修了多少？注意，我问的不是铁路，也不是桥梁。")
    assert "公路" in query.topic
    assert "铁路" not in query.topic
    assert "桥梁" not in query.topic
    assert "铁路" in read("去年修的是不是铁路？").topic


@pytest.mark.parametrize(
    ("text", "read_as"), [("汽车产量全国排老几？", "第几"), ("治水总共掏多少个亿？", "多少亿元")]
)
def test_spoken_words_of_asking_are_read_as_written_ones(text: str, read_as: str):
    assert read_as in read(text).text


@pytest.mark.parametrize(
    "text", ["2023年棉花总产是多少万吨，占到全国几成？", "2023年GDP增速超过全国平均水平，靠的是什么？"]
)
def test_a_share_of_the_nation_asks_nothing_of_the_nation(text: str):
    assert read(text, shelf=MANY).places == ("重庆市",)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年固定资产投资增长多少，今年目标是多少？", [(2023, "actual"), (2024, "target")]),
        ("我今年毕业，2023年新增就业多少人？", [(2023, "actual")]),
        ("今年（2024年）新增就业目标是多少？", [(2024, "target")]),
    ],
)
def test_a_goal_of_this_year_in_a_part_of_its_own(text: str, periods: list[tuple[int, str]]):
    slots = read(text).slots
    likely = [(one.years[0], *(one.statuses or one.filters.near_statuses)) for one in slots]
    assert likely == periods


def test_the_name_of_a_place_is_no_time():
    inner = Shelf([entry("nmg-2025", "内蒙古自治区", 2025)], "nmg-2025")
    query = read("2024年内蒙古的粮食产量是多少？", shelf=inner)
    assert query.topic == "的粮食产量"
    assert query.years == (2024,)


@pytest.mark.parametrize(
    "text", ["“十四五”五年计划期间新增多少？", "How much was built in the Five-Year Plan period?"]
)
def test_a_five_year_plan_sets_no_goal(text: str):
    assert "target" not in read(text).statuses


def test_what_something_should_become_is_a_goal():
    assert read("How big should the revenue of the software industry get?").statuses == ("target",)
    assert read("What should a resident bring?").statuses == ()


def test_the_size_of_the_economy_is_no_growth():
    assert "地区生产总值总量" in read("去年经济总量到了多少？").text


@pytest.mark.parametrize(("text", "wanted"), WANTED)
def test_the_kind_of_answer(text: str, wanted: str):
    assert wanted_of(text) == wanted


# Follow-ups


def test_a_follow_up_keeps_the_topic_and_changes_the_year():
    query = read("去年呢？", "今年城镇新增就业的目标是多少？")
    assert "城镇新增就业" in query.text
    assert query.years == (2023,)


def test_a_follow_up_keeps_the_year_and_changes_the_topic():
    query = read("那固定资产投资呢？", "2024年城镇新增就业的目标是多少？")
    assert "固定资产投资" in query.text
    assert query.years == (2024,)
    assert query.statuses == ("target",)


def test_a_follow_up_changes_the_place():
    query = read("四川呢？", "重庆今年经济增长目标是多少？", shelf=MANY)
    assert query.places == ("四川省",)
    assert query.years == (2024,)
    assert "增长" in query.text


def test_a_question_that_stands_alone_takes_nothing_over():
    query = read("轨道交通有哪些新线路开通？", "2024年城镇新增就业的目标是多少？")
    assert "就业" not in query.text
    assert query.years == ()


def test_the_year_before_counts_from_the_earlier_question():
    assert read("前一年呢？", "2023年城镇新增就业多少？").years == (2022,)


@pytest.mark.parametrize(
    ("text", "reports", "years"),
    [
        ("重庆2023年的报告说，要建什么？", ("chongqing-2023",), ()),
        ("2022年四川省政府工作报告提到哪些河流？", ("sichuan-2022",), ()),
        ("Which rivers does Sichuan's 2022 government work report name?", ("sichuan-2022",), ()),
        ("四川2022年的报告里，2021年的粮食产量是多少？", ("sichuan-2022",), (2021,)),
        ("2023年报告数量是多少？", ("chongqing-2023",), ()),
        ("重庆2023年建成了什么？", ("chongqing-2024", "chongqing-2023"), (2023,)),
        ("四川2019年的报告说了什么？", ("sichuan-2024",), (2019,)),
    ],
)
def test_the_year_of_a_named_report_is_not_that_of_what_is_asked(
    text: str, reports: tuple[str, ...], years: tuple[int, ...]
):
    (slot,) = read(text, shelf=MANY).slots
    assert (slot.filters.reports, slot.years) == (reports, years)


def test_this_year_is_that_of_the_report_that_is_named():
    assert read("重庆2023年的报告里，今年的增长目标是多少？", shelf=MANY).years == (2023,)


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("四川哪条河最长？", ("sichuan-2024", "sichuan-2022")),
        ("四川的目标有哪些？", ("sichuan-2024",)),
        ("四川新建公路多少公里、铁路多少公里？", ("sichuan-2024",)),
        ("四川的经济增长目标是多少？", ("sichuan-2024",)),
        ("重庆哪条河要治理？", ("chongqing-2024",)),
        ("四川2024年哪条河要治理？", ("sichuan-2024",)),
    ],
)
def test_a_name_may_stand_in_any_report_of_another_place(text: str, reports: tuple[str, ...]):
    (slot,) = read(text, shelf=MANY).slots
    assert slot.filters.reports == reports


def test_the_second_year_is_the_one_after():
    assert read("第二年是多少？", "四川2023年的粮食产量是多少？", shelf=MANY).years == (2024,)


@pytest.mark.parametrize("text", ["社零增长多少？", "社零总额增长多少？"])
def test_short_forms_are_written_out(text: str):
    assert "社会消费品零售总额" in read(text).text


# English


def test_an_english_question_is_searched_in_chinese_and_answered_in_english():
    query = translated("How many new urban jobs are planned for this year?", "今年计划新增城镇就业多少人？")
    assert query.language == "en"
    assert "城镇就业" in query.text
    assert query.asked == "How many new urban jobs are planned for this year?"
    assert (query.years, query.statuses, query.wanted) == ((2024,), ("target",), "figure")


def test_last_year_in_english():
    query = translated("How many urban jobs were created last year?", "去年城镇新增就业多少人？")
    assert query.years == (2023,)
    assert "target" not in query.statuses


def test_an_english_place_is_found():
    assert translated("What is Sichuan's growth target?", "四川的增长目标是多少？", MANY).places == (
        "四川省",
    )


@pytest.mark.parametrize(
    ("text", "termed"),
    [
        ("How much did retail sales grow in Hebei?", "How much did 社会消费品零售总额 grow in 河北?"),
        ("the per capita disposable income of rural residents", "the 农村居民人均可支配收入"),
        ("GDP per capita is no GDP", "地区生产总值 人均 is no 地区生产总值"),
        ("energy consumption per unit of GDP", "单位地区生产总值能耗"),
        ("the R&D intensity", "the 研发投入强度"),
        ("retailers and expresswaylike things", "retailers and expresswaylike things"),
    ],
)
def test_terms_and_provinces_are_put_into_chinese_before_a_translation(text: str, termed: str):
    assert " ".join(in_official_terms(text).split()) == termed


def test_an_english_question_that_was_not_translated_still_has_its_year_and_status():
    query = read("What is the target for urban jobs in 2024?")
    assert (query.years, query.statuses) == ((2024,), ("target",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("GDP增长多少？", "zh"),
        ("What is GDP growth?", "en"),
        ("What does “新质生产力” mean in the report?", "en"),
    ],
)
def test_languages(text: str, language: str):
    assert language_of(text) == language


# Bad input


@pytest.mark.parametrize("text", ["", " ", "\n\t", "？！。", "\u200b\u200b", "\x00\x07", "……", "🙂"])
def test_an_empty_question_is_told(text: str):
    with pytest.raises(QuestionError, match="empty"):
        read(text)


@pytest.mark.parametrize("text", ["就业" * 5000, "a " * 5000, "多少？" * 3334])
def test_ten_thousand_characters_are_told_with_their_number(text: str):
    with pytest.raises(QuestionError, match=rf"{len(text.strip())} characters; at most {MAX_CHARACTERS}"):
        read(text)


def test_the_longest_question_allowed_is_read():
    assert read("就业目标" * (MAX_CHARACTERS // 4)).text


@pytest.mark.parametrize(
    "text", ["今年の雇用目標は何ですか？", "올해 고용 목표는?", "Сколько рабочих мест?", "كم عدد الوظائف؟"]
)
def test_other_languages_are_told(text: str):
    with pytest.raises(QuestionError, match="language"):
        read(text)


@pytest.mark.parametrize("sign", ["\x00", "\x1b[31m", "\u202e", "\u2066", "\ufeff", "\x85", "\r\n", "\u2028"])
def test_control_characters_are_taken_out(sign: str):
    asked = read(f"今年计划新增{sign}多少城镇就业？").asked
    assert not set(asked) & set("\x00\x1b\u202e\u2066\ufeff\x85\r\n\u2028")
    assert asked.startswith("今年计划新增")


def test_half_a_character_is_taken_out_or_told():
    """What a terminal in another encoding hands over: it cannot be written out as UTF-8."""
    try:
        asked = clean("今年\udcff就业目标\ud800是多少？")
    except QuestionError:
        return
    assert asked.encode("utf-8")


def test_full_width_digits_are_read():
    assert read("２０２４年就业目标是多少？").years == (2024,)


@pytest.mark.parametrize("history", ["", "？？", "今年の目標は？", "就业" * 5000, "\x00"])
def test_an_earlier_question_that_cannot_be_read_does_not_stop_this_one(history: str):
    assert read("2024年城镇新增就业的目标是多少？", history).years == (2024,)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_read_or_told(text: str, before: str):
    try:
        query = read(text, *([before] if before else []), shelf=MANY)
    except QuestionError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 - both outcomes are right
        return
    assert query.slots
    assert query.text.strip()
    assert query.language in {"zh", "en"}
    assert query.asked.encode("utf-8")


def test_how_many_in_the_words_of_the_south_west():
    query = read("今年危旧房要改造好多户？")
    assert "多少户" in query.text
    assert query.wanted == "figure"


def test_how_many_of_one_and_how_long_of_another_are_two():
    assert read("去年新修了几个口袋公园，步道修了多长？").wanted == "list"


def test_a_bare_thing_leans_on_the_question_before():
    query = read("锂电池？", "2023年多晶硅出口增长多少？")
    assert "出口增长" in query.text
    assert [slot.years for slot in query.slots] == [(2023,)]
    assert "出口" not in read("锂电池产量多少？", "2023年多晶硅出口增长多少？").text


def test_those_few_and_which_one_ask_for_no_figure():
    assert read("今年在建的那几个“重点实验室”分别叫什么？").wanted == "list"
    assert read("去年有个县经济总量破千亿了，是哪个县？").wanted == "fact"
    assert read("去年经济总量是多少，哪个县最多？").wanted != "fact"


def test_a_sentence_to_be_quoted_is_asked_for_by_its_place():
    assert read("我要引用桥梁整治那句话，它放在今年任务的第几项底下？").wanted == "section"
    assert read("我要引用桥梁整治那句话，是怎么说的？").wanted == "wording"


def test_a_quoted_name_is_not_what_a_person_says_of_themselves():
    assert "惠民保" in read("我房东一直在谈论“惠民保”，有多少人参加了它？").topic
    assert "房东" not in read("我房东一直在谈论保险，去年城镇职工医疗保险有多少人参加？").topic


def test_the_last_report_is_no_result():
    assert read("总理在2024年最后一次报告中计划的赤字是多少？").statuses == ("target",)


def test_the_nation_of_which_something_is_a_share_is_not_asked():
    query = read("全国的智能手机里头，有多大比例是重庆造的？看去年的数据。", shelf=MANY)
    assert query.places == ("重庆市",)
    assert read("全国的城镇新增就业是多少？", shelf=MANY).places == ("全国",)


def test_there_is_where_the_question_before_asked():
    before = "How long was the metro of Sichuan, according to its 2024 report?"
    query = read("Which new line there is to be finished?", before, shelf=MANY)
    assert query.slots[0].filters.reports == ("sichuan-2024",)


def test_the_year_of_a_named_report_is_not_asked_of_by_its_translation():
    query = translated(
        "After the lines opened in 2023, how long was the metro? (2024 report)", "2024年地铁有多长？", MANY
    )
    assert [slot.years for slot in query.slots] == [(2023,)]


def test_a_level_of_so_many_billions_has_its_own_name():
    assert "百亿级" in in_official_terms("Which industries reach the ten-billion-yuan level?")
    assert "千亿级" in in_official_terms("a hundred-billion-yuan level")
    assert "百亿元" in in_official_terms("a ten-billion-yuan fund")
