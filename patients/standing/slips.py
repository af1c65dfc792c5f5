"""A decision that may still be taken back as a slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from patients.models import Draft, Plan, Practice, Review

ONE_SECOND = timedelta(seconds=1)


def reviews_of_act(review: Review) -> list[Review]:
    """The reviews that one press made, lowest rung first: all those of a placement."""
    lowest = review.act_id or review.pk
    act = Review.objects.filter(Q(pk=lowest) | Q(act=lowest))
    return list(act.select_related("rung", "by").order_by("rung__position"))


def is_built_upon(plan: Plan, reviews: Sequence[Review]) -> bool:
    """Whether something rests on what these reviews opened: practice, a draft, or a decision."""
    top = reviews[-1]
    above = {"plan": plan, "level__rung__position__gt": top.rung.position}
    since = top.at - ONE_SECOND
    return (
        Practice.objects.filter(**above, at__gte=since).exists()
        or Draft.objects.filter(**above, updated_at__gte=since).exists()
        or Review.objects.filter(plan=plan, pk__gt=top.pk).exists()
    )
