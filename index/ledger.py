"""The indicator ledger: from the clauses of a report to headline figures.

A clause is read comma segment by comma segment. Each figure is paired with the
words between it and the figure before (its lead): the end of the lead is the
verb, which says how the figure is meant, and the rest is the name. A lead
without a name takes the subject of the figure before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.indicator_names import clean_name, indicator_name
from index.quantities import Quantity, find_quantities
from index.types import Clause, Indicator, IndicatorStatus, Measure, Report

__all__ = ["extract_indicators", "indicator_name"]

_BREAK: Final = re.compile(r"[，,；;：:。！？!?\n]")
_ITEM: Final = re.compile(r"^(?:以上|以下|以内|左右|之内)?(?:、|和|及|与|以及|并)")
_LIST: Final = re.compile(r"^(?:以上|以下|以内|左右)?(?:、|和|与|及|以及)(?:约|近|超过?|突破|不低于|达到?)?$")
_SPLIT_NAMES: Final = re.compile(r"、|以及")
_SPLIT_LAST: Final = re.compile(r"和|与|及")

_UP = "增长|增加|提高|提升|上升|上涨|扩大|增|涨|翻|多增"
_DOWN = "下降|降低|减少|缩小|收窄|压减|下调|回落|降|少|下跌|减"
_TAIL: Final = re.compile(
    r"(?:(?:比|较|与)(?:上[一]?年|去年|前年|前[一二三四五六七八九十]年|[一二三四五六七八九十]年前|同期|(?:19|20)\d\d年|“[^”]{1,6}”)"
    r"(?:同期|相比|[末底初]|时期|期间)?|同比|环比|年均|平均|按可比[价口][格径](?:计算)?|可比|实际|名义|累计|总计|合计|共计?|均|各|都|"
    r"已经?|将|再|又|也|还|仍|只有|仅|分别|预计|力争|确保|争取|有望|达到?|为|是|有|约|近|超过?|突破|逾|接近|将近|不低于|不少于|"
    r"不高于|不超过|高于|低于|多于|少于|迈上|迈过|迈入|跨上|跨过|跨越|跃上|站上|首次|历史性|一举|成功|连续|净增|新增|稳步|大幅|"
    rf"{_UP}|{_DOWN}|控制|保持|稳定|维持|恢复|持续|稳|增至|由|从|了|的|在|到|至|过|于|幅度|、|和|及|“|\s)+$"
)
_GROWTH: Final = re.compile(rf"(?:{_UP})[^到至在]{{0,8}}$")
_DECLINE: Final = re.compile(rf"(?:{_DOWN})[^到至在]{{0,8}}$")
_REACHED: Final = re.compile(r"(?:到|至|达|在|为|突破|超过?|迈上)\w{0,4}$")
_NEW: Final = re.compile(
    r"^(?:新|净增|建成|改造|增设|增加|完成|创建|培育|开工|建设|引进|发放|筹集|筹建|减|改扩建|实施|争取|启动|治理|压减|落实|签约|开行|投放|投入)"
)
_NEW_VERB: Final = re.compile(
    r"^(?:(?:新|续|改|扩)?(?:增|建成?|开工|改造|筹集|筹建|培育|创建|引进|设立|开通|投用|认定|签约|改建|扩建|开行|造|治理|修|购|投放)"
    r"(?:和|、|及)?(?:改造|提升|提升改造|改造提升|治理|扩容|翻新)*(?:各类)?)"
)
_RATE_NAME: Final = re.compile(r"(?:率|比重|占比|比例|比|强度|份额|水平|覆盖面|程度|贡献度|系数)$")
_GROWTH_NAME: Final = re.compile(r"(?:涨幅|增速|增幅|增长率|降幅|价格)$")
_GENERIC: Final = re.compile(
    r"^(?:总量|数量|规模|增速|总数|总规模|面积|产量|占比|比重|总额|增幅|涨幅|产值|增加值|覆盖率|平均值|增长率)$"
)
_RANK: Final = re.compile(
    r"(?:(?:连续|已连续)?\d*(?:年|个月)?|总量|均|增速|增幅)*(?:稳居|位居|位列|跃居|升至|跃升至?|上升至?|前移至?|保持|排名|排|居|列|为|名列|继续|分别|均)*"
    r"(?P<scope>全国|全省|全市|全区|世界|全球|[东中西]部地?区?|长江经济带|国内|长三角|东北)?"
    r"(?:各?省[市区份]*|城市|副省级城市|地级市|设区市|同类\S{0,6})?(?:的|前列)?$"
)
_SHARE: Final = re.compile(r"(?P<of>(?:占|贡献)[^占、]*?)的?$")
_ENOUGH: Final = 10
_COUNTERS: Final = frozenset("个 家 项 条 件 名 位 所 座 处 种 类 款 批 部 间 栋 场 次 起 例 对 组 人 户 支 张 只 片 块".split())
_TIMES: Final = frozenset("年 天 个月 小时 分钟 秒 岁 周 日 季度 个季度 代 级 层 期 届 强 号 周年".split())
_TIME_NAME: Final = re.compile(r"(?:天数|寿命|年限|时间|时长|用时|时限|周期)(?:为|达|到|达到|缩短|压缩|提高|增加|稳定|保持|\w){0,6}$")
_PEOPLE_NAME: Final = re.compile(r"(?:人数|人口|就业|人次|用户数?|劳动力)$")
_ASIDE: Final = re.compile(r"给予|补贴|奖励|补助|每人|罚款|面值|最高")
_GLOSSARY: Final = re.compile(r"名词解释|名词注释|注释|说明")

_SCALE: Final = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "百": 100}

_OWN_YEAR: Final = re.compile(
    r"(?<![比较与自从超于—\-\d])((?:19|20)\d\d)年(?!以来|相比|同期|的|水平|代|—|-|前|起)|“(十\w?五)”|(?<![比较])(去年|上年|前年)|(今年)"
)


@dataclass(frozen=True, slots=True)
class _Period:
    year: int | None
    status: IndicatorStatus


@dataclass(slots=True)
class _Reader:
    """Reads one clause; remembers the subject from figure to figure."""

    report: Report
    clause: Clause
    period: _Period
    subject: str = ""
    subject_start: int = 0
    verb: str = ""
    found: list[Indicator] = field(default_factory=list)


def extract_indicators(report: Report, clauses: Sequence[Clause]) -> tuple[Indicator, ...]:
    """The headline figures of a report in the order of its text.

    ``clauses`` are those of ``report``; every record's quote is
    ``report.text[start:end]`` and lies in the clause it names.
    """
    records: list[Indicator] = []
    for clause in clauses:
        if not any(_GLOSSARY.search(title) for title in clause.section):
            records.extend(_read_clause(report, clause))
    return tuple(dict.fromkeys(records))


def _read_clause(report: Report, clause: Clause) -> list[Indicator]:
    quantities = find_quantities(clause.text)
    figures = [q for q in quantities if _counts(clause.text, q)]
    if not figures:
        return []
    reader = _Reader(report, clause, _Period(clause.period.year, _status(clause)))
    for start, end in _segments(clause.text, quantities):
        inside = [q for q in figures if start <= q.start < end]
        _note_period(reader, clause.text[start:end])
        if inside:
            _read_segment(reader, start, end, inside)
        else:
            _note_subject(reader, start, end)
    return reader.found


def _status(clause: Clause) -> IndicatorStatus:
    statuses: dict[str, IndicatorStatus] = {"actual": "actual", "ongoing": "ongoing"}
    return statuses.get(clause.period.status, "target")


def _segments(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Spans between commas and the like, none of which lies in a figure."""
    covered = {position for q in quantities for position in range(q.start, q.end)}
    cuts = [m.start() for m in _BREAK.finditer(text) if m.start() not in covered]
    for left, right in pairwise([-1, *cuts, len(text)]):
        if right > left + 1:
            yield left + 1, right


