"""The verb of looking at a patient again, after an answer to a stop named a day for it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from patients.models import LookedAgain, Patient
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.follow_up import next_look
from patients.standing.screening import may_train
from patients.summaries import refresh as summaries


@transaction.atomic
def looked_again(
    *, patient: Patient, by: User, words: str = "", look_again_on: date | None = None
) -> LookedAgain:
    """Note that a clinician looked at the patient again. The same again changes nothing.

    ``words``: for the record
    ``look_again_on``: None = no further look; who is not cleared is looked at again tomorrow

    Raises ``Refused``: not_yours, look_again_in_past, too_long.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    made = LookedAgain(patient=patient, by=by, words=guards.words(words))
    made.look_again_on = look_again_day(patient, look_again_on)
    if made.look_again_on is None and not may_train(patient):
        made.look_again_on = patient.clinic.today() + timedelta(days=1)
    if (before := _said_before(made)) is not None:
        return before
    made.save(force_insert=True)
    summaries.refresh(patient)
    return made


def look_again_day(patient: Patient, day: date | None) -> date | None:
    """The day itself. Raises ``Refused``: look_again_in_past."""
    if day is not None and day < patient.clinic.today():
        raise Refused("look_again_in_past")
    return day


def _said_before(made: LookedAgain) -> LookedAgain | None:
    """The same look, unless something was said since."""
    last = LookedAgain.objects.filter(patient=made.patient).last()
    newest = next_look(made.patient_id)
    if last is None or newest is None or newest.at != last.at:
        return None
    same = all(
        getattr(last, name) == getattr(made, name) for name in ("by_id", "words", "look_again_on")
    )
    return last if same else None
