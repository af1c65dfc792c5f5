"""Checks of answers to stops that were taken back. ``verify`` runs these too."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from patients.models import Answer, Screening, Stop, StopAnswer
from patients.rules.periods import UNDO

#: What a stop that waits again shares with the one that was answered.
SHARED = ("patient_id", "plan_id", "practice_id", "morning_id", "report_id", "cause", "high", "at")


def reopened() -> Iterator[str]:
    """A stop that waits again is as the answered one was, and its answer was taken back in time."""
    for stop in Stop.objects.filter(reopens__isnull=False).select_related("reopens__stop"):
        given = stop.reopens
        if given is None or stop.reopened_at is None:
            continue
        before = given.stop
        if any(getattr(stop, name) != getattr(before, name) for name in SHARED):
            yield f"stop {stop.pk}: waits again, and is not as stop {before.pk} was"
        if not given.at <= stop.reopened_at <= given.at + UNDO:
            yield f"stop {stop.pk}: its answer was taken back too late, or before it was given"
        if given.action in {Answer.WITHDRAW, Answer.CORRECTED}:
            yield f"stop {stop.pk}: takes back “{given.action}”, which stays"


def halves() -> Iterator[str]:
    """Of the answers of one press all were taken back, or none."""
    others = StopAnswer.objects.filter(act=OuterRef("pk"), reopened_by__isnull=False)
    taken_back = Q(act__reopened_by__isnull=False) | Exists(others)
    for given in StopAnswer.objects.standing().filter(taken_back):
        yield f"answer {given.pk}: stands, though its act was taken back"


def screenings() -> Iterator[str]:
    """A screening names only an answer about the same patient, by the same clinician."""
    strange = ~Q(answer__stop__patient=F("patient")) | ~Q(answer__by=F("by"))
    for row in Screening.objects.filter(strange, answer__isnull=False):
        yield f"screening {row.pk}: its answer is of somebody else"


CHECKS = (reopened, halves, screenings)
