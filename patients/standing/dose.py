"""The dose in force for a level: the latest prescription, or else the level's own dose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.prepared import Prepared
from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.position import LadderStep


def latest_doses(
    prescriptions: Iterable[Prescription], until: datetime | None = None
) -> dict[int, Prescription]:
    """The latest prescription of each level that has one, by the level's id.

    ``prescriptions``: oldest first
    ``until``: later prescriptions are left out; None = none is
    """
    return {
        prescription.level_id: prescription
        for prescription in prescriptions
        if until is None or prescription.at <= until
    }


def dose_of_step(
    plan: Plan, step: LadderStep, prescribed: Mapping[int, Prescription]
) -> Prescription:
    """The dose of a level: its prescription, or else the level's own dose as an unsaved row.

    ``prescribed``: the result of ``latest_doses``.
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
    """Do the same as ``dose_of_step`` for a ``Level``; reads its drill."""
    return prescribed.get(level.pk) or Prescription(
        plan=plan,
        level=level,
        sets=level.sets,
        reps=level.reps,
        seconds=level.seconds,
        per_side=level.drill.one_sided,
    )


def sets_of(dose: Prescription) -> int:
    """The number of sets of a dose, both sides counted."""
    return dose.sets * (2 if dose.per_side else 1)


def dose_in_force(plan: Plan, level: Level) -> Prescription:
    """The dose of a level now. One query."""
    prescriptions = Prescription.objects.filter(plan=plan, level=level).select_related("by")
    return dose_of_level(plan, level, latest_doses(prescriptions.order_by("pk")))


def covered_by(prescribed: Mapping[int, Prescription]) -> dict[int, str]:
    """What ``position.covered_of`` reads. ``prescribed``: the result of ``latest_doses``."""
    return {level: dose.reason_for for level, dose in prescribed.items()}


def prescriptions_in_force(plan: Plan) -> dict[int, Prescription]:
    """The latest prescription of each level of a plan, by the level's id. One query."""
    return latest_doses(_prescriptions(plan=plan.pk))


_prescriptions = Prepared(
    lambda plan: Prescription.objects.filter(plan_id=plan).select_related("by").order_by("pk"),
    plan=int,
)
