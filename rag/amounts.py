"""Numbers that are asked for, and whether a text can give them: the unit that is named, figures, things counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.units import MEASURE_UNITS, SAME_UNIT

if TYPE_CHECKING:
    from index.quantities import Quantity

_ASKS_NUMBER: Final = re.compile(
    r"多少|百分之几|更[高低多少大小快慢]|(?<![哪第那这])几(?=[个家户项条件人名所座处套台辆吨米亩位年天次倍成万亿千百块枚支场趟艘架列部种头只篇届款本])|"
    r"\bhow (?:many|much)\b",
    re.IGNORECASE,
)
HOW_MANY: Final = re.compile(r"有多少(?!个?百分)(?=[\u4e00-\u9fff]{2})")
"""有多少常住人口 asks for a number of things, not for a rate."""
# What is an amount of money by its nature: 最低工资标准是多少 is answered by no 增长6%.
_SUM_OF_MONEY: Final = re.compile(
    r"(?:工资|薪资|薪水|补[贴助]|票价|房价|费用|金额)(?:标准)?(?:是|为|达到?|定为|定在|有)?(?:多少|几)(?!个?百分|成|个点)|"
    r"多少(?:综合|文旅|旅游|直接|间接|新增|社会|民间)?(?:收入|产值|营收|税收|利润|资金|投资|贷款|消费|补[贴助])(?![率增占者券]|[量电]|点位|场景)"
)
_HEADS: Final = re.compile(r"(?<!第)(?:多少|几)[万亿千百十多]*(?:名(?!录|单|次)|人(?!次|均|工|民))")
_PEOPLE_OF_A_KIND: Final = re.compile(
    r"多少(?:名|个|位)?[\u4e00-\u9fff]{1,6}?(?:人(?![次均民口才力])|居民|职工|农民|学生|老人|群众|患者|学员)(?![\u4e00-\u9fff]{0,4}(?:收入|补[贴助]|资金|钱|费|存款|消费))"
)
_VISITORS: Final = re.compile(
    r"多少(?:万|亿)?(?:名|个|位)?[\u4e00-\u9fff]{0,4}?(?:观众|游客|旅客|乘客|读者|选手|运动员|志愿者|毕业生|医生|教师|老师|党员)(?![\u4e00-\u9fff]{0,4}(?:收入|补[贴助]|资金|钱|费|消费))"
)
_COUNTED: Final = re.compile(r"[一二两三四五六七八九十百千万]+[个家户项条件人名所座处套台次倍成位]")
_UNIT: Final = re.compile(
    r"(?:多少|(?<!第)几)(?:[万亿千百十]*)(个(?:百分)?点|平方公里|平方米|亿元|万元|公里|人次|立方米|标准箱|标箱|微克|岁|千瓦时|千瓦|公斤|亿斤|万斤|"
    r"公顷|万吨|[元钱个家户项条件人名所座处套台辆吨斤米亩天张倍位艘列班趟部枚块只头匹尾羽]|车(?![站位道间厢型次流]))"
)
_PER_CENT: Final = re.compile(r"百分之(?:多少|几)")
# 每一百台里有几台 asks for a share too.
_OF_A_HUNDRED: Final = re.compile(
    r"每一?(?:百|100)(?P<of>[个台辆人户部件张家只名])[^，。？?]{0,16}(?:里|中|当中)[^。？?]{0,8}(?:多少|几)(?P=of)"
)
_NUMBER_OF: Final = re.compile(r"(?<!一)(套|户|座|辆|场|亩|吨|人次)数(?=[更多少大小最是为各呢，,？?]|$)")
_HOW_LONG: Final = re.compile(r"多长(?!时间|期|效)|多远")
# Units that a figure cannot do without; counting words are left out, as reports write 13万留守儿童.
_MEASURED: Final = re.compile(
    r"^%$|元$|[吨斤]$|公里$|平方米$|亩$|人次$|立方米$|微克$|标准?箱$|千瓦|[列班趟只头匹尾羽]$"
)
TELLING_UNITS: Final = frozenset("岁 微克 标准箱 千瓦时 立方米 公顷".split())
"""Units in which so little is measured that they tell what is meant."""
_ANIMALS: Final = frozenset("只头匹尾羽")
"""Counters of what no other counter counts: 15个县 is no number of pandas."""
_ENGLISH_UNITS: Final = (
    ("人次", re.compile(r"passenger|visitor|tourist|rider|travell?er", re.IGNORECASE)),
    ("列", re.compile(r"train", re.IGNORECASE)),
    ("公里", re.compile(r"kilomet", re.IGNORECASE)),
)
_ENGLISH_COUNT: Final = re.compile(
    r"\bhow many (?:[\w-]+ ){0,3}?(passengers|visitors|tourists|riders|travell?ers|trains|kilomet(?:er|re)s)\b(?! (?:lines?|routes?|stations?)\b)",
    re.IGNORECASE,
)
_SAME_UNIT_KIND: Final = (
    frozenset("人次 人 名".split()),
    frozenset("元 亿元 万元 万亿元 美元 亿美元".split()),
    frozenset("公里 千米 米 里".split()),
    frozenset("人 万人 名 万名 亿人".split()),
    frozenset("辆 辆次 车次".split()),
    frozenset("列 班 趟 列次 班次 万列 万班 航次 架次 车次 艘次".split()),
)
_RATES: Final = frozenset({"%", "个百分点", "倍"})
# 12金8银4铜
_MEDALS: Final = frozenset({"块", "枚"})
_MEDAL: Final = re.compile(r"\d+枚?[金银铜](?![属融行])")
# 2000亿元母基金之外，……: what is not asked.
_BESIDE_IT: Final = re.compile(
    r"[^，,。；？?]*(?:之外|以外|除外|不算|不说)(?=[，,])|除了?[^，,。；？?]*(?=[，,])"
)
_ASIDE: Final = re.compile(r"[（(].*")
_SCALES: Final = "万亿千百"
_COUNTING: Final = frozenset("个家户项条件所座处套台部枚")
_PEOPLE: Final = frozenset("人名")


def asks_number(text: str) -> bool:
    """Whether ``text`` asks for a number, or for which of several is larger."""
    return _ASKS_NUMBER.search(text) is not None


def stated_amounts(text: str) -> list[Quantity]:
    """The amounts that a question itself says, which may not be the report's: of 收入7.6亿元的展览是哪个 they tell which is meant."""
    said = find_quantities(_BESIDE_IT.sub("", text))
    return [one for one in said if one.kind == "amount" and one.unit not in {"", "年"}]


