"""A question, read: language, follow-up, kind of answer and topic; its places and periods are read in ``rag.slots``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from index.indicator_names import clean_name, indicator_name
from index.thesaurus import said_terms
from index.tokens import is_chinese, modifiers_and_nouns, nouns
from rag.amounts import asks_number
from rag.errors import QuestionError
from rag.everyday import ABBREVIATIONS
from rag.places import NATION, short_name, without_places, without_titles
from rag.slots import THAN_BEFORE, named_report, over_all_years, read_slots
from rag.times import asked_statuses, asked_years, without_times
from rag.types import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.slots import Shelf
    from rag.types import Language, Question, Wanted

MAX_CHARACTERS: Final = 1000
_KEPT_TURNS: Final = 3

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u2028\u2029\ud800-\udfff]"
)
_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")

_WANTED: Final[tuple[tuple[Wanted, re.Pattern[str]], ...]] = (
    ("summary", re.compile(
        r"(?:^|[，,。：:\s])(?:请|麻烦|帮我|帮忙|给我|你)*(?:简要|简单|大致|全面|用几句话)?地?(?:总结|概括|概述|归纳|梳理|综述|简述)(?![了出过的])|"
        r"\bsummari[sz]e\b|\b(?:summary|overview|outline) of\b", re.IGNORECASE)),
    ("wording", re.compile(
        r"报告(?:里|中|上|是|又)*(?:怎么|如何|怎样)(?:说|讲|写|提|表述)|用的(?:词|说法|表述|是[“\"])|完整的?[一那这]?句?(?:话|句子)|原文|原句|原话|措辞|怎么表述|如何表述|怎么说的?[?？。]?$|怎样表述|完整(?:说法|表述)|整句|全句|逐字|一字不[差漏改]|是怎么写|怎么提的|引用|"
        r"\bquote|\bverbatim\b|\bexact (?:wording|words|phrase)|\bwording\b|(?:original|chinese) (?:chinese|text|wording)|\bword[- ]for[- ]word\b", re.IGNORECASE)),
    ("section", re.compile(
        r"哪(?:一|个|几个?)?大?(?:部分|章节?|节|小节|段落?|板块|小?标题)|在[^，。]{0,8}那个(?:部分|章节|段落)|哪一?大?[项块条点款](?:重点)?(?:任务|工作)?(?:下|里|中|内)|第几(?:大?(?:部分|章|节|段|板块)|[条点项]里)|"
        r"(?:出自|来自|出现在|翻到|翻看|[归属列排放写]于?[在到入进为]?)[^，。？]{0,12}第几(?:[项条点块章节]|大?部分)|属于[^，。？]{0,10}哪一?大?[项块条]|第几个?(?:方面|部分)|报告的?哪一?[条块章节]|第几[项条点](?:任务|工作)|标题(?:是|叫|为)(?:什么|啥)|"
        r"(?:(?:写|放|列|出现|归|属于?)(?:在|进|到)|[讲提说]在)了?(?:报告的?)?(?:哪(?!些)|什么地方|何处)|哪一?(?:个|块|项|方面)?(?:工作|任务|方面)[^，。]{0,6}(?:提|讲|写|说)(?:到|的|及)|(?:讲|谈|说|提)到?(?:哪|什么)[^，。]{0,6}(?:时候?|时提|中提)|"
        r"\b(?:which|what) (?:part|section|chapter|heading|paragraph)\b(?! of (?:chongqing|china|the (?:city|province|country)))|\bwhere in the report|"
        r"\bwhich of the (?:\w+ )?(?:tasks|priorities|areas|parts|sections|chapters|points)\b|"
        r"\b(?:in|under) which (?:of the )?(?:\w+ ){0,3}(?:task|area|part|section|chapter)s?\b|"
        r"\b(?:which|what) (?:numbered|main|big|major) (?:item|point|task|heading|section)\b|\bunder (?:which|what)\b", re.IGNORECASE)),
    ("comparison", re.compile(
        r"相比|对比|比较|相差|差多少|差几|[高低多少快慢大小]了?(?:多少|几)个?(?:百分)?点|(?<!占)比(?![重例率值]).{1,16}(?:高|低|多|少|快|慢|大|小|放宽|收紧|提高|降低)|"
        r"[高低多少快慢]于|谁(?:的|更|最)|(?:谁|哪一?[个项])[涨增升降跌]|更[高低多少快慢大小]|哪个.{0,12}[高低多少快慢大小]|变化|走势|达标|完成了?(?:目标)?(?:吗|没)|"
        r"\bcompar|\bversus\b|\b(?:above or below|more or less|up or down)\b|\bvs\b|\bdifference\b|\bthan\b|\b(?:higher|lower|larger|smaller|faster|slower)\b|\bchange[ds]?\b|\btrend",
        re.IGNORECASE)),
    ("figure", re.compile(
        r"多少|总量|单位[是为用：:]?[亿万]?元|百分之几|多[大长高快]|(?<!哪)几个?(?:百分点|成|倍|位)|(?<!哪)几[万亿千百十]?[个家户项条件人名所座处套台辆吨米公里亩天次届]|第几|增速|增幅|涨幅|降幅|比[例重]|规模|数量|"
        r"\bhow (?:many|much|fast|large|big|high|long)\b|\b(?:rate|number|amount|total|percentage|share|ratio|growth|size|figure)\b",
        re.IGNORECASE)),
    ("list", re.compile(
        r"哪些|哪(?:几|[二两三四五六七八九十\d]+)|分别|各是|包括(?:什么|啥)|有什么|几大|列出|列举|都有|是什么和什么|\bwhich (?:\w+ )?(?:\w+s)\b|\blist\b|\bname the\b|\bwhat are\b",
        re.IGNORECASE)),
)  # fmt: skip

# What only the person's own words can ask for.
_BY_ITS_WORDS: Final = frozenset({"summary", "wording", "section"})
# "Why is there no number" asks for no number.
_WHY: Final = re.compile(r"为什么|为何|\bwhy\b", re.IGNORECASE)
# Several figures of one place and period are a list: no single record answers.
_SEVERAL: Final = re.compile(
    r"(?:多少|几[个件家项条户所座块枚]).*[、，,和及与].*(?:多少|几[个件家项条户所座块枚成]|第几|百分之几)|"
    r"\bhow (?:many|much)\b.*\b(?:and|,).*\bhow (?:many|much)\b",
    re.IGNORECASE,
)
# Words of asking: they say what is wanted, not what it is about.
_ASKING: Final = re.compile(
    r"是否|哪一?年|年初|(?:定|[涨增长跌降]+)得[更最]?[高低快慢多少猛]|更[高低快慢多少大小](?:或者?|还是)更?[高低快慢多少大小]地?|请问|请|告诉我|我想知道|想知道|报告(?:里|中|上)?|政府工作报告|到底|究竟|(?:是|有|为|达到|达|要|占|共|一共|总共)?(?:多少(?:[万亿千百]+(?=[？?]|$))?|几(?=[个家户项条件人名所座处套台辆吨米公里亩天次]))|"
    r"每年|逐年|历年|接下来的?|以来|至今|最[多少高低大小快慢猛强]|(?:都|各|分别)?[说讲报列]一?下(?:数字)?|[两二三四五]地(?=的|[，,]|$)|各(?=是|$|[？?，,])|"
    r"是?[高低多少快慢大小]了?还是[高低多少快慢大小]了?|差了?(?:多少|几)(?:个?(?:百分)?点)?|(?:定的|(?:实际)?(?:做到|达到|完成|交出来?|跑出来?|干出来?)的)(?:数字?|成绩)?|(?<=[的年标])比(?=[，,]|$)|"
    r"相比|对比|变化|走势|趋势|情况|"
    r"再?(?:[高低快慢多少]|提高|提升|上升|增加|下降|降低|回落)?了?(?:多少|几)个?(?:百分)?点|百分之几|是什么|什么|哪些|哪个|哪里|哪[类种边]|哪家(?=.{0,4}[更高低多少快慢])|哪|怎么样|怎么|如何|为什么|吗|呢|吧|么|谁|[？?。！!，,、]|"
    r"目标|计划|打算|预期|预计|预定|原定|实绩|实际|完成|实现|定在|定为|设定|提出|力争|计划|(?<=[^重主需必])要",
)
# Of "where among the ten tasks does it stand", the tasks are not what is looked for.
_AMONG: Final = re.compile(
    r"(?:[放写列归属排出现]*[在到于进])?(?:今年|报告|政府)?的?(?:[一二三四五六七八九十]+|\d+)(?:大|个|项|条)?(?:方面|重点|优先|主要|首要)*的?"
    r"(?:工作|任务|事项|领域|部分|板块)的?(?:之?[中里]|当中)?"
)
_OF_SUMMARIES: Final = re.compile(r"一下|关于|有关|方面|举措|措施|做法|要点|情况|内容")
# Words that point back: 又, 也, 还, and a comparison with one side only.
_ELLIPTIC: Final = re.compile(r"[又也还再]|^[比较跟与同和]|的(?:是|有|呢)?(?:哪|多少|几|什么|谁|[？?]|$)|^那")
_FOLLOW_UP: Final = re.compile(
    r"^(?:那么?|还有|另外|其中|and\b|what about|how about|then\b)|呢[?？]?$|^[^，,]{1,10}呢[，,？?]|^(?:这|该|它|其|此)|[那同]一?年|^同(?:一|样)[批份个篇]?|这[个项些]|该[项]|\b(?:it|that|this|they|them|those)\b",
    re.IGNORECASE,
)

# What the headline indicators are called outside of reports. 数字经济 or 民营经济 is another thing than 经济.
_WHOSE_ECONOMY: Final = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[年省市区国的个看说讲问给对把为让])|(?<=(?<![稳坚确奠安决锁])[定设]))经济"
)
_EVERYDAY: Final = (
    (re.compile(rf"{_WHOSE_ECONOMY}(?:总量|规模|体量|盘子)"), "地区生产总值总量"),
    (
        re.compile(rf"{_WHOSE_ECONOMY}(?=的?(?:实际|预期)?的?(?:增长|增速|增幅|目标|谁|哪|涨))"),
        "地区生产总值",
    ),
    (
        re.compile(
            r"(?:(?<![\u4e00-\u9fff])|(?<=[年省市区国])|(?<=[年省市区国]的))投资(?=的?(?:目标|增长|增速|增幅))"
        ),
        "固定资产投资",
    ),
    (re.compile(r"GDP", re.IGNORECASE), "地区生产总值"),
    *ABBREVIATIONS,
    (re.compile(r"CPI|物价(?:涨幅)?", re.IGNORECASE), "居民消费价格涨幅"),
)
_EMPTY_TURN: Final = re.compile(
    r"\b(?:and|or|but|so|then|what|how|about|many|much|is|was|were|are|did|does|do|will|would|it|they|them|that|this|those|these|"
    r"the|a|an|of|for|in|by|to|be|at|its|their|one|same|there|target\w*|goals?|plan\w*|aim\w*|promis\w+|pledg\w+|expect\w*|"
    r"actual\w*|results?|achiev\w+|reach\w*|last|next|current|previous|year|years|figure|number|city|province|government|report|"
    r"(?:19|20)\d\d)\b|[^\w]",
    re.IGNORECASE,
)
_RELATIVE_YEARS: Final = (
    ("今年", "this year|current year"),
    ("去年", "last year|previous year"),
    ("明年", "next year"),
)
# Spoken words of asking, as they are written.
_SPOKEN: Final = (
    (re.compile(r"啥时候?|几时|哪会儿"), "什么时候"),
    (re.compile(r"为啥"), "为什么"),
    (
        re.compile(r"(?<![哪这那每第][一二三])(?<=[\d一二三四五六七八九十百千万亿])块钱?(?![地屏板牌田砖])"),
        "元",
    ),
    (re.compile(r"老几(?!样)"), "第几"),
    (re.compile(r"(?<=[少几])个亿(?!万|元)"), "亿元"),
    (re.compile(r"咋样"), "怎么样"),
    (re.compile(r"咋"), "怎么"),
    (re.compile(r"啥"), "什么"),
)
# Of several turns the first is meant: 回到最开始那个.
_FIRST_TURN: Final = re.compile(
    r"(?:回到|再?说回|还是)?(?:最(?:开始|初|早|先)|一开始|刚开始|开头)(?:那个?|问的?|说的?|的)*(?:问题)?[，,]?"
)
# What a person says of themselves before the question: "我是开电车的，"; what they heard (听说) is part of it.
_PREAMBLE: Final = re.compile(
    r"^(?:(?:我(?!国|市|省|区|县|州)|咱|本人|你好|您好|朋友|家里)[^，,。？?]{0,24}[，,。])+(?!听说|据说)(?=.*[\u4e00-\u9fff]{4})|^(?:听说|据说)"
)
# What a person says that they do not ask for: "我问的不是全体居民，也不是脱贫人口".
_NOT_ASKED: Final = re.compile(
    r"(?:请?注意[，,：:]?)?(?:我?(?:问|指|说|要)的?(?:可|并|也)?(?:不是|并非)|(?:不是|并非|别|不要)(?:问|指|说|给我?))[^，,。？?！；]{1,12}"
    r"(?:[，,、](?:也|更)?(?:不是|并非)[^，,。？?！；]{1,12})*"
)
_AROUND_NAME: Final = re.compile(r"那么?|[的呢]|涨幅|增[速幅长]|这块|方面|\W")
# A turn of so few characters beside its times and words of asking leans on the one before.
_BRIEF: Final = 6
_HEADLESS: Final = re.compile(r"的\s*(?:[\u4e00-\u9fff]|公里|平方米|平方公里|立方米|人次|万人|亿元|万元)?$")
GENERAL_NOUNS: Final = frozenset(
    "时间 时候 人群 群体 对象 数量 数字 数据 比例 规模 情况 部分 地方 方面 原因 内容 结果 目标 计划 任务 指标 全国 全市 程度 单位 幅度 总量 总数 总额".split()
)
"""Nouns that say what is asked of a thing, and not which thing."""


def clean(text: str) -> str:
    """``text`` in NFKC-safe form without control characters. Raises ``QuestionError`` if nothing askable is left."""
    tidy = (
        re.sub(r"\s+", " ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text)))
        .strip()
        .translate(_WIDE_DIGITS)
    )
    if not re.search(r"\w", tidy):
        raise QuestionError("The question is empty. Ask something, for example: 今年计划新增多少城镇就业？")
    if len(tidy) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(tidy)} characters; at most {MAX_CHARACTERS} can be answered. "
            "Ask one thing at a time, or check a longer text with: wenzheng check --file FILE",
        )
    return tidy


def language_of(text: str) -> Language:
    """``zh`` or ``en``. Raises ``QuestionError`` for a question in another script."""
    if _HAN.search(text) and not re.search(r"[\u3040-\u30ff\uac00-\ud7af]", text):
        return "zh" if is_chinese(text) else "en"
    letters = [sign for sign in text if sign.isalpha()]
    if letters and sum(sign.isascii() for sign in letters) * 2 > len(letters):
        return "en"
    raise QuestionError("The question is in a language that is not supported. Ask in Chinese or in English.")


def wanted_of(text: str) -> Wanted:
    """The kind of answer that the wording of ``text`` asks for."""
    wanted: Wanted = next((wanted for wanted, pattern in _WANTED if pattern.search(text)), "fact")
    return "fact" if wanted == "figure" and _WHY.search(text) else wanted


def interpret(question: Question, shelf: Shelf, translate: Callable[[str], str]) -> Query:
    """``question`` read against the reports on the ``shelf``; ``translate`` puts English into Chinese.

    Raises:
        QuestionError: the question is empty, too long, or in another language.
    """
    asked = clean(question.text)
    language = language_of(asked)
    for spoken, written in _SPOKEN:
        asked = spoken.sub(written, asked)
    turns = _earlier(question, translate)
    if len(turns) > 1 and _FIRST_TURN.match(asked):
        asked, turns = _FIRST_TURN.sub("", asked, count=1), turns[:1]
    earlier = [chinese for _, chinese in turns]
    bare = _times_only(asked) if earlier and language == "en" else ""
    chinese = bare or (translate(asked) if language == "en" else asked)
    reading = _with_english(asked, chinese)
    follows = bool(earlier) and (_FOLLOW_UP.search(asked) is not None or _leaves_out(chinese, shelf))
    text = _official(_standalone(chinese, _whole(earlier, shelf), shelf) if follows else chinese, shelf)
    leans = _FOLLOW_UP.search(reading) is not None
    picked = question.reports
    if not picked:
        named, reading = named_report(reading, shelf)
        picked = (named,) if named else ()
    before = [_of_its_year(_with_english(*turn), shelf) for turn in turns] if follows else []
    slots, missing = read_slots(reading, before, picked, shelf, leans=leans)
    wanted = wanted_of(asked)
    if wanted == "fact" and language == "en" and (told := wanted_of(chinese)) not in _BY_ITS_WORDS:
        wanted = told  # "title" is no 标题 of the report
    if follows and wanted == "fact":
        wanted = wanted_of(earlier[-1])
    if len(slots) > 1 and wanted in {"figure", "fact"}:
        wanted = "comparison"  # whatever the words: several places or periods are asked for side by side
    elif wanted == "comparison" and len(slots) == 1 and THAN_BEFORE.search(asked):
        wanted = "figure"  # "how much more than last year" of one period is its growth
    elif wanted == "figure" and _SEVERAL.search(asked):
        wanted = "list"
    if wanted not in {"figure", "comparison"} and not picked and not asks_number(text):
        slots = tuple(over_all_years(slot, shelf) for slot in slots)
    return Query(
        text=text,
        asked=asked if not follows else _in_context(asked, question.history[-1][0], language),
        topic=topic_of(text, shelf),
        language=language,
        wanted=wanted,
        slots=slots,
        missing=missing,
        focus=_focus(chinese, shelf) if follows else "",
    )


def _times_only(asked: str) -> str:
    """An English turn that names nothing but a time and a status, in Chinese ("And the target for 2026?"); "" for others.

    A small model that is to translate it makes up what is missing.
    """
    if _EMPTY_TURN.sub("", asked).strip():
        return ""
    years = re.findall(r"(?:19|20)\d\d", asked)
    relative = [word for word, english in _RELATIVE_YEARS if re.search(english, asked, re.IGNORECASE)]
    kinds = {"target": "目标", "actual": "实际"}
    return "".join(
        (*(f"{year}年" for year in years), *relative, *(kinds[one] for one in asked_statuses(asked)), "呢？")
    )


def _in_context(asked: str, before: str, language: Language) -> str:
    """A follow-up with the question that it leans on, which is not to be answered again."""
    return f"{asked}（接着上一问：{before}）" if language == "zh" else f"{asked} (following on: {before})"


def topic_of(text: str, shelf: Shelf) -> str:
    """What ``text`` is about: without times, places, titles of documents and words of asking.

    What people say of themselves first counts only where the question says nothing of its own: 我们想申报专精特新，
    今年准备新增多少家.
    """
    text = _NOT_ASKED.sub(" ", text)
    question = _PREAMBLE.sub("", text)
    topic = _bare(question, shelf)
    return topic if question == text or _subjects(topic) else _bare(text, shelf)


def _subjects(topic: str) -> set[str]:
    """The nouns of a topic that say which thing is meant."""
    return {noun for noun in nouns(topic) if len(noun) > 1} - GENERAL_NOUNS


def _bare(text: str, shelf: Shelf) -> str:
    bare = text
    if shelf.home is None or shelf.home.year:
        bare = without_times(bare)  # in texts of no year, a year is a word like any other
    bare = without_titles(bare, [entry.title for entry in shelf.entries if not entry.place])
    if wanted_of(text) == "section":
        bare = _AMONG.sub(" ", bare)
    for wanted, pattern in _WANTED:
        if wanted in {"summary", "wording", "section"}:
            bare = pattern.sub(" ", bare)
    bare = without_places(bare, [entry.place for entry in shelf.entries])
    if wanted_of(text) == "summary":
        bare = _OF_SUMMARIES.sub(" ", bare)
    return _ASKING.sub(" ", bare).strip()


def _official(text: str, shelf: Shelf) -> str:
    """``text`` with the official name in place of the one by which it calls an indicator (GDP, 社零)."""
    own = "|".join({re.escape(short_name(entry.place)) for entry in shelf.entries if entry.place})
    for pattern, name in _EVERYDAY:
        text = pattern.sub(name, text)
    if own:
        text = re.sub(
            rf"({own})的?经济(?:(?P<size>总量)|(?=(?:的|从|在|各|分别|[\d年到至、和]){{0,16}}(?:增长|增速|增幅|涨)))",
            r"\1地区生产总值\g<size>",
            text,
        )
    topic = topic_of(text, shelf)
    official = indicator_name(topic)
    return text if official in {topic, clean_name(topic)} else text.replace(topic, official)


def _earlier(question: Question, translate: Callable[[str], str]) -> list[tuple[str, str]]:
    """Earlier questions as they were asked and in Chinese, oldest first."""
    readable = [text for turn in question.history if (text := _readable(turn[0]))]
    return [
        (text, translate(text) if language_of(text) == "en" else text) for text in readable[-_KEPT_TURNS:]
    ]


def _of_its_year(turn: str, shelf: Shelf) -> str:
    """An earlier question without the year of the report that it names, where it names that of which it asks."""
    _, bare = named_report(turn, shelf)
    return bare if asked_years(bare, 0) else turn


def _with_english(asked: str, chinese: str) -> str:
    """A question as its places and times are read: an English one with its translation.

    "A national festival" is none of the nation: what places an English question names, it names itself.
    """
    return asked if asked == chinese or is_chinese(asked) else f"{asked} {chinese.replace(NATION, '')}"


def _readable(text: str) -> str:
    """An earlier question, cleaned; "" if it could not be read, which was told when it was asked."""
    try:
        tidy = clean(text)
        language_of(tidy)
    except QuestionError:
        return ""
    return tidy


def _leaves_out(text: str, shelf: Shelf) -> bool:
    """Whether ``text`` does not say what it is about: no noun of its own, or a 的 with nothing behind it."""
    topic = topic_of(text, shelf)
    brief = len(re.sub(r"\W", "", topic)) <= _BRIEF and _ELLIPTIC.search(text) is not None
    return brief or _HEADLESS.search(topic) is not None or not set(nouns(topic)) - GENERAL_NOUNS


def _focus(text: str, shelf: Shelf) -> str:
    """The words of its own by which a follow-up says which thing is meant: nouns, and what narrows them."""
    topic = topic_of(text, shelf)
    found = dict.fromkeys((*nouns(topic), *modifiers_and_nouns(topic)))
    return " ".join(word for word in found if word not in GENERAL_NOUNS)


def _whole(earlier: list[str], shelf: Shelf) -> str:
    """The last of the ``earlier`` questions, itself completed from those before it."""
    whole = earlier[0]
    for text in earlier[1:]:
        leans = _FOLLOW_UP.search(text) is not None or _leaves_out(text, shelf)
        # "固定资产投资呢？" asks the same of another thing, which the next turn then leans on.
        turns = leans and bool(set(nouns(topic_of(text, shelf))) - GENERAL_NOUNS)
        whole = _standalone(text, whole, shelf) if leans and not turns else text
    return whole


def _standalone(text: str, before: str, shelf: Shelf) -> str:
    """A follow-up with what it leaves to the question ``before``: its topic in front."""
    own, earlier = topic_of(text, shelf), topic_of(before, shelf)
    if own and own in before:
        return before
    # "那物价呢" after the growth of the economy asks of another indicator, of which nothing is left out.
    named, other = (topic_of(_official(one, shelf), shelf) for one in (text, before))
    return text if _is_indicator(named) and _is_indicator(other) else f"{earlier} {text}"


def _is_indicator(topic: str) -> bool:
    """Whether ``topic`` is the name of an indicator, and no more than that."""
    bare = topic
    for term in said_terms(topic):
        bare = bare.replace(term, "")
    return bare != topic and not _AROUND_NAME.sub("", bare)
