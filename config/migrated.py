"""The migrations: which this release has, and which a database has had.

They are named as "patients.0001_initial".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

#: Apps of other people that older releases used. Their migrations stay on record.
FORMER = ("sessions.",)


@cache
def known() -> frozenset[str]:
    """The migrations that this release has, as this process knows them."""
    return frozenset(map(_name, MigrationLoader(None).disk_migrations))


def applied(connection: BaseDatabaseWrapper) -> set[str]:
    """The migrations that a database has had; none where it is empty."""
    return set(map(_name, MigrationRecorder(connection).applied_migrations()))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Those of this release that a database has not had. Two queries."""
    return sorted(known() - applied(connection))


def unknown(migrations: Iterable[str]) -> list[str]:
    """Those of a newer release than this one."""
    return sorted(name for name in set(migrations) - known() if not name.startswith(FORMER))


def _name(migration: tuple[str, str]) -> str:
    return ".".join(migration)
