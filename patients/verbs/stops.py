"""The verbs of stops: make a stop, lift it after a correction, and answer it as a clinician."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Answer, Morning, Plan, Practice, Stop, StopAnswer, StopCause
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs


@transaction.atomic
def answer(
    *,
    stop: Stop,
    by: User,
    action: str,
    word: str = "",
    level: Level | None = None,
    until: date | None = None,
) -> StopAnswer:
    """Answer a stop, and carry out the answer. The same answer again changes nothing.

    ``action``: "carry_on", "lower", "pause" or "withdraw"
    ``word``: words to the patient; also the reason of a lower level, a pause or a withdrawal
    ``level``: for "lower" the level to train; for "withdraw" a level of the rung to withdraw
    ``until``: for "lower" and "pause" the last day

    Raises ``Refused``: not_yours, bad_choice, stop_answered, goal_level, until_missing, too_long,
    and the refusals of ``plan.pause``, ``plan.choose_level`` and ``gate.withdraw``.
    """
    plan = guards.lock(stop.plan)
    guards.own_clinician(by, plan.clinic_id)
    word = guards.words(word, 500)
    if action not in {Answer.CARRY_ON, Answer.LOWER, Answer.PAUSE, Answer.WITHDRAW}:
        raise Refused("bad_choice")
    existing = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if existing is not None:
        if (existing.by_id, existing.action, existing.word) == (by.pk, action, word):
            return existing
        at = existing.at.astimezone(plan.clinic.zone)
        raise Refused("stop_answered", name=existing.by.short_name, at=at)
    _act(plan, by, action, word, level, until)
    new = StopAnswer.objects.create(stop=stop, by=by, action=action, word=word)
    # One answer covers every stop of the plan, so that the patient reads one answer, not three.
    for other in Stop.objects.unanswered().filter(plan=plan):
        StopAnswer.objects.create(stop=other, by=by, action=action, word=word)
    summaries.refresh(plan.patient)
    return new


def _act(
    plan: Plan, by: User, action: str, word: str, level: Level | None, until: date | None
) -> None:
    if action == Answer.CARRY_ON:
        return
    if action == Answer.PAUSE:
        plan_verbs.pause(plan=plan, by=by, until=until, reason=word)
        return
    if level is None:
        raise Refused("goal_level")
    if action == Answer.LOWER:
        if until is None:
            raise Refused("until_missing")
        plan_verbs.choose_level(plan=plan, level=level, by=by, reason=word, until=until)
    else:
        gate_verbs.withdraw(plan=plan, rung=level.rung, by=by, reason=word)


def lift_stop_of(correction: Practice) -> None:
    """Lift the stop of a corrected entry, if it is corrected on the day on which it was saved.

    Later only a clinician can answer the stop.
    """
    clinic = correction.plan.clinic
    corrected = correction.corrects
    if corrected is None or clinic.day_of(corrected.at) != clinic.today():
        return
    for stop in Stop.objects.unanswered().filter(practice=corrected):
        StopAnswer.objects.create(stop=stop, by=correction.by, action=Answer.CORRECTED)


def lift_morning_stop_of(practice: Practice, by: User) -> None:
    """Lift the stop of a morning, if the answer is changed on the day of the stop."""
    clinic = practice.plan.clinic
    stops = Stop.objects.unanswered().filter(plan=practice.plan, practice__done_on=practice.done_on)
    for stop in stops.filter(cause=StopCause.MORNING):
        if clinic.day_of(stop.at) == clinic.today():
            StopAnswer.objects.create(stop=stop, by=by, action=Answer.CORRECTED)


def make_stop(entry: Practice, cause: str, morning: Morning | None = None) -> None:
    """Make a stop after an entry. A plan that has ended gets none.

    ``morning``: the answer about the morning that caused the stop. Each answer can stop once, so a
    bad morning that is changed to a good one and back to a bad one stops again.
    """
    # A plan that has ended has no drill to stop. A paper log of its last days still has its band.
    if entry.plan.ended_on is None:
        Stop.objects.create(plan=entry.plan, practice=entry, cause=cause, morning=morning)
