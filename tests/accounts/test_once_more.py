"""What is important asks for the password or a passkey once more, and goes on with what was
typed."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.important import ASKS
from accounts.models import Clinic, Event, Role
from curriculum.models import Ladder
from tests import access_forms, access_world
from tests.access_table import Row, rows
from tests.access_try import trying
from tests.accounts import steps
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.typed_kinds import SCRIPT
from tests.typed_table import FIELDS

AGAIN = "/account/reauthenticate/"
TITLE = "Your password, once more"
ROWS = {f"{row.method} {row.name}": row for row in rows()}
CHANGE = {"name": "Omar Odeh", "email": "omar@harbour.example", "role": "owner"}


class _Hidden(HTMLParser):
    """The hidden fields of the form that asks for a password."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.form: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = {}
        if tag == "input" and given.get("type") == "hidden" and "name" in given:
            self.form.setdefault(given["name"], []).append(given.get("value", ""))
        if tag == "input" and given.get("name") == "password":
            self.fields = self.form

    @classmethod
    def of(cls, page: str) -> dict[str, list[str]]:
        fields = cls(page).fields
        fields.pop("csrfmiddlewaretoken", None)
        return fields


def _who_may(row: Row) -> str:
    """Somebody to whom the table opens the address."""
    return next(
        who for who in ("owner", "clinician") if row.outcomes[who].rstrip("*") in {"200", "303"}
    )


@pytest.mark.django_db
@pytest.mark.slow_on_postgres
def test_each_important_act_asks_once_and_then_goes_on_with_what_was_typed(
    curriculum: Ladder,
) -> None:
    world = access_world.build()
    Clinic.objects.update(idle_minutes=720)
    for asks, within in ASKS.items():
        row = ROWS[asks]
        browser = world.browser(_who_may(row))
        expected = row.outcomes[_who_may(row)]
        with trying(world, browser, row) as attempt:
            steps.grow_old(browser, within - timedelta(minutes=1))
            assert attempt.send().outcome == expected, asks
            steps.grow_old(browser, timedelta(minutes=2))
            asked = attempt.send()
            if row.method == "GET":
                assert (asked.outcome, AGAIN in asked.shown) == ("302", True), asks
                continue
            assert (asked.outcome, TITLE in asked.shown) == ("423", True), asks
            typed = access_forms.typed(row.name, world)
            shown_back = _Hidden.of(asked.shown)
            assert shown_back.keys() == typed.keys(), asks
            sent_on = attempt.send({**shown_back, "password": PASSWORD})
            assert sent_on.outcome == expected, asks
            by_htmx = attempt.send(htmx=True).shown
            assert (AGAIN in by_htmx, "What you typed is still here." in by_htmx) == (True, True)


def test_what_is_important_takes_no_password_of_its_own() -> None:
    """The password that comes along is the proof's alone."""
    names = {asks.partition(" ")[2] for asks in ASKS}
    assert not [name for name in names if {"password", "credential"} & FIELDS.get(name, {}).keys()]


@pytest.fixture
def petra(cast: Cast) -> Client:
    """An owner at a computer that she left open an hour ago, in a clinic with a late lock."""
    Clinic.objects.update(idle_minutes=720)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(cast.petra)
    steps.grow_old(browser, timedelta(hours=1))
    return browser


def _change(cast: Cast, browser: Client, **more: Any) -> Any:
    return browser.post(reverse("staff_change", args=[cast.omar.pk]), {**CHANGE, **more})


def test_whoever_finds_the_computer_open_makes_nobody_an_owner(cast: Cast, petra: Client) -> None:
    for more in ({}, {"password": ""}, {"password": "wrong wrong wrong"}, {"credential": "{}"}):
        assert _change(cast, petra, **more).status_code == 423
    cast.omar.refresh_from_db()
    assert (cast.omar.role, Event.objects.filter(kind="role_changed").count()) == ("clinician", 0)


@pytest.mark.parametrize("junk", ["\0", "x" * 10_000, SCRIPT, '{"response": {}}', "[" * 2000])
def test_junk_in_place_of_a_proof_is_a_wrong_one(cast: Cast, petra: Client, junk: str) -> None:
    for name in ("password", "credential"):
        answer = _change(cast, petra, **{name: junk})
        assert (answer.status_code, SCRIPT in answer.content.decode()) == (423, False)


def test_wrong_passwords_before_an_important_act_are_counted(cast: Cast, petra: Client) -> None:
    for _ in range(5):
        _change(cast, petra, password="wrong wrong wrong")
    answer = _change(cast, petra, password=PASSWORD)
    assert "Too many tries" in answer.content.decode()
    cast.omar.refresh_from_db()
    assert cast.omar.role == Role.CLINICIAN


def test_a_colleagues_password_is_no_proof(cast: Cast, petra: Client) -> None:
    cast.omar.set_password("another one that only omar knows")
    cast.omar.save()
    assert _change(cast, petra, password="another one that only omar knows").status_code == 423


def test_a_passkey_is_a_proof_and_lasts_for_the_next_act(cast: Cast, petra: Client) -> None:
    passkey = steps.passkey_of(cast.petra)
    assert "data-passkey" in _change(cast, petra).content.decode()
    answer = passkey.answer(petra.get(reverse("ask_passkey")).json())
    assert _change(cast, petra, credential=answer).status_code == 303
    assert petra.post(reverse("staff_password", args=[cast.omar.pk])).status_code == 200
    cast.omar.refresh_from_db()
    assert cast.omar.role == Role.OWNER


def test_unlocking_the_sign_in_is_a_proof(cast: Cast, petra: Client) -> None:
    petra.post(reverse("lock_now"))
    petra.post(reverse("account_lock"), {"password": PASSWORD})
    assert _change(cast, petra).status_code == 303


def test_the_page_that_asked_leads_back_to_what_was_to_be_seen(cast: Cast, petra: Client) -> None:
    page = reverse("export_person", args=[cast.maya.pk])
    to = petra.get(page)["Location"]
    assert petra.post(to, {"password": PASSWORD, "next": page})["Location"] == page
    assert petra.post(page)["Content-Type"] == "application/zip"


def test_what_was_typed_before_is_shown_as_it_was_typed(cast: Cast, petra: Client) -> None:
    typed = {"typed": 'Maya "Roos" <b>', "why": f"{SCRIPT}\r\nsecond line"}
    asked = petra.post(reverse("erase", args=[cast.maya.pk]), typed).content.decode()
    assert SCRIPT not in asked
    assert _Hidden.of(asked) == {name: [value] for name, value in typed.items()}


def test_a_patients_link_is_made_between_two_patients_without_a_password(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.elin)
    issue = reverse("invite_issue", args=[cast.maya.pk])
    steps.grow_old(browser, timedelta(hours=3, minutes=59))
    assert browser.post(issue).status_code == 303
    steps.grow_old(browser, timedelta(minutes=2))
    assert browser.post(issue).status_code == 423
