"""Figures in everyday words put as reports put them: 翻了一番 is growth by 100%, 两成 is 20%. Pure functions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS: Final = dict(zip("一两二三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_DIGIT: Final = r"[一二两三四五六七八九]"
_NOT_TENTHS: Final = "立为功效果就员本长品交分不熟"
_SHORT_OF: Final = r"(?:还是|还|尚|仍)?(?:不到|没到|未达|不及|还没有|(?:没有|没能|没|未能|未)(?:达到|超过|突破|跨过|跨上|越过|站上|迈上|冲破))了?"
_MORE: Final = r"(?:以上|还多|还要多|有余|多)"

_ENGLISH_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ENGLISH_NUMBER: Final = "|".join(sorted(_ENGLISH_NUMBERS, key=len, reverse=True))

_TENTHS: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"([一二两三四五六七八九])成(?:多|以上|有余)"), lambda m: f"{_tenths(m[1], None)}多%"),
    (re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九半])?(?![" + _NOT_TENTHS + "])"),
     lambda m: f"{_tenths(m[1], m[2])}%"),
)  # fmt: skip
_ROUND: Final = {"十": 10, "百": 100, "千": 1000}
_NUMERAL: Final = rf"\d+|{_DIGIT}|一?[{''.join(_ROUND)}]"


def _share(match: re.Match[str]) -> str:
    """每4辆汽车就有1辆 as 汽车占25%; as it is where that is no share."""
    many, of = (_number(match[part]) for part in ("many", "of"))
    if not 0 < many < of:
        return match[0]
    about = "约" if match["about"] else ""
    return f"{match['what']}{about}占{Decimal(100 * many) / of:.4g}%"


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _ROUND.get(words[-1]) or _DIGITS[words]


_CHINESE: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"百分之?百"), "100%"),
    # 每10架无人机约有9架产自……: nine in ten of them.
    (re.compile(rf"每(?P<of>{_NUMERAL})(?P<by>[个架辆件台家户人名部套艘条块位吨斤])(?P<what>[^，。；\d]{{0,10}}?)(?P<about>大?约|差不多|将近|近)?[就便里中]{{0,2}}有(?P<many>{_NUMERAL})(?P=by)"),
     _share),
    (re.compile(r"(?<=[\d一二两三四五六七八九十百千万亿])块钱?(?![地屏板牌田砖])"), "元"),
    # 三万亿门槛 is one of money.
    (re.compile(r"(?<=亿)(?=(?:级|的)?(?:门槛|大关|关口|台阶|俱乐部))"), "元"),
    (re.compile(r"(?<=[总数量额模])[过破超上]了?(?P<size>[万亿])(?=[，。；]|$)"), r"超过1\g<size>"),
    (re.compile(r"(?<=[超近约破逾上])(?P<size>[百千])万(?!富)"), lambda m: {"百": "100万", "千": "1000万"}[m["size"]]),
    (re.compile(r"(?P<change>增幅|涨幅|增长|增加|涨)了?还?(?P<bound>不到|不足|没到|超过|接近)一倍"), r"\g<change>\g<bound>100%"),
    (re.compile(rf"(?<=一共|总共|共有|共计|总计|足足|只有|仅有)有?({_DIGIT})(?=[个家座所项条类种处名位支部件])"), lambda m: str(_DIGITS[m[1]])),
    (re.compile(r"两位数(?=的?(?:增[长速幅]|涨幅|[高快低]?增))|(?<=增长|增速|增幅|涨幅)(?:是|为|达到?|保持|实现)?了?两位数"), "超过10%"),
    (re.compile(r"(?<!不)仅次于(?=[\u4e00-\u9fff])"), "居第2位，次于"),
    (re.compile(r"一刻钟"), "15分钟"),
    (re.compile(r"榜首|居首位?|头名|头一[名位]|(?<=排名)第一(?!批|次|个|届)"), "第1位"),
    (re.compile(r"半个?(?:小时|钟头)|半个?多小时"), "30分钟"),
    (re.compile(r"(?<=[一二两三四五六七八九十\d])个?钟头"), "小时"),
    (re.compile(r"连((?:[\d.,]+|[一二两三四五六七八九十百千半]{1,6})[万亿千百]?[^，。；\d]{0,4}?)[都也](?:不到|没到|不足|没有|达不到|没达到|不够)"),
     lambda m: f"不到{m[1]}"),
    (re.compile(rf"{_SHORT_OF}(?=[\d一二两三四五六七八九十百千半]{{1,12}})"), "不足"),
    *_TENTHS,
    (re.compile(r"(?:超过一半|过半|一半还多|半数以上|一半以上|大半)"), "超过50%"),
    (re.compile(r"(?:一半|半数)(?!径|天|年|个)"), "50%"),
    (re.compile(rf"翻了?(?:一番|一倍|了番)(?:{_MORE})"), "增长超过100%"),
    (re.compile(r"翻了?(?:一番|一倍)"), "增长100%"),
    (re.compile(r"翻了?(?:两|二)番"), "增长300%"),
    (re.compile(r"(?:增长|增加|多|提高|上升)了?(?:一|1)倍(?:" + _MORE + ")"), "增长超过100%"),
    (re.compile(r"(?:增长|增加|多|提高|上升)了?(?:一|1)倍"), "增长100%"),
    (re.compile(rf"({_DIGIT}|\d+(?:\.\d+)?)倍{_MORE}"), lambda m: f"超过{_DIGITS.get(m[1], m[1])}倍"),
    (re.compile(rf"(?<![十百千万分第]){_DIGIT}倍"), lambda m: f"{_DIGITS[m[0][0]]}倍"),
)  # fmt: skip
_ENGLISH: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"\btopp(?:ed|ing) (?=the (?:\w+ ){0,3}(?:table|list|ranking|chart)s?\b)", re.IGNORECASE), "ranked first in "),
    (re.compile(r"(?<!ranked )\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?= (?:place|nationwide|nationally|in the (?:country|nation|world))\b)", re.IGNORECASE),
     lambda m: f"ranked {m[1]}"),
    (re.compile(r"\bnumber[- ](one|two|three|[123])\b(?! (?:thousand|million|billion))", re.IGNORECASE),
     lambda m: f"No. {_ENGLISH_NUMBERS.get(m[1].lower(), m[1])}"),
    (re.compile(r"\bmore than doubled\b", re.IGNORECASE), "grew by more than 100%"),
    (re.compile(r"\bdoubled\b", re.IGNORECASE), "grew by 100%"),
    (re.compile(r"\bmore than tripled\b", re.IGNORECASE), "grew by more than 200%"),
    (re.compile(r"\btripled\b", re.IGNORECASE), "grew by 200%"),
    (re.compile(r"\b(?:more than|over) half\b", re.IGNORECASE), "more than 50%"),
    (re.compile(r"\bdouble[- ]digit\b", re.IGNORECASE), "more than 10%"),
    (re.compile(r"\bless than half\b", re.IGNORECASE), "less than 50%"),
    (re.compile(r"\bhalf of\b", re.IGNORECASE), "50% of"),
    (re.compile(r"\btwo[- ]thirds\b", re.IGNORECASE), "about 67%"),
    (re.compile(r"\b(?:a|one)[- ]third\b", re.IGNORECASE), "about 33%"),
    (re.compile(r"\b(?:a|one)[- ]quarter\b", re.IGNORECASE), "25%"),
    (re.compile(r"\bthree[- ]quarters\b", re.IGNORECASE), "75%"),
    (re.compile(r"\b(?P<many>an?|one|two|three|four)[- ]fifths?\b(?! (?:place|year|time|anniversary|session|plan))", re.IGNORECASE),
     lambda m: f"{20 * _ENGLISH_NUMBERS.get(m['many'].lower(), 1)}%"),
    (re.compile(r"\b(?:a little|slightly|just) (?:over|above|more than)(?= \d)", re.IGNORECASE), "more than"),
    (re.compile(r"\b(?:a little|slightly|just) (?:under|below|less than)(?= \d)", re.IGNORECASE), "less than"),
    (re.compile(r"\bsecond only to\b", re.IGNORECASE), "ranked second behind"),
    (re.compile(r"\bhalf an? (thousand|million|billion|trillion)\b", re.IGNORECASE), r"0.5 \1"),
    (re.compile(r"\b(?:a|one) (thousand|million|billion|trillion) and a half\b", re.IGNORECASE), r"1.5 \1"),
    (re.compile(r"\b(?:one|an?) and a half (thousand|million|billion|trillion)\b", re.IGNORECASE), r"1.5 \1"),
    (re.compile(r"25% of an? (million|billion|trillion)\b", re.IGNORECASE), r"0.25 \1"),
    (re.compile(r"\b(?:a|one) (thousand|million|billion)\b", re.IGNORECASE), lambda m: f"1 {m[1]}"),
    (re.compile(r"\ba hundred\b", re.IGNORECASE), "100"),
    # What a share is of is not what it counts: 40% of farmers are no 40 farmers.
    (re.compile(r"(?<=\d) ?(?:%|per ?cent\b)(?= (?:of|to|from)\b)", re.IGNORECASE), "%;"),
    (re.compile(rf"\b(?P<many>an?|{_ENGLISH_NUMBER}|\d+) decades?\b", re.IGNORECASE),
     lambda m: f"{10 * (_ENGLISH_NUMBERS.get(m['many'].lower()) or (int(m['many']) if m['many'].isdigit() else 1))} years"),
    (re.compile(rf"(?<!['\"“‘])\b({_ENGLISH_NUMBER})\b(?! of\b| hand\b)(?=[ -])", re.IGNORECASE),
     lambda m: str(_ENGLISH_NUMBERS[m[1].lower()])),
)  # fmt: skip


def in_figures(text: str) -> str:
    """``text`` with everyday words for figures put in figures that ``index.quantities`` reads."""
    english = re.search(r"[A-Za-z]{3}", text) is not None and not re.search(r"[\u3400-\u9fff]{2}", text)
    for pattern, written in _ENGLISH if english else _CHINESE:
        text = pattern.sub(written, text)
    return text


def with_tenths_in_figures(text: str) -> str:
    """``text`` with tenths put as rates: 涨了五成多 is 涨了50多%."""
    for pattern, written in _TENTHS:
        text = pattern.sub(written, text)
    return text


def _tenths(whole: str, half: str | None) -> int:
    rest = 0 if half is None else 5 if half == "半" else _DIGITS[half]
    return _DIGITS[whole] * 10 + rest
