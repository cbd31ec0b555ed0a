"""The kind of answer that a question asks for, by its wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.amounts import asks_number

if TYPE_CHECKING:
    from rag.types import Wanted

WANTED: Final[tuple[tuple[Wanted, re.Pattern[str]], ...]] = (
    ("summary", re.compile(
        r"(?:^|[，,。：:\s])(?:请|麻烦|帮我|帮忙|给我|你)*(?:简要|简单|大致|全面|用几句话)?地?(?:总结|概括|概述|归纳|梳理|综述|简述)(?![了出过的])|"
        r"\bsummari[sz]e\b|\b(?:summary|overview|outline) of\b", re.IGNORECASE)),
    ("wording", re.compile(
        r"报告(?:里|中|上|是|又)*(?:怎么|如何|怎样)(?:说|讲|写|提|表述)|用的(?:词|说法|表述|是[“\"])|完整的?[一那这]?句?(?:话|句子)|原文(?!里?[翻查找])|原句|原话|措辞|(?:准确|确切)的?(?:表述|说法|提法)|(?:准确|确切|具体)的?(?:文字|用语|字句)|怎么表述|如何表述|怎么说的?[?？。]?$|怎样表述|完整(?:说法|表述)|整句|全句|逐字|一字不[差漏改]|是怎么写|怎么提的|引用(?!.*(?:第几|哪一?[项条章节部]))|"
        r"\bquote|\bverbatim\b|\b(?:exact|precise) (?:chinese |original )?(?:wording|words?|phrases?|phrasing|slogan|expression|sentence|formula)\b|\bchinese original\b|\bin (?:the )?original chinese\b|\bwording\b|(?:original|chinese) (?:chinese|text|wording)|\bword[- ]for[- ]word\b", re.IGNORECASE)),
    ("section", re.compile(
        r"哪(?:一|个|几个?)?大?(?:部分|章节?|节(?![目日能约])|小节|段(?!铁|高|公|路|线|河|江|航|隧|管|城|地)落?|板块|小?标题)|在(?:讲|说|谈)?[^，。？?]{1,12}那?一?(?:段|部分|章|节|块)还是(?:在|讲|说|谈)?(?:别的|其他|其它|[^，。？?]{1,12}(?:段|部分|章|节|块))|(?:指|标|查|找)(?:一下|出|明)?[它其]?(?:的)?(?:位置|出处)|(?:在|从)哪一?块(?:内容)?(?:里头?|中)?(?:[讲说提写谈]|看)|在[^，。]{0,8}那个(?:部分|章节|段落)|哪一?大?[项块条点款](?:重点)?(?:任务|工作)?(?:下|里|中|内)|第几(?:大?(?:部分|章|节|段|板块)|[条点项]里)|"
        r"(?:出自|来自|出现在|翻到|翻看|[归属列排放写]于?[在到入进为]?)[^，。？]{0,12}第几(?:[项条点块章节]|大?部分)|属于[^，。？]{0,10}哪一?大?[项块条]|第几个?(?:方面|部分)|第几[项条点][、，,]?哪一?[块项]|哪一?[块项条](?:的)?(?:要求|任务|工作|内容|举措|标题)?(?:的)?(?:下面|里面|底下|之下|当中)|报告[里中上]?的?哪一?个?[大小]?[条块章节点处]|报告[里中上]?的?(?:哪一?个?|什么)(?:地方|位置)(?:提|说|讲|写|出现|找|有)|第几[项条点](?:任务|工作)|(?:话|说法|提法|表述)是?在[^，。？]{0,16}第几(?:[条项点块章节]|大?部分)|标题(?:是|叫|为)(?:什么|啥)|"
        r"(?:(?:写|(?<![开投释])放|[塞搁夹藏]|列|出现|归|属于?)(?:在|进|到)|[讲提说]在)了?(?:报告[里中]?的?)?(?:哪(?![些家]|几个?(?![大小]?(?:部分|章|节|段|板块|任务|方面))|一?个?[场球体展图会]?[馆场])|什么地方|何处)|(?:(?:写|放|列|出现|归|属于?)(?:在|进|到)|[讲提说]在)了?[^，。？?]{1,12}?的?哪一?(?:大?[项条块点章节]|个?(?:部分|方面|板块))|(?:方面|任务|部分|板块)(?:工作|任务)?(?:里|中|当中)?的?(?:哪|第几)一?[个项块条](?=[里中内下]|[？?。]|$)|哪一?(?:个|块|项|方面)?(?:工作|任务|方面)[^，。]{0,6}(?:提|讲|写|说)(?:到|的|及)|(?:讲|谈|说|提)到?(?:哪|什么)[^，。]{0,6}(?:时候?|时提|中提)|"
        r"\b(?:which|what) (?:part|(?:sub-?)?section|chapter|heading|paragraph)\b(?! of (?:chongqing|china|the (?:city|province|country)))|\bwhere(?:abouts)? in (?:the|this|its|that) (?:[\w’'-]+ ){0,4}(?:report|document|text|speech|address)\b|"
        r"\bwhere (?:does|do|did|is|are)\b[^?]{0,60}\breport\b[^?]{0,30}\b(?:mention|discuss|talk|speak|cover|deal|bring|address|say|list)|"
        r"\bwhere (?:is|are) [^?]{2,60}\b(?:mentioned|discussed|covered|listed|dealt with|brought up|addressed|spoken of)\b|"
        r"\b(?:title|name|heading)s? (?:of|above|over) the (?:part|section|chapter|paragraph|passage)\b|"
        r"\bwhich (?:(?:of|among) )?(?:the |this year['’]s |its |their |those |\w+['’]s )?(?:[\w-]+ ){0,2}(?:priority|task|item|point)s?(?: areas?)?(?: among the \w+)? (?:\w+ )?(?:number|include|cover|contain|mention|deal|list|come|hold|is about)s?\b|"
        r"\bwhich (?:(?:of|among) )?(?:the |this year['’]s |its |their |those )?(?:[\w-]+ ){0,2}priorities (?:include|cover|contain|mention|deal|list)s?\b|"
        r"\bwhich one (?:covers?|contains?|includes?|mentions?|deals?|talks?|lists?|speaks?|is about)\b|"
        r"\bwhich (?:one )?of (?:them|these|those) (?:covers?|contains?|includes?|mentions?|deals?|holds?|lists?|is about|has)\b|"
        r"\bin which (?:one )?of (?:them|these|those)\b|\bwhich of the (?:[\w’'-]+ ){0,3}(?:tasks|priorities|areas|parts|sections|chapters|points)\b|"
        r"\b(?:in|under) which (?:of the )?(?:\w+ ){0,3}(?:task|area|part|(?:sub-?)?section|chapter)s?\b|"
        r"\bof the (?:[\w-]+ ){0,4}(?:tasks|priorities|parts|sections|chapters|headings)\b[^.?]*, which(?: one)?\b|"
        r"\b(?:which|what) (?:numbered|main|big|major) (?:item|point|task|heading|section)\b|\bunder (?:which|what)\b(?! (?:figure|level|number|age|percentage|rate|threshold|conditions?|name|circumstances|plan|programme?|amount|limit)s?\b)", re.IGNORECASE)),
    ("comparison", re.compile(
        r"相比|对比|比较|相差|差了?多少|差了?几|[高低多少快慢大小]了?(?:多少|几)个?(?:百分)?点|(?<!占)比(?![重例率值]).{1,16}(?:高|低|多|少|快|慢|大|小|放宽|收紧|提高|降低)|"
        r"[高低多少快慢]于|谁(?:的|更|最)|谁[多少高低大小快慢早晚](?=[，,。？?一些点得了]|$)|(?:谁|哪一?[个项])[涨增升降跌]|更[高低多少快慢大小]|(?:[高低多少快慢大小]|是[^，。？]{2,16})还是[^，。？]{2,14}[高低多少快慢大小](?:一?[些点])?(?=[，,。？?]|$)|哪[个边家方头样].{0,12}(?:[低慢]|高(?![铁速校新等中端层标水技质考])|多(?![式元个次类])|少(?![年儿数])|快(?![递速])|大(?![奖型学会赛桥道厦坝家事件量数众力])|小(?![学区镇康微组时麦吃型]))|变化|走势|达标|完成了?(?:目标)?(?:吗|没)|"
        r"\bcompar|\bversus\b|\b(?:above or below|more or less|up or down)\b|\bvs\b|\bdifference\b|(?<!\brather )(?<!\bother )\bthan (?!(?:half|one|two|three|four|five|six|seven|eight|nine|ten|a|an)\b(?! year)|\d)|(?<!two )(?<!three )(?<!four )(?<!five )(?<!six )\b(?:higher(?! (?:education|learning|vocational|schools?))|lower|larger|smaller|faster|slower)\b(?! ones?\b)|\bchange[ds]?\b|\btrend",
        re.IGNORECASE)),
    ("figure", re.compile(
        r"多少|总量|单位[是为用：:]?[亿万]?元|百分之几|多[大长高快]|(?<![哪那这好])几个?(?:百分点|成|倍|位)|(?<![哪那这好])几[万亿千百十]?[个家户项条件人名所座处套台辆吨米公里亩天次届块枚部]|第几|增速|增幅|涨幅|降幅|比[例重]|规模|数量|"
        r"\bhow (?:many|much|fast|large|big|high|long)\b|\b(?:rate|number|amount|total|percentage|share|ratio|growth|size|figure)\b",
        re.IGNORECASE)),
    ("list", re.compile(
        r"哪些|哪(?:几|[二两三四五六七八九十\d]+)|分别|各是|包括(?:什么|啥)|有什么|几大|列出|列举|都有|是什么和什么|\bwhich (?:\w+ )?(?:\w+s)\b|\b(?:which|what) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b(?! of)|\blist\b|\bname the\b|\bwhat are\b",
        re.IGNORECASE)),
)  # fmt: skip
"""The kinds with the pattern of each; the first that matches counts."""

# "Why is there no number" asks for no number.
_WHY: Final = re.compile(r"为什么|为何|\bwhy\b", re.IGNORECASE)
_WHICH_THINGS: Final = re.compile(
    r"\b(?:what|which)(?: ones)? (?:are|were) (?:they|these|those)\b|\b(?:name|list) them\b", re.IGNORECASE
)
# Nor does which county it is whose 经济总量 came to so much.
_WHICH_ONE: Final = re.compile(
    r"(?:是|叫)(?:哪一?[个家座位条所只款部支艘](?!数|百分点|指标|水平)|谁|什么(?:名字?|公司|地方))|是不是(?![^？?]*[超达高低多少增降减涨跌百千万亿])(?=[\u4e00-\u9fff]{2,8}[？?]?$)"
)


# 打造几个场景，分别是什么: which they are tells how many.
_WHAT_EACH: Final = re.compile(
    r"几[个项件家条座类种大].*[，,。；？?](?:它们|这些|名字|名称)?(?:各自?|分别|都)(?:是|叫|为)(?:什么|啥|哪[几些]?[个项件家条座类种]?)(?:名字?)?[？?]*$"
)
# 基地是放在哪个地方: a site, and no place in the text.
_SITED: Final = re.compile(
    r"(?:放|落|安排|布局|选)(?:在|到)了?(?:哪一?个?(?:地方|区县?|县|城市|市|省)|什么地方|哪里|哪儿)"
)
_IN_THE_TEXT: Final = re.compile(
    r"部分|章|节(?!能|约)|段(?!铁|高)|标题|方面|板块|[讲写说提谈](?:到|在|的)|这句|内容|表述"
)
# 产量提了什么目标 asks how much.
_WHAT_GOAL: Final = re.compile(
    r"(?:产量|产值|收入|增[速长幅]|规模|数量|比[重例]|总量|里程|面积|投资额?|人数|利润|强度|覆盖率|占比)[^，。？]{0,6}(?:什么|啥)(?:样的)?(?:目标|指标|任务)(?!任务)"
)
_TO_LIST: Final = re.compile(
    r"^(?:请|麻烦|帮我|能否|能不能)*(?:列出|列举|列一下|一一列出|举出|说出)(?![^？?。]*(?:多少|百分之几))"
)
_WHETHER: Final = re.compile(r"会不会|能不能|要不要|是不是|有没有|是否|[吗么嘛](?=[？?，,])")
_HOW_IT_SAYS: Final = re.compile(
    r"(?<=[？?，,])(?:这个)?(?:政府)?报告(?:里|中|上|是|又)*(?:怎么|咋|如何|怎样)(?:说|讲|提|写)的?[？?。]*$"
)


def asks_why(text: str) -> bool:
    """Whether ``text`` asks for a reason, and so for no figure."""
    return _WHY.search(text) is not None


def wanted_of(text: str) -> Wanted:
    """The kind of answer that the wording of ``text`` asks for.

    "会不会涨？报告里怎么说" asks whether, and not for the wording.
    """
    text = _HOW_IT_SAYS.sub("", text) if _WHETHER.search(text) else text
    wanted: Wanted = next((wanted for wanted, pattern in WANTED if pattern.search(text)), "fact")
    if wanted == "section" and _SITED.search(text) and not _IN_THE_TEXT.search(text):
        return "fact"
    if wanted == "fact" and _WHAT_GOAL.search(text):
        return "figure"
    if wanted in {"figure", "fact"} and _WHICH_THINGS.search(text) and not asks_number(text):
        return "list"
    if wanted == "figure" and (_WHAT_EACH.search(text) or _TO_LIST.search(text)):
        return "list"
    other = asks_why(text) or (_WHICH_ONE.search(text) and not asks_number(text))
    return "fact" if wanted == "figure" and other else wanted
