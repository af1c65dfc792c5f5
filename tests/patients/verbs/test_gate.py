"""The gate: what a clinician can rely on when a rung opens, and what cannot open one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model

from accounts.models import User
from patients.models import Plan, ReviewTick, Tick
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused

# ---- who


def _wrong(cast: Cast, who: str) -> User:
    if who == "ended":
        get_user_model().objects.filter(pk=cast.elin.pk).update(is_active=False)
        return User.objects.get(pk=cast.elin.pk)
    return {"other clinic": cast.ines, "patient": cast.maya.user, "other patient": cast.noor.user}[
        who
    ]


GATE_VERBS: dict[str, Callable[[Plan, User], Any]] = {
    "assign": lambda plan, by: gate_verbs.assign(patient=plan.patient, ladder=plan.ladder, by=by),
    "tick": lambda plan, by: gate_verbs.tick(plan=plan, criterion=acts.criteria(plan, 2)[0], by=by),
    "untick": lambda plan, by: gate_verbs.untick(
        plan=plan, criterion=acts.criteria(plan, 2)[0], by=by
    ),
    "decide": lambda plan, by: acts.decide(plan, 2, by),
    "not yet": lambda plan, by: acts.decide(plan, 2, by, "not_yet"),
    "place": lambda plan, by: gate_verbs.place(plan=plan, criteria=acts.criteria(plan, 2), by=by),
    "withdraw": lambda plan, by: gate_verbs.withdraw(
        plan=plan, rung=acts.rung(plan, 1), by=by, reason="Lost."
    ),
}


@pytest.mark.parametrize("who", ["other clinic", "patient", "other patient", "ended"])
def test_only_an_active_clinician_of_the_patients_clinic_works_at_the_gate(
    cast: Cast, who: str
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    by = _wrong(cast, who)
    for verb in GATE_VERBS.values():
        with refused("not_yours"):
            verb(cast.plan, by)


def test_an_owner_can_do_all_that_a_clinician_can(cast: Cast) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.petra)
    assert review.by == cast.petra
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.petra, reason="Lost.")
    assert acts.open_position(cast.plan) == 1


# ---- passing


def test_a_pass_opens_the_next_rung_and_no_other(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.passed(cast.plan) == [1]
    assert acts.open_position(cast.plan) == 2


def test_pressing_early_says_which_criteria_are_left(cast: Cast) -> None:
    first, *rest = acts.criteria(cast.plan, 1)
    for criterion in rest:
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
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
    early = gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.omar)
    clock.shift(3600)
    for criterion in rest:
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    review = acts.decide(cast.plan, 1, cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    kept = ReviewTick.objects.filter(review=review)
    assert kept.count() == len(rest) + 1
    assert kept.filter(criterion=first, by=cast.omar, at=early.at).exists()


def test_not_yet_leaves_the_ticks_standing_and_opens_nothing(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    review = gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        outcome="not_yet",
        by=cast.elin,
        note=" Slower, please. ",
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
        gate_verbs.decide(
            plan=cast.plan,
            rung=acts.rung(cast.plan, 1),
            outcome="passed",
            by=cast.elin,
            note="x" * 10_000,
        )


def test_a_rung_of_another_ladder_is_not_decided_on_this_plan(cast: Cast) -> None:
    other = ladders.another().rungs.get(position=1)
    with refused("other_ladder"):
        gate_verbs.decide(plan=cast.plan, rung=other, outcome="not_yet", by=cast.elin)
    with refused("other_ladder"):
        gate_verbs.tick(plan=cast.plan, criterion=other.criteria.all()[0], by=cast.elin)


def test_a_rung_of_an_older_ladder_is_not_decided_on_a_plan_of_a_newer_one(cast: Cast) -> None:
    hinge = acts.rung(cast.plan, 1)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    squat = gate_verbs.assign(patient=cast.maya, ladder=ladders.another(), by=cast.elin)
    with refused("other_ladder"):
        gate_verbs.decide(plan=squat, rung=hinge, outcome="not_yet", by=cast.elin)


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
            gate_verbs.place(
                plan=cast.plan, criteria=acts.criteria(cast.plan, position), by=cast.elin
            )


# ---- ticks


def test_ticking_again_keeps_the_first_clinicians_tick(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    first = gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    assert gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.omar) == first
    assert Tick.objects.get().by == cast.elin


def test_a_tick_can_be_taken_back_by_a_colleague_and_twice_is_no_error(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    gate_verbs.untick(plan=cast.plan, criterion=criterion, by=cast.omar)
    gate_verbs.untick(plan=cast.plan, criterion=criterion, by=cast.omar)
    assert not Tick.objects.exists()


def test_ticks_of_a_passed_rung_stay_as_they_were_decided(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    criterion = acts.criteria(cast.plan, 1)[0]
    with refused("already_passed"):
        gate_verbs.untick(plan=cast.plan, criterion=criterion, by=cast.elin)
    assert gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.omar).by == cast.elin


@pytest.mark.parametrize("verb", [gate_verbs.tick, gate_verbs.untick])
def test_a_locked_rung_cannot_be_ticked_ahead(cast: Cast, verb: Callable[..., Any]) -> None:
    with refused("locked"):
        verb(plan=cast.plan, criterion=acts.criteria(cast.plan, 2)[0], by=cast.elin)


# ---- an ended plan


def test_an_ended_plan_is_history_and_changes_no_more(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    for verb in GATE_VERBS.keys() - {"assign"}:
        with refused("plan_ended"):
            GATE_VERBS[verb](cast.plan, cast.elin)


# ---- a stop that waits


@pytest.mark.parametrize("said", [{"pain": 6}, {"leg": "numb"}, {"leg": "weak"}])
def test_no_gate_opens_over_a_stop_that_nobody_answered(cast: Cast, said: dict[str, Any]) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    stop = acts.log(cast.plan, **said).stops.get()
    with refused("stop_unanswered"):
        acts.decide(cast.plan, 1, cast.elin)
    with refused("stop_unanswered"):
        gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2), by=cast.elin)
    assert acts.passed(cast.plan) == []
    acts.decide(cast.plan, 1, cast.elin, "not_yet")
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.", **acts.SEEN)
    acts.decide(cast.plan, 1, cast.elin)
    assert acts.passed(cast.plan) == [1]


def test_nothing_is_ticked_while_a_leg_is_weak_but_pain_does_not_hide_what_was_seen(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=6)
    acts.tick_all(cast.plan, 1, cast.elin)
    clock.shift(timedelta(days=1))
    stop = acts.log(cast.plan, leg="weak").stops.get()
    gate_verbs.untick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)
    with refused("stop_unanswered"):
        acts.tick_all(cast.plan, 1, cast.elin)
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", **acts.SEEN)
    acts.tick_all(cast.plan, 1, cast.elin)


def test_the_days_chosen_with_a_pass_hold_from_its_day_on(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    review = gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        outcome="passed",
        by=cast.elin,
        weekdays=0b0010101,
    )
    schedule = cast.plan.schedules.last()
    assert schedule is not None
    assert (schedule.weekdays, schedule.from_day) == (0b0010101, cast.harbour.today())
    assert schedule.review == review
