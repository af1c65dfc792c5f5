"""The first visit goes well: double taps, lost answers, chat apps, decorated links, typed PINs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import Phone
from tests.accounts.phones import new_link, opened, path_of, signed_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _browser() -> Client:
    """A browser that keeps cookies and sends the key of the page, as a real one does."""
    return Client(enforce_csrf_checks=True)


def _press(browser: Client, path: str) -> Any:
    """Load the page of a link and press Continue, with the key of the page that was loaded."""
    browser.get(path)
    return browser.post(path, {"csrfmiddlewaretoken": browser.cookies["csrf"].value})


def test_two_quick_taps_on_continue_let_the_patient_in_as_one_phone(cast: Cast) -> None:
    """The browser drops the answer to the first, and with it the cookies."""
    path = new_link(cast.maya.user, cast.elin)
    browser = _browser()
    browser.get(path)
    key = browser.cookies["csrf"].value
    lost = _browser()
    lost.cookies["csrf"] = key
    assert lost.post(path, {"csrfmiddlewaretoken": key}).status_code == 303
    assert browser.post(path, {"csrfmiddlewaretoken": key}).status_code == 303
    assert signed_in(browser)
    assert not signed_in(lost)
    assert Phone.objects.count() == 1


def test_a_tap_that_follows_the_answer_leads_on(cast: Cast) -> None:
    """The first answer has brought new cookies; the second tap still has the key of the page."""
    path = new_link(cast.maya.user, cast.elin)
    browser = _browser()
    browser.get(path)
    key = browser.cookies["csrf"].value
    browser.post(path, {"csrfmiddlewaretoken": key})
    again = browser.post(path, {"csrfmiddlewaretoken": key})
    assert (again.status_code, again["Location"]) == (303, reverse("today"))
    assert Phone.objects.count() == 1


def test_two_taps_with_a_pin_leave_no_phone_that_nobody_has(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    links.set_pin_here(cast.maya.user, "4711", cast.elin)
    browser = Client()
    browser.cookies["csrf"] = "the same browser"
    lost = Client()
    lost.cookies["csrf"] = "the same browser"
    lost.post(path, {"pin": "4711"})
    browser.post(path, {"pin": "4711"})
    assert signed_in(browser)
    assert Phone.objects.count() == 1


def test_the_window_of_a_chat_app_does_not_use_the_link_up(cast: Cast) -> None:
    """It opens in the patient's own browser for ten minutes more, and not after that."""
    with time_machine.travel(NOW, tick=False) as clock:
        path = new_link(cast.maya.user, cast.elin)
        assert signed_in(opened(path))
        clock.shift(timedelta(minutes=9, seconds=59))
        assert signed_in(opened(path))
        assert Phone.objects.count() == 2
        clock.shift(timedelta(seconds=1))
        assert Client().get(path).status_code == 410
        assert not signed_in(opened(path))


def test_once_a_pin_is_chosen_no_other_phone_opens_the_link_without_it(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    opened(path).post(reverse("pin"), {"pin": "4711"})
    assert not signed_in(opened(path))
    assert signed_in(opened(path, pin="4711"))


@pytest.mark.parametrize("around", ["{}", "{}.", "{})", "«{}»", "{}…", "%20{}%0A"])
def test_a_link_that_a_messenger_has_decorated_opens(cast: Cast, around: str) -> None:
    token = path_of(links.issue(cast.maya.user, cast.elin)).split("/")[2]
    path = f"/p/{around.format(token)}/?fbclid=IwAR0"
    assert Client().get(path).status_code == 200
    assert signed_in(opened(path))


def test_a_browser_that_keeps_no_cookies_is_told_so(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    answer = Client(enforce_csrf_checks=True).post(path, {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "This browser keeps no cookies" in answer.content.decode()
    answer = _press(_browser(), path)
    assert answer.status_code == 303


@pytest.mark.parametrize("typed", ["47 11", "4711 ", "٤٧١١", "४७११", "4711", "4-7-1-1"])
def test_a_pin_is_read_with_spaces_and_in_the_digits_of_any_script(cast: Cast, typed: str) -> None:
    path = new_link(cast.maya.user, cast.elin)
    opened(path).post(reverse("pin"), {"pin": typed})
    assert signed_in(opened(path, pin="4711"))
    assert signed_in(opened(path, pin=typed))
