"""Tells from a report's text whose it is, of which year, and when it was delivered.

A work report opens with a title, the session it was delivered at and the
words 现在，我代表…向大会报告工作; these are read first. Where they are missing
the names, years and cues of the whole text are weighed against each other, and
a file name can help out.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date

from index.types import Level

NATION = "全国"

# fmt: off
PROVINCES = (
    "北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省",
    "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省",
    "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省", "内蒙古自治区", "广西壮族自治区",
    "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区", "澳门特别行政区",
)
# fmt: on
_PROVINCE_ENDING = re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$")
_BY_SHORT_NAME = {_PROVINCE_ENDING.sub("", name): name for name in PROVINCES}

_HAN = "[\u4e00-\u9fff]"
_UNIT = "特别行政区|自治区|自治州|自治县|自治旗|林区|特区|新区|地区|省|市|区|县|旗|盟|镇|乡"
# A unit word before another belongs to the name (沙市区), save in 济宁市市中区.
_PART = re.compile(f"{_HAN}+?(?:市(?=市[中南北])|(?:{_UNIT})(?!{_UNIT}))")
_BEFORE_NAME = re.compile("^(?:.*(?:在|日于|代表|关于|的|了)|年)")
_NO_NAME = re.compile(
    f"^(?:{_UNIT})+$|[各全我本](?:{_UNIT})$|召开|完成|通过|落实|执行|贯彻|审议|选举|区县$|地市$|会议|大会|委"
)
_HINT_FILLER = re.compile("(?:人民)?政府|工作|报告|全文|省级|市级|区县级?|地市")

_ORDINAL = "第?[一二三四五六七八九十]{1,3}届"
_SALUTATION = re.compile("各位代表[:!]|(?:^|[\\n。])各位代表[,\\s]")
_FOR_GOVERNMENT = re.compile(f"(?:代表(?!大会)|受)({_HAN}{{2,20}}?)(?:人民)?政府")
_FOR_NATION = re.compile("(?:代表|受)(?:中华人民共和国)?国务院")
# Within a sentence, without 在, the words before a session are seldom a name (完成区十四届人大…).
_SESSION = re.compile(f"(?:^|(?<=[\n(—在于日-]))({_HAN}{{2,30}}?){_ORDINAL}\\s?(?:人民代表大会|人大)")
_NATIONAL_SESSION = re.compile("全国(?:人民代表大会|人大)[第一二三四五六七八九十]|国务院(?:代|副)?总理")
_TITLE = re.compile(f"({_HAN}{{2,20}}?)(?:人民)?(?:政府)?(?:[12][0-9]{{3}}年)?政府工作报告")
_OFFICE = re.compile(f"({_HAN}{{2,20}}?)(?:人民政府)?(?:代|代理)?(?:省长|市长|区长|县长|旗长|州长|盟长|主席)")
_GOVERNMENT = re.compile(f"(?:^|(?<=[\n:>]))({_HAN}{{2,20}}?)(?:人民)?政府")

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = "((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})年"
_NUMBER = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = f"{_YEAR}{_NUMBER}月{_NUMBER}日"
_DELIVERY = (
    re.compile(f"{_DATE}[^日\n]{{0,15}}(?:日|上午|下午)?[在于][^年日]{{1,40}}(?:代表大会|人大)"),
    re.compile(f"(?:代表大会|人大)[^\n]{{0,30}}{_DATE}|{_DATE}[^\n]{{0,60}}(?:代表大会|人大)"),
    re.compile(f"(?:^|\n)[(—-]*{_DATE}[)]?[^\n]{{0,12}}\n"),
)
_TITLE_YEAR = re.compile(f"(?:^|\\n){_YEAR}[^\\n,。;]{{0,25}}工作报告|工作报告[(]{_YEAR}[)]")
_REVIEW_HEADING = re.compile(f"(?:^|\\n)[^\\n。;]{{0,20}}{_YEAR}[^\\n。;]{{0,20}}(?:回顾|总结)")
_GOAL_HEADING = re.compile(
    f"(?:^|\\n)[^\\n。;]{{0,20}}{_YEAR}[^\\n。;]{{0,20}}(?:要求|安排|部署|任务|重点|目标|打算|建议)[^\\n。;]{{0,4}}\\n",
)
_ANY_YEAR = re.compile(f"(?<!到){_YEAR}(?!远景)")

_OPENING = 600
"""Characters before and after the salutation in which the opening is looked for."""

_LATEST_OPENING = 3000
"""Later salutations open a paragraph of the report, not the report."""

_CUES: dict[str, re.Pattern[str]] = {
    "省": re.compile("[全我]省|省委|省政府"),
    # 全区 is said in autonomous regions as well as in districts.
    "自治区": re.compile("自治区(?:党委|政府|人民政府|人大|政协)|[全我]区(?!域)"),
    "市": re.compile("[全我]市(?!场)|市委|市政府"),
    "区": re.compile("[全我]区(?!域)|(?<!治)区(?:委|政府|人大|政协)"),
    "县": re.compile("[全我]县|县委|县政府"),
    "旗": re.compile("[全我]旗|旗委|旗政府"),
    "州": re.compile("[全我]州|州委|州政府"),
    NATION: re.compile("我国|国务院各?部门"),
}
_AFTER_NAME = "人民|第|各族|实际|经济社会|高质量"
_COMMON_NOUN = re.compile(
    "[城都门股楼夜超省县地市区园社景校库牧林山新老街各全我本该乡强百]$|^[的了]|(?:自治|代表)$|完成|通过|落实|开发|棚户"
)


_OTHER_BODY = re.compile(
    "我(?:代表|受)[^\\n,。]{0,20}(?:法院|检察院|常务委员会|中国共产党[^\\n,。]{0,20}委员会)"
    "|(?:^|\\n)[^\\n,。]{0,20}(?:法院|检察院|常务委员会)工作报告",
)
_FIRST_PERSON = re.compile("我(?:代表|受)[^\\n,。]{0,20}(?:政府|国务院)|受[^\\n,。]{0,15}政府的?委托")
_TITLE_LINE = re.compile(
    "(?:^|\\n)[^\\n,。作读懂审听看学讨议聚关说]{0,25}(?:政府|国务院)工作报告(?:[(\\n-—]|$)"
)
_NEWS = re.compile(
    "(?:新华社|本报|中新社|新华网|人民网|央视)[^\\n]{0,30}(?:电|讯|报道)"
    "|记者|《政府工作报告|作(?:了)?政府工作报告|代表们|与会人员|据了解|会议(?:听取|强调|指出)",
)
_POLICY_WORD = re.compile("推进|加强|加快|全面|改革|建设|实施|提高|发展|促进|坚持")
_CHARACTERS_PER_POLICY_WORD = 125
"""Reports since 1954 hold one of these words every 25 to 125 characters; stories and code none."""
_OWN_WORDS = re.compile("我们|[我全][省市区县旗州]|我国")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text says of itself; ``place`` is "" and ``year`` None where it says nothing."""

    place: str
    level: Level
    year: int | None
    delivered: date | None


