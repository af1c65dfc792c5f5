"""The patient's page for the clinic, as one value.

It takes at most fourteen queries. Their number does not grow with the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import PhoneLink
from curriculum.models import Ladder, Level, Rung
from patients.chart import gate_evidence
from patients.chart.notes import with_newest_notes
from patients.chart.rows import Dose, RungRow
from patients.chart.thread import newest_messages
from patients.chart.undo import UndoOffer, undo_offer, with_just_answered, with_newest_draft
from patients.models import (
    EVERY_DAY,
    Finding,
    Intake,
    Message,
    Outbox,
    Patient,
    Plan,
    Practice,
    ReviewRequest,
    Stop,
)
from patients.record import arrangements, timeline
from patients.record.queries import (
    entries_of,
    findings_of,
    newest_practice,
    of_timeline,
    passed_and_lost,
    reviews_of,
    seen_of,
    step_of_level,
    stops_in_sight,
    stops_of,
    worst_first,
)
from patients.record.reports import Reported, reported, stops_without_report
from patients.rules.periods import REPORTED_DAYS
from patients.standing.activities import with_courses
from patients.standing.calendar import Calendar
from patients.standing.dose import dose_of_level, latest_doses
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment, latest_intake, noted_equipment
from patients.standing.gate import OpenGate, criterion_lines
from patients.standing.lift import lift_among
from patients.standing.lower import LowerLevel, lower_offers
from patients.standing.pain_limits import with_pain
from patients.standing.position import LadderPlace, levels_below, place_on
from patients.standing.readiness import EvidenceEntry
from patients.standing.reports import reports_from, reports_in_sight, with_reports
from patients.standing.screening import (
    ScreeningInSight,
    screening_in_sight,
    with_screening,
)
from patients.standing.usual_pain import NOTHING_TOLD, UsualInSight, usual_in_sight

#: How many decisions the page shows. Another page shows all of them.
DECISIONS = 12
#: How many reports stand in front.
IN_FRONT = 2
_NAMED = ("asked", "ladder", "goal_rung", "assigned_by", "ended_by")


@dataclass(frozen=True)
class Chart:
    """Everything that the page shows. Most of it is empty without a plan.

    ``standing``: the place of the plan on its ladder today.
    ``practised``: the level that the patient practises.
    ``reachable``: the levels that can be prescribed, the open rung first.
    ``lower``: the levels for "train lower", nearest first; ``offers``: with their doses.
    ``last``, ``last_entry``: the newest entry, as a row and as evidence.
    ``entries``: every entry that is not corrected, oldest first.
    ``reported``: what was reported in the last weeks, newest first.
    """

    patient: Patient
    today: date
    plan: Plan | None = None
    intake: Intake | None = None
    screening: ScreeningInSight | None = None
    usual: UsualInSight = NOTHING_TOLD
    home: HomeEquipment = NOTHING_NOTED
    link: PhoneLink | None = None
    rungs: Sequence[RungRow] = ()
    gate: OpenGate | None = None
    evidence: gate_evidence.GateEvidence | None = None
    place: LadderPlace | None = None
    practised: Level | None = None
    dose: Dose | None = None
    reachable: Sequence[Level] = ()
    weekdays: int = 0
    pause: arrangements.Arrangement | None = None
    request: ReviewRequest | None = None
    stops: Sequence[Stop] = ()
    lower: Sequence[Level] = ()
    offers: Sequence[LowerLevel] = ()
    messages: Sequence[Message] = ()
    findings: Sequence[Finding] = ()
    decisions: Sequence[timeline.Decision] = ()
    last: Practice | None = None
    last_entry: EvidenceEntry | None = None
    entries: Sequence[EvidenceEntry] = field(default=())
    undo: UndoOffer | None = None
    reported: Sequence[Reported] = ()

    @property
    def running(self) -> bool:
        return self.plan is not None and self.plan.ended_on is None

    @property
    def screening_is_old(self) -> bool:
        """Whether the gate asks if anything is new since the screening."""
        return self.screening is not None and self.screening.is_old(self.patient.clinic)

    @property
    def complete(self) -> bool:
        return self.running and self.gate is None

    @property
    def unread(self) -> list[Message]:
        """The patient's messages that nobody has read, those to read first on top."""
        unread = (
            message for message in self.messages if message.from_patient and message.read_at is None
        )
        return sorted(unread, key=lambda message: not message.read_first)

    @property
    def in_front(self) -> list[Reported]:
        """The reports of late that no waiting stop above names: signs first, two at most."""
        first_day = self.today - timedelta(days=REPORTED_DAYS)
        late = [told for told in self.reported if told.day > first_day and not told.waits]
        return sorted(late, key=lambda told: not told.signs)[:IN_FRONT]

    @property
    def passed_rungs(self) -> list[Rung]:
        """The rungs that a withdrawal may take back, highest first."""
        return [row.rung for row in self.rungs if row.state == "passed"]

    @property
    def lacks(self) -> list[str]:
        """The equipment that the current drill needs and that is not noted at home."""
        return self.home.lacks(self.dose.level) if self.dose else []

    @property
    def loaded_every_day(self) -> bool:
        """Whether a loaded drill is planned for every day, which leaves no day to recover."""
        return self.dose is not None and self.dose.level.drill.loaded and self.weekdays == EVERY_DAY


