"""Takes the README's screenshots of every tab, with the report and the models of ``WENZHENG_HOME``.

Run from the repository's root (Chromium and the test packages are needed):

    python tests/screenshots.py                 # with the real models, into docs/images
    python tests/screenshots.py --fake FOLDER   # with stand-ins, in seconds, to look at a change
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fakes import HashEncoder
from playwright.sync_api import Page, expect
from web_parts import SlowGenerator, Visitor, answered, ask, launched, opened, served

from index.build import Builder
from index.loaders import load_report
from index.store import Store
from rag.assembly import Application, bundled_reports
from rag.settings import load_settings

SIZES = {"desktop": (1366, 850), "phone": (390, 844)}
CLAIMS = (
    "2023年，重庆地区生产总值迈上3万亿元新台阶，增长6.1%。2024年城镇新增就业目标是73.9万人。\n"
    "今年将力争规模以上工业增加值增长7%，一般公共预算收入增长8%左右。全市地铁票价将统一为2元。"
)


def take(page: Page, folder: Path, suffix: str) -> None:
    """A picture of each tab in use."""

    def shot(name: str) -> None:
        page.wait_for_timeout(700)
        page.screenshot(path=folder / f"{name}-{suffix}.png")

    shot("start")
    ask(page)
    answered(page)
    expect(page.locator("#wz-send")).to_be_visible()
    ask(page, "去年城镇新增就业多少人？")
    answered(page, turns=2).locator(".wz-chip").first.click()
    expect(page.locator("#wz-pane mark")).to_be_visible()
    shot("ask")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="核对").click()
    page.fill("#wz-statement textarea", CLAIMS)
    page.click("#wz-check")
    expect(page.locator(".wz-export")).to_be_visible(timeout=120_000)
    page.locator(".wz-summary").scroll_into_view_if_needed()
    shot("check")
    page.get_by_role("tab", name="数据").click()
    expect(page.locator("#wz-f-chart svg").first).to_be_visible()
    shot("figures")
    page.get_by_role("tab", name="报告").click()
    expect(page.locator(".wz-full")).to_be_visible()
    shot("reports")


def pictures(app: Application, folder: Path) -> None:
    """Every tab at every size, and the answer in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(app) as address, launched() as browser:
        visitor = Visitor(browser, address)
        expect.set_options(timeout=120_000)
        for name, (width, height) in SIZES.items():
            take(visitor(width=width, height=height), folder, name)
        dark = visitor(width=1366, height=850, scheme="dark")
        ask(dark)
        answered(dark).locator(".wz-chip").first.click()
        dark.wait_for_timeout(700)
        dark.screenshot(path=folder / "ask-dark.png")
        visitor.end()


def main() -> None:
    if "--fake" in sys.argv:
        with tempfile.TemporaryDirectory() as home:
            store = Store(Path(home) / "index")
            Builder(store, HashEncoder()).add([load_report(path) for path in bundled_reports()])
            pictures(opened(Path(home), SlowGenerator(delay=0.0)), Path(sys.argv[-1]))
        return
    with Application(load_settings()) as app:
        app.index_bundled()
        app.pull_model(lambda _done, _total: None)
        app.warm_up()
        pictures(app, Path("docs/images"))


if __name__ == "__main__":
    main()
