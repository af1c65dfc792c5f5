"""The PIN that makes the link last: another phone with it, none without it, and a lock after five
wrong ones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import pins
from accounts.models import Event, Phone, PhoneLink
from patients.models import Patient
from tests.accounts.phones import new_link, opened, signed_in
from tests.cast import Cast
from tests.together import at_once

pytestmark = pytest.mark.django_db


def with_pin(cast: Cast, pin: str = "4711") -> str:
    """Maya's link after its first use and her choice of a PIN."""
    path = new_link(cast.maya.user, cast.elin)
    opened(path).post(reverse("pin"), {"pin": pin})
    return path


def test_the_first_phone_is_asked_to_choose_a_pin_and_may_do_it_later(cast: Cast) -> None:
    client = Client()
    answer = client.post(new_link(cast.maya.user, cast.elin))
    assert answer["Location"] == reverse("pin")
    later = rf'href="{reverse("today")}">\s*Later'
    assert re.search(later, client.get(reverse("pin")).content.decode())


def test_the_same_link_opens_another_phone_with_the_pin(cast: Cast) -> None:
    path = with_pin(cast)
    assert b"Type the PIN" in Client().get(path).content
    assert signed_in(opened(path, pin="4711"))
    assert Phone.objects.count() == 2


def test_a_link_with_a_pin_works_long_after_14_days(cast: Cast) -> None:
    path = with_pin(cast)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=170)):
        assert signed_in(opened(path, pin="4711"))


@pytest.mark.parametrize("typed", ["", "4712", "0000", "4711 4711", "<b>4711</b>", "4711" * 2500])
def test_without_the_right_pin_the_link_opens_nothing(cast: Cast, typed: str) -> None:
    client = Client()
    answer = client.post(with_pin(cast), {"pin": typed})
    assert answer.status_code == 422
    assert not signed_in(client)


def test_five_wrong_pins_lock_the_link_even_for_the_right_one_until_it_is_issued_again(
    cast: Cast,
) -> None:
    path = with_pin(cast)
    for _ in range(5):
        Client().post(path, {"pin": "9999"})
    assert not signed_in(opened(path, pin="4711"))
    assert PhoneLink.objects.get().locked_at is not None
    assert Event.objects.filter(kind="link_locked", subject=cast.maya.user).count() == 1
    assert signed_in(opened(new_link(cast.maya.user, cast.elin)))


def test_from_outside_a_locked_link_looks_like_a_wrong_pin(cast: Cast) -> None:
    path = with_pin(cast)
    before = Client().get(path)
    refusals = [Client(enforce_csrf_checks=False).post(path, {"pin": "9999"}) for _ in range(7)]
    assert {refusal.status_code for refusal in refusals} == {422}
    assert len({_without_keys(refusal.content) for refusal in refusals}) == 1
    said = (
        "That did not work. Try again. "
        "After five tries call Harbour Physio on 08 123 45 for a new link."
    )
    assert said in refusals[0].content.decode()
    assert _without_keys(Client().get(path).content) == _without_keys(before.content)


