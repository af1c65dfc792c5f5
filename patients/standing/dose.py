"""The dose in force: what is prescribed of a level, or the level's own."""

from __future__ import annotations

from accounts.prepared import Prepared
from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.position import LadderStep


def dose_in_force(plan: Plan, level: Level) -> Prescription:
    """The dose in force: the latest prescription of the level, else an unsaved one with the level's
    default."""
    latest = (
        Prescription.objects.filter(plan=plan, level=level)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    return latest or default_dose(plan, level)


def default_dose(plan: Plan, level: Level) -> Prescription:
    """The level's own dose, as a prescription that nobody made."""
    return Prescription(
        plan=plan,
        level=level,
        sets=level.sets,
        reps=level.reps,
        seconds=level.seconds,
        per_side=level.drill.one_sided,
    )


def dose_of_step(
    plan: Plan, step: LadderStep | None, doses: dict[int, Prescription]
) -> Prescription | None:
    """The dose in force of a step: prescribed, else the level's own, unsaved."""
    if step is None or step.level_id in doses:
        return doses[step.level_id] if step else None
    return Prescription(
        plan_id=plan.pk,
        level_id=step.level_id,
        sets=step.sets,
        reps=step.reps,
        seconds=step.seconds,
        per_side=step.one_sided,
    )


def prescriptions_in_force(plan: Plan) -> dict[int, Prescription]:
    """The prescription in force of each level that has one, by the level's id: one query."""
    return {row.level_id: row for row in _prescriptions(plan=plan.pk)}


_prescriptions = Prepared(
    lambda plan: Prescription.objects.filter(plan_id=plan).select_related("by").order_by("pk"),
    plan=int,
)
