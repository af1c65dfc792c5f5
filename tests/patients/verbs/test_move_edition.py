"""Editions: what was assigned stays as it was; moving on is a clinician's act that loses nothing it
need not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from curriculum.models import Criterion
from patients.models import Pass, Plan, Review
from patients.standing.calendar import calendar_of
from patients.standing.position import current_level
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def _passed(plan: Plan, times: int) -> None:
    for _ in range(times):
        factories.pass_open_rung(plan, by=plan.patient.lead)


def test_an_edition_published_between_assignment_and_review_changes_nothing_for_the_patient(
    cast: Cast,
) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    ladders.next_edition(cast.plan.ladder, new_criteria={"dowel-hinge": "one-more"})
    assert acts.decide(cast.plan, 1, cast.elin).outcome == "passed"
    assert Plan.objects.get(pk=cast.plan.pk).ladder.edition == 1


def test_criteria_of_the_new_edition_cannot_be_ticked_on_the_old_plan(cast: Cast) -> None:
    newer = ladders.next_edition(cast.plan.ladder)
    criterion = Criterion.objects.filter(rung__ladder=newer)[0]
    with refused("other_ladder"):
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    with refused("other_ladder"):
        gate_verbs.decide(plan=cast.plan, rung=criterion.rung, outcome="passed", by=cast.elin)


def test_a_move_carries_the_passes_whose_criteria_all_match_by_key(cast: Cast) -> None:
    _passed(cast.plan, 3)
    old = Review.objects.filter(plan=cast.plan).order_by("rung__position")
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.omar
    )
    assert acts.passed(moved) == [1, 2, 3]
    assert set(moved.reviews.values_list("kind", "by")) == {("carried", cast.omar.pk)}
    ticks = [
        (tick.criterion.slug, tick.by, tick.at) for review in old for tick in review.ticks.all()
    ]
    assert ticks == [
        (t.criterion.slug, t.by, t.at) for review in moved.reviews.all() for t in review.ticks.all()
    ]


def test_a_move_asks_again_for_a_gate_with_a_new_criterion_and_for_all_above(cast: Cast) -> None:
    _passed(cast.plan, 4)
    newer = ladders.next_edition(cast.plan.ladder, new_criteria={"bench-in-front": "one-more"})
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert acts.passed(moved) == [1, 2]
    assert acts.open_position(moved) == 3
    assert not moved.ticks.filter(criterion__rung__position__gt=2).exists()


def test_a_gate_that_asks_for_less_is_carried(cast: Cast) -> None:
    _passed(cast.plan, 2)
    newer = ladders.next_edition(cast.plan.ladder, without=["lean-fifty"])
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert acts.passed(moved) == [1, 2]


def test_rungs_in_a_new_order_carry_only_the_unbroken_run(cast: Cast) -> None:
    _passed(cast.plan, 2)
    order = ["dowel-hinge", "bench-in-front", "butt-taps", "bench-behind"]
    newer = ladders.next_edition(cast.plan.ladder, rungs=order)
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert acts.passed(moved) == [1]
    assert moved.open_rung is not None
    assert moved.open_rung.slug == "bench-in-front"


def test_passes_withdrawn_before_the_move_are_not_carried(cast: Cast) -> None:
    _passed(cast.plan, 3)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 2), by=cast.elin, reason="Lost.")
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    assert acts.passed(moved) == [1]


def test_a_carried_pass_can_be_withdrawn_and_earned_again(cast: Cast) -> None:
    _passed(cast.plan, 2)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    gate_verbs.withdraw(plan=moved, rung=acts.rung(moved, 1), by=cast.elin, reason="Lost.")
    assert acts.passed(moved) == []
    assert not moved.ticks.exists()
    factories.pass_open_rung(moved, by=cast.elin)
    assert acts.open_position(moved) == 2


def test_a_carried_pass_is_no_slip_that_could_be_undone(cast: Cast) -> None:
    _passed(cast.plan, 1)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    with refused("not_passed"):
        gate_verbs.undo(review=moved.reviews.get(), by=cast.elin)
    assert acts.passed(moved) == [1]


def test_the_old_plan_is_left_as_history(cast: Cast) -> None:
    _passed(cast.plan, 1)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    old = Plan.objects.get(pk=cast.plan.pk)
    assert (old.ended_on, moved.moved_from) == (cast.harbour.today(), old)
    assert Pass.objects.filter(plan=old).count() == 1
    with refused("plan_ended"):
        acts.decide(old, 2, cast.elin, "not_yet")


def test_pressing_move_twice_moves_once(cast: Cast) -> None:
    newer = ladders.next_edition(cast.plan.ladder)
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin) == moved
    assert Plan.objects.filter(patient=cast.maya).count() == 2


def test_a_move_is_to_a_newer_edition_of_the_same_ladder(cast: Cast) -> None:
    first = cast.plan.ladder
    with refused("other_ladder"):
        edition_verbs.move(plan=cast.plan, ladder=ladders.another(), by=cast.elin)
    with refused("not_newer"):
        edition_verbs.move(plan=cast.plan, ladder=first, by=cast.elin)
    moved = edition_verbs.move(plan=cast.plan, ladder=ladders.next_edition(first), by=cast.elin)
    with refused("not_newer"):
        edition_verbs.move(plan=moved, ladder=first, by=cast.elin)


def test_nobody_is_moved_to_or_put_on_a_draft(cast: Cast) -> None:
    draft = ladders.next_edition(cast.plan.ladder, draft=True)
    with refused("draft"):
        edition_verbs.move(plan=cast.plan, ladder=draft, by=cast.elin)
    with refused("draft"):
        gate_verbs.assign(patient=cast.tomas, ladder=draft, by=cast.elin)
    draft.published_at = cast.plan.ladder.published_at
    draft.save()
    assert edition_verbs.move(plan=cast.plan, ladder=draft, by=cast.elin).ladder == draft


def test_only_a_clinician_of_the_clinic_moves_a_plan(cast: Cast) -> None:
    newer = ladders.next_edition(cast.plan.ladder)
    for by in (cast.maya.user, cast.ines, cast.noor.user):
        with refused("not_yours"):
            edition_verbs.move(plan=cast.plan, ladder=newer, by=by)


def test_the_goal_moves_along_and_never_grows(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin)
    _passed(cast.plan, 3)
    newer = ladders.next_edition(
        cast.plan.ladder, rungs=["dowel-hinge", "butt-taps", "bench-behind"]
    )
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert moved.goal_rung is not None
    assert moved.goal_rung.slug == "butt-taps"
    assert acts.open_position(moved) is None


def test_no_pass_is_carried_above_a_goal_that_now_comes_earlier(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin)
    _passed(cast.plan, 3)
    newer = ladders.next_edition(
        cast.plan.ladder, rungs=["dowel-hinge", "bench-in-front", "butt-taps"]
    )
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert acts.passed(moved) == [1, 2]
    assert moved.open_rung is None


def test_a_pause_without_an_end_goes_on_and_one_that_is_over_does_not(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.pause(
        plan=cast.plan, by=cast.elin, until=cast.harbour.today(), reason="A day at the sea."
    )
    clock.shift(timedelta(days=1))
    newer = ladders.next_edition(cast.plan.ladder)
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert not moved.pauses.exists()
    plan_verbs.pause(plan=moved, by=cast.elin, until=None, reason="An operation.")
    newest = ladders.next_edition(newer)
    again = edition_verbs.move(plan=moved, ladder=newest, by=cast.elin)
    assert [pause.reason for pause in again.pauses.all()] == ["An operation."]


def test_days_pause_and_findings_stay_as_they_were(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = cast.harbour.today()
    plan_verbs.schedule(plan=cast.plan, weekdays=0b0010101, by=cast.elin)
    plan_verbs.schedule(
        plan=cast.plan, weekdays=0b1000000, by=cast.elin, from_day=today + timedelta(days=30)
    )
    plan_verbs.pause(
        plan=cast.plan, by=cast.maya.user, until=today + timedelta(days=5), reason="Away."
    )
    finding_verbs.note(plan=cast.plan, by=cast.elin, fault=cast.plan.ladder.own_faults()[0])
    gone = finding_verbs.note(plan=cast.plan, by=cast.elin, words="Holds the breath.")
    finding_verbs.clear(finding=gone, by=cast.elin)
    before = calendar_of(cast.plan)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    after = calendar_of(moved)
    ahead = [today + timedelta(days=count) for count in range(60)]
    assert [after.is_planned(day) for day in ahead] == [before.is_planned(day) for day in ahead]
    assert [finding.fault for finding in moved.findings.all()] == [cast.plan.ladder.own_faults()[0]]


def test_a_dose_and_training_lower_go_on_after_a_move(cast: Cast) -> None:
    _passed(cast.plan, 5)
    heavy = acts.rung(cast.plan, 6).levels.all()[0]
    low = acts.level(cast.plan, 5)
    plan_verbs.prescribe(plan=cast.plan, level=heavy, by=cast.elin, sets=3, reps=8, load=8)
    plan_verbs.prescribe(plan=cast.plan, level=heavy, by=cast.elin, sets=3, reps=8, load=12)
    until = cast.harbour.today() + timedelta(days=4)
    plan_verbs.choose_level(plan=cast.plan, level=low, by=cast.elin, until=until)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    kept = moved.prescriptions.get()
    assert (kept.level.slug, kept.load, kept.by) == (heavy.slug, Decimal(12), cast.elin)
    now = current_level(moved, cast.harbour.today())
    assert (now.level, now.lower_until) == (acts.level(moved, 5), until)


def test_the_level_that_was_chosen_on_the_open_rung_stays_chosen(cast: Cast) -> None:
    _passed(cast.plan, 1)
    further = acts.rung(cast.plan, 2).levels.filter(helper=False)[1]
    plan_verbs.choose_level(plan=cast.plan, level=further, by=cast.maya.user, reason="Easy.")
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    now = current_level(moved, cast.harbour.today()).level
    assert now is not None
    assert (now.slug, now.rung.ladder) == (further.slug, moved.ladder)
    kept = moved.level_choices.get()
    assert (kept.by, kept.reason) == (cast.elin, "Easy.")


def test_a_dose_of_a_rung_that_is_asked_for_again_is_not_carried(cast: Cast) -> None:
    _passed(cast.plan, 2)
    plan_verbs.prescribe(
        plan=cast.plan, level=acts.level(cast.plan, 3), by=cast.elin, sets=1, reps=5
    )
    newer = ladders.next_edition(cast.plan.ladder, new_criteria={"dowel-hinge": "one-more"})
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert not moved.prescriptions.exists()


@pytest.mark.parametrize("asked", [True, False])
def test_a_request_for_a_review_is_not_left_open_behind(cast: Cast, asked: bool) -> None:
    if asked:
        plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    edition_verbs.move(plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.asked_at is None
    assert not cast.plan.review_requests.filter(closed_at=None).exists()
