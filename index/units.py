"""Units of measure in work reports, Chinese and English."""

from typing import Final

# Units that name a kind of figure even after a single Chinese digit (三倍, 两公里).
MEASURES: Final = (
    "个百分点 百分点 % ‰ 元 美元 欧元 港元 日元 人民币 倍 番 成 "
    "公里 千米 米 厘米 毫米 英里 海里 平方公里 平方千米 平方米 平方公尺 立方米 公顷 亩 "
    "吨 吨标准煤 吨标煤 公斤 千克 斤 担 克 毫克 微克 微克/立方米 毫克/立方米 微克每立方米 公升 升 "
    "千瓦 千瓦时 千伏安 兆瓦 兆瓦时 吉瓦 吉瓦时 瓦 千伏 摄氏度 ℃ "
    "载重吨 总吨 标箱 标准箱 国际标准箱 吨公里 人公里 人次 车次 架次 班次 列次 航次 艘次 件次 场次 户次 "
    "桶 艘 锭"
)
# Counters: 个 and its kin say little, so a single Chinese digit before them is no figure (一个, 两项).
COUNTERS: Final = (
    "个 家 户 项 条 件 人 名 位 所 座 处 套 台 辆 架 列 张 场 起 次 种 类 款 批 部 间 栋 幢 支 只 头 匹 株 棵 枚 粒 "
    "颗 片 块 宗 笔 例 份 期 班 对 组 盏 口 眼 孔 本 册 篇 首 幅 档 门 回 趟 天 年 周 日 小时 分钟 秒 岁 个月 季度 "
    "个季度 代 级 层 度 台套 台（套） 台(套) 套（间） 套(间) 家次 人家 集 排 村 镇 乡 县 街 箱 羽 尾 处次 "
    "条次 趟次 航班 床位 平方 号 强"
)
CODE_UNITS: Final = frozenset("号 强 级".split())
LATIN: Final = (
    "kWh MWh GWh TWh kW MW GW kV km² km2 km m² m2 m³ m3 mm cm m kg g t TEU TEUs EFLOPS PFLOPS EFlops PFlops EFLOP "
    "P E TB PB EB GB MB Mbps Gbps bps ha mu hm² μg/m³ ug/m3"
)

CHINESE_UNITS: Final = tuple(sorted(set(f"{MEASURES} {COUNTERS}".split()), key=len, reverse=True))
MEASURE_UNITS: Final = frozenset(MEASURES.split())
LATIN_UNITS: Final = tuple(sorted(LATIN.split(), key=len, reverse=True))

# One name for units that differ in spelling only.
SAME_UNIT: Final = {
    "百分点": "个百分点", "位": "名", "千米": "公里", "平方千米": "平方公里", "千克": "公斤", "吨标煤": "吨标准煤",
    "标准箱": "标箱", "国际标准箱": "标箱", "TEU": "标箱", "TEUs": "标箱", "℃": "摄氏度", "km": "公里", "km²": "平方公里",
    "km2": "平方公里", "m²": "平方米", "m2": "平方米", "m³": "立方米", "m3": "立方米", "kg": "公斤", "t": "吨", "mu": "亩",
    "ha": "公顷", "kW": "千瓦", "MW": "兆瓦", "GW": "吉瓦", "kWh": "千瓦时", "MWh": "兆瓦时", "GWh": "吉瓦时", "kV": "千伏",
    "微克每立方米": "微克/立方米", "μg/m³": "微克/立方米", "ug/m3": "微克/立方米", "微克": "微克/立方米", "度": "千瓦时",
}  # fmt: skip

ENGLISH_UNITS: Final = {
    "percentage points": "个百分点", "percentage point": "个百分点", "percent": "%", "per cent": "%", "pct": "%",
    "yuan": "元", "RMB": "元", "CNY": "元", "renminbi": "元", "US dollars": "美元", "dollars": "美元", "USD": "美元",
    "people": "人", "persons": "人", "person": "人", "jobs": "人", "workers": "人", "employees": "人", "residents": "人",
    "students": "人", "participants": "人", "users": "人", "visits": "人次", "trips": "人次", "visitors": "人次",
    "tourists": "人次", "passengers": "人次", "passenger trips": "人次", "kilometers": "公里", "kilometres": "公里",
    "kilometer": "公里", "square kilometers": "平方公里", "square kilometres": "平方公里", "square meters": "平方米",
    "square metres": "平方米", "cubic meters": "立方米", "cubic metres": "立方米", "hectares": "公顷", "mu": "亩",
    "jin": "斤", "catties": "斤", "tons": "吨", "tonnes": "吨", "metric tons": "吨", "kilowatts": "千瓦", "kilowatt-hours": "千瓦时",
    "megawatts": "兆瓦", "enterprises": "家", "companies": "家", "firms": "家", "businesses": "家", "hospitals": "家",
    "households": "户", "market entities": "户", "business entities": "户", "vehicles": "辆", "cars": "辆", "projects": "个",
    "beds": "张", "schools": "所", "years": "年", "days": "天", "times": "倍", "fold": "倍",
}  # fmt: skip

ENGLISH_SCALES: Final = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}

_PEOPLE: Final = frozenset("人 名 员 位".split())
_THINGS: Final = frozenset(
    "个 家 户 项 条 件 所 座 处 套 台 辆 架 列 张 场 起 种 类 款 批 部 间 栋 幢 支 只 头 株 棵 枚 宗 笔 例 份".split()
)


def compatible(first: str, second: str) -> bool:
    """Whether two units can name the same quantity: equal, of one kind, or one left out (never of a percentage)."""
    if first == second:
        return True
    if not first or not second:
        return not {first, second} & {"%", "个百分点", "‰", "位", ":1"}
    return {first, second} <= _PEOPLE - {"位"} or {first, second} <= _THINGS
