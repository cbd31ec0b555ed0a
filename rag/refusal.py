"""Whether to answer at all: decided apart from what the answer is.

A small model that is told in the answering prompt that it may refuse refuses
nearly everything. Asked in a prompt of its own whether the clauses hold the
answer, it is a fair judge by the odds of its "yes", though not by the word
itself. Those odds, the similarity of the nearest clause, and whether a number
is asked for that no ledger record gives decide together, by a logistic
regression over questions of our own (``python -m evals.answerability`` fits it
anew). A ledger record that fits beyond doubt needs none of them, nor does a
clause that leads the others by far (``rag.leading``); and where even the least
sure verdict would change nothing, the model is not asked for one: it takes
seconds to read the clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from index.tokens import divisions, named_sights, nouns, person_names, place_names
from rag.amounts import (
    HOW_MANY,
    asks_heads,
    asks_number,
    counts_heads,
    has_number,
    has_rates_only,
    measured_in_english,
    measured_unit,
)
from rag.asked_kind import lacks_people
from rag.check_records import is_mean
from rag.coverage import covered, meaning
from rag.focus import segments
from rag.leading import leads, nearness_of
from rag.names import quoted_names
from rag.places import COUNTRY_SIGNS, named_by_signs
from rag.records import asks_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.searcher import Searcher
    from rag.types import Evidence, Found, Language, Query


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the logistic regression: the model's verdict, how near the nearest clause is, a number without a record; the constant."""

    verdict: float
    near: float
    unrecorded: float
    constant: float


