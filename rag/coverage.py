"""How much of what a question speaks of stands in a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.thesaurus import everyday_names, said_otherwise, said_terms
from index.tokens import index_terms, normalise, telling, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.thesaurus import Everyday

    Idf = Callable[[list[str]], Mapping[str, float]]


_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question speaks of: its words with their weight, and its everyday names for official terms."""

    weights: Mapping[str, float]
    everyday: Everyday = ()

    def without_numbers(self) -> Subject:
        """The subject without words that begin with a digit."""
        return replace(
            self, weights={word: one for word, one in self.weights.items() if not word[0].isdigit()}
        )


def meaning(text: str, idf: Idf) -> Subject:
    """What ``text`` speaks of; a word weighs as much as it is rare in the reports, and telling in everyday language.

    Words of one character count where they are numbers or names only, which is to say hardly ever.
    """
    found = list(dict.fromkeys(words(text)))
    rarity = idf(found)
    return Subject({word: rarity[word] * telling(word) for word in found}, everyday_names(text))


def covered(subject: Subject, text: str) -> float:
    """Share of the subject's weight that stands in ``text``, in [0, 1]; 1 for no words.

    A longer word that is not there whole counts by the pairs of its characters
    that are: 通车里程 is half in a text that speaks of 通车. An everyday name stands where an official term for it does.
    """
    total = sum(subject.weights.values())
    if not total:
        return 1.0
    text = "\n".join((text, *said_otherwise(text, subject.everyday)))
    plain = normalise(text)
    terms = set(index_terms(text))
    return sum(weight * _presence(word, plain, terms) for word, weight in subject.weights.items()) / total


def lacks_official_term(topic: str, text: str) -> bool:
    """Whether the Chinese ``topic`` says an official term of which a word is not in ``text``, not even in two parts."""
    plain = normalise(text)
    lacking = [term for term in said_terms(topic) if not all(_is_said(word, plain) for word in words(term))]
    # 开通3条地铁新线，总里程达909公里: of 轨道交通 too.
    called = {term for _, terms in everyday_names(text) for term in terms} if lacking else set()
    return any(term not in called for term in lacking)


def lacks_every_official_term(topic: str, text: str) -> bool:
    """Whether the Chinese ``topic`` says official terms, and a word of each of them is not in ``text``."""
    plain = normalise(text)
    terms = said_terms(topic)
    return bool(terms) and all(any(not _is_said(word, plain) for word in words(term)) for term in terms)


def _is_said(word: str, plain: str) -> bool:
    """Whether ``word`` stands in ``plain``, or its pairs of characters do: 财政支出 in 财政一般性支出."""
    return word in plain or (
        len(word) > _PAIR and all(word[i : i + _PAIR] in plain for i in range(0, len(word), _PAIR))
    )


def _presence(word: str, plain: str, terms: set[str]) -> float:
    if word in terms or (not word.isascii() and word in plain):
        return 1.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(pair in plain for pair in pairs) / len(pairs) if len(pairs) > 1 else 0.0
