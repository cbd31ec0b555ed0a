"""A claim laid beside the nearest official words: what agrees, what differs, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.numerals import parse_numeral
from index.qualifiers import qualifier_of
from index.quantities import same_value
from index.tokens import words
from rag.check_text import AMOUNT, TIME, masked
from rag.places import provinces_without_report
from rag.verdicts import Difference

if TYPE_CHECKING:
    from index.quantities import Quantity
    from rag.check_text import Masked

# Words that carry no content of their own: their presence or absence changes nothing.
FILLERS: Final = re.compile(
    r"(?:根据|按照)?(?:政府工作)?报告(?:中|里)?(?:明确)?(?:提出|指出|显示|提到|强调|要求|明确|说|称|写道|介绍)?|"
    r"达到|实现|完成|分别|全年|全市|全省|全区|全县|我市|我省|我区|本市|本省|同比|比上年|比去年|较上年|较去年|"
    r"目标|计划|预期|预计|力争|争取|确保|努力|任务|实际|已经|已|将要?|要|会|定为|设定|拟|提出|"
    r"所有|全部|总共|一共|来自|进行|其中|今后|被|"
    r"[的了是在和与及也都又还并且而其为于以对把将有共约超近达到至个各等再就该这即且均]"
)
_NUMERAL: Final = re.compile(r"[一二三四五六七八九十百千万亿两〇零\d.%]+")
_PLACE: Final = re.compile(r"(?:[省市区县州盟旗镇乡村港湾岛]|新区|自治区|[东西南北中]部?)$")
_COMPASS: Final = re.compile(r"^[东西南北中]$")
_WHEN: Final = re.compile(
    r"今年|去年|上年|明年|前年|(?:19|20)\d\d年?|[一二][〇零九][〇零一二三四五六七八九]{2}年"
)
_GOAL: Final = re.compile(r"目标|计划|力争|争取|确保|将|要|拟|预期|努力|打算")
_DONE: Final = re.compile(r"已|实际|实绩|完成了|实现了|建成了|达到了|了$|圆满|顺利")
_STOP: Final = re.compile(r"[，、；：。！？]")
_NEGATION: Final = re.compile(r"不|未|没|无|非|禁止|停止|取消")
_OPPOSITES: Final = (
    ("增长", "下降"), ("增加", "减少"), ("提高", "降低"), ("上升", "下降"), ("扩大", "缩小"), ("高于", "低于"),
    ("快于", "慢于"), ("增", "减"), ("增", "降"), ("升", "降"), ("高", "低"), ("快", "慢"), ("加快", "放缓"),
)  # fmt: skip
_SAME_QUALIFIER: Final = (
    frozenset({"以上", "不低于", "超过"}),
    frozenset({"左右", "约"}),
    frozenset({"以内", "不超过", "以下"}),
    frozenset({"", "力争"}),
)
_CLOSE: Final = 0.1
_STRAY: Final = 2
_SHORTEST_NAME: Final = 2
_VARIANT: Final = 3
_LONGEST_QUALIFIER: Final = 4
_LONGEST_WORD: Final = 6
# Longer stretches that differ are other statements rather than other names.
_LONGEST_NAME: Final = 14


@dataclass(frozen=True, slots=True)
class Alignment:
    """What laying a claim beside official words showed.

    Attributes:
        cover: share of the claim's content that stands in the official words, replaced parts not counted against it.
        strict: the same with replaced parts counted against it.
        differences: what differs, figures first.
        extra: words of the claim that have no counterpart, without those that carry no content.
        leftover: the same, as they stand.
        paired: pairs of figures that agree or differ.
        loose: figures of the claim that have no counterpart.
        matched: signs that stand in both.
        partly: whether the only differences are qualifiers that one side leaves out.
        start, end: offsets in the official plain text of what was matched.
    """

    cover: float
    strict: float
    differences: tuple[Difference, ...]
    extra: tuple[str, ...]
    leftover: str
    paired: int
    loose: int
    partly: bool
    matched: int
    start: int
    end: int


@dataclass(slots=True)
class _Aligner:
    """Reads the differences off an alignment."""

    claim: str
    official: str
    left: Masked
    right: Masked
    own: re.Pattern[str]
    differences: list[Difference] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    matched: int = 0
    replaced: int = 0
    paired: int = 0
    amounts: int = 0
    partly: bool = False

    def words(self, start: int, end: int) -> str:
        """The claim's words under its signs ``start`` to ``end``."""
        return self.claim[self.left.spans[start][0] : self.left.spans[end - 1][1]] if end > start else ""

    def official_words(self, start: int, end: int) -> str:
        """The official words under their signs ``start`` to ``end``."""
        return self.official[self.right.spans[start][0] : self.right.spans[end - 1][1]] if end > start else ""

    def add(self, kind: str, stated: str, official: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(kind, stated, official))  # type: ignore[arg-type]

    def pair(self, i: int, j: int) -> None:
        """Compare the figures at sign ``i`` of the claim and ``j`` of the official words."""
        stated, official = self.left.figures[i], self.right.figures[j]
        if stated is None or official is None:
            return
        self.paired += 1
        ours, theirs = self.words(i, i + 1), self.official_words(j, j + 1)
        if stated.kind != "amount" or official.kind != "amount":
            if not _same_time(stated, official):
                self.add("year", ours, theirs)
            return
        self.amounts += 1
        difference = compare_figures(stated, official, ours, theirs)
        if difference is not None:
            self.add(difference.kind, difference.stated, difference.official)
            self.partly = difference.kind == "qualifier" and one_sided(stated, official)


