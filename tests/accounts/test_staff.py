"""The owner's staff: invited by a link of their own, ended and given back, and never without an
owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import staff
from accounts.models import Event, Role, User
from accounts.refusals import Refused
from tests import factories
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.together import at_once

pytestmark = pytest.mark.django_db
NEW = {"name": "Jonas Jaber", "email": "Jonas@Harbour.example", "role": "clinician"}
CHOSEN = {"password": "seven quiet wooden stools"}


def invited(cast: Cast) -> str:
    """The path of Jonas's invitation."""
    user = staff.invite(
        clinic=cast.harbour,
        by=cast.petra,
        name="Jonas",
        email="jonas@harbour.example",
        role="clinician",
    )
    return path_to(user)


def path_to(user: User) -> str:
    return "/" + staff.invitation_url(user).split("/", 3)[3]


def test_an_owner_invites_a_colleague_who_chooses_a_password_and_is_in(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    page = client.post(reverse("staff_invite"), NEW, follow=True)
    jonas = User.objects.get(email="jonas@harbour.example")
    assert staff.invitation_url(jonas) in page.content.decode()
    assert staff.invitation_url(jonas) in str(mail.outbox[0].body)
    newcomer = Client()
    assert newcomer.post(path_to(jonas), CHOSEN).status_code == 303
    assert signed_in(newcomer)
    assert newcomer.get("/")["Location"] == reverse("caseload")
    jonas.refresh_from_db()
    assert (jonas.clinic, jonas.role, jonas.is_active) == (cast.harbour, Role.CLINICIAN, True)


def test_without_a_mail_server_the_owner_is_told_to_hand_the_link_over(
    cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    client.force_login(cast.petra)
    assert (
        b"Hand over the link below"
        in client.post(reverse("staff_invite"), NEW, follow=True).content
    )
    assert len(list(tmp_path.iterdir())) == 1


def test_a_mail_server_that_is_down_loses_no_invitation(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9
    client.force_login(cast.petra)
    page = client.post(reverse("staff_invite"), NEW, follow=True).content.decode()
    assert "The mail could not be sent" in page
    assert staff.invitation_url(User.objects.get(email="jonas@harbour.example")) in page


def test_nobody_signs_in_before_joining(cast: Cast, client: Client) -> None:
    invited(cast)
    client.post("/account/login/", {"login": "jonas@harbour.example", "password": ""})
    client.post(reverse("account_reset_password"), {"email": "jonas@harbour.example"})
    call_command("send_notices", verbosity=0)
    assert not signed_in(client)
    assert mail.outbox == []


def test_an_invitation_can_be_looked_at_many_times_and_used_once(cast: Cast) -> None:
    path = invited(cast)
    for _ in range(5):
        assert Client().get(path).status_code == 200
    Client().post(path, CHOSEN)
    late = Client()
    assert late.post(path, {"password": "eight quiet wooden stools"}).status_code == 410
    assert not signed_in(late)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_an_invitation_at_once_one_gets_in(cast: Cast) -> None:
    path = invited(cast)
    two = [Client(), Client()]
    answers = at_once(*(lambda each=each: each.post(path, CHOSEN) for each in two))
    assert sorted(answer.status_code for answer in answers) == [303, 410]


def test_an_invitation_ends_after_seven_days(cast: Cast) -> None:
    path = invited(cast)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7, seconds=1)):
        assert Client().post(path, CHOSEN).status_code == 410
    assert not User.objects.get(email="jonas@harbour.example").is_active


def test_inviting_again_or_withdrawing_kills_the_earlier_link(cast: Cast, client: Client) -> None:
    path = invited(cast)
    jonas = User.objects.get(email="jonas@harbour.example")
    client.force_login(cast.petra)
    client.post(reverse("staff_invite_again", args=[jonas.pk]))
    assert Client().get(path).status_code == 410
    jonas.refresh_from_db()
    path = path_to(jonas)
    assert Client().get(path).status_code == 200
    client.post(reverse("staff_deactivate", args=[jonas.pk]))
    assert Client().get(path).status_code == 410


def test_an_owner_who_is_gone_lets_nobody_in_by_an_invitation_kept_back(cast: Cast) -> None:
    gone = factories.owner(cast.harbour, "Olle Owner")
    mine = staff.invite(
        clinic=cast.harbour, by=gone, name="Nils", email="nils@harbour.example", role=Role.OWNER
    )
    kept = path_to(mine)
    sound = invited(cast)
    staff.deactivate(user=gone, by=cast.petra)
    assert Client().get(kept).status_code == 410
    assert Client().post(kept, CHOSEN).status_code == 410
    assert Client().get(sound).status_code == 200
    assert Client().get(path_to(User.objects.get(pk=mine.pk))).status_code == 200


def test_a_forged_invitation_opens_nothing(cast: Cast, client: Client) -> None:
    path = invited(cast)
    for forged in (path[:-2] + "x/", path.replace("/join/", "/join/1"), "/join/x/", "/join/1.1.1/"):
        assert client.get(forged).status_code == 410


@pytest.mark.parametrize("password", ["", "short", "password1234", "jonas@harbour.example"])
def test_a_password_easy_to_guess_does_not_use_the_invitation_up(cast: Cast, password: str) -> None:
    path = invited(cast)
    answer = Client().post(path, {"password": password})
    assert answer.status_code == 422
    assert 'id="id_password_error"' in answer.content.decode()
    assert Client().post(path, CHOSEN).status_code == 303


def test_somebody_signed_in_uses_no_invitation_up(cast: Cast, client: Client) -> None:
    path = invited(cast)
    client.force_login(cast.petra)
    assert client.get(path).status_code == 200
    assert client.post(path, CHOSEN).status_code == 403
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", " \u2028 "),
        ("name", "x" * 201),
        ("email", ""),
        ("email", "no address"),
        ("email", "elin@harbour.example"),
        ("email", "INES@hilltop.example"),
        ("role", "patient"),
        ("role", "admin"),
    ],
)
def test_a_bad_invitation_is_refused_beside_the_field_and_kept(
    cast: Cast, client: Client, field: str, typed: str
) -> None:
    client.force_login(cast.petra)
    before = User.objects.count()
    answer = client.post(reverse("staff_invite"), NEW | {field: typed})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert User.objects.count() == before
    assert mail.outbox == []


