"""Keeps the process that mails about stops running as long as the server runs.

It is a program of its own and no thread of the server: a worker that the server forks while a
thread starts a process keeps that thread waiting for as long as the worker lives.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
#: How many seconds a process that ended is left alone: longer each time, up to a limit.
FIRST_WAIT = 1
LONGEST_WAIT = 60

log = logging.getLogger(__name__)


def start() -> None:
    """Start the program. It ends when this process ends."""
    command = [sys.executable, str(Path(__file__).resolve()), str(os.getpid())]
    # Its own session: what stops the server at the keyboard ends it by the server's end.
    subprocess.Popen(command, start_new_session=True)  # noqa: S603


def keep_running(server: int) -> None:
    """Run the sender, and run it again whenever it ends, until the server ends.

    ``server``: its process id, the parent of this process
    """
    wait = FIRST_WAIT
    while os.getppid() == server:
        began = time.monotonic()
        _run_once(server)
        if os.getppid() != server:
            return
        # One that ran for a while did not end because it cannot run.
        if time.monotonic() - began > LONGEST_WAIT:
            wait = FIRST_WAIT
        log.warning("the process that mails ended; it starts again in %s s", wait)
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _run_once(server: int) -> None:
    command = [sys.executable, str(MANAGE), "send_notices", "--every", "15"]
    mails = subprocess.Popen([*command, "--parent", str(os.getpid())])  # noqa: S603
    while os.getppid() == server:
        try:
            mails.wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    sys.path[0] = str(MANAGE.parent)
    from config import logs

    logs.in_a_small_program()
    keep_running(int(sys.argv[1]))
