"""Makes load, by wrk if installed, else by our own threads. An answer that is not 200 ends it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path

PROCESSES = 2
THREADS = 8
SCRIPT = """
local paths, sent, threads = {}, 0, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function request()
  sent = sent + 1
  return wrk.format("%s", paths[(sent * 2 + number) %% #paths + 1])
end
"""


@dataclass(frozen=True)
class Work:
    """The requests to send: one path, or many in turn."""

    paths: list[str]
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)

    def starting_at(self, number: int) -> Work:
        first = number % len(self.paths)
        return replace(self, paths=self.paths[first:] + self.paths[:first])


def offer(work: Work, port: int, seconds: float) -> tuple[int, float]:
    """Keep 16 requests open for some seconds. Returns the number of answers, and the seconds."""
    return _wrk(work, port, seconds) if shutil.which("wrk") else _own(work, port, seconds)


def _wrk(work: Work, port: int, seconds: float) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as room:
        paths = Path(room, "paths")
        script = Path(room, "work.lua")
        paths.write_text("\n".join(work.paths) + "\n")
        script.write_text(SCRIPT % (paths, work.method))
        headers = [
            part for key, value in work.headers.items() for part in ("-H", f"{key}: {value}")
        ]
        command = [
            "wrk",
            f"-t{PROCESSES}",
            f"-c{PROCESSES * THREADS}",
            f"-d{max(1, round(seconds))}s",
            "--timeout=30s",
            "-s",
            str(script),
        ]
        done = subprocess.run(
            [*command, *headers, f"http://127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=True,
        )
    counted = re.search(r"(\d+) requests in ([\d.]+)(s|m)", done.stdout)
    if not counted or re.search(r"Non-2xx|Socket errors: .*read [1-9]|timeout [1-9]", done.stdout):
        raise SystemExit(f"The answers are not all 200:\n{done.stdout}{done.stderr}")
    if counted[1] == "0":
        raise SystemExit(
            f"Nothing was answered within {seconds} seconds: the machine is too busy to measure."
        )
    return int(counted[1]), float(counted[2]) * (60 if counted[3] == "m" else 1)


def _own(work: Work, port: int, seconds: float) -> tuple[int, float]:
    began = time.monotonic()
    with ProcessPoolExecutor(PROCESSES) as pool:
        counts = pool.map(
            _process,
            [work] * PROCESSES,
            [port] * PROCESSES,
            [seconds] * PROCESSES,
            range(PROCESSES),
        )
        total = sum(counts)
    return total, time.monotonic() - began


def _process(work: Work, port: int, seconds: float, number: int) -> int:
    until = time.monotonic() + seconds
    step = PROCESSES * THREADS
    with ThreadPoolExecutor(THREADS) as pool:
        firsts = range(number * THREADS, (number + 1) * THREADS)
        return sum(pool.map(lambda first: _thread(work, port, until, first, step), firsts))


def _thread(work: Work, port: int, until: float, first: int, step: int) -> int:
    count = 0
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for path in islice(cycle(work.paths), first % len(work.paths), None, step):
        connection.request(work.method, path, headers=work.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{work.method} {path} answered {answer.status}")
        count += 1
        if time.monotonic() > until:
            return count
    return count
