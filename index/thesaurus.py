"""Everyday and English names of the official terms of government work reports.

A thesaurus with lead-in terms (ISO 25964-1). Each line of ``thesaurus.tsv`` is
an official term, what people call it, and its English names; it was written
from the vocabulary of 129 reports, not from questions. What is asked in words
of which the thesaurus has none is matched by meaning, to the nearest names.

``python -m index.thesaurus`` encodes the names anew after a change.
"""

from __future__ import annotations

import importlib.resources
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.arrays import read_array
from index.dense import RoundedIndex
from index.encoder import EMBEDDED, SentenceEncoder
from index.tokens import boundaries, is_chinese, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from index.glossary import Concept

_TABLE: Final = "thesaurus.tsv"
_STORED: Final = "thesaurus.npy"
# Similarities of the embedded encoder lie close together: a name less similar is that of something else,
# and one that is by so much more is the thing itself.
_STRANGE: Final = 0.885
_STRANGE_IN_ENGLISH: Final = 0.80
_RANGE: Final = 0.06
_ALIKE: Final = 0.986
"""Means of names so near are those of one thing: 停车位 and 停车泊位 .990, 最低工资 and 工资 .977."""
_NEAREST: Final = 8
_OWN: Final = 4
"""A term of so many characters says what is asked for without any other."""
_LOOKED_AT: Final = 120
"""Each term has some fifteen names: so many hold the nearest eight terms."""

Everyday = tuple[tuple[str, tuple[str, ...]], ...]
"""Everyday names in their order, each with the official terms for it."""


def everyday_names(text: str) -> Everyday:
    """The everyday names in the Chinese ``text``.

    A name counts where it is cut as such: 三产 is not in 第三产业. The longest one wins.
    """
    plain = normalise(text)
    terms, longest = _by_everyday()
    edges = sorted(boundaries(plain))
    found, reached = [], 0
    for start in edges:
        ends = (end for end in reversed(edges) if start < end <= start + longest)
        name = next((plain[start:end] for end in ends if plain[start:end] in terms), "")
        if name and start >= reached:
            found.append((name, terms[name]))
            reached = start + len(name)
    return tuple(found)


def said_otherwise(text: str, everyday: Everyday) -> list[str]:
    """Which of the ``everyday`` names ``text`` says in official terms."""
    return [name for name, terms in everyday if any(term in text for term in terms)]


def said_terms(text: str) -> list[str]:
    """The official terms of four characters or more that the Chinese ``text`` says, cut as such; of two in one another the longer."""
    plain = normalise(text)
    edges = sorted(boundaries(plain))
    known = _officials()
    said = [plain[a:b] for a in edges for b in edges if b - a >= _OWN and plain[a:b] in known]
    return [term for term in said if not any(term in other for other in said if other != term)]


def in_terms_of(official: str, text: str) -> str:
    """``text`` with the terms of the ``official`` wording in place of its everyday names for them."""
    for name, terms in everyday_names(text):
        term = next((term for term in terms if term in official), name)
        text = text.replace(name, term)
    return text


@lru_cache(maxsize=1)
def english_names() -> tuple[tuple[str, str], ...]:
    """Every (official term, English name)."""
    return tuple((official, name) for official, _, english in _lines() for name in english)


@lru_cache(maxsize=1)
def latin_names() -> frozenset[str]:
    """The everyday names in Latin letters, in small ones: what Chinese texts call so themselves (RCEP)."""
    found = (name for _, everyday, _ in _lines() for name in everyday)
    return frozenset(part.lower() for name in found for part in re.findall(r"[A-Za-z]{3,}", name))


def used_instead(term: str, used: Callable[[str], bool]) -> str:
    """``term``; if it is not ``used``, the official term that is and of which people say nearly the same (高铁 for 高速铁路), if there is one.

    Nearly the same they say if the means of the vectors of all names of the two are so near.
    """
    if used(term):
        return term
    rows, means = _meanings()
    if term not in rows:
        return term
    cosines = means @ means[rows[term]]
    alike = sorted((-cosine, other) for other, cosine in zip(rows, cosines, strict=True) if cosine >= _ALIKE)
    return next((other for _, other in alike if used(other)), term)


