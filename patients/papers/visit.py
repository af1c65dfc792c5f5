"""One visit as the visit note reads it: its day, the plans of the day, and what came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from patients.models import (
    Contact,
    Finding,
    Intake,
    Letter,
    Patient,
    Plan,
    Prescription,
    Review,
    ReviewKind,
    Screening,
    StopAnswer,
    Tick,
)


@dataclass(frozen=True)
class Visit:
    """``plans``: those of the day, older first
    ``since``: the moment after which the note tells what was told; None = from the beginning
    ``begins``, ``ends``: the first moment of the day and of the next one
    """

    patient: Patient
    day: date
    begins: datetime
    ends: datetime
    plans: Sequence[Plan]
    since: datetime | None

    def of_day(self, rows: QuerySet[Any], column: str = "at") -> QuerySet[Any]:
        return rows.filter(**{f"{column}__gte": self.begins, f"{column}__lt": self.ends})

    @property
    def since_day(self) -> date | None:
        return None if self.since is None else self.patient.clinic.day_of(self.since)

    @property
    def is_today(self) -> bool:
        return self.day == self.patient.clinic.today()

    def in_window(self, moment: datetime) -> bool:
        """Whether something happened since the last visit, and not after this one."""
        return moment < self.ends and (self.since is None or moment > self.since)


def plans_on(patient: Patient, day: date) -> list[Plan]:
    """The plans that ran on a day, older first. There are two if one followed the other."""
    plans = (
        patient.plans.filter(started_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day))
        .order_by("pk")
    )
    return list(
        plans.select_related("patient", "clinic", "ladder", "goal_rung", "assigned_by", "ended_by")
    )


def visit_on(patient: Patient, day: date, since: date | None = None) -> Visit:
    """The visit of a day. ``since``: a day from whose morning on it tells; None = last visit."""
    begins, ends = patient.clinic.day_span(day)
    told_since = (
        patient.clinic.day_span(since)[0] if since is not None else last_visit(patient, begins)
    )
    return Visit(patient, day, begins, ends, plans_on(patient, day), told_since)


def anything_on(patient: Patient, day: date) -> bool:
    """Whether there is something to note of a day: a plan ran, or a clinician saw or wrote."""
    begins, ends = patient.clinic.day_span(day)
    if plans_on(patient, day):
        return True
    for rows in (patient.record_notes.all(), Letter.objects.filter(patient=patient)):
        if rows.filter(at__gte=begins, at__lt=ends).exists():
            return True
    latest = last_visit(patient, ends)
    return latest is not None and latest >= begins


def last_visit(patient: Patient, before: datetime) -> datetime | None:
    """The last moment at which a clinician saw the patient or prescribed; None = never.

    Answers by telephone, messages and notes do not count.
    """
    acts = [rows.filter(at__lt=before) for rows in _acts(patient)]
    moments = [rows.aggregate(last=Max("at"))["last"] for rows in acts]
    return max((moment for moment in moments if moment is not None), default=None)


def _acts(patient: Patient) -> Iterator[QuerySet[Any]]:
    yield Review.objects.filter(plan__patient=patient).exclude(kind=ReviewKind.CARRIED)
    for model in (Tick, Finding, Prescription):
        yield model._default_manager.filter(plan__patient=patient)
    yield Intake.objects.filter(patient=patient)
    yield Screening.objects.filter(patient=patient, by__isnull=False)
    yield StopAnswer.objects.filter(stop__patient=patient, contact=Contact.SEEN)
