"""The verbs that take a pass back: the skill is lost, or it was pressed by mistake."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from curriculum.models import Rung
from patients.models import Pass, Plan, Tick, Withdrawal
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries


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
