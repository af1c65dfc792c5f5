"""Writes a decision at a gate: the review, the marks as they stood, and the pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

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
from patients.standing.training_days import DaysInForce


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


def set_days(
    plan: Plan, days: DaysInForce, *, from_day: date, by: User, review: Review | None = None
) -> Schedule:
    """Set the days of practice from a day on, as part of a decision or in an act of their own. The
    same days again change nothing."""
    latest = plan.schedules.last()
    if latest is not None and _says_the_same(latest, days) and latest.from_day <= from_day:
        return latest
    return Schedule.objects.create(
        plan=plan, from_day=from_day, by=by, review=review, **asdict(days)
    )


def _says_the_same(row: Schedule, days: DaysInForce) -> bool:
    """Whether the days need no new row."""
    kept = row.kept_running or not days.kept_running
    return row.weekdays == days.weekdays and kept