def align(claim: str, official: str, own_words: re.Pattern[str]) -> Alignment:
    """The plain ``claim`` laid beside the plain ``official`` words; ``own_words`` are fillers of this claim."""
    left, right = masked(claim), masked(official)
    aligner = _Aligner(claim, official, left, right, own_words)
    blocks = _blocks(left.text, right.text)
    _read(aligner, blocks)
    extra = [_content(stretch, own_words) for stretch in aligner.extra]
    content = aligner.matched + sum(map(len, extra))
    spans = [right.spans[j + k] for _, j, size in blocks for k in range(size)]
    ordered = sorted(aligner.differences, key=lambda one: one.kind != "figure")
    return Alignment(
        cover=aligner.matched / content if content else 0.0,
        strict=aligner.matched / (content + aligner.replaced) if content else 0.0,
        differences=tuple(dict.fromkeys(ordered)),
        extra=tuple(part for part in extra if part),
        leftover=" ".join(aligner.extra),
        paired=aligner.paired,
        loose=sum(sign in AMOUNT for sign in left.text) - aligner.amounts,
        matched=aligner.matched,
        partly=aligner.partly and all(one.kind == "qualifier" for one in ordered),
        start=min((a for a, _ in spans), default=0),
        end=max((b for _, b in spans), default=0),
    )


def compare_figures(stated: Quantity, official: Quantity, ours: str, theirs: str) -> Difference | None:
    """How a stated figure differs from the official one, if it does."""
    if not same_value(stated, official):
        return None if _follows(stated, official) else Difference("figure", ours, theirs)
    if _same_qualifier(stated.qualifier, official.qualifier):
        return None
    return Difference("qualifier", _qualified(stated, ours), _qualified(official, theirs))


def one_sided(stated: Quantity, official: Quantity) -> bool:
    """Whether only one of two figures has a qualifier."""
    return not stated.qualifier or not official.qualifier


def _follows(stated: Quantity, official: Quantity) -> bool:
    """Whether a rounded figure follows from the exact official one: 超过73万人 from 73.9万人."""
    if official.qualifier or official.high is not None or stated.high is not None or not official.value:
        return False
    if stated.unit != official.unit and {"%", "个百分点"} & {stated.unit, official.unit}:
        return False
    gap = (official.value - stated.value) / official.value
    if stated.qualifier in {"超过", "以上", "不低于"}:
        return 0 <= gap <= _CLOSE
    if stated.qualifier == "近":
        return -_CLOSE / 2 <= gap <= 0
    return stated.qualifier in {"约", "左右"} and abs(gap) <= _CLOSE / 5


def _qualified(figure: Quantity, words: str) -> str:
    before = {"超过", "约", "近", "不低于", "不超过", "力争"}
    if figure.qualifier in before and figure.qualifier not in words:
        return figure.qualifier + words
    return words


def _same_time(a: Quantity, b: Quantity) -> bool:
    if a.kind != b.kind:
        return int(a.value) == int(b.value)
    return (a.value, a.high) == (b.value, b.high) and (a.kind == "year" or _digits(a.text) == _digits(b.text))


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+|[一二三四五六七八九十]+", text)


