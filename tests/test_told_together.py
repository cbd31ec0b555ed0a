"""All goals together, two times in one claim, two years in one clause: what is told at once is not told of each."""

from __future__ import annotations

import pytest
from fakes import HashEncoder, ScriptedGenerator
from test_ledger import read as figures_in
from test_question_periods import SHELF, read

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.amounts import asked_units, has_number, measured_in_english
from rag.assumed import assumption
from rag.check_comparison import LESS_THAN
from rag.check_complete import is_otherwise_complete, without_rest
from rag.check_elsewhere import is_of_another_number, other_end_of_line, other_name
from rag.check_goals import asked_together
from rag.check_meaning import denial_in
from rag.check_translation import in_round_words, without_strange_goals
from rag.english import without_asker
from rag.factcheck import FactChecker
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.question import interpret
from rag.times import asked_statuses, asked_years
from rag.types import Question
from rag.wanted import wanted_of

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n新机场选址获批，天然气管道二线开工。26个50亿元级以上产业项目落地建设。"
    "轨道交通18号线等60公里线路开通。招远核电一期获得国家批复。城镇新增就业73.9万人，城镇调查失业率5.4%。"
    "对照2025年政府工作报告确定的目标，部分指标没有达到预期。政府系统部分干部的能力素质有待提高。\n\n"
    "二、2026年主要任务\n\n力争工业投资增长14%、技改投资增长15%，新实施1500个技术改造项目。开工招远核电一期。"
    "地区生产总值增长7%以上、力争达到8%。今年农业投资比重由去年的10.7%提高到14%。推进7号线一期、15号线等262公里轨道交通在建项目。"
    "稳住粮食生产，加强地方储备粮管理。开工建设波密至然乌段铁路。\n"
)
MET = "某市政府工作报告\n——2026年1月10日\n\n一、2025年工作回顾\n\n圆满完成全年主要目标任务。全面完成保交房任务。\n"


def searching(folder: object, name: str, text: str) -> Searcher:
    store = Store(folder)  # type: ignore[arg-type] - a folder of the test run
    Builder(store, HashEncoder()).add([report_from_text(text, name)])
    return Searcher(store, HashEncoder())


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searching(tmp_path_factory.mktemp("told"), "某省_2026", TEXT)


def answer(
    searcher: Searcher, asked: str, *history: tuple[str, str], said: str = "", odds: float = 9.0
) -> str:
    pipeline = Pipeline(searcher, ScriptedGenerator(said, odds=odds), "某省_2026")
    return pipeline.answer(Question(asked, history)).text


def verdict(searcher: Searcher, statement: str, report: str = "某省_2026") -> str:
    checker = FactChecker(searcher, report, str, lambda _claim, _official: None, "none")
    return checker.check(statement).claims[0].verdict


# All goals together


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("2025年定的目标全都完成了", "refuted"),
        ("2025年的各项目标任务全部完成了", "refuted"),
        ("去年有的目标没有完成", "supported"),
        ("实现了2025年所有设定的目标", "refuted"),
    ],
)
def test_whether_all_goals_were_met_is_told_by_the_sentence_on_all_of_them(
    searcher: Searcher, statement: str, expected: str
):
    assert verdict(searcher, statement) == expected


def test_goals_that_were_all_met_bear_the_claim_out(tmp_path_factory: pytest.TempPathFactory):
    met = searching(tmp_path_factory.mktemp("met"), "某市_2026", MET)
    assert verdict(met, "2025年的目标任务全部完成了", "某市_2026") == "supported"
    assert verdict(met, "2025年有的指标没有完成", "某市_2026") == "refuted"


@pytest.mark.parametrize("asked", ["2025年定的目标都完成了吗？", "去年有没有没完成的目标？"])
def test_who_asks_after_all_goals_hears_that_some_were_missed(searcher: Searcher, asked: str):
    assert "部分指标没有达到预期" in answer(searcher, asked)


def test_all_goals_are_asked_after_whatever_was_asked_before(searcher: Searcher):
    told = answer(searcher, "2025年定的目标都完成了吗？", ("去年城镇新增就业多少人？", "73.9万人。"))
    assert "部分指标没有达到预期" in told


@pytest.mark.parametrize("asked", ["2025年城镇新增就业目标完成了吗？", "GDP去年的目标完成了吗？"])
def test_one_goal_is_not_all_of_them(asked: str):
    assert asked_together(asked) == ""


