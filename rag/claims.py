"""A statement split into checkable claims, each with its offsets, and what is left aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.clauses import find_spans
from index.gazetteer import gazetteer
from index.leads import read_lead
from index.quantities import find_quantities
from index.tokens import place_names
from rag.question import language_of
from rag.verdicts import Aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.quantities import Quantity
    from rag.types import Language
    from rag.verdicts import AsideReason

_WORD: Final = re.compile(r"[\u3400-\u9fffA-Za-z]")
_EDGE: Final = " \t\r\n　。；;！!，,、.：:"
_GREETING: Final = re.compile(
    r"^(?:尊敬的|敬爱的|亲爱的|各位|同志们|朋友们|女士们|先生们|大家好|你好|您好|谢谢|感谢|早上好|上午好|下午好|晚上好|此致|敬礼|新年好|"
    r"(?:dear|hello|hi|good (?:morning|afternoon|evening)|ladies and|thank(?:s| you))\b)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"\s*(?:尊敬的|敬爱的|亲爱的|各位|同志们|朋友们|大家好)[^，。：:；！!\d]{0,16}[：:！!](?=.*\w)"
)
# Whom it is told to, and what the writer thinks of it, beside what is told: 街坊们注意啦，……，给力！
_CALL: Final = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{0,6}(?:们|友|粉|宝|亲)(?:[，！!～~]|(?:快|都)?(?:注意|看过来|听好|看好|来看|知道|听说|划重点)[啦了吗没哈]*[，！!～~：:]))(?=.*\w)|"
    r"\s*(?:好消息|喜讯|重磅|划重点|号外|敲黑板|官宣)[，！!～~：:]+(?=.*\w)"
)
_CHEER: Final = re.compile(
    r"[，,！!～~](?:[\u4e00-\u9fff]{0,4}(?:给|为)[^，。\d]{1,8}点个?赞|(?:真的?|实在|可|也)?(?:太|真|好|超)[^，。\d]{1,4}[了啦]?|[^，。\d]{0,4}(?:给力|厉害了|了不起|有盼头|狂喜|赚到了?|加油|期待|冲[呀鸭]?|棒棒哒|点赞|yyds))[啊呀哦吧～~！!。]*$",
    re.IGNORECASE,
)
_OPINION: Final = re.compile(
    r"^(?:我|我们|本人|个人|笔者)(?:个人)?(?:认为|觉得|相信|希望|以为|感到|猜|想|建议|期待|祝)|^(?:希望|祝愿|祝|但愿|相信|愿)(?!望)|"
    r"^(?:给|为)[^，。]{0,10}点个?赞|^(?:好消息|喜讯|重磅|真[棒牛好]|太[好棒牛]了)[^，,]{0,6}$|"
    r"^(?:i|we) (?:think|believe|hope|feel|guess|wish|suggest)\b|^in my (?:opinion|view)\b|^let us\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"[?？]\s*$")
_HEADING: Final = re.compile(
    r"^(?:#{1,6}\s|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十\d]{1,3}[部章节])"
)
_LONGEST_HEADING: Final = 40
_LONGEST_GREETING: Final = 24
_ENGLISH_BREAK: Final = re.compile(r"(?<!\bNo)(?<!\bU\.S)(?<!\bMr)(?<!\bvs)[.!?](?=\s+[A-Z“\"(])|[\n;；。]")
_TIMED: Final = re.compile(
    r"^(?:而|但|其中|到|至|在)?(?:今年|去年|上年|明年|前年|(?:19|20)\d\d年|[一二][〇零九][〇零一二三四五六七八九]{2}年)"
)
_FOLLOWS: Final = re.compile(
    r"^(?:意味着|也就是|相当于)?[这该](?:一|个|项)?(?:目标|下限|上限|底线|数字?|增速|比例|水平|指标|成绩)|^(?:[仍也还又都]然?|继续|依[然旧]|目前|现在)*(?:(?:增|降|涨)?(?:速度?|幅)|速度|总(?:投资|长|面积|建筑面积)|产量|总量|规模|数量|位次|排名|占比|比重|金额|总额|以前|原来|此前|之前|过去)|^(?:[仍也还又都]然?|继续|依[然旧]|目前|现在)*(?:其中|其|均|都|分别|同比|比|较|占|居|增|降|减|稳[坐居守]|位[居列]|名列|排[名在]|跻身|跃|高居|蝉联|领跑|约|达|合|并|且|而|也|又|还|再|仅|共|为|是|实现|完成|超|在?(?:全[国球市省]|世界|[东中西]部)[^，。\d]{0,8}(?:第[一二三四五六七八九十]|领先|前列|首位|榜首))"
)
# It says among what, and states nothing: 15件民生实事当中.
_AMONG: Final = re.compile(r"(?:[当之]中|[件项个家名]中|[^这那]里面?|以来|方面|来看)$")
# Who says it, and no claim by itself.
_SOURCE: Final = re.compile(
    r"^[^，。]{0,16}报告(?:里|中|上)?(?:[\u4e00-\u9fff]{0,4}?[说称讲写提宣显透指介承坦][^，。]{0,3})?$"
)
# Where it may be looked up, behind what is said: （见2024年报告）
_NOTE: Final = re.compile(
    r"[（(【\[][^（）()【】\[\]，。]{0,16}?(?:(?:19|20)\d\d|报告)[^（）()【】\[\]，。]{0,10}[）)】\]]"
)
_BUT: Final = re.compile(r"^(?:而|但|同时|至于)")
_MAY_BE_PLACE: Final = re.compile(r".{0,2}[东西南北]|[\u4e00-\u9fff]{2,5}[省市区县州盟旗]")
_WHOLE: Final = re.compile(r"中国|[全我]国|世界|全球")
# 既有100个甲，也有8万个乙: what is counted stands behind its number.
_ALSO_SO_MANY: Final = re.compile(
    r"(?:也|还|又|以及|更)(?:要|将|计划)?(?:有|会有|新增|新建|建成?|完成|改造)\d[\d.]*[万亿]?[个家户项条件所座处套台辆部](?=[“\u4e00-\u9fff]{3})"
)
_ALSO: Final = "还也又并且"
_COMMA: Final = re.compile(r"[，,](?!\d{3})")
_WHEN: Final = re.compile(r"(?:到|在|从)?(?:“?十[一二三四五]五”?|[今去明前]年|(?:19|20)\d\d年)[^，。\d]{0,8}")
# 甲和乙均已投用
_BOTH: Final = re.compile(
    r"(?<![^，,])(?P<one>[^，,。；、和与及\d][^，,。；、和与及]{1,19})(?:、|和|与|以及|及)(?P<other>[^，,。；、和与及\d][^，,。；、和与及]{1,19}?)"
    r"(?:双双|全都|都|均|皆)(?P<told>(?!是|要|有|在内)[^，,。；]{3,})$"
)
_SUBJECT: Final = 8
_TOLD: Final = 6
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of a statement: ``statement[start:end] == text``.

    ``lead`` is what stands before it in its sentence, which gives it the
    subject and the time that it does not name itself.
    """

    text: str
    start: int
    end: int
    lead: str = ""


