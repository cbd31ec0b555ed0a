"""What stands beside that which is asked: hearsay, the other end, the year after, a second figure, a rank taken for granted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedGenerator
from samples import searched
from test_grounding import clause
from test_question_periods import SHELF, read

from index.tokens import named_sights
from rag.amounts import asked_unit
from rag.apart import asked_apart
from rag.assumed import assumption
from rag.check_goals import asked_together
from rag.check_translation import without_strange_years
from rag.english import without_asker
from rag.focus import focus
from rag.grounding import ground
from rag.listing import Counted, counted, listed
from rag.named_report import named_report
from rag.pipeline import Pipeline
from rag.places import asked_places, provinces_without_report
from rag.times import asked_statuses, asked_years
from rag.topic import topic_of
from rag.types import Question
from rag.wanted import wanted_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n某机场国际航线恢复至33条，旅客吞吐量增长106%。汽车产量升至全国第二，新能源汽车产量达到50万辆。"
    "对照2025年政府工作报告确定的目标，部分指标没有达到预期。全年城镇调查失业率平均值5.4%。\n\n"
    "二、2026年主要任务\n\n力争高铁、高速公路通车里程分别突破1100公里、4500公里。新培育专精特新企业400家。"
    "新增婴幼儿托位1.1万个。新建充电桩2万个。城镇新增就业60万人以上，城镇调查失业率控制在5.5%左右。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(
        searched(tmp_path_factory.mktemp("beside"), TEXT, "某省_2026"), ScriptedGenerator(), "某省_2026"
    )


def told(pipeline: Pipeline, asked: str) -> str:
    return pipeline.answer(Question(asked)).text


def test_two_figures_of_one_clause_are_told_where_both_are_asked(pipeline: Pipeline):
    each = told(pipeline, "今年高铁和高速公路的通车里程分别要突破多少公里？")
    assert "1100公里" in each
    assert "4500公里" in each
    assert each.count("4500公里") == 1, "what one part tells of both is said once"
    both = told(pipeline, "某机场去年的国际航线恢复到几条？旅客吞吐量增长了多少？")
    assert "33条" in both
    assert "106%" in both
    one = told(pipeline, "某机场去年的国际航线恢复到几条？")
    assert "106%" not in one


def test_a_rank_that_is_taken_for_granted_is_set_right(pipeline: Pipeline):
    assumed = assumption("汽车产量去年冲到了全国头名，新能源汽车有多少万辆？", "zh")
    assert assumed is not None
    assert assumed.statement == "汽车产量去年冲到了全国第一"
    assert "全国第二" in told(pipeline, "汽车产量去年升到了全国头名，新能源汽车有多少万辆？")


@pytest.mark.parametrize(
    "asked",
    [
        "去年的目标没全完成吗？",
        "政府自己承认去年的目标没全部完成吗？原话是怎么说的",
        "去年定的目标没有都完成吧？",
    ],
)
def test_that_not_all_goals_were_met_is_asked_of_all_together(pipeline: Pipeline, asked: str):
    assert asked_together(asked).startswith("去年")
    assert asked_together(asked).endswith("有的目标没有完成")
    assert "部分指标没有达到预期" in told(pipeline, asked)


def test_one_goal_that_is_named_is_not_all_of_them():
    assert not asked_together("去年的就业目标没完成吗？")


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        ("都说要过紧日子，2023年政府到底省下来多少开支？", ()),
        ("要过紧日子，今年打算省下来多少开支？", ("target",)),
        ("今年要建多少公里？", ("target",)),
        ("保护老街那段，最后说什么？", ()),
        ("去年的目标最后完成了多少？", ("target", "actual")),
    ],
)
def test_what_is_said_beside_the_question_sets_no_goal(asked: str, statuses: tuple[str, ...]):
    assert asked_statuses(asked) == statuses


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("今年出租车起步价会不会涨？报告里咋说的", "fact"),
        ("报告里怎么说出租车的？", "wording"),
        ("房产税要调，是在讲投资那段还是别的什么地方？", "section"),
        ("留住什么？请给准确表述", "wording"),
    ],
)
def test_the_kind_that_is_wanted(asked: str, wanted: str):
    assert wanted_of(asked.replace("咋", "怎么")) == wanted


def test_a_number_of_places_is_nothing_to_ask_of_by_itself():
    assert "专精特新" in topic_of("我们厂想评专精特新，今年市里准备新增几家名额", SHELF)


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("2025年北京输出到天津和河北的技术合同成交额是多少？", ("北京市",)),
        ("The contracts that went from Beijing to Tianjin and Hebei in 2025", ("北京市",)),
        ("北京和天津去年各增长多少？", ("北京市", "天津市")),
        ("北京到2025年的目标", ("北京市",)),
    ],
)
def test_the_other_end_is_not_asked(asked: str, places: tuple[str, ...]):
    assert asked_places(asked, ["北京市", "天津市"]) == places
    assert not provinces_without_report(asked, ["北京市", "天津市"])


def test_where_only_the_other_end_has_a_report_it_is_asked():
    assert asked_places("开往天津的班列有多少？", ["天津市"]) == ("天津市",)


def test_the_report_of_the_year_after_is_asked_too():
    asked = "江苏2025年初的报告里说要新增多少就业，第二年的报告公布实际新增了多少？"
    assert named_report(asked, SHELF)[0] == ()
    slots = read(asked).slots
    assert [(slot.years, slot.statuses) for slot in slots] == [((2025,), ("target",)), ((2025,), ("actual",))]


@pytest.mark.parametrize(
    ("asked", "report"),
    [
        ("江苏一共办了多少个托管班？看2026年那份报告", "delta-2026"),
        ("按1999年某某某的全国政府工作报告，五年内准备拿出多少钱办教育？", "nation-1999"),
        ("1999年某某某在全国人大作报告那天，离澳门回归还有几天？", "nation-1999"),
        ("1999年中国政府的报告要求外国军队从哪两国撤走？", "nation-1999"),
        ("1999年全国的“九五”计划报告讲了哪些技术领域？", "nation-1999"),
    ],
)
def test_the_year_of_a_report_that_is_named_in_other_ways_is_not_asked_of(asked: str, report: str):
    reports, left = named_report(asked, SHELF)
    assert reports == (report,)
    assert not any(year in left for year in ("2026", "1999"))


@pytest.mark.parametrize(
    "asked",
    ["2024年目标在报告里怎么说？", "2024年重庆要建的项目报告里有多少？", "2024年实际的报告数是多少？"],
)
def test_a_year_that_only_stands_before_the_word_for_report_is_asked_of(asked: str):
    assert "2024" in named_report(asked, SHELF)[1]


def test_under_what_figure_asks_for_no_heading():
    assert wanted_of("Under what figure was the population to be kept?") != "section"
    assert wanted_of("Under which heading does it speak of ports?") == "section"


def test_prices_in_shops_are_no_consumer_prices():
    assert "居民消费价格" not in read("零售物价的涨幅去年回落到百分之几？").text
    assert "居民消费价格" in read("物价去年涨了百分之几？").text


def test_what_is_spent_is_money():
    assert asked_unit("演出带动了多少综合消费？") == "元"
    assert asked_unit("办了多少消费券活动？") != "元"


def test_of_a_translation_no_year_before_is_kept_that_the_english_does_not_have():
    asked = "How many did it plan for 2024, and how many did it carry out?"
    assert (
        without_strange_years(asked, "2024年计划多少个，去年的实施了多少个？")
        == "2024年计划多少个，实施了多少个？"
    )
    assert "去年" in without_strange_years("How many jobs were there in 2023?", "去年有多少就业？")
    assert "去年" in without_strange_years("How many last year?", "去年有多少？")


def _weights(terms: list[str]) -> Mapping[str, float]:
    return dict.fromkeys(terms, 1.0)


def test_of_segments_that_say_as_much_the_one_with_a_figure_is_meant():
    quote = (
        "促进工业投资放量提质，提速164个在建重点工业项目，力争全市工业投资增长14%，推进新一轮工业企业改造工程"
    )
    start, end = focus(quote, "投资", _weights, figure=True)
    assert quote[start:end] == "力争全市工业投资增长14%"


def test_the_run_goes_on_to_the_figure_of_what_is_asked():
    quote = "西部陆海新通道扩面提质增效明显，辐射全国75个城市、164个铁路站点，通达全球127个国家的584个港口，货物品类增多"
    start, end = focus(quote, "西部陆海新通道的港口", _weights, figure=True)
    assert "584个港口" in quote[start:end]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            "我换了辆电车，今年要新装多少充电桩？还有那个错时停车的车位准备加几个？",
            ("我换了辆电车，今年要新装多少充电桩", "错时停车的车位准备加几个"),
        ),
        ("失业率的控制线呢？去年平均又是多少", ("失业率的控制线呢", "去年平均又是多少")),
        ("今年要新装多少充电桩？报告怎么说的？", ()),
        ("今年要新装多少充电桩？", ()),
    ],
)
def test_what_is_asked_one_by_one(asked: str, parts: tuple[str, ...]):
    assert asked_apart(asked) == parts


def test_each_of_several_things_is_told_by_its_own_record(pipeline: Pipeline):
    answer = pipeline.answer(Question("今年要新建多少个充电桩？还有婴幼儿托位准备新增多少？"))
    assert "2万个" in answer.text
    assert "1.1万个" in answer.text
    assert len(answer.citations) == 2
    assert "比" not in answer.text, "two things of different kinds are not compared"


def test_the_goal_beside_last_years_result_is_never_that_result(pipeline: Pipeline):
    asked = Question("失业率的控制线呢？去年平均又是多少", (("今年打算新增多少城镇就业？", "60万人以上。"),))
    text = pipeline.answer(asked).text
    goal, result = text.index("5.5%"), text.index("5.4%")
    assert "2026年目标" in text[:goal]
    assert "2025年实绩" in text[:result]
    assert asked_years("控制线呢？去年平均又是多少", 2026) == (2025, 2026)
    assert asked_years("去年的目标是多少？", 2026) == (2025,)
    assert asked_years("去年平均又是多少", 2026) == (2025,)


def test_behind_a_correction_stands_what_is_asked(pipeline: Pipeline):
    text = told(pipeline, "既然去年汽车产量已经是全国第一，那新能源汽车产量达到多少辆？")
    assert "全国第二" in text
    assert "50万辆" in text


def test_what_an_editor_is_about_is_not_asked():
    asked = "编辑这边要标页：承认还有哪些困难的那一段，放在哪个大部分？"
    assert "编辑" not in read(asked).text
    assert "研发投入强度" in read("科研投入占比今年想冲到多少？").text


def test_what_a_person_says_of_themselves_in_english_is_not_translated():
    said = "I work in urban planning and I'm comparing rail networks. "
    asked = "What length of railway does the city hope to have in service by the end of this year?"
    assert without_asker(said + asked) == asked
    wishing = "I'd like to quote the mayor on promises. What precisely does the speech say about commitments in full?"
    assert without_asker(wishing) == wishing
    pointing = "I read that a museum was opened. How many visitors did it have last year in all?"
    assert without_asker(pointing) == pointing


def test_two_smaller_ones_are_not_compared():
    assert wanted_of("Which two smaller airports had new terminals completed last year?") == "list"
    assert wanted_of("Which of the two airports is smaller?") == "comparison"


def test_what_is_asked_behind_right_takes_the_rest_for_granted():
    assumed = assumption(
        "Chongqing came in first place in car output last year, right? So which did it overtake?", "en"
    )
    assert assumed is not None
    assert assumed.statement == "Chongqing came in first place in car output last year"


def test_chinese_names_that_stand_nowhere_are_not_told_in_english():
    evidence = [clause("重庆成为全国首个国家物流枢纽城市")]
    assert not ground(
        "The seven cities are: 重庆、成都、西安、武汉.", evidence, "en", "What are the seven cities?"
    ).text
    assert ground("It became the first national logistics hub (国家物流枢纽城市).", evidence, "en").text


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("江苏2025年报告说启动治理几处？2026年报告说2025年治了几处？", ("2025年目标", "2025年治了")),
        ("江苏的累计交易量在2024—2026年三份政府工作报告中各是多少？", ("2023年、2024年、2025年",)),
    ],
)
def test_each_report_that_is_named_is_asked_of_its_own_year(asked: str, left: tuple[str, ...]):
    reports, rest = named_report(asked, SHELF)
    assert reports == ()
    assert all(one in rest for one in left)


def test_what_is_told_when_the_next_report_gives_account_is_the_result_of_the_same_year():
    slots = read("江苏2025年报告答应新增多少个，第二年交账时盘活了多少？").slots
    assert [(slot.years, slot.statuses) for slot in slots] == [((2025,), ("target",)), ((2025,), ("actual",))]


def test_reports_of_several_places_that_are_named_in_one_leave_their_places():
    _, left = named_report("比较2025年江苏、重庆政府工作报告中2024年的技术合同成交额。", SHELF)
    assert "江苏" in left
    assert "重庆" in left
    assert "2025" not in left


def test_a_list_is_told_by_what_it_goes_on_to_do():
    five = counted("“五个新城”是哪五个？")
    assert isinstance(five, Counted)
    quote = "把甲、乙、丙、丁、戊五个新城打造成综合性节点城市，推进建设"
    assert listed(quote, five) == (0, quote.index("，"))


def test_sights_and_firms_by_a_name_of_their_own():
    assert named_sights("洪崖洞去年接待了多少游客") == ["洪崖洞"]
    assert named_sights("迪士尼2025年接待了多少游客") == ["迪士尼"]
    assert not named_sights("今年新建多少口袋公园，建了几个动物园，烂尾楼交了多少")


def test_visitors_of_one_sight_are_not_all_visitors(pipeline: Pipeline):
    assert pipeline.answer(Question("洪崖洞去年接待了多少旅客？")).status == "not_in_reports"


def test_who_gave_the_report_and_the_tasks_are_not_looked_for():
    assert "省长" not in topic_of("某某某省长在2026年的报告里坦白说，有哪几项指标没达到预期？", SHELF)
    assert "八方面" not in topic_of("长期护理保险写在“八方面工作”的哪一方面？", SHELF)


def test_how_many_homes_asks_for_homes():
    assert asked_unit("保交楼和保交房哪个交的套数多？") == "套"
    assert asked_unit("户数和辆数相关的政策") == ""


def test_two_sides_of_one_question_may_be_a_place_and_a_city_of_another():
    slots = read("重庆港和连云港2025年谁的集装箱吞吐量大？").slots
    assert {slot.place for slot in slots} == {"重庆市", "江苏省"}
    assert {slot.place for slot in read("重庆港2025年的吞吐量多少？").slots} == {"重庆市"}


def test_an_official_term_stands_for_one_thing_and_not_for_all_that_a_question_says():
    asked = "今年公务员和事业单位一共要招多少应届生？"
    one = replace(clause("城镇新增就业60万人以上，确保高校毕业生就业稳定"), terms=("高校毕业生",))
    assert not ground("今年公务员和事业单位一共要招60万人以上应届生。", [one], "zh", asked).text
    homes = replace(clause("保交楼项目新交付15.7万套"), terms=("保交楼",))
    assert ground("烂尾楼新交付15.7万套。", [homes], "zh", "烂尾楼新交付多少套？").text
