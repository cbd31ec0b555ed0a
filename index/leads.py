"""The words around a figure: which of them name it and how they mean it.

A figure's lead is the text between it and the figure before. Its end is the
verb phrase (比上年增长, 控制在, 达到); what stands before that names the indicator.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from index.indicator_names import clean_name
from index.quantities import Quantity
from index.quantity_patterns import fold_width
from index.types import Measure

_UP: Final = "增长|增产|增加|提高|提升|上升|上涨|扩大|回升|反弹|多增|增|涨|翻|(?<!差不)(?<![不最])多(?!于)"
_DOWN: Final = "下降|减产|降低|减少|缩小|收窄|压减|下调|回落|下跌|压降|缩短|降|(?<![至不最])少(?!于)|减"
_SINCE: Final = (
    r"(?:比|较|与)(?:上一?年|去年|前年|前[一二三四五六七八九十]年|[一二三四五六七八九十]年前|同期|改革前|年初|年末|(?:19|20)\d\d年|"
    r"[一二][九〇零][〇零一二三四五六七八九]{2}年|“?十[一二三四]五”?|“[^”]{1,6}”)(?:同期|相比|[末底初]|时期|期间|年末|年底)?(?:预算|执行数|决算)?"
)
_TAIL: Final = re.compile(
    rf"(?:{_SINCE}|同比|环比|年均|平均|按可比[价口][格径](?:计算)?|可比|实际|名义|累计|总计|合计|共计?|均|各|都|今年|去年|全年|"
    r"已经?|将|再|又|也|还|仍|只有|仅|分别|预计|力争|确保|争取|有望|达到?|为|是|有|大约|大概|大致|差不多|几乎|约|近|超过?|突破|逾|接近|将近|不低于|不少于|至少|"
    r"不高于|不超过|没有?超过|未超过|不到|不足|不满|未到|高于|低于|多于|少于|迈上|迈过|迈入|跨上|跨过|跨越|跃上|站上|冲[破上过]|越过|刚刚|首次|历史性|一举|成功|连续[\d两三四五六七八九十]+[年月]|"
    r"连续\d+个月|连续|(?:实现)?翻[一两]?番|连续?[迈跨]?[跨上][\d一二两三四五六七八九十]*个?[百千万亿]*元?级?[大新]?台阶|(?:19|20)\d\d年[末底]?|[一二][九〇零][〇○零一二三四五六七八九]{2}年[末底]?|在[^，]{2,20}(?:情况|基础|背景|条件)下|净增|新增|稳步|大幅|完成|实现|安排|拟|按|计划|总|"
    rf"{_UP}|{_DOWN}|控制|保持|稳定|维持|恢复|持续|稳|由|从|了|的|在|到|至|过|于|幅度|要|保证|定|[，、和及“\s])+$"
)
# 经济增长预期目标为7%: the name and verb are those of 经济增长7%.
_CALLED_GOAL: Final = re.compile(r"的?(?:主要|调控|预期|预定)*目标(?:[确设]?定)?[为是]?$")
_GROWTH: Final = re.compile(rf"(?:{_UP})(?:[^到至为]|[不未]到){{0,8}}$")
_DECLINE: Final = re.compile(rf"(?:{_DOWN})(?:[^到至为]|[不未]到){{0,8}}$")
_REACHED: Final = re.compile(r"达到?|力争|预计|至少|翻[一两]?番")
_COMPARED: Final = re.compile(
    r"(?:高于|低于|快于|慢于|高出|低出|好于|优于|领先|跑赢|超出|多于|少于)[^，约近了\d]{2,}$|"
    r"超过?[^，]*(?:平均|同期|增速|增幅|水平|预期|目标)[^，]{0,4}$"
)
_SHARE: Final = re.compile(r"(?P<of>占[^占、，]*?)(?:比[重例])?的?$")
_BASE: Final = re.compile(r"(?:从(?!业|事|严|紧)|(?<!自)由)[^，、]{0,12}$")

_MAKING: Final = (
    r"(?:新?改扩?建|新?扩建|新建成?|新增|净增|新开工|新筹[集建]|新培育|新认定|新签约?|新设立?|新引进|新投入|新开通?|新创建|新改造|新修|"
    r"新发展|新登记|新造|建成|建设|建造|改造|创建|培育|引进|筹[集建]|整治|修复|治理|提升|修建|开工|投放|栽植|营造|发放|培训|提质|"
    r"完善|设立|认定|招引|签约|开通|开行|救助|压减|减免|化解|淘汰|关停|更新|加固|安置|选派|招聘|引育|盘活|退出|淘汰|关闭|取消|下放|推广)"
)
_DOING: Final = r"(?:完成|实施|推进|推动|安排|争取|举办|打造|支持|帮助|启动|开展|组织|推出|实现|发布|解决|落实|帮扶|确保|力争|再|提速|服务)"
_VERB_ONLY: Final = re.compile(rf"(?:(?:{_MAKING}|{_DOING})(?:和|、|及|并|了)?)+(?:各类|一批|了)?")
_MAKING_START: Final = re.compile(rf"(?:{_MAKING}(?:和|、|及)?)+(?:各类)?")
_NEW_NAME: Final = re.compile(rf"^{_MAKING}|新增|净增")
_GROWTH_NAME: Final = re.compile(r"(?:涨幅|增速|增幅|增长率|增长速度|经济增长|降幅)$")

_QUALIFIED: Final = re.compile(r"^(?:以上|以下|以内|左右|之内|上下|多|余)*")
_OF_GOAL: Final = re.compile(
    r"^的?(?:年度|预期|全年|计划|工作|较[低高好快]|合理|历史|中高)*(?:目标|任务|速度|增长|水平|增速|新台阶|台阶|大关|关口)"
)
_GOES_ON: Final = re.compile(
    r"^(?:[^\u4e00-\u9fff“《‘「『]|[再创居位占同比较并且而增提均等和与及或由从到至达超跃稳连仍已还也都只约近]|其中|成为|用于|纳入|实现|下降|减少|"
    r"高于|低于|快于|好于|安排|为|是|以|突破|完成|全部|累计|惠及|覆盖|带动|拉动|保持|控制|预计|相当|折合|计划|时|后|前|上升|回升|不变|"
    r"降低|缩小|领先|排|列|贡献|支持|高出|恢复|左右)"
)
_FINISHED: Final = re.compile(
    r"(?:开工建设|建成投[用产]|投入(?:使用|运营)|竣工(?:投产)?|投产|开通|投用|落地(?:实施|建设|见效)?|全部完成|通车|开工|建成|顺利.*|加快.*)$"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words before a figure say.

    ``name`` is "" where they name nothing; ``verb`` is the phrase at their end;
    ``share`` is 占... for a share of something.
    """

    name: str
    verb: str
    share: str

    @property
    def making(self) -> str:
        """The verb of making at the start of the name (新建, 改造), or ""."""
        match = _MAKING_START.match(self.name)
        return match[0] if match and match.end() < len(self.name) else ""


