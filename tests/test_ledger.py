from pathlib import Path

import pytest

from index.indicator_names import split_names
from index.ledger import extract_indicators, indicator_name
from index.parse import parse_structure
from index.types import Clause, Indicator, Period, PeriodStatus, Report

BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "reports"


def report_of(text: str, year: int = 2024, name: str = "r") -> Report:
    return Report(name, name, "某市", "city", year, None, text)


def read(text: str, year: int = 2023, status: PeriodStatus = "actual") -> tuple[Indicator, ...]:
    clause = Clause("r", 0, 0, len(text), text, (), Period(year, status))
    return extract_indicators(report_of(text), [clause])


def brief(records: tuple[Indicator, ...]) -> list[tuple[str, str, str, str]]:
    return [(record.indicator, record.value, record.unit, record.measure) for record in records]


@pytest.fixture(scope="module")
def bundled() -> tuple[Indicator, ...]:
    report = report_of(BUNDLED.read_text(encoding="utf-8"), name="chongqing-2024")
    return extract_indicators(report, parse_structure(report)[1])


SENTENCES = [
    ("全市生产总值达到3万亿元、增长6.1%", [("地区生产总值", "3", "万亿元", "level"), ("地区生产总值", "6.1", "%", "growth")]),
    ("甲产业、乙产业增加值分别增长5%、7.5%", [("甲产业增加值", "5", "%", "growth"), ("乙产业增加值", "7.5", "%", "growth")]),
    ("城乡居民人均可支配收入分别增长5%和6%", [
        ("城镇居民人均可支配收入", "5", "%", "growth"), ("农村居民人均可支配收入", "6", "%", "growth")]),
    ("接待游客超2亿人次，旅游收入3000亿元，分别增长8%和9%", [
        ("接待游客", "2", "亿人次", "level"), ("旅游收入", "3000", "亿元", "level"),
        ("接待游客", "8", "%", "growth"), ("旅游收入", "9", "%", "growth")]),
    ("新建绿道50公里、口袋公园20个", [("新建绿道", "50", "公里", "increment"), ("新建口袋公园", "20", "个", "increment")]),
    ("新建3000个公共充电桩", [("新建公共充电桩", "3000", "个", "increment")]),
    ("森林覆盖率从50%提高到55.2%", [("森林覆盖率", "55.2", "%", "ratio")]),
    ("单位GDP能耗下降百分之三点五", [("单位地区生产总值能耗", "3.5", "%", "decline")]),
    ("城镇化率提高0.9个百分点、达到62%", [("常住人口城镇化率", "0.9", "个百分点", "growth"), ("常住人口城镇化率", "62", "%", "ratio")]),
    ("服务业增加值占比提高到56%", [("服务业增加值占比", "56", "%", "ratio")]),
    ("船舶产量增长12%、占全国四分之一", [("船舶产量", "12", "%", "growth"), ("船舶产量占全国比重", "25", "%", "ratio")]),
    ("茶叶产量居全国第二位", [("茶叶产量全国排名", "2", "位", "rank")]),
    ("城乡居民收入比缩小至2.1∶1", [("城乡居民人均可支配收入比", "2.1", ":1", "ratio")]),
    ("新增城镇就业12万人", [("城镇新增就业", "12", "万人", "increment")]),
    ("中央提出今年经济增长预期目标为7%左右", [("地区生产总值", "7", "%", "growth")]),
    ("全省地区生产总值连跨4个千亿台阶，2023年达到1.3万亿元", [("地区生产总值", "1.3", "万亿元", "level")]),
    ("地区生产总值连续迈上4个万亿元台阶、达14.2万亿元", [("地区生产总值", "14.2", "万亿元", "level")]),
    ("进出口总值翻番达到2206亿元", [("进出口总额", "2206", "亿元", "level")]),
    ("粮食总产再创历史新高，达到900万吨、增长3%", [("粮食产量", "900", "万吨", "level"), ("粮食产量", "3", "%", "growth")]),
    ("粮食产量达到90万吨、稳居全国前十强、增长3%", [("粮食产量", "90", "万吨", "level"), ("粮食产量", "3", "%", "growth")]),
    ("城镇居民、农村居民人均可支配收入分别增长4.5%、5.7%", [
        ("城镇居民人均可支配收入", "4.5", "%", "growth"), ("农村居民人均可支配收入", "5.7", "%", "growth")]),
    ("约束性指标9项", [("约束性指标", "9", "项", "level")]),
    ("参保人数达到800万", [("参保人数", "800", "万人", "level")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(text, expected):
    assert brief(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "居民收入增长与经济增长同步",
        "比全国平均水平高，工业增速高于全国2.1个百分点",
        "出台20条政策措施",
        "推动2家企业重组",
        "投资5亿元的市场项目主体完工",
        "连续3年获得优秀",
        "《2023年100项行动清单》印发",
        "80%以上的纠纷化解在基层",
    ],
)
def test_text_without_headline_figure(text):
    assert read(text) == ()


def test_range_and_qualifier():
    (record,) = read("地区生产总值增长5%—5.5%左右", 2024, "target")
    assert (record.value, record.qualifier, record.status, record.year) == ("5-5.5", "左右", "target", 2024)


@pytest.mark.parametrize(
    ("text", "context", "year", "status"),
    [
        ("粮食产量100万吨", ("actual", 2023), 2023, "actual"),
        ("预计粮食产量100万吨", ("actual", 2023), 2023, "forecast"),
        ("粮食产量100万吨", ("ongoing", 2023), 2023, "ongoing"),
        ("到2030年，粮食产量达到100万吨", ("target", 2024), 2030, "target"),
        ("2021年粮食产量100万吨", ("actual", 2023), 2021, "actual"),
        ("粮食产量比2019年增长10%", ("actual", 2023), 2023, "actual"),
    ],
)
def test_period(text, context, year, status):
    (record,) = read(text, context[1], context[0])
    assert (record.year, record.status) == (year, status)


def test_quote_is_the_item_with_the_figure():
    first, second = read("实现城镇新增就业12万人、失业率控制在5%以内，价格平稳")
    assert (first.quote, second.quote) == ("实现城镇新增就业12万人", "失业率控制在5%以内")


def test_a_subject_from_the_segment_before_is_in_the_quote():
    records = read("网络零售额突破500亿元，增长11%")
    assert records[1].quote == "网络零售额突破500亿元，增长11%"


def test_a_text_of_no_year_gives_no_records():
    text = "产业规模达到100亿元"
    clause = Clause("r", 0, 0, len(text), text, (), Period(None, "policy"))
    assert extract_indicators(report_of(text, year=0), [clause]) == ()
    assert extract_indicators(report_of(text, year=2024), [clause])


def test_glossary_gives_no_records():
    text = "产业规模达到100亿元"
    clause = Clause("r", 0, 0, len(text), text, ("名词解释",), Period(2023, "actual"))
    assert extract_indicators(report_of(text), [clause]) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GDP", "地区生产总值"),
        ("全市GDP", "地区生产总值"),
        ("国内生产总值", "地区生产总值"),
        ("社零总额", "社会消费品零售总额"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("居民消费价格指数", "居民消费价格涨幅"),
        ("其中，粮食总产量", "粮食产量"),
        ("人均GDP", "人均地区生产总值"),
        ("PM_2.5浓度", "PM2.5平均浓度"),
        ("全省研发经费支出占地区生产总值的比重", "全社会研发投入强度"),
        ("规上工业企业研发经费支出占营业收入比重", "规模以上工业企业研发经费支出占营业收入比重"),
        ("，", ""),
    ],
)
def test_indicator_name(text, name):
    assert indicator_name(text) == name


def test_indicator_name_is_stable(bundled):
    for record in bundled:
        assert indicator_name(record.indicator) == record.indicator


def test_names_of_another_number_than_the_figures_are_refused():
    assert split_names("甲、乙、丙收入", 2) == []
    assert split_names("甲、乙收入", 2) == ["甲收入", "乙收入"]


@pytest.mark.parametrize(
    "expected",
    [
        ("地区生产总值", "30145.79", "亿元", 2023, "actual"),
        ("地区生产总值", "6", "%", 2024, "target"),
        ("城镇新增就业", "73.9", "万人", 2023, "actual"),
        ("城镇新增就业", "60", "万人", 2024, "target"),
        ("城镇调查失业率", "5.4", "%", 2023, "actual"),
        ("居民消费价格涨幅", "3", "%", 2024, "target"),
    ],
)
def test_bundled_report(bundled, expected):
    assert expected in {(r.indicator, r.value, r.unit, r.year, r.status) for r in bundled}


def assert_quotes(report: Report) -> int:
    clauses = parse_structure(report)[1]
    by_number = {clause.number: clause for clause in clauses}
    records = extract_indicators(report, clauses)
    for record in records:
        clause = by_number[record.clause]
        assert record.quote
        assert report.text[record.start : record.end] == record.quote
        assert clause.start <= record.start < record.end <= clause.end
    return len(records)


def test_quotes_of_the_bundled_report():
    assert assert_quotes(report_of(BUNDLED.read_text(encoding="utf-8"))) > 100


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus of reports is not here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_quotes_of_the_corpus(path):
    assert_quotes(report_of(path.read_text(encoding="utf-8"), year=int(path.stem.rpartition("_")[2])))


def test_the_economy_that_grows_is_the_gross_product():
    assert brief(read("经济增长5%左右")) == brief(read("地区生产总值增长5%左右"))
    assert indicator_name("县域经济") == "县域经济"
