"""Keeps the rows of tables, to put them back later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Kept:
    """The rows of a table. A table that was taken back and brought up to date has its columns in
    another order than a new one."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class KeptRows:
    """Every row of each table that has some, by the table's name."""

    tables: dict[str, Kept]

    @classmethod
    def of(cls, connection: BaseDatabaseWrapper, app: str) -> KeptRows:
        models = apps.get_app_config(app).get_models(include_auto_created=True)
        return cls.of_tables(connection, [model._meta.db_table for model in models])

    @classmethod
    def of_tables(cls, connection: BaseDatabaseWrapper, tables: Iterable[str]) -> KeptRows:
        kept = {}
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                columns = tuple(f'"{column[0]}"' for column in cursor.description)
                kept[table] = Kept(columns, cursor.fetchall())
        return cls({table: found for table, found in kept.items() if found.rows})

    def restore(self, connection: BaseDatabaseWrapper) -> None:
        """Put every row back into the empty tables. Foreign keys are checked at the end."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for table, kept in self.tables.items():
                columns = ", ".join(kept.columns)
                places = ", ".join(["%s"] * len(kept.columns))
                sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
                cursor.executemany(sql, [tuple(map(_bound, row)) for row in kept.rows])


def _bound(value: Any) -> Any:
    """SQLite takes a time of the day as text alone, which PostgreSQL reads, too."""
    return value.isoformat() if isinstance(value, time) else value
