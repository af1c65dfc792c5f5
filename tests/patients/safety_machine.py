"""The part of the state machine about safety: screening, reports, stops, answers, usual pain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from curriculum import screening as content
from patients.models import Patient, Report, Stop, StopAnswer, UsualPain
from patients.verbs import pain_limits as limit_verbs
from patients.verbs import people as people_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.patients import acts
from tests.patients import safety_by_hand as by_hand
from tests.patients.gate_machine import positions, who, whose
from tests.patients.safety_truths import Truths

pains = st.one_of(st.none(), st.integers(0, 10))
SIGNS = ["saddle", "bladder", "bowel", "weak", "numb", "below_knee", "fever", "fall", "calf"]
kinds = st.lists(st.sampled_from([*SIGNS, "numb", "weak", "other", "other_now"]), max_size=2)
sides = st.sampled_from(["", "left", "right", "left", "right", "both"])
tellers = st.sampled_from(
    ["the patient", "the patient", "the patient", "the carer", "elin", "someone else"]
)
FLAGS = content.red_flags()
contacts = st.sampled_from([None, "spoken", "seen", "sent_on", "letter"])
outcomes = st.sampled_from([None, "cleared", "cleared_with_limits", "not_cleared"])
actions = st.sampled_from(["carry_on", "carry_on", "lower", "pause", "withdraw"])
SCREENED: dict[str, dict[str, Any]] = {
    "cleared": {},
    "not cleared": {"items": {}, "outcome": "not_cleared", "words": "Sent to the hospital."},
    "thin bones": {"items": dict.fromkeys(FLAGS, "no") | {"osteoporosis": "yes"}},
    "no words": {"items": {}, "outcome": "not_cleared"},
    "not asked": {"items": {}},
}


class SafetyMachine(Truths):
    """Random people screen, tell, try, answer, and take back."""

    @initialize(passed=st.integers(0, 5), sign=st.sampled_from([None, *SIGNS]), side=sides)
    def begin(self, passed: int, sign: str | None, side: str) -> None:
        """Most begin with something that waits."""
        super().begin(passed)
        if sign is not None:
            self.feels_something_new("maya", sign, side)

    @rule(whose=whose, sign=st.sampled_from(SIGNS), side=sides)
    def feels_something_new(self, whose: str, sign: str, side: str) -> None:
        self._plan(whose)
        said: dict[str, Any] = {"kinds": [sign], "sides": {sign: side}, "growing": False}
        patient = self.touched
        report_verbs.report(patient=patient, by=patient.user, client_id=acts.new_id(), **said)

    # ---- screening

    @rule(whose=whose, who=who, how=st.sampled_from([*SCREENED, "cleared", "cleared"]))
    def screen(self, whose: str, who: str, how: str) -> None:
        self._plan(whose)
        arguments: dict[str, Any] = {"patient": self.touched, "by": self._person(who)}
        self._attempt(screening_verbs.screen, **arguments, **SCREENED[how])

    @rule(whose=whose, who=who)
    def nothing_new(self, whose: str, who: str) -> None:
        self._plan(whose)
        self._attempt(screening_verbs.nothing_new, patient=self.touched, by=self._person(who))

    # ---- reports

    @rule(
        whose=whose,
        who=tellers,
        kinds=kinds,
        side=sides,
        growing=st.sampled_from([None, False, False, True]),
        pain=pains,
        asked=st.sampled_from(["now", "now", "before", "log"]),
        form=st.integers(0, 5),
    )
    def tell(self, whose: str, who: str, form: int, **said: Any) -> None:
        self._plan(whose)
        said["kinds"] = set(said["kinds"])
        said["sides"] = dict.fromkeys(said["kinds"], said.pop("side"))
        known = set(Report.objects.values_list("pk", flat=True))
        waits = waits_by_report(self.touched)
        told = self._attempt(
            report_verbs.report,
            patient=self.touched,
            by=self._person(who),
            client_id=f"form {form}",
            **said,
        )
        if told is not None and told.pk not in known:
            apart = told.takes_back_id
            every = [*told.kinds, *waits[apart]]
            fragile = by_hand.is_fragile(self.touched)
            due = [by_hand.urgency_of(one, every, fragile=fragile) for one in told.kinds]
            assert told.urgency == by_hand.worst(due)

    @rule(whose=whose, pain=st.integers(6, 8))
    def hurts_more(self, whose: str, pain: int) -> None:
        self._plan(whose)
        patient = self.touched
        said: dict[str, Any] = {"pain": pain, "client_id": acts.new_id()}
        report_verbs.report(patient=patient, by=patient.user, **said)

    @rule(whose=whose, who=tellers, back=st.integers(0, 2))
    def take_back(self, whose: str, who: str, back: int) -> None:
        self._plan(whose)
        for told in Report.objects.filter(patient=self.touched).order_by("-pk")[back : back + 1]:
            by = self._person(who)
            self._attempt(report_verbs.take_back, report=told, by=by, client_id=acts.new_id())

    # ---- stops

    def _waiting(self, nth: int) -> Stop | None:
        """One of the stops that wait; the worst is number 0."""
        waiting = by_hand.waiting_of(self.touched)
        return waiting[nth % len(waiting)] if waiting else None

    @rule(whose=whose, who=who, nth=st.integers(0, 2), hours=st.sampled_from([-1, 2, 2, 30]))
    def could_not_reach(self, whose: str, who: str, nth: int, hours: int) -> None:
        self._plan(whose)
        again = timezone.now() + timedelta(hours=hours)
        if stop := self._waiting(nth):
            by = self._person(who)
            self._attempt(stop_verbs.could_not_reach, stop=stop, by=by, try_again_at=again)

    @rule(
        whose=whose,
        who=who,
        nth=st.integers(0, 2),
        action=actions,
        contact=contacts,
        outcome=outcomes,
        finding=st.sampled_from(["", "Equal.", "Equal."]),
        word=st.sampled_from(["", "Gently.", "Gently."]),
        position=positions,
        ahead=st.sampled_from([None, 0, 3]),
        covers=st.booleans(),
    )
    def answer(
        self, whose: str, who: str, nth: int, position: int, ahead: int | None, **said: Any
    ) -> None:
        plan = self._plan(whose)
        today = plan.clinic.today()
        stops = by_hand.waiting_of(self.touched) if said.pop("covers") else []
        look = None if ahead is None else today + timedelta(days=ahead)
        ladder = {"level": self._level(plan, position), "until": today, "look_again_on": look}
        if stop := self._waiting(nth):
            by = self._person(who)
            self._attempt(stop_verbs.answer, stop=stop, by=by, covers=stops, **ladder, **said)
            worse = [one for one in stops if by_hand.severity(one) < by_hand.severity(stop)]
            assert not Stop.objects.filter(pk__in=[one.pk for one in worse], answer__isnull=False)

    @rule(whose=whose, who=who, nth=st.integers(0, 2), rests=st.booleans())
    def answer_as_it_should_be(self, whose: str, who: str, nth: int, rests: bool) -> None:
        """Seen, with a finding, a word and an outcome; or sent on."""
        self._plan(whose)
        said = {"contact": "sent_on", "action": "pause"} if rests else acts.SEEN
        if stop := self._waiting(nth):
            arguments = {"action": "carry_on", "finding": "Equal.", "word": "Gently."} | said
            by = self._person(who)
            shown = by_hand.waiting_of(self.touched)
            here = by_hand.severity(stop)
            worse = [one.pk for one in shown if by_hand.severity(one) < here]
            self._attempt(stop_verbs.answer, stop=stop, by=by, covers=shown, **arguments)
            assert not Stop.objects.filter(pk__in=worse, answer__isnull=False).exists()

    @rule(whose=whose, who=who)
    def take_back_an_answer(self, whose: str, who: str) -> None:
        """What waits again is as it was: no rule of the database or of ``verify`` minds it."""
        self._plan(whose)
        given = StopAnswer.objects.filter(stop__patient=self.touched).last()
        if given:
            self._attempt(stop_verbs.undo_answer, answer=given, by=self._person(who))

    @rule(whose=whose, nth=st.integers(0, 2), rests=st.booleans())
    def answer_by_mistake(self, whose: str, nth: int, rests: bool) -> None:
        """After an answer and its undo the same waits as before."""
        self._plan(whose)
        stop = self._waiting(nth)
        before = self._what_waits()
        self.answer_as_it_should_be(whose, "elin", nth, rests)
        given = StopAnswer.objects.filter(stop=stop).first() if stop else None
        if given is not None:
            stop_verbs.undo_answer(answer=given, by=self.cast.elin)
            assert self._what_waits() == before

    def _what_waits(self) -> list[tuple[str, int, bool]]:
        waiting = by_hand.waiting_of(self.touched)
        return sorted((stop.cause, by_hand.severity(stop), stop.high) for stop in waiting)

    # ---- usual pain and limits

    @rule(whose=whose, who=tellers, pain=pains)
    def usual(self, whose: str, who: str, pain: int | None) -> None:
        self._plan(whose)
        verb = usual_pain_verbs.set_usual_pain if who == "elin" else usual_pain_verbs.tell
        number = {"usual_pain": pain} if who == "elin" else {"pain": pain}
        self._attempt(verb, patient=self.touched, by=self._person(who), **number)

    @rule(whose=whose, who=who, word=st.sampled_from(["", "Asked.", "Asked."]))
    def see_usual(self, whose: str, who: str, word: str) -> None:
        self._plan(whose)
        told = UsualPain.objects.filter(patient=self.touched).order_by("pk").last()
        if told is not None:
            self._attempt(usual_pain_verbs.see, told=told, by=self._person(who), word=word)

    @rule(whose=whose, who=who, fine=st.integers(0, 8), above=st.integers(0, 4), ends=st.booleans())
    def own_limits(self, whose: str, who: str, fine: int, above: int, ends: bool) -> None:
        self._plan(whose)
        arguments: dict[str, Any] = {"patient": self.touched, "by": self._person(who)}
        if ends:
            self._attempt(limit_verbs.end_own, **arguments)
            return
        limits = {"fine_to": fine, "stop_from": fine + above, "reason": "High for years."}
        self._attempt(limit_verbs.set_own, **arguments, **limits, second="Omar Odeh")

    # ---- come and go

    @precondition(lambda self: self.steps > 12)
    @rule(whose=whose, sign=st.sampled_from([None, *SIGNS]))
    def discharge_by_mistake(self, whose: str, sign: str | None) -> None:
        """Somebody discharged tells something, and is taken on again at once."""
        self._plan(whose)
        patient = self.touched
        elin = self._lead(whose)
        if not self._attempt(people_verbs.discharge, patient=patient, by=elin):
            return
        if sign is not None:
            said: dict[str, Any] = {"kinds": [sign], "client_id": acts.new_id()}
            report_verbs.report(patient=patient, by=patient.user, **said)
        self._attempt(people_verbs.take_back, patient=patient, by=elin)

    def _lead(self, whose: str) -> Any:
        return self.cast.ines if whose == "noor" else self.cast.elin


def waits_by_report(patient: Patient) -> dict[int | None, list[dict[str, Any]]]:
    """What waits apart from each report that the next one may stand for; None = for no other."""
    whole = by_hand.signs_that_wait(patient, None)
    known: dict[int | None, list[dict[str, Any]]] = {None: whole}
    for told in Report.objects.filter(patient=patient):
        known[told.pk] = by_hand.signs_that_wait(patient, told)
    return known
