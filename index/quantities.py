"""Figures in Chinese and English text: value, unit, scale, qualifier and place.

``find_quantities`` is pure and knows nothing of reports; the ledger, the
grounding of answers and the checking of statements all read figures with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from index.numerals import NUMERAL, parse_numeral
from index.units import (
    CHINESE_UNITS,
    CODE_UNITS,
    ENGLISH_SCALES,
    ENGLISH_UNITS,
    LATIN_UNITS,
    MEASURE_UNITS,
    SAME_UNIT,
    compatible,
)

Kind = Literal["amount", "year", "date", "ordinal", "code"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: ``text[start:end]`` of the text it was found in.

    ``value`` and ``high`` (the upper end of a range, else None) are in units
    of ``unit``, with ``scale`` (万, 亿, million, ...) multiplied in: 73.9万人 is
    739000 人. ``qualifier`` is "" or one of 以上, 不低于, 超过, 以内, 不超过, 以下,
    左右, 约, 近, 力争. Only the kind ``amount`` is a figure in the sense of a
    statistic; a rank is an amount in 位.
    """

    text: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    scale: str
    qualifier: str
    kind: Kind


_PLAIN: Final = str.maketrans("０１２３４５６７８９．％－～：Ｐ", "0123456789.%-~:P")
_SCALES: Final = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12} | ENGLISH_SCALES

_COMPOUND: Final = r"\d+亿\d{1,4}(?:千万|百万|万)|\d+万\d千|\d+千万"
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_DASH: Final = r"[—–\-~]"
_HAN_UNIT: Final = "|".join(re.escape(unit) for unit in CHINESE_UNITS)
_LATIN_UNIT: Final = "|".join(re.escape(unit) for unit in LATIN_UNITS)
_ENGLISH_UNIT: Final = "|".join(re.escape(u) for u in sorted(ENGLISH_UNITS, key=len, reverse=True))
_TAIL: Final = (
    r"(?P<more{n}>[多余来](?=[万亿百千]|(?:%s)))?"
    r"(?P<scale{n}>万亿|千亿|百亿|千万|百万|亿|万|千(?![米瓦克伏卡])|百(?!分))?"
    r"(?P<plus{n}>[多余来](?!年来)|\+)?"
    r"(?P<unit{n}>%s|(?:%s)(?![A-Za-z]))?" % (_HAN_UNIT, _HAN_UNIT, _LATIN_UNIT)
)
_ENGLISH_TAIL: Final = (
    r"(?:[ -](?P<escale>hundred|thousand|million|billion|trillion)\b)?"
    r"(?:[ -]?(?P<esoft>(?:(?:new|more|urban|rural|additional|million|of)[ -]){0,3})(?P<eunit>%s)\b)?" % _ENGLISH_UNIT
)
_YEAR: Final = r"(?:19|20)\d\d"
_CHINESE_YEAR: Final = "[一二][九〇零][〇零一二三四五六七八九]{2}"
_MONTHS: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_TOKEN: Final = re.compile(
    rf"(?P<date>(?:(?:{_YEAR}|{_CHINESE_YEAR})年)?(?:\d{{1,2}}月?(?:份)?{_DASH})?\d{{1,2}}月(?!球|饼)(?:份|底|末)?(?:\d{{1,2}}(?:{_DASH}\d{{1,2}})?日)?"
    rf"|(?:{_CHINESE_YEAR}年)?[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日|份|底|(?=[，。、至到]))"
    rf"|{_MONTHS} \d{{1,2}},? {_YEAR}|\d{{1,2}} {_MONTHS} {_YEAR}|{_YEAR}-\d\d?-\d\d?(?!\d))"
    rf"|(?P<year>(?:{_YEAR}(?:{_DASH}|年?[至到]))?{_YEAR}年(?!均)|{_YEAR}{_DASH}{_YEAR}|{_CHINESE_YEAR}年)"
    rf"|(?P<first>首位|榜首)"
    rf"|第(?P<rank>\d+|{NUMERAL})(?P<rankunit>[位名])?"
    rf"|(?P<parts>百|千|万|{NUMERAL})分之(?P<share>{NUMERAL}|{_NUMBER})(?:(?:至|到)(?:百分之)?(?P<sharehigh>{NUMERAL}))?"
    rf"|(?<![\d.])(?P<over>\d{{1,2}})/(?P<under>\d{{1,2}})(?![\d/])"
    rf"|(?P<left>{_NUMBER})[∶:](?P<right>\d+(?:\.\d+)?)(?![\d:])"
    rf"|(?P<sign>(?<![\d%A-Za-z\-])[-−](?=\d))?(?P<low>{_COMPOUND}|{_NUMBER}){_TAIL.format(n='')}"
    rf"(?:(?:{_DASH}|至|到| to )(?P<high>{_NUMBER}){_TAIL.format(n='2')})?{_ENGLISH_TAIL}"
    rf"|(?P<han>{NUMERAL}){_TAIL.format(n='3')}(?:至(?P<hanhigh>{NUMERAL}){_TAIL.format(n='4')})?"
)

