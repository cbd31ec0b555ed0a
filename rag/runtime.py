"""The embedded model's server: a child process on 127.0.0.1, started on demand and restarted when it dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib import util
from typing import TYPE_CHECKING, Final, Self

from rag.errors import RuntimeFailed, RuntimeMissing

if TYPE_CHECKING:
    from pathlib import Path

_START_SECONDS: Final = 120.0
_STOP_SECONDS: Final = 5.0


class EmbeddedServer:
    """Runs a GGUF file behind an OpenAI-compatible API; a context manager that ends it.

    The engine has a process of its own: when it crashes, or is killed for
    memory, the program goes on and starts another one. The child ends with
    its parent, also after ``kill -9`` (see ``rag.runtime_child``).

    Args:
        model: the GGUF file.
        threads: of the engine.
        context: tokens of context for each of the parallel answers.
        parallel: answers at a time.
    """

    def __init__(self, model: Path, *, threads: int, context: int, parallel: int) -> None:
        self._model = model
        self._threads = threads
        self._context = context
        self._parallel = parallel
        self._process: subprocess.Popen[str] | None = None
        self._address = ""
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process id, while it runs."""
        alive = self._process is not None and self._process.poll() is None
        return self._process.pid if alive and self._process else None

    def base_url(self) -> str:
        """Where the server listens now (``http://127.0.0.1:.../v1``); starts it if it does not run.

        Raises:
            RuntimeMissing: the engine is not installed.
            RuntimeFailed: the engine does not start.
        """
        with self._lock:
            if self.pid is None:
                self._address = self._start()
            return f"{self._address}/v1"

    def close(self) -> None:
        """End the child. Another ``base_url`` starts a new one."""
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()

    def _start(self) -> str:
        if util.find_spec("xllamacpp") is None:
            raise RuntimeMissing(
                'The engine of the embedded model is not installed. Run: pip install -e ".[embedded]", '
                "or set WENZHENG_CHAT__BASE_URL to a server of your own"
            )
        options = (self._model, self._threads, self._context, self._parallel)
        process = subprocess.Popen(  # noqa: S603 - our own module, with numbers and a path as arguments
            [sys.executable, "-m", "rag.runtime_child", *map(str, options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._process = process
        return self._reported(process)

    def _reported(self, process: subprocess.Popen[str]) -> str:
        """The address that the child reports once it has loaded the model."""
        slow = threading.Timer(_START_SECONDS, process.kill)
        slow.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("listening "):
                    return line.split()[1]
        finally:
            slow.cancel()
        code = process.wait()
        self._process = None
        raise RuntimeFailed(
            f"The server of {self._model.name} ended with code {code} before it was ready "
            f"(at most {_START_SECONDS:.0f} s are waited for). Is the file sound and is there memory for it? "
            "Run: wenzheng models verify"
        )
