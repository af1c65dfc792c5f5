"""Keeps the process that mails about stops running as long as the server runs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
#: How many seconds a process that ended is left alone: longer each time, up to a limit.
FIRST_WAIT = 1
LONGEST_WAIT = 60

log = logging.getLogger(__name__)


def keep_running() -> None:
    """Start the sender, and start it again whenever it ends. It ends when this process ends."""
    Thread(target=_keep_running, name="sender", daemon=True).start()


def _keep_running() -> None:
    wait = FIRST_WAIT
    while True:
        began = time.monotonic()
        _start().wait()
        # One that ran for a while did not end because it cannot run.
        if time.monotonic() - began > LONGEST_WAIT:
            wait = FIRST_WAIT
        log.warning("the process that mails ended; it starts again in %s s", wait)
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, str(MANAGE), "send_notices", "--every", "15"]
    return subprocess.Popen([*command, "--parent", str(os.getpid())])  # noqa: S603
