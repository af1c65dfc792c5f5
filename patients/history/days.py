"""Past practice of one patient over all their plans: days, pain, and what was done. Unknown is
never zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from curriculum.models import Level
from patients.models import BandCode, Leg, Patient, Plan, Prescription, Symptom
from patients.models.reports import Sign
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
from patients.standing.lifted import Felt, Lifted, lifted_on
from patients.standing.position import LadderStep, ladder_steps
from patients.standing.usual_pain import Accepted, accepted_of, used_on
from patients.wording.days import short_day
from patients.wording.effort import effort_in_words
from patients.wording.symptoms import signs_in_words


@dataclass(frozen=True)
class HistoryRow:
    """The entry of one day in words.

    ``planned``: how many sets the dose of that day asked for, on both sides together
    ``usual``: the usual pain with which its numbers were compared; None = unknown
    """

    entry: LoggedEntry
    step: LadderStep
    planned: int
    usual: int | None = None

    @property
    def day(self) -> date:
        return self.entry.done_on

    @property
    def done(self) -> int:
        return sum(bool(row.get("reps")) for row in self.entry.sets)

    @property
    def share(self) -> float:
        return min(self.done / self.planned, 1.0) if self.planned else 1.0

    @property
    def reps(self) -> str:
        """'15, 15, 12'."""
        return ", ".join(str(row["reps"]) for row in self.entry.sets if row.get("reps"))

    @property
    def load(self) -> str:
        """'12' or '12, 10': each weight in kg. Empty if there was no weight."""
        loads = dict.fromkeys(
            f"{row['load']:g}" for row in self.entry.sets if row.get("load") is not None
        )
        return ", ".join(loads)

    @property
    def pain(self) -> str:
        """'1 of 10', or 'not reported'."""
        return _of_ten(self.entry.pain)

    @property
    def before(self) -> str:
        return _of_ten(self.entry.before)

    @property
    def usual_then(self) -> str:
        return _of_ten(self.usual)

    @property
    def morning(self) -> str:
        if self.entry.morning is not None:
            return _of_ten(self.entry.morning)
        if not self.entry.answered:
            return _("not reported")
        return _("worse than usual") if self.entry.worse else _("about as usual")

    @property
    def effort(self) -> str:
        """'About right', '2 more possible', 'Had to stop: pain', or 'not reported'."""
        return effort_in_words(self.entry)

    @property
    def told(self) -> str:
        """'Numb or tingling leg, left'. Empty if nothing was told, or it was not asked."""
        signs = self.entry.signs
        if self.entry.leg is not None and signs == [Sign(self.entry.leg)]:
            return str(Leg(self.entry.leg).label)
        return signs_in_words(signs)

    @property
    def band(self) -> str:
        """What the number decided. Empty where a sign was told: no number is its reason then."""
        if not self.entry.band or any(sign.kind != Symptom.OTHER for sign in self.entry.signs):
            return ""
        return str(BandCode(self.entry.band).label)

    @property
    def lifted(self) -> Lifted | None:
        """Weight times repetitions; None = no weight was lifted."""
        entry = self.entry
        felt = Felt(entry.pain, entry.morning, entry.worse, entry.band)
        return lifted_on(entry.done_on, self.step.drill, entry.sets, felt)


def _of_ten(pain: int | None) -> str:
    return _("not reported") if pain is None else _("{pain} of 10").format(pain=pain)


@dataclass(frozen=True)
class _Run:
    """One plan with its calendar and its entries by day."""

    plan: Plan
    calendar: Calendar
    rows: dict[date, HistoryRow]


@dataclass(frozen=True)
class History:
    """Past practice of a patient.

    ``runs``: every plan, newest first.
    ``rows``: the entries within the filters, newest first.
    ``since``: the first day that ``rows`` may have; None without a limit.
    ``rung``: the position of the only rung that ``rows`` may have; None for every rung.
    """

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
    def of_late(self) -> list[HistoryRow]:
        """The entries that the page shows openly: of the last week, or all of the one rung that was
        asked for."""
        return [row for row in self.rows if self.rung is not None or row.day > self._week_ago]

    @property
    def earlier(self) -> list[HistoryRow]:
        return list(self.rows[len(self.of_late) :])  # the newest come first

    @property
    def _week_ago(self) -> date:
        return self.today - timedelta(days=7)

    @property
    def lifts(self) -> list[Lifted]:
        """What was lifted within the filters, oldest first."""
        lifted = (row.lifted for row in reversed(self.rows))
        return [lift for lift in lifted if lift is not None]

    @property
    def has_lifted(self) -> bool:
        """Whether a weight was ever lifted, whatever the filters are."""
        return any(row.lifted is not None for run in self.runs for row in run.rows.values())

    @property
    def days(self) -> set[date]:
        """Every day with an entry, whatever the filters are."""
        return {day for run in self.runs for day in run.rows}

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
        """A mark for every day from ``first`` to ``last``, for every rung."""
        return [self._mark(first + timedelta(days=nth)) for nth in range((last - first).days + 1)]

    def _mark(self, day: date) -> Mark:
        row = next((run.rows[day] for run in self.runs if day in run.rows), None)
        if row is not None:
            return Mark(day, DID if row.share >= 1 else PART, row.share)
        run = next((run for run in self.runs if _runs_on(run.plan, day)), None)
        return Mark(day, empty_mark(run.calendar, day, self.today) if run else BEFORE)

    def practised(self, last: int = 14) -> int:
        """How many of the last days have practice. Today is included."""
        marks = self.marks(self.today - timedelta(days=last - 1), self.today)
        return sum(mark.kind in {DID, PART} for mark in marks)

    def unlogged(self) -> list[date]:
        """Planned days without an entry that can still be logged, newest first, without today."""
        marks = self.marks(self.today - timedelta(days=DAYS_BACK), self.today - timedelta(days=1))
        running = [run.plan for run in self.runs if run.plan.ended_on is None]
        return [
            mark.day
            for mark in reversed(marks)
            if mark.kind == MISS and any(plan.started_on <= mark.day for plan in running)
        ]

    def rungs(self) -> list[tuple[int, str]]:
        """The rungs that were practised, lowest first: position, and name in the newest plan."""
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
    """Read the history of a patient.

    ``weeks``: how many weeks back; None for everything.
    ``rung``: the position of one rung; None for every rung.
    ``clinical``: whether drills and rungs have the names that clinicians use.
    """
    since = today - timedelta(weeks=weeks) + timedelta(days=1) if weeks is not None else None
    plans = (
        patient.plans.select_related("clinic")
        .prefetch_related("schedules", "pauses")
        .order_by("-pk")
    )
    accepted = accepted_of(patient)
    runs = [_run(plan, _steps(plan, clinical=clinical), accepted) for plan in plans]
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


def _run(plan: Plan, steps: dict[int, LadderStep], accepted: Sequence[Accepted]) -> _Run:
    prescriptions = list(Prescription.objects.filter(plan=plan).order_by("pk"))
    entries = logged_entries(plan, plan.started_on)
    rows = {
        entry.done_on: history_row_of(
            entry,
            steps[entry.level_id],
            dose_of_step(plan, steps[entry.level_id], latest_doses(prescriptions, until=entry.at)),
            used_on(accepted, plan.clinic, entry.done_on, entry.first_at),
        )
        for entry in entries
    }
    return _Run(plan, calendar_of(plan), rows)


def _runs_on(plan: Plan, day: date) -> bool:
    return plan.started_on <= day and (plan.ended_on is None or day <= plan.ended_on)


def history_row_of(
    entry: LoggedEntry, step: LadderStep, dose: Prescription, usual: int | None = None
) -> HistoryRow:
    """An entry in words.

    ``dose``: the dose that was in force when the entry was made
    ``usual``: the usual pain that counted then
    """
    return HistoryRow(entry, step, sets_of(dose), usual)


def pain_in_words(points: Sequence[Point]) -> str:
    """The pain chart in words, in one to three sentences."""
    reported = [point for point in points if point.during is not None]
    if not reported:
        return _("No pain number was reported in this time.")
    highest = max(reported, key=lambda point: (point.during or 0, point.day))
    sentences = [
        _("Highest while practising: {pain} of 10 on {day}. Latest: {latest} of 10.").format(
            pain=highest.during, day=short_day(highest.day), latest=reported[-1].during
        )
    ]
    mornings = [point.morning for point in points if point.morning is not None]
    if mornings:
        sentences.append(_("Highest next morning: {pain} of 10.").format(pain=max(mornings)))
    if len(reported) < len(points):
        sentences.append(
            _("Not reported: {count} of {all} days.").format(
                count=len(points) - len(reported), all=len(points)
            )
        )
    return " ".join(sentences)


def came_down(points: Sequence[Point]) -> tuple[int, int] | None:
    """The highest pain of the first three and of the last three reported days, if it came down."""
    reported = [point.during for point in points if point.during is not None]
    if len(reported) < 6:
        return None
    before = max(reported[:3])
    now = max(reported[-3:])
    return (before, now) if now < before else None
