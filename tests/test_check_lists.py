"""Lists in a claim: items, and which figure is whose."""

from __future__ import annotations

import pytest

from rag.check_lists import crossed, lists, other_item

OFFICIAL = "聚力打造茶叶、蔬菜、水产三大产业，壮大柑橘、花椒、肉牛、中药材四个产业。"


def test_the_last_item_of_a_list_stands_after_and() -> None:
    assert lists("三大产业是茶叶、蔬菜和水产") == [("茶叶", "蔬菜", "水产")]
    assert lists("没有并列的东西") == []


@pytest.mark.parametrize(
    ("claim", "differs"),
    [
        ("要打造的三大产业是茶叶、蔬菜和水产", None),
        ("要打造的三大产业是水产、茶叶和蔬菜", None),
        ("要打造的三大产业是茶叶、蔬菜和花椒", ("花椒", "水产三大产业")),
        ("要打造的三大产业是茶叶、丝绸和蔬菜", ("丝绸", "水产三大产业")),
        ("要建设机场、铁路和港口", None),
    ],
)
def test_an_item_that_the_official_list_does_not_have_is_named(
    claim: str, differs: tuple[str, str] | None
) -> None:
    assert other_item(claim, OFFICIAL) == differs


def test_figures_that_were_given_to_each_other_are_noticed() -> None:
    official = "办理代表建议311件、委员提案207件，办结率100%。"
    assert crossed("一年来办理了207件代表建议和311件委员提案", official) is not None
    assert crossed("一年来办理了311件代表建议和207件委员提案", official) is None
    assert crossed("委员提案207件、代表建议311件都已办理", official) is None
    assert crossed("工业增长6%，投资增长4%", "工业、投资、消费分别增长6%、4%、8%") is None
