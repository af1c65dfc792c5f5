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


class CriterionLine(NamedTuple):
    """A criterion and its tick.

    ``text``: in the clinician's words
    ``plain_text``: in the patient's words; None = the edition has none
    ``by``: the name of the clinician who ticked it; None = not ticked
    ``at``: when it was ticked; None = not ticked
    """

    pk: int
    text: str
    plain_text: str | None
    hint: str
    by: str | None
    at: datetime | None

    @property
    def ticked(self) -> bool:
        return self.at is not None

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
    """

    plan: Plan
    rung: Rung
    next_rung: Rung | None
    lines: Sequence[CriterionLine]
    seen: str

    @property
    def ticked(self) -> int:
        return sum(line.ticked for line in self.lines)

    @property
    def left(self) -> list[CriterionLine]:
        return [line for line in self.lines if not line.ticked]


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
            Subquery(tick.values("by__name")[:1]),
            Subquery(tick.values("at")[:1]),
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
    )