def test_a_name_cannot_smuggle_a_line_into_the_mail(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.petra.pk).update(name="Petra Palm")
    client.force_login(cast.petra)
    client.post(reverse("staff_invite"), NEW | {"name": "Jonas\nBcc: all@harbour.example"})
    assert "\n" not in User.objects.get(email="jonas@harbour.example").name
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("who", ["elin", "maya", "ines"])
def test_only_an_owner_of_the_clinic_manages_its_staff(
    cast: Cast, client: Client, who: str
) -> None:
    person = getattr(cast, who)
    user = person if isinstance(person, User) else person.user
    client.force_login(user)
    expected = 404 if who == "ines" else 403
    assert client.post(reverse("staff_deactivate", args=[cast.omar.pk])).status_code == expected
    for verb in (staff.deactivate, staff.reactivate, staff.invite_again):
        with pytest.raises(Refused):
            verb(user=cast.omar, by=user)
    assert User.objects.get(pk=cast.omar.pk).is_active


def test_an_owner_cannot_end_their_own_access_or_a_patients_by_this_door(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    answer = client.post(reverse("staff_deactivate", args=[cast.petra.pk]))
    assert answer.status_code == 422
    assert b"cannot end your own access" in answer.content
    assert client.post(reverse("staff_deactivate", args=[cast.maya.user.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_end_each_other_at_once_leave_one(cast: Cast) -> None:
    second = User.objects.create_user(
        clinic=cast.harbour, role=Role.OWNER, name="Pia", email="pia@harbour.example"
    )
    answers = at_once(
        lambda: staff.deactivate(user=second, by=cast.petra),
        lambda: staff.deactivate(user=cast.petra, by=second),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert User.objects.filter(clinic=cast.harbour, role=Role.OWNER, is_active=True).count() == 1


def test_every_change_of_staff_is_on_record(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    client.post(reverse("staff_deactivate", args=[cast.omar.pk]))
    client.post(reverse("staff_reactivate", args=[cast.omar.pk]))
    kinds = ["staff_deactivated", "staff_reactivated"]
    rows = Event.objects.filter(actor=cast.petra, subject=cast.omar, kind__in=kinds)
    assert {row.kind for row in rows} == set(kinds)
    assert all(len(row.request_id) == 32 for row in rows)
    assert len({row.request_id for row in rows}) == 2
