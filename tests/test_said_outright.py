"""Who has more is said outright; a heading, a place or an event that is taken for granted is set right; people are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import ScriptedGenerator
from samples import searched

from index.types import Indicator
from rag.amounts import asks_heads, counts_heads, measured_unit
from rag.assumed import assumption
from rag.comparison import compared
from rag.pipeline import Pipeline
from rag.places import english_name
from rag.times import asked_statuses, asked_years
from rag.topic import _IN_PART
from rag.types import Question
from rag.wanted import wanted_of

TEXT = (
    "某省人民政府工作报告\n——2026年1月10日在某省第一届人民代表大会第三次会议上\n\n"
    "一、2025年工作回顾\n\n（一）教育质量稳步提升。甲中医学院正式招生，打造产教联合体4个。\n"
    "（二）交通更加便捷。地铁5号线等60公里线路开通。推动过夜游客接待人数突破1亿人次。办理代表建议1141件、委员提案1097件。一般公共预算收入增长16%。\n\n"
    "二、2026年主要任务\n\n（一）促进消费扩容提质。用好便利过境停留、离境退税等政策。\n"
    "（二）更大力度吸引外资。实施外资招商专项行动。启动筹备第九届中国书画节。\n"
    "（三）壮大乡村产业。打造茶油、粮油、生态畜牧三大千亿级产业，壮大柑橘、榨菜、茶叶、竹笋四个百亿级产业。\n"
    "（四）强化政务诚信建设。政府作出的承诺要说到做到。\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    searcher = searched(tmp_path_factory.mktemp("outright"), TEXT, "某省_2026")
    return Pipeline(searcher, ScriptedGenerator(odds=9.0), "某省_2026")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("报告为什么把离境退税当作吸引外资的一项措施？", ("不是这样写的", "促进消费扩容提质")),
        ("甲中医学院怎么到现在还没招生？报告给的开学时间是哪一年？", ("不是这样说的", "正式招生")),
        ("去年第九届中国书画节接待了多少名游客？", ("没有这样说", "启动筹备第九届中国书画节")),
        ("四个百亿级产业又是哪些？", ("柑橘、榨菜、茶叶、竹笋",)),
    ],
)
def test_what_is_taken_for_granted_is_set_right(pipeline: Pipeline, asked: str, said: tuple[str, ...]):
    text = pipeline.answer(Question(asked), use_model=False).text
    assert not [one for one in said if one not in text], text


def test_a_heading_that_is_the_right_one_is_not_corrected(pipeline: Pipeline):
    text = pipeline.answer(Question("报告为什么把离境退税当作促进消费的一项措施？"), use_model=False).text
    assert "不是这样写的" not in text


@pytest.mark.parametrize(
    "asked", ["甲中医学院首年招收了多少名学生？", "截至去年底，地铁总里程达到多少公里？"]
)
def test_what_was_opened_or_done_is_no_number_of_people_and_no_total(pipeline: Pipeline, asked: str):
    assert pipeline.answer(Question(asked), use_model=False).status == "not_in_reports"


def test_a_list_that_is_counted_anew_takes_the_place_of_the_one_before(pipeline: Pipeline):
    before = (("报告提出要打造哪三大千亿级乡村产业？", "茶油、粮油、生态畜牧。"),)
    text = pipeline.answer(Question("那么四个百亿级产业又是哪些？", before), use_model=False).text
    assert "柑橘" in text
    assert "茶油" not in text


def record(place: str, value: str, unit: str = "人") -> Indicator:
    quote = f"城镇新增就业{value}{unit}"
    return Indicator(
        "r", place, "城镇新增就业", value, unit, "", "level", 2025, "target", 0, len(quote), quote, 0
    )


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [
        ("哪个高？各是多少？", "zh", "广东省更高，比北京市高84万人。"),
        ("各是多少？", "zh", "广东省更多，比北京市多84万人。"),
        ("谁的更少？各是多少？", "zh", "北京市更少，比广东省少84万人。"),
        ("which is higher?", "en", "Guangdong has more than Beijing: the difference is 840,000 people."),
        ("which is the lowest?", "en", "Beijing has fewer than Guangdong: the difference is 840,000 people."),
    ],
)
def test_of_two_places_the_one_that_is_asked_for_comes_first(asked: str, language: str, said: str):
    records = [record("北京市", "260000"), record("广东省", "1100000")]
    assert compared(records, language, asked) == said  # type: ignore[arg-type]


def test_three_places_are_ordered_from_the_end_that_is_asked_for():
    records = [record("北京市", "26"), record("广东省", "110"), record("四川省", "85")]
    assert compared(records, "zh", "哪里最高").startswith("从高到低：广东省（")
    assert compared(records, "zh", "哪里最低").startswith("从低到高：北京市（")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("浙江省", "Zhejiang"),
        ("广西壮族自治区", "Guangxi"),
        ("西藏自治区", "Tibet"),
        ("全国", "China"),
        ("某项条例", "某项条例"),
    ],
)
def test_places_have_english_names_in_english_answers(place: str, name: str):
    assert english_name(place) == name


def test_people_are_counted_by_people():
    assert asks_heads("招收了多少名学生")
    assert not asks_heads("排在第几名")
    assert counts_heads("为19.3万女学生接种")
    assert not counts_heads("学位6.3万个，巩固率95.8%")
    assert measured_unit("PM2.5年均浓度是多少微克/立方米？") == "微克"


def test_signs_of_time_heading_and_premise():
    assert asked_years("从2023年底到2025年底怎样变化", 2024) == (2023, 2024, 2025)
    assert asked_years("过去一年新建了多少", 2024) == (2023,)
    assert wanted_of("“首问责任制”是在哪一条要求之下提出的？") == "section"
    assert wanted_of("In which sub-section is table tennis mentioned?") == "section"
    said = assumption("入选典型案例的甲山修复，是乙区做的那个吧？", "zh")
    assert said is not None
    assert said.asked


def test_what_is_said_not_to_be_meant_is_not_asked():
    assert asked_statuses("2023年收入实际增长了多少？请注意是结果，不是目标。") == ("actual",)
    assert asked_statuses("收入的目标是多少，不是去年的结果。") == ("target",)
    assert asked_statuses("这是不是目标？") == ("target",)
    assert asked_statuses("How much did it actually grow, not the target?") == ("actual",)


def test_two_figures_are_added_up_or_held_apart(pipeline: Pipeline):
    proposals = pipeline.answer(Question("办理的代表建议和委员提案，加起来一共多少件？"), use_model=False)
    assert all(one in proposals.text for one in ("1141件", "1097件"))
    records = [record("某省", "1141", "件"), replace(record("某省", "1097", "件"), indicator="委员提案")]
    assert compared(records, "zh", "加起来一共多少件") == "合计2238件。"
    assert "多44件" in compared(records, "zh", "哪个多")


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (
            "报告在“自身建设”部分谈到政务诚信时，对承诺提出了怎样的要求？",
            "政务诚信时，对承诺提出了怎样的要求？",
        ),
        ("重庆大部分区县的医保，今年有什么安排？", "重庆大部分区县的医保，今年有什么安排？"),
        ("在大部分地区推开的试点，今年还有几个？", "在大部分地区推开的试点，今年还有几个？"),
    ],
)
def test_in_which_part_it_is_told_is_not_what_is_told(asked: str, left: str):
    assert _IN_PART.sub("", asked) == left


def test_an_indicator_in_whose_name_the_tagger_finds_no_noun_leaves_nothing_out(pipeline: Pipeline):
    before = (("办理的代表建议和委员提案，加起来一共多少件？", "合计2238件。"),)
    asked = Question("2025年一般公共预算收入实际增长了多少？", before)
    assert not pipeline.interpret(asked, use_model=False).leans
    assert "16%" in pipeline.answer(asked, use_model=False).text
