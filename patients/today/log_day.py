"""What a patient can log for one day: the levels in reach, the dose, and what is already logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from patients.models import Plan, Practice, Prescription, Report
from patients.rules.periods import DAYS_BACK
from patients.standing.cautions import held_by
from patients.standing.chosen_levels import ChosenLevel, chosen_levels, was_in_force
from patients.standing.dose import dose_of_step, prescriptions_in_force, taken_by
from patients.standing.entries import LoggedEntry, logged_entries
from patients.standing.position import (
    LadderStep,
    for_patient,
    ladder_steps,
    place_on,
)


@dataclass(frozen=True)
class LogDay:
    """A day that a patient opens to log practice.

    ``open``: whether the day can be logged or changed.
    ``entry``: what is already logged for the day; ``report``: what was told with it.
    ``steps``: the levels to choose from, lowest first.
    ``step``: the level that the page proposes.
    ``dose``: the dose of the proposed level.
    """

    day: date
    open: bool
    entry: LoggedEntry | None
    report: Report | None
    steps: list[LadderStep]
    step: LadderStep | None
    dose: Prescription | None

    @property
    def loaded(self) -> bool:
        """Whether the proposed level has a load."""
        return self.step is not None and self.step.loaded


def read_log_day(plan: Plan, day: date, today: date) -> LogDay:
    """Read a day of the plan for its sheet. The verb ``practice.log`` decides what is accepted."""
    doses = prescriptions_in_force(plan)
    ladder = for_patient(ladder_steps(plan), held_by(plan.patient), taken_by(doses))
    entry = next((row for row in logged_entries(plan, day) if row.done_on == day), None)
    chosen = chosen_levels(plan)
    place = place_on(ladder, chosen, doses, day, start=plan.assigned_at, goal=plan.goal_position)
    logged = entry.level_id if entry else None
    steps = _to_choose(
        _borrowed(ladder, chosen, day),
        _in_reach(plan, day, ladder, place.rung or 0),
        {logged, *doses},
    )
    step = _proposed(steps, logged, place.step)
    is_open = max(plan.started_on, today - timedelta(days=DAYS_BACK)) <= day <= today
    report = Practice.objects.get(pk=entry.pk).told if entry else None
    dose = dose_of_step(plan, step, doses) if step else None
    return LogDay(day, is_open, entry, report, steps, step, dose)


def _borrowed(
    ladder: list[LadderStep], chosen: Iterable[ChosenLevel], day: date
) -> list[LadderStep]:
    """The levels that were borrowed on a day."""
    lent = {choice.level_id for choice in chosen if was_in_force(choice, day)}
    return [step for step in ladder if step.level_id in lent]


def _to_choose(
    borrowed: list[LadderStep], in_reach: list[LadderStep], named: set[int | None]
) -> list[LadderStep]:
    """The levels of the day, lowest first. ``named``: the helpers that are among them."""
    own = [step for step in in_reach if not step.helper or step.level_id in named]
    return own + [step for step in borrowed if step not in own]


def _in_reach(plan: Plan, day: date, ladder: list[LadderStep], highest: int) -> list[LadderStep]:
    """The levels of the rungs that were open by the end of the day and are still in reach."""
    _, ends = plan.clinic.day_span(day)
    opened = {1} | {
        step.rung + 1 for step in ladder if step.passed_at is not None and step.passed_at < ends
    }
    return [step for step in ladder if step.rung in opened and step.rung <= highest]


def _proposed(
    steps: list[LadderStep], logged: int | None, current: LadderStep | None
) -> LadderStep | None:
    """The level that is logged; otherwise the current level, if it was in reach on that day;
    otherwise the highest level that was in reach."""
    own = [step for step in steps if not step.helper]
    preferred = [step for step in steps if step.level_id == logged] + [
        step for step in steps if step == current
    ]
    return next(iter(preferred), own[-1] if own else None)
