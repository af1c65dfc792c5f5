"""Runs the product's server, and reads the CPU time that it used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from tests.postgres import free_port
from tests.processes import children

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def kill(self) -> None:
        """Kill all its processes at once, as a crash does."""
        os.killpg(self.pid, signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """User and system time of the master and its workers until now."""
        return sum(_spent(pid) for pid in (self.pid, *children(self.pid))) / TICKS

    def memory_mib(self) -> float:
        """The proportional set size, which counts memory that workers share only once."""
        sizes = (
            Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in (self.pid, *children(self.pid))
        )
        lines = (line for text in sizes for line in text.splitlines() if line.startswith("Pss:"))
        return sum(int(line.split()[1]) for line in lines) / 1024


def _spent(pid: int) -> int:
    # Fields after the name in brackets, which may hold spaces; utime and stime are the 14th and
    # 15th of all.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def serving(
    application: str,
    environment: dict[str, str],
    *,
    mails: bool = False,
    log: IO[bytes] | None = None,
) -> Iterator[Server]:
    """Serve on a free port until the block ends. The server answers before the block begins.

    ``mails``: whether the process that mails about stops runs beside it
    ``log``: where it writes its log, if not to this process's own
    """
    port = free_port()
    command = [sys.executable, "-m", "config.serve", application]
    if not mails:
        command.append("--no-mails")
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment, "PORT": str(port)},
        start_new_session=True,
        stderr=log,
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("The server did not start; see its output above.")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer within 30 seconds.")
