"""What was arranged around the gate: days of practice, pauses, chosen levels and goals, as one list
from one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import DateField, F, Value

from patients.models import Plan
from patients.standing.calendar import Calendar, Paused, Scheduled, last_day_away, make_calendar
from patients.standing.position import ChosenLevel

SCHEDULE = "schedule"
PAUSE = "pause"
LEVEL = "level"
GOAL = "goal"


class Arrangement(NamedTuple):
    """A row of Schedule, Pause, LevelChoice or GoalChange; what its kind has not is 0, empty or
    None. ``words``: the reason; of a goal the rung's name, None = the top."""

    kind: str
    pk: int
    from_day: date | None
    weekdays: int
    until: date | None
    resumed_on: date | None
    words: str | None
    by: str
    at: datetime
    level_id: int


def of_plan(plan: Plan) -> list[Arrangement]:
    """Every change, in the order in which they were made."""
    no_day = Value(None, output_field=DateField())
    no_number = Value(0)
    no_words = Value("")
    who = ("by__name", "at")
    schedules = plan.schedules.order_by().values_list(
        Value(SCHEDULE), "pk", "from_day", "weekdays", no_day, no_day, no_words, *who, no_number
    )
    pauses = plan.pauses.order_by().values_list(
        Value(PAUSE), "pk", "from_day", no_number, "until", "resumed_on", "reason", *who, no_number
    )
    choices = plan.level_choices.order_by().values_list(
        Value(LEVEL), "pk", no_day, no_number, "until", no_day, "reason", *who, "level_id"
    )
    goals = plan.goal_changes.order_by().values_list(
        Value(GOAL), "pk", no_day, no_number, no_day, no_day, F("rung__name"), *who, no_number
    )
    rows = schedules.union(pauses, choices, goals, all=True)
    return sorted(
        (Arrangement._make(row) for row in rows), key=lambda change: (change.at, change.pk)
    )


def of_kind(changes: Sequence[Arrangement], kind: str) -> list[Arrangement]:
    return [change for change in changes if change.kind == kind]


def calendar(plan: Plan, made: Sequence[Arrangement]) -> Calendar:
    """The plan's calendar, from arrangements that were read already."""
    schedules = [
        Scheduled(one.from_day or plan.started_on, one.weekdays)
        for one in sorted(of_kind(made, SCHEDULE), key=lambda one: (one.from_day, one.pk))
    ]
    return make_calendar(plan.started_on, schedules, [_paused(one) for one in of_kind(made, PAUSE)])


def _paused(pause: Arrangement) -> Paused:
    return Paused(pause.from_day or date.min, pause.until, pause.resumed_on)


def choices(changes: Sequence[Arrangement]) -> list[ChosenLevel]:
    """Choices of levels as ``place_on`` wants them: the newest first."""
    newest_first = sorted(of_kind(changes, LEVEL), key=lambda one: -one.pk)
    return [ChosenLevel(one.level_id, one.until, one.at) for one in newest_first]


def open_pause(changes: Sequence[Arrangement], day: date) -> Arrangement | None:
    """The pause that a day lies in."""
    for one in reversed(of_kind(changes, PAUSE)):
        last = last_day_away(_paused(one))
        if one.from_day is not None and one.from_day <= day and (last is None or day <= last):
            return one
    return None
