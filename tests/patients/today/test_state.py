"""The state of a patient's day, looked at through the front door over twelve weeks, and what a look
costs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from patients.models import Practice
from patients.today.day import State
from patients.today.state import read_today
from patients.verbs import messages as message_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import acts
from tests.patients.conftest import MONDAY
from tests.patients.phone import phone_of
from tests.queries import BeforeTheAnswer

MON_WED_FRI = 0b0010101
EVERY_DAY = 127
#: Monday to Sunday from 2 March 2026: P practise, R rest, A away. The clocks change on the Sunday
#: of the fourth week; a holiday goes from Friday 3 to Sunday 12 April; from Wednesday 6 May every
#: day is for practice.
WEEKS = """
PRPRPRR PRPRPRR PRPRPRR PRPRPRR
PRPRAAA AAAAAAA PRPRPRR PRPRPRR
PRPRPRR PRPPPPP PPPPPPP PPPPPPP
"""
STATES = {"P": State.PRACTISE, "R": State.REST, "A": State.PAUSED}


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=STOCKHOLM)


@pytest.fixture
def cast_on_monday(clock: time_machine.Traveller, cast: Cast) -> Cast:
    plan_verbs.schedule(plan=cast.plan, weekdays=MON_WED_FRI, by=cast.elin)
    return cast


def test_twelve_weeks_of_days_are_what_a_table_by_hand_says(
    clock: time_machine.Traveller, cast_on_monday: Cast
) -> None:
    plan = cast_on_monday.plan
    phone = phone_of(cast_on_monday.maya)
    seen = []
    for nth, letter in enumerate("".join(WEEKS.split())):
        day = MONDAY.date() + timedelta(days=nth)
        for moment in (time(0, 1), time(23, 59)):
            clock.move_to(at(day, moment))
            if moment == time(0, 1):
                _arrange(cast_on_monday, day)
            now = phone.get(reverse("today")).context["today"]
            seen.append(
                (now.day, now.state) == (day, STATES[letter])
                or f"{day} {moment} {now.day} {now.state}"
            )
    assert seen == [True] * 84 * 2
    assert Practice.objects.filter(plan=plan).count() == 0


def _arrange(cast: Cast, day: date) -> None:
    if day == date(2026, 4, 3):
        plan_verbs.pause(
            plan=cast.plan, by=cast.maya.user, until=date(2026, 4, 12), reason="Easter"
        )
    if day == date(2026, 5, 6):
        plan_verbs.schedule(plan=cast.plan, weekdays=EVERY_DAY, by=cast.elin)


def test_a_rest_day_names_the_next_practice_day_also_when_the_days_change_on_it(
    clock: time_machine.Traveller, cast_on_monday: Cast
) -> None:
    clock.move_to(at(date(2026, 3, 7), time(10)))
    phone = phone_of(cast_on_monday.maya)
    assert phone.get(reverse("today")).context["today"].next_day == date(2026, 3, 9)
    plan_verbs.schedule(
        plan=cast_on_monday.plan,
        weekdays=0b1000000,
        by=cast_on_monday.elin,
        from_day=date(2026, 3, 8),
    )
    assert phone.get(reverse("today")).context["today"].next_day == date(2026, 3, 8)
    assert "Sunday 8 March" in phone.get(reverse("today")).content.decode()


def test_practice_may_begin_again_on_the_day_somebody_is_back(
    clock: time_machine.Traveller, cast_on_monday: Cast
) -> None:
    phone = phone_of(cast_on_monday.maya)
    phone.post(reverse("my_pause"), {"reason": "ill", "until": "", "words": "a cold"})
    assert "Ill: a cold" in phone.get(reverse("today")).content.decode()
    clock.move_to(at(date(2026, 3, 9), time(8)))
    assert read_today(cast_on_monday.maya.user).state is State.PAUSED
    assert phone.post(reverse("my_resume")).status_code == 303
    assert read_today(cast_on_monday.maya.user).state is State.PRACTISE


def test_the_morning_is_asked_about_once_within_three_days_and_not_after_new_practice(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    maya = cast.maya.user
    first = acts.log(cast.plan, pain=2)
    assert read_today(maya).morning_of is None
    for days, asked in ((1, True), (3, True), (4, False)):
        clock.move_to(at(MONDAY.date() + timedelta(days=days), time(7)))
        assert (read_today(maya).morning_of is not None) is asked, days
    clock.move_to(at(MONDAY.date() + timedelta(days=1), time(7)))
    phone = phone_of(cast.maya)
    assert (
        phone.post(reverse("morning", args=[first.pk]), {"worse": "no", "morning": "0"}).status_code
        == 303
    )
    assert read_today(maya).morning_of is None
    assert first.mornings.get().pain == 0


def test_the_morning_is_no_longer_asked_about_once_today_is_logged(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=2)
    clock.shift(timedelta(days=1))
    assert _asked_about(cast) == first.pk
    second = acts.log(cast.plan, pain=2)
    assert _asked_about(cast) is None
    clock.shift(timedelta(days=1))
    assert _asked_about(cast) == second.pk


def _asked_about(cast: Cast) -> int | None:
    asked = read_today(cast.maya.user).morning_of
    return asked.pk if asked else None


def test_a_corrected_entry_is_not_asked_about_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=2)
    clock.move_to(at(MONDAY.date() + timedelta(days=1), time(7)))
    practice_verbs.answer_morning(practice=first, by=cast.maya.user, worse=False)
    acts.log(cast.plan, MONDAY.date(), pain=3, corrects=first)
    assert read_today(cast.maya.user).morning_of is None


def test_the_morning_comes_before_the_drill_and_can_be_set_aside(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=2)
    clock.move_to(at(MONDAY.date() + timedelta(days=1), time(7)))
    phone = phone_of(cast.maya)
    asked = "How is it this morning?"
    first = phone.get(reverse("today")).content.decode()
    assert first.index(asked) < first.index("<h1>")
    for skipped in ("?later", "?drill"):
        assert asked not in phone.get(reverse("today") + skipped).content.decode()


def test_an_empty_or_impossible_morning_answer_is_said_beside_the_question(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.move_to(at(MONDAY.date() + timedelta(days=1), time(7)))
    phone = phone_of(cast.maya)
    for said in ({}, {"morning": "11"}, {"morning": "-1"}, {"morning": "many", "worse": "no"}):
        answer = phone.post(reverse("morning", args=[entry.pk]), said)
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
    assert not entry.mornings.exists()


def a_long_history(cast: Cast, rows: int) -> None:
    """As it would be after a year: straight into the table, for it is only about how many rows
    there are."""
    level = acts.level(cast.plan)
    day = cast.plan.clinic.today()
    cast.plan.started_on = day - timedelta(days=rows + 1)
    cast.plan.save(update_fields=["started_on"])
    Practice.objects.bulk_create(
        Practice(
            plan=cast.plan,
            level=level,
            by=cast.maya.user,
            done_on=day - timedelta(days=nth + 1),
            client_id=f"row-{nth}",
            sets=acts.TWO_SETS,
            pain=2,
            band="fine",
        )
        for nth in range(rows)
    )


def everything_at_once(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="It feels easy")
    plan_verbs.prescribe(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=3, reps=12, word="Slowly"
    )
    message_verbs.write(plan=cast.plan, by=cast.elin, text="How is it?")
    practice_verbs.save_draft(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user, sets=acts.TWO_SETS
    )


@pytest.mark.parametrize("rows", [1, 300])
@pytest.mark.parametrize("path", ["", "?drill"])
def test_a_look_at_today_costs_at_most_eight_queries_and_writes_nothing(
    cast: Cast, rows: int, path: str
) -> None:
    a_long_history(cast, rows)
    everything_at_once(cast)
    phone = phone_of(cast.maya)
    before = acts.everything()
    with BeforeTheAnswer(connection) as asked:
        page = phone.get(reverse("today") + path)
    assert page.status_code == 200
    assert len(asked) <= 8, [query["sql"][:90] for query in asked.captured_queries]
    assert acts.everything() == before


def _stopped(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)


def _logged(cast: Cast) -> None:
    acts.log(cast.plan, pain=1, note="well")


def _resting(cast: Cast) -> None:
    other = 127 & ~(1 << cast.plan.clinic.today().weekday())
    plan_verbs.schedule(plan=cast.plan, weekdays=other, by=cast.elin)


def _away(cast: Cast) -> None:
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user)


def _complete(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)


@pytest.mark.parametrize("arrange", [_stopped, _logged, _resting, _away, _complete])
def test_every_other_state_costs_no_more(cast: Cast, arrange: Any) -> None:
    a_long_history(cast, 5)
    arrange(cast)
    phone = phone_of(cast.maya)
    before = acts.everything()
    with BeforeTheAnswer(connection) as asked:
        page = phone.get(reverse("today") + "?drill")
    assert page.status_code == 200
    assert len(asked) <= 8, [query["sql"][:90] for query in asked.captured_queries]
    assert acts.everything() == before
