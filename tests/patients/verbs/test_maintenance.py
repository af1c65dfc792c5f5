"""After the last pass: the level that was prescribed last, two sets, on two days a week."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.position import current_level
from patients.standing.training_days import keeping_up, running_days
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, press_passed

MON = 0
THU = 3
MON_THU = 0b0001001


@pytest.fixture
def at_the_top(cast: Cast) -> Cast:
    """Every gate but the last is passed; the last one is ticked."""
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    factories.tick_open_rung(cast.plan, by=cast.elin)
    return cast


def _level(plan: Plan, position: int, nth: int) -> Level:
    return list(acts.rung(plan, position).levels.filter(helper=False).order_by("position"))[nth]


def _prescribe(cast: Cast, level: Level, **dose: Any) -> Prescription:
    said = {"sets": 3, "reps": 8, **dose}
    return plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **said)


def _now(cast: Cast) -> Level | None:
    return current_level(cast.plan, cast.harbour.today()).level


def test_the_last_pass_asks_for_days_far_apart_and_takes_a_set_away(at_the_top: Cast) -> None:
    cast = at_the_top
    level = _level(cast.plan, 7, 1)
    _prescribe(cast, level)
    plan_verbs.choose_level(plan=cast.plan, level=level, by=cast.elin)
    elin = browser(cast.elin)
    page = chart(elin, cast.maya)
    assert "two sets on two days a week keep up what was reached" in page
    assert press_passed(elin, cast.plan, 7).status_code == 422
    assert cast.plan.passes.count() == 6
    assert press_passed(elin, cast.plan, 7, weekdays=[MON, THU]).status_code == 303
    assert cast.plan.schedules.last().weekdays == MON_THU  # type: ignore[union-attr]
    dose = cast.plan.prescriptions.last()
    assert dose is not None
    assert (dose.level, dose.sets, dose.reps) == (level, 2, 8)
    assert "Mon, Thu" in chart(elin, cast.maya)


def test_what_was_prescribed_last_is_kept_and_not_the_top_level(at_the_top: Cast) -> None:
    cast = at_the_top
    kettlebell = acts.rung(cast.plan, 6).levels.get(slug="kettlebell-floor")
    _prescribe(cast, _level(cast.plan, 7, 0))
    _prescribe(cast, kettlebell, load=12)
    acts.decide(cast.plan, 7, cast.elin)
    assert _now(cast) == kettlebell
    dose = cast.plan.prescriptions.last()
    assert dose is not None
    assert (dose.level, dose.sets, float(dose.load or 0)) == (kettlebell, 2, 12.0)


def test_a_dose_that_is_small_already_stays_as_it_is(at_the_top: Cast) -> None:
    cast = at_the_top
    dose = _prescribe(cast, _level(cast.plan, 7, 0), sets=1)
    acts.decide(cast.plan, 7, cast.elin)
    assert cast.plan.prescriptions.last() == dose


def test_where_nothing_was_prescribed_the_level_that_was_practised_is_kept(
    at_the_top: Cast,
) -> None:
    cast = at_the_top
    before = _now(cast)
    acts.decide(cast.plan, 7, cast.elin)
    assert _now(cast) == before


def test_a_helper_is_not_kept_though_it_was_prescribed_last(at_the_top: Cast) -> None:
    cast = at_the_top
    helper = acts.rung(cast.plan, 6).levels.filter(helper=True)[0]
    first = _level(cast.plan, 7, 0)
    _prescribe(cast, first)
    _prescribe(cast, helper)
    acts.decide(cast.plan, 7, cast.elin)
    assert _now(cast) == first


def test_a_lower_goal_is_kept_up_in_the_same_way(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    plan = Plan.objects.get(pk=cast.plan.pk)
    factories.tick_open_rung(plan, by=cast.elin)
    with acts.refused("days_missing"):
        gate_verbs.decide(plan=plan, rung=acts.rung(plan, 1), outcome="passed", by=cast.elin)
    gate_verbs.decide(
        plan=plan, rung=acts.rung(plan, 1), outcome="passed", by=cast.elin, weekdays=MON_THU
    )
    assert plan.schedules.last().weekdays == MON_THU  # type: ignore[union-attr]


def test_the_last_pass_taken_back_brings_the_dose_and_the_days_back(at_the_top: Cast) -> None:
    cast = at_the_top
    level = _level(cast.plan, 7, 0)
    before = _prescribe(cast, level, sets=3)
    days = cast.plan.schedules.last()
    review = gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 7),
        outcome="passed",
        by=cast.elin,
        weekdays=MON_THU,
    )
    gate_verbs.undo(review=review, by=cast.elin)
    again = cast.plan.prescriptions.last()
    assert again is not None
    assert again.pk != before.pk
    assert (again.level, again.sets, again.reps) == (level, 3, 8)
    assert days is not None
    assert cast.plan.schedules.last().weekdays == days.weekdays  # type: ignore[union-attr]


@given(st.integers(1, 127))
def test_two_days_far_apart_are_proposed_among_those_of_now(weekdays: int) -> None:
    proposed = keeping_up(weekdays)
    assert proposed & ~weekdays == 0
    assert 1 <= proposed.bit_count() <= 2
    apart = any(
        not running_days(1 << one | 1 << other)
        for one in range(7)
        for other in range(7)
        if one != other and weekdays >> one & weekdays >> other & 1
    )
    assert not (apart and running_days(proposed))


def test_every_day_becomes_monday_and_thursday() -> None:
    assert keeping_up(127) == MON_THU
