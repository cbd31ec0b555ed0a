"""What the operator can do on the page, and what it does when many ask."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect
from samples import report
from web_parts import (
    IN_A_BROWSER,
    JOBS,
    OPEN,
    SlowGenerator,
    Visitor,
    answered,
    ask,
    launched,
    opened,
    served,
)

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def browser():
    with launched() as made:
        yield made


@pytest.fixture(scope="module")
def app(bundled_home, tmp_path_factory):
    home = shutil.copytree(bundled_home, tmp_path_factory.mktemp("operator") / "home")
    return opened(home, SlowGenerator(delay=0.0), operator={"password": PASSWORD})


@pytest.fixture(scope="module")
def address(app):
    with served(app) as url:
        yield url


@pytest.fixture
def visit(browser, address):
    visitor = Visitor(browser, address)
    yield visitor
    visitor.end()


def managing(page, password):
    page.get_by_role("tab", name="报告").click()
    expect(page.locator(".wz-list")).to_contain_text("chongqing-2024")
    page.locator("#wz-manage > button").click()
    page.fill("#wz-m-password input", password)


def test_a_report_is_added_asked_and_removed(visit, tmp_path, app):
    file, other = tmp_path / "某市-2024.txt", tmp_path / "letter.txt"
    file.write_text(report("某市-2024").text, encoding="utf-8")
    other.write_text("亲爱的朋友：你好。<img src=x onerror=window.trapped=1>", encoding="utf-8")
    page = visit()
    managing(page, PASSWORD)
    page.set_input_files("#wz-reports-tab input[type=file]", [file, other])
    told = page.locator("#wz-m-told")
    expect(told).to_contain_text("已加入：某市-2024")
    expect(told).to_contain_text("不是政府工作报告")
    expect(page.locator(".wz-list")).to_contain_text("某市-2024")
    assert [entry.id for entry in app.searcher.library.entries] == ["chongqing-2024", "某市-2024"]

    asking = visit()
    ask(asking, "2024年某市城镇新增就业的目标是多少？")
    expect(answered(asking).locator(".wz-text")).to_contain_text("55万人以上")

    page.locator("#wz-m-picked input").click()
    page.get_by_role("option", name="某市").click()
    page.keyboard.press("Escape")
    page.click("#wz-m-remove")
    expect(told).to_contain_text("已移除：某市-2024")
    expect(page.locator(".wz-list")).not_to_contain_text("某市-2024")
    assert [entry.id for entry in app.searcher.library.entries] == ["chongqing-2024"]


def test_a_wrong_password_changes_nothing(visit, tmp_path, app):
    file = tmp_path / "某市-2024.txt"
    file.write_text(report("某市-2024").text, encoding="utf-8")
    page = visit()
    managing(page, "wrong horse")
    page.set_input_files("#wz-reports-tab input[type=file]", file)
    expect(page.locator("#wz-m-told")).to_contain_text("密码不对")
    page.locator("#wz-m-picked input").click()
    page.get_by_role("option", name="重庆").click()
    page.keyboard.press("Escape")
    page.click("#wz-m-remove")
    expect(page.locator("#wz-m-told")).to_contain_text("密码不对")
    assert [entry.id for entry in app.searcher.library.entries] == ["chongqing-2024"]


def test_without_a_password_there_is_nothing_to_manage(browser, bundled_home):
    with served(opened(bundled_home, SlowGenerator())) as url:
        visitor = Visitor(browser, url)
        page = visitor()
        page.get_by_role("tab", name="报告").click()
        expect(page.locator(".wz-list")).to_contain_text("chongqing-2024")
        expect(page.locator("#wz-manage")).to_have_count(0)
        visitor.end()


def test_who_waits_is_told_how_many_are_ahead(visit, app):
    first, second, third = visit(), visit(), visit()
    app.generator.delay = 0.4
    try:
        ask(first, OPEN)
        expect(first.locator("#wz-live .streaming")).to_be_visible()
        ask(second, OPEN)
        expect(second.locator("#wz-live .wz-waiting")).to_contain_text("前面还有 1 个问题")
        expect(second.locator("#wz-live .wz-card").first).to_be_visible()
        # A question that a record answers needs no model, and waits for nobody.
        ask(third, JOBS)
        answered(third)
        assert second.locator(".wz-turn.done").count() == 0
        answered(first)
        answered(second)
        expect(second.locator("#wz-live")).not_to_contain_text(re.compile("前面还有"))
    finally:
        app.generator.delay = 0.0
