"""Words of Chinese and English text, for lexical search. The only importer of jieba."""

import logging
import math
import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import jieba
import jieba.posseg

from index.gazetteer import firms, gazetteer

_WORD = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[一-鿿]+")
_SUBSCRIPT = re.compile(r"(?<=[a-z])_\{?(?=\d)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_FUNCTION_WORDS = frozenset(
    "的 了 是 在 和 与 及 或 等 有 吗 呢 吧 啊 呀 么 这 那 其 被 把 将 要 让 给 对 从 到 于 以 为 之 也 都 就 还 又 "
    "哪 哪个 哪些 哪里 什么 怎么 怎样 如何 多少 几 几个 谁 请问 是否 有没有 是不是 一下 告诉 我 你 他 她 它 我们 你们 "
    "the a an of in on to for is are was were be what which how many much does do did and or by with".split(),
)
# A zone by the place whose it is: 两江新区, 万州经开区.
_KIND_OF_PLACE = re.compile(r"^(?:[老新旧主]|中心)城区$")
_ZONE = re.compile(r"([一-鿿]{2})(?:(新)区|高新区|经开区|开发区|经济技术开发区|保税区)")
# Information (minus the natural logarithm of the probability) of words that tell nothing, and of those that tell all.
_COMMON = 7.0
_RARE = 11.0
_LEAST_TELLING = 0.1
# A report has some two thousand runs of characters; each stands in a clause, its passage and, of a heading, in
# front of every clause below it.
_KEPT_RUNS = 4096
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _tokenizer() -> jieba.Tokenizer:
    """The tokenizer with its dictionary loaded (about a second, once per process)."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with _lock:
        tokenizer.initialize()
    return tokenizer


@lru_cache(maxsize=1)
def _tagger() -> jieba.posseg.POSTokenizer:
    """The tokenizer with parts of speech (a further half second, once per process)."""
    return jieba.posseg.POSTokenizer(_tokenizer())


def nouns(text: str) -> list[str]:
    """The nouns of ``text`` in order, with names, abbreviations and set phrases, of two characters or more."""
    tagged = ((pair.word, pair.flag) for pair in _tagger().cut(normalise(text)))
    return [word for word, flag in tagged if len(word) > 1 and re.match(r"n|vn|[lij]$|eng", flag)]


def modifiers_and_nouns(text: str) -> list[str]:
    """What ``text`` speaks of, in order: its nouns (as ``nouns``) and the words that narrow them (民营, 境外)."""
    tagged = ((pair.word, pair.flag) for pair in _tagger().cut(normalise(text)))
    found = [word for word, flag in tagged if len(word) > 1 and re.match(r"n|[lijbs]$|eng", flag)]
    return [part for word in found for part in _tokenizer().cut_for_search(word) if len(part) > 1]


_OF_A_NAME: Final = frozenset({"nr", "nrt", "nrfg"})
_SIGHT: Final = re.compile(
    r"(?<![一-鿿])[一-鿿]{2,4}?(?:洞|寺|庙|古镇|古城|乐园|步行街|景区|商圈|影城|动物园|植物园|码头)(?![一-鿿]{0,2}[个座家条]?多少)"
)


def divisions(text: str) -> list[str]:
    """The divisions that ``text`` names with their suffix: 深圳市, 璧山区, 两江新区; not 全市, 我省 or 国家级新区."""
    plain = normalise(text)
    tagged = [(pair.word, pair.flag) for pair in _tagger().cut(plain)]
    words = [word for word, flag in tagged if flag == "ns"]
    named = {word for word, flag in tagged if flag in {"ns", "nr"}}
    return [
        *(
            word
            for word in words
            if re.fullmatch(r"(?![全我本各外])[一-鿿]{2,7}[省市县区州]", word)
            and not _KIND_OF_PLACE.search(word)
        ),
        *(f"{zone[1]}{zone[2] or ''}区" for zone in _ZONE.finditer(plain) if zone[1] in named),
    ]


def named_sights(text: str) -> list[str]:
    """The sights, houses and firms that ``text`` names by a name of their own: 洪崖洞, 迪士尼; not 口袋公园 or 烂尾楼."""
    plain = normalise(text)
    tagged = [(pair.word, pair.flag) for pair in _tagger().cut(plain)]
    own = {word for word, flag in tagged if flag in _OF_A_NAME and not gazetteer().get(word)}
    sights = [match[0] for match in _SIGHT.finditer(plain) if any(match[0].startswith(word) for word in own)]
    return [*sights, *(name for name in firms() if name in plain and not any(name in one for one in sights))]


def place_names(text: str) -> list[str]:
    """The names of places in ``text``, in order, of two characters or more; 新建 is what is done and no county here."""
    tagged = ((pair.word, pair.flag) for pair in _tagger().cut(normalise(text)))
    return [
        word
        for word, flag in tagged
        if word in gazetteer() or (flag == "ns" and len(word) > 1 and word != "新建")
    ]


def known_places(text: str) -> list[str]:
    """Those of the ``place_names`` that stand in the dictionary: others are guessed, as 湖景区 in 查干湖景区."""
    return [name for name in place_names(text) if _tokenizer().FREQ.get(name)]


def person_names(text: str) -> list[str]:
    """The names of persons in ``text``, in order."""
    return [pair.word for pair in _tagger().cut(normalise(text)) if pair.flag.startswith("nr")]


def normalise(text: str) -> str:
    """``text`` in NFKC and lower case, without signs of subscripts (PM_2.5): full-width digits and letters become plain ones."""
    return _SUBSCRIPT.sub("", unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> list[str]:
    """Content words of ``text`` in order, without overlaps and function words.

    ``words("城镇新增就业60万人以上")`` holds 城镇, 新增, 就业, 60, 万人, 以上.
    """
    found: list[str] = []
    for run in _WORD.findall(normalise(text)):
        found.extend(_tokenizer().cut(run) if _is_han(run) else [run])
    return [word for word in found if word not in _FUNCTION_WORDS]


def boundaries(text: str) -> frozenset[int]:
    """Offsets in ``text`` at which a word may begin or end."""
    found = {0, len(text)}
    for match in _WORD.finditer(text):
        run = match.group()
        cuts = _tokenizer().tokenize(run) if _is_han(run) else [(run, 0, len(run))]
        for _, start, end in cuts:
            found |= {match.start() + start, match.start() + end}
    return frozenset(found)


def index_terms(text: str) -> list[str]:
    """Terms under which ``text`` is found: its words, and the character pairs within runs of Han characters.

    Pairs make up for words that the dictionary cuts differently in question
    and report; a pair that is a word counts once for each role, which weights
    words of two characters, the commonest kind, slightly up.
    """
    terms: list[str] = []
    for run in _WORD.findall(normalise(text)):
        terms.extend(_terms_of(run))
    return terms


@lru_cache(maxsize=_KEPT_RUNS)
def _terms_of(run: str) -> tuple[str, ...]:
    """The terms of one run of characters between signs."""
    if not _is_han(run):
        return () if run in _FUNCTION_WORDS else (run,)
    words_of = [word for word in _tokenizer().cut_for_search(run) if word not in _FUNCTION_WORDS]
    return (*words_of, *("_" + run[i : i + 2] for i in range(len(run) - 1)))


def is_chinese(text: str) -> bool:
    """Whether ``text`` has a Chinese sign for every three Latin letters."""
    return len(_CHINESE.findall(text)) * 3 >= len(_LATIN.findall(text))


def telling(word: str) -> float:
    """How much ``word`` tells of a subject, in [0.1, 1], by its rarity in everyday Chinese.

    In a report, words that everybody uses (想, 修, 帮) are rarer than official
    ones, so that frequency there says nothing of them. Words that the
    dictionary lacks tell most.
    """
    tokenizer = _tokenizer()
    information = math.log(tokenizer.total / max(1, tokenizer.FREQ.get(word) or 1))
    return min(1.0, max(_LEAST_TELLING, (information - _COMMON) / (_RARE - _COMMON)))


def _is_han(run: str) -> bool:
    return "一" <= run[0] <= "鿿"
