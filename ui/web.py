"""The web page: tabs, languages, and what a link brings along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import gradio as gr

from index.errors import WenzhengIndexError
from rag.types import Language
from ui.texts import preferred, say
from ui.web_ask import BEGUN, EXAMPLES, AskTab, Desk, ask_tab
from ui.web_check_tab import CheckTab, check_tab
from ui.web_hero import hero_html
from ui.web_html import esc, plain_html
from ui.web_scope import offered
from ui.web_tabs import FiguresTab, ReportsTab, figures_tab, reports_tab
from ui.web_turns import Turn, conversation, turn_html

if TYPE_CHECKING:
    from gradio.blocks import Block

    from index.store import Entry
    from rag.assembly import Application
    from ui.turnstile import Turnstile

_HERE: Final = Path(__file__).parent
_FONTS: Final = (
    "system-ui",
    "-apple-system",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)
_MONO: Final = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """System fonts and quiet colours; loads nothing."""
    return gr.themes.Base(
        primary_hue="red", neutral_hue="slate", font=list(_FONTS), font_mono=list(_MONO), radius_size="lg"
    )


def head() -> str:
    """Style and script of the page, inline: one request less, and Gradio leaves the selectors as they are."""
    names = ("style.css", "style_parts.css", "page.js")
    style, parts, script = ((_HERE / name).read_text(encoding="utf-8") for name in names)
    return f"<style>{style}{parts}</style><script>{script}</script>"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the tabs, and the language chosen at an earlier visit."""

    head: gr.HTML
    foot: gr.HTML
    switch: gr.Button
    kept: gr.BrowserState


