"""What stands at the top of every page about a patient: what to beware of, the ladder laid on its
side, and what waits to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from curriculum.models import Rung
from patients.chart.rows import state_of_rung
from patients.chart.shown import Chart
from patients.models import Pass, Patient, Plan
from patients.standing.screening import PrecautionInSight, screening_in_sight


class RungMark(NamedTuple):
    """A rung in one line. ``state``: passed, now, locked or beyond (above the goal)."""

    position: int
    name: str
    state: str


@dataclass(frozen=True)
class Head:
    """``rungs``: lowest first. ``unread``: how many messages of the patient nobody has read."""

    rungs: Sequence[RungMark] = ()
    precautions: Sequence[PrecautionInSight] = ()
    unread: int = 0
    running: bool = False

    @property
    def now(self) -> RungMark | None:
        return next((rung for rung in self.rungs if rung.state == "now"), None)

    @property
    def passed(self) -> int:
        return sum(rung.state == "passed" for rung in self.rungs)


def head_of_chart(chart: Chart) -> Head:
    """The head of a patient whose chart was read. No query."""
    marks = [RungMark(row.rung.position, row.rung.name, row.state) for row in reversed(chart.rungs)]
    return Head(marks, chart.held, len(chart.unread), chart.running)


def read_head(patient: Patient) -> Head:
    """The head of a patient whom ``chart.page.patients`` reads. Two queries."""
    screening = screening_in_sight(patient)
    held = screening.precautions if screening else ()
    waiting = Q(messages__from_patient=True, messages__read_at__isnull=True)
    plans = patient.plans.select_related("goal_rung").annotate(unread=Count("messages", waiting))
    plan = plans.first()
    if plan is None:
        return Head(precautions=held)
    running = plan.ended_on is None
    unread: int = vars(plan)["unread"]
    return Head(_marks(plan, running), held, unread, running)


def _marks(plan: Plan, running: bool) -> list[RungMark]:
    done = Exists(Pass.objects.filter(plan=plan, rung=OuterRef("pk")))
    rungs = Rung.objects.filter(ladder_id=plan.ladder_id).annotate(is_passed=done)
    rows = list(rungs.order_by("position").values_list("position", "name", "is_passed"))
    goal = plan.goal_position or len(rows)
    still = (position for position, _name, passed in rows if not passed)
    now = next(still, None) if running else None
    return [
        RungMark(position, name, state_of_rung(position, passed=passed, goal=goal, now=now))
        for position, name, passed in rows
    ]
