"""The gate of the open rung as a page shows it: each criterion with who ticked it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.names import short_name
from accounts.prepared import Prepared
from curriculum.models import Criterion, Rung
from patients.models import Plan, Tick
from patients.rules.marks import is_lift
from patients.standing.lift import lift_was_logged, rung_asks_for_a_lift
from patients.standing.training_days import DaysAsked, asked_at


class CriterionLine(NamedTuple):
    """A criterion and its mark: met, or does not apply.

    ``text``: in the clinician's words
    ``plain_text``: in the patient's words; None = the edition has none
    ``always``: whether it must be met
    ``figures``, ``hours_after``, ``set_aside_when``: as in ``Criterion``
    ``by``: the name of the clinician who marked it; None = nobody
    ``at``: when it was marked; None = never
    ``applies``, ``why``, ``figure``: as in ``Tick``; None = not marked
    """

    pk: int
    text: str
    plain_text: str | None
    hint: str
    always: bool
    figures: list[str] | None
    hours_after: int | None
    set_aside_when: str
    by: str | None
    at: datetime | None
    applies: bool | None = None
    why: str | None = None
    figure: dict[str, Any] | None = None

    @property
    def marked(self) -> bool:
        return self.at is not None

    @property
    def ticked(self) -> bool:
        """Whether it is met."""
        return self.marked and bool(self.applies)

    @property
    def set_aside(self) -> bool:
        """Whether it does not apply."""
        return self.marked and not self.applies

    @property
    def plain(self) -> str:
        """The criterion in the patient's words, or else in the clinician's.

        An edition whose content is no longer shipped has only the clinician's words.
        """
        return self.plain_text or self.text

    @property
    def by_short(self) -> str:
        return short_name(self.by or "")


@dataclass(frozen=True)
class OpenGate:
    """The gate of a plan's open rung.

    ``next_rung``: the rung that a pass would open; None = the plan would be complete
    ``lines``: the criteria of the rung in order
    ``seen``: the key of this state (``Plan.seen``), which the page sends along with a decision
    ``lift_logged``: whether a lift of the rung was logged; None = the gate asks for none
    ``days``: the days of practice that a pass asks for; None = it does not
    """

    plan: Plan
    rung: Rung
    next_rung: Rung | None
    lines: Sequence[CriterionLine]
    seen: str
    lift_logged: bool | None = None
    days: DaysAsked | None = None

    @property
    def ticked(self) -> int:
        return sum(line.ticked for line in self.lines)

    @property
    def set_aside(self) -> int:
        return sum(line.set_aside for line in self.lines)

    @property
    def first_tick(self) -> datetime | None:
        """When the first criterion that is asked at any time was ticked; None = none is."""
        ticks = (line.at for line in self.lines if line.ticked and line.hours_after is None)
        return min((at for at in ticks if at is not None), default=None)

    @property
    def left(self) -> list[CriterionLine]:
        return [line for line in self.lines if not line.marked]

    @property
    def lift_missing(self) -> bool:
        """Whether the gate waits for a lift that somebody saw."""
        witnessed = any(line.ticked and is_lift(line.figure) for line in self.lines)
        return self.lift_logged is False and not witnessed


def criterion_lines(plan: Plan, rung: Rung) -> list[CriterionLine]:
    """The criteria of a rung with the plan's ticks. One query."""
    return [CriterionLine._make(row) for row in _lines(plan=plan.pk, rung=rung.pk)]


def _build_lines(plan: int, rung: int) -> QuerySet[Criterion, Any]:
    tick = Tick.objects.filter(plan_id=plan, criterion=OuterRef("pk"))
    return (
        Criterion.objects.filter(rung_id=rung)
        .order_by("position")
        .values_list(
            "pk",
            "text",
            "plain_text",
            "hint",
            "always",
            "figures",
            "hours_after",
            "set_aside_when",
            *(
                Subquery(tick.values(column)[:1])
                for column in ("by__name", "at", "applies", "why", "figure")
            ),
        )
    )


_lines = Prepared(_build_lines, plan=int, rung=int)


def read_gate(plan: Plan) -> OpenGate | None:
    """The gate of the plan's open rung, read from the database; None when no rung is open."""
    rungs = plan.next_rungs() if plan.ended_on is None else []
    if not rungs:
        return None
    above = rungs[1] if len(rungs) > 1 else None
    return OpenGate(
        plan=plan,
        rung=rungs[0],
        next_rung=above,
        lines=criterion_lines(plan, rungs[0]),
        seen=plan.seen,
        lift_logged=lift_was_logged(plan, rungs[0]) if rung_asks_for_a_lift(rungs[0]) else None,
        days=asked_at(plan, rungs[0], above),
    )
