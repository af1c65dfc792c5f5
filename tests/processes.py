"""Waits for what other processes do, and finds the processes below one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def wait_for(what: Callable[[], object], seconds: float = 30) -> None:
    """Ask until the answer is true."""
    last = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < last, "waited for in vain"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    """The processes that a process has started, from any of its threads."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]
