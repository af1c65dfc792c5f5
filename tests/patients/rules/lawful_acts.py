"""What the database lets through, rule by rule: acts that a rule with a mistake would refuse.

Each act is what its rule speaks of, done as it should be: see ``test_database_refusals``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts import links
from accounts.models import PhoneLink
from patients.models import (
    Finding,
    LevelChoice,
    Message,
    Patient,
    Plan,
    Review,
    ReviewTick,
    Screening,
    Stop,
    StopAnswer,
)
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.rules import lawful_borrowing
from tests.patients.rules.attacks import entry_of, make_pass, prescription_of
from tests.patients.rules.mark_attacks import lift_of
from tests.patients.rules.report_attacks import report_of
from tests.patients.rules.training_attacks import tried_on_two_days

Act = Callable[[Cast], Any]
LETTER: dict[str, Any] = {"action": "pause", "contact": "letter", "finding": "To her home."}


def _tell(patient: Patient, *kinds: str) -> None:
    report_verbs.report(
        patient=patient, by=patient.user, client_id=acts.new_id(), kinds=list(kinds)
    )


def _answer(plan: Plan, cast: Cast) -> None:
    for stop in Stop.objects.unanswered().filter(patient=plan.patient):
        said: dict[str, Any] = {"action": "carry_on", "word": "Go on.", **acts.SEEN}
        stop_verbs.answer(stop=stop, by=cast.elin, **said)


def _choose_with_load(cast: Cast) -> None:
    """In reach, with a weight."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan, 6), by=cast.elin)


def _keep_a_finding_cleared(cast: Cast) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    said = {"cleared_on": cast.harbour.today(), "cleared_by": cast.elin}
    for _ in range(2):
        Finding.objects.filter(pk=finding.pk).update(**said)


def _tick_after_an_urgent_stop_was_answered(cast: Cast) -> None:
    _tell(cast.maya, "saddle")
    _answer(cast.plan, cast)
    acts.tick_all(cast.plan, 1, cast.elin)


def _tick_while_pain_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    acts.tick_all(cast.plan, 1, cast.elin)


def _move_the_goal_while_a_stop_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin)


def _correct_an_ended_plan_while_a_stop_waits(cast: Cast) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    _tell(cast.maya, "saddle")
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 3))


def _amend(patient: Patient, cast: Cast) -> None:
    Patient.objects.filter(pk=patient.pk).update(lead=cast.omar)


def _hand_over_while_a_stop_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    _amend(cast.maya, cast)


def _hand_over_who_left_while_a_stop_waits(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    _tell(cast.maya, "saddle")
    _amend(cast.maya, cast)


def _carry_a_lift_along(cast: Cast) -> None:
    """Logged on an earlier plan, and carried over to the next."""
    lift_of(cast.plan, cast)
    Plan.objects.filter(pk=cast.plan.pk).update(ended_on=cast.harbour.today(), ended_by=cast.elin)
    plan = factories.plan(cast.maya, passed=5)
    review = Review.objects.create(
        plan=plan, rung=acts.rung(plan, 6), kind="carried", outcome="passed", by=cast.elin
    )
    shared = {"review": review, "by": cast.elin, "at": timezone.now()}
    ReviewTick.objects.bulk_create(
        ReviewTick(criterion=criterion, **shared) for criterion in acts.criteria(plan, 6)
    )
    make_pass(review)


def _tell_of_an_entry(cast: Cast) -> None:
    report_of(cast.maya, practice=acts.log(cast.plan))


def _tell_without_a_plan(cast: Cast) -> None:
    _tell(cast.tomas, "saddle")
    assert Stop.objects.filter(patient=cast.tomas, plan=None).exists()


def _log_with_a_report(cast: Cast) -> None:
    entry_of(cast, report=report_of(cast.maya))()


def _write_without_a_plan(cast: Cast) -> None:
    said = {"patient": cast.tomas, "by": cast.tomas.user, "from_patient": True}
    Message.objects.create(**said, text="Hello")


def _take_back_what_was_told(cast: Cast) -> None:
    told = report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id="told", kinds=[], pain=9
    )
    report_verbs.take_back(report=told, by=cast.maya.user, client_id="back")
    assert StopAnswer.objects.filter(stop__report=told, action="corrected").exists()


def _stop(cast: Cast, cause: str, **said: Any) -> Stop:
    return Stop.objects.create(patient=cast.maya, report=report_of(cast.maya), cause=cause, **said)