_AFTER: Final = (
    ("以上", r"\s*(?:及?以上| or more| and above| or above| or higher)"),
    ("以下", r"\s*(?:以下|之下| or less| or below| or fewer)"),
    ("以内", r"\s*(?:以内|之内)"),
    ("左右", r"\s*(?:左右|上下| or so)"),
)
_BEFORE: Final = (
    ("不低于", r"不低于|不少于|至少|不得低于|不小于|at least|no less than|not less than|no fewer than|a minimum of"),
    ("不超过", r"不超过|不高于|不多于|不大于|最多|up to|no more than|not more than|not exceed(?:ing)?|at most"),
    ("超过", r"超过?|突破|逾|高于|多于|大于|迈上|迈过|跨越|跨上|站上|跃上|over|more than|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)?"),
    ("以下", r"低于|少于|小于|不足|below|under|less than|fewer than"),
    ("以内", r"within"),
    ("近", r"近|接近|将近|逼近|nearly|almost|close to"),
    ("约", r"大?约|大概|about|around|approximately|roughly|some"),
    ("力争", r"力争(?:达到|突破|增长)?"),
)  # fmt: skip
_AFTER_RULES: Final = tuple((name, re.compile(pattern)) for name, pattern in _AFTER)
_BEFORE_RULES: Final = tuple(
    (name, re.compile(rf"(?:{pattern})(?:了| the | a )?\s*(?:RMB|US\$|\$|¥|￥)?\s*$")) for name, pattern in _BEFORE
)
_LOOK_BACK: Final = 24
_RANK_BEFORE = re.compile(r"(?:全国|全省|全市|世界|全球|国内|[中西东南北]部|地区|城市|省份|居|列|排|排名|位次|保持|稳居|均为|升至|跃升至?|前进至|同类\S{0,6})(?:的|为)?$")
_RANK_FIRST = re.compile(r"(?:居|列|跃居|稳居|位列|排|升至|跃升|均为|保持|夺得)[^，。；、]{0,8}$|(?:全国|全省|全市|世界|全球|[中西东]部|省市|城市)$")
_CURRENCY = re.compile(r"(?P<yuan>RMB|CNY|¥|￥)\s*$|(?P<dollar>US\$|\$|USD)\s*$")
_OPENING, _CLOSING = "“‘\"「『《", "”’\"」』》"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All figures of ``text`` in order, without overlaps; see ``Quantity``."""
    plain = text.translate(_PLAIN)
    return tuple(_scan(text, plain))


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two figures say the same: value, range and a compatible unit.

    60万 is 600,000 and 0.6 million; 百分之六 is 6%; a percentage point is never
    a percent. Qualifiers and kinds are not compared, but for years and dates.
    """
    timed = {"year", "date"}
    if (a.kind in timed or b.kind in timed) and a.kind != b.kind and a.unit != b.unit:
        return False
    return a.value == b.value and a.high == b.high and compatible(a.unit, b.unit)


def _scan(text: str, plain: str) -> Iterator[Quantity]:
    position = 0
    while match := _TOKEN.search(plain, position):
        found = _read(text, plain, match)
        if found is not None:
            yield found
        position = max(found.end if found else match.end(), match.start() + 1)


