"""A forgotten password where no mail server is set: everybody reads the same true sentence, and an
owner can help."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import staff
from accounts.models import Event, Role, User
from accounts.refusals import Refused
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD, owner

pytestmark = pytest.mark.django_db
ASK = reverse("account_reset_password")
LOGIN = reverse("account_login")
CHOSEN = "seven quiet wooden stools"


@pytest.fixture
def no_mail_server(settings: Settings, tmp_path: Path) -> Path:
    """Where the mails are kept."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def told(email: str) -> str:
    """What somebody reads who has asked for a new password."""
    page = Client().post(ASK, {"email": email}, follow=True)
    assert page.status_code == 200
    call_command("send_notices", verbosity=0)
    return re.sub(r"\s+", " ", page.content.decode())


def link(client: Client, person: User) -> Any:
    return client.post(reverse("staff_password", args=[person.pk]))


def path_in(page: Any) -> str:
    found = re.search(r'id="address"[^>]*value="https?://[^/]+(/[^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def choose(path: str, password: str = CHOSEN) -> Any:
    newcomer = Client()
    return newcomer.post(
        newcomer.get(path, follow=True).request["PATH_INFO"], {"password1": password}
    )


def can_sign_in(email: str, password: str) -> bool:
    client = Client()
    client.post(LOGIN, {"login": email, "password": password})
    return signed_in(client)


def test_nobody_is_told_to_wait_for_a_mail_that_cannot_come(
    cast: Cast, no_mail_server: Path
) -> None:
    known = told("elin@harbour.example")
    unknown = told("nobody@harbour.example")
    assert known == unknown
    assert "Ask an owner of your clinic for a new link" in known
    assert "on its way" not in known
    assert "var/mail" in known
    assert [
        len(list(no_mail_server.iterdir())),
        "Ask an owner" in Client().get(ASK).content.decode(),
    ] == [1, True]


def test_with_a_mail_server_the_mail_is_announced_to_everybody_alike(cast: Cast) -> None:
    known = told("elin@harbour.example")
    unknown = told("nobody@harbour.example")
    assert known == unknown
    assert "a mail is on its way" in known


def test_an_owner_gives_a_colleague_a_link_that_sets_a_new_password_once(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    change = reverse("staff_change", args=[cast.omar.pk])
    assert f'href="{change}"' in client.get(reverse("staff")).content.decode()
    assert (
        f'action="{reverse("staff_password", args=[cast.omar.pk])}"'
        in client.get(change).content.decode()
    )
    elsewhere = Client()
    elsewhere.force_login(cast.omar)
    path = path_in(link(client, cast.omar))
    assert choose(path, "short").status_code == 422
    assert choose(path).status_code == 303
    assert can_sign_in("omar@harbour.example", CHOSEN)
    assert not signed_in(elsewhere)
    assert b"used before" in Client().get(path, follow=True).content


def test_whoever_remembers_the_old_password_after_all_signs_in_with_it(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    path = path_in(link(client, cast.omar))
    assert can_sign_in("omar@harbour.example", PASSWORD)
    assert b"used before" in Client().get(path, follow=True).content


def test_who_made_a_link_for_whom_is_on_record(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    link(client, cast.omar)
    row = Event.objects.get(kind="password_link_made")
    assert (row.actor, row.subject) == (cast.petra, cast.omar)


@pytest.mark.parametrize(("who", "status"), [("elin", 403), ("ines", 404)])
def test_nobody_but_an_owner_of_the_clinic_makes_one(
    cast: Cast, client: Client, who: str, status: int
) -> None:
    by = getattr(cast, who)
    client.force_login(by)
    assert link(client, cast.omar).status_code == status
    with pytest.raises(Refused):
        staff.password_url(user=cast.omar, by=by)


def test_an_owner_makes_none_for_themselves_for_a_patient_or_for_somebody_without_access(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    staff.deactivate(user=cast.omar, by=cast.petra)
    answers = [link(client, person) for person in (cast.petra, cast.maya.user, cast.omar)]
    assert [answer.status_code for answer in answers] == [422, 404, 422]
    assert b"on your own page" in answers[0].content
    assert not Event.objects.filter(kind="password_link_made").exists()


def made(person: User, by: User) -> str:
    """The path of a link that ``by`` made and has not handed over."""
    return urlsplit(staff.password_url(user=person, by=by)).path


def opens(path: str) -> bool:
    page = Client().get(path, follow=True).content
    assert (b"used before" in page) != (b'name="password1"' in page)
    return b"used before" not in page


@pytest.mark.parametrize("how", ["ended", "demoted"])
def test_an_owner_no_more_gets_into_nobodys_account_by_a_link_made_before(
    cast: Cast, how: str
) -> None:
    olga = owner(cast.harbour, "Olga Orr", email="olga@harbour.example")
    paths = [made(person, olga) for person in (cast.petra, cast.omar)]
    begun = Client()
    choosing = begun.get(paths[0], follow=True).request["PATH_INFO"]
    kept = made(cast.elin, cast.petra)
    if how == "ended":
        staff.deactivate(user=olga, by=cast.petra)
    else:
        staff.amend(user=olga, by=cast.petra, email=olga.email or "", role=Role.CLINICIAN)
    assert [opens(path) for path in [*paths, kept]] == [False, False, True]
    assert b"used before" in begun.post(choosing, {"password1": CHOSEN}).content
    assert can_sign_in("petra@harbour.example", PASSWORD)


def test_a_link_for_somebody_whose_access_ended_stays_dead_when_access_is_given_back(
    cast: Cast,
) -> None:
    path = made(cast.omar, cast.petra)
    staff.deactivate(user=cast.omar, by=cast.petra)
    staff.reactivate(user=cast.omar, by=cast.petra)
    assert not opens(path)
    assert can_sign_in("omar@harbour.example", PASSWORD)


def test_a_link_sets_no_password_for_somebody_without_access_however_it_ended(cast: Cast) -> None:
    path = made(cast.omar, cast.petra)
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    assert not opens(path)
