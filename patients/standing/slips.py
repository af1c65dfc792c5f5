"""A decision that may still be taken back as a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

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
    practised = Practice.objects.filter(plan=plan, at__gte=top.at - ONE_SECOND)
    drafted = Draft.objects.filter(plan=plan, updated_at__gte=top.at - ONE_SECOND)
    done = [
        *practised.values_list("level__rung__position", "at"),
        *drafted.values_list("level__rung__position", "updated_at"),
    ]
    return is_done_above(top, done) or Review.objects.filter(plan=plan, pk__gt=top.pk).exists()


def is_done_above(top: Review, done: Iterable[tuple[int, datetime]]) -> bool:
    """Whether something was done above the rung of a review since the review was made.

    ``done``: positions of rungs, and moments
    """
    since = top.at - ONE_SECOND
    return any(position > top.rung.position and at >= since for position, at in done)