_WEIGHTS: Final[dict[Language, Weights]] = {
    "zh": Weights(2.57, 4.51, -2.13, -6.14),
    "en": Weights(2.62, 2.53, -1.57, -0.84),
}
# Of other encoders nothing is known of what their similarities mean.
_WITHOUT_NEAR: Final[dict[Language, Weights]] = {
    "zh": Weights(3.04, 0.0, -2.10, -0.57),
    "en": Weights(3.26, 0.0, -1.77, 2.77),
}
# Of our own questions with lower odds whose text failed the checks, none was answered by the quoted clause.
_UNSURE: Final = 2.0
# Without a verdict of the model, so near a clause is taken for one that holds the answer.
_NEAR_ENOUGH: Final[dict[Language, float]] = {
    "zh": 1.0,
    "en": 0.7,
}  # a translation's words are not the report's
# The lowest of 377 verdicts on clauses that might answer a Chinese question was -0.28.
_LEAST_SURE: Final = -0.3
# A record that fits so well needs no verdict, if also each word of the question's subject stands in it:
# a modifier that does not (民营, 农村) makes another indicator of it.
_BEYOND_DOUBT: Final = 0.62
_ALL: Final = 0.999
_SEVERAL: Final = 2
# A clause that speaks of so much less of the question than the best one is not where its figure stands.
_AS_GOOD: Final = 0.7
# Of a translation, whose words need not be the report's, less is to be expected.
_AS_GOOD_IN_TRANSLATION: Final = 0.4
_ASKS_TIME: Final = re.compile(
    r"几月|哪个月|日期|什么时候|何时|哪一?天|几号(?!工程|[线路楼院门馆厅机井桥船文台])|哪一?年|几点"
)
_TIME: Final = re.compile(
    r"\d\s*[年月日]|年[底末初内]|[上下]半年|季度|今年|明年|[一二三四五六七八九十]月|“十[三四五六]五”"
)
_ASKS_DAY: Final = re.compile(
    r"几月|哪个月|日期|哪一?天|几号(?!工程|[线路楼院门馆厅机井桥船文台])|几点|\b(?:day|date|month)\b",
    re.IGNORECASE,
)
_FINISHED: Final = re.compile(
    r"[建修完竣]成|[建修弄搞]好|[修建]完|完工|竣工|通车|开通|投用|投产|建成|贯通|全线通|落成|开园|开馆"
)
_ASKS_PLACE: Final = re.compile(
    r"哪个?(?:区|县|区县|镇|乡|村|省|市|国家?|城市|地方)(?!域)|在哪(?:里|儿|$|[？?])|什么地方"
)
_DIVISION: Final = re.compile(r"哪个?(?:区县|区(?!域|间)|县|镇|街道)")
_ASKS_PERSON: Final = re.compile(r"谁(?!更|最|的)|哪(?:一?位|个人)|什么人")
_WHEN: Final = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:date|day|month|year|time)\b|\bby which\b", re.IGNORECASE
)
_WHERE: Final = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:[\w-]+ ){0,2}(?:city|cities|count(?:y|ies|ry)|countries|district|places?|province|town|region|area)",
    re.IGNORECASE,
)
_WHO: Final = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
# Who does something need not be a person.
_SOMEONE: Final = re.compile(
    r"委员?会?|[部厅局办署院校会所社][，。、；和与牵主负]|政府|公司|集团|大学|企业|单位|部门|机构|人[民员士]|同志|群众|队|团"
)
# The first clause of each side of a comparison tells it if it has so much of the question and a figure.
_TOLD_EACH: Final = 0.6
# Evidence that speaks of so much of the question speaks of what was asked.
_TELLING: Final = 0.5
_OF_SIZE: Final = re.compile(rf"总量|规模有?多大|单位[是为用：:]?[亿万]?元|{HOW_MANY.pattern}")
_OF_CHANGE: Final = re.compile(
    r"[增降涨跌减]了?(?:多少|几)(?![万亿千百]*[个家户项条件人名所座处套台辆吨斤元])"
)
_HOW_MANY: Final = re.compile(r"\bhow many (?!per ?cent|points?\b|more\b|times\b|fewer\b)", re.IGNORECASE)
_OF_GROWTH: Final = re.compile(r"增[长速幅]|[涨降]幅|涨|下降|提高|占比|比[例重]|率")
_ONLY_ADDED: Final = re.compile(
    r"[^，。；\d]*新[增建认]\D{0,12}\d[^，。；累总]*|[^，。；累总]*\d[^，。；累总]*(?:开通|通车|投用|建成|竣工)了?"
)
_OF_YEARS: Final = re.compile(r"年均|平均|每年|[五三四]年|期间|时期|以来")
_BESIDE_CHINA: Final = re.compile(
    rf"中[{COUNTRY_SIGNS}](?=文明|文化|人文|友好|合作|经贸|产业|贸易|自贸|班列|关系|国际|双边)"
)
_ASKS_WHERE: Final = re.compile(r"在哪(?:里|儿|$|[？?])|什么地方")
_SOMEWHERE: Final = re.compile(r"[在于从赴][\u4e00-\u9fff]{2}")
# Without a verdict, as for a summary, a quote or a heading, which are asked for by their subject alone: what is asked
# stands nowhere near the evidence.
_EDITION: Final = re.compile(r"第[一二三四五六七八九十\d]+届[\u4e00-\u9fff]{2,4}")
_UNCOVERED: Final = 0.15
_OF_ONE_THING: Final = frozenset({"figure", "fact", "list"})
_BY_SUBJECT: Final = frozenset({"summary", "wording", "section"})


@dataclass(frozen=True, slots=True)
class Confidence:
    """What the decision rests on.

    Attributes:
        best: share of the question's meaning that stands in the one clause that holds most of it, with its headings.
        near: similarity of the question to the nearest clause, in twentieths above that of strangers; None where
            the encoder is not the embedded one, or nothing depends on it.
        verdict: log-odds by the model that the evidence holds the answer; None without a model.
        fit: how well the words of the best slot's ledger record fit the question; 0 without a record.
        unrecorded: whether a number is asked for that no record gives.
        certain: whether that record, or a list, is what was asked for beyond doubt.
        leads: whether the first clause answers the question by its own words, so far is it ahead of the others.
        kind: whether the evidence holds the kind of thing that was asked for: a figure (in the unit that was
            named), a place, a date.
        strange: whether the question names a city or district of which the evidence does not speak.
        empty: slots for which nothing was found.
    """

    best: float
    near: float | None
    verdict: float | None
    fit: float
    unrecorded: bool
    certain: bool
    leads: bool
    kind: bool
    strange: bool
    empty: int


