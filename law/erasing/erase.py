"""The verb that erases a person: names and words go, what was practised and decided stays."""

from __future__ import annotations

import logging
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit, links, sessions
from accounts.models import Event, User
from accounts.names import ERASED
from accounts.typed import line, text
from law import reach
from law.erasing.outline import kept_until
from law.erasing.scrub import clean_file, overwrite_what_goes
from law.erasing.words import GONE, blanked, erased_as, with_words
from law.models import Erasure
from law.refusals import Refused, own_owner
from patients.models import Carer, Patient
from patients.rules import guards
from patients.summaries import name_parts
from patients.summaries import refresh as summaries
from patients.verbs import carers as carer_verbs
from trail.models import Access, Act

log = logging.getLogger("hinge")
#: What names the person, or is told of them in words, in their own row.
_NOTHING_LEFT: dict[str, Any] = {
    "name": ERASED,
    "formal_name": "",
    "born_on": None,
    "number": "",
    "phone": "",
    "other_phone": "",
    "email": "",
    "referral_note": "",
    "next_visit": None,
}


def asked_for(patient: Patient) -> str:
    """What the owner types, so that nobody else is erased: the clinic's number, or the name."""
    return patient.number or patient.name


@transaction.atomic
def erase(
    *,
    patient: Patient,
    by: User | None,
    typed: str,
    why: str = "",
    request: HttpRequest | None = None,
) -> Patient:
    """Erase somebody who was discharged. ``by``: the owner; None for a command and the job.

    Raises ``Refused``: erased, owner_only, not_discharged, wrong_person, kept_until.
    """
    patient = guards.lock_patient(patient)
    why = text(why)
    _check(patient, by, typed, why)
    overwrite_what_goes(connection)
    _take_ways_in(patient, by)
    for model in blanked():
        for name, instead in erased_as(model).items():
            with_words(patient, model, name).update(**{name: instead})
    sessions.forget_names(patient.clinic, request)
    _blank_trail(patient)
    _blank_person(patient)
    Erasure.objects.create(patient=patient, by=by, why=why)
    audit.record("erased", actor=by, subject=patient.user, request=request)
    log.warning("patient %s was erased", patient.pk)
    transaction.on_commit(clean_file)
    return patient


def _check(patient: Patient, by: User | None, typed: str, why: str) -> None:
    if by is not None:
        own_owner(by, patient.clinic_id)
    until = kept_until(patient)
    if until is None:
        raise Refused("not_discharged", patient=patient.name)
    if line(typed).casefold() != asked_for(patient).casefold():
        raise Refused("wrong_person", expected=asked_for(patient))
    if patient.clinic.today() <= until and not why:
        raise Refused("kept_until", day=f"{until:%Y-%m-%d}")
    if not may_blank():
        raise Refused("by_who_runs_it", number=patient.pk)


def may_blank() -> bool:
    """Whether who is connected may blank what is kept for good: not the role of PostgreSQL that
    serves, where another one owns the tables."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, 'address', 'UPDATE')", [Event._meta.db_table]
        )
        return bool(cursor.fetchone()[0])


def _take_ways_in(patient: Patient, by: User | None) -> None:
    """End every sign-in, and take the links and phones by which one could begin."""
    for carer in Carer.objects.filter(patient=patient).select_related("user"):
        if carer.ended_at is None:
            carer_verbs.end_access(carer, by)
        User.objects.filter(pk=carer.user_id).update(name=ERASED)
    links.sign_out_everywhere(patient.user)
    for model in GONE:
        keys = reach.rows_of(patient, model).values_list("pk", flat=True)
        model._default_manager.filter(pk__in=list(keys)).delete()
    user = User.objects.get(pk=patient.user_id)
    user.is_active = False
    user.name = ERASED
    user.save(update_fields=["is_active", "name"])


def _blank_trail(patient: Patient) -> None:
    """Take the networks and devices of the person's own acts, and of who helped. Those of the staff
    stay: they say who looked. What was refused stays as it was: its network tells it apart."""
    nowhere = {"address": "", "device": ""}
    own = [patient.user_id, *patient.carers.values_list("user_id", flat=True)]
    Event.objects.filter(actor__in=own).update(**nowhere)
    Access.objects.filter(actor__in=own).exclude(act=Act.REFUSED).update(**nowhere)


def _blank_person(patient: Patient) -> None:
    for column, nothing in _NOTHING_LEFT.items():
        setattr(patient, column, nothing)
    patient.erased_at = timezone.now()
    patient.save(update_fields=[*_NOTHING_LEFT, "erased_at"])
    name_parts.write(patient)
    summaries.refresh(patient)
