"""What can be written down for one day: which levels were in reach, which dose counts, what is
logged already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from patients.models import Plan, Prescription
from patients.rules.periods import DAYS_BACK
from patients.standing.dose import dose_of_step, prescriptions_in_force
from patients.standing.entries import LoggedEntry, logged_entries
from patients.standing.position import (
    LadderPlace,
    LadderStep,
    chosen_levels,
    ladder_steps,
    place_on,
)


@dataclass(frozen=True)
class LogDay:
    """``steps``: levels to choose from, lowest first; ``step``: the one proposed. ``open``: the day
    can be logged."""

    day: date
    open: bool
    entry: LoggedEntry | None
    steps: list[LadderStep]
    step: LadderStep | None
    dose: Prescription | None


def read_log_day(plan: Plan, day: date, today: date) -> LogDay:
    """A day of the plan as its sheet needs it. Reads; ``practice.log`` decides what is accepted."""
    ladder, doses = ladder_steps(plan), prescriptions_in_force(plan)
    entry = next((one for one in logged_entries(plan, day) if one.done_on == day), None)
    place = _place(plan, day, ladder, doses)
    steps = _in_reach(plan, day, ladder, place.rung or 0)
    logged = entry.level_id if entry else None
    steps = [step for step in steps if not step.helper or step.level_id in {logged, *doses}]
    step = _proposed(steps, logged, place.step)
    is_open = max(plan.started_on, today - timedelta(days=DAYS_BACK)) <= day <= today
    return LogDay(
        day, is_open, entry, steps, step, dose_of_step(plan, step, doses) if step else None
    )


def _place(
    plan: Plan, day: date, ladder: list[LadderStep], doses: dict[int, Prescription]
) -> LadderPlace:
    chosen = chosen_levels(plan)
    return place_on(ladder, chosen, doses, day, start=plan.assigned_at, goal=plan.goal_position)


def _in_reach(plan: Plan, day: date, ladder: list[LadderStep], highest: int) -> list[LadderStep]:
    """Levels of the rungs that had opened by the end of the day and are in reach still."""
    _, ends = plan.clinic.day_span(day)
    opened = {1} | {
        step.rung + 1 for step in ladder if step.passed_at is not None and step.passed_at < ends
    }
    return [step for step in ladder if step.rung in opened and step.rung <= highest]


def _proposed(
    steps: list[LadderStep], logged: int | None, current: LadderStep | None
) -> LadderStep | None:
    """What is logged already, else the present level where it was in reach, else the highest that
    was."""
    own = [step for step in steps if not step.helper]
    wanted = [step for step in steps if step.level_id == logged] + [
        step for step in steps if step == current
    ]
    return next(iter(wanted), own[-1] if own else None)
