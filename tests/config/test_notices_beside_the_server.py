"""Whoever runs the server gets the mails too: no cron to set up first."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests import processes
from tests.bench.databases import run
from tests.bench.server import serving
from tests.house import ROOT
from tests.processes import children
from tests.served import OwnDatabase
from tests.smtp import mail_server

wait_for = partial(processes.wait_for, seconds=60)
# It is about processes, whichever the database.
pytestmark = [pytest.mark.only_sqlite, pytest.mark.django_db]

HOLD = """
import subprocess, sys
print(subprocess.Popen(sys.argv[1:]).pid, flush=True)
sys.stdin.read()
"""
#: Maya logs pain of 8 today; run again, she corrects it and tells of a weak leg.
SCENE = """
import django
django.setup()
from patients.models import Plan
from tests import cast
from tests.patients import acts
plan = Plan.objects.filter(patient__name="Maya Roos").first()
if plan is None:
    acts.log(cast.assemble().plan, pain=8)
else:
    entry = plan.practices.get()
    acts.log(plan, pain=8, leg="weak", client_id="of the leg", corrects=entry)
"""


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _environment(room: Path, prepared: OwnDatabase) -> dict[str, str]:
    shutil.copy(prepared.file, room / "db.sqlite3")
    environment = {
        **os.environ,
        "VAR_DIR": str(room),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DATABASE_URL", None)
    return environment


def _senders(server: int) -> list[int]:
    """The processes that send mail, of a server."""
    return [pid for pid in children(server) if _name(pid) == "hinge-mails"]


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _jobs_done(room: Path) -> set[str]:
    with closing(sqlite3.connect(room / "db.sqlite3")) as database:
        rows = database.execute("SELECT name FROM accounts_job WHERE ended IS NOT NULL")
        return {name for (name,) in rows}


def _tell(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", SCENE], cwd=ROOT, env=environment, check=True)


def test_a_sender_that_is_killed_comes_back_and_the_mail_arrives(
    tmp_path: Path, own_copy: OwnDatabase
) -> None:
    environment = _environment(tmp_path, own_copy)
    run("django", "collectstatic", "--no-input", "--verbosity=0", environment=environment)
    _tell(environment)
    with mail_server() as mails:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mails.port}"
        with serving("config.wsgi", environment, mails=True) as server:
            wait_for(mails.recipients)
            assert mails.recipients() == ["elin@harbour.example"]
            wait_for(lambda: {"seals", "tidy"} <= _jobs_done(tmp_path))
            (first,) = _senders(server.pid)
            os.kill(first, signal.SIGKILL)
            wait_for(lambda: _senders(server.pid) not in ([], [first]))
            (second,) = _senders(server.pid)
            _tell(environment)
            wait_for(lambda: len(mails.taken) == 4)
            assert mails.recipients()[1:] == [
                "elin@harbour.example",
                "omar@harbour.example",
                "petra@harbour.example",
            ]
        wait_for(lambda: not _runs(second))


def test_the_sender_ends_with_the_process_that_started_it(
    tmp_path: Path, own_copy: OwnDatabase
) -> None:
    environment = _environment(tmp_path, own_copy)
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
    wait_for(lambda: not _runs(pid))


def test_a_sender_whose_server_ended_before_it_was_ready_ends_too(
    tmp_path: Path, own_copy: OwnDatabase
) -> None:
    environment = _environment(tmp_path, own_copy)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    sender = [sys.executable, "manage.py", "send_notices", "--every", "1"]
    ended = subprocess.run(
        [*sender, "--parent", str(gone.pid)], cwd=ROOT, env=environment, timeout=60, check=False
    )
    assert ended.returncode == 0
