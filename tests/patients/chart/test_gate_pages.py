"""A decision pressed on a page: older than the database, pressed twice, forged."""

from __future__ import annotations

import time_machine

from patients.models import Pass, Review
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def test_a_page_opened_before_a_colleague_decided_is_told_who_and_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    acts.decide(cast.plan, 1, cast.elin, seen=seen)
    clock.shift(60)
    with refused("stale") as caught:
        acts.decide(cast.plan, 1, cast.omar, seen=seen)
    assert caught.value.params["name"] == "Elin E."
    assert str(caught.value).startswith("Elin E. decided on 2 March 09:00")


def test_without_a_page_a_colleague_is_told_who_passed_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    with refused("already_passed") as caught:
        acts.decide(cast.plan, 1, cast.omar)
    assert str(caught.value) == "Elin E. already passed “Dowel hinge” on 2 March 09:00."


def test_a_withdrawal_makes_an_open_page_stale_and_names_who_withdrew(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    seen = cast.plan.seen
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.omar, reason="Lost.")
    with refused("stale") as caught:
        acts.decide(cast.plan, 2, cast.elin, seen=seen)
    assert caught.value.params["name"] == "Omar O."


def test_a_forged_page_state_is_stale_and_never_a_crash(cast: Cast) -> None:
    last = acts.decide(cast.plan, 1, cast.elin, "not_yet")
    for seen in ["", "x", "-1:0", "½:0", f"{last.pk}:7", f"{last.pk}:0:0", "9" * 5000 + ":0"]:
        with refused("stale"):
            acts.decide(cast.plan, 1, cast.elin, "not_yet", seen)


def test_pressing_passed_twice_gives_the_first_review_back(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, seen=seen)
    assert acts.decide(cast.plan, 1, cast.elin, seen=seen) == first
    assert acts.decide(cast.plan, 1, cast.elin) == first
    assert Review.objects.count() == Pass.objects.count() == 1


def test_pressing_not_yet_twice_from_one_page_is_one_review_and_from_the_next_page_another(
    cast: Cast,
) -> None:
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, "not_yet", seen)
    assert acts.decide(cast.plan, 1, cast.elin, "not_yet", seen) == first
    assert acts.decide(cast.plan, 1, cast.elin, "not_yet", cast.plan.seen) != first


def test_a_repeated_press_that_arrives_after_a_withdrawal_changes_nothing(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, seen=seen)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.omar, reason="Lost.")
    assert acts.decide(cast.plan, 1, cast.elin, seen=seen) == first
    assert acts.open_position(cast.plan) == 1


def test_a_repeated_press_that_arrives_after_the_plan_ended_is_still_answered(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, seen=seen)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    assert acts.decide(cast.plan, 1, cast.elin, seen=seen) == first


def test_after_a_withdrawal_the_gate_is_decided_anew_and_not_by_the_old_review(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    with refused("criteria_left"):
        acts.decide(cast.plan, 1, cast.elin)
    with refused("criteria_left"):
        acts.decide(cast.plan, 1, cast.elin, seen=cast.plan.seen)
