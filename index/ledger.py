"""The indicator ledger: from the clauses of a report to headline figures.

A clause is read comma segment by comma segment. Each figure is paired with the
words between it and the figure before (its lead); a lead that names nothing
takes the subject of the figure before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from index.indicator_names import clean_name, ends_in_head, indicator_name, split_names
from index.leads import (
    Lead,
    base_start,
    has_verb,
    is_comparison,
    is_verb,
    last_item,
    measure_of,
    object_after,
    read_lead,
    role_after,
)
from index.periods import classify
from index.quantities import Quantity, find_quantities
from index.types import Clause, Indicator, IndicatorStatus, Period, Report
from index.written import as_written

__all__ = ["extract_indicators", "indicator_name"]

_BREAK: Final = re.compile(r"[，,；;：:。！？!?\n]")
_NEXT_ITEM: Final = re.compile(r"^(?:以上|以下|以内|左右|之内)?(?:、|和|及|与|以及|并)")
_STRIVEN: Final = re.compile(r"[、，并]*(?:力争|争取|努力|确保)(?:达到|实现|突破|超过?|到)?")
_LISTED: Final = re.compile(r"^(?:以上|以下|以内|左右)?(?:、|和|与|及|以及)(?:约|近|超过?|不低于|不少于)?$")
_TOTAL: Final = re.compile(
    r"(?:总量|数量|规模|增速|总数|总规模|面积|产量|占比|比重|总额|增幅|涨幅|产值|增加值|覆盖率|平均值|增长率|总投资|收入|利润|"
    r"人数|户数|余额|降幅|总价值|比例|总面积|成交额|交易额|销售额|营业收入|营收)"
)
# 比1955年决算数: what a figure is held against, and no indicator.
_HELD_AGAINST: Final = re.compile(r"比(?!亚迪)|较")
_VAGUE: Final = re.compile(
    r"(?:投资|总投资|资金|计划投资|项目|总额|总量|数量|规模|人数|面积|产值|增速|增幅|占比|比重|其他|收入|涨幅|平均值|人均|户数|比例|双双|年)$"
)
_RANK: Final = re.compile(
    r"(?:稳居|位居|位列|并列|跃居|跃升至?|上升至?|升至|前移至?|前进至?|攀升至?|保持|排名|名列|排|居|列|为|继续|分别|均|都|总量|增速|增幅|指数|"
    r"连续\d*(?:年|个月)?|\d+年)*(?P<scope>全国|全省|全市|全区|世界|全球|[东中西]{1,2}部(?:地区)?|长江经济带|国内|长三角|东北|全自治区)?"
    r"(?:各?省[市区份]*|各省区市|地级城市|城市|副省级城市|地级市|设区市|同类[^，、]{0,6})?(?:的|前列|排名|排位|位次)?(?:(?:上升|提升|前移|跃升|前进|升)(?:到|至))?$"
)
_FEW: Final = 5
_MANY: Final = 100
_COUNTERS: Final = frozenset(
    "个 家 项 条 件 名 位 所 座 处 种 类 款 批 部 间 栋 场 次 起 例 对 组 人 户 支 张 只 片 块".split()
)
_TIMES: Final = frozenset("年 天 个月 小时 分钟 秒 岁 周 日 季度 个季度 代 级 层 期 届 强 号 周年".split())
_TIMED_NAME: Final = re.compile(r"天数|寿命|年限|时间|时长|用时|时限")
_BARE_NAME: Final = re.compile(r"(?:指数|倍差|系数|比|比值)$")
_ASIDE: Final = re.compile(r"给予|奖励|每人|罚款|最高|至少|^对|按|^在.*的$|等$|^[一-龥]$")
# What is said of a figure before it is given: 进出口总值创历史新高，达到5379亿元.
_PRAISED: Final = re.compile(
    r"(?:再|又|双双|均|都|持续|连续\S{1,3}年)*(?:(?:创|刷新|打破)(?:了|下|出)?(?:历史|有史|近|同期|\S{1,3}年|以来|来|的)*"
    r"(?:新高|最高|最好|新?纪录|新?记录)(?:水平)?|连续?[跨上][^，、]*台阶|(?:迈|跨|登|站)?上(?:了)?(?:一个)?新?的?大?台阶|"
    r"(?:稳居|位居|跻身|迈入|跃居|保持)(?:全国|世界|全球|[东中西]部|国内)(?:前列|前茅|首位|领先|[^，、]{0,2}前[一二三四五六七八九十]+强?))$"
)
# 连跨4个千亿台阶 counts no thing that there is.
_STEPS: Final = re.compile(r"(?:[百千万]?[万亿])?元?级?(?:大|新)?台阶")
_GLOSSARY: Final = re.compile(r"名词解释|名词注释|注释|名词说明")
_FROM_EACH: Final = re.compile(r"分别[从由](?:\d{4}年的?|每人每月)?$")
# Of what a harvest is told whose crop stands before its area: 粮食播种面积1520万亩、总产125亿斤.
_HARVEST: Final = re.compile("总产量?|单产")
_CROP: Final = re.compile(
    r".*(粮食|油料|蔬菜|水果|肉类|水产品|棉花|糖料|茶叶|夏粮|秋粮|早稻|大豆)", re.DOTALL
)
# Of what rose from so many to so many it is no part of the name.
_MADE: Final = re.compile(r"^(?:新?认定|评定|建成|新建|培育)+")
_GOAL_AFTER: Final = re.compile(r"的?\w{0,4}(?:目标|任务)")
_NEWLY: Final = re.compile(r"^(?:新增|净增)")
_SO_FAR: Final = re.compile(r"累计|总")


@dataclass(slots=True)
class _Reader:
    """Reads one clause; remembers period, subject and verb from figure to figure."""

    report: Report
    clause: Clause
    period: Period
    subject: str = ""
    subject_start: int = 0
    making: str = ""
    found: list[Indicator] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the clause."""
        return self.clause.text

    def name_subject(self, name: str, start: int) -> None:
        """Make ``name`` the subject of the figures that follow without one."""
        self.subject, self.subject_start = name, start


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure with the start of its lead and the end of its segment."""

    lead_start: int
    figure: Quantity
    segment_end: int


def extract_indicators(report: Report, clauses: Sequence[Clause]) -> tuple[Indicator, ...]:
    """The headline figures of a report in the order of its text.

    ``clauses`` are those of ``report``; every record's quote is
    ``report.text[start:end]`` and lies in the clause it names. A text of no
    year has none: its figures are no result and no goal.
    """
    if not report.year:
        return ()
    records: list[Indicator] = []
    for clause in clauses:
        if not any(_GLOSSARY.search(title) for title in clause.section):
            records.extend(_read_clause(report, clause))
    return tuple(dict.fromkeys(records))


def _read_clause(report: Report, clause: Clause) -> list[Indicator]:
    quantities = find_quantities(clause.text)
    segments = list(_segments(clause.text, quantities))
    reader = _Reader(report, clause, clause.period)
    for start, end in segments:
        reader.period = classify(clause.text[start:end], reader.period, report.year)
        figures = [
            q for q in quantities if start <= q.start < end and _counts(clause.text[start:end], q, start)
        ]
        if figures:
            _read_segment(reader, start, end, figures)
        else:
            phrase = clean_name(_PRAISED.sub("", clause.text[start:end]))
            reader.name_subject(phrase if ends_in_head(phrase) else "", start)
    return reader.found


def _segments(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Spans between commas and the like that do not lie in a figure."""
    covered = {position for q in quantities for position in range(q.start, q.end)}
    cuts = [m.start() for m in _BREAK.finditer(text) if m.start() not in covered]
    for left, right in pairwise([-1, *cuts, len(text)]):
        if right > left + 1:
            yield left + 1, right


