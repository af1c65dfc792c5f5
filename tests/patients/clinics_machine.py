"""Random people of two clinics try random verbs. The rules are checked after each verb."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import Pass, Patient, Plan, Practice, Review, Stop, Tick
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY

positions = st.sampled_from([1, 1, 1, 2, 2, 3, 4, 5, 6, 7])
who = st.sampled_from(["elin", "elin", "elin", "omar", "ines", "the patient", "someone else"])
outcomes = st.sampled_from(["passed", "passed", "not_yet"])
pains = st.one_of(st.none(), st.integers(0, 10))
whose = st.sampled_from(["maya", "maya", "noor", "tomas"])


class Clinics(RuleBasedStateMachine):
    cast: ClassVar[Cast]
    editions: ClassVar[list[Ladder]]
    clock: ClassVar[time_machine.Traveller]

    def __init__(self) -> None:
        super().__init__()
        self.start = transaction.savepoint()
        self.clock.move_to(MONDAY)
        self.touched: Patient = self.cast.maya
        self.pages: dict[int, str] = {}
        self.sent: list[dict[str, Any]] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.start)

    # ---- who, on what

    def _person(self, who: str) -> User:
        if who == "the patient":
            return self.touched.user
        if who == "someone else":
            return self.cast.tomas.user
        person: User = getattr(self.cast, who)
        return person

    def _plan(self, whose: str) -> Plan:
        """The patient's latest plan, running or ended."""
        self.touched = getattr(self.cast, whose)
        return Plan.objects.filter(patient=self.touched).first() or self.cast.plan

    def _attempt(self, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call the verb. It may succeed or raise Refused; another exception fails the test."""
        with suppress(Refused):
            return verb(**arguments)
        return None

    def _rung(self, plan: Plan, position: int) -> Rung:
        return plan.ladder.rungs.get(position=position)

    def _criteria(self, plan: Plan, up_to: int) -> list[Criterion]:
        return list(
            Criterion.objects.filter(rung__ladder_id=plan.ladder_id, rung__position__lte=up_to)
        )

    def _level(self, plan: Plan, position: int) -> Level:
        return self._rung(plan, position).levels.all()[0]

    @initialize(passed=st.integers(0, 5))
    def begin(self, passed: int) -> None:
        if passed:
            gate_verbs.place(
                plan=self.cast.plan,
                criteria=self._criteria(self.cast.plan, passed),
                by=self.cast.elin,
            )

    # ---- the gate

    @rule(whose=whose, who=who, position=positions, nth=st.integers(0, 2))
    def tick(self, whose: str, who: str, position: int, nth: int) -> None:
        plan = self._plan(whose)
        criterion = self._rung(plan, position).criteria.all()[nth]
        self._attempt(gate_verbs.tick, plan=plan, criterion=criterion, by=self._person(who))

    @rule(whose=whose, position=positions, nth=st.integers(0, 2))
    def untick(self, whose: str, position: int, nth: int) -> None:
        plan = self._plan(whose)
        criterion = self._rung(plan, position).criteria.all()[nth]
        self._attempt(gate_verbs.untick, plan=plan, criterion=criterion, by=self.cast.elin)

    @rule(whose=whose, who=who)
    def tick_the_open_gate(self, whose: str, who: str) -> None:
        plan = self._plan(whose)
        rung = plan.open_rung
        for criterion in rung.criteria.all() if rung else []:
            self._attempt(gate_verbs.tick, plan=plan, criterion=criterion, by=self._person(who))

    @rule(whose=whose)
    def open_a_page(self, whose: str) -> None:
        plan = self._plan(whose)
        self.pages[plan.pk] = plan.seen

    @rule(
        whose=whose,
        who=who,
        position=positions,
        outcome=st.sampled_from(["passed", "passed", "not_yet"]),
        page=st.booleans(),
    )
    def decide(self, whose: str, who: str, position: int, outcome: str, page: bool) -> None:
        plan = self._plan(whose)
        seen = self.pages.get(plan.pk) if page else None
        arguments = {
            "rung": self._rung(plan, position),
            "outcome": outcome,
            "by": self._person(who),
            "seen": seen,
        }
        self._attempt(gate_verbs.decide, plan=plan, **arguments)

    @rule(whose=whose, who=who)
    def decide_the_open_gate(self, whose: str, who: str) -> None:
        plan = self._plan(whose)
        if plan.open_rung:
            arguments = {"rung": plan.open_rung, "outcome": "passed", "by": self._person(who)}
            self._attempt(gate_verbs.decide, plan=plan, **arguments)

    @rule(whose=whose, who=who, position=positions)
    def withdraw(self, whose: str, who: str, position: int) -> None:
        plan = self._plan(whose)
        arguments = {"rung": self._rung(plan, position), "by": self._person(who), "reason": "Lost."}
        self._attempt(gate_verbs.withdraw, plan=plan, **arguments)

    @rule(whose=whose, who=who, up_to=positions)
    def place(self, whose: str, who: str, up_to: int) -> None:
        plan = self._plan(whose)
        passed = len(plan.passed_rungs)
        met = [
            criterion
            for criterion in self._criteria(plan, up_to)
            if criterion.rung.position > passed
        ]
        self._attempt(gate_verbs.place, plan=plan, criteria=met, by=self._person(who))

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
        pain=st.one_of(st.none(), st.integers(0, 10)),
    )
    def log(self, whose: str, who: str, position: int, back: int, pain: int | None) -> None:
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
            "pain": pain,
            "corrects": corrects,
            "paper": by.is_clinician,
        }
        if self._attempt(practice_verbs.log, **arguments):
            self.sent.append(arguments)

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

    @rule(
        whose=whose,
        who=who,
        action=st.sampled_from(["carry_on", "lower", "pause", "withdraw"]),
        position=positions,
    )
    def answer(self, whose: str, who: str, action: str, position: int) -> None:
        plan = self._plan(whose)
        stop = Stop.objects.unanswered().filter(plan=plan).first()
        if stop:
            arguments = {
                "level": self._level(plan, position),
                "until": plan.clinic.today(),
                "word": "Gently.",
            }
            self._attempt(
                stop_verbs.answer, stop=stop, by=self._person(who), action=action, **arguments
            )

    @rule(hours=st.sampled_from([1, 5, 12, 24, 24, 24 * 26]))
    def time_passes(self, hours: int) -> None:
        self.clock.shift(timedelta(hours=hours))
        self._plan("maya")

    # ---- what holds whatever happened

    def _open(self, plan: Plan) -> int | None:
        """Position of the rung that must be open: the next after the passes, up to the goal."""
        passed = plan.passes.count()
        goal = plan.goal_rung.position if plan.goal_rung else plan.ladder.rungs.count()
        return passed + 1 if passed < goal else None

    @invariant()
    def passes_are_an_unbroken_run_and_what_is_open_follows(self) -> None:
        for plan in Plan.objects.filter(patient=self.touched):
            passed = acts.passed(plan)
            rung = plan.open_rung
            assert passed == list(range(1, len(passed) + 1))
            assert (rung.position if rung else None) == self._open(plan)

    @invariant()
    def nothing_with_load_opens_early_and_nothing_locked_is_ticked(self) -> None:
        for plan in Plan.objects.filter(patient=self.touched):
            rung = plan.open_rung
            passed = acts.passed(plan)
            if rung and rung.loaded:
                assert not plan.rungs().filter(loaded=False).exclude(position__in=passed).exists()
            ticked = Tick.objects.filter(plan=plan).values_list(
                "criterion__rung__position", flat=True
            )
            assert set(ticked) <= {*passed, self._open(plan)}

    @invariant()
    def a_pass_stands_exactly_while_its_review_does(self) -> None:
        passed_reviews = Review.objects.filter(outcome="passed", withdrawal__isnull=True)
        assert set(Pass.objects.values_list("review", flat=True)) == set(
            passed_reviews.values_list("pk", flat=True)
        )
        for review in passed_reviews.prefetch_related("ticks"):
            criteria = set(
                Criterion.objects.filter(rung=review.rung_id).values_list("pk", flat=True)
            )
            assert {tick.criterion_id for tick in review.ticks.all()} == criteria

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