def _counts(text: str, q: Quantity) -> bool:
    """Whether a quantity can be the figure of an indicator."""
    if q.kind != "amount" or not (q.unit or q.scale):
        return False
    after = text[q.end : q.end + 2]
    if after[:1] in {"级", "型"} or after in {"以上的"} or text[max(0, q.start - 1) : q.start] in {"第", "每"}:
        return False
    if q.unit in _TIMES:
        return bool(_TIME_NAME.search(text[max(0, q.start - 14) : q.start]))
    return text.count("《", 0, q.start) == text.count("》", 0, q.start)


def _note_period(reader: _Reader, segment: str) -> None:
    """Let the words of a segment decide its year; without any, the one before holds on."""
    own = reader.report.year
    for match in _OWN_YEAR.finditer(segment):
        if match[1]:
            year = int(match[1])
            status: IndicatorStatus = "actual" if year < own else "target"
            if year != reader.period.year:
                reader.period = _Period(year, status)
        elif match[3]:
            reader.period = _Period(own - (2 if match[3] == "前年" else 1), "actual")


def _note_subject(reader: _Reader, start: int, end: int) -> None:
    """A segment without figures leaves no subject behind for the next."""
    reader.subject, reader.subject_start, reader.verb = "", start, ""


def _read_segment(reader: _Reader, start: int, end: int, figures: list[Quantity]) -> None:
    text = reader.clause.text
    reader.verb = ""
    position, index = start, 0
    while index < len(figures):
        q = figures[index]
        between = text[position : q.start]
        lead_start = position
        if index and (match := _ITEM.match(between)):
            lead_start += match.end()
        elif index and "、" in between:
            lead_start += between.index("、") + 1
        lead = text[lead_start : q.start]
        if "分别" in lead:
            run = _run(text, figures[index:])
            _distribute(reader, lead_start, run, end)
            index += len(run)
            position = run[-1].end
            continue
        following = figures[index + 1].start if index + 1 < len(figures) else end
        _read_figure(reader, lead_start, q, text[q.end : following], last=index + 1 == len(figures))
        position = q.end
        index += 1


