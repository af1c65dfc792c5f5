"""A sign-in of staff that nobody uses locks itself; what was typed is kept, and the way back is the
password or a passkey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import Clinic
from patients.verbs import carers as carer_verbs
from tests.accounts import steps
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOCK = "/account/lock/"
NAME = {"name": "Sand, Elin", "formal_name": "Dr. Elin Sand"}


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    Clinic.objects.update(idle_minutes=15)
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def elin(cast: Cast, clock: time_machine.Traveller) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(cast.elin)
    return browser


def test_sixteen_minutes_without_use_lock_every_page_and_asking_again_opens_none(
    elin: Client, clock: time_machine.Traveller
) -> None:
    assert elin.get("/caseload/").status_code == 200
    clock.shift(timedelta(minutes=16))
    for address in ("/caseload/", "/me/", "/staff/", "/caseload/", "/account/steps/", "/me/here/"):
        assert elin.get(address)["Location"].startswith(LOCK), address
    assert "HX-Redirect" in elin.post("/me/here/", headers={"HX-Request": "true"}).headers


def test_use_keeps_it_open(elin: Client, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        clock.shift(timedelta(minutes=14))
        assert elin.get("/caseload/").status_code == 200


def test_the_lock_holds_when_the_clinic_lengthens_the_time_afterwards(
    elin: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    elin.get("/caseload/")
    Clinic.objects.update(idle_minutes=720)
    assert elin.get("/caseload/")["Location"].startswith(LOCK)


def test_the_password_opens_it_and_leads_back_to_the_page(
    elin: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    lock = elin.get("/caseload/?show=all")["Location"]
    form = {"next": unescape(_field(elin.get(lock).content.decode(), "next"))}
    wrong = elin.post(LOCK, {**form, "password": "wrong wrong wrong"})
    assert wrong.status_code == 422
    assert elin.get("/caseload/")["Location"].startswith(LOCK)
    assert elin.post(LOCK, {**form, "password": PASSWORD})["Location"] == "/caseload/?show=all"
    assert elin.get("/caseload/").status_code == 200


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def test_wrong_passwords_at_the_lock_are_counted(
    elin: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    for _ in range(5):
        elin.post(LOCK, {"password": "wrong wrong wrong"})
    assert "Too many tries" in elin.post(LOCK, {"password": PASSWORD}).content.decode()
    assert elin.get("/caseload/")["Location"].startswith(LOCK)


def test_a_passkey_opens_it(cast: Cast, elin: Client, clock: time_machine.Traveller) -> None:
    passkey = steps.passkey_of(cast.elin)
    clock.shift(timedelta(minutes=16))
    answer = passkey.answer(elin.get(reverse("ask_passkey")).json())
    assert elin.post(LOCK, {"credential": answer, "next": ""}).status_code == 303
    assert elin.get("/caseload/").status_code == 200
    clock.shift(timedelta(minutes=16))
    assert elin.post(LOCK, {"credential": answer}).status_code == 422


def test_what_was_posted_to_a_locked_sign_in_is_saved_after_unlocking(
    cast: Cast, elin: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    locked = elin.post("/me/name/", NAME)
    cast.elin.refresh_from_db()
    assert (locked.status_code, cast.elin.name) == (423, "Elin Ek")
    page = locked.content.decode()
    kept = {name: unescape(_field(page, name)) for name in ("kept", "to")}
    sent_on = elin.post(LOCK, {**kept, "password": PASSWORD}).content.decode()
    assert 'action="/me/name/"' in sent_on
    again = {name: unescape(_field(sent_on, name)) for name in NAME}
    assert again == NAME
    elin.post("/me/name/", again)
    cast.elin.refresh_from_db()
    assert cast.elin.name == "Sand, Elin"


def test_what_htmx_sends_to_a_locked_sign_in_stays_on_its_page(
    elin: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    answer = elin.post("/me/name/", NAME, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == LOCK
    assert "What you typed is still here." in answer.content.decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_lock_leads_and_sends_to_no_other_site(
    elin: Client, clock: time_machine.Traveller, to: str
) -> None:
    clock.shift(timedelta(minutes=16))
    asked = {"password": PASSWORD, "next": to, "to": to, "kept": "[]"}
    assert elin.post(LOCK, asked)["Location"] == "/"


def test_a_page_locks_the_sign_in_when_nobody_is_at_the_keyboard(elin: Client) -> None:
    assert elin.post(reverse("lock_now")).status_code == 204
    assert elin.get("/caseload/")["Location"].startswith(LOCK)


def test_a_patients_phone_is_never_locked(cast: Cast, clock: time_machine.Traveller) -> None:
    phone = Client()
    phone.force_login(cast.maya.user)
    clock.shift(timedelta(hours=11))
    assert phone.get("/today/").status_code == 200


@pytest.mark.parametrize("whose", ["a patient’s", "a carer’s"])
def test_a_page_that_asks_by_itself_keeps_no_sign_in_open(
    cast: Cast, elin: Client, clock: time_machine.Traveller, whose: str
) -> None:
    """The page of a link that is handed over asks every five seconds whether it was opened."""
    carer = carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.elin)
    patients = whose == "a patient’s"
    links.issue(cast.maya.user if patients else carer.user, by=cast.elin)
    page = ("invite", cast.maya.pk) if patients else ("carer_link", carer.pk)
    address = reverse(page[0], args=page[1:]) + "?was=waiting"
    for _ in range(7):
        clock.shift(timedelta(minutes=2))
        assert elin.get(address, headers={"HX-Request": "true"}).status_code == 204
    clock.shift(timedelta(minutes=2))
    assert elin.get("/caseload/")["Location"].startswith(LOCK)
