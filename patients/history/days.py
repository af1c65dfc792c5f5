"""Past practice of one patient over all their plans: days, pain, what was done. Unknown stays
unknown, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from curriculum.models import Level
from patients.models import BandCode, Effort, Leg, Patient, Plan, Prescription, WhyStopped
from patients.pictures.marks import (
    BEFORE,
    DID,
    MISS,
    PART,
    Mark,
    empty_mark,
)
from patients.pictures.pain_chart import Point
from patients.rules.periods import DAYS_BACK, HISTORY_WEEKS
from patients.standing.calendar import ONE_DAY, Calendar, calendar_of
from patients.standing.dose import dose_of_step, latest_doses, sets_of
from patients.standing.entries import LoggedEntry, logged_entries
from patients.standing.position import LadderStep, ladder_steps
from patients.wording.days import short_day


@dataclass(frozen=True)
class HistoryRow:
    """One day's entry in words. ``planned``: sets of the dose that counted then, over both
    sides."""

    entry: LoggedEntry
    step: LadderStep
    planned: int

    @property
    def day(self) -> date:
        return self.entry.done_on

    @property
    def done(self) -> int:
        return sum(bool(one.get("reps")) for one in self.entry.sets)

    @property
    def share(self) -> float:
        return min(self.done / self.planned, 1.0) if self.planned else 1.0

    @property
    def reps(self) -> str:
        """'15, 15, 12'."""
        return ", ".join(str(one["reps"]) for one in self.entry.sets if one.get("reps"))

    @property
    def load(self) -> str:
        """'12' or '12, 10': the weights in kg as they changed; empty without one."""
        loads = dict.fromkeys(
            f"{one['load']:g}" for one in self.entry.sets if one.get("load") is not None
        )
        return ", ".join(loads)

    @property
    def pain(self) -> str:
        """'1 of 10, fine', or 'not reported'."""
        if self.entry.pain is None:
            return _("not reported")
        return _("{pain} of 10").format(pain=self.entry.pain)

    @property
    def morning(self) -> str:
        if self.entry.morning is not None:
            return _("{pain} of 10").format(pain=self.entry.morning)
        if not self.entry.answered:
            return _("not reported")
        return _("worse than usual") if self.entry.worse else _("about as usual")

    @property
    def effort(self) -> str:
        """'About right', 'Had to stop: pain', or 'not reported'."""
        said = [str(Effort(self.entry.effort).label)] if self.entry.effort else [_("not reported")]
        if self.entry.why_stopped:
            said.append(str(WhyStopped(self.entry.why_stopped).label).lower())
        return ": ".join(said)

    @property
    def leg(self) -> str:
        """What was new in the leg; empty when nothing was, or nothing was said."""
        leg = self.entry.leg or Leg.NONE
        return "" if leg == Leg.NONE else str(Leg(leg).label)

    @property
    def band(self) -> str:
        return str(BandCode(self.entry.band).label) if self.entry.band else ""


@dataclass(frozen=True)
class _Run:
    """One plan with its calendar and its entries by day."""

    plan: Plan
    calendar: Calendar
    rows: dict[date, HistoryRow]


@dataclass(frozen=True)
class History:
    """``rows``: newest first, as asked for; ``runs``: every plan, the newest first."""

    today: date
    runs: Sequence[_Run]
    rows: Sequence[HistoryRow]
    since: date | None = None
    rung: int | None = None

    @cached_property
    def points(self) -> list[Point]:
        """Pain by day, oldest first."""
        return [Point(row.day, row.entry.pain, row.entry.morning) for row in reversed(self.rows)]

    @property
    def started_on(self) -> date:
        return min((run.plan.started_on for run in self.runs), default=self.today)

    @property
    def open_from(self) -> date:
        """The first day that can still be logged or changed."""
        running = [run.plan.started_on for run in self.runs if run.plan.ended_on is None]
        earliest = self.today - timedelta(days=DAYS_BACK)
        return max(earliest, *running) if running else self.today + ONE_DAY

    def marks(self, first: date, last: date) -> list[Mark]:
        """Every day from ``first`` to ``last``, whatever the rung asked for."""
        return [self._mark(first + timedelta(days=nth)) for nth in range((last - first).days + 1)]

    def _mark(self, day: date) -> Mark:
        row = next((run.rows[day] for run in self.runs if day in run.rows), None)
        if row is not None:
            return Mark(day, DID if row.share >= 1 else PART, row.share)
        run = next((run for run in self.runs if _runs_on(run.plan, day)), None)
        return Mark(day, empty_mark(run.calendar, day, self.today) if run else BEFORE)

    def practised(self, last: int = 14) -> int:
        """Days practised of the last ones, today included."""
        marks = self.marks(self.today - timedelta(days=last - 1), self.today)
        return sum(mark.kind in {DID, PART} for mark in marks)

    def unlogged(self) -> list[date]:
        """Planned days without an entry that can still be logged, the newest first; today is not
        among them."""
        marks = self.marks(self.today - timedelta(days=DAYS_BACK), self.today - timedelta(days=1))
        running = [run.plan for run in self.runs if run.plan.ended_on is None]
        return [
            mark.day
            for mark in reversed(marks)
            if mark.kind == MISS and any(plan.started_on <= mark.day for plan in running)
        ]

    def rungs(self) -> list[tuple[int, str]]:
        """Rungs that were practised, lowest first: position and name, as they are called in the
        newest plan."""
        names = {
            row.step.rung: row.step.rung_name
            for run in reversed(self.runs)
            for row in run.rows.values()
        }
        return sorted(names.items())


def history_of(
    patient: Patient,
    today: date,
    *,
    weeks: int | None = HISTORY_WEEKS,
    rung: int | None = None,
    clinical: bool = False,
) -> History:
    """The history of a patient. ``weeks``: how far back, None = all of it; ``rung``: position, None
    = every rung; ``clinical``: drills and rungs by the names that clinicians use."""
    since = today - timedelta(weeks=weeks) + timedelta(days=1) if weeks is not None else None
    plans = (
        patient.plans.select_related("clinic")
        .prefetch_related("schedules", "pauses")
        .order_by("-pk")
    )
    runs = [_run(plan, _steps(plan, clinical=clinical)) for plan in plans]
    rows = sorted(
        (row for run in runs for row in run.rows.values()), key=lambda row: row.day, reverse=True
    )
    shown = [
        row for row in rows if (since is None or row.day >= since) and rung in {None, row.step.rung}
    ]
    return History(today, runs, shown, since, rung)


def _steps(plan: Plan, *, clinical: bool) -> dict[int, LadderStep]:
    steps = {step.level_id: step for step in ladder_steps(plan)}
    if clinical:
        for level in Level.objects.filter(pk__in=steps).select_related("drill", "rung"):
            steps[level.pk] = steps[level.pk]._replace(
                drill=level.drill.name, rung_name=level.rung.name
            )
    return steps


def _run(plan: Plan, steps: dict[int, LadderStep]) -> _Run:
    made = list(Prescription.objects.filter(plan=plan).order_by("pk"))
    entries = logged_entries(plan, plan.started_on)
    rows = {
        entry.done_on: history_row_of(
            entry,
            steps[entry.level_id],
            dose_of_step(plan, steps[entry.level_id], latest_doses(made, until=entry.at)),
        )
        for entry in entries
    }
    return _Run(plan, calendar_of(plan), rows)


def _runs_on(plan: Plan, day: date) -> bool:
    return plan.started_on <= day and (plan.ended_on is None or day <= plan.ended_on)


def history_row_of(entry: LoggedEntry, step: LadderStep, dose: Prescription) -> HistoryRow:
    """One entry in words. ``dose``: the one that counted when it was made."""
    return HistoryRow(entry, step, sets_of(dose))


def pain_in_words(points: Sequence[Point]) -> str:
    """What the chart of pain shows, in a sentence or three."""
    told = [point for point in points if point.during is not None]
    if not told:
        return _("No pain number was reported in this time.")
    highest = max(told, key=lambda point: (point.during or 0, point.day))
    said = [
        _("Highest while practising: {pain} of 10 on {day}. Latest: {latest} of 10.").format(
            pain=highest.during, day=short_day(highest.day), latest=told[-1].during
        )
    ]
    mornings = [point.morning for point in points if point.morning is not None]
    if mornings:
        said.append(_("Highest next morning: {pain} of 10.").format(pain=max(mornings)))
    if len(told) < len(points):
        said.append(
            _("Not reported: {count} of {all} days.").format(
                count=len(points) - len(told), all=len(points)
            )
        )
    return " ".join(said)


def came_down(points: Sequence[Point]) -> tuple[int, int] | None:
    """Highest pain of the first three reported days and of the last three, if it has come down."""
    told = [point.during for point in points if point.during is not None]
    if len(told) < 6:
        return None
    before = max(told[:3])
    now = max(told[-3:])
    return (before, now) if now < before else None
