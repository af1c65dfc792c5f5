"""The gate: what a clinician can rely on when a rung opens, and what cannot open one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model

from accounts.models import User
from patients import plans, progression
from patients.models import Pass, Plan, Review, ReviewRequest, ReviewTick, Tick, Withdrawal
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused

# ---- who


def _wrong(cast: Cast, who: str) -> User:
    if who == "ended":
        get_user_model().objects.filter(pk=cast.elin.pk).update(is_active=False)
        return User.objects.get(pk=cast.elin.pk)
    return {"other clinic": cast.ines, "patient": cast.maya.user, "other patient": cast.noor.user}[who]


GATE_VERBS: dict[str, Callable[[Plan, User], Any]] = {
    "assign": lambda plan, by: progression.assign(patient=plan.patient, ladder=plan.ladder, by=by),
    "tick": lambda plan, by: progression.tick(plan=plan, criterion=acts.criteria(plan, 2)[0], by=by),
    "untick": lambda plan, by: progression.untick(plan=plan, criterion=acts.criteria(plan, 2)[0], by=by),
    "decide": lambda plan, by: acts.decide(plan, 2, by),
    "not yet": lambda plan, by: acts.decide(plan, 2, by, "not_yet"),
    "place": lambda plan, by: progression.place(plan=plan, criteria=acts.criteria(plan, 2), by=by),
    "withdraw": lambda plan, by: progression.withdraw(plan=plan, rung=acts.rung(plan, 1), by=by, reason="Lost."),
}


@pytest.mark.parametrize("who", ["other clinic", "patient", "other patient", "ended"])
def test_only_an_active_clinician_of_the_patients_clinic_works_at_the_gate(cast: Cast, who: str) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    by = _wrong(cast, who)
    for verb in GATE_VERBS.values():
        with refused("not_yours"):
            verb(cast.plan, by)


def test_an_owner_can_do_all_that_a_clinician_can(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.petra)
    assert review.by == cast.petra
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.petra, reason="Lost.")
    assert acts.open_position(cast.plan) == 1


# ---- passing


def test_a_pass_opens_the_next_rung_and_no_other(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.passed(cast.plan) == [1]
    assert acts.open_position(cast.plan) == 2


def test_pressing_early_says_which_criteria_are_left(cast: Cast) -> None:
    first, *rest = acts.criteria(cast.plan, 1)
    for criterion in rest:
        progression.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    with refused("criteria_left") as caught:
        acts.decide(cast.plan, 1, cast.elin)
    assert caught.value.params["left"] == [first.text]
    assert first.text in str(caught.value)


def test_ticks_of_another_patient_do_not_help(cast: Cast) -> None:
    other = factories.plan(cast.tomas)
    acts.tick_all(other, 1, cast.elin)
    with refused("criteria_left"):
        acts.decide(cast.plan, 1, cast.elin)


def test_a_review_keeps_who_ticked_what_and_when(cast: Cast, clock: time_machine.Traveller) -> None:
    first, *rest = acts.criteria(cast.plan, 1)
    early = progression.tick(plan=cast.plan, criterion=first, by=cast.omar)
    clock.shift(3600)
    for criterion in rest:
        progression.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    review = acts.decide(cast.plan, 1, cast.elin)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    kept = ReviewTick.objects.filter(review=review)
    assert kept.count() == len(rest) + 1
    assert kept.filter(criterion=first, by=cast.omar, at=early.at).exists()


def test_not_yet_leaves_the_ticks_standing_and_opens_nothing(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    review = progression.decide(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), outcome="not_yet", by=cast.elin, note=" Slower, please. "
    )
    assert (review.outcome, review.note) == ("not_yet", "Slower, please.")
    assert acts.open_position(cast.plan) == 1
    assert acts.decide(cast.plan, 1, cast.elin).outcome == "passed"


@pytest.mark.parametrize("outcome", ["passed", "not_yet"])
def test_a_locked_rung_cannot_be_decided_by_a_forged_press(cast: Cast, outcome: str) -> None:
    for position in range(2, 8):
        with refused("locked"):
            acts.decide(cast.plan, position, cast.elin, outcome)


def test_a_gate_is_passed_or_not_yet_and_nothing_else(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    with refused("unknown_outcome"):
        acts.decide(cast.plan, 1, cast.elin, "perfect")


def test_a_note_too_long_is_refused_and_nothing_is_decided(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    with refused("too_long"):
        progression.decide(
            plan=cast.plan, rung=acts.rung(cast.plan, 1), outcome="passed", by=cast.elin, note="x" * 10_000
        )


def test_a_rung_of_another_ladder_is_not_decided_on_this_plan(cast: Cast) -> None:
    other = ladders.another().rungs.get(position=1)
    with refused("other_ladder"):
        progression.decide(plan=cast.plan, rung=other, outcome="not_yet", by=cast.elin)
    with refused("other_ladder"):
        progression.tick(plan=cast.plan, criterion=other.criteria.all()[0], by=cast.elin)


def test_the_whole_ladder_can_be_climbed_gate_by_gate(cast: Cast) -> None:
    for position in range(1, 8):
        assert acts.open_position(cast.plan) == position
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.open_position(cast.plan) is None
    assert acts.passed(cast.plan) == [1, 2, 3, 4, 5, 6, 7]


def test_no_rung_with_load_opens_before_every_unloaded_gate_is_passed(cast: Cast) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    loaded = [rung.position for rung in cast.plan.rungs() if rung.loaded]
    assert loaded == [5, 6, 7]
    for position in loaded:
        with refused("locked"):
            acts.tick_all(cast.plan, position, cast.elin)
        with refused("not_from_the_bottom"):
            progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, position), by=cast.elin)


# ---- the page was older than the database


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


def test_without_a_page_a_colleague_is_told_who_passed_it(clock: time_machine.Traveller, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    with refused("already_passed") as caught:
        acts.decide(cast.plan, 1, cast.omar)
    assert str(caught.value) == "Elin E. already passed “Dowel hinge” on 2 March 09:00."


def test_a_withdrawal_makes_an_open_page_stale_and_names_who_withdrew(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    seen = cast.plan.seen
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.omar, reason="Lost.")
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


def test_pressing_not_yet_twice_from_one_page_is_one_review_and_from_the_next_page_another(cast: Cast) -> None:
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, "not_yet", seen)
    assert acts.decide(cast.plan, 1, cast.elin, "not_yet", seen) == first
    assert acts.decide(cast.plan, 1, cast.elin, "not_yet", cast.plan.seen) != first


def test_a_repeated_press_that_arrives_after_a_withdrawal_changes_nothing(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, seen=seen)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.omar, reason="Lost.")
    assert acts.decide(cast.plan, 1, cast.elin, seen=seen) == first
    assert acts.open_position(cast.plan) == 1


def test_a_repeated_press_that_arrives_after_the_plan_ended_is_still_answered(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    first = acts.decide(cast.plan, 1, cast.elin, seen=seen)
    plans.end(plan=cast.plan, by=cast.elin)
    assert acts.decide(cast.plan, 1, cast.elin, seen=seen) == first


def test_after_a_withdrawal_the_gate_is_decided_anew_and_not_by_the_old_review(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    with refused("criteria_left"):
        acts.decide(cast.plan, 1, cast.elin)
    with refused("criteria_left"):
        acts.decide(cast.plan, 1, cast.elin, seen=cast.plan.seen)


# ---- ticks


def test_ticking_again_keeps_the_first_clinicians_tick(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    first = progression.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    assert progression.tick(plan=cast.plan, criterion=criterion, by=cast.omar) == first
    assert Tick.objects.get().by == cast.elin


def test_a_tick_can_be_taken_back_by_a_colleague_and_twice_is_no_error(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    progression.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    progression.untick(plan=cast.plan, criterion=criterion, by=cast.omar)
    progression.untick(plan=cast.plan, criterion=criterion, by=cast.omar)
    assert not Tick.objects.exists()


def test_ticks_of_a_passed_rung_stay_as_they_were_decided(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    criterion = acts.criteria(cast.plan, 1)[0]
    with refused("already_passed"):
        progression.untick(plan=cast.plan, criterion=criterion, by=cast.elin)
    assert progression.tick(plan=cast.plan, criterion=criterion, by=cast.omar).by == cast.elin


@pytest.mark.parametrize("verb", [progression.tick, progression.untick])
def test_a_locked_rung_cannot_be_ticked_ahead(cast: Cast, verb: Callable[..., Any]) -> None:
    with refused("locked"):
        verb(plan=cast.plan, criterion=acts.criteria(cast.plan, 2)[0], by=cast.elin)


# ---- taking a pass back


def test_withdrawing_takes_back_the_rungs_above_and_names_the_first(cast: Cast) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    first = progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 2), by=cast.omar, reason="A long illness.")
    assert first.review.rung.position == 2
    assert first.cause is None
    above = Withdrawal.objects.exclude(pk=first.pk)
    assert [one.review.rung.position for one in above] == [3, 4]
    assert {(one.cause, one.by, one.reason) for one in above} == {(first, cast.omar, "A long illness.")}
    assert acts.passed(cast.plan) == [1]
    assert acts.open_position(cast.plan) == 2


def test_withdrawing_clears_every_tick_above_so_that_nothing_reopens_by_itself(cast: Cast) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 4, cast.elin)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 2), by=cast.elin, reason="Lost.")
    assert {tick.criterion.rung.position for tick in Tick.objects.all()} == {1}
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.passed(cast.plan) == [1, 2]
    for position in (3, 4):
        with refused("criteria_left" if position == 3 else "locked"):
            acts.decide(cast.plan, position, cast.elin)


def test_a_rung_withdrawn_and_passed_again_rests_on_the_new_review_alone(cast: Cast) -> None:
    old = factories.pass_open_rung(cast.plan, by=cast.elin)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    new = factories.pass_open_rung(cast.plan, by=cast.omar)
    assert Pass.objects.get().review == new
    assert [review.pk for review in cast.plan.reviews.all()] == [old.pk, new.pk]
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    assert set(Withdrawal.objects.values_list("review", flat=True)) == {old.pk, new.pk}


def test_a_pass_is_not_taken_back_without_a_reason(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for reason in ("", "   ", "\x00"):
        with refused("reason_missing"):
            progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason=reason)


def test_pressing_withdraw_twice_is_one_withdrawal_and_a_colleague_is_refused(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    one = acts.rung(cast.plan, 1)
    first = progression.withdraw(plan=cast.plan, rung=one, by=cast.elin, reason="Lost.")
    assert progression.withdraw(plan=cast.plan, rung=one, by=cast.elin, reason="Lost.") == first
    with refused("not_passed"):
        progression.withdraw(plan=cast.plan, rung=one, by=cast.omar, reason="Lost.")


def test_what_was_never_passed_cannot_be_withdrawn(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for position in (2, 3):
        with refused("not_passed"):
            progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, position), by=cast.elin, reason="Lost.")
    with refused("not_passed"):
        other = ladders.another().rungs.get(position=1)
        progression.withdraw(plan=cast.plan, rung=other, by=cast.elin, reason="Lost.")


# ---- placement


def test_a_capable_patient_is_placed_gate_by_gate_in_one_act(cast: Cast) -> None:
    reviews = progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2, 3), by=cast.elin, note="Sport.")
    assert [(review.rung.position, review.kind, review.note) for review in reviews] == [
        (1, "placement", "Sport."),
        (2, "placement", "Sport."),
        (3, "placement", "Sport."),
    ]
    assert ReviewTick.objects.count() == len(acts.criteria(cast.plan, 1, 2, 3))
    assert acts.open_position(cast.plan) == 4


def test_pressing_place_twice_places_once(cast: Cast) -> None:
    wanted = acts.criteria(cast.plan, 1, 2)
    first = progression.place(plan=cast.plan, criteria=wanted, by=cast.elin)
    assert progression.place(plan=cast.plan, criteria=wanted, by=cast.elin) == first
    with refused("already_passed"):
        progression.place(plan=cast.plan, criteria=wanted, by=cast.omar)


def test_a_placement_with_one_criterion_left_places_nothing_at_all(cast: Cast) -> None:
    wanted = acts.criteria(cast.plan, 1, 2, 3)[:-1]
    with refused("criteria_left"):
        progression.place(plan=cast.plan, criteria=wanted, by=cast.elin)


def test_a_placement_cannot_skip_a_rung(cast: Cast) -> None:
    for positions in [(2,), (1, 3), (2, 3), (7,)]:
        with refused("not_from_the_bottom"):
            progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, *positions), by=cast.elin)


def test_a_placement_of_nothing_or_of_another_ladder_is_refused(cast: Cast) -> None:
    with refused("nothing_ticked"):
        progression.place(plan=cast.plan, criteria=[], by=cast.elin)
    foreign = list(ladders.another().rungs.get(position=1).criteria.all())
    with refused("other_ladder"):
        progression.place(plan=cast.plan, criteria=[*acts.criteria(cast.plan, 1), *foreign], by=cast.elin)


def test_a_placement_stops_at_the_goal(cast: Cast) -> None:
    plans.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 2), by=cast.elin)
    with refused("locked"):
        progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2, 3), by=cast.elin)


def test_a_placement_keeps_ticks_that_a_colleague_had_made(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    progression.tick(plan=cast.plan, criterion=criterion, by=cast.omar)
    (review,) = progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    assert review.ticks.get(criterion=criterion).by == cast.omar


@pytest.mark.parametrize("how", ["passed", "not_yet", "place"])
def test_any_decision_answers_the_request_for_a_review(cast: Cast, how: str) -> None:
    plans.request_review(plan=cast.plan, by=cast.maya.user)
    acts.tick_all(cast.plan, 1, cast.elin)
    if how == "place":
        progression.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    else:
        acts.decide(cast.plan, 1, cast.elin, how)
    assert ReviewRequest.objects.get().closed_at is not None
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.asked_at is None


# ---- an ended plan


def test_an_ended_plan_is_history_and_changes_no_more(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plans.end(plan=cast.plan, by=cast.elin)
    for verb in GATE_VERBS.keys() - {"assign"}:
        with refused("plan_ended"):
            GATE_VERBS[verb](cast.plan, cast.elin)
