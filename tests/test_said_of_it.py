"""What is said of the thing that is asked about: which of two, why, how far it is, in what unit; and claims by what they say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched
from test_ledger import brief
from test_ledger import read as figures_in
from test_question_periods import SHELF, read

from index.gazetteer import gazetteer
from index.glossary import is_common, with_official_terms
from index.quantities import find_quantities
from index.tokens import divisions
from rag.amounts import has_number, has_unit, measured_unit
from rag.check_again import first_or_again, level_or_moved, year_of_its_part
from rag.check_complete import is_otherwise_complete
from rag.check_derived import derived
from rag.check_lists import beyond_bound
from rag.check_reading import without_effect
from rag.check_translation import restated
from rag.contrast import misstates_gap
from rag.english import without_and
from rag.factcheck import FactChecker
from rag.focus import focus
from rag.listing import Initialled, counted, initialled
from rag.pipeline import Pipeline
from rag.places import asked_places
from rag.question import interpret
from rag.terms import in_official_terms
from rag.times import asked_statuses
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n轨道交通3号线等40公里线路开通。对东盟、欧盟进出口分别增长16.7%、40.2%。"
    "住宿、餐饮营业额分别增长6.1%、8.6%。办理省人大代表建议1141件、省政协提案1097件。研发投入强度预计达到2.45%。"
    "江北机场国际航线恢复至33条，旅客吞吐量增长106%。货物进出口总额7137.4亿元。张家界入境游客量居同类城市首位。"
    "“新三样”出口分别增长43.9%、50.5%和0.9%。引进首店469个，汽车、餐饮消费分别增长8.5%、20.6%。"
    "没有提出增速的具体目标，主要因为形势有很大不确定性。\n\n"
    "二、2026年主要任务\n\n推进7号线一期等262公里轨道交通在建项目，建成货运铁路。力争研发投入强度达到2.55%。粮食产量730亿斤以上。"
    "保居民就业、保基本民生、保市场主体，守住“三保”底线。城乡低保标准提高到不低于740元/月和485元/月。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searched(tmp_path_factory.mktemp("said"), TEXT, "某省_2026")


def answer(searcher: Searcher, asked: str, *history: tuple[str, str], said: str = "") -> str:
    pipeline = Pipeline(searcher, ScriptedGenerator(said, odds=9.0), "某省_2026")
    return pipeline.answer(Question(asked, history)).text


def verdict(searcher: Searcher, statement: str) -> str:
    checker = FactChecker(searcher, "某省_2026", str, lambda _claim, _official: None, "none")
    return checker.check(statement).claims[0].verdict


# Which of two


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("去年人大建议多还是政协提案多？多几件", "多44件"),
        ("去年住宾馆和餐饮的营业额，哪个涨得快？", "2.5个百分点"),
        ("去年对东盟和欧盟的进出口，哪个涨得快？", "23.5个百分点"),
    ],
)
def test_two_things_that_the_report_sets_side_by_side_are_compared(
    searcher: Searcher, question: str, said: str
):
    assert said in answer(searcher, question)


def test_partners_of_trade_are_named_in_the_ledger():
    assert [name for name, *_ in brief(figures_in("对东盟、欧盟进出口分别增长16.7%、40.2%"))] == [
        "东盟进出口",
        "欧盟进出口",
    ]
    assert [name for name, *_ in brief(figures_in("住宿、餐饮营业额分别增长6.1%、8.6%"))] == [
        "住宿营业额",
        "餐饮营业额",
    ]
    assert brief(figures_in("对外贸易增长5%"))[0][0] == "进出口总额"
    assert brief(figures_in("共建“一带一路”国家出口增长5%"))[0][0].startswith("共建")


@pytest.mark.parametrize("words", ["大约为", "大概", "达到大约", "差不多有"])
def test_what_softens_a_figure_is_no_part_of_the_name(words: str):
    assert brief(figures_in(f"粮食产量{words}100万吨"))[0][0] == "粮食产量"


def test_a_gap_is_no_figure_of_one_of_the_two():
    clause = "中央财政赤字1.55万亿元，地方财政赤字8300亿元"
    assert misstates_gap("中央的赤字多，多出8300亿元", [clause])
    assert misstates_gap("The deficit is 830 billion yuan higher.", [clause])
    assert not misstates_gap("多出7200亿元", [clause])
    assert not misstates_gap("比上年多500亿元", ["比上年增加500亿元"])


# How far it is, why, and in what unit


def test_what_is_being_built_comes_before_what_was(searcher: Searcher):
    assert "262公里" in answer(searcher, "轨道交通还有多少公里在建？", said="还有262公里在建。")


def test_a_reason_is_looked_for_where_why_is_asked(searcher: Searcher):
    told = answer(
        searcher, "为什么？", ("增速的目标定了多少？", "没有提出。"), said="因为形势有很大不确定性。"
    )
    assert "不确定" in told


def test_a_change_is_not_the_number_beside_it(searcher: Searcher):
    told = answer(searcher, "去年江北机场旅客吞吐量比上年多了多少？", said="增长106%。")
    assert "106%" in told
    assert "33条" not in told.partition("原文")[0]


def test_the_unit_that_is_asked_for_tells_the_part():
    quote = (
        "经营主体活力增强，启动“双倍增”行动计划，科技型企业达到5.85万家，全年新增经营主体64.8万户、增长21.8%"
    )
    start, end = focus(quote, "冒出来的公司", lambda terms: dict.fromkeys(terms, 1.0), unit="户")
    assert quote[start:end] == "全年新增经营主体64.8万户、增长21.8%"
    assert has_unit("64.8万户", "户")
    assert not has_unit("5.85万家", "户")


# What is asked


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("报告把楼市止跌回稳放在八个方面工作的哪一个里？", "section"),
        ("The report has eleven headings. Which of them covers nuclear power?", "section"),
        ("经济总量迈进万亿元这一档的城市，是不是沈阳？", "fact"),
        ("这项任务的哪一个指标没有完成？", "fact"),
        ("地区生产总值增速是不是超过了百分之六？", "figure"),
        ("谁大力支持这个项目？", "fact"),
    ],
)
def test_what_kind_of_answer_is_wanted(question: str, wanted: str):
    assert wanted_of(question) == wanted


def test_a_name_that_counts_things_by_their_first_sign():
    assert counted("“六保”具体保哪六样？") == Initialled(6, "保")
    assert counted("三保是指什么？") == Initialled(3, "保")
    assert counted("五年是指什么时候？") is None
    span = initialled("加大力度，稳就业、稳金融、稳外贸，保居民就业、保基本民生", Initialled(3, "稳"))
    assert span is not None
    assert initialled("稳就业、稳金融，保居民就业", Initialled(3, "稳")) is None


def test_its_items_are_listed(searcher: Searcher):
    assert "保居民就业、保基本民生、保市场主体" in answer(searcher, "“三保”具体是哪三保？")


# Conversations


def test_behind_last_years_result_the_goal_is_that_of_this_report(searcher: Searcher):
    assert "2.55%" in answer(searcher, "目标呢？", ("去年研发投入强度是多少？", "预计达到2.45%。"))


def test_a_conversation_stays_where_it_is():
    query = interpret(
        Question(
            "跨境电商今年想涨多少、去年又涨了多少？",
            (("江苏2025年报告里，进出口总额目标是多少？", "9000亿元以上。"),),
        ),
        SHELF,
        str,
    )
    assert query.places == ("江苏省",)
    assert read("今年跨境电商想涨多少？").places == ("重庆市",)


def test_a_question_goes_on_from_the_turn_that_speaks_of_the_same_thing():
    turns = (("去年空气好的日子有几天？", "325天。"), ("河水呢？", "水质优良。"))
    query = interpret(Question("那今年空气这块想保住多少天？", turns), SHELF, str)
    assert "河水" not in query.text
    assert "空气" in query.topic


def test_a_turn_that_names_nothing_is_of_the_one_before():
    turns = (("高新技术企业去年有多少家？", "7565家。"), ("今年想到多少家？", "8500家。"))
    assert interpret(Question("那科技型企业呢？", turns), SHELF, str).years == (2024,)


def test_what_appears_is_not_now():
    query = interpret(Question("写材料要用，“首问责任制”出现在报告的第几部分？"), SHELF, str)
    assert query.wanted == "section"
    assert query.years == ()


def test_an_old_town_is_no_name_of_a_place():
    assert divisions("老城区停车难") == []


def test_who_asks_when_it_is_finished_is_told_the_year(searcher: Searcher):
    said = "7号线一期在2026年建成。"
    assert "2026年" in answer(searcher, "货运铁路什么时候能建好？", said=said)


def test_a_place_in_an_order_is_no_amount(searcher: Searcher):
    assert "排名居第" not in answer(searcher, "去年张家界入境游客花了多少亿？", said="没有。")


def test_who_says_thanks_asks_a_question_of_its_own():
    before = (("How many children will be helped this year?", "130,000."),)
    query = interpret(
        Question("Nice. And is anything planned for the homes of elderly people in difficulty?", before),
        SHELF,
        str,
    )
    assert query.asked.startswith("Is anything planned")
    assert interpret(
        Question("Good air days?", (("How many days of good water?", "300."),)), SHELF, str
    ).asked.startswith("Good air")
    assert without_and("And how many kilometres are still being built?").startswith("And")
    assert interpret(
        Question("好的，老年人的住房有什么计划？", (("今年帮助多少儿童？", "13万。"),)), SHELF, str
    ).asked.startswith("老年人")


# English


def test_capitals_that_the_thesaurus_has_are_terms():
    assert "东盟" in with_official_terms("trade with ASEAN")
    assert with_official_terms("asean trade") == "asean trade"
    assert "欧盟" in in_official_terms("trade with the EU")
    assert "HPV" in with_official_terms("free HPV jabs")


def test_a_translation_makes_no_goal_of_a_result():
    query = interpret(
        Question("In 2023, did trade grow faster with one or the other?"),
        SHELF,
        lambda _text: "2023年贸易是否以这个或那个为增长目标？",
    )
    assert "target" not in query.statuses


def test_a_unit_of_measure_is_that_of_the_statement():
    assert restated("at 73 billion jin or more", "达到730亿吨以上") == "达到730亿斤以上"


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (
            "Please tell me which census the city has pledged to carry out.",
            "Which census the city has pledged to carry out?",
        ),
        ("Name the three industries meant to grow.", "What are the three industries meant to grow?"),
        ("Retail sales: what growth is the goal?", "Retail sales: what growth is the goal?"),
        ("Give the exact wording of the goal.", "Give the exact wording of the goal."),
    ],
)
def test_a_request_is_translated_as_a_question(asked: str, question: str):
    seen: list[str] = []
    interpret(Question(asked), SHELF, lambda text: seen.append(text) or "目标是多少？")
    assert seen == [question]


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("Did any local football team win promotion to China's second tier?", False),
        ("Which nationwide census has city hall pledged to carry out?", False),
        ("How many jobs were created nationwide in 2023?", True),
        ("How fast did China's economy grow?", True),
        ("How many local government bonds will China issue?", True),
        ("What does China's 2024 report say of local football?", True),
    ],
)
def test_the_country_is_not_meant_by_what_is_local(text: str, nation: bool):  # noqa: FBT001 - a column
    assert (asked_places(text, ["全国", "重庆市"]) == ("全国",)) is nation


def test_dollars_are_no_yuan():
    assert measured_unit("实际使用外资的美元数是多少？") == "美元"
    assert not has_number("进出口7137.4亿元", "美元")
    assert has_number("实际使用外资10亿美元", "美元")


def test_what_are_they_asks_for_a_list():
    assert wanted_of("The report spoke of new growth engines. What are they?") == "list"
    assert wanted_of("Shanghai's report lists ten tasks. Which one mentions athletes?") == "section"


# Claims


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("2025年货物进出口总额大约为7140亿元。", "supported"),
        ("2025年货物进出口总额大约为7940亿元。", "refuted"),
        ("2025年引进的469个首店中，餐饮店占了一半以上。", "not_enough_info"),
        ("2025年入境游客量居同类城市首位的是郴州。", "refuted"),
    ],
)
def test_claims_of_the_same_things(searcher: Searcher, statement: str, expected: str):
    assert verdict(searcher, statement) == expected


def test_the_first_time_is_not_again():
    assert first_or_again("粮食产量第一次站上1050万吨", "粮食产量连续9年稳定在1050万吨以上") == (
        "第一次",
        "连续9年",
    )
    assert first_or_again("粮食产量首次站上1050万吨", "粮食产量首次超过1050万吨") is None


def test_what_moved_did_not_stay_level():
    official = "今年赤字率拟按2.8%安排，比去年预算高0.2个百分点"
    assert level_or_moved("赤字率拟按2.8%安排，与上年预算持平", official) == (
        "与上年预算持平",
        "比去年预算高0.2个百分点",
    )
    assert level_or_moved("赤字率拟按2.8%安排", official) is None
    assert level_or_moved("失业率5%，与上年持平", "增长6%，比上年高0.2个百分点，失业率5%，与上年持平") is None


def test_the_year_is_that_of_the_part_that_speaks_of_the_thing():
    official = "今年建成雄商、济滨高铁，2027年、2028年分别建成津潍、潍宿高铁"
    assert year_of_its_part("山东计划在2026年建成津潍", official) == ("2026年", "2027年")
    assert year_of_its_part("山东计划在2027年建成津潍", official) is None


def test_the_registered_unemployment_rate_is_no_result():
    assert asked_statuses("What is the target for the registered unemployment rate?") == ("target",)


def test_how_often_is_told_of_the_same_thing(searcher: Searcher):
    assert verdict(searcher, "2025年首次引进首店469个，汽车消费增长8.5%。") != "refuted"


def test_all_is_not_nine_in_ten():
    assert is_otherwise_complete("所有的县都达到标准", "90%的县达到标准")
    assert not is_otherwise_complete("90%的县达到标准", "90%的县达到标准")


def test_things_in_two_counters_are_added_up():
    official = "累计创建绿色园区12个、绿色工厂133家"
    assert any(one.value == 145 for one in derived("绿色园区和绿色工厂合起来已有145个", official))


def test_a_rate_of_another_indicator_refutes_nothing(searcher: Searcher):
    assert verdict(searcher, "2025年货物进出口总额增长三成多。") != "refuted"


def test_how_something_is_felt_is_left_aside():
    assert without_effect("东站已经建成投用，市民出行更方便了。") == "东站已经建成投用"
    assert without_effect("东站已经建成投用，新增线路30条更方便了。") != "东站已经建成投用"


def test_all_with_two_digits():
    assert beyond_bound("出口个个都是两位数增长", "出口分别增长43.9%、50.5%和0.9%") == ("10%", "0.9%")
    assert beyond_bound("出口个个都是两位数增长", "出口分别增长43.9%、50.5%和10.9%") is None


def test_a_share_is_of_an_amount_and_not_of_a_rate():
    assert derived("占六成", "分别增长4%、7%") == []
    assert any(
        one.value == 60
        for one in derived("其中60%是留抵退税", "退税减税约2.5万亿元，其中留抵退税约1.5万亿元")
    )


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("企业过万家", "超过"), ("经过100家", ""), ("通过100项", ""), ("突破100家", "超过")],
)
def test_what_passes_a_figure_is_more(text: str, qualifier: str):
    assert find_quantities(text)[0].qualifier == qualifier


def test_a_city_that_the_dictionary_only_describes_is_a_place():
    assert "郴州" in gazetteer()
    assert not is_common("郴州")
    assert is_common("太平")
