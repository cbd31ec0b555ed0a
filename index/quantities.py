"""Figures in Chinese and English text: value, unit, scale, qualifier and place.

``find_quantities`` is pure and knows nothing of reports; the ledger, the
grounding of answers and the checking of statements all read figures with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from index.numerals import NUMERAL, parse_numeral
from index.qualifiers import qualifier_after, qualifier_of
from index.quantity_patterns import RANKS, TOKEN, YEAR, fold_width
from index.units import CODE_UNITS, ENGLISH_SCALES, ENGLISH_UNITS, MEASURE_UNITS, SAME_UNIT, compatible

Kind = Literal["amount", "year", "date", "ordinal", "code"]

SCALES: Final = {
    "": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
} | ENGLISH_SCALES  # fmt: skip
"""What each scale word multiplies by."""


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


_RANK_BEFORE: Final = re.compile(
    r"(?:全国|全省|全市|世界|全球|国内|[中西东南北]部|地区|城市|省份|居|列|排|排名|位次|保持|稳居|均为|升至|跃升至?|"
    r"前进至|同类\S{0,6})(?:的|为)?$"
)
_FIRST_BEFORE: Final = re.compile(
    r"(?:居|列|跃居|稳居|位列|排|升至|跃升|均为|保持|夺得)[^，。；、]{0,8}$|(?:全国|全省|全市|世界|全球|[中西东]部|省市|城市)$"
)
_RANK_ENDS: Final = "，。；、,;.）)的 \n！"
_CURRENCY: Final = re.compile(r"(?P<yuan>RMB|CNY|¥|￥)\s*$|(?P<dollar>US\$|\$|USD)\s*$")
_ROUND_BEFORE: Final = re.compile(r"(?:突破|超过?|达到?|过|迈上|迈入|跨越|跨入|逼近|接近|近|站上)$")
_OPENING: Final = '“‘"「『《'
_NOT_TENTHS: Final = "立为功效果就员本长品交分不熟"
_PARTS: Final = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All figures of ``text`` in order, without overlaps; see ``Quantity``."""
    return tuple(_share_units(_scan(text)))


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two figures say the same: value, range and a compatible unit.

    60万 is 600,000 and 0.6 million; 百分之六 is 6%; a percentage point is never
    a percent. Qualifiers and kinds are not compared, but for years and dates.
    """
    timed = {"year", "date"}
    if (a.kind in timed or b.kind in timed) and a.kind != b.kind and a.unit != b.unit:
        return False
    return a.value == b.value and a.high == b.high and compatible(a.unit, b.unit)


@dataclass(frozen=True, slots=True)
class _Token:
    """A match of ``TOKEN`` in ``plain``, the text with its digits folded."""

    text: str
    plain: str
    match: re.Match[str]

    def __getitem__(self, group: str) -> str:
        return self.match[group] or ""

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def previous(self) -> str:
        """The character before, or ""."""
        return self.plain[self.start - 1 : self.start]

    @property
    def next(self) -> str:
        """The character after, or ""."""
        return self.plain[self.end : self.end + 1]

    def before(self, length: int) -> str:
        """Up to ``length`` characters before."""
        return self.plain[max(0, self.start - length) : self.start]

    def quantity(
        self,
        value: Decimal,
        unit: str = "",
        *,
        kind: Kind = "amount",
        high: Decimal | None = None,
        scale: str = "",
    ) -> Quantity:
        """The quantity at this place; an amount gets the qualifier that stands by it."""
        more = next((self[group] for group in ("plus", "more", "plus3", "more3") if self[group]), "")
        qualifier = ""
        if more:
            qualifier = "约" if more == "来" else "超过"
        elif kind == "amount" and unit != "位":
            qualifier = qualifier_of(self.plain, self.start, self.end)
        words = self.text[self.start : self.end]
        return Quantity(words, self.start, self.end, value, high, unit, scale, qualifier, kind)


def _scan(text: str) -> Iterator[Quantity]:
    plain = fold_width(text)
    position = 0
    while match := TOKEN.search(plain, position):
        found = _read(_Token(text, plain, match))
        if found is not None:
            yield found
        position = max(match.end(), match.start() + 1)


def _share_units(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Give 2.2个 in 2.2个和3.7个百分点 the unit that its decimals show it to have."""
    found = list(quantities)
    for left, right in pairwise(found):
        points = right.unit == "个百分点" and left.unit == "个" and right.start - left.end == 1
        yield replace(left, unit="个百分点") if points else left
    yield from found[-1:]


