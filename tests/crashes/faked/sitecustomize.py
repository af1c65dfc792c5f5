"""Python's own sleep fails under libfaketime 0.9.10, which moves one clock and not the other. Put
on the path of programs whose clock is moved."""

from __future__ import annotations

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = _sleep
