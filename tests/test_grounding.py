"""The gate between a model's text and the person: what stands, what is dropped, what is cited."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Indicator, Period, PeriodStatus
from rag.grounding import Grounded, ground
from rag.types import Evidence


def clause(
    quote: str, year: int | None = 2024, status: PeriodStatus = "target", start: int = 100, report: str = "r"
) -> Evidence:
    return Evidence(
        1,
        report,
        "某市政府工作报告",
        "某市",
        ("主要任务",),
        Period(year, status),
        start,
        start + len(quote),
        quote,
        1.0,
    )


JOBS_GOAL = clause("城镇新增就业60万人以上、城镇调查失业率控制在5.5%左右")
JOBS_RESULT = clause("城镇新增就业73.9万人，全年城镇调查失业率平均值5.4%", 2023, "actual", 300)
GROWTH = clause("居民消费价格涨幅3%左右，城镇化率提高0.8个百分点", start=500)
PLACES = clause("推进中心城区“15分钟生活圈”和轨道交通27号线建设", start=700)
ALL = [JOBS_GOAL, JOBS_RESULT, GROWTH, PLACES]


def zh(text: str, *evidence: Evidence) -> Grounded:
    return ground(text, evidence or ALL, "zh")


def en(text: str, *evidence: Evidence) -> Grounded:
    return ground(text, evidence or ALL, "en")


def stands(grounded: Grounded) -> bool:
    return bool(grounded.text)


# What stands


@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业60万人以上。",
        "2024年城镇新增就业目标是60万人以上。",
        "2024年城镇新增就业的目标是不低于60万人。",
        "城镇新增就业600000人以上。",
        "城镇新增就业 60 万人以上。",
        "城镇新增就业60万人以上，城镇调查失业率控制在5.5%左右。",
        "2023年城镇新增就业73.9万人。",
        "居民消费价格涨幅约3%。",
        "居民消费价格涨幅百分之三左右。",
        "城镇化率提高0.8个百分点。",
        "推进轨道交通27号线建设。",
    ],
)
def test_what_the_clauses_say_stands_and_is_cited(text: str):
    grounded = zh(text)
    assert re.fullmatch(r".+[。？！]\[1\]", grounded.text)
    assert re.sub(r"\[1\]", "", grounded.text) == text
    assert grounded.dropped == 0
    assert [citation.marker for citation in grounded.citations] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "The target is 600,000 or more new urban jobs.",
        "In 2024, at least 600,000 urban jobs are to be created.",
        "The target is 0.6 million or more people.",
        "In 2023, 739,000 urban jobs were created.",
        "Consumer prices are to rise by around 3%.",
        "Consumer prices are to rise by about 3 percent.",
        "The urbanization rate is to rise by 0.8 percentage points.",
    ],
)
def test_english_figures_are_compared_by_value(text: str):
    grounded = en(text)
    assert grounded.text == f"{text}[1]"


def test_each_sentence_is_cited_from_what_supports_it():
    grounded = zh("2024年城镇新增就业目标是60万人以上。2023年城镇新增就业73.9万人。")
    assert grounded.text == "2024年城镇新增就业目标是60万人以上。[1]2023年城镇新增就业73.9万人。[2]"
    assert [citation.start for citation in grounded.citations] == [JOBS_GOAL.start, JOBS_RESULT.start]


def test_two_sentences_on_one_clause_share_its_marker():
    grounded = zh("城镇新增就业60万人以上。城镇调查失业率控制在5.5%左右。")
    assert grounded.text.count("[1]") == 2
    assert len(grounded.citations) == 1


def test_markers_and_markup_of_the_model_are_not_believed():
    grounded = zh("**城镇新增就业60万人以上**[7][12]。")
    assert re.findall(r"\[\d+\]", grounded.text) == ["[1]"]
    assert "*" not in grounded.text


# What is dropped


@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业61万人以上。",
        "城镇新增就业60人以上。",
        "城镇新增就业6万人以上。",
        "城镇新增就业600万人以上。",
        "城镇新增就业60万户以上。",
        "城镇新增就业60%以上。",
        "城镇新增就业60万人以上，增长8%。",
        "城镇新增就业60万人以上，实现三千亿元产值。",
        "城镇新增就业增长一成。",
        "城镇新增就业60—70万人以上。",
        "推进轨道交通28号线建设。",
        "推进轨道交通建设，比例达到27:1。",
        "推进中心城区“15分钟生活圈”建设，惠及15 万人。",
    ],
)
def test_a_figure_that_no_clause_has_drops_its_sentence(text: str):
    assert zh(text) == Grounded("", (), 1)


@pytest.mark.parametrize(
    "text",
    [
        "The target is 60,000 or more new urban jobs.",
        "The target is 6 million or more new urban jobs.",
        "The target is 600,000 or more jobs, a rise of 8%.",
        "The target is more than half a million, namely 650,000 jobs.",
    ],
)
def test_a_wrong_english_figure_drops_its_sentence(text: str):
    assert not stands(en(text))


@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业60万人。",
        "城镇新增就业60万人以下。",
        "城镇新增就业约60万人。",
        "城镇新增就业近60万人。",
        "城镇调查失业率控制在5.5%以内。",
        "城镇调查失业率5.5%。",
        "2023年城镇新增就业73.9万人以上。",
        "2023年城镇新增就业约73.9万人。",
    ],
)
def test_a_changed_or_lost_qualifier_drops_the_sentence(text: str):
    assert not stands(zh(text))


@pytest.mark.parametrize("text", ["居民消费价格涨幅3个百分点左右。", "城镇化率提高0.8%。"])
def test_a_percentage_point_is_no_percent(text: str):
    assert not stands(zh(text))


@pytest.mark.parametrize(
    "text",
    [
        "Consumer prices are to rise by around 3 percentage points.",
        "The urbanization rate is to rise by 0.8%.",
    ],
)
def test_nor_is_it_in_english(text: str):
    assert not stands(en(text))


@pytest.mark.parametrize(
    "text",
    [
        "2024年城镇新增就业目标是73.9万人。",
        "2024年城镇新增就业73.9万人。",
        "2023年城镇新增就业60万人以上。",
        "2024年城镇调查失业率平均值5.4%。",
    ],
)
def test_the_figure_of_another_year_is_dropped(text: str):
    assert not stands(zh(text))


@pytest.mark.parametrize("text", ["城镇新增就业的目标是73.9万人。", "计划城镇新增就业73.9万人。"])
def test_a_result_is_never_given_as_a_goal(text: str):
    assert not stands(zh(text))


def test_a_goal_is_never_given_as_a_result():
    assert not stands(zh("城镇新增就业实际完成60万人以上。"))


def test_figures_of_two_periods_in_one_sentence_have_no_single_clause_to_stand_on():
    assert not stands(zh("城镇新增就业从73.9万人到60万人以上。", JOBS_GOAL, JOBS_RESULT))


@pytest.mark.parametrize(
    "text", ["2024—2030年城镇新增就业60万人以上。", "2020—2024年城镇新增就业60万人以上。"]
)
def test_a_span_of_years_is_not_the_year_of_the_clause(text: str):
    assert not stands(zh(text))


def test_a_quoted_name_that_no_clause_has_drops_its_sentence():
    assert stands(zh("推进“15分钟生活圈”建设。"))
    assert not stands(zh("推进“10分钟生活圈”建设。"))
    assert not stands(zh("推进“一刻钟便民圈”和轨道交通27号线建设。"))


@pytest.mark.parametrize("said", ["城镇新增就业的目标是多少？", "城镇新增就业的目标。"])
def test_a_question_said_again_is_no_answer(said: str):
    assert not ground(said, [JOBS_GOAL], "zh", "城镇新增就业的目标是多少？").text
    assert ground("城镇新增就业60万人以上。", [JOBS_GOAL], "zh", "城镇新增就业的目标是多少？").text
    assert ground("会新增城镇就业。", [JOBS_GOAL], "zh", "会新增城镇就业吗？").text


def test_a_sentence_about_something_else_is_dropped():
    assert not stands(zh("市长的工资由上级机关决定。"))


TRAINS = clause("中欧班列覆盖欧亚110个城市", 2023, "actual", 900)
MINE = clause("渝北铜锣山矿区生态修复入选全国典型案例", 2023, "actual", 1100)


def test_a_figure_counts_what_it_counts_in_the_clause():
    assert stands(zh("中欧班列覆盖110个城市。", TRAINS))
    assert stands(zh("中欧班列覆盖110座城市。", TRAINS))
    assert not stands(zh("中欧班列开行了110列。", TRAINS))


def test_what_fell_to_a_figure_did_not_rise_to_it():
    ratio = clause("城乡居民人均可支配收入比缩小至2.28∶1", 2023, "actual", 1300)
    assert stands(zh("城乡居民人均可支配收入比缩小至2.28∶1。", ratio))
    assert stands(zh("城乡居民人均可支配收入比为2.28∶1。", ratio))
    assert not stands(zh("城乡居民人均可支配收入比扩大至2.28∶1。", ratio))


def test_a_place_that_no_clause_names_drops_its_sentence():
    question = "巴南的铜锣山矿区入选了什么？"
    assert not stands(ground("巴南铜锣山矿区入选全国典型案例。", [MINE], "zh", question))
    assert stands(ground("渝北铜锣山矿区入选全国典型案例。", [MINE], "zh", question))


def test_the_words_of_the_question_stand_where_the_clause_has_the_official_term():
    question = "去年城里端上新饭碗的有多少人？"
    said = "去年城里端上新饭碗的有73.9万人。"
    assert not stands(ground(said, [JOBS_RESULT], "zh", question))
    termed = replace(JOBS_RESULT, terms=("城镇新增就业",))
    assert stands(ground(said, [termed], "zh", question))


def test_a_good_sentence_stays_when_another_is_dropped():
    grounded = zh("城镇新增就业60万人以上。居民消费价格涨幅9%左右。")
    assert grounded.text == "城镇新增就业60万人以上。[1]"
    assert grounded.dropped == 1


@pytest.mark.parametrize("text", ["", " \n", "[1]", "。。。", "**", "答："])
def test_nothing_said_is_nothing(text: str):
    assert zh(text) == Grounded("", (), 0)


def test_without_evidence_nothing_stands():
    assert ground("城镇新增就业60万人以上。", [], "zh") == Grounded("", (), 1)


# What is cited


def test_the_cited_words_hold_every_figure_of_the_sentence():
    """Evidence chosen for a ledger record is cited by the record's words, unless the sentence says more."""
    quote, start = "城镇新增就业60万人以上", JOBS_GOAL.start
    record = Indicator(
        "r",
        "某市",
        "城镇新增就业",
        "60",
        "万人",
        "以上",
        "increment",
        2024,
        "target",
        start,
        start + len(quote),
        quote,
        3,
    )
    chosen = Evidence(
        1, "r", "t", "某市", (), JOBS_GOAL.period, start, JOBS_GOAL.end, JOBS_GOAL.quote, 1.0, record
    )
    short = zh("城镇新增就业60万人以上。", chosen)
    assert short.citations[0].quote == quote
    long = zh("城镇新增就业60万人以上，城镇调查失业率控制在5.5%左右。", chosen)
    assert not long.text or "5.5%" in "".join(citation.quote for citation in long.citations)