def _without_keys(page: bytes) -> bytes:
    return b"".join(line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_a_right_pin_in_time_forgives_the_wrong_ones(cast: Cast) -> None:
    path = with_pin(cast)
    for _ in range(4):
        Client().post(path, {"pin": "9999"})
    assert signed_in(opened(path, pin="4711"))
    assert PhoneLink.objects.get().tries == 0


@pytest.mark.django_db(transaction=True)
def test_tries_made_at_once_cannot_outrun_the_count(cast: Cast) -> None:
    path = with_pin(cast)
    for _ in range(3):
        Client().post(path, {"pin": "9999"})
    at_once(
        *(
            lambda pin=pin: Client().post(path, {"pin": pin})
            for pin in ("1212", "3434", "5656", "7878")
        )
    )
    link = PhoneLink.objects.get()
    assert link.tries == 5
    assert link.locked_at is not None
    assert not signed_in(opened(path, pin="4711"))


def test_phones_already_signed_in_stay_so_when_the_link_locks(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    mine = opened(path)
    mine.post(reverse("pin"), {"pin": "4711"})
    for _ in range(5):
        Client().post(path, {"pin": "9999"})
    assert signed_in(mine)


def changed(phone: Client, old: str, pin: str) -> Any:
    return phone.post(reverse("pin"), {"old": old, "pin": pin})


def first_phone(cast: Cast) -> tuple[str, Client]:
    """The path of Maya's link, and the phone on which she chose 4711."""
    path = new_link(cast.maya.user, cast.elin)
    mine = opened(path)
    mine.post(reverse("pin"), {"pin": "4711"})
    return path, mine


def test_a_changed_pin_replaces_the_old_one(cast: Cast) -> None:
    path, mine = first_phone(cast)
    assert changed(mine, "4711", "80524").status_code == 303
    assert not signed_in(opened(path, pin="4711"))
    assert signed_in(opened(path, pin="80524"))


@pytest.mark.parametrize("old", ["", "9999", "80524"])
def test_a_minute_with_an_unlocked_phone_gives_nobody_a_pin(cast: Cast, old: str) -> None:
    """A PIN is changed by who knows the old one, not by who holds the phone."""
    path, mine = first_phone(cast)
    answer = changed(mine, old, "80524")
    assert answer.status_code == 422
    assert 'id="id_old_error"' in answer.content.decode()
    assert not signed_in(opened(path, pin="80524"))
    assert signed_in(opened(path, pin="4711"))


def test_a_wrong_old_pin_counts_as_a_try_and_five_lock_the_link(cast: Cast) -> None:
    path, mine = first_phone(cast)
    for tries in range(1, 6):
        changed(mine, "9999", "80524")
        assert PhoneLink.objects.get().tries == tries
    assert PhoneLink.objects.get().locked_at is not None
    answer = changed(mine, "4711", "80524")
    assert "After five tries call Harbour Physio" in answer.content.decode()
    assert not signed_in(opened(path, pin="4711"))
    assert signed_in(mine)


def test_a_new_pin_that_is_refused_counts_no_try(cast: Cast) -> None:
    _, mine = first_phone(cast)
    changed(mine, "4711", "1234")
    assert PhoneLink.objects.get().tries == 0


def test_after_a_change_the_phones_that_stay_signed_in_are_shown(cast: Cast) -> None:
    path, mine = first_phone(cast)
    opened(path, pin="4711")
    answer = changed(mine, "4711", "80524")
    assert answer["Location"] == reverse("me")
    page = mine.get(answer["Location"]).content.decode()
    assert "Is there a phone below that you do not know?" in page
    assert page.count("Sign out") > 1


def test_every_phone_says_for_a_week_that_the_pin_was_changed(cast: Cast) -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        path, mine = first_phone(cast)
        other = opened(path, pin="4711")
        assert "PIN changed" not in other.get(reverse("today")).content.decode()
        changed(mine, "4711", "80524")
    for days in (0, 6):
        with time_machine.travel(friday + timedelta(days=days, hours=1), tick=False):
            page = other.get(reverse("today")).content.decode()
            assert "PIN changed on Fri 27 Nov, 10:00." in page
            assert "Not you? Call Harbour Physio." in page
    with time_machine.travel(friday + timedelta(days=7, hours=1), tick=False):
        assert "PIN changed" not in other.get(reverse("today")).content.decode()


def test_a_first_pin_long_after_the_first_opening_is_said_too(cast: Cast) -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    with time_machine.travel(friday - timedelta(days=3), tick=False):
        mine = opened(new_link(cast.maya.user, cast.elin))
    with time_machine.travel(friday, tick=False):
        mine.post(reverse("pin"), {"pin": "4711"})
        assert "PIN changed on Fri 27 Nov" in mine.get(reverse("today")).content.decode()


EASY = ["1111", "1112", "1234", "0987", "987654", "2468", "1212", "6969", "1122", "1221", "123123"]
EASY += ["1998", "2024", "1957", "20001231", "02051957", "2580", "0852", "1470", "147258", "5683"]
#: Maya was born on 3 October 1961.
OWN = ["0310", "1003", "031061", "19611003", "6103", "100361"]


@pytest.mark.parametrize("pin", EASY + OWN)
def test_a_pin_that_strangers_try_first_is_refused_with_a_sentence(cast: Cast, pin: str) -> None:
    Patient.objects.filter(pk=cast.maya.pk).update(born_on=date(1961, 10, 3))
    mine = opened(new_link(cast.maya.user, cast.elin))
    answer = mine.post(reverse("pin"), {"pin": pin})
    assert answer.status_code == 422
    assert "This PIN is easy to guess" in answer.content.decode()
    assert PhoneLink.objects.get().pin_hash == ""


@pytest.mark.parametrize("pin", ["4711", "80524", "7305", "0310", "906413", "49170362"])
def test_other_pins_are_taken(cast: Cast, pin: str) -> None:
    mine = opened(new_link(cast.maya.user, cast.elin))
    assert mine.post(reverse("pin"), {"pin": pin}).status_code == 303


def test_the_pin_of_the_demo_is_taken_in_a_demo_alone(cast: Cast) -> None:
    assert pins.easy_to_guess("2580")
    assert not pins.easy_to_guess("2580", demo=True)


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "-471", "4 71", "1111", "1234", "987654"]
)
def test_a_pin_that_is_none_or_easy_to_guess_is_refused_beside_the_field_and_kept(
    cast: Cast, pin: str
) -> None:
    mine = opened(new_link(cast.maya.user, cast.elin))
    answer = mine.post(reverse("pin"), {"pin": pin})
    assert answer.status_code == 422
    assert 'id="id_pin_error"' in answer.content.decode()
    assert f'value="{pin}"' in answer.content.decode() or not pin
    assert PhoneLink.objects.get().pin_hash == ""


def test_the_pin_is_kept_only_as_a_hash(cast: Cast) -> None:
    with_pin(cast, "80524")
    assert "80524" not in PhoneLink.objects.get().pin_hash


def test_issuing_again_forgets_the_pin(cast: Cast) -> None:
    with_pin(cast)
    fresh = new_link(cast.maya.user, cast.elin)
    assert b"Type the PIN" not in Client().get(fresh).content
    assert PhoneLink.objects.get().pin_hash == ""


def test_staff_have_no_pin(cast: Cast, client: Client) -> None:
    client.force_login(cast.elin)
    assert client.post(reverse("pin"), {"pin": "4711"}).status_code == 403
