"""How often somebody tried to reach a patient whose stop waits."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from patients.models import Patient, Stop, StopTry

#: On so many different days somebody tries before a letter is an answer: a clinic default.
DAYS_OF_TRIES = 2


def tries_for(patient: Patient) -> list[StopTry]:
    """The tries since what waits now was told, oldest first.

    A stop that waits again has those from before its answer too: it is as the answered one was.
    """
    waits = Stop.objects.unanswered().filter(
        patient=patient, cause=OuterRef("stop__cause"), at=OuterRef("stop__at")
    )
    tries = StopTry.objects.filter(Exists(waits), stop__patient=patient)
    return list(tries.select_related("by"))


def may_write_a_letter(patient: Patient) -> bool:
    return enough_tries(tries_for(patient))


def enough_tries(tries: Iterable[StopTry]) -> bool:
    """Whether somebody tried on enough days to write a letter instead."""
    return len({one.day for one in tries}) >= DAYS_OF_TRIES
