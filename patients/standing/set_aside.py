"""The plans of a patient that have ended and can be taken up again."""

from __future__ import annotations

from django.db.models import Count, F, Q

from patients.models import Patient, Plan
from patients.standing.ladders_offered import of_plan_not_offered


def to_take_up(patient: Patient) -> list[Plan]:
    """The newest plan of each ladder that nothing followed, newest first. One query.

    Each has the number of its passes as ``passed_count`` and of its rungs as ``rung_count``, and
    ``not_offered``: whether its ladder is offered to nobody new.
    """
    plans = Plan.objects.filter(patient=patient, ended_on__isnull=False, moved_to=None)
    counted = plans.select_related("ladder", "goal_rung", "ended_by").annotate(
        not_offered=of_plan_not_offered(),
        passed_count=Count("passes", distinct=True),
        rung_count=Count(
            "ladder__rungs",
            distinct=True,
            filter=Q(goal_rung=None) | Q(ladder__rungs__position__lte=F("goal_rung__position")),
        ),
    )
    newest: dict[str, Plan] = {}
    for plan in counted.order_by("-pk"):
        newest.setdefault(plan.ladder.slug, plan)
    return list(newest.values())
