"""Today's load: the repetitions of today inside the signed range, or a lighter start after days
away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from curriculum.models import Level
from patients.models import Prescription
from patients.rules.periods import MORNING_DAYS
from patients.standing.cautions import Held
from patients.standing.entries import LoggedEntry
from patients.standing.load.read import Course, LoadOfLevel, load_from
from patients.standing.position import LadderStep

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


def read_load(
    plan: PlanOfDay,
    level: Level | None,
    written: Sequence[Prescription],
    held: Sequence[Held],
    course: Course,
    day: date,
) -> LoadOfLevel | None:
    """How the load of the day's level stands; None = it has none, or nobody prescribed it.

    ``written``: every prescription of the plan, oldest first
    No query; one after days away, and those of ``load_from`` on a plan that went on from another.
    """
    if level is None or not level.drill.loaded:
        return None
    doses = [dose for dose in written if dose.level_id == level.pk]
    if not doses:
        return None
    load = load_from(plan, level, doses, held, day, course=course, with_weights=False)
    return load_from(plan, level, doses, held, day, course=course) if load.is_away else load


def course_of(entries: Sequence[LoggedEntry], steps: Sequence[LadderStep]) -> Course:
    """``entries``: of the plan, oldest first; ``steps``: every level of its ladder."""
    return Course(entries, {step.level_id for step in steps if step.loaded})


def entries_from(plan: PlanOfDay, day: date) -> date:
    """Since when the day reads entries: those of its week and those whose morning can be told; all
    of a plan with load, which its repetitions hang on."""
    return plan.started_on if plan.loads else day - timedelta(max(MORNING_DAYS, day.weekday()))