def _read(token: _Token) -> Quantity | None:
    """The quantity that a match stands for, or None where it is no figure."""
    return next(read(token) for group, read in _READERS.items() if token[group])


def _date(token: _Token) -> Quantity:
    return token.quantity(_leading_number(token["date"]), kind="date")


def _leading_number(text: str) -> Decimal:
    if digits := re.match(r"\d+", text):
        return Decimal(digits[0])
    numeral = re.match(NUMERAL, text)
    return (numeral and parse_numeral(numeral[0])) or Decimal(0)


def _year(token: _Token) -> Quantity:
    years = [Decimal(year) for year in re.findall(YEAR, token["year"])]
    first, *others = years or [_leading_number(token["year"])]
    return token.quantity(first, "年", kind="year", high=others[0] if others else None)


def _first(token: _Token) -> Quantity | None:
    return token.quantity(Decimal(1), "位") if _FIRST_BEFORE.search(token.before(12)) else None


def _rank(token: _Token) -> Quantity | None:
    value = _leading_number(token["rank"])
    if not value:
        return None
    named = bool(token["rankunit"]) and token.before(2) not in {"放在", "摆在"}
    if named or (_RANK_BEFORE.search(token.before(10)) and (not token.next or token.next in _RANK_ENDS)):
        return token.quantity(value, "位")
    return token.quantity(value, kind="ordinal")


def _english_rank(token: _Token) -> Quantity:
    word = token["erank"]
    return token.quantity(Decimal(RANKS.get(word) or word), "位")


def _ratio(token: _Token) -> Quantity:
    """2.28∶1 as a ratio to one; other pairs are scores and times of day."""
    if token["right"] == "1":
        return token.quantity(_decimal(token["left"]), ":1")
    return token.quantity(_decimal(token["left"]), kind="code")


def _slashed(token: _Token) -> Quantity | None:
    if not int(token["under"]):
        return None
    return token.quantity(Decimal(token["over"]) * 100 / Decimal(token["under"]), "%")


def _parts(token: _Token) -> Quantity | None:
    """百分之六, 千分之三, 三分之一 in percent or per mille."""
    whole = _PARTS.get(token["parts"]) or parse_numeral(token["parts"])
    share = _any_number(token["share"])
    if not whole or share is None:
        return None
    high = _any_number(token["sharehigh"]) if token["sharehigh"] else None
    if token["parts"] == "千":
        return token.quantity(share, "‰", high=high)
    return token.quantity(share * 100 / whole, "%", high=high)


def _any_number(text: str) -> Decimal | None:
    return _decimal(text) if text[0].isdecimal() else parse_numeral(text)


