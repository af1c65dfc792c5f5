"""Reads who waits for the clinic, and when the clinic last decided about each. Two queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from patients.models import Screening, Stop
from patients.models.screening import allows_training
from patients.numbers.wanted import Wanted


@dataclass(frozen=True)
class Attended:
    """Of the patients with a plan that runs.

    ``waiting``: a stop of theirs has no answer, or they are not cleared to train
    ``last``: the day of the newest answer or screening
    """

    waiting: Collection[int]
    last: Mapping[int, date]


def attended(wanted: Wanted) -> Attended:
    patients = wanted.running().filter(ended_on__isnull=True).order_by().values("patient")
    waiting: set[int] = set()
    last: dict[int, date] = {}
    screenings = Screening.objects.standing().filter(patient__in=patients).order_by("pk")
    for patient, outcome, at in screenings.values_list("patient_id", "outcome", "at"):
        (waiting.discard if allows_training(outcome) else waiting.add)(patient)
        last[patient] = wanted.clinic.day_of(at)
    stops = Stop.objects.filter(patient__in=patients).order_by().values_list("patient_id")
    unanswered = Count("pk", filter=Q(answer__isnull=True))
    for patient, count, at in stops.annotate(n=unanswered, at_last=Max("answer__at")):
        if count:
            waiting.add(patient)
        if at is not None:
            last[patient] = max(wanted.clinic.day_of(at), last.get(patient, wanted.since))
    return Attended(waiting, last)
