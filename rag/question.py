"""A question, read: language, follow-up and kind of answer; its topic is read in ``rag.topic``, its places and periods in ``rag.slots``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from index.thesaurus import everyday_names, said_terms
from index.tokens import is_chinese, modifiers_and_nouns, nouns
from rag.amounts import asks_number
from rag.check_goals import asked_together
from rag.check_stage import is_done, is_under_way, without_building
from rag.check_translation import without_strange_goals
from rag.english import in_chinese, without_and, without_asker
from rag.errors import QuestionError
from rag.everyday import in_official_names
from rag.named_report import named_report, years_of_reports
from rag.names import quoted_names
from rag.places import NATION, asked_places
from rag.shelf import over_all_years
from rag.slots import THAN_BEFORE, read_slots
from rag.times import asked_statuses, asked_years, without_times
from rag.topic import GENERAL_NOUNS, NOT_ASKED, topic_of, with_indicator_names
from rag.types import Query
from rag.wanted import asks_why, wanted_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.shelf import Shelf
    from rag.types import Language, Question, Wanted

MAX_CHARACTERS: Final = 1000
_KEPT_TURNS: Final = 3

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u2028\u2029\ud800-\udfff]"
)
_WIDE_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")

# What only the person's own words can ask for.
_BY_ITS_WORDS: Final = frozenset({"summary", "wording", "section"})
# Several figures of one place and period are a list: no single record answers.
_SEVERAL: Final = re.compile(
    r"(?:多少|几[个件家项条户所座块枚]).*[、，,？?和及与].*(?:多少|几[个件家项条户所座块枚成]|第几|百分之几|什么程度|多[长大远高](?=[？?，,]|$)|第[一二三]吗|[首末]位吗)|"
    r"\bhow (?:many|much)\b.*\b(?:and|,).*\bhow (?:many|much)\b",
    re.IGNORECASE,
)
# Words that point back: 又, 也, 还, and a comparison with one side only.
_ELLIPTIC: Final = re.compile(r"[又也还再]|^[比较跟与同和]|的(?:是|有|呢)?(?:哪|多少|几|什么|谁|[？?]|$)|^那")
_FOLLOW_UP: Final = re.compile(
    r"各占(?=多少|几|什么|比)|^(?:那么?|还有|另外|其中|占|and\b|what about|how about|then\b)|呢[?？]?$|^[^，,]{1,10}呢[，,？?]|^(?:这|该|它|其|此)|[那同]一?年|^同(?:一|样)[批份个篇]?|这[个项些类种]|[此同]类|该[项类]|\b(?:it|that|this|they|them|those)\b|\bthe same\b|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )\bthere\b(?! (?:are|were|be|will be|has|have|is an?|was an?)\b)",
    re.IGNORECASE,
)
# A thing with a question mark asks of it what was asked before: Lithium batteries?
_BARE_PHRASE: Final = re.compile(
    r"^(?!.*\b(?:what|which|who|whose|how|when|where|why|is|are|was|were|did|do|does|has|have|had|will|can|could|should)\b)"
    r"[A-Za-z][\w'’-]*(?: [\w'’-]+){0,3}\?$|"
    r"^(?!.*(?:多少|几|什么|啥|哪|谁|怎|何|吗|是否|有没有|是不是))[\u4e00-\u9fff]{2,8}[?？]$",
    re.IGNORECASE,
)

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# 那同一年北京的报告: of the year of the report that was named before.
_SAME_REPORT: Final = re.compile(
    r"[那这]?(?:同一?年度?|当年|[那这]一?年)的?(?=[\u4e00-\u9fff]{0,6}(?:政府)?(?:工作)?报告)"
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
    # 原定几个、实际几个: two questions.
    (
        re.compile(
            r"((?:多少|(?<!第)几)[^，、。？]{0,6})、(?=(?:(?:19|20)\d\d年|实际|最后|最终|后来|结果)[^，、。？]{0,16}(?:多少|几))"
        ),
        r"\1，",
    ),
    (re.compile(r"几多(?=[个家户项条件所座处套台辆吨亩名人钱]|公里|平方米)"), "多少"),
    (re.compile(r"好多(?=[个家户项条件所座处套台辆吨亩名]|公里|平方米|[钱人](?:[？?，,一每]|$))"), "多少"),
    # 要新装好多充电桩嘛, where nothing else asks.
    (
        re.compile(
            r"^(?![^？?]*(?:多少|几|哪|什么|啥|咋|怎|谁|吗|没有?(?:[？?]|$)|是不是|有没有))([^？?]*)好多(?=[\u4e00-\u9fff？?])(?!了|年来)"
        ),
        r"\1多少",
    ),
    (re.compile(r"(?<=[有是到了定要得])好(?=[长远大高宽久](?:[？?，,]|$))"), "多"),
    (re.compile(r"(?<=[少几])个亿(?!万|元)"), "亿元"),
    (re.compile(r"[上超过破]?([千百万]+亿)元?(?:规模|体量|级别|量级)(?=的)"), r"\1级"),
    # 24年说, 24、25、26年报告
    (
        re.compile(
            r"(?<![\d.近满过每第])(?:[12]\d年?[、和与到至])*[12]\d年(?=的?(?:这?[两二三四五]份的?)?(?:初|底|末|政府|工作报告|报告|两会|说|讲|提|定|承诺|答应|目标|计划|实际))"
        ),
        lambda match: re.sub(r"[12]\d", r"20\g<0>", match[0]),
    ),
    # What dialects end a sentence with.
    (re.compile(r"(?<=[\u4e00-\u9fff])[撒噻哟咯嘞](?=[，,。？?！!]|$)"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])喃(?=[，,。？?！!]|$)"), "呢"),
    (re.compile(r"咋样"), "怎么样"),
    (re.compile(r"咋个?(?![个人])"), "怎么"),
    (re.compile(r"啥子?"), "什么"),
    (re.compile(r"莫得"), "没有"),
)
# The same is asked of another thing: 固定资产投资呢？也这么比一下.
_LIKEWISE: Final = re.compile(
    r"[，,。？?]\s*(?:请|麻烦|你)?(?:也|同样|照样)(?:按|照|用)?(?:这么|这样|那样|那么|同样)?(?:地|的)?(?:[比算说列讲看查]|对比|比较)(?:一?[比算说列讲看查下])*(?:给我)?[。！!？?]*$"
)
# Of several turns the first is meant: 回到最开始那个.
_FIRST_TURN: Final = re.compile(
    r"(?:回到|再?说回|还是)?(?:最(?:开始|初|早|先)|一开始|刚开始|开头)(?:那个?|问的?|说的?|的)*(?:问题)?[，,]?"
)
_AROUND_NAME: Final = re.compile(r"那么?|[的呢和与及各]|涨幅|增[速幅长]|这块|方面|\W")
# A turn of so few characters beside its times and words of asking leans on the one before.
_BRIEF: Final = 6
_IT: Final = re.compile(r"[它其他她]|[这那该][条个座家项所款支]")
_LONG_TERM: Final = 4
_NAMES: Final = re.compile(r"哪(?!些)|什么|谁")
# Which train it is asks for no figure, whatever was asked before.
_OF_ITS_OWN: Final = re.compile(r"\b(?:who|where|when|which (?!one|of)[a-z]+)\b", re.IGNORECASE)
_SHORT_ANSWER: Final = 60
_GOAL: Final = re.compile(r"目标(?:值|任务)?|计划")
# Pleased with the last answer, a person goes on.
_THANKS: Final = re.compile(
    r"^(?:(?:nice|great|good|cool|fine|thanks?(?: you| a lot)?|ok(?:ay)?|got it|i see|right|interesting|impressive|wow|hm+|ah|oh|well)\b\s?[,.!;…]+\s*)+(?=\w)|"
    r"^(?:(?:好的?|谢谢你?|多谢|明白了?|知道了|懂了|了解了?|嗯+|哦+|不错|收到)[，,。！!～~\s]+)+(?=\w)",
    re.IGNORECASE,
)
_OF_ALL: Final = re.compile(r"都|全部|哪些|有没有")
_HEADED: Final = re.compile(r"的(?:[\u4e00-\u9fff]{0,2}(?:目标|计划|打算|安排|预期))")
_HEADLESS: Final = re.compile(r"的\s*(?:[\u4e00-\u9fff]|公里|平方米|平方公里|立方米|人次|万人|亿元|万元)?$")
# What a list counts: 三大千亿级产业.
_SO_MANY: Final = re.compile(r"(?:[一二两三四五六七八九十]+|\d+)[大个项条类种座批][\u4e00-\u9fff]{2,10}")


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


def interpret(question: Question, shelf: Shelf, translate: Callable[[str], str]) -> Query:
    """``question`` read against the reports on the ``shelf``; ``translate`` puts English into Chinese.

    Raises:
        QuestionError: the question is empty, too long, or in another language.
    """
    asked = clean(question.text)
    asked = NOT_ASKED.sub("", asked).strip(" ，,。") or asked
    language = language_of(asked)
    asked = without_asker(asked) if language == "en" else asked
    for spoken, written in _SPOKEN:
        asked = spoken.sub(written, asked)
    turns = _earlier(question, translate)
    if turns:
        asked = without_and(_LIKEWISE.sub("？", _THANKS.sub("", asked)))
    if len(turns) > 1 and _FIRST_TURN.match(asked):
        asked, turns = _FIRST_TURN.sub("", asked, count=1), turns[:1]
    turns = _up_to_the_same_thing(asked, turns)
    earlier = [chinese for _, chinese in turns]
    last = turns[-1][0] if turns else ""
    leaning = bool(turns) and (_FOLLOW_UP.search(asked) or _BARE_PHRASE.search(asked)) is not None
    chinese = in_chinese(asked, last, translate, leaning=leaning) if language == "en" else asked
    reading = _with_english(asked, _without_year_of_report(asked, chinese, shelf))
    follows = bool(earlier) and (leaning or _leaves_out(chinese, shelf))
    whole = f"{_whole(earlier, shelf)}{_named_before(question, asked)}" if follows else ""
    text = with_indicator_names(_standalone(chinese, whole, shelf) if follows else chinese, shelf)
    # One that leaves nothing out is answered alone.
    leans_on = follows and text != with_indicator_names(chinese, shelf)
    leans = leaning or _FOLLOW_UP.search(reading) is not None
    picked, reading = _report_meant(question, reading, turns, shelf)
    before = [_of_its_year(_with_english(*turn), shelf, picked) for turn in turns] if follows else []
    if picked and not question.reports and _YEAR.search(asked):
        before = [without_times(turn) for turn in before]  # it names a report of its own
    places = _of_conversation(turns, shelf) if not follows else ()
    slots, missing = read_slots(reading, before, picked, shelf, leans=leans, conversation=places)
    wanted = _kind(asked, chinese, earlier[-1] if follows else "", len(slots))
    if wanted not in {"figure", "comparison"} and not picked and not asks_number(text):
        slots = tuple(over_all_years(slot, shelf) for slot in slots)
    return Query(
        text=text,
        asked=_in_context(asked, question.history[-1][0], language) if leans_on else asked,
        topic=topic_of(text, shelf),
        language=language,
        wanted=wanted,
        slots=slots,
        missing=missing,
        focus=_focus(chinese, shelf) if follows else "",
        leans=leans_on,
    )


def _report_meant(
    question: Question, reading: str, turns: list[tuple[str, str]], shelf: Shelf
) -> tuple[tuple[str, ...], str]:
    """The ids of the reports that were picked, or that of the one that is named, and the question without its name.

    A follow-up that names no place and no year asks the report of which the conversation is.
    """
    if question.reports:
        return question.reports, reading
    told = [year for turn in turns for year in sorted(years_of_reports(_with_english(*turn), shelf))]
    if told:
        reading = _SAME_REPORT.sub(f"{told[-1]}年", reading)
    named, reading = named_report(reading, shelf, _of_conversation(turns, shelf))
    elsewhere = _YEAR.search(reading) or asked_places(reading, [entry.place for entry in shelf.entries])
    if not named and turns and not elsewhere:
        earlier = (named_report(_with_english(*turn), shelf)[0] for turn in reversed(turns))
        named = next(filter(None, earlier), ())
    return named, reading


def _of_conversation(turns: list[tuple[str, str]], shelf: Shelf) -> tuple[str, ...]:
    """The places of which the last of the ``turns`` that names any asks."""
    known = [entry.place for entry in shelf.entries]
    named = (asked_places(_with_english(*turn), known) for turn in reversed(turns))
    return next(filter(None, named), ())


def _kind(asked: str, chinese: str, before: str, slots: int) -> Wanted:
    """The kind of answer that a question wants of so many ``slots``; if its words leave it open, that of the one ``before``."""
    wanted = wanted_of(asked)
    if wanted == "fact" and asked != chinese and (told := wanted_of(chinese)) not in _BY_ITS_WORDS:
        wanted = told  # "title" is no 标题 of the report
    if before and wanted == "fact" and not asks_why(asked) and not _OF_ITS_OWN.search(asked):
        wanted = wanted_of(before)
    if slots > 1 and wanted in {"figure", "fact"}:
        return "comparison"  # whatever the words: several places or periods are asked for side by side
    if wanted == "comparison" and slots == 1 and THAN_BEFORE.search(asked):
        return "figure"  # "how much more than last year" of one period is its growth
    return "list" if wanted == "figure" and _SEVERAL.search(asked) else wanted


def _in_context(asked: str, before: str, language: Language) -> str:
    """A follow-up with the question that it leans on, which is not to be answered again."""
    return f"{asked}（接着上一问：{before}）" if language == "zh" else f"{asked} (following on: {before})"


def _earlier(question: Question, translate: Callable[[str], str]) -> list[tuple[str, str]]:
    """Earlier questions as they were asked and in Chinese, oldest first."""
    readable = [text for turn in question.history if (text := _readable(turn[0]))]
    return [
        (text, translate(text) if language_of(text) == "en" else text) for text in readable[-_KEPT_TURNS:]
    ]


def _of_its_year(turn: str, shelf: Shelf, picked: tuple[str, ...]) -> str:
    """An earlier question without the year of the report that it names, where that is picked, or it names that of which it asks."""
    named, bare = named_report(turn, shelf)
    return bare if set(named) & set(picked) or asked_years(bare, 0) else turn


def _with_english(asked: str, chinese: str) -> str:
    """A question as its places and times are read: an English one with its translation.

    "A national festival" is none of the nation: what places an English question names, it names itself. Nor does one
    ask for a goal of which it says nothing.
    """
    if asked == chinese or is_chinese(asked):
        return asked
    goalless = without_strange_goals(
        asked, chinese if "target" in asked_statuses(asked) else _GOAL.sub("", chinese)
    )
    return f"{asked} {goalless.replace(NATION, '')}"


def _without_year_of_report(asked: str, chinese: str, shelf: Shelf) -> str:
    """The translation of an English question without the years of the reports that this names, which it may give as ones asked of."""
    if asked == chinese:
        return chinese
    years = "|".join(sorted(years_of_reports(asked, shelf)))
    return re.sub(rf"(?:{years})年?(?!年?度?[^，。分和]{{0,8}}报告)", "", chinese) if years else chinese


def _up_to_the_same_thing(asked: str, turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``turns`` up to the last that names a thing which ``asked`` names again, where each after it was of another."""
    own = set(nouns(asked)) - GENERAL_NOUNS
    things = [set(nouns(turn[0])) - GENERAL_NOUNS for turn in turns]
    same = [number for number, named in enumerate(things, start=1) if own & named]
    return turns[: same[-1]] if same and all(things[same[-1] :]) else turns


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
    if _OF_ALL.search(text) and asked_together(text):
        return False  # all goals of a year are a thing of their own
    topic = topic_of(text, shelf)
    brief = len(re.sub(r"\W", "", topic)) <= _BRIEF and _ELLIPTIC.search(text) is not None
    # The tagger finds no noun in 一般公共预算收入.
    own = {*nouns(topic), *(term for term in said_terms(topic) if len(term) >= _LONG_TERM)} - GENERAL_NOUNS
    # 老年人住房的计划 is headed by its 计划.
    headless = _HEADLESS.search(topic) is not None and not (own and _HEADED.search(text))
    return brief or headless or not own