def _decimal(text: str) -> Decimal:
    """The number in Arabic digits; 1亿2000万 is the sum of its parts."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(千万|百万|亿|万|千)?", text.replace(",", ""))
    return sum((Decimal(number) * SCALES[scale] for number, scale in parts), Decimal(0))


def _measures(token: _Token) -> bool:
    """Whether a match has a scale or a unit."""
    return any(token[group] for group in ("scale", "scale2", "escale", "unit", "unit2", "eunit"))


def _arabic(token: _Token) -> Quantity:
    low = _decimal(token["low"]) * (-1 if token["sign"] else 1)
    if _is_code(token):
        return token.quantity(low, kind="code")
    currency = _currency_before(token)
    if re.fullmatch(YEAR, token["low"]) and _is_bare(token) and not currency:
        return token.quantity(low, "年", kind="year")
    if re.fullmatch(YEAR, token["low"]) and re.fullmatch(YEAR, token["high"]) and not _measures(token):
        return token.quantity(low, "年", kind="year", high=_decimal(token["high"]))
    scale = token["scale2"] or token["scale"] or token["escale"]
    own = scale if _takes_scale(token, low) else token["scale"]
    unit = currency or ENGLISH_UNITS.get(token["eunit"], "") or token["unit2"] or token["unit"]
    tenths = 10 if unit == "成" else 1
    high = _decimal(token["high"]) * SCALES[scale] * tenths if token["high"] else None
    unit = "%" if unit == "成" else SAME_UNIT.get(unit, unit)
    return token.quantity(low * SCALES[own] * tenths, unit, high=high, scale=scale)


def _takes_scale(token: _Token, low: Decimal) -> bool:
    """In 200—300万亩 the scale holds for both ends, in 8000—1.2万亩 for the upper one only."""
    if token["scale"] or not token["high"]:
        return True
    return not token["unit"] and low < _decimal(token["high"])


def _currency_before(token: _Token) -> str:
    found = _CURRENCY.search(token.before(4))
    return ("元" if found["yuan"] else "美元") if found else ""


def _is_bare(token: _Token) -> bool:
    return not any(token[group] for group in ("scale", "unit", "escale", "eunit", "plus", "high"))


def _is_code(token: _Token) -> bool:
    """Whether the number is part of a name: T3B, 5G, “33618”, 18号线, 500强, 12345热线."""
    before, after = token.previous, token.next
    if before.isascii() and (before.isalpha() or before == "_"):
        return not _currency_before(token)
    if (after.isascii() and after.isalpha()) or before in {"+", "×"} or after == "×":
        return True
    if re.match(r"\+?[A-Z]", token.plain[token.end :]) or re.search(r"[A-Za-z]-$", token.before(2)):
        return True
    # 16.6万户70.5万人 are two figures; 1亿3千万 is one that is not read.
    if not (token["unit"] or token["unit2"]) and re.match(r"\+?\d", token.plain[token.end :]):
        return True
    if not _is_bare(token):
        return token["unit"] in CODE_UNITS and not token["scale"]
    long_name = (
        len(token["low"]) > len("12")
        and before not in {"从", "由"}  # 从1.96缩小至1.81
        and "一" <= after <= "鿿"
        and not qualifier_after(token.plain, token.end)
    )
    return long_name or (before != "" and before in _OPENING)


def _chinese(token: _Token) -> Quantity | None:
    digits, unit = token["han"], token["unit3"] or token["unit4"]
    value, scale = parse_numeral(digits), _largest_scale(digits)
    if value is None:
        value = Decimal(SCALES[digits]) if _is_round_figure(token) else None
    elif not _is_figure(token, unit):
        value = None
    if value is None:
        return None
    if token["scale3"]:
        scale = token["scale3"]
        value *= SCALES[scale]
    high = parse_numeral(token["hanhigh"]) if token["hanhigh"] else None
    if unit == "成":
        value, unit = value * 10, "%"
    return token.quantity(value, SAME_UNIT.get(unit, unit), high=high, scale=scale)


def _largest_scale(digits: str) -> str:
    return next((scale for scale in ("万亿", "亿", "万") if scale in digits), "")


def _is_round_figure(token: _Token) -> bool:
    """万亿元 in 突破万亿元: a scale alone counts as one of it after a verb of reaching."""
    return token["han"] in SCALES and bool(token["unit3"]) and bool(_ROUND_BEFORE.search(token.before(4)))


def _is_figure(token: _Token, unit: str) -> bool:
    """Whether a Chinese numeral counts something: not 一个, 三农, 十四五, 几十个, 一成不变."""
    digits = token["han"]
    if (token.previous and token.previous in "几数上成每第十百千万") or token.next == "几":
        return False
    if not unit:
        return len(digits) > 1 and digits[-1] in "万亿" and digits[0] not in "万亿"
    if unit in {"成", "番", "元"}:
        return _is_counted(token, unit)
    if len(digits) > 1 or token["plus3"]:
        return unit not in CODE_UNITS
    return unit in MEASURE_UNITS or token.before(2) == "连续"


def _is_counted(token: _Token, unit: str) -> bool:
    """Whether a word that is also part of other words is a unit here: 八成, 翻一番, 三元 but not 三元结构."""
    if unit == "番":
        return token.previous == "翻"
    return token.next != "结" if unit == "元" else not token.next or token.next not in _NOT_TENTHS


_READERS: Final[dict[str, Callable[[_Token], Quantity | None]]] = {
    "date": _date,
    "year": _year,
    "first": _first,
    "rank": _rank,
    "erank": _english_rank,
    "parts": _parts,
    "over": _slashed,
    "left": _ratio,
    "han": _chinese,
    "low": _arabic,
}
