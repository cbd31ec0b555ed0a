"""The child process behind ``rag.runtime``: one model, one server, and no life of its own.

Its parent holds the other end of its standard input; when that closes, for
whatever reason, the child ends. (The kernel's parent-death signal would not
do: it is sent when the thread that started the child ends.)
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

_CACHE_MIB: Final = 512
"""Memory for prompts that were read before; the engine's own default is 8 GiB."""


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)  # the engine's threads are not waited for


def _reads_faster_unpacked(processor: str) -> bool:
    """Whether a ``processor`` of these features reads the weights faster as the file has them than repacked.

    With AVX2 alone it reads 42 tokens of a prompt a second instead of 34, and writes 10.4 instead of 11.2; a prompt is
    ten times as long as an answer.
    """
    return "AVX2 = 1" in processor and "AVX512 = 1" not in processor


def main(model: str, threads: str, context: str, parallel: str) -> None:
    """Serve ``model`` until standard input closes; reports ``listening ADDRESS`` on standard output."""
    watch = threading.Thread(target=_end_with_parent, daemon=True)
    watch.start()
    reports = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # the engine writes its log where the address goes
    import xllamacpp  # noqa: PLC0415 - the watch must stand before a second of import

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_parallel = int(parallel)
    parameters.n_ctx = int(context) * int(parallel)
    parameters.cpuparams.n_threads = int(threads)
    parameters.cpuparams_batch.n_threads = int(threads)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.ui = False
    parameters.cache_ram_mib = _CACHE_MIB
    parameters.no_extra_bufts = _reads_faster_unpacked(xllamacpp.get_system_info())
    server = xllamacpp.Server(parameters)
    reports.write(f"listening {server.listening_address}\n")
    reports.flush()
    watch.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
