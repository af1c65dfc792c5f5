"""The first assessment: what was seen, what is met, and where that suggests to start. A clinician decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from curriculum.models import Criterion, Fault, Level, Rung
from patients import guard, levels, plans, progression, recommend
from patients.models import Finding, Plan
from patients.refused import Refused


@dataclass(frozen=True)
class Proposal:
    """Where to start and with what. ``rung`` None: every gate up to the goal is met. ``level``: what to practise;
    ``emphasis``: the drills that the faults ask for, most helpful first, as they stand once started there."""

    rung: Rung | None
    level: Level | None
    emphasis: list[recommend.Recommendation]
    chosen_for: recommend.Recommendation | None = None


def propose(plan: Plan, criteria: Iterable[Criterion], faults: Iterable[Fault]) -> Proposal:
    """What ticks and faults suggest: the lowest rung with a criterion left, and the drill that helps most there."""
    met = {criterion.pk for criterion in criteria}
    rung = start_rung(plan, met)
    place = rung or plan.rungs().last()
    if place is None:
        return Proposal(None, None, [])
    emphasis = recommend.as_if_open(faults, plan=plan, rung=place)
    helpful = next((one for one in emphasis if _can_start_with(one, place)), None)
    level = helpful.level if helpful else levels.first_level(place)
    return Proposal(rung, level, emphasis, helpful)


def start_rung(plan: Plan, met: set[int]) -> Rung | None:
    """The lowest rung, from the open one up, of which not every criterion is among ``met``."""
    lowest = plan.open_rung
    if lowest is None:
        return None
    rungs = plan.rungs().filter(position__gte=lowest.position).prefetch_related("criteria")
    return next((rung for rung in rungs if not {one.pk for one in rung.criteria.all()} <= met), None)


def _can_start_with(one: recommend.Recommendation, rung: Rung) -> bool:
    return one.level is not None and one.level.rung_id == rung.pk and not one.level.helper and not one.drill.loaded


@transaction.atomic
def start(
    *,
    plan: Plan,
    by: User,
    criteria: Iterable[Criterion],
    faults: Iterable[Fault] = (),
    words: str = "",
    rung: Rung | None = None,
    level: Level | None = None,
    reason: str = "",
) -> Plan:
    """Carry out an assessment in one act: findings noted, gates below ``rung`` passed, ``level`` chosen.

    ``rung``: where to start, the proposed one (None) or a lower one with a reason; never a higher one.
    Raises ``Refused``: not_yours, plan_ended, too_high, reason_missing, and what placing or choosing refuses.
    """
    plan = guard.lock(plan)
    guard.own_clinician(by, plan.clinic_id)
    guard.running(plan)
    ticked = list(criteria)
    proposed = start_rung(plan, {one.pk for one in ticked})
    rung = rung or proposed
    _not_higher(rung, proposed, reason)
    note(plan=plan, by=by, faults=faults, words=words)
    _place(plan, by, rung, ticked, reason)
    _choose(plan, by, level, reason)
    return plan


def _not_higher(rung: Rung | None, proposed: Rung | None, reason: str) -> None:
    if rung is None or rung == proposed:
        return
    if proposed is not None and rung.position > proposed.position:
        raise Refused("too_high", rung=proposed.name)
    if not reason.strip():
        raise Refused("reason_missing")


@transaction.atomic
def note(
    *, plan: Plan, by: User, faults: Iterable[Fault] = (), words: str = "", seen_on: date | None = None
) -> list[Finding]:
    """Note all that was seen at once: faults of the library, and one in the clinic's own words.

    Raises ``Refused`` as ``plans.note_finding`` does.
    """
    asked: list[dict[str, Any]] = [
        *({"fault": fault} for fault in faults),
        *([{"words": words}] if words.strip() else []),
    ]
    return [plans.note_finding(plan=plan, by=by, seen_on=seen_on, **one) for one in asked]


def _place(plan: Plan, by: User, rung: Rung | None, ticked: list[Criterion], reason: str) -> None:
    below = [one for one in ticked if rung is None or one.rung.position < rung.position]
    if below:
        progression.place(plan=plan, criteria=below, by=by, note=reason)
    # What was seen on the rung to start with is not lost: its ticks stand at its gate.
    for criterion in ticked:
        if rung is not None and criterion.rung_id == rung.pk:
            progression.tick(plan=plan, criterion=criterion, by=by)


def _choose(plan: Plan, by: User, level: Level | None, reason: str) -> None:
    current = levels.standing(plan, plan.clinic.today(), plan.open_rung).level
    if level is not None and level != current:
        plans.choose_level(plan=plan, level=level, by=by, reason=reason)
