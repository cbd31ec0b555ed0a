"""The page in a real browser, against a real server; the model is scripted."""

from __future__ import annotations

import re
import shutil
import sqlite3

import pytest
from playwright.sync_api import expect
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

pytestmark = IN_A_BROWSER

TRAP = '<img src=x onerror="window.trapped=1"><script>window.trapped=1</script>[a](http://evil.example/) {{value}} ${1+1} 就业'


@pytest.fixture(scope="module")
def browser():
    with launched() as made:
        yield made


@pytest.fixture(scope="module")
def home(bundled_home, tmp_path_factory):
    return shutil.copytree(bundled_home, tmp_path_factory.mktemp("web") / "home")


@pytest.fixture(scope="module")
def app(home):
    return opened(home, SlowGenerator(translation=JOBS))


@pytest.fixture(scope="module")
def address(app):
    with served(app) as url:
        yield url


@pytest.fixture
def slow_model(app):
    """The model, to be slowed down; as fast as before at the end."""
    before = app.generator.delay
    app.generator.closed.clear()
    yield app.generator
    app.generator.delay = before


@pytest.fixture
def visit(browser, address):
    visitor = Visitor(browser, address)
    yield visitor
    visitor.end()


def test_evidence_then_words_then_the_checked_answer(visit, slow_model):
    slow_model.delay = 0.5
    page = visit()
    ask(page, OPEN)
    expect(page.locator("#wz-live .wz-card .wz-badge").first).to_be_visible()
    expect(page.locator("#wz-live .streaming")).to_be_visible()
    expect(page.locator("#wz-stop")).to_be_visible()
    expect(page.locator("#wz-live .wz-answer")).to_have_count(0)
    turn = answered(page)
    expect(turn.locator(".wz-text .wz-chip").first).to_be_visible()
    expect(page.locator("#wz-live .streaming")).to_have_count(0)
    expect(page.locator("#wz-send")).to_be_visible()


def test_year_and_status_stand_on_the_answer(visit):
    page = visit()
    ask(page)
    turn = answered(page)
    expect(turn.locator(".wz-source .wz-badge").first).to_have_text("2024年目标")
    expect(turn.locator(".wz-text .wz-chip").first).to_contain_text("2024年目标")
    expect(turn.locator(".wz-text")).to_contain_text("60万人以上")


def test_a_figure_is_a_way_to_its_place(visit):
    page = visit()
    ask(page)
    figure = answered(page).locator(".wz-num.target").first
    expect(figure).to_have_text("60万人以上")
    figure.click()
    expect(page.locator("#wz-pane mark")).to_contain_text("60万人以上")