class Page:
    """Builds the page over an opened application.

    Interface words change with the language without a reload: ``_worded`` lists
    each component with the property that holds words and their key.
    """

    def __init__(self, opened: Application, turnstile: Turnstile) -> None:
        self._opened = opened
        self._turnstile = turnstile
        self._worded: list[tuple[Block, str, str]] = []

    def build(self) -> gr.Blocks:
        """The page, to be mounted on a server."""
        with gr.Blocks(title="问政 · 文证 Wenzheng", analytics_enabled=False, fill_width=True) as page:
            language = gr.State("zh")
            kept = gr.BrowserState("", storage_key="wenzheng-language", secret="wenzheng")  # noqa: S106 - not one
            with gr.Row(elem_id="wz-head"):
                head = plain_html("wz-name", _head("zh"))
                switch = gr.Button(elem_id="wz-language", size="sm", scale=0, min_width=88)
            with gr.Tabs(elem_id="wz-tabs"):
                with gr.Tab(id="ask", elem_id="wz-ask-tab") as tab_ask:
                    ask = ask_tab(Desk(self._opened, self._turnstile), language)
                check = check_tab(self._opened.checker, self._turnstile, language)
                figures = figures_tab(self._opened, language)
                reports = reports_tab(self._opened, language)
            foot = plain_html("wz-foot", _foot("zh"))
            self._word(tab_ask, label="tab_ask")
            self._word(switch, value="other_language")
            self._word_ask(ask)
            self._word_check(check)
            self._word_figures(figures)
            self._word_reports(reports)
            self._start(page, ask, check.reports, _Frame(head, foot, switch, kept))
        made: gr.Blocks = page
        return made

    def _word(self, component: Block, **keys: str) -> None:
        self._worded += [(component, name, key) for name, key in keys.items()]

    def _word_ask(self, ask: AskTab) -> None:
        self._word(ask.box, placeholder="question_hint", label="question")
        self._word(ask.send, value="send")
        self._word(ask.stop, value="stop")
        self._word(ask.fresh, value="new_chat")
        self._word(ask.scope.box, label="scope")
        self._word(ask.scope.place, label="place")
        self._word(ask.scope.year, label="year")
        self._word(ask.scope.reports, label="scope_reports")

    def _word_check(self, check: CheckTab) -> None:
        self._word(check.tab, label="tab_check")
        self._word(check.statement, label="statement", placeholder="statement_hint")
        self._word(check.reports, label="reports_picker")
        self._word(check.upload, label="upload")
        self._word(check.start, value="check")

    def _word_figures(self, figures: FiguresTab) -> None:
        self._word(figures.tab, label="tab_figures")
        self._word(figures.report, label="report")
        self._word(figures.place, label="place")
        self._word(figures.year, label="year")
        self._word(figures.status, label="status")
        self._word(figures.words, label="find_indicator")
        self._word(figures.view, label="view")
        self._word(figures.picked, label="chart")
        self._word(figures.places, label="place")

    def _word_reports(self, reports: ReportsTab) -> None:
        self._word(reports.tab, label="tab_reports")
        self._word(reports.report, label="report")
        self._word(reports.words, label="find_in_report")
        if reports.manage is not None:
            self._word(reports.manage.box, label="manage")
            self._word(reports.manage.password, label="password")
            self._word(reports.manage.upload, label="pick_files")
            self._word(reports.manage.picked, label="remove_picked")
            self._word(reports.manage.remove, value="remove")

    def _start(self, page: gr.Blocks, ask: AskTab, picker: gr.Dropdown, frame: _Frame) -> None:
        language, kept, switch = ask.language, frame.kept, frame.switch
        # Named from the first moment: a screen reader may be there before the language is known.
        for component, name, key in self._worded:
            setattr(component, name, say("zh", key))
        components = list(dict.fromkeys(component for component, _, _ in self._worded))
        worded = [language, frame.head, frame.foot, ask.hero, *components, *ask.examples]
        shown = [ask.thread, ask.live]
        told = "(language) => { document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'; }"

        def words(chosen: Language) -> list[Any]:
            return [
                chosen,
                _head(chosen),
                _foot(chosen),
                hero_html(self._entries(), chosen),
                *self._words(components, chosen),
                *_examples(ask, chosen),
            ]

        def arrive(stored: str, request: gr.Request) -> list[Any]:
            chosen = _chosen(stored, request)
            asked = self._asked(request)
            begun = (
                ask.desk.begin(asked.question, asked.reports, (), None, chosen)
                if asked
                else (gr.skip(),) * BEGUN
            )
            entries = self._entries()
            scope = offered(entries, asked.reports if asked else (), chosen)
            choices = gr.update(choices=[(entry.title, entry.id) for entry in entries])
            return [*words(chosen), *scope, choices, *begun]

        def change(current: Language, turns: tuple[Turn, ...]) -> list[Any]:
            chosen: Language = "zh" if current == "en" else "en"
            live = turn_html(turns[-1], chosen) if turns else gr.skip()
            return [*words(chosen), conversation(turns[:-1], chosen), live, chosen]

        quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        start = page.load(arrive, [kept], [*worded, *ask.scope.all, picker, *ask.begun], **quiet)
        ask.answering(start)
        start.then(None, [language], None, js=told)
        changed = switch.click(change, [language, ask.turns], [*worded, *shown, kept], **quiet)
        changed.then(None, [language], None, js=told)

    def _words(self, components: list[Block], language: Language) -> list[Any]:
        def told(component: Block) -> dict[str, Any]:
            return {name: say(language, key) for one, name, key in self._worded if one is component}

        return [gr.update(**told(component)) for component in components]

    def _entries(self) -> tuple[Entry, ...]:
        try:
            return self._opened.searcher.library.entries
        except WenzhengIndexError:
            return ()  # said when a question is asked; the page opens all the same

    def _asked(self, request: gr.Request) -> Turn | None:
        """The question that the page's address brings along, with the reports it is meant for."""
        query = dict(request.query_params)
        known = {entry.id for entry in self._entries()}
        reports = tuple(one for one in query.get("report", "").split(",") if one in known)
        return Turn(query["q"], reports) if query.get("q", "").strip() else None


def _chosen(stored: str, request: gr.Request) -> Language:
    """The language in the address, or the one chosen before, or the browser's."""
    languages = get_args(Language)
    for wish in (dict(request.query_params).get("lang", ""), stored):
        if wish in languages:
            return "en" if wish == "en" else "zh"
    return preferred(dict(request.headers).get("accept-language", ""))


def _examples(ask: AskTab, language: Language) -> list[Any]:
    try:
        questions = ask.desk.examples(language)
    except WenzhengIndexError:
        questions = []
    padded = [*questions, *[""] * EXAMPLES][:EXAMPLES]
    return [gr.update(value=question, visible=bool(question)) for question in padded]


def _head(language: Language) -> str:
    # The seal is drawn by the style sheet; the sign in it is decoration.
    return (
        f'<span class="wz-seal" aria-hidden="true">证</span>'
        f"<div><h1>{esc(say(language, 'name'))}</h1><p>{esc(say(language, 'tagline'))}</p></div>"
    )


def _foot(language: Language) -> str:
    return f'<p>{esc(say(language, "footer"))} <a href="docs">API</a></p>'
