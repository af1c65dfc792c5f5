"""Moving a plan to another edition of its ladder: a clinician's act, never an automatic one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Ladder, Rung
from patients import guard, progression, summary
from patients.models import Outcome, Plan, Review, ReviewKind, ReviewRequest, Schedule, Tick
from patients.refused import Refused


@transaction.atomic
def move(*, plan: Plan, ladder: Ladder, by: User) -> Plan:
    """End a plan and go on with it on another edition of its ladder.

    Carries the unbroken run of passes whose criteria all have a match by key; the other gates stand open again.
    Raises ``Refused``: not_yours, plan_ended, other_ladder, not_newer.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    following = Plan.objects.filter(moved_from=plan, ladder=ladder).first()
    if following is not None:
        return following
    guard.running(plan)
    if ladder.slug != plan.ladder.slug:
        raise Refused("other_ladder")
    if ladder.pk == plan.ladder_id:
        raise Refused("not_newer")
    goal = ladder.rungs.filter(slug=plan.goal_rung.slug).first() if plan.goal_rung else None
    today = plan.clinic.today()
    Plan.objects.filter(pk=plan.pk).update(ended_on=today)
    moved = Plan.objects.create(
        patient=plan.patient,
        clinic=plan.clinic,
        ladder=ladder,
        goal_rung=goal,
        assigned_by=by,
        started_on=today,
        moved_from=plan,
    )
    for schedule in plan.schedules.order_by("-from_day", "-pk")[:1]:
        Schedule.objects.create(plan=moved, weekdays=schedule.weekdays, from_day=today, by=by)
    for rung, review in carried(plan, ladder):
        _carry(moved, rung, review, by)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=timezone.now())
    summary.refresh(plan.patient)
    return moved


def carried(plan: Plan, ladder: Ladder) -> list[tuple[Rung, Review]]:
    """The rungs of another edition that a move would carry as passed, with the review that each rests on."""
    standing = {one.rung.slug: one.review for one in plan.passes.select_related("rung", "review")}
    run: list[tuple[Rung, Review]] = []
    for rung in ladder.rungs.order_by("position").prefetch_related("criteria"):
        review = standing.get(rung.slug)
        if review is None:
            break
        ticked = set(review.ticks.values_list("criterion__slug", flat=True))
        if any(criterion.slug not in ticked for criterion in rung.criteria.all()):
            break
        run.append((rung, review))
    return run


def _carry(plan: Plan, rung: Rung, review: Review, by: User) -> None:
    ticked: dict[str, tuple[int, datetime]] = {
        tick.criterion.slug: (tick.by_id, tick.at) for tick in review.ticks.select_related("criterion")
    }
    ticks = []
    for criterion in rung.criteria.all():
        by_id, at = ticked[criterion.slug]
        ticks.append(Tick(plan=plan, criterion=criterion, by_id=by_id, at=at))
    Tick.objects.bulk_create(ticks)
    progression.record(plan, rung, ReviewKind.CARRIED, Outcome.PASSED, by, "", ticks)
