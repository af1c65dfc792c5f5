"""A page that stood open over midnight, or over the end of a plan, writes to no day by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Draft, Practice, Report, Stop
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY
from tests.patients.phone import phone_of, sheet, words_of

DAY = timedelta(days=1)
NIGHT = MONDAY.replace(hour=0, minute=12) + DAY


def opened_on_monday(cast: Cast) -> tuple[Client, dict[str, str]]:
    phone = phone_of(cast.maya)
    return phone, sheet(phone) | {"done-1": "1", "pain": "2", "note": "Late."}


def send(phone: Client, given: dict[str, Any], day: Any = MONDAY, **more: Any) -> Any:
    return phone.post(reverse("log_day", args=[day.date()]), given, **more)


def asked_again(answer: Any) -> dict[str, str]:
    """What the page that asks for the day sends, whichever button is pressed."""
    page = words_of(answer)
    assert "Which day is this for?" in page
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


@pytest.mark.parametrize("days", [0, 1], ids=["yesterday", "today"])
def test_a_sheet_that_was_opened_yesterday_asks_which_day_it_is_for(
    clock: time_machine.Traveller, cast: Cast, days: int
) -> None:
    phone, given = opened_on_monday(cast)
    clock.move_to(NIGHT)
    answer = send(phone, given)
    assert not Practice.objects.exists()
    again = asked_again(answer)
    assert (again["note"], again["pain"], again["done-1"]) == ("Late.", "2", "1")
    chosen = send(phone, again, MONDAY + days * DAY, follow=True)
    entry = Practice.objects.get()
    assert (entry.done_on, entry.pain) == ((MONDAY + days * DAY).date(), 2)
    assert ("Saved for Monday 2 March." in words_of(chosen)) is (days == 0)
    assert entry.report is not None
    assert entry.report.newest.day == entry.done_on


def test_the_same_evening_nothing_is_asked(clock: time_machine.Traveller, cast: Cast) -> None:
    phone, given = opened_on_monday(cast)
    assert send(phone, given).status_code == 303


def test_a_sheet_that_arrives_again_after_midnight_is_logged_already(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, given = opened_on_monday(cast)
    send(phone, given)
    clock.move_to(NIGHT)
    assert send(phone, given).status_code == 303
    assert Practice.objects.count() == 1


def test_what_it_tells_of_the_body_is_kept_before_the_day_is_known(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, given = opened_on_monday(cast)
    clock.move_to(NIGHT)
    page = words_of(send(phone, given | {"kind": "saddle"}, follow=True))
    assert "Get medical care now" in page
    assert [stop.cause for stop in Stop.objects.all()] == ["now"]


def test_a_set_tapped_after_midnight_belongs_to_the_day_on_which_the_page_was_opened(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, given = opened_on_monday(cast)
    clock.move_to(NIGHT)
    assert phone.post(reverse("draft"), given).status_code == 200
    assert [draft.day for draft in Draft.objects.all()] == [MONDAY.date()]


def test_the_morning_after_is_not_asked_for_in_the_night(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=2)
    phone = phone_of(cast.maya)
    clock.move_to(NIGHT)
    asks = "How is it this morning?"
    assert asks not in words_of(phone.get(reverse("today")))
    clock.move_to(NIGHT.replace(hour=7))
    assert asks in words_of(phone.get(reverse("today")))


def test_a_log_sent_after_the_plan_ended_keeps_what_it_tells_of_the_body(cast: Cast) -> None:
    phone, given = opened_on_monday(cast)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = send(phone, given | {"side-numb": "left"})
    assert answer.status_code == 422
    page = words_of(answer)
    assert "What you told of your body is kept, and your clinic reads it." in page
    assert "Late." in page
    for words in ("2 of 10", "2 of 2: 10, 10", "Numb or tingling leg, left"):
        assert words in page
    report = Report.objects.get()
    assert (report.pain, report.signs[0].kind, report.asked) == (2, "numb", "log")
    assert [stop.cause for stop in Stop.objects.unanswered()] == ["numb"]


def test_an_urgent_sign_sent_after_the_plan_ended_leads_to_the_urgent_page(cast: Cast) -> None:
    phone, given = opened_on_monday(cast)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = send(phone, given | {"kind": "saddle"}, follow=True)
    assert "Get medical care now" in words_of(answer)
