"""Nobody reaches or changes what is not theirs: the whole table, every address, every method, every
kind of person."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import public
from curriculum.models import Ladder
from tests import access_world
from tests.access_table import PEOPLE, rows
from tests.access_try import trying, undone
from tests.access_world import World
from tests.patients.acts import everything

ROWS = rows()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Outcomes = dict[tuple[str, str], str]
LISTED = {(row.name, row.method) for row in ROWS}


def test_every_address_is_in_the_table() -> None:
    assert {row.name for row in ROWS} == access_world.addresses().keys()


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_meets_exactly_what_the_table_says(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    plain, htmx = _tour(world, world.browser(who))
    assert plain == {(row.name, row.method): row.outcomes[who] for row in ROWS}
    assert htmx == {(row.name, row.method): row.by_htmx(who) for row in ROWS}


def _tour(world: World, client: Client) -> tuple[Outcomes, Outcomes]:
    """What came of every row, asked plainly and by htmx."""
    plain, htmx = {}, {}
    for row in ROWS:
        with trying(world, client, row) as one:
            plain[row.name, row.method] = one.send().told
            htmx[row.name, row.method] = one.send(htmx=True).told
    return plain, htmx


@pytest.mark.parametrize("who", ["patient", "clinician", "owner"])
def test_no_method_but_those_of_the_table_does_anything(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    client, before = world.browser(who), everything()
    unlisted = [
        (name, how)
        for name in access_world.addresses()
        for how in METHODS
        if (name, how) not in LISTED
    ]
    for name, method in unlisted:
        with undone(client):
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