# Claims


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("到2026年1月省长作报告时，新机场选址已经获批", "supported"),
        ("招远核电一期2025年获得国家批复，2026年安排开工", "supported"),
        ("2026年地区生产总值增长至少7%", "supported"),
        ("2025年长安汽车新工厂总投资80亿元", "not_enough_info"),
        ("2025年轨道交通15号线在年内开通", "not_enough_info"),
        ("2026年将开工建设林芝至波密段铁路", "refuted"),
    ],
)
def test_what_else_a_claim_tells(searcher: Searcher, statement: str, expected: str):
    assert verdict(searcher, statement) == expected


def test_of_two_things_one_may_be_done_and_the_other_not():
    official = "推动保交楼全部完成，保交房完成95%以上"
    assert is_otherwise_complete("保交楼、保交房都已全部完成", official)
    assert not is_otherwise_complete("保交楼已全部完成", official)
    assert is_otherwise_complete("还只覆盖了大部分县", "县域医共体实现全覆盖")


def test_lines_are_told_apart_by_their_ends_and_their_numbers():
    assert other_end_of_line("开工林芝至波密段", "开工建设波密至然乌段铁路") == ("林芝", "然乌")
    assert other_end_of_line("开工波密至然乌段", "开工建设波密至然乌段铁路") is None
    assert other_end_of_line("开工甲地至乙地段", "开工建设波密至然乌段铁路") is None
    assert is_of_another_number("15号线开通", "18号线、9号线开通")
    assert not is_of_another_number("9号线开通", "18号线、9号线开通")
    assert not is_of_another_number("轨道交通开通", "18号线开通")


def test_that_nothing_need_be_paid_denies_nothing():
    assert denial_in("免费打疫苗，家长一分钱不用掏") == ""
    assert denial_in("今年不搞新建") == "不搞"


def test_a_translation_makes_no_goal_of_a_result():
    assert (
        without_strange_goals("By 2023 it linked 490 ports.", "到2023年将连接490个港口")
        == "到2023年连接490个港口"
    )
    assert without_strange_goals("It will link 490 ports.", "将连接490个港口") == "将连接490个港口"
    assert without_strange_goals("It cut costs.", "即将降低成本，将领出席") == "即将降低成本，将领出席"


def test_what_is_striven_for_beyond_a_growth_is_growth():
    found = {(one.value, one.measure) for one in figures_in("地区生产总值增长7%以上、力争达到8%")}
    assert found == {("7", "growth"), ("8", "growth")}
    assert {one.measure for one in figures_in("地区生产总值增长至少7%")} == {"growth"}
    assert {one.measure for one in figures_in("能耗减少3%")} == {"decline"}


# Questions


def test_a_follow_up_means_its_thing_by_its_own_word_or_by_the_official_one(searcher: Searcher):
    assert "15%" in answer(searcher, "技改那块呢？", ("2026年工业投资目标是增长多少？", "力争增长14%。"))


def test_what_was_opened_is_not_what_is_being_built(searcher: Searcher):
    pipeline = Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")
    asked = Question("去年新开通的有多长？", (("轨道交通在建多少公里？", "262公里。"),))
    assert "60公里" in pipeline.answer(asked).evidence[0].quote


def test_a_length_is_asked_by_how_long():
    assert asked_units("新开通的有多长？") == ["公里"]
    assert asked_units("多长时间办完？") == []
    assert asked_units("多少亩、多少亿元？") == ["亩", "元"]
    assert has_number("大桥全长800米", "公里")
    assert has_number("出栏生猪610万头", "头")
    assert not has_number("放归大熊猫的县有15个", "只")


def test_the_clause_that_tells_of_both_years_answers_for_both(searcher: Searcher):
    told = answer(searcher, "2026年农业投资比重和2025年相比，各是多少？")
    assert "10.7%" in told
    assert "14%" in told
    assert "未提及" not in told


def test_figures_that_no_clause_has_are_not_in_the_report(searcher: Searcher):
    asked = "2026年粮食要打多少万吨，增产多少万吨？"
    assert "未提及" in answer(searcher, asked, said="报告没有说。", odds=1.0)


def test_a_wording_is_found_by_what_is_told_and_not_where(searcher: Searcher):
    told = answer(searcher, "讲困难和问题时，报告是怎么说干部能力的？请给原句。")
    assert "政府系统部分干部的能力素质有待提高" in told


def test_what_is_told_of_a_thing_before_the_question_is_taken_for_granted():
    assumed = assumption("新机场2025年已经动工了，它的主体工程进度怎样？", "zh")
    assert assumed is not None
    assert assumed.statement == "新机场2025年已经动工了"
    assert assumption("新机场选址获批，它的进度怎样？", "zh") is None


