"""Writes a decision at a gate: the review, the marks as they stood, and the pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from curriculum.models import Rung
from patients.models import (
    Outcome,
    Pass,
    Plan,
    Review,
    ReviewRequest,
    ReviewTick,
    Schedule,
    Tick,
)
from patients.models.gate import what_was_marked


def record(
    plan: Plan,
    rung: Rung,
    kind: str,
    outcome: str,
    by: User,
    note: str,
    ticks: Iterable[Tick | ReviewTick],
    *,
    at: datetime | None = None,
    act: Review | None = None,
) -> Review:
    """Write a review with copies of its ticks and its pass, and close the patient's request for it.

    The caller has checked every rule. ``at``: None = now. ``act``: the first review of an act with
    several.
    """
    review = Review(plan=plan, rung=rung, kind=kind, outcome=outcome, by=by, note=note, act=act)
    review.at = at or timezone.now()
    review.save(force_insert=True)
    ReviewTick.objects.bulk_create(
        ReviewTick(review=review, criterion_id=tick.criterion_id, **what_was_marked(tick))
        for tick in ticks
    )
    if outcome == Outcome.PASSED:
        Pass.objects.create(plan=plan, rung=rung, review=review)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(
        closed_at=review.at, closed_by=review
    )
    return review


def set_days(review: Review, weekdays: int | None) -> None:
    """Set the days of practice from the day of a pass on, as part of it; None = as they are."""
    if weekdays is None or review.outcome != Outcome.PASSED:
        return
    day = review.plan.clinic.day_of(review.at)
    latest = review.plan.schedules.last()
    if latest is None or latest.weekdays != weekdays or latest.from_day > day:
        Schedule.objects.create(
            plan=review.plan, weekdays=weekdays, from_day=day, by=review.by, review=review
        )
