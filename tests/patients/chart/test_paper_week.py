"""A week of a paper log is entered as it stands on the paper: a row for each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Morning, Plan, Practice, Stop
from patients.summaries import verify
from patients.verbs import paper_log
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text


@pytest.fixture
def week(clock: time_machine.Traveller, cast: Cast) -> list[date]:
    """The seven days up to today, in all of which the plan was running."""
    today = cast.harbour.today()
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=today - timedelta(days=20))
    cast.plan.refresh_from_db()
    return [today - timedelta(days=ago) for ago in range(6, -1, -1)]


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def page_of(cast: Cast) -> str:
    return reverse("paper_week", args=[cast.plan.pk])


def sheet(cast: Cast, week: list[date], **rows: dict[str, Any]) -> dict[str, Any]:
    """The whole grid. ``rows``: what is filled in, by ``day0`` to ``day6``."""
    typed: dict[str, Any] = {"level": acts.level(cast.plan).pk, "reps": 10}
    for number, day in enumerate(week):
        row = {"client_id": f"week {day}", "sets": 2} | rows.get(f"day{number}", {})
        typed |= {f"{day}-{name}": value for name, value in row.items()}
    return typed


def enter(cast: Cast, typed: dict[str, Any]) -> Any:
    return browser(cast.elin).post(page_of(cast), typed)


def row_of(page: str, day: date) -> str:
    return page.partition(f'id="row-{day}"')[2].partition("</tr>")[0]


def test_five_days_of_a_week_are_entered_in_one_go(cast: Cast, week: list[date]) -> None:
    answer = enter(
        cast,
        sheet(
            cast,
            week,
            day0={"done": "on", "pain": 1},
            day1={"done": "on", "pain": 3, "worse": "worse", "morning_pain": 4},
            day2={"done": "on", "sets": 1, "effort": "hard"},
            day4={"done": "on", "pain": 0, "worse": "usual"},
            day5={"done": "on"},
        ),
    )
    assert answer.status_code == 303
    entries = Practice.objects.order_by("done_on")
    assert [one.done_on for one in entries] == [week[at] for at in (0, 1, 2, 4, 5)]
    assert [one.pain for one in entries] == [1, 3, None, 0, None]
    assert [len(one.sets) for one in entries] == [2, 2, 1, 2, 2]
    assert {one.paper for one in entries} == {True}
    mornings = Morning.objects.order_by("practice__done_on")
    assert [(one.pain, one.worse) for one in mornings] == [(4, True), (None, False)]
    assert list(verify.differences()) == []


def test_the_same_week_sent_twice_is_entered_once_and_answered_the_same(
    cast: Cast, week: list[date]
) -> None:
    said = {"done": "on", "pain": 2, "worse": "usual"}
    typed = sheet(cast, week, day3=said, day4=said)
    assert [enter(cast, typed).status_code for _ in range(2)] == [303, 303]
    assert Practice.objects.count() == Morning.objects.count() == 2


def test_a_day_that_the_phone_logged_meanwhile_is_said_with_all_that_was_typed(
    cast: Cast, week: list[date]
) -> None:
    typed = sheet(
        cast,
        week,
        day5={"done": "on", "pain": 9, "worse": "worse", "morning_pain": 8},
        day6={"done": "on", "pain": 1},
    )
    acts.log(cast.plan, week[5], pain=1)
    answer = enter(cast, typed)
    assert answer.status_code == 422
    page = text(answer)
    assert "1 day is not entered yet" in page
    assert "is already logged" in row_of(page, week[5])
    assert f'name="{week[5]}-pain" value="9"' in page
    assert "Logged" in row_of(page, week[6])


def test_a_day_with_pain_that_stops_stops_as_a_day_from_the_phone_does(
    cast: Cast, week: list[date]
) -> None:
    typed = sheet(cast, week, day5={"done": "on", "pain": 9}, day6={"done": "on", "pain": 1})
    assert enter(cast, typed).status_code == 303
    assert Practice.objects.count() == 2
    assert [one.practice.done_on for one in Stop.objects.all() if one.practice] == [week[5]]


def test_a_day_that_is_refused_says_why_in_its_row_and_keeps_no_other_one_out(
    cast: Cast, week: list[date]
) -> None:
    """The second rung opened on the last day of the week. Pain of 9 on that day counts at once."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    typed = sheet(cast, week, day2={"done": "on", "pain": 2}, day6={"done": "on", "pain": 9})
    answer = enter(cast, typed | {"level": acts.level(cast.plan, 2).pk})
    assert answer.status_code == 422
    assert [one.done_on for one in Practice.objects.all()] == [week[6]]
    assert Stop.objects.exists()
    page = text(answer)
    assert "1 day is not entered yet" in page
    assert "was not open on" in row_of(page, week[2])
    assert f'name="{week[2]}-pain" value="2"' in page


