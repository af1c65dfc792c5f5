"""Arrangements: changes of the days of practice, pauses, chosen levels, ends of borrowed ones,
goals and looks of a plan.

One query reads all six kinds as one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value

from patients.models import BorrowedEnd, LookedAgain, Plan
from patients.standing.calendar import Calendar, Paused, Scheduled, last_day_away, make_calendar
from patients.standing.chosen_levels import OVER_ON, ChosenLevel

SCHEDULE = "schedule"
PAUSE = "pause"
LEVEL = "level"
BORROWED_END = "borrowed end"
GOAL = "goal"
LOOK = "look"


class Arrangement(NamedTuple):
    """A row of Schedule, Pause, LevelChoice, BorrowedEnd, GoalChange or LookedAgain.

    ``kind``: SCHEDULE, PAUSE, LEVEL, BORROWED_END, GOAL or LOOK; a column that this kind lacks is
    0, empty or None
    ``resumed_on``: of a borrowed level the first day without it, if that came before its last one
    ``finding_id``: of a borrowed level, the finding that it helps with
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
    finding_id: int | None

    @property
    def is_borrowed(self) -> bool:
        """Whether it is the choice of a borrowed level."""
        return self.kind == LEVEL and bool(self.finding_id)


def of_plan(plan: Plan) -> list[Arrangement]:
    """Every arrangement of a plan, oldest first. One query."""
    no_day = Value(None, output_field=DateField())
    no_number = Value(0)
    no_words = Value("")
    who = ("by__name", "at")
    no_level = (no_number, no_number)
    schedules = plan.schedules.order_by().values_list(
        Value(SCHEDULE), "pk", "from_day", "weekdays", no_day, no_day, no_words, *who, *no_level
    )
    pauses = plan.pauses.order_by().values_list(
        Value(PAUSE), "pk", "from_day", no_number, "until", "resumed_on", "reason", *who, *no_level
    )
    of_choice = (Value(LEVEL), "pk", "from_day", no_number, "until", OVER_ON, "reason")
    choices = plan.level_choices.order_by().values_list(*of_choice, *who, "level_id", "finding_id")
    ends = BorrowedEnd.objects.filter(choice__plan=plan).order_by()
    of_end = (Value(BORROWED_END), "pk", "on_day", no_number, no_day, no_day, no_words)
    ended = ends.values_list(*of_end, *who, "choice__level_id", "choice__finding_id")
    goals = plan.goal_changes.order_by().values_list(
        Value(GOAL), "pk", no_day, no_number, no_day, no_day, F("rung__name"), *who, *no_level
    )
    looks = (
        _looks(plan)
        .order_by()
        .values_list(
            Value(LOOK), "pk", no_day, no_number, "look_again_on", no_day, "words", *who, *no_level
        )
    )
    rows = schedules.union(pauses, choices, ended, goals, looks, all=True)
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
    return [
        ChosenLevel(
            choice.level_id,
            choice.until,
            choice.at,
            choice.finding_id or None,
            choice.from_day,
            choice.resumed_on,
        )
        for choice in newest_first
    ]


def open_pause(changes: Sequence[Arrangement], day: date) -> Arrangement | None:
    """The latest pause that contains a day; None when practice is not paused on that day."""
    for pause in reversed(of_kind(changes, PAUSE)):
        last = last_day_away(_paused(pause))
        if pause.from_day is not None and pause.from_day <= day and (last is None or day <= last):
            return pause
    return None
