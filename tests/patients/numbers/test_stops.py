"""Where people stop, and which criterion holds them up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from curriculum.models import Criterion
from curriculum.screening import red_flags
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import take_up as take_up_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.numbers.crowd import FEW, not_yet, page, passing, plans, table

FIRST = "1 Dowel hinge"
SECOND = "2 Butt taps"


def newest_words(criterion: Criterion) -> str:
    """A criterion of the first rung as the newest edition puts it, behind the rung's number."""
    return f"1 {Criterion.objects.get(rung__ladder=factories.newest(), slug=criterion.slug).text}"


def stopped_on(cast: Cast, rung: str = FIRST, **chosen: str) -> str:
    return table(cast.elin, "stops", **chosen)[rung][2]


def test_a_clinician_reads_on_which_rung_plans_end_before_their_goal(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(15, cast.elin)
    passing(clock, [(plan, 3) for plan in crowd[:10]])
    for plan in crowd[:5]:
        plan_verbs.end(plan=plan, by=cast.elin)
    rows = table(cast.elin, "stops")
    # Maya is on the first rung as well: 16 people are about 15.
    assert rows[FIRST] == ["15", "10", FEW]
    assert rows[SECOND] == ["10", FEW, "5"]


@pytest.mark.parametrize(("on_first", "named"), [(7, False), (12, True)])
def test_the_rung_on_which_most_stop_is_named_only_if_many_more_stop_there(
    clock: time_machine.Traveller, cast: Cast, on_first: int, named: bool
) -> None:
    crowd = plans(on_first, cast.elin)
    for plan in crowd:
        plan_verbs.end(plan=plan, by=cast.elin)
    shown = page(cast.elin)
    assert ("More people stop on rung 1 than on any other" in shown) is named
    assert ("Where people stop" in shown) is not named


def test_who_reached_the_goal_has_not_stopped(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 1), by=cast.elin)
    passing(clock, [(plan, 3) for plan in crowd])
    for plan in crowd:
        plan_verbs.end(plan=plan, by=cast.elin)
    assert [row[2] for row in table(cast.elin, "stops").values()] == [FEW] * 7
    assert table(cast.elin, "stops")[FIRST] == ["5", "5", FEW]


def test_who_goes_on_later_has_not_stopped(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        take_up_verbs.set_aside(plan=plan, by=cast.elin, reason="Another ladder first.")
    assert table(cast.elin, "stops")[FIRST] == ["5", FEW, "5"]
    clock.shift(timedelta(days=10))
    for plan in crowd:
        take_up_verbs.take_up(plan=plan, by=cast.elin)
    assert table(cast.elin, "stops")[FIRST] == ["5", FEW, FEW]


@pytest.mark.parametrize(("days", "stopped"), [(27, FEW), (28, "5")])
def test_who_practises_nothing_for_28_days_has_stopped(
    clock: time_machine.Traveller, cast: Cast, days: int, stopped: str
) -> None:
    crowd = plans(5, cast.elin)
    clock.shift(timedelta(days=3))
    for plan in crowd:
        acts.log(plan)
    acts.log(cast.plan)
    clock.shift(timedelta(days=days))
    acts.log(cast.plan)
    assert table(cast.elin, "stops")[FIRST][2] == stopped


def test_who_is_away_has_not_stopped(clock: time_machine.Traveller, cast: Cast) -> None:
    for plan in plans(5, cast.elin):
        plan_verbs.pause(plan=plan, by=plan.patient.user)
    acts.log(cast.plan)
    clock.shift(timedelta(days=40))
    assert table(cast.elin, "stops")[FIRST][2] == FEW


@pytest.mark.parametrize(("days", "stopped"), [(17, FEW), (18, "5")])
def test_days_away_are_not_among_the_28(
    clock: time_machine.Traveller, cast: Cast, days: int, stopped: str
) -> None:
    """Ten days without practice, 34 days away, and so many days back without practice."""
    crowd = plans(5, cast.elin)
    for plan in crowd:
        acts.log(plan)
    clock.shift(timedelta(days=11))
    for plan in crowd:
        plan_verbs.pause(plan=plan, by=plan.patient.user)
    clock.shift(timedelta(days=34))
    for plan in crowd:
        plan_verbs.resume(plan=plan, by=plan.patient.user)
    clock.shift(timedelta(days=days - 1))
    assert stopped_on(cast) == stopped


def test_who_passed_a_rung_yesterday_has_not_stopped(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    for plan in crowd:
        acts.log(plan)
    passing(clock, [(plan, 31) for plan in crowd])
    clock.shift(timedelta(days=1))
    assert stopped_on(cast, SECOND) == FEW
    clock.shift(timedelta(days=27))
    assert stopped_on(cast, SECOND) == "5"


def test_who_waits_for_an_answer_of_the_clinic_has_not_stopped(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stops = [acts.log(plan, pain=8).stops.get() for plan in plans(5, cast.elin)]
    clock.shift(timedelta(days=29))
    assert stopped_on(cast) == FEW
    for stop in stops:
        stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Gently.")
    clock.shift(timedelta(days=27))
    assert stopped_on(cast) == FEW
    clock.shift(timedelta(days=1))
    assert stopped_on(cast) == "5"


def test_who_is_not_cleared_has_not_stopped(clock: time_machine.Traveller, cast: Cast) -> None:
    for plan in plans(5, cast.elin):
        screening_verbs.screen(
            patient=plan.patient,
            by=cast.elin,
            items=dict.fromkeys(red_flags(), "no") | {next(iter(red_flags())): "yes"},
            outcome="not_cleared",
            words="To a doctor first.",
        )
    clock.shift(timedelta(days=40))
    acts.log(cast.plan)
    assert stopped_on(cast) == FEW


@pytest.mark.parametrize("period", ["3", "12", "all"])
def test_who_stopped_long_ago_is_counted_in_every_time_while_the_plan_runs(
    clock: time_machine.Traveller, cast: Cast, period: str
) -> None:
    crowd = plans(10, cast.elin)
    for plan in crowd:
        acts.log(plan)
    clock.shift(timedelta(days=10))
    for plan in crowd[5:]:
        plan_verbs.pause(plan=plan, by=plan.patient.user)
    clock.shift(timedelta(days=110))
    for plan in crowd[5:]:
        plan_verbs.resume(plan=plan, by=plan.patient.user)
    acts.log(cast.plan)
    assert stopped_on(cast, period=period) == "5"


def test_a_criterion_not_marked_at_a_look_that_ended_not_yet_holds_people_up(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(10, cast.elin)
    first, second, *_rest = acts.criteria(crowd[0], 1)
    for plan in crowd[:5]:
        not_yet(plan, [first.slug])
        not_yet(plan, [first.slug])
    for plan in crowd[5:9]:
        not_yet(plan, [second.slug])
    factories.pass_open_rung(crowd[9], by=cast.elin)
    assert table(cast.elin, "held") == {newest_words(first): ["5", "10"]}
    assert "Most often not met: “" not in page(cast.elin)
    cache.clear()
    for plan in plans(5, cast.elin):
        not_yet(plan, [first.slug])
    assert "Most often not met: “" in page(cast.elin)


def test_a_criterion_that_does_not_apply_holds_nobody_up(cast: Cast) -> None:
    for plan in plans(5, cast.elin):
        first, *others = acts.criteria(plan, 1)
        gate_verbs.tick(plan=plan, criterion=first, by=cast.elin, applies=False, why="strap")
        not_yet(plan, [one.slug for one in (first, *others)])
    held = table(cast.elin, "held")
    assert newest_words(first) not in held
    assert len(held) == len(others)
