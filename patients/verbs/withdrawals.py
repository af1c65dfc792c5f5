"""The verbs that take a pass back: the skill is lost, or it was pressed by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Rung
from patients.models import (
    Outcome,
    Pass,
    Plan,
    Review,
    ReviewKind,
    ReviewRequest,
    Schedule,
    Tick,
    Withdrawal,
    WithdrawalKind,
)
from patients.rules import guards
from patients.rules.periods import UNDO
from patients.rules.refusals import Refused
from patients.standing.slips import is_built_upon, reviews_of_act
from patients.standing.training_days import days_in_force
from patients.summaries import refresh as summaries
from patients.verbs import maintenance


@transaction.atomic
def withdraw(*, plan: Plan, rung: Rung, by: User, reason: str, to_patient: str = "") -> Withdrawal:
    """Take back the pass of a rung and of every rung above, and clear their ticks.

    Returns the withdrawal of ``rung``; the withdrawals of the rungs above name it as their cause.
    If the same clinician presses twice, the second press returns the same withdrawal.

    ``reason``: for the record. ``to_patient``: what the patient reads.

    Raises ``Refused``: not_yours, reason_missing, too_long, plan_ended, not_passed.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    reason = guards.words(reason)
    to_patient = guards.words(to_patient)
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
    said = Withdrawal(by=by, reason=reason, to_patient=to_patient)
    first = _take_back([its_pass.review for its_pass in reversed(passes)], said)
    Tick.objects.filter(plan=plan, criterion__rung__position__gte=rung.position).delete()
    summaries.refresh(plan.patient)
    return first


def _take_back(reviews: Sequence[Review], said: Withdrawal) -> Withdrawal:
    """Write the withdrawal of each review, lowest rung first, as ``said``; return the first."""
    # Delete from the top down: the database refuses a pass above a rung that has none.
    for review in reversed(reviews):
        Pass.objects.get(review=review).delete()
    first: Withdrawal | None = None
    for review in reviews:
        made = Withdrawal.objects.create(
            review=review,
            cause=first,
            by=said.by,
            at=said.at,
            kind=said.kind,
            reason=said.reason,
            to_patient=said.to_patient,
        )
        first = first or made
    assert first is not None  # noqa: S101
    return first


def _withdrawn_before(plan: Plan, rung: Rung, by: User, reason: str) -> Withdrawal:
    lost = Withdrawal.objects.lost().filter(review__plan=plan, review__rung=rung)
    last = lost.order_by("-pk").first()
    if last is not None and last.by_id == by.pk and last.reason == reason and last.cause_id is None:
        return last
    raise Refused("not_passed", rung=rung.name)


@transaction.atomic
def undo(*, review: Review, by: User) -> None:
    """Take back a pass, or a whole placement, as a slip: all is as before the press.

    Ticks, the day on which the rung opened, the days of practice and the request for a review come
    back. Undoing again changes nothing.

    Raises ``Refused``: not_yours, undo_not_yours, not_passed, plan_ended, undo_over, undo_too_late.
    """
    plan = guards.lock(review.plan)
    guards.own_clinician(by, plan.clinic_id)
    acts = reviews_of_act(review)
    if Withdrawal.objects.slips().filter(review=review, by=by).exists():
        return
    _may_undo(plan, acts, review, by)
    _take_back(acts, Withdrawal(by=by, kind=WithdrawalKind.SLIP))
    _clear_what_is_locked(plan, acts)
    _bring_back_the_days(plan, acts, by)
    maintenance.bring_back(plan, acts, by)
    if not ReviewRequest.objects.filter(plan=plan, closed_at=None).exists():
        closed = ReviewRequest.objects.filter(closed_by__in=acts)
        closed.update(closed_at=None, closed_by=None)
    summaries.refresh(plan.patient)


def _may_undo(plan: Plan, acts: Sequence[Review], review: Review, by: User) -> None:
    if review.by_id != by.pk:
        raise Refused("undo_not_yours", name=review.by.short_name)
    standing = Pass.objects.filter(review__in=acts).count()
    carried = review.kind == ReviewKind.CARRIED
    if review.outcome != Outcome.PASSED or carried or standing != len(acts):
        raise Refused("not_passed", rung=review.rung.name)
    guards.running(plan)
    if timezone.now() > review.at + UNDO:
        raise Refused("undo_over", minutes=UNDO.seconds // 60)
    if is_built_upon(plan, acts):
        raise Refused("undo_too_late")


def _clear_what_is_locked(plan: Plan, acts: Sequence[Review]) -> None:
    """Delete the ticks of what is locked again, and those that a placement made."""
    lowest = acts[0]
    ticks = Tick.objects.filter(plan=plan)
    ticks.filter(criterion__rung__position__gt=lowest.rung.position).delete()
    if lowest.kind == ReviewKind.PLACEMENT:
        ticks.filter(criterion__rung=lowest.rung_id, at=lowest.at).delete()


def _bring_back_the_days(plan: Plan, acts: Sequence[Review], by: User) -> None:
    """Write a new row over each change of the days that the act made."""
    before = plan.schedules.exclude(review__in=acts)
    for row in plan.schedules.filter(review__in=acts):
        days = asdict(days_in_force(plan, row.from_day, before))
        Schedule.objects.create(plan=plan, from_day=row.from_day, by=by, **days)
