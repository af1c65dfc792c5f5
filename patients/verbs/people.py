"""The verbs of patients: take on, amend, take an intake, discharge, take on again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from patients.models import Intake, Patient
from patients.rules import guards
from patients.rules.periods import UNDO
from patients.rules.refusals import Refused
from patients.standing.usual_pain import usual_now
from patients.summaries import name_parts
from patients.summaries import refresh as summaries
from patients.verbs import first_visit as visit_verbs
from patients.verbs import home_weights
from patients.verbs import identity as identity_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import usual_pain as usual_pain_verbs


def _check_lead(lead: User, clinic_id: int) -> None:
    if not (lead.is_active and lead.is_clinician and lead.clinic_id == clinic_id):
        raise Refused("staff_only")


@transaction.atomic
def take_on(
    *,
    by: User,
    name: str,
    formal_name: str = "",
    lead: User | None = None,
    referral_note: str = "",
    usual_pain: int | None = None,
) -> Patient:
    """Create a patient of the clinician's own clinic. ``lead``: None = the clinician.

    Raises ``Refused``: not_yours, staff_only, name_missing, too_long, out_of_range.
    """
    guards.own_clinician(by, by.clinic_id)
    lead = lead or by
    _check_lead(lead, by.clinic_id)
    name = identity_verbs.clean_name(name)
    formal_name = guards.one_line(formal_name, identity_verbs.NAME)
    user = User.objects.create_user(clinic=by.clinic, role=Role.PATIENT, name=name)
    patient = Patient.objects.create(
        clinic=by.clinic,
        user=user,
        lead=lead,
        name=name,
        formal_name=formal_name,
        referral_note=guards.words(referral_note),
    )
    if usual_pain is not None:
        usual_pain_verbs.keep(patient, by, usual_pain)
    name_parts.make([patient])
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
) -> Patient:
    """Change the patient's name, lead and referral note.

    Raises ``Refused``: not_yours, staff_only, name_missing, too_long.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if lead.pk != patient.lead_id:
        _check_lead(lead, patient.clinic_id)
    identity_verbs.keep_names(patient, by, identity_verbs.clean_name(name), patient.formal_name)
    identity_verbs.keep_columns(patient, by, lead=lead, referral_note=guards.words(referral_note))
    outbox_verbs.post(patient)
    summaries.refresh(patient)
    return patient


@transaction.atomic
def take_intake(
    *,
    patient: Patient,
    by: User,
    usual_pain: int | None,
    reason: str = "",
    goal: str = "",
    equipment: Sequence[str] = (),
    weights: Mapping[str, Sequence[Decimal]] | None = None,
) -> Intake:
    """Record an intake; the latest counts. The same answers again return the latest intake.

    ``equipment``: slugs of the equipment at home
    ``weights``: the kilograms of each kind at home, as ``home_weights.tell`` takes them; None = as
    they are

    Raises ``Refused``: not_yours, out_of_range, too_long, and those of ``home_weights.tell``.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    for kind, kilograms in (weights or {}).items():
        home_weights.tell(patient=patient, by=by, kind=kind, kilograms=kilograms)
    guards.in_range(_("Usual pain"), usual_pain, 0, 10)
    intake = Intake(
        patient=patient,
        by=by,
        usual_pain=usual_pain,
        reason=guards.words(reason),
        goal=guards.words(goal),
        equipment=sorted(equipment),
    )
    latest = patient.intakes.last()
    if latest is not None and _content(latest) == _content(intake):
        return latest
    intake.save()
    if usual_pain != usual_now(patient):
        # The form repeats a number that still counts: nobody told it again.
        usual_pain_verbs.keep(patient, by, usual_pain)
    summaries.refresh(patient)
    return intake


def _content(intake: Intake) -> tuple[object, ...]:
    return (intake.usual_pain, intake.reason, intake.goal, intake.equipment)


@transaction.atomic
def discharge(*, patient: Patient, by: User) -> Patient:
    """End the running plan and archive the patient. Nothing is deleted.

    From then on only a search finds the patient. Discharging again changes nothing.

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is None:
        plan = patient.running_plan()
        if plan is not None:
            plan_verbs.end(plan=plan, by=by, discharged=True)
        guards.not_stopped(patient)
        patient.archived_at = timezone.now()
        patient.archived_by = by
        patient.save(update_fields=["archived_at", "archived_by"])
        visit_verbs.end_if_begun(patient, by)
        summaries.refresh(patient)
    return patient


@transaction.atomic
def take_back(*, patient: Patient, by: User) -> Patient:
    """Take a discharged patient on again.

    Within a few minutes it takes back a slip: the plan that the discharge ended goes on as a new
    one, with passes, doses and days. Later the patient has no plan until one is assigned.

    Raises ``Refused``: not_yours.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is not None:
        slip = timezone.now() <= patient.archived_at + UNDO
        patient.archived_at = patient.archived_by = None
        patient.save(update_fields=["archived_at", "archived_by"])
        ended = patient.plans.select_related("clinic", "ladder", "goal_rung").first()
        if slip and ended is not None and ended.discharged:
            edition_verbs.take_up_again(ended, by)
        summaries.refresh(patient)
    return patient
