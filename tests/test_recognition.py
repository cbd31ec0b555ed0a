import csv
from datetime import date
from pathlib import Path

import pytest

from index.recognition import full_place, level_of, objection, recognize, report_title

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
LEVELS = {"省级": "province", "国务院": "national", "区县": "district"}


def test_the_bundled_report():
    found = recognize(BUNDLED.read_text(encoding="utf-8"))
    assert (found.place, found.level, found.year) == ("重庆市", "province", 2024)
    assert found.delivered == date(2024, 1, 21)


@pytest.mark.parametrize(
    ("opening", "place", "level"),
    [
        ("现在，我代表国务院，向大会报告政府工作，请予审议。", "全国", "national"),
        ("——2019年1月20日在河源市第七届人民代表大会第五次会议上", "河源市", "city"),
        ("——2022年1月20日在自贡市自流井区第十九届人民代表大会第二次会议上", "自流井区", "district"),
        ("——2021年在荆州市沙市区第六届人民代表大会第一次会议上", "沙市区", "district"),
        ("——2021年在济宁市市中区第六届人民代表大会第一次会议上", "市中区", "district"),
        ("——2021年在津市市第六届人民代表大会第一次会议上", "津市市", "city"),
        (
            "2023年1月9日在湘西土家族苗族自治州第十五届人民代表大会第二次会议上",
            "湘西土家族苗族自治州",
            "city",
        ),
        ("现在，我代表鄂伦春自治旗人民政府向大会报告工作", "鄂伦春自治旗", "district"),
        ("我受桐乡县人民政府委托，向大会作工作报告", "桐乡县", "district"),
        ("2025年宁夏政府工作报告\n现在，我代表自治区人民政府向大会报告工作", "宁夏回族自治区", "province"),
        ("上海市市长 龚正 各位代表：\n现在，我代表市人民政府，向大会报告工作", "上海市", "province"),
        ("景德镇市2024年政府工作报告\n各位代表：\n", "景德镇市", "city"),
        ("阳光明媚。各位代表：\n", "", "unknown"),
    ],
)
def test_the_place_in_the_opening(opening, place, level):
    found = recognize(opening + "\n各位代表：\n现在报告工作。\n")
    assert (found.place, found.level) == (place, level)


def test_a_place_without_an_opening_is_the_one_spoken_of_most():
    text = "全省经济向好，广东制造业发展。省委部署，广东向前，湖南相邻，我省广东各市。"
    assert recognize(text).place == "广东省"


def test_a_district_is_not_taken_for_an_autonomous_region():
    text = "区委部署，区政府落实，全区经济向好。海棠区人民努力，海棠崛起，建设美丽海棠。自治区支持。"
    assert recognize(text).place == "海棠区"


@pytest.mark.parametrize(
    ("text", "delivered"),
    [
        ("——２０１０年３月５日在第十一届全国人民代表大会第三次会议上", date(2010, 3, 5)),
        ("——1 9 9 8 年3 月5 日在第九届全国人民代表大会第一次会议上", date(1998, 3, 5)),
        ("——二〇二六年一月二十七日在甘肃省十四届人民代表大会第四次会议上", date(2026, 1, 27)),
        ("第十二届全国人大二次会议，2014年3月5日", date(2014, 3, 5)),
        ("2026年1月26日在广东省第十四届\n人民代表大会第五次会议上", date(2026, 1, 26)),
        ("新华社北京2016年3月17日电\n2016年3月5日在第十二届全国人民代表大会第四次会议上", date(2016, 3, 5)),
        ("——2016年2月31日在第十二届全国人民代表大会第四次会议上", None),
        ("来源：某报 2026年2月9日", None),
    ],
)
def test_the_delivery_date(text, delivered):
    assert recognize(text + "\n各位代表：\n").delivered == delivered


