"""Which visit of a patient comes next. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, NamedTuple, Protocol, TypeVar

from accounts import names
from patients.models import Patient, Visit


class VisitInSight(NamedTuple):
    """A visit as pages show it that read it with its patient. ``name``: of the patient."""

    pk: int
    day: date
    time: time | None
    state: str
    clinician_id: int
    patient_id: int
    name: str

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)


class _Timed(Protocol):
    """Whatever a page holds of a visit."""

    @property
    def pk(self) -> int: ...

    @property
    def day(self) -> date: ...

    @property
    def time(self) -> time | None: ...


AnyVisit = Visit | VisitInSight
V = TypeVar("V", Visit, VisitInSight)


class Moment(NamedTuple):
    """When a page showed that the next visit is; without a day it showed none."""

    day: date | None = None
    time: time | None = None


@dataclass(frozen=True)
class Ahead(Generic[V]):
    """The planned visits of a patient from a day on, as far as pages ask.

    ``today``: the first of that day; ``later``: the first of a later day
    """

    today: V | None = None
    later: V | None = None

    @property
    def next(self) -> V | None:
        """The one after the visit of today, for whoever sees the patient today."""
        return self.later or self.today

    @property
    def soonest(self) -> V | None:
        """The one to which the patient comes first."""
        return self.today or self.later


def in_order(visit: _Timed) -> tuple[date, bool, time, int]:
    """The sort key of ``VisitQuerySet.in_order``, for visits that were read."""
    return visit.day, visit.time is None, visit.time or time.min, visit.pk


def ahead_among(planned: Iterable[V], day: date) -> Ahead[V]:
    """``planned``: planned visits of one patient, in their order."""
    visits = list(planned)
    return Ahead(
        next((visit for visit in visits if visit.day == day), None),
        next((visit for visit in visits if visit.day > day), None),
    )


def ahead_of(patient: Patient, day: date) -> Ahead[Visit]:
    """The planned visits of a patient from a day on. One query."""
    visits = Visit.objects.planned().filter(patient=patient, day__gte=day)
    return ahead_among(visits.in_order().select_related("clinician"), day)


def next_visit(patient: Patient) -> Visit | None:
    """The visit that comes after today's, or else the one of today, while it is planned."""
    return ahead_of(patient, patient.clinic.today()).next


def later_visit(patient: Patient) -> Visit | None:
    """The first planned visit after today, which the forms show and move."""
    return ahead_of(patient, patient.clinic.today()).later
