"""What every verb checks first: who acts, on a plan that is locked and read afresh."""

from __future__ import annotations

from django.db import connection
from django.db.transaction import TransactionManagementError

from accounts.models import User
from accounts.prepared import Prepared
from patients.models import Patient, Plan, Stop
from patients.rules.refusals import Refused

WORDS_LIMIT = 2000


def lock(plan: Plan) -> Plan:
    """The plan as the database has it now, held until the transaction ends. Call inside
    ``atomic``."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("lock is only held inside atomic")
    locked = _locked.first(pk=plan.pk)
    if locked is None:
        raise Plan.DoesNotExist
    return locked


_locked = Prepared(
    lambda pk: (
        # no_key: rows that refer to the plan may be written meanwhile, so two locks in other order
        # cannot tie.
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("patient", "clinic", "ladder", "goal_rung")
        .filter(pk=pk)
        .order_by()
    ),
    pk=int,
)


def lock_patient(patient: Patient) -> Patient:
    return (
        Patient.objects.select_for_update(of=("self",), no_key=True)
        .select_related("clinic")
        .get(pk=patient.pk)
    )


def own_clinician(by: User, clinic_id: int) -> None:
    """Refuses ``not_yours`` unless ``by`` is an active clinician of that clinic."""
    if not (by.is_active and by.is_clinician and by.clinic_id == clinic_id):
        raise Refused("not_yours")


def own_person(by: User, plan: Plan) -> None:
    """Refuses ``not_the_patient`` unless ``by`` is the plan's patient or a clinician of their
    clinic."""
    patient_or_clinic(by, plan.patient)


def patient_or_clinic(by: User, patient: Patient) -> None:
    """The same for a patient, with or without a plan."""
    if by.is_active and (
        by.pk == patient.user_id or (by.is_clinician and by.clinic_id == patient.clinic_id)
    ):
        return
    raise Refused("not_the_patient")


def running(plan: Plan) -> None:
    if plan.ended_on is not None:
        raise Refused("plan_ended")


def not_stopped(plan: Plan) -> None:
    if Stop.objects.unanswered().filter(plan=plan).exists():
        raise Refused("stop_unanswered", patient=plan.patient.short_name)


def words(text: str, limit: int = WORDS_LIMIT) -> str:
    """What a person wrote, trimmed; refused when longer than ``limit`` characters."""
    # PostgreSQL cannot store NUL in text, and no person means one.
    text = (text or "").replace("\x00", "").strip()
    if len(text) > limit:
        raise Refused("too_long", limit=limit)
    return text


def in_range(field: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise Refused("out_of_range", field=field, low=low, high=high)