def patients(queryset: QuerySet[Patient]) -> QuerySet[Patient]:
    """Read patients together with their clinic, lead, phone link, latest screening and usual
    pain.

    Also: when somebody looks again, whether a mail about them was sent after which nobody has
    looked, whether a stop was just answered, the newest notes and own activities.
    """
    named = queryset.select_related("clinic", "lead", "archived_by", "user__phone_link")
    unopened = Outbox.objects.not_opened().filter(patient=OuterRef("pk"))
    looked_at = {"mails_unopened": Exists(unopened), "look_again_on": F("summary__follow_up_on")}
    told = with_reports(named.annotate(**looked_at), since=reports_from(timezone.localdate()))
    return with_courses(with_newest_notes(with_just_answered(with_pain(with_screening(told)))))


def read(patient: Patient) -> Chart:
    """Read the page of a patient as it is now."""
    today = patient.clinic.today()
    intake = latest_intake(patient)
    link = getattr(patient.user, "phone_link", None)
    plan = _plan(patient)
    home = noted_equipment(intake)
    screening = screening_in_sight(patient)
    if plan is None:
        stops = stops_in_sight(patient, reports_from(today))
        told = reported(reports_in_sight(patient), stops, patient.clinic)
        chart = Chart(patient, today, intake=intake, link=link, stops=worst_first(stops))
        chart = replace(chart, reported=told)
    else:
        chart = _Reading(plan, today).chart(patient, intake, link)
    return replace(chart, home=home, screening=screening, usual=usual_in_sight(patient))


def _plan(patient: Patient) -> Plan | None:
    open_request = FilteredRelation(
        "review_requests", condition=Q(review_requests__closed_at__isnull=True)
    )
    newer = Ladder.objects.newer_than(OuterRef("ladder__slug"), OuterRef("ladder__edition"))
    plans = patient.plans.annotate(asked=open_request, newer_edition=Exists(newer)).select_related(
        *_NAMED
    )
    plan = with_newest_draft(plans).first()
    if plan is not None:
        plan.patient = patient
        plan.clinic = patient.clinic
    return plan


