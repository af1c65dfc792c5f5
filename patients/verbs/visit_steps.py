"""The steps of a first visit. Each writes by the verbs of its subject, in one act."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction

from accounts import links
from accounts.models import PhoneLink, User
from curriculum.models import Ladder, Rung
from patients.models import FirstVisit, Patient, Plan, Screening, VisitStep
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.screening import latest_screening
from patients.standing.visits import Moment
from patients.verbs import assessment, visits
from patients.verbs import first_visit as visit_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs.at_home import set_at_home


@transaction.atomic
def tell_who(*, patient: Patient, by: User, details: Any, **who: Any) -> FirstVisit:
    """Put right who the patient is. ``who``: the arguments of ``people.amend``.

    Raises ``Refused``: no_first_visit, and those of ``people.amend`` and ``identity.identify``.
    """
    people_verbs.amend(patient=patient, by=by, **who)
    identity_verbs.identify(patient=patient, by=by, details=details)
    return visit_verbs.saved(patient=patient, by=by, step=VisitStep.WHO)


@transaction.atomic
def tell_story(
    *,
    patient: Patient,
    by: User,
    intake: dict[str, Any],
    ladder: Ladder,
    screening: dict[str, Any] | None,
) -> Screening | None:
    """Write down the story and the screening, and put who is cleared on a ladder.

    ``screening``: the arguments of ``screening.screen``; None = the latest one stands. Somebody who
    is not cleared stays at this step. Returns the screening that counts.

    Raises ``Refused``: no_first_visit, and those of ``people.take_intake``, ``screening.screen``
    and ``gate.assign``.
    """
    people_verbs.take_intake(patient=patient, by=by, **intake)
    latest = latest_screening(patient)
    if screening is not None:
        latest = screening_verbs.screen(patient=patient, by=by, **screening)
    if latest is not None and latest.allows and patient.running_plan() is None:
        gate_verbs.assign(patient=patient, ladder=ladder, by=by)
    visit_verbs.saved(patient=patient, by=by, step=VisitStep.STORY)
    return latest


@transaction.atomic
def tell_seen(*, plan: Plan, by: User, **start: Any) -> Plan:
    """Carry out the first assessment. ``start``: the arguments of ``assessment.start``.

    Raises ``Refused``: no_first_visit, not_screened, not_cleared, and those of
    ``assessment.start``.
    """
    plan = guards.lock(plan)
    guards.screened(plan.patient)
    plan = assessment.start(plan=plan, by=by, **start)
    visit_verbs.saved(patient=plan.patient, by=by, step=VisitStep.SEE)
    return plan


@transaction.atomic
def tell_dose(
    *,
    plan: Plan,
    by: User,
    goal_rung: Rung | None,
    weekdays: int,
    keep_running: bool = False,
    **dose: Any,
) -> Plan:
    """Set what is practised at home, on which days, and how high the plan goes.

    ``weekdays``, ``keep_running``: as in ``plan.schedule``
    ``dose``: the other arguments of ``at_home.set_at_home``

    Raises ``Refused``: no_first_visit, not_screened, not_cleared, and those of ``plan.set_goal``,
    ``plan.schedule`` and ``at_home.set_at_home``.
    """
    plan = guards.lock(plan)
    guards.screened(plan.patient)
    plan_verbs.set_goal(plan=plan, goal_rung=goal_rung, by=by)
    days: dict[str, Any] = {"weekdays": weekdays, "keep_running": keep_running}
    plan_verbs.schedule(plan=plan, by=by, **days)
    set_at_home(plan=plan, by=by, **days, **dose)
    visit_verbs.saved(patient=plan.patient, by=by, step=VisitStep.DOSE)
    return plan


@transaction.atomic
def hand_over(
    *,
    patient: Patient,
    by: User,
    next_visit: date | None = None,
    at: time | None = None,
    seen: Moment | None = None,
) -> PhoneLink:
    """Make the patient's link, which is the last act of a first visit, and end the visit.

    ``next_visit``, ``at``, ``seen``: as in ``visits.set_next``; without a day the next visit stays

    Raises ``Refused``: not_yours, not_screened, not_cleared, no_plan_yet, and those of
    ``visits.set_next``.
    """
    patient = _ready_to_hand_over(patient, by, next_visit, at, seen)
    link = links.issue(User.objects.get(pk=patient.user_id), by=by)
    visit_verbs.end_if_begun(patient, by)
    return link


@transaction.atomic
def hand_over_on_paper(
    *,
    patient: Patient,
    by: User,
    next_visit: date | None = None,
    at: time | None = None,
    seen: Moment | None = None,
) -> Patient:
    """End a first visit without a link: the patient has the handout on paper.

    Raises ``Refused``: those of ``hand_over``.
    """
    patient = _ready_to_hand_over(patient, by, next_visit, at, seen)
    visit_verbs.end_if_begun(patient, by)
    return patient


def after_link(patient: Patient, by: User) -> None:
    """End a first visit whose link was made on the page of the link, where nothing else is left."""
    with transaction.atomic():
        patient = guards.lock_patient(patient)
        if patient.running_plan() is not None:
            visit_verbs.end_if_begun(patient, by)


def _ready_to_hand_over(
    patient: Patient, by: User, next_visit: date | None, at: time | None, seen: Moment | None
) -> Patient:
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    guards.screened(patient)
    if patient.running_plan() is None:
        raise Refused("no_plan_yet", patient=patient.short_name)
    if next_visit is not None or at is not None:
        visits.set_next(patient=patient, by=by, day=next_visit, time=at, seen=seen)
    return patient
