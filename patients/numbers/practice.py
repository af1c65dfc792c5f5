"""Reads how much was practised of what was planned, and the pain told with it. Four queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum

from curriculum.models import Level
from patients.models import Practice, Schedule
from patients.numbers.small import PAIN, PERCENT, Spread, average, middle, people
from patients.numbers.stays import PlanRow, Way
from patients.numbers.wanted import Wanted
from patients.standing.calendar import ONE_DAY, Calendar

#: Whoever had fewer planned days is not counted: so few say nothing of how somebody practises.
LEAST_PLANNED = 7
#: The share of planned days, in percent, from which on each part begins.
PARTS = (0, 25, 50, 75)


@dataclass
class Practised:
    """What was practised in the period.

    ``days``: on how many days, of each plan, up to yesterday
    ``last``: the last day of each plan, for one that runs also from before the period
    ``pains``: of each rung and patient the sum of the numbers told, and how many they are
    """

    days: Counter[int] = field(default_factory=Counter)
    last: dict[int, date] = field(default_factory=dict)
    pains: dict[tuple[str, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )

    def pain(self) -> dict[str, Spread]:
        """Of each rung the mean pain told while practising it, one number a patient."""
        means: dict[str, list[float]] = defaultdict(list)
        for (rung, _patient), (total, told) in self.pains.items():
            means[rung].append(total / told)
        spreads = {rung: average(of_rung, PAIN) for rung, of_rung in means.items()}
        return {rung: spread for rung, spread in spreads.items() if spread is not None}


def practised(wanted: Wanted) -> Practised:
    """Entries that stand, by plan and level. A borrowed level tells of no rung of its plan."""
    rungs = dict(
        Level.objects.filter(rung__ladder__slug=wanted.ladder).values_list("pk", "rung__slug")
    )
    entries = Practice.objects.filter(
        wanted.of_plan("plan"), done_on__gte=wanted.since, corrected_by__isnull=True
    )
    rows = (
        entries.order_by()
        .values_list("plan_id", "plan__patient_id", "level_id", "borrowed")
        .annotate(
            n=Count("pk", filter=Q(done_on__lt=wanted.today)),
            last=Max("done_on"),
            total=Sum("pain"),
            numbers=Count("pain"),
        )
    )
    found = Practised(last=_before(wanted))
    for plan, patient, level, borrowed, count, last, total, told in rows:
        found.days[plan] += count
        found.last[plan] = max(last, found.last.get(plan, last))
        if told and not borrowed:
            pain = found.pains[rungs[level], patient]
            pain[0] += total
            pain[1] += told
    return found


def _before(wanted: Wanted) -> dict[int, date]:
    """The last day with practice of each plan that runs and has none in the period."""
    entries = Practice.objects.filter(corrected_by__isnull=True)
    since = entries.filter(plan=OuterRef("pk"), done_on__gte=wanted.since)
    still = wanted.running().filter(~Exists(since), ended_on__isnull=True).order_by()
    days = entries.filter(plan__in=still).order_by().values_list("plan_id")
    return dict(days.annotate(last=Max("done_on")))


def calendars(
    wanted: Wanted, ways: Iterable[Way], away: Mapping[int, Calendar]
) -> dict[int, Calendar]:
    """The calendar of each plan that ran in the period. ``away``: those with only days away."""
    running = Q(plan__in=wanted.running().order_by())
    schedules: dict[int, list[tuple[date, int]]] = defaultdict(list)
    columns = ("plan_id", "from_day", "weekdays")
    ordered = Schedule.objects.filter(running).order_by("from_day", "pk")
    for plan, day, mask in ordered.values_list(*columns):
        schedules[plan].append((day, mask))
    plans = [plan for way in ways for plan in way.plans if plan.ran_since(wanted.since)]
    return {
        plan.pk: Calendar(
            plan.started_on,
            schedules[plan.pk],
            away[plan.pk].away if plan.pk in away else (),
        )
        for plan in plans
    }


def kept(
    wanted: Wanted,
    ways: Mapping[int, Way],
    days: Mapping[int, int],
    known: Mapping[int, Calendar],
) -> tuple[list[int | None], Spread | None]:
    """How many people practised which part of their planned days, as it may be shown; and the
    spread of the parts.

    A day of practice counts whether it was planned or not, and no more days than planned count.
    """
    shares = [
        100 * min(did, planned) / planned
        for planned, did in (_of_patient(wanted, way, days, known) for way in ways.values())
        if planned >= LEAST_PLANNED
    ]
    counts = Counter(max(part for part in PARTS if share >= part) for share in shares)
    return [people(counts[part]) for part in PARTS], middle(shares, PERCENT)


def _of_patient(
    wanted: Wanted, way: Way, days: Mapping[int, int], known: Mapping[int, Calendar]
) -> tuple[int, int]:
    """Planned days and days with practice of a patient, up to yesterday."""
    plans = [plan for plan in way.plans if plan.pk in known]
    planned = sum(
        known[plan.pk].count_planned(wanted.since, _last_day(plan, wanted.today)) for plan in plans
    )
    return planned, sum(days.get(plan.pk, 0) for plan in plans)


def _last_day(plan: PlanRow, today: date) -> date:
    return min(plan.ended_on or today, today) - ONE_DAY
