"""The verbs of a patient's calendar: give it a new secret address, choose another time, end it."""

from __future__ import annotations

import secrets
from datetime import time

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.session_store import digest
from patients.models import Patient, PracticeFeed
from patients.rules import guards
from patients.rules.refusals import Refused


@transaction.atomic
def make(*, patient: Patient, reminds_at: time, by: User) -> str:
    """Make a new secret for the patient's calendar, and return it. The one before it ends.

    Raises ``Refused``: erased, not_the_patient, reminders_too_late.
    """
    patient = _theirs(patient, by)
    token = secrets.token_urlsafe(32)
    columns = {
        "token_digest": digest(token),
        "reminds_at": reminds_at,
        "made_at": timezone.now(),
    }
    PracticeFeed.objects.update_or_create(patient=patient, defaults=columns)
    audit.record("practice_feed_made", actor=by, subject=by)
    return token


@transaction.atomic
def move(*, patient: Patient, reminds_at: time, by: User) -> PracticeFeed:
    """Remind at another time of the day; the address stays.

    Raises ``Refused``: erased, not_the_patient, reminders_too_late, reminders_ended.
    """
    patient = _theirs(patient, by)
    feed = PracticeFeed.objects.filter(patient=patient).first()
    if feed is None:
        raise Refused("reminders_ended")
    feed.reminds_at = reminds_at
    feed.save(update_fields=["reminds_at"])
    return feed


@transaction.atomic
def end(*, patient: Patient, by: User) -> bool:
    """End the patient's calendar. Ending it again changes nothing.

    Raises ``Refused``: erased, not_the_patient.
    """
    patient = guards.lock_patient(patient)
    _only_the_patient(patient, by)
    ended, _rows = PracticeFeed.objects.filter(patient=patient).delete()
    if ended:
        audit.record("practice_feed_ended", actor=by, subject=by)
    return bool(ended)


def _theirs(patient: Patient, by: User) -> Patient:
    patient = guards.lock_patient(patient)
    _only_the_patient(patient, by)
    if patient.archived_at is not None:
        raise Refused("reminders_too_late")
    return patient


def _only_the_patient(patient: Patient, by: User) -> None:
    if not (by.is_active and by.pk == patient.user_id):
        raise Refused("not_the_patient")
