"""The PIN that makes the link last: another phone with it, none without it, and a lock after five
wrong ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Phone, PhoneLink
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


@pytest.mark.parametrize(
    "typed", ["", "4712", "0000", "4711 4711", "４７１１", "<b>4711</b>", "4711" * 2500]
)
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


def test_a_changed_pin_replaces_the_old_one(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    mine = opened(path)
    mine.post(reverse("pin"), {"pin": "4711"})
    mine.post(reverse("pin"), {"pin": "80524"})
    assert not signed_in(opened(path, pin="4711"))
    assert signed_in(opened(path, pin="80524"))


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "-471", "4 71", "1111", "1234", "987654", "४७११"]
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
