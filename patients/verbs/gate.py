"""The verbs of the gate: assign, tick, decide, place, withdraw. Nothing else opens a rung.

Each verb is keyword-only and atomic. It locks the plan, reads it again, and refuses with
``Refused`` or does the whole job. A repeated click returns what the first click made.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Ladder, Rung
from patients.models import (
    EVERY_DAY,
    Outcome,
    Pass,
    Patient,
    Plan,
    Review,
    ReviewKind,
    ReviewRequest,
    ReviewTick,
    Schedule,
    Tick,
    Withdrawal,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries

#: The most digits of an id in ``Plan.seen``; a longer number cannot be an id.
SEEN_DIGITS = 19


@transaction.atomic
def assign(
    *,
    patient: Patient,
    ladder: Ladder,
    by: User,
    weekdays: int | None = None,
    goal_rung: Rung | None = None,
) -> Plan:
    """Put a patient on an edition of a ladder. The same assignment again returns the first plan.

    ``weekdays``: bit mask, bit 0 is Monday; None = every day. ``goal_rung``: None = the top.

    Raises ``Refused``: not_yours, archived, draft, not_a_goal, no_weekday, already_running.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if patient.archived_at is not None:
        raise Refused("archived")
    if ladder.is_draft:
        raise Refused("draft")
    if goal_rung is not None and goal_rung.ladder_id != ladder.pk:
        raise Refused("not_a_goal")
    days = EVERY_DAY if weekdays is None else weekdays
    if not 1 <= days <= EVERY_DAY:
        raise Refused("no_weekday")
    existing = patient.running_plan()
    if existing is not None:
        if _same_assignment(existing, ladder, by, days, goal_rung):
            return existing
        raise Refused("already_running", patient=patient.short_name)
    plan = _begin(patient, ladder, by, days, goal_rung)
    summaries.refresh(patient)
    return plan


def _begin(
    patient: Patient, ladder: Ladder, by: User, weekdays: int, goal_rung: Rung | None
) -> Plan:
    today = patient.clinic.today()
    plan = Plan.objects.create(
        patient=patient,
        clinic=patient.clinic,
        ladder=ladder,
        goal_rung=goal_rung,
        assigned_by=by,
        started_on=today,
    )
    Schedule.objects.create(plan=plan, weekdays=weekdays, from_day=today, by=by)
    return plan


def _same_assignment(
    plan: Plan, ladder: Ladder, by: User, days: int, goal_rung: Rung | None
) -> bool:
    first = plan.schedules.first()
    wanted = (ladder.pk, by.pk, days, goal_rung.pk if goal_rung else None)
    return wanted == (
        plan.ladder_id,
        plan.assigned_by_id,
        first.weekdays if first else None,
        plan.goal_rung_id,
    )


@transaction.atomic
def tick(*, plan: Plan, criterion: Criterion, by: User) -> Tick:
    """Mark a criterion of the open rung as met. Ticking again returns the existing tick.

    Raises ``Refused``: not_yours, plan_ended, not_screened, not_cleared, stop_unanswered (an urgent
    one), other_ladder, locked, already_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    existing = Tick.objects.filter(plan=plan, criterion=criterion).first()
    if existing is not None:
        return existing
    guards.running(plan)
    guards.screened(plan.patient)
    guards.not_stopped(plan, urgent=True)
    _must_be_open(plan, criterion.rung)
    return Tick.objects.create(plan=plan, criterion=criterion, by=by)


@transaction.atomic
def untick(*, plan: Plan, criterion: Criterion, by: User) -> None:
    """Take a tick back while its rung is open. Without a tick this changes nothing.

    Raises ``Refused``: not_yours, plan_ended, other_ladder, locked, already_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    _must_be_open(plan, criterion.rung)
    Tick.objects.filter(plan=plan, criterion=criterion).delete()


