"""A reply by the ledger's records: each in the report's own words, and what they say of each other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import nouns
from rag.amounts import has_number
from rag.citing import cite, numbered
from rag.comparison import compared
from rag.focus import segments_around
from rag.pairing import SCALES, same_measure
from rag.phrasing import of_place, quoted, recorded, stated, when
from rag.places import english_name
from rag.quoting import Reply, quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Indicator
    from rag.types import Citation, Evidence, Found, Language, Query, Slot

# A clause may stand in for a record if it speaks of about half as much of the question as the other records' clauses.
_AS_MUCH: Final = 0.4


_SOMETHING: Final = 0.1
_EACH: Final = re.compile(r"分别")
_ASKED_EACH: Final = re.compile(
    r"分别|各(?:自|是|有|想|要|达到?|占|完成|实现|办|建|修|装|治)*了?(?:多少|几|[^，。？?]{0,4}到多少)"
)
_HOW_MUCH: Final = re.compile(
    r"多少|百分之几|什么程度|几成|(?<![哪第那这好])几(?=\w)|多[大长高远]|\bhow (?:many|much|fast|long)\b",
    re.IGNORECASE,
)
_LAST_SIGNS: Final = 4
_TWO: Final = 2
_COUNTED_THING: Final = re.compile(r"\d[\d.]*[万亿]?[个家座条项所台套处名户]([\u4e00-\u9fff]{2,4})")


def by_records(query: Query, found: Sequence[Found]) -> Reply:
    """Each slot's record in the report's own words; slots without one by a clause that can stand in, or as missing."""
    known = [part for part in found if part.record]
    whole = [one for part in found if not part.record and (one := _told_beside(part.slot, known))]
    if whole:
        return replace(quotes(query, whole), status="answered")
    places = len({part.slot.place for part in found}) > 1
    said: list[tuple[Citation, str]] = []
    missing = []
    for part in found:
        one = _holder(part)
        if one and part.record and _asks_several(query.text, one, alone=len(found) == 1):
            citation = cite(replace(one, record=None))
            said.append((citation, quoted(one, citation.quote, query.language, named=places)))
        elif one and part.record:
            words = _in_words(part.record, query.language, alone=len(found) == 1, places=places)
            said.append((cite(one), words))
        elif (other := _told_apart(part) or _stand_in(part, known)) is not None:
            citation = cite(other)
            said.append((citation, quoted(other, citation.quote, query.language, named=places)))
        else:
            missing.append(_named(part.slot, query.language))
    said = list(dict.fromkeys(said))  # what one part of a clause tells of two of them is said once
    # Two records may stand in one place: 汽车、餐饮消费分别增长8.5%、20.6%.
    places_of = list(dict.fromkeys(citation for citation, _ in said))
    citations = numbered(places_of)
    joiner = "" if query.language == "zh" else " "
    each = [f"{words}[{places_of.index(citation) + 1}]" for citation, words in said]
    if len(said) == len(found):
        each = _with_outcomes(query, found, each, [places_of.index(citation) + 1 for citation, _ in said])
    text = joiner.join(each)
    if not missing:
        return Reply(text, "answered", citations)
    gap = (
        f"报告未提及：{'、'.join(missing)}。"
        if query.language == "zh"
        else f" Not in the reports: {', '.join(missing)}."
    )
    return Reply(text + gap, "partial", citations)


def _with_outcomes(
    query: Query, found: Sequence[Found], each: Sequence[str], marks: Sequence[int]
) -> list[str]:
    """``each`` of what is told, behind the goal and the result of one of several things what they say of each other."""
    told = list(each)
    for at in range(0, len(found) - 1, 2) if len(found) > _TWO and len(found) % 2 == 0 else ():
        goal, result = found[at], found[at + 1]
        pair = goal.slot.statuses == ("target",) and result.slot.statuses == ("actual",)
        if not (pair and goal.slot.years == result.slot.years and goal.slot.place == result.slot.place):
            continue
        if goal.record and result.record and same_measure(goal.record, result.record):
            conclusion = compared([goal.record, result.record], query.language)
            told[at + 1] += f"{conclusion}[{marks[at]}][{marks[at + 1]}]" if conclusion else ""
    return told


def _asks_several(text: str, one: Evidence, *, alone: bool = False) -> bool:
    """Whether ``text`` asks for each of several things, of which the part of the clause that is meant tells together.

    As 分别突破8500家和6万家, or 17个智能工厂、224个数字化车间 where both are named; where the clause stands ``alone``,
    also "how many lines, and how many passengers".
    """
    told = one.focused
    if _ASKED_EACH.search(text) and (_EACH.search(told) or _is_of_one_unit(told)):
        # Beside others, each of its slots may be meant: 目标和实际各是多少.
        return alone or _names_several(text, told)
    if alone and _EACH.search(told) and _names_several(text, told):
        return True  # 低保提到多少了？特困人员呢？
    if _ASKED_EACH.search(text) and _names_parts(text, told):
        return True
    if alone and len(_HOW_MUCH.findall(text)) > 1:
        return sum(one.kind == "amount" for one in find_quantities(told)) > 1
    return sum(thing in text for thing in dict.fromkeys(_COUNTED_THING.findall(told))) > 1


def _things(told: str) -> list[str]:
    """What a clause tells of together: 高新技术企业、科技型企业 of 高新技术企业、科技型企业分别突破8500家和6万家."""
    before = (
        _EACH.split(told)[0] if _EACH.search(told) else re.sub(r"\d[\d.万亿]*[\u4e00-\u9fff%％]?", "", told)
    )
    return [
        one for one in re.split(r"[，、；]|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", before) if len(one) > 1
    ]


def _names_parts(text: str, told: str) -> bool:
    """Whether ``text`` names things of at least two parts of a clause that have figures of their own: 窨井盖5.9万个、安装监测系统1271台."""
    parts = [
        part
        for part in re.split(r"[，、；]", told)
        if any(one.kind == "amount" for one in find_quantities(part))
    ]
    own = [{noun for noun in nouns(part) if len(noun) > 1} for part in parts]
    alone = [names - set().union(*(own[:i] + own[i + 1 :])) for i, names in enumerate(own)]
    return sum(any(noun in text for noun in names) for names in alone) > 1


def _names_several(text: str, told: str) -> bool:
    """Whether ``text`` names at least two of the things that a clause tells of together, by their first or last signs."""
    named = (thing[:_TWO] in text or thing[-_LAST_SIGNS:] in text for thing in _things(told))
    return sum(named) > 1


def _is_of_one_unit(told: str) -> bool:
    """Whether several things are counted alike: 办理甲类建议30件、乙类提案20件."""
    units = [one.unit for one in find_quantities(told) if one.kind == "amount"]
    return len(units) > 1 and len(set(units)) == 1


def _told_beside(slot: Slot, known: Sequence[Found]) -> Evidence | None:
    """The clause of another slot's record as far as it also tells of the year of this one: 由去年的10.7%提高到14%."""
    for part in known:
        one, record = _holder(part), part.record
        if one is None or record is None or part.slot.place != slot.place:
            continue
        before = "|去年|上年" if record.year is not None and record.year - 1 in slot.years else ""
        named = "|".join(f"{year}年" for year in slot.years)
        then = re.search(f"(?:{named}{before})的", one.quote) if named else None
        if then is None or not one.start <= record.start < record.end <= one.end:
            continue
        first, last = min(record.start - one.start, then.start()), max(record.end - one.start, then.end())
        return replace(one, record=None, focus=segments_around(one.quote, first, last))
    return None


