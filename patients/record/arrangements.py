"""What was arranged around the gate: days of practice, pauses, chosen levels and goals, as one list
from one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import DateField, F, Value

from patients.models import Plan
from patients.standing.calendar import Calendar, last_day_away
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


def calendar(plan: Plan, changes: Sequence[Arrangement]) -> Calendar:
    """The plan's calendar from its changes; the same that ``days.of_plan`` reads."""
    in_force = sorted(
        of_kind(changes, SCHEDULE), key=lambda one: (one.from_day or plan.started_on, one.pk)
    )
    return Calendar(
        plan.started_on,
        [(one.from_day or plan.started_on, one.weekdays) for one in in_force],
        [
            (one.from_day or plan.started_on, last_day_away(_Away(one)))
            for one in of_kind(changes, PAUSE)
        ],
    )


class _Away:
    """A pause as ``days`` looks at one."""

    def __init__(self, change: Arrangement) -> None:
        self.from_day = change.from_day or date.min
        self.until = change.until
        self.resumed_on = change.resumed_on


def choices(changes: Sequence[Arrangement]) -> list[ChosenLevel]:
    """Choices of levels as ``levels.find`` wants them: the newest first."""
    newest_first = sorted(of_kind(changes, LEVEL), key=lambda one: -one.pk)
    return [ChosenLevel(one.level_id, one.until, one.at) for one in newest_first]


def open_pause(changes: Sequence[Arrangement], day: date) -> Arrangement | None:
    """The pause that a day lies in."""
    for one in reversed(of_kind(changes, PAUSE)):
        last = last_day_away(_Away(one))
        if one.from_day is not None and one.from_day <= day and (last is None or day <= last):
            return one
    return None
