"""A press at the gate that was a mistake is taken back, and all is as it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from patients.models import Pass, PatientSummary, Plan, Review, ReviewRequest, Tick, Withdrawal
from patients.standing.calendar import calendar_of
from patients.standing.position import when_opened
from patients.summaries import verify
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused

MONDAYS = 0b0000001
WEEKENDS = 0b1100000


def _ticks(plan: Plan) -> list[tuple[Any, ...]]:
    rows = Tick.objects.filter(plan=plan).order_by("criterion")
    return list(rows.values_list("criterion", "by", "at", "applies", "why", "figure"))


def _planned(cast: Cast) -> list[bool]:
    today = cast.harbour.today()
    calendar = calendar_of(cast.plan)
    return [calendar.is_planned(today + timedelta(days=day)) for day in range(30)]


def _undo(review: Review, cast: Cast) -> None:
    gate_verbs.undo(review=review, by=cast.elin)


def _summary(cast: Cast) -> dict[str, Any]:
    return dict(PatientSummary.objects.filter(patient=cast.maya).values()[0])


# ---- what comes back


def test_a_pass_taken_back_leaves_everything_as_it_was(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(timedelta(days=3))
    plan_verbs.schedule(plan=cast.plan, weekdays=MONDAYS, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.omar)
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="Soon?")
    rung = acts.rung(cast.plan, 2)
    before = (_ticks(cast.plan), when_opened(cast.plan, rung), _planned(cast), _summary(cast))
    clock.shift(timedelta(hours=1))
    review = gate_verbs.decide(
        plan=cast.plan, rung=rung, outcome="passed", by=cast.elin, weekdays=WEEKENDS
    )
    assert (_planned(cast), acts.open_position(cast.plan)) != (before[2], 2)
    clock.shift(timedelta(minutes=10))
    _undo(review, cast)
    after = (_ticks(cast.plan), when_opened(cast.plan, rung), _planned(cast), _summary(cast))
    assert after == before
    assert acts.passed(cast.plan) == [1]
    assert ReviewRequest.objects.get(closed_at=None).words == "Soon?"
    slip = Withdrawal.objects.get()
    assert (slip.kind, slip.review, slip.reason, slip.to_patient) == ("slip", review, "", "")
    assert list(verify.differences()) == []


def test_days_set_by_the_press_for_later_and_days_set_apart_from_it_are_told_apart(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    later = cast.harbour.today() + timedelta(days=10)
    plan_verbs.schedule(plan=cast.plan, weekdays=MONDAYS, by=cast.elin, from_day=later)
    before = _planned(cast)
    acts.tick_all(cast.plan, 1, cast.elin)
    review = acts.decide(cast.plan, 1, cast.elin)
    _undo(review, cast)
    assert _planned(cast) == before
    review = acts.decide(cast.plan, 1, cast.elin, seen=cast.plan.seen)
    plan_verbs.schedule(plan=cast.plan, weekdays=WEEKENDS, by=cast.elin)
    chosen = _planned(cast)
    _undo(review, cast)
    assert _planned(cast) == chosen


def test_a_placement_goes_back_whole_by_one_press(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first, second, *_ = acts.criteria(cast.plan, 1)
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.elin)
    gate_verbs.tick(plan=cast.plan, criterion=second, by=cast.omar, figure={"reps": 3})
    before = _ticks(cast.plan)
    reviews = gate_verbs.place(
        plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2, 3), by=cast.elin
    )
    clock.shift(60)
    # Which of its reviews is named does not matter.
    gate_verbs.undo(review=reviews[1], by=cast.elin)
    assert acts.passed(cast.plan) == []
    assert _ticks(cast.plan) == before
    lowest, *above = Withdrawal.objects.order_by("pk")
    assert (lowest.review, lowest.cause) == (reviews[0], None)
    assert [slip.cause for slip in above] == [lowest, lowest]
    assert list(verify.differences()) == []


def test_ticks_made_meanwhile_on_what_opened_go_with_it(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 2)[0], by=cast.omar)
    _undo(review, cast)
    assert {tick.criterion.rung.position for tick in Tick.objects.all()} == {1}


def test_after_a_slip_the_gate_can_be_passed_again(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    seen = cast.plan.seen
    _undo(review, cast)
    with refused("stale"):
        acts.decide(cast.plan, 1, cast.omar, seen=seen)
    again = acts.decide(cast.plan, 1, cast.elin, seen=cast.plan.seen)
    assert again != review
    assert Pass.objects.get().review == again


def test_the_complete_ladder_can_be_taken_back_too(cast: Cast) -> None:
    factories.plan(cast.tomas, passed=7)
    plan = Plan.objects.get(patient=cast.tomas)
    _undo(plan.reviews.order_by("-pk")[0], cast)
    assert acts.open_position(plan) == 7


# ---- once, by whom, until when


def test_undoing_twice_is_one_undo(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    _undo(review, cast)
    before = acts.everything()
    _undo(review, cast)
    assert acts.everything() == before


def test_only_the_one_who_pressed_takes_it_back(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    for by, code in (
        (cast.omar, "undo_not_yours"),
        (cast.petra, "undo_not_yours"),
        (cast.ines, "not_yours"),
        (cast.maya.user, "not_yours"),
    ):
        with refused(code):
            gate_verbs.undo(review=review, by=by)


def test_after_ten_minutes_it_is_a_withdrawal(clock: time_machine.Traveller, cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(timedelta(minutes=10, seconds=1))
    with refused("undo_over") as late:
        _undo(review, cast)
    assert "10 minutes" in str(late.value)


def _logs(cast: Cast) -> None:
    acts.log(cast.plan, level=acts.level(cast.plan, 2))


def _taps(cast: Cast) -> None:
    practice_verbs.save_draft(
        plan=cast.plan, level=acts.level(cast.plan, 2), by=cast.maya.user, sets=acts.TWO_SETS
    )


def _decides(cast: Cast) -> None:
    acts.decide(cast.plan, 2, cast.omar, "not_yet")


@pytest.mark.parametrize("happens", [_logs, _taps, _decides])
def test_not_once_something_rests_on_what_it_opened(cast: Cast, happens: Any) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    happens(cast)
    with refused("undo_too_late"):
        _undo(review, cast)


def test_practice_on_a_rung_below_does_not_hinder(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 1))
    _undo(review, cast)
    assert acts.passed(cast.plan) == []


def test_what_is_no_standing_pass_has_nothing_to_undo(cast: Cast) -> None:
    not_yet = acts.decide(cast.plan, 1, cast.elin, "not_yet")
    with refused("not_passed"):
        _undo(not_yet, cast)
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.elin, reason="Lost.")
    with refused("not_passed"):
        _undo(review, cast)


def test_a_locked_rung_cannot_be_logged_for_the_minutes_of_a_slip(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    _undo(review, cast)
    with refused("level_locked_that_day"):
        acts.log(cast.plan, level=acts.level(cast.plan, 2))


# ---- a discharge


def test_taking_on_again_at_once_takes_the_plan_up_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first, *_ = acts.criteria(cast.plan, 1)
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.elin, figure={"reps": 9})
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.schedule(plan=cast.plan, weekdays=MONDAYS, by=cast.elin)
    level = acts.level(cast.plan, 2)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=1, reps=6)
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 2)[0], by=cast.omar)
    finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up.")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    clock.shift(timedelta(minutes=10))
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    again = cast.maya.plans.get(ended_on=None)
    assert acts.passed(again) == [1]
    assert again.reviews.get().ticks.get(criterion=first).figure == {"reps": 9}
    assert [(dose.level, dose.reps) for dose in again.prescriptions.all()] == [(level, 6)]
    assert calendar_of(again).weekdays_on(cast.harbour.today()) == MONDAYS
    assert again.ticks.filter(criterion__rung__position=2).count() == 1
    assert [finding.words for finding in again.findings.all()] == ["Looks up."]
    assert list(verify.differences()) == []
    before = acts.everything()
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert acts.everything() == before


def test_later_or_not_cleared_the_plan_starts_anew(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    clock.shift(timedelta(minutes=11))
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert cast.maya.running_plan() is None
    other = factories.plan(cast.tomas, passed=1)
    screening_verbs.screen(
        patient=cast.tomas, by=cast.elin, outcome="not_cleared", words="Sent to her doctor."
    )
    people_verbs.discharge(patient=other.patient, by=cast.elin)
    people_verbs.take_back(patient=other.patient, by=cast.elin)
    assert other.patient.running_plan() is None


@pytest.mark.parametrize("sign", ["fever", "below_knee"])
def test_who_tells_something_after_a_discharge_by_mistake_is_taken_on_again_without_a_drill(
    cast: Cast, sign: str
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    told: dict[str, Any] = {"kinds": [sign], "sides": {sign: "left"}, "client_id": "the phone"}
    report_verbs.report(patient=cast.maya, by=cast.maya.user, **told)
    back = people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert (back.archived_at, back.running_plan()) == (None, None)
    assert list(verify.differences()) == []


def test_a_plan_that_had_ended_before_the_discharge_stays_ended(cast: Cast) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert cast.maya.running_plan() is None
