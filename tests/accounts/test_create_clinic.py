"""manage.py create_clinic: the first real clinic and its owner, or a plain reason why not."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Clinic, Role, User
from tests.accounts.phones import signed_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Northfield Physio",
    "phone": "555 0142",
    "time_zone": "Europe/Stockholm",
    "owner_name": "Olga Berg",
    "owner_email": "Olga@Northfield.example",
}


@pytest.fixture(autouse=True)
def _not_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


def create(**changes: object) -> str:
    out = io.StringIO()
    call_command("create_clinic", **(GOOD | changes), stdout=out)
    return out.getvalue()


def test_the_owner_signs_in_with_the_password_given(client: Client) -> None:
    create(password="seven quiet wooden stools")
    owner = User.objects.get()
    assert (owner.role, owner.clinic.name, owner.clinic.demo) == (Role.OWNER, "Northfield Physio", False)
    client.post("/account/login/", {"login": "olga@northfield.example", "password": "seven quiet wooden stools"})
    assert signed_in(client)


def test_without_a_password_the_owner_gets_a_link_to_choose_one(client: Client) -> None:
    link = re.search(r"http://127\.0\.0\.1:8000(/join/\S+)", create())
    assert link
    client.post(link[1], {"password": "seven quiet wooden stools"})
    assert signed_in(client)


@pytest.mark.parametrize(
    ("field", "given", "reason"),
    [
        ("name", "", "Name of the clinic: nothing was given"),
        ("name", None, "Name of the clinic: nothing was given"),
        ("phone", "ring us", "with digits"),
        ("time_zone", "Mars/Base", "time zone: Choose a time zone"),
        ("owner_email", "olga", "e-mail: Enter a valid"),
        ("password", "short", "password: "),
        ("name", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_is_made(field: str, given: str | None, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        create(**{field: given})
    assert not Clinic.objects.exists()
    assert not User.objects.exists()


def test_an_address_already_in_use_makes_no_half_a_clinic(cast: Cast) -> None:
    before = Clinic.objects.count()
    with pytest.raises(CommandError, match="already signs in"):
        create(owner_email="elin@harbour.example")
    assert Clinic.objects.count() == before
