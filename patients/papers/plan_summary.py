"""A plan on one page, for a colleague or the patient's doctor. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from curriculum.models import Level, Rung
from patients.models import Finding, Intake, Patient, Plan, Review
from patients.papers import fit_one_page
from patients.papers.at_home import for_now_in_words
from patients.papers.logged import heaviest_in_words, read_logged
from patients.pictures.activity_chart import ActivityChart, activity_chart
from patients.record.cautions import caution_line
from patients.record.queries import stops_of
from patients.record.reports import Reported, reported, stops_without_report
from patients.record.scores import changes_in_words
from patients.record.screened import outcome_in_words, screening_until, waiting_in_words
from patients.rules.periods import SUMMARY_WEEKS
from patients.standing import identity
from patients.standing.activities import activity_courses
from patients.standing.calendar import Calendar, calendar_of
from patients.standing.cautions import held_by, of_level
from patients.standing.dose import dose_in_force
from patients.standing.pain import highest
from patients.standing.position import CurrentLevel, current_level
from patients.standing.readiness import EvidenceEntry, evidence_entries
from patients.standing.reports import read_reports
from patients.standing.screening import precautions_of
from patients.standing.usual_pain import UsualInSight, read_usual
from patients.standing.ways import way_of
from patients.wording.dosage import whole_dose

#: Limits for a sheet that would not fit one page: the number of faults, and the characters of the
#: reason and goal of the intake, of the outcome of the screening, of a note and of all notes on
#: precautions, and of a fault. The sheet says that the record has the rest.
FAULTS = 6
REASON = 190
GOAL = 90
OUTCOME = 95
#: The number of cautions on a sheet that would not fit, and the characters of one, or of a score.
CAUTIONS = 2
CAUTION = 60
NOTE = 60
NOTES = 150
FAULT = 45
#: The number of reports, that number on a sheet that would not fit, and the characters of one then.
REPORTS = 8
REPORTS_CUT = 4
REPORT = 60
#: Characters in a line of the whole sheet, of one of two columns, and of an activity next to its
#: picture.
WIDE = 95
NARROW = 40
ACTIVITY = 24
#: Heights in lines of text: the headings, the picture of the activities, and a row of a table.
HEADINGS = 12
PICTURE = 11
ROW = 1.25
#: The most lines for the large font, for the medium font, and for the smallest font.
ROOMY = 44
FULL = 60
FULLEST = 68


@dataclass(frozen=True)
class Week:
    """One calendar week.

    ``begins``: its Monday.
    ``planned``, ``practised``: planned days, and days with practice.
    ``pain``: the highest pain during practice; None if none was reported.
    ``morning``: the highest pain of a morning after; None if none was reported.
    """

    begins: date
    planned: int
    practised: int
    pain: int | None
    morning: int | None


@dataclass(frozen=True)
class PlanSummary:
    """What the sheet shows.

    ``day``: the day of the summary: today, or the last day of the plan.
    ``usual``: the usual pain, with the day on which it was told.
    ``precautions``: each precaution in words, with its note.
    ``cautions``: what they change in ``level``, strictest first, in words.
    ``for_now``: of a borrowed level, until when and for what
    ``outcome``: of the latest screening, in words; ``load``: the heaviest lift of the last weeks.
    ``passed``: the reviews that passed a rung, lowest rung first.
    ``findings``: each finding with its fault in words; open findings first, then cleared ones.
    ``weeks``: the last weeks of practice, oldest first.
    ``measured``: the ratings of the patient's activities; ``scores``: what changed, in words.
    ``reported``: the signs reported, and the stops, of the last weeks, newest first.
    ``shortened``: whether long texts are cut.
    """

    plan: Plan
    day: date
    intake: Intake | None
    usual: UsualInSight
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
    scores: Sequence[str] = ()
    reported: Sequence[Reported] = ()
    shortened: bool = False
    cautions: Sequence[str] = ()
    outcome: str = ""
    load: str = ""
    for_now: str = ""

    @cached_property
    def size(self) -> str:
        return fit_one_page.writing_size(self.lines, roomy=ROOMY, full=FULL)

    @property
    def lines(self) -> float:
        """About how many lines of the large font the sheet needs."""
        now = f"Now on: {self.open_rung}: {self.level}, {self.dose}" if self.level else ""
        ladder = [
            f"{review.rung.name}: 30 Mar 2026, {review.by.short_name} (at the gate)"
            for review in self.passed
        ] + [now]
        precautions = "; ".join(f"{label} ({note})" for label, note in self.precautions)
        return (
            HEADINGS
            + sum(
                fit_one_page.line_count(text, WIDE)
                for text in (self.who, self.reason, self.goal, precautions, *self._sayings)
            )
            + max(
                sum(fit_one_page.line_count(text, NARROW) for text in ladder),
                ROW * (len(self.weeks) + 1),
            )
            + sum(
                fit_one_page.line_count(f"{name}: 30 Mar, gone 30 Mar", NARROW)
                for name, _finding in self.findings
            )
            / 2
            + self._activity_lines()
            + self._reported_lines()
        )

    @property
    def _sayings(self) -> tuple[str, ...]:
        return (*self.cautions, self.outcome, self.load, self.for_now)

    def _reported_lines(self) -> float:
        heading = 1.5 if self.reported else 0
        return heading + sum(fit_one_page.line_count(told.dated, WIDE) for told in self.reported)

    def _activity_lines(self) -> int:
        changes = sum(fit_one_page.line_count(line, WIDE) for line in self.scores)
        words = [
            row.short if self.shortened else row.course.activity.words for row in self.measured.rows
        ]
        return changes + max(
            PICTURE if self.measured.svg else 0,
            sum(fit_one_page.line_count(text, ACTIVITY) + 1 for text in words),
        )

    @property
    def who(self) -> str:
        """ "born 2 May 1957 (69), woman · No. 20601"."""
        return identity.in_words(self.plan.patient, self.day)

    def within_one_side(self) -> PlanSummary:
        """The same summary. Long texts are cut if it would need a second page."""
        if self.lines <= FULLEST:
            return self
        note_limit = min(NOTE, NOTES // max(len(self.precautions), 1))
        return replace(
            self,
            reason=_cut(self.reason, REASON),
            goal=_cut(self.goal, GOAL),
            outcome=_cut(self.outcome, OUTCOME),
            cautions=[_cut(words, CAUTION) for words in self.cautions[:CAUTIONS]],
            scores=[_cut(words, CAUTION) for words in self.scores[:1]],
            precautions=[(label, _cut(note, note_limit)) for label, note in self.precautions],
            findings=[(_cut(name, FAULT), finding) for name, finding in self.findings[:FAULTS]],
            reported=[told.without_words(REPORT) for told in self.reported[:REPORTS_CUT]],
            shortened=True,
        )


def _cut(text: str, characters: int) -> str:
    return Truncator(text).chars(characters)


def latest(patient: Patient) -> PlanSummary | None:
    """The summary of the running plan, or of the last plan. None without any plan."""
    plan = patient.plans.select_related("clinic", "ladder", "goal_rung", "patient__clinic").first()
    return of_plan(plan) if plan else None


def of_plan(plan: Plan) -> PlanSummary:
    """Read the summary of a plan as of today, or of its last day."""
    day = plan.ended_on or plan.clinic.today()
    open_rung = plan.open_rung
    courses = activity_courses(plan.patient)
    now = current_level(plan, day)
    level = now.level
    intake = plan.patient.intakes.last()
    return PlanSummary(
        plan=plan,
        day=day,
        intake=intake,
        usual=read_usual(plan.patient),
        reason=(intake.reason if intake else "") or plan.patient.referral_note,
        goal=intake.goal if intake else "",
        precautions=_precautions(plan.patient),
        cautions=_cautions(plan, level),
        outcome=_outcome(plan),
        load=_load(plan, day),
        open_rung=open_rung,
        passed=list(
            Review.objects.filter(active_pass__plan=plan)
            .select_related("rung", "by")
            .order_by("rung__position")
        ),
        rung_count=plan.rungs().count(),
        level=level,
        dose=whole_dose(dose_in_force(plan, level)) if level else "",
        for_now=_for_now(now),
        findings=_findings(plan),
        weeks=weeks(plan, day),
        measured=activity_chart(courses),
        scores=changes_in_words(courses),
        reported=_reported(plan, day),
    ).within_one_side()


def _for_now(now: CurrentLevel) -> str:
    return f"{capfirst(for_now_in_words(now.borrowed))}." if now.borrowed is not None else ""


def _reported(plan: Plan, day: date) -> list[Reported]:
    """The newest signs and stops of the last weeks. Numbers alone stand in the table."""
    since = day - timedelta(weeks=SUMMARY_WEEKS)
    stops = stops_of(plan, since)
    rows = read_reports(plan.patient, since)
    of_entries = stops_without_report(stops, plan.clinic)
    told = [*reported(rows, stops, plan.clinic), *of_entries]
    late = [one for one in told if since <= one.day <= day and (one.signs or one.stopped)]
    return sorted(late, key=lambda one: one.at, reverse=True)[:REPORTS]


def _outcome(plan: Plan) -> str:
    """What waits and is urgent comes first: a sheet that would not fit cuts the end."""
    outcome = outcome_in_words(screening_until(plan.patient), plan.clinic, whole=True)
    return " ".join(filter(None, [waiting_in_words(plan.patient), outcome]))


def _load(plan: Plan, day: date) -> str:
    """The heaviest lift of the last weeks; empty without one."""
    since = plan.clinic.day_span(day - timedelta(weeks=SUMMARY_WEEKS))[0]
    return heaviest_in_words(read_logged([plan], since, day, plan.clinic.day_span(day)[1]))


def _findings(plan: Plan) -> list[tuple[str, Finding]]:
    findings = plan.findings.select_related("fault").order_by("-seen_on", "-pk")
    open_first = sorted(findings, key=lambda finding: bool(finding.cleared_on))
    return [(str(finding.fault or finding.words), finding) for finding in open_first]


def _precautions(patient: Patient) -> list[tuple[str, str]]:
    """Each precaution in words, with what was asked beside it and its note."""
    return [(row.label, row.beside) for row in precautions_of(patient)]


def _cautions(plan: Plan, level: Level | None) -> list[str]:
    """The way in which the level is practised, and what the precautions change in it."""
    if level is None:
        return []
    way = way_of(level.drill, dose_in_force(plan, level))
    said = [_("Another way: {name}.").format(name=way.name)] if way is not None else []
    found = of_level(held_by(plan.patient), level, way)
    return said + [f"{caution_line(caution)}." for caution in found]


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
    entries = [entry for entry in practised if begins <= entry.done_on <= ends]
    return Week(
        begins,
        planned=sum(1 for _ in calendar.planned(begins, ends)),
        practised=len(entries),
        pain=highest([entry.pain for entry in entries]),
        morning=highest([entry.morning_pain for entry in entries]),
    )
