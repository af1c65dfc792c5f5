"""Ladders follow one another: a plan is set aside, and taken up again later."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from patients.models import NotePart, Patient, Plan
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.ladders_offered import not_offered_now
from patients.summaries import refresh as summaries
from patients.verbs import begins, move_edition, record_notes
from patients.verbs import plan as plan_verbs


@transaction.atomic
def set_aside(*, plan: Plan, by: User, reason: str) -> Plan:
    """End a plan with a reason for the record, so that another one can begin. Its passes stay.

    The same again changes nothing. A plan that has ended otherwise is refused, so that no reason is
    lost unsaid.

    Raises ``Refused``: not_yours, reason_missing, too_long, plan_ended, stop_unanswered.
    """
    guards.own_clinician(by, plan.clinic_id)
    words = guards.words(reason, 500)
    if not words:
        raise Refused("reason_missing")
    plan = guards.lock(plan)
    if plan.ended_on is not None and (plan.ended_by_id, plan.end_reason) != (by.pk, words):
        raise Refused("plan_ended")
    return plan_verbs.end(plan=plan, by=by, reason=words)


@transaction.atomic
def take_up(*, plan: Plan, by: User, word: str = "") -> Plan:
    """Go on with a plan that has ended, as a new plan on the same edition.

    It has the passes, the ticks of the open rung, days, doses and findings. Pressed again it
    returns the plan that it made.

    ``word``: why they go on with a ladder that is offered to nobody new, for the record. They know
    it already, so it is not closed to them; but somebody decided against it, and reads why.

    Raises ``Refused``: not_yours, archived, taken_up_before, already_running, stop_unanswered,
    not_offered_word, too_long, not_screened, not_cleared, ladder_asks.
    """
    patient = guards.lock_patient(plan.patient)
    guards.own_clinician(by, patient.clinic_id)
    plan = guards.lock(plan)
    running = patient.running_plan()
    if running is not None and plan.pk in (running.pk, running.moved_from_id):
        return running
    if patient.archived_at is not None:
        raise Refused("archived")
    if running is not None:
        raise Refused("already_running", patient=patient.short_name)
    if Plan.objects.filter(moved_from=plan).exists():
        raise Refused("taken_up_before")
    guards.not_stopped(patient)
    _say_why(patient, plan, by, word)
    begins.check(patient, plan.ladder, by)
    again = move_edition.go_on_with(plan, by)
    summaries.refresh(patient)
    return again


def _say_why(patient: Patient, plan: Plan, by: User, word: str) -> None:
    if not_offered_now(patient.clinic_id, plan.ladder.slug) is None:
        return
    word = guards.words(word, 500)
    if not word:
        said = {"ladder": plan.ladder.name, "patient": patient.short_name}
        raise Refused("not_offered_word", **said)
    record_notes.write(patient=patient, by=by, text=word, part=NotePart.DECIDED)
