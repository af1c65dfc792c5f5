"""Copies a database of SQLite while it is in use, and puts a copy in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper

MEMBER = "database.sqlite3"
#: How often its own size a backup needs where it is made: the copy, and what is packed of it.
ROOM = 1.6
#: In seconds. What other processes of the product wait for too.
PATIENCE = 20


def _path(connection: BaseDatabaseWrapper) -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def size(connection: BaseDatabaseWrapper) -> int:
    path = _path(connection)
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def version(connection: BaseDatabaseWrapper) -> str:
    return sqlite3.sqlite_version


def take(connection: BaseDatabaseWrapper, file: Path) -> dict[str, int]:
    """Copy the database as it is at one moment, and return how many rows each table has.

    Others go on writing meanwhile. The copy is looked through.
    """
    # Not mode=ro: it cannot open a journal that no other process has open.
    source = sqlite3.connect(f"{_path(connection).absolute().as_uri()}?mode=rw", PATIENCE, uri=True)
    with closing(source), closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        # One file, without a journal beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise CommandError(f"The database is damaged ({found}). Put back an older backup.")
        tables = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in sorted(tables)
        }


def refuse_others(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError while another process has the database open."""
    connection.close()
    path = _path(connection)
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as alone:
        try:
            # Only who is alone may leave the journal of all others.
            (mode,) = alone.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = "in use"
    if mode != "delete":
        raise CommandError("Something still uses this database. Stop the server first.")


def put(connection: BaseDatabaseWrapper, file: Path, room: Path) -> None:
    """Put the copy where the database is. Nobody may have it open."""
    connection.close()
    path = _path(connection)
    beside = path.with_name(f".{path.name}-restored")
    shutil.copyfile(file, beside)
    beside.chmod(0o600)
    with beside.open("rb+") as whole:
        os.fsync(whole.fileno())
    for journal in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + journal).unlink(missing_ok=True)
    beside.replace(path)
