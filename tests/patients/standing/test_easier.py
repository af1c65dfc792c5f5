"""What a stop leaves of the drill, for every combination, and how much an easier day is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from patients.models import Prescription, StopCause, StopDrill
from patients.standing.calendar import Calendar
from patients.standing.day_state import DrillLeft
from patients.standing.easier import NO_DRILL, NO_STOP, WaitingStop, half, left_of

MONDAY = date(2026, 3, 2)
EVERY_DAY = Calendar(MONDAY - timedelta(days=99), [(MONDAY - timedelta(days=99), 127)], [])
WEEKDAYS = Calendar(MONDAY - timedelta(days=99), [(MONDAY - timedelta(days=99), 0b10101)], [])
EASIER = StopDrill.EASIER


def stop(cause: str = "pain", drill: StopDrill = EASIER, ago: int = 0) -> WaitingStop:
    return WaitingStop(cause, drill, MONDAY - timedelta(days=ago))


def test_without_a_stop_the_drill_is_whole() -> None:
    assert left_of([], EVERY_DAY, MONDAY) == NO_STOP


@pytest.mark.parametrize("cause", ["pain", "morning", "below_knee"])
def test_a_stop_ends_its_own_day_and_leaves_five_easier_planned_days(cause: str) -> None:
    told = left_of([stop(cause)], EVERY_DAY, MONDAY)
    assert (told.drill, told.ended_today, told.nth) == (DrillLeft.EASIER, True, 0)
    for ago in range(1, 6):
        left = left_of([stop(cause, ago=ago)], EVERY_DAY, MONDAY)
        assert (left.drill, left.ended_today, left.nth) == (DrillLeft.EASIER, False, ago)
    for ago in (6, 7, 30):
        over = left_of([stop(cause, ago=ago)], EVERY_DAY, MONDAY)
        assert (over.drill, over.used_up) == (DrillLeft.NONE, True)


def test_only_planned_days_are_counted() -> None:
    nths = [left_of([stop(ago=ago)], WEEKDAYS, MONDAY).nth for ago in range(1, 12)]
    assert nths == [1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5]
    assert left_of([stop(ago=12)], WEEKDAYS, MONDAY).nth == 5
    assert left_of([stop(ago=13)], WEEKDAYS, MONDAY).used_up


def test_a_flare_before_practice_has_its_first_easier_day_at_once() -> None:
    nths = [left_of([stop("flare", ago=ago)], EVERY_DAY, MONDAY).nth for ago in range(5)]
    assert nths == [1, 2, 3, 4, 5]
    assert not left_of([stop("flare")], EVERY_DAY, MONDAY).ended_today
    assert left_of([stop("flare", ago=5)], EVERY_DAY, MONDAY).used_up


def test_every_pair_of_stops_leaves_no_more_than_the_worse_of_the_two() -> None:
    order = [DrillLeft.WHOLE, DrillLeft.EASIER, DrillLeft.NONE]
    kinds = [(cause, drill) for cause in StopCause.values for drill in StopDrill]
    for (one, other), ago, offered in product(product(kinds, repeat=2), range(7), (True, False)):
        first = stop(*one, ago=ago)
        second = stop(*other, ago=1)
        left = left_of([first, second], EVERY_DAY, MONDAY, offered=offered)
        alone = [
            left_of([first], EVERY_DAY, MONDAY, offered=offered).drill,
            left_of([second], EVERY_DAY, MONDAY, offered=offered).drill,
        ]
        assert order.index(left.drill) >= max(map(order.index, alone))
        two_of_pain = {one[0], other[0]} <= {"pain", "morning", "flare"}
        if two_of_pain or not offered or StopDrill.NONE in {one[1], other[1]}:
            assert left == NO_DRILL


@pytest.mark.parametrize(
    ("reps", "halved"), [(1, 1), (3, 3), (4, 4), (7, 4), (8, 4), (9, 4), (10, 5), (15, 7), (30, 15)]
)
def test_half_a_dose_keeps_all_but_the_repetitions(reps: int, halved: int) -> None:
    said: dict[str, Any] = {"plan_id": 1, "level_id": 2, "sets": 3, "seconds": 4, "load": 8}
    dose = Prescription(pk=7, reps=reps, per_side=True, max_depth="knee", word="Slowly.", **said)
    less = half(dose)
    assert less.reps == halved
    assert not less.pk
    assert {name: getattr(less, name) for name in said} == said
    assert (less.per_side, less.max_depth, less.word) == (True, "knee", "Slowly.")
