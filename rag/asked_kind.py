"""The kind of thing that a question asks for by its words: which districts, which firm, in which month, of which people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.gazetteer import gazetteer
from index.tokens import divisions, place_names
from rag.places import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_WHICH: Final = r"哪(?:些|[一二两三四五六七八九十几\d]*[个家所座位名处条支]?)"
_PLACES: Final = re.compile(rf"{_WHICH}(?:区县|区市县|城市|市县|省份|省市|乡镇|街道|[区县省镇](?![域级内]))")
_BODY: Final = re.compile(rf"{_WHICH}(?P<body>公司|企业|单位|部门|机构|医院|学校|大学|高校|学院|银行|集团)")
_MONTH: Final = re.compile(r"(?:几|哪个?|多少)月|几号|哪[一几]?天")
_DATE: Final = re.compile(r"[月日底初]|季度|上半年|下半年")
_NAME: Final = re.compile(r"[“《][^”》]+[”》]|[A-Za-z]{3,}")

# Guests from abroad are not all guests.
_FOREIGNERS: Final = re.compile(
    r"(?:外国|境外|国外|海外|入境)的?(?:游客|旅客|客人|学生|留学生|人)|\b(?:foreign|overseas|international|inbound) (?:tourist|visitor|travell?er|guest|student|arrival)s?\b",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(r"外国|境外|国外|海外|入境|外籍|国际|来华|外宾|港澳")
# Nor is the rate of those of an age the rate of all.
_OF_AN_AGE: Final = re.compile(
    r"青年|年轻人|青少年|应届|\d周?岁|\byouth\b|\byoung (?:people|adults?|workers?|job)|\b\d+(?:[-–]| to )\d+[- ]year[- ]olds?",
    re.IGNORECASE,
)
_AGED: Final = re.compile(r"青|年轻|毕业|学生|儿童|少年|岁|孩|婴幼")
_RATE_OF_PEOPLE: Final = re.compile(r"失业|率|\b(?:un)?employment\b|\bjobless\w*|\brate\b", re.IGNORECASE)


def lacks_kind(question: str, texts: Iterable[str], home: Iterable[str] = ()) -> bool:
    """Whether none of ``texts`` can hold what a Chinese ``question`` asks for by its kind.

    Districts need the name of a place that is neither in the question nor one of the ``home`` places; firms and
    offices the word for one, or a name; a month or a day a date.
    """
    held = list(texts)
    body = _BODY.search(question)
    if body is not None:
        return not any(body["body"] in text or _NAME.search(text) for text in held)
    if _MONTH.search(question):
        return not any(_DATE.search(text) for text in held)
    if _PLACES.search(question):
        known = {short_name(place) for place in home}
        return not any(
            name not in question and short_name(name) not in known
            for text in held
            # The tagger takes 城市 and 法治化 for places, too.
            for name in (*divisions(text), *(one for one in place_names(text) if one in gazetteer()))
        )
    return False


def lacks_people(question: str, texts: Iterable[str], parts: Iterable[str]) -> bool:
    """Whether ``question`` asks of people from abroad, and ``texts`` speak of people as such only, or for a rate of those of an age, and the ``parts`` that tell it do."""
    if _FOREIGNERS.search(question) and not any(_FOREIGN.search(text) for text in texts):
        return True
    aged = _OF_AN_AGE.search(question) is not None and _RATE_OF_PEOPLE.search(question) is not None
    return aged and not any(_AGED.search(part) for part in parts)
