"""Claims that count one thing otherwise, by other counters or ordinals, or tell of ranks, stages and prices that the report has not."""

from __future__ import annotations

import pytest
from fakes import HashEncoder

from index.build import Builder
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.check_ranks import lost_rank, other_ordinal, other_rank
from rag.check_reading import without_effect
from rag.check_stage import other_stage
from rag.check_vague import in_figures
from rag.factcheck import FactChecker

REPORT = (
    "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第三次会议上\n\n"
    "一、2023年工作回顾\n\n甲河师范学院正式招生，乙山师范学院更名为大学。粮食外运量600万吨，保持全国第1位。"
    "某市女排获得全市首个全国联赛总冠军。国际博览会防疫实现零感染。\n\n"
    "二、2024年主要任务\n\n为6万农村留守老人提供上门体检服务。建设桥东、桥西、桥南3个海洋实验室。新增错峰共享车位2万个。\n"
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("counted"))
    Builder(store, HashEncoder()).add([report_from_text(REPORT, "某市_2024")])
    return FactChecker(Searcher(store, HashEncoder()), "某市_2024")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("今年要给50万名农村留守老人提供上门体检服务。", "refuted"),
        ("今年要给6万名农村留守老人提供上门体检服务。", "supported"),
        ("今年要建的海洋实验室一共五家。", "refuted"),
        ("今年要建的海洋实验室一共三家。", "supported"),
        ("去年更名为大学的，是甲河师范学院。", "refuted"),
        ("去年更名为大学的，是乙山师范学院。", "supported"),
        ("粮食外运量被别的市反超，丢了全国头名。", "refuted"),
        ("今年新增的2万个错峰共享车位，可以免费停。", "not_enough_info"),
    ],
)
def test_what_is_counted_told_or_added_otherwise(checker: FactChecker, statement: str, verdict: str):
    assert {one.verdict for one in checker.check(statement).claims} == {verdict}


@pytest.mark.parametrize(
    ("claim", "official", "found"),
    [
        ("粮食产量被邻省反超", "粮食产量保持全国第1位", ("被邻省反超", "保持全国第1位")),
        ("粮食产量丢了全国头名", "粮食产量位居全国首位", ("丢了全国头名", "位居全国首位")),
        ("粮食产量没有被邻省反超，仍居全国首位", "粮食产量保持全国第1位", None),
        ("外贸被邻省反超", "粮食产量保持全国第1位", None),
        ("粮食产量被邻省反超", "粮食产量保持全国第12位", None),
    ],
)
def test_a_first_rank_is_lost_or_held(claim: str, official: str, found: tuple[str, str] | None):
    assert lost_rank(claim, official) == found


@pytest.mark.parametrize(
    ("claim", "official", "differs"),
    [
        ("拿下第二座联赛总冠军奖杯", "获得首个联赛总冠军", True),
        ("拿下首座联赛总冠军奖杯", "获得首个联赛总冠军", False),
        ("建成第三个航空枢纽", "建成首个海铁枢纽", False),
    ],
)
def test_which_one_of_its_kind(claim: str, official: str, differs: bool):  # noqa: FBT001 - a column of the table above
    assert (other_ordinal(claim, official) is not None) is differs


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("一共五家实验室", "一共5家实验室"),
        ("今年还是两位数增长", "今年还是超过10%增长"),
        ("the lowest in two decades", "the lowest in 20 years"),
        ("over a decade ago", "over 10 years ago"),
        ("double-digit growth", "more than 10% growth"),
        ("在全国仅次于邻省", "在全国居第2位，次于邻省"),
        ("a little over three-fifths of it", "more than 60%; of it"),
        ("eighteen new lines", "18 new lines"),
    ],
)
def test_figures_in_words(text: str, reads: str):
    assert in_figures(text) == reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("去年更名为大学的是甲学院，乙学院刚招生", "去年甲学院更名为大学，乙学院刚招生"),
        ("农民的收入涨得比城里人快", "农民的收入增速比城里人高"),
        ("没有哪个城市的外贸额比甲市高", "甲市外贸额居全国第1位"),
        ("全国外贸额最高的是甲市", "甲市外贸额居全国第1位"),
        ("没有哪个城市的外贸额比甲市高出一倍", "没有哪个城市的外贸额比甲市高出一倍"),
    ],
)
def test_claims_are_put_as_reports_put_them(text: str, reads: str):
    assert without_effect(text) == reads


@pytest.mark.parametrize(
    ("claim", "official", "found"),
    [
        ("某机场吞吐量排名世界第五", "某机场开通航线91条，吞吐量居全国第5", True),
        ("某机场吞吐量居全国第五", "某机场开通航线91条，吞吐量居全国第5", False),
        ("某港口货运居全国第二", "外贸居全国第5，某机场吞吐量居世界第9", False),
    ],
)
def test_the_one_rank_of_a_wording_is_of_what_stands_before_it(claim: str, official: str, found: bool):  # noqa: FBT001 - a column
    assert (other_rank(claim, official) is not None) is found


def test_generating_is_done_and_what_was_begun_is_not():
    assert other_stage("某水电站2023年开始发电", "某水电站等项目开工", planned=False) == ("开始发电", "开工")
