"""The ladder as the patient reads it: the passed rungs, the open rung, and why the others are
locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from curriculum.models import Level, Rung
from patients.models import Outcome, Plan, Review, ReviewKind, Withdrawal, WithdrawalKind
from patients.models.open_rung import open_position
from patients.standing.gate import CriterionLine, criterion_lines

PASSED = "passed"
NOW = "now"
LOCKED = "locked"


@dataclass(frozen=True)
class LadderRung:
    """A rung of the patient's ladder.

    ``state``: passed, now or locked.
    ``passed``: the review that passed the rung.
    ``opened_by``: the review that passed the rung below and opened this one.
    ``not_yet``: the last decision on the open rung, if it was "not yet".
    ``withdrawn``: the last decision on the open rung, if it was a withdrawal.
    ``lines``: the criteria of the open rung, with their ticks.
    ``why``: why the rung is locked.
    ``level``: the level whose figure shows the rung.
    """

    rung: Rung
    state: str
    passed: Review | None = None
    opened_by: Review | None = None
    not_yet: Review | None = None
    withdrawn: Withdrawal | None = None
    lines: Sequence[CriterionLine] = ()
    why: str = ""
    level: Level | None = None

    @property
    def reachable(self) -> bool:
        return self.state != LOCKED


def read_ladder(plan: Plan) -> list[LadderRung]:
    """Every rung of the ladder, highest first. Rungs above the goal are included."""
    rungs = list(Rung.objects.filter(ladder_id=plan.ladder_id).order_by("position"))
    reviews = list(
        Review.objects.filter(plan=plan)
        .exclude(withdrawal__kind=WithdrawalKind.SLIP)
        .select_related("by", "withdrawal__by", "active_pass")
        .order_by("pk")
    )
    passes = {review.rung_id: review for review in reviews if hasattr(review, "active_pass")}
    passed = {rung.position for rung in rungs if rung.pk in passes}
    position = open_position((rung.position for rung in rungs), passed, plan.goal_position)
    open_rung = next((rung for rung in rungs if rung.position == position), None)
    goal = plan.goal_position or rungs[-1].position
    pictured = _pictured(plan)
    below: Review | None = None
    ladder: list[LadderRung] = []
    for rung in rungs:
        passed_by = passes.get(rung.pk)
        ladder_rung = _ladder_rung(plan, rung, open_rung, goal, passed_by, below, reviews)
        ladder.append(replace(ladder_rung, level=pictured.get(rung.pk)))
        below = passed_by
    return ladder[::-1]


def _pictured(plan: Plan) -> dict[int, Level]:
    """The first level of each rung."""
    levels = Level.objects.filter(rung__ladder_id=plan.ladder_id, helper=False).select_related(
        "drill"
    )
    return {level.rung_id: level for level in levels.order_by("-position")}


def _ladder_rung(
    plan: Plan,
    rung: Rung,
    open_rung: Rung | None,
    goal: int,
    passed: Review | None,
    below: Review | None,
    reviews: Sequence[Review],
) -> LadderRung:
    if passed is not None:
        return LadderRung(rung, PASSED, passed, below)
    if rung != open_rung:
        return LadderRung(rung, LOCKED, why=why_locked(rung, open_rung, goal, plan.patient.physio))
    of_rung = [review for review in reviews if review.rung_id == rung.pk]
    last = of_rung[-1] if of_rung else None
    return LadderRung(
        rung,
        NOW,
        opened_by=below,
        not_yet=last
        if last and last.outcome == Outcome.NOT_YET and last.kind == ReviewKind.GATE
        else None,
        withdrawn=getattr(last, "withdrawal", None) if last else None,
        lines=criterion_lines(plan, rung),
    )


def why_locked(rung: Rung, open_rung: Rung | None, goal: int, physio: str) -> str:
    """Why a rung is locked, in plain words."""
    if rung.position > goal:
        return _("Not part of your plan for now. {physio} can add it.").format(physio=physio)
    if open_rung is not None and rung.position == open_rung.position + 1:
        return _("Next. It opens when {physio} has ticked off rung {below}.").format(
            physio=physio, below=open_rung.position
        )
    return _("Opens after rung {below}.").format(below=rung.position - 1)