def recognize(text: str, hint: str = "") -> Recognition:
    """Return the place, level, year and delivery date of the report ``text``.

    ``hint`` is a name given to the text, such as its file name; it counts only
    where the text says nothing plainly.
    """
    folded = _fold(text)
    opening = _opening(folded)
    delivered = _delivery_date(opening)
    place = _place_in_opening(opening) or _place_in_name(hint) or _place_by_frequency(folded)
    year = _year(folded, opening, delivered, hint)
    return Recognition(place, level_of(place), year, delivered)


def level_of(place: str) -> Level:
    """Return the level of government of a full place name such as 重庆市 or 海拉尔区.

    A county-level city cannot be told from others by its name: it counts as a city.
    """
    if place == NATION:
        return "national"
    if place in PROVINCES:
        return "province"
    if place.endswith(("市", "自治州", "盟", "地区")):
        return "city"
    if place.endswith(("县", "区", "旗")):
        return "district"
    return "unknown"


def full_place(name: str) -> str:
    """Return the full name of a province or the nation given in short (重庆, 国务院), or ``name``."""
    return NATION if name in ("国务院", "中国") else _BY_SHORT_NAME.get(name, name)


def report_title(place: str, year: int) -> str:
    """Return the title to show: 重庆市人民政府工作报告（2024年）."""
    body = {NATION: "国务院政府", "": "政府"}.get(place, f"{place}人民政府")
    return f"{body}工作报告（{year}年）"


def objection(text: str) -> str:
    """Return why ``text`` is plainly no government work report, or "" if it may be one."""
    folded = _fold(text)
    opening = _opening(folded)
    if _OTHER_BODY.search(opening):
        return "a report of another body (a court, a procuratorate, a standing committee or a party)"
    if _FIRST_PERSON.search(opening) or _SALUTATION.search(folded) or _TITLE_LINE.search(opening):
        return ""
    if _NEWS.search(folded[:_OPENING]):
        return "a news story"
    if _GOAL_HEADING.search(folded) or _REVIEW_HEADING.search(folded):
        return ""
    policy_words = len(_POLICY_WORD.findall(folded))
    if policy_words * _CHARACTERS_PER_POLICY_WORD < len(folded) or not _OWN_WORDS.search(folded):
        return "it neither opens nor speaks like a work report"
    return ""


