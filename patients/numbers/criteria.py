"""Reads which criteria were not met when a look at a gate ended with "not yet". Two queries."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from patients.models import Outcome, Review, ReviewKind, ReviewTick, WithdrawalKind
from patients.numbers.small import people
from patients.numbers.wanted import Wanted


def held_up(wanted: Wanted) -> list[list[str | int | None]]:
    """The slugs of rung and criterion, for how many people it was not marked at such a look, and
    how many people were looked at on the rung. Most people first, as they may be shown; a criterion
    of too few people is left out."""
    looks = _looks(wanted)
    marked = ReviewTick.objects.filter(review=OuterRef("pk"), criterion=OuterRef("criterion"))
    missing = (
        looks.filter(outcome=Outcome.NOT_YET)
        .annotate(criterion=F("rung__criteria"), key=F("rung__criteria__slug"))
        .filter(~Exists(marked))
        .values_list("rung__slug", "key")
        .annotate(n=Count("plan__patient", distinct=True))
    )
    on_rung = looks.values_list("rung__slug").annotate(n=Count("plan__patient", distinct=True))
    looked_at = dict(on_rung)
    found = [(rung, key, people(n), people(looked_at[rung])) for rung, key, n in missing]
    shown = [row for row in found if row[2] is not None]
    return [list(row) for row in sorted(shown, key=lambda row: (-(row[2] or 0), row[0], row[1]))]


def _looks(wanted: Wanted) -> QuerySet[Review]:
    """The looks at a gate in the period. One that was pressed by mistake is none."""
    slip = Q(withdrawal__kind=WithdrawalKind.SLIP)
    gate = Q(kind=ReviewKind.GATE) & wanted.of_plan("plan")
    return Review.objects.filter(gate, at__gte=wanted.begins_at).exclude(slip).order_by()