def split_claims(statement: str) -> tuple[tuple[Claim, ...], tuple[Aside, ...]]:
    """The claims of ``statement`` in order, and what is left aside.

    A statement of which nothing else is checkable is one claim as a whole, as
    long as it has words. Raises ``QuestionError`` for a language other than
    Chinese and English.
    """
    language = language_of(statement)
    claims: list[Claim] = []
    aside: list[Aside] = []
    for begin, stop, alone in _sentences(statement, language):
        end = stop
        address = _ADDRESS.match(statement, begin, end) or _CALL.match(statement, begin, end)
        start = address.end() if address else begin
        if address:
            aside.append(Aside(begin, start, "greeting"))
        cheer = _CHEER.search(statement, start, end)
        if cheer and len(_WORD.findall(statement[start : cheer.start()])) >= _TOLD:
            aside.append(Aside(cheer.start() + 1, end, "opinion"))
            end = cheer.start()
        reason = _reason_aside(statement[start:end], alone=alone)
        if reason is not None:
            aside.append(Aside(start, end, reason))
        elif language == "zh":
            claims.extend(_parts(statement, start, end))
        else:
            claims.extend(_trimmed(statement, start, end))
    if not claims:
        whole = list(_trimmed(statement, 0, len(statement)))
        return tuple(whole), () if whole else tuple(aside)
    return tuple(claims), tuple(aside)


def told_apart(claim: Claim, text: str) -> tuple[Claim, ...]:
    """The parts of the Chinese ``text`` of ``claim`` between commas, each with who says it and of when; none where it has but one.

    A part that only says how much of what another one names (总投资达到80亿元) has no subject of its own: with one, none are.
    """
    scene = ""
    parts: list[str] = []
    for part in _COMMA.split(text):
        if not parts and (_SOURCE.search(part) or _AMONG.search(part) or _WHEN.fullmatch(part)):
            scene += f"{part}，"
        elif len(_WORD.findall(part)) + sum(map(str.isdigit, part)) >= _TOLD:
            parts.append(part)
        else:
            return ()
    if len(parts) < 2 or any(_FOLLOWS.match(part.lstrip(_ALSO)) for part in parts):  # noqa: PLR2004 - two parts at least
        return ()
    return tuple(
        replace(claim, text=f"{scene}{part}", lead=claim.lead + "".join(f"{one}，" for one in parts[:number]))
        for number, part in enumerate(parts)
    )


