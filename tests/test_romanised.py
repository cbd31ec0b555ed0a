"""Names in pinyin within English questions, found by their sound in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder, ScriptedGenerator

from index.build import Builder
from index.loaders import report_from_text
from index.romanised import in_signs
from index.searcher import Searcher
from index.store import Store
from rag.pipeline import Pipeline
from rag.types import Question

if TYPE_CHECKING:
    from index.types import Report


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many people use 'Yukuaizheng' a day?", "How many people use '渝快政' a day?"),
        ("What of Tongliang's football team?", "What of 铜梁's football team?"),
        ("Is Guang Yang Island mentioned?", "Is 广阳 Island mentioned?"),
        ("Which firms make zhacai?", "Which firms make 榨菜?"),
    ],
)
def test_a_name_in_pinyin_is_written_as_the_report_writes_it(bundled: Report, asked: str, told: str) -> None:
    assert in_signs(asked, [bundled.text]) == told


@pytest.mark.parametrize(
    "asked",
    [
        "What change was made to bring them in?",  # English, although it can be read as pinyin
        "What of Huangjueping?",  # in no line of the report
        "Was the EV maker BYD named?",
        "Did Canada open a consulate?",
    ],
)
def test_what_is_no_name_of_the_report_stays(bundled: Report, asked: str) -> None:
    assert in_signs(asked, [bundled.text]) == asked


def test_a_name_is_made_of_whole_words_without_function_words() -> None:
    assert in_signs("the Huahe airport", ["优化和完善机场"]) == "the Huahe airport"
    assert in_signs("the Fengjie bridge", ["在奉节建成大桥"]) == "the 奉节 bridge"
    assert in_signs("the Changan plant", ["加快增长，安排资金"]) == "the Changan plant"


def test_of_several_words_of_one_sound_the_commonest_is_meant() -> None:
    assert in_signs("the Yushan road", ["玉山公路，渔山公路，渔山隧道"]) == "the 渔山 road"


def test_of_the_report_of_the_place_that_is_asked_a_name_is_taken(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def report(place: str, year: int, said: str) -> Report:
        text = f"{place}人民政府工作报告\n——{year}年1月10日在{place}第一届人民代表大会第三次会议上\n\n一、{year - 1}年工作回顾\n\n{said}\n"
        return report_from_text(text, f"{place}_{year}")

    store = Store(tmp_path_factory.mktemp("romanised"))
    reports = [
        report("湖北省", 2026, "鄂州花湖机场开通货线91条。"),
        report("湖北省", 2020, "滑虎机场开通货线9条。"),
        report("重庆市", 2026, "画壶技艺得到传承。"),
    ]
    Builder(store, HashEncoder()).add(reports)
    pipeline = Pipeline(Searcher(store, HashEncoder()), ScriptedGenerator(), reports[2].id)
    asked = Question("How many cargo routes did Hubei's Huahu airport open in 2025?")
    assert "花湖" in pipeline.interpret(asked, use_model=False).text
