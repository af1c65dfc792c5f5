"""The verbs of the plan around the gate. They open nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.models import Level, Load, Rung
from patients.models import (
    EVERY_DAY,
    GoalChange,
    LevelChoice,
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
) -> Prescription:
    """Set the dose of a reachable level; the latest counts. ``load`` in kg, ``seconds`` on the way
    down.

    The same dose again returns the standing row. Raises ``Refused``: not_yours, plan_ended,
    other_ladder, locked, out_of_range, load_missing, load_not_here, too_long.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    _must_be_reachable(plan, level)
    kilograms = None if load is None else _kilograms(load)
    asked = Prescription(
        plan=plan, level=level, by=by, sets=sets, reps=reps, seconds=seconds, load=kilograms
    )
    _check_dose(asked)
    asked.per_side = level.drill.one_sided if per_side is None else per_side
    asked.word = guards.words(word, 500)
    asked.max_depth = guards.words(max_depth, 200)
    latest = Prescription.objects.filter(plan=plan, level=level).order_by("-pk").first()
    if latest is not None and _content(latest) == _content(asked):
        return latest
    asked.save()
    summaries.refresh(plan.patient)
    return asked


def _check_dose(asked: Prescription) -> None:
    guards.in_range(_("Sets"), asked.sets, 1, 10)
    guards.in_range(_("Repetitions"), asked.reps, 1, 50)
    guards.in_range(_("Seconds down"), asked.seconds, 1, 60)
    load = asked.load
    takes_weight = asked.level.drill.load == Load.WEIGHT
    if takes_weight and load is None:
        raise Refused("load_missing")
    if not takes_weight and load is not None:
        raise Refused("load_not_here")


def _kilograms(load: Decimal | float) -> Decimal:
    """Kilograms to one place. A huge number or none at all (NaN) is out of range too."""
    exact = Decimal(str(load))
    if exact.is_nan() or not Decimal("0.5") <= exact <= 300:
        raise Refused("out_of_range", field=_("Weight in kg"), low="0.5", high=300)
    return exact.quantize(Decimal("0.1"))


def _content(one: Prescription) -> tuple[object, ...]:
    return (
        one.by_id,
        one.sets,
        one.reps,
        one.seconds,
        one.load,
        one.word,
        one.per_side,
        one.max_depth,
    )


@transaction.atomic
def schedule(*, plan: Plan, weekdays: int, by: User, from_day: date | None = None) -> Schedule:
    """Set the days of practice (bits, 0 is Monday) from a day on, today at the earliest.

    Raises ``Refused``: not_yours, plan_ended, no_weekday, day_in_past.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    if not 1 <= weekdays <= EVERY_DAY:
        raise Refused("no_weekday")
    today = plan.clinic.today()
    day = from_day or today
    if day < today:
        raise Refused("day_in_past")
    latest = plan.schedules.last()
    if latest is not None and latest.weekdays == weekdays and latest.from_day <= day:
        return latest
    made = Schedule.objects.create(plan=plan, weekdays=weekdays, from_day=day, by=by)
    summaries.refresh(plan.patient)
    return made


@transaction.atomic
def choose_level(
    *, plan: Plan, level: Level, by: User, reason: str = "", until: date | None = None
) -> LevelChoice:
    """Practise another level. The patient chooses within the open rung, a loaded level only once it
    is prescribed; a clinician also in passed rungs, and with ``until`` (last day) for a while:
    training lower.

    Raises ``Refused``: not_the_patient, plan_ended, other_ladder, locked, goal_level,
    not_prescribed, trains_lower, until_in_past, until_missing.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    _must_be_reachable(plan, level)
    if by.is_patient:
        until = None
        _within_open_rung(plan, level)
    _until(plan, level, until)
    asked = LevelChoice(
        plan=plan, level=level, by=by, reason=guards.words(reason, 500), until=until
    )
    latest = plan.level_choices.last()
    if latest is not None and _choice(latest) == _choice(asked):
        return latest
    asked.save()
    summaries.refresh(plan.patient)
    return asked


