"""Moves everything from the database of this installation into another one, of another kind.

The other database is made by ``migrate`` in a process of its own, so that no migration writes to
this one. All rows come in one transaction: the other database gets all of them or none.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import environ
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.utils import timezone

from config import app_role, migrated, owner_url, triggers
from config.backup import databases

HERE = DEFAULT_DB_ALIAS
THERE = "moving"
CHUNK = 1000
#: In VAR_DIR: which database was left, and when.
MARK = "moved"
#: What ``migrate`` writes by itself, and what comes along in its place.
MADE = ("auth_permission", "django_content_type")
SCHEMES = {"postgres", "postgresql", "sqlite"}
LEFT = (
    "This database was left on {when}: its rows went to {where}. Set DATABASE_URL to that address."
    " To use this one again, delete {mark}; what was written there since is not in it."
)


def move(url: str, say: Callable[[str], None]) -> None:
    """Raises CommandError with the reason when it cannot. Nothing here is changed."""
    refuse_left()
    source = connections[HERE]
    target = _connect(url)
    if databases.address(source) == databases.address(target):
        raise CommandError("This is the database that is used now. Name another one.")
    databases.kind(source).refuse_others(source)
    if migrated.missing(source):
        raise CommandError("This database is of another release. Run `manage.py prepare` first.")
    say("Looking through this database ...")
    call_command("verify", verbosity=0)
    say("Preparing the other database ...")
    _manage(url, "migrate", "--no-input")
    _refuse_rows(target)
    try:
        _copy_all(source, target, say)
    except DatabaseError as error:
        raise CommandError(f"The rows do not fit into the other database: {error}") from error
    with target.cursor() as cursor:
        # Without figures about the tables the first questions take minutes.
        cursor.execute("ANALYZE")
    target.close()
    say("Looking through the other database ...")
    _manage(url, "verify")
    _mark(source, url)


def _connect(url: str) -> BaseDatabaseWrapper:
    """Make the other database known under a name of its own."""
    where = urlsplit(url)
    if where.scheme not in SCHEMES or len(where.path) < 2:
        raise CommandError(
            "The address must look like postgres://user:password@host/name or sqlite:////path"
        )
    found = environ.Env.db_url_config(url)
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = settings.SQLITE_OPTIONS
    complete = connections.configure_settings({HERE: {}, THERE: found})
    connections.settings[THERE] = complete[THERE]
    return connections[THERE]


def _manage(url: str, *command: str) -> None:
    """Run a command with the other database as the only one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(  # noqa: S603 (our own words, no shell)
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**kept, owner_url.SERVES: url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-1000:]
        raise CommandError(f"{command[0]} failed on the other database: {said}")


def _refuse_rows(target: BaseDatabaseWrapper) -> None:
    with target.cursor() as cursor:
        for table in sorted(set(app_role.tables()) - set(MADE)):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
            if cursor.fetchone() is not None:
                raise CommandError(
                    f"The other database is not empty: {table} has rows. Name an empty one."
                )


def _copy_all(
    source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, say: Callable[[str], None]
) -> None:
    models = app_role.tables()
    with transaction.atomic(using=HERE), transaction.atomic(using=THERE):
        _see_one_moment(source)
        with target.cursor() as cursor:
            # The rules are about acts of today. What is on record was held to them when it came.
            triggers.remove(target)
            if target.vendor == "sqlite":
                cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in MADE:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            for table, model in models.items():
                _copy(table, model, say)
            if target.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for line in target.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(line)
        triggers.install(target)
        if triggers.changed(target) or triggers.installed(target) != _rules_of(target):
            raise CommandError("The rules of the other database are not as they are declared.")


def _see_one_moment(source: BaseDatabaseWrapper) -> None:
    # SQLite's transactions let nobody else write.
    if source.vendor == "postgresql":
        with source.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _rules_of(target: BaseDatabaseWrapper) -> set[str]:
    return {trigger.name for trigger in triggers.expected(target)}


def _copy(table: str, model: type[Model], say: Callable[[str], None]) -> None:
    """Copy the rows of a table as they are, and compare every value of both."""
    fields = list(model._meta.concrete_fields)
    kept = _rows(model, HERE)
    count = 0
    while rows := list(islice(kept, CHUNK)):
        _insert(model, rows, fields)
        count += len(rows)
        if len(rows) == CHUNK:
            say(f"  {table}: {count} rows ...")
    if count and _digest(model, fields, HERE) != _digest(model, fields, THERE):
        raise CommandError(f"The rows of {table} are not the same in the other database.")
    if count:
        say(f"  {table}: {count} rows")


def _rows(model: type[Model], alias: str) -> Iterator[Any]:
    # Not by a manager: one may leave rows out.
    return QuerySet(model, using=alias).order_by().iterator(chunk_size=CHUNK)


def _insert(model: type[Model], rows: list[Any], fields: list[Field[Any, Any]]) -> None:
    """Write rows with their own numbers and times, without what a ``save`` adds."""
    ops = connections[THERE].ops
    size = ops.bulk_batch_size(fields, rows)
    there: Any = QuerySet(model, using=THERE)
    for first in range(0, len(rows), size):
        there._insert(rows[first : first + size], fields=fields, using=THERE, raw=True)


def _digest(model: type[Model], fields: list[Field[Any, Any]], alias: str) -> tuple[int, int]:
    """How many rows there are, and a number for all their values, in whatever order."""
    count = 0
    total = 0
    for row in _rows(model, alias):
        values = [getattr(row, field.attname) for field in fields]
        text = json.dumps(values, sort_keys=True, default=str)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
        count += 1
    return count, total


def _mark(source: BaseDatabaseWrapper, url: str) -> None:
    where = urlsplit(url)
    left = {
        "address": databases.address(source),
        "when": timezone.now().isoformat(timespec="minutes"),
        "where": f"{where.scheme}://{where.hostname or ''}{where.path}",
    }
    (settings.VAR / MARK).write_text(json.dumps(left))


def refuse_left() -> None:
    """Raise CommandError when the database of this installation is one that was left."""
    mark = settings.VAR / MARK
    if not mark.exists():
        return
    left = json.loads(mark.read_text())
    if left["address"] == databases.address(connections[HERE]):
        when = datetime.fromisoformat(left["when"])
        raise CommandError(
            LEFT.format(when=f"{when:%d %B %Y %H:%M} UTC", where=left["where"], mark=mark)
        )
