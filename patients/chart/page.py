"""The patient page as one value: thirteen queries at most beside the session's, however much was
practised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from accounts.models import PhoneLink
from curriculum.models import Ladder, Level, Rung
from patients.chart import gate_evidence
from patients.models import (
    EVERY_DAY,
    Finding,
    Intake,
    Message,
    Patient,
    Plan,
    Practice,
    Prescription,
    ReviewRequest,
    Stop,
)
from patients.models.plan import seen_key
from patients.record import arrangements, timeline
from patients.record.queries import (
    entries_of,
    findings_of,
    newest_practice,
    reviews_of,
    step_of_level,
    stops_of,
)
from patients.standing.calendar import Calendar
from patients.standing.dose import dose_of_level, latest_doses
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment, latest_intake, noted_equipment
from patients.standing.gate import OpenGate, criterion_lines
from patients.standing.position import LadderPlace, levels_below, place_on
from patients.standing.readiness import EvidenceEntry

#: Decisions and messages shown; the whole of each has its own page.
DECISIONS, MESSAGES = 12, 6
_NAMED = ("asked", "ladder", "goal_rung", "assigned_by", "ended_by")


@dataclass(frozen=True)
class RungRow:
    """A rung as the plan finds it: ``state`` passed, now, locked or beyond (above the goal)."""

    rung: Rung
    state: str
    passed_at: datetime | None
    is_goal: bool


@dataclass(frozen=True)
class Dose:
    """What is prescribed of a level: the latest prescription, or the level's default when there is
    none."""

    level: Level
    latest: Prescription
    is_default: bool


@dataclass(frozen=True)
class Chart:
    """Everything that the page of a patient shows; without a plan most of it is empty."""

    patient: Patient
    today: date
    plan: Plan | None = None
    intake: Intake | None = None
    home: HomeEquipment = NOTHING_NOTED
    link: PhoneLink | None = None
    rungs: Sequence[RungRow] = ()
    gate: OpenGate | None = None
    evidence: gate_evidence.GateEvidence | None = None
    standing: LadderPlace | None = None
    practised: Level | None = None
    dose: Dose | None = None
    reachable: Sequence[Level] = ()
    weekdays: int = 0
    pause: arrangements.Arrangement | None = None
    request: ReviewRequest | None = None
    stops: Sequence[Stop] = ()
    lower: Sequence[Level] = ()
    messages: Sequence[Message] = ()
    findings: Sequence[Finding] = ()
    decisions: Sequence[timeline.Decision] = ()
    last: Practice | None = None
    last_entry: EvidenceEntry | None = None
    entries: Sequence[EvidenceEntry] = field(default=())

    @property
    def running(self) -> bool:
        return self.plan is not None and self.plan.ended_on is None

    @property
    def complete(self) -> bool:
        return self.running and self.gate is None

    @property
    def unread(self) -> list[Message]:
        return [one for one in self.messages if one.from_patient and one.read_at is None]

    @property
    def passed_rungs(self) -> list[Rung]:
        """Highest first: what a withdrawal may take back."""
        return [row.rung for row in self.rungs if row.state == "passed"]

    @property
    def lacks(self) -> list[str]:
        """What the drill that is practised needs and nobody noted at home."""
        return self.home.lacks(self.dose.level) if self.dose else []

    @property
    def loaded_every_day(self) -> bool:
        """A loaded drill on every day of the week leaves no day to recover."""
        return self.dose is not None and self.dose.level.drill.loaded and self.weekdays == EVERY_DAY


def patients(queryset: QuerySet[Patient]) -> QuerySet[Patient]:
    """With whom the page names: clinic, lead, and the way in."""
    return queryset.select_related("clinic", "lead", "archived_by", "user__phone_link")


def read(patient: Patient) -> Chart:
    """The page of a patient as things stand now."""
    today = patient.clinic.today()
    intake, link = latest_intake(patient), getattr(patient.user, "phone_link", None)
    plan, home = _plan(patient), noted_equipment(intake)
    if plan is None:
        return Chart(patient, today, intake=intake, home=home, link=link)
    return replace(_Reading(plan, today).chart(patient, intake, link), home=home)


def _plan(patient: Patient) -> Plan | None:
    open_request = FilteredRelation(
        "review_requests", condition=Q(review_requests__closed_at__isnull=True)
    )
    newer = Ladder.objects.newer_than(OuterRef("ladder__slug"), OuterRef("ladder__edition"))
    plans = patient.plans.annotate(asked=open_request, newer_edition=Exists(newer)).select_related(
        *_NAMED
    )
    plan = plans.first()
    if plan is not None:
        plan.patient, plan.clinic = patient, patient.clinic
    return plan


def newest_messages(written: QuerySet[Message]) -> list[Message]:
    """The last few, in the order in which they were written."""
    return list(written.select_related("by").order_by("-at", "-pk")[:MESSAGES])[::-1]


class _Reading:
    """The rows of one plan, each table read once, and what follows from them."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        steps = Level.objects.filter(rung__ladder_id=plan.ladder_id).select_related("rung", "drill")
        self.levels = list(steps.order_by("rung__position", "position"))
        self.reviews = reviews_of(plan)
        self.prescriptions = list(
            plan.prescriptions.select_related("level__drill", "by").order_by("pk")
        )
        self.changes = arrangements.of_plan(plan)
        self.practices = newest_practice(plan)
        self.stops = stops_of(plan)
        self.messages = newest_messages(plan.messages.all())
        self.findings = findings_of(plan)
        self.passed = {one.rung_id: one.at for one in self.reviews if hasattr(one, "standing")}
        self.lost = {
            one.rung_id: one.withdrawal.at for one in self.reviews if hasattr(one, "withdrawal")
        }
        self.steps = [
            step_of_level(level, self.passed.get(level.rung_id), self.lost.get(level.rung_id))
            for level in self.levels
        ]
        prescribed = {one.level_id for one in self.prescriptions}
        chosen = arrangements.choices(self.changes)
        self.place = place_on(
            self.steps, chosen, prescribed, today, start=plan.assigned_at, goal=plan.goal_position
        )

    def chart(self, patient: Patient, intake: Intake | None, link: PhoneLink | None) -> Chart:
        rungs, calendar = self.rungs(), arrangements.calendar(self.plan, self.changes)
        entries = entries_of(self.practices)
        gate = self.gate(rungs)
        dose = self.dose()
        return Chart(
            patient,
            self.today,
            plan=self.plan,
            intake=intake,
            link=link,
            rungs=rungs,
            gate=gate,
            evidence=self.beside(gate, calendar, entries) if gate else None,
            standing=self.place,
            practised=self._practised(),
            dose=dose,
            reachable=self.reachable(),
            weekdays=calendar.weekdays_on(self.today),
            pause=arrangements.open_pause(self.changes, self.today),
            request=getattr(self.plan, "asked", None),
            stops=[stop for stop in self.stops if not hasattr(stop, "answer")],
            lower=self.lower(),
            messages=self.messages,
            findings=self.findings,
            decisions=[
                one for one in timeline.of_plan(self.plan, self.rows()) if one.state != "own"
            ][:DECISIONS],
            last=next((one for one in self.practices if one.pk == entries[-1].practice_id), None)
            if entries
            else None,
            last_entry=entries[-1] if entries else None,
            entries=entries,
        )

    def rungs(self) -> list[RungRow]:
        """The ladder, highest rung first."""
        found = {level.rung_id: level.rung for level in self.levels}
        goal = self.plan.goal_position or max(rung.position for rung in found.values())
        return [
            RungRow(rung, self._state(rung, goal), self.passed.get(rung.pk), rung.position == goal)
            for rung in sorted(found.values(), key=lambda one: -one.position)
        ]

    def _state(self, rung: Rung, goal: int) -> str:
        if rung.pk in self.passed:
            return "passed"
        if rung.position > goal:
            return "beyond"
        return (
            "now" if rung.position == self.place.rung and self.plan.ended_on is None else "locked"
        )

    def gate(self, rungs: Sequence[RungRow]) -> OpenGate | None:
        now = next((row.rung for row in rungs if row.state == "now"), None)
        if now is None:
            return None
        above = next((row.rung for row in reversed(rungs) if row.state == "locked"), None)
        withdrawn = [one.withdrawal.pk for one in self.reviews if hasattr(one, "withdrawal")]
        newest = max((one.pk for one in self.reviews), default=None)
        seen = seen_key(newest, max(withdrawn, default=None))
        return OpenGate(self.plan, now, above, criterion_lines(self.plan, now), seen)

    def beside(
        self, gate: OpenGate, calendar: Calendar, entries: Sequence[EvidenceEntry]
    ) -> gate_evidence.GateEvidence:
        opened_on = self.plan.clinic.day_of(self.place.opened_at)
        return gate_evidence.gate_evidence(calendar, gate.rung, opened_on, self.today, entries)

    def reachable(self) -> list[Level]:
        """Levels of the open and the passed rungs, the open rung first."""
        top = self.place.rung or 0
        within = [level for level in self.levels if level.rung.position <= top]
        return sorted(within, key=lambda level: (-level.rung.position, level.position))

    def lower(self) -> list[Level]:
        """What "train lower" may choose, nearest first."""
        step = self.place.step
        return levels_below(self.levels, (step.rung, step.position)) if step else []

    def dose(self) -> Dose | None:
        """The dose of the level that is practised; of the level that awaits a weight, where one
        does."""
        level = self._first_here() if self.place.awaits_weight else self._practised()
        if level is None:
            return None
        prescribed = latest_doses(self.prescriptions)
        dose = dose_of_level(self.plan, level, prescribed)
        return Dose(level, dose, level.pk not in prescribed)

    def _practised(self) -> Level | None:
        step = self.place.step
        return next((one for one in self.levels if one.pk == step.level_id), None) if step else None

    def _first_here(self) -> Level | None:
        return next(
            (one for one in self.levels if one.rung.position == self.place.rung and not one.helper),
            None,
        )

    def rows(self) -> timeline.Rows:
        return timeline.Rows(
            reviews=self.reviews,
            prescriptions=self.prescriptions,
            made=self.changes,
            stops=self.stops,
            findings=self.findings,
            corrections=[one for one in self.practices if one.corrects_id],
            names={level.pk: str(level) for level in self.levels},
        )
