"""The process that mails about stops runs as long as the server runs.

The server makes it as it makes those that answer, from what is loaded already. A program of its own
would hold all of that once more.
"""

from __future__ import annotations

import os
import time

#: How many seconds a process that ended is left alone: longer each time, up to a limit.
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
#: How many seconds pass between two rounds.
EVERY = 15
#: How often a process that waits looks whether the server is still there.
LOOK_EVERY = 0.5


class Rests:
    """How long the next process waits before it begins, after the last one ended."""

    def __init__(self) -> None:
        self.next = 0.0
        self.began = time.monotonic()

    def ended(self) -> float:
        """Note that the process ended, and return for how many seconds the next one waits."""
        ran = time.monotonic() - self.began - self.next
        # One that ran for a while did not end because it cannot run.
        self.next = FIRST_WAIT if ran > LONGEST_WAIT else min(self.next * 2, LONGEST_WAIT)
        self.next = max(self.next, FIRST_WAIT)
        self.began = time.monotonic()
        return self.next


def send(watcher: int, rest: float) -> None:
    """Send mails in this process until the server ends.

    ``watcher``: the server's process id, the parent of this process
    ``rest``: for how many seconds it waits before it begins
    """
    from django.core.management import call_command

    begins = time.monotonic() + rest
    while time.monotonic() < begins:
        if os.getppid() != watcher:
            return
        time.sleep(min(LOOK_EVERY, max(0.0, begins - time.monotonic())))
    call_command("send_notices", every=EVERY, parent=watcher)
