"""Everyday names of indicators that reports do not use, with their official ones."""

from __future__ import annotations

import re
from typing import Final

ABBREVIATIONS: Final = (
    (re.compile(r"社零(?:总?额)?"), "社会消费品零售总额"),
    (re.compile(r"固投"), "固定资产投资"),
    (re.compile(r"谷物(?!种植|干燥|脱粒)"), "粮食"),
    (re.compile(r"(?<!工业)(?:技术改造|技改)(?:这块|这方面|方面)?的?投资"), "技改投资"),
)
"""Short names of indicators, with the official ones."""
EVERYDAY: Final = (
    (re.compile(r"(?i)gdp|国内生产总值|(?<!数字)(?<!民营)经济(?:总量|盘子|体量|(?=增))"), "地区生产总值"),
    (
        re.compile(
            r"农民(?!工|专业|合作|企业)(?:的(?=收入))?|(?:乡下|农村|村里)人(?!口|才|居|均|大)(?:的(?=收入))?"
        ),
        "农村居民",
    ),
    (re.compile(r"城里人(?:的(?=收入))?"), "城镇居民"),
    (re.compile(r"规上"), "规模以上"),
    *ABBREVIATIONS,
    (
        re.compile(
            r"(?i)(?:研发|r&d)(?:经费)?(?:投入|支出|经费)*(?:占|超过|达到?|相当于|约为|为|是)+(?:地区|国内)?(?:gdp|生产总值)的(?=[约超过近达到不足]*\d)"
        ),
        "研发投入强度",
    ),
    (re.compile(r"(?i)r&d"), "研发"),
    (re.compile(r"(?i)物价|cpi"), "居民消费价格"),
    (re.compile(r"外贸(?!进出口)"), "进出口"),
)


def in_official_names(text: str) -> str:
    """``text`` with the names that reports use for what everyday ones mean."""
    for pattern, official in EVERYDAY:
        text = pattern.sub(official, text)
    return text
