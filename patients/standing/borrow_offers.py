"""Which levels of locked rungs a clinician may borrow for the faults that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from curriculum.models import Remedy
from patients.models import Finding
from patients.rules.periods import BORROWED_DAYS, BORROWED_PROPOSED_DAYS
from patients.standing.position import LadderPlace, LadderStep


class BorrowDays(NamedTuple):
    """The days from which the last one of a borrowed level is chosen."""

    first: date
    proposed: date
    last: date


def borrow_days(today: date) -> BorrowDays:
    days = (BORROWED_PROPOSED_DAYS, BORROWED_DAYS)
    return BorrowDays(today, *(today + timedelta(days=count) for count in days))


#: (fault, drill) of each remedy, by their ids, the most helpful drill of a fault first.
Remedies = Sequence[tuple[int, int]]


def remedies_of(findings: Iterable[Finding]) -> Remedies:
    """What the library names against the faults of the findings that stand. One query, or none."""
    faults = {finding.fault_id for finding in findings if finding.cleared_on is None} - {None}
    if not faults:
        return []
    rows = Remedy.objects.filter(fault__in=faults).order_by("fault", "position")
    return list(rows.values_list("fault_id", "drill_id"))


def borrowable_for(
    finding: Finding, remedies: Remedies, steps: Sequence[LadderStep], place: LadderPlace
) -> list[LadderStep]:
    """The levels that may be borrowed for a finding, the most helpful first.

    Of each drill that has no level in reach the levels of its lowest rung, without those with load.
    Levels to avoid or for the clinic alone are among them: setting one asks for more.

    ``steps``: of the whole ladder, as ``for_patient`` marks them
    """
    if finding.cleared_on is not None:
        return []
    drills = [drill for fault, drill in remedies if fault == finding.fault_id]
    found: list[LadderStep] = []
    for drill in drills:
        own = [step for step in steps if step.drill_id == drill]
        if all(is_locked(step, place) for step in own):
            found += _on_the_lowest_rung(own)
    return found


def is_locked(step: LadderStep, place: LadderPlace) -> bool:
    """Whether the rung of a step is neither passed nor open."""
    return step.passed_at is None and (place.complete or step.rung != place.rung)


def _on_the_lowest_rung(steps: Sequence[LadderStep]) -> list[LadderStep]:
    unloaded = [step for step in steps if not step.loaded and not step.rung_loaded]
    lowest = min((step.rung for step in unloaded), default=None)
    return [step for step in unloaded if step.rung == lowest]