def _within_open_rung(plan: Plan, level: Level) -> None:
    if plan.open_rung != level.rung:
        raise Refused("goal_level")
    if level.drill.loaded and not Prescription.objects.filter(plan=plan, level=level).exists():
        raise Refused("not_prescribed")
    latest = plan.level_choices.last()
    if latest is not None and latest.until is not None and latest.until >= plan.clinic.today():
        raise Refused("trains_lower", until=latest.until)


def _until(plan: Plan, level: Level, until: date | None) -> None:
    if until is not None and until < plan.clinic.today():
        raise Refused("until_in_past")
    if until is None and level.rung != (plan.open_rung or plan.rungs().last()):
        raise Refused("until_missing")


def _choice(one: LevelChoice) -> tuple[object, ...]:
    return (one.level_id, one.by_id, one.reason, one.until)


@transaction.atomic
def set_goal(*, plan: Plan, goal_rung: Rung | None, by: User) -> Plan:
    """Say how high the plan goes; None = the top. Never below the highest pass. The same goal again
    changes nothing.

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
    GoalChange.objects.create(plan=plan, rung=goal_rung, before=plan.goal_rung, by=by)
    plan.goal_rung = goal_rung
    plan.save(update_fields=["goal_rung"])
    summaries.refresh(plan.patient)
    return plan


@transaction.atomic
def pause(*, plan: Plan, by: User, until: date | None = None, reason: str = "") -> Pause:
    """Set practice aside from today, until a day (its last) or until resumed.

    Raises ``Refused``: not_the_patient, plan_ended, until_in_past, already_paused, too_long.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    today = plan.clinic.today()
    if until is not None and until < today:
        raise Refused("until_in_past")
    reason = guards.words(reason, 300)
    standing = plan.pauses.filter(resumed_on__isnull=True).first()
    if standing is not None:
        if standing.until is None or standing.until >= today:
            if (standing.until, standing.reason, standing.by_id) == (until, reason, by.pk):
                return standing
            raise Refused("already_paused")
        Pause.objects.filter(pk=standing.pk).update(resumed_on=standing.until + timedelta(days=1))
    made = Pause.objects.create(plan=plan, from_day=today, until=until, reason=reason, by=by)
    summaries.refresh(plan.patient)
    return made


@transaction.atomic
def resume(*, plan: Plan, by: User) -> None:
    """Practice again from today; a pause that the clinic set is the clinic's to end.

    Raises ``Refused``: not_the_patient, plan_ended, not_paused, paused_by_clinic.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    standing = plan.pauses.filter(resumed_on__isnull=True).first()
    if standing is None:
        raise Refused("not_paused")
    if by.is_patient and standing.by_id != by.pk:
        raise Refused("paused_by_clinic")
    Pause.objects.filter(pk=standing.pk).update(resumed_on=plan.clinic.today())
    summaries.refresh(plan.patient)


@transaction.atomic
def end(*, plan: Plan, by: User, discharged: bool = False) -> Plan:
    """End a plan; its history stays. Ending again changes nothing. ``discharged``: the patient's
    discharge ends it.

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    if plan.ended_on is None:
        guards.not_stopped(plan)
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
    """The patient asks to be looked at. A request already open is returned as it stands.

    Raises ``Refused``: not_the_patient, plan_ended, already_complete, too_long.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    words = guards.words(words, 500)
    if plan.open_rung is None:
        raise Refused("already_complete")
    standing = ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).first()
    if standing is not None:
        return standing
    made = ReviewRequest.objects.create(plan=plan, words=words)
    summaries.refresh(plan.patient)
    return made


@transaction.atomic
def take_back_request(*, plan: Plan, by: User) -> None:
    """Close the open request, which nobody has decided on. Nothing to take back is no error.

    Raises ``Refused``: not_the_patient, plan_ended.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    guards.running(plan)
    if ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(
        closed_at=timezone.now()
    ):
        summaries.refresh(plan.patient)
