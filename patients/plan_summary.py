"""A plan on one page, for a colleague or the patient's doctor. Reads, never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from curriculum.models import Level, Rung
from patients import days, dosage, evidence, levels, measures
from patients.measure_chart import Measured, measured
from patients.models import Finding, Intake, Patient, Plan, Review
from patients.precautions import Precaution

WEEKS = 6


@dataclass(frozen=True)
class Week:
    """One calendar week: planned days, days practised, highest pain during and the morning after (None = unknown)."""

    begins: date
    planned: int
    practised: int
    pain: int | None
    morning: int | None


@dataclass(frozen=True)
class PlanSummary:
    plan: Plan
    day: date
    intake: Intake | None
    precautions: list[tuple[str, str]]
    open_rung: Rung | None
    passed: list[Review]
    rung_count: int
    level: Level | None
    dose: str
    findings: list[Finding]
    weeks: list[Week]
    measured: Measured


def latest(patient: Patient) -> PlanSummary | None:
    """Of the running plan or else the last one; None when there never was one."""
    plan = patient.plans.select_related("clinic", "ladder", "goal_rung", "patient__clinic").first()
    return of_plan(plan) if plan else None


def of_plan(plan: Plan) -> PlanSummary:
    """Everything that the page shows, as of today at the clinic."""
    day = plan.ended_on or plan.clinic.today()
    open_rung = plan.open_rung
    level = levels.standing(plan, day, open_rung).level
    intake = plan.patient.intakes.last()
    return PlanSummary(
        plan=plan,
        day=day,
        intake=intake,
        precautions=precautions(intake),
        open_rung=open_rung,
        passed=list(Review.objects.filter(standing__plan=plan).select_related("rung", "by").order_by("rung__position")),
        rung_count=plan.rungs().count(),
        level=level,
        dose=dosage.in_words(levels.dose(plan, level)) if level else "",
        findings=list(plan.findings.select_related("fault")),
        weeks=weeks(plan, day),
        measured=measured(measures.courses(plan.patient)),
    )


def precautions(intake: Intake | None) -> list[tuple[str, str]]:
    """Each precaution in words with its note."""
    if intake is None:
        return []
    return [(str(Precaution(one["key"]).label), one["note"]) for one in intake.precautions]


def weeks(plan: Plan, day: date) -> list[Week]:
    """The last weeks of the plan, oldest first, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    first = max(monday - timedelta(weeks=WEEKS - 1), plan.started_on - timedelta(days=plan.started_on.weekday()))
    calendar, practised = days.of_plan(plan), evidence.entries(plan, first)
    count = (monday - first).days // 7 + 1
    return [_week(calendar, practised, first + timedelta(weeks=nth), day) for nth in range(count)]


def _week(calendar: days.Calendar, practised: list[evidence.Entry], begins: date, day: date) -> Week:
    ends = min(begins + timedelta(days=6), day)
    here = [one for one in practised if begins <= one.done_on <= ends]
    return Week(
        begins,
        planned=sum(1 for _ in calendar.planned(begins, ends)),
        practised=len(here),
        pain=_highest([one.pain for one in here]),
        morning=_highest([one.morning_pain for one in here]),
    )


def _highest(numbers: list[int | None]) -> int | None:
    return max((number for number in numbers if number is not None), default=None)
