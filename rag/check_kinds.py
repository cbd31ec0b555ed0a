"""In what kind of thing two wordings or two figures differ, if they differ at all."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from index.numerals import parse_numeral
from index.qualifiers import qualifier_of
from index.quantities import same_value
from index.tokens import nouns, place_names
from rag.everyday import in_official_names
from rag.places import provinces_without_report
from rag.verdicts import Difference

if TYPE_CHECKING:
    from index.quantities import Quantity
    from rag.verdicts import DifferenceKind

# Words that carry no content of their own: their presence or absence changes nothing.
FILLERS: Final = re.compile(
    r"(?:根据|按照)?(?:政府工作)?报告(?:中|里)?(?:明确)?(?:提出|指出|显示|提到|强调|要求|明确|说|称|写道|介绍)?|"
    r"达到|实现|完成|分别|全年|全市|全省|全区|全县|我市|我省|我区|本市|本省|同比|比上年|比去年|较上年|较去年|"
    r"目标|计划|预期|预计|力争|争取|确保|努力|任务|实际|已经|已|将要?|要|会|定为|设定|拟|提出|"
    r"所有|全部|总共|一共|来自|进行|其中|今后|被|"
    r"[的了是在和与及也都又还并且而其为于以对把将有共约超近达到至个各等再就该这即且均]"
)
_NUMERAL: Final = re.compile(r"[一二三四五六七八九十百千万亿两〇零\d.%]+")
_PLACE: Final = re.compile(r"(?:[省市区县州盟旗镇乡村港湾岛]|新区|自治区|[东西南北中]部?)$")
_COMPASS: Final = re.compile(r"^[东西南北中]$")
_GOAL: Final = re.compile(r"目标|计划|力争|争取|确保|将|要|拟|预期|努力|打算")
_DONE: Final = re.compile(r"已|实际(?!工作|出发|情况)|实绩|完成了|实现了|建成了|达到了|了$|圆满|顺利")
_OPPOSITES: Final = (
    ("增长", "下降"), ("增加", "减少"), ("提高", "降低"), ("上升", "下降"), ("扩大", "缩小"), ("高于", "低于"),
    ("快于", "慢于"), ("增", "减"), ("增", "降"), ("升", "降"), ("高", "低"), ("快", "慢"), ("加快", "放缓"),
    ("加强", "放松"), ("强化", "放松"), ("严格", "放松"), ("放宽", "收紧"), ("允许", "禁止"), ("保留", "取消"),
    ("流入", "流出"), ("顺差", "逆差"), ("获批", "否决"), ("获批", "驳回"), ("批准", "否决"), ("批准", "驳回"), ("获批", "被拒"),
    ("调整", "维持原样"), ("调整", "保持不变"), ("调整", "不作改动"), ("修订", "保持不变"), ("优化", "维持原样"),
    ("激活", "降温"), ("激活", "抑制"), ("激发", "抑制"), ("提振", "抑制"), ("鼓励", "限制"), ("支持", "限制"), ("放开", "限制"),
    ("扩大", "压缩"), ("启动", "叫停"), ("推广", "叫停"), ("历史最好", "下滑"), ("历史最好", "退步"), ("历史最高", "下滑"),
    ("调入", "调出"), ("纳入", "移出"), ("列入", "移出"), ("升入", "降入"), ("晋级", "降级"),
)  # fmt: skip
# Words that hold a sign of direction and have none: 高校, 增加值. And a fall that is called a growth.
STILL: Final = re.compile(
    r"不[低高多少大小快慢]于|[至不多]少|(?<!提)(?<!升)高(?:校|中|等|新|端|效|铁|速|质量|水平|标准|层|技|技能|技术|职|原)|增加值|增值|升[级学格]|晋升|"
    r"[快慢](?:递|线|速|捷|车|性)|低(?:保|碳|空|收入|压|温|效)|减[税排灾]|降[碳费]|[最更]低生活|负增长"
)
NOT_BUT: Final = re.compile(
    r"(?:没有?|未|不)(?:再|见)?(?:[升增提]高|[上提回]升|[增]加|增长|扩大|下降|降低|减少|缩小|变[多少大小]|[升降增减涨跌])[，,]?(?:反而?|反倒|而是)(?=还?是?[升降增减涨跌提上下多少高低扩缩])"
)
"""What something did not do before it did the contrary: 不降反升 is a rise."""
LEAVES: Final = re.compile(r"调出|退出|移出|脱离|摘帽|出列|取消|撤销|停止|终止|废止|清零")
"""Words for what no longer is among others."""
_NO_LONGER: Final = re.compile(r"不再(?:列[入为]|属于|纳入|是|享受|保留|算)?|no longer", re.IGNORECASE)
_SHRINKS: Final = re.compile(r"(?<!由)负增长(?!转)")
_RISE: Final = re.compile(
    r"转正|上调|调高|恢复[到至]|[增升涨]|提高|扩大|拉[大高]|加快|走[高强]|攀[升高]|新高|[多高快]了|[高快多好]于|比(?![重例])[^，。；]{1,8}?[要还更]*[高快多好](?![了多]?少)"
)
_FALL: Final = re.compile(
    r"[降减跌]|下[滑挫探调]|调低|滑坡|走[低弱]|回落|缩[小减水]|收窄|放缓|新低|不[及如]|[少低慢]了|[低慢少差]于"
)
_SAME_QUALIFIER: Final = (
    frozenset({"以上", "不低于", "超过"}),
    frozenset({"左右", "约", "近"}),
    frozenset({"以内", "不超过", "以下"}),
    frozenset({"", "力争"}),
)
_HOW_MANY: Final = re.compile(r"[一二两三四五六七八九十百千万\d]+[大个项条类种家座批]?")
_HAPPENS: Final = re.compile(r"已经|开始|正在|正式|着手|投入")
_LETTERS: Final = re.compile(r"[a-z]+")
# Amid what something rose or fell, or what it suffered from: 在对美贸易下降的情况下.
_AMID: Final = re.compile(
    r"(?:在|面对|受|克服)[^，。；]{2,20}?(?:的?(?:情况|背景|形势|压力|冲击|影响|条件|环境)(?:之?下)?|拖累)"
)
_MANY: Final = re.compile("[多余]")
# How far the exact figure may lie above or below a rounded one that is bounded so, as a share of it.
_ROUNDED: Final = {
    **dict.fromkeys(("超过", "以上", "不低于"), (0.0, 0.1)),
    **dict.fromkeys(("以下", "不超过"), (-0.1, 0.0)),
    **dict.fromkeys(("约", "左右"), (-0.02, 0.02)),
    "近": (-0.05, 0.0),
}
# How much there is, and by how much that is more than something else or than before.
_LEVEL: Final = re.compile(
    r"(?:达到?|[升增提涨]高?到|[升增]至)[^，。；\d]{0,4}$|(?<!增)(?<!多)(?:一共|总共|共计|合计)[^，。；\d]{0,6}$"
)
_ADDED: Final = re.compile(r"新[增建添][^，。；\d]*$")
_IN_ALL: Final = re.compile(r"(?<!新增)(?:总数|累计|总量|合计)[^，。；\d]*$")
_MORE_THAN: Final = re.compile(
    r"[比较](?!重|例|上年|去年|同期)[^，。；]{1,14}[多少高低](?:出|了)?(?:大约|将近|约|近|超过)?$"
)
_BY: Final = re.compile(r"(?:增[加长]|涨|提高|减少|下降|上调|降低|[多少高低])(?!到|至)[^，。；到至达]*$")
_EXCEEDS: Final = re.compile(r"[过超达]$")
_SCALE: Final = re.compile(r"(?<![\d十百千万])([十百千万]+亿)元?(?=级|规模|产业|的?(?:产业|集群))")
_NAMES: Final = 4
_SHORTEST_NAME: Final = 2
_VARIANT: Final = 3
_LONGEST_QUALIFIER: Final = 4
_LOWER: Final = frozenset({"超过", "以上", "不低于"})
_RATES: Final = frozenset({"%", "个百分点"})
_UPPER: Final = frozenset({"以下", "以内", "不超过", "近"})
# How far a round figure may lie from the exact one that it stands for, by what softens it. 以上 is the
# word of goals, which are quoted as they are.
_LEEWAY: Final = {"超过": 0.2, "以下": 0.2, "近": 0.1, "约": 0.06, "左右": 0.06, "以上": 0.05, "不低于": 0.05}


def compare_figures(stated: Quantity, official: Quantity, ours: str, theirs: str) -> Difference | None:
    """How a stated figure differs from the official one, if it does."""
    if not same_value(stated, official):
        return None if _follows(stated, official) else Difference("figure", ours, theirs)
    if _same_qualifier(stated.qualifier, official.qualifier):
        return None
    return Difference("qualifier", _qualified(stated, ours), _qualified(official, theirs))


def one_sided(stated: Quantity, official: Quantity) -> bool:
    """Whether only one of two figures has a qualifier."""
    return not stated.qualifier or not official.qualifier


def holds(stated: Quantity, official: Quantity) -> bool:
    """Whether a stated figure is right by the official one, as exactly as it means to be.

    超过70万 is right of 73.9万; 不足70万 and 75万 are not.
    """
    if not official.value or ({stated.unit, official.unit} & _RATES and stated.unit != official.unit):
        return not official.value and stated.value == official.value
    if stated.high is not None or official.high is not None:
        return (stated.value, stated.high) == (official.value, official.high)
    return _same_bound(stated, official) if stated.value == official.value else _rounds(stated, official)


def _same_bound(stated: Quantity, official: Quantity) -> bool:
    """Whether two figures of one value do not bound it from different sides."""
    return not (
        (stated.qualifier in {"以下", "不超过", "以内"} and official.qualifier in _LOWER)
        or (stated.qualifier in _LOWER and official.qualifier in {"以下", "不超过", "以内"})
        or (stated.qualifier == "以下" and not official.qualifier)
    )


def _rounds(stated: Quantity, official: Quantity) -> bool:
    """Whether a stated figure stands for the exact one, by what softens it."""
    if _MANY.search(stated.text) or (stated.unit == "倍" and stated.qualifier == "超过"):
        return official.qualifier not in _UPPER and stated.value < official.value < stated.value + _step(
            stated.value
        )
    if _is_finer(stated, official):
        return False  # about 2.21 is not about 2.1
    if stated.unit == official.unit == "倍" and not stated.qualifier and _step(stated.value) < 1:
        return official.value.quantize(_step(stated.value)) == stated.value  # 2.3倍 for 2.28
    gap = float((official.value - stated.value) / abs(official.value))
    leeway = _LEEWAY.get(stated.qualifier, 0.0)
    if stated.qualifier in _LOWER:
        return official.qualifier not in _UPPER and 0 < gap <= leeway
    if stated.qualifier in _UPPER:
        return official.qualifier not in _LOWER and -leeway <= gap < 0
    return abs(gap) <= leeway


def _is_finer(stated: Quantity, official: Quantity) -> bool:
    """Whether a stated figure has more digits than the official one, and is not that with its digits rounded to it."""
    ours, theirs = (len(one.value.normalize().as_tuple().digits) for one in (stated, official))
    return ours > theirs and stated.value.quantize(_step(official.value)) != official.value


def _step(value: Decimal) -> Decimal:
    """The place of the last digit of ``value`` that is not 0: 一千多 is less than two thousand, 2200多 less than 2300."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _follows(stated: Quantity, official: Quantity) -> bool:
    """Whether a rounded figure follows from the exact official one: 超过73万人 from 73.9万人."""
    if official.qualifier or official.high is not None or stated.high is not None or not official.value:
        return False
    if stated.unit != official.unit and {"%", "个百分点"} & {stated.unit, official.unit}:
        return False
    if _MANY.search(stated.text):
        return stated.value < official.value < stated.value + _step(stated.value)
    if stated.qualifier not in _ROUNDED:
        return False
    low, high = _ROUNDED[stated.qualifier]
    if stated.qualifier == "近" and len(stated.value.normalize().as_tuple().digits) == 1:
        low = -_LEEWAY["近"]  # one digit is rounder than two: 近两成 of 18.2%
    return low <= (official.value - stated.value) / official.value <= high


