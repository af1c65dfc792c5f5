"""The verbs of a plan apart from its gate: days, level, goal, pause, end, review request. The dose
is ``verbs.prescribing``.

They open no rung.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level, Rung
from patients.models import (
    Finding,
    GoalChange,
    LevelChoice,
    LevelKind,
    Pass,
    Pause,
    Plan,
    Prescription,
    ReviewRequest,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import borrowing, level_checks, practice_days
from patients.verbs.practice_days import schedule as schedule
from patients.verbs.prescribing import must_be_reachable
from patients.verbs.prescribing import prescribe as prescribe


@transaction.atomic
def choose_level(
    *,
    plan: Plan,
    level: Level,
    by: User,
    reason: str = "",
    until: date | None = None,
    kind: str = "",
    finding: Finding | None = None,
    at_home: bool = False,
    weekdays: int | None = None,
    keep_running: bool = False,
) -> LevelChoice:
    """Choose the level to practise.

    A patient chooses a level of the open rung; a loaded level must be prescribed first. A clinician
    chooses a level of any reachable rung. ``until`` is the last day of training lower; a level of
    a passed rung needs it. The same choice again changes nothing.

    ``kind``: "borrowed" = a level of a locked rung for ``finding``: see ``borrowing.borrow``
    ``weekdays``, ``keep_running``: as in ``schedule``, where a clinician chooses a level with load
    while days follow each other and nobody was asked about it

    Raises ``Refused``: not_the_patient, plan_ended, other_ladder, locked, goal_level,
    not_prescribed, trains_lower, borrowed_now, until_in_past, until_missing, those of
    ``practice_days.with_level``, of ``level_checks.check_choice`` and of ``borrowing.borrow``.
    """
    if kind == LevelKind.BORROWED:
        said: dict[str, Any] = {"until": until, "reason": reason, "at_home": at_home}
        return borrowing.borrow(plan=plan, level=level, by=by, finding=finding, **said)
    plan = guards.lock(plan)
    choice = _choose(LevelChoice(plan=plan, level=level, by=by, until=until), reason)
    practice_days.with_level(choice, weekdays, keep_running=keep_running)
    return choice


def _choose(choice: LevelChoice, reason: str) -> LevelChoice:
    """Choose a level in reach. ``choice``: of a plan that is locked."""
    plan = choice.plan
    guards.own_person(choice.by, plan)
    guards.running(plan)
    must_be_reachable(plan, choice.level)
    level_checks.check_choice(plan, choice.level, choice.by)
    if choice.by.is_patient:
        choice.until = None
        _check_patient_choice(plan, choice.level)
    _check_until(plan, choice.level, choice.until)
    choice.reason = guards.words(reason, 500)
    choice.kind = LevelKind.OWN if choice.until is None else LevelKind.LOWER
    latest = plan.level_choices.last()
    if latest is not None and _choice_content(latest) == _choice_content(choice):
        return latest
    choice.save()
    summaries.refresh(plan.patient)
    return choice


def _check_patient_choice(plan: Plan, level: Level) -> None:
    if plan.open_rung != level.rung:
        raise Refused("goal_level")
    if level.drill.loaded and not Prescription.objects.filter(plan=plan, level=level).exists():
        raise Refused("not_prescribed")
    own = plan.level_choices.exclude(kind=LevelKind.BORROWED).last()
    if own is not None and own.until is not None and own.until >= plan.clinic.today():
        raise Refused("trains_lower", until=own.until)
    borrowed = borrowing.in_force(plan)
    if borrowed is not None and level_checks.suits(plan, borrowed.level):
        raise Refused("borrowed_now", until=borrowed.until)


def _check_until(plan: Plan, level: Level, until: date | None) -> None:
    if until is not None and until < plan.clinic.today():
        raise Refused("until_in_past")
    if until is None and level.rung != (plan.open_rung or plan.rungs().last()):
        raise Refused("until_missing")


def _choice_content(choice: LevelChoice) -> tuple[object, ...]:
    return (choice.level_id, choice.by_id, choice.reason, choice.until)


@transaction.atomic
def set_goal(*, plan: Plan, goal_rung: Rung | None, by: User) -> Plan:
    """Set the goal rung; None = the top of the ladder. It cannot lie below the highest pass.

    The same goal again changes nothing.

    Raises ``Refused``: not_yours, plan_ended, not_a_goal, goal_below_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    if goal_rung is not None:
        if goal_rung.ladder_id != plan.ladder_id:
            raise Refused("not_a_goal")
        if Pass.objects.filter(plan=plan, rung__position__gt=goal_rung.position).exists():
            raise Refused("goal_below_passed")
    if plan.goal_rung == goal_rung:
        return plan
    borrowed = borrowing.in_force(plan)
    GoalChange.objects.create(plan=plan, rung=goal_rung, before=plan.goal_rung, by=by)
    plan.goal_rung = goal_rung
    plan.save(update_fields=["goal_rung"])
    borrowing.end_if_in_reach(borrowed, plan, by)
    summaries.refresh(plan.patient)
    return plan


