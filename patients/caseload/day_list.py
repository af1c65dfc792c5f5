"""The visits of a day in their order, each with what is asked of whoever sees the patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from patients.models import CaseloadPlace, VisitState
from patients.standing.visits import in_order
from patients.wording.visits import clock

if TYPE_CHECKING:
    from patients.caseload.page import CaseloadRow
    from patients.caseload.summary_row import SummaryRow


class VisitRow(NamedTuple):
    """A visit. ``with_name``: of the clinician; ``row``: the patient as the caseload has them."""

    pk: int
    day: date
    time: time | None
    state: str
    with_name: str
    row: CaseloadRow

    @property
    def first(self) -> bool:
        """Whether it is a first visit, which goes on where it was left."""
        return self.row.place == CaseloadPlace.FIRST_VISIT


@dataclass(frozen=True)
class DayList:
    """``today``: the visits of the day; ``unmarked``: planned ones of the last day with visits."""

    today: Sequence[VisitRow] = ()
    unmarked: Sequence[VisitRow] = ()

    @property
    def so_far(self) -> str:
        """'1 kept, 1 missed, next 09:20'."""
        states = [visit.state for visit in self.today]
        kept = states.count(VisitState.KEPT)
        missed = states.count(VisitState.MISSED)
        said = [_("%(n)s kept") % {"n": kept}] if kept else []
        if missed:
            said.append(_("%(n)s missed") % {"n": missed})
        following = self.next
        if following is not None and following.time is not None:
            said.append(_("next %(at)s") % {"at": clock(following.time)})
        return ", ".join(said)

    @property
    def next(self) -> VisitRow | None:
        """The first visit that waits."""
        return next((one for one in self.today if one.state == VisitState.PLANNED), None)


def day_list(found: Iterable[tuple[SummaryRow, CaseloadRow]], today: date) -> DayList:
    """``found``: rows of visits, with what the caseload shows of their patients. Who is discharged
    since has no place in it."""
    visits = [
        VisitRow(
            summary.visit_id or 0,
            summary.visit_day,
            summary.visit_time,
            summary.visit_state,
            summary.visit_with,
            row,
        )
        for summary, row in found
        if row.place is not None
    ]
    visits.sort(key=in_order)
    return DayList(
        [visit for visit in visits if visit.day == today],
        [visit for visit in visits if visit.day != today],
    )
