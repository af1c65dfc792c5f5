"""Does the jobs that are due, in the process that mails.

A job works in a thread of its own, with its own connection to the database: mails about patients
who wait go on leaving meanwhile, and no further process takes memory.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Thread

from django.db import connections

from accounts import jobs

#: A job that takes so many seconds hangs.
STUCK = 6 * 3600

log = logging.getLogger("hinge.jobs")


@dataclass
class _Running:
    """A job that is done now. ``began``: seconds of the monotonic clock."""

    name: str
    thread: Thread
    began: float


class Runner:
    """Does one job at a time."""

    def __init__(self) -> None:
        self._running: _Running | None = None

    def step(self) -> None:
        """Say that the job goes on, or begin the next one that is due."""
        now = self._running
        if now is not None and now.thread.is_alive():
            jobs.note_alive(now.name)
            return
        self._running = None
        jobs.ensure()
        for duty in jobs.claimed():
            # It ends with the process: what it was at is taken back, and done again later.
            thread = Thread(target=_do, args=(duty,), name=f"job {duty.name}", daemon=True)
            self._running = _Running(duty.name, thread, time.monotonic())
            thread.start()
            return

    @property
    def stuck(self) -> bool:
        now = self._running
        hangs = now is not None and time.monotonic() - now.began > STUCK
        return hangs and now is not None and now.thread.is_alive()


def _do(duty: jobs.Duty) -> None:
    try:
        jobs.do(duty)
    except Exception:
        # Not even that it failed could be written down: the database is away.
        log.warning("the job %s is left for later", duty.name, exc_info=True)
    finally:
        connections.close_all()


def do_all() -> None:
    """Do every job that is due, one after the other, in this thread."""
    jobs.ensure()
    for duty in jobs.claimed():
        jobs.do(duty)
