"""What reports say, read from their rows."""

from __future__ import annotations

from patients.models import Patient, Practice, Report, Stop
from patients.standing.symptoms import Sign


def signs_of(told: Report) -> list[Sign]:
    return [Sign(row["kind"], row["side"], row["growing"]) for row in told.kinds]


def waiting_signs(patient: Patient, apart_from: Report | None = None) -> list[Sign]:
    """What the patient told before, of which a stop still waits for an answer.

    What was taken back does not count. A leg that an older entry told of has no side.
    ``apart_from``: the report in whose place something else is told now
    """
    stops = Stop.objects.unanswered().filter(patient=patient)
    reports = [told.newest for told in Report.objects.filter(stops__in=stops).distinct()]
    signs = [sign for told in reports if told != apart_from for sign in signs_of(told)]
    entries = Practice.objects.filter(stops__in=stops.needing_contact())
    return signs + [Sign(leg) for leg in entries.values_list("leg", flat=True) if leg]