# No figure that is not in a cited clause: by a reading of figures of its own

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
WIDE = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")
FIGURE = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*[余多]?(?P<scale>万亿|亿|百万|千万|万|trillion|billion|million|thousand)?"
    r"\s*(?P<mark>%|个百分点|percentage points?|percent)?|百分之(?P<share>[一二三四五六七八九十百零点]+)"
)
SCALES = {
    "万亿": 10**12, "亿": 10**8, "百万": 10**6, "千万": 10**7, "万": 10**4,
    "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3,
}  # fmt: skip


def numeral(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    total, digit = 0, 0
    for sign in whole:
        if sign in POWERS:
            total += (digit or 1) * POWERS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return Decimal(f"{total + digit}.{''.join(str(DIGITS[sign]) for sign in fraction) or 0}")


def figures(text: str) -> set[tuple[Decimal, str]]:
    """Value and kind of every figure in digits, and every 百分之..., of ``text``."""
    found = set()
    for match in FIGURE.finditer(text.translate(WIDE)):
        if match["share"]:
            found.add((numeral(match["share"]).normalize(), "%"))
            continue
        value = Decimal(match["number"].replace(",", "")) * SCALES.get(match["scale"] or "", 1)
        mark = match["mark"] or ""
        kind = "points" if "point" in mark or "百分点" in mark else "%" if mark else ""
        found.add((value.normalize(), kind))
    return found


amounts = st.one_of(
    st.sampled_from(
        ["60", "73.9", "5.5", "5.4", "3", "0.8", "15", "27", "600,000", "６０", "6", "739", "2024", "2023"]
    ),
    st.decimals(0, 10000, places=1, allow_nan=False).map(lambda value: f"{value.normalize():f}"),
)
spellings = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "约", "超过", "不低于", "近", "-", "“"]),
        amounts,
        st.sampled_from(["", "万", "亿", "余万", " 万", "多", "million ", "百", "—70万", "/4", ":1"]),
        st.sampled_from(
            ["人", "%", "个百分点", "号线", "年", "户", "", "亿元", "位", "倍", " jobs", " percent"]
        ),
        st.sampled_from(["", "以上", "左右", "以内", " or more", "”"]),
    ),
) | st.sampled_from(
    ["百分之三左右", "百分之六", "百分之五点五左右", "2024—2030年", "2020至2024年", "60-70万人以上", "1/3"]
)
words = st.sampled_from(
    ["城镇新增就业", "目标是", "城镇调查失业率控制在", "居民消费价格涨幅", "城镇化率提高", "推进轨道交通", "建设",
     "2024年", "今年", "2023年", "urban jobs ", "the target is ", "，", "、", "。", "；", "[1]", "\n"]
)  # fmt: skip
texts = st.lists(words | spellings, min_size=1, max_size=14).map("".join)
# Close to what a clause says, so that only the figures decide.
close = st.builds(
    lambda before, quote, between, after: f"{before}{quote}{between}{after}",
    st.sampled_from(["", "今年", "2024年", "2023年"]) | spellings,
    st.sampled_from([part for one in ALL for part in (one.quote, *re.split("[、，和]", one.quote))]),
    st.sampled_from(["", "，", "、", "至", "和"]),
    st.just("") | spellings,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(close | texts, min_size=1, max_size=4).map("。".join), st.sampled_from(["zh", "en"]))
