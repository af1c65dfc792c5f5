"""The dose in force: what is prescribed of a level, or the level's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.position import LadderStep


def latest_doses(
    prescriptions: Iterable[Prescription], until: datetime | None = None
) -> dict[int, Prescription]:
    """The prescription in force of each level that has one, by the level's id.

    ``prescriptions``: in the order in which they were made; ``until``: as things stood then.
    """
    return {row.level_id: row for row in prescriptions if until is None or row.at <= until}


def dose_of_step(
    plan: Plan, step: LadderStep, prescribed: Mapping[int, Prescription]
) -> Prescription:
    """The dose of a level: as prescribed, else the level's own, which is not saved.

    ``prescribed``: as ``latest_doses`` gives it.
    """
    return prescribed.get(step.level_id) or Prescription(
        plan_id=plan.pk,
        level_id=step.level_id,
        sets=step.sets,
        reps=step.reps,
        seconds=step.seconds,
        per_side=step.one_sided,
    )


def dose_of_level(plan: Plan, level: Level, prescribed: Mapping[int, Prescription]) -> Prescription:
    """The same of a level with its drill at hand."""
    return prescribed.get(level.pk) or Prescription(
        plan=plan,
        level=level,
        sets=level.sets,
        reps=level.reps,
        seconds=level.seconds,
        per_side=level.drill.one_sided,
    )


def sets_of(dose: Prescription) -> int:
    """Sets of a dose, over both sides."""
    return dose.sets * (2 if dose.per_side else 1)


def dose_in_force(plan: Plan, level: Level) -> Prescription:
    """The dose of a level now: one query."""
    made = Prescription.objects.filter(plan=plan, level=level).select_related("by").order_by("pk")
    return dose_of_level(plan, level, latest_doses(made))


def prescriptions_in_force(plan: Plan) -> dict[int, Prescription]:
    """The prescriptions in force of a plan, by the level's id: one query."""
    made = Prescription.objects.filter(plan_id=plan.pk).select_related("by").order_by("pk")
    return latest_doses(made)
