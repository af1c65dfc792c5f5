"""The words of a drill stand open on the first three planned days of its level, and then fold."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse

from patients.today.state import read_today
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY
from tests.patients.phone import phone_of

MON_WED_FRI = 0b0010101
OPEN = "<details open> <summary>How to do it, in "


def new_on(clock: time_machine.Traveller, cast: Cast, days: int) -> list[int]:
    """The days after the first Monday on which the level is new."""
    found = []
    for nth in range(days):
        clock.move_to(MONDAY + timedelta(days=nth))
        if read_today(cast.maya.user).is_new:
            found.append(nth)
    return found


def test_a_level_is_new_on_its_first_three_planned_days(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    assert new_on(clock, cast, 6) == [0, 1, 2]
    page = phone_of(cast.maya).get(reverse("today")).content.decode()
    assert OPEN not in " ".join(page.split())


def test_days_of_rest_do_not_use_it_up(clock: time_machine.Traveller, cast: Cast) -> None:
    plan_verbs.schedule(plan=cast.plan, weekdays=MON_WED_FRI, by=cast.elin)
    assert new_on(clock, cast, 9) == [0, 2, 4]


def test_the_next_rung_and_a_level_that_is_chosen_are_new_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.move_to(MONDAY + timedelta(days=9))
    assert not read_today(cast.maya.user).is_new
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert read_today(cast.maya.user).is_new
    page = phone_of(cast.maya).get(reverse("today") + "?drill").content.decode()
    assert OPEN in " ".join(page.split())
    clock.move_to(MONDAY + timedelta(days=20))
    assert not read_today(cast.maya.user).is_new
    other = acts.rung(cast.plan, 2).levels.get(slug="15-cm")
    plan_verbs.choose_level(plan=cast.plan, level=other, by=cast.maya.user)
    assert read_today(cast.maya.user).is_new