def test_no_morning_is_told_that_is_still_to_come(cast: Cast, week: list[date]) -> None:
    answer = enter(cast, sheet(cast, week, day6={"done": "on", "worse": "worse"}))
    assert answer.status_code == 422
    assert "is still to come" in row_of(text(answer), week[6])
    assert not Stop.objects.exists()
    assert not Practice.objects.exists()


def test_the_sets_of_a_day_of_rest_may_be_emptied_and_those_of_a_ticked_one_not(
    cast: Cast, week: list[date]
) -> None:
    typed = sheet(cast, week, day1={"sets": ""}, day2={"done": "on", "sets": ""})
    answer = enter(cast, typed)
    assert "How many sets?" in row_of(text(answer), week[2])
    assert not Practice.objects.exists()
    assert enter(cast, typed | {f"{week[2]}-sets": 2}).status_code == 303
    answer = enter(cast, sheet(cast, week, day1={"sets": 1}, day3={"done": "on"}))
    assert "Tick the day" in row_of(text(answer), week[1])


@pytest.mark.parametrize("name", ["sets", "pain", "morning_pain", "effort", "worse"])
@pytest.mark.parametrize("typed", ["a\x00b", "9" * 40, "NaN", "-1"])
def test_nothing_that_is_typed_into_a_row_breaks_the_page(
    cast: Cast, week: list[date], name: str, typed: str
) -> None:
    answer = enter(cast, sheet(cast, week, day2={"done": "on", name: typed}))
    assert answer.status_code == 422
    assert 'data-tone="stop"' in row_of(text(answer), week[2])
    assert not Practice.objects.exists()


def test_a_drill_without_a_weight_keeps_none(cast: Cast, week: list[date]) -> None:
    plan = factories.plan(cast.tomas, passed=5)
    Plan.objects.filter(pk=plan.pk).update(started_on=week[0])
    day = paper_log.enter(
        plan=plan,
        level=acts.level(plan),
        by=cast.elin,
        client_id="a",
        done_on=week[6],
        sets=1,
        reps=8,
        load=8,
    )
    assert [one["load"] for one in day.sets] == [None]


def test_a_plan_that_has_ended_offers_its_last_week(
    clock: time_machine.Traveller, cast: Cast, week: list[date]
) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(timedelta(days=4))
    page = text(browser(cast.elin).get(page_of(cast)))
    assert f'name="{week[0]}-done"' in page
    assert f'name="{week[6]}-done"' in page
    assert f'name="{week[6] + timedelta(days=1)}-done"' not in page


@pytest.mark.parametrize("said", [{"pain": 8}, {"worse": "worse"}, {"morning_pain": 0}])
def test_a_row_with_an_answer_and_no_tick_is_asked_about(
    cast: Cast, week: list[date], said: dict[str, Any]
) -> None:
    answer = enter(cast, sheet(cast, week, day1=said, day2={"done": "on"}))
    assert answer.status_code == 422
    assert "Tick the day, or leave its row empty." in text(answer)
    assert not Practice.objects.exists()


def test_without_a_tick_nothing_is_entered_and_it_says_what_to_do(
    cast: Cast, week: list[date]
) -> None:
    answer = enter(cast, sheet(cast, week))
    assert answer.status_code == 422
    assert "Tick each day that is ticked on the paper." in text(answer)


def test_a_logged_day_has_no_fields_and_no_day_before_the_plan_is_offered(
    cast: Cast, week: list[date], elin: Client
) -> None:
    acts.log(cast.plan, pain=1)
    page = text(elin.get(page_of(cast)))
    assert f'name="{week[6]}-done"' not in page
    assert f'name="{week[5]}-done"' in page
    first = cast.plan.started_on
    page = text(elin.get(f"{page_of(cast)}?from={first - timedelta(days=2)}"))
    assert f'name="{first}-done"' in page
    assert f'name="{first - timedelta(days=1)}-done"' not in page
    assert "Week before" not in page
    assert "Week after" in page


@pytest.mark.parametrize("asked", ["", "x", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_whatever_day_stands_in_the_address_there_is_a_week(
    cast: Cast, week: list[date], elin: Client, asked: str
) -> None:
    assert elin.get(f"{page_of(cast)}?from={asked}").status_code == 200


def test_a_weight_is_asked_only_where_a_level_has_one(
    cast: Cast, week: list[date], elin: Client
) -> None:
    assert "Weight, kg" not in text(elin.get(page_of(cast)))
    assert "Weight, kg" not in text(elin.get(reverse("paper", args=[cast.plan.pk])))
