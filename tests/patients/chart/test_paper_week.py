"""A week of a paper log is entered as it stands on the paper: a row for each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Morning, Plan, Practice, Stop
from patients.summaries import verify
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text


@pytest.fixture
def week(cast: Cast) -> list[date]:
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


def test_the_same_week_sent_twice_is_entered_once(cast: Cast, week: list[date]) -> None:
    typed = sheet(cast, week, day3={"done": "on", "pain": 2}, day4={"done": "on", "pain": 2})
    assert enter(cast, typed).status_code == 303
    enter(cast, typed)
    assert Practice.objects.count() == 2


def test_a_day_with_pain_that_stops_stops_as_a_day_from_the_phone_does(
    cast: Cast, week: list[date]
) -> None:
    typed = sheet(cast, week, day5={"done": "on", "pain": 9}, day6={"done": "on", "pain": 1})
    assert enter(cast, typed).status_code == 303
    assert Practice.objects.count() == 2
    assert [one.practice.done_on for one in Stop.objects.all() if one.practice] == [week[5]]


def test_one_day_that_is_refused_keeps_all_that_was_typed_and_enters_none(
    cast: Cast, week: list[date]
) -> None:
    """The second rung opened on the fifth day of the week, and was practised on the third."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    typed = sheet(cast, week, day2={"done": "on", "pain": 2}, day6={"done": "on", "pain": 3})
    answer = enter(cast, typed | {"level": acts.level(cast.plan, 2).pk})
    assert answer.status_code == 422
    assert not Practice.objects.exists()
    page = text(answer)
    assert page.count('data-tone="stop"') == 1
    row = page.partition(f'id="id_{week[2]}-done"')[2].partition("</tr>")[0]
    assert "was not open on" in row
    assert f'name="{week[6]}-pain" value="3"' in page


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