def _read(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    """The quantity that a match stands for, or None where it is no figure."""
    group = match.groupdict()
    if group["date"]:
        return _fixed(text, match, _leading_number(group["date"]), "", "date")
    if group["year"]:
        return _year(text, match)
    if group["first"]:
        ranked = _RANK_FIRST.search(plain[: match.start()][-12:])
        return _fixed(text, match, Decimal(1), "位", "amount") if ranked else None
    if group["rank"]:
        return _rank(text, plain, match)
    if group["parts"] or group["over"] or group["left"]:
        return _share(text, plain, match)
    if group["han"]:
        return _chinese(text, plain, match)
    return _arabic(text, plain, match)


def _fixed(text: str, match: re.Match[str], value: Decimal, unit: str, kind: Kind) -> Quantity:
    start, end = match.span()
    return Quantity(text[start:end], start, end, value, None, unit, "", "", kind)


def _leading_number(text: str) -> Decimal:
    digits = re.match(r"\d+", text)
    if digits:
        return Decimal(digits[0])
    numeral = re.match(NUMERAL, text)
    return (numeral and parse_numeral(numeral[0])) or Decimal(0)


def _year(text: str, match: re.Match[str]) -> Quantity:
    years = re.findall(_YEAR, match["year"])
    start, end = match.span()
    if not years:
        return _fixed(text, match, _leading_number(match["year"]), "年", "year")
    high = Decimal(years[1]) if len(years) > 1 else None
    return Quantity(text[start:end], start, end, Decimal(years[0]), high, "年", "", "", "year")


def _rank(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    value = _leading_number(match["rank"])
    if not value:
        return None
    start, end = match.span()
    ranked = bool(match["rankunit"]) or bool(_RANK_BEFORE.search(plain[max(0, start - 10) : start]))
    follows = plain[end : end + 1]
    if ranked and (match["rankunit"] or not follows or follows in "，。；、,;.）)的 \n！"):
        return Quantity(text[start:end], start, end, value, None, "位", "", "", "amount")
    return Quantity(text[start:end], start, end, value, None, "", "", "", "ordinal")


def _share(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    """百分之六, 三分之一, 1/4 as percentages; 2.28∶1 as a ratio to one."""
    start, end = match.span()
    if match["left"]:
        if match["right"] != "1":
            return _fixed(text, match, _plain_decimal(match["left"]), "", "code")
        return Quantity(
            text[start:end], start, end, _plain_decimal(match["left"]), None, ":1", "", _qualifier(plain, start, end), "amount"
        )
    high = None
    if match["over"]:
        if match["under"] in {"0", "00"}:
            return None
        unit, value = "%", Decimal(match["over"]) * 100 / Decimal(match["under"])
    else:
        parts = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(match["parts"])
        whole = parts or parse_numeral(match["parts"])
        share = _any_number(match["share"])
        if not whole or share is None:
            return None
        unit, value = ("‰", share) if whole == 1000 else ("%", share * 100 / whole)  # noqa: PLR2004
        high = _any_number(match["sharehigh"]) if match["sharehigh"] else None
    return Quantity(text[start:end], start, end, value, high, unit, "", _qualifier(plain, start, end), "amount")


def _any_number(text: str) -> Decimal | None:
    return _plain_decimal(text) if text[0].isdecimal() else parse_numeral(text)


def _plain_decimal(text: str) -> Decimal:
    """The number in Arabic digits; 1亿2000万 is the sum of its parts."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(千万|百万|亿|万|千)?", text.replace(",", ""))
    return sum((Decimal(number) * _SCALES[scale] for number, scale in parts), Decimal(0))


def _arabic(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    group = match.groupdict()
    start, end = match.span()
    low = _plain_decimal(group["low"]) * (-1 if group["sign"] else 1)
    if _is_code(plain, match):
        return _fixed(text, match, low, "", "code")
    if _is_bare_year(plain, match):
        return _fixed(text, match, low, "年", "year")
    scale, unit = _scale_and_unit(group)
    own = _SCALES[scale if _takes_scale(group, low) else (group["scale"] or "")]
    high = _plain_decimal(group["high"]) * _SCALES[scale] if group["high"] else None
    unit = _prefixed_currency(plain, start) or unit
    factor = 10 if unit == "成" else 1
    qualifier = "超过" if group["plus"] or group["more"] else _qualifier(plain, start, end)
    return Quantity(
        text[start:end],
        start,
        end,
        low * own * factor,
        high * factor if high is not None else None,
        "%" if unit == "成" else unit,
        scale,
        qualifier,
        "amount",
    )


def _takes_scale(group: dict[str, str | None], low: Decimal) -> bool:
    """In 200—300万亩 the scale holds for both ends, in 8000—1.2万亩 for the upper one only."""
    if group["scale"] or not group["high"]:
        return True
    return not group["unit"] and low < _plain_decimal(group["high"])


def _scale_and_unit(group: dict[str, str | None]) -> tuple[str, str]:
    scale = group["scale2"] or group["scale"] or group["escale"] or ""
    unit = group["unit2"] or group["unit"] or ""
    if group["eunit"]:
        unit = ENGLISH_UNITS[group["eunit"]]
    return scale, SAME_UNIT.get(unit, unit)


def _prefixed_currency(plain: str, start: int) -> str:
    found = _CURRENCY.search(plain[max(0, start - 4) : start])
    return ("元" if found["yuan"] else "美元") if found else ""


def _is_code(plain: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a name: T3B, 5G, “33618”, 18号线, 500强, 12345热线."""
    start, end = match.span()
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if before.isascii() and (before.isalpha() or before == "_"):
        return not plain[max(0, start - 4) : start].endswith(("RMB", "CNY", "USD"))
    if after.isascii() and after.isalpha():
        return True
    if before in {"+", "×"} or after == "×" or re.match(r"\+?[A-Z\d]", plain[end:]):
        return True
    if re.search(r"[A-Za-z]-$", plain[max(0, start - 2) : start]):
        return True
    bare = not (match["scale"] or match["unit"] or match["escale"] or match["eunit"] or match["plus"] or match["high"])
    if bare:
        quoted = bool(before) and before in _OPENING
        return quoted or (len(match["low"]) > 2 and "一" <= after <= "鿿" and not _followed_by_qualifier(plain, end))
    return match["unit"] in CODE_UNITS and not match["scale"]


def _followed_by_qualifier(plain: str, end: int) -> bool:
    return any(rule.match(plain, end) for _, rule in _AFTER_RULES)


def _is_bare_year(plain: str, match: re.Match[str]) -> bool:
    """2024 without a unit, as English writes years."""
    if match["scale"] or match["unit"] or match["escale"] or match["eunit"] or match["plus"] or match["high"]:
        return False
    return bool(re.fullmatch(_YEAR, match["low"])) and not _prefixed_currency(plain, match.start())


def _chinese(text: str, plain: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    digits, unit = match["han"], match["unit3"] or match["unit4"] or ""
    value, scale = parse_numeral(digits), _largest_scale(digits)
    if value is None:
        value = Decimal(_SCALES[digits]) if _is_round_figure(plain, match) else None
    elif not _is_figure(plain, match):
        value = None
    if value is None:
        return None
    if match["scale3"]:
        scale = match["scale3"]
        value *= _SCALES[scale]
    high = parse_numeral(match["hanhigh"]) if match["hanhigh"] else None
    if unit == "成":
        value, unit = value * 10, "%"
    more = match["plus3"] or match["more3"]
    qualifier = ("约" if more == "来" else "超过") if more else _qualifier(plain, start, end)
    return Quantity(text[start:end], start, end, value, high, SAME_UNIT.get(unit, unit), scale, qualifier, "amount")


def _largest_scale(digits: str) -> str:
    if "万亿" in digits:
        return "万亿"
    return "亿" if "亿" in digits else "万" if "万" in digits else ""


def _is_round_figure(plain: str, match: re.Match[str]) -> bool:
    """万亿元 in 突破万亿元: a scale alone counts as one of it after a verb of reaching."""
    if match["han"] not in _SCALES or not match["unit3"]:
        return False
    return bool(re.search(r"(?:突破|超过?|达到?|过|迈上|迈入|跨越|跨入|逼近|接近|近|站上)$", plain[: match.start()][-4:]))


def _is_figure(plain: str, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral counts something: not 一个, 三农, 十四五, 几十个, 一成不变."""
    digits, unit, start, end = match["han"], match["unit3"] or match["unit4"], match.start(), match.end()
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if (before and before in "几数上成每第十百千万") or (after and after == "几"):
        return False
    if not unit:
        return len(digits) > 1 and digits[-1] in "万亿" and digits[0] not in "万亿"
    if unit == "成" and after and after in "立为功效果就员本长品交分不熟":
        return False
    if unit == "番":
        return before == "翻"
    if len(digits) > 1 or match["plus3"]:
        return unit not in CODE_UNITS
    if unit == "元":
        return after != "结"
    return unit in MEASURE_UNITS or plain[:start].endswith("连续")


def _qualifier(plain: str, start: int, end: int) -> str:
    """The canonical qualifier right after or right before ``plain[start:end]``, or ""."""
    for name, rule in _AFTER_RULES:
        if rule.match(plain, end):
            return name
    before = plain[max(0, start - _LOOK_BACK) : start]
    return next((name for name, rule in _BEFORE_RULES if rule.search(before)), "")
