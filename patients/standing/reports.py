"""What reports say, read from their rows."""

from __future__ import annotations

from collections.abc import Iterable

from patients.models import Patient, Report, Stop
from patients.models.reports import Sign


def waiting_signs(patient: Patient, apart_from: Report | None = None) -> list[Sign]:
    """What the patient told before, of which a stop still waits for an answer.

    ``apart_from``: the report in whose place something else is told now
    """
    waiting = Stop.objects.unanswered().filter(patient=patient)
    return signs_of(waiting.select_related("practice", "report__taken_back_by"), apart_from)


def signs_of(stops: Iterable[Stop], apart_from: Report | None = None) -> list[Sign]:
    """What was told that made these stops. What was taken back does not count.

    A leg that an older entry told of has no side.
    """
    made = list(stops)
    told = {stop.report.newest.pk: stop.report.newest for stop in made if stop.report is not None}
    signs = [sign for report in told.values() if report != apart_from for sign in report.signs]
    return signs + [Sign(leg) for stop in made if (leg := _leg_of(stop))]


def _leg_of(stop: Stop) -> str | None:
    if stop.practice is None or not stop.needs_contact or stop.taken_back:
        return None
    return stop.practice.leg
