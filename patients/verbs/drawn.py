"""The verb of the person in the pictures: the patient chooses one, or different people again."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from curriculum.figures.people import Person
from patients.models import DrawnPerson, Patient
from patients.rules import guards
from patients.rules.refusals import Refused


@transaction.atomic
def choose(*, patient: Patient, person: Person | None, by: User) -> None:
    """Draw this person in the patient's pictures from now on; None = different people.

    Raises ``Refused``: erased, not_the_patient, person_too_late.
    """
    patient = guards.lock_patient(patient)
    if not (by.is_active and by.pk == patient.user_id):
        raise Refused("not_the_patient")
    if patient.archived_at is not None:
        raise Refused("person_too_late")
    if person is None:
        DrawnPerson.objects.filter(patient=patient).delete()
        return
    DrawnPerson.objects.update_or_create(patient=patient, defaults=asdict(person))