def _counts(segment: str, q: Quantity, offset: int) -> bool:
    """Whether a quantity can be the figure of an indicator."""
    before, after = segment[: q.start - offset], segment[q.end - offset :]
    if (
        q.kind != "amount"
        or after.startswith(("级", "型", "以上的"))
        or (q.unit == "个" and _STEPS.match(after))
        or before.endswith(("第", "每", "“", "个", "最后", "最初", "最先"))
    ):
        return False
    if before.count("《") > before.count("》"):
        return False
    if q.unit in _TIMES:
        return bool(_TIMED_NAME.search(before)) and not before.endswith("连续")
    return bool(q.unit or q.scale) or bool(_BARE_NAME.search(read_lead(before).name))


def _read_segment(reader: _Reader, start: int, end: int, figures: list[Quantity]) -> None:
    reader.making = ""
    position, index = start, 0
    while index < len(figures):
        q = figures[index]
        lead_start = _lead_start(reader.text, position, q.start, first=index == 0)
        run = _run(reader.text, figures[index:])
        place = _Place(lead_start, q, end)
        words = reader.text[lead_start : q.start]
        respectively = "分别" in words
        ends = _run(reader.text, figures[index + len(run) :]) if _FROM_EACH.search(words) else []
        if (
            ends
            and len(ends) == len(run)
            and _distribute(reader, place, ends, reader.text[run[-1].end : ends[0].start])
        ):
            run += ends
        elif not (len(run) > 1 and _distribute(reader, place, run)) and not respectively:
            run = run[:1]
            _read_figure(reader, place)
        index += len(run)
        position = run[-1].end


