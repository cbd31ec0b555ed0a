"""The chat model at work: evidence in, streamed text out; and English questions put into Chinese."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal, Protocol

import httpx
import openai

import prompts
from rag.errors import ModelTimeout, ModelUnavailable
from rag.figures import in_english
from rag.verdicts import Odds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

    from rag.completions import Completions
    from rag.types import Evidence, Query

_STATUS_ZH: Final = {
    "actual": "实绩",
    "target": "目标任务",
    "ongoing": "进行中",
    "plan": "规划",
    "policy": "",
}
_STATUS_EN: Final = {
    "actual": "result",
    "target": "target",
    "ongoing": "ongoing",
    "plan": "plan",
    "policy": "",
}
Kind = Literal["question", "statement"]
"""What is translated: a small model makes a question of anything that it is shown questions for."""
_VERDICTS: Final = {"yes": ("能", "可以", "有", "yes"), "no": ("不能", "不", "没有", "无法", "no")}
_CLAIM_VERDICTS: Final = {"right": ("对",), "wrong": ("错",), "untold": ("无",)}
_TOP_TOKENS: Final = 20
_LETTER: Final = re.compile(r"[A-Za-z]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# No question begins with names in so many letters.
_NO_NAME: Final = 24
_LABEL: Final = 24
"""The characters of a title that a small model is shown."""
_UNLIKELY: Final = -12.0
"""Log-probability taken for a verdict that is not among the likeliest tokens."""


class Generator(Protocol):
    """What the pipeline needs of a language model."""

    @property
    def name(self) -> str:
        """The model's name, for the fingerprint."""

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[str]:
        """The answer to ``query`` from ``evidence``, piece by piece. Raises ``ModelUnavailable``."""

    def judge(self, query: Query, evidence: Sequence[Evidence]) -> float:
        """Log-odds that ``evidence`` holds the answer to ``query``. Raises ``ModelUnavailable``."""

    def judge_claim(self, claim: str, official: str) -> Odds:
        """What the ``official`` wording says of a Chinese ``claim``. Raises ``ModelUnavailable``."""

    def translate(self, text: str, kind: Kind = "question") -> str:
        """An English question or statement in Chinese. Raises ``ModelUnavailable``."""


