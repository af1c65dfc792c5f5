"""Reads how people went up a ladder: days on a rung, and where they stopped. Five queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateTimeField, F, Q, QuerySet, When

from curriculum.models import Rung
from patients.models import Outcome, Pause, Plan, Review, WithdrawalKind
from patients.numbers.attended import Attended
from patients.numbers.small import DAYS, Spread, middle, people
from patients.numbers.stays import Days, Decided, PlanRow, Way, ways_of
from patients.numbers.wanted import EVER, Wanted
from patients.rules.periods import STOPPED_PRACTISING_DAYS
from patients.standing.calendar import ONE_DAY, Calendar, Paused, make_calendar

_PLAN = (
    "pk",
    "patient_id",
    "ladder_id",
    "assigned_at",
    "started_on",
    "ended_on",
    "goal_rung__position",
    "moved_from_id",
)


@dataclass(frozen=True)
class Climbed:
    """``ways``: of each patient, by the id; of those with a plan that ran in the period.

    ``away``: of each plan with days away a calendar of them; every other day counts in it
    """

    ways: Mapping[int, Way]
    away: Mapping[int, Calendar]
    since: date
    today: date

    @property
    def people(self) -> int:
        return len(self.ways)

    def days(self) -> dict[str, Spread]:
        """Days on each rung that was passed in the period."""
        values: dict[str, list[float]] = defaultdict(list)
        for way in self.ways.values():
            for rung, (day, days) in way.passed.items():
                if day >= self.since:
                    values[rung].append(days)
        spreads = {rung: middle(of_rung, DAYS) for rung, of_rung in values.items()}
        return {rung: spread for rung, spread in spreads.items() if spread is not None}

    def counts(
        self, practised: Mapping[int, date], attended: Attended
    ) -> dict[str, list[int | None]]:
        """Of each rung how many were on it, passed it, and stopped there, as they may be shown.

        ``practised``: the last day with practice in the period, of each plan
        """
        on: Counter[str] = Counter()
        passed: Counter[str] = Counter()
        stopped: Counter[str] = Counter()
        for way in self.ways.values():
            on.update(way.was_on(self.since))
            passed.update(rung for rung, (day, _days) in way.passed.items() if day >= self.since)
            if self._stopped(way, practised, attended):
                stopped[way.rung] += 1
        return {
            rung: [people(count), people(passed[rung]), people(stopped[rung])]
            for rung, count in on.items()
        }

    def _stopped(self, way: Way, practised: Mapping[int, date], attended: Attended) -> bool:
        """Whether the newest plan ended in the period before its goal, or runs on without practice.

        A plan that runs belongs to every period, however long ago the last practice was: its rung
        is open in the period, and the next column says of it that it is not passed. Nobody has
        stopped whose plan is complete, who is away, or who waits for the clinic.
        """
        if not way.rung:
            return False
        plan = way.plans[-1]
        if plan.ended_on is not None:
            return plan.ended_on >= self.since
        if plan.patient in attended.waiting:
            return False
        # Who was at a look at the gate, was answered or screened has not stopped on that day.
        days = (practised.get(plan.pk), attended.last.get(plan.patient), way.stays[-1].opened)
        return self._still_for(plan, max(day for day in days if day)) >= STOPPED_PRACTISING_DAYS

    def _still_for(self, plan: PlanRow, last: date) -> int:
        """The days since ``last`` without those away; 0 = away today."""
        away = self.away.get(plan.pk)
        if away is None:
            return (self.today - last).days
        return 0 if away.is_away(self.today) else away.count_planned(last + ONE_DAY, self.today)


def climbed(wanted: Wanted) -> Climbed:
    plans = Plan.objects.filter(
        wanted.of_plan(), patient__in=wanted.running().order_by().values("patient")
    )
    rows = [PlanRow(*row) for row in plans.order_by("pk").values_list(*_PLAN)]
    rungs: dict[int, list[str]] = defaultdict(list)
    of_ladder = Rung.objects.filter(ladder__slug=wanted.ladder).order_by("position")
    for ladder, slug in of_ladder.values_list("ladder_id", "slug"):
        rungs[ladder].append(slug)
    clinic = wanted.clinic
    away = _away(plans)
    ways = ways_of(rows, _decided(plans), rungs, away, Days(clinic.day_of, wanted.today))
    return Climbed(ways, away, wanted.since, wanted.today)


def _away(plans: QuerySet[Plan]) -> dict[int, Calendar]:
    pauses: dict[int, list[Paused]] = defaultdict(list)
    columns = ("plan_id", "from_day", "until", "resumed_on")
    for plan, *row in Pause.objects.filter(plan__in=plans.order_by()).values_list(*columns):
        pauses[plan].append(Paused(*row))
    return {plan: make_calendar(EVER, (), rows) for plan, rows in pauses.items()}


def _decided(plans: QuerySet[Plan]) -> dict[int, list[Decided]]:
    """The passes of each plan. What was pressed by mistake is as if it had not happened."""
    lost = When(withdrawal__kind=WithdrawalKind.LOST, then=F("withdrawal__at"))
    reviews = Review.objects.filter(plan__in=plans.order_by(), outcome=Outcome.PASSED).exclude(
        Q(withdrawal__kind=WithdrawalKind.SLIP)
    )
    columns: tuple[Any, ...] = (
        "plan_id",
        "rung__slug",
        "kind",
        "at",
        Case(lost, default=None, output_field=DateTimeField()),
    )
    found: dict[int, list[Decided]] = defaultdict(list)
    for plan, *row in reviews.order_by("pk").values_list(*columns):
        found[plan].append(Decided(*row))
    return found