class Thesaurus:
    """The names with their meaning, as one encoder sees it; nothing is known of that of other encoders than the embedded one.

    Args:
        encoder: the fingerprint of the encoder that questions are encoded by.
    """

    def __init__(self, encoder: str) -> None:
        self._embedded = encoder.startswith(EMBEDDED)

    def concepts(self, about: str, asked: Mapping[str, NDArray[np.float32]]) -> list[Concept]:
        """What a question speaks of, in official terms: those for each everyday name in ``about``, and the nearest ones.

        ``asked`` is the question, in each language in which it is known, with its unit vector.
        """
        found: list[Concept] = [
            ((name, 1.0), *((term, 1.0) for term in terms)) for name, terms in everyday_names(about)
        ]
        for text, vector in asked.items():
            gist = _gist(text, self.nearest(vector))
            found += [gist] * bool(gist)
        return found

    def terms(self, about: str, asked: Mapping[str, NDArray[np.float32]]) -> dict[str, float]:
        """The official terms among the ``concepts``, each with how surely it is meant, in (0, 1]; not those that ``about`` says."""
        found: dict[str, float] = {}
        for concept in self.concepts(about, asked):
            for term, weight in concept:
                if term not in about:
                    found[term] = max(weight, found.get(term, 0.0))
        return found

    def nearest(self, vector: NDArray[np.float32]) -> list[tuple[str, float]]:
        """The official terms with the names nearest to the unit ``vector``, each with the cosine, best first."""
        if not self._embedded:
            return []
        terms, names = _encoded()
        best: dict[str, float] = {}
        for row, cosine in zip(*names.nearest(vector, _LOOKED_AT), strict=True):
            best.setdefault(terms[row], float(cosine))
        return list(best.items())[:_NEAREST]


def _gist(text: str, near: list[tuple[str, float]]) -> Concept:
    """The terms nearest to ``text`` as one concept; empty where a Chinese text says one of them itself."""
    chinese = is_chinese(text)
    if chinese and any(len(term) >= _OWN and term in text for term, _ in near):
        return ()
    strange = _STRANGE if chinese else _STRANGE_IN_ENGLISH
    return tuple((term, min(1.0, (cosine - strange) / _RANGE)) for term, cosine in near if cosine > strange)


@lru_cache(maxsize=1)
def _encoded() -> tuple[list[str], RoundedIndex]:
    """The official term of each name, and the names by their meaning."""
    return [official for official, _ in _names()], RoundedIndex(_stored())


@lru_cache(maxsize=1)
def _meanings() -> tuple[dict[str, int], NDArray[np.float32]]:
    """The row of each official term, and the unit vector of the mean of its names, shape (terms, dimension)."""
    counts = [1 + len(everyday) + len(english) for _, everyday, english in _lines()]
    sums = np.add.reduceat(_vectors(), np.cumsum([0, *counts[:-1]]))
    rows = {official: row for row, (official, _, _) in enumerate(_lines())}
    return rows, np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def _vectors() -> NDArray[np.float32]:
    """The unit vector of each name, shape (names, dimension)."""
    vectors = _stored().astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _stored() -> NDArray[np.int8]:
    """The vector of each name as ``encode`` made it, shape (names, dimension)."""
    with importlib.resources.as_file(importlib.resources.files("index") / _STORED) as path:
        return read_array(path)


def _names() -> list[tuple[str, str]]:
    """Every (official term, name for it), in the order of the vectors."""
    return [
        (official, name)
        for official, everyday, english in _lines()
        for name in (official, *everyday, *english)
    ]


@lru_cache(maxsize=1)
def _by_everyday() -> tuple[dict[str, tuple[str, ...]], int]:
    """The official terms for each everyday name, and the length of the longest name."""
    terms: dict[str, list[str]] = defaultdict(list)
    for official, everyday, _ in _lines():
        for name in everyday:
            terms[normalise(name)].append(official)
    return {name: tuple(found) for name, found in terms.items()}, max(map(len, terms))


@lru_cache(maxsize=1)
def _officials() -> frozenset[str]:
    return frozenset(official for official, _, _ in _lines())


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Every (official term, everyday names, English names)."""
    text = (importlib.resources.files("index") / _TABLE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return tuple((official, _several(everyday), _several(english)) for official, everyday, english in rows)


def _several(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def encode() -> NDArray[np.int8]:
    """The vectors of all names by the embedded encoder, each scaled so that its greatest component is 127 or -127."""
    vectors = SentenceEncoder().encode_documents([name for _, name in _names()])
    greatest = np.abs(vectors).max(axis=1, keepdims=True)
    return np.asarray(np.round(vectors / greatest * 127), dtype=np.int8)


if __name__ == "__main__":
    np.save(Path(__file__).with_name(_STORED), encode())
