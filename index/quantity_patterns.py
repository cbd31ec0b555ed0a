"""The regular expressions by which figures are found in Chinese and English text."""

import re
from typing import Final

from index.numerals import NUMERAL
from index.units import CHINESE_UNITS, ENGLISH_UNITS, LATIN_UNITS

YEAR: Final = r"(?:19|20)\d\d"
NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
RANKS: Final = {
    word: rank
    for rank, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．％－～：Ｐ／", "0123456789.%-~:P/")
_MIDDLE_DOT: Final = re.compile(r"(?<=\d)[·•‧∙](?=\d)")

_CHINESE_YEAR: Final = "[一二][九〇零][〇零一二三四五六七八九]{2}"
_DASH: Final = r"[—–\-~]"
_COMPOUND: Final = r"\d+亿\d{1,4}(?:千万|百万|万)|\d+万\d千|\d+千万"
_PER: Final = r"(?:/(?:月|年|人|日|天|吨|亩|户|台|平方米|平方公里|立方米|千瓦时|小时|公里))?"


def _alternatives(units: tuple[str, ...]) -> str:
    return "|".join(re.escape(unit) for unit in units)


# 家 and its kin are not the counter in 3万家庭 or 2位于.
_HAN_UNIT: Final = rf"(?:{_alternatives(CHINESE_UNITS)})(?<!家(?=庭))(?<!位(?=于))"
_ENGLISH_UNIT: Final = _alternatives(tuple(sorted(ENGLISH_UNITS, key=len, reverse=True)))


def _tail(suffix: str) -> str:
    """Scale and unit after a number, in groups whose names end in ``suffix``."""
    return (
        rf"(?:[ \u00a0](?=[多余来]?(?:[万亿千百]|{_HAN_UNIT})))?"
        rf"(?P<more{suffix}>[多余来](?=[万亿百千]|{_HAN_UNIT}))?"
        rf"(?P<scale{suffix}>万亿|千亿|百亿|千万|百万|亿|万|千(?![米瓦克伏卡])|百(?!分))?"
        rf"(?P<plus{suffix}>[多余来](?!年来)|\+)?"
        rf"(?P<unit{suffix}>{_HAN_UNIT}{_PER}|(?:{_alternatives(LATIN_UNITS)})(?![A-Za-z]))?"
    )


_ENGLISH_TAIL: Final = (
    r"(?:[ -]?(?P<escale>hundred|thousand|million|billion|trillion)\b)?"
    rf"(?:[ -]?(?:(?:new|more|urban|rural|additional|million|of)[ -]){{0,3}}(?P<eunit>{_ENGLISH_UNIT})\b)?"
)
_MONTHS: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE: Final = (
    rf"(?:(?:{YEAR}|{_CHINESE_YEAR})年)?(?:\d{{1,2}}月?(?:份)?{_DASH})?\d{{1,2}}月(?!球|饼)(?:份|底|末)?"
    rf"(?:\d{{1,2}}(?:{_DASH}\d{{1,2}})?日)?"
    rf"|(?:{_CHINESE_YEAR}年)?[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日|份|底|(?=[，。、至到]))"
    rf"|{_MONTHS} \d{{1,2}},? {YEAR}|\d{{1,2}} {_MONTHS} {YEAR}|{YEAR}-\d\d?-\d\d?(?!\d)"
)
_RANKED: Final = (
    rf"(?P<first>首位|榜首)|第(?P<rank>\d+|{NUMERAL})(?P<rankunit>[位名])?"
    rf"|(?:rank(?:s|ed|ing)?|placed?|No\.) ?(?:No\. ?)?(?P<erank>\d+|{'|'.join(RANKS)})(?:st|nd|rd|th)?\b"
)
_FRACTION: Final = (
    rf"(?P<parts>百|千|万|{NUMERAL})分之(?P<share>{NUMERAL}|{NUMBER})"
    rf"(?:(?:至|到)(?:百分之)?(?P<sharehigh>{NUMERAL}))?"
    r"|(?<![\d./])(?P<over>\d{1,2})/(?P<under>\d{1,2})(?![\d/])"
    rf"|(?P<left>{NUMBER})[∶:](?P<right>\d+(?:\.\d+)?)(?![\d:])"
)
_ARABIC: Final = (
    rf"(?P<sign>(?<![\d%A-Za-z\-])[-−](?=\d))?(?P<low>{_COMPOUND}|{NUMBER}){_tail('')}"
    rf"(?:(?:{_DASH}|至|到|(?: percent| per cent)? to )(?P<high>{NUMBER}){_tail('2')})?{_ENGLISH_TAIL}"
)
_CHINESE: Final = rf"(?P<han>{NUMERAL}){_tail('3')}(?:至(?P<hanhigh>{NUMERAL}){_tail('4')})?"

TOKEN: Final = re.compile(
    rf"(?P<date>{_DATE})"
    rf"|(?P<year>(?:{YEAR}(?:{_DASH}|年?[至到]))?{YEAR} ?年(?!均)|{YEAR}{_DASH}{YEAR}|{_CHINESE_YEAR}年)"
    rf"|{_RANKED}|{_FRACTION}|{_ARABIC}|{_CHINESE}"
)


def fold_width(text: str) -> str:
    """``text`` with full-width digits and decimal points as ASCII, character for character."""
    return _MIDDLE_DOT.sub(".", text.translate(_FULL_WIDTH))
