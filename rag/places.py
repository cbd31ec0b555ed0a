"""The places that a question names, among those that have a report and others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.gazetteer import dictionary_lines, english_cities, gazetteer
from index.tokens import place_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NATION: Final = "全国"

_SUFFIX: Final = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|自治州$|自治县$|[省市区县州盟旗]$")
# The country counts as a place where its report is meant, not where it is the yardstick (居全国第二).
_NATION: Final = re.compile(
    r"国务院|中央政府|总理|(?:^|[，,。？年])国家(?=\d|[要定将计拟从给]|打算|准备|今年|去年|明年|的(?:目标|计划))|"
    r"全国(?!的?[^，。？?]{1,14}(?:里头?|里面|当中|中)[，,]?[^，。？?]{0,6}(?:比[例重]|几成|百分之几|多少|几[台辆个])[^，。？?]{0,4}(?:是|来自|出自|产自|在)|性|第|首|头一?[个家座条]|[^，。？?]{0,2}普查|最|前|平均(?:水平|值|数|线|增)|各地|人大|政协|一流|领先|统一|文明|排|重点|示范|两会|推广|通用|通办|知名|先进|率先|唯一|之[首最]|“[^”]{1,10}”[^，。？?]{0,8}(?:基地|[城区县市乡镇村园港]|企业|学校|医院|工程|品牌|称号)|[^，。？?]{0,8}(?:案例|名单|称号|榜|奖|试点|百强|\d+强))|我国|中国(?=的|\d|今年|去年|经济|GDP|在(?!全球|世界|国际|[东西南北])|(?:一共|总共)?新增|计划|打算)|"
    r"\b(?:nationwide(?! (?!in\b|last\b|this\b|next\b|during\b|by\b|and\b|for\b|over\b|is\b|was\b|were\b|are\b|did\b|will\b|to\b|from\b)[a-z])|national (?:gdp|economy|target|rate|growth|(?:government )?(?:work )?report)|state council|central government|china(?:'s)?(?!['’]s (?:second|third|first|top|largest|biggest|best|longest|oldest|only)\b|[-–]|[- –](?-i:[A-Z][a-z])))\b",
    re.IGNORECASE,
)
# What an English question asks of the city is not asked of the country: which national census the city hall will carry out.
_LOCAL: Final = re.compile(
    r"\b(?:city hall|the city government|the municipal government|local(?! (?:government|authorit|special|bond|debt|fiscal|treasur)))\b",
    re.IGNORECASE,
)
_OF_THE_NATION: Final = re.compile(
    r"\b(?:state council|central government|national (?:government )?(?:work )?report|china(?:['’]s)?(?: \d{4})?(?: national)?(?: government)?(?: work)? report)\b",
    re.IGNORECASE,
)
# 上海之外 and 除了上海 ask of others.
_EXCLUDED: Final = re.compile(
    r"除了?[\u4e00-\u9fff]{2,4}?(?:之外|以外|外|，)|[\u4e00-\u9fff]{2}[省市]?(?:之外|以外)"
)
_YARDSTICK: Final = re.compile(
    r"(?:居|列入?|占[到了]?|排|在|是|为|面?向|到|辐射|引领|入选|获[批评得]?|荣获|得到|评[为上]|(?:超过|高于|低于|跑赢|好于|快于|慢于|不及|落后于)了?)$"
)

_ENGLISH: Final = {
    "beijing": "北京", "tianjin": "天津", "hebei": "河北", "shanxi": "山西", "inner mongolia": "内蒙古",
    "liaoning": "辽宁", "jilin": "吉林", "heilongjiang": "黑龙江", "shanghai": "上海", "jiangsu": "江苏",
    "zhejiang": "浙江", "anhui": "安徽", "fujian": "福建", "jiangxi": "江西", "shandong": "山东", "henan": "河南",
    "hubei": "湖北", "hunan": "湖南", "guangdong": "广东", "guangxi": "广西", "hainan": "海南",
    "chongqing": "重庆", "sichuan": "四川", "guizhou": "贵州", "yunnan": "云南", "tibet": "西藏", "xizang": "西藏",
    "shaanxi": "陕西", "gansu": "甘肃", "qinghai": "青海", "ningxia": "宁夏", "xinjiang": "新疆",
    "hong kong": "香港", "macao": "澳门", "macau": "澳门", "taiwan": "台湾",
}  # fmt: skip
# What people and the press call them, where it is not the beginning of a longer name (山城步道).
_BYNAMES: Final = {
    "魔都": "上海", "申城": "上海", "帝都": "北京", "京城": "北京", "津门": "天津", "津城": "天津", "巴渝": "重庆", "雾都": "重庆",
    "荆楚": "湖北", "齐鲁": "山东", "三晋": "山西", "三秦": "陕西", "八闽": "福建", "彩云之南": "云南", "天府之国": "四川",
}  # fmt: skip
_BYNAME: Final = re.compile(
    rf"(?:{'|'.join(_BYNAMES)})(?=(?:19|20)\d\d|[，,的]|今年|去年|明年|在|要|也|又|还|计划|打算|能|会|居|全市|全省|老百姓)"
)
_SIGNS: Final = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "吉": "吉林", "黑": "黑龙江",
    "沪": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南",
    "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南", "渝": "重庆", "川": "四川", "黔": "贵州",
    "滇": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃", "宁": "宁夏", "新": "新疆", "青": "青海", "港": "香港", "澳": "澳门",
}  # fmt: skip
# 川渝 is what a report of theirs speaks of all along, and no answer.
_BY_SIGNS: Final = re.compile(
    rf"(?!川渝|渝川)[{''.join(_SIGNS)}]{{2,}}(?=协作|合作|共建|对口|结对|毗邻|边界|两省|三地|两地)"
)
_QUOTED: Final = re.compile(r"“[^”]{5,}”|\"[^\"]{5,}\"")
_TITLE_PARTS: Final = re.compile(r"[^\W_]+")
# Shorter titles are words that occur anywhere (海, 苦力).
_TITLE: Final = 4
COUNTRIES: Final = {
    "老挝": "老", "泰国": "泰", "马来西亚": "马", "缅甸": "缅", "越南": "越", "俄罗斯": "俄", "日本": "日", "韩国": "韩", "新加坡": "新",
    "德国": "德", "法国": "法", "英国": "英", "美国": "美", "印度": "印", "希腊": "希", "意大利": "意", "欧洲": "欧", "巴基斯坦": "巴",
    "西班牙": "西", "葡萄牙": "葡", "荷兰": "荷", "捷克": "捷", "波兰": "波", "匈牙利": "匈", "塞尔维亚": "塞", "哈萨克斯坦": "哈",
    "乌兹别克斯坦": "乌", "非洲": "非", "拉美": "拉",
}  # fmt: skip
"""The one sign by which other countries and continents are named beside 中."""
COUNTRY_SIGNS: Final = "".join(COUNTRIES.values())
SIGNS: Final = {place: sign for sign, place in _SIGNS.items()}
"""The one sign by which each province is named in the names of its things: 重庆 is 渝."""
_PROVINCES: Final = frozenset(_ENGLISH.values())
_CAPITALISED: Final = re.compile(r"\b[A-Z][a-z']+\b")
_FIRST_NAME: Final = re.compile(
    r"/([A-Z][a-z']{3,})(?:,? \w+)? (?:[Dd]istrict|[Cc]ounty|[Cc]ity|[Bb]anner|prefecture|league)\b"
)
# 北京输出到天津和河北的……: asked of Beijing.
_ANY_PROVINCE: Final = rf"(?:{'|'.join(sorted(_PROVINCES))})(?:省|市|自治区)?"
_OTHER_END: Final = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff])[到往至]|去(?!年)|流向|销往|输往|发往|开往|通往|飞往)(?:[\u4e00-\u9fff]{{2,4}}[和与及])?{_ANY_PROVINCE}(?:[和、与及]{_ANY_PROVINCE})*(?=的)|"
    rf"(?<=\bfrom )(?P<own>{_ANY_PROVINCE}) to {_ANY_PROVINCE}(?:(?:,|,? and) {_ANY_PROVINCE})*"
)
_SIGNED: Final = re.compile(
    rf"(?<![\u4e00-\u9fff])[{''.join(_SIGNS)}]{{2,4}}(?=[两二三四][省市地城]|(?:20\d\d年)?的?(?:报告|目标|增速))|(?<=年)[{''.join(_SIGNS)}]{{2,4}}(?=[两二三四][省市地城])"
)
_EACH_SIDE: Final = re.compile(r"哪[边个家地座]|谁|各(?!地|级|类|项|界)|分别|对比|相比|比较|相差|高低")
_TWO_SIDES: Final = re.compile(
    r"谁(?=的|更|最|[^，。？?]{0,8}[多少高低大小快慢长短])|两[地市省港城](?!域)|[和与跟][^，。？?]{2,12}[，,]?(?:相比|比起?来|哪)"
)
_ENGLISH_NAME: Final = re.compile(rf"\b({'|'.join(_ENGLISH)})\b", re.IGNORECASE)
ANYWHERE: Final = re.compile(r"中国|[全我本]国|城|.*景区$")
"""What the tagger takes for a place of its own, and is the whole, or any."""


def short_name(place: str) -> str:
    """``place`` as people say it: 重庆市 -> 重庆, 广西壮族自治区 -> 广西; names of two characters stay."""
    shorter = _SUFFIX.sub("", place)
    return shorter if len(shorter) > 1 else place


def english_name(place: str) -> str:
    """``place`` in English: 浙江省 -> Zhejiang, 全国 -> China; a place that the dictionary does not know stays as it is."""
    if place == NATION:
        return "China"
    short = short_name(place)
    if short in _PROVINCES:
        return next(name for name, province in _ENGLISH.items() if province == short).title()
    if not _SUFFIX.search(place):
        return place  # the title of a text that is of no place
    return next((name for name, _ in _english_names(frozenset({place}))), place)


def named_by_signs(text: str) -> dict[str, str]:
    """The provinces that ``text`` names side by side by one sign each, with that: 鲁渝协作 names 山东 (鲁) and 重庆 (渝)."""
    return {_SIGNS[sign]: sign for run in _BY_SIGNS.findall(text) for sign in run}


def spoken_of(text: str) -> frozenset[str]:
    """The provinces of which ``text`` may speak by their signs alone, two of them side by side: 川渝, 京津冀."""
    runs = re.findall(rf"[{''.join(_SIGNS)}]{{2,}}", text)
    return frozenset(_SIGNS[sign] for run in runs for sign in run)


def asked_places(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The places among ``known`` that ``text`` names, in the order in which it does."""
    places = frozenset(known)
    plain = _EXCLUDED.sub("", in_chinese_names(_signs_in_full(text), places))
    own = _OTHER_END.sub(_own_end, plain)
    return _named_in(own, places) or _named_in(plain, places)


