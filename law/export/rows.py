"""The rows about one patient as plain values, by the names of our columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from law import reach
from patients.models import Band, Patient

#: What opens a door, or would help to open one. It is nobody's to take home.
SECRET = frozenset(
    {
        "code_digest",
        "opaque",
        "password",
        "pin",
        "pin_hash",
        "recovery_codes",
        "secret",
        "session_key",
        "token",
        "token_digest",
    }
)
#: Columns that the product promises never to show to a patient. The clinic hands them over.
FOR_THE_CLINIC = frozenset({"patients.RecordNote.text"})
#: What an export says in place of such words.
ASK_THE_CLINIC = _("Kept by the clinic. Ask the clinic for it.")


@dataclass(frozen=True)
class Table:
    """The rows of one model. ``name``: of the files; ``rows``: values by the names of columns."""

    name: str
    title: str
    columns: list[str]
    rows: list[dict[str, Any]]

    @property
    def sheet(self) -> str:
        """The file for a spreadsheet."""
        return f"tables/{self.name}.csv"

    @property
    def json(self) -> str:
        return f"json/{self.name}.json"


def tables_of(patient: Patient, *, own: bool = False) -> list[Table]:
    """Every table with rows about the patient. ``own``: for the patient, not for the clinic."""
    return [_table(patient, model, own) for model in reach.tables()]


def _table(patient: Patient, model: type[models.Model], own: bool) -> Table:
    fields = [field for field in model._meta.concrete_fields if field.name not in SECRET]
    named = [field.name for field in fields if _is_named(field)]
    rows = reach.rows_of(patient, model).select_related(*named)
    withheld = FOR_THE_CLINIC if own else frozenset()
    return Table(
        name=model._meta.label_lower,
        title=str(model._meta.verbose_name_plural).capitalize(),
        columns=[field.name for field in fields],
        rows=[{field.name: _told(row, field, withheld) for field in fields} for row in rows],
    )


def _told(row: models.Model, field: Any, withheld: frozenset[str]) -> Any:
    if f"{row._meta.label}.{field.name}" in withheld:
        return str(ASK_THE_CLINIC)
    return _value(row, field)


def _is_named(field: Any) -> bool:
    """Whether a key leads to something with a name: a part of the ladder, a clinic, a person, one
    of the clinic's bands."""
    to = field.related_model
    return to is not None and (to in (Band, Clinic, User) or to._meta.app_label == "curriculum")


def _value(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if value is not None and _is_named(field):
        return {"id": value, "name": str(getattr(row, field.name))}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
