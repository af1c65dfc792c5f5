"""Nobody reaches or changes what is not theirs: the whole table, every address, every method, every
kind of person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import public
from curriculum.models import Ladder
from tests import access_world
from tests.access_table import PEOPLE, Row, rows
from tests.access_world import World
from tests.patients.acts import everything
from tests.patients.phone import phone_of

ROWS = rows()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LISTED = {(row.name, row.method) for row in ROWS}


def _browser(world: World, who: str) -> Client:
    person = world.people[who]
    if person is None:
        return Client()
    if person.is_patient:
        return phone_of(person.patient)
    client = Client()
    client.force_login(person)
    return client


@contextmanager
def _undone(client: Client) -> Iterator[None]:
    """What happens in the block has not happened afterwards, in the database and in the browser."""
    start = transaction.savepoint()
    cookies = dict(client.cookies)
    cache.clear()
    yield
    transaction.savepoint_rollback(start)
    client.cookies.clear()
    client.cookies.update(cookies)


def _outcome(response: Any) -> str:
    to_sign_in = response.status_code == 302 and response["Location"].startswith(
        reverse("account_login")
    )
    return "in" if to_sign_in else str(response.status_code)


def _try(world: World, client: Client, row: Row) -> str:
    """Sends the request with everything right about it but, perhaps, the person; what came of
    it."""
    with _undone(client):
        access_world.arrange(row.name, row.method, world)
        before = everything()
        send: Callable[..., Any] = client.post if row.method == "POST" else client.get
        typed = access_world.typed(row.name, world) if row.method == "POST" else {}
        outcome = _outcome(send(access_world.address(row.name, world), typed))
        return outcome if everything() == before else f"{outcome}*"


def test_every_address_is_in_the_table() -> None:
    assert {row.name for row in ROWS} == access_world.addresses().keys()


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_meets_exactly_what_the_table_says(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    client = _browser(world, who)
    met = {(row.name, row.method): _try(world, client, row) for row in ROWS}
    assert met == {(row.name, row.method): row.outcomes[who] for row in ROWS}


@pytest.mark.parametrize("who", ["patient", "clinician", "owner"])
def test_no_method_but_those_of_the_table_does_anything(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    client = _browser(world, who)
    before = everything()
    unlisted = [
        (name, how)
        for name in access_world.addresses()
        for how in METHODS
        if (name, how) not in LISTED
    ]
    for name, method in unlisted:
        with _undone(client):
            status = client.generic(method, access_world.address(name, world)).status_code
            assert (name, method, everything() == before) == (name, method, True)
        # allauth's own pages answer some of them by leading elsewhere.
        assert status == 405 or name.startswith("account_"), (name, method, status)


def test_what_opens_without_signing_in_is_on_the_list_with_its_reason() -> None:
    opened = {row.name for row in ROWS if row.outcomes["nobody"] != "in"}
    assert opened == public.PUBLIC.keys()
    assert all(public.PUBLIC.values())


def test_the_table_lets_no_reading_write() -> None:
    assert not [
        row
        for row in ROWS
        if row.method == "GET" and any(told.endswith("*") for told in row.outcomes.values())
    ]


@pytest.mark.parametrize(
    ("who", "told"),
    [("nobody", "in"), ("patient", "403"), ("another", "403"), ("elsewhere", "404")],
)
def test_the_table_lets_no_stranger_near_a_patient(who: str, told: str) -> None:
    pages = access_world.addresses()
    about = [
        row
        for row in ROWS
        if str(pages[row.name].pattern).startswith(
            ("patients/<", "plans/<", "stops/<", "findings/<")
        )
    ]
    assert len(about) > 50
    assert {row.outcomes[who] for row in about} == {told}
