"""English names of indicators and fields of policy, put into the official Chinese before a question is translated.

A small model translates the sentence around a term well and the term itself freely; these are the terms of the
official English editions of government work reports and statistical communiqués.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.glossary import with_official_terms
from rag.places import chinese_names

if TYPE_CHECKING:
    from collections.abc import Callable

_INCOME: Final = r"(?:per[- ]?capita )?disposable (?:per[- ]?capita )?incomes?"
_RESEARCH: Final = r"(?:r&d|research (?:and|&) (?:experimental )?development)"
_RESIDENTS: Final = r"(?:residents|people|households|dwellers)"
# The first that matches wins, so that a longer term stands before the one that it holds.
_TERMS: Final = (
    (r"per[- ]?capita (?:gdp|gross (?:regional|domestic) product)", "人均地区生产总值"),
    (r"energy (?:consumption|use) per unit of (?:gdp|gross (?:regional|domestic) product)", "单位地区生产总值能耗"),
    (r"(?:(?:fiscal|budget|government) )?deficit(?:[- ]to[- ](?:gdp|output))?(?: ratio| rate)|deficit[- ]to[- ]gdp", "赤字率"),
    (r"(?:gdp|gross (?:regional|domestic) product)", "地区生产总值"),
    (r"(?:total )?economic output|(?:overall |total )?size of (?:its|the|their) economy", "地区生产总值"),
    (r"(?:new )?(?:(?:urban|city|town) jobs|urban (?:employment|job[- ]creation)|job[- ]creation(?= (?:targets?|goals?))|jobs in (?:(?:its |the )?(?:cities and towns|urban areas|cities|towns)))", "城镇新增就业"),
    (r"(?:surveyed )?urban (?:surveyed )?(?:unemployment|jobless) rate", "城镇调查失业率"),
    (r"(?:consumer price index|cpi|consumer prices?|consumer inflation)", "居民消费价格"),
    (r"(?:total )?retail sales(?: of (?:social )?consumer goods)?", "社会消费品零售总额"),
    (r"(?:large[- ]scale|above[- ]scale|larger|sizeable|big) industr(?:y|ies|ial (?:firms|enterprises|companies|output|production))", "规模以上工业"),
    (r"(?<!fund for )(?<!funds for )industrial investment(?! funds?\b)", "工业投资"),
    (r"private investment", "民间投资"),
    (r"infrastructure investment", "基础设施投资"),
    (r"(?:fixed[- ]assets? investment|investment in fixed assets)", "固定资产投资"),
    (r"(?:value[- ]added|added value) (?:of|in) (?:large )?industr\w+(?: (?:enterprises|firms|companies))?(?: above (?:the )?designated size)?", "规模以上工业增加值"),
    (r"industrial (?:value[- ]added|added value|output) above (?:the )?designated size", "规模以上工业增加值"),
    (r"industrial (?:value[- ]added|added value)", "工业增加值"),
    (r"(?:general )?public budget(?:ary)? revenues?", "一般公共预算收入"),
    (rf"(?:{_INCOME} of (?:urban|city) {_RESIDENTS}|urban {_RESIDENTS}['’]? {_INCOME}|urban {_INCOME})", "城镇居民人均可支配收入"),
    (rf"(?:{_INCOME} of (?:rural|village) {_RESIDENTS}|rural {_RESIDENTS}['’]? {_INCOME}|rural {_INCOME})", "农村居民人均可支配收入"),
    (rf"{_INCOME}(?: of (?:all )?{_RESIDENTS})?", "居民人均可支配收入"),
    (r"(?:total )?(?:imports and exports|exports and imports|import and export volume|foreign trade)", "进出口总额"),
    (r"(?:foreign direct investment|fdi|foreign (?:investment|capital) (?:actually )?(?:used|utilized))", "实际使用外资"),
    (r"(?:r&d (?:intensity|spending intensity|expenditure intensity)|intensity of r&d(?: spending| investment)?)", "研发投入强度"),
    (r"(?:spend\w*|spending|investment) (?:on|in) r&d,? (?:as )?(?:a )?(?:share|percentage|percent|proportion) of (?:(?:its|the) )?(?:gdp|economy|output)", "研发投入强度"),
    (rf"{_RESEARCH} (?:spending|expenditures?|investment|outlays?)", "研发经费投入"),
    (_RESEARCH, "研发"),
    (r"(?:grain|food grain) (?:output|production|harvest)", "粮食产量"),
    (r"(?:days (?:with|of) (?:good|excellent) air(?: quality)?|good[- ]air(?:-quality)? days)", "空气质量优良天数"),
    (r"(?:permanent )?urbani[sz]ation rate", "常住人口城镇化率"),
    (r"forest coverage(?: rate)?", "森林覆盖率"),
    (r"(?:air passengers?(?: throughput)?|(?:airport )?passenger throughput)", "旅客吞吐量"),
    (r"cargo throughput", "货物吞吐量"),
    (r"(?:market|business) entities", "经营主体"),
    (r"high[- ]tech(?:nology)? (?:enterprises|companies|firms)", "高新技术企业"),
    (r"new[- ]energy vehicles?", "新能源汽车"),
    (r"(?:old|older|aging|ageing) (?:urban )?(?:residential |housing )?(?:communities|neighbou?rhoods|compounds|housing|estates|apartment (?:blocks|buildings)|residential buildings)", "老旧小区"),
    (r"(?:government[- ])?(?:subsidi[sz]ed|affordable) (?:rental )?housing", "保障性住房"),
    (r"(?:districts and counties|counties and districts)", "区县"),
    (r"digital economy", "数字经济"),
    (r"private (?:economy|sector)", "民营经济"),
    (r"marine economy", "海洋经济"),
    (r"(?:the )?(?:european union|eu)(?!-)", "欧盟"),
    (r"low[- ]altitude economy", "低空经济"),
    (r"rural (?:revitali[sz]ation|vitali[sz]ation)", "乡村振兴"),
    (r"(?:rail transit|(?:urban rail|metro|subway)(?: network| system| lines?)?)", "轨道交通"),
    (r"high[- ]speed rail(?:ways?)?", "高铁"),
    (r"(?:expressways?|motorways?)", "高速公路"),
    (r"(?:special[- ]purpose|special) bonds", "专项债券"),
    (r"(?:(?<=T\d)|(?<=T\d[A-Z])) terminal", "航站楼"),
    (r"(?:average )?life expectancy(?: at birth)?", "人均预期寿命"),
    (r"how (?:long|old) (?:can|do|does|are|is|will) (?:(?!to live)[\w’'-]+ ){1,6}?(?:expect(?:ed)? to )?live", "人均预期寿命是多少岁"),
    (r"(?:ten|10)[- ]billion[- ](?:(?:yuan|rmb)[- ])?(?:level|class|grade|scale)", "百亿级"),
    (r"(?:(?:one |a )?hundred|100)[- ]billion[- ](?:(?:yuan|rmb)[- ])?(?:level|class|grade|scale)", "千亿级"),
    (r"(?:(?:one |a )?trillion|1[- ]trillion)[- ](?:(?:yuan|rmb)[- ])?(?:level|class|grade|scale)", "万亿级"),
    (r"(?:ten|10)[- ]billion[- ](?:yuan|rmb)", "百亿元"),
    (r"(?:(?:one |a )?hundred|100)[- ]billion[- ](?:yuan|rmb)", "千亿元"),
    (r"(?:(?:one|a)[- ]|1[- ])?trillion[- ](?:yuan|rmb)", "万亿元"),
)  # fmt: skip
_ENGLISH: Final = re.compile(rf"\b(?:{'|'.join(f'({term})' for term, _ in _TERMS)})(?!\w)", re.IGNORECASE)


# Of R&D the share of the economy is asked far from its name: "what share of GDP goes to R&D".
_SHARE_OF_ALL: Final = re.compile(
    r"(?:(?P<figure>\d[\d.]* ?(?:%|per ?cent))|(?P<aside>,? as an? )?\b(?P<asked>(?:what|which) )?(?:share|percentage|proportion|fraction|per ?cent)) of (?:its |the |their |national )?"
    r"(?:gdp|gross (?:regional|domestic) product|(?:entire |total )?economy|economic output)\b",
    re.IGNORECASE,
)
# A small model leaves the word as it is.
_MUNICIPALITY: Final = re.compile(r"(?<=\bthe )municipality\b|(?<=\bthis )municipality\b", re.IGNORECASE)
_RESEARCH_SPENDING: Final = re.compile(
    rf"{_RESEARCH}(?: (?:spending|expenditures?|investment|outlays?))?", re.IGNORECASE
)


def in_official_terms(text: str, used: Callable[[str], bool] = bool) -> str:
    """The English ``text`` with the Chinese names of provinces, and the official one of each term that has one, here or in the thesaurus.

    Of the thesaurus those that are ``used``, where others mean the same.
    """
    text = _MUNICIPALITY.sub("city", text)
    if _RESEARCH_SPENDING.search(text) and _SHARE_OF_ALL.search(text):
        text = _SHARE_OF_ALL.sub(_amount, text)
        text = _RESEARCH_SPENDING.sub(" 研发投入强度 ", text)
    text = _ENGLISH.sub(lambda match: f" {_TERMS[(match.lastindex or 1) - 1][1]} ", chinese_names(text))
    return with_official_terms(text, used)


def _amount(share: re.Match[str]) -> str:
    """What stands for a ``share`` of the economy where the term that is put in names it already."""
    return share["figure"] or ("" if share["aside"] else "how much" if share["asked"] else "amount")
