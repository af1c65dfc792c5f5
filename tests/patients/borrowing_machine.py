"""The part of the state machine about borrowed levels: random people see faults, set a drill of a
locked rung for them, practise it, end it and clear the fault."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from curriculum.models import Fault, Level, Remedy
from patients.models import BorrowedEnd, Finding, LevelChoice, Plan, Review
from patients.standing.position import current_level
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests.patients import acts
from tests.patients.carer_machine import CarerMachine
from tests.patients.gate_machine import who, whose
from tests.patients.safety_machine import pains

faults = st.sampled_from(["squats-the-hinge", "squats-the-hinge", "no-weight-shift", "stutters"])
#: Positions of the rungs whose levels somebody tries to borrow: mostly of the third.
lenders = st.sampled_from([1, 2, 3, 3, 3, 4, 5])


class BorrowingMachine(CarerMachine):
    """Random people borrow."""

    @rule(whose=whose, who=who, fault=faults)
    def see_a_fault(self, whose: str, who: str, fault: str) -> None:
        plan = self._plan(whose)
        found = Fault.objects.get(slug=fault)
        self._attempt(finding_verbs.note, plan=plan, by=self._person(who), fault=found)

    @rule(whose=whose, who=who)
    def a_fault_is_gone(self, whose: str, who: str) -> None:
        plan = self._plan(whose)
        finding = plan.findings.filter(cleared_on=None).first()
        if finding:
            self._attempt(finding_verbs.clear, finding=finding, by=self._person(who))
            finding.refresh_from_db()
            chosen = self._newest(plan)
            if finding.cleared_on and chosen and chosen.finding == finding:
                assert self._borrowed(plan) is None

    @rule(
        whose=whose,
        who=who,
        position=lenders,
        nth=st.integers(0, 3),
        days=st.sampled_from([None, -1, 0, 3, 7, 14, 15]),
        fault=faults,
        yes=st.booleans(),
    )
    def borrow(self, whose: str, who: str, position: int, nth: int, **said: Any) -> None:
        """Mostly for a fault that was just seen, so that much of it succeeds."""
        plan = self._plan(whose)
        fault = Fault.objects.get(slug=said["fault"])
        days = said["days"]
        yes = said["yes"]
        levels = list(self._rung(plan, position).levels.all())
        if yes:
            self._attempt(finding_verbs.note, plan=plan, by=self.cast.elin, fault=fault)
        rows = Finding.objects.filter(plan__patient=self.touched, fault=fault)
        self._attempt(
            plan_verbs.choose_level,
            plan=plan,
            level=levels[nth % len(levels)],
            by=self._person(who),
            kind="borrowed",
            finding=rows.last(),
            until=None if days is None else plan.clinic.today() + timedelta(days=days),
            reason="Keeps the knees still." if yes else "",
            at_home=yes,
        )

    @rule(whose=whose, days=st.sampled_from([0, 3, 14]))
    def borrow_as_it_should_be(self, whose: str, days: int) -> None:
        """What helps against a squat and is locked, in place of whatever is borrowed now."""
        plan = self._plan(whose)
        by = self._lead(whose)
        fault = Fault.objects.get(slug="squats-the-hinge")
        finding = self._attempt(finding_verbs.note, plan=plan, by=by, fault=fault)
        helps = Level.objects.filter(
            rung__ladder=plan.ladder_id,
            rung__loaded=False,
            rung__position__gt=self._open(plan) or len(acts.passed(plan)),
            drill__load="none",
            drill__remedies__fault=fault,
        )
        level = helps.order_by("rung__position", "position").first()
        if finding is None or level is None:
            return
        self._attempt(borrowing_verbs.end_borrowed, plan=plan, by=by)
        until = plan.clinic.today() + timedelta(days=days)
        said: dict[str, Any] = {"finding": finding, "until": until, "at_home": True}
        said |= {"kind": "borrowed", "reason": "Keeps the knees still."}
        plan_verbs.choose_level(plan=plan, level=level, by=by, **said)
        assert self._borrowed(plan) == level

    @rule(whose=whose, who=who)
    def end_what_is_borrowed(self, whose: str, who: str) -> None:
        plan = self._plan(whose)
        ended = self._attempt(borrowing_verbs.end_borrowed, plan=plan, by=self._person(who))
        if ended:
            assert self._borrowed(plan) is None

    @rule(whose=whose, pain=pains, back=st.sampled_from([0, 0, 1]))
    def practise_what_is_borrowed(self, whose: str, pain: int | None, back: int) -> None:
        plan = self._plan(whose)
        chosen = self._newest(plan, kind="borrowed")
        day = plan.clinic.today() - timedelta(days=back)
        if chosen:
            said: dict[str, Any] = {"client_id": acts.new_id(), "sets": acts.TWO_SETS}
            by = self.touched.user
            said |= {"plan": plan, "level": chosen.level, "by": by, "done_on": day, "pain": pain}
            entry = self._attempt(practice_verbs.log, **said)
            if entry and entry.borrowed:
                assert (chosen.from_day or date.max) <= day <= (chosen.until or date.min)

    # ---- by hand

    def _newest(self, plan: Plan, **of: str) -> LevelChoice | None:
        return LevelChoice.objects.filter(plan=plan, **of).order_by("pk").last()

    def _borrowed(self, plan: Plan) -> Level | None:
        """What the product says is borrowed today."""
        now = current_level(plan, plan.clinic.today())
        return now.level if now.borrowed else None

    def _expected(self, plan: Plan) -> Level | None:
        """What must be borrowed today, unless it is to be avoided."""
        chosen = self._newest(plan)
        if chosen is None or chosen.finding is None or chosen.until is None:
            return None
        ended = BorrowedEnd.objects.filter(choice=chosen).exists()
        over = chosen.until < plan.clinic.today() or ended or chosen.finding.cleared_on
        position = chosen.level.rung.position
        reached = position in acts.passed(plan) or position == self._open(plan)
        return (
            None if over or reached or self._was_open(plan, position, chosen.at) else chosen.level
        )

    def _was_open(self, plan: Plan, position: int, since: datetime) -> bool:
        below = Review.objects.filter(plan=plan, rung__position=position - 1, outcome="passed")
        return below.filter(withdrawal__kind="lost", withdrawal__at__gte=since).exists()

    # ---- what holds whatever happened

    @invariant()
    def what_is_borrowed_is_locked_unloaded_and_helps_with_a_fault_that_stands(self) -> None:
        for plan in Plan.objects.filter(patient=self.touched, ended_on=None):
            level = self._borrowed(plan)
            assert level in (None, self._expected(plan))
            if level is not None:
                self._is_sound(plan, level, plan.clinic.today())

    def _is_sound(self, plan: Plan, level: Level, today: date) -> None:
        chosen = self._newest(plan)
        assert chosen is not None
        assert chosen.finding is not None
        assert chosen.until is not None
        assert (chosen.level, chosen.finding.plan, chosen.finding.cleared_on) == (level, plan, None)
        assert (level.drill.load, level.rung.loaded) == ("none", False)
        assert level.rung.position > len(acts.passed(plan))
        assert today <= chosen.until <= today + timedelta(days=14)
        assert Remedy.objects.filter(fault=chosen.finding.fault, drill=level.drill).exists()
