"""Whether the words of the drill stand open: on the first days of a level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from patients.rules.periods import NEW_LEVEL_DAYS
from patients.standing.calendar import Calendar
from patients.standing.chosen_levels import ChosenLevel
from patients.standing.position import LadderPlace

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay

#: So many days later no level is new, however seldom it is practised.
LONGEST = 28


def is_new(
    plan: PlanOfDay,
    place: LadderPlace,
    choices: Sequence[ChosenLevel],
    calendar: Calendar,
    day: date,
) -> bool:
    """Whether the day is among the first planned days of its level. No query.

    ``choices``: the levels that were chosen, newest first
    """
    first = _first_day(plan, place, choices)
    if first < day - timedelta(days=LONGEST):
        return False
    before = calendar.planned(first, day - timedelta(days=1))
    return sum(1 for _planned in before) < NEW_LEVEL_DAYS


def _first_day(plan: PlanOfDay, place: LadderPlace, choices: Sequence[ChosenLevel]) -> date:
    """The day from which on the level of the place is practised."""
    opened = plan.clinic.day_of(place.opened_at)
    newest = next(iter(choices), None)
    if newest is None or place.step is None or newest.level_id != place.step.level_id:
        return opened
    return max(opened, newest.from_day or plan.clinic.day_of(newest.at))
