"""Adding and removing reports on the page: the operator's password, and the work with its progress."""

from __future__ import annotations

import hmac
import threading
import time
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, Literal

from index.errors import NotAReport, ReportNotFound, UnreadableReport
from ui.web_upload import report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.build import Builder, Step
    from index.types import Report
    from rag.assembly import Application

Result = Literal["added", "replaced", "unchanged", "removed", "unreadable", "no_report"]

_GUESS_SECONDS: Final = 1.0
"""A wrong password costs this long, one at a time: guessing is slow."""
_MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file or a report."""

    name: str
    result: Result


@dataclass(frozen=True, slots=True)
class Reading:
    """The file that is being read."""

    name: str


Told = Reading | Outcome


class Keeper:
    """Adds and removes reports for whoever knows the operator's password."""

    def __init__(self, opened: Application) -> None:
        self._opened = opened
        self._guessing = threading.Lock()

    @property
    def allowed(self) -> bool:
        """Whether the operator has set a password; without one nothing can be changed on the page."""
        return self._opened.settings.operator.password is not None

    def knows(self, given: str) -> bool:
        """Whether ``given`` is the operator's password; a wrong one takes a second."""
        password = self._opened.settings.operator.password
        if password is None:
            return False
        with self._guessing:
            right = hmac.compare_digest(given.encode(), password.get_secret_value().encode())
            if not right:
                time.sleep(_GUESS_SECONDS)
        return right

    def add(self, files: Sequence[Path]) -> Iterator[Told | Step]:
        """Read and index ``files``; a file that is no report does not stop the rest.

        The files are deleted once they are read. Raises ``IndexUnavailable``.
        """
        reports: list[Report] = []
        for file in files[:_MOST_FILES]:
            yield Reading(file.name)
            try:
                reports.append(report_of(file))
            except UnreadableReport:
                yield Outcome(file.name, "unreadable")
            except NotAReport:
                yield Outcome(file.name, "no_report")
            finally:
                file.unlink(missing_ok=True)
        if not reports:
            return
        outcomes = yield from self._built(lambda builder: builder.add(reports))
        for name, result in outcomes.items():
            yield Outcome(name, result)

    def remove(self, ids: Sequence[str]) -> Iterator[Told | Step]:
        """Take reports out. Raises ``ReportNotFound`` (then none is removed) and ``IndexUnavailable``."""
        known = {entry.id for entry in self._opened.searcher.library.entries}
        for report in ids:
            if report not in known:
                raise ReportNotFound(f"No report {report!r} is indexed.")

        def remove(builder: Builder) -> dict[str, Result]:
            builder.remove(ids)
            return dict.fromkeys(ids, "removed")

        yield from self._built(remove)
        for report in ids:
            yield Outcome(report, "removed")

    def _built(
        self, work: Callable[[Builder], Mapping[str, Result]]
    ) -> Generator[Step, None, Mapping[str, Result]]:
        """The steps of ``work``, which runs in a thread of its own; returns what it returns, raises what it raises."""
        steps: SimpleQueue[Step | None] = SimpleQueue()
        done: list[Mapping[str, Result]] = []
        failed: list[Exception] = []

        def run() -> None:
            try:
                done.append(work(self._opened.builder(steps.put)))
            except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                failed.append(error)
            finally:
                steps.put(None)

        # Not a daemon: a build that was begun is ended also if the person leaves or the server is stopped.
        threading.Thread(target=run).start()
        while (step := steps.get()) is not None:
            yield step
        if failed:
            raise failed[0]
        return done[0]
