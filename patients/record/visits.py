"""Every visit of a patient, for the page that lists them. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patients.models import Patient, Visit, VisitState

#: So many visits that are over does the page show; the export has all.
OVER = 100


@dataclass(frozen=True)
class EveryVisit:
    """``ahead``: planned from today on, the next first; ``over``: all others, the newest first."""

    ahead: Sequence[Visit]
    over: Sequence[Visit]


def every_visit(patient: Patient) -> EveryVisit:
    visits = Visit.objects.filter(patient=patient).select_related("clinician", "by", "said_by")
    today = patient.clinic.today()
    ahead = visits.filter(state=VisitState.PLANNED, day__gte=today)
    over = visits.exclude(pk__in=ahead.values("pk")).in_order().reverse()
    return EveryVisit(list(ahead.in_order()), list(over[:OVER]))
