"""What must be true of safety after any verb by anyone, at any time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis.stateful import invariant

from patients.models import (
    Outbox,
    Pass,
    Patient,
    Plan,
    Report,
    Screening,
    Stop,
    StopAnswer,
    Tick,
)
from patients.rules.refusals import Refused
from patients.standing.day_state import DayState, day_state
from patients.summaries import verify
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from tests.patients import safety_by_hand as by_hand
from tests.patients.gate_machine import GateMachine


def _nothing_differs() -> None:
    found = list(verify.differences())
    assert not found, found


class Truths(GateMachine):
    """The invariants. ``before``: the passes, ticks and waiting stops after the last step."""

    def __init__(self) -> None:
        super().__init__()
        self.before: tuple[set[int], set[tuple[int, int]], set[int], set[int]] | None = None
        self.steps = 0

    def teardown(self) -> None:
        try:
            _nothing_differs()
        finally:
            super().teardown()

    def _fresh(self) -> Patient:
        return Patient.objects.select_related("clinic", "user__clinic").get(pk=self.touched.pk)

    @invariant()
    def no_two_things_happen_at_the_same_moment(self) -> None:
        self.clock.shift(timedelta(seconds=1))

    # ---- the gate

    @invariant()
    def nothing_is_ticked_or_passed_over_what_waits(self) -> None:
        """Of a stop that waited before the step, and waits after it."""
        passes = set(Pass.objects.values_list("pk", flat=True))
        ticks = set(Tick.objects.values_list("plan", "criterion"))
        waiting = Stop.objects.filter(answer=None)
        stopped = set(waiting.values_list("patient", flat=True))
        urgent = set(waiting.filter(cause__in=by_hand.URGENT).values_list("patient", flat=True))
        old = self.before
        self.before = (passes, ticks, stopped, urgent)
        if old is None:
            return
        made = Pass.objects.filter(pk__in=passes - old[0]).values_list("plan__patient", flat=True)
        assert not set(made) & stopped & old[2]
        plans = Plan.objects.filter(pk__in={plan for plan, _criterion in ticks - old[1]})
        assert not set(plans.values_list("patient", flat=True)) & urgent & old[3]

    @invariant()
    def nothing_can_be_passed_while_something_waits_and_nothing_ticked_while_it_is_urgent(
        self,
    ) -> None:
        patient = self._fresh()
        plan = Plan.objects.filter(patient=patient, ended_on=None).first()
        if plan is None or plan.open_rung is None:
            return
        waiting = by_hand.waiting_of(patient)
        barred = not by_hand.may_train(patient)
        if waiting or barred:
            self._cannot_pass(plan)
        if barred or any(stop.cause in by_hand.URGENT for stop in waiting):
            self._cannot_tick(plan)

    def _cannot_pass(self, plan: Plan) -> None:
        criteria = list(plan.open_rung.criteria.all()) if plan.open_rung else []
        self._must_refuse(gate_verbs.place, plan=plan, criteria=criteria, by=plan.patient.lead)

    def _cannot_tick(self, plan: Plan) -> None:
        """Neither by the verb nor in the database. A mark that stands may be pressed again."""
        ticked = Tick.objects.filter(plan=plan).values("criterion")
        rung = plan.open_rung
        left = rung.criteria.exclude(pk__in=ticked).first() if rung else None
        if left is not None:
            tick = {"plan": plan, "criterion": left, "by": plan.patient.lead}
            self._must_refuse(gate_verbs.tick, **tick)
            self._database_must_refuse(Tick(**tick))

    def _must_refuse(self, verb: Any, **arguments: Any) -> None:
        try:
            verb(**arguments)
        except Refused:
            return
        raise AssertionError(f"{verb.__name__} was possible")

    def _database_must_refuse(self, row: Tick) -> None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return
        raise AssertionError("the database took a tick")

    # ---- the day

    @invariant()
    def the_day_is_what_the_rows_say_and_shows_no_drill_that_it_forbids(self) -> None:
        patient = self._fresh()
        state = day_state(by_hand.facts_of(patient))
        today = read_today(patient.user)
        assert today.state == state
        assert not today.shows_drill or state in {DayState.EASIER, DayState.PRACTISE}
        waiting = by_hand.waiting_of(patient)
        assert today.stop == (waiting[0] if waiting else None)

    # ---- reports and stops

    @invariant()
    def every_sign_has_its_stop(self) -> None:
        for told in Report.objects.filter(patient=self.touched).exclude(kinds=[]):
            chain = [told]
            while chain[-1].takes_back is not None:
                chain.append(chain[-1].takes_back)
            made = [by_hand.urgency_of_stop(stop) for stop in Stop.objects.filter(report__in=chain)]
            for sign in told.kinds:
                alone = by_hand.urgency_of(sign, [sign], fragile=False)
                assert by_hand.worst([told.urgency, alone]) == told.urgency
                assert alone == "note" or by_hand.worst([*made, alone]) in made

    @invariant()
    def one_stop_waits_for_each_thing_that_made_it(self) -> None:
        stops = Stop.objects.filter(patient=self.touched, answer=None)
        keys = Counter(
            ("morning", stop.morning_id, "")
            if stop.morning_id
            else (f"{stop.practice_id}/{stop.report_id}", None, stop.cause)
            for stop in stops
        )
        assert [key for key, count in keys.items() if count > 1] == []

    @invariant()
    def nobody_who_waits_is_let_go(self) -> None:
        """A plan that ended, or a discharge, is older than every stop that waits."""
        for stop in Stop.objects.filter(answer=None).select_related("plan", "patient"):
            assert stop.plan is None or stop.plan.ended_on is None
            archived = stop.patient.archived_at
            assert archived is None or archived <= stop.at

    @invariant()
    def who_trains_on_after_a_sign_was_seen_or_reads_why(self) -> None:
        answers = StopAnswer.objects.filter(stop__patient=self.touched)
        for answer in answers.filter(stop__cause__in=by_hand.LOOKED_AT):
            assert answer.action != "corrected"
            assert answer.contact
            assert answer.finding
            if answer.action != "pause":
                assert answer.contact == "seen" or (answer.contact == "spoken" and answer.word)
        rows = Screening.objects.filter(patient=self.touched, answer__isnull=False)
        assert not rows.exclude(outcome="not_cleared").filter(examined_by="").exists()

    # ---- the clinic

    @invariant()
    def the_caseload_says_the_worst_that_waits(self) -> None:
        patient = self._fresh()
        patient.summary.refresh_from_db()
        rank = patient.summary.rank
        waiting = by_hand.waiting_of(patient)
        if waiting:
            assert rank == by_hand.RANKS[by_hand.CLASSES[by_hand.severity(waiting[0])]]
        else:
            assert rank not in by_hand.RANKS.values()
            assert (rank is None) == (patient.archived_at is not None)

    @invariant()
    def everybody_is_written_to_about_what_is_urgent(self) -> None:
        waiting = Stop.objects.filter(patient=self.touched, answer=None)
        if not waiting.filter(cause__in=by_hand.URGENT).exists():
            return
        clinic = self.touched.clinic_id
        staff = {user.pk for user in self._staff() if user.clinic_id == clinic}
        mails = Outbox.objects.filter(patient=self.touched, urgency__in=["now", "today"])
        at_once = mails.filter(due__lte=timezone.now())
        assert set(at_once.values_list("to", flat=True)) == staff

    def _staff(self) -> list[Any]:
        return [self.cast.petra, self.cast.elin, self.cast.omar, self.cast.ines]

    @invariant()
    def the_whole_database_keeps_the_rules(self) -> None:
        """It reads everything, so it looks now and then, and at the end."""
        self.steps += 1
        if self.steps % 10 == 0:
            _nothing_differs()
