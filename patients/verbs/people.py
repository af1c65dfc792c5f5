"""The verbs of a patient's coming and going: taken on, handed over, discharged, taken on again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from patients.models import Intake, Patient
from patients.models.precaution import Precaution
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import plan as plan_verbs


def _lead(lead: User, clinic_id: int) -> None:
    if not (lead.is_active and lead.is_clinician and lead.clinic_id == clinic_id):
        raise Refused("staff_only")


def _name(name: str) -> str:
    name = guards.words(name, 200)
    if not name:
        raise Refused("name_missing")
    return " ".join(name.split())


@transaction.atomic
def take_on(
    *,
    by: User,
    name: str,
    lead: User | None = None,
    referral_note: str = "",
    usual_pain: int | None = None,
) -> Patient:
    """Make a patient of the clinician's own clinic; the lead is the clinician unless another is
    named.

    Raises ``Refused``: not_yours, staff_only, name_missing, too_long, out_of_range.
    """
    guards.own_clinician(by, by.clinic_id)
    lead = lead or by
    _lead(lead, by.clinic_id)
    name = _name(name)
    user = User.objects.create_user(clinic=by.clinic, role=Role.PATIENT, name=name)
    patient = Patient.objects.create(
        clinic=by.clinic, user=user, lead=lead, name=name, referral_note=guards.words(referral_note)
    )
    if usual_pain is not None:
        set_usual_pain(patient=patient, by=by, usual_pain=usual_pain)
    summaries.refresh(patient)
    return patient


@transaction.atomic
def amend(
    *,
    patient: Patient,
    by: User,
    name: str,
    lead: User,
    referral_note: str,
    next_visit: date | None,
) -> Patient:
    """Change who the patient is to the clinic: name, lead, note, next visit. A visit that is over
    may stay as it is.

    Raises ``Refused``: not_yours, staff_only, name_missing, too_long, visit_in_past.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if lead.pk != patient.lead_id:
        _lead(lead, patient.clinic_id)
    if (
        next_visit is not None
        and next_visit != patient.next_visit
        and next_visit < patient.clinic.today()
    ):
        raise Refused("visit_in_past")
    patient.name = _name(name)
    patient.lead = lead
    patient.referral_note = guards.words(referral_note)
    patient.next_visit = next_visit
    patient.save(update_fields=["name", "lead", "referral_note", "next_visit"])
    User.objects.filter(pk=patient.user_id).update(name=patient.name)
    summaries.refresh(patient)
    return patient


@transaction.atomic
def set_usual_pain(*, patient: Patient, by: User, usual_pain: int | None) -> Intake:
    """Usual pain this week, 0-10 or unknown; the rest of the intake is carried on as it stood.

    Raises ``Refused``: not_yours, out_of_range.
    """
    latest = patient.intakes.last() or Intake()
    return take_intake(
        patient=patient,
        by=by,
        usual_pain=usual_pain,
        reason=latest.reason,
        goal=latest.goal,
        precautions=latest.precautions,
        equipment=latest.equipment,
    )


@transaction.atomic
def take_intake(
    *,
    patient: Patient,
    by: User,
    usual_pain: int | None,
    reason: str = "",
    goal: str = "",
    precautions: Sequence[dict[str, str]] = (),
    equipment: Sequence[str] = (),
) -> Intake:
    """Write down what was asked; the latest intake counts, and the same one again changes nothing.

    ``precautions``: list of {"key", "note"}; ``equipment``: slugs of what is at home.
    Raises ``Refused``: not_yours, out_of_range, too_long, bad_choice.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    guards.in_range(_("Usual pain"), usual_pain, 0, 10)
    asked = Intake(
        patient=patient,
        by=by,
        usual_pain=usual_pain,
        reason=guards.words(reason),
        goal=guards.words(goal),
        precautions=[_precaution(one) for one in precautions],
        equipment=sorted(equipment),
    )
    latest = patient.intakes.last()
    if latest is not None and _content(latest) == _content(asked):
        return latest
    asked.save()
    return asked


def _precaution(one: dict[str, str]) -> dict[str, str]:
    if one.get("key") not in Precaution.values:
        raise Refused("bad_choice")
    return {"key": one["key"], "note": guards.words(one.get("note", ""), 300)}


def _content(intake: Intake) -> tuple[object, ...]:
    return (intake.usual_pain, intake.reason, intake.goal, intake.precautions, intake.equipment)


@transaction.atomic
def discharge(*, patient: Patient, by: User) -> Patient:
    """End the running plan and set the patient aside; found by search only from then on. Nothing is
    lost.

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is None:
        plan = patient.running_plan()
        if plan is not None:
            plan_verbs.end(plan=plan, by=by, discharged=True)
        patient.archived_at = timezone.now()
        patient.archived_by = by
        patient.save(update_fields=["archived_at", "archived_by"])
        summaries.refresh(patient)
    return patient


@transaction.atomic
def take_back(*, patient: Patient, by: User) -> Patient:
    """Take a discharged patient on again; a plan is assigned afresh. Raises ``Refused``:
    not_yours."""
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is not None:
        patient.archived_at = patient.archived_by = None
        patient.save(update_fields=["archived_at", "archived_by"])
        summaries.refresh(patient)
    return patient
