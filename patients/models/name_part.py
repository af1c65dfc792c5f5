"""The parts of patients' names that a search finds. Only ``patients.summaries.name_parts`` writes
them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import Clinic
from patients.models.names import PART_LIMIT
from patients.models.people import Patient

#: What sorts behind every text that begins alike.
_LAST = "\U0010ffff"


class NamePart(models.Model):
    """One part of a patient's names, in one spelling."""

    # The index and the constraint below begin with these columns.
    patient = models.ForeignKey(
        Patient, on_delete=models.CASCADE, related_name="name_parts", db_index=False
    )
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+", db_index=False)
    spelling = models.CharField(max_length=PART_LIMIT)

    class Meta:
        # PostgreSQL finds the beginning of a text by an index only if it is ordered by its bytes,
        # as SQLite's are.
        indexes = [
            models.Index(
                fields=["clinic", "spelling", "patient"],
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
                name="name_part_begins",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["patient", "spelling"], name="name_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.spelling} of {self.patient_id}"


class Begins(models.Lookup):
    """``spelling__begins``: a range of the index, on every database."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return self._between(compiler, connection, ">=", "<")

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self._between(compiler, connection, "~>=~", "~<~")

    def _between(
        self, compiler: Any, connection: BaseDatabaseWrapper, from_: str, below: str
    ) -> tuple[str, tuple[Any, ...]]:
        column, before = self.process_lhs(compiler, connection)
        sql = f"({column} {from_} %s AND {column} {below} %s)"
        return sql, (*before, self.rhs, *before, f"{self.rhs}{_LAST}")


models.CharField.register_lookup(Begins)