def _run(text: str, figures: list[Quantity]) -> list[Quantity]:
    """The figures from the first on that form one list: 6.6%、4.3%和8.6%."""
    run = figures[:1]
    for left, right in pairwise(figures):
        if not _LIST.match(text[left.end : right.start]):
            break
        run.append(right)
    return run


def _distribute(reader: _Reader, lead_start: int, run: list[Quantity], end: int) -> None:
    """A、B分别增长x、y: each name its figure."""
    text = reader.clause.text
    lead = text[lead_start : run[0].start]
    phrase, _, verb = lead.rpartition("分别")
    core = _TAIL.sub("", phrase)
    names = _names(clean_name(core), len(run))
    if not names and not clean_name(core):
        names = [record.indicator for record in reader.found[-len(run) :]]
    if len(names) != len(run):
        return
    share = _SHARE.search(f"{phrase[len(core) :]}{verb}")
    for name, q in zip(names, run, strict=True):
        title = f"{name}{share['of']}比重" if share and q.unit == "%" else name
        _add(reader, title, f"{phrase[len(core) :]}{verb}", q, (lead_start, _quote_end(text, run[-1].end, end)))
    reader.subject, reader.subject_start = names[-1], lead_start


def _names(phrase: str, count: int) -> list[str]:
    """``phrase`` as a list of ``count`` names, or nothing; a shared head is given to each."""
    if not phrase:
        return []
    parts = [part for part in _SPLIT_NAMES.split(phrase) if part]
    if len(parts) < count:
        parts = [piece for part in parts for piece in _SPLIT_LAST.split(part) if piece]
    if len(parts) == 1 and count == len(("城镇", "农村")) and "城乡" in phrase:
        return [phrase.replace("城乡", "城镇"), phrase.replace("城乡", "农村")]
    if len(parts) != count:
        return []
    return _share_head(parts)


