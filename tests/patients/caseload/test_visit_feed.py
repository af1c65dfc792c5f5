"""A clinician's own calendar reads their visits, at a secret address that can be taken back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts import staff
from accounts.logs import blotted
from accounts.models import Event, User
from patients.models import VisitFeed
from patients.verbs import people as people_verbs
from patients.verbs import visit_feeds, visits
from tests import factories
from tests.accounts import steps
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text


def read(token: str) -> Any:
    """What a calendar gets, which has no sign-in."""
    return Client().get(reverse("visit_feed_file", args=[token]))


def events(token: str) -> list[Any]:
    answer = read(token)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_reads_when_and_initials_and_no_other_word(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    cast.harbour.time_zone = "Europe/Stockholm"
    cast.harbour.save()
    acts.log(cast.plan, pain=8, note="Numb foot.")
    visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today(), time=time(9, 20))
    tomorrow = cast.harbour.today() + timedelta(days=1)
    visits.plan(patient=cast.tomas, by=cast.elin, day=tomorrow)
    visits.plan(patient=cast.tomas, by=cast.elin, day=tomorrow, time=time(9), clinician=cast.omar)
    token = visit_feeds.make(by=cast.elin)
    timed, whole_day = events(token)
    assert (timed["summary"], whole_day["summary"]) == ("M. R., visit", "T. T., visit")
    # 09:20 in Stockholm in March.
    assert timed["dtstart"].dt == datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    assert whole_day["dtstart"].dt == tomorrow
    shown = read(token).content.decode()
    for word in ("Maya", "Roos", "Tomas", "Numb", "pain", "hinge.", cast.harbour.name):
        assert word not in shown


def test_called_off_and_discharged_are_gone_from_the_calendar(cast: Cast) -> None:
    day = cast.harbour.today()
    off = visits.plan(patient=cast.maya, by=cast.elin, day=day, time=time(9))
    visits.plan(patient=cast.tomas, by=cast.elin, day=day)
    token = visit_feeds.make(by=cast.elin)
    visits.mark(visit=off, by=cast.elin, state="called_off")
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    assert events(token) == []


def test_the_address_is_shown_once_and_a_new_one_ends_the_old(cast: Cast) -> None:
    client = browser(cast.elin)
    steps.prove(client, cast.elin)
    page = reverse("visit_feed")
    first, second = (
        re.findall(r"/calendar/([\w-]+)/visits\.ics", text(client.post(page)))[0] for _ in "ab"
    )
    assert read(first).status_code == 404
    assert events(second) == []
    shown = text(client.get(page))
    assert "An address was made on" in shown
    assert second not in shown
    assert not VisitFeed.objects.filter(token_digest__contains=second[:10]).exists()
    assert [one.kind for one in Event.objects.filter(actor=cast.elin)][-1] == "visit_feed_made"


def test_a_feed_that_was_ended_reads_nothing(cast: Cast) -> None:
    token = visit_feeds.make(by=cast.elin)
    ended = browser(cast.elin).post(reverse("visit_feed_end"), follow=True)
    assert "The feed has ended." in text(ended)
    assert read(token).status_code == 404


def test_whoever_has_no_access_any_more_reads_no_visits_even_after_it_was_given_back(
    cast: Cast,
) -> None:
    token = visit_feeds.make(by=cast.elin)
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert read(token).status_code == 404
    staff.reactivate(user=User.objects.get(pk=cast.elin.pk), by=cast.petra)
    assert read(token).status_code == 404


@pytest.mark.parametrize("junk", ["x", "0" * 43, "-", "é", "a" * 5000])
def test_nobody_reads_by_guessing(cast: Cast, junk: str) -> None:
    visit_feeds.make(by=cast.elin)
    assert read(junk).status_code == 404


def test_a_calendar_that_asks_too_often_waits(cast: Cast) -> None:
    cache.clear()
    token = visit_feeds.make(by=cast.elin)
    assert {read(token).status_code for _ in range(60)} == {200}
    answer = read(token)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_no_line_of_the_log_holds_the_address(cast: Cast) -> None:
    token = visit_feeds.make(by=cast.elin)
    said = blotted(f"GET {reverse('visit_feed_file', args=[token])} 200")
    assert token not in said
    assert "/calendar/…" in said


def test_a_name_in_any_script_gives_initials(cast: Cast) -> None:
    for name in ("Dr. Anna Maria Åberg", "李小龍", "Cher", "O’Neil, Sean"):
        patient = factories.patient(cast.elin, name)
        visits.plan(patient=patient, by=cast.elin, day=cast.harbour.today())
    token = visit_feeds.make(by=cast.elin)
    shown = sorted(event["summary"] for event in events(token))
    assert shown == ["A. Å., visit", "C., visit", "S. O., visit", "李., visit"]
