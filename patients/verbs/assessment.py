"""The first assessment: propose a rung and a level to start with, and carry out what was decided.

The proposal follows from the criteria that are met and the faults seen. A clinician decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from curriculum.models import Criterion, Fault, Level, Remedy, Rung
from patients.models import Patient, Plan
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.cautions import Caution, LevelCautions, held_by, of_levels
from patients.standing.equipment import HomeEquipment, equipment_at_home
from patients.standing.position import current_level
from patients.verbs import borrowing, recommendations
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs


@dataclass(frozen=True)
class Proposal:
    """A suggestion where to start, and with which level.

    ``rung``: the rung to start on; None = every gate up to the goal is met
    ``level``: the level to practise; None = the rung has none
    ``emphasis``: the drills that help with the faults, most helpful first, as if the plan had
    started on ``rung``
    ``chosen_for``: the member of ``emphasis`` that ``level`` comes from; None = the faults did
    not decide the level. Example: "bench in front", against a hinge that becomes a squat
    ``passed_over``: the level that would come first if its equipment were at home; None = ``level``
    comes first. Example: "stool in front"
    ``lacks``: the equipment that the level that comes first needs and that is not at home.
    Example: ["rolling stool"]
    ``without``: when ``level`` itself lacks equipment, a level of the rung that lacks none
    ``cautions``: what the patient's precautions change in ``level``, strictest first
    ``avoided``: the levels of the rung that are left out, since the precautions say to avoid them
    """

    rung: Rung | None
    level: Level | None
    emphasis: list[recommendations.Recommendation]
    chosen_for: recommendations.Recommendation | None = None
    passed_over: Level | None = None
    lacks: Sequence[str] = ()
    without: Level | None = None
    cautions: Sequence[Caution] = ()
    avoided: Sequence[LevelCautions] = ()

    @property
    def lends(self) -> bool:
        """Whether a drill of ``emphasis`` may be set for now."""
        return any(one.is_proposed for one in self.emphasis)


def propose(plan: Plan, criteria: Iterable[Criterion], faults: Iterable[Fault]) -> Proposal:
    """Propose the lowest rung with a criterion left, and the most helpful level on it.

    ``criteria``: those that are met; ``faults``: those that were seen.
    """
    met = {criterion.pk for criterion in criteria}
    rung = start_rung(plan, met)
    practised_rung = rung or plan.rungs().last()
    if practised_rung is None:
        return Proposal(None, None, [])
    emphasis = recommendations.as_if_open(faults, plan=plan, rung=practised_rung)
    proposal = Proposal(rung, None, emphasis)
    return _for_patient(proposal, plan.patient, practised_rung)


def _for_patient(proposal: Proposal, patient: Patient, rung: Rung) -> Proposal:
    """The proposal with a level for home that nothing says to avoid for the patient."""
    at_home = rung.levels.filter(home=True).select_related("drill", "rung")
    found = of_levels(held_by(patient), at_home.order_by("position"))
    avoided = [one for one in found if one.avoid and not one.level.helper]
    fit = [one.level for one in found if not one.avoid]
    left = replace(proposal, avoided=avoided)
    made = _with_level(left, rung, fit, equipment_at_home(patient))
    cautions = next((one.cautions for one in found if one.level == made.level), ())
    return replace(made, cautions=cautions)


def _with_level(
    proposal: Proposal, rung: Rung, levels: Sequence[Level], home: HomeEquipment
) -> Proposal:
    """The proposal with a level for home: the most helpful one, or else the rung's first.

    A level whose equipment is at home comes before one whose equipment is not. ``levels``: those
    of the rung for home that nothing says to avoid
    """
    helpful = [
        recommendation
        for recommendation in proposal.emphasis
        if _can_start_with(recommendation, rung)
    ]
    if helpful:
        first = helpful[0].level
        chosen_for = next(
            (recommendation for recommendation in helpful if not recommendation.lacks), helpful[0]
        )
        level = chosen_for.level
    else:
        first, level = _of_rung(levels, home)
        chosen_for = None
    completed = replace(proposal, level=level, chosen_for=chosen_for, lacks=home.lacks(first))
    if level != first:
        return replace(completed, passed_over=first)
    if completed.lacks:
        return replace(completed, without=_at_hand(None, levels, home))
    return completed


def _of_rung(levels: Sequence[Level], home: HomeEquipment) -> tuple[Level | None, Level | None]:
    """The rung's first level, and the one that is at hand in its place; a helper is neither."""
    first = next((level for level in levels if not level.helper), None)
    return first, _at_hand(first, levels, home) if first is not None else None


def _at_hand(first: Level | None, levels: Sequence[Level], home: HomeEquipment) -> Level | None:
    """``first`` if its equipment is at home, or else another of ``levels`` whose equipment is.

    A helper never replaces a level. A loaded level never does either, since a clinician must set
    its weight first. If no level fits, the result is ``first``.
    """
    if first is not None and not home.lacks(first):
        return first
    fit = (level for level in levels if not (home.lacks(level) or level.drill.loaded))
    return next((level for level in fit if first is None or not level.helper), first)