def _qualified(figure: Quantity, words: str) -> str:
    before = {"超过", "约", "近", "不低于", "不超过", "力争"}
    if figure.qualifier in before and figure.qualifier not in words:
        return figure.qualifier + words
    return words


def are_places(ours: str, theirs: str, following: str) -> bool:
    """Whether two signs are the beginnings of two places that end alike: 云南 and 河南, 甲区 and 乙区."""
    if following in {"区", "县"} and not _NUMERAL.fullmatch(ours + theirs):
        return True
    return all(provinces_without_report(f"{sign}{following}的", ()) for sign in (ours, theirs))


def kind_of(ours: str, theirs: str) -> DifferenceKind | None:
    """The kind of difference between two wordings; None where they may well say the same."""
    if bool(_GOAL.search(ours)) != bool(_GOAL.search(theirs)) and (
        (_GOAL.search(ours) and _DONE.search(theirs)) or (_DONE.search(ours) and _GOAL.search(theirs))
    ):
        return "status"
    bare, other = FILLERS.sub("", ours), FILLERS.sub("", theirs)
    if opposed(ours, theirs):
        return "wording"
    stated, said = bound_of(ours), bound_of(theirs)
    if stated and said:
        return None if _same_qualifier(stated, said) else "qualifier"
    rank, official = ordinal(ours), ordinal(theirs)
    if rank and official:
        return None if rank == official else "figure"
    if _is_place(ours) and _is_place(theirs):
        # 省 for 市 is another place; 县, where a village of it is named, is none.
        suffix = [len(one) == 1 and not _COMPASS.match(one) for one in (ours, theirs)]
        return "place" if suffix[0] == suffix[1] else None
    return "entity" if _are_names(bare, other) else None


