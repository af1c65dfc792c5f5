"""The calendars of many plans, and whose pause it is. One query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

from accounts.models import Role
from accounts.prepared import Prepared
from patients.models import Pause, Schedule
from patients.standing.calendar import Calendar, Paused, Scheduled, make_calendar


def calendars_of(started: Mapping[int, date]) -> tuple[dict[int, Calendar], dict[int, str]]:
    """The calendar of each plan, and the clinician who set its open pause; "" for the patient's
    own.

    ``started``: the first day of each plan
    """
    schedules: dict[int, list[Scheduled]] = defaultdict(list)
    pauses: dict[int, list[Paused]] = defaultdict(list)
    paused_by: dict[int, str] = {}
    rows = sorted(_SCHEDULES_AND_PAUSES(plans=started), key=lambda row: row[:3])
    for plan_id, from_day, _pk, weekdays, until, resumed_on, clinician in rows:
        if weekdays is None:
            pauses[plan_id].append(Paused(from_day, until, resumed_on))
            if resumed_on is None:
                paused_by[plan_id] = clinician
        else:
            schedules[plan_id].append(Scheduled(from_day, weekdays))
    calendars = {
        plan_id: make_calendar(day, schedules[plan_id], pauses[plan_id])
        for plan_id, day in started.items()
    }
    return calendars, paused_by


def _schedules_and_pauses(plans: list[int]) -> QuerySet[Any, Any]:
    no_day = Cast(Value(None), DateField())
    no_number = Cast(Value(None), IntegerField())
    nobody = Value("", CharField())
    own = When(by__role=Role.PATIENT, then=nobody)
    by = Case(own, default=F("by__name"), output_field=CharField())
    scheduled = Schedule.objects.filter(plan__in=plans).order_by()
    paused = Pause.objects.filter(plan__in=plans).order_by()
    rows = scheduled.values_list("plan_id", "from_day", "pk", "weekdays", no_day, no_day, nobody)
    return rows.union(
        paused.values_list("plan_id", "from_day", "pk", no_number, "until", "resumed_on", by),
        all=True,
    )


_SCHEDULES_AND_PAUSES: Prepared[Any, Any] = Prepared(_schedules_and_pauses, plans=list)
