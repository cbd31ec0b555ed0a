from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import format_numeral, parse_numeral
from index.quantities import Quantity, find_quantities, same_value

AMOUNTS = [
    ("城镇新增就业73.9万人", "73.9万人", "739000", "人", ""),
    ("达到30145.79亿元", "30145.79亿元", "3014579000000", "元", ""),
    ("达到七十三万九千人", "七十三万九千人", "739000", "人", ""),
    ("粮食一亿四千万斤", "一亿四千万斤", "140000000", "斤", ""),
    ("人口1亿2000万", "1亿2000万", "120000000", "", ""),
    ("增长百分之十一点八", "百分之十一点八", "11.8", "%", ""),
    ("增长８．５％", "８．５％", "8.5", "%", ""),
    ("增长19·5％", "19·5％", "19.5", "%", ""),
    ("增长6%左右", "6%", "6", "%", "左右"),
    ("近20%", "20%", "20", "%", "近"),
    ("提高1.2个百分点", "1.2个百分点", "1.2", "个百分点", ""),
    ("新增60万人以上", "60万人", "600000", "人", "以上"),
    ("不低于1.1万个", "1.1万个", "11000", "个", "不低于"),
    ("突破8500家", "8500家", "8500", "家", "超过"),
    ("2000余家", "2000余家", "2000", "家", "超过"),
    ("旅游总收入突破万亿元", "万亿元", "1000000000000", "元", "超过"),
    ("占全国1/4", "1/4", "25", "%", ""),
    ("八成以上", "八成", "80", "%", "以上"),
    ("缩小至2.28∶1", "2.28∶1", "2.28", ":1", ""),
    ("居全国第5位", "第5位", "5", "位", ""),
    ("居全国首位", "首位", "1", "位", ""),
    ("翻一番", "一番", "1", "番", ""),
    ("浓度降至20.6微克/立方米", "20.6微克/立方米", "20.6", "微克/立方米", ""),
    ("标准提高到740元/月", "740元/月", "740", "元/月", ""),
    ("惠及3万家庭", "3万", "30000", "", ""),
    ("600,000 new urban jobs", "600,000 new urban jobs", "600000", "人", ""),
    ("0.6 million people", "0.6 million people", "600000", "人", ""),
    ("3.01 trillion yuan", "3.01 trillion yuan", "3010000000000", "元", ""),
    ("RMB 3.01 trillion", "3.01 trillion", "3010000000000", "元", ""),
    ("around 6 percent", "6 percent", "6", "%", "约"),
    ("at least 60 percent", "60 percent", "60", "%", "不低于"),
    ("0.5 percentage points", "0.5 percentage points", "0.5", "个百分点", ""),
    ("ranked second nationwide", "ranked second", "2", "位", ""),
]


@pytest.mark.parametrize(("text", "words", "value", "unit", "qualifier"), AMOUNTS)
def test_amount(text, words, value, unit, qualifier):
    (found,) = find_quantities(text)
    assert (found.text, found.value, found.unit, found.qualifier) == (words, Decimal(value), unit, qualifier)
    assert found.kind == "amount"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增长5%—5.5%", "5", "5.5", "%"),
        ("增长4.5%至5%", "4.5", "5", "%"),
        ("5-6%", "5", "6", "%"),
        ("5 percent to 5.5 percent", "5", "5.5", "%"),
        ("200—300万亩", "2000000", "3000000", "亩"),
        ("8000—1.2万亩", "8000", "12000", "亩"),
    ],
)
def test_range(text, low, high, unit):
    (found,) = find_quantities(text)
    assert (found.value, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“33618”现代制造业集群", "code"),
        ("18号线", "code"),
        ("世界500强", "code"),
        ("12345热线", "code"),
        ("T3航站楼", "code"),
        ("2024年", "year"),
        ("一九五六年", "year"),
        ("2021—2025年", "year"),
        ("in 2024, the city", "year"),
        ("2024年1月21日", "date"),
        ("第十四届", "ordinal"),
    ],
)
def test_what_is_no_amount(text, kind):
    assert [found.kind for found in find_quantities(text)] == [kind]


@pytest.mark.parametrize("text", ["一个项目", "三农", "十四五", "数百万", "一成不变", "每万人", "几十个", ""])
def test_words_without_figures(text):
    assert find_quantities(text) == ()


def test_unit_of_a_list_of_percentage_points():
    left, right = find_quantities("分别高于全省2.2个和3.7个百分点")
    assert (left.unit, right.unit) == ("个百分点", "个百分点")


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("60万人", "600,000 people"),
        ("60万人", "0.6 million people"),
        ("60万人", "六十万人"),
        ("3.01万亿元", "3.01 trillion yuan"),
        ("百分之六", "6 percent"),
        ("5%—5.5%", "5-5.5 percent"),
        ("1.2个百分点", "1.2 percentage points"),
        ("2650万", "2650万人"),
        ("4502家", "4502户"),
        ("第二位", "ranked second"),
    ],
)
def test_same_value(first, second):
    assert same_value(only(first), only(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("6%", "6个百分点"),
        ("60万人", "60万元"),
        ("60万人", "73.9万人"),
        ("5%—5.5%", "5%"),
        ("2024年", "2024"[:3] + "4元"),
        ("6%", "6万"),
    ],
)
def test_other_value(first, second):
    assert not same_value(only(first), only(second))


@given(
    st.text(
        alphabet="0123456789０１.,，%％—-~万亿千百十一二两三点分之第年月日人元个百分点和、以上约 abmilontrpec/:∶“”",
        max_size=60,
    )
)
def test_spans_lie_in_the_text_in_order(text):
    position = 0
    for found in find_quantities(text):
        assert position <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        position = found.end


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.text


@given(st.integers(min_value=10_001, max_value=10**11))
def test_every_way_to_write_a_number_has_one_value(number):
    ways = [
        f"{number}人",
        f"{number:,}人",
        f"{number:,} people",
        f"{Decimal(number) / 10000:f}万人",
        f"{Decimal(number) / 10**6:f} million people",
        f"{format_numeral(number)}人",
    ]
    values = {only(way).value for way in ways}
    assert values == {Decimal(number)}


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_numeral_round_trip(number):
    assert parse_numeral(format_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "value"), [("两万", 20_000), ("两亿", 200_000_000), ("两千", 2000), ("两", None)]
)
def test_two_as_it_is_said_before_a_scale(text, value):
    assert parse_numeral(text) == value


def test_a_number_too_large_for_a_numeral_is_refused():
    with pytest.raises(ValueError, match="whole number from 0"):
        format_numeral(10**12)
