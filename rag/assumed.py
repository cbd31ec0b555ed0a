"""The statement in a question: what "..., is that right?" asks about, or what it takes for granted.

That is a figure, that something was stopped, did or did not happen, or that all of it is done, or not all.

A statement can be checked as any other; what becomes of the question then
depends on the verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.quantities import find_quantities
from rag.check_complete import says_all
from rag.check_goals import asked_together
from rag.check_meaning import DENIAL
from rag.check_vague import in_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Language
    from rag.verdicts import ClaimVerdict

_ASKS_WHETHER: Final[dict[Language, tuple[re.Pattern[str], ...]]] = {
    "zh": (
        re.compile(
            r"^(?P<said>.{6,}?)[，,。；;]?\s*(?:这(?:话|个?说法|个数字?|样说)?|报告(?:里|中|上)?(?:真|确实)?)?(?:到底|究竟)?"
            r"(?:(?<=的)那[个家座条项件次]吧|对不对|对[吗么吧]|是[吗么吧]|是不是(?:真的|这样|事实)?|(?:是)?真的?[吗么]|是真是假|属实[吗么]?|(?:是|就是)?这[么样](?:说|写|讲|定)的[吧吗么]|正确[吗么]|准确[吗么]|没错吧|我?(?:应该)?没(?:记|说|看|理解|搞|弄|听)错吧)[？?。!！]*$"
        ),
        re.compile(r"^(?P<before>[^，,。？?]{0,24}?)(?:是不是|是否)(?P<said>.{2,}?)[？?。]*$"),
    ),
    "en": (
        re.compile(
            r"^is it (?:really )?(?:true|correct|right|a fact) that (?P<said>.{12,}?)[?.]*$", re.IGNORECASE
        ),
        re.compile(
            r"^(?P<said>.{12,}?),? (?:right|correct|true|is (?:that|this) (?:right|true|correct)|\w+n['’]t (?:it|they|he|she|there|this|that))[?.]*$",
            re.IGNORECASE,
        ),
    ),
}
_WHY: Final = re.compile(
    r"^(?P<before>.*?)(?:到底|究竟)?(?:为什么|为何|为啥|凭什么|怎么(?:会|(?=[把将没]|居然|反而|突然|(?:到?现在|到?今天|至今|这么久|一直|都|[了也])*[还仍尚][没未])))(?P<after>[^？?]+?)(?:[？?。].*)?$"
)
_SAYS: Final = re.compile(
    r"^(?:请问|听说|据说|有人说|网上说|我记得|我看到|我听说|印象中)?[，,：:]?"
    r"(?:(?:(?:政府(?:工作)?)?报告(?:里|中|上)?)?(?:是|都|又|就)?"
    r"(?:说到?|提到|提出|宣布|写道?|讲到?|指出|定下|宣布|要求|规定)了?(?:的是)?)?[，,：:]?"
)
# 山东2026年的报告说2025年全省……: it is said of 2025.
_REPORT_SAYS: Final = re.compile(
    r"(?:^|(?<=[\u4e00-\u9fff]))(?:省|市|自治区)?(?:19|20)\d\d年?的?(?P<nation>国务院|中央)?(?:政府)?的?(?:工作)?报告"
    r"(?:里|中|上)?(?:说|提到|显示|写|讲|称)(?:了|的是)?(?=.*(?:19|20)\d\d年)"
)
_STILL: Final = re.compile(r"(?:还是|依然|仍然?|还|一直|始终|居然|竟然|硬是|就是|愣是)(?=[没未不])")
_FIRST: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?:头一?[名位]|榜首|首名)$")
_THRESHOLD: Final = re.compile(r"这[道个一]*(?:坎儿?|关口?|门槛|大关|台阶)$")
_SINCE: Final = re.compile(
    r"^(?:since|given that|now that|considering that|seeing (?:as|that)|(?:after|once)(?! \w+ing\b)) (?P<said>[^?]{12,}?),? (?:by )?(?:which|what|why|how|who|when|where)\b",
    re.IGNORECASE,
)
_STATED: Final = re.compile(
    r"^(?:(?:i(?:['’]ve)? (?:heard|read|hear|saw)|(?:everybody|everyone|people|they) (?:say|says|said)|apparently)(?: that)?,? )?"
    r"(?P<said>[^,?]{12,}?)(?:(?: [-–—]+ |; |[,.] (?:so )?)(?:by )?(?:how|why|what|who|where|when)|\. (?:is|are|was|were|does|do|did|has|have|had)(?:n['’]t)?)\b",
    re.IGNORECASE,
)
# 那起事故 is one that happened; 还剩几家没处理完 are some that are left.
_HAPPENED: Final = re.compile(
    r"^(?P<before>[^，,。？?]{0,10}?)那(?:[几两三一])?[起次场](?P<what>[^，,。？?]{4,30}?)(?=[，,。？?是怎有造死])"
)
_HAPPENED_IN_ENGLISH: Final = re.compile(
    r"\b(?:the|that|those|these) (?!numbers?\b|rates?\b|tolls?\b|totals?\b|shares?\b|counts?\b|fall\b|drop\b|decline\b|reduction\b)(?P<what>(?:[\w'’-]+ ){0,6}?(?:accidents?|disasters?|floods?|explosions?|outbreaks?|fires|collapses?))\b"
    r"(?! (?:prevention|insurance|relief|rate|response|risks?|control|warning|season|drills?|victims? fund))",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(r"\b(?:last year|this year|in (?:19|20)\d\d)\b", re.IGNORECASE)
_ASKED_OF_IT: Final = re.compile(r"\b(?:which|what|when|where|why|how|who)\b", re.IGNORECASE)
# 开工后进展到哪一步 is asked of what was begun.
# ……已经通车了吧？ with a question of its own behind it.
_SUPPOSED: Final = re.compile(r"^(?P<said>[^。？?]{6,}?)[，,]?(?:对|是)?吧[？?，,](?=.*[\u4e00-\u9fff]{4})")
_BEGUN: Final = re.compile(
    r"^(?P<said>[^，,。？?]{4,30}?(?:(?:拿到|拿下|获得|评上|争取到)[^，,。？?]{2,16}?|开工|动工|建成|投用|投产|通车|通航|开通|启用|启动|竣工|完工|开业|落成|(?<!条例)(?<!办法)(?<!规定)实施|挂牌|上市|上线|封关|夺冠|获批|批下来|设立|成立|[改更]名|(?<=[修打建挖])通|通)(?:建设|使用|运[营行]|生产)?了?)"
    r"(?:之?后|以后|以来)(?:[，,]?(?=[^，,。？?]{0,30}(?:哪|多少|几|什么|怎|谁|如何))|[，,][^，,。？?]{2,20}[。，,](?=.*(?:哪|多少|几|什么|怎|谁|如何)))"
)
# 报告不是宣布……全免了吗，那……: it is taken for granted that it was.
_IS_IT_NOT: Final = re.compile(
    r"^(?P<before>[^，,。？?]{0,30}?)不是(?:已经)?(?P<after>[^，,。？?]{5,40}?)[吗嘛么][，,？?](?=.*[\u4e00-\u9fff]{4})"
)
# ……已经动工了，它的进度怎样
_TOLD_BEFORE: Final = re.compile(
    r"^(?P<said>[^，,。？?]{3,24}?已经?[^，,。？?]{2,12}?了?)[，,](?=[^。]*(?:它|其(?!他|中)|该|这[个座条项家]|现在|目前|报告)[^。]*(?:怎|如何|多少|几|哪|什么|何时))"
)
# After it opened: it is taken for granted that it did.
_ONCE_DONE: Final = re.compile(
    r"\b(?P<what>(?:the|[\w-]+['’]s) (?:(?!\bthe\b)[^,?]){4,60}?) (?:after|since|once|now that) (?:it|they) (?P<done>(?:(?:was|were|has|have|had) )?(?:been )?(?:re)?(?:opened|closed|started|launched|completed|finished|went into (?:service|operation|use)))\b(?P<when> (?:last year|this year|in (?:19|20)\d\d))?",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(
    r"^(?P<before>[^，,。？?]{0,10}?)还[剩有](?:几|多少)[个家户项件套座处条名人例宗笔](?P<what>[^，,。？?]{2,30}?[没未不][^，,。？?]*)"
)
_WHY_DID: Final = re.compile(
    r"^(?:why (?:did|does|has|have|was|were|is|are)|how come|what (?:made|caused|led|forced|prompted)) (?P<said>.{12,}?)[?.]*$",
    re.IGNORECASE,
)
_WHY_SAYS: Final = re.compile(
    r"^why (?:did|does|do) (?:[\w'’-]+ ){1,5}?(?:say|claim|state|write|think|announce|report)s? (?:that )?(?P<said>.{12,}?)[?.]*$",
    re.IGNORECASE,
)
# "What was behind the fall in grain output in 2023" takes for granted that it fell.
_BEHIND: Final = re.compile(
    r"\b(?:behind|reasons? (?:for|given for)|causes? of|(?:caused|explains?|led to)) (?:the|this|that) (?:[\w-]+ )?"
    r"(?P<turn>fall|drop|decline|decrease|slump|contraction|cancellation|closure|suspension) (?:in|of) (?P<what>[^,?]{4,60}?)[?.]*$",
    re.IGNORECASE,
)
_TURNS: Final = {
    "cancellation": "was cancelled", "closure": "was closed", "suspension": "was stopped",
}  # fmt: skip
_THAN_BEFORE: Final = r"比(?:上一?年|去年|前年|前一年|上年度?|往年)(?:度|的|那)?[^，,。\d]{0,6}(?:高|低|多|少|快|慢|大|小)(?:了|得多|很多|不少|一[些点]|些)?$"
# That something failed, went beyond its goal, fell, or is more than the year before.
_TURNED: Final = re.compile(
    r"超额完成|(?:超过|高于|低于|跑赢|不及|落后于|[快慢好]于)了?(?:全[国省市区]|同期|预期|[^，,。]{0,6}(?:目标|平均))|(?:下降|减少|萎缩|下滑|缩水|[降跌]|负增长)了?$|(?:完成|达到|实现)了[^，,。]{0,8}(?:目标|任务)|"
    rf"{_THAN_BEFORE}|"
    r"(?:丢|失去|没保住)了?[^，,。]{0,6}(?:位子|宝座|桂冠|头名|第一|榜首|首位)|(?:位子|宝座|桂冠|头名|第一|榜首)[^，,。]{0,4}丢了|[掉跌退滑][到至居]了?(?:全国|全省|世界)?第[二三四五六七八九十\d]|被[^，,。]{1,8}(?:反超|赶超)|"
    r"\b(?:f[ae]ll short|fail\w*|cancel\w*|abandon\w*|halt\w*|stopp?\w*|miss(?:ed)?|never|not|no longer|scrap\w*|shr[aiu]nk|slip(?:s|ped)?|slid|lag(?:s|ged)? behind|trail(?:s|ed)|fell|fallen|drop(?:s|ped)?|declin\w+|contract(?:ed|ing)|shut down|collaps\w+|turned down|rejected|vetoed|refused|under construction|los(?:t|e|es|ing)|gave up|"
    r"opened (?:to|in|for|on|its|last|this|early|late)\b|(?:limited|confined|restricted) to (?:only )?(?:half|some|a few|part)\b|(?:met|meet|achieved?|hit|reach(?:ed)?|fulfill?(?:ed)?) (?:all|every|each)\b[^,?]*\b(?:targets?|goals?)|(?:has|have) (?:already )?(?:opened|started|begun)|(?:(?:has|have|had|was|were) (?:already |now )?|already )(?:been )?(?:built|opened|completed|finished|launched)|relegated)\b",
    re.IGNORECASE,
)
_FINISHED: Final = re.compile(
    r"(?:动工|开工|奠基|开建|开始(?:招[生聘]|建设|施工|运[营行]|试点)|通航|通车|开通|建成|投用|投产|完工|竣工|启用|开业|开馆|获批|落成|挂牌|[修建打铺盖架装挖]好|[修建铺盖装挖]完|[修打贯]通|完成|办完|结束|闭幕|落幕|封关|[改更]名[^，,。]{0,8}|(?:升[上入进到]|晋级|打进|冲上)[^，,。]{1,6})了?$"
)
_RANKED: Final = re.compile(
    r"(?:全国|全省|全市|世界|全球|[东中西]部)的?(?:排|居|列|位居)?(?:名)?第[一二三四五六七八九十\d]|居[^，。]{0,6}首位|(?:全国|全省|全市|世界|全球|[东中西]部)的?首位|"
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th)|(?:the )?(?:number|no\.?|#) ?(?:one|two|three|\d)) (?:place|[\w-]+ (?:\w+ ){0,2}in (?:the (?:country|nation|world)|china)|in (?:the (?:country|nation|world)|china)|in the (?:country|nation|world)|nationwide|nationally)\b",
    re.IGNORECASE,
)
# 去年开工的某电站，……: what is told of it, before it is named.
_DONE_THING: Final = re.compile(
    r"^(?P<before>[^，,。？?]{0,10}?)(?P<when>去年|今年|(?:19|20)\d\d年)(?:已经?|就)?(?P<done>开工|动工|建成|投用|投产|通车|通航|开通|启用|竣工|完工|落成|获批|挂牌)的"
    r"(?P<what>[\u4e00-\u9fffA-Za-z\d]{5,24})(?=[，,])"
)
_ALREADY: Final = re.compile(r"^(?P<before>[^，,。？?]{0,12}?)既然(?P<after>.+)$")
_CLAUSES: Final = re.compile(r"[，,；;。]")
_INTERROGATIVE: Final = re.compile(
    r"(?<=[了高低多少快慢大小升降涨跌增减])还是|多少|几|哪|什么|啥|谁|怎|如何|为何|为啥|何[在时处故以人种等地]|是否|是不是|有没有|了没有?(?![\u4e00-\u9fff])|吗|呢|[？?]"
)
_SURELY: Final = re.compile(
    r"^(?P<said>[^?]{12,}?),? (?:right|correct|yes|true|is(?: that|n['’]t it)|did(?:n['’]t| not) (?:it|they)|has(?:n['’]t) (?:it|they))\? (?:(?:so|then|and|but|if so),? )?(?:in |by |of |to )?(?=(?:which|what|how|why|who|when|where)\b)",
    re.IGNORECASE,
)
# 没有电梯的老楼 names a thing, and says nothing.
_WITHOUT: Final = re.compile(r"^(?:还)?没有?[^，,。]{1,10}的[\u4e00-\u9fff]{1,8}$")
_SHORTEST: Final = 8
# Kinds of difference that structure decides; a paraphrase may be held against a clause of something else.
_PLAIN: Final = frozenset({"figure", "year", "status", "place"})
_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Assumed:
    """A statement in a question.

    ``asked`` where the question is whether it is so; ``turned`` if it says that something did or did not happen, or
    of how much of it.
    """

    statement: str
    asked: bool
    turned: bool = False


def assumption(text: str, language: Language) -> Assumed | None:
    """The statement that the question ``text`` is about, or takes for granted; None without one."""
    for pattern in _ASKS_WHETHER[language]:
        match = pattern.match(text)
        said = "".join(part or "" for part in match.groups()) if match else ""
        if said and not (language == "zh" and _INTERROGATIVE.search(said)):
            return Assumed(_bare(said), asked=True)
    if language == "en":
        since = (
            _SINCE.match(text)
            or _SURELY.match(text)
            or _WHY_SAYS.match(text)
            or _WHY_DID.match(text)
            or _STATED.match(text)
        )
        return (_granted(since["said"]) if since else None) or _happened(text)
    together = asked_together(text)
    event = together or _event(text)
    if event:
        return Assumed(event, asked=bool(together), turned=not together)
    already = _ALREADY.match(text) is not None
    text = _ALREADY.sub(r"\g<before>\g<after>", text)
    why = _WHY.match(text)
    if why and not _INTERROGATIVE.search(why["before"] + why["after"]):
        return _granted(why["before"] + why["after"])
    return _granted_before(text, already=already)


def asked_besides(text: str) -> str:
    """What a Chinese question asks behind what it states: its parts from the first that asks on; "" where that is its first part."""
    parts = [part for part in re.split(r"[，,；;。？?]", text) if part.strip()]
    first = next((number for number, part in enumerate(parts) if _INTERROGATIVE.search(part)), 0)
    return f"{'，'.join(parts[first:])}？" if first else ""


def _granted_before(text: str, *, already: bool) -> Assumed | None:
    """What ``text`` takes for granted in the clauses before the one that asks; by its first clause where 既然 says so."""
    granted = []
    for clause in _CLAUSES.split(text):
        if _INTERROGATIVE.search(clause) or _WITHOUT.match(clause):
            break
        granted.append(clause)
    else:
        return None
    first = _granted(granted[0]) if already and granted else None
    return first or _granted("，".join(granted))


def _happened(text: str) -> Assumed | None:
    """That something fell, ended or happened of which an English question asks more: "what caused the flood that struck last year"."""
    behind = _BEHIND.search(text)
    if behind is not None:
        what = behind["what"][0].upper() + behind["what"][1:]
        return Assumed(f"{what} {_TURNS.get(behind['turn'].lower(), 'fell')}.", asked=False, turned=True)
    done = _ONCE_DONE.search(text)
    if done is not None:
        what = done["what"][0].upper() + done["what"][1:]
        return Assumed(f"{what} {done['done']}{done['when'] or ''}.", asked=False, turned=True)
    event = _HAPPENED_IN_ENGLISH.search(text)
    if event is None or not _ASKED_OF_IT.search(text):
        return None
    when = _WHEN.search(text)
    what = event["what"][0].upper() + event["what"][1:]
    return Assumed(f"{what} happened{f' {when[0]}' if when else ''}.", asked=False, turned=True)


def _event(text: str) -> str:
    """What a question supposes, or says happened, is left, or was begun or done before what it asks; "" if nothing."""
    for pattern, verb in ((_HAPPENED, "发生了"), (_LEFT, "还有")):
        match = pattern.match(text)
        if match:
            return f"{match['before']}{verb}{match['what']}"
    thing = _DONE_THING.match(text)
    if thing and not _INTERROGATIVE.search(thing[0]):
        return f"{thing['before']}{thing['what']}{thing['when']}{thing['done']}"
    rhetorical = _IS_IT_NOT.match(text)
    if rhetorical and not _INTERROGATIVE.search(rhetorical["before"] + rhetorical["after"]):
        return _bare(rhetorical["before"] + rhetorical["after"])
    begun = _SUPPOSED.match(text) or _BEGUN.match(text) or _TOLD_BEFORE.match(text)
    return _bare(begun["said"]) if begun and not _INTERROGATIVE.search(begun["said"]) else ""


def is_contradicted(assumed: Assumed, verdict: ClaimVerdict) -> bool:
    """Whether the report has it otherwise, beyond what a paraphrase could mean."""
    if not verdict.citations or verdict.verdict == "supported" or verdict.confidence < _SURE:
        return False
    turned = assumed.turned or any(find_quantities(one.stated) for one in verdict.differences)
    kinds = {one.kind for one in verdict.differences}
    telling = _PLAIN | {"wording", "entity"} if turned else _PLAIN
    return assumed.asked or (verdict.verdict == "refuted" and bool(kinds) and kinds <= telling)


def sets_side_by_side(assumed: Assumed) -> bool:
    """Whether what is taken for granted is that something is more, or less, than the year before: that is answered by both figures."""
    return not assumed.asked and re.search(_THAN_BEFORE, assumed.statement) is not None


def is_confirmed(assumed: Assumed, verdicts: Sequence[ClaimVerdict]) -> bool:
    """Whether the report says all of what is asked to be confirmed, as surely as a contradiction would have to be."""
    sure = all(one.verdict == "supported" and one.confidence >= _SURE for one in verdicts)
    return assumed.asked and bool(verdicts) and sure


def _granted(text: str) -> Assumed | None:
    """What ``text`` takes for granted, if it says a figure or a rank, that something is no more or failed, or that all is done."""
    said = _bare(text)
    ranked = _RANKED.search(said) is not None
    counted = ranked or any(
        one.kind == "amount" and (one.unit or one.scale) for one in find_quantities(in_figures(said))
    )
    turned = any(pattern.search(said) for pattern in (DENIAL, _TURNED, _FINISHED)) or says_all(said)
    return (
        Assumed(said, asked=False, turned=turned) if (counted or turned) and len(said) >= _SHORTEST else None
    )


def _bare(said: str) -> str:
    """``said`` without "the report says", and as it would be written: 没能跨过3万亿 for 还是没能跨过3万亿这道坎."""
    told = _REPORT_SAYS.sub(
        lambda match: "全国" if match["nation"] else "", _SAYS.sub("", said.strip(), count=1), count=1
    )
    return _FIRST.sub("第一", _THRESHOLD.sub("", _STILL.sub("", told))).strip()