def asked_unit(text: str) -> str:
    """The unit that ``text`` asks for ("多少公里" asks for 公里); "" if it names none."""
    return next(iter(asked_units(text)), "")


def asked_units(text: str) -> list[str]:
    """All units that ``text`` asks for: 亩 and 亿元 of 多少亩、多少亿元."""
    named = (
        []
        if _OF_A_HUNDRED.search(text)
        else [
            {"钱": "元", "个点": "个百分点", "车": "辆"}.get(unit[1], unit[1])
            for unit in _UNIT.finditer(text)
        ]
    )
    meant = (("公里", _HOW_LONG), ("元", _SUM_OF_MONEY), ("%", _PER_CENT), ("%", _OF_A_HUNDRED))
    counted = _NUMBER_OF.findall(text)  # 哪个的套数多
    return [*named, *counted, *(unit for unit, pattern in meant if pattern.search(text))]


def measured_unit(text: str) -> str:
    """The unit that ``text`` asks for, if no figure can do without it (元, 公里); "" otherwise."""
    unit = asked_unit(text) or ("美元" if "美元" in text and asks_number(text) else "")
    return unit if _MEASURED.search(unit) else ""


def measured_units(text: str) -> list[str]:
    """All units that ``text`` asks for of which each needs a figure in it, as ``measured_unit`` does; [""] for none."""
    return [unit for unit in asked_units(text) if _MEASURED.search(unit)] or [measured_unit(text)]