_HEAD: Final = re.compile(
    r"(?:总?投资|消费|零售额|增加值|总?收入|总?产[量值]|[一-龥]{0,2}里程|规模|进?出口|比[例重]|占比|人[数次]|面积|数量|[一-龥]{0,2}率|余额|"
    r"总额|价格|标准|浓度|排放[总]?量|死亡人数|起数|销[量售][额量]?|支出|贷款|利润|税收|增速|案件|能耗|强度|总产)"
    r"(?:增加值|总?额|占.*|余额|比[例重])?$"
)


def _share_head(parts: list[str]) -> list[str]:
    head = _HEAD.search(parts[-1])
    if not head or head.start() == 0:
        return parts
    return [part if _HEAD.search(part) else part + head[0] for part in parts[:-1]] + parts[-1:]


def _quote_end(text: str, figure_end: int, segment_end: int) -> int:
    """The end of the item that a figure stands in."""
    rest = text[figure_end:segment_end]
    cut = rest.find("、")
    return figure_end + cut if cut >= 0 else segment_end


def _read_figure(reader: _Reader, lead_start: int, q: Quantity, after: str, *, last: bool) -> None:
    text = reader.clause.text
    lead = text[lead_start : q.start]
    if q.unit == "位":
        _read_rank(reader, lead_start, q)
        return
    tail = _TAIL.search(lead)
    core, verb = (lead[: tail.start()], tail[0]) if tail else (lead, "")
    if verb.startswith(("从", "由")) and not last:
        _set_subject(reader, clean_name(core), lead_start)
        return
    share = _SHARE.search(core)
    if share and q.unit == "%" and not _RATE_NAME.search(core):
        name = clean_name(core[: share.start()]) or reader.subject
        if name:
            _set_subject(reader, name, lead_start, keep=not clean_name(core[: share.start()]))
            span = (reader.subject_start, _quote_end(text, q.end, q.end + len(after)))
            _add(reader, f"{name}{share['of']}比重", verb, q, span)
        return
    name = _last_item(clean_name(core))
    if _bare_verb(name) or (not name and (not reader.subject or "新增" in verb)):
        _read_counted(reader, lead_start, f"{name}{'新增' if '新增' in verb else ''}", q, after, last=last)
        return
    if not name or _GENERIC.match(name):
        name = reader.subject if not name or reader.subject.endswith(name) else reader.subject + name
        if not name:
            return
        start = reader.subject_start
    else:
        if reader.verb and not _NEW_VERB.match(name) and not verb and q.unit not in {"%", "个百分点"}:
            name = reader.verb + name
        if "新增" in verb and not name.startswith("新增"):
            name = f"新增{name}"
        start = lead_start
        _set_subject(reader, name, lead_start)
    if q.unit in _COUNTERS and q.value < _ENOUGH and not verb:
        return
    _add(reader, name, verb, q, (start, _quote_end(text, q.end, q.end + len(after))))


def _bare_verb(name: str) -> bool:
    return bool(name) and (len(name) <= 2 or _NEW_VERB.fullmatch(name) is not None) and not re.search(
        r"[\u4e00-\u9fff](?:口|业|量|额|值|资|费|率|数|粮|税|煤)$|[A-Z]", name
    )


def _last_item(name: str) -> str:
    """Of 消除零就业家庭、城镇新增就业 the last; 粮食、油料产量 stays whole."""
    first, _, _ = name.partition("、")
    return name.rpartition("、")[2] if len(first) > 4 else name


def _set_subject(reader: _Reader, name: str, start: int, *, keep: bool = False) -> None:
    if not keep and name:
        reader.subject, reader.subject_start = name, start
        verb = _NEW_VERB.match(name)
        reader.verb = verb[0] if verb and verb.end() < len(name) else reader.verb