@transaction.atomic
def pause(*, plan: Plan, by: User, until: date | None = None, reason: str = "") -> Pause:
    """Pause practice from today. ``until``: the last day away; None = until resumed.

    The same pause by the same person again changes nothing.

    Raises ``Refused``: not_the_patient, plan_ended, until_in_past, already_paused, too_long.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    today = plan.clinic.today()
    if until is not None and until < today:
        raise Refused("until_in_past")
    reason = guards.words(reason, 300)
    latest = plan.pauses.filter(resumed_on__isnull=True).first()
    if latest is not None:
        if latest.until is None or latest.until >= today:
            if (latest.until, latest.reason, latest.by_id) == (until, reason, by.pk):
                return latest
            raise Refused("already_paused")
        Pause.objects.filter(pk=latest.pk).update(resumed_on=latest.until + timedelta(days=1))
    new = Pause.objects.create(plan=plan, from_day=today, until=until, reason=reason, by=by)
    summaries.refresh(plan.patient)
    return new


@transaction.atomic
def resume(*, plan: Plan, by: User) -> None:
    """End the pause; practice goes on from today. A patient cannot end a pause of the clinic.

    Raises ``Refused``: not_the_patient, plan_ended, not_paused, paused_by_clinic.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    current = plan.pauses.filter(resumed_on__isnull=True).first()
    if current is None:
        raise Refused("not_paused")
    if by.is_patient and current.by_id != by.pk:
        raise Refused("paused_by_clinic")
    Pause.objects.filter(pk=current.pk).update(resumed_on=plan.clinic.today())
    summaries.refresh(plan.patient)


@transaction.atomic
def end(*, plan: Plan, by: User, discharged: bool = False, reason: str | None = None) -> Plan:
    """End a plan; its history stays. Ending again changes nothing.

    ``discharged``: whether the plan ends because the patient is discharged.
    ``reason``: why it is set aside, as ``take_up.set_aside`` checked it; None = nobody was asked

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    if plan.ended_on is None:
        guards.not_stopped(plan.patient)
        plan.ended_on = plan.clinic.today()
        plan.ended_by = by
        plan.discharged = discharged
        plan.end_reason = reason
        plan.save(update_fields=["ended_on", "ended_by", "discharged", "end_reason"])
        ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(
            closed_at=timezone.now()
        )
        summaries.refresh(plan.patient)
    return plan


@transaction.atomic
def request_review(*, plan: Plan, by: User, words: str = "") -> ReviewRequest:
    """Ask for a review at the gate. While a request is open, this returns it unchanged.

    Raises ``Refused``: not_the_patient, plan_ended, already_complete, too_long.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    words = guards.words(words, 500)
    if plan.open_rung is None:
        raise Refused("already_complete")
    existing = ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).first()
    if existing is not None:
        return existing
    new = ReviewRequest.objects.create(plan=plan, words=words)
    summaries.refresh(plan.patient)
    return new


@transaction.atomic
def take_back_request(*, plan: Plan, by: User) -> None:
    """Close the open request for a review. Without an open request this changes nothing.

    Raises ``Refused``: not_the_patient, plan_ended.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    if ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(
        closed_at=timezone.now()
    ):
        summaries.refresh(plan.patient)
