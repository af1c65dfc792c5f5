"""What can be written down for one day: which levels were in reach, which dose counts, what is logged already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from patients import day_rows, levels
from patients.day_rows import Logged
from patients.entries import DAYS_BACK, day_span
from patients.models import Plan, Prescription
from patients.today import dose_of


@dataclass(frozen=True)
class PastDay:
    """``steps``: levels to choose from, lowest first; ``step``: the one proposed. ``open``: the day can be logged."""

    day: date
    open: bool
    entry: Logged | None
    steps: list[levels.Step]
    step: levels.Step | None
    dose: Prescription | None


def past_day(plan: Plan, day: date, today: date) -> PastDay:
    """A day of the plan as its sheet needs it. Reads; ``practice.log`` decides what is accepted."""
    ladder, doses = levels.steps(plan), day_rows.prescriptions(plan)
    entry = next((one for one in day_rows.entries(plan, day) if one.done_on == day), None)
    place = _place(plan, day, ladder, doses)
    steps = _in_reach(plan, day, ladder, place.rung or 0)
    logged = entry.level_id if entry else None
    steps = [step for step in steps if not step.helper or step.level_id in {logged, *doses}]
    step = _proposed(steps, logged, place.step)
    is_open = max(plan.started_on, today - timedelta(days=DAYS_BACK)) <= day <= today
    return PastDay(day, is_open, entry, steps, step, dose_of(plan, step, doses))


def _place(plan: Plan, day: date, ladder: list[levels.Step], doses: dict[int, Prescription]) -> levels.Place:
    goal = plan.goal_rung.position if plan.goal_rung else None
    return levels.find(ladder, levels.choices(plan), doses, day, start=plan.assigned_at, goal=goal)


def _in_reach(plan: Plan, day: date, ladder: list[levels.Step], highest: int) -> list[levels.Step]:
    """Levels of the rungs that had opened by the end of the day and are in reach still."""
    _, ends = day_span(plan, day)
    opened = {1} | {step.rung + 1 for step in ladder if step.passed_at is not None and step.passed_at < ends}
    return [step for step in ladder if step.rung in opened and step.rung <= highest]


def _proposed(steps: list[levels.Step], logged: int | None, current: levels.Step | None) -> levels.Step | None:
    """What is logged already, else the present level where it was in reach, else the highest that was."""
    own = [step for step in steps if not step.helper]
    wanted = [step for step in steps if step.level_id == logged] + [step for step in steps if step == current]
    return next(iter(wanted), own[-1] if own else None)
