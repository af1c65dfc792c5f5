"""Tests the whole access table: every address and method, for every kind of person."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from accounts import public
from accounts.models import User
from curriculum.models import Ladder
from tests import access_arranged, access_forms, access_world
from tests.access_table import PEOPLE, Row, rows
from tests.access_try import Answer, Statements, trying, undone
from tests.patients.acts import everything

ROWS = rows()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: Pages about many patients, and a link that opens to whoever has it.
NAMES_SEVERAL = {
    "caseload",
    "write_to_several",
    "hand_over",
    "library_drill",
    "phone_link",
    "clinic_trail",
    "people_list_out",
}
#: What only who has a second step can do with it.
OF_THE_PASSKEY = {
    "mfa_remove_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate_webauthn",
}
#: Who sends everything by htmx too: the others meet the same guards as one of these.
BY_HTMX = {"nobody", "patient", "clinician"}
#: Of whom no page may speak that is about somebody else.
OTHERS = {
    "patient": {"Tomas", "Disa", "Noor"},
    "another": {"Maya", "Disa", "Noor"},
    "carer": {"Tomas", "Disa", "Noor"},
    "discharged": {"Maya", "Tomas", "Noor"},
    "clinician": {"Tomas", "Disa", "Noor"},
}
LISTED = {(row.name, row.method) for row in ROWS}

# Who may do what is decided by queries that are the same on both databases.
pytestmark = pytest.mark.slow_on_postgres


def test_every_address_is_in_the_table() -> None:
    assert {row.name for row in ROWS} == access_world.addresses().keys()


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_meets_exactly_what_the_table_says_and_reads_of_nobody_else(
    curriculum: Ladder, who: str
) -> None:
    world = access_world.build()
    client = world.browser(who)
    wrong: list[object] = []
    for row in ROWS:
        expected = {"plain": row.outcomes[who]}
        with trying(world, client, row) as attempt:
            answer = attempt.send()
            met = {"plain": answer.outcome}
            wrong += [(row.name, row.method, other) for other in _named(row, who, answer)]
            if who in BY_HTMX:
                met["htmx"] = attempt.send(htmx=True).outcome
                expected["htmx"] = row.by_htmx(who)
        if met != expected:
            wrong.append((row.name, row.method, met, expected))
    assert wrong == []


def _named(row: Row, who: str, answer: Answer) -> set[str]:
    """Of whom the answer speaks though it is about somebody else."""
    if row.name in NAMES_SEVERAL or row.outcomes[who].strip("*") in {"in", "403", "404"}:
        return set()
    # "Disability" is no Disa.
    return set(re.findall(r"\w+", answer.shown)) & OTHERS.get(who, set())


@pytest.mark.parametrize("who", ["patient", "owner"])
def test_no_method_but_those_of_the_table_does_anything(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    client = world.browser(who)
    before = everything()
    unlisted = [
        (name, how)
        for name in access_world.addresses()
        for how in METHODS
        if (name, how) not in LISTED
    ]
    for name, method in unlisted:
        statements = Statements()
        with undone(client), connection.execute_wrapper(statements):
            status = client.generic(method, access_world.address(name, world)).status_code
            same = not statements.written or everything() == before
            assert (name, method, same) == (name, method, True)
        # allauth's own pages answer some of them by leading elsewhere.
        allauths = name.startswith(("account_", "mfa_"))
        assert status == 405 or allauths, (name, method, status)


def test_what_opens_without_signing_in_is_on_the_list_with_its_reason() -> None:
    opened = {row.name for row in ROWS if row.outcomes["nobody"] != "in"}
    assert opened == public.PUBLIC.keys()
    assert all(public.PUBLIC.values())


def test_the_table_lets_no_reading_write() -> None:
    assert not [
        row
        for row in ROWS
        if row.method == "GET" and any(outcome.endswith("*") for outcome in row.outcomes.values())
    ]


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("nobody", "in"),
        ("patient", "403"),
        ("another", "403"),
        ("carer", "403"),
        ("elsewhere", "404"),
    ],
)
def test_the_table_lets_no_stranger_near_a_patient(who: str, outcome: str) -> None:
    pages = access_world.addresses()
    about = [
        row
        for row in ROWS
        if str(pages[row.name].pattern).startswith(
            ("patients/<", "plans/<", "stops/<", "findings/<")
        )
    ]
    assert len(about) > 50
    assert {row.outcomes[who] for row in about} == {outcome}


def test_the_table_gives_the_dismissed_no_more_than_anybody() -> None:
    assert [row.name for row in ROWS if row.outcomes["dismissed"] != row.outcomes["nobody"]] == []


def test_the_table_gives_every_clinician_of_the_clinic_the_same() -> None:
    apart = {row.name for row in ROWS if row.outcomes["colleague"] != row.outcomes["clinician"]}
    own = {"export_person", "record_trail", "sign_in_end", "undo", "undo_answer", "visit_feed_end"}
    assert apart == own | OF_THE_PASSKEY


def test_the_table_lets_the_discharged_read_and_no_more() -> None:
    """Everybody may sign in or out of a browser, and ask for a mail. They tell of their body, and
    take their own data home."""
    written = {row.name for row in ROWS if row.outcomes["discharged"].endswith("*")}
    door = {"account_logout", "account_reset_password", "phone_link"}
    assert written == door | {"log_day", "report", "my_export"}


@pytest.mark.parametrize("who", ["clinician", "patient"])
def test_a_session_opens_nothing_to_somebody_without_access(curriculum: Ladder, who: str) -> None:
    """``is_active`` alone must end a session, without the other ways to end one."""
    world = access_world.build()
    person = world.people[who]
    assert person is not None
    User.objects.filter(pk=person.pk).update(is_active=False)
    browser = world.browser(who)
    for row in ROWS:
        if row.outcomes["nobody"] == "in":
            with trying(world, browser, row) as attempt:
                assert (row.name, attempt.send().outcome) == (row.name, "in")


def _written_by_patients_alone() -> list[Row]:
    alone = [row for row in ROWS if row.outcomes["clinician"] == "403"]
    return [row for row in alone if row.outcomes["patient"].endswith("*")]


def test_somebody_discharged_writes_nothing_else_on_a_page_left_open(curriculum: Ladder) -> None:
    """What they tell of their body is kept, the trail says that they took their own data, and what
    reminds them can be ended."""
    world = access_world.build()
    phone = world.browser("patient")
    wrong = []
    access_arranged.arrange("take_back", "POST", world)
    before = everything()
    for row in _written_by_patients_alone():
        if row.name in {"log_day", "report", "report_take_back", "my_export", "my_reminders_end"}:
            continue
        answer = phone.post(
            access_world.address(row.name, world), access_forms.typed(row.name, world)
        )
        if answer.status_code not in {404, 422} or everything() != before:
            wrong.append((row.name, answer.status_code))
    assert wrong == []
