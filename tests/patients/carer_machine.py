"""The part of the state machine about carers: they are named and ended, and write meanwhile.

That they log, tell and take back stands with the verbs, where "the carer" is one of those who try.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from accounts.models import Role
from patients.models import Carer, Message, Morning, Practice, Report, Stop
from patients.verbs import carers as carer_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from tests.patients import acts
from tests.patients.gate_machine import who, whose
from tests.patients.safety_machine import SIGNS, SafetyMachine, pains, sides, waits_by_report


class CarerMachine(SafetyMachine):
    """Random people name and end carers, who tell, correct and take back."""

    def __init__(self) -> None:
        super().__init__()
        #: Of each carer who was ended, the newest of their rows at that moment.
        self.last_words: dict[int, list[int]] = {}

    @initialize(passed=st.integers(0, 5), sign=st.sampled_from([None, *SIGNS]), side=sides)
    def begin(self, passed: int, sign: str | None, side: str) -> None:
        """In every story one patient is contradicted by who helps them, both ways."""
        super().begin(passed, sign, side)
        for back in (True, False):
            self.tells_over_the_patients_words("tomas", 8, 0, back)

    @rule(whose=whose, who=who, ends=st.booleans())
    def name_or_end(self, whose: str, who: str, ends: bool) -> None:
        self._plan(whose)
        patient = self.touched
        by = self._person(who)
        running = patient.carers.filter(ended_at=None).last()
        if not ends or running is None:
            self._attempt(carer_verbs.name, patient=patient, name="Rut Roos", by=by)
        elif self._attempt(carer_verbs.end, carer=running, by=by) is not None:
            self.last_words[running.user_id] = _newest_of(running.user_id)

    @rule(whose=whose, first=st.integers(0, 6), pain=pains, back=st.booleans())
    def tells_over_the_patients_words(
        self, whose: str, first: int, pain: int | None, back: bool
    ) -> None:
        """The patient tells a number, and who helps tells another or takes it back."""
        self._plan(whose)
        patient = self.touched
        own = report_verbs.report(
            patient=patient, by=patient.user, pain=first, client_id=acts.new_id()
        )
        before = waits_by_report(patient)[None]
        waiting = set(Stop.objects.filter(patient=patient, answer=None).values_list("pk"))
        said: dict[str, Any] = {"by": self._carer(), "client_id": acts.new_id()}
        if back:
            self._attempt(report_verbs.take_back, report=own, **said)
        else:
            self._attempt(report_verbs.report, patient=patient, pain=pain, **said)
        assert waiting <= set(Stop.objects.filter(patient=patient, answer=None).values_list("pk"))
        assert all(sign in waits_by_report(patient)[None] for sign in before)

    @rule(whose=whose, worse=st.booleans(), pain=pains)
    def answers_a_morning_for_them(self, whose: str, worse: bool, pain: int | None) -> None:
        entry = Practice.objects.filter(plan=self._plan(whose)).last()
        if entry:
            said: dict[str, Any] = {"by": self._carer(), "pain_now": pain, "worse": worse}
            self._attempt(practice_verbs.answer_morning, practice=entry, **said)

    # ---- what holds whatever happened

    @invariant()
    def a_carer_writes_for_their_patient_alone(self) -> None:
        by = {"by__role": Role.CARER}
        for told in Report.objects.filter(**by).select_related("by__carer"):
            assert told.by.carer.patient_id == told.patient_id
        for entry in Practice.objects.filter(**by).select_related("by__carer", "plan"):
            assert entry.by.carer.patient_id == entry.plan.patient_id

    @invariant()
    def a_carer_changes_their_own_words_alone(self) -> None:
        by = {"by__role": Role.CARER}
        for told in Report.objects.filter(**by, takes_back__isnull=False):
            assert told.takes_back is not None
            assert told.takes_back.by_id == told.by_id
        for entry in Practice.objects.filter(**by, corrects__isnull=False):
            assert entry.corrects is not None
            assert entry.corrects.by_id == entry.by_id

    @invariant()
    def who_was_ended_writes_no_more(self) -> None:
        for user, newest in self.last_words.items():
            assert _newest_of(user) == newest
        ended = Carer.objects.filter(ended_at__lte=timezone.now())
        assert not ended.filter(user__is_active=True).exists()


def _newest_of(user: int) -> list[int]:
    """The newest row of each kind that somebody wrote; 0 = they wrote none."""
    kinds = (Report, Practice, Morning, Message)
    return [
        max(model.objects.filter(by=user).values_list("pk", flat=True), default=0)
        for model in kinds
    ]