def other_scale(claim: str, official: str) -> tuple[str, str] | None:
    """The size that ``claim`` gives to industries or firms, and the one that the part of ``official`` on them has: 千亿级, 百亿级."""
    ours = _SCALE.findall(claim)
    if len(set(ours)) != 1:
        return None
    said = [noun for noun in nouns(claim) if len(noun) > 1]
    parts = [part for part in re.split("[，；。]", official) if part]
    best = max(parts, key=lambda part: sum(len(noun) for noun in said if noun in part), default="")
    theirs = _SCALE.findall(best)
    named = sum(len(noun) for noun in said if noun in best) >= _NAMES
    return (
        (f"{ours[0]}级", f"{theirs[0]}级")
        if named and len(set(theirs)) == 1 and theirs[0] != ours[0]
        else None
    )


def bound_of(stretch: str) -> str:
    """The qualifier that a stretch right before a figure is, or ""."""
    bare = stretch.removeprefix("到").removeprefix("达")
    return qualifier_of(f"{bare}1", len(bare), len(bare) + 1) if len(bare) <= _LONGEST_QUALIFIER else ""


def _same_qualifier(stated: str, official: str) -> bool:
    return stated == official or any({stated, official} <= group for group in _SAME_QUALIFIER)


def ordinal(words: str) -> str:
    """The numeral in 第二, 二, 首; "" where it is none."""
    bare = words.removeprefix("第")
    if bare == "首":
        return "1"
    if not _NUMERAL.fullmatch(bare):
        return ""
    value = parse_numeral(bare.replace("两", "二")) if bare[0] > "9" else None
    return bare if value is None else str(value)


