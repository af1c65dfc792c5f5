"""Checks that verbs share: locks, who may act, limits of text and numbers."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from accounts import typed
from accounts.models import User
from accounts.prepared import Prepared
from patients.models import EVERY_DAY, Carer, Patient, Plan, Screening, Stop
from patients.models.load import LEAST_KG, MOST_KG
from patients.rules.refusals import Refused

#: Letters that a column holds of a form's number.
FORM_NUMBER_LIMIT = 64

WORDS_LIMIT = 2000


def lock(plan: Plan) -> Plan:
    """Lock the plan until the transaction ends, and return it as the database has it now.

    Raises ``TransactionManagementError`` outside ``atomic``, ``Plan.DoesNotExist`` for a plan that
    is gone.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("lock is only held inside atomic")
    locked = _locked.first(pk=plan.pk)
    if locked is None:
        raise Plan.DoesNotExist
    return locked


_locked = Prepared(
    lambda pk: (
        # no_key: other transactions may still write rows that refer to the plan, so two locks taken
        # in a different order do not wait for each other for ever.
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("patient", "clinic", "ladder", "goal_rung")
        .filter(pk=pk)
        .order_by()
    ),
    pk=int,
)


def lock_patient(patient: Patient) -> Patient:
    """Lock the patient until the transaction ends, and return them as the database has them now.

    Refuse ``erased``: nothing more is written about somebody who was erased.
    """
    locked = (
        Patient.objects.select_for_update(of=("self",), no_key=True)
        .select_related("clinic")
        .get(pk=patient.pk)
    )
    if locked.erased_at is not None:
        raise Refused("erased")
    return locked


def lock_with_plan(patient: Patient) -> tuple[Patient, Plan | None]:
    """Lock the patient, and then the plan that runs, if one does."""
    locked = lock_patient(patient)
    plan = locked.running_plan()
    return locked, lock(plan) if plan is not None else None


def own_clinician(by: User, clinic_id: int) -> None:
    """Refuse ``not_yours`` unless ``by`` is an active clinician of that clinic."""
    if not (by.is_active and by.is_clinician and by.clinic_id == clinic_id):
        raise Refused("not_yours")


def own_person(by: User, plan: Plan) -> None:
    """Refuse ``not_the_patient`` unless ``by`` is the patient or a clinician of their clinic."""
    patient_or_clinic(by, plan.patient)


def patient_or_clinic(by: User, patient: Patient) -> None:
    """Do the same as ``own_person`` for a patient, who may have no plan."""
    if by.is_active and (
        by.pk == patient.user_id or (by.is_clinician and by.clinic_id == patient.clinic_id)
    ):
        return
    raise Refused("not_the_patient")


def patient_carer_or_clinic(by: User, patient: Patient) -> None:
    """Do the same as ``patient_or_clinic``, and let a carer of the patient through."""
    if by.is_carer:
        helps = Carer.objects.running().filter(user=by, patient=patient)
        if not (by.is_active and helps.exists()):
            raise Refused("not_the_patient")
    else:
        patient_or_clinic(by, patient)


def own_words(by: User, written_by: int) -> None:
    """Refuse ``not_your_words`` to a carer who would change what somebody else wrote."""
    if by.is_carer and written_by != by.pk:
        raise Refused("not_your_words")


def running(plan: Plan) -> None:
    """Refuse ``plan_ended`` when the plan has ended."""
    if plan.ended_on is not None:
        raise Refused("plan_ended")


def some_weekday(weekdays: int | None) -> None:
    """Refuse ``no_weekday`` unless it is a bit mask with a weekday (bit 0 is Monday), or None."""
    if weekdays is not None and not 1 <= weekdays <= EVERY_DAY:
        raise Refused("no_weekday")


def screened(patient: Patient) -> None:
    """Refuse while the patient was never screened, or is not cleared."""
    latest = Screening.objects.newest_of(patient).first()
    if latest is None:
        raise Refused("not_screened", patient=patient.short_name)
    if not latest.allows:
        raise Refused("not_cleared", patient=patient.short_name)


def not_stopped(patient: Patient, *, urgent: bool = False) -> None:
    """Refuse ``stop_unanswered`` while a stop of the patient waits for an answer.

    ``urgent``: only while an urgent one does
    """
    waiting = Stop.objects.unanswered().filter(patient=patient)
    if (waiting.urgent() if urgent else waiting).exists():
        raise Refused("stop_unanswered", patient=patient.short_name)


def form_number(client_id: str) -> str:
    """The number of a form as a column holds it; empty if there is none. None is refused."""
    text = "".join(letter for letter in str(client_id) if letter.isprintable()).strip()
    return hashlib.sha256(text.encode()).hexdigest() if len(text) > FORM_NUMBER_LIMIT else text


def words(text: str | None, limit: int = WORDS_LIMIT) -> str:
    """A person's text, by ``accounts.typed``. Refuse ``too_long`` above ``limit`` characters."""
    return _short(typed.text(text), limit)


def one_line(text: str | None, limit: int) -> str:
    """A person's text as one line. Refuse ``too_long`` above ``limit`` characters."""
    return _short(typed.line(text), limit)


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused("too_long", limit=limit)
    return text


def kilograms(kg: Decimal | float) -> Decimal:
    """A weight in kg, rounded to one decimal. Refuse ``out_of_range`` for any other, and NaN."""
    exact = Decimal(str(kg))
    if exact.is_nan() or not LEAST_KG <= exact <= MOST_KG:
        raise Refused("out_of_range", field=_("Weight in kg"), low=f"{LEAST_KG}", high=MOST_KG)
    return exact.quantize(Decimal("0.1"))


def in_range(field: str, value: float | None, low: float, high: float) -> None:
    """Refuse ``out_of_range`` unless ``value`` is None or from ``low`` to ``high``."""
    if value is not None and not low <= value <= high:
        raise Refused("out_of_range", field=field, low=low, high=high)
