"""The visits of the demo: today's in their order, one that nobody marked, one that was missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from django.utils import timezone

from patients.models import Patient, Visit, VisitState

#: Whose visit, in how many days, at which time, and what became of it.
VISITS = (
    ("Maya Roos", 0, "08:20", VisitState.KEPT),
    ("Priya Varma", 0, "09:00", VisitState.PLANNED),
    ("Linnea Strand", 0, "09:40", VisitState.PLANNED),
    ("Astrid Alm", 0, "10:20", VisitState.PLANNED),
    ("Nora Ek", 0, "13:40", VisitState.PLANNED),
    ("Oskar Dahl", -1, "15:00", VisitState.PLANNED),
    ("Lena Mori", -3, "11:00", VisitState.MISSED),
    ("Maya Roos", 7, "08:20", VisitState.PLANNED),
)


def plan_visits(patients: Sequence[Patient]) -> None:
    """Add the visits. The caller makes the summaries."""
    named = {patient.name: patient for patient in patients}
    Visit.objects.bulk_create(
        _visit(named[name], days, clock, state)
        for name, days, clock, state in VISITS
        if name in named
    )


def _visit(patient: Patient, days: int, clock: str, state: VisitState) -> Visit:
    planned = state == VisitState.PLANNED
    return Visit(
        patient=patient,
        day=patient.clinic.today() + timedelta(days=days),
        time=time.fromisoformat(clock),
        clinician=patient.lead,
        by=patient.lead,
        state=state,
        said_by=None if planned else patient.lead,
        said_at=None if planned else timezone.now(),
    )
