"""Whoever goes on with a plan after months begins lighter; whoever was there lately does not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from curriculum.models import Load
from patients.models import Plan, Practice
from patients.standing.load.read import load_of
from patients.summaries import verify
from patients.verbs import home_weights, take_up
from patients.verbs import load as load_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart
from tests.patients.phone import phone_of, words_of

DAY = timedelta(days=1)
FOUR_MONTHS = 120 * DAY


@pytest.fixture
def lifting(clock: time_machine.Traveller, cast: Cast) -> Cast:
    """Maya has lifted 40 kg; 20, 24 and 40 kg are at home."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    home_weights.tell(patient=cast.maya, by=cast.elin, kind="kettlebell", kilograms=[20, 24, 40])
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "reps_to": 12, "load": 40}
    level = acts.level(cast.plan, 6)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)
    clock.shift(DAY)
    _lift(cast, cast.plan, 40)
    clock.shift(DAY)
    return cast


def _lift(cast: Cast, plan: Plan, kilograms: int) -> Practice:
    sets = [{"side": None, "reps": 8, "seconds": None, "load": kilograms}] * 3
    return acts.log(plan, level=acts.level(plan, 6), sets=sets, pain=0, reserve=3)


def _taken_up(clock: time_machine.Traveller, cast: Cast, after: timedelta) -> Plan:
    take_up.set_aside(plan=cast.plan, by=cast.elin, reason="The knee first.")
    clock.shift(after)
    return take_up.take_up(plan=cast.plan, by=cast.elin)


def _moved(cast: Cast, plan: Plan) -> Plan:
    newer = ladders.next_edition(plan.ladder)
    return edition_verbs.move(plan=plan, ladder=newer, by=cast.elin)


def _dose(cast: Cast) -> str:
    """The dose on the day's page, as the patient reads it."""
    page = words_of(phone_of(cast.maya).get(reverse("today")))
    line = page.partition('<p class="dose">')[2].partition("</p>")[0]
    return " ".join(re.sub("<[^>]*>", " ", line).split())


def _chart(cast: Cast) -> str:
    return chart(browser(cast.elin), cast.maya)


def test_after_four_months_day_and_chart_begin_lighter_and_one_press_signs_it(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    again = _taken_up(clock, lifting, FOUR_MONTHS)
    assert _dose(lifting).startswith("2 sets of 8 20 kg")
    page = _chart(lifting)
    assert "Proposal: A lighter start" in page
    assert "From 40 kg: 20 kg less, 50 %." in page
    level = acts.level(again, 6)
    load = load_of(again, level)
    assert load is not None
    load_verbs.sign_proposal(plan=again, level=level, by=lifting.elin, seen=load.seen)
    assert again.prescriptions.latest("pk").load == 20
    assert _dose(lifting).startswith("2 sets of 8 to 12 20 kg")
    assert list(verify.differences()) == []


def test_a_few_days_between_change_nothing(clock: time_machine.Traveller, lifting: Cast) -> None:
    _taken_up(clock, lifting, 8 * DAY)
    assert _dose(lifting).startswith("3 sets of 8 to 12 40 kg")
    page = _chart(lifting)
    assert "Proposal: A lighter start" not in page
    assert "Anything new since then?" not in page


def test_a_newer_edition_leaves_a_load_of_late_as_it_is(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    moved = _moved(lifting, lifting.plan)
    assert _dose(lifting).startswith("3 sets of 8 to 12 40 kg")
    _lift(lifting, moved, 40)
    clock.shift(8 * DAY)
    assert "40 kg" in _dose(lifting)


def test_a_newer_edition_after_days_away_makes_nothing_heavier(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    """Nor does one after a lighter session, whose way back nobody has signed."""
    clock.shift(13 * DAY)
    before = _dose(lifting)
    assert before.startswith("2 sets of 8 24 kg")
    moved = _moved(lifting, lifting.plan)
    assert _dose(lifting) == before
    _lift(lifting, moved, 24)
    clock.shift(DAY)
    plan_verbs.end(plan=moved, by=lifting.elin)
    take_up.take_up(plan=moved, by=lifting.elin)
    assert _dose(lifting) == before


def test_a_dose_that_nobody_had_done_is_not_full_either_after_months_between(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    done = acts.level(lifting.plan, 6)
    others = done.rung.levels.filter(helper=False, drill__load=Load.WEIGHT).exclude(pk=done.pk)
    heavier = others[0]
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "load": 40}
    plan_verbs.prescribe(plan=lifting.plan, level=heavier, by=lifting.elin, **dose)
    again = _taken_up(clock, lifting, FOUR_MONTHS)
    load = load_of(again, heavier)
    assert load is not None
    assert (load.aim_today.sets, load.aim_today.weight) == (2, 20)


def test_after_six_weeks_the_chart_asks_what_is_new_though_the_plan_has_no_day_yet(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    _taken_up(clock, lifting, 50 * DAY)
    assert "Anything new since then?" in _chart(lifting)
