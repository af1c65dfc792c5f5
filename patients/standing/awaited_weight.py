"""Finds the plans that wait for a weight: the open rung's drill takes a weight, and no clinician
has set it. Those that wait for a level to be chosen are among them.

Reads many plans at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from curriculum.models import Level
from patients.models import LevelChoice, Plan, Prescription
from patients.standing.cautions import Held
from patients.standing.chosen_levels import OVER_ON, ChosenLevel
from patients.standing.latest import latest_of
from patients.standing.position import (
    STEP_COLUMNS,
    LadderStep,
    Taken,
    for_patient,
    place_on,
)


class Awaited(NamedTuple):
    """``since``: the day since which a plan waits for a weight; None = it does not wait
    ``level_id``: the level with load that is practised once nothing is set for a while; None = it
    has none
    ``until``: the last day of what is set for a while; None = nothing is
    """

    since: date | None
    level_id: int | None
    until: date | None = None


def waited_for(
    plans: Sequence[Plan],
    passed: Mapping[int, Mapping[int, datetime]],
    lost: Mapping[int, Mapping[int, datetime]],
    held: Mapping[int, Sequence[Held]],
) -> dict[int, Awaited]:
    """Whether each plan waits for a weight, and what it practises, by the plan's id.

    ``passed``: by plan and position of the rung, when the rung was passed
    ``lost``: by plan and position of the rung, when its pass was last withdrawn
    ``held``: by patient, what is true of them
    Three queries.
    """
    ladders = _steps_by_ladder({plan.ladder_id for plan in plans})
    dosed: dict[int, list[tuple[int, Taken]]] = defaultdict(list)
    doses = Prescription.objects.filter(plan__in=plans).order_by("pk")
    for plan_id, level_id, *how in doses.values_list("plan", "level", "reason_for", "variant"):
        dosed[plan_id].append((level_id, Taken(*how)))
    taken = {plan.pk: latest_of(dosed[plan.pk]) for plan in plans}
    chosen: dict[int, list[ChosenLevel]] = defaultdict(list)
    newest_first = LevelChoice.objects.filter(plan__in=plans).order_by("-pk")
    columns = ("plan", "level_id", "until", "at", "finding_id", "from_day")
    for plan_id, *choice in newest_first.values_list(*columns, OVER_ON):
        chosen[plan_id].append(ChosenLevel(*choice))
    return {
        plan.pk: _awaited(
            for_patient(
                _climbed(ladders[plan.ladder_id], passed.get(plan.pk, {}), lost.get(plan.pk, {})),
                held.get(plan.patient_id, ()),
                taken[plan.pk],
            ),
            chosen[plan.pk],
            taken[plan.pk],
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


def _awaited(
    ladder: Iterable[LadderStep],
    chosen: Sequence[ChosenLevel],
    prescribed: Collection[int],
    *,
    start: datetime,
    goal: int | None,
    day_of: Callable[[datetime], date],
) -> Awaited:
    """Whether one plan waits for a weight, and what it practises.

    A plan that trains lower, or on a borrowed level, waits only after the last day of it.
    ``day_of`` turns a moment into the clinic's calendar day; the other arguments are those of
    ``place_on``.
    """
    steps = list(ladder)
    place = place_on(steps, chosen, prescribed, date.max, start=start, goal=goal)
    if not place.awaits_clinician:
        loaded = place.step if place.step is not None and place.step.loaded else None
        return Awaited(None, loaded.level_id if loaded is not None else None, _set_until(chosen))
    last_days = [choice.until for choice in chosen if choice.until is not None]
    until = [
        day
        for day in last_days
        if not place_on(steps, chosen, prescribed, day, start=start, goal=goal).awaits_clinician
    ]
    since = max([day_of(place.opened_at), *(day + timedelta(days=1) for day in until)])
    return Awaited(since, None)


def _set_until(chosen: Sequence[ChosenLevel]) -> date | None:
    """The last day of what is set for a while; None = nothing is. ``chosen``: newest first."""
    own = [choice for choice in chosen if not choice.is_borrowed]
    newest = [choice.until for choice in (*chosen[:1], *own[:1]) if choice.until is not None]
    return max(newest, default=None)