@transaction.atomic
def decide(
    *, plan: Plan, rung: Rung, outcome: str, by: User, note: str = "", seen: str | None = None
) -> Review:
    """Decide at the gate of the open rung: ``outcome`` "passed" or "not_yet".

    ``seen`` is ``Plan.seen`` as the page showed it; None is for tools only and checks no page. If
    the same clinician presses twice, the second press returns the first review.

    Raises ``Refused``: not_yours, unknown_outcome, stale, plan_ended, other_ladder, locked,
    already_passed, not_screened, not_cleared, stop_unanswered, criteria_left, too_long.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    if outcome not in Outcome.values:
        raise Refused("unknown_outcome")
    replayed = _replayed(plan, rung, outcome, by, seen)
    if replayed is not None:
        return replayed
    note = guards.words(note)
    if seen is not None and seen != plan.seen:
        raise _stale(plan)
    guards.running(plan)
    _must_be_open(plan, rung)
    ticks = list(Tick.objects.filter(plan=plan, criterion__rung=rung))
    if outcome == Outcome.PASSED:
        guards.screened(plan.patient)
        guards.not_stopped(plan)
        _every_criterion(rung, {tick.criterion_id for tick in ticks})
    review = record(plan, rung, ReviewKind.GATE, outcome, by, note, ticks)
    summaries.refresh(plan.patient)
    return review


def _replayed(plan: Plan, rung: Rung, outcome: str, by: User, seen: str | None) -> Review | None:
    last = Review.objects.filter(plan=plan, rung=rung).order_by("-pk").first()
    if last is None or last.by_id != by.pk or last.outcome != outcome:
        return None
    if seen is None:
        return last if Pass.objects.filter(review=last).exists() else None
    newest_seen = seen.partition(":")[0]
    known = newest_seen.isdecimal() and len(newest_seen) <= SEEN_DIGITS
    return last if known and last.pk > int(newest_seen) else None


def _stale(plan: Plan) -> Refused:
    review = Review.objects.filter(plan=plan).select_related("by").order_by("-pk").first()
    withdrawal = (
        Withdrawal.objects.filter(review__plan=plan).select_related("by").order_by("-pk").first()
    )
    acts = [act for act in (review, withdrawal) if act is not None]
    if not acts:
        return Refused(
            "stale",
            name=plan.assigned_by.short_name,
            at=plan.assigned_at.astimezone(plan.clinic.zone),
        )
    latest = max(acts, key=lambda act: act.at)
    return Refused("stale", name=latest.by.short_name, at=latest.at.astimezone(plan.clinic.zone))


def _must_be_open(plan: Plan, rung: Rung) -> None:
    if rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    if plan.open_rung == rung:
        return
    its_pass = Pass.objects.filter(plan=plan, rung=rung).select_related("review__by").first()
    if its_pass is None:
        raise Refused("locked", rung=rung.name)
    review = its_pass.review
    at = review.at.astimezone(plan.clinic.zone)
    raise Refused("already_passed", name=review.by.short_name, rung=rung.name, at=at)


def _every_criterion(rung: Rung, met: set[int]) -> None:
    left = [criterion.text for criterion in rung.criteria.all() if criterion.pk not in met]
    if left:
        raise Refused("criteria_left", left=left)


def record(
    plan: Plan,
    rung: Rung,
    kind: str,
    outcome: str,
    by: User,
    note: str,
    ticks: Iterable[Tick | ReviewTick],
) -> Review:
    """Write a review with copies of its ticks and its pass, and close the patient's request for it.

    The caller has checked every rule.
    """
    review = Review.objects.create(
        plan=plan, rung=rung, kind=kind, outcome=outcome, by=by, note=note
    )
    ReviewTick.objects.bulk_create(
        ReviewTick(review=review, criterion_id=tick.criterion_id, by_id=tick.by_id, at=tick.at)
        for tick in ticks
    )
    if outcome == Outcome.PASSED:
        Pass.objects.create(plan=plan, rung=rung, review=review)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=review.at)
    return review


@transaction.atomic
def place(*, plan: Plan, criteria: Iterable[Criterion], by: User, note: str = "") -> list[Review]:
    """Pass lower gates at the first assessment, from the open rung upwards: all of them or none.

    ``criteria``: the criteria that are met, of one or more whole rungs. Returns one review for each
    rung, lowest first.

    Raises ``Refused``: not_yours, nothing_ticked, other_ladder, plan_ended, not_screened,
    not_cleared, stop_unanswered, already_passed, locked, not_from_the_bottom, criteria_left,
    too_long.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    met = {criterion.pk for criterion in criteria}
    rungs = list(Rung.objects.filter(criteria__in=met).distinct().order_by("position"))
    if not rungs:
        raise Refused("nothing_ticked")
    if any(rung.ladder_id != plan.ladder_id for rung in rungs):
        raise Refused("other_ladder")
    existing = list(
        Review.objects.filter(
            active_pass__rung__in=rungs, plan=plan, by=by, kind=ReviewKind.PLACEMENT
        )
    )
    if len(existing) == len(rungs):
        return existing
    guards.running(plan)
    guards.screened(plan.patient)
    guards.not_stopped(plan)
    note = guards.words(note)
    reviews = [_place_one(plan, rung, met, by, note) for rung in rungs]
    summaries.refresh(plan.patient)
    return reviews


