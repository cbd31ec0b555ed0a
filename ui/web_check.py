"""Pure: verdicts on a text as HTML and Markdown: the text with its marks, then each claim beside the official words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from ui.presentation import source_line
from ui.texts import say
from ui.web_html import badge, chip, data, esc, path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Citation, Language
    from rag.verdicts import ClaimVerdict

VERDICTS: Final = ("supported", "partly_supported", "refuted", "not_enough_info")


@dataclass(frozen=True, slots=True)
class Checking:
    """A text that is being checked, the reports that were picked, and its verdicts so far."""

    statement: str
    reports: tuple[str, ...] = ()
    claims: tuple[ClaimVerdict, ...] = ()
    done: bool = False


def check_html(checking: Checking, language: Language) -> str:
    """The summary, the text with each claim marked by its verdict, and the claims one by one."""
    statement, claims, done = checking.statement, checking.claims, checking.done
    busy = "" if done else f'<p class="wz-waiting" role="status">{say(language, "checking")}</p>'
    if done and not claims:
        busy = f'<p class="wz-note info" role="status">{say(language, "no_claims")}</p>'
    cards = "".join(_card(number, claim, language) for number, claim in enumerate(claims, start=1))
    export = _export(checking, language) if done and claims else ""
    return (
        f'<div class="wz-check">{_summary(claims, language)}{export}'
        f'<div class="wz-statement" lang="zh">{_marked(statement, claims, language)}</div>{busy}'
        f'<ol class="wz-claims">{cards}</ol></div>'
    )


def _summary(claims: Sequence[ClaimVerdict], language: Language) -> str:
    counts = Counter(claim.verdict for claim in claims)
    parts = "".join(
        f'<span class="wz-verdict {verdict}">{say(language, f"verdict_{verdict}")} {counts[verdict]}</span>'
        for verdict in VERDICTS
        if counts[verdict]
    )
    line = "".join(
        f'<span class="{verdict}" style="flex-grow:{counts[verdict]}"></span>'
        for verdict in VERDICTS
        if counts[verdict]
    )
    return (
        f'<div class="wz-summary"><div class="wz-summary-line" aria-hidden="true">{line}</div><p role="status">{parts}</p></div>'
        if parts
        else ""
    )


def _export(checking: Checking, language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="wz-plain" data-do="export" data-as="{kind}">{say(language, f"export_{kind}")}</button>'
        for kind in ("docx", "md")
    )
    return f'<p class="wz-export" data-statement="{esc(checking.statement)}" data-reports="{data(checking.reports)}" data-failed="{say(language, "failed")}">{buttons}<span role="status"></span></p>'


def _marked(statement: str, claims: Sequence[ClaimVerdict], language: Language) -> str:
    pieces, position = [], 0
    for number, claim in enumerate(claims, start=1):
        verdict = say(language, f"verdict_{claim.verdict}")
        mark = (
            f'<a class="wz-claim-mark {claim.verdict}" href="#wz-claim-{number}" data-do="jump" data-to="wz-claim-{number}" '
            f'title="{esc(verdict)}">{esc(statement[claim.start : claim.end])}<sup>{number}</sup>'
            f'<span class="wz-sr"> ({esc(verdict)})</span></a>'
        )
        pieces += [esc(statement[position : claim.start]), mark]
        position = claim.end
    pieces.append(esc(statement[position:]))
    return "".join(pieces)


def _card(number: int, claim: ClaimVerdict, language: Language) -> str:
    official = claim.citations[0] if claim.citations else None
    sides = (
        _sides(claim.claim, official.quote, language)
        if official and claim.verdict != "supported"
        else f'<p class="wz-side"><span>{say(language, "stated")}</span><span>{esc(claim.claim)}</span></p>'
    )
    return (
        f'<li id="wz-claim-{number}" tabindex="-1" class="wz-claim {claim.verdict}"><p><b>{number}</b> '
        f'<span class="wz-verdict {claim.verdict}">{say(language, f"verdict_{claim.verdict}")}</span></p>{sides}'
        f'<p class="wz-why">{esc(claim.explanation)}</p>{_citations(claim.citations, language)}</li>'
    )


def _sides(stated: str, official: str, language: Language) -> str:
    """Both wordings with what differs marked, character by character."""
    left, right = [], []
    for same, ours, theirs in differing(stated, official):
        left.append(esc(ours) if same or not ours else f"<del>{esc(ours)}</del>")
        right.append(esc(theirs) if same or not theirs else f"<ins>{esc(theirs)}</ins>")
    return (
        f'<p class="wz-side"><span>{say(language, "stated")}</span><span>{"".join(left)}</span></p>'
        f'<p class="wz-side"><span>{say(language, "official")}</span><span lang="zh">{"".join(right)}</span></p>'
    )


def differing(stated: str, official: str) -> list[tuple[bool, str, str]]:
    """Both texts in pieces, side by side: whether they are the same, and the piece of each.

    A single sign that both happen to have between two differences is no
    agreement: it would only break a figure or a word in two.
    """
    pieces: list[tuple[bool, str, str]] = []
    codes = SequenceMatcher(None, stated, official, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        same = kind == "equal" and (b - a > 1 or not inside)
        ours, theirs = stated[a:b], official[c:d]
        if pieces and not same and not pieces[-1][0]:
            _, before, after = pieces.pop()
            ours, theirs = before + ours, after + theirs
        pieces.append((same, ours, theirs))
    return pieces


def _citations(citations: Sequence[Citation], language: Language) -> str:
    copied = say(language, "copied")
    items = "".join(
        f"<li>{chip(one, language)}<div><q>{esc(one.quote)}</q> {badge(one.period, language)}"
        f'<span class="wz-path">{path((one.title, *one.section))}</span>'
        f'<button type="button" class="wz-plain" data-do="copy-quote" data-copy="{esc(one.quote)}" data-copied="{copied}">'
        f"{say(language, 'copy_official')}</button></div></li>"
        for one in citations
    )
    return f'<ol class="wz-citations">{items}</ol>' if items else ""


def check_markdown(statement: str, claims: Sequence[ClaimVerdict], language: Language) -> str:
    """The verdicts as Markdown; texts stand in code spans and quotes, where they can do nothing."""
    lines = [
        f"# {say(language, 'tab_check')}",
        "",
        *(f"> {line}" for line in _plain(statement).splitlines()),
        "",
    ]
    for number, claim in enumerate(claims, start=1):
        lines += [f"## {number}. {say(language, f'verdict_{claim.verdict}')}", "", _plain(claim.claim), ""]
        lines += [f"- {_plain(claim.explanation)}"]
        lines += [f"- {_plain(source_line(one, language))}：{_plain(one.quote)}" for one in claim.citations]
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """``text`` escaped so that Markdown shows it as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}<>#|![]()~&" else sign for sign in text)
