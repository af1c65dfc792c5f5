"""The ladder as the patient reads it: which rungs are passed, which one is open, and why the others
are locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from curriculum.models import Level, Rung
from patients.models import Outcome, Plan, Review, ReviewKind, Withdrawal
from patients.models.open_rung import open_position
from patients.standing.gate import CriterionLine, criterion_lines

PASSED, NOW, LOCKED = "passed", "now", "locked"


@dataclass(frozen=True)
class LadderRung:
    """A rung on the way. ``passed``: the review that stands; ``opened_by``: the one below that
    opened this rung; ``not_yet``, ``withdrawn``: the latest word on the open rung; ``why``: why
    it is locked; ``level``: the one whose figure stands for the rung."""

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
    """Every rung of the ladder, the highest first, those above the goal included."""
    rungs = list(Rung.objects.filter(ladder_id=plan.ladder_id).order_by("position"))
    reviews = list(
        Review.objects.filter(plan=plan)
        .select_related("by", "withdrawal__by", "standing")
        .order_by("pk")
    )
    standing = {review.rung_id: review for review in reviews if hasattr(review, "standing")}
    passed = {rung.position for rung in rungs if rung.pk in standing}
    position = open_position((rung.position for rung in rungs), passed, plan.goal_position)
    open_rung = next((rung for rung in rungs if rung.position == position), None)
    goal = plan.goal_position or rungs[-1].position
    pictured = _pictured(plan)
    below: Review | None = None
    seen: list[LadderRung] = []
    for rung in rungs:
        one = _seen(plan, rung, open_rung, goal, standing.get(rung.pk), below, reviews)
        seen.append(replace(one, level=pictured.get(rung.pk)))
        below = standing.get(rung.pk)
    return seen[::-1]


def _pictured(plan: Plan) -> dict[int, Level]:
    """The first level of each rung."""
    levels = Level.objects.filter(rung__ladder_id=plan.ladder_id, helper=False).select_related(
        "drill"
    )
    return {level.rung_id: level for level in levels.order_by("-position")}


def _seen(
    plan: Plan,
    rung: Rung,
    open_rung: Rung | None,
    goal: int,
    passed: Review | None,
    below: Review | None,
    all_: Any,
) -> LadderRung:
    if passed is not None:
        return LadderRung(rung, PASSED, passed, below)
    if rung != open_rung:
        return LadderRung(rung, LOCKED, why=why_locked(rung, open_rung, goal, plan.patient.physio))
    here = [review for review in all_ if review.rung_id == rung.pk]
    last = here[-1] if here else None
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
