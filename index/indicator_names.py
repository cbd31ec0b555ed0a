"""Names of indicators: what of a phrase is the name, and its official form."""

import re
from typing import Final

_ALIASES: Final = {
    "国内生产总值": "地区生产总值", "GDP": "地区生产总值", "生产总值": "地区生产总值", "经济总量": "地区生产总值",
    "经济": "地区生产总值", "经济增长": "地区生产总值", "经济增速": "地区生产总值", "经济增长速度": "地区生产总值",
    "人均国内生产总值": "人均地区生产总值", "人均生产总值": "人均地区生产总值", "CPI": "居民消费价格涨幅",
    "居民消费价格": "居民消费价格涨幅", "居民消费价格指数": "居民消费价格涨幅", "物价涨幅": "居民消费价格涨幅",
    "居民消费价格总水平": "居民消费价格涨幅", "居民消费价格总水平涨幅": "居民消费价格涨幅",
    "居民消费价格指数涨幅": "居民消费价格涨幅", "消费价格涨幅": "居民消费价格涨幅",
    "新增城镇就业": "城镇新增就业", "城镇新增就业人数": "城镇新增就业", "新增城镇就业人数": "城镇新增就业",
    "城镇新增就业人口": "城镇新增就业", "新增城镇就业岗位": "城镇新增就业", "新增城镇就业人员": "城镇新增就业",
    "外贸进出口": "进出口总额", "进出口": "进出口总额", "外贸": "进出口总额", "对外贸易": "进出口总额", "外贸进出口总额": "进出口总额", "外贸进出口总值": "进出口总额",
    "进出口总值": "进出口总额", "货物进出口总额": "进出口总额", "货物贸易进出口总额": "进出口总额",
    "对外贸易总额": "进出口总额", "外贸进出口额": "进出口总额", "进出口额": "进出口总额",
    "研发投入强度": "全社会研发投入强度", "研发经费投入强度": "全社会研发投入强度",
    "全社会研发经费投入强度": "全社会研发投入强度", "单位生产总值能耗": "单位地区生产总值能耗",
    "万元地区生产总值能耗": "单位地区生产总值能耗", "万元生产总值能耗": "单位地区生产总值能耗",
    "单位国内生产总值能耗": "单位地区生产总值能耗", "单位国内生产总值能源消耗": "单位地区生产总值能耗",
    "细颗粒物平均浓度": "PM2.5平均浓度", "细颗粒物年均浓度": "PM2.5平均浓度", "PM2.5浓度": "PM2.5平均浓度",
    "PM2.5年均浓度": "PM2.5平均浓度", "细颗粒物浓度": "PM2.5平均浓度", "城乡居民收入比": "城乡居民人均可支配收入比",
    "城乡居民收入比值": "城乡居民人均可支配收入比", "城乡收入比": "城乡居民人均可支配收入比",
    "城乡居民收入倍差": "城乡居民人均可支配收入比", "市场主体": "经营主体", "粮食总产量": "粮食产量", "粮食总产": "粮食产量",
    "城镇失业率": "城镇调查失业率", "城镇化率": "常住人口城镇化率", "全社会固定资产投资": "固定资产投资", "社会消费品零售": "社会消费品零售总额",
}  # fmt: skip
_SPELLINGS: Final = (
    (re.compile(r"规上|规模(?=工业|服务业|企业)"), "规模以上"),
    (re.compile(r"社零(?:总?额)?"), "社会消费品零售总额"),
    (re.compile(r"(?i)GDP|国内生产总值"), "地区生产总值"),
    (re.compile(r"(?i)PM_\{?2\.5\}?"), "PM2.5"),
    (re.compile(r"平均值$"), ""),
    # The intensity is this ratio by definition.
    (
        re.compile(
            r"(?:全社会)?(?:研究与试验发展|研发|R&D)(?:经费)?(?:支出|投入)?(?:相当于|占|与)(?:全.)?(?:地区)?生产总值的?(?:比[例重率]|之比)$"
        ),
        "全社会研发投入强度",
    ),
    (re.compile(r"^固投"), "固定资产投资"),
)
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．％ＧＤＰ", "0123456789.%GDP")
_LEADING: Final = re.compile(
    r"^(?:全[省市区县国州旗疆](?!性)|全自治区|我[省市区县国州]|本市|[省市](?=[一二三四五六七八九十]级)|"
    r"(?:党中央|中央|国务院|[省市区县]委)(?:、国务院)?(?=提出|确定|要求|明确)|"
    r"其中|同时|此外|另外|并且?|以及|特别是|尤其是|[一二三四五六七八九十]{1,3}是|全年|今年|去年|上年|当年|前年|年内(?!蒙)|"
    r"(?:截至|截止|预计到|到|至)?(?:(?:19|20)\d\d年|[一二][九〇零][〇○零一二三四五六七八九]{2}年|“?十[一二三四五]五”?|“十\w五”)(?:前[一二三四]年|[初末底]|年[末底]|时期|期间|以来)?|截至|"
    r"年[末底初]|目前|[一二三四五六七八九十]年来|在?过去[一二三四五六七八九十]年中?|[一二三四五六七八九十两]年(?:共|累计)|但是?|因为|由于|实施|(?:全年|今年)?预期|预计|力争|确保|争取|努力|有望|实现|"
    r"完成|达到|推动|推进|促进|带动|拉动|使得?|将|把|让|共(?!建|同|享|有|青|富)计?|累计|总计|合计|已经?|再(?!就业|生)|又|也|还|各类?|保持|继续|只有|仅|"
    r"年均|同比|提出|拟|要|提前|全面|新的一年|[①-⑳]|\d{1,2}[.、．](?!\d)|[\s\-—·•●◆○*：:]+)"
)
# With whom there is trade: 对东盟出口. 对外贸易 is one word.
_PARTNER: Final = re.compile(r"^(?:对(?![外口标])|[与同](?!比))(?=\S+(?:进?出口|贸易))")
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[）)]")
_BEFORE_OBJECT: Final = re.compile(r"^.*(?:开展|组织|举办|累计完成|推出|共计)(?=[^、]{4,}$)")
_INNER: Final = re.compile(r"(?:已|全年|累计)?(?:完成|实现|达成)(?=\S)")
_EDGE: Final = " \t　，、：；。,;:的和与及了"
_QUOTES: Final = "“”‘’\"'"

