"""Signed-in phones: how long they stay so, who sees them, and who ends them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Phone, Session
from tests.accounts.phones import kept_as, new_link, opened, signed_in
from tests.cast import Cast
from tests.patients.clinic_pages import text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def two_phones(cast: Cast) -> tuple[Client, Client]:
    path = new_link(cast.maya.user, cast.elin)
    first = opened(path)
    first.post(reverse("pin"), {"pin": "4711"})
    return first, opened(path, pin="4711")


def test_a_phone_in_use_stays_signed_in_and_one_left_for_180_days_does_not(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        used, left = two_phones(cast)
    for day in (100, 200, 300):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            assert signed_in(used)
    with time_machine.travel(NOW + timedelta(days=181), tick=False):
        assert not signed_in(left)


def test_looking_at_pages_writes_the_session_at_most_once_a_day(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        mine = opened(new_link(cast.maya.user, cast.elin))
    row = Session.objects.get(session_key=kept_as(mine))
    with time_machine.travel(NOW + timedelta(hours=23), tick=False):
        mine.get("/me/")
        assert Session.objects.get(pk=row.pk).expire_date == row.expire_date
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        mine.get("/me/")
        assert Session.objects.get(pk=row.pk).expire_date == NOW + timedelta(days=180, hours=25)


def test_the_patient_sees_the_phones_and_signs_the_lost_one_out(cast: Cast) -> None:
    mine, lost = two_phones(cast)
    assert mine.get("/me/").content.count(b"Chrome, Android</b>") == 2
    row = Phone.objects.get(session_key=kept_as(lost))
    assert mine.post(reverse("phone_end", args=[row.pk])).status_code == 303
    assert not signed_in(lost)
    assert signed_in(mine)


def test_the_clinic_signs_a_phone_out(cast: Cast, client: Client) -> None:
    mine, _ = two_phones(cast)
    client.force_login(cast.omar)
    assert (
        b"Chrome, Android" in client.get(reverse("patient_link", args=[cast.maya.user.pk])).content
    )
    client.post(reverse("phone_end", args=[Phone.objects.get(session_key=kept_as(mine)).pk]))
    assert not signed_in(mine)
    assert Event.objects.filter(
        kind="phone_ended", actor=cast.omar, subject=cast.maya.user
    ).exists()


def test_strangers_end_nobodys_phone(cast: Cast, client: Client) -> None:
    mine, _ = two_phones(cast)
    row = Phone.objects.get(session_key=kept_as(mine))
    for stranger in (cast.ines, cast.noor.user, cast.tomas.user):
        client.force_login(stranger)
        assert client.post(reverse("phone_end", args=[row.pk])).status_code == 404
    assert signed_in(mine)


def test_signing_out_takes_the_phone_off_the_list(cast: Cast) -> None:
    mine = opened(new_link(cast.maya.user, cast.elin))
    mine.post(reverse("account_logout"))
    assert not signed_in(mine)
    assert not Phone.objects.exists()


def test_a_phone_whose_sign_in_ran_out_is_no_longer_listed(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        used, _ = two_phones(cast)
    with time_machine.travel(NOW + timedelta(days=100), tick=False):
        used.get("/me/")
    with time_machine.travel(NOW + timedelta(days=190), tick=False):
        assert used.get("/me/").content.count(b"Chrome, Android</b>") == 1


@pytest.mark.parametrize(
    ("agent", "says"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1", "Tap Share"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "three dots"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", ""),
    ],
)
def test_a_patient_reads_how_this_phone_keeps_the_page(cast: Cast, agent: str, says: str) -> None:
    client = opened(new_link(cast.maya.user, cast.elin))
    page = text(client.get(reverse("me"), headers={"user-agent": agent}))
    assert "Keep the message or the paper with your link" in page
    assert [words for words in ("Tap Share", "three dots") if words in page] == [says] * bool(says)
