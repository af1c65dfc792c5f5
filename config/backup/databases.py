"""The two kinds of database that can be copied and put back, and where one is."""

from __future__ import annotations

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from config.backup import postgres, sqlite

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def address(connection: BaseDatabaseWrapper) -> list[str]:
    """Where a database is. Two connections with the same address lead to the same one."""
    where = connection.settings_dict
    return [str(where.get(name) or "") for name in ("ENGINE", "HOST", "PORT", "NAME")]


def kind(connection: BaseDatabaseWrapper) -> ModuleType:
    """The module that copies this database: it has take, put, size, version, refuse_others."""
    return sqlite if connection.vendor == "sqlite" else postgres
