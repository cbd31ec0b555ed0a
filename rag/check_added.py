"""What a claim says beyond the wording that bears out the rest of it: a cause, a share, a price, a time, a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.gazetteer import gazetteer
from index.glossary import is_common
from index.tokens import place_names, words
from rag.check_cause import is_explained, names_cause
from rag.check_elsewhere import strange_site
from rag.check_reading import OF_REPORT
from rag.places import ANYWHERE, spoken_of

if TYPE_CHECKING:
    from rag.check_reading import Place, Reading

_PARTS: Final = re.compile(r"[，,；;]")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_FREE_OF_CHARGE: Final = re.compile(
    r"免费|不收[费钱]|不要钱|一分钱(?:都|也)?不(?:用|要|需)?(?:交|花|掏|出|收)|不花钱|无偿|\bfree of charge\b|\bfor free\b|\bat no cost\b",
    re.IGNORECASE,
)
_FREED: Final = re.compile(r"免|不收|无偿|减|惠|零(?:费用|收费|成本|跑腿)")
# What a part adds to the one before: 其中一半以上由柳州企业生产, 主要是靠手机出口, 比原计划提前半年.
_OF_IT: Final = re.compile(
    r"(?:全部|全都|都|主要|统统|悉数)?(?:转?投[向入到给]|用[于在到来]|[花拨发]在?[了到给]|划[给拨]|补贴给|留给)了?(?=[^，。]{2})|其中(?!包括|含)|(?:主要|多半|大多|大部分)(?:是|靠|由|归|集中|来自|得益)|多数|大多|大部分|(?:超过?|近|约)?一?半(?:以上)?|过半|比(?:原|预)[计定期]|比原来的?(?:计划|预期)|提前|[^，。]{0,10}以[^，。]{2,14}为主|有\d+[^，。]{1,4}?(?:是|为|来自|属于)|(?:但是?|不过|然而|可是|只是)[^，。]{2,}?(?:[升降增减涨跌]|[多少高低快慢]了)"
)
_DIVISION: Final = re.compile(r"(?![全我本各外整城景地])[\u4e00-\u9fff]{2,6}[市区县州]")
# No more than this share of its words stands in the clause.
_HARDLY: Final = 0.2
# A part of a year. That something is to be done in a year is told of its end, too.
_SEASON: Final = re.compile(
    r"国庆|春节|元旦|中秋|端午|清明|五一(?:劳动节|假期|前|期间)|[暑寒]假|[上下]半年|[一二三四]季度|(?<!\d)\d{1,2}月(?:份|底|初|前|\d|，|$)"
)
_RECORD: Final = re.compile(
    r"历史新高|历史最[高好多大]|新[纪记]录|破[纪记]录|创(?:下|造)?了?(?:历史)?新高|有史以来|前所未有|\b(?:record high|all-time high)\b",
    re.IGNORECASE,
)
_EVER: Final = re.compile(r"新高|[纪记]录|历史|最[高好多大]|首次|前所未有|以来")
_SEQUEL: Final = re.compile(
    r"(?:而且|并且|且)?(?:此后|随后|后来|之后|其后|接着|比(?:疫情|以前|以往|往年|过去|从前)[前时]?)(?:还|又|也|都|已经|已)*"
)
_TIME_OF_YEAR: Final = re.compile(r"月|季|节|半年|假期|国庆|元旦|五一|年初|年中")


def adds_to(reading: Reading, place: Place) -> bool:
    """Whether the claim says what neither the clause of ``place`` nor what stands above it does."""
    return (
        _adds_cause(reading, place)
        or _adds_part(reading, place)
        or _adds_price(reading, place)
        or _adds_year(reading, place)
        or _adds_season(reading, place)
        or _adds_place(reading, place)
        or _adds_record(reading, place)
        or _adds_sequel(reading, place)
    )


def _adds_cause(reading: Reading, place: Place) -> bool:
    """Whether a claim says to what something is owed, and the clause that bears out the rest of it owes it to nothing."""
    said = f"{reading.text}\n{reading.claim.text}"
    return names_cause(said) and not is_explained(place.clause.text)


def _adds_part(reading: Reading, place: Place) -> bool:
    """Whether a part of the claim tells a share of it, what it is owed to, or how far it is ahead of plan, that stands nowhere near."""
    held = "\n".join((place.clause.text, *place.clause.section))
    for part in _PARTS.split(reading.text)[1:]:
        told = [word for word in words(reading.own.sub("", part)) if len(word) > 1]
        size = sum(map(len, told))
        if _OF_IT.match(part) and sum(len(word) for word in told if word in held) <= _HARDLY * size:
            return True
    return False


def _adds_price(reading: Reading, place: Place) -> bool:
    """Whether the claim says that something costs nothing, of which the clause does not speak."""
    held = "\n".join((place.clause.text, *place.clause.section))
    said = f"{reading.text}\n{reading.claim.text}"
    return _FREE_OF_CHARGE.search(said) is not None and not _FREED.search(held)


def _adds_year(reading: Reading, place: Place) -> bool:
    """Whether the claim tells of a year after that of the report which does not stand in the clause: 预计2028年建成."""
    held = "\n".join((place.clause.text, *place.clause.section, str(place.clause.period.year)))
    later = (
        year
        for year in _YEAR.findall(OF_REPORT.sub("", reading.text))
        if int(year) > place.report.parsed.report.year
    )
    return any(year not in held for year in later)


def _adds_season(reading: Reading, place: Place) -> bool:
    """Whether the claim says in which part of the year something is, where the clause names none: 国庆节前开放."""
    said = _SEASON.search(reading.own.sub("", reading.text))
    return said is not None and not _TIME_OF_YEAR.search(
        "\n".join((place.clause.text, *place.clause.section))
    )


def _adds_record(reading: Reading, place: Place) -> bool:
    """Whether the claim calls something the most there ever was, of which the clause does not speak: 创下历史新高."""
    held = "\n".join((place.clause.text, *place.clause.section))
    return _RECORD.search(reading.text) is not None and not _EVER.search(held)


def _adds_sequel(reading: Reading, place: Place) -> bool:
    """Whether a later part of the claim tells what came after, or was before, of which no word stands in the clause: 此后还在海外巡演."""
    held = "\n".join((place.clause.text, *place.clause.section))
    for part in _PARTS.split(reading.text)[1:]:
        told = [word for word in words(_SEQUEL.sub("", part)) if len(word) > 1]
        if _SEQUEL.match(part) and told and not any(word in held for word in told):
            return True
    return False


def _adds_place(reading: Reading, place: Place) -> bool:
    """Whether the claim names a place of which neither the clause nor what stands above it speaks: 校址选在渝中区, 在福建并网."""
    report = place.report.parsed.report
    held = "\n".join((place.clause.text, *place.clause.section, report.place, report.title))
    text = reading.text
    held += "".join(spoken_of(held))
    named = [
        name
        for name in place_names(text)
        if _DIVISION.fullmatch(name)
        or (name in gazetteer() and not is_common(name) and not ANYWHERE.match(name))
    ]
    return any(name[:2] not in held for name in named) or strange_site(text, held) != ""