# 冲上 is no name, whatever stands beside 升入.
_RISES: Final = re.compile(r"^(?:冲|升|晋|杀|打|闯|跻|迈|跨|登|挤|爬|走|排|拿|夺|摘|捧)[上入进到下身回得]$")


# What is done with a thing names none: 建设, 运营.
DOES: Final = re.compile(
    r"(?:建设|打造|创建|运[营行]|建造|修建|兴建|新建|发展|培育|推进|推动|实施|开展|组织|投资|投用|使用)+"
)


def _are_names(ours: str, theirs: str) -> bool:
    """Whether two wordings are two names rather than two ways of saying the same.

    Two words that share a sign are mostly variants: 列入 and 列为. Two verbs
    are no names: 入选 and 上榜, 开始载客 and 通车. AI and 人工智能 may be the same name.
    """
    same = in_official_names(_EXCEEDS.sub("", ours)) == in_official_names(_EXCEEDS.sub("", theirs))
    if same or min(len(ours), len(theirs)) < _SHORTEST_NAME or re.search(r"[\d，；。]", ours + theirs):
        return False  # 经济总量过 and 地区生产总值超 are the same
    if bool(_LETTERS.fullmatch(ours)) != bool(_LETTERS.fullmatch(theirs)):
        return False
    if (
        _RISES.search(ours)
        or DOES.fullmatch(ours)
        or DOES.fullmatch(theirs)
        or _HAPPENS.search(ours)
        or _HAPPENS.search(theirs)
        or not (nouns(ours) or nouns(theirs))
    ):
        return False
    # 三大 counts, and 做成 tells what is done with what is counted; nor does one name stand in the place of a list.
    counts = bool(_HOW_MANY.fullmatch(ours)) != bool(_HOW_MANY.fullmatch(theirs))
    if counts or ("、" in theirs) != ("、" in ours):
        return False
    # 两国在渝开设 says what is done and is no name.
    if len(ours) > _VARIANT and 2 * len("".join(nouns(ours))) < len(ours):
        return False
    return not set(ours) & set(theirs) or max(len(ours), len(theirs)) > _VARIANT


