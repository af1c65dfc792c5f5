"""Keeps the rows of an app's tables, to put them back after a flush."""

from __future__ import annotations

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
        rows = {}
        with connection.cursor() as cursor:
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
                rows[model._meta.db_table] = cursor.fetchall()
        return cls(rows)

    def restore(self, connection: BaseDatabaseWrapper) -> None:
        """Put every row back into the empty tables. Foreign keys are checked at the end."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                if rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
