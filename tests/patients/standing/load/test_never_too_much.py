"""Whatever somebody does and tells, more is proposed only after what went well, and never far."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from patients.standing.load.parts import Proposal
from tests.patients.standing.load.test_twelve_weeks import MONDAY, Course
from tests.patients.standing.load.twelve_weeks import Person

MORE = {"return", "sets", "reps", "weight", "big_step"}
SESSIONS = 60


def _person(chance: random.Random) -> Person:
    weights = sorted(chance.sample(range(2, 41), chance.randint(1, 12)))
    start = (chance.choice(weights), chance.choice((2, 3)), chance.choice((6, 8, 10)))
    return Person(tuple(float(kg) for kg in weights), start, "", high=start[2] + 4)


def _said(chance: random.Random, weights: tuple[float, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "reserve": chance.choice((None, 0, 1, 2, 3, 3, 3, 4, 4, 4)),
        "band": chance.choice(("fine",) * 9 + ("ease", "stop", None)),
        "worse": chance.choice((False,) * 9 + (True, None)),
        "share": chance.choice((1,) * 9 + (0.5, 0.9, 1.5)),
    }
    return said | ({"weight": chance.choice(weights)} if chance.random() < 0.05 else {})


def _check(course: Course, proposal: Proposal, said: dict[str, Any], weight: float) -> None:
    aim = proposal.aim
    assert aim.reps <= max(15, course.person.high)
    if proposal.kind in MORE:
        _went_well(said)
    if proposal.kind in {"weight", "big_step"}:
        assert (said["worse"], said["band"]) == (False, "fine")
        assert aim.weight in course.person.weights
        _is_near(aim.weight - weight, weight, big=proposal.kind == "big_step")
    elif proposal.kind != "return":
        assert aim.weight <= weight


def _went_well(said: dict[str, Any]) -> None:
    assert said["reserve"] in {2, 3, 4}
    assert said["band"] in {"fine", None}
    assert said["worse"] is not True
    assert 1 <= said["share"] <= 1.25


def _is_near(step: float, weight: float, *, big: bool) -> None:
    usual = max(2.5, weight / 10) + 1e-6
    assert 0 < step <= (max(4, weight / 4) if big else usual)
    assert (step > usual) == big


@pytest.mark.parametrize("seed", range(40))
def test_more_is_proposed_only_after_what_went_well_and_never_far(seed: int) -> None:
    chance = random.Random(seed)
    course = Course(_person(chance))
    day = MONDAY
    for _ in range(SESSIONS):
        said = _said(chance, course.person.weights)
        course.train(day, said)
        proposal = course.proposed(day)
        _check(course, proposal, said, course.doses[-1].aim.weight)
        if proposal.to_sign:
            course.add(day, proposal)
        day += timedelta(days=chance.choice((2, 2, 3, 3, 5, 14)))
