"""Arrangements: changes of the days of practice, pauses, chosen levels, goals and looks of a plan.

One query reads all five kinds as one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value

from patients.models import LookedAgain, Plan
from patients.standing.calendar import Calendar, Paused, Scheduled, last_day_away, make_calendar
from patients.standing.position import ChosenLevel

SCHEDULE = "schedule"
PAUSE = "pause"
LEVEL = "level"
GOAL = "goal"
LOOK = "look"


class Arrangement(NamedTuple):
    """A row of Schedule, Pause, LevelChoice, GoalChange or LookedAgain.

    ``kind``: SCHEDULE, PAUSE, LEVEL, GOAL or LOOK; a column that this kind lacks is 0, empty
    or None
    ``until``: of a look the day of the next one
    ``words``: the reason; for a goal the name of its rung, None = the top
    ``by``: the name of the person who made the change
    """

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
    """Every arrangement of a plan, oldest first. One query."""
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
    looks = (
        _looks(plan)
        .order_by()
        .values_list(
            Value(LOOK), "pk", no_day, no_number, "look_again_on", no_day, "words", *who, no_number
        )
    )
    rows = schedules.union(pauses, choices, goals, looks, all=True)
    return sorted(
        (Arrangement._make(row) for row in rows), key=lambda change: (change.at, change.pk)
    )


def _looks(plan: Plan) -> QuerySet[LookedAgain]:
    """The looks at the patient since the plan began, until a later plan did."""
    later = Plan.objects.filter(
        patient=plan.patient_id, assigned_at__gt=plan.assigned_at, assigned_at__lte=OuterRef("at")
    )
    looks = LookedAgain.objects.filter(patient=plan.patient_id, at__gte=plan.assigned_at)
    return looks.exclude(Exists(later))


def of_kind(changes: Sequence[Arrangement], kind: str) -> list[Arrangement]:
    return [change for change in changes if change.kind == kind]


def calendar(plan: Plan, changes: Sequence[Arrangement]) -> Calendar:
    """The plan's calendar, made of arrangements that the caller has read."""
    in_order = sorted(
        of_kind(changes, SCHEDULE), key=lambda schedule: (schedule.from_day, schedule.pk)
    )
    schedules = [
        Scheduled(schedule.from_day or plan.started_on, schedule.weekdays) for schedule in in_order
    ]
    pauses = [_paused(pause) for pause in of_kind(changes, PAUSE)]
    return make_calendar(plan.started_on, schedules, pauses)


def _paused(pause: Arrangement) -> Paused:
    return Paused(pause.from_day or date.min, pause.until, pause.resumed_on)


def choices(changes: Sequence[Arrangement]) -> list[ChosenLevel]:
    """The chosen levels, newest first, in the form that ``place_on`` takes."""
    newest_first = sorted(of_kind(changes, LEVEL), key=lambda choice: -choice.pk)
    return [ChosenLevel(choice.level_id, choice.until, choice.at) for choice in newest_first]


def open_pause(changes: Sequence[Arrangement], day: date) -> Arrangement | None:
    """The latest pause that contains a day; None when practice is not paused on that day."""
    for pause in reversed(of_kind(changes, PAUSE)):
        last = last_day_away(_paused(pause))
        if pause.from_day is not None and pause.from_day <= day and (last is None or day <= last):
            return pause
    return None
