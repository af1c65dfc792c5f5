"""The patient's page for the clinic, as one value.

It takes at most fourteen queries. Their number does not grow with the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import PhoneLink
from curriculum.models import Level, Rung
from patients.chart import gate_evidence
from patients.chart.queries import newest_plan
from patients.chart.queries import patients as patients
from patients.chart.rows import (
    Dose,
    FaultRow,
    NextAtHome,
    RungRow,
    avoided_on,
    dose_row,
    state_of_rung,
)
from patients.chart.shown import Chart as Chart
from patients.chart.thread import newest_messages
from patients.chart.undo import undo_offer
from patients.models import (
    Finding,
    Intake,
    Patient,
    Plan,
    Practice,
)
from patients.record import arrangements, timeline
from patients.record.queries import (
    entries_of,
    findings_and_remedies,
    lifts_among,
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
from patients.record.reports import reported, stops_without_report
from patients.standing.borrow_offers import Remedies, borrowable_for
from patients.standing.calendar import Calendar
from patients.standing.cautions import LevelCautions
from patients.standing.dose import latest_doses, taken_by
from patients.standing.equipment import latest_intake, noted_equipment
from patients.standing.gate import OpenGate, criterion_lines
from patients.standing.lift import lift_among
from patients.standing.lower import LowerLevel, levels_below, lower_offers
from patients.standing.position import LadderPlace, LadderStep, for_patient, place_on
from patients.standing.readiness import EvidenceEntry
from patients.standing.reports import reports_from, reports_in_sight
from patients.standing.screening import (
    screening_in_sight,
)
from patients.standing.set_aside import to_take_up
from patients.standing.training_days import DaysInForce, asked_on_the_way
from patients.standing.usual_pain import usual_in_sight

#: How many decisions the page shows. Another page shows all of them.
DECISIONS = 12


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
        chart = replace(chart, practised_on=vars(plan)["practised_on"])
    earlier = [] if chart.running or plan is None else to_take_up(patient)
    seen: dict[str, Any] = {"home": home, "screening": screening, "usual": usual_in_sight(patient)}
    return replace(chart, earlier=earlier, **seen)


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
            plan.prescriptions.select_related("level__drill", "by", "band").order_by("pk")
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
        self.prescribed = latest_doses(self.prescriptions)
        screening = screening_in_sight(plan.patient)
        self.held = screening.precautions if screening else ()
        self.steps = for_patient(steps, self.held, taken_by(self.prescribed))
        self.place = self._place(self.steps)

    def _place(self, steps: Sequence[LadderStep]) -> LadderPlace:
        """Where the plan stands today if its ladder is as ``steps`` say."""
        chosen = arrangements.choices(self.changes)
        plan = self.plan
        return place_on(
            steps,
            chosen,
            self.prescribed,
            self.today,
            start=plan.assigned_at,
            goal=plan.goal_position,
        )

    def days(self, calendar: Calendar) -> DaysInForce:
        return DaysInForce(calendar.weekdays_on(self.today), bool(vars(self.plan)["days_kept"]))

    def next_at_home(self, gate: OpenGate | None) -> NextAtHome | None:
        """What is practised at home if the open gate is passed now; None = none is open."""
        if gate is None:
            return None
        now = timezone.now()
        rung = self.place.rung
        steps = [one._replace(passed_at=now) if one.rung == rung else one for one in self.steps]
        place = self._place(steps)
        if place.step is None:
            return None
        level = self._level(place.step.level_id)
        dose = dose_row(self.plan, level, self.prescribed, self.held).latest
        return NextAtHome(level, dose, place.awaits_clinician)

    def avoided(self) -> list[LevelCautions]:
        """The levels of the open rung that the precautions say to avoid."""
        return avoided_on(self.levels, self.place.rung, self.held, self.prescribed)

    def chart(self, patient: Patient, intake: Intake | None, link: PhoneLink | None) -> Chart:
        rungs = self.rungs()
        calendar = arrangements.calendar(self.plan, self.changes)
        entries = entries_of(self.practices)
        newest = entries[-1] if entries else None
        days = self.days(calendar)
        gate = self.gate(rungs, days)
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
            next_at_home=self.next_at_home(gate),
            reachable=self.reachable(),
            weekdays=days.weekdays,
            loaded_running=days.to_ask_about and dose is not None and dose.level.drill.loaded,
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
            avoided=self.avoided(),
            lifts=lifts_among(self.practices),
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
        now = self.place.rung if self.plan.ended_on is None else None
        return [
            RungRow(
                rung,
                state_of_rung(rung.position, passed=rung.pk in self.passed, goal=goal, now=now),
                self.passed.get(rung.pk),
                rung.position == goal,
            )
            for rung in sorted(rungs.values(), key=lambda rung: -rung.position)
        ]

    def gate(self, rungs: Sequence[RungRow], days: DaysInForce) -> OpenGate | None:
        now = next((row.rung for row in rungs if row.state == "now"), None)
        if now is None:
            return None
        above = next((row.rung for row in reversed(rungs) if row.state == "locked"), None)
        seen = seen_of(self.reviews)
        lines = criterion_lines(self.plan, now)
        lift = lift_among(self._levels_of(now), self.practices, self.prescriptions)
        asked = asked_on_the_way(days, now, above, self._levels_of(above))
        return OpenGate(self.plan, now, above, lines, seen, lift, asked)

    def _levels_of(self, rung: Rung | None) -> list[Level]:
        return [level for level in self.levels if level.rung == rung]

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
        return lower_offers(self.plan, self.lower(), self.prescribed, self.practices)

    def dose(self) -> Dose | None:
        """The dose of the level that is practised, or of the level that waits for a weight."""
        level = self._first_here() if self.place.awaits_clinician else self._practised()
        if level is None:
            return None
        return dose_row(self.plan, level, self.prescribed, self.held)

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
