"""Days on a rung: the middle and the middle half, of passes at the gate that stand."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import take_up as take_up_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.numbers.crowd import FEW, HIDDEN, page, passing, plans, table

FIRST = "1 Dowel hinge"
SECOND = "2 Butt taps"


def days_of(cast: Cast, rung: str = FIRST) -> list[str]:
    return table(cast.elin, "days")[rung]


def test_a_clinician_reads_how_long_a_rung_takes(clock: time_machine.Traveller, cast: Cast) -> None:
    passing(clock, zip(plans(20, cast.elin), [2] * 5 + [4] * 5 + [8] * 10, strict=True))
    assert days_of(cast) == ["6", "4 to 8", "20"]
    assert days_of(cast, SECOND) == HIDDEN
    assert "Rung 1 took those who passed it about 6 days" in page(cast.elin)


def test_days_of_fewer_than_20_people_are_rounded_to_whole_weeks(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    passing(clock, zip(plans(5, cast.elin), (2, 3, 10, 11, 20), strict=True))
    assert days_of(cast) == ["7", "under 4 to 14", "5"]
    assert "Middles and means of fewer than 20 people are rounded" in page(cast.elin)


def test_the_rung_that_took_longest_is_named_only_if_it_took_a_week_more(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(20, cast.elin)
    passing(clock, [(plan, 3) for plan in crowd])
    passing(clock, [(plan, 9) for plan in crowd])
    assert "took longest" not in page(cast.elin)
    passing(clock, [(plan, 16) for plan in crowd])
    assert "Of those who passed, rung 3 took longest: about 16 days" in page(cast.elin)


def test_four_people_are_too_few(clock: time_machine.Traveller, cast: Cast) -> None:
    passing(clock, zip(plans(4, cast.elin), (2, 4, 6, 8), strict=True))
    assert days_of(cast) == HIDDEN
    assert f"1 Dowel hinge, not shown, not shown, {FEW}" not in page(cast.elin)


def test_a_rung_passed_in_the_first_assessment_took_no_days(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        gate_verbs.place(plan=plan, criteria=acts.criteria(plan, 1), by=cast.elin)
    passing(clock, [(plan, 21) for plan in crowd])
    assert days_of(cast) == HIDDEN
    assert days_of(cast, SECOND) == ["21", "21 to 21", "5"]


def test_after_a_loss_the_days_until_the_next_pass_are_added(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    passing(clock, [(plan, 21) for plan in crowd])
    clock.shift(timedelta(days=14))
    for plan in crowd:
        gate_verbs.withdraw(plan=plan, rung=acts.rung(plan, 1), by=cast.elin, reason="Lost.")
    clock.shift(timedelta(days=7))
    assert days_of(cast) == HIDDEN
    passing(clock, [(plan, 21) for plan in crowd])
    clock.shift(timedelta(days=7))
    assert days_of(cast) == ["49", "49 to 49", "5"]


def test_a_slip_is_as_if_it_had_not_happened(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = plans(5, cast.elin)
    clock.shift(timedelta(days=14))
    for plan in crowd:
        gate_verbs.undo(review=factories.pass_open_rung(plan, by=cast.elin), by=cast.elin)
    passing(clock, [(plan, 21) for plan in crowd])
    assert days_of(cast) == ["35", "35 to 35", "5"]


def test_a_newer_edition_goes_on_with_the_days_and_carries_no_pass_as_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    passing(clock, [(plan, 14) for plan in crowd])
    newer = ladders.next_edition(factories.hip_hinge())
    clock.shift(timedelta(days=28))
    moved = [edition_verbs.move(plan=plan, ladder=newer, by=cast.elin) for plan in crowd]
    passing(clock, [(plan, 35) for plan in moved])
    assert days_of(cast) == ["14", "14 to 14", "5"]
    assert days_of(cast, SECOND) == ["63", "63 to 63", "5"]


def test_the_days_between_two_plans_do_not_count(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = plans(5, cast.elin)
    clock.shift(timedelta(days=28))
    for plan in crowd:
        take_up_verbs.set_aside(plan=plan, by=cast.elin, reason="Another ladder first.")
    clock.shift(timedelta(days=50))
    again = [take_up_verbs.take_up(plan=plan, by=cast.elin) for plan in crowd]
    passing(clock, [(plan, 21) for plan in again])
    assert days_of(cast) == ["49", "49 to 49", "5"]


def test_days_away_do_not_count(clock: time_machine.Traveller, cast: Cast) -> None:
    """Two weeks of practice, thirty days away, and five weeks of practice up to the pass."""
    crowd = plans(5, cast.elin)
    clock.shift(timedelta(days=14))
    for plan in crowd:
        plan_verbs.pause(plan=plan, by=plan.patient.user)
    clock.shift(timedelta(days=30))
    for plan in crowd:
        plan_verbs.resume(plan=plan, by=plan.patient.user)
    passing(clock, [(plan, 35) for plan in crowd])
    assert days_of(cast) == ["49", "49 to 49", "5"]


def test_a_ladder_begun_anew_is_counted_from_its_new_beginning(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    clock.shift(timedelta(days=28))
    for plan in crowd:
        plan_verbs.end(plan=plan, by=cast.elin)
    anew = [factories.plan(plan.patient) for plan in crowd]
    passing(clock, [(plan, 21) for plan in anew])
    assert days_of(cast) == ["21", "21 to 21", "5"]


def test_a_shorter_time_leaves_out_what_was_passed_before_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    passing(clock, [(plan, 21) for plan in plans(5, cast.elin)])
    clock.shift(timedelta(days=100))
    assert table(cast.elin, "days", period="3")[FIRST] == HIDDEN
    assert table(cast.elin, "days", period="12")[FIRST] == ["21", "21 to 21", "5"]
    assert table(cast.elin, "days", period="all")[FIRST] == ["21", "21 to 21", "5"]


def test_each_ladder_is_counted_apart(clock: time_machine.Traveller, cast: Cast) -> None:
    squat = ladders.another()
    crowd = [*plans(4, cast.elin), *plans(5, cast.elin, squat)]
    passing(clock, [(plan, 21) for plan in crowd])
    assert table(cast.elin, "days", ladder="hip-hinge")[FIRST] == HIDDEN
    assert table(cast.elin, "days", ladder="squat")[FIRST] == ["21", "21 to 21", "5"]
