"""How much of what a question speaks of stands in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tokens import index_terms, normalise, telling, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Idf = Callable[[list[str]], Mapping[str, float]]


def meaning(text: str, idf: Idf) -> dict[str, float]:
    """The words of ``text`` with their weight: rare in the reports, and telling in everyday language.

    Words of one character count where they are numbers or names only, which is to say hardly ever.
    """
    found = list(dict.fromkeys(words(text)))
    rarity = idf(found)
    return {word: rarity[word] * telling(word) for word in found}


def covered(weights: Mapping[str, float], text: str) -> float:
    """Share of the weight that stands in ``text``, in [0, 1]; 1 for no words.

    A longer word that is not there whole counts by the pairs of its characters
    that are: 通车里程 is half in a text that speaks of 通车.
    """
    total = sum(weights.values())
    if not total:
        return 1.0
    plain = normalise(text)
    terms = set(index_terms(text))
    return sum(weight * _presence(word, plain, terms) for word, weight in weights.items()) / total


def _presence(word: str, plain: str, terms: set[str]) -> float:
    if word in terms or (not word.isascii() and word in plain):
        return 1.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(pair in plain for pair in pairs) / len(pairs) if len(pairs) > 1 else 0.0
