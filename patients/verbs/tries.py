"""The verb of a try: somebody could not reach a patient whose stop waits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from patients.models import Stop, StopAnswer, StopTry
from patients.rules import guards
from patients.rules.refusals import Refused


@transaction.atomic
def could_not_reach(*, stop: Stop, by: User, try_again_at: datetime, words: str = "") -> StopTry:
    """Note that the patient could not be reached. The stop waits on. The same again is one try.

    ``try_again_at``: when somebody tries again; ``words``: for the record

    Raises ``Refused``: not_yours, stop_answered, try_again_in_past, too_long.
    """
    patient = guards.lock_patient(stop.patient)
    guards.own_clinician(by, patient.clinic_id)
    made = StopTry(stop=stop, by=by, try_again_at=try_again_at, words=guards.words(words))
    made.day = patient.clinic.day_of(made.at)
    last = StopTry.objects.filter(stop=stop).last()
    if last is not None and _content(last) == _content(made):
        return last
    given = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if given is not None:
        at = given.at.astimezone(patient.clinic.zone)
        raise Refused("stop_answered", name=given.by.short_name, at=at)
    if try_again_at <= made.at:
        raise Refused("try_again_in_past")
    made.save(force_insert=True)
    return made


def _content(made: StopTry) -> tuple[object, ...]:
    return (made.by_id, made.try_again_at, made.words)
