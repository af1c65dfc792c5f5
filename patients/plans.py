"""The verbs of the plan around the gate. They open nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.models import Fault, Level, Load, Rung
from patients import guard, summary
from patients.models import (
    EVERY_DAY,
    Finding,
    GoalChange,
    LevelChoice,
    Pass,
    Pause,
    Plan,
    Prescription,
    ReviewRequest,
    Schedule,
)
from patients.refused import Refused
from patients.requests import request_review as request_review
from patients.requests import take_back_request as take_back_request


def is_reachable(plan: Plan, rung: Rung) -> bool:
    """Whether a rung of the plan is passed or open now."""
    if rung.ladder_id != plan.ladder_id:
        return False
    return Pass.objects.filter(plan=plan, rung=rung).exists() or plan.open_rung == rung


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
    """Set the dose of a reachable level; the latest counts. ``load`` in kg, ``seconds`` on the way down.

    The same dose again returns the standing row. Raises ``Refused``: not_yours, plan_ended, other_ladder, locked,
    out_of_range, load_missing, load_not_here, too_long.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    guard.running(plan)
    _must_be_reachable(plan, level)
    kilograms = None if load is None else _kilograms(load)
    asked = Prescription(plan=plan, level=level, by=by, sets=sets, reps=reps, seconds=seconds, load=kilograms)
    _check_dose(asked)
    asked.per_side = level.drill.one_sided if per_side is None else per_side
    asked.word, asked.max_depth = guard.words(word, 500), guard.words(max_depth, 200)
    latest = Prescription.objects.filter(plan=plan, level=level).order_by("-pk").first()
    if latest is not None and _content(latest) == _content(asked):
        return latest
    asked.save()
    summary.refresh(plan.patient)
    return asked


def _check_dose(asked: Prescription) -> None:
    guard.in_range(_("Sets"), asked.sets, 1, 10)
    guard.in_range(_("Repetitions"), asked.reps, 1, 50)
    guard.in_range(_("Seconds down"), asked.seconds, 1, 60)
    load, takes_weight = asked.load, asked.level.drill.load == Load.WEIGHT
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
    return (one.by_id, one.sets, one.reps, one.seconds, one.load, one.word, one.per_side, one.max_depth)


@transaction.atomic
def schedule(*, plan: Plan, weekdays: int, by: User, from_day: date | None = None) -> Schedule:
    """Set the days of practice (bits, 0 is Monday) from a day on, today at the earliest.

    Raises ``Refused``: not_yours, plan_ended, no_weekday, day_in_past.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    guard.running(plan)
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
    summary.refresh(plan.patient)
    return made


@transaction.atomic
def choose_level(*, plan: Plan, level: Level, by: User, reason: str = "", until: date | None = None) -> LevelChoice:
    """Practise another level. The patient chooses within the open rung, a loaded level only once it is prescribed;
    a clinician also in passed rungs, and with ``until`` (last day) for a while: training lower.

    Raises ``Refused``: not_the_patient, plan_ended, other_ladder, locked, goal_level, not_prescribed,
    trains_lower, until_in_past, until_missing.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    _must_be_reachable(plan, level)
    if by.is_patient:
        until = None
        _within_open_rung(plan, level)
    _until(plan, level, until)
    asked = LevelChoice(plan=plan, level=level, by=by, reason=guard.words(reason, 500), until=until)
    latest = plan.level_choices.last()
    if latest is not None and _choice(latest) == _choice(asked):
        return latest
    asked.save()
    summary.refresh(plan.patient)
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
    """Say how high the plan goes; None = the top. Never below the highest pass. The same goal again changes nothing.

    Raises ``Refused``: not_yours, plan_ended, not_a_goal, goal_below_passed.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    guard.running(plan)
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
    summary.refresh(plan.patient)
    return plan


@transaction.atomic
def note_finding(
    *, plan: Plan, by: User, fault: Fault | None = None, words: str = "", seen_on: date | None = None
) -> Finding:
    """Note a fault that was seen, of the library or in the clinic's own words; standing until cleared.

    Raises ``Refused``: not_yours, plan_ended, finding_empty, day_in_future, too_long.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    guard.running(plan)
    words = "" if fault else guard.words(words, 200)
    if fault is None and not words:
        raise Refused("finding_empty")
    today = plan.clinic.today()
    if seen_on is not None and seen_on > today:
        raise Refused("day_in_future")
    standing = Finding.objects.filter(plan=plan, fault=fault, words=words, cleared_on__isnull=True).first()
    return standing or Finding.objects.create(plan=plan, fault=fault, words=words, by=by, seen_on=seen_on or today)


@transaction.atomic
def clear_finding(*, finding: Finding, by: User) -> Finding:
    """The fault is gone. Clearing again changes nothing. Raises ``Refused``: not_yours."""
    plan = guard.lock(finding.plan)
    guard.own_clinician(by, plan.clinic_id)
    finding = Finding.objects.get(pk=finding.pk)
    if finding.cleared_on is None:
        finding.cleared_on, finding.cleared_by = plan.clinic.today(), by
        finding.save(update_fields=["cleared_on", "cleared_by"])
    return finding


@transaction.atomic
def pause(*, plan: Plan, by: User, until: date | None = None, reason: str = "") -> Pause:
    """Set practice aside from today, until a day (its last) or until resumed.

    Raises ``Refused``: not_the_patient, plan_ended, until_in_past, already_paused, too_long.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    today = plan.clinic.today()
    if until is not None and until < today:
        raise Refused("until_in_past")
    reason = guard.words(reason, 300)
    standing = plan.pauses.filter(resumed_on__isnull=True).first()
    if standing is not None:
        if standing.until is None or standing.until >= today:
            if (standing.until, standing.reason, standing.by_id) == (until, reason, by.pk):
                return standing
            raise Refused("already_paused")
        Pause.objects.filter(pk=standing.pk).update(resumed_on=standing.until + timedelta(days=1))
    made = Pause.objects.create(plan=plan, from_day=today, until=until, reason=reason, by=by)
    summary.refresh(plan.patient)
    return made


@transaction.atomic
def resume(*, plan: Plan, by: User) -> None:
    """Practice again from today; a pause that the clinic set is the clinic's to end.

    Raises ``Refused``: not_the_patient, plan_ended, not_paused, paused_by_clinic.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    standing = plan.pauses.filter(resumed_on__isnull=True).first()
    if standing is None:
        raise Refused("not_paused")
    if by.is_patient and standing.by_id != by.pk:
        raise Refused("paused_by_clinic")
    Pause.objects.filter(pk=standing.pk).update(resumed_on=plan.clinic.today())
    summary.refresh(plan.patient)


@transaction.atomic
def end(*, plan: Plan, by: User, discharged: bool = False) -> Plan:
    """End a plan; its history stays. Ending again changes nothing. ``discharged``: the patient's discharge ends it.

    Raises ``Refused``: not_yours, stop_unanswered.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    if plan.ended_on is None:
        guard.not_stopped(plan)
        plan.ended_on, plan.ended_by, plan.discharged = plan.clinic.today(), by, discharged
        plan.save(update_fields=["ended_on", "ended_by", "discharged"])
        ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=timezone.now())
        summary.refresh(plan.patient)
    return plan
