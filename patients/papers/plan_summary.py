"""A plan on one page, for a colleague or the patient's doctor. Reads, never writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils.text import Truncator

from curriculum.models import Level, Rung
from patients.models import Finding, Intake, Patient, Plan, Review
from patients.models.precaution import Precaution
from patients.papers import fit_one_page
from patients.pictures.activity_chart import ActivityChart, activity_chart
from patients.rules.periods import SUMMARY_WEEKS
from patients.standing.activities import activity_courses
from patients.standing.calendar import Calendar, calendar_of
from patients.standing.dose import dose_in_force
from patients.standing.pain import highest
from patients.standing.position import current_level
from patients.standing.readiness import EvidenceEntry, evidence_entries
from patients.wording.dosage import dosage_in_words

#: Where one side has no room for everything: faults listed, and characters of an intake's reason,
#: goal and notes and of a fault. The record has the rest, and the sheet says so.
FAULTS = 10
REASON = 450
GOAL = 250
NOTE = 60
FAULT = 45
#: Characters in a line of the whole sheet, of one of two columns, and of an activity beside its
#: picture.
WIDE = 95
NARROW = 40
BESIDE = 24
#: Lines of the headings, of the picture of the activities, and of a row of a table.
HEADINGS = 12
PICTURE = 11
ROW = 1.25
#: Up to these many lines the sheet is set large, a little smaller, or as small as can be read.
ROOMY = 44
FULL = 60
FULLEST = 68


@dataclass(frozen=True)
class Week:
    """One calendar week: planned days, days practised, highest pain during and the morning after
    (None = unknown)."""

    begins: date
    planned: int
    practised: int
    pain: int | None
    morning: int | None


@dataclass(frozen=True)
class PlanSummary:
    """``findings``: those that stand first, then what is gone, newest first; with the fault in
    words."""

    plan: Plan
    day: date
    intake: Intake | None
    reason: str
    goal: str
    precautions: list[tuple[str, str]]
    open_rung: Rung | None
    passed: list[Review]
    rung_count: int
    level: Level | None
    dose: str
    findings: list[tuple[str, Finding]]
    weeks: list[Week]
    measured: ActivityChart
    shortened: bool = False

    @cached_property
    def size(self) -> str:
        return fit_one_page.writing_size(self.lines, roomy=ROOMY, full=FULL)

    @property
    def lines(self) -> float:
        """About how many lines of the roomy size the sheet takes."""
        now = f"Now on: {self.open_rung}: {self.level}, {self.dose}" if self.level else ""
        ladder = [
            f"{one.rung.name}: 30 Mar 2026, {one.by.short_name} (at the gate)"
            for one in self.passed
        ] + [now]
        told = "; ".join(f"{label} ({note})" for label, note in self.precautions)
        return (
            HEADINGS
            + sum(fit_one_page.line_count(one, WIDE) for one in (self.reason, self.goal, told))
            + max(
                sum(fit_one_page.line_count(one, NARROW) for one in ladder),
                ROW * (len(self.weeks) + 1),
            )
            + sum(
                fit_one_page.line_count(f"{name}: 30 Mar, gone 30 Mar", NARROW)
                for name, _finding in self.findings
            )
            / 2
            + self._activity_lines()
        )

    def _activity_lines(self) -> int:
        words = [
            row.short if self.shortened else row.course.activity.words for row in self.measured.rows
        ]
        return max(
            PICTURE if self.measured.svg else 0,
            sum(fit_one_page.line_count(one, BESIDE) + 1 for one in words),
        )

    def within_one_side(self) -> PlanSummary:
        """The same, with long words cut where they would take a second side."""
        if self.lines <= FULLEST:
            return self
        return replace(
            self,
            reason=_cut(self.reason, REASON),
            goal=_cut(self.goal, GOAL),
            precautions=[(label, _cut(note, NOTE)) for label, note in self.precautions],
            findings=[(_cut(name, FAULT), finding) for name, finding in self.findings[:FAULTS]],
            shortened=True,
        )


def _cut(text: str, characters: int) -> str:
    return Truncator(text).chars(characters)


def latest(patient: Patient) -> PlanSummary | None:
    """Of the running plan or else the last one; None when there never was one."""
    plan = patient.plans.select_related("clinic", "ladder", "goal_rung", "patient__clinic").first()
    return of_plan(plan) if plan else None


def of_plan(plan: Plan) -> PlanSummary:
    """Everything that the page shows, as of today at the clinic."""
    day = plan.ended_on or plan.clinic.today()
    open_rung = plan.open_rung
    level = current_level(plan, day).level
    intake = plan.patient.intakes.last()
    return PlanSummary(
        plan=plan,
        day=day,
        intake=intake,
        reason=intake.reason if intake else "",
        goal=intake.goal if intake else "",
        precautions=_precautions(intake),
        open_rung=open_rung,
        passed=list(
            Review.objects.filter(standing__plan=plan)
            .select_related("rung", "by")
            .order_by("rung__position")
        ),
        rung_count=plan.rungs().count(),
        level=level,
        dose=dosage_in_words(dose_in_force(plan, level)) if level else "",
        findings=_findings(plan),
        weeks=weeks(plan, day),
        measured=activity_chart(activity_courses(plan.patient)),
    ).within_one_side()


def _findings(plan: Plan) -> list[tuple[str, Finding]]:
    seen = plan.findings.select_related("fault").order_by("-seen_on", "-pk")
    return [
        (str(one.fault or one.words), one)
        for one in sorted(seen, key=lambda one: bool(one.cleared_on))
    ]


def _precautions(intake: Intake | None) -> list[tuple[str, str]]:
    """Each precaution in words with its note."""
    if intake is None:
        return []
    return [(str(Precaution(one["key"]).label), one["note"]) for one in intake.precautions]


def weeks(plan: Plan, day: date) -> list[Week]:
    """The last weeks of the plan, oldest first, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    first = max(
        monday - timedelta(weeks=SUMMARY_WEEKS - 1),
        plan.started_on - timedelta(days=plan.started_on.weekday()),
    )
    calendar = calendar_of(plan)
    practised = evidence_entries(plan, first)
    count = (monday - first).days // 7 + 1
    return [_week(calendar, practised, first + timedelta(weeks=nth), day) for nth in range(count)]


def _week(calendar: Calendar, practised: list[EvidenceEntry], begins: date, day: date) -> Week:
    ends = min(begins + timedelta(days=6), day)
    here = [one for one in practised if begins <= one.done_on <= ends]
    return Week(
        begins,
        planned=sum(1 for _ in calendar.planned(begins, ends)),
        practised=len(here),
        pain=highest([one.pain for one in here]),
        morning=highest([one.morning_pain for one in here]),
    )
