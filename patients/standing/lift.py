"""Whether a lift was seen on a rung: its gate needs one where a weight is part of the rung."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from curriculum.models import Level, Load, Rung
from patients.models import Plan, Practice, Prescription


def asks_for_a_lift(levels: Iterable[Level]) -> bool:
    """Whether a rung with these levels has one with a weight, apart from helpers."""
    return any(level.drill.load == Load.WEIGHT and not level.helper for level in levels)


def rung_asks_for_a_lift(rung: Rung) -> bool:
    return asks_for_a_lift(rung.levels.select_related("drill"))


def is_logged_lift(entry: Practice, prescribed: Collection[int]) -> bool:
    """Whether an entry is a lift on a level that was prescribed.

    ``entry``: with its level and drill. ``prescribed``: ids of the levels with a prescription.
    """
    weight = entry.level.drill.load == Load.WEIGHT and not entry.level.helper
    return weight and entry.level_id in prescribed and any(row.get("reps") for row in entry.sets)


def lift_among(
    levels: Collection[Level], entries: Collection[Practice], prescriptions: Iterable[Prescription]
) -> bool | None:
    """Whether a lift of a rung is among entries of one plan; None = the rung asks for none.

    ``levels``: those of the rung. ``entries``: corrected ones and their corrections as well.
    """
    if not asks_for_a_lift(levels):
        return None
    here = {level.pk for level in levels}
    prescribed = here & {prescription.level_id for prescription in prescriptions}
    corrected = {entry.corrects_id for entry in entries}
    return any(entry.pk not in corrected and is_logged_lift(entry, prescribed) for entry in entries)


def lift_was_logged(plan: Plan, rung: Rung, *, earlier: bool = False) -> bool:
    """Whether the plan has a standing entry of a prescribed lift on the rung.

    ``earlier``: whether entries on the same rung of the patient's other plans count as well.
    """
    plans = Plan.objects.filter(patient=plan.patient_id) if earlier else [plan]
    # The slug of a rung is its own in its ladder alone.
    same = Level.objects.filter(rung__slug=rung.slug, rung__ladder__slug=rung.ladder.slug)
    prescribed = set(
        Prescription.objects.filter(plan__in=plans, level__in=same).values_list(
            "plan_id", "level_id"
        )
    )
    entries = Practice.objects.standing().filter(plan__in=plans, level__in=same)
    return any(
        is_logged_lift(entry, {level for plan_id, level in prescribed if plan_id == entry.plan_id})
        for entry in entries.select_related("level__drill")
    )
