"""Staff sign in: by e-mail and password, not by guessing, not after their access ended, and not for
a whole day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from accounts import staff
from accounts.models import Event, User
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LOGIN = "/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post(LOGIN, {"login": email, "password": password})


def test_a_clinician_signs_in_and_finds_the_caseload(cast: Cast, client: Client) -> None:
    answer = sign_in(client, "elin@harbour.example")
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == reverse("caseload")
    assert Event.objects.filter(kind="sign_in", actor=cast.elin).exists()


def test_the_address_may_be_typed_in_capitals(cast: Cast, client: Client) -> None:
    sign_in(client, "Elin@Harbour.Example")
    assert signed_in(client)


def test_a_known_and_an_unknown_address_are_refused_in_the_same_words(
    cast: Cast, client: Client
) -> None:
    known, unknown = (
        sign_in(client, email, "wrong wrong wrong")
        for email in ("elin@harbour.example", "x@y.example")
    )
    assert known.status_code == unknown.status_code == 422
    assert "E-mail and password do not match." in known.content.decode()
    words = [
        _plain(answer.content.decode(), mail)
        for answer, mail in ((known, "elin@harbour.example"), (unknown, "x@y.example"))
    ]
    assert words[0] == words[1]
    assert Event.objects.filter(kind="sign_in_failed", subject=cast.elin).count() == 1


def _plain(page: str, email: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")


def test_what_was_typed_is_kept_but_never_the_password(cast: Cast, client: Client) -> None:
    page = sign_in(client, "elin@harbour.example", "wrong wrong wrong").content.decode()
    assert 'value="elin@harbour.example"' in page
    assert "wrong wrong" not in page


@pytest.mark.parametrize(
    "email", ["", "elin", "<b>@x", "a" * 10_000 + "@x.example", "elin@harbour example\0"]
)
def test_nonsense_for_an_address_is_answered_beside_the_field(
    cast: Cast, client: Client, email: str
) -> None:
    answer = sign_in(client, email)
    assert answer.status_code == 422
    assert 'id="id_login_error"' in answer.content.decode()


def test_five_wrong_passwords_refuse_the_right_one_in_that_network_for_five_minutes(
    cast: Cast,
) -> None:
    for _ in range(5):
        sign_in(Client(), "elin@harbour.example", "wrong wrong wrong")
    here = Client()
    assert "Too many tries" in sign_in(here, "elin@harbour.example").content.decode()
    assert not signed_in(here)
    for person, client in (("omar", Client()), ("elin", Client(REMOTE_ADDR="203.0.113.9"))):
        sign_in(client, f"{person}@harbour.example")
        assert signed_in(client)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5, seconds=1)):
        sign_in(here, "elin@harbour.example")
        assert signed_in(here)


def test_the_session_gets_a_new_name_at_sign_in(cast: Cast, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies["sid"] = planted
    sign_in(client, "elin@harbour.example")
    assert signed_in(client)
    assert client.cookies["sid"].value != planted
    thief = Client()
    thief.cookies["sid"] = planted
    assert not signed_in(thief)


def test_signing_out_ends_the_session_for_a_stolen_cookie_too(cast: Cast, client: Client) -> None:
    sign_in(client, "elin@harbour.example")
    thief = Client()
    thief.cookies["sid"] = client.cookies["sid"].value
    assert signed_in(thief)
    client.post(reverse("account_logout"))
    assert not signed_in(thief)


def test_looking_at_the_sign_out_page_signs_nobody_out(cast: Cast, client: Client) -> None:
    sign_in(client, "elin@harbour.example")
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)


def test_a_staff_session_ends_after_12_hours_however_busy(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in(client, "petra@harbour.example")
    for hour in (4, 8, 11):
        with time_machine.travel(NOW + timedelta(hours=hour), tick=False):
            assert client.post(reverse("my_name"), {"name": ""}).status_code == 422
            client.post(reverse("staff_deactivate", args=[cast.petra.pk]))
    with time_machine.travel(NOW + timedelta(hours=12, seconds=1), tick=False):
        assert not signed_in(client)


def test_ending_access_ends_the_session_at_once_and_for_good(cast: Cast, client: Client) -> None:
    sign_in(client, "elin@harbour.example")
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert not signed_in(client)
    answer = sign_in(Client(), "elin@harbour.example")
    assert answer["Location"] == reverse("account_inactive")
    staff.reactivate(user=cast.elin, by=cast.petra)
    assert not signed_in(client), "the old session must not come back to life"
    sign_in(client, "elin@harbour.example")
    assert signed_in(client)


def test_nobody_signs_up(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for path in ("/account/signup/", "/accounts/signup/"):
        assert client.post(path, {"email": "x@y.example", "password1": PASSWORD}).status_code == 404


def test_after_sign_in_one_is_back_where_one_was_headed_but_never_on_another_site(
    cast: Cast,
) -> None:
    for wanted, got in (
        ("/staff/", "/staff/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
    ):
        answer = Client().post(
            LOGIN, {"login": "petra@harbour.example", "password": PASSWORD, "next": wanted}
        )
        assert answer["Location"] == got


def test_a_forgotten_password_is_asked_for_without_telling_who_works_here(cast: Cast) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in ("elin@harbour.example", "nobody@harbour.example")
    ]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0]["Location"] == answers[1]["Location"]
    assert not mail.outbox, "the time that a mail takes would tell who works here"
    call_command("send_notices", verbosity=0)
    assert [message.to for message in mail.outbox] == [["elin@harbour.example"]]


def test_the_mailed_link_sets_a_new_password_once_and_ends_every_session(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://hinge.example.org"
    sign_in(client, "elin@harbour.example")
    Client(headers={"host": "localhost"}).post(
        reverse("account_reset_password"), {"email": "elin@harbour.example"}
    )
    call_command("send_notices", verbosity=0)
    link = re.search(r"https://hinge\.example\.org(/\S+)", str(mail.outbox[0].body))
    assert link, "the mail points at the public address, whatever host the request named"
    fresh = Client()
    form = fresh.get(link[1])["Location"]
    assert fresh.post(form, {"password1": "short"}).status_code == 422
    assert fresh.post(form, {"password1": "a new walk to the wall"}).status_code == 303
    assert not signed_in(client)
    assert not signed_in(fresh), "a mail alone never signs in"
    sign_in(fresh, "elin@harbour.example", "a new walk to the wall")
    assert signed_in(fresh)
    assert b"used before" in Client().get(link[1]).content


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password1234",
        "1q2w3e4r5t6y",
        "aaaaaaaaaaaa",
        "123456789012",
        "passwordpassword",
        "Sommar202612",
        # the product, the trade, the clinic, the person
        "hingeladder2026",
        "physio123456",
        "Hinge-Ladder-2026!",
        "hinge ladder physio harbour",
        "harbourphysio1",
        "elin@harbour.example",
        "Elin Ek 2026",
        "h4rb0urphy510",
    ],
)
def test_a_password_easy_to_guess_is_refused(cast: Cast, client: Client, password: str) -> None:
    client.force_login(cast.elin)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password}
    )
    assert answer.status_code == 422
    assert User.objects.get(pk=cast.elin.pk).check_password(PASSWORD)


def test_changing_the_password_needs_the_old_one_and_signs_other_devices_out(
    cast: Cast, client: Client
) -> None:
    elsewhere = Client()
    for device in (client, elsewhere):
        sign_in(device, "elin@harbour.example")
    change = reverse("account_change_password")
    assert (
        client.post(change, {"oldpassword": "x", "password1": "a new walk to the wall"}).status_code
        == 422
    )
    client.post(change, {"oldpassword": PASSWORD, "password1": "a new walk to the wall"})
    assert signed_in(client)
    assert not signed_in(elsewhere)


def test_a_patient_has_no_password_to_change(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya.user)
    assert client.get(reverse("account_change_password")).status_code == 403
    assert client.get(reverse("account_reauthenticate")).status_code == 403