def _place_one(plan: Plan, rung: Rung, met: set[int], by: User, note: str) -> Review:
    lowest = plan.open_rung
    if lowest is not None and rung != lowest and rung.position > lowest.position:
        raise Refused("not_from_the_bottom", rung=lowest.name)
    _must_be_open(plan, rung)
    _every_criterion(rung, met)
    now = timezone.now()
    wanted = [
        Tick(plan=plan, criterion=criterion, by=by, at=now) for criterion in rung.criteria.all()
    ]
    Tick.objects.bulk_create(wanted, ignore_conflicts=True)
    ticks = Tick.objects.filter(plan=plan, criterion__rung=rung)
    return record(plan, rung, ReviewKind.PLACEMENT, Outcome.PASSED, by, note, ticks)


@transaction.atomic
def withdraw(*, plan: Plan, rung: Rung, by: User, reason: str) -> Withdrawal:
    """Take back the pass of a rung and of every rung above, and clear their ticks.

    Returns the withdrawal of ``rung``; the withdrawals of the rungs above name it as their cause.
    If the same clinician presses twice, the second press returns the same withdrawal.

    Raises ``Refused``: not_yours, reason_missing, too_long, plan_ended, not_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    reason = guards.words(reason)
    if not reason:
        raise Refused("reason_missing")
    passes = list(
        Pass.objects.filter(plan=plan, rung__position__gte=rung.position)
        .select_related("rung", "review")
        .order_by("-rung__position")
    )
    if not passes or passes[-1].rung_id != rung.pk:
        return _withdrawn_before(plan, rung, by, reason)
    guards.running(plan)
    # Delete from the top down: the database refuses a pass above a rung that has none.
    for its_pass in passes:
        its_pass.delete()
    first = Withdrawal.objects.create(review=passes[-1].review, by=by, reason=reason)
    for above in reversed(passes[:-1]):
        Withdrawal.objects.create(
            review=above.review, cause=first, by=by, reason=reason, at=first.at
        )
    Tick.objects.filter(plan=plan, criterion__rung__position__gte=rung.position).delete()
    summaries.refresh(plan.patient)
    return first


def _withdrawn_before(plan: Plan, rung: Rung, by: User, reason: str) -> Withdrawal:
    last = Withdrawal.objects.filter(review__plan=plan, review__rung=rung).order_by("-pk").first()
    if last is not None and last.by_id == by.pk and last.reason == reason and last.cause_id is None:
        return last
    raise Refused("not_passed", rung=rung.name)