def _blocks(left: str, right: str) -> list[tuple[int, int, int]]:
    """Matching blocks, without single signs that stand far from others."""
    found = [
        (m.a, m.b, m.size)
        for m in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        if m.size
    ]
    found = [one for n, one in enumerate(found) if not _lone(found, n, left)]
    kept = []
    for n, (a, b, size) in enumerate(found):
        before = found[n - 1] if n else None
        after = found[n + 1] if n + 1 < len(found) else None
        near = any(
            gap <= _STRAY
            for gap in (
                max(a - before[0] - before[2], b - before[1] - before[2]) if before else 99,
                max(after[0] - a - size, after[1] - b - size) if after else 99,
            )
        )
        if size >= _STRAY or near:
            kept.append((a, b, size))
    return kept


def _lone(found: list[tuple[int, int, int]], n: int, text: str) -> bool:
    """Whether a block is one sign that two words share by chance: 江 in 浙江 and 江西."""
    a, b, size = found[n]
    if size > 1 or text[a] in AMOUNT + TIME or FILLERS.fullmatch(text[a]) or n == len(found) - 1:
        return False
    before, after = found[n - 1] if n else (0, 0, 0), found[n + 1]
    gaps = (a - before[0] - before[2], b - before[1] - before[2], after[0] - a - size, after[1] - b - size)
    return (gaps[0] or gaps[2]) > 0 and (gaps[1] or gaps[3]) > 0 and max(gaps) <= _LONGEST_WORD


def _read(aligner: _Aligner, blocks: list[tuple[int, int, int]]) -> None:
    i = j = 0
    inner = False
    for a, b, size in [*blocks, (len(aligner.left.text), len(aligner.right.text), 0)]:
        _gap(aligner, (i, a), (j, b), inner=inner and size > 0)
        for k in range(size):
            aligner.pair(a + k, b + k)
        aligner.matched += size
        i, j, inner = a + size, b + size, True


def _gap(aligner: _Aligner, left: tuple[int, int], right: tuple[int, int], *, inner: bool) -> None:
    """Read a stretch that does not match: between two matching blocks (``inner``) or at an end."""
    ours, theirs = aligner.words(*left), aligner.official_words(*right)
    signs, others = aligner.left.text[slice(*left)], aligner.right.text[slice(*right)]
    if not ours:
        if inner and _NEGATION.search(FILLERS.sub("", theirs)) and len(theirs) <= 4:  # noqa: PLR2004
            aligner.add("wording", "", theirs)
        return
    if not inner:
        _edge(aligner, ours, theirs, at_start=left[0] == 0)
        return
    if not theirs:
        if _NEGATION.search(ours) and len(ours) <= 4:  # noqa: PLR2004
            aligner.add("wording", ours, "")
        else:
            aligner.extra.append(ours)
        return
    if any(sign in AMOUNT + TIME for sign in signs) and any(sign in AMOUNT + TIME for sign in others):
        _pair_in_order(aligner, left, right)
        return
    _replaced(aligner, ours, theirs, aligner.left.text[left[1] : left[1] + 1])


def _edge(aligner: _Aligner, ours: str, theirs: str, *, at_start: bool) -> None:
    """Compare what stands before the first or after the last match, up to the next stop, as far as it is short."""
    end = -1 if at_start else 0
    bare = FILLERS.sub("", aligner.own.sub("", _WHEN.sub("", _STOP.split(ours)[end])))
    other = FILLERS.sub("", _WHEN.sub("", _STOP.split(theirs)[end]))
    kind = None
    if bare and other and max(len(bare), len(other)) <= _LONGEST_WORD:
        kind = kind_of(bare, other)
    if kind in {"wording", "place", "figure", "status"}:
        aligner.add(kind, bare, other)
        aligner.replaced += len(bare)
        ours = ours.replace(bare, "", 1)
    aligner.extra.append(ours)


def _pair_in_order(aligner: _Aligner, left: tuple[int, int], right: tuple[int, int]) -> None:
    ours = [i for i in range(*left) if aligner.left.figures[i]]
    theirs = [j for j in range(*right) if aligner.right.figures[j]]
    kinds = [aligner.left.text[i] in AMOUNT for i in ours], [aligner.right.text[j] in AMOUNT for j in theirs]
    if kinds[0] != kinds[1]:
        aligner.extra.append(aligner.words(*left))
        return
    for i, j in zip(ours, theirs, strict=True):
        aligner.pair(i, j)
    aligner.matched += len(ours)
    rest = "".join(aligner.left.text[i] for i in range(*left) if i not in ours)
    if rest:
        aligner.extra.append(rest)


def _are_places(ours: str, theirs: str, following: str) -> bool:
    """Whether two signs are the beginnings of two places that end alike: 云南 and 河南, 甲区 and 乙区."""
    if following in {"区", "县"} and not _NUMERAL.fullmatch(ours + theirs):
        return True
    return all(provinces_without_report(f"{sign}{following}的", ()) for sign in (ours, theirs))


