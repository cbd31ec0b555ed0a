"""What a question is about: its words without times, places, titles of documents and words of asking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.indicator_names import clean_name, indicator_name
from index.tokens import nouns
from rag.everyday import ABBREVIATIONS
from rag.names import quoted_names
from rag.places import short_name, without_places, without_titles
from rag.times import without_times
from rag.wanted import WANTED, wanted_of

if TYPE_CHECKING:
    from rag.shelf import Shelf

# Words of asking: they say what is wanted, not what it is about.
_ASKING: Final = re.compile(
    r"(?:做|搞|干)了?(?=多[大少])|^那么?(?=[\u4e00-\u9fff]{2})|是否|哪一?年|年初|(?:定|[涨增长跌降]+)得[更最]?[高低快慢多少猛]|更[高低快慢多少大小](?:或者?|还是)更?[高低快慢多少大小]地?|请问|请|告诉我|我想知道|想知道|(?:政府工作)?报告(?:里|中|上)?(?:说|讲|写|提到?)?(?=达到了?(?:多少|几))|(?:政府工作)?报告(?:里|中|上)?|点名(?=[要在说提])|(?<=[\u4e00-\u9fff])[这那]一?块儿?(?=[，,]|$)|到底|究竟|(?:是|有|为|达到|达|要|占|共|一共|总共)?(?:多少(?:[万亿千百]+(?=[？?]|$))?|几(?=[个家户项条件人名所座处套台辆吨米公里亩天次]))|"
    r"每年|逐年|历年|接下来的?|以来|至今|最[多少高低大小快慢猛强](?!工资|生活保障)|(?:都|各|分别)?[说讲报列]一?下(?:数字)?|[两二三四五]地(?=的|[，,]|$)|各(?=是|$|[？?，,])|"
    r"是?[高低多少快慢大小]了?还是[高低多少快慢大小]了?|差了?(?:多少|几)(?:个?(?:百分)?点)?|(?:定的|(?:实际)?(?:做到|达到|完成|交出来?|跑出来?|干出来?)的)(?:数字?|成绩)?|(?<=[的年标])比(?=[，,]|$)|"
    r"相比|对比|变化|走势|趋势|情况|(?:目标|计划|实际|完成)[数量值](?=[^\u4e00-\u9fff]|[是为与和跟各呢]|$)|(?<=[\u4e00-\u9fff])方面(?=[，,])|"
    r"再?(?:是?(?:上?涨|跌|增长?)|[高低快慢多少]|提高|提升|上升|增加|下降|降低|回落)?了?(?:多少|几)个?(?:百分)?点|百分之几|是什么|什么|哪些|哪个|哪里|哪[类种边]|多[长大高远久宽快](?=[？?，,]|$)|哪家(?=.{0,4}[更高低多少快慢])|哪|怎么样|怎么|如何|为什么|吗|呢|吧|么|谁|[？?。！!，,、]|"
    r"目标|计划|打算|预期(?!寿命)|预计|预定|原定|实绩|实际|完成|实现|定在|定为|设定|提出|力争|计划|(?<=[^重主需必])要",
)
# Of "where among the ten tasks does it stand", the tasks are not what is looked for.
_AMONG: Final = re.compile(
    r"(?:[放写列归属排出现]*[在到于进])?(?:今年|报告|政府)?的?“?(?:[一二三四五六七八九十]+|\d+)(?:大|个|项|条)?(?:方面|重点|优先|主要|首要)*的?"
    r"(?:工作|任务|事项|领域|部分|板块)”?的?(?:之?[中里]|当中)?"
)
_OF_SUMMARIES: Final = re.compile(r"一下|关于|有关|方面|举措|措施|做法|要点|情况|内容")
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
    (
        re.compile(
            r"(?:科研|研发)(?:经费)?(?:投入|支出)的?占比(?:重)?|(?:[搞做投用花]在?)?(?:研发|R&D)(?:上|方面)?(?:经费|[花投用]|的|钱|投入|支出|费用)*占(?:地区|国内)?(?:GDP|生产总值)的?(?:比[重例]|份额)?",
            re.IGNORECASE,
        ),
        "研发投入强度",
    ),
    (
        re.compile(
            r"(?<!内)外贸(?!进出口)(?:总?额|总值|总量)?(?=的?\s*那?(?:[做搞]|目标|计划|今年|去年|明年|想|要|打算|准备|预期|多|增|涨|呢|[，,？?]|$))"
        ),
        "外贸进出口",
    ),
    # The deficit-to-GDP ratio is none of its size.
    (re.compile(r"(?<!-to-)(?<!\bto )GDP", re.IGNORECASE), "地区生产总值"),
    *ABBREVIATIONS,
    (re.compile(r"CPI|(?<!零售)(?<!生产者)物价(?:的?涨幅)?", re.IGNORECASE), "居民消费价格涨幅"),
)
# What a person says of themselves before the question: "我是开电车的，"; what they heard (听说) is part of it.
_PREAMBLE: Final = re.compile(
    r"^(?:听|我(?!国|市|省|区|县|州)|昨天|前几天|最近|上次|朋友|家里)[^。？?]{4,40}。(?=.*[\u4e00-\u9fff]{6})|"
    r"^(?:(?:我(?!国|市|省|区|县|州)|咱|本人|你好|您好|朋友|家里|(?<=[，,])(?:所以|因此|就|很|特别))[^，,。？?]{0,24}[，,。])+(?!听说|据说)(?=.*[\u4e00-\u9fff]{4})|^(?:听说|据说)|"
    r"^[\u4e00-\u9fff]{2,12}(?<!我)(?:想|要|来)(?:请?问|打听|了解|知道|咨询)(?:一?下|问)?[，,：:]"
)
# Who gave the report is no part of what is asked of it: 某总理1979年所作的政府工作报告.
_GIVEN_BY: Final = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?:总理|主席|[省市]长)?(?:在?(?:19|20)\d\d年)?所?作的(?:国务院|全国)?的?(?:政府工作)?报告|"
    r"[\u4e00-\u9fff]{2,3}(?:总理|主席|[省市区县]长)(?:在?(?:19|20)\d\d年)?(?:初)?的?(?:政府)?(?:工作)?报告(?:里|中|上)?(?:坦白|坦率|坦诚|明确|特别)?地?(?:说|讲|提到?|称)?"
)
# By which document it is asked is no part of what is asked, once its title is taken out: 根据 和 的住院病历，
_BY_DOCUMENT: Final = re.compile(
    r"^\s*(?:请)?(?:根据|结合|依据|按照|参照|对照|基于)[\s和与、]*的?(?:[\u4e00-\u9fff]{0,2}(?:判决书|病历|裁定书|文书|报告))?[，,\s]*"
)
# ……？见2026年2月的省政府报告。 (以省政府工作报告为准)
_BY_REPORT: Final = re.compile(
    r"(?<=[。？?，,（(])(?:请|麻烦)?(?:参见|详见|见|按照?|根据|依据|依照|以)[^，。？?（）()]{0,20}报告"
    r"(?:里|中|上)?(?:为准|(?:来|给我)?(?:列|说|答|讲|回答)一?下?|的(?:说法|口径|内容)(?:为准)?)?[。）)？?！!]*$"
)
# Where something is told is not what is told: 讲困难和问题时，是怎么批评……的.
_TOLD_WHERE: Final = re.compile(r"^(?:报告)?在?[讲谈说提](?:到|及|起)?[^，,。？?]{1,12}(?:时候?|的时候)[，,]")
# In which part of the report it is told is not what is told either: 在“政府自身建设”部分谈到政务诚信时，……
_IN_PART: Final = re.compile(
    r"^(?:(?:政府)?(?:工作)?报告)?(?:在[“\"]?[^，。？?“”\"\d]{2,16}?[”\"]?|[“\"][^，。？?“”\"\d]{2,16}[”\"])的?(?:[这那]一?个?)?(?:(?<!大)部分|一节|章节|板块|段落)(?:里|中|内)?"
    r"(?:[谈讲说提](?:到|及|起)?)?(?=[^，。？?]{0,20}[时，].{6})"
)
# What a person says that they do not ask for: "我问的不是全体居民，也不是脱贫人口".
NOT_ASKED: Final = re.compile(
    r"(?:请?注意[，,：:]?)?(?:我?(?:问|指|说|要)的?(?:可|并|也)?(?:不是|并非)|(?:不是|并非|(?<![分区特])别|不要)(?:问|指|说|给我?))[^，,。？?！；]{1,12}"
    r"(?:[，,、](?:也|更)?(?:不是|并非)[^，,。？?！；]{1,12})*|"
    r"^除?了?[^，,。？?]{2,24}(?:之外|以外)[，,](?=我)|"
    r"(?<=[，,。；？?])不是(?:整个|所有|全部)[^，,。？?！；]{1,12}|"
    r"(?<=[，,。；])[^，,。？?！；]{1,12}?(?:就|可以)?(?:不用|不必|别|不要|无需)(?:再|给我)*(?:说|讲|管|提|列|告诉我)了?(?=[，,。！；]|$)|"
    r"[（(](?:不算|不含|不包括|不包含|除去|扣除|不是|不要)[^）)]{1,16}[）)]|"
    r"(?<=[？?，,。])我?(?:翻|找|看|查)[^，,。？?]{0,14}[没不](?:找|看|翻|查)?[着到见][^，,。？?]{0,4}|"
    r"^[\u4e00-\u9fff]{0,6}(?:这边|那边|我们|部门)?(?:需?要|想|得|在|来)(?:标|查|核[对实]?|写|引用?|做|找|确认|校对?|问)[^，,。？?：:]{0,6}[：:]|"
    r"^[\u4e00-\u9fff]{2,8}(?:提问|[想请来]问|询问|咨询|留言|来信)[：:]"
)
GENERAL_NOUNS: Final = frozenset(
    "手头 手上 眼下 办法 措施 举措 途径 手段 时间 时候 人群 群体 对象 数量 数字 数据 名额 比例 规模 情况 部分 地方 方面 原因 内容 结果 目标 计划 任务 指标 全国 全市 程度 单位 幅度 总量 总数 总额 总共 一共 合计 老百姓 百姓 群众 市民 大家 大伙 人们".split()
)
"""Nouns that say what is asked of a thing, and not which thing."""


def topic_of(text: str, shelf: Shelf) -> str:
    """What ``text`` is about: without times, places, titles of documents and words of asking.

    What people say of themselves first counts only where the question says nothing of its own: 我们想申报专精特新，
    今年准备新增多少家.
    """
    text = NOT_ASKED.sub(" ", text)
    # “渝快保” is no part of what a person says of themselves.
    question = _PREAMBLE.sub(lambda said: said[0] if quoted_names(said[0]) else "", text)
    question = _IN_PART.sub("", _BY_REPORT.sub("", _TOLD_WHERE.sub("", question)))
    topic = _bare(question, shelf)
    return topic if question == text or _subjects(topic) else _bare(text, shelf)


def _subjects(topic: str) -> set[str]:
    """The nouns of a topic that say which thing is meant."""
    return {noun for noun in nouns(topic) if len(noun) > 1} - GENERAL_NOUNS


def _bare(text: str, shelf: Shelf) -> str:
    bare = _GIVEN_BY.sub(" ", text)
    if shelf.home is None or shelf.home.year:
        bare = without_times(bare)  # in texts of no year, a year is a word like any other
    titled = without_titles(bare, [entry.title for entry in shelf.entries if not entry.place])
    bare = _BY_DOCUMENT.sub(" ", titled) if titled != bare else titled
    if wanted_of(text) == "section":
        bare = _AMONG.sub(" ", bare)
    for wanted, pattern in WANTED:
        if wanted in {"summary", "wording", "section"}:
            bare = pattern.sub(" ", bare)
    bare = without_places(bare, [entry.place for entry in shelf.entries])
    if wanted_of(text) == "summary":
        bare = _OF_SUMMARIES.sub(" ", bare)
    return _ASKING.sub(" ", bare).strip()


def with_indicator_names(text: str, shelf: Shelf) -> str:
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
