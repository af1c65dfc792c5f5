"""The last two weeks of many plans: what the rows of a caseload draw, and the numbers that their
reasons name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import BooleanField, Case, F, PositiveSmallIntegerField, When

from patients.models import Practice
from patients.rules.periods import CASELOAD_DAYS
from patients.standing.pain import highest
from patients.standing.readiness import with_mornings


class PractisedDay(NamedTuple):
    """One practised day as it stands; ``morning`` and ``worse``: the morning after, where it was
    asked for."""

    effort: str | None
    band: str | None
    pain: int | None
    morning: int | None
    worse: bool | None


class Numbers(NamedTuple):
    """Practised ``days``, the highest ``pain`` and ``morning`` (None = none was reported),
    ``worse``: any morning."""

    days: int = 0
    pain: int | None = None
    morning: int | None = None
    worse: bool = False


def last_two_weeks_of(
    plans: Collection[int], easing: Collection[int], today: date
) -> dict[int, dict[date, PractisedDay]]:
    """Each plan's last days: one query. A correction comes after what it corrects, so the later row
    counts. ``easing``: the plans whose mornings are read too."""
    rows = with_mornings(
        Practice.objects.filter(plan__in=plans, done_on__gt=today - timedelta(days=CASELOAD_DAYS))
    )
    rows = rows.annotate(
        morning=Case(
            When(plan__in=easing, then=F("morning_pain")), output_field=PositiveSmallIntegerField()
        ),
        worse=Case(When(plan__in=easing, then=F("morning_worse")), output_field=BooleanField()),
    )
    found: dict[int, dict[date, PractisedDay]] = defaultdict(dict)
    columns = ("effort", "band", "pain", "morning", "worse")
    for plan_id, day, *said in rows.order_by("pk").values_list("plan_id", "done_on", *columns):
        found[plan_id][day] = PractisedDay._make(said)
    return found


def numbers(practised: Mapping[date, PractisedDay], since: date) -> Numbers:
    """The numbers of the days from ``since`` on."""
    lately = [one for day, one in practised.items() if day >= since]
    pain, morning = highest(one.pain for one in lately), highest(one.morning for one in lately)
    return Numbers(len(lately), pain, morning, any(one.worse for one in lately))