def _signs_in_full(text: str) -> str:
    """``text`` with the names of provinces that are set side by side by one sign each: 京沪两市，哪边高.

    川渝 is what reports of the two say of what they do together, unless each is asked.
    """
    if not _EACH_SIDE.search(text):
        return text
    return _SIGNED.sub(lambda run: "、".join(_SIGNS[sign] for sign in run[0]), text)


def _own_end(match: re.Match[str]) -> str:
    return match["own"] or " "


def _named_in(plain: str, places: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, int] = {}
    for place in places:
        position = _nation_at(plain) if place == NATION else plain.find(short_name(place))
        if position >= 0:
            found[place] = position
    return tuple(sorted(found, key=lambda place: (found[place], place)))


def asked_sides(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """As ``asked_places``; where two are held against each other, also the place of a city beside the one: 上海港和宁波舟山港谁的大."""
    places = asked_places(text, known := tuple(known))
    if len(places) != 1 or not _TWO_SIDES.search(text):
        return places
    beside = places_of_cities(text, [place for place in known if place not in places], several=True)
    return tuple(dict.fromkeys((*places, *beside)))


def named_titles(text: str, titles: Iterable[str]) -> tuple[str, ...]:
    """Those of the ``titles`` of documents that ``text`` names, in the order in which it does.

    A title is named if all of its parts stand in the text ("某医院_张某" in "据某医院的病历，张某……"); not one that
    stands in another title too: many notices are of the ministry (交通运输部) whose name is the title of one.
    """
    found: dict[str, int] = {}
    every = set(titles)
    for title in every:
        parts = _TITLE_PARTS.findall(title)
        named = len("".join(parts)) >= _TITLE and all(part in text for part in parts)
        if named and not any(other != title and all(part in other for part in parts) for other in every):
            found[title] = min(text.find(part) for part in parts)
    return tuple(sorted(found, key=lambda title: (found[title], title)))


def without_titles(text: str, titles: Iterable[str]) -> str:
    """``text`` without those of the ``titles`` that it names: they tell in which document to look, not for what."""
    for title in named_titles(text, titles):
        for part in _TITLE_PARTS.findall(title):
            text = text.replace(part, " ")
    return text


def places_of_cities(text: str, known: Iterable[str], *, several: bool = False) -> tuple[str, ...]:
    """The place among ``known`` in which the cities and counties lie that ``text`` names (成都, Chengdu: 四川省).

    () where they lie in ``several``, unless those are asked for.
    """
    full = {short_name(place): place for place in known}
    glosses = _glosses(_EXCLUDED.sub("", text))
    provinces = {found[1].lower() for gloss in glosses if (found := _ENGLISH_NAME.search(gloss))}
    places = {full.get(_ENGLISH[province], "") for province in provinces}
    if several:
        return tuple(sorted(places - {""}))
    return tuple(places) if len(places) == 1 and all(places) else ()


def _glosses(text: str) -> Iterator[str]:
    """What the gazetteer says of each city and county that ``text`` names, provinces aside."""
    for name in place_names(text):
        if short_name(name) not in _PROVINCES and name in gazetteer():
            yield gazetteer()[name]
    for word in _CAPITALISED.findall(text):
        if word.lower() not in _ENGLISH:
            yield from english_cities().get(word.lower(), ())


def provinces_without_report(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Provinces that ``text`` asks about although none of ``known`` is theirs.

    A province counts where it stands like the subject of a report: before a
    year, a genitive, an indicator; not within a longer name (四川盆地 is found
    all the same: what is missing is then decided by the evidence).
    """
    have = {short_name(place) for place in known}
    plain = _OTHER_END.sub(_own_end, chinese_names(text))
    return tuple(
        sorted(
            name
            for name in _PROVINCES - have
            if re.search(rf"{name}(?:省|市|自治区)?(?:的|\d|今年|去年|省)", plain)
        )
    )


def without_places(text: str, places: Iterable[str]) -> str:
    """``text`` without the names of ``places`` and words for one's own place."""
    plain = text
    for place in places:
        # 甲省人、乙省人 are asked of the places.
        plain = re.sub(rf"{re.escape(short_name(place))}人(?=[、，,和与跟]|$)", "", plain)
        plain = plain.replace(place, "").replace(short_name(place), "")
    return re.sub(
        r"我市|全市|本市|市里|我省|全省|本省|省里|我区|全区|本地|当地|国务院|(?<![\u4e00-\u9fff])(?:中国|我国)(?=[新城农的经在])",
        "",
        plain,
    )


def chinese_names(text: str) -> str:
    """``text`` with the names of provinces that are English, or what people call them, replaced by the ones that reports have."""
    plain = _ENGLISH_NAME.sub(lambda match: _ENGLISH[match[1].lower()], text)
    return _BYNAME.sub(lambda match: _BYNAMES[match[0]], plain)


def in_chinese_names(text: str, places: frozenset[str]) -> str:
    """As ``chinese_names``, and so of the English names of ``places`` that are no provinces (Hailar District: 海拉尔区)."""
    plain = chinese_names(text)
    if not _CAPITALISED.search(plain):
        return plain
    for english, place in _english_names(places):
        plain = re.sub(rf"\b{re.escape(english)}\b(?: (?:District|County|City)\b)?", place, plain)
    return plain


@lru_cache(maxsize=8)
def _english_names(places: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The English name of each of ``places`` that the dictionary has and that is no province; reading it takes a second, once."""
    short = {short_name(place): place for place in places if short_name(place) not in _PROVINCES}
    if not set(short) - {NATION}:
        return ()
    named = ((short[word], _FIRST_NAME.search(rest)) for word, rest in dictionary_lines() if word in short)
    return tuple((name[1], place) for place, name in named if name)


def _nation_at(text: str) -> int:
    if _LOCAL.search(text) and not _OF_THE_NATION.search(text):
        return -1
    # What is quoted is looked for, not where: “做好第五次全国经济普查工作”.
    for match in _NATION.finditer(_QUOTED.sub(lambda quote: "“" + "＿" * (len(quote[0]) - 2) + "”", text)):
        if not _YARDSTICK.search(text[: match.start()]):
            return match.start()
    return -1
