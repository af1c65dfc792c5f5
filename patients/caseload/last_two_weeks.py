"""Practice of the last 14 days for a page of the caseload."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, F, PositiveSmallIntegerField, QuerySet, When

from accounts.prepared import Prepared
from patients.models import Practice
from patients.rules.periods import CASELOAD_DAYS
from patients.standing.pain import highest
from patients.standing.readiness import with_mornings


class PractisedDay(NamedTuple):
    """A day with practice. ``morning`` and ``worse`` tell of the morning after, if it was read."""

    effort: str | None
    band: str | None
    pain: int | None
    morning: int | None
    worse: bool | None


class Numbers(NamedTuple):
    """The numbers that a reason names.

    ``days``: how many days have practice.
    ``pain``: the highest pain during practice; None if none was reported.
    ``morning``: the highest pain of a morning after; None if none was reported.
    ``worse``: whether any morning after was worse than usual.
    """

    days: int = 0
    pain: int | None = None
    morning: int | None = None
    worse: bool = False


def last_two_weeks_of(
    plans: Collection[int], easing: Collection[int], today: date
) -> dict[int, dict[date, PractisedDay]]:
    """The days with practice of each plan, in one query. ``easing``: plans whose mornings are read
    too."""
    since = today - timedelta(days=CASELOAD_DAYS)
    days: dict[int, dict[date, PractisedDay]] = defaultdict(dict)
    # A correction comes after the entry that it corrects, so the later row counts.
    for plan_id, day, *values in _PRACTISED(plans=plans, easing=easing, since=since):
        days[plan_id][day] = PractisedDay._make(values)
    return days


def _practised(plans: list[int], easing: list[int], since: date) -> QuerySet[Any, Any]:
    rows = with_mornings(Practice.objects.filter(plan__in=plans, done_on__gt=since)).annotate(
        morning=Case(
            When(plan__in=easing, then=F("morning_pain")), output_field=PositiveSmallIntegerField()
        ),
        worse=Case(When(plan__in=easing, then=F("morning_worse")), output_field=BooleanField()),
    )
    columns = ("plan_id", "done_on", "effort", "band", "pain", "morning", "worse")
    return rows.order_by("pk").values_list(*columns)


_PRACTISED: Prepared[Any, Any] = Prepared(_practised, plans=list, easing=list, since=date)


def numbers(practised: Mapping[date, PractisedDay], since: date) -> Numbers:
    """The numbers of the days from ``since`` on."""
    days = [entry for day, entry in practised.items() if day >= since]
    pain = highest(day.pain for day in days)
    morning = highest(day.morning for day in days)
    return Numbers(len(days), pain, morning, any(day.worse for day in days))
