"""Practice is of a level that was within reach at some moment of its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from patients.models import Plan
from patients.verbs import gate as gate_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.conftest import SUMMER, WINTER

ONE_DAY = timedelta(days=1)


def _started_before(cast: Cast, clock: time_machine.Traveller, days: int) -> date:
    """Moves on by some days from the plan's start; today."""
    clock.shift(timedelta(days=days))
    return cast.harbour.today()


def test_a_forged_entry_for_a_locked_level_is_refused(cast: Cast) -> None:
    for position in range(2, 8):
        with refused("level_locked_that_day"):
            acts.log(cast.plan, level=acts.level(cast.plan, position))
        with refused("level_locked_that_day"):
            acts.log(cast.plan, level=acts.level(cast.plan, position), by=cast.elin, paper=True)


def test_a_level_of_another_ladder_is_refused(cast: Cast) -> None:
    foreign = ladders.another().rungs.get(position=1).levels.all()[0]
    with refused("other_ladder"):
        acts.log(cast.plan, level=foreign)


def test_a_rung_counts_on_the_day_it_was_opened_and_not_the_day_before(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 2)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2))
    with refused("level_locked_that_day"):
        acts.log(cast.plan, today - ONE_DAY, level=acts.level(cast.plan, 2))


def test_a_rung_withdrawn_at_noon_was_reachable_that_day_and_not_the_next(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    today = _started_before(cast, clock, 2)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    clock.shift(ONE_DAY)
    acts.log(cast.plan, today, level=acts.level(cast.plan, 3))
    with refused("level_locked_that_day"):
        acts.log(cast.plan, level=acts.level(cast.plan, 2))
    acts.log(cast.plan, today - ONE_DAY, level=acts.level(cast.plan, 2))


def test_days_between_a_withdrawal_and_the_next_pass_are_locked(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    today = _started_before(cast, clock, 2)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 2)
    with refused("level_locked_that_day"):
        acts.log(cast.plan, today - ONE_DAY, level=level)
    assert acts.log(cast.plan, today, level=level).level == level
    assert acts.log(cast.plan, today - 2 * ONE_DAY, level=level).level == level


@pytest.mark.parametrize("change", [SUMMER, WINTER])
def test_a_pass_a_minute_before_midnight_opens_that_day_when_the_clocks_change(
    cast: Cast, change: date
) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=change - 30 * ONE_DAY)
    with time_machine.travel(
        datetime(change.year, change.month, change.day, 23, 59, tzinfo=STOCKHOLM), tick=False
    ):
        factories.pass_open_rung(cast.plan, by=cast.elin)
        acts.log(cast.plan, change, level=acts.level(cast.plan, 2))
        with refused("level_locked_that_day"):
            acts.log(cast.plan, change - ONE_DAY, level=acts.level(cast.plan, 2))


def test_practice_of_a_passed_rung_and_of_helpers_can_always_be_logged(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    helper = acts.rung(cast.plan, 2).levels.filter(helper=True)[0]
    day = cast.harbour.today()
    assert acts.log(cast.plan, level=helper).level == helper
    clock.shift(ONE_DAY)
    assert (
        acts.log(cast.plan, day + ONE_DAY, level=acts.level(cast.plan, 1)).level.rung.position == 1
    )
