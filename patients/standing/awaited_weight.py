"""Finds the plans that wait for a weight: the open rung's drill takes a weight, and no clinician
has set it. Those that wait for a level to be chosen are among them.

Reads many plans at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from curriculum.models import Level
from patients.models import LevelChoice, Plan, Prescription
from patients.standing.cautions import Held
from patients.standing.chosen_levels import OVER_ON, ChosenLevel
from patients.standing.position import (
    STEP_COLUMNS,
    LadderStep,
    for_patient,
    place_on,
)


def waited_for(
    plans: Sequence[Plan],
    passed: Mapping[int, Mapping[int, datetime]],
    lost: Mapping[int, Mapping[int, datetime]],
    held: Mapping[int, Sequence[Held]],
) -> dict[int, date | None]:
    """The day since which each plan waits for a weight, by the plan's id; None = it does not wait.

    ``passed``: by plan and position of the rung, when the rung was passed
    ``lost``: by plan and position of the rung, when its pass was last withdrawn
    ``held``: by patient, what is true of them
    Three queries.
    """
    ladders = _steps_by_ladder({plan.ladder_id for plan in plans})
    covered: dict[int, dict[int, str]] = defaultdict(dict)
    doses = Prescription.objects.filter(plan__in=plans).order_by("pk")
    for plan_id, level_id, keys in doses.values_list("plan", "level", "reason_for"):
        covered[plan_id][level_id] = keys
    chosen: dict[int, list[ChosenLevel]] = defaultdict(list)
    newest_first = LevelChoice.objects.filter(plan__in=plans).order_by("-pk")
    columns = ("plan", "level_id", "until", "at", "finding_id", "from_day")
    for plan_id, *choice in newest_first.values_list(*columns, OVER_ON):
        chosen[plan_id].append(ChosenLevel(*choice))
    return {
        plan.pk: _weight_from(
            for_patient(
                _climbed(ladders[plan.ladder_id], passed.get(plan.pk, {}), lost.get(plan.pk, {})),
                held.get(plan.patient_id, ()),
                covered[plan.pk],
            ),
            chosen[plan.pk],
            covered[plan.pk],
            start=plan.assigned_at,
            goal=plan.goal_position,
            day_of=plan.clinic.day_of,
        )
        for plan in plans
    }


def _steps_by_ladder(ladders: Collection[int]) -> dict[int, list[LadderStep]]:
    """Every level of some ladders from the bottom up, by the ladder's id, without any passes.

    One query.
    """
    steps: dict[int, list[LadderStep]] = defaultdict(list)
    rows = Level.objects.filter(rung__ladder__in=ladders).order_by("rung__position", "position")
    for ladder_id, *columns in rows.values_list("rung__ladder", *STEP_COLUMNS):
        steps[ladder_id].append(LadderStep._make([*columns, None, None, False]))
    return steps


def _climbed(
    steps: Iterable[LadderStep], passed: Mapping[int, datetime], lost: Mapping[int, datetime]
) -> list[LadderStep]:
    """The steps of a ladder with what one plan has done. ``passed``, ``lost``: by rung."""
    return [
        step._replace(passed_at=passed.get(step.rung), lost_at=lost.get(step.rung))
        for step in steps
    ]


def _weight_from(
    ladder: Iterable[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    *,
    start: datetime,
    goal: int | None,
    day_of: Callable[[datetime], date],
) -> date | None:
    """The day since which one plan waits for a weight; None = it does not wait.

    A plan that trains lower, or on a borrowed level, waits only after the last day of it.
    ``day_of`` turns a moment into the clinic's calendar day; the other arguments are those of
    ``place_on``.
    """
    steps = list(ladder)
    place = place_on(steps, chosen, prescribed, date.max, start=start, goal=goal)
    if not place.awaits_clinician:
        return None
    last_days = [choice.until for choice in chosen if choice.until is not None]
    until = [
        day
        for day in last_days
        if not place_on(steps, chosen, prescribed, day, start=start, goal=goal).awaits_clinician
    ]
    return max([day_of(place.opened_at), *(day + timedelta(days=1) for day in until)])