def _lead_start(text: str, position: int, figure_start: int, *, first: bool) -> int:
    """Where the words of a figure begin: after the item of the figure before."""
    between = text[position:figure_start]
    if first:
        return position
    match = _NEXT_ITEM.match(between)
    start = match.end() if match else between.find("、") + 1
    item, more, _ = between[start:].partition("、")
    if more and _PRAISED.fullmatch(item):
        start += len(item) + 1
    return position + start


def _run(text: str, figures: list[Quantity]) -> list[Quantity]:
    """The figures from the first on that form one list: 6.6%、4.3%和8.6%."""
    run = figures[:1]
    for left, right in pairwise(figures):
        if not _LISTED.match(text[left.end : right.start]):
            break
        run.append(right)
    return run


def _distribute(reader: _Reader, place: _Place, run: list[Quantity], rise: str = "") -> bool:
    """A、B分别增长x、y: each name its figure; without names, those of the records before.

    Of A、B分别从v、w增加到x、y the ``run`` is x、y, and 增加到 the ``rise``. Returns whether there were as many names as figures.
    """
    words = reader.text[place.lead_start : run[0].start]
    phrase, _, verb = words.rpartition("分别") if "分别" in words else (words, "", "")
    lead = read_lead(phrase)
    start = place.lead_start
    verb = rise or lead.verb + verb
    share = lead.share or read_lead(verb).share
    listed = clean_name(phrase[: len(phrase) - len(lead.verb)]) if not lead.share else lead.name
    names = split_names(_MADE.sub("", listed) if rise else listed, len(run))
    if not listed:
        before = list(dict.fromkeys((record.indicator, record.start) for record in reader.found))[-len(run) :]
        names = [name for name, _ in before]
        start = min((at - reader.clause.start for _, at in before), default=start)
    if len(names) != len(run):
        return False
    reader.name_subject(names[-1], start)
    end = _item_end(reader.text, run[-1].end, place.segment_end)
    for name, q in zip(names, run, strict=True):
        qualified = replace(q, qualifier=q.qualifier or run[0].qualifier)
        _record(
            reader, f"{name}{_of(share)}" if share and q.unit == "%" else name, verb, qualified, (start, end)
        )
    return True


def _of(share: str) -> str:
    return "占比" if share == "占" else f"{share}比重"


def _item_end(text: str, figure_end: int, segment_end: int) -> int:
    """The end of the item that a figure stands in."""
    cut = text.find("、", figure_end, segment_end)
    return cut if cut >= 0 else segment_end


def _read_figure(reader: _Reader, place: _Place) -> None:
    q, text = place.figure, reader.text
    words, after = text[place.lead_start : q.start], text[q.end : place.segment_end]
    if q.unit == "位":
        _read_rank(reader, place)
        return
    lead = read_lead(words)
    if (base := base_start(words)) is not None:
        if name := clean_name(words[:base]):
            reader.name_subject(last_item(name), place.lead_start)
        return
    if is_comparison(words, q, after) or (
        lead.verb.endswith("的") and q.unit in _COUNTERS and not _GOAL_AFTER.match(after)
    ):
        return
    role = role_after(after)
    if role == "object" or (role == "end" and is_verb(lead.name)):
        _read_counted(reader, place, lead)
    elif role == "end" and words.strip():
        _read_named(reader, place, lead)


def _read_named(reader: _Reader, place: _Place, lead: Lead) -> None:
    """城镇调查失业率控制在5.5%: the name stands before the figure or is the subject."""
    q, start = place.figure, place.lead_start
    name = (
        ""
        if _is_goal(reader.text[place.lead_start : q.start], reader.text[q.end : place.segment_end])
        else lead.name
    )
    if not name or _TOTAL.fullmatch(name):
        subject = _NEWLY.sub("", reader.subject) if _SO_FAR.search(name + lead.verb) else reader.subject
        name = subject if not name or subject.endswith(name) else subject + name
        start = reader.subject_start if reader.subject else start
    else:
        name = _with_verb(reader, lead, q)
        reader.name_subject(name, start)
        reader.making = lead.making or reader.making
    crop = _CROP.match(reader.text[: q.start]) if _HARVEST.fullmatch(name) else None
    if crop is not None:
        name, start = f"{crop[1]}{name}", min(start, crop.start(1))
    if lead.share and name:
        name += _of(lead.share)
    if q.unit in _COUNTERS and q.value < _FEW and not lead.verb:
        return
    verb = _verb_before(reader, place) or lead.verb
    _record(reader, name, verb, q, (start, _item_end(reader.text, q.end, place.segment_end)))


