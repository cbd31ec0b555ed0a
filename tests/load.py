"""Many people ask at once, each a question of their own: are the answers theirs, and is memory steady?

Run from the repository's root:

    python tests/load.py                              # 16 askers, 5 minutes, a model as slow as a real one
    python tests/load.py --real --askers 4 --minutes 3
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from fakes import HashEncoder
from web_parts import SlowGenerator, opened, served

from index.build import Builder
from index.loaders import load_report
from index.store import Store
from rag.assembly import Application, bundled_reports
from rag.settings import load_settings

FIRST_WORD_SECONDS = 1.2
_COMPARED = 10
PIECE_SECONDS = 0.06
"""A model on two cores: it reads for a second, then writes about sixteen pieces a second."""


class Realistic(SlowGenerator):
    """Reads before it writes."""

    def judge(self, query, evidence):
        odds = super().judge(query, evidence)
        time.sleep(FIRST_WORD_SECONDS)
        return odds


@dataclass
class Seen:
    """What all askers saw."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    busy: int = 0


def questions(app: Application) -> list[str]:
    """As many different questions as the report has goals and headings: figures by record, the rest by the model."""
    library = app.searcher.library
    parsed = library.parsed(library.entries[0].id)
    goals = [one for one in parsed.indicators if one.status == "target" and one.year == parsed.report.year]
    topics = [section.title for section in parsed.sections if section.level >= 2]
    return [
        *(f"{one.year}年{one.indicator}的目标是多少？" for one in goals),
        *(f"报告对“{title[-12:]}”有哪些安排？" for title in topics),
    ]


def asker(address: str, mine: list[str], until: float, seen: Seen) -> None:
    with httpx.Client(base_url=address, timeout=180) as client:
        number = 0
        while time.monotonic() < until:
            question = mine[number % len(mine)]
            number += 1
            began = time.monotonic()
            try:
                reply = client.post("/v1/answers", json={"id": question, "question": question})
            except httpx.HTTPError as error:
                seen.wrong.append(f"{error!r} after {time.monotonic() - began:.0f} s: {question}")
                continue
            if reply.status_code == 429:
                seen.busy += 1
                time.sleep(1)
                continue
            document = reply.json()
            seen.seconds.append(time.monotonic() - began)
            if reply.status_code != 200:
                seen.wrong.append(f"{reply.status_code} {reply.text[:200]}")
            elif document["id"] != question or document["question"] != question:
                seen.wrong.append(f"asked {question}, got {document['question']}")
            elif document["status"] != "not_in_reports" and not document["citations"]:
                seen.wrong.append(f"no citation: {question}")
            elif document["answer"] != seen.answers.setdefault(question, document["answer"]):
                seen.wrong.append(f"another answer than before: {question}")


def differing(address: str, seen: Seen) -> list[str]:
    """Those of the questions whose answer is another one when nobody else asks."""
    with httpx.Client(base_url=address, timeout=180) as client:
        return [
            f"another answer than alone: {question}"
            for question, answer in list(seen.answers.items())[:_COMPARED]
            if client.post("/v1/answers", json={"question": question}).json()["answer"] != answer
        ]


def run(app: Application, askers: int, minutes: float, server: psutil.Process) -> None:
    """Ask, and print what came of it."""
    seen = Seen()
    chosen = questions(app)
    random.Random(7).shuffle(chosen)
    with served(app) as address:
        time.sleep(1)
        until = time.monotonic() + minutes * 60
        threads = [
            threading.Thread(target=asker, args=(address, chosen[i::askers], until, seen))
            for i in range(askers)
        ]
        for thread in threads:
            thread.start()
        memory = []
        while time.monotonic() < until:
            memory.append(server.memory_info().rss / 2**20)
            time.sleep(min(10, minutes * 6))
        for thread in threads:
            thread.join()
        seen.wrong += differing(address, seen)
    ranked = sorted(seen.seconds)
    print(
        f"{askers} askers, {minutes:g} minutes: {len(ranked)} answers, {len(seen.wrong)} wrong, {seen.busy} told to wait"
    )
    print(
        f"seconds: median {statistics.median(ranked):.2f}, one in twenty above {ranked[int(len(ranked) * 0.95)]:.2f}, "
        f"longest {ranked[-1]:.2f}"
    )
    series = ", ".join(f"{one:.0f}" for one in memory[:: max(1, len(memory) // 12)])
    print(f"memory in MiB, server and askers together, from start to end: {series}")
    for one in seen.wrong[:10]:
        print(one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", action="store_true", help="the real models of WENZHENG_HOME")
    parser.add_argument("--askers", type=int, default=16)
    parser.add_argument("--minutes", type=float, default=5)
    given = parser.parse_args()
    process = psutil.Process()
    if given.real:
        with Application(load_settings()) as app:
            app.index_bundled()
            app.pull_model(lambda _done, _total: None)
            app.warm_up()
            run(app, given.askers, given.minutes, process)
        return
    home = Path(tempfile.mkdtemp())
    try:
        Builder(Store(home / "index"), HashEncoder()).add([load_report(path) for path in bundled_reports()])
        run(opened(home, Realistic(delay=PIECE_SECONDS)), given.askers, given.minutes, process)
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
