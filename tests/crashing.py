"""A child process for ``test_crash``: builds that are killed at every step that changes the index folder.

Run as ``python crashing.py MASTER EMPTY STEPS``. For each action and N = 1, 2,
3 ... it copies MASTER (or EMPTY, for a first build) to STEPS/action/N and forks
a process that performs the action there and kills itself with SIGKILL before
its N-th change, until one of them comes to the end. A process forked from one
that has everything loaded costs milliseconds, so that no step has to be left out.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakes import HashEncoder
from samples import report

from index.build import Builder
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

ACTIONS: dict[str, Callable[[Builder], object]] = {
    "first": lambda builder: builder.add([report("new", topic="智慧港口")]),
    "add": lambda builder: builder.add([report("new", topic="智慧港口")]),
    "replace": lambda builder: builder.add([report("kept", topic="智慧港口")]),
    "remove": lambda builder: builder.remove(["gone"]),
    "rebuild": lambda builder: builder.rebuild(),
}


def dying_before(step: int, folder: Path) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that kills the process before its ``step``-th change inside ``folder``."""
    left = step

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        changes = event in CHANGES or (event == "open" and arguments[2] & WRITING)
        if changes and str(folder) in str(arguments[0]):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def kill_at_every_step(action: str, master: Path, steps: Path) -> None:
    killed = True
    step = 0
    while killed:
        step += 1
        folder = Path(shutil.copytree(master, steps / f"{step:04d}"))
        child = os.fork()
        if not child:
            sys.addaudithook(dying_before(step, folder))
            ACTIONS[action](Builder(Store(folder), HashEncoder()))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        assert killed or os.WEXITSTATUS(status) == 0


def main() -> None:
    master, empty, steps = map(Path, sys.argv[1:])
    # A killed process loses nothing that it has handed to the system: only a power cut asks for more.
    os.fsync = lambda _descriptor: None
    # All imports and dictionaries are loaded before the first fork.
    Builder(Store(steps / "warm"), HashEncoder()).add([report("warm")])
    shutil.rmtree(steps / "warm")
    for action in ACTIONS:
        kill_at_every_step(action, empty if action == "first" else master, steps / action)


if __name__ == "__main__":
    main()
