"""The dose that keeps up what was reached, written with the pass after which no rung is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from patients.models import Plan, Prescription, Review
from patients.rules.periods import MAINTENANCE_SETS
from patients.standing.dose import dose_in_force, dose_of_level, unsaved
from patients.standing.position import current_level


def keep_up(review: Review) -> None:
    """Prescribe fewer sets of the level that is kept, if the pass of a review was the last."""
    plan = review.plan
    if plan.open_rung is not None:
        return
    # No level is borrowed or lower for ever: what is kept is the plan's own. While a weight is to
    # be set first, nothing is kept yet.
    now = current_level(plan, date.max)
    if now.level is None or now.awaits_weight or now.awaits_choice:
        return
    dose = dose_in_force(plan, now.level)
    if dose.pk is None or dose.sets > MAINTENANCE_SETS:
        kept = copied(dose, review.by, review.at)
        kept.sets = min(dose.sets, MAINTENANCE_SETS)
        kept.save()


def bring_back(plan: Plan, acts: Sequence[Review], by: User) -> None:
    """Prescribe again what was prescribed before the act that is taken back."""
    made = {"plan": plan, "by": by, "at__in": [review.at for review in acts]}
    for kept in Prescription.objects.filter(**made).select_related("level__drill"):
        earlier = Prescription.objects.filter(plan=plan, level=kept.level, pk__lt=kept.pk)
        before = earlier.order_by("-pk").first() or dose_of_level(plan, kept.level, {})
        copied(before, by, timezone.now()).save()


def copied(dose: Prescription, by: User, at: datetime) -> Prescription:
    """The same dose as a row that is not saved yet, without the words of the one before."""
    return unsaved(dose, by=by, at=at, word="", why_more="", signed_for="")