def start_rung(plan: Plan, met: set[int]) -> Rung | None:
    """The lowest rung, from the open one up, that has a criterion left; None = there is none.

    ``met``: ids of the criteria that are met.
    """
    lowest = plan.open_rung
    if lowest is None:
        return None
    rungs = plan.rungs().filter(position__gte=lowest.position).prefetch_related("criteria")
    return next(
        (rung for rung in rungs if not {criterion.pk for criterion in rung.criteria.all()} <= met),
        None,
    )


def _can_start_with(recommendation: recommendations.Recommendation, rung: Rung) -> bool:
    level = recommendation.level
    return (
        level is not None
        and level.rung_id == rung.pk
        and not level.helper
        and level.home
        and not recommendation.avoid
        and not recommendation.drill.loaded
    )


@transaction.atomic
def start(
    *,
    plan: Plan,
    by: User,
    criteria: Iterable[Criterion],
    not_applying: Mapping[Criterion, str] | None = None,
    figures: Mapping[Criterion, Mapping[str, Any]] | None = None,
    faults: Iterable[Fault] = (),
    words: str = "",
    rung: Rung | None = None,
    level: Level | None = None,
    reason: str = "",
    borrow: Level | None = None,
    borrow_until: date | None = None,
    **days: Any,
) -> Plan:
    """Carry out an assessment in one act: note findings, pass the gates below ``rung``, choose
    ``level``, and borrow another for one of the faults.

    ``criteria``, ``not_applying``, ``figures``: as in ``gate.place``
    ``faults``, ``words``: the findings, from the library and in the clinic's own words
    ``rung``: where to start; None = the proposed rung. A lower one needs a reason; a higher one is
    refused
    ``level``: None = no choice
    ``borrow``, ``borrow_until``: as in ``plan.choose_level`` of a borrowed level; None = none
    ``days``: as in ``gate.place``

    Raises ``Refused``: too_high, reason_missing, and the refusals of ``gate.place``, ``gate.tick``,
    ``findings.note_all`` and ``plan.choose_level``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    seen = _Seen(list(criteria), dict(not_applying or {}), dict(figures or {}))
    rung = _not_higher(rung, start_rung(plan, {one.pk for one in seen.marked}), reason)
    finding_verbs.note_all(plan=plan, by=by, faults=faults, words=words)
    _place(plan, by, rung, seen, reason, days)
    _choose(plan, by, level, reason, days)
    _borrow(plan, by, borrow, borrow_until)
    return plan


def _borrow(plan: Plan, by: User, level: Level | None, until: date | None) -> None:
    """Set the level for the first fault that stands and that its drill helps with."""
    if level is None:
        return
    helps = Exists(Remedy.objects.filter(fault=OuterRef("fault"), drill=level.drill_id))
    standing = plan.findings.filter(cleared_on__isnull=True, fault__isnull=False)
    finding = standing.order_by(helps.desc(), "pk").first()
    borrowing.borrow(plan=plan, level=level, by=by, finding=finding, until=until)


def _not_higher(rung: Rung | None, proposed: Rung | None, reason: str) -> Rung | None:
    """The rung to start on: the proposed one, or a lower one with a reason."""
    if rung is None or rung == proposed:
        return proposed
    if proposed is not None and rung.position > proposed.position:
        raise Refused("too_high", rung=proposed.name)
    if not reason.strip():
        raise Refused("reason_missing")
    return rung


@dataclass(frozen=True)
class _Seen:
    """What was seen at the assessment: the arguments of ``gate.place``."""

    met: list[Criterion]
    not_applying: dict[Criterion, str]
    figures: dict[Criterion, Mapping[str, Any]]

    @property
    def marked(self) -> list[Criterion]:
        return [*self.met, *self.not_applying]

    def below(self, rung: Rung | None) -> _Seen:
        def lower(criterion: Criterion) -> bool:
            return rung is None or criterion.rung.position < rung.position

        return _Seen(
            list(filter(lower, self.met)),
            {criterion: why for criterion, why in self.not_applying.items() if lower(criterion)},
            self.figures,
        )


def _place(
    plan: Plan, by: User, rung: Rung | None, seen: _Seen, reason: str, days: dict[str, Any]
) -> None:
    below = seen.below(rung)
    if below.marked:
        gate_verbs.place(
            plan=plan,
            criteria=below.met,
            not_applying=below.not_applying,
            figures=below.figures,
            by=by,
            note=reason,
            **days,
        )
    if rung is not None:
        _tick(plan, by, rung, seen)


def _tick(plan: Plan, by: User, rung: Rung, seen: _Seen) -> None:
    """Mark at the gate of the rung to start with what was seen there.

    A criterion whose words at placement ask for less is not ticked: its gate asks for all of it.
    Where the words are the same, the tick says how many repetitions were asked for.
    """
    for criterion in seen.marked:
        if criterion.rung_id != rung.pk:
            continue
        why = seen.not_applying.get(criterion, "")
        if not why and criterion.placement_text:
            continue
        asked = None if why else {"reps": criterion.placement_reps}
        figure = seen.figures.get(criterion) or asked
        gate_verbs.tick(
            plan=plan, criterion=criterion, by=by, applies=not why, why=why, figure=figure
        )


def _choose(plan: Plan, by: User, level: Level | None, reason: str, days: dict[str, Any]) -> None:
    current = current_level(plan, plan.clinic.today()).level
    if level is not None and level != current:
        plan_verbs.choose_level(plan=plan, level=level, by=by, reason=reason, **days)
