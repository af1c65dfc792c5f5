"""System checks of the installation."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DEFAULT_DB_ALIAS, connections

from accounts import backup_files, private_files
from config import app_role, owner_url, triggers


def triggers_are_installed(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn when a table lacks one of its triggers, when one is not as it is declared, or when
    there is one that is not ours."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        wanted = {
            trigger.name for trigger in triggers.expected(connection) if trigger.table in tables
        }
        missing = sorted(wanted - triggers.installed(connection))
        changed = triggers.changed(connection)
        if "django_migrations" not in tables:
            continue
        if missing:
            messages.append(_about_triggers("lacks", missing, "W002"))
        if changed:
            messages.append(_about_triggers("has changed or switched-off", changed, "W004"))
        if foreign := triggers.foreign(connection):
            messages.append(_about_foreign(foreign))
    return messages


def _about_triggers(problem: str, names: list[str], number: str) -> CheckMessage:
    # No error: `migrate` makes them again, but does not start when there is an error.
    return Warning(
        f"The database {problem} triggers: {len(names)}, {names[0]} first.",
        hint="Run `python manage.py migrate`: it makes them again. Ask who changed them.",
        id=f"hinge.{number}",
    )


def _about_foreign(names: list[str]) -> CheckMessage:
    return Warning(
        f"The database has triggers that the product did not make: {len(names)}, {names[0]} first.",
        hint="One can swallow or change what is written. Ask who made them, and drop them.",
        id="hinge.W007",
    )


def when_verifying(sender: Any, **kwargs: Any) -> list[str]:
    """The same, as differences of ``manage.py verify``."""
    found = triggers_are_installed(None, databases=[DEFAULT_DB_ALIAS])
    return [str(message.msg) for message in found]


def sqlite_is_sound(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn about SQLite before 3.51.3: two processes that checkpoint at once can corrupt a WAL."""
    on_sqlite = any(connections[alias].vendor == "sqlite" for alias in databases or [])
    if not on_sqlite or sqlite3.sqlite_version_info >= (3, 51, 3):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug (fixed in 3.51.3).",
            hint=(
                "Keep backups and one worker machine, or use PostgreSQL. "
                "See sqlite.org/wal.html#walresetbug"
            ),
            id="hinge.W001",
        )
    ]


def files_are_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn about files of the installation that other users of the machine can read."""
    found = private_files.open_to_others(settings.VAR, public=settings.STATIC_ROOT.name)
    if not found:
        return []
    return [
        Warning(
            f"Other users of this machine can read {len(found)} private files, {found[0]} first.",
            hint=f"Close them: chmod -R go= {settings.VAR}. `manage.py start` does so.",
            id="hinge.W003",
        )
    ]


def server_owns_no_table(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn when the role of PostgreSQL that serves owns the tables: it can switch triggers off."""
    kept = os.environ.get(owner_url.KEPT)
    served_by_the_owner = kept is None or kept == os.environ.get(owner_url.SERVES)
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql" or not served_by_the_owner:
            continue
        if app_role.owns_tables(connection):
            return [
                Warning(
                    "The role of PostgreSQL that serves owns the tables.",
                    hint=(
                        "Whoever has its password can change what is kept for good. Give the "
                        "server a role of its own: see SECURITY.md, DATABASE_OWNER_URL."
                    ),
                    id="hinge.W005",
                )
            ]
    return []


def backups_are_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn when backups are wanted, and the newest is late or the next one has no lock."""
    if not settings.BACKUP_DIR:
        return []
    problems = []
    last = backup_files.last(Path(settings.BACKUP_DIR))
    if last is None:
        problems.append(f"There is no backup yet in {settings.BACKUP_DIR}.")
    elif backup_files.is_late(last):
        problems.append(f"The newest backup is {backup_files.hours(last)} hours old.")
    if not settings.BACKUP_RECIPIENT and not settings.BACKUP_PASSPHRASE:
        problems.append("There is nothing to lock backups with.")
    hint = "Run `manage.py backup` and see what it says: docs/backup.md."
    return [Warning(problem, hint=hint, id="hinge.W006") for problem in problems]
