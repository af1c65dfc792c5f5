"""Placement: a capable patient starts higher, gate by gate, with nothing skipped."""

from __future__ import annotations

import pytest

from patients.models import ReviewRequest, ReviewTick
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def test_a_capable_patient_is_placed_gate_by_gate_in_one_act(cast: Cast) -> None:
    reviews = gate_verbs.place(
        plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2, 3), by=cast.elin, note="Sport."
    )
    assert [(review.rung.position, review.kind, review.note) for review in reviews] == [
        (1, "placement", "Sport."),
        (2, "placement", "Sport."),
        (3, "placement", "Sport."),
    ]
    assert ReviewTick.objects.count() == len(acts.criteria(cast.plan, 1, 2, 3))
    assert acts.open_position(cast.plan) == 4


def test_pressing_place_twice_places_once(cast: Cast) -> None:
    wanted = acts.criteria(cast.plan, 1, 2)
    first = gate_verbs.place(plan=cast.plan, criteria=wanted, by=cast.elin)
    assert gate_verbs.place(plan=cast.plan, criteria=wanted, by=cast.elin) == first
    with refused("already_passed"):
        gate_verbs.place(plan=cast.plan, criteria=wanted, by=cast.omar)


def test_a_placement_with_one_criterion_left_places_nothing_at_all(cast: Cast) -> None:
    wanted = acts.criteria(cast.plan, 1, 2, 3)[:-1]
    with refused("criteria_left"):
        gate_verbs.place(plan=cast.plan, criteria=wanted, by=cast.elin)


def test_a_placement_cannot_skip_a_rung(cast: Cast) -> None:
    for positions in [(2,), (1, 3), (2, 3), (7,)]:
        with refused("not_from_the_bottom"):
            gate_verbs.place(
                plan=cast.plan, criteria=acts.criteria(cast.plan, *positions), by=cast.elin
            )


def test_a_placement_of_nothing_or_of_another_ladder_is_refused(cast: Cast) -> None:
    with refused("nothing_ticked"):
        gate_verbs.place(plan=cast.plan, criteria=[], by=cast.elin)
    foreign = list(ladders.another().rungs.get(position=1).criteria.all())
    with refused("other_ladder"):
        gate_verbs.place(
            plan=cast.plan, criteria=[*acts.criteria(cast.plan, 1), *foreign], by=cast.elin
        )


def test_a_placement_stops_at_the_goal(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 2), by=cast.elin)
    with refused("locked"):
        gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2, 3), by=cast.elin)


def test_a_placement_keeps_ticks_that_a_colleague_had_made(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.omar)
    (review,) = gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    assert review.ticks.get(criterion=criterion).by == cast.omar


@pytest.mark.parametrize("how", ["passed", "not_yet", "place"])
def test_any_decision_answers_the_request_for_a_review(cast: Cast, how: str) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    acts.tick_all(cast.plan, 1, cast.elin)
    if how == "place":
        gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    else:
        acts.decide(cast.plan, 1, cast.elin, how)
    assert ReviewRequest.objects.get().closed_at is not None
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.asked_at is None