_SPLIT_ITEMS: Final = re.compile(r"、|以及")
_SPLIT_WORDS: Final = re.compile(r"、|以及|和|与|及")
_HEAD: Final = re.compile(
    r"(?:(?:居民)?(?:人均)?(?:可支配|纯)收入|总?投资|消费|零售额|增加值|总值|(?:营业|财政|经营|工资|税收|预算|旅游)?收入|总?产[量值]|(?:通车|营业|运营|营运)?里程|规模|"
    r"进?出口|占比|人[数次]|面积|数量|(?:覆盖|满意|达标|优良|普及|参保|入园|合格|增长|利用|贡献|失业)?率|余额|总额|价格|标准|(?:平均|年均)?浓度|排放[总]?量|死亡人数|起数|销[量售][额量]?|"
    r"支出|贷款|利润|税收|增速|案件|能耗|强度|总产|用地|新车|市场|处理能力|(?:营业|贸易|交易|成交)额|吞吐量|客流量?)"
    r"(?:增加值|总?额|占.*|余额|比[例重])?$"
)
_GOING_ON: Final = re.compile("(?:继续|持续)$")
_MAX_NAME: Final = 30
_TWO: Final = 2


_ECONOMY: Final = re.compile(r"^(?:全?国?民?)经济(?:总体)?(?=增|$)")
_RATE: Final = re.compile(r"(?:增长速度|增长率|增速|增幅|涨幅|增长)$")
_COUNTED: Final = re.compile(r"(?:总|数)?[量数额](?=(?:全国|世界|全球)?排名|$)")


def clean_name(phrase: str) -> str:
    """The name in a phrase: without brackets, area words, times, auxiliary verbs and punctuation at its edges."""
    phrase = _BRACKETS.sub("", phrase.translate(_FULL_WIDTH)).strip(_EDGE)
    while match := _LEADING.match(phrase):
        phrase = phrase[match.end() :].lstrip(_EDGE)
    phrase = _PARTNER.sub("", _INNER.sub("", _BEFORE_OBJECT.sub("", phrase)).strip(_EDGE))
    phrase = _GOING_ON.sub("", phrase)
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.rpartition("“")[2] if phrase.startswith("“") else phrase.lstrip(_QUOTES)
    return phrase if len(phrase) <= _MAX_NAME else ""


def indicator_name(text: str) -> str:
    """The official form of an indicator's name; names without one come back cleaned only.

    ``indicator_name("全市GDP")`` is 地区生产总值. A text without a name gives "".
    """
    name = clean_name(text)
    if name in _ALIASES:
        return _ALIASES[name]
    for pattern, official in _SPELLINGS:
        name = pattern.sub(official, name)
    return _ALIASES.get(name, name)


def split_names(phrase: str, count: int) -> list[str]:
    """The ``count`` names that a phrase lists, or an empty list where it lists another number.

    A head shared by all is given to each: 汽车、餐饮消费 is 汽车消费 and 餐饮消费.
    """
    if herds := re.match(rf"[猪牛羊禽兔]{{{count}}}(?=出栏|存栏|养殖)", phrase):
        return [f"{one}{phrase[count:]}" for one in herds[0]]
    if count == _TWO and "城乡" in phrase and not re.search(r"[、和与及]", phrase):
        return [phrase.replace("城乡", "城镇", 1), phrase.replace("城乡", "农村", 1)]
    for pattern in (_SPLIT_ITEMS, _SPLIT_WORDS):
        parts = [part for part in pattern.split(phrase) if part]
        if len(parts) == count:
            return _share_head(parts)
    return []


def _share_head(parts: list[str]) -> list[str]:
    last = parts[-1]
    if parts[0] in {"城镇", "城市"} and last.startswith("农村"):
        return [last.replace("农村", part, 1) for part in parts[:-1]] + [last]
    head = _HEAD.search(last)
    if not head or head.start() == 0:
        return parts
    return [part if _HEAD.search(part) else _joined(part, head[0]) for part in parts[:-1]] + [last]


def _joined(part: str, head: str) -> str:
    """``part`` and ``head``, with what ends the one and begins the other once: 城镇居民 and 居民人均可支配收入."""
    shared = next((n for n in range(min(len(part), len(head)), 0, -1) if part.endswith(head[:n])), 0)
    return part + head[shared:]


def ends_in_head(phrase: str) -> bool:
    """Whether a phrase ends as indicators do: in 收入, 产量, 率 and the like."""
    return bool(_HEAD.search(phrase))


def core_name(name: str) -> str:
    """A name without the words for how it is counted."""
    plain_name = indicator_name(_ECONOMY.sub("地区生产总值", name))
    return _COUNTED.sub("", _RATE.sub("", plain_name)) or plain_name
