"""Names of indicators: what of a phrase is the name, and its official form."""

import re
from typing import Final

_ALIASES: Final = {
    "国内生产总值": "地区生产总值", "GDP": "地区生产总值", "生产总值": "地区生产总值", "经济总量": "地区生产总值",
    "人均国内生产总值": "人均地区生产总值", "人均GDP": "人均地区生产总值", "人均生产总值": "人均地区生产总值",
    "CPI": "居民消费价格涨幅", "居民消费价格": "居民消费价格涨幅", "居民消费价格指数": "居民消费价格涨幅",
    "居民消费价格总水平": "居民消费价格涨幅", "居民消费价格总水平涨幅": "居民消费价格涨幅", "居民消费价格指数涨幅": "居民消费价格涨幅",
    "物价涨幅": "居民消费价格涨幅", "消费价格涨幅": "居民消费价格涨幅", "社会消费品零售": "社会消费品零售总额",
    "新增城镇就业": "城镇新增就业", "城镇新增就业人数": "城镇新增就业", "新增城镇就业人数": "城镇新增就业",
    "城镇新增就业人口": "城镇新增就业", "新增城镇就业岗位": "城镇新增就业", "城镇就业新增": "城镇新增就业",
    "外贸进出口": "进出口总额", "进出口": "进出口总额", "外贸进出口总额": "进出口总额", "外贸进出口总值": "进出口总额",
    "进出口总值": "进出口总额", "货物进出口总额": "进出口总额", "货物贸易进出口总额": "进出口总额", "对外贸易总额": "进出口总额",
    "研发投入强度": "全社会研发投入强度", "研发经费投入强度": "全社会研发投入强度",
    "全社会研发经费投入强度": "全社会研发投入强度", "单位生产总值能耗": "单位地区生产总值能耗",
    "万元地区生产总值能耗": "单位地区生产总值能耗", "万元生产总值能耗": "单位地区生产总值能耗",
    "单位国内生产总值能耗": "单位地区生产总值能耗", "单位国内生产总值能源消耗": "单位地区生产总值能耗",
    "细颗粒物平均浓度": "PM2.5平均浓度", "细颗粒物年均浓度": "PM2.5平均浓度", "PM2.5浓度": "PM2.5平均浓度",
    "PM2.5年均浓度": "PM2.5平均浓度", "细颗粒物浓度": "PM2.5平均浓度", "城乡居民收入比": "城乡居民人均可支配收入比",
    "城乡居民收入比值": "城乡居民人均可支配收入比", "城乡收入比": "城乡居民人均可支配收入比", "城乡居民收入倍差": "城乡居民人均可支配收入比",
    "市场主体": "经营主体", "粮食总产量": "粮食产量", "粮食总产": "粮食产量", "城镇化率": "常住人口城镇化率",
}  # fmt: skip
_SPELLINGS: Final = (
    (re.compile(r"规上(?=工业|服务|企业|文化|高|制造|数字|食品|战略|互联)"), "规模以上"),
    (re.compile(r"社零总?额?"), "社会消费品零售总额"),
    (re.compile(r"(?i)GDP"), "地区生产总值"),
    (re.compile(r"固投"), "固定资产投资"),
)
_AREA = r"(?:全[省市区县国州旗]|全自治区|我[省市区县国州]|本市|全社会(?!研发|用电|固定|消费|劳动))"
_LEADING: Final = re.compile(
    rf"^(?:{_AREA}|其中|同时|此外|另外|并且?|以及|特别是|尤其是|[一二三四五六七八九十]+(?:是|、)|全年|今年|去年|上年|当年|"
    r"(?:截至|截止|到|至)?(?:(?:19|20)\d\d年|“十\w五”)(?:[初末底]|时期|期间|以来)?|截至|(?:今年)?年[末底初]|目前|[一二三四五六七八九十]年来|"
    r"过去[一二三四五六七八九十]年|预计|力争|确保|争取|努力|有望|实现|完成|达到|达成|推动|推进|促进|带动|拉动|使得?|将|把|"
    r"共计?|累计|总计|合计|已经?|再|又|也|还|各类?|保持|继续|只有|仅|年均|同比|主要预期目标[是为]|[ \t　\-—·•●◆○*]+)"
)
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[）)]")
_INNER: Final = re.compile(r"(?:完成|实现|达成)(?=\S)")
_EDGE: Final = " \t　，、：；。,;:“”‘’\"'《》（）()的和与及了"


def clean_name(phrase: str) -> str:
    """The name in a phrase: without brackets, area words, times, auxiliary verbs and punctuation at its edges."""
    phrase = _BRACKETS.sub("", phrase).strip(_EDGE)
    while match := _LEADING.match(phrase):
        if match.end() == len(phrase):
            return ""
        phrase = phrase[match.end() :].lstrip(_EDGE)
    return _INNER.sub("", phrase).strip(_EDGE)


def indicator_name(text: str) -> str:
    """The official form of an indicator's name; names without one come back cleaned only.

    ``indicator_name("全市GDP")`` is 地区生产总值.
    """
    name = clean_name(text)
    if name in _ALIASES:
        return _ALIASES[name]
    for pattern, official in _SPELLINGS:
        name = pattern.sub(official, name)
    return _ALIASES.get(name, name)