class ChatGenerator:
    """A ``Generator`` over any LangChain chat model.

    ``connect`` is called for each use and returns the model: an embedded
    server may have been restarted on another port since the last one. What
    the model wrote is ``kept``.
    """

    def __init__(self, name: str, connect: Callable[[], BaseChatModel], kept: Completions) -> None:
        self._name = name
        self._connect = connect
        self._kept = kept

    @property
    def name(self) -> str:
        """The model's name, for the fingerprint."""
        return self._name

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[str]:
        """The answer to ``query`` from ``evidence``, piece by piece. Raises ``ModelUnavailable``."""
        prompt = prompts.load(f"answer_{query.language}")
        messages = prompt.fill(evidence=_listing(query, evidence), question=_glossed(query, evidence))
        yield from self._stream(messages)

    def judge(self, query: Query, evidence: Sequence[Evidence]) -> float:
        """Log-odds that ``evidence`` holds the answer to ``query``. Raises ``ModelUnavailable``.

        Read off the probabilities of the first token of a yes-or-no verdict, so that one
        token is written; the prompt begins like the answer's, which is then half read already.
        """
        prompt = prompts.load(f"judge_{query.language}")
        messages = prompt.fill(evidence=_listing(query, evidence), question=_glossed(query, evidence))
        key = self._kept.key(self._name, "judge", messages)
        kept = self._kept.get(key)
        if kept is not None:
            return float(kept)
        likely = self._first_token(messages, _VERDICTS)
        odds = likely["yes"] - likely["no"]
        self._kept.put(key, str(odds))
        return odds

    def judge_claim(self, claim: str, official: str) -> Odds:
        """What the ``official`` wording says of a Chinese ``claim``. Raises ``ModelUnavailable``.

        Read off the first token, as ``judge`` does it.
        """
        messages = prompts.load("judge_claim").fill(claim=claim, official=official)
        key = self._kept.key(self._name, "judge_claim", messages)
        kept = self._kept.get(key)
        if kept is not None:
            return Odds(*map(float, kept.split()))
        likely = self._first_token(messages, _CLAIM_VERDICTS)
        told = max(likely["right"], likely["wrong"])
        odds = Odds(likely["right"] - likely["wrong"], told - likely["untold"])
        self._kept.put(key, f"{odds.right} {odds.told}")
        return odds

    def translate(self, text: str, kind: Kind = "question") -> str:
        """An English question or statement in Chinese. Raises ``ModelUnavailable``."""
        messages = prompts.load(f"translate_{kind}").fill(question=text)
        lines = "".join(self._stream(messages, ends=_stays_english)).strip().splitlines()
        return lines[0].strip() if lines else text

    def _first_token(
        self, messages: list[tuple[str, str]], verdicts: Mapping[str, tuple[str, ...]]
    ) -> dict[str, float]:
        """The log-probability of each of the ``verdicts``, by the words that stand for it, as the first token."""
        with self._failures():
            reply = self._connect().invoke(
                messages, logprobs=True, top_logprobs=_TOP_TOKENS, max_completion_tokens=1
            )
        return _likely(reply, verdicts)

    def _stream(
        self, messages: list[tuple[str, str]], ends: Callable[[str], bool] = lambda _text: False
    ) -> Iterator[str]:
        """The model's text, piece by piece, until it ``ends``; at once where it wrote it before."""
        key = self._kept.key(self._name, "text", messages)
        kept = self._kept.get(key)
        if kept is not None:
            yield kept
            return
        pieces = []
        with self._failures():
            for chunk in self._connect().stream(messages):
                if chunk.text:
                    pieces.append(chunk.text)
                    yield chunk.text
                    if ends("".join(pieces)):
                        break
        self._kept.put(key, "".join(pieces))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Errors of the client library as our own."""
        try:
            yield
        except (openai.APITimeoutError, httpx.TimeoutException) as error:
            raise ModelTimeout(
                f"The model {self._name} gave no answer in time. Try again, or raise WENZHENG_CHAT__TIMEOUT_SECONDS.",
            ) from error
        except (openai.APIError, httpx.HTTPError) as error:
            raise ModelUnavailable(
                f"The model {self._name} cannot be reached: {next(iter(str(error).splitlines()), type(error).__name__)}. "
                "Check WENZHENG_CHAT__BASE_URL, or run: wenzheng models verify",
            ) from error


def _stays_english(text: str) -> bool:
    """Whether what should be a translation has so many letters and no Chinese sign yet: then it will be none."""
    return len(_LETTER.findall(text)) >= _NO_NAME and not _HAN.search(text)


def _likely(reply: AIMessage, verdicts: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The log-probabilities among the first token's alternatives; by the token alone where a server tells no more."""
    first = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    likely = [(str(one["token"]), float(one["logprob"])) for one in first[0]["top_logprobs"]] if first else []
    found = dict.fromkeys(verdicts, _UNLIKELY)
    for token, log_probability in likely or [(str(reply.text), 0.0)]:
        meant = next((key for key, words in verdicts.items() if token.strip().lower() in words), None)
        if meant:
            found[meant] = max(found[meant], log_probability)
    return found


def _glossed(query: Query, evidence: Sequence[Evidence]) -> str:
    """The question, with what the clauses call the thing that it asks for in other words."""
    # In English the names lie too close to each other to be told apart so surely.
    named = (one.terms[0] for one in evidence if one.terms and query.language == "zh")
    term = next(named, "")
    return f"{query.asked}（报告中称“{term}”）" if term else query.asked


def _listing(query: Query, evidence: Sequence[Evidence]) -> str:
    """The clauses as the model sees them: a line each, with place, time and section in front."""
    several = len({one.place for one in evidence}) > 1
    return "\n".join(_line(one, query, with_place=several) for one in evidence)


def _line(one: Evidence, query: Query, *, with_place: bool) -> str:
    english = query.language == "en"
    status = (_STATUS_EN if english else _STATUS_ZH)[one.period.status]
    year = one.period.year if one.period.status != "policy" else None
    when = (f"{year} {status}" if english else f"{year}年{status}") if year else status
    section = (
        re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*", "", one.section[-1]) if one.section else ""
    )
    # A text that is of no place is known by its title.
    whose = one.title if not one.place else one.place if with_place else ""
    label = " · ".join(part for part in (whose[:_LABEL], when, section[:_LABEL]) if part)
    quote = re.sub(r"\s+", " ", one.focused)
    figures = f" ({in_english(quote)})" if english and in_english(quote) else ""
    return f"【{label}】{quote}{figures}"
