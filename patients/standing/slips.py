"""A decision that may still be taken back as a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, Q

from patients.models import (
    Draft,
    Patient,
    Plan,
    Practice,
    Review,
    Screening,
    StopAnswer,
    Tick,
)

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


def answers_of_act(first: int) -> list[StopAnswer]:
    """The answers that one press gave, one to each stop that it covered. One query.

    ``first``: the id of the first of them
    """
    act = StopAnswer.objects.filter(Q(pk=first) | Q(act=first))
    told = ("stop__practice", "stop__morning", "stop__report")
    named = act.select_related("stop__plan", "stop__patient__clinic", "by", *told)
    return list(named.order_by("pk"))


def answer_is_built_upon(act: Sequence[StopAnswer]) -> bool:
    """Whether something rests on an answer. One query.

    Practice or a draft of the same day or later, and anything decided: a tick, a gate, a screening.
    Practice of a day before, entered late, rests on nothing that the answer said.
    """
    first = act[0]
    patient = first.stop.patient
    day = patient.clinic.day_of(first.at)
    since = {"plan__patient": patient, "at__gt": first.at}
    decided_later = Screening.objects.standing().filter(patient=patient, at__gt=first.at)
    rests = (
        Exists(Practice.objects.filter(**since, done_on__gte=day))
        | Exists(Draft.objects.filter(plan__patient=patient, updated_at__gt=first.at, day__gte=day))
        | Exists(Tick.objects.filter(**since))
        | Exists(Review.objects.filter(**since))
        | Exists(decided_later.exclude(answer__in=act))
    )
    return Patient.objects.filter(rests, pk=patient.pk).exists()
