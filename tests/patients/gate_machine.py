"""The part of the state machine about the gate: random people tick, pass, withdraw and undo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts.models import User
from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import Pass, Patient, Plan, Review, Tick
from patients.rules.marks import is_lift
from patients.rules.refusals import Refused
from patients.standing.calendar import calendar_of
from patients.standing.lift import lift_was_logged
from patients.standing.position import when_opened
from patients.summaries import refresh as summaries
from patients.verbs import carers as carer_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.factories import LIFT
from tests.patients import acts
from tests.patients.conftest import MONDAY

positions = st.sampled_from([1, 1, 1, 2, 2, 3, 4, 5, 6, 7])
who = st.sampled_from(
    ["elin", "elin", "elin", "omar", "ines", "the patient", "the carer", "someone else"]
)
whose = st.sampled_from(["maya", "maya", "noor", "tomas"])
SET_ASIDE: dict[str, Any] = {"applies": False, "why": "variant"}
figures = st.sampled_from([None, None, LIFT])
marks = st.sampled_from([{}, {}, SET_ASIDE, {"figure": {"reps": 10}}, {"figure": LIFT}])


class GateMachine(RuleBasedStateMachine):
    """Random people try the verbs of the gate."""

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
        if who == "the carer":
            return self._carer()
        person: User = getattr(self.cast, who)
        return person

    def _carer(self) -> User:
        """Who was named last to help the patient, and may help no more."""
        return self.touched.carers.select_related("user").latest("pk").user

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
        for patient in (self.cast.maya, self.cast.noor, self.cast.tomas):
            carer_verbs.name(patient=patient, name="Rut Roos", by=patient.user)
        if passed:
            gate_verbs.place(
                plan=self.cast.plan,
                criteria=self._criteria(self.cast.plan, passed),
                by=self.cast.elin,
                **factories.same_days(self.cast.plan),
            )

    # ---- the gate

    @rule(whose=whose, who=who, position=positions, nth=st.integers(0, 2), mark=marks)
    def tick(self, whose: str, who: str, position: int, nth: int, mark: dict[str, Any]) -> None:
        plan = self._plan(whose)
        criterion = self._rung(plan, position).criteria.all()[nth]
        self._attempt(gate_verbs.tick, plan=plan, criterion=criterion, by=self._person(who), **mark)

    @rule(whose=whose, position=positions, nth=st.integers(0, 2))
    def untick(self, whose: str, position: int, nth: int) -> None:
        plan = self._plan(whose)
        criterion = self._rung(plan, position).criteria.all()[nth]
        self._attempt(gate_verbs.untick, plan=plan, criterion=criterion, by=self.cast.elin)

    @rule(
        whose=whose,
        who=who,
        aside=st.sampled_from([0, 0, 1, 2, 3, 4]),
        figure=figures,
        decides=st.booleans(),
    )
    def tick_the_open_gate(
        self, whose: str, who: str, aside: int, figure: dict[str, Any] | None, decides: bool
    ) -> None:
        plan = self._plan(whose)
        rung = plan.open_rung
        by = self._person(who)
        self._tick_all(plan, by, aside, figure)
        if decides and rung:
            self._pass(plan, rung, by)

    def _pass(self, plan: Plan, rung: Rung, by: User) -> None:
        days = factories.same_days(plan)
        self._attempt(gate_verbs.decide, plan=plan, rung=rung, outcome="passed", by=by, **days)

    def _tick_all(self, plan: Plan, by: User, aside: int, figure: dict[str, Any] | None) -> None:
        rung = plan.open_rung
        for nth, criterion in enumerate(rung.criteria.all() if rung else []):
            mark = SET_ASIDE if nth < aside else {"figure": figure}
            self._attempt(gate_verbs.tick, plan=plan, criterion=criterion, by=by, **mark)

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
            self._pass(plan, plan.open_rung, self._person(who))

    @rule(whose=whose, who=who, position=positions)
    def withdraw(self, whose: str, who: str, position: int) -> None:
        plan = self._plan(whose)
        arguments = {"rung": self._rung(plan, position), "by": self._person(who), "reason": "Lost."}
        self._attempt(gate_verbs.withdraw, plan=plan, **arguments)

    @rule(whose=whose, who=who, up_to=positions, figure=figures)
    def place(self, whose: str, who: str, up_to: int, figure: dict[str, Any] | None) -> None:
        plan = self._plan(whose)
        passed = len(plan.passed_rungs)
        met = [
            criterion
            for criterion in self._criteria(plan, up_to)
            if criterion.rung.position > passed
        ]
        seen = dict.fromkeys(met, figure) if figure else None
        self._attempt(gate_verbs.place, plan=plan, criteria=met, by=self._person(who), figures=seen)

    @rule(whose=whose, who=who, back=st.integers(0, 2))
    def undo(self, whose: str, who: str, back: int) -> None:
        reviews = list(self._plan(whose).reviews.order_by("-pk")[back : back + 1])
        for review in reviews:
            self._attempt(gate_verbs.undo, review=review, by=self._person(who))

    @rule(whose=whose, who=who)
    def pass_by_mistake(self, whose: str, who: str) -> None:
        """Whoever passes a gate and takes it back at once has changed nothing that counts."""
        plan = self._plan(whose)
        rung = plan.open_rung
        if rung is None:
            return
        by = self._person(who)
        self._tick_all(plan, by, 0, LIFT)
        self._attempt(plan_verbs.request_review, plan=plan, by=self.touched.user)
        before = self._what_counts(plan)
        seen = plan.seen
        arguments = {"rung": rung, "outcome": "passed", "by": by, "seen": seen, "weekdays": 31}
        arguments["keep_running"] = True
        if review := self._attempt(gate_verbs.decide, plan=plan, **arguments):
            gate_verbs.undo(review=review, by=by)
            assert self._what_counts(plan) == before

    def _what_counts(self, plan: Plan) -> tuple[Any, ...]:
        """The gate, the days ahead and the row of the list, as they are now."""
        plan = Plan.objects.get(pk=plan.pk)
        ticks = Tick.objects.filter(plan=plan).order_by("criterion").values_list()
        rung = plan.open_rung
        calendar = calendar_of(plan)
        ahead = [plan.clinic.today() + timedelta(days=day) for day in range(14)]
        return (
            list(ticks),
            rung and when_opened(plan, rung),
            [calendar.weekdays_on(day) for day in ahead],
            plan.review_requests.filter(closed_at=None).count(),
            summaries.facts(plan.patient),
        )

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
            assert sum(tick.applies for tick in review.ticks.all()) >= 2

    @invariant()
    def no_weights_are_passed_without_a_lift(self) -> None:
        passed = Review.objects.filter(
            outcome="passed", rung__position=6, withdrawal=None, plan__patient=self.touched
        )
        for review in passed:
            seen = any(is_lift(tick.figure) for tick in review.ticks.filter(applies=True))
            carried = review.kind == "carried"
            assert seen or lift_was_logged(review.plan, review.rung, earlier=carried)