def assess(query: Query, found: tuple[Found, ...], searcher: Searcher) -> Confidence:
    """How far the evidence speaks of what was asked, before the model's verdict on it."""
    subject = meaning(query.topic, searcher.idf)
    texts = tuple("\n".join((*one.headings, one.quote)) for part in found for one in part.evidence)
    empty = sum(not part.evidence for part in found)
    strange = _is_strange(query, texts) or _is_told_elsewhere(query, found, texts, searcher)
    hopeless = bool(query.missing) or empty == len(found) or strange
    fit = max((part.fit for part in found), default=0.0)
    asked = query.wanted in {"figure", "comparison"} and asks_number(query.text)
    unrecorded = asked and not any(part.record for part in found)
    sure = fit >= _BEYOND_DOUBT and covered(subject, "\n".join(_stated(found))) >= _ALL
    certain = sure or all(part.listed for part in found)
    settled = hopeless or certain or _compares_records(query, found)
    near = () if settled else nearness_of(query, found, searcher)
    return Confidence(
        best=max((one.covered for part in found for one in part.evidence), default=0.0),
        near=max(near, default=None),
        verdict=None,
        fit=fit,
        unrecorded=unrecorded,
        certain=certain,
        leads=not settled and leads(query, found, near, unrecorded=unrecorded),
        kind=_has_kind(query, found),
        strange=strange,
        empty=empty,
    )


def is_open(query: Query, found: tuple[Found, ...], confidence: Confidence) -> bool:
    """Whether a verdict of the model is weighed at all: nothing else rules an answer out, or makes it certain."""
    ruled_out = query.missing or confidence.empty == len(found) or confidence.strange or not confidence.kind
    settled = ruled_out or confidence.certain or _compares_records(query, found) or _tells_each(query, found)
    return not settled and query.wanted not in _BY_SUBJECT


def asks_verdict(query: Query, found: tuple[Found, ...], confidence: Confidence) -> bool:
    """Whether the model's verdict could decide: not where even the least sure one speaks for an answer.

    If the model is to word that answer, it must not make its text a doubtful one either.
    """
    if confidence.leads or not is_open(query, found, confidence):
        return False
    worded = query.wanted == "figure" and found[0].record is not None
    least = odds(query.language, replace(confidence, verdict=_LEAST_SURE))
    return confidence.near is None or least < (0.0 if worded else _UNSURE)


def refuses(query: Query, found: tuple[Found, ...], confidence: Confidence) -> bool:
    """Whether the reports do not hold an answer."""
    if query.missing or confidence.empty == len(found) or not confidence.kind or confidence.strange:
        return True
    recorded = all(part.record for part in found) and _compares_records(query, found)
    told = recorded or _tells_each(query, found)
    if confidence.certain or confidence.leads or told:
        return False
    if confidence.verdict is None:
        far = confidence.near is None or confidence.near < _NEAR_ENOUGH[query.language]
        return not confidence.fit and confidence.best < _UNCOVERED and far
    return odds(query.language, confidence) < 0


def is_doubtful(query: Query, confidence: Confidence) -> bool:
    """Whether so little speaks for an answer that a model's text of which nothing stands decides against it."""
    return confidence.verdict is not None and odds(query.language, confidence) < _UNSURE


def features(confidence: Confidence) -> tuple[float, float, float]:
    """What is weighed, in the order of ``Weights``."""
    return confidence.verdict or 0.0, confidence.near or 0.0, float(confidence.unrecorded)


