"""Copies a database of PostgreSQL by its own programs, and puts a copy in its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from config import triggers

MEMBER = "database.dump"
#: How often its own size a backup needs where it is made. A dump holds no index and is compressed.
ROOM = 1.0
#: How many seconds a process that is stopped may need to leave the database.
LEAVING = 5


def size(connection: BaseDatabaseWrapper) -> int:
    return int(_one(connection, "SELECT pg_database_size(current_database())"))


def version(connection: BaseDatabaseWrapper) -> str:
    return str(_one(connection, "SHOW server_version"))


def take(connection: BaseDatabaseWrapper, file: Path) -> dict[str, int]:
    """Dump the database as it is at one moment, and return how many rows each table has."""
    mine = connection.copy()
    with closing(mine), mine.cursor() as cursor:
        # The dump sees what this transaction sees, so the counts are its own.
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        _run(
            connection,
            "pg_dump",
            *("--format=custom", "--no-owner", "--no-privileges", "--no-comments"),
            *(f"--snapshot={moment}", f"--file={file}"),
        )
        found = {}
        for table in sorted(mine.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {mine.ops.quote_name(table)}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
        cursor.execute("COMMIT")
    _program("pg_restore", "--list", str(file))
    return found


def _others(connection: BaseDatabaseWrapper) -> int:
    return int(
        _one(
            connection,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )
    )


def refuse_others(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError while another process is connected with the database.

    Who has just left may stand in the list for a moment more.
    """
    patience = time.monotonic() + LEAVING
    while (others := _others(connection)) and time.monotonic() < patience:
        time.sleep(0.1)
    connection.close()
    if others:
        raise CommandError(f"{others} others still use this database. Stop the server first.")


def put(connection: BaseDatabaseWrapper, file: Path, room: Path) -> None:
    """Replace everything of ours in the database by what the dump holds, all of it or nothing."""
    before = room / "before.sql"
    script = room / "script.sql"
    before.write_text("".join(f"{line};\n" for line in _drop(connection)))
    connection.close()
    # As a whole first: psql would keep the first half of a script that ends in the middle.
    _program("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
    _run(
        connection,
        "psql",
        *("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
        # Without figures about the tables the first questions take minutes.
        *(f"--file={before}", f"--file={script}", "--command=ANALYZE", "--output=/dev/null"),
    )


def _drop(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """SQL that takes away our tables, and our functions with their triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_SCHEMA()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        for table in connection.introspection.table_names(cursor):
            yield f"DROP TABLE {schema}.{connection.ops.quote_name(table)} CASCADE"
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = CURRENT_SCHEMA()::regnamespace"
            " AND starts_with(proname, %s)",
            [triggers.PREFIX],
        )
        for (name,) in cursor.fetchall():
            yield f"DROP FUNCTION {schema}.{connection.ops.quote_name(name)}() CASCADE"


def _one(connection: BaseDatabaseWrapper, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _run(connection: BaseDatabaseWrapper, program: str, *options: str) -> None:
    """Run a program of PostgreSQL's on the database of the connection."""
    (_, *where), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    # The password is in the environment: others on the machine read the arguments of a process.
    _program(program, "--no-password", *options, *where, environment=environment)


def _program(program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    if shutil.which(program) is None:
        raise CommandError(
            f"{program} is missing. Install PostgreSQL's programs, of the server's release or a"
            " newer one (on Debian: apt install postgresql-client)."
        )
    done = subprocess.run(  # noqa: S603 (our own words, no shell)
        [program, *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{program} failed: {_why(done.stderr)}")


def _why(said: str) -> str:
    denied = "permission denied" in said
    hint = " Run `manage.py app_role --apply` as the owner of the tables." if denied else ""
    return " ".join(said.split())[:500] + hint
