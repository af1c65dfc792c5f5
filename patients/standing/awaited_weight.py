"""Who waits for a weight: the open rung's drill takes one, and no clinician has set it. Reads many
plans at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from patients.models import LevelChoice, Plan, Prescription
from patients.standing.position import ChosenLevel, LadderStep, place_on, steps_by_ladder


def waited_for(
    plans: Sequence[Plan],
    passed: Mapping[int, Mapping[int, datetime]],
    lost: Mapping[int, Mapping[int, datetime]],
) -> dict[int, date | None]:
    """From which day on each plan waits for a weight; None = it does not. ``passed``, ``lost``:
    by plan, positions with the moment of the pass, and of its latest withdrawal. Three queries."""
    ladders = steps_by_ladder({plan.ladder_id for plan in plans})
    prescribed: dict[int, set[int]] = defaultdict(set)
    for plan_id, level_id in Prescription.objects.filter(plan__in=plans).values_list(
        "plan", "level"
    ):
        prescribed[plan_id].add(level_id)
    chosen: dict[int, list[ChosenLevel]] = defaultdict(list)
    newest_first = LevelChoice.objects.filter(plan__in=plans).order_by("-pk")
    for plan_id, *choice in newest_first.values_list("plan", "level_id", "until", "at"):
        chosen[plan_id].append(ChosenLevel._make(choice))
    return {
        plan.pk: _weight_from(
            [
                step._replace(
                    passed_at=passed.get(plan.pk, {}).get(step.rung),
                    lost_at=lost.get(plan.pk, {}).get(step.rung),
                )
                for step in ladders[plan.ladder_id]
            ],
            chosen[plan.pk],
            prescribed[plan.pk],
            start=plan.assigned_at,
            goal=plan.goal_position,
            day_of=plan.clinic.day_of,
        )
        for plan in plans
    }


def _weight_from(
    ladder: Iterable[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    *,
    start: datetime,
    goal: int | None,
    day_of: Callable[[datetime], date],
) -> date | None:
    """The day from which on a plan waits for a weight, as ``place_on`` sees it; None = it does not
    wait for one. Training lower needs none while it lasts. ``day_of``: the clinic's day of a
    moment."""
    within = list(ladder)
    place = place_on(within, chosen, prescribed, date.max, start=start, goal=goal)
    if not place.awaits_weight:
        return None
    opened_on, until = day_of(place.opened_at), chosen[0].until if chosen else None
    if (
        until is None
        or place_on(within, chosen, prescribed, until, start=start, goal=goal).lower_until is None
    ):
        return opened_on
    return max(opened_on, until + timedelta(days=1))
