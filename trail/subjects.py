"""Finds out about which patient an address is."""

from __future__ import annotations

from typing import Any

from django.db.models import Subquery
from django.urls import ResolverMatch

from accounts.models import User
from patients.models import Carer, Finding, Letter, Patient, Plan, RecordNote, Stop, Visit

#: By the first word of an address: to what the id after it belongs, and how that leads to a person.
ROWS: dict[str, tuple[Any, str]] = {
    "patients": (Patient, "user"),
    "plans": (Plan, "patient__user"),
    "stops": (Stop, "patient__user"),
    "findings": (Finding, "plan__patient__user"),
    "notes": (RecordNote, "patient__user"),
    "letters": (Letter, "patient__user"),
    "visits": (Visit, "patient__user"),
    "carers": (Carer, "patient__user"),
    "people": (User, "pk"),
}


class _InsideInsert(Subquery):
    """A subquery as the value of an INSERT: the row is found and written in one statement."""

    contains_column_references = False


def asked(match: ResolverMatch) -> str:
    """What an address names, such as ``patients/17``; "" when it holds no id."""
    pk = match.kwargs.get("pk")
    return f"{match.route.partition('/')[0]}/{pk}"[:60] if isinstance(pk, int) else ""


def subject_of(match: ResolverMatch) -> Any:
    """The id of the person of an address, as a subquery; None when it names nobody."""
    rows = ROWS.get(match.route.partition("/")[0])
    pk = match.kwargs.get("pk")
    if rows is None or pk is None:
        return None
    model, path = rows
    return _InsideInsert(model.objects.filter(pk=pk).order_by().values(path)[:1])
