"""The page of a logged day: its week, and how to find the page again."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse

from tests.cast import Cast
from tests.patients.phone import phone_of, save


def test_how_to_find_the_page_again_is_asked_until_this_phone_has_answered(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    phone.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Version/17.0 Mobile Safari/604.1"
    save(phone, cast.harbour.today(), pain=1)
    today = reverse("today")
    assert "Tap Share" in phone.get(today).content.decode()
    assert "Tap Share" in phone.get(today).content.decode()
    assert phone.get(today + "?found")["Location"] == today
    assert "Tap Share" not in phone.get(today).content.decode()


def test_the_week_says_what_is_logged_and_marks_no_day_that_is_not(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(days=2))
    phone = phone_of(cast.maya)
    save(phone, cast.harbour.today(), pain=1)
    page = phone.get(reverse("today")).content.decode()
    assert 'dot none"></i><span class="vh">Monday: nothing logged' in page
    assert 'dot did"></i><span class="vh">Wednesday: logged' in page
    assert 'dot none"></i><span class="vh">Thursday: to come' in page
