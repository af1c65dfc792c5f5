"""Whoever runs the server gets the mails too: no cron to set up first."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house import ROOT

# It is about processes, whichever the database.
pytestmark = pytest.mark.only_sqlite

HOLD = """
import subprocess, sys
print(subprocess.Popen(sys.argv[1:]).pid, flush=True)
sys.stdin.read()
"""


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_the_sender_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL)
    sender = [sys.executable, "manage.py", "send_notices", "--every", "1"]
    server = subprocess.Popen(
        [sys.executable, "-c", HOLD, *sender],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    time.sleep(4)
    assert _runs(pid)
    server.communicate(timeout=30)
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.2)
    raise AssertionError("the sender goes on without its server")
