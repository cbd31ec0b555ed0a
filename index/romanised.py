"""Names in pinyin within English text, as the words of a report that sound so: Yukuaizheng is 渝快政, Tongliang 铜梁.

A small model makes up signs for a name that it does not know; the report has the right ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.gazetteer import dictionary_lines
from index.tokens import boundaries, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_GLOSS_WORD: Final = re.compile(r"\b[a-z]{2,}\b")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_STOP: Final = re.compile(r"[^\u4e00-\u9fff]")
_AROUND: Final = 40
_LONGEST: Final = 4
_LONGEST_NAME: Final = 24
_SHORTEST_NAME: Final = 4
_FEWEST_SYLLABLES: Final = 2


def in_signs(text: str, reports: Sequence[str]) -> str:
    """The English ``text`` with each name in pinyin replaced by the words that sound so in the texts of ``reports``.

    Of several the commonest; what stands in none of them stays, and so does a word of English.
    """
    spelt = list(_WORD.finditer(text))
    at, done, pieces = 0, 0, []
    while at < len(spelt):
        runs = ((n, _spelt(spelt[at : at + n], text)) for n in range(min(_LONGEST, len(spelt) - at), 0, -1))
        size, signs = next(
            ((n, found) for n, name in runs if name and (found := _sounding(name, reports))), (1, "")
        )
        if signs:
            start = spelt[at].start()
            pieces += [text[done:start], signs]
            done = start + len(_POSSESSIVE.sub("", text[start : spelt[at + size - 1].end()]))
        at += size
    return "".join((*pieces, text[done:]))


def _spelt(run: Sequence[re.Match[str]], text: str) -> str:
    """The letters of a ``run`` of words as one name, without apostrophes; "" for what cannot be one."""
    parts = [_POSSESSIVE.sub("", word[0]) for word in run]
    if len(parts) > 1 and (
        re.search(r"[^\w\s-]", text[run[0].start() : run[-1].start()])
        or not all(part[0].isupper() for part in parts)
    ):
        return ""
    name = "".join(parts)
    plain = re.sub(r"[^a-z]", "", name.lower())
    fits = _SHORTEST_NAME <= len(plain) <= _LONGEST_NAME
    return "" if not fits or (len(parts) == 1 and plain in _english()) else plain


def _sounding(name: str, reports: Sequence[str]) -> str:
    """The words of ``reports`` that sound like ``name``, the commonest of several; "" if none does."""
    found: Counter[str] = Counter()
    for syllables in _readings(name):
        if len(syllables) >= _FEWEST_SYLLABLES:
            pattern = re.compile("".join(f"[{_signs()[one]}]" for one in syllables))
            for report in reports:
                found.update(_whole_words(pattern, report))
    return max(found, key=lambda signs: found[signs], default="")


def _whole_words(pattern: re.Pattern[str], report: str) -> Iterator[str]:
    """What ``pattern`` finds in ``report`` from the beginning of a word to the end of one; 和 or 的 is part of no name."""
    for match in pattern.finditer(report):
        before, after = (
            _STOP.split(report[: match.start()][-_AROUND:])[-1],
            _STOP.split(report[match.end() :][:_AROUND])[0],
        )
        cuts = boundaries(f"{before}{match[0]}{after}")
        if {len(before), len(before) + len(match[0])} <= cuts and "".join(words(match[0])) == match[0]:
            yield match[0]


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """All ways to read ``name`` as syllables of pinyin: xian is xian, and xi an."""
    if not name:
        yield ()
    for size in range(1, min(6, len(name)) + 1):
        if name[:size] in _signs():
            yield from ((name[:size], *rest) for rest in _readings(name[size:]))


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, str]:
    """The Chinese signs of each syllable of pinyin, without tones; lü is spelt both lu and lv."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, rest in dictionary_lines():
        if len(word) == 1 and "\u4e00" <= word <= "\u9fff":
            sound = re.sub(r"[^a-z:]", "", rest.partition("]")[0].lower())
            for spelling in {sound.replace("u:", "v"), sound.replace("u:", "u")}:
                found[spelling].add(word)
    return {sound: "".join(sorted(signs)) for sound, signs in found.items()}


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """The words of English in which the dictionary explains the Chinese ones."""
    return frozenset(
        word for _, rest in dictionary_lines() for word in _GLOSS_WORD.findall(rest.partition("]")[2])
    )