def _holder(part: Found) -> Evidence | None:
    """The clause that holds the record of ``part``."""
    return next((one for one in part.evidence if one.record), None)


def _told_apart(part: Found) -> Evidence | None:
    """The clause that tells one of several things that were looked for one by one, where the ledger has no record of it."""
    return replace(part.evidence[0], record=None) if part.listed and part.evidence else None


def _stand_in(part: Found, known: Sequence[Found]) -> Evidence | None:
    """The clause of a slot without a record that gives a figure in the unit of the others', and speaks of as much."""
    units = {other.record.unit for other in known if other.record}
    spoken = min((one.covered for other in known if (one := _holder(other))), default=1.0)
    least = max(_SOMETHING, _AS_MUCH * spoken)
    return next(
        (
            replace(one, focus=None, record=None)
            for one in part.evidence
            if one.covered >= least and any(has_number(one.quote, unit.lstrip(SCALES)) for unit in units)
        ),
        None,
    )


def _in_words(record: Indicator, language: Language, *, alone: bool, places: bool) -> str:
    """A record as a sentence: a whole one where it stands alone, with its place where there are several."""
    if alone:
        return stated(record, language)
    told = recorded(record, language)
    if not places:
        return told
    return f"{record.place}{told}" if language == "zh" else of_place(told, record.place)


def _named(slot: Slot, language: Language) -> str:
    """A slot in words: 重庆市2024年目标."""
    status = slot.statuses[0] if slot.statuses else "policy"
    times = [when(year, status, language) for year in slot.years]
    if language == "en":
        return " ".join((english_name(slot.place), *times))
    return "".join((slot.place, *times))


def by_comparison(query: Query, found: Sequence[Found]) -> Reply:
    """All records with what they say of each other."""
    reply = by_records(query, found)
    records = [part.record for part in found if part.record]
    if any(_asks_several(query.text, one) for part in found if (one := _holder(part))):
        return reply
    alike = all(same_measure(records[0], other) for other in records) or (
        len({(one.value, one.unit) for one in records}) == 1
    )
    # Two things at two times: what they say of each other is not one sentence.
    alike = alike and (len(records) <= _TWO or len({part.slot for part in found}) == len(found))
    if len(records) < len(found) or not alike:
        return reply
    marks = "".join(f"[{citation.marker}]" for citation in reply.citations)
    conclusion = compared(records, query.language, query.asked)
    joiner = "" if query.language == "zh" else " "
    return Reply(
        reply.text + (f"{joiner}{conclusion}{marks}" if conclusion else ""), "answered", reply.citations
    )
