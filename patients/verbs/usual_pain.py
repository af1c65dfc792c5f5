"""The verbs of the usual pain: tell it, and see that it went up."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from patients.models import Patient, UsualPain
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.usual_pain import counts_at_once, told_by
from patients.summaries import refresh as summaries


@transaction.atomic
def set_usual_pain(*, patient: Patient, by: User, usual_pain: int | None) -> UsualPain:
    """Set the usual pain as the clinic was told it, 0-10 or None = unknown.

    Raises ``Refused``: not_yours, out_of_range.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    told = keep(patient, by, usual_pain)
    summaries.refresh(patient)
    return told


@transaction.atomic
def tell(*, patient: Patient, by: User, pain: int | None) -> UsualPain:
    """Keep what the patient says is usual this week. The same number again changes nothing.

    A number well above the lowest of late counts once a clinician has seen it.

    Raises ``Refused``: not_the_patient, nobody_reads, bad_pain.
    """
    patient = guards.lock_patient(patient)
    if not (by.is_active and by.pk == patient.user_id):
        raise Refused("not_the_patient")
    if patient.archived_at is not None:
        raise Refused("nobody_reads", clinic=patient.clinic.name, phone=patient.clinic.phone)
    if pain is None or pain not in range(11):
        raise Refused("bad_pain")
    told = keep(patient, by, pain)
    summaries.refresh(patient)
    return told


def keep(patient: Patient, by: User, pain: int | None) -> UsualPain:
    """Write the row, unless the last one of the day says the same. What the clinic sets counts.

    Raises ``Refused``: out_of_range.
    """
    guards.in_range(_("Usual pain"), pain, 0, 10)
    today = patient.clinic.today()
    latest = UsualPain.objects.filter(patient=patient).order_by("-pk").first()
    if latest is not None and (latest.day, latest.by_id, latest.pain) == (today, by.pk, pain):
        return latest
    row = UsualPain(patient=patient, by=by, day=today, pain=pain, accepted=True)
    if pain is not None and by.pk == patient.user_id:
        row.accepted = counts_at_once(pain, today, told_by(patient))
    row.save(force_insert=True)
    return row


def forget(patient: Patient, by: User) -> UsualPain:
    """Write that another pain is asked for from now on: the numbers until now say nothing of it."""
    today = patient.clinic.today()
    row = UsualPain(patient=patient, by=by, day=today, pain=None, accepted=True, anew=True)
    row.save(force_insert=True)
    return row


@transaction.atomic
def see(*, told: UsualPain, by: User, word: str) -> UsualPain:
    """Note that a clinician has seen that the usual pain went up. From then on it counts.

    Raises ``Refused``: not_yours, nothing_written, too_long, usual_seen, usual_told_again.
    """
    patient = guards.lock_patient(told.patient)
    guards.own_clinician(by, patient.clinic_id)
    text = guards.words(word, 500)
    seen = UsualPain.objects.filter(accepts=told).select_related("by").first()
    if seen is not None and (seen.by_id, seen.word) == (by.pk, text):
        return seen
    if seen is not None:
        raise Refused("usual_seen", name=seen.by.short_name)
    if UsualPain.objects.filter(patient=patient, pk__gt=told.pk).exists() or told.accepted:
        raise Refused("usual_told_again", patient=patient.short_name)
    if not text:
        raise Refused("nothing_written")
    row = UsualPain(patient=patient, by=by, day=told.day, pain=told.pain, accepted=True)
    row.accepts = told
    row.word = text
    row.save(force_insert=True)
    summaries.refresh(patient)
    return row
