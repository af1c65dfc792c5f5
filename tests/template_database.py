"""A test database that is made once and copied after that.

The migrations and the curriculum take several seconds. Every test run, and every worker of one,
needs the same result, so on SQLite it is kept in the system's temporary folder until something
changes from which it is made.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent
ROOM = Path(tempfile.gettempdir()) / f"hinge-ladder-test-databases-{os.getuid()}"
#: What the tables, the triggers and the curriculum are made from.
MADE_FROM = (
    "accounts/**/*.py",
    "config/**/*.py",
    "curriculum/**/*.py",
    "curriculum/**/*.toml",
    "patients/apps.py",
    "patients/migrations/*.py",
    "patients/models/*.py",
    "patients/rules/*.py",
    "requirements.txt",
    "tests/template_database.py",
)
#: How many databases are kept, the newest ones.
KEPT = 12


def template() -> Path:
    """The file of the database that belongs to the code as it is now. It may not exist yet."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return ROOM / f"{digest.hexdigest()[:24]}.sqlite3"


class _Lock:
    """Lets one process make the database while the others wait for it."""

    held: IO[str] | None = None

    def take(self) -> None:
        ROOM.mkdir(mode=0o700, exist_ok=True)
        self.held = (ROOM / "lock").open("w")
        fcntl.flock(self.held, fcntl.LOCK_EX)

    def let_go(self) -> None:
        if self.held is not None:
            self.held.close()


_lock = _Lock()


def copy_to(connection: BaseDatabaseWrapper) -> bool:
    """Copy the template to the test database; False if there is none.

    False also means that this process makes it now: ``keep`` must follow.
    """
    if connection.vendor != "sqlite":
        return False
    _lock.take()
    made = template()
    if not made.exists():
        return False
    shutil.copyfile(made, connection.settings_dict["TEST"]["NAME"])
    made.touch()
    _lock.let_go()
    return True


def keep(connection: BaseDatabaseWrapper) -> None:
    """Keep the test database as the template, before any test has written to it."""
    if connection.vendor != "sqlite":
        return
    made = template()
    begun = made.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with closing(sqlite3.connect(begun)) as target:
        connection.connection.backup(target)
    begun.rename(made)
    newest = sorted(ROOM.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest[KEPT:]:
        old.unlink(missing_ok=True)
    _lock.let_go()
