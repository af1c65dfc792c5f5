"""manage.py create_clinic: the first real clinic and its owner, or a plain reason why not."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import Clinic, Role, User
from curriculum.models import Ladder
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.patients import acts

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Northfield Physio",
    "phone": "555 0142",
    "time_zone": "Europe/Stockholm",
    "owner_name": "Olga Berg",
    "owner_email": "Olga@Northfield.example",
}


class Terminal(io.StringIO):
    """Somebody types these lines."""

    def isatty(self) -> bool:
        return True


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
    assert (owner.role, owner.clinic.name, owner.clinic.demo) == (
        Role.OWNER,
        "Northfield Physio",
        False,
    )
    client.post(
        "/account/login/",
        {"login": "olga@northfield.example", "password": "seven quiet wooden stools"},
    )
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
        ("phone", "08 555 01 42 / 08 555 01 43", "Write one number"),
        ("country", "Sweden", "no country has these two letters"),
        ("emergency_number", "ambulance", "with digits"),
        ("time_zone", "Mars/Base", "Choose a time zone such as"),
        ("owner_email", "olga", "Enter a valid"),
        ("password", "short", "password: "),
        ("name", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_is_made(
    field: str, given: str | None, reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        create(**{field: given})
    assert not Clinic.objects.exists()
    assert not User.objects.exists()


def test_numbers_are_kept_as_the_country_of_the_time_zone_dials_them() -> None:
    create(phone="+46 8 555 01 42", emergency_number="112")
    create(name="B", owner_email="b@x.example", country="gb", phone="+44 (0)20 7946 0000")
    swedish, british = Clinic.objects.order_by("pk")
    assert (swedish.country, swedish.phone, swedish.emergency_number) == (
        "SE",
        "08-555 01 42",
        "112",
    )
    assert (british.country, british.phone, british.emergency_number) == ("GB", "020 7946 0000", "")


def test_at_a_terminal_the_emergency_number_is_asked_for_and_may_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problems = io.StringIO()
    for typed, kept in (("ambulance\n112\n", "112"), ("\n", "")):
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        call_command(
            "create_clinic",
            **GOOD | {"owner_email": f"o{kept}@x.example"},
            link=True,
            stdout=io.StringIO(),
            stderr=problems,
        )
        assert Clinic.objects.latest("pk").emergency_number == kept
    assert problems.getvalue().count("with digits") == 1


def test_patients_never_stand_beside_the_demo(curriculum: Ladder) -> None:
    call_command("demo", stdout=io.StringIO())
    before = acts.everything()
    with pytest.raises(CommandError, match=r'make run DEMO=0 VAR_DIR="\$HOME/hinge-ladder"'):
        create()
    assert acts.everything() == before


@pytest.mark.both
def test_the_database_too_keeps_the_demo_apart(cast: Cast) -> None:
    with acts.database_refuses("the demo and real clinics never stand in one database"):
        Clinic.objects.create(name="Demo", phone="112", demo=True)
    with acts.database_refuses("never becomes a real one"):
        Clinic.objects.filter(pk=cast.hilltop.pk).update(demo=True)


def test_the_owners_password_does_not_name_the_clinic() -> None:
    with pytest.raises(CommandError, match="easy to guess"):
        create(password="Northfield Olga 1")
    assert not Clinic.objects.exists()


def test_an_address_already_in_use_makes_no_half_a_clinic(cast: Cast) -> None:
    before = Clinic.objects.count()
    with pytest.raises(CommandError, match="already signs in"):
        create(owner_email="elin@harbour.example")
    assert Clinic.objects.count() == before


def test_a_wrong_answer_is_asked_again_at_once_and_the_right_ones_are_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = [
        "",
        "Northfield Physio",
        "ring us",
        "555 0142",
        "Stockholm",
        "Europe/Stockholm",
        "Olga Berg",
    ]
    typed += ["olga", "ELIN@harbour.example", "olga@northfield.example"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(typed) + "\n"))
    problems = io.StringIO()
    call_command("create_clinic", link=True, stdout=io.StringIO(), stderr=problems)
    said = problems.getvalue()
    for reason in (
        "nothing was given",
        "with digits",
        "Choose a time zone",
        "valid email",
        "already signs in",
    ):
        assert said.count(reason) == 1
    owner = User.objects.get(email="olga@northfield.example")
    assert (owner.clinic.name, owner.clinic.time_zone) == ("Northfield Physio", "Europe/Stockholm")


def test_a_weak_password_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["short", "seven quiet wooden stools"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))
    call_command("create_clinic", **GOOD, stdout=io.StringIO(), stderr=io.StringIO())
    assert User.objects.get().check_password("seven quiet wooden stools")


def test_the_link_leads_to_the_address_in_force_and_the_line_for_another_port_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    monkeypatch.setenv("VAR_DIR", "/srv/my hinge")
    settings.PUBLIC_URL = "http://127.0.0.1:8150"
    settings.PORT = 8150
    said = create()
    assert re.search(r"http://127\.0\.0\.1:8150/join/\S+", said)
    assert "The link leads to http://127.0.0.1:8150." in said
    assert re.search(
        r"VAR_DIR='/srv/my hinge' PORT=8151 \S+ manage.py create_clinic --again"
        r" --owner-email olga@northfield.example",
        said,
    )


def test_an_owner_who_has_not_joined_gets_a_new_link_by_one_command(client: Client) -> None:
    first = re.search(r"(/join/\S+)", create())
    again = io.StringIO()
    call_command("create_clinic", again=True, stdout=again)
    second = re.search(r"(/join/\S+)", again.getvalue())
    assert first
    assert second
    assert client.post(first[1], {"password": "seven quiet wooden stools"}).status_code == 410
    client.post(second[1], {"password": "seven quiet wooden stools"})
    assert signed_in(client)
    assert Clinic.objects.count() == 1


def test_there_is_no_second_link_for_an_owner_who_has_joined(cast: Cast) -> None:
    for named in ({}, {"owner_email": "petra@harbour.example"}):
        with pytest.raises(
            CommandError, match=r"waiting for a link|petra@harbour\.example waits for no link"
        ):
            call_command("create_clinic", again=True, **named)


def test_a_new_link_for_one_owner_leaves_the_links_of_the_others(client: Client) -> None:
    links = [
        create(),
        create(
            name="Southfield Physio", owner_name="Sven Ek", owner_email="sven@southfield.example"
        ),
    ]
    olgas, svens = (re.findall(r"(/join/\S+)", said)[0] for said in links)
    with pytest.raises(CommandError, match="--owner-email") as asked:
        call_command("create_clinic", again=True)
    for said in (
        "olga@northfield.example",
        "Olga Berg",
        "sven@southfield.example",
        "Southfield Physio",
    ):
        assert said in str(asked.value)
    out = io.StringIO()
    call_command("create_clinic", again=True, owner_email="Sven@Southfield.example", stdout=out)
    assert out.getvalue().startswith("Southfield Physio, Sven Ek:")
    assert [client.get(path).status_code for path in (olgas, svens)] == [200, 410]
