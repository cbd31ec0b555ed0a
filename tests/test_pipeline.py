"""The story of an answer on the bundled report: evidence first, exact citations, and honest failures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import openai
import pytest
from fakes import HashEncoder, ScriptedChat, ScriptedGenerator
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import report
from test_grounding import figures

from index.build import Builder
from index.errors import IndexUnavailable, ReportNotFound
from index.loaders import report_from_text
from index.searcher import Searcher
from index.store import Store
from rag.completions import Completions
from rag.errors import ModelTimeout, ModelUnavailable, QuestionError
from rag.generation import ChatGenerator
from rag.pipeline import Budget, Pipeline
from rag.types import Answer, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.types import Report

    Making = Callable[[ScriptedGenerator], Pipeline]

OPEN = "今年如何推进清廉重庆建设？"
GOAL = "今年计划新增多少城镇就业？"
RESULT = "去年城镇新增就业多少人？"
ENGLISH = "How many new urban jobs are planned for this year?"
QUESTIONS = [
    GOAL,
    RESULT,
    "2024年地区生产总值增长目标是多少？",
    "2023年和2024年的城镇新增就业分别是多少？",
    "今年的就业目标比去年实际低多少？",
    "报告关于轨道交通的原文是什么？",
    "城镇新增就业写在报告的哪一部分？",
    "今年要抓好哪些工作？",
    "谁作的政府工作报告？",
    "云南今年的经济增长目标是多少？",
    "市长的工资是多少？",
    "What is the target for urban jobs in 2024?",
]


def check(answer: Answer, text: str) -> None:
    """The invariants that hold for every answer, whatever was asked and whatever the model said."""
    for citation in answer.citations:
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote
    for one in answer.evidence:
        assert text[one.start : one.end] == one.quote
    markers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert markers == {citation.marker for citation in answer.citations}
    assert sorted(markers) == list(range(1, len(markers) + 1))
    assert bool(answer.citations) == (answer.status != "not_in_reports")
    assert [one.rank for one in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    assert answer.text.strip()
    assert answer.timings.total >= answer.timings.search >= answer.timings.interpret >= 0


# The main job


def test_the_goal_is_the_goal(pipeline_with: Making, bundled: Report):
    answer = pipeline_with(ScriptedGenerator("2024年城镇新增就业的目标是60万人以上。")).answer(Question(GOAL))
    check(answer, bundled.text)
    assert answer.status == "answered"
    assert answer.text == "2024年的目标是城镇新增就业60万人以上。[1]"
    (citation,) = answer.citations
    assert citation.quote == "城镇新增就业60万人以上"
    assert (citation.period.year, citation.period.status) == (2024, "target")
    assert citation.section[0].endswith("2024年主要任务")


def test_the_result_is_the_result(pipeline_with: Making, bundled: Report):
    answer = pipeline_with(ScriptedGenerator("2023年城镇新增就业73.9万人。")).answer(Question(RESULT))
    check(answer, bundled.text)
    assert "73.9万人[1]" in answer.text.replace("。", "")
    assert (answer.citations[0].period.year, answer.citations[0].period.status) == (2023, "actual")


@pytest.mark.parametrize(("asked", "other"), [(GOAL, "73.9"), (RESULT, "60万")])
def test_the_other_years_clause_never_reaches_the_model(pipeline_with: Making, asked: str, other: str):
    generator = ScriptedGenerator()
    pipeline_with(generator).answer(Question(asked))
    for _, evidence in generator.asked:
        assert evidence
        assert not [one.quote for one in evidence if other in one.quote]


@pytest.mark.parametrize(("asked", "wrong"), [(GOAL, "73.9"), (RESULT, "60"), (GOAL, "61"), (RESULT, "73")])
def test_a_model_that_mixes_them_up_is_overruled(
    pipeline_with: Making, bundled: Report, asked: str, wrong: str
):
    answer = pipeline_with(ScriptedGenerator(f"城镇新增就业{wrong}万人。")).answer(Question(asked))
    check(answer, bundled.text)
    assert f"{wrong}万" not in answer.text
    assert ("60万人以上" if asked == GOAL else "73.9万人") in answer.text


def test_an_english_question_gets_the_figure_in_english(pipeline_with: Making, bundled: Report):
    generator = ScriptedGenerator(
        "The target is 600,000 or more new urban jobs.", translation="今年计划新增城镇就业多少人？"
    )
    answer = pipeline_with(generator).answer(Question(ENGLISH))
    check(answer, bundled.text)
    assert answer.query.language == "en"
    assert "600,000" in answer.text
    assert "73.9" not in answer.text
    assert answer.citations[0].quote == "城镇新增就业60万人以上"


@pytest.mark.parametrize(
    "asked",
    [
        "重庆市市长的工资是多少？",
        "云南今年的经济增长目标是多少？",
        "地铁票价是多少？",
        "2031年城镇新增就业目标是多少？",
    ],
)
def test_what_the_report_does_not_say_is_said_to_be_absent(
    pipeline_with: Making, bundled: Report, asked: str
):
    # A model that would answer anything must not be able to.
    generator = ScriptedGenerator("是60万人以上。", odds=-5.0)
    answer = pipeline_with(generator).answer(Question(asked))
    check(answer, bundled.text)
    assert answer.status == "not_in_reports"
    assert answer.citations == ()


# Every answer, whatever the model says


@pytest.mark.parametrize(
    "reply", [None, "", "我不知道。", "增长99%，达到12345万人。", "[1][2][9]", "60万人以上"]
)
@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_invariants_hold_for_any_question_and_reply(
    pipeline_with: Making, bundled: Report, asked: str, reply: str | None
):
    answer = pipeline_with(ScriptedGenerator(reply)).answer(Question(asked))
    check(answer, bundled.text)
    for invented in ("99%", "12345"):
        assert invented not in answer.text


said = st.lists(
    st.sampled_from(
        ["2024年", "2023年", "今年", "去年", "城镇新增就业", "目标是", "60万人", "73.9万人", "以上", "左右", "5.5%", "5.4%",
         "6%", "增长", "约", "，", "。", "、", "99万人", "控制在", "城镇调查失业率", "600,000人", "[3]", "“稳岗扩岗”"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(said, st.sampled_from([GOAL, RESULT, "城镇调查失业率是多少？"]))
def test_no_figure_is_answered_that_no_cited_clause_has(searcher, bundled, reply, asked):
    pipeline = Pipeline(searcher, ScriptedGenerator(reply), "chongqing-2024")
    answer = pipeline.answer(Question(asked))
    check(answer, bundled.text)
    if answer.status == "not_in_reports":
        return
    cited = figures(" ".join(citation.quote for citation in answer.citations))
    years = {figure for one in answer.citations for figure in figures(f"{one.period.year or ''}")}
    assert figures(re.sub(r"\[\d+\]", "", answer.text)) <= cited | years


# Streaming


@pytest.mark.parametrize("asked", QUESTIONS)
def test_evidence_comes_first_and_the_answer_last(pipeline_with: Making, asked: str):
    events = list(pipeline_with(ScriptedGenerator()).stream(Question(asked)))
    kinds = [event.kind for event in events]
    # What is found by words is shown while meanings are compared, of an English question what its terms find while it is translated.
    shown = kinds.count("evidence")
    assert 1 <= shown <= (3 if asked.isascii() else 2)
    assert kinds[:shown] == ["evidence"] * shown
    assert kinds[-1] == "answer"
    assert set(kinds[shown:-1]) <= {"token"}
    last = events[-1].answer
    assert last is not None
    assert events[shown - 1].evidence == last.evidence


def test_evidence_of_an_english_question_is_shown_before_it_is_translated(pipeline_with: Making):
    generator = ScriptedGenerator(translation="今年计划建设多少公里的高铁？")
    stream = pipeline_with(generator).stream(Question("What does the report say about high-speed rail?"))
    first = next(stream)
    assert first.kind == "evidence"
    assert any("高铁" in one.quote for one in first.evidence)
    answer = next(event.answer for event in stream if event.answer is not None)
    assert answer.timings.search <= answer.timings.total


def test_evidence_is_there_before_the_model_has_been_asked(pipeline_with: Making):
    generator = ScriptedGenerator()
    stream = pipeline_with(generator).stream(Question(GOAL))
    first = next(stream)
    assert first.evidence
    assert generator.asked == []


@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_streamed_answer_equals_the_unstreamed_one(pipeline_with: Making, asked: str):
    whole = pipeline_with(ScriptedGenerator()).answer(Question(asked))
    for piece in (1, 7, 1000):
        last = list(pipeline_with(ScriptedGenerator(piece=piece)).stream(Question(asked)))[-1].answer
        assert last is not None
        assert (last.text, last.status, last.citations) == (whole.text, whole.status, whole.citations)
        assert last.fingerprint == whole.fingerprint


def test_what_was_streamed_is_the_models_text(pipeline_with: Making):
    reply = "紧扣新时代市域党建新高地目标，持续推进清廉重庆建设。"
    events = pipeline_with(ScriptedGenerator(reply)).stream(Question(OPEN))
    assert "".join(event.token for event in events if event.kind == "token") == reply


def test_the_same_question_gets_the_same_answer(pipeline_with: Making):
    pipeline = pipeline_with(ScriptedGenerator())
    one, two = (pipeline.answer(Question(RESULT)) for _ in range(2))
    assert (one.text, one.citations, one.evidence) == (two.text, two.citations, two.evidence)


# Without the model


@pytest.mark.parametrize("fails_after", [0, 1, 3])
def test_a_model_that_is_down_leaves_the_quoted_clauses(
    pipeline_with: Making, bundled: Report, fails_after: int
):
    answer = pipeline_with(ScriptedGenerator(fails_after=fails_after)).answer(Question(OPEN))
    check(answer, bundled.text)
    assert answer.status == "evidence_only"
    assert "清廉重庆" in answer.text


def test_an_english_question_is_served_without_a_translation(pipeline_with: Making, bundled: Report):
    answer = pipeline_with(ScriptedGenerator(fails_after=0)).answer(
        Question("What is the GDP target for 2024?")
    )
    check(answer, bundled.text)
    assert answer.status in {"evidence_only", "not_in_reports"}


def test_no_model_means_that_it_is_not_asked(pipeline_with: Making, bundled: Report):
    generator = ScriptedGenerator(translation="今年计划新增城镇就业多少人？")
    for asked in (GOAL, ENGLISH):
        answer = pipeline_with(generator).answer(Question(asked), use_model=False)
        check(answer, bundled.text)
    assert generator.asked == []


# Bad input


@pytest.mark.parametrize("text", ["", "就业" * 5000, "\x00\x1b", "今年の雇用目標は何ですか？"])
def test_bad_questions_are_told(pipeline_with: Making, text: str):
    with pytest.raises(QuestionError):
        pipeline_with(ScriptedGenerator()).answer(Question(text))


def test_an_unknown_report_is_told(pipeline_with: Making):
    with pytest.raises(ReportNotFound, match=r"'nothing'.*chongqing-2024"):
        pipeline_with(ScriptedGenerator()).answer(Question(GOAL, reports=("nothing",)))


def test_no_index_is_told(tmp_path: Path):
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), ScriptedGenerator(), "chongqing-2024")
    with pytest.raises(IndexUnavailable, match="wenzheng index add"):
        pipeline.answer(Question(GOAL))


def test_an_index_without_reports_answers_that_nothing_is_there(tmp_path: Path):
    builder = Builder(Store(tmp_path), HashEncoder())
    builder.add([report("a")])
    builder.remove(["a"])
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), ScriptedGenerator(), "a")
    assert pipeline.answer(Question(GOAL)).status == "not_in_reports"


def test_the_budget_bounds_what_the_model_is_shown(searcher: Searcher):
    generator = ScriptedGenerator()
    Pipeline(searcher, generator, "chongqing-2024", Budget(2, 120)).answer(Question("今年要抓好哪些工作？"))
    for _, evidence in generator.asked:
        assert len(evidence) <= 2
        assert len(evidence) == 1 or sum(len(one.quote) for one in evidence) <= 120


def test_fingerprints_name_index_model_and_prompts(searcher: Searcher, pipeline_with: Making):
    fingerprint = pipeline_with(ScriptedGenerator()).fingerprint()
    assert fingerprint.index == searcher.library.generation.manifest.fingerprint
    assert fingerprint.model == "scripted"
    assert fingerprint.prompts


# The generator over a LangChain model

REQUEST = httpx.Request("POST", "http://127.0.0.1:1/v1/chat/completions")


@pytest.fixture
def chat_with(tmp_path: Path) -> Callable[..., tuple[ChatGenerator, ScriptedChat]]:
    def make(*replies: str, error: Exception | None = None) -> tuple[ChatGenerator, ScriptedChat]:
        chat = ScriptedChat(replies=list(replies), error=error)
        return ChatGenerator("scripted", lambda: chat, Completions(tmp_path / "kept.sqlite", "x")), chat

    return make


def test_the_model_is_sent_the_labelled_clauses_and_the_question(chat_with: Any, searcher: Searcher):
    generator, chat = chat_with("持续推进清廉重庆建设。")
    answer = Pipeline(searcher, generator, "chongqing-2024").answer(Question(OPEN))
    assert answer.text == "持续推进清廉重庆建设。[1]"
    system, user = chat.seen[-1]
    assert (system.type, user.type) == ("system", "human")
    assert "2024年目标" in str(user.content)
    assert "清廉重庆" in str(user.content)
    assert str(user.content).rstrip().endswith(OPEN)


def test_texts_of_no_place_are_told_apart_by_their_titles(chat_with: Any, tmp_path: Path):
    texts = {
        "晴空航空有限公司": "首先，公司的净利润为30亿元。\n公司预计明年将投资2亿元。\n",
        "远山旅游有限公司": "公司的净利润为500万元。\n公司计划新开三家酒店。\n",
    }
    Builder(Store(tmp_path), HashEncoder()).add(
        [report_from_text(text, title, title=title, any_text=True) for title, text in texts.items()]
    )
    generator, chat = chat_with("远山旅游有限公司的净利润更高。")
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), generator, "")
    answer = pipeline.answer(Question("晴空航空有限公司和远山旅游有限公司，谁的净利润更高？"))
    shown = str(chat.seen[-1][-1].content)
    assert "【晴空航空有限公司】首先，公司的净利润为30亿元。" in shown
    assert "【远山旅游有限公司】公司的净利润为500万元。" in shown
    assert {citation.report for citation in answer.citations} == set(texts)
    assert answer.text.endswith("从高到低：晴空航空有限公司（30亿元）、远山旅游有限公司（500万元）。[1][2]")
    assert not re.search(r"目标|实绩|\b0年", answer.text)


def test_asked_how_many_a_clause_with_a_figure_goes_before_one_without(chat_with: Any, tmp_path: Path):
    text = "患者的体温记录。\n7月5日患者的体温偏高。\n患者当日的体温38.5摄氏度。\n"
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "病历", any_text=True)])
    generator, chat = chat_with("体温为38.5摄氏度。")
    Pipeline(Searcher(Store(tmp_path), HashEncoder()), generator, "").answer(Question("患者的体温是多少？"))
    shown = [line for line in str(chat.seen[-1][-1].content).splitlines() if line.startswith("【")]
    assert "38.5" in shown[0]


def test_words_in_quotation_marks_find_the_wording_that_holds_them(tmp_path: Path):
    lines = "".join(f"推进现在的第{sign}项工作，谋划下一步。\n" for sign in "一二三四五六七八九")
    text = f"工作记录\n{lines}明天属于青年。\n"
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "记录", any_text=True)])
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), ScriptedGenerator(), "记录")
    answer = pipeline.answer(Question("推进现在的工作时，把“明天”和“青年”连着说的原话是什么？"))
    assert [citation.quote for citation in answer.citations] == ["明天属于青年。"]


def test_where_something_happened_is_answered_by_any_place(tmp_path: Path):
    text = "工作记录\n第一颗卫星在酒泉升空。\n"
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "记录", any_text=True)])
    generator = ScriptedGenerator("第一颗卫星在酒泉升空。", odds=9.0)
    answer = Pipeline(Searcher(Store(tmp_path), HashEncoder()), generator, "记录").answer(
        Question("第一颗卫星在哪里升空？")
    )
    assert "酒泉" in answer.text


def test_a_comparison_is_of_the_measure_that_both_periods_have(tmp_path: Path):
    text = (
        "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第二次会议上\n\n"
        "一、2023年工作回顾\n\n社会消费品零售总额900亿元。各项工作扎实推进，社会消费品零售总额增长5.6%。\n\n"
        "二、2024年主要任务\n\n社会消费品零售总额增长5%左右。\n"
    )
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "某市_2024")])
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), ScriptedGenerator(), "某市_2024")
    answer = pipeline.answer(Question("今年社会消费品零售总额的目标比去年的实绩低多少？"))
    assert "5.6%" in answer.text
    assert "5%左右" in answer.text
    assert "900" not in answer.text


def test_the_figure_beside_a_record_is_not_the_records(tmp_path: Path):
    text = (
        "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第二次会议上\n\n"
        "二、2024年主要任务\n\n提速164个在建重点水利项目，新开工98个重点水利项目。\n"
    )
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "某市_2024")])
    searcher = Searcher(Store(tmp_path), HashEncoder())
    assert {record.value for record in searcher.library.parsed("某市_2024").indicators} == {"164"}
    generator = ScriptedGenerator("计划新开工98个重点水利项目。", odds=9.0)
    answer = Pipeline(searcher, generator, "某市_2024").answer(Question("今年计划新开工多少个重点水利项目？"))
    assert answer.text == "2024年的目标是新开工98个重点水利项目。[1]"
    accelerated = Pipeline(searcher, generator, "某市_2024").answer(
        Question("今年提速多少个在建重点水利项目？")
    )
    assert "164" in accelerated.text


def test_a_comparison_never_turns_to_another_indicator(tmp_path: Path):
    text = (
        "某市人民政府工作报告\n——2024年1月10日在某市第一届人民代表大会第二次会议上\n\n"
        "一、2023年工作回顾\n\n社会消费品零售总额900亿元。社会消费服务投诉率2%。\n\n"
        "二、2024年主要任务\n\n社会消费服务投诉率1%左右。\n"
    )
    Builder(Store(tmp_path), HashEncoder()).add([report_from_text(text, "某市_2024")])
    pipeline = Pipeline(Searcher(Store(tmp_path), HashEncoder()), ScriptedGenerator(), "某市_2024")
    answer = pipeline.answer(Question("今年社会消费品零售总额的目标比去年的实绩高多少？"))
    assert "投诉率" not in answer.text
    assert answer.status == "partial"
    assert "报告未提及：某市2024年目标" in answer.text


def test_a_translation_that_stays_english_is_broken_off(chat_with: Any):
    generator, _ = chat_with("How many new urban jobs were created last year in the whole of the city?")
    assert len(generator.translate("How many new urban jobs were created?")) < len(
        "How many new urban jobs were created last"
    )
    generator, _ = chat_with("GDP和R&D经费去年增长多少，“Digital Chongqing and more”进展如何？")
    assert generator.translate("How much did GDP grow?").endswith("进展如何？")


def test_an_english_question_is_translated_once(chat_with: Any):
    generator, chat = chat_with("今年计划新增城镇就业多少人？\n（解释）")
    assert generator.translate(ENGLISH) == "今年计划新增城镇就业多少人？"
    assert generator.translate(ENGLISH) == "今年计划新增城镇就业多少人？"
    assert len(chat.seen) == 1


@pytest.mark.parametrize("said", ["", "  \n ", "\n"])
def test_a_model_that_says_nothing_stops_nothing(chat_with: Any, searcher: Searcher, said: str):
    pipeline = Pipeline(searcher, chat_with(said)[0], "chongqing-2024")
    for asked in (GOAL, ENGLISH):
        assert pipeline.answer(Question(asked)).text


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (openai.APITimeoutError(REQUEST), ModelTimeout),
        (openai.APIConnectionError(request=REQUEST), ModelUnavailable),
        (httpx.ReadError("peer closed the connection"), ModelUnavailable),
        (httpx.ReadTimeout(""), ModelUnavailable),
        (openai.APIError("", REQUEST, body=None), ModelUnavailable),
        (
            openai.NotFoundError("no such model", response=httpx.Response(404, request=REQUEST), body=None),
            ModelUnavailable,
        ),
    ],
)
def test_failures_of_the_client_are_told_and_the_evidence_is_served(
    chat_with: Any, searcher: Searcher, error: Exception, kind: type[Exception]
):
    generator, _ = chat_with("", error=error)
    with pytest.raises(kind, match="scripted") as raised:
        generator.translate(ENGLISH)
    assert len(str(raised.value).splitlines()) == 1
    pipeline = Pipeline(searcher, generator, "chongqing-2024")
    answer = pipeline.answer(Question(OPEN))
    assert answer.status == "evidence_only"
    assert "清廉重庆" in answer.text
    assert pipeline.answer(Question(GOAL)).status == "answered"  # a record needs no model


@pytest.mark.parametrize("damage", ["garbage", "folder", "file above"])
def test_a_store_of_completions_that_cannot_be_used_stops_no_answer(
    searcher: Searcher, tmp_path: Path, damage: str
):
    path = tmp_path / "home" / "kept.sqlite"
    if damage == "file above":
        (tmp_path / "home").write_text("a file where a folder is expected")
    elif damage == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.mkdir()
        path.write_bytes(b"no database at all " * 200)
    chat = ScriptedChat(replies=["2024年城镇新增就业的目标是60万人以上。"])
    generator = ChatGenerator("scripted", lambda: chat, Completions(path, "x"))
    answer = Pipeline(searcher, generator, "chongqing-2024").answer(Question(GOAL))
    assert "60万人以上" in answer.text
