"""What has to be held apart: what is of another thing, state, part, year or kind than it seems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched

from index.types import Indicator, Period
from rag.amounts import has_rates_only
from rag.asked_kind import lacks_kind, lacks_people
from rag.assumed import assumption
from rag.check_edition import other_edition
from rag.check_exchange import another_did_it, another_is_it, other_degree
from rag.check_kinds import opposed
from rag.check_lists import beyond_bound
from rag.check_meaning import denial_in
from rag.check_stage import denied_stage, other_stage
from rag.check_vague import in_figures
from rag.check_weighing import _adds_figure
from rag.citing import cite
from rag.claims import split_claims
from rag.factcheck import FactChecker
from rag.grounding import Grounded, ground
from rag.pipeline import Pipeline
from rag.replies import _reads_better
from rag.times import asked_statuses
from rag.types import Evidence, Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from index.searcher import Searcher

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n"
    "新增公办幼儿园学位1.7万个、托位4万个。扣除物价因素，城镇居民人均生活费收入增长10.2%，农村居民人均纯收入增长3.2%。"
    "地区生产总值迈上3万亿元新台阶、达到30145.79亿元。洽谈会吸引20个国家和地区的419家企业参展。PM2.5浓度降至30微克/立方米。"
    "新开小巷公交18条。普通高校招生268万人，比上年增加48万人。棚户区改造完成4000户。"
    "甲湖中医药学院正式招生，甲湖科技学院更名为大学。\n\n"
    "二、2026年主要任务\n\n"
    "继续推进棚户区改造，完成800户的改造任务。启动筹备第十四届中国艺术节。力争甲湖新能源基地建成投产。"
    "争取设立铁路港综保区。技术合同成交额突破350亿元。到2030年，技术合同成交额达到600亿元。"
    "做强粮油、畜牧两大千亿级产业，壮大茶叶、榨菜、小面六个百亿级产业。\n"
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searched(tmp_path_factory.mktemp("apart"), TEXT, "某省_2026")


@pytest.fixture(scope="module")
def pipeline(searcher: Searcher) -> Pipeline:
    return Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")


# Premises


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("第十四届中国艺术节都办完了，来了多少观众？", "第十四届中国艺术节都办完了"),
        ("铁路港综保区封关运行以后，进出口额做到了多少？", "铁路港综保区封关运行"),
        ("头一个物流枢纽城市是乙市吧，咱们什么时候能跟上？", "头一个物流枢纽城市是乙市"),
        ("2025年清洁能源占比还不到一半、落后于煤电，原因何在？", "2025年清洁能源占比不到一半，落后于煤电"),
        ("中医药学院去年改名叫“大学”了，是几月份批的？", "中医药学院去年改名叫“大学”了"),
    ],
)
def test_what_a_question_takes_for_granted(question: str, statement: str):
    assumed = assumption(question, "zh")
    assert assumed is not None
    assert assumed.statement.replace("、", "，") == statement


def test_where_a_figure_is_of_another_year_that_of_the_year_asked_is_told_too(pipeline: Pipeline):
    answer = pipeline.answer(Question("2026年计划改造的4000户棚户区，资金怎么安排？"))
    assert "4000户" in answer.text
    assert "800户" in answer.text


def test_what_is_striven_for_is_quoted_as_that(pipeline: Pipeline):
    answer = pipeline.answer(Question("甲湖新能源基地2025年已经建成投产，首年发了多少电？"))
    assert "力争甲湖新能源基地建成投产" in answer.text


# Questions


def test_what_was_added_of_two_things_is_compared(pipeline: Pipeline):
    answer = pipeline.answer(Question("去年新增的公办幼儿园学位和托位，哪个多？多多少？"))
    assert "多2.3万个" in answer.text


def test_two_indicators_that_a_clause_calls_by_longer_names_are_compared(pipeline: Pipeline):
    answer = pipeline.answer(Question("去年城里人和农村人收入增幅差了几个百分点？"))
    assert "7个百分点" in answer.text


def test_a_goal_is_set_against_a_goal(pipeline: Pipeline):
    assert asked_statuses("成交额2030年目标比2026年目标高多少？") == ("target",)
    answer = pipeline.answer(Question("技术合同成交额2030年目标比2026年目标高多少？"))
    assert "250亿元" in answer.text


def test_the_goal_of_an_english_question_is_of_its_year(pipeline: Pipeline):
    asked = Question("How does trade growth in 2025 compare with the goal it sets for 2026?")
    slots = pipeline.interpret(asked, use_model=False).slots
    assert [(slot.years, slot.statuses) for slot in slots] == [((2025,), ("actual",)), ((2026,), ("target",))]


def test_where_an_event_takes_place_is_no_place_in_the_report():
    assert wanted_of("锦标赛几月份开打，放在哪个馆？") != "section"
    assert wanted_of("锦标赛放在哪个部分讲的？") == "section"


@pytest.mark.parametrize(
    ("question", "held", "lacking"),
    [
        ("创成示范城市的是哪三个区县？", "3个区县成功创建示范城市", True),
        ("创成示范城市的是哪三个区县？", "深化信访工作法治化试点，3个区县成功创建示范城市", True),
        ("创成示范城市的是哪三个区县？", "渝北、江北成功创建示范城市", False),
        ("基金交给哪家公司管？", "发挥投资基金作用", True),
        ("基金交给哪家公司管？", "由发展集团公司管理基金", False),
        ("锦标赛几月份开打？", "办好锦标赛", True),
        ("锦标赛几月份开打？", "6月办好锦标赛", False),
        ("锦标赛怎么办？", "办好锦标赛", False),
    ],
)
def test_an_answer_has_the_kind_of_thing_that_is_asked_for(question: str, held: str, lacking: bool):  # noqa: FBT001 - a parameter of the test
    assert lacks_kind(question, [held], ["重庆市"]) is lacking


@pytest.mark.parametrize(
    ("question", "held", "lacking"),
    [
        ("2023年16-24岁的失业率是多少", "城镇调查失业率5.4%", True),
        ("How high was unemployment among 16-24 year olds?", "城镇调查失业率5.4%", True),
        ("青年失业率是多少", "16至24岁劳动力失业率15%", False),
        ("今年给年轻人筹集多少套房", "筹集保障性租赁住房5万套", False),
        ("失业率是多少", "城镇调查失业率5.4%", False),
        ("来了多少外国游客", "接待游客1亿人次", True),
        ("来了多少外国游客", "接待境外游客10万人次", False),
    ],
)
def test_the_people_meant_are_told_of(question: str, held: str, lacking: bool):  # noqa: FBT001 - a parameter of the test
    assert lacks_people(question, [held], [held]) is lacking


def test_the_people_meant_are_told_of_in_the_part_with_their_rate():
    part = "城镇调查失业率5.4%"
    assert lacks_people("2023年16-24岁的失业率是多少", [f"促进青年就业，{part}"], [part])


# Grounding


def evidence(quote: str) -> Evidence:
    period = Period(2026, "target")
    return Evidence(
        1, "r", "某省政府工作报告（2026年）", "某省", ("任务",), period, 0, len(quote), quote, 1.0
    )


def test_the_figure_of_the_neighbouring_part_does_not_stand():
    clause = evidence("做强粮油、畜牧两大千亿级产业，壮大茶叶、榨菜、小面六个百亿级产业。")
    question = "政府想把小面这个行当做到多大？"
    assert not ground("政府想把这个行当做到千亿级产业。", [clause], "zh", question).text
    assert ground("政府想把这个行当做到百亿级产业。", [clause], "zh", question).text


def test_times_as_much_are_no_number_of_cars():
    assert has_rates_only("造了5.1倍新能源汽车")
    assert not has_rates_only("造了5.1万辆新能源汽车")


def test_ships_are_no_passengers():
    clause = evidence("国际邮轮母港接待邮轮超过100艘次。")
    assert not ground("The port received over 100 cruise passengers.", [clause], "en").text
    assert ground("The port received over 100 ships.", [clause], "en").text


# Claims


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("2025年全省经济总量约为3.01万亿元。", "supported"),
        ("2025年全省经济总量约为3.21万亿元。", "refuted"),
    ],
)
def test_about_so_much_is_held_against_the_exact_figure(searcher: Searcher, statement: str, verdict: str):
    (claim,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert claim.verdict == verdict


@pytest.mark.parametrize(
    "statement",
    ["2025年洽谈会的419家参展企业来自各地", "2025年新开了18条小巷公交，其中7条在甲湖区。"],
)
def test_a_figure_of_a_part_or_beside_another_counter_refutes_nothing(searcher: Searcher, statement: str):
    (claim,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert claim.verdict != "refuted"


@pytest.mark.parametrize(
    "statement",
    ["2025年PM2.5浓度不降反升，达到30微克/立方米。", "2025年普通高校一共招了48万名新生。"],
)
def test_what_moved_otherwise_is_not_borne_out(searcher: Searcher, statement: str):
    (claim,) = FactChecker(searcher, "某省_2026").check(statement).claims
    assert claim.verdict != "supported"


def test_medals_are_held_apart():
    assert other_degree("捧回冠军奖杯", "勇夺世俱杯亚军") == ("冠军", "亚军")
    assert other_degree("拿下第二名", "勇夺世俱杯亚军") is None


def test_who_did_it_is_read_off_the_sentence():
    official = "渝北铜锣山矿区入选典型案例，忠县三峡橘乡田园综合体获批“两山”实践创新基地。"
    told = another_is_it("去年拿下“两山”实践创新基地牌子的，是渝北铜锣山矿区", official)
    assert told == ("渝北铜锣山矿区", "忠县三峡橘乡田园综合体")
    assert another_is_it("拿下“两山”实践创新基地牌子的，是三峡橘乡田园综合体", official) is None


def test_a_thing_of_the_same_kind_did_it():
    official = "重庆中医药学院正式招生，重庆科技学院更名为大学"
    assert another_did_it("重庆中医药学院去年改名叫“大学”了", official) == ("重庆中医药学院", "重庆科技学院")
    assert another_did_it("重庆科技学院更名为大学", official) is None
    assert another_did_it("清洁能源的装机和发电量占到一半以上", "清洁能源装机容量占比超过50%") is None


def test_what_was_started_is_not_finished():
    official = "启动渝宜高铁、重庆站改造等项目"
    assert other_stage("重庆站改造工程就已经完工了", official, planned=False) == ("完工", "启动")
    assert other_stage("重庆站改造工程启动了", official, planned=False) is None


def test_among_what_something_is_makes_no_claim():
    claims, _ = split_claims("2026年的15件民生实事当中，有给老住宅加装600部电梯这一件。")
    assert len(claims) == 1


def test_what_the_model_read_stands_for_no_record_of_another_status(pipeline: Pipeline):
    asked = Question("How many kilometres of gas pipes are to be renewed?")
    query = pipeline.interpret(asked, use_model=False)
    quote = "改造燃气管网650公里，实施180公里管道清淤。"
    record = Indicator(
        "r", "某省", "管道清淤", "180", "公里", "", "level", 2026, "target", 12, 21, "实施180公里管道清淤", 0
    )
    goal = cite(evidence(quote))
    result = replace(goal, period=Period(2026, "actual"))
    told = "650 km of gas pipes are to be renewed."
    assert _reads_better(query, Grounded(told, (goal,), 0), [record])
    assert not _reads_better(query, Grounded(told, (result,), 0), [record])


def test_what_did_not_rise_but_fell_denies_no_fall():
    said, official = "刑事案件没有增加，反而少了13.7%", "刑事案件下降13.7%"
    assert not opposed(said, official)
    assert not denial_in(said)
    assert denial_in("刑事案件没有减少")


def test_flowing_in_is_the_contrary_of_flowing_out():
    assert opposed("常住人口净流出4.5万人", "常住人口净流入4.5万人")
    assert not opposed("常住人口净流入4.5万人", "常住人口净流入4.5万人")


def test_what_is_said_of_each_holds_for_each():
    official = "“新三样”出口分别增长43.9%、50.5%和0.9%"
    assert beyond_bound("三类产品的增幅都在40%以上", official) == ("40%", "0.9%")
    assert beyond_bound("三类产品的增幅都在0.5%以上", official) is None
    assert beyond_bound("出口增幅在40%以上", official) is None


def test_not_even_so_many_are_fewer():
    assert in_figures("新增的托位连一万个都不到") == "新增的托位不足一万个"


def test_the_first_is_not_the_third():
    official = "举办首届“一带一路”科技交流大会和国际人才交流大会"
    assert other_edition("举办了第三届“一带一路”科技交流大会", official) == ("第三届", "首届")
    assert other_edition("举办了第一届“一带一路”科技交流大会", official) is None
    assert other_edition("举办了第三届智博会", official) is None


def test_what_was_begun_is_not_denied():
    official = "筹划近30年的甲乙丙铁路项目正式开工"
    assert denied_stage("甲乙丙铁路还停留在筹划阶段，没能开工", official) == ("没能开工", "开工")
    assert denied_stage("甲乙丙铁路还没有建成通车", official) is None
    assert denied_stage("丁江大桥没能开工", official) is None


def test_a_name_that_the_claim_says_as_the_report_does_is_no_other(searcher: Searcher):
    checker = FactChecker(searcher, "某省_2026")
    (verdict,) = checker.check("2025年全省经济总量迈上3万亿元新台阶。").claims
    assert verdict.verdict != "refuted"


def test_an_ordinal_is_no_figure_of_a_length():
    assert _adds_figure("天山隧道全长约22公里", "天山隧道、第三通道实现贯通")
    assert not _adds_figure("天山隧道全长约22公里", "天山隧道全长22.13公里")