def _replaced(aligner: _Aligner, stretch: str, theirs: str, following: str) -> None:
    ours = aligner.own.sub("", _WHEN.sub("", stretch))
    kind = kind_of(ours, theirs) if ours else None
    if kind is None and len(ours) == 1 and _are_places(ours, theirs, following):
        kind, ours, theirs = "place", ours + following, theirs + following
    if kind is None or max(len(ours), len(theirs)) > _LONGEST_NAME:
        if _ordinal(ours) and _ordinal(theirs):
            aligner.matched += len(ours)
        else:
            aligner.extra.append(stretch)
        return
    aligner.replaced += len(ours)
    aligner.add(kind, ours, theirs)


def kind_of(ours: str, theirs: str) -> str | None:
    """The kind of difference between two wordings; None where they may well say the same."""
    if bool(_GOAL.search(ours)) != bool(_GOAL.search(theirs)) and (
        (_GOAL.search(ours) and _DONE.search(theirs)) or (_DONE.search(ours) and _GOAL.search(theirs))
    ):
        return "status"
    bare, other = FILLERS.sub("", ours), FILLERS.sub("", theirs)
    if opposed(ours, theirs):
        return "wording"
    stated, said = _qualifier(ours), _qualifier(theirs)
    if stated and said:
        return None if _same_qualifier(stated, said) else "qualifier"
    rank, official = _ordinal(ours), _ordinal(theirs)
    if rank and official:
        return None if rank == official else "figure"
    if _is_place(ours) and _is_place(theirs):
        return "place"
    return "entity" if _are_names(bare, other) else None


def _qualifier(stretch: str) -> str:
    """The qualifier that a stretch right before a figure is, or ""."""
    bare = stretch.removeprefix("到").removeprefix("达")
    return qualifier_of(f"{bare}1", len(bare), len(bare) + 1) if len(bare) <= _LONGEST_QUALIFIER else ""


def _same_qualifier(stated: str, official: str) -> bool:
    return stated == official or any({stated, official} <= group for group in _SAME_QUALIFIER)


def _ordinal(words: str) -> str:
    """The numeral in 第二, 二, 首; "" where it is none."""
    bare = words.removeprefix("第")
    if bare == "首":
        return "1"
    if not _NUMERAL.fullmatch(bare):
        return ""
    value = parse_numeral(bare.replace("两", "二")) if bare[0] > "9" else None
    return bare if value is None else str(value)


def _are_names(ours: str, theirs: str) -> bool:
    """Whether two wordings are two names rather than two ways of saying the same.

    Two words that share a sign are mostly variants: 列入 and 列为.
    """
    if min(len(ours), len(theirs)) < _SHORTEST_NAME or re.search(r"\d", ours + theirs):
        return False
    return not set(ours) & set(theirs) or max(len(ours), len(theirs)) > _VARIANT


def opposed(ours: str, theirs: str) -> bool:
    """Whether one wording goes up where the other goes down."""
    return any(
        (up in ours and down in theirs and up not in theirs and down not in ours)
        or (down in ours and up in theirs and down not in theirs and up not in ours)
        for up, down in _OPPOSITES
    )


def _is_place(words: str) -> bool:
    return bool(_PLACE.search(words) or _COMPASS.match(words) or provinces_without_report(f"{words}的", ()))


def content_of(text: str, own: re.Pattern[str]) -> str:
    """What of a claim carries content, without its figures and times."""
    return _content(re.sub(f"[{AMOUNT}{TIME}]", "", masked(text).text), own)


def covered(text: str, official: str, own: re.Pattern[str]) -> float:
    """Share of a claim's content that the official words hold, word by word, whatever their order.

    0 where an item of a list is missing from them.
    """
    wanted = words(content_of(text, own))
    total = sum(map(len, wanted))
    signs = set(official)
    held = 0
    for word in wanted:
        shared = len(word) if word in official else sum(sign in signs for sign in word) * (len(word) > 1)
        if shared * 2 < len(word) and re.search(
            rf"[、和与及]{re.escape(word)}|{re.escape(word)}[、和与及]", text
        ):
            return 0.0
        held += shared
    return held / total if total else 0.0


def _content(stretch: str, own: re.Pattern[str]) -> str:
    """What of ``stretch`` carries content."""
    bare = re.sub(r"[^\w%]", "", _WHEN.sub("", stretch))
    return FILLERS.sub("", own.sub("", bare))
