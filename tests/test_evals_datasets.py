"""The sets with gold answers hold what they promise, by the scorer's own rules; and the checks can fail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from fakes import ScriptedGenerator

from evals.answerers import FullPipeline, SearchOnly
from evals.cases import Case, GoldEvidence, read_gold
from evals.catalog import gold_names, load_dataset
from evals.errors import DatasetMissing
from evals.metrics import has_forbidden, has_keys, occurs
from evals.workspace import Workspace
from index.errors import ReportNotFound
from rag.factcheck import FactChecker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from evals.catalog import Dataset
    from index.searcher import Searcher
    from rag.pipeline import Pipeline

# Of our own sets we ask more than of the public ones, which are as they are.
OWN: Final = ("cq2024_own", "provinces_own", "cq2024_fresh", "multi_fresh", "elsewhere_fresh")


def faults(case: Case, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with ``case``, asked against reports with these ``texts`` by id; nothing for a sound one."""
    silent = not case.answerable or case.label == "not_enough_info"
    found = [f"no report has {gold.quote!r}" for gold in case.evidence if not _stands(gold, texts)]
    found += [f"{report} is picked and not there" for report in case.picked if report not in texts]
    if silent and (case.evidence or case.keys):
        found.append("evidence or keys for what no report says")
    if not silent and not case.evidence:
        found.append("no evidence")
    if case.is_claim != bool(case.label):
        found.append("a claim needs a label, and a question has none")
    if not case.is_claim and not silent:
        found += _answer_faults(case)
    return found


def _stands(gold: GoldEvidence, texts: Mapping[str, str]) -> bool:
    if gold.report is not None:
        return gold.quote in texts.get(gold.report, "")
    # Without a report it is the only one's.
    return len(texts) == 1 and gold.quote in next(iter(texts.values()))


def _answer_faults(case: Case) -> list[str]:
    found = []
    if not case.keys:
        found.append("no keys")
    if not has_keys(case.answer, case.keys):
        found.append("the gold answer does not meet its own keys")
    if has_forbidden(case.answer, case.forbidden):
        found.append("the gold answer gives a forbidden figure")
    return found


def own_faults(case: Case) -> list[str]:
    """What we ask of our own cases besides: question and evidence alone decide nothing by chance."""
    found = []
    if case.keys and has_keys(case.question, case.keys) and not has_forbidden(case.question, case.forbidden):
        found.append("whoever repeats the question is right")
    if any(occurs(figure, key) for figure in case.forbidden for group in case.keys for key in group):
        found.append("a key gives a forbidden figure")
    if any(has_forbidden(gold.quote, case.forbidden) for gold in case.evidence):
        found.append("whoever quotes the evidence is wrong")
    if (case.type == "followup") != bool(case.history):
        found.append("a followup has a history, and nothing else has")
    return found


def texts_of(dataset: Dataset) -> dict[str, str]:
    assert dataset.reports is not None
    try:
        return {report.id: report.text for report in dataset.reports()}
    except DatasetMissing as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("name", gold_names())
def test_gold_is_sound(name: str):
    dataset = load_dataset(name)
    texts = texts_of(dataset)
    found = {case.id: wrong for case in dataset.cases if (wrong := faults(case, texts))}
    assert not found
    for what in ("id", "question"):
        asked = [(getattr(case, what), case.history if what == "question" else ()) for case in dataset.cases]
        assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("name", OWN)
def test_our_own_questions_can_be_answered_wrongly(name: str):
    assert not {case.id: wrong for case in load_dataset(name).cases if (wrong := own_faults(case))}


def test_our_own_questions_are_not_the_public_ones():
    public = {case.question for name in set(gold_names()) - set(OWN) for case in load_dataset(name).cases}
    standing_alone = [
        case for name in OWN for case in load_dataset(name).cases if not case.history and not case.picked
    ]
    assert not [case.id for case in standing_alone if case.question in public]


SOUND: Final = Case(
    "1",
    "zh",
    "number_target",
    "今年要新增多少就业？",
    answer="60万人以上。",
    keys=(("60万", "600000"),),
    forbidden=("73.9万",),
    evidence=(GoldEvidence("a", "新增就业60万人以上"),),
)
TEXTS: Final = {"a": "去年新增就业73.9万人，今年新增就业60万人以上。", "b": "甲"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": (GoldEvidence("b", "新增就业60万人以上"),)}, "no report has"),
        ({"evidence": (GoldEvidence(None, "新增就业60万人以上"),)}, "no report has"),
        ({"evidence": ()}, "no evidence"),
        ({"picked": ("c",)}, "picked"),
        ({"answer": "70万人。"}, "does not meet its own keys"),
        ({"answer": "60万人以上，不是73.9万人。"}, "forbidden"),
        ({"keys": ()}, "no keys"),
        ({"label": "supported"}, "label"),
        ({"type": "claim"}, "label"),
        ({"type": "unanswerable", "answerable": False}, "no report says"),
        ({"type": "claim", "label": "not_enough_info"}, "no report says"),
    ],
)
def test_each_check_can_fail(change: dict[str, object], fault: str):
    assert not faults(SOUND, TEXTS)
    assert any(fault in one for one in faults(replace(SOUND, **change), TEXTS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"question": "今年新增就业60万人吗？"}, "repeats"),
        ({"forbidden": ("600000",)}, "key gives"),
        ({"forbidden": ("60万",)}, "quotes the evidence"),
        ({"type": "followup"}, "history"),
        ({"history": (("去年呢？", "73.9万人。"),)}, "history"),
    ],
)
def test_each_check_of_our_own_can_fail(change: dict[str, object], fault: str):
    assert not own_faults(SOUND)
    assert any(fault in one for one in own_faults(replace(SOUND, **change)))  # type: ignore[arg-type]


def test_picked_reports_are_read(tmp_path: Path):
    file = tmp_path / "cases.jsonl"
    line = '{"id": "1", "lang": "zh", "type": "fact", "question": "问", "picked": ["a"], "reports": ["b"]}'
    file.write_text(line, encoding="utf-8")
    (case,) = read_gold(file)
    assert case.picked == ("a",)


@pytest.mark.parametrize("asks", [FullPipeline, SearchOnly])
@pytest.mark.parametrize("label", ["", "supported"])
def test_picked_reports_are_asked(
    asks: type[FullPipeline | SearchOnly],
    label: str,
    searcher: Searcher,
    pipeline_with: Callable[[ScriptedGenerator], Pipeline],
):
    pipeline = pipeline_with(ScriptedGenerator())
    checker = FactChecker(searcher, "chongqing-2024", pipeline.translate_statement)
    answerer = asks(Workspace(searcher, pipeline, checker))
    case = replace(SOUND, label=label, type="claim" if label else "fact")
    answerer.answer(replace(case, picked=("chongqing-2024",)))
    with pytest.raises(ReportNotFound):
        answerer.answer(replace(case, picked=("elsewhere",)))
