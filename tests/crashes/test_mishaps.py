"""The disk is full, the database is away, the clock goes back, while people write: what was
answered is there once, nothing is half there, and all goes on by itself afterwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from tests.bench.server import Server
from tests.crashes.clients import at_work
from tests.crashes.ledger import World, place, wait_for_answers, world
from tests.processes import wait_for

pytestmark = pytest.mark.slow
#: How many seconds a mishap lasts; `make slow` takes 30.
LASTS = float(os.environ.get("LASTS", "5"))
#: The size of the disk that is filled.
DISK = "300m"
HOUR = 3600


@contextmanager
def people_write(site: World) -> Iterator[Server]:
    """Everybody writes during the block, and until somebody was answered after it."""
    ends = Event()
    with (
        site.served() as server,
        ThreadPoolExecutor(len(site.everybody)) as pool,
    ):
        work = at_work(pool, site.everybody, server.port, ends)
        try:
            wait_for_answers(site)
            yield server
            wait_for_answers(site)
        finally:
            ends.set()
        for one in work:
            one.result()


def _refused(site: World) -> int:
    return sum(client.refused for client in site.everybody)


def test_a_database_away_loses_nothing() -> None:
    """PostgreSQL stops at once and comes back. SQLite is held by another program."""
    with place() as room, world(room) as site:
        with people_write(site):
            if site.postgres:
                site.postgres.stop("immediate")
                time.sleep(LASTS)
                site.postgres.start()
            else:
                with sqlite3.connect(site.room / "var/db.sqlite3", isolation_level=None) as other:
                    other.execute("BEGIN EXCLUSIVE")
                    time.sleep(LASTS)
                    other.execute("ROLLBACK")
                other.close()
        site.check(f"database away {LASTS:g} s")
        assert _refused(site) or not site.postgres


def test_a_full_disk_loses_nothing() -> None:
    with disk() as room, world(room, "--wal-segsize=1") as site:
        with people_write(site):
            balloon = room / "balloon"
            _fill(balloon)
            wait_for(lambda: _refused(site), 60)
            time.sleep(LASTS)
            balloon.unlink()
            # A PostgreSQL that cannot write its journal stops; whoever runs it starts it again.
            if site.postgres and not site.postgres.runs:
                site.postgres.start()
        site.check(f"disk full {LASTS:g} s")


@contextmanager
def disk() -> Iterator[Path]:
    """A disk of its own, in memory."""
    with place() as room:
        mount = [
            str(shutil.which("mount")),
            "-t",
            "tmpfs",
            "-o",
            f"size={DISK}",
            "tmpfs",
            str(room),
        ]
        made = subprocess.run(mount, capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.fail(f"A disk to fill needs root and the right to mount: {made.stderr}")
        try:
            yield room
        finally:
            subprocess.run([str(shutil.which("umount")), "--lazy", str(room)], check=True)


def _fill(balloon: Path) -> None:
    # As root, PostgreSQL's reserve is not ours: every byte goes.
    with balloon.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue


def test_a_clock_that_goes_back_an_hour_loses_nothing(tmp_path: Path) -> None:
    """At noon, so that the day stays the same. The database and the mails have the same clock."""
    clock = tmp_path / "clock"
    tmp_path.chmod(0o755)
    now = datetime.now(UTC)
    noon = round((now.replace(hour=12, minute=0) - now).total_seconds())
    clock.write_text(f"{noon:+d}")
    with place() as room, world(room, **_faked(clock)) as site:
        with people_write(site):
            time.sleep(LASTS)
            clock.write_text(f"{noon - HOUR:+d}")
            time.sleep(LASTS)
        site.check("clock back by an hour")
        assert _refused(site) == 0


def _faked(clock: Path) -> dict[str, str]:
    kept = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not kept:
        pytest.fail("A clock that goes back needs libfaketime (Debian: apt install faketime).")
    return {
        "LD_PRELOAD": str(kept[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(Path(__file__).parent / "faked"),
    }
