"""The two kinds of database that can be copied and put back."""

from __future__ import annotations

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from config.backup import postgres, sqlite

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def kind(connection: BaseDatabaseWrapper) -> ModuleType:
    """The module that copies this database: it has take, put, size, version, refuse_others."""
    return sqlite if connection.vendor == "sqlite" else postgres
