"""A claim laid beside the nearest official words: what agrees, what differs, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from index.tokens import nouns, words
from rag.check_kinds import (
    FILLERS,
    are_places,
    bound_of,
    compare_figures,
    kind_of,
    one_sided,
    only_one_moves,
    ordinal,
)
from rag.check_text import AMOUNT, TIME, masked
from rag.verdicts import Difference

if TYPE_CHECKING:
    from index.quantities import Quantity
    from rag.check_text import Masked
    from rag.verdicts import DifferenceKind

_WHEN: Final = re.compile(
    r"今年|去年|上年|明年|前年|(?:到|截至|截止)?(?:19|20)\d\d年?[底末]?|[一二][〇零九][〇零一二三四五六七八九]{2}年"
)
_STOP: Final = re.compile(r"[，、；：。！？]")
_NEGATION: Final = re.compile(r"不|未|没|无|非|禁止|停止|取消")
_STRAY: Final = 2
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
        apart: whether they stand in parts of a sentence that others lie between, so that the official words may
            say the one of one thing and the other of another.
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
    apart: bool
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

    def add(self, kind: DifferenceKind, stated: str, official: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(kind, stated, official))

    def pair(self, i: int, j: int) -> None:
        """Compare the figures at sign ``i`` of the claim and ``j`` of the official words."""
        stated, official = self.left.figures[i], self.right.figures[j]
        if stated is None or official is None or only_one_moves(stated, self.claim, official, self.official):
            return
        self.paired += 1
        ours, theirs = self.words(i, i + 1), self.official_words(j, j + 1)
        if stated.kind != "amount" or official.kind != "amount":
            if not _same_time(stated, official):
                self.add("year", ours, theirs)
            return
        self.amounts += 1
        if stated.unit != official.unit and any(
            one is not None and (one.value, one.unit) == (stated.value, stated.unit)
            for one in self.right.figures
        ):
            return  # it stands beside, of what it counts: 20个国家的419家企业
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
        apart=any(_skips(official[a:b]) for (_, a), (b, _) in pairwise(spans))
        or any(_of_another(aligner, *pair) for pair in pairwise(blocks)),
        partly=aligner.partly and all(one.kind == "qualifier" for one in ordered),
        start=min((a for a, _ in spans), default=0),
        end=max((b for _, b in spans), default=0),
    )


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
        # A figure is too telling to be shared by chance.
        stray = _LONGEST_WORD if size == 1 and left[a] in AMOUNT else _STRAY
        near = any(
            gap <= stray
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
        if bound_of(ours):
            return  # it is read with its figure: 不到 of 不到80万
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


def _replaced(aligner: _Aligner, stretch: str, theirs: str, following: str) -> None:
    ours = aligner.own.sub("", _WHEN.sub("", stretch))
    kind = kind_of(ours, theirs) if ours else None
    if kind is None and len(ours) == 1 and are_places(ours, theirs, following):
        kind, ours, theirs = "place", ours + following, theirs + following
    if kind is None or max(len(ours), len(theirs)) > _LONGEST_NAME:
        if ordinal(ours) and ordinal(theirs):
            aligner.matched += len(ours)
        else:
            aligner.extra.append(stretch)
        return
    # What is left of 长护险今年要扩到 without its time is no name.
    if kind == "entity" and ours not in stretch:
        aligner.extra.append(stretch)
        return
    aligner.replaced += len(ours)
    aligner.add(kind, ours, theirs)


def _of_another(aligner: _Aligner, one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether what a claim says in one go stands in two parts of the official sentence, the second with a subject of its own."""
    said = aligner.words(one[0] + one[2], other[0])
    passed = aligner.official_words(one[1] + one[2], other[1])
    if min(one[2], other[2]) < _STRAY or "，" not in passed or "，" in said:
        return False
    return bool(nouns(FILLERS.sub("", passed.rpartition("，")[2])))


def _skips(between: str) -> bool:
    """Whether a whole part of the sentence lies in what is passed over."""
    return between.count("，") > 1


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