class _Reading:
    """The rows of one plan, and what follows from them. It reads each table once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan = plan
        self.today = today
        levels = Level.objects.filter(rung__ladder_id=plan.ladder_id)
        levels = levels.select_related("rung", "drill")
        self.levels = list(levels.order_by("rung__position", "position"))
        self.reviews = reviews_of(plan)
        self.prescriptions = list(
            plan.prescriptions.select_related("level__drill", "by").order_by("pk")
        )
        self.changes = arrangements.of_plan(plan)
        self.practices = newest_practice(plan)
        self.stops = stops_of(plan, reports_from(today))
        days = {entry.done_on for entry in self.practices}
        told = reports_in_sight(plan.patient)
        self.reported = reported(told, self.stops, plan.clinic, practised=days)
        self.messages = newest_messages(plan.messages.all())
        self.findings = findings_of(plan)
        self.passed, lost = passed_and_lost(self.reviews)
        self.steps = [
            step_of_level(level, self.passed.get(level.rung_id), lost.get(level.rung_id))
            for level in self.levels
        ]
        prescribed = {prescription.level_id for prescription in self.prescriptions}
        chosen = arrangements.choices(self.changes)
        self.place = place_on(
            self.steps, chosen, prescribed, today, start=plan.assigned_at, goal=plan.goal_position
        )

    def chart(self, patient: Patient, intake: Intake | None, link: PhoneLink | None) -> Chart:
        rungs = self.rungs()
        calendar = arrangements.calendar(self.plan, self.changes)
        entries = entries_of(self.practices)
        newest = entries[-1] if entries else None
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
            evidence=self.evidence(gate, calendar, entries) if gate else None,
            place=self.place,
            practised=self._practised(),
            dose=dose,
            reachable=self.reachable(),
            weekdays=calendar.weekdays_on(self.today),
            pause=arrangements.open_pause(self.changes, self.today),
            request=getattr(self.plan, "asked", None),
            stops=worst_first(self.stops),
            lower=self.lower(),
            offers=self.offers(),
            messages=self.messages,
            findings=self.findings,
            decisions=self.decisions(),
            last=self._practice(newest.practice_id) if newest else None,
            last_entry=newest,
            entries=entries,
            undo=undo_offer(self.plan, self.reviews, self.practices, self.levels),
            reported=self.reported,
        )

    def decisions(self) -> list[timeline.Decision]:
        """The newest decisions, without the patient's own choices of levels."""
        decisions = timeline.of_plan(self.plan, self.rows())
        return [decision for decision in decisions if decision.state != "own"][:DECISIONS]

    def _practice(self, pk: int) -> Practice | None:
        return next((practice for practice in self.practices if practice.pk == pk), None)

    def rungs(self) -> list[RungRow]:
        """The ladder, highest rung first."""
        rungs = {level.rung_id: level.rung for level in self.levels}
        goal = self.plan.goal_position or max(rung.position for rung in rungs.values())
        return [
            RungRow(rung, self._state(rung, goal), self.passed.get(rung.pk), rung.position == goal)
            for rung in sorted(rungs.values(), key=lambda rung: -rung.position)
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
        seen = seen_of(self.reviews)
        lines = criterion_lines(self.plan, now)
        here = [level for level in self.levels if level.rung_id == now.pk]
        lift = lift_among(here, self.practices, self.prescriptions)
        return OpenGate(self.plan, now, above, lines, seen, lift)

    def evidence(
        self, gate: OpenGate, calendar: Calendar, entries: Sequence[EvidenceEntry]
    ) -> gate_evidence.GateEvidence:
        opened_on = self.plan.clinic.day_of(self.place.opened_at)
        told = [*self.reported, *stops_without_report(self.stops, self.plan.clinic)]
        return gate_evidence.gate_evidence(
            calendar, gate.rung, opened_on, self.today, entries, told
        )

    def reachable(self) -> list[Level]:
        """Levels of the open and the passed rungs, the open rung first."""
        top = self.place.rung or 0
        within = [level for level in self.levels if level.rung.position <= top]
        return sorted(within, key=lambda level: (-level.rung.position, level.position))

    def lower(self) -> list[Level]:
        """The levels that "train lower" may choose, nearest first."""
        step = self.place.step
        return levels_below(self.levels, (step.rung, step.position)) if step else []

    def offers(self) -> list[LowerLevel]:
        doses = latest_doses(self.prescriptions)
        return lower_offers(self.plan, self.lower(), doses, self.practices)

    def dose(self) -> Dose | None:
        """The dose of the level that is practised, or of the level that waits for a weight."""
        level = self._first_here() if self.place.awaits_clinician else self._practised()
        if level is None:
            return None
        prescribed = latest_doses(self.prescriptions)
        dose = dose_of_level(self.plan, level, prescribed)
        return Dose(level, dose, level.pk not in prescribed)

    def _practised(self) -> Level | None:
        step = self.place.step
        if step is None:
            return None
        return next((level for level in self.levels if level.pk == step.level_id), None)

    def _first_here(self) -> Level | None:
        """The first level of the open rung, for home if there is one."""
        here = [level for level in self.levels if level.rung.position == self.place.rung]
        own = [level for level in here if not level.helper]
        return next((level for level in own if level.home), own[0] if own else None)

    def rows(self) -> timeline.Rows:
        return timeline.Rows(
            reviews=self.reviews,
            prescriptions=self.prescriptions,
            made=self.changes,
            stops=of_timeline(self.plan, self.stops),
            reported=self.reported,
            findings=self.findings,
            corrections=[practice for practice in self.practices if practice.corrects_id],
            names={level.pk: str(level) for level in self.levels},
        )