def _fold(text: str) -> str:
    """Return ``text`` with half-width digits and punctuation and without spaces."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))


def _opening(folded: str) -> str:
    """Return what stands around the salutation, or the start of a text without one."""
    found = _SALUTATION.search(folded)
    if found and found.start() < _LATEST_OPENING:
        return folded[max(0, found.start() - _OPENING) : found.end() + _OPENING // 2]
    return folded[:_OPENING]


def _place_in_opening(opening: str) -> str:
    if _FOR_NATION.search(opening):
        return NATION
    if place := _first_name(opening, (_FOR_GOVERNMENT, _SESSION)):
        return place
    if _NATIONAL_SESSION.search(opening):
        return NATION
    title, salutation, _ = opening.partition("各位代表")
    return _first_name(opening, (_TITLE, _OFFICE)) or _first_name(title if salutation else "", (_GOVERNMENT,))


def _first_name(opening: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    names = (_full_name(found[1]) for pattern in patterns for found in pattern.finditer(opening))
    return next(filter(None, names), "")


def _place_in_name(name: str) -> str:
    if NATION in name or "国务院" in name:
        return NATION
    names = (_full_name(_HINT_FILLER.sub("", run)) for run in re.findall(f"{_HAN}+", name))
    return next(filter(None, names), "")


def _full_name(words: str) -> str:
    """Return the innermost place named at the end of ``words``, in full, or ""."""
    words = _BEFORE_NAME.sub("", words)
    if words in _BY_SHORT_NAME:
        return _BY_SHORT_NAME[words]
    parts = [part for part in _PART.findall(words) if len(part) > 1]
    if not parts or _NO_NAME.search(parts[-1]):
        return ""
    is_province = parts[-1].endswith(("省", "自治区", "特别行政区"))
    return parts[-1] if parts[-1] in PROVINCES or not is_province else ""


def _place_by_frequency(folded: str) -> str:
    """Return the place that a text without an opening speaks of most."""
    cues = Counter({unit: len(pattern.findall(folded)) for unit, pattern in _CUES.items()})
    unit, count = cues.most_common(1)[0]
    if not count:
        return ""
    if unit == NATION:
        return NATION
    if unit in ("省", "自治区", "市"):
        names = {name: folded.count(short) for short, name in _BY_SHORT_NAME.items() if name.endswith(unit)}
    else:
        names = {}
    if unit not in ("省", "自治区"):
        names |= _names_ending_in(unit, folded)
    place, mentions = max(names.items(), key=lambda item: (item[1], len(item[0])), default=("", 0))
    return place if mentions > 1 else ""


def _names_ending_in(unit: str, folded: str) -> dict[str, int]:
    """Return the names that stand before ``unit``, in full, with how often each stands alone."""
    runs = re.findall(f"({_HAN}{{2,8}}?){unit}(?:{_AFTER_NAME})", folded)
    names = {run[-length:] for run in runs for length in (2, 3, 4) if len(run) >= length}
    return {name + unit: folded.count(name) for name in names if not _COMMON_NOUN.search(name)}


def _delivery_date(opening: str) -> date | None:
    for pattern in _DELIVERY:
        if found := pattern.search(opening):
            year, month, day = (_number(group) for group in found.groups() if group)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _number(written: str) -> int:
    """Return the value of 2026, 二〇二六 or 二十七."""
    if "十" in written:
        tens, _, units = written.partition("十")
        return int(tens.translate(_DIGITS) or 1) * 10 + int(units.translate(_DIGITS) or 0)
    return int(written.translate(_DIGITS))


def _year(folded: str, opening: str, delivered: date | None, hint: str) -> int | None:
    goal = _GOAL_HEADING.search(folded)
    if delivered:
        # Some assemblies meet in December and set the goals of the next year.
        looks_ahead = delivered.month >= 11 and goal and _number(goal[1]) == delivered.year + 1  # noqa: PLR2004
        return delivered.year + 1 if looks_ahead else delivered.year
    if found := _TITLE_YEAR.search(opening):
        return _number(found[1] or found[2])
    if goal:
        return _number(goal[1])
    if found := _REVIEW_HEADING.search(folded):
        return _number(found[1]) + 1
    if found := re.search("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", hint):
        return int(found[0])
    return _year_by_mentions(folded)


def _year_by_mentions(folded: str) -> int | None:
    """Return the later one of the two adjacent years that are spoken of most."""
    mentions = Counter(_number(year) for year in _ANY_YEAR.findall(folded))
    pairs = {year: times + mentions[year - 1] for year, times in mentions.items() if year - 1 in mentions}
    if pairs:
        return max(pairs, key=lambda year: (pairs[year], year))
    return mentions.most_common(1)[0][0] + 1 if mentions else None
