"""Which columns hold words about a person, and what stands there once the person is erased."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Event, PasswordMail, Phone, PhoneLink, SignIn, SignOnLink, User
from accounts.names import ERASED
from law import reach
from patients.models import (
    Draft,
    DrawnPerson,
    Finding,
    NamePart,
    Patient,
    PatientSummary,
    PracticeFeed,
    Tick,
    VisitDraft,
)
from trail.models import Access

Model = type[models.Model]
#: Rows that go as a whole: ways in, what is not sent yet, and what others are made from.
GONE: tuple[Model, ...] = (
    *(Phone, PhoneLink, SignIn, SignOnLink, PasswordMail),
    *(Draft, DrawnPerson, PracticeFeed, VisitDraft),
)
#: Tables that the erasure writes by itself, or that hold codes and ids alone.
APART: tuple[Model, ...] = (Patient, User, Event, Access, NamePart, PatientSummary)
#: Columns of text that hold no words about a person: keys, numbers that a form gave itself, and
#: words of the ladder.
KEYS = frozenset({"client_id", "judged", "key", "reason_for", "request_id", "variant", "why_code"})


def erased_as(model: Model) -> dict[str, Any]:
    """Columns of a model with what stands there afterwards."""
    if getattr(model, "append_only", False):
        fixed = {name: _value(model, name) for name in getattr(model, "erased_as", {})}
        return dict.fromkeys(getattr(model, "erasable", ()), "") | fixed
    return {name: _instead(model, name) for name in _columns_of_words(model)}


def _columns_of_words(model: Model) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and not field.primary_key
        and field.name not in KEYS
    ]


def _value(model: Model, name: str) -> Any:
    """The text that a trigger lets stand there, as the column reads it."""
    instead = model.erased_as[name]  # type: ignore[attr-defined]
    is_json = isinstance(model._meta.get_field(name), models.JSONField)
    return json.loads(instead) if is_json else instead


def _instead(model: Model, name: str) -> Any:
    """Where a rule of the database wants a word, a word without a meaning."""
    if model is Finding:
        # Two findings of a plan have different words while they stand.
        return Concat(Value(f"{ERASED} "), Cast("pk", CharField()))
    return ERASED if model is Tick else ""


def with_words(patient: Patient, model: Model, name: str) -> QuerySet[Any]:
    """The rows about a patient in which this column says something."""
    rows = reach.rows_of(patient, model).order_by().filter(**{f"{name}__isnull": False})
    field = model._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return rows.exclude(**{name: _value(model, name)})
    return rows.exclude(**{f"{name}__in": ["", ERASED]})


def blanked() -> list[Model]:
    """The models whose columns are blanked, one after the other."""
    return [model for model in reach.tables() if model not in GONE + APART and erased_as(model)]
