"""A claim in other words: the clauses that may speak of it, and what of it stands in them.

What is observed of a claim here decides nothing by itself; ``rag.check_weighing``
weighs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from index.encoder import EMBEDDED
from index.quantities import find_quantities
from index.searcher import Filters
from index.thesaurus import in_terms_of
from index.tokens import index_terms, nouns, words
from rag.check_align import content_of
from rag.check_comparison import LESS_THAN
from rag.check_complete import is_otherwise_complete
from rag.check_elsewhere import elsewhere, is_of_another_number, renumbered, swapped
from rag.check_figures import figures_of, share_of
from rag.check_kinds import NOT_BUT, is_listed_no_longer, opposed
from rag.check_lists import beyond_bound
from rag.check_reading import OF_REPORT, Place, time_conflict
from rag.check_text import plain
from rag.check_vague import in_figures
from rag.everyday import EVERYDAY, in_official_names
from rag.evidence import gather
from rag.focus import focus
from rag.places import named_by_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.searcher import Searcher
    from rag.check_reading import Reading
    from rag.check_reports import ReportText
    from rag.verdicts import Difference

    Idf = Callable[[list[str]], Mapping[str, float]]

_HITS: Final = 4
# Similarities of the embedded encoder lie close together: the usual one counts as 0, and a tenth as one.
_ORIGIN: Final = 0.9
_SPREAD: Final = 10
_LONGEST: Final = 110
_NAMES_IT: Final = 0.34
_SEGMENT: Final = re.compile(r"[^，；。！？]+[，；。！？]*")
# What softens a figure says nothing of its own.
_SOFTENING: Final = re.compile("不足|将近|接近|大约|还要?")
_DETAIL: Final = re.compile(
    r"大多|大部分|多数|以[^，。]{2,14}为主|主要(?:是|在|来自|分布|集中|靠|因为|由于|以|[投用花]在?[了于向到在])|集中在|"
    r"由[^，。；]{2,12}?(?:兼任|担任|牵头|领衔|承建|主导)|(?<!历史)(?<!历史上)(?<!以来)最[高多大低少快慢](?:的|是|(?=[（(，。；]|$))|都(?:在(?!里面|其中|内)|来自|是)|全部(?:在|来自)|平均(?=[每下不只要\d])|总投资|因为|由于|"
    r"\b(?:most(?:ly)? of|mainly|mostly|majority|largest share|because|due to|on average|total cost|in total)\b",
    re.IGNORECASE,
)
# 每千人企业数量 is a mean.
_PER: Final = re.compile(r"每|人均|户均|日均")
_MONTH: Final = re.compile(r"(?<!\d)1?\d月(?!龄)")
DENIAL: Final = re.compile(
    r"没[有能]|(?<![淹沉吞埋出泯隐覆])没(?![收落顶食入辙错准关]|守住|保住|扛住|缓过|逃过|躲过|想到|料到)|未(?![来雨知必婚]|成年)|[并暂]不|不(?:再|会|是|能|准|许|予|得|用|必|需|列|纳|含|收|设|建|开|搞|[作做])|维持原样|保持不变|原封不动|并非|取消|停止|放弃|解禁|叫停|废止|零(?=感染|事故|伤亡|死亡|亡人|病例|投诉|差错|违约|发案|复发)"
)

# 还剩一成没有交付 tells how much is left, and denies nothing.
_LEFT: Final = re.compile(r"(?:剩|还有|[尚仍]有)[^，。；]{0,12}?(?:没有?|[尚还]?未)")
# 一分钱不用掏 tells that it is free.
_FREE: Final = re.compile(
    r"(?:一分(?:钱|也|都))*不(?:用|必|需要?)再?(?:自己)?[花掏出付交](?:一分)?(?:钱|费用?)?"
)
# 过紧日子不是空话 affirms.
_NO_EMPTY_WORDS: Final = re.compile(
    r"(?:可?不|并?没|并非|绝非|绝不)(?:再|只|光)?(?:是|有)?(?:停留在|说说|喊喊|一句|纯粹)?(?:空话|空谈|空喊|口号|虚言|假话|大话|摆设|摆样子|做样子|而已|纸面上?|嘴上|小数目?|小事|偶然)"
)
# 没有一个落下 says that it holds of all; 没有回避问题 that it was told.
_OF_ALL: Final = re.compile(
    r"(?:没有?|无)(?:一[个家处座条项户例]|哪[个家座条])[^，。；]{0,8}?(?:落下|落在|掉队|例外|遗漏|漏掉|缺席|拉下|超过|掉到|低于)|没有?例外|"
    r"一[个家处座条项户](?:也|都)?[没不](?:落下|漏|少|剩)|没有?(?:回避|避讳|避开|掩饰|隐瞒)"
)
# That none is left denies as 没有 does; 还没有清零 says that there are some.
_NIL: Final = re.compile(r"清了?零(?!行动|攻坚|计划)")
_SOME_LEFT: Final = re.compile(r"(?:没有?|未能?)[^，。；没未]{0,8}清了?零")
# Of the things of the part before it: 对照……的目标，部分指标没有达到预期.
_NOT_REACHED: Final = re.compile(r"(?:没有?|未)能?(?:达到|完成|实现)")
_NOT_YET: Final = re.compile(r"(?:还|尚|仍|目前|暂时?)(?:没有?|未)")
_BOUND: Final = re.compile(r"(?:没有?|未|不)(?:超过|突破|达到|到|足|低于|少于)(?=\d)")


@dataclass(frozen=True, slots=True)
class Observed:
    """What of a claim stands in one official wording.

    Attributes:
        place: the wording.
        label: its time, for a reader ("2023年实绩"); "" if it has none.
        cover: share of the claim's content, by inverse document frequency, that stands in it or its headings.
        nouns: the same of its nouns alone.
        tail: the same of the second half of its content, which says what is told of the first.
        known: share of its nouns that the whole report holds.
        held: whether the claim has figures, and all of them agree with the wording's.
        other: whether a figure of the claim differs from that of the same thing.
        absent: whether a figure of the claim has no counterpart.
        differing: pairs of a stated figure and the official one in its place.
        times: where the claim's year or status is another one.
        opposed: whether the one goes up where the other goes down.
        denied: whether only one of them denies something.
        incomplete: whether one says that all is done, the other that a part is.
        swapped: a noun of the claim and the official one that names another place in its stead (东北, 东南).
        detail: whether the claim tells a share or a reason of which the wording does not speak (大多在).
        unnumbered: whether the claim is of things with a number for a name (15号线) of which the wording has none.
        near: how much nearer the two are than most, by the embedded encoder; 0 where nothing is known of it.
        told: how much nearer the parts of the two are in which a figure of the claim is held; as ``near`` without one.
        apart: how much less of the claim's nouns that part of the wording has than all of it.
    """

    place: Place
    label: str
    cover: float
    nouns: float
    tail: float
    known: float
    held: bool
    other: bool
    absent: bool
    differing: tuple[tuple[str, str], ...]
    times: tuple[Difference, ...]
    opposed: bool
    denied: bool
    incomplete: bool
    swapped: tuple[str, str] | None
    detail: bool
    near: float = 0.0
    unnumbered: bool = False
    told: float = 0.0
    apart: float = 0.0

    @property
    def words(self) -> str:
        """The official wording."""
        return self.place.report.parsed.report.text[self.place.start : self.place.end]


def observe(reading: Reading, searcher: Searcher) -> tuple[Observed, ...]:
    """The official wordings nearest in meaning to a claim, best first; none only where no report is known."""
    reports = {one.parsed.report.id: one for one in reading.reports}
    if not reports:
        return ()
    filters = Filters(tuple(reports), near_years=reading.times.years, near_statuses=reading.times.statuses)
    asked = reading.claim.text if reading.query.language == "en" else reading.query.text
    # 目标 is a word of asking, unless nothing else is spoken of.
    topic = reading.query.topic
    about = in_official_names(topic if nouns(topic) else reading.text)
    hits = searcher.clauses(in_official_names(asked), filters, _HITS, about=about)
    places = dict.fromkeys(
        (*((hit.report, hit.clauses[0]) for hit in hits), *_recorded(reading, searcher, reports))
    )
    seen = [_observed(reading, reports[report], number, searcher.idf) for report, number in places]
    stated = [one for one in find_quantities(in_figures(reading.text)) if one.kind == "amount"]
    # Many things come first or second: such a place alone tells little of which is meant.
    placed = bool(stated) and all(one.unit == "位" for one in stated)
    ranked = sorted(seen, key=lambda one: _worth(one, placed=placed), reverse=True)
    if ranked and searcher.encoder.startswith(EMBEDDED):
        # In Chinese on both sides: across languages all similarities are lower.
        near = _nearness(reading.text, ranked[0].words, searcher)
        ranked[0] = _with_figure(reading, replace(ranked[0], near=near, told=near), searcher)
    return tuple(ranked)


def _nearness(text: str, words: str, searcher: Searcher) -> float:
    return (searcher.similarity(text, [words]) - _ORIGIN) * _SPREAD


def _with_figure(reading: Reading, nearest: Observed, searcher: Searcher) -> Observed:
    """``nearest`` with how near, and how far apart, the parts of claim and wording are that hold the same figure."""
    said = in_figures(reading.text)
    stated = [one for one in find_quantities(said) if one.kind == "amount"]
    if not nearest.held:
        return nearest
    clause = nearest.place.clause
    for part in _SEGMENT.findall(plain(clause.text).text):
        same = next(
            (one for one in stated for other in find_quantities(part) if one.value == other.value), None
        )
        if same is None:
            continue
        around = "\n".join((part, *clause.section))
        named = [word for word in nouns(_officially(content_of(said, reading.own), part)) if len(word) > 1]
        own = next(one[0] for one in _SEGMENT.finditer(said) if one.start() <= same.start < one.end())
        return replace(
            nearest,
            told=_nearness(own, part, searcher),
            apart=nearest.nouns - share_of(named, around, searcher.idf),
        )
    return nearest


def _recorded(reading: Reading, searcher: Searcher, reports: Iterable[str]) -> list[tuple[str, int]]:
    """Report and clause of each record that a question about the figures of a claim would be answered from."""
    if not any(one.kind == "amount" for one in find_quantities(in_figures(reading.text))):
        return []
    found = [
        part
        for topic in dict.fromkeys((reading.query.topic, _without_figures(reading.query.topic)))
        for part in gather(replace(reading.query, wanted="figure", topic=topic), searcher, 1, _LONGEST)
    ]
    return [
        (part.record.report, part.record.clause)
        for part in found
        if part.record and part.record.report in reports
    ]


def _without_figures(topic: str) -> str:
    """``topic`` without its amounts, which are what is to be checked; as it is where nothing else is left."""
    bare = in_figures(topic)
    for figure in reversed([one for one in find_quantities(bare) if one.kind == "amount"]):
        bare = f"{bare[: figure.start]} {bare[figure.end :]}"
    return _SOFTENING.sub(" ", bare) if nouns(bare) else topic


def _worth(one: Observed, *, placed: bool) -> float:
    """How much a wording can say of the claim; one that speaks of none of its figures, or of another line or phase, says little.

    Of one that only says which place its thing takes (``placed``) it has to name the thing, too.
    """
    held = one.held and (not placed or one.nouns >= _NAMES_IT)
    return one.cover + 0.4 * held - 0.3 * (one.absent or one.unnumbered) - 0.1 * bool(one.times)


def _observed(reading: Reading, report: ReportText, number: int, idf: Idf) -> Observed:
    clause = report.parsed.clauses[number]
    content = _officially(
        _SOFTENING.sub("", content_of(in_figures(reading.text), reading.own)),
        "\n".join((clause.text, *clause.section)),
    )
    start, end = _window(report, clause.start, clause.end, set(index_terms(content)), idf)
    official = plain(report.parsed.report.text[start:end]).text
    around = "\n".join((official, *clause.section))
    held, other, absent, differing = figures_of(reading, report, clause.number, official, idf)
    told = words(content)
    named = [word for word in nouns(content) if len(word) > 1]
    detail = _DETAIL.search(reading.claim.text)
    about = official[slice(*focus(official, content, idf))]
    gone = is_listed_no_longer(reading.text, about)
    said = (
        _NOT_YET.sub("", reading.text) if clause.period.status in {"target", "plan"} else reading.text
    )  # what is still to be done is not done yet
    denies = not gone and bool(denial_in(_SOME_LEFT.sub("", said))) != _denies(about, named)
    return Observed(
        place=Place(report, clause, start, end),
        label=_label(clause.period.year, clause.period.status),
        cover=share_of(told, around, idf),
        nouns=share_of(named, around, idf),
        tail=share_of(told[len(told) // 2 :], around, idf),
        known=sum(word in report.parsed.report.text for word in named) / len(named) if named else 1.0,
        held=held,
        other=other,
        absent=absent,
        differing=differing,
        times=time_conflict(reading, reading.text, clause.period, report, official),
        unnumbered=is_of_another_number(content, around),
        opposed=opposed(reading.text, about),
        denied=denies,
        incomplete=is_otherwise_complete(reading.text, about)
        or beyond_bound(in_figures(reading.text), in_figures(official)) is not None,
        swapped=swapped(named, around, official)
        or renumbered(content, report.parsed.report.text, official)
        or elsewhere(content, around, official, report),
        detail=(
            detail is not None
            and not _DETAIL.search(official)
            and not _gives_reason(detail[0], official)
            and not (detail[0] == "平均" and _PER.search(official))
        )
        or _tells_a_month(reading.text, around),
    )


def _denies(official: str, named: Sequence[str]) -> bool:
    """Whether a part of ``official`` that speaks of one of the things that are ``named``, or any where none is, denies something."""
    parts = _SEGMENT.findall(official)
    told = any(name in official for name in named)
    spoken = [
        f"{before if _NOT_REACHED.search(part) else ''}{part}"
        for before, part in pairwise(["", *parts])
        if DENIAL.search(part) or _NIL.search(part)
    ]
    return any(not told or any(name in part for name in named) for part in spoken)


def denial_in(text: str) -> str:
    """The words by which a claim denies something; "" if it only bounds or compares a figure, or tells what is left: 没有超过2.5%."""
    for affirmed in (_FREE, _OF_ALL, _NO_EMPTY_WORDS, NOT_BUT, _LEFT, LESS_THAN, _BOUND):
        text = affirmed.sub("", text)
    found = DENIAL.search(text) or _NIL.search(text)
    return found[0] if found else ""


def _officially(content: str, official: str) -> str:
    """``content`` with the names that the ``official`` wording uses in place of everyday ones."""
    for province, sign in named_by_signs(official).items():
        content = content.replace(province, sign)
    for everyday, name in EVERYDAY:
        content = everyday.sub(name, content) if name in official else content
    return in_terms_of(official, content)


def _gives_reason(said: str, official: str) -> bool:
    return said in {"因为", "由于"} and "因" in official


def _tells_a_month(text: str, around: str) -> bool:
    """Whether ``text`` names a month where the wording names none."""
    return _MONTH.search(OF_REPORT.sub("", text)) is not None and not _MONTH.search(around)


def _window(report: ReportText, start: int, end: int, wanted: set[str], idf: Idf) -> tuple[int, int]:
    """Offsets of the clause, or of the run of its parts that holds most of what is ``wanted`` where it is long."""
    text = report.parsed.report.text[start:end]
    if len(text) <= _LONGEST:
        return start, end
    parts = [match.span() for match in _SEGMENT.finditer(text)]
    weights = idf(sorted(wanted))
    gain = [sum(weights[t] for t in set(index_terms(text[a:b])) & wanted) for a, b in parts]
    best, score = (0, 0), -1.0
    for first in range(len(parts)):
        total = 0.0
        for last in range(first, len(parts)):
            if parts[last][1] - parts[first][0] > _LONGEST and last > first:
                break
            total += gain[last]
            if total > score + 1e-9:
                best, score = (first, last), total
    return start + parts[best[0]][0], start + parts[best[1]][1]


def _label(year: int | None, status: str) -> str:
    names = {"actual": "实绩", "target": "目标", "plan": "规划", "ongoing": "进行中"}
    return f"{year}年{names[status]}" if year and status in names else ""
