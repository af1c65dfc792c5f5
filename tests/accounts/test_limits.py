"""Wrong passwords: limited for whoever guesses, and no way to keep a colleague out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as product
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Count, Event
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.patients.clinic_pages import browser

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
ELIN = "elin@harbour.example"
RESET = reverse("account_reset_password")


def sign_in(client: Client, password: str = PASSWORD, email: str = ELIN) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def guess(times: int, client: Client | None = None, email: str = ELIN) -> None:
    for _ in range(times):
        sign_in(client or Client(), "wrong wrong wrong", email)


def test_no_other_name_of_the_host_gives_a_guesser_more_tries(cast: Cast) -> None:
    names = ["127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1:2", "LOCALHOST", "localhost."]
    for name in names:
        guess(1, Client(headers={"host": name}))
    last = Client(headers={"host": "127.0.0.1:3"})
    assert "Too many tries" in sign_in(last).content.decode()
    assert not signed_in(last)


@pytest.mark.parametrize("email", ["ELIN@harbour.example", "Elin@Harbour.Example"])
def test_nor_does_another_way_to_write_the_address(cast: Cast, email: str) -> None:
    guess(5)
    assert "Too many tries" in sign_in(Client(), email=email).content.decode()


def test_strangers_cannot_keep_a_colleague_out_where_they_have_signed_in_before(
    cast: Cast,
) -> None:
    known = Client()
    sign_in(known)
    known.post(reverse("account_logout"))
    guess(5)
    guess(5, email="omar@harbour.example")
    stranger = Client()
    assert "Too many tries" in sign_in(stranger).content.decode()
    sign_in(known)
    assert signed_in(known)


def test_one_network_alone_keeps_nobody_out_elsewhere(cast: Cast) -> None:
    begun = datetime.now(UTC)
    for minutes in range(0, 55, 5):
        with time_machine.travel(begun + timedelta(minutes=minutes, seconds=1)):
            guess(6)
    with time_machine.travel(begun + timedelta(minutes=56)):
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")
        sign_in(elsewhere)
        assert signed_in(elsewhere)


def test_guessing_from_many_networks_ends_for_an_hour(cast: Cast) -> None:
    for network in range(12):
        guess(5, Client(REMOTE_ADDR=f"203.0.113.{network}"))
    last = Client(REMOTE_ADDR="198.51.100.1")
    assert "Too many tries" in sign_in(last).content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1, seconds=1)):
        sign_in(last)
        assert signed_in(last)


def test_a_device_that_is_known_for_one_person_guesses_nobody_elses_password(cast: Cast) -> None:
    known = Client()
    sign_in(known, email="omar@harbour.example")
    known.post(reverse("account_logout"))
    guess(6, known)
    assert "Too many tries" in sign_in(known).content.decode()
    known.cookies["device"] = known.cookies["device"].value + "." + "0" * 32
    assert "Too many tries" in sign_in(known).content.decode()
    sign_in(known, email="omar@harbour.example")
    assert signed_in(known)


def test_a_known_device_that_was_stolen_has_few_tries_too(cast: Cast) -> None:
    known = Client()
    sign_in(known)
    known.post(reverse("account_logout"))
    guess(5, known)
    assert "Too many tries" in sign_in(known).content.decode()
    elsewhere = Client()
    sign_in(elsewhere)
    assert signed_in(elsewhere)


def test_the_cookie_of_a_known_device_tells_nothing_of_who_signed_in(cast: Cast) -> None:
    known = Client()
    sign_in(known)
    cookie = known.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "elin" not in cookie.value.lower()
    assert len(cookie.value.split(".")) == 2


def test_nobodys_mail_box_is_filled_with_links(cast: Cast, mailoutbox: list[Any]) -> None:
    for network in range(12):
        asked = Client(REMOTE_ADDR=f"203.0.113.{network}").post(RESET, {"email": ELIN})
        assert asked.status_code == (303 if network < 3 else 429)
    call_command("send_notices", verbosity=0)
    assert [mail.to for mail in mailoutbox] == [[ELIN]] * 3


@pytest.fixture
def product_cache(settings: Settings) -> None:
    """Where the product counts, in place of the cache of the tests."""
    settings.CACHES = product.CACHES | {
        "default": {"BACKEND": "accounts.counts.CountCache", "LOCATION": ""}
    }


@pytest.mark.usefixtures("product_cache")
def test_counts_are_kept_for_all_processes_and_a_row_runs_nothing(cast: Cast) -> None:
    guess(5)
    assert "Too many tries" in sign_in(Client()).content.decode()
    values = list(Count.objects.values_list("value", flat=True))
    assert values
    assert all(isinstance(number, float) for value in values for number in value)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        client = Client()
        sign_in(client)
        assert signed_in(client)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=4)):
        call_command("send_notices", verbosity=0)
    assert not Count.objects.exists()


@pytest.mark.usefixtures("product_cache")
def test_a_count_is_added_once_and_forgotten_in_time(db: None) -> None:
    assert cache.add("lock", True, 10)
    assert not cache.add("lock", True, 10)
    cache.set("tries", [2.5, 1.5], 60)
    cache.set("tries", [3.5], 60)
    assert cache.get("tries") == [3.5]
    assert cache.get("nothing", "else") == "else"
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=11)):
        assert cache.add("lock", True, 10)
        assert cache.touch("tries", 600)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=100)):
        assert cache.get("tries") == [3.5]


@pytest.mark.usefixtures("product_cache")
def test_a_count_is_deleted_or_kept_for_ever(db: None) -> None:
    cache.set("always", [1.5], None)
    assert cache.get("always") == [1.5]
    assert cache.delete("always")
    assert not cache.delete("always")
    cache.set("again", [1.5])
    cache.clear()
    assert not Count.objects.exists()


@pytest.mark.parametrize("door", ["invite", "change"])
def test_an_owner_cannot_go_through_a_list_to_learn_who_works_elsewhere(
    cast: Cast, door: str
) -> None:
    petra = browser(cast.petra)
    address = {
        "invite": reverse("staff_invite"),
        "change": reverse("staff_change", args=[cast.omar.pk]),
    }[door]
    person = {"name": "Jonas Jaber", "role": "clinician"}
    elsewhere = person | {"email": cast.ines.email}
    for _nth in range(5):
        assert "already signs in" in petra.post(address, elsewhere).content.decode()
    kinds = list(Event.objects.filter(actor=cast.petra, refused=True).values_list("kind"))
    assert kinds == [("email_refused",)] * 5
    # From now on an address that is free is answered as one that is taken.
    for email in (cast.ines.email, "nobody@elsewhere.example"):
        answer = petra.post(address, person | {"email": email})
        assert answer.status_code == 422
        assert "Go on tomorrow" in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        later = browser(cast.petra)
        assert later.post(address, person | {"email": "jonas@harbour.example"}).status_code == 303


def test_addresses_that_are_free_are_not_counted(cast: Cast) -> None:
    petra = browser(cast.petra)
    for nth in range(7):
        person = {"name": f"Jonas {nth}", "role": "clinician", "email": f"j{nth}@harbour.example"}
        assert petra.post(reverse("staff_invite"), person).status_code == 303
