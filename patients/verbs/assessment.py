"""The first assessment: what was seen, what is met, and where that suggests to start. A clinician
decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from accounts.models import User
from curriculum.models import Criterion, Fault, Level, Rung
from patients.models import Plan
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.equipment import HomeEquipment, equipment_at_home
from patients.standing.position import current_level
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import recommendations


@dataclass(frozen=True)
class Proposal:
    """Where to start and with what. ``rung`` None: every gate up to the goal is met. ``level``:
    what to practise; ``emphasis``: the drills that the faults ask for, most helpful first, as
    they stand once started there. ``passed_over``: what would come first, if the patient had at
    home what it ``lacks``; None: ``level`` itself lacks it, or nothing is lacking, and
    ``without`` is what the rung has that needs none of it."""

    rung: Rung | None
    level: Level | None
    emphasis: list[recommendations.Recommendation]
    chosen_for: recommendations.Recommendation | None = None
    passed_over: Level | None = None
    lacks: Sequence[str] = ()
    without: Level | None = None


def propose(plan: Plan, criteria: Iterable[Criterion], faults: Iterable[Fault]) -> Proposal:
    """What ticks and faults suggest: the lowest rung with a criterion left, and the drill that
    helps most there."""
    met = {criterion.pk for criterion in criteria}
    rung = start_rung(plan, met)
    place = rung or plan.rungs().last()
    if place is None:
        return Proposal(None, None, [])
    emphasis = recommendations.as_if_open(faults, plan=plan, rung=place)
    return _with_level(Proposal(rung, None, emphasis), place, equipment_at_home(plan.patient))


def _with_level(proposal: Proposal, place: Rung, home: HomeEquipment) -> Proposal:
    """The proposal with what to practise: what helps most, or else the rung's first level; at home,
    if it can be."""
    here = list(place.levels.select_related("drill", "rung").order_by("position"))
    helpful = [one for one in proposal.emphasis if _can_start_with(one, place)]
    if helpful:
        first = helpful[0].level
        chosen_for = next((one for one in helpful if not one.lacks), helpful[0])
        level = chosen_for.level
    else:
        first = next((one for one in here if not one.helper), None)
        chosen_for = None
        level = _at_hand(first, here, home)
    made = replace(proposal, level=level, chosen_for=chosen_for, lacks=home.lacks(first))
    if level != first:
        return replace(made, passed_over=first)
    return replace(made, without=_at_hand(None, here, home)) if made.lacks else made


def _at_hand(first: Level | None, here: Sequence[Level], home: HomeEquipment) -> Level | None:
    """``first``, or another of the rung that needs nothing which is not at home: no helper in place
    of a level. Never a loaded one: how heavy that is, a clinician sets first."""
    if first is not None and not home.lacks(first):
        return first
    fit = (one for one in here if not (home.lacks(one) or one.drill.loaded))
    return next((one for one in fit if first is None or not one.helper), first)


def start_rung(plan: Plan, met: set[int]) -> Rung | None:
    """The lowest rung, from the open one up, of which not every criterion is among ``met``."""
    lowest = plan.open_rung
    if lowest is None:
        return None
    rungs = plan.rungs().filter(position__gte=lowest.position).prefetch_related("criteria")
    return next(
        (rung for rung in rungs if not {one.pk for one in rung.criteria.all()} <= met), None
    )


def _can_start_with(one: recommendations.Recommendation, rung: Rung) -> bool:
    return (
        one.level is not None
        and one.level.rung_id == rung.pk
        and not one.level.helper
        and not one.drill.loaded
    )


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
    """Carry out an assessment in one act: findings noted, gates below ``rung`` passed, ``level``
    chosen.

    ``rung``: where to start, the proposed one (None) or a lower one with a reason; never a higher
    one. Raises ``Refused``: not_yours, plan_ended, too_high, reason_missing, and what placing or
    choosing refuses.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    ticked = list(criteria)
    proposed = start_rung(plan, {one.pk for one in ticked})
    rung = rung or proposed
    _not_higher(rung, proposed, reason)
    finding_verbs.note_all(plan=plan, by=by, faults=faults, words=words)
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


def _place(plan: Plan, by: User, rung: Rung | None, ticked: list[Criterion], reason: str) -> None:
    below = [one for one in ticked if rung is None or one.rung.position < rung.position]
    if below:
        gate_verbs.place(plan=plan, criteria=below, by=by, note=reason)
    # What was seen on the rung to start with is not lost: its ticks stand at its gate.
    for criterion in ticked:
        if rung is not None and criterion.rung_id == rung.pk:
            gate_verbs.tick(plan=plan, criterion=criterion, by=by)


def _choose(plan: Plan, by: User, level: Level | None, reason: str) -> None:
    current = current_level(plan, plan.clinic.today()).level
    if level is not None and level != current:
        plan_verbs.choose_level(plan=plan, level=level, by=by, reason=reason)
