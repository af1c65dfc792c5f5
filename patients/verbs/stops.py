"""The verbs of stops: what makes one, what lifts it, and a clinician's answer."""

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
    """A clinician's answer to a stop, with a word to the patient. ``level`` and ``until`` (last
    day) go with "lower", ``until`` with "pause"; "withdraw" takes back the rung of ``level``,
    with the word as its reason.

    Raises ``Refused``: not_yours, bad_choice, stop_answered, goal_level, until_in_past, and what
    the act itself refuses.
    """
    plan = guards.lock(stop.plan)
    guards.own_clinician(by, plan.clinic_id)
    word = guards.words(word, 500)
    if action not in {Answer.CARRY_ON, Answer.LOWER, Answer.PAUSE, Answer.WITHDRAW}:
        raise Refused("bad_choice")
    standing = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if standing is not None:
        if (standing.by_id, standing.action, standing.word) == (by.pk, action, word):
            return standing
        at = standing.at.astimezone(plan.clinic.zone)
        raise Refused("stop_answered", name=standing.by.short_name, at=at)
    _act(plan, by, action, word, level, until)
    made = StopAnswer.objects.create(stop=stop, by=by, action=action, word=word)
    # One answer covers what else stood: the patient reads one word, not three.
    for other in Stop.objects.unanswered().filter(plan=plan):
        StopAnswer.objects.create(stop=other, by=by, action=action, word=word)
    summaries.refresh(plan.patient)
    return made


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
    """A wrong number tapped, put right on the day it was entered, is no stop; later only a
    clinician answers."""
    clinic, corrected = correction.plan.clinic, correction.corrects
    if corrected is None or clinic.day_of(corrected.at) != clinic.today():
        return
    for stop in Stop.objects.unanswered().filter(practice=corrected):
        StopAnswer.objects.create(stop=stop, by=correction.by, action=Answer.CORRECTED)


def lift_morning_stop_of(practice: Practice, by: User) -> None:
    """A wrong number tapped about the morning, put right on the same day, is no stop."""
    clinic = practice.plan.clinic
    stops = Stop.objects.unanswered().filter(plan=practice.plan, practice__done_on=practice.done_on)
    for stop in stops.filter(cause=StopCause.MORNING):
        if clinic.day_of(stop.at) == clinic.today():
            StopAnswer.objects.create(stop=stop, by=by, action=Answer.CORRECTED)


def make_stop(entry: Practice, cause: str, morning: Morning | None = None) -> None:
    """``morning``: the word about the morning that is the cause. Each such word can stop once, so a
    bad morning changed to a good one and back stops again."""
    # A plan that has ended has no drill to stop: what paper says of its last day is on record, with
    # its band.
    if entry.plan.ended_on is None:
        Stop.objects.create(plan=entry.plan, practice=entry, cause=cause, morning=morning)