def asks_heads(text: str) -> bool:
    """Whether ``text`` asks how many people there are by a counter of people: 多少名学生, 几万人; not which place they took."""
    return _HEADS.search(text) is not None


def counts_heads(text: str) -> bool:
    """Whether ``text`` holds a number that may be one of people: in 人 or 名, or without a unit, as 19.3万女学生."""
    return any(
        one.kind == "amount" and (not one.unit or one.unit == "名" or "人" in one.unit)
        for one in find_quantities(text)
    )


def asks_people(text: str) -> bool:
    """Whether ``text`` asks how many people there are of a kind (多少城里人), to which no sum of money is an answer."""
    return _PEOPLE_OF_A_KIND.search(text) is not None


def asks_visitors(text: str) -> bool:
    """Whether ``text`` asks how many people of a kind came, or are of a trade: 多少观众."""
    return _VISITORS.search(text) is not None


def asks_sum(text: str) -> bool:
    """Whether ``text`` asks how much of something there is that is money by its nature: 补贴是多少, 多少收入."""
    return _SUM_OF_MONEY.search(text) is not None


def measured_in_english(text: str) -> str:
    """The Chinese unit that the English ``text`` asks for, if no figure can do without it: 人次 of passengers; "" otherwise."""
    asked = _ENGLISH_COUNT.search(text)
    return "" if asked is None else next(unit for unit, words in _ENGLISH_UNITS if words.search(asked[1]))


def asks_count(text: str) -> bool:
    """Whether ``text`` asks how many there are of something, or for a sum of money, to which no rate is an answer."""
    return asked_unit(text) not in {"", *_RATES} or HOW_MANY.search(text) is not None


def has_rates_only(text: str) -> bool:
    """Whether ``text`` has figures with units, and all of them are in per cent, or times as much."""
    units = {one.unit for one in find_quantities(text) if one.kind == "amount" and one.unit}
    return bool(units) and units <= _RATES


def measures_another(text: str, asked: str) -> bool:
    """Whether ``asked`` asks for a number of things or people, and all amounts of ``text`` are lengths, sums, areas or rates."""
    units = {one.unit for one in find_quantities(text) if one.kind == "amount"} - {""}
    return asked_unit(asked) in _COUNTING | _PEOPLE and bool(units) and units <= MEASURE_UNITS | _RATES


def same_unit(asked: str, unit: str) -> bool:
    """Whether figures in ``unit`` answer a question for ``asked``: 万 and 亿 aside, and one counting word for another."""
    bare = _ASIDE.sub("", unit.lstrip(_SCALES))  # 套（间）
    if "美元" in asked and "美元" not in unit:
        return False
    if SAME_UNIT.get(asked, asked) == SAME_UNIT.get(bare, bare):
        return True
    return (
        asked.lstrip(_SCALES) == bare
        or (asked, unit) == ("个百分点", "%")  # the difference of two shares
        or (asked == "%" and unit in {"倍", "番", "成"})
        or any({asked, unit} <= kind for kind in _SAME_UNIT_KIND)
        or (asked in _COUNTING and bare in _COUNTING)
    )


def has_figure(text: str) -> bool:
    """Whether ``text`` has a figure that is neither a year nor a date."""
    return any(one.kind == "amount" for one in find_quantities(text))


def has_number(text: str, unit: str = "") -> bool:
    """Whether ``text`` can say how many: by a figure or something counted in words; with ``unit``, by one in it."""
    if unit in _MEDALS and _MEDAL.search(text):
        return True
    if unit in _ANIMALS:
        return has_unit(text, unit)
    if unit:
        return any(same_unit(unit, one.unit) for one in find_quantities(text))
    return has_figure(text) or _COUNTED.search(text) is not None


def has_unit(text: str, unit: str) -> bool:
    """Whether ``text`` has a figure in just that ``unit``, 万 and 亿 aside: 户, and not 家."""
    return any(one.unit.lstrip(_SCALES) == unit.lstrip(_SCALES) for one in find_quantities(text))
