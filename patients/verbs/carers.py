"""The verbs of carers: name one, end their access, let them read.

Naming opens nothing by itself: somebody of the clinic hands the link over.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import audit, links
from accounts.models import Role, User
from patients.models import Carer, Patient
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.verbs import identity as identity_verbs

#: So many help a patient at once.
AT_MOST = 5


@transaction.atomic
def name(*, patient: Patient, name: str, by: User) -> Carer:
    """Name somebody who helps a patient. The same name again is the same carer.

    Raises ``Refused``: erased, not_the_patient, name_missing, too_long, carer_too_late,
    too_many_carers.
    """
    patient = guards.lock_patient(patient)
    guards.patient_or_clinic(by, patient)
    called = identity_verbs.clean_name(name)
    if patient.archived_at is not None:
        raise Refused("carer_too_late", clinic=patient.clinic.name, phone=patient.clinic.phone)
    running = list(Carer.objects.running().filter(patient=patient).select_related("user"))
    for carer in running:
        if carer.user.name == called:
            return carer
    if len(running) >= AT_MOST:
        raise Refused("too_many_carers", most=AT_MOST)
    user = User.objects.create_user(clinic=patient.clinic, role=Role.CARER, name=called)
    made = Carer.objects.create(patient=patient, user=user, named_by=by)
    audit.record("carer_named", actor=by, subject=patient.user)
    return made


@transaction.atomic
def end(*, carer: Carer, by: User) -> Carer:
    """End a carer's access at once: link, phones and sign-ins. Ending again changes nothing.

    Raises ``Refused``: erased, not_the_patient.
    """
    patient = guards.lock_patient(carer.patient)
    guards.patient_or_clinic(by, patient)
    carer = Carer.objects.select_related("user").get(pk=carer.pk)
    if carer.ended_at is None:
        end_access(carer, by)
        audit.record("carer_ended", actor=by, subject=patient.user)
    return carer


def end_access(carer: Carer, by: User | None) -> None:
    """Take the link back and sign every phone out. ``by``: None for a command."""
    links.take_away(carer.user)
    User.objects.filter(pk=carer.user_id).update(is_active=False)
    carer.ended_at = timezone.now()
    carer.ended_by = by
    carer.may_read = False
    carer.save(update_fields=["ended_at", "ended_by", "may_read"])


@transaction.atomic
def allow_reading(*, carer: Carer, allowed: bool, by: User) -> Carer:
    """Let a carer read ladder, history and messages, or end that. The patient alone decides.

    Raises ``Refused``: erased, not_the_patient, carer_too_late, carer_of_nobody.
    """
    patient = guards.lock_patient(carer.patient)
    if not (by.is_active and by.pk == patient.user_id):
        raise Refused("not_the_patient")
    carer = Carer.objects.get(pk=carer.pk)
    if carer.may_read == allowed:
        return carer
    if carer.ended_at is not None:
        raise Refused("carer_of_nobody")
    if allowed and patient.archived_at is not None:
        raise Refused("carer_too_late", clinic=patient.clinic.name, phone=patient.clinic.phone)
    carer.may_read = allowed
    carer.save(update_fields=["may_read"])
    audit.record(
        "carer_may_read" if allowed else "carer_reads_no_more", actor=by, subject=patient.user
    )
    return carer