def of_each(claim: Claim) -> tuple[Claim, ...]:
    """What ``claim`` says of both of two things, said of each by itself: 甲已在2024年投用, 乙已在2024年投用 for 甲和乙均已在2024年投用."""
    both = _BOTH.search(claim.text)
    if both is None:
        return ()
    before = claim.text[: both.start()]
    return tuple(replace(claim, text=f"{before}{both[thing]}{both['told']}") for thing in ("one", "other"))


def _sentences(statement: str, language: Language) -> Iterator[tuple[int, int, bool]]:
    """Sentences and their semicolon parts; whether each is a line of its own."""
    if language == "zh":
        spans = find_spans(statement, [])
        for span in spans:
            alone = not any(o is not span and o.paragraph == span.paragraph for o in spans[:400])
            yield span.start, span.end, alone
        return
    begin = 0
    for match in _ENGLISH_BREAK.finditer(statement):
        yield begin, match.end(), False
        begin = match.end()
    if statement[begin:].strip():
        yield begin, len(statement), False


def _reason_aside(text: str, *, alone: bool) -> AsideReason | None:
    bare = text.strip(_EDGE)
    if not _WORD.search(bare):
        return "no_words"
    if _NOTE.fullmatch(bare) or _QUESTION.search(text):
        return "question" if _QUESTION.search(text) else "source"
    figures = any(q.kind == "amount" for q in find_quantities(bare))
    if _GREETING.match(bare) and len(bare) <= _LONGEST_GREETING and not figures:
        return "greeting"
    if _OPINION.match(bare) and not figures:
        return "opinion"
    ended = text.rstrip()[-1:] in "。；;！!.”"
    if alone and not ended and _HEADING.match(bare) and len(bare) <= _LONGEST_HEADING:
        return "heading"
    return None


def _parts(statement: str, start: int, end: int) -> Iterator[Claim]:
    """The coordinate parts of a Chinese sentence that have a figure and a subject or time each."""
    text = statement[start:end]
    figures = [q for q in find_quantities(text) if q.kind == "amount"]
    begin = 0
    for comma in re.finditer("[，,]", text):
        inside = any(q.start <= comma.start() < q.end for q in figures)
        rest = _until_comma(text, comma.end())
        if (
            not inside
            and not _SOURCE.search(text[begin : comma.start()])
            and _is_of_another_place(text[begin : comma.start()], text[comma.end() : rest])
        ):
            yield from _trimmed(statement, start + begin, start + comma.start(), text[:begin])
            begin = comma.end()
            continue
        if inside or not _holds(figures, begin, comma.start()) or _AMONG.search(text[begin : comma.start()]):
            continue
        if _holds(figures, comma.end(), rest) and _starts_anew(
            text[comma.end() : rest], figures, comma.end()
        ):
            yield from _trimmed(statement, start + begin, start + comma.start(), text[:begin])
            begin = comma.end()
    yield from _trimmed(statement, start + begin, end, text[:begin])


def _is_of_another_place(before: str, part: str) -> bool:
    """Whether ``part`` begins with a place and tells of it what ``before`` may tell of another: 渝东南走…，渝东北则主打…."""
    bare = _BUT.sub("", part.strip())
    if not _MAY_BE_PLACE.match(bare) and bare[:2] not in gazetteer():
        return False  # tagging takes time
    # Of 渝东南 the tagger knows 东南.
    own = next((place for place in place_names(bare[:_SUBJECT]) if bare.find(place) <= 1), "")
    others = [
        place
        for place in place_names(before)
        if place not in own and own not in place and not _WHOLE.match(place)
    ]
    return bool(own and others) and len(bare) >= len(own) + _TOLD and own not in before


def _holds(figures: list[Quantity], start: int, end: int) -> bool:
    return any(start <= q.start < end for q in figures)


def _until_comma(text: str, start: int) -> int:
    match = re.compile("[，,](?![0-9]{3})").search(text, start)
    return match.start() if match else len(text)


def _starts_anew(part: str, figures: list[Quantity], offset: int) -> bool:
    """Whether a part has its own time, or its own subject before its first figure."""
    bare = part.strip()
    if _TIMED.match(bare):
        return True
    if _ALSO_SO_MANY.match(bare):
        return True
    if _FOLLOWS.match(bare):
        return False
    first = next(q.start for q in figures if q.start >= offset) - offset
    return len(read_lead(part[:first]).name) >= _SHORTEST_NAME


def _trimmed(statement: str, start: int, end: int, lead: str = "") -> Iterator[Claim]:
    while start < end and statement[start] in _EDGE:
        start += 1
    while end > start and statement[end - 1] in _EDGE:
        end -= 1
    if _WORD.search(statement[start:end]):
        yield Claim(statement[start:end], start, end, lead)
