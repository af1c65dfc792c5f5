"""Keeps the rows of tables, to put them back later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class KeptRows:
    """The rows of each table, by the table's name. A row holds every column."""

    rows: dict[str, list[tuple[Any, ...]]]

    @classmethod
    def of(cls, connection: BaseDatabaseWrapper, app: str) -> KeptRows:
        models = apps.get_app_config(app).get_models(include_auto_created=True)
        return cls.of_tables(connection, [model._meta.db_table for model in models])

    @classmethod
    def of_tables(cls, connection: BaseDatabaseWrapper, tables: Iterable[str]) -> KeptRows:
        rows = {}
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                rows[table] = cursor.fetchall()
        return cls({table: found for table, found in rows.items() if found})

    def restore(self, connection: BaseDatabaseWrapper) -> None:
        """Put every row back into the empty tables. Foreign keys are checked at the end."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