def _read_counted(reader: _Reader, lead_start: int, verb: str, q: Quantity, after: str, *, last: bool) -> None:
    """新建112万亩高标准农田: the name stands after the figure."""
    text = reader.clause.text
    if q.unit in {"%", "个百分点", "", "位"} or not last and not re.search(r"[、和]", after):
        return
    noun = re.split(r"[、，；。和及]", after)[0]
    noun = clean_name(re.sub(r"^(?:以上|以下|左右|以内)?的?", "", noun))
    if not noun or (q.unit in _COUNTERS and q.value < 100 and not q.scale):
        return
    verb = clean_name(verb)
    if not verb and not reader.verb:
        return
    name = f"{verb}{noun}" if _NEW_VERB.match(verb) else noun
    if len(name) > 24:
        return
    _set_subject(reader, name, lead_start)
    _add(reader, name, verb, q, (lead_start, _quote_end(text, q.end, q.end + len(after))))


def _read_rank(reader: _Reader, lead_start: int, q: Quantity) -> None:
    text = reader.clause.text
    lead = text[lead_start : q.start]
    match = _RANK.search(lead)
    core = lead[: match.start()] if match else lead
    name = clean_name(_TAIL.sub("", core))
    start = lead_start if name else reader.subject_start
    if _GENERIC.match(name):
        name, start = reader.subject + name, reader.subject_start
    name = name or reader.subject
    if not name:
        return
    if not reader.subject:
        _set_subject(reader, name, lead_start)
    scope = match["scope"] if match and match["scope"] else ""
    _add(reader, f"{name}{scope}排名", "", q, (start, q.end))


def _measure(name: str, verb: str, q: Quantity) -> Measure:
    if q.unit == "位":
        return "rank"
    if q.unit == ":1":
        return "ratio"
    if _DECLINE.search(verb) and not _REACHED.search(verb):
        return "decline"
    relative = q.unit in {"%", "个百分点", "‰", "倍", "番"}
    if relative and (_GROWTH.search(verb) or _GROWTH_NAME.search(name)):
        return "growth"
    if relative:
        return "ratio"
    if _REACHED.search(verb):
        return "level"
    return "increment" if _GROWTH.search(verb) or _NEW.match(name) or "新增" in name or "净增" in verb else "level"


def _add(reader: _Reader, name: str, verb: str, q: Quantity, span: tuple[int, int]) -> None:
    """Record one figure under ``name`` with the quote ``span`` of the clause."""
    text = reader.clause.text
    official = indicator_name(name)
    if not official or len(official) > 30 or _ASIDE.search(official):
        return
    start, end = _trim(text, *span)
    value, unit = _as_written(q, official)
    reader.found.append(
        Indicator(
            report=reader.report.id,
            place=reader.report.place,
            indicator=official,
            value=value,
            unit=unit,
            qualifier=q.qualifier,
            measure=_measure(official, verb, q),
            year=reader.period.year,
            status=_figure_status(reader, text[start : q.start], text[q.end : q.end + 8]),
            start=reader.clause.start + start,
            end=reader.clause.start + end,
            quote=text[start:end],
            clause=reader.clause.number,
        )
    )


def _figure_status(reader: _Reader, before: str, after: str) -> IndicatorStatus:
    status = reader.period.status
    if status == "actual" and "预计" in before:
        return "forecast"
    if status == "actual" and re.match(r"\w{0,4}(?:目标|任务)", after) and "完成" in before:
        return "target"
    return status


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t　、和“—":
        start += 1
    while end > start and text[end - 1] in " \t　、":
        end -= 1
    return start, end


def _as_written(q: Quantity, name: str) -> tuple[str, str]:
    """Value and unit in the scale of the text: ("73.9", "万人"), ("5-5.5", "%")."""
    scale = q.scale if q.scale in _SCALE else ""
    unit = q.unit.split("（")[0].split("(")[0]
    if not unit and _PEOPLE_NAME.search(name):
        unit = "人"
    factor = _SCALE.get(scale, 1)
    ends = [q.value, *([q.high] if q.high is not None else [])]
    return "-".join(_plain(end / factor) for end in ends), f"{scale}{unit}"


def _plain(value: Decimal) -> str:
    """A decimal without exponent and needless zeros, at most four places."""
    text = format(value.quantize(Decimal("0.0001")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