def _verb_before(reader: _Reader, place: _Place) -> str:
    """The verb of the figure before, where this one says only what is striven for beyond it: 增长7%以上、力争达到8%."""
    measure = reader.found[-1].measure if reader.found else "level"
    striven = _STRIVEN.fullmatch(reader.text[place.lead_start : place.figure.start])
    moving = striven and place.figure.unit in {"%", "个百分点"}
    return {"growth": "增长", "decline": "下降"}.get(measure, "") if moving else ""


def _is_goal(before: str, after: str) -> bool:
    """Whether a figure is the goal that a result met: 超额完成110万人的年度任务."""
    return "完成" in before and bool(_GOAL_AFTER.match(after))


def _with_verb(reader: _Reader, lead: Lead, q: Quantity) -> str:
    """The name with the verb that it shares with the item before (新增A 5家、B 3家), or its own 新增."""
    counted = q.unit not in {"%", "个百分点"}
    if reader.making and counted and not lead.making and not lead.verb:
        return reader.making + lead.name
    return f"新增{lead.name}" if "新增" in lead.verb and counted else lead.name


def _read_counted(reader: _Reader, place: _Place, lead: Lead) -> None:
    """新建112万亩高标准农田: the name stands after the figure."""
    q, text = place.figure, reader.text
    words = text[place.lead_start : q.start]
    verb = lead.name or ("新增" if "新增" in lead.verb else "") or ("" if lead.verb else reader.making)
    small = q.unit in _COUNTERS and q.value < _MANY and not q.scale
    if small or not (is_verb(verb) or (not verb and has_verb(words))) or q.unit in {"%", "个百分点", ""}:
        return
    noun = object_after(text[q.end : place.segment_end])
    if not noun or any(char.isdecimal() for char in noun):
        return
    named = Lead(f"{verb}{noun}", "", "")
    name = named.name if named.making else noun
    reader.name_subject(name, place.lead_start)
    reader.making = named.making
    _record(reader, name, lead.verb, q, (place.lead_start, _item_end(text, q.end, place.segment_end)))


def _read_rank(reader: _Reader, place: _Place) -> None:
    q = place.figure
    words = reader.text[place.lead_start : q.start]
    if (base := base_start(words)) is not None:
        if name := clean_name(words[:base]):
            reader.name_subject(name, place.lead_start)
        return
    match = _RANK.search(words)
    name = read_lead(words[: match.start()] if match else words).name
    start = place.lead_start
    if not name or _TOTAL.fullmatch(name):
        name, start = reader.subject + name, reader.subject_start
    if name and not reader.subject:
        reader.name_subject(name, start)
    scope = (match and match["scope"]) or ""
    if name:
        _record(reader, f"{name}{scope}排名", "", q, (start, q.end))


def _record(reader: _Reader, name: str, verb: str, q: Quantity, span: tuple[int, int]) -> None:
    """Add the record of one figure; ``span`` is its quote in the clause."""
    official = indicator_name(name)
    if not official or _HELD_AGAINST.match(official) or _ASIDE.search(official) or _VAGUE.match(official):
        return
    start, end = _trim(reader.text, *span)
    value, unit = as_written(q, official)
    reader.found.append(
        Indicator(
            report=reader.report.id,
            place=reader.report.place,
            indicator=official,
            value=value,
            unit=unit,
            qualifier=q.qualifier,
            measure=measure_of(official, verb, q),
            year=reader.period.year,
            status=_figure_status(reader.period, reader.text[start : q.start], reader.text[q.end : end]),
            start=reader.clause.start + start,
            end=reader.clause.start + end,
            quote=reader.text[start:end],
            clause=reader.clause.number,
        )
    )


def _figure_status(period: Period, before: str, after: str) -> IndicatorStatus:
    """The status of a figure between the words of its item."""
    if period.status == "actual":
        if "预计" in before:
            return "forecast"
        return "target" if _is_goal(before, after) else "actual"
    return "ongoing" if period.status == "ongoing" else "target"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t　、和—":
        start += 1
    while end > start and text[end - 1] in " \t　、":
        end -= 1
    return start, end
