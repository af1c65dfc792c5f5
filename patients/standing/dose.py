"""The dose in force for a level: the latest prescription, or else the level's own dose."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.prepared import Prepared
from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.latest import latest_of
from patients.standing.load.usual import rest_of, top_of
from patients.standing.position import LadderStep, Taken


def latest_doses(
    prescriptions: Iterable[Prescription], until: datetime | None = None
) -> dict[int, Prescription]:
    """The latest prescription of each level that has one, by the level's id, the newest last.

    ``prescriptions``: oldest first
    ``until``: later prescriptions are left out; None = none is
    """
    return latest_of(
        (prescription.level_id, prescription)
        for prescription in prescriptions
        if until is None or prescription.at <= until
    )


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
        reps_to=top_of(step.load, step.reps, step.reps_to),
        seconds=step.seconds,
        rest=rest_of(step.load, step.rest),
        per_side=step.one_sided,
    )


def dose_of_level(plan: Plan, level: Level, prescribed: Mapping[int, Prescription]) -> Prescription:
    """Do the same as ``dose_of_step`` for a ``Level``; reads its drill."""
    return prescribed.get(level.pk) or Prescription(
        plan=plan,
        level=level,
        sets=level.sets,
        reps=level.reps,
        reps_to=top_of(level.drill.load, level.reps, level.reps_to),
        seconds=level.seconds,
        rest=rest_of(level.drill.load, level.rest),
        per_side=level.drill.one_sided,
    )


def unsaved(dose: Prescription, **changed: Any) -> Prescription:
    """A copy of a dose as a row of its own that is not saved yet. ``changed``: by column."""
    made = copy.copy(dose)
    made.pk = None
    made._state.adding = True
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def sets_of(dose: Prescription) -> int:
    """The number of sets of a dose, both sides counted."""
    return dose.sets * (2 if dose.per_side else 1)


def dose_in_force(plan: Plan, level: Level) -> Prescription:
    """The dose of a level now. One query."""
    prescriptions = Prescription.objects.filter(plan=plan, level=level).select_related("by", "band")
    return dose_of_level(plan, level, latest_doses(prescriptions.order_by("pk")))


def taken_by(prescribed: Mapping[int, Prescription]) -> dict[int, Taken]:
    """What ``position.taken_of`` reads. ``prescribed``: the result of ``latest_doses``."""
    return {level: Taken(dose.reason_for, dose.variant) for level, dose in prescribed.items()}


def prescriptions_in_force(plan: Plan) -> dict[int, Prescription]:
    """The latest prescription of each level of a plan, by the level's id. One query."""
    return latest_doses(prescriptions_of(plan))


def prescriptions_of(plan: Plan) -> list[Prescription]:
    """Every prescription of a plan, oldest first. One query."""
    return list(_prescriptions(plan=plan.pk))


_prescriptions = Prepared(
    lambda plan: (
        Prescription.objects.filter(plan_id=plan).select_related("by", "band").order_by("pk")
    ),
    plan=int,
)
