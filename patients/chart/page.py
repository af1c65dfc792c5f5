"""The patient's page for the clinic, as one value.

It takes at most fourteen queries. Their number does not grow with the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from accounts.models import PhoneLink
from curriculum.models import Level, Rung
from patients.chart import gate_evidence
from patients.chart.queries import newest_plan
from patients.chart.queries import patients as patients
from patients.chart.rows import Dose, FaultRow, RungRow, avoided_on, dose_row
from patients.chart.thread import newest_messages
from patients.chart.undo import UndoOffer, undo_offer
from patients.models import (
    EVERY_DAY,
    Finding,
    Intake,
    Message,
    Patient,
    Plan,
    Practice,
    ReviewRequest,
    Stop,
)
from patients.record import arrangements, timeline
from patients.record.queries import (
    entries_of,
    findings_and_remedies,
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
from patients.standing.borrow_offers import Remedies, borrowable_for
from patients.standing.calendar import Calendar
from patients.standing.cautions import LevelCautions
from patients.standing.dose import covered_by, latest_doses
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment, latest_intake, noted_equipment
from patients.standing.gate import OpenGate, criterion_lines
from patients.standing.lift import lift_among
from patients.standing.lower import LowerLevel, lower_offers
from patients.standing.position import LadderPlace, for_patient, levels_below, place_on
from patients.standing.readiness import EvidenceEntry
from patients.standing.reports import reports_from, reports_in_sight
from patients.standing.screening import (
    PrecautionInSight,
    ScreeningInSight,
    screening_in_sight,
)
from patients.standing.usual_pain import NOTHING_TOLD, UsualInSight, usual_in_sight

#: How many decisions the page shows. Another page shows all of them.
DECISIONS = 12
#: How many reports stand in front.
IN_FRONT = 2


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
    ``avoided``: the levels of the open rung that precautions say to avoid.
    ``faults``: those that were seen, with the levels that may be borrowed for them.
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
    faults: Sequence[FaultRow] = ()
    decisions: Sequence[timeline.Decision] = ()
    last: Practice | None = None
    last_entry: EvidenceEntry | None = None
    entries: Sequence[EvidenceEntry] = field(default=())
    undo: UndoOffer | None = None
    reported: Sequence[Reported] = ()
    avoided: Sequence[LevelCautions] = ()

    @property
    def running(self) -> bool:
        return self.plan is not None and self.plan.ended_on is None

    @property
    def screening_is_old(self) -> bool:
        """Whether the gate asks if anything is new since the screening."""
        return self.screening is not None and self.screening.is_old(self.patient.clinic)

    @property
    def held(self) -> Sequence[PrecautionInSight]:
        """What is true of the patient and changes drills."""
        return self.screening.precautions if self.screening else ()

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


def read(patient: Patient) -> Chart:
    """Read the page of a patient as it is now."""
    today = patient.clinic.today()
    intake = latest_intake(patient)
    link = getattr(patient.user, "phone_link", None)
    plan = newest_plan(patient)
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
        self.findings, self.remedies = findings_and_remedies(plan)
        self.passed, lost = passed_and_lost(self.reviews)
        steps = [
            step_of_level(level, self.passed.get(level.rung_id), lost.get(level.rung_id))
            for level in self.levels
        ]
        prescribed = latest_doses(self.prescriptions)
        screening = screening_in_sight(plan.patient)
        self.held = screening.precautions if screening else ()
        self.steps = for_patient(steps, self.held, covered_by(prescribed))
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
            faults=self.faults(),
            decisions=self.decisions(),
            last=self._practice(newest.practice_id) if newest else None,
            last_entry=newest,
            entries=entries,
            undo=undo_offer(self.plan, self.reviews, self.practices, self.levels),
            reported=self.reported,
            avoided=avoided_on(self.levels, self.place.rung, self.held),
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
        """The borrowed level, and those of the open and the passed rungs, the open rung first."""
        top = self.place.rung or 0
        borrowed = [self.place.borrowed.level_id] if self.place.borrowed else []
        within = [
            level for level in self.levels if level.rung.position <= top or level.pk in borrowed
        ]
        return sorted(within, key=lambda level: (-level.rung.position, level.position))

    def faults(self) -> list[FaultRow]:
        """The faults with what may be borrowed for each. Nothing is offered beside a borrowed
        level."""
        borrowed = self.place.borrowed
        lends = self.plan.ended_on is None and borrowed is None
        return [self._fault(finding, self.remedies if lends else ()) for finding in self.findings]

    def _fault(self, finding: Finding, remedies: Remedies) -> FaultRow:
        borrowed = self.place.borrowed
        lent = borrowed is not None and borrowed.finding_id == finding.pk
        steps = borrowable_for(finding, remedies, self.steps, self.place)
        fit = [step for step in steps if step.home and not step.avoid]
        first = {step.drill_id: self._level(step.level_id) for step in reversed(fit)}
        helps = [first[drill] for drill in dict.fromkeys(step.drill_id for step in fit)]
        return FaultRow(finding, helps, self._practised() if lent else None)

    def lower(self) -> list[Level]:
        """The levels that "train lower" may choose, nearest first."""
        step = self.place.own_step
        below = levels_below(self.steps, (step.rung, step.position)) if step else []
        return [self._level(pk) for pk in below]

    def offers(self) -> list[LowerLevel]:
        doses = latest_doses(self.prescriptions)
        return lower_offers(self.plan, self.lower(), doses, self.practices)

    def dose(self) -> Dose | None:
        """The dose of the level that is practised, or of the level that waits for a weight."""
        level = self._first_here() if self.place.awaits_clinician else self._practised()
        doses = latest_doses(self.prescriptions)
        return dose_row(self.plan, level, doses, self.held) if level is not None else None

    def _practised(self) -> Level | None:
        return self._level(self.place.step.level_id) if self.place.step else None

    def _level(self, pk: int) -> Level:
        return next(level for level in self.levels if level.pk == pk)

    def _first_here(self) -> Level | None:
        """The first level of the open rung, one to start with if there is one."""
        own = [step for step in self.steps if step.rung == self.place.rung and not step.helper]
        first = next((step for step in own if step.to_start_with), own[0] if own else None)
        return self._level(first.level_id) if first else None

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
