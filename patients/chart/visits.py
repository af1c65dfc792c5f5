"""The visits of a patient that a chart shows: what is planned, and the place of today's visit among
those of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray

from patients.models import Patient, Visit, VisitState
from patients.models.functions import JsonRows
from patients.standing.visits import Ahead, VisitInSight, ahead_among, in_order

_COLUMNS = ("pk", "day", "time", "state", "clinician", "patient", "patient__name")


@dataclass(frozen=True)
class PlaceInDay:
    """Today's visit of the patient among all visits of its clinician today.

    ``number``: the first is 1; ``before``, ``after``: the visits beside it
    """

    visit: VisitInSight
    number: int
    of: int
    before: VisitInSight | None = None
    after: VisitInSight | None = None


@dataclass(frozen=True)
class VisitsInSight:
    ahead: Ahead[VisitInSight]
    place: PlaceInDay | None = None


def with_visits(patients: QuerySet[Patient], day: date) -> QuerySet[Patient]:
    """Patients with what ``visits_in_sight`` reads: no further query."""
    own = Visit.objects.standing().filter(patient=OuterRef(OuterRef("pk")), day=day)
    beside = Q(day=day, patient__archived_at=None, clinician__in=own.values("clinician"))
    ahead = Q(patient=OuterRef("pk"), day__gte=day, state=VisitState.PLANNED)
    rows = Visit.objects.standing().filter(ahead | beside).order_by()
    in_one = rows.values(rows=JsonRows(JSONArray(*_COLUMNS)))
    return patients.annotate(visit_rows=Subquery(in_one))


def visits_in_sight(patient: Patient, day: date) -> VisitsInSight:
    """``patient``: as ``with_visits`` reads them on this day."""
    visits = sorted(map(_in_sight, vars(patient)["visit_rows"] or []), key=in_order)
    planned = (
        visit
        for visit in visits
        if visit.patient_id == patient.pk and visit.state == VisitState.PLANNED
    )
    of_day = [visit for visit in visits if visit.day == day]
    return VisitsInSight(ahead_among(planned, day), _place(patient, of_day))


def _in_sight(row: Sequence[Any]) -> VisitInSight:
    """``row``: of the columns, as JSON has them."""
    pk, day, at, *others = row
    at = None if at is None else time.fromisoformat(at)
    return VisitInSight(pk, date.fromisoformat(day), at, *others)


def _place(patient: Patient, of_day: Sequence[VisitInSight]) -> PlaceInDay | None:
    """The visit that waits, or else the one that is over, among those with the same clinician."""
    own = [visit for visit in of_day if visit.patient_id == patient.pk]
    if not own or patient.archived_at is not None:
        return None
    visit = next((one for one in own if one.state == VisitState.PLANNED), own[-1])
    listed = [one for one in of_day if one.clinician_id == visit.clinician_id]
    at = listed.index(visit)
    beside = dict(enumerate(listed))
    return PlaceInDay(visit, at + 1, len(listed), beside.get(at - 1), beside.get(at + 1))
