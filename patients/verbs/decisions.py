"""Writes a decision at a gate: the review, the marks as they stood, and the pass."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from curriculum.models import Rung
from patients.models import Outcome, Pass, Plan, Review, ReviewRequest, ReviewTick, Tick


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
        ReviewTick(
            review=review,
            criterion_id=tick.criterion_id,
            by_id=tick.by_id,
            at=tick.at,
            applies=tick.applies,
            why=tick.why,
            figure=tick.figure,
        )
        for tick in ticks
    )
    if outcome == Outcome.PASSED:
        Pass.objects.create(plan=plan, rung=rung, review=review)
    ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=review.at)
    return review