def read_lead(words: str) -> Lead:
    """Take the words before a figure apart."""
    words = _CALLED_GOAL.sub("", fold_width(words))
    tail = _TAIL.search(words)
    core, verb = (words[: tail.start()], tail[0]) if tail else (words, "")
    share = _SHARE.search(core)
    if share and not core.endswith(("占比", "占有率")):
        return Lead(clean_name(core[: share.start()]), verb, share["of"])
    return Lead(last_item(clean_name(core)), verb, "")


def last_item(name: str) -> str:
    """The item that a figure belongs to: of 消除零就业家庭、城镇新增就业 the last; 粮食、油料产量 stays whole."""
    first, _, _ = name.partition("、")
    last = name.rpartition("、")[2]
    longest_modifier = 4
    shared_verb = _MAKING_START.match(name) and not _MAKING_START.match(last)
    return name if shared_verb or len(first) <= longest_modifier else last


def has_verb(words: str) -> bool:
    """Whether the words before a figure hold a verb that takes the noun after the figure as its object."""
    return bool(re.search(_DOING, words))


def is_verb(name: str) -> bool:
    """Whether what looks like a name is only a verb, whose object stands after the figure."""
    return bool(_VERB_ONLY.fullmatch(name))


def base_start(words: str) -> int | None:
    """Where in the words before a figure 从 or 由 stands, if the figure is where a change starts: 从91%."""
    match = _BASE.search(words)
    return match.start() if match else None


def is_comparison(words: str, q: Quantity, after: str) -> bool:
    """Whether a figure is a distance to another one (高于全国1.8个百分点) or that other one (低于13%的目标)."""
    if words.endswith(("高于", "低于", "快于", "好于", "优于")) and _OF_GOAL.match(_QUALIFIED.sub("", after)):
        return True
    return q.unit in {"个百分点", "%", "位", "倍"} and bool(_COMPARED.search(words))


def role_after(after: str) -> Literal["end", "object", "modifier"]:
    """What follows a figure: nothing of its own, the noun it counts (200万亩高标准农田), or what it modifies."""
    rest = after[len(match[0]) :] if (match := _QUALIFIED.match(after)) else after
    if not rest or _OF_GOAL.match(rest):
        return "end"
    if rest[0] == "的":
        return "modifier"
    return "end" if _GOES_ON.match(rest) else "object"


def object_after(after: str) -> str:
    """The noun that a figure counts, without what was done with it."""
    noun = re.split(r"[、，；。和及（]", _QUALIFIED.sub("", after))[0]
    return clean_name(_FINISHED.sub("", noun))


def measure_of(name: str, verb: str, q: Quantity) -> Measure:
    """How a figure measures its indicator."""
    if q.unit in {"位", ":1"}:
        return "rank" if q.unit == "位" else "ratio"
    verb = _REACHED.sub("", verb)
    if _DECLINE.search(verb) or name.endswith("降幅"):
        return "decline"
    growing = bool(_GROWTH.search(verb))
    if q.unit in {"%", "个百分点", "‰", "倍", "番"}:
        return "growth" if growing or _GROWTH_NAME.search(name) else "ratio"
    return "increment" if growing or _NEW_NAME.search(name) or re.search("净增|新增", verb) else "level"
