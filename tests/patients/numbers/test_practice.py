"""How much of the planned days is practised, and the pain told with it, rung by rung."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from patients.models import Plan
from patients.verbs import plan as plan_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.numbers.crowd import FEW, HIDDEN, page, passing, plans, table

FIRST = "1 Dowel hinge"
SECOND = "2 Butt taps"
LITTLE = "Under a quarter of the planned days"
SOME = "A quarter to half"
MUCH = "Half to three quarters"
MOST = "Three quarters or more"
#: Monday, Wednesday and Friday.
THREE_A_WEEK = 0b0010101


def practising(clock: time_machine.Traveller, crowd: list[Plan], days: int, every: int) -> None:
    """So many days go by. On the first and on every so manieth day all of them practise."""
    for day in range(days):
        for plan in crowd if day % every == 0 else ():
            acts.log(plan)
        clock.shift(timedelta(days=1))


def test_a_clinician_reads_how_much_of_the_planned_days_people_practise(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    often = plans(5, cast.elin)
    plans(5, cast.elin)
    practising(clock, often, 8, every=1)
    assert table(cast.elin, "kept") == {LITTLE: ["5"], SOME: [FEW], MUCH: [FEW], MOST: ["5"]}


def test_days_away_and_days_of_rest_are_not_planned(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        plan_verbs.schedule(plan=plan, weekdays=THREE_A_WEEK, by=cast.elin)
    # Three weeks with nine planned days, on six of which they practise.
    for _week in range(2):
        practising(clock, crowd, 6, every=2)
        clock.shift(timedelta(days=1))
    clock.shift(timedelta(days=7))
    for plan in crowd:
        plan_verbs.pause(plan=plan, by=plan.patient.user)
    clock.shift(timedelta(days=30))
    assert table(cast.elin, "kept")[MUCH] == ["5"]
    assert "Practised: about 70 % of the planned days, in the middle" in page(cast.elin)


def test_who_has_just_begun_is_not_counted(clock: time_machine.Traveller, cast: Cast) -> None:
    practising(clock, plans(5, cast.elin), 6, every=1)
    assert table(cast.elin, "kept")[MOST] == [FEW]


def test_a_corrected_day_is_one_day(clock: time_machine.Traveller, cast: Cast) -> None:
    """Practised on three of eight days, and each of the three was put right once."""
    crowd = plans(5, cast.elin)
    for _day in range(3):
        for plan in crowd:
            acts.log(plan, corrects=acts.log(plan, pain=2), pain=4)
        clock.shift(timedelta(days=1))
    clock.shift(timedelta(days=5))
    assert table(cast.elin, "kept")[SOME] == ["5"]
    assert table(cast.elin, "pain")[FIRST] == ["4.0", "4.0 to 4.0", "5"]


def test_a_clinician_reads_the_pain_told_on_each_rung(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    for plan, pain in zip(crowd, (0, 1, 2, 3, 5), strict=True):
        acts.log(plan, pain=pain)
    passing(clock, [(plan, 1) for plan in crowd])
    for plan in crowd[:4]:
        acts.log(plan, level=acts.level(plan, 2), pain=1)
    assert table(cast.elin, "pain")[FIRST] == ["2.0", "1.0 to 3.0", "5"]
    assert table(cast.elin, "pain")[SECOND] == HIDDEN
    shown = page(cast.elin)
    assert "this shows no effect" in shown
    assert "Pain while practising: 2.0 on rung 1<" in shown


def test_the_title_names_the_lowest_and_the_highest_rung_that_are_shown(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    for position in (1, 2):
        passing(clock, [(plan, 1) for plan in crowd])
        for plan in crowd:
            acts.log(plan, level=acts.level(plan, position + 1), pain=position)
        clock.shift(timedelta(days=1))
    assert "Pain while practising: 1.0 on rung 2, 2.0 on rung 3" in page(cast.elin)


def test_a_day_without_a_number_is_no_zero(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        acts.log(plan, pain=3)
    clock.shift(timedelta(days=1))
    for plan in crowd:
        acts.log(plan)
    acts.log(cast.plan)
    assert table(cast.elin, "pain")[FIRST] == ["3.0", "3.0 to 3.0", "5"]
