"""Copies the rows of a block of patients inside the database, which is faster than making them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max, Min

from accounts.models import PhoneLink, User
from patients.demo.rows import ORDER


class Block:
    """Every row of the tables that ``DemoRows`` writes, without the people of ``kept``. At the
    start the tables hold only this block."""

    def __init__(self, kept: Sequence[User]) -> None:
        self._kept = ", ".join(str(user.pk) for user in kept)
        self._last = {model: _edge(model, Max("pk")) for model in ORDER}
        firsts = {model: _edge(model, Min("pk")) for model in ORDER}
        self._span = max(self._last[model] - firsts[model] + 1 for model in ORDER)

    @transaction.atomic
    def copy(self, times: int) -> None:
        """Write the block once more. ``times`` is the number of the copy: 1, 2, 3 ..."""
        for model in ORDER:
            fields = [field for field in model._meta.concrete_fields if field.column]
            columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
            values = ", ".join(self._value(model, field, times) for field in fields)
            where = f"id <= {self._last[model]}" + (
                f" AND id NOT IN ({self._kept})" if model is User else ""
            )
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(model._meta.db_table)
                select = f"SELECT {values} FROM {table} WHERE {where}"  # noqa: S608
                cursor.execute(f"INSERT INTO {table} ({columns}) {select}")

    def _value(self, model: type[models.Model], field: models.Field[Any, Any], times: int) -> str:
        column = connection.ops.quote_name(str(field.column))
        ahead = times * self._span
        if field.primary_key or (
            field.remote_field and field.related_model in ORDER and field.related_model != User
        ):
            return f"{column} + {ahead}"
        if field.remote_field and field.related_model is User:
            return f"CASE WHEN {column} IN ({self._kept}) THEN {column} ELSE {column} + {ahead} END"
        if model is PhoneLink and field.name == "opaque":
            return f"{column} || '-{times}'"
        return column


def _edge(model: type[models.Model], which: Max | Min) -> int:
    return model._default_manager.aggregate(edge=which)["edge"] or 0


def mend_sequences() -> None:
    """Make the next id of each table come after the copied rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ORDER)):
            cursor.execute(statement)