def _focus(text: str, shelf: Shelf) -> str:
    """The words of its own by which a follow-up says which thing is meant: what it quotes, nouns, what narrows them, and official terms for everyday names."""
    topic = topic_of(text, shelf)
    # 建成 is no thing, though reports also say 竣工.
    official = (term for _, terms in everyday_names(topic) for term in terms[:1] if len(term) >= _LONG_TERM)
    found = dict.fromkeys((*quoted_names(topic), *nouns(topic), *modifiers_and_nouns(topic), *official))
    return " ".join(word for word in found if word not in GENERAL_NOUNS)


def _whole(earlier: list[str], shelf: Shelf) -> str:
    """The last of the ``earlier`` questions, itself completed from those before it."""
    whole = earlier[0]
    for text in earlier[1:]:
        leans = _FOLLOW_UP.search(text) is not None or _leaves_out(text, shelf)
        # "固定资产投资呢？" asks the same of another thing, which the next turn then leans on.
        # 占总任务多大比例 has no subject of its own.
        own = set(nouns(topic_of(text, shelf))) - GENERAL_NOUNS
        turns = leans and bool(own) and not text.startswith("占")
        whole = _standalone(text, whole, shelf) if leans and not turns else text
    return whole


def _named_before(question: Question, asked: str) -> str:
    """What the last answer named, where a follow-up speaks of "it" and that is what was asked for; else ""."""
    turn = question.history[-1]
    named = _IT.search(asked) and _NAMES.search(turn[0]) and len(turn[1]) <= _SHORT_ANSWER
    return f" {turn[1]}" if named and is_chinese(turn[1]) else ""


def _standalone(text: str, before: str, shelf: Shelf) -> str:
    """A follow-up with what it leaves to the question ``before``: its topic in front."""
    own, earlier = topic_of(text, shelf), topic_of(before, shelf)
    if own and own in before:
        return before
    if is_done(text) and not is_under_way(text):
        earlier = without_building(earlier)  # 那去年开通了多少 after what is being built
    if _SO_MANY.search(own) and nouns(own):
        earlier = _SO_MANY.sub(" ", earlier)  # 六个百亿级产业 after 三大千亿级产业
    # "那物价呢" after the growth of the economy asks of another indicator, of which nothing is left out.
    named, other = (topic_of(with_indicator_names(one, shelf), shelf) for one in (text, before))
    return text if _is_indicator(named) and _is_indicator(other) else f"{earlier} {text}"


def _is_indicator(topic: str) -> bool:
    """Whether ``topic`` is the name of an indicator, and no more than that."""
    topic = bare = in_official_names(topic)
    for term in said_terms(topic):
        bare = bare.replace(term, "")
    return bare != topic and not _AROUND_NAME.sub("", bare)