def opposed(ours: str, theirs: str) -> bool:
    """Whether one wording goes up where the other goes down; amid what else falls or rises says nothing of it."""
    ours, theirs = _apart_from_circumstances(ours, theirs), _apart_from_circumstances(theirs, ours)
    ours, theirs = (STILL.sub("", NOT_BUT.sub("", _SHRINKS.sub("下降", one))) for one in (ours, theirs))
    rises = bool(_RISE.search(ours)), bool(_RISE.search(theirs))
    falls = bool(_FALL.search(ours)), bool(_FALL.search(theirs))
    if rises[0] != falls[0] and rises == falls[::-1]:
        return True
    return any(
        (up in ours and down in theirs and up not in theirs and down not in ours)
        or (down in ours and up in theirs and down not in theirs and up not in ours)
        for up, down in _OPPOSITES
    )


def _apart_from_circumstances(told: str, other: str) -> str:
    """``told`` without that amid which it happened, unless it is of that the ``other`` wording speaks."""
    amid = _AMID.search(told)
    if amid is None:
        return told
    rest = told.replace(amid[0], "")
    if _AMID.search(other):
        return rest  # amid which both tell it
    shared = (
        SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size for one in (amid[0], rest)
    )
    return told if next(shared) > next(shared) else rest


def is_listed_no_longer(claim: str, official: str) -> bool:
    """Whether ``claim`` says by a denial what ``official`` says without one: 不再列入, 调出."""
    return _NO_LONGER.search(claim) is not None and LEAVES.search(official) is not None


def _is_place(words: str) -> bool:
    known = provinces_without_report(f"{words}的", ()) or place_names(words) == [words]
    return bool(_PLACE.search(words) or _COMPASS.match(words) or known)


def only_one_moves(stated: Quantity, said: str, other: Quantity, official: str) -> bool:
    """Whether of two amounts one is how much there is, and the other by how much that is more or less: 达到580元, 再增加30元."""
    if stated.unit in _RATES or stated.unit == "位":  # a rank is a level, whatever it moved from
        return False
    ours, theirs = (_up_to(figure, text) for figure, text in ((stated, said), (other, official)))
    if _ADDED.search(ours) and _IN_ALL.search(theirs):
        return True  # 新增22个 is not 总数达到22个
    levels = bool(_LEVEL.search(ours)), bool(_LEVEL.search(theirs))
    more = bool(_MORE_THAN.search(ours)), bool(_BY.search(theirs))
    return (levels[0] and more[1] and not more[0]) or (more[0] and not more[1])


def _up_to(figure: Quantity, text: str) -> str:
    """What stands before a figure in its part of a sentence."""
    return re.split(r"[，。；]", text[: text.find(figure.text)])[-1] if figure.text in text else ""