def test_what_is_not_asked_for_in_brackets_is_left_out():
    topic = interpret(Question("2026年新开工多少个项目（不算已经在建的）？"), SHELF, str).topic
    assert "在建" not in topic


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("HR consultant asking: how many jobs were created?", "How many jobs were created?"),
        ("Travel blogger here. Which village won?", "Which village won?"),
        (
            "What growth is planned for upgrades, not industrial investment as a whole?",
            "What growth is planned for upgrades?",
        ),
        ("Foreign trade: which ports grew?", "Foreign trade: which ports grew?"),
    ],
)
def test_who_asks_and_what_is_not_meant_is_no_part_of_an_english_question(asked: str, left: str):
    assert without_asker(asked) == left


def test_a_plan_is_named_with_its_years_and_a_report_with_who_gave_it():
    assert asked_years("“六五”计划（1981—1985年）何时审议？", 1979) == ()
    assert asked_years("今年力争比2025年再提高多少？", 2026) == (2025, 2026)
    assert named_report("某市长2024年所作的政府工作报告说了什么？", SHELF)[0] == ("home-2024",)


def test_in_which_of_them_asks_for_a_section():
    assert (
        wanted_of("The report lists ten areas of work. In which of them does the park come up?") == "section"
    )


def test_the_goal_and_the_result_stay_apart():
    assert read("今年城镇新增就业目标是多少？").slots[0].statuses == ("target",)


def test_passengers_are_not_counted_by_routes():
    assert measured_in_english("How many passengers in total went through the airport?") == "人次"
    assert measured_in_english("How many China-Europe freight trains ran?") == "列"
    assert measured_in_english("How many train stations were built?") == ""
    assert measured_in_english("How many international routes are there?") == ""
    assert has_number("接待游客1.2亿人次", "人次")
    assert not has_number("国际航线恢复至33条，旅客吞吐量增长106%", "人次")


def test_round_sums_are_put_as_reports_name_sizes():
    assert in_round_words("三个1000亿元产业和五个100亿元产业") == "三个千亿元产业和五个百亿元产业"
    assert in_round_words("投资21000亿元和1000.5亿元") == "投资21000亿元和1000.5亿元"


def test_lagging_behind_is_taken_for_granted():
    assumed = assumption("Hebei's growth lagged behind the nation. What explanation is given?", "en")
    assert assumed is not None
    assert assumed.turned


def test_what_is_built_is_not_counted_with_what_is_being_built():
    official = "省际建成及在建高速公路达到21条"
    assert without_rest("已经建成通车的高速公路达到21条", official) == ("建成", "建成及在建")
    assert without_rest("建成和在建的高速公路达到21条", official) is None
    assert without_rest("已经建成的高速公路达到21条", "建成高速公路21条") is None


def test_names_that_begin_and_end_alike_are_two():
    official = "首家省实验室——燕赵钢铁实验室挂牌成立"
    assert other_name("名叫燕赵医药实验室", official) == ("燕赵医药实验室", "燕赵钢铁实验室")
    assert other_name("燕赵钢铁实验室挂牌", official) is None
    assert other_name("省实验室挂牌", official) is None


def test_what_was_won_is_no_goal():
    assert asked_statuses("争取到的资金超过1200亿元") == ()
    assert asked_statuses("争取资金1200亿元") == ("target",)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("2025年全年没有发生重特大事故", "supported"),
        ("去年交付住房15.7万套，任务已经百分之百完成", "refuted"),
        ("2025年大坝启动建设，预计2029年建成", "not_enough_info"),
    ],
)
def test_claims_of_one_part_and_of_more(
    tmp_path_factory: pytest.TempPathFactory, statement: str, expected: str
):
    text = (
        "某市政府工作报告\n——2026年1月10日\n\n一、2025年工作回顾\n\n全年未发生重特大事故。"
        "交付住房15.7万套、完成任务总量的90%。大坝启动建设。中医药学院正式招生。\n\n"
        "二、2026年主要任务\n\n筹建音乐学院。\n"
    )
    parts = searching(tmp_path_factory.mktemp("parts"), "某市_2026", text)
    assert verdict(parts, statement, "某市_2026") == expected


def test_more_of_nothing_is_no_comparison():
    assert LESS_THAN.search("今年的目标没有去年的高")
    assert not LESS_THAN.search("全年没有发生重特大事故")
