"""Which level a plan is on, read from passes, choices and prescriptions; nothing stores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from curriculum.models import Level, Load, Rung
from patients.models import LevelChoice, Pass, Plan, Prescription


@dataclass(frozen=True)
class Standing:
    """``level``: what is practised; None when the ladder has none. ``awaits_weight``: the open rung's first level
    takes a weight that no clinician has set yet, so practice stays below. ``lower_until``: last day of training
    lower, if that is why."""

    level: Level | None
    awaits_weight: bool = False
    lower_until: date | None = None


def standing(plan: Plan, day: date, open_rung: Rung | None) -> Standing:
    """The level of the plan on a day: training lower first, then the choice on the open rung, then its first."""
    choices = list(plan.level_choices.select_related("level__rung", "level__drill").order_by("-pk"))
    rung = open_rung or plan.rungs().last()
    lower = _lower(choices, day, rung)
    if lower is not None:
        return Standing(lower.level, lower_until=lower.until)
    if rung is None:
        return Standing(None)
    level = _chosen(plan, choices, rung) or (last_level(rung) if open_rung is None else first_level(rung))
    if level is None or not _awaits_weight(plan, level):
        return Standing(level)
    below = Rung.objects.filter(ladder_id=plan.ladder_id, position__lt=rung.position).last()
    return Standing(last_level(below) if below else level, awaits_weight=True)


def _chosen(plan: Plan, choices: Sequence[LevelChoice], rung: Rung) -> Level | None:
    # A choice made before the rung last opened belongs to an earlier climb.
    since = opened_at(plan, rung)
    here = (choice for choice in choices if choice.until is None and choice.level.rung_id == rung.pk)
    return next((choice.level for choice in here if choice.at >= since), None)


def _lower(choices: Sequence[LevelChoice], day: date, rung: Rung | None) -> LevelChoice | None:
    # Only the newest choice counts: choosing anything after it ends the training lower.
    newest = choices[0] if choices else None
    if newest is None or newest.until is None or day > newest.until or rung is None:
        return None
    return newest if newest.level.rung.position <= rung.position else None


def opened_at(plan: Plan, rung: Rung) -> datetime:
    """When the rung last became open: the pass of the rung below, or the plan's own start."""
    below = Pass.objects.filter(plan=plan, rung__position=rung.position - 1).select_related("review").first()
    return below.review.at if below else plan.assigned_at


def first_level(rung: Rung) -> Level | None:
    return rung.levels.filter(helper=False).select_related("drill", "rung").order_by("position").first()


def last_level(rung: Rung) -> Level | None:
    return rung.levels.filter(helper=False).select_related("drill", "rung").order_by("position").last()


def _awaits_weight(plan: Plan, level: Level) -> bool:
    if level.drill.load != Load.WEIGHT:
        return False
    return not Prescription.objects.filter(plan=plan, level=level).exists()


def dose(plan: Plan, level: Level) -> Prescription:
    """The dose in force: the latest prescription of the level, else an unsaved one with the level's default."""
    latest = Prescription.objects.filter(plan=plan, level=level).select_related("by").order_by("-pk").first()
    return latest or Prescription(
        plan=plan,
        level=level,
        sets=level.sets,
        reps=level.reps,
        seconds=level.seconds,
        per_side=level.drill.one_sided,
    )
