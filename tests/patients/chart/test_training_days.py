"""Where load begins, the days of practice are asked for in the same act, and once."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from patients.models import Schedule
from patients.standing.training_days import running_days, with_load
from patients.today.day import State
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, press_passed, text
from tests.patients.phone import phone_of

MON, TUE, WED, THU, FRI = range(5)
MON_WED_FRI = 0b0010101
MON_TUE = 0b0000011
RUNNING = "Load on days that follow each other: Mon, Tue."


def _days(cast: Cast) -> list[tuple[int, bool]]:
    return list(cast.plan.schedules.values_list("weekdays", "kept_running"))


def _ticked(page: str) -> list[int]:
    """The days that the page has ticked."""
    boxes = re.findall(r'<input[^>]*name="weekdays"[^>]*>', page)
    return [int(re.findall(r'value="(.)"', box)[0]) for box in boxes if "checked" in box]


def _from_before(cast: Cast) -> None:
    """Days that follow each other, as nobody was asked about them yet."""
    today = cast.harbour.today()
    Schedule.objects.create(plan=cast.plan, weekdays=127, from_day=today, by=cast.elin)


@pytest.fixture
def at_the_door(cast: Cast) -> Cast:
    """Maya has every criterion of the last rung without load, and practises every day."""
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    factories.tick_open_rung(cast.plan, by=cast.elin)
    return cast


def test_the_pass_that_opens_load_proposes_days_with_rest_between_and_sets_them(
    clock: time_machine.Traveller, at_the_door: Cast
) -> None:
    cast = at_the_door
    elin = browser(cast.elin)
    page = chart(elin, cast.maya)
    assert _ticked(page) == [MON, WED, FRI]
    assert "A day between lets the body recover." in page
    assert press_passed(elin, cast.plan, 4, weekdays=[MON, WED, FRI]).status_code == 303
    assert _days(cast) == [(127, False), (MON_WED_FRI, False)]
    clock.shift(86400)  # Tuesday
    assert read_today(cast.maya.user).state is State.REST
    assert "Load on days that follow each other" not in chart(browser(cast.elin), cast.maya)


def test_no_other_pass_asks_for_days(cast: Cast) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)
    elin = browser(cast.elin)
    assert 'name="weekdays"' not in chart(elin, cast.maya)
    assert press_passed(elin, cast.plan, 1).status_code == 303
    assert _days(cast) == [(127, False)]


def test_without_days_nothing_is_passed(at_the_door: Cast) -> None:
    cast = at_the_door
    answer = press_passed(browser(cast.elin), cast.plan, 4)
    assert answer.status_code == 422
    assert "Choose the days of practice: they are asked for where load begins." in text(answer)
    assert cast.plan.passes.count() == 3


def test_days_that_follow_each_other_are_asked_about_once_and_then_kept(at_the_door: Cast) -> None:
    cast = at_the_door
    elin = browser(cast.elin)
    first = press_passed(elin, cast.plan, 4, weekdays=[MON, TUE])
    assert first.status_code == 422
    page = text(first)
    assert RUNNING in page
    assert "Keep these days all the same" in page
    assert _ticked(page) == [MON, TUE]
    assert cast.plan.passes.count() == 3
    again = press_passed(elin, cast.plan, 4, weekdays=[MON, TUE], keep_running="on")
    assert again.status_code == 303
    assert _days(cast) == [(127, False), (MON_TUE, True)]
    assert "Load on days that follow each other" not in chart(elin, cast.maya)
    plan_verbs.schedule(plan=cast.plan, weekdays=MON_TUE, by=cast.elin)  # the same: not asked again
    with acts.refused("days_running"):
        plan_verbs.schedule(plan=cast.plan, weekdays=MON_TUE << 2, by=cast.elin)


def test_the_page_of_days_asks_too_and_keeps_what_was_chosen(at_the_door: Cast) -> None:
    cast = at_the_door
    elin = browser(cast.elin)
    press_passed(elin, cast.plan, 4, weekdays=[MON, WED, FRI])
    address = reverse("schedule", args=[cast.plan.pk])
    answer = elin.post(address, {"weekdays": [MON, TUE]})
    assert answer.status_code == 422
    assert RUNNING in text(answer)
    kept = {"weekdays": [MON, TUE], "keep_running": "on"}
    assert elin.post(address, kept).status_code == 303
    assert _days(cast)[-1] == (MON_TUE, True)


def test_without_load_days_may_follow_each_other(cast: Cast) -> None:
    plan_verbs.schedule(plan=cast.plan, weekdays=MON_TUE, by=cast.elin)
    assert _days(cast)[-1] == (MON_TUE, False)


def test_a_pass_taken_back_brings_the_days_from_before_back(at_the_door: Cast) -> None:
    cast = at_the_door
    review = gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 4),
        outcome="passed",
        by=cast.elin,
        weekdays=MON_WED_FRI,
    )
    gate_verbs.undo(review=review, by=cast.elin)
    assert _days(cast)[-1] == (127, False)
    # Load begins anew with the next press, so the days are asked for again.
    with acts.refused("days_missing"):
        gate_verbs.decide(
            plan=cast.plan, rung=acts.rung(cast.plan, 4), outcome="passed", by=cast.elin
        )


def test_an_installation_from_before_is_asked_at_the_next_pass_with_load(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    _from_before(cast)
    factories.tick_open_rung(cast.plan, by=cast.elin)
    assert "Load on days that follow each other." in chart(browser(cast.elin), cast.maya)
    answer = press_passed(browser(cast.elin), cast.plan, 6)
    assert (answer.status_code, cast.plan.passes.count()) == (422, 5)


@pytest.mark.parametrize("door", ["place", "assess"])
def test_a_first_visit_that_begins_with_load_asks_for_the_days(cast: Cast, door: str) -> None:
    elin = browser(cast.elin)
    met = [criterion.pk for criterion in acts.criteria(cast.plan, 1, 2, 3, 4)]
    target, field = (cast.plan, "criteria") if door == "place" else (cast.maya, "criterion")
    address = reverse(door, args=[target.pk])
    fields: dict[str, Any] = {field: met}
    assert elin.post(address, fields).status_code == 422
    follow = elin.post(address, fields | {"weekdays": [MON, TUE]})
    assert follow.status_code == 422
    assert RUNNING in text(follow)
    assert cast.plan.passes.count() == 0
    assert elin.post(address, fields | {"weekdays": [MON, WED, FRI]}).status_code == 303
    assert cast.plan.passes.count() == 4
    assert _days(cast)[-1] == (MON_WED_FRI, False)


def test_a_placement_below_load_leaves_the_days_as_they_are(cast: Cast) -> None:
    met = [criterion.pk for criterion in acts.criteria(cast.plan, 1, 2)]
    fields = {"criteria": met, "weekdays": [MON, WED, FRI]}
    address = reverse("place", args=[cast.plan.pk])
    assert browser(cast.elin).post(address, fields).status_code == 303
    assert _days(cast) == [(127, False)]


def test_the_suggestion_shows_the_days_once_it_comes_to_load(cast: Cast) -> None:
    elin = browser(cast.elin)
    address = reverse("assess_suggest", args=[cast.maya.pk])
    for rungs, asked in (((1, 2), False), ((1, 2, 3, 4), True)):
        met = [criterion.pk for criterion in acts.criteria(cast.plan, *rungs)]
        page = text(elin.post(address, {"criterion": met}))
        assert ('name="weekdays"' in page) is asked


def test_a_level_with_load_that_is_chosen_while_days_follow_each_other_asks_for_them(
    cast: Cast,
) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    _from_before(cast)
    elin = browser(cast.elin)
    address = reverse("choose_level", args=[cast.plan.pk])
    level = acts.rung(cast.plan, 5).levels.get(slug="standing-band")
    answer = elin.post(address, {"level": level.pk})
    assert answer.status_code == 422
    assert "This level is with load" in text(answer)
    assert elin.post(address, {"level": level.pk, "weekdays": [MON, THU]}).status_code == 303
    assert _days(cast)[-1] == (0b0001001, False)
    assert cast.plan.level_choices.get().level == level


@given(st.integers(1, 127), st.integers(1, 127))
def test_no_proposed_day_follows_another(weekdays: int, usual: int) -> None:
    assert not running_days(with_load(weekdays, usual))


def test_sunday_is_the_day_before_monday() -> None:
    assert running_days(0b1000001) == [0, 6]
    assert running_days(0b0000001) == []


def test_a_placement_that_completes_the_ladder_proposes_the_days_that_keep_it_up(
    cast: Cast,
) -> None:
    address = reverse("place", args=[cast.plan.pk])
    elin = browser(cast.elin)
    assert _ticked(text(elin.get(address))) == [MON, WED, FRI]
    rungs = list(cast.plan.rungs())
    every = [one.pk for rung in rungs[:-1] for one in rung.criteria.all()]
    sent = {"criteria": every, "weekdays": [MON, WED, FRI], "whole": rungs[-1].pk}
    page = text(elin.post(address, sent))
    assert "two days a week keep up" in page
    assert len(_ticked(page)) == 2
    # Days of the physio's own stay.
    assert _ticked(text(elin.post(address, sent | {"weekdays": [TUE]}))) == [TUE]


def test_a_note_on_days_and_reserve_never_contradicts_what_is_prescribed(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 6)
    maya = phone_of(cast.maya)
    address = reverse("level_page", args=[6, level.slug])
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "load": 8}
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)
    shown = []
    for weekdays, reserve in ((MON_WED_FRI, None), (1 << MON, None), (MON_WED_FRI, 1)):
        plan_verbs.schedule(plan=cast.plan, weekdays=weekdays, by=cast.elin)
        if reserve is not None:
            plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose, reserve=reserve)
        page = text(maya.get(address))
        shown.append(("2 to 3 days a week." in page, "still do 3 more" in page))
    assert shown == [(True, True), (False, True), (True, False)]