@pytest.mark.parametrize("width", [360, 390, 1366, 2560])
def test_a_citation_opens_the_report_at_the_highlighted_clause(visit, width, bundled):
    page = visit(width=width, height=800)
    ask(page)
    chip = answered(page).locator(".wz-text .wz-chip").first
    start, end = (int(chip.get_attribute(f"data-{name}")) for name in ("start", "end"))
    chip.click()
    mark = page.locator("#wz-pane mark")
    expect(mark).to_have_text(bundled.text[start:end])
    expect(mark).to_be_in_viewport()
    expect(page.locator("#wz-pane .wz-path")).to_contain_text("2024年主要任务")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(page.locator("#wz-pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('wz-chip')")


def test_next_and_previous_walk_through_the_evidence(visit):
    page = visit()
    ask(page, "成渝地区双城经济圈建设有哪些进展？")
    answered(page)
    assert page.locator("#wz-live .wz-card").count() > 1
    page.locator("#wz-live .wz-source").first.click()
    expect(page.locator(".wz-pane-count")).to_have_text(re.compile(r"^1 / "))
    first = page.locator("#wz-pane mark").first.inner_text()
    page.locator("#wz-pane [data-key=next]").click()
    expect(page.locator(".wz-pane-count")).to_have_text(re.compile(r"^2 / "))
    expect(page.locator("#wz-pane mark").first).not_to_have_text(first)
    page.locator("#wz-pane [data-key=previous]").click()
    expect(page.locator("#wz-pane mark").first).to_have_text(first)


def test_follow_up_uses_the_conversation(visit, app):
    page = visit()
    ask(page)
    answered(page)
    ask(page, "去年呢？")
    turn = answered(page, turns=2)
    expect(turn.locator(".wz-source .wz-badge").first).to_have_text("2023年实绩")
    page.click("#wz-fresh")
    expect(page.locator(".wz-turn")).to_have_count(0)
    expect(page.locator(".wz-example").first).to_be_visible()


def test_stop_keeps_the_evidence_and_ends_the_model(visit, slow_model):
    slow_model.delay = 0.5
    page = visit()
    ask(page, OPEN)
    expect(page.locator("#wz-live .streaming")).to_be_visible()
    page.click("#wz-stop")
    expect(page.locator("#wz-live .wz-turn.stopped .wz-card").first).to_be_visible()
    expect(page.locator("#wz-live .wz-note")).to_contain_text("已停止")
    expect(page.locator("#wz-send")).to_be_visible()
    assert slow_model.closed.wait(10), "the model went on writing"
    slow_model.delay = 0.0
    ask(page)
    answered(page)


def test_not_in_the_report(visit):
    page = visit()
    ask(page, "云南省今年的粮食产量目标是多少？")
    turn = answered(page)
    expect(turn.locator(".wz-banner.absent")).to_have_text("报告未提及")
    expect(turn.locator(".wz-chip")).to_have_count(0)


def test_english_by_the_browser_and_by_the_switch(visit):
    page = visit(locale="en-GB")
    expect(page.locator("#wz-send")).to_have_text("Ask")
    expect(page.get_by_role("tab", name="Figures")).to_be_visible()
    ask(page, "How many new urban jobs are planned for this year?")
    expect(answered(page).locator(".wz-badge").first).to_have_text("2024 target")
    page.click("#wz-language")
    expect(page.locator("#wz-send")).to_have_text("提问")
    expect(page.locator(".wz-turn .wz-badge").first).to_have_text("2024年目标")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.reload()
    expect(page.locator("#wz-send")).to_have_text("提问")


def test_a_link_reopens_question_report_and_citation(visit):
    page = visit()
    ask(page)
    answered(page).locator("[data-do=link]").click()
    expect(page.locator(".wz-told")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    again = visit(link[link.index("/", 8) :] + "&cite=1")
    expect(answered(again).locator(".wz-asked")).to_contain_text(JOBS)
    expect(again.locator("#wz-pane mark")).to_contain_text("60万人以上")
    again.reload()
    expect(answered(again).locator(".wz-asked")).to_contain_text(JOBS)
    expect(again.locator("#wz-pane mark")).to_contain_text("60万人以上")


@pytest.mark.slow
def test_the_open_place_has_a_link_of_its_own(visit):
    page = visit()
    ask(page)
    answered(page).locator(".wz-source").click()
    page.locator("#wz-pane [data-key=link]").click()
    expect(page.locator("#wz-pane [data-key=link]")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    again = visit(link[link.index("/", 8) :])
    expect(again.locator("#wz-pane mark")).to_have_text(page.locator("#wz-pane mark").inner_text())
    expect(answered(again).locator(".wz-source.wz-current")).to_be_visible()
    alone = visit("/?" + link[link.index("open=") :])
    expect(alone.locator("#wz-pane mark")).to_have_text(page.locator("#wz-pane mark").inner_text())
    expect(alone.locator(".wz-turn")).to_have_count(0)


def test_copy_takes_the_sources_along(visit):
    page = visit()
    ask(page)
    answered(page).locator("[data-do=copy]").click()
    expect(page.locator(".wz-told")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "60万人以上" in copied
    assert "重庆市人民政府工作报告" in copied


def test_thumbs_with_a_reason_are_stored(visit, home):
    page = visit()
    ask(page)
    turn = answered(page)
    turn.locator("[data-do=bad]").click()
    turn.get_by_label("数字不对").check()
    turn.locator(".wz-reasons input[type=text]").fill("应为50万人")
    turn.locator(".wz-reasons button").click()
    expect(turn.locator(".wz-told")).to_contain_text("谢谢")
    with sqlite3.connect(home / "feedback.sqlite3") as connection:
        row = connection.execute("SELECT thumb, reason, words FROM feedback ORDER BY id DESC").fetchone()
    assert row == ("bad", "figure", "应为50万人")


def test_what_people_type_is_never_markup(visit):
    page = visit()
    ask(page, TRAP)
    turn = answered(page)
    expect(turn.locator(".wz-asked")).to_contain_text(TRAP)
    assert turn.locator("img, script, a").count() == 0
    page.wait_for_timeout(300)
    assert page.evaluate("window.trapped") is None


def test_questions_that_cannot_be_asked_say_why(visit):
    page = visit()
    ask(page, "   ")
    expect(page.get_by_text("请先输入问题")).to_be_visible()
    ask(page, "問" * 1001)
    expect(page.get_by_text("最多 1000 个字")).to_be_visible()
    expect(page.locator(".wz-turn")).to_have_count(0)


def test_an_example_is_asked_by_a_tap(visit):
    page = visit(width=360, height=740, scheme="dark")
    example = page.locator(".wz-example").first
    question = example.inner_text().strip()
    example.click()
    expect(answered(page).locator(".wz-asked")).to_contain_text(question)
    assert page.evaluate("document.body.classList.contains('dark') || !!document.querySelector('.dark')")


def test_figures_table_filters_csv_and_chart(visit):
    page = visit()
    page.get_by_role("tab", name="数据").click()
    rows = page.locator("#wz-f-table tbody tr")
    expect(rows.first).to_be_visible()
    page.fill("#wz-f-words input, #wz-f-words textarea", "城镇新增就业")
    expect(rows).to_have_count(1)
    expect(rows.first.locator(".wz-badge.actual")).to_have_text("2023年实绩")
    expect(rows.first.locator(".wz-badge.target").first).to_have_text("2024年目标")
    with page.expect_download() as download:
        page.click(".wz-download")
    assert "城镇新增就业" in download.value.path().read_text(encoding="utf-8")
    point = page.locator("#wz-f-chart svg a.target").first
    point.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#wz-pane .wz-badge").first).to_contain_text("2024年目标")


def test_reports_outline_text_and_search(visit):
    page = visit()
    page.get_by_role("tab", name="报告").click()
    expect(page.locator(".wz-list")).to_contain_text("chongqing-2024")
    page.locator(".wz-outline a").filter(has_text="2024年主要任务").click()
    expect(page.locator(".wz-body .l1").nth(1)).to_be_in_viewport()
    page.fill("#wz-r-words input, #wz-r-words textarea", "轨道交通")
    page.keyboard.press("Enter")
    expect(page.locator(".wz-full mark").first).to_have_text("轨道交通")
    page.locator(".wz-found button").last.click()
    expect(page.locator("mark.wz-now")).to_be_in_viewport()


def test_check_marks_each_claim_and_shows_the_differences(visit):
    page = visit()
    page.get_by_role("tab", name="核对").click()
    right, wrong = "2023年，重庆地区生产总值增长6.1%。", "2024年重庆城镇新增就业目标是73.9万人。"
    page.fill("#wz-statement textarea", f"{right}{wrong}<img src=x onerror=window.trapped=1>")
    page.click("#wz-check")
    expect(page.locator(".wz-export")).to_be_visible()
    expect(page.locator(".wz-claim-mark.supported").first).to_contain_text("增长6.1%")
    # The stand-in puts whatever looks English, as the markup does, into one and the same sentence.
    expect(page.locator(".wz-claim-mark.refuted").first).to_contain_text("73.9万人")
    claim = page.locator(".wz-claim.refuted").first
    expect(claim.locator("del").first).to_be_visible()
    expect(claim.locator("ins").first).to_be_visible()
    claim.locator(".wz-chip").first.click()
    expect(page.locator("#wz-pane mark")).to_contain_text("60万人以上")
    with page.expect_download() as download:
        page.click("[data-as=docx]")
    assert download.value.suggested_filename == "wenzheng.docx"
    assert page.locator(".wz-check img").count() == 0
    assert page.evaluate("window.trapped") is None


def test_an_uploaded_file_is_read_and_a_bad_one_refused(visit, tmp_path):
    good, bad = tmp_path / "a.txt", tmp_path / "b.docx"
    good.write_text("2024年重庆城镇新增就业目标是60万人以上。", encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04 not a document")
    page = visit()
    page.get_by_role("tab", name="核对").click()
    page.set_input_files("#wz-check-tab input[type=file]", good)
    expect(page.locator("#wz-statement textarea")).to_have_value("2024年重庆城镇新增就业目标是60万人以上。")
    page.set_input_files("#wz-check-tab input[type=file]", bad)
    expect(page.locator("#wz-c-result")).to_contain_text("无法读取这个文件")


def test_without_a_model_the_quotes_remain(visit, app):
    app.generator.fails_after = 0
    try:
        page = visit()
        ask(page, OPEN)
        turn = answered(page)
    finally:
        app.generator.fails_after = None
    expect(turn.locator(".wz-banner")).to_contain_text("报告原文")
    expect(turn.locator(".wz-text .wz-chip").first).to_be_visible()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_main_questions_with_the_real_models(browser, tmp_path):
    from rag.assembly import Application
    from rag.settings import load_settings

    with Application(load_settings(home=tmp_path)) as real:
        real.index_bundled()
        real.pull_model(lambda _done, _total: None)
        real.warm_up()
        with served(real) as url:
            page = browser.new_page(locale="zh-CN")
            page.goto(url)
            expect(page.locator(".wz-example").first).to_be_visible()
            for question, told in (
                (JOBS, "60万人以上"),
                ("去年城镇新增就业多少人？", "73.9万人"),
                ("How many new urban jobs are planned for this year?", "600,000"),
                ("重庆市市长的工资是多少？", "报告未提及"),
            ):
                if page.locator("#wz-fresh").is_visible():  # there is nothing to leave at first
                    page.click("#wz-fresh")
                expect(page.locator(".wz-turn")).to_have_count(0)
                ask(page, question)
                expect(page.locator(".wz-turn.done")).to_have_count(1, timeout=120_000)
                expect(page.locator("#wz-live .wz-answer")).to_contain_text(told)
            page.close()
