"""Random people of two clinics try random verbs. The rules are checked after each verb."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from patients.models import Patient, Plan, Practice, Report, Review
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests.patients import acts
from tests.patients.borrowing_machine import BorrowingMachine
from tests.patients.gate_machine import positions, who, whose
from tests.patients.safety_machine import pains

outcomes = st.sampled_from(["passed", "passed", "not_yet"])
legs = st.sampled_from([None, None, None, "numb", "weak", "below_knee"])
efforts = st.sampled_from([None, "right", "stopped"])


class Clinics(BorrowingMachine):
    # ---- the plan around it

    @rule(whose=whose, who=who, goal=st.one_of(st.none(), positions))
    def assign(self, whose: str, who: str, goal: int | None) -> None:
        self._plan(whose)
        ladder = self.editions[0]
        goal_rung = ladder.rungs.get(position=goal) if goal else None
        arguments = {"patient": self.touched, "ladder": ladder, "goal_rung": goal_rung}
        self._attempt(gate_verbs.assign, by=self._person(who), **arguments)

    @rule(whose=whose, goal=st.one_of(st.none(), positions))
    def set_goal(self, whose: str, goal: int | None) -> None:
        plan = self._plan(whose)
        self._attempt(
            plan_verbs.set_goal,
            plan=plan,
            goal_rung=(goal and self._rung(plan, goal)) or None,
            by=self.cast.elin,
        )

    @rule(whose=whose, who=who, position=positions, load=st.sampled_from([None, 8]))
    def prescribe(self, whose: str, who: str, position: int, load: int | None) -> None:
        plan = self._plan(whose)
        arguments = {"level": self._level(plan, position), "sets": 2, "reps": 8, "load": load}
        self._attempt(plan_verbs.prescribe, plan=plan, by=self._person(who), **arguments)

    @rule(whose=whose, who=who, position=positions, lower=st.booleans())
    def choose_level(self, whose: str, who: str, position: int, lower: bool) -> None:
        plan = self._plan(whose)
        until = plan.clinic.today() + timedelta(days=2) if lower else None
        arguments = {"level": self._level(plan, position), "until": until}
        self._attempt(plan_verbs.choose_level, plan=plan, by=self._person(who), **arguments)

    @rule(whose=whose, who=who, weekdays=st.integers(0, 128), days=st.integers(0, 3))
    def schedule_and_pause(self, whose: str, who: str, weekdays: int, days: int) -> None:
        plan = self._plan(whose)
        until = plan.clinic.today() + timedelta(days=days)
        self._attempt(
            plan_verbs.schedule, plan=plan, weekdays=weekdays, by=self._person(who), from_day=until
        )
        self._attempt(
            plan_verbs.pause if days % 2 else plan_verbs.resume, plan=plan, by=self._person(who)
        )

    @rule(whose=whose, who=who, asks=st.booleans())
    def ask_and_write(self, whose: str, who: str, asks: bool) -> None:
        plan = self._plan(whose)
        self._attempt(
            plan_verbs.request_review if asks else plan_verbs.take_back_request,
            plan=plan,
            by=self._person(who),
        )
        self._attempt(message_verbs.write, plan=plan, by=self._person(who), text="Hello.")

    @rule(whose=whose, who=who)
    def read(self, whose: str, who: str) -> None:
        self._attempt(message_verbs.mark_read, plan=self._plan(whose), by=self._person(who))

    @rule(whose=whose, who=who)
    def move(self, whose: str, who: str) -> None:
        self._attempt(
            edition_verbs.move,
            plan=self._plan(whose),
            ladder=self.editions[1],
            by=self._person(who),
        )

    @precondition(lambda self: Review.objects.count() > 4)
    @rule(whose=whose, who=who, how=st.sampled_from(["end", "discharge", "take_back"]))
    def come_and_go(self, whose: str, who: str, how: str) -> None:
        plan = self._plan(whose)
        if how == "end":
            self._attempt(plan_verbs.end, plan=plan, by=self._person(who))
        else:
            self._attempt(getattr(people_verbs, how), patient=self.touched, by=self._person(who))

    # ---- practice

    @rule(
        whose=whose,
        who=who,
        position=positions,
        back=st.integers(-1, 9),
        pain=pains,
        leg=legs,
        effort=efforts,
        told=st.booleans(),
    )
    def log(self, whose: str, who: str, position: int, back: int, told: bool, **said: Any) -> None:
        plan = self._plan(whose)
        by = self._person(who)
        day = plan.clinic.today() - timedelta(days=back)
        corrects = Practice.objects.standing().filter(plan=plan, done_on=day).first()
        arguments = {
            "plan": plan,
            "level": self._level(plan, position),
            "by": by,
            "client_id": acts.new_id(),
            "done_on": day,
            "sets": acts.TWO_SETS,
            "corrects": corrects,
            "report": self._told_with(plan, day) if told else None,
            "paper": by.is_clinician,
            **said,
        }
        if self._attempt(practice_verbs.log, **arguments):
            self.sent.append(arguments)

    def _told_with(self, plan: Plan, day: date) -> Report | None:
        reports = Report.objects.filter(patient=plan.patient, day=day, asked="log", entry=None)
        return reports.filter(taken_back_by=None).last()

    @precondition(lambda self: bool(self.sent))
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        arguments = data.draw(st.sampled_from(self.sent))
        self.touched = arguments["plan"].patient
        count = Practice.objects.count()
        again = practice_verbs.log(**arguments)
        assert (again.client_id, Practice.objects.count()) == (arguments["client_id"], count)

    @rule(whose=whose, worse=st.booleans(), pain=pains)
    def morning(self, whose: str, worse: bool, pain: int | None) -> None:
        entry = Practice.objects.filter(plan=self._plan(whose)).last()
        if entry:
            self._attempt(
                practice_verbs.answer_morning,
                practice=entry,
                by=self.touched.user,
                pain_now=pain,
                worse=worse,
            )

    @rule(hours=st.sampled_from([1, 5, 12, 24, 24, 24 * 26]))
    def time_passes(self, hours: int) -> None:
        self.clock.shift(timedelta(hours=hours))
        self._plan("maya")

    # ---- what holds whatever happened

    @invariant()
    def a_patient_has_one_running_plan_at_most_and_none_once_discharged(self) -> None:
        for patient in Patient.objects.all():
            running = Plan.objects.running().filter(patient=patient).count()
            assert running <= (1 if patient.archived_at is None else 0)

    @invariant()
    def the_list_says_what_the_tables_say(self) -> None:
        facts = summaries.facts(self.touched)
        row = type(self.touched.summary).objects.get(patient=self.touched)
        assert {name: getattr(row, name) for name in facts} == facts