def odds(language: Language, confidence: Confidence) -> float:
    """Log-odds that the evidence holds the answer, by the weights for ``language``."""
    weights = (_WITHOUT_NEAR if confidence.near is None else _WEIGHTS)[language]
    verdict, near, unrecorded = features(confidence)
    return (
        weights.verdict * verdict + weights.near * near + weights.unrecorded * unrecorded + weights.constant
    )


def _stated(found: tuple[Found, ...]) -> tuple[str, ...]:
    """The words of the ledger records themselves, with their headings: beside them stand other indicators."""
    return tuple(
        "\n".join((*one.headings, one.record.indicator, one.record.quote))
        for part in found
        for one in part.evidence
        if one.record
    )


def _has_kind(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether the evidence holds the kind of thing that was asked for, as far as that can be told by its form."""
    quotes = [one.quote for part in found for one in part.evidence]
    if query.wanted == "figure" and (
        lacks_people(
            f"{query.text} {query.asked}",
            quotes,
            [one.record.quote if one.record else one.focused for part in found for one in part.evidence],
        )
        or _is_of_another_kind(query, found)
        or _tells_rates(query, found)
    ):
        return False
    if query.wanted == "figure" and asks_number(query.text):
        return _gives_number(query, found)
    if query.wanted == "fact" and _asks(query, _ASKS_PERSON, _WHO):
        # Who is called by the quoted words need not look like a person.
        called = quoted_names(query.asked)
        return any(
            _SOMEONE.search(quote) or person_names(quote) or any(name in quote for name in called)
            for quote in quotes
        )
    if query.wanted != "comparison" and _asks(query, _ASKS_TIME, _WHEN):
        return any(_TIME.search(quote) for quote in quotes) or _is_due(query, found)
    # Which of two provinces has more is asked of those two.
    if query.wanted != "section" and len(query.places) < _SEVERAL and _asks(query, _ASKS_PLACE, _WHERE):
        own = {place[:2] for place in query.places}
        # Not every name of a place is known to the tagger: 在酒泉升空.
        quotes = [one.quote for one in _meant(found, surely=_DIVISION.search(query.text) is not None)]
        somewhere = any(_SOMEWHERE.search(quote) for quote in quotes) and _ASKS_WHERE.search(query.text)
        return bool(somewhere) or any(name[:2] not in own for quote in quotes for name in _places(quote))
    return True


def _places(quote: str) -> list[str]:
    """The places that ``quote`` names, provinces side by side and other countries by one sign too: 鲁渝协作, 中希文明."""
    return [*place_names(quote), *named_by_signs(quote), *_BESIDE_CHINA.findall(quote)]


def _is_due(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether it is asked when something is finished, and a clause says so of its year (2024年目标：建成……)."""
    if _ASKS_DAY.search(query.text):
        return False
    things = [noun for noun in nouns(query.topic) if not _FINISHED.search(noun)]
    return _FINISHED.search(query.text) is not None and any(
        one.period.year is not None and _finishes(one.focused, things)
        for part in found
        for one in part.evidence
    )


def _finishes(text: str, things: Sequence[str]) -> bool:
    """Whether the part of ``text`` that speaks most of the ``things`` says that one is finished."""
    best = max(
        (text[start:end] for start, end in segments(text)),
        key=lambda part: sum(thing in part for thing in things),
    )
    return any(thing in best for thing in things) and _FINISHED.search(best) is not None


def _asks(query: Query, words: re.Pattern[str], english: re.Pattern[str]) -> bool:
    """Whether ``query`` asks by ``words``; an English one by its own, as a translation may ask for something else."""
    return words.search(query.text) is not None and (
        query.language == "zh" or english.search(query.asked) is not None
    )


def _gives_number(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether a number, in the unit that was named, stands where the evidence speaks of what was asked, if it does anywhere."""
    english = measured_in_english(query.asked) if query.language == "en" else ""
    if english:
        # How much of it each clause speaks of is told by the translator's words, not by the person's.
        return any(has_number(one.quote, english) for part in found for one in part.evidence)
    if query.language == "zh" and asks_heads(query.text):
        return any(counts_heads(one.quote) for one in _meant(found, surely=True))
    unit = measured_unit(query.text)
    least = _AS_GOOD if query.language == "zh" else _AS_GOOD_IN_TRANSLATION
    return any(has_number(one.quote, unit) for one in _meant(found, least, surely=bool(unit)))


def _meant(found: tuple[Found, ...], least: float = _AS_GOOD, *, surely: bool = False) -> list[Evidence]:
    """The evidence that speaks of what was asked at ``least`` so much as the best, where that speaks of it ``surely``, or of half of it."""
    evidence = [one for part in found for one in part.evidence]
    best = max((one.covered for one in evidence), default=0.0)
    return [one for one in evidence if not (surely or best >= _TELLING) or one.covered >= least * best]


def _is_of_another_kind(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether what was added is all that stands there for a total, or a mean of several years for one year's figure."""
    if asks_total(query.text) and all(map(_tells_additions, found)):
        return True
    return not _OF_YEARS.search(query.text) and all(map(_tells_a_mean, found))


def _tells_rates(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether how many there are of something in all is asked, and what would answer it is a rate."""
    sized = (_OF_SIZE.search(query.text) and not _OF_GROWTH.search(query.text)) or (
        query.language == "en" and _HOW_MANY.search(query.asked)
    )
    if _OF_CHANGE.search(query.text) or not (sized or asks_total(query.text)):
        return False
    records = [part.record for part in found if part.record]
    told = [one.quote for one in records] or [one.quote for part in found for one in part.evidence]
    return has_rates_only("，".join(told))


def _tells_additions(part: Found) -> bool:
    """Whether the best evidence of ``part`` has a figure only of what was added."""
    return (
        bool(part.evidence) and _ONLY_ADDED.fullmatch(part.evidence[0].focused.strip("，。；、")) is not None
    )


def _tells_a_mean(part: Found) -> bool:
    """Whether the best evidence of ``part`` has only the mean of several years, which is no year's figure."""
    best = part.evidence[0].focused if part.evidence else ""
    return is_mean(best) and len(find_quantities(best)) == 1


def _is_strange(query: Query, texts: tuple[str, ...]) -> bool:
    """Whether ``query`` names a city, district, firm or sight (洪崖洞) that is neither a place asked about nor in the evidence."""
    asked = "".join(query.places)
    names = [name for name in divisions(query.text) if name not in asked]
    if any(not any(name[:-1] in text for text in texts) for name in names):
        return True
    sights = named_sights(query.text) if query.language == "zh" and query.wanted in _OF_ONE_THING else ()
    return any(
        not any(name[:_SEVERAL] in text for text in texts) for name in sights if name[:_SEVERAL] not in asked
    )


def _is_told_elsewhere(
    query: Query, found: tuple[Found, ...], texts: tuple[str, ...], searcher: Searcher
) -> bool:
    """Whether ``query`` names an event by its number (第十四届中国艺术节) that the reports asked have, and none of the evidence."""
    asked = {report for part in found for report in part.slot.filters.reports}
    reports = [searcher.library.parsed(one).report.text for one in sorted(asked)]
    return any(
        not any(name in text for text in texts) and any(name in report for report in reports)
        for name in _EDITION.findall(query.text)
    )


def _compares_records(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether code will compare ledger records, each of which was matched to the question by itself."""
    return query.wanted == "comparison" and len(found) > 1 and any(part.record for part in found)


def _tells_each(query: Query, found: tuple[Found, ...]) -> bool:
    """Whether of each side of a comparison the first clause tells, in the question's own words and with a figure."""
    if query.wanted != "comparison" or len(found) <= 1 or query.language != "zh":
        return False
    unit = measured_unit(query.text)
    firsts = [part.evidence[0] for part in found if part.evidence]
    return len(firsts) == len(found) and all(
        one.covered >= _TOLD_EACH and has_number(one.focused, unit) for one in firsts
    )
