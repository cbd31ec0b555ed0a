"""Whether everybody can use the page: an accessibility checker, a keyboard alone, small, large and dark screens."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from fakes import HashEncoder
from playwright.sync_api import expect
from samples import report
from web_parts import IN_A_BROWSER, JOBS, SlowGenerator, Visitor, answered, ask, launched, opened, served

from index.build import Builder
from index.store import Store

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]

CLAIMS = (
    "2023年，重庆地区生产总值增长6.1%。2024年重庆城镇新增就业目标是73.9万人。重庆全市地铁票价将统一为2元。"
)
SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished))"""
TABS = {"提问": "#wz-question", "核对": "#wz-statement", "数据": "#wz-f-table tbody tr", "报告": ".wz-list"}


@pytest.fixture(scope="module")
def browser():
    with launched() as made:
        yield made


@pytest.fixture(scope="module")
def address(bundled_home, tmp_path_factory):
    """A server with several reports, so that there is something to pick."""
    home = shutil.copytree(bundled_home, tmp_path_factory.mktemp("reach") / "home")
    Builder(Store(home / "index"), HashEncoder()).add([report("某市-2024"), report("某市-2023", year=2023)])
    operator = {"password": "correct horse"}
    with served(opened(home, SlowGenerator(delay=0.0), operator=operator)) as url:
        yield url


@pytest.fixture
def visit(browser, address):
    visitor = Visitor(browser, address)
    yield visitor
    visitor.end()


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """The script of axe-core: the file that ``AXE_CORE`` names, or from npm."""
    given = os.environ.get("AXE_CORE")
    if given:
        return Path(given).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs axe-core: install npm, or name its axe.min.js in AXE_CORE")
    folder = tmp_path_factory.mktemp("axe")
    asked = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"],
        capture_output=True,
        check=False,
        timeout=120,
    )
    if asked.returncode:
        pytest.skip(f"npm cannot install axe-core: {asked.stderr.decode()[-200:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page, axe):
    """What axe-core calls serious or critical on the page as it stands, once it has stopped moving."""
    page.evaluate(SETTLED)  # in the middle of a card's fading in, every contrast is too low
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [
        (one["id"], node["target"], node.get("failureSummary", "").split("\n")[1:3])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def fill(page):
    """Every tab in use: an answer with its source open, a refusal, a checked text, a table with chart, a report."""
    ask(page)
    answered(page)
    ask(page, "重庆市市长的工资是多少？")
    answered(page, turns=2)
    yield
    page.locator(".wz-source").first.click()
    expect(page.locator("#wz-pane mark")).to_be_visible()
    page.wait_for_timeout(300)
    yield
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="核对").click()
    page.fill("#wz-statement textarea", CLAIMS)
    page.click("#wz-check")
    expect(page.locator(".wz-export")).to_be_visible()
    yield
    page.get_by_role("tab", name="数据").click()
    expect(page.locator("#wz-f-chart svg").first).to_be_visible()
    yield
    page.get_by_role("tab", name="报告").click()
    page.fill("#wz-r-words input, #wz-r-words textarea", "轨道交通")
    page.keyboard.press("Enter")
    expect(page.locator(".wz-full mark").first).to_be_visible()
    page.locator("#wz-manage > button").click()
    expect(page.locator("#wz-m-password")).to_be_visible()
    yield


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (390, "light")])
def test_no_serious_barrier(visit, axe, width, scheme):
    page = visit(width=width, height=820, scheme=scheme)
    assert findings(page, axe) == []
    page.locator("#wz-scope > button").click()
    expect(page.locator("#wz-place")).to_be_visible()
    assert findings(page, axe) == []
    for _ in fill(page):
        assert findings(page, axe) == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (2560, "light")])
def test_nothing_runs_out_of_the_window(visit, width, scheme):
    page = visit(width=width, height=760, scheme=scheme)
    for _ in fill(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        composer = page.locator("#wz-composer")
        if composer.is_visible():
            box = composer.bounding_box()
            assert box["y"] + box["height"] <= 760
            assert box["x"] + box["width"] <= width


def reached(page, selector, most=80):
    """Press Tab until what ``selector`` finds has the focus."""
    for _ in range(most):
        if page.evaluate("(one) => !!document.activeElement?.closest(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_keyboard_only(visit):
    page = visit()
    reached(page, "#wz-question textarea")
    page.keyboard.type(JOBS)
    page.keyboard.press("Enter")
    answered(page)
    page.locator("#wz-language").focus()
    reached(page, "#wz-live .wz-text .wz-chip")
    page.keyboard.press("Enter")
    expect(page.locator("#wz-pane mark")).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.key") == "close"
    page.keyboard.press("Escape")
    expect(page.locator("#wz-pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('wz-chip')")
    page.locator("#wz-language").focus()
    reached(page, "#wz-check-tab-button")
    page.keyboard.press("Enter")
    reached(page, "#wz-statement textarea")
    page.keyboard.type(CLAIMS)
    reached(page, "#wz-check")
    page.keyboard.press("Enter")
    expect(page.locator(".wz-export")).to_be_visible()
    reached(page, ".wz-claim-mark.refuted")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('refuted')")
    reached(page, ".wz-claim.refuted .wz-chip")
    page.keyboard.press("Enter")
    expect(page.locator("#wz-pane mark")).to_contain_text("60万人以上")


@pytest.mark.parametrize("tab", TABS)
def test_the_focus_can_be_seen(visit, tab):
    page = visit()
    page.get_by_role("tab", name=tab).click()
    expect(page.locator(TABS[tab]).first).to_be_visible()
    page.locator("#wz-language").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last of them
        shown = page.evaluate("""() => {
            for (let one = document.activeElement; one && one !== document.body; one = one.parentElement) {
                const style = getComputedStyle(one);
                if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return true;
                if (style.boxShadow !== 'none') return true;
            }
            return false;
        }""")
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_place_and_year_narrow_the_reports(visit):
    page = visit()
    page.locator("#wz-scope > button").click()
    page.locator("#wz-place input").click()
    page.get_by_role("option", name="某市").click()
    page.locator("#wz-reports input").click()
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    ask(page, "2024年城镇新增就业的目标是多少？")
    turn = answered(page)
    expect(turn.locator(".wz-text")).to_contain_text("55万人以上")
    expect(turn.locator(".wz-source").first).to_contain_text("某市")


def test_a_place_and_year_without_report_are_told(visit):
    page = visit()
    page.locator("#wz-scope > button").click()
    page.locator("#wz-place input").click()
    page.get_by_role("option", name="重庆市").click()
    page.locator("#wz-year input").click()
    page.get_by_role("option", name="2023").click()
    ask(page)
    expect(page.get_by_text("没有这个地区、这一年的报告")).to_be_visible()
    expect(page.locator(".wz-turn")).to_have_count(0)