def test_no_figure_stands_that_is_not_in_the_clauses_that_are_cited(text, language):
    grounded = ground(text, ALL, language)
    by_marker = {citation.marker: citation for citation in grounded.citations}
    position = 0
    for marker in re.finditer(r"\[(\d+)\]", grounded.text):
        sentence, position = grounded.text[position : marker.start()], marker.end()
        citation = by_marker[int(marker[1])]
        allowed = figures(citation.quote) | {(Decimal(citation.period.year or 0).normalize(), "")}
        assert figures(sentence) <= allowed
    assert not figures(grounded.text[position:])
    used = {int(number) for number in re.findall(r"\[(\d+)\]", grounded.text)}
    assert used == set(by_marker)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.quote[:6])
def test_the_clauses_themselves_always_stand(one: Evidence):
    assert zh(one.quote + "。").citations[0].quote == one.quote


def test_what_a_sentence_adds_to_the_question_must_stand_somewhere():
    title = clause("住院病历", start=900)
    question = "根据甲市人民医院的住院病历，某某的血型是什么？"
    said = "根据甲市人民医院的住院病历，某某的血型是O型。"
    assert not stands(ground(said, [title], "zh", question))
    told = clause("血型：O型，无过敏史", start=950)
    assert stands(ground(said, [title, told], "zh", question))
