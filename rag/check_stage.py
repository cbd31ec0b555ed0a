"""How far something is by a claim, and by the part of the official wording that speaks of it. Pure functions.

选址获批 is no 开工, and 提速建设 no 建成.
"""

from __future__ import annotations

import re
from typing import Final

from index.tokens import nouns
from rag.names import quoted_names

# From what is only meant to what is done.
_STAGES: Final = (
    re.compile(
        r"选址|前期工作|论证|可研|立项|筹[建备设]|核准|谋划|规划(?!建设)|争取(?=.*(?:开工|设立|获批|建设))|(?:支持|推动|促成)(?=[^，。；]{0,16}(?:设立|开馆|落户))|获批(?!建设|设立)|批准|批复"
    ),
    re.compile(r"开工|动工|破土|奠基|启动(?!筹|前期)"),
    re.compile(
        r"[提加]速?快?建设|加[快速]推进|[有持][序续]推进|推进建设|在建|在修|正在[修建]|续建|进展顺利|铺轨|建设中|主体(?:工程|结构)?(?:已经?)?(?:完工|封顶|建成)|封顶|合龙|扎实推进|加快创建|创建(?=.*推进)|取得(?:了)?(?:阶段性|积极|明显|重要)(?:成效|成果|进展)"
    ),
    re.compile(
        r"(?<!主体)(?<!主体工程)建成|建好|修好|投用|投入(?:使用|运[营行]|生产)|投产|投运|通车|通航|开通|启用|(?<!主体)(?<!主体工程)(?<!主体结构)完工|竣工|开馆|开园|开业|落成|贯通|运营|(?:开始|并网|投产|正式)发电|开放|(?:正式|都?已经?|均已?)(?:设立|成立|挂牌|开设)|(?:开设|设立)了|封关|(?:正式|开始|首批|首次)招生|招收了?(?:首批|第一批)|(?:全部|全面|已经?|均已?|都已经?)(?:如期|圆满)?完成|办完|开幕|闭幕|落幕|(?:成功|圆满|顺利)(?:举办|举行|承办)|(?:举办|举行|承办)了"
    ),
)
# As people say it of what is not finished yet.
_UNDER_WAY: Final = re.compile(
    r"在建|(?:正在|还在|仍在)(?:建|修|施工|推进)|没(?:建|修)(?:完|好)|(?:建设|修建)(?:之)?中|\b(?:under construction|being (?:built|worked on)|in progress|under way|underway)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"[未没]|不[会再能]|尚")
_NOT_YET: Final = re.compile(
    r"(?:没[有能]?|未能?|尚未|[还仍]未|迟迟[不未没]|[还仍]?没有?)(?:能够?|如期|按时|正式|全面|真正|实际)*(?P<stage>[\u4e00-\u9fff]{2,4})"
)
_STILL: Final = re.compile(r"(?:还|仍|尚)[在处]于?(?:施工|建设|修建|在建|装修|改造|筹备|筹建|试运行)")
_THIS_YEAR: Final = re.compile(
    r"(?:今年|年内)[^，。；]{0,8}(?:开工|动工|破土|奠基)(?![^，。；]*(?:建成|完工|投用|竣工))"
)
_LATER: Final = re.compile(r"[将会](?!议)|年底前|年内|要|拟|计划|打算|预计|力争|目标|有望")
# Things that have a number for a name.
_NUMBERED: Final = re.compile(r"\d+号[线楼]|第?[一二三四五]期")
_LARGE: Final = re.compile(r"(?<!\d)\d{3,}(?!\d|年)")
_APPROVED: Final = re.compile(r"获批|批准|获准|批复|批下")
_STRIVES: Final = re.compile(
    r"(?:争取|力争|申请|申报|有望|拟|计划|打算|准备)[^，。；]{0,10}?(?:批准|获批|获准|批复|设立)|争取(?=[^，。；]*建设)"
)
_PART: Final = re.compile(r"[，,；;。！]")
_GENERAL: Final = frozenset("建设 工程 项目 使用 运行 全线".split())
_BEGUN: Final = 1
_UNDERWAY: Final = 2
_DONE: Final = 3
_MOST: Final = 0.6
_TELLING: Final = 6
"""A part of a claim of so many signs may say of a thing of its own how far that is."""


def other_stage(claim: str, official: str, *, planned: bool) -> tuple[str, str] | None:
    """The word by which ``claim`` says that something was begun or is done, and that by which ``official`` has it less far.

    None where it is as far, or where the official wording does not say of the thing how far it is. What is still to
    come is held only against what is ``planned`` and not begun yet: what is being built may be done in time.
    """
    parts = [part for part in _PART.split(claim) if len(part) >= _TELLING]
    told = (
        _other_stage(said, official, planned=planned) for said in (claim, *(parts if len(parts) > 1 else ()))
    )
    return next((one for one in told if one), None)


def _other_stage(claim: str, official: str, *, planned: bool) -> tuple[str, str] | None:
    stages = _stages(claim, official)
    if stages is None:
        return None
    said, told = stages
    if _is_finished_instead(claim, said, told):
        return said[1], told[1]
    if told[0] >= said[0]:
        return None
    if told[1] in claim:
        return None  # the claim tells both, of two things
    if _LATER.search(claim) and (not planned or told[0] == _UNDERWAY):
        return None
    return said[1], told[1]


def _is_finished_instead(claim: str, said: tuple[int, str], told: tuple[int, str]) -> bool:
    """Whether ``claim`` has begun this year what the official wording, of the same year, has finished: 今年开工, 建成."""
    return (said[0], told[0]) == (_BEGUN, _DONE) and _THIS_YEAR.search(claim) is not None


def is_left_open(claim: str, official: str) -> bool:
    """Whether ``claim`` says that something will be done which ``official`` only says to be under way."""
    stages = _stages(claim, official)
    under_way = stages is not None and (stages[0][0], stages[1][0]) == (_DONE, _UNDERWAY)
    return under_way and _LATER.search(claim) is not None


def denied_stage(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which ``claim`` says that something is not begun or done yet, and those by which ``official`` says that it is."""
    still = _STILL.search(claim)
    if still is not None:
        part, held = _part_about(claim, official)
        done = stage_of(part)
        return (still[0], done[1]) if done and done[0] == _DONE and held >= _MOST else None
    denied = _NOT_YET.search(claim)
    said = stage_of(denied["stage"]) if denied else None
    if denied is None or said is None:
        return None
    part, held = _part_about(claim, official)
    if said[0] in {_BEGUN, _DONE}:
        told = stage_of(part)
    else:
        approved = _APPROVED.search(part) if _APPROVED.search(said[1]) else None
        told = (said[0], approved[0]) if approved else None
    if told is None or told[0] < said[0] or held < _MOST or _DENIED.search(part):
        return None
    return denied[0], told[1]


def other_approval(claim: str, official: str) -> tuple[str, str] | None:
    """The words by which one has an approval still striven for, and the other has it given: 争取设立, 获批设立."""
    said = _approval(claim)
    part, held = _part_about(claim, official) if said else ("", 0.0)
    told = _approval(part)
    if said is None or told is None or said[0] == told[0] or held < _MOST or _DENIED.search(claim + part):
        return None
    return said[1], told[1]


def _approval(text: str) -> tuple[bool, str] | None:
    """Whether an approval is given, or is still striven for, by ``text``, and its word for that; None if it speaks of none."""
    strives = _STRIVES.search(text)
    given = None if strives else _APPROVED.search(text)
    return (False, strives[0]) if strives else (True, given[0]) if given else None


def _stages(claim: str, official: str) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """How far something is by ``claim``, begun or done, and by the part of ``official`` that speaks of it; None if not both say so."""
    said = stage_of(claim)
    if said is None or said[0] not in {_BEGUN, _DONE} or _DENIED.search(claim):
        return None
    part, held = _part_about(claim, official)
    told = stage_of(part)
    return (said, told) if told and held >= _MOST else None


def _part_about(claim: str, official: str) -> tuple[str, float]:
    """The part of ``official`` that speaks most of the things of ``claim``, and the share of them that it names; 0 where there are none."""
    things = [word for word in nouns(claim) if stage_of(word) is None and word not in _GENERAL]
    things += [*_NUMBERED.findall(claim), *quoted_names(claim), *_LARGE.findall(claim)]
    part = max(_PART.split(official), key=lambda one: sum(len(word) for word in things if word in one))
    held = sum(len(word) for word in things if word in part)
    return part, held / max(1, sum(map(len, things)))


def is_done_in_one_only(one: str, other: str) -> bool:
    """Whether of two texts that both say how far something is, only one has it done."""
    stages = stage_of(one), stage_of(other)
    return all(stages) and len({stage[0] == _DONE for stage in stages if stage}) > 1


def is_under_way(text: str) -> bool:
    """Whether a question or a sentence, in Chinese or English, speaks of what is being built."""
    return _UNDER_WAY.search(text) is not None


def without_building(text: str) -> str:
    """A question without the words that say of something that it is being built."""
    return _UNDER_WAY.sub(" ", text)


def tells_of_building(official: str) -> bool:
    """Whether ``official`` tells of anything that it is being built or done, whatever else it tells."""
    return "正在" in official or _STAGES[_UNDERWAY].search(official) is not None


def is_begun(text: str) -> bool:
    """Whether ``text`` says of something that it was begun, and not that it is finished: 开工."""
    stage = stage_of(text)
    return stage is not None and stage[0] == _BEGUN


def is_done(text: str) -> bool:
    """Whether ``text`` says of something that it is finished or in use."""
    stage = stage_of(text)
    return stage is not None and stage[0] == _DONE


def stage_of(text: str) -> tuple[int, str] | None:
    """The furthest stage that ``text`` tells of, with its word."""
    found = ((stage, match[0]) for stage, words in enumerate(_STAGES) if (match := words.search(text)))
    return max(found, default=None)
