"""Finds every row about one patient, by walking the models. A new table is found by itself.

A row is about a patient when a chain of foreign keys leads from it to the patient. Where there is
no such chain, or it can be empty, a key to the person who signs in counts too: a phone, or an event
that the patient caused or that is about them. Who helps the patient signs in for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import Clinic, User
from patients.models import Patient

Model = type[models.Model]
#: Lead from everything to everybody, so no chain goes through them.
_CROSSROADS: tuple[Model, ...] = (Clinic, User)


class _Road(NamedTuple):
    """A chain of foreign keys. The best one can be empty at the fewest places, and is short."""

    gaps: int
    length: int
    lookup: str


def keys_of(model: Model) -> list[models.ForeignKey[Any, Any]]:
    """The foreign keys of a model to other models."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.model is not model
    ]


@cache
def roads() -> dict[Model, tuple[str, ...]]:
    """Each model whose rows can be about a patient, with the lookups that lead there."""
    by_patient = _spread({Patient: _Road(0, 0, "")})
    found: dict[Model, tuple[str, ...]] = {}
    for model in apps.get_models():
        road = by_patient.get(model)
        ways: tuple[str, ...] = (road.lookup,) if road else ()
        if model not in _CROSSROADS and (road is None or road.gaps):
            ways += _by_person(model)
        if ways:
            found[model] = ways
    return found | _behind(found) | {User: ("patient", "carer__patient")}


def _behind(found: dict[Model, tuple[str, ...]]) -> dict[Model, tuple[str, ...]]:
    """Other models from which a chain of keys leads to one that is found."""
    more = {}
    for model, road in _spread({model: _Road(0, 0, "") for model in found}).items():
        if model not in found:
            key, _, rest = road.lookup.partition("__")
            nearest = model._meta.get_field(key).related_model
            more[model] = _through(key, rest, found, nearest)
    return more


def _through(key: str, rest: str, found: dict[Model, tuple[str, ...]], to: Any) -> tuple[str, ...]:
    """The ways of the model at the end of a chain of keys, with the chain in front of them."""
    chain = key
    while rest:
        step, _, rest = rest.partition("__")
        chain += f"__{step}"
        to = to._meta.get_field(step).related_model
    return tuple(f"{chain}__{way}".removesuffix("__") for way in found[to])


def _spread(roads: dict[Model, _Road]) -> dict[Model, _Road]:
    """All models from which a chain of keys leads to one of these."""
    roads = dict(roads)
    better = True
    while better:
        better = False
        for model in apps.get_models():
            for road in _steps(model, roads):
                if model not in roads or road < roads[model]:
                    roads[model] = road
                    better = True
    return roads


def _steps(model: Model, roads: dict[Model, _Road]) -> Iterable[_Road]:
    if model in _CROSSROADS:
        return
    for key in keys_of(model):
        onward = roads.get(key.remote_field.model)
        if onward is not None:
            lookup = f"{key.name}__{onward.lookup}".removesuffix("__")
            yield _Road(onward.gaps + key.null, onward.length + 1, lookup)


def _by_person(model: Model) -> tuple[str, ...]:
    keys = [key.name for key in keys_of(model) if key.remote_field.model is User]
    return tuple(f"{key}__{way}" for key in keys for way in ("patient", "carer__patient"))


def rows_of(patient: Patient, model: Model) -> QuerySet[Any]:
    """The rows of a model that are about this patient, in the order in which they were written."""
    about = Q()
    for lookup in roads()[model]:
        about |= Q(**{lookup or "pk": patient.pk})
    return model._default_manager.filter(about).order_by("pk")


def tables() -> list[Model]:
    """The models with rows about patients: the person first, then by name."""
    return sorted(roads(), key=lambda model: (model is not Patient, model._meta.label))
