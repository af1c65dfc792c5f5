"""The verb that takes the answer to a stop back, which was pressed by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from patients.models import Answer, Patient, Stop, StopAnswer
from patients.rules import guards
from patients.rules.periods import UNDO
from patients.rules.refusals import Refused
from patients.standing.slips import answer_is_built_upon, answers_of_act
from patients.summaries import refresh as summaries
from patients.verbs import outbox as outbox_verbs

#: What an answer did that is not undone with it.
STAYS = {Answer.WITHDRAW, Answer.CORRECTED}


@transaction.atomic
def undo_answer(*, answer: StopAnswer, by: User) -> list[Stop]:
    """Take back an answer as a slip: everything that it answered waits again, as it was before.

    The mails come back too: nobody gets one twice, and who had none yet gets it. A screening that
    the answer wrote counts no longer. A pause or a lower level stays and ends by its own verb, and
    so do tries to reach the patient. Undoing again changes nothing.

    Raises ``Refused``: not_yours, undo_not_yours, answer_stays, plan_ended, archived,
    answer_undo_over, answer_undo_too_late.
    """
    patient, _plan = guards.lock_with_plan(answer.stop.patient)
    guards.own_clinician(by, patient.clinic_id)
    act = answers_of_act(answer.act_id or answer.pk)
    if answer.by_id != by.pk:
        raise Refused("undo_not_yours", name=answer.by.short_name)
    if before := list(Stop.objects.filter(reopens__in=act)):
        return before
    now = timezone.now()
    _may_undo(patient, act, now)
    made = [_wait_again(given, now) for given in act]
    outbox_verbs.post(patient)
    summaries.refresh(patient)
    return made


def _may_undo(patient: Patient, act: Sequence[StopAnswer], now: datetime) -> None:
    first = act[0]
    if first.action in STAYS:
        raise Refused("answer_stays")
    if any(given.stop.plan is not None and given.stop.plan.ended_on is not None for given in act):
        raise Refused("plan_ended")
    if patient.archived_at is not None and patient.archived_at >= first.at:
        raise Refused("archived")
    if now > first.at + UNDO:
        raise Refused("answer_undo_over", minutes=UNDO.seconds // 60)
    if answer_is_built_upon(act):
        raise Refused("answer_undo_too_late")


def _wait_again(given: StopAnswer, now: datetime) -> Stop:
    stop = given.stop
    return Stop.objects.create(
        patient_id=stop.patient_id,
        plan_id=stop.plan_id,
        practice_id=stop.practice_id,
        morning_id=stop.morning_id,
        report_id=stop.report_id,
        cause=stop.cause,
        high=stop.high,
        at=stop.at,
        reopens=given,
        reopened_at=now,
    )
