import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import parse_structure
from index.periods import classify, leading_period
from index.types import Period, Report

NONE = Period(None, "policy")
REVIEW = Period(2023, "actual")
GOALS = Period(2024, "target")


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        # Words beat the part.
        ("2023年，粮食产量达到1000万吨", NONE, Period(2023, "actual")),
        ("去年全市经济增长6%", GOALS, Period(2023, "actual")),
        ("2021年新建学校30所", REVIEW, Period(2021, "actual")),
        ("从2019年到2022年，粮食连年丰收", GOALS, Period(2022, "actual")),
        ("过去五年，经济总量翻了一番", NONE, Period(2023, "actual")),
        ("“十四五”以来新建铁路500公里", REVIEW, Period(2023, "actual")),
        ("今年计划新建学校30所", REVIEW, Period(2024, "target")),
        ("2024年预期目标是：经济增长5%", REVIEW, Period(2024, "target")),
        ("力争新增企业1000家", REVIEW, Period(2024, "target")),
        ("今年以来新设企业3000家", GOALS, Period(2024, "actual")),
        ("确保大桥今年7月底完工", GOALS, GOALS),
        ("到2030年，森林覆盖率达到50%", GOALS, Period(2030, "plan")),
        ("２０３５年基本实现现代化", NONE, Period(2035, "plan")),
        ("“十五五”时期，经济年均增长5%", NONE, Period(2030, "plan")),
        ("今后五年，居民收入稳步增长", NONE, Period(2028, "plan")),
        ("我们也清醒看到，发展不平衡不充分问题仍然突出", REVIEW, Period(2023, "ongoing")),
        # Nothing said: the part decides.
        ("粮食产量达到1000万吨", REVIEW, REVIEW),
        ("粮食产量达到1000万吨", GOALS, GOALS),
        ("坚持稳中求进工作总基调", GOALS, GOALS),
        ("完成年度预期目标", REVIEW, REVIEW),
        ("名词解释", NONE, NONE),
        # A year to measure against, or in a name, is no time of the clause.
        ("财政收入比2022年增长7%", REVIEW, REVIEW),
        ("在去年增长8%的基础上，今年增长6%", GOALS, GOALS),
        ("由2018年的50%提高到60%", REVIEW, REVIEW),
        ("落实《质量强国建设纲要（2023—2035年）》", GOALS, GOALS),
        ("高质量完成“十四五”规划目标任务", GOALS, GOALS),
        ("将优惠政策延长至2027年", GOALS, GOALS),
        ("实施2030年前碳达峰行动", GOALS, GOALS),
        ("深入推进三年行动", GOALS, GOALS),
    ],
)
def test_words_of_a_clause(text, context, expected):
    assert classify(text, context, 2024) == expected


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("一九五七年钢产量达到五百多万吨", 1958, Period(1957, "actual")),
        ("1 9 9 7 年粮食丰收", 1998, Period(1997, "actual")),
        ("一九九○年农业增长百分之五", 1990, Period(1990, "target")),
        ("1986—1990年建成铁路一千公里", 1991, Period(1990, "actual")),
        ("“八五”期间农业稳步增长", 1996, Period(1995, "actual")),
        ("第十个五年计划期间人均收入提高", 2001, Period(2005, "plan")),
    ],
)
def test_years_of_older_reports(text, own, expected):
    assert classify(text, NONE, own) == expected


def test_only_a_leading_time_governs_the_rest_of_the_sentence():
    assert leading_period("去年，工业增长6%；", GOALS, 2024) == REVIEW
    assert leading_period("提前两年完成原定于“十四五”末的任务，超过2021年", GOALS, 2024) is None


def periods(text, year=2024):
    clauses = parse_structure(Report("r", "r", "某市", "city", year, None, text))[1]
    return {clause.text: (clause.period.year, clause.period.status) for clause in clauses}


def test_parts_give_their_time_to_what_they_hold():
    found = periods(
        "某市政府工作报告\n各位代表：\n现在，我向大会报告工作。\n一、工作回顾\n新增就业3万人。\n我们也看到，还存在一些问题。\n"
        "人才不足。\n二、主要任务\n今年的预期目标是：经济增长5%；新增就业2万人。\n坚持创新。\n到2030年，再造一个新城；人口达到百万。\n"
        "三、政府自身建设\n依法行政。\n名词解释\n双碳：碳达峰与碳中和。\n",
    )
    assert found["某市政府工作报告"] == (2024, "policy")
    assert found["新增就业3万人。"] == (2023, "actual")
    assert found["人才不足。"] == (2023, "ongoing")
    assert found["新增就业2万人。"] == (2024, "target")
    assert found["坚持创新。"] == (2024, "target")
    assert found["人口达到百万。"] == (2030, "plan")
    assert found["依法行政。"] == (2024, "target")
    assert found["双碳：碳达峰与碳中和。"] == (None, "policy")


def test_a_part_of_two_times_is_told_apart_by_its_paragraphs():
    found = periods(
        "各位代表：\n一、2025年工作回顾\n增产。\n二、“十四五”发展成就和“十五五”主要目标\n五年来，粮食连年丰收。\n亩产稳步提高。\n"
        "“十五五”时期，坚持绿色发展。\n森林更多。\n三、2026年工作安排\n多种树。\n",
        2026,
    )
    assert found["亩产稳步提高。"] == (2025, "actual")
    assert found["森林更多。"] == (2030, "plan")
    assert found["多种树。"] == (2026, "target")


def test_a_report_without_headings_turns_from_review_to_goals():
    found = periods(
        "各位代表：\n去年，全市经济增长6%。新建学校10所。\n做好今年工作，目标是经济增长5%。\n新建学校12所，全部按期完工。\n"
    )
    assert found["新建学校10所。"] == (2023, "actual")
    assert found["新建学校12所，全部按期完工。"] == (2024, "target")


def test_a_text_of_no_year_has_no_results_and_no_goals():
    found = periods(
        "一、未来展望\n公司将投资2亿元。\n2018年3月，公司力争扩大生产。去年投产的工厂已经完成改造。\n预计利润5亿元。",
        year=0,
    )
    assert found["公司将投资2亿元。"] == (None, "policy")
    assert found["2018年3月，公司力争扩大生产。"] == (2018, "policy")
    assert found["去年投产的工厂已经完成改造。"] == (None, "policy")
    assert found["预计利润5亿元。"] == (None, "policy")


@given(st.text(max_size=100), st.sampled_from([NONE, REVIEW, GOALS]))
def test_any_text_has_a_period(text, context):
    period = classify(text, context, 2024)
    assert period.status in {"actual", "target", "ongoing", "plan", "policy"}
    assert classify(text, context, 2024) == period