def _given(cause: str, **said: str) -> Act:
    """One answer, beside everything that can wait of somebody else."""

    def answer(cast: Cast) -> None:
        for other in ("weak", "numb", "below_knee", "pain"):
            told = {"patient": cast.tomas, "report": report_of(cast.tomas), "cause": other}
            Stop.objects.create(**told, high=other == "pain")
        at = timezone.now() if "contact" in said else None
        usual = {"by": cast.elin, "action": "carry_on", "contact_at": at}
        high = {"high": True} if "high" in cause else {}
        stop = _stop(cast, cause.removesuffix(" high"), **high)
        StopAnswer.objects.create(stop=stop, **usual | said)

    return answer


def _write_a_letter_after_two_days(cast: Cast) -> None:
    stop = _stop(cast, "numb")
    tried_on_two_days(cast, stop)
    given = stop_verbs.answer(stop=stop, by=cast.elin, **LETTER)
    (again,) = stop_verbs.undo_answer(answer=given, by=cast.elin)
    stop_verbs.answer(stop=again, by=cast.elin, **LETTER)


def _write_one_letter_about_two_stops(cast: Cast) -> None:
    first = _stop(cast, "numb")
    second = _stop(cast, "pain")
    tried_on_two_days(cast, first)
    stop_verbs.answer(stop=first, by=cast.elin, covers=[second], **LETTER)
    assert not Stop.objects.unanswered().filter(patient=cast.maya).exists()


def _clear_the_pin_of_who_left(cast: Cast) -> None:
    link = links.issue(cast.maya.user, by=cast.elin)
    PhoneLink.objects.filter(pk=link.pk).update(pin_hash="x")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    PhoneLink.objects.filter(pk=link.pk).update(pin_hash="")


def _count_a_try_of_who_left(cast: Cast) -> None:
    link = links.issue(cast.maya.user, by=cast.elin)
    PhoneLink.objects.filter(pk=link.pk).update(pin_hash="x")
    Patient.objects.filter(pk=cast.maya.pk).update(
        archived_at=timezone.now(), archived_by=cast.elin
    )
    PhoneLink.objects.filter(pk=link.pk).update(pin_hash="x")


def _discharge_who_has_ended(cast: Cast) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    for _ in range(2):
        Plan.objects.filter(pk=cast.plan.pk).update(discharged=True)


def _set_aside_and_blank_the_reason(cast: Cast) -> None:
    """As an erasure does; of a plan that has ended more is put right, and the reason stays."""
    plan_verbs.end(plan=cast.plan, by=cast.elin, reason="The knee first.")
    ended = Plan.objects.filter(pk=cast.plan.pk)
    ended.update(goal_rung=acts.rung(cast.plan, 3))
    ended.update(end_reason="")


def _aim_at_the_top_again(cast: Cast) -> None:
    for rung in (acts.rung(cast.plan, 3), None):
        plan_verbs.set_goal(plan=cast.plan, goal_rung=rung, by=cast.elin)


def _prescribe_with_and_without_a_load(cast: Cast) -> None:
    prescription_of(cast)()
    prescription_of(cast, level=acts.level(cast.plan, 6), load=8)()


def _correct_an_entry(cast: Cast) -> None:
    entry_of(cast, corrects=acts.log(cast.plan))()


def _screened_by_nobody(cast: Cast) -> None:
    """As installations from before screening were told to be."""
    Screening.objects.create(patient=cast.maya, outcome="not_recorded")


def _pass_below_the_goal(cast: Cast) -> None:
    """And above somebody else's."""
    goal = acts.rung(cast.plan, 1)
    plan_verbs.set_goal(plan=cast.noors_plan, goal_rung=goal, by=cast.ines)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin)
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)


def _train_on_after_being_cleared_by_an_answer(cast: Cast) -> None:
    """After a screening that did not, while an answer about somebody else was taken back."""
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="To her doctor first."
    )
    said: dict[str, Any] = {"by": cast.elin, "action": "carry_on", "word": "Go on.", **acts.SEEN}
    theirs = Stop.objects.create(patient=cast.tomas, report=report_of(cast.tomas), cause="numb")
    stop_verbs.undo_answer(answer=stop_verbs.answer(stop=theirs, **said), by=cast.elin)
    given = stop_verbs.answer(stop=_stop(cast, "weak"), **said)
    assert Screening.objects.get(answer=given).patient == cast.maya
    factories.pass_open_rung(cast.plan, by=cast.elin)


def _withdraw_what_a_colleague_passed(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.omar, reason="Lost.")