@pytest.mark.parametrize(
    ("text", "hint", "year"),
    [
        ("2021年政府工作报告\n李明\n各位代表：\n", "", 2021),
        ("各位代表：\n一、2019年工作回顾\n过去一年。\n", "", 2020),
        ("各位代表：\n二、2025年主要目标任务\n今年要努力。\n", "", 2025),
        ("各位代表：\n过去一年很好。\n", "某市_2018", 2018),
        ("各位代表：\n过去一年很好。\n", "20180125", None),
        ("2016年至2020年。2020年增长3%，2020年减排。2021年增长6%。到2035年建成。", "", 2021),
        ("2020年增长3%。", "", 2021),
        ("——2021年12月28日在东河县第三届人民代表大会第一次会议上\n二、2022年工作安排\n今年。\n", "", 2022),
        ("——2021年12月28日在东河县第三届人民代表大会第一次会议上\n二、当前工作\n", "", 2021),
    ],
)
def test_the_year(text, hint, year):
    assert recognize(text, hint).year == year


def test_the_text_counts_more_than_the_file_name():
    found = recognize("现在，我代表海南省人民政府报告工作\n2020年政府工作报告\n各位代表：\n", "云南省_2011")
    assert (found.place, found.year) == ("海南省", 2020)


def test_the_file_name_helps_out():
    found = recognize("各位代表：\n现在报告工作。\n", "义乌市政府工作报告2016")
    assert (found.place, found.year) == ("义乌市", 2016)


def test_levels_names_and_titles():
    assert [level_of(place) for place in ("全国", "西藏自治区", "大理白族自治州", "前旗", "")] == [
        "national",
        "province",
        "city",
        "district",
        "unknown",
    ]
    assert [full_place(name) for name in ("重庆", "内蒙古", "国务院", "海拉尔区")] == [
        "重庆市",
        "内蒙古自治区",
        "全国",
        "海拉尔区",
    ]
    assert report_title("重庆市", 2024) == "重庆市人民政府工作报告（2024年）"
    assert report_title("全国", 2020) == "国务院政府工作报告（2020年）"
    assert report_title("", 2020) == "政府工作报告（2020年）"


POEM = "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n"
NOVEL = "她推开窗，看见院子里的老槐树开满了花。奶奶坐在树下，手里捏着一封没有拆开的信。\n" * 60
CODE = "def add(a, b):\n    # 返回两数之和\n    return a + b\n" * 40
NEWS = (
    "本报讯（记者 王小明）昨日，某省政府工作报告引发热议，代表们围绕加快推进改革、全面加强建设展开讨论。"
    "专家表示，我们要坚持发展，促进就业，提高收入。\n"
) * 12
COURT = "高级人民法院工作报告\n各位代表：\n现在，我代表省高级人民法院向大会报告工作，请予审议。\n"
ENGLISH = "Call me Ishmael. Some years ago, never mind how long precisely, I went to sea.\n" * 30


@pytest.mark.parametrize("text", [POEM, NOVEL, CODE, NEWS, COURT, ENGLISH])
def test_what_is_plainly_no_report(text):
    assert objection(text)


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：\n过去一年，我们努力工作。\n",
        "2023年政府工作报告\n\n一年来，城镇新增就业5万人。\n",
        "政 府 工 作 报 告\n",
        "一、2022年工作回顾\n地区生产总值增长5%。\n",
        "我们坚持全面推进改革，加快建设，促进发展，全市实施项目。\n" * 5,
    ],
)
def test_what_may_be_a_report_is_not_refused(text):
    assert not objection(text)


def test_the_corpus_is_recognized_from_the_text_alone():
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside the checkout")
    with (CORPUS / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t"))
    wrong = []
    for row in rows:
        text = (CORPUS / "reports" / row["file"]).read_text(encoding="utf-8")
        found = recognize(text)
        if (found.place, found.level, str(found.year)) != (row["place"], LEVELS[row["level"]], row["year"]):
            wrong.append((row["file"], found))
        assert not objection(text), row["file"]
    assert not wrong
