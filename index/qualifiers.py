"""Words that bound or soften a figure: 以上, 不低于, about, up to."""

import re
from typing import Final

_AFTER: Final = {
    "以上": r"\s*(?:及?以上| or more| and above| or above| or higher)",
    "以下": r"\s*(?:以下|之下| or less| or below| or fewer)",
    "以内": r"\s*(?:以内|之内)",
    "左右": r"\s*(?:左右|上下| or so)",
}
_BEFORE: Final = {
    "不低于": r"不低于|不少于|至少|不得低于|不小于|at least|(?:no|not) less than|no fewer than|a minimum of",
    "不超过": r"不超过|没有?超过|未超过|不高于|不多于|不大于|最多|up to|(?:no|not) more than|not exceed(?:ing)?|at most",
    "超过": r"超过?|突破|(?<![经通越超不跨迈跃])过(?=[了\s]*$)|(?<![突打跨])破|逾|高于|多于|大于|迈上|迈过|跨过|越过|跨越|跨上|站上|跃上|over|more than|above|exceed(?:s|ed|ing)?|"
    r"surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)?",
    "以下": r"低于|少于|小于|不足|不到|不满|未到|below|under|less than|fewer than",
    "以内": r"within",
    "近": r"近|接近|将近|逼近|nearly|almost|close to",
    "约": r"(?:大?约|大概|差不多)[为是有]?|大致|about|around|approximately|roughly|some",
    "力争": r"力争(?:达到|突破|增长)?",
}
_AFTER_RULES: Final = {name: re.compile(pattern) for name, pattern in _AFTER.items()}
_BEFORE_RULES: Final = {
    name: re.compile(
        rf"(?:(?<![A-Za-z])|(?![A-Za-z]))(?:{pattern})(?:了| the | a )?\s*(?:RMB|US\$|\$|¥|￥)?\s*$",
        re.IGNORECASE,
    )
    for name, pattern in _BEFORE.items()
}
_LOOK_BACK: Final = 24


def qualifier_of(text: str, start: int, end: int) -> str:
    """The canonical qualifier right after or right before ``text[start:end]``, or ""."""
    if found := qualifier_after(text, end):
        return found
    before = text[max(0, start - _LOOK_BACK) : start]
    return next((name for name, rule in _BEFORE_RULES.items() if rule.search(before)), "")


def qualifier_after(text: str, end: int) -> str:
    """The canonical qualifier that begins at ``end``, or ""."""
    return next((name for name, rule in _AFTER_RULES.items() if rule.match(text, end)), "")
