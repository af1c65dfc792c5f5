"""The verbs of a plan apart from its gate: dose, days, level, goal, pause, end, review request.

They open no rung.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.models import Level, Load, Rung
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
    Schedule,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.position import is_reachable
from patients.summaries import refresh as summaries
from patients.verbs import borrowing, level_checks


def _must_be_reachable(plan: Plan, level: Level) -> None:
    if level.rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    if not is_reachable(plan, level.rung):
        raise Refused("locked", rung=level.rung.name)


@transaction.atomic
def prescribe(
    *,
    plan: Plan,
    level: Level,
    by: User,
    sets: int,
    reps: int,
    seconds: int | None = None,
    load: Decimal | float | None = None,
    word: str = "",
    per_side: bool | None = None,
    max_depth: str = "",
    reason: str = "",
    at_home: bool = False,
    variant: str = "",
) -> Prescription:
    """Set the dose of a reachable level, or of the one that is borrowed; the latest counts.

    The arguments are those of ``Prescription``; ``per_side``: None = yes, if the drill is
    one-sided. The same dose again returns the latest prescription.

    Raises ``Refused``: not_yours, plan_ended, other_ladder, locked, out_of_range, load_missing,
    load_not_here, too_long, and those of ``level_checks.suit``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    borrowed = borrowing.in_force(plan)
    if borrowed is None or borrowed.level_id != level.pk:
        _must_be_reachable(plan, level)
    prescription = Prescription(plan=plan, level=level, by=by, sets=sets, reps=reps)
    prescription.seconds = seconds
    prescription.load = None if load is None else _kilograms(load)
    _check_dose(prescription)
    prescription.per_side = level.drill.one_sided if per_side is None else per_side
    _say(prescription, word, max_depth)
    prescription.variant = variant
    level_checks.suit(prescription, reason, at_home=at_home)
    return _write(prescription)


def _write(prescription: Prescription) -> Prescription:
    same_level = Prescription.objects.filter(plan=prescription.plan, level=prescription.level)
    latest = same_level.order_by("-pk").first()
    if latest is not None and _content(latest) == _content(prescription):
        return latest
    prescription.save()
    summaries.refresh(prescription.plan.patient)
    return prescription


def _say(prescription: Prescription, word: str, max_depth: str) -> None:
    prescription.word = guards.words(word, 500)
    prescription.max_depth = guards.one_line(max_depth, 200)


def _check_dose(prescription: Prescription) -> None:
    guards.in_range(_("Sets"), prescription.sets, 1, 10)
    guards.in_range(_("Repetitions"), prescription.reps, 1, 50)
    guards.in_range(_("Seconds down"), prescription.seconds, 1, 60)
    load = prescription.load
    takes_weight = prescription.level.drill.load == Load.WEIGHT
    if takes_weight and load is None:
        raise Refused("load_missing")
    if not takes_weight and load is not None:
        raise Refused("load_not_here")


def _kilograms(load: Decimal | float) -> Decimal:
    """The load in kilograms, rounded to one decimal.

    Raises ``Refused``: out_of_range, also for NaN.
    """
    exact = Decimal(str(load))
    if exact.is_nan() or not Decimal("0.5") <= exact <= 300:
        raise Refused("out_of_range", field=_("Weight in kg"), low="0.5", high=300)
    return exact.quantize(Decimal("0.1"))


def _content(prescription: Prescription) -> tuple[object, ...]:
    return (
        prescription.by_id,
        prescription.sets,
        prescription.reps,
        prescription.seconds,
        prescription.load,
        prescription.word,
        prescription.per_side,
        prescription.max_depth,
        prescription.reason,
        prescription.reason_for,
        prescription.at_home,
        prescription.variant,
    )


@transaction.atomic
def schedule(*, plan: Plan, weekdays: int, by: User, from_day: date | None = None) -> Schedule:
    """Set the days of practice from a day on. ``weekdays``: bit mask, bit 0 is Monday.

    ``from_day``: today at the earliest; None = today. The same days again change nothing.

    Raises ``Refused``: not_yours, plan_ended, no_weekday, day_in_past.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    guards.some_weekday(weekdays)
    today = plan.clinic.today()
    day = from_day or today
    if day < today:
        raise Refused("day_in_past")
    latest = plan.schedules.last()
    if latest is not None and latest.weekdays == weekdays and latest.from_day <= day:
        return latest
    new = Schedule.objects.create(plan=plan, weekdays=weekdays, from_day=day, by=by)
    summaries.refresh(plan.patient)
    return new


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
) -> LevelChoice:
    """Choose the level to practise.

    A patient chooses a level of the open rung; a loaded level must be prescribed first. A clinician
    chooses a level of any reachable rung. ``until`` is the last day of training lower; a level of
    a passed rung needs it. The same choice again changes nothing.

    ``kind``: "borrowed" = a level of a locked rung for ``finding``: see ``borrowing.borrow``

    Raises ``Refused``: not_the_patient, plan_ended, other_ladder, locked, goal_level,
    not_prescribed, trains_lower, borrowed_now, until_in_past, until_missing, and those of
    ``level_checks.check_choice`` and of ``borrowing.borrow``.
    """
    if kind == LevelKind.BORROWED:
        said: dict[str, Any] = {"until": until, "reason": reason, "at_home": at_home}
        return borrowing.borrow(plan=plan, level=level, by=by, finding=finding, **said)
    return _choose(LevelChoice(plan=guards.lock(plan), level=level, by=by, until=until), reason)


def _choose(choice: LevelChoice, reason: str) -> LevelChoice:
    """Choose a level in reach. ``choice``: of a plan that is locked."""
    plan = choice.plan
    guards.own_person(choice.by, plan)
    guards.running(plan)
    _must_be_reachable(plan, choice.level)
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
def end(*, plan: Plan, by: User, discharged: bool = False) -> Plan:
    """End a plan; its history stays. Ending again changes nothing.

    ``discharged``: whether the plan ends because the patient is discharged.

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    if plan.ended_on is None:
        guards.not_stopped(plan.patient)
        plan.ended_on = plan.clinic.today()
        plan.ended_by = by
        plan.discharged = discharged
        plan.save(update_fields=["ended_on", "ended_by", "discharged"])
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