def _choose_a_pin_while_others_have_left(cast: Cast) -> None:
    link = links.issue(cast.maya.user, by=cast.elin)
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    PhoneLink.objects.filter(pk=link.pk).update(pin_hash="x")


def _write_down_what_was_chosen_on_an_ended_plan(cast: Cast) -> None:
    """As the demo writes a patient's past."""
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    said = {"plan": cast.plan, "level": acts.level(cast.plan), "by": cast.maya.user}
    LevelChoice.objects.create(**said)


def _write_down_what_stopped_on_an_ended_plan(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    said = {"patient": cast.maya, "plan": cast.plan, "practice": entry}
    Stop.objects.create(**said, cause="pain")


#: By the name of the trigger.
LAWFUL: dict[str, list[Act]] = {
    "borrowed_on_a_running_plan": [_write_down_what_was_chosen_on_an_ended_plan],
    "stop_waits_again_on_a_running_plan": [_write_down_what_stopped_on_an_ended_plan],
    "practice_names_its_patients_report": [_log_with_a_report],
    "message_of_its_patient": [_write_without_a_plan],
    "stop_answered_by_our_clinician": [_take_back_what_was_told],
    "trains_on_after_a_contact": [
        _given("numb", action="pause", contact="spoken", finding="Equal."),
        _given("numb", contact="seen", finding="Equal."),
        _given("numb", contact="spoken", finding="Equal.", word="Go on."),
        _given("pain", contact="spoken"),
    ],
    "urgent_answered_with_an_outcome": [
        _given("weak", contact="seen", finding="Equal.", outcome="cleared"),
        _given("weak", action="pause", contact="sent_on", finding="To A&E.", outcome="not_cleared"),
        _given("pain"),
    ],
    "no_drill_after_being_sent_on": [
        _given("pain", action="pause", contact="sent_on"),
        _given("pain", contact="seen"),
    ],
    "letter_after_tries_on_two_days": [
        _write_a_letter_after_two_days,
        _write_one_letter_about_two_stops,
    ],
    "answered_with_words": [
        _take_back_what_was_told,
        _given("pain"),
        _given("pain high", word="Go on."),
        _given("pain high", finding="Equal."),
        _given("below_knee", contact="spoken", word="Go on."),
        _given("below_knee", contact="spoken", finding="Equal."),
    ],
    "leg_stop_answered_with_contact": [
        _given("numb", contact="seen", finding="Equal."),
        _given("pain"),
    ],
    "pin_of_somebody_treated": [
        _clear_the_pin_of_who_left,
        _count_a_try_of_who_left,
        _choose_a_pin_while_others_have_left,
    ],
    "pass_up_to_the_goal": [_pass_below_the_goal],
    "pass_of_a_screened_patient": [_train_on_after_being_cleared_by_an_answer],
    "tick_of_a_screened_patient": [_train_on_after_being_cleared_by_an_answer],
    "answer_of_one_act": [_write_one_letter_about_two_stops],
    "plan_end_stays": [
        _discharge_who_has_ended,
        _correct_an_ended_plan_while_a_stop_waits,
        _set_aside_and_blank_the_reason,
    ],
    "plan_reason_of_its_end": [_set_aside_and_blank_the_reason],
    "slip_of_the_one_who_pressed": [_withdraw_what_a_colleague_passed],
    "goal_of_this_ladder": [_aim_at_the_top_again],
    "prescription_weight_has_load": [_prescribe_with_and_without_a_load],
    "practice_correction_keeps_its_day": [_correct_an_entry],
    "screening_by_our_clinician": [_screened_by_nobody],
    "borrowed_without_load": [_choose_with_load],
    "borrowed_one_at_a_time": lawful_borrowing.AFTER_THE_FIRST,
    "finding_stays_as_it_was_seen": [_keep_a_finding_cleared],
    "pass_with_a_lift": [_carry_a_lift_along],
    "tick_while_nothing_urgent_waits": [
        _tick_after_an_urgent_stop_was_answered,
        _tick_while_pain_waits,
    ],
    "plan_ends_with_every_stop_answered": [
        _move_the_goal_while_a_stop_waits,
        _correct_an_ended_plan_while_a_stop_waits,
    ],
    "patient_leaves_with_every_stop_answered": [
        _hand_over_while_a_stop_waits,
        _hand_over_who_left_while_a_stop_waits,
    ],
    "stop_of_its_patient": [_tell_without_a_plan],
    "report_of_its_patient": [_tell_of_an_entry],
}
