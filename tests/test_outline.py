from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.outline import find_sections, title_end

BUNDLED = Path(__file__).parents[1] / "index" / "reports" / "chongqing-2024.txt"
HEADINGISH = st.text(st.sampled_from("一二三四十1２（）()、.。，：\n“”第部分是年今 　附件注释"), max_size=200)


def paths(text):
    return [section.path for section in find_sections(text)]


def test_numbered_parts_sections_and_lead_sentences():
    text = "一、去年回顾\n（一）工业。增长快。\n二、今年任务\n（一）农业。多种粮。\n修好水利设施。今年修十座水库。\n"
    assert paths(text) == [
        ("一、去年回顾",),
        ("一、去年回顾", "（一）工业"),
        ("二、今年任务",),
        ("二、今年任务", "（一）农业"),
        ("二、今年任务", "（一）农业", "修好水利设施"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一部分 工作回顾", "第二部分 今年安排"),
        ("一&、工作回顾", "二、今年安排"),
        ("一. 工作回顾", "二. 今年安排"),
        ("（一）工作回顾", "（二）今年安排"),
        ("(一)工作回顾", "(二)今年安排"),
        ("1、工作回顾", "2、今年安排"),
        ("１．工作回顾", "２．今年安排"),
        ("工作回顾", "今年安排"),
        ("一", "二"),
    ],
)
def test_forms_of_part_headings(first, second):
    text = (
        f"各位代表：\n{first}\n去年，粮食增产百分之三，工业生产保持较快增长。\n{second}\n今年，继续扩大生产。"
    )
    assert [(s.level, s.title) for s in find_sections(text)] == [(1, first), (1, second)]


def test_title_that_runs_into_its_text():
    sections = find_sections(
        "一、2023年工作回顾过去一年，我们坚持稳中求进。\n二、2024年主要任务今年是重要的一年。"
    )
    assert [section.title for section in sections] == ["一、2023年工作回顾", "二、2024年主要任务"]


def test_the_first_kind_of_heading_is_the_highest():
    text = "（一）形势\n一、农业\n二、工业\n（二）方针\n一、依靠科学\n"
    assert [section.level for section in find_sections(text)] == [1, 2, 2, 1, 2]


def test_a_list_that_starts_again_is_one_level_deeper():
    text = "一、回顾\n二、任务\n（一）农业\n一、兴修水利\n二、增加肥料\n（二）工业\n三、结语\n"
    assert [section.level for section in find_sections(text)] == [1, 1, 2, 3, 3, 2, 1]


def test_a_table_of_contents_is_no_outline():
    text = "各位代表：\n一、回顾\n二、任务\n一、回顾\n去年增产。\n二、任务\n今年再增产。"
    assert len(find_sections(text)) in {2, 3}
    assert paths(text)[-1] == ("二、任务",)


def test_glossary_and_annex_are_parts():
    text = "一、回顾\n去年好。\n附件1\n1.修路。\n名词解释\n1.双碳：碳达峰与碳中和。\n"
    assert [s.title for s in find_sections(text) if s.level == 1] == ["一、回顾", "附件1", "名词解释"]


def test_what_follows_one_line_sections_belongs_to_the_part():
    text = "一、回顾\n（一）工业。好。\n（二）农业。好。\n（三）商业。好。\n我们也清醒看到，还有不少问题。\n二、任务\n"
    sections = find_sections(text)
    problems = text.index("我们也清醒")
    assert [s.title for s in sections if s.start <= problems < s.end] == ["一、回顾"]


def test_text_without_headings():
    assert find_sections("") == ()
    assert (
        find_sections(
            "去年粮食增产百分之三，今年要再增产，这是全体人民的共同愿望和要求，也是政府工作的首要任务。"
        )
        == ()
    )


def test_bundled_report_has_its_three_parts():
    sections = find_sections(BUNDLED.read_text(encoding="utf-8"))
    assert [s.title for s in sections if s.level == 1] == [
        "一、2023年工作回顾",
        "二&、2024年主要任务",
        "三、全面加强政府自身建设",
    ]
    assert len([s for s in sections if s.level == 2 and s.path[0].startswith("二")]) == 10


@given(st.one_of(st.text(max_size=300), HEADINGISH))
def test_sections_are_ordered_nested_and_titled_from_the_text(text):
    sections = find_sections(text)
    open_ = []
    for section in sections:
        while open_ and open_[-1].end <= section.start:
            open_.pop()
        assert 0 <= section.start < section.end <= len(text)
        assert not open_ or (open_[-1].start < section.start and section.end <= open_[-1].end)
        assert section.path == (*(s.title for s in open_), section.title)
        assert section.start + len(section.title) <= title_end(text, section) <= section.end + 1
        assert 1 <= section.level <= 3
        open_.append(section)
    assert find_sections(text) == sections
