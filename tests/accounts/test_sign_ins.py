"""Staff see where they are signed in, and end it there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import sign_ins
from accounts.models import Event, Session, SignIn, User
from tests.accounts.phones import kept_as, signed_in
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"


def _at(user: User, agent: str, network: str) -> Client:
    """A browser in which the person has typed the password."""
    browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=network)
    typed = {"login": user.email, "password": PASSWORD}
    assert browser.post(reverse("account_login"), typed).status_code == 303
    return browser


@pytest.fixture
def ipad(cast: Cast) -> Client:
    return _at(cast.elin, IPAD, "10.0.0.7")


@pytest.fixture
def desk(cast: Cast, ipad: Client) -> Client:
    return _at(cast.elin, DESK, "10.0.0.8")


def _row(browser: Client) -> SignIn:
    return SignIn.objects.get(session_key=kept_as(browser))


def test_a_colleague_sees_each_device_with_its_network_and_ends_the_one_left_behind(
    ipad: Client, desk: Client
) -> None:
    page = desk.get("/me/").content.decode()
    for words in ("Safari, iPad", "Firefox, Windows", "network 10.0.0.7", "network 10.0.0.8"):
        assert words in page
    assert page.count("this one") == 1
    end = reverse("sign_in_end", args=[_row(ipad).pk])
    assert end in page
    assert reverse("sign_in_end", args=[_row(desk).pk]) not in page
    assert desk.post(end).status_code == 303
    assert (signed_in(ipad), signed_in(desk)) == (False, True)
    assert "Safari, iPad" not in desk.get("/me/").content.decode()
    assert Event.objects.filter(kind="sign_in_ended").count() == 1


def test_the_list_says_when_each_was_used_last(cast: Cast) -> None:
    cast.harbour.idle_minutes = 720
    cast.harbour.save()
    with time_machine.travel(NOW, tick=False):
        left = _at(cast.elin, IPAD, "10.0.0.7")
        left.get("/caseload/")
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        desk = _at(cast.elin, DESK, "10.0.0.8")
        open_now = sign_ins.of(cast.elin, here=kept_as(desk))
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        left.get("/caseload/")
        later = sign_ins.of(cast.elin, here=kept_as(desk))
    assert [one.last_used - NOW for one in open_now] == [timedelta(hours=2), timedelta(0)]
    assert [one.last_used - NOW for one in later] == [timedelta(hours=2), timedelta(hours=3)]
    assert [one.is_this_one for one in later] == [True, False]


def test_one_press_ends_all_others_and_this_one_goes_on(
    cast: Cast, ipad: Client, desk: Client
) -> None:
    other = _at(cast.elin, DESK, "10.0.0.9")
    key = kept_as(desk)
    assert desk.post(reverse("sign_ins_end")).status_code == 303
    assert [signed_in(browser) for browser in (ipad, other, desk)] == [False, False, True]
    assert [row.address for row in SignIn.objects.filter(user=cast.elin)] == ["10.0.0.8"]
    assert Session.objects.filter(session_key=key).count() == 0
    assert "this one" in desk.get("/me/").content.decode()


def test_that_ends_a_sign_in_too_which_is_on_no_list(
    cast: Cast, ipad: Client, desk: Client
) -> None:
    """One from before there was a list, or from a backup."""
    _row(ipad).delete()
    desk.post(reverse("sign_ins_end"))
    assert not signed_in(ipad)


def test_a_new_password_ends_the_others_and_leaves_this_one_on_the_list(
    cast: Cast, ipad: Client, desk: Client
) -> None:
    form = {"oldpassword": PASSWORD, "password1": "violet bicycle under seven moons"}
    assert desk.post(reverse("account_change_password"), form).status_code == 303
    assert (signed_in(ipad), signed_in(desk)) == (False, True)
    assert SignIn.objects.filter(user=cast.elin).get() == _row(desk)


def test_nobody_sees_or_ends_a_colleagues(cast: Cast, ipad: Client) -> None:
    omar = _at(cast.omar, DESK, "10.0.0.9")
    assert "iPad" not in omar.get("/me/").content.decode()
    assert omar.post(reverse("sign_in_end", args=[_row(ipad).pk])).status_code == 404
    omar.post(reverse("sign_ins_end"))
    assert signed_in(ipad)


def test_one_that_opens_nothing_any_more_is_on_no_list(
    cast: Cast, ipad: Client, desk: Client
) -> None:
    User.objects.filter(pk=cast.elin.pk).update(session_epoch=9)
    again = _at(cast.elin, DESK, "10.0.0.8")
    cast.elin.refresh_from_db()
    assert [one.sign_in for one in sign_ins.of(cast.elin, here="")] == [_row(again)]


def test_signing_out_takes_it_off_the_list(cast: Cast, ipad: Client, desk: Client) -> None:
    ipad.post(reverse("account_logout"))
    assert SignIn.objects.filter(user=cast.elin).get() == _row(desk)


def test_a_patient_ends_no_sign_in_of_staff(cast: Cast, ipad: Client, client: Client) -> None:
    client.force_login(cast.maya.user)
    assert client.post(reverse("sign_in_end", args=[_row(ipad).pk])).status_code == 403
    assert SignIn.objects.filter(user=cast.maya.user).count() == 0
