"""An owner puts a colleague's e-mail and role right; the clinic keeps an owner, and an old address
opens nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import staff
from accounts.models import Event, Role, User
from accounts.refusals import Refused
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD, owner
from tests.together import at_once

pytestmark = pytest.mark.django_db
NEW = "omar.odeh@harbour.example"


def change(client: Client, person: User, **said: Any) -> Any:
    standing = {"name": person.name, "email": person.email, "role": person.role}
    return client.post(reverse("staff_change", args=[person.pk]), standing | said)


def sign_in(email: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    return client


def test_a_new_email_signs_the_person_out_and_is_what_they_sign_in_with(
    cast: Cast, client: Client
) -> None:
    omar = sign_in("omar@harbour.example")
    assert signed_in(omar)
    client.force_login(cast.petra)
    assert (
        f'href="{reverse("staff_change", args=[cast.omar.pk])}"'
        in client.get(reverse("staff")).content.decode()
    )
    assert change(client, cast.omar, email=NEW.title()).status_code == 303
    assert not signed_in(omar)
    assert signed_in(sign_in(NEW))


def test_the_old_address_opens_nothing_and_gets_no_mail(cast: Cast, client: Client) -> None:
    Client().post(reverse("account_reset_password"), {"email": "omar@harbour.example"})
    call_command("send_notices", verbosity=0)
    mailed = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert mailed
    client.force_login(cast.petra)
    change(client, cast.omar, email=NEW)
    assert b"used before" in Client().get(mailed[1], follow=True).content
    assert not signed_in(sign_in("omar@harbour.example"))
    mail.outbox.clear()
    for email in ("omar@harbour.example", NEW):
        Client().post(reverse("account_reset_password"), {"email": email})
    call_command("send_notices", verbosity=0)
    assert [sent.to for sent in mail.outbox] == [[NEW]]


def test_a_clinician_becomes_an_owner_and_a_clinician_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    omar = Client()
    omar.force_login(cast.omar)
    change(client, cast.omar, role="owner")
    assert omar.get(reverse("staff")).status_code == 200
    change(client, cast.omar, role="clinician")
    assert omar.get(reverse("staff")).status_code == 403
    assert signed_in(omar)


def test_each_change_is_on_record_and_saving_without_one_changes_nothing(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    change(client, cast.omar)
    assert not Event.objects.filter(actor=cast.petra).exists()
    change(client, cast.omar, email=NEW, role="owner")
    rows = Event.objects.filter(actor=cast.petra, subject=cast.omar)
    assert {row.kind for row in rows} == {"email_changed", "role_changed"}


def test_the_last_owner_stays_one_until_there_is_another(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    answer = change(client, cast.petra, role="clinician")
    assert answer.status_code == 422
    assert b"The clinic needs an owner." in answer.content
    pia = owner(cast.harbour, "Pia Pil")
    staff.deactivate(user=pia, by=cast.petra)
    assert change(client, cast.petra, role="clinician").status_code == 422
    staff.reactivate(user=pia, by=cast.petra)
    assert change(client, cast.petra, role="clinician")["Location"] == reverse("home")
    assert User.objects.get(pk=cast.petra.pk).role == Role.CLINICIAN


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_step_down_at_once_one_stays(cast: Cast) -> None:
    pia = owner(cast.harbour, "Pia Pil")
    answers = at_once(
        *(
            lambda one=one: staff.amend(user=one, by=one, email=one.email or "", role="clinician")
            for one in (cast.petra, pia)
        )
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert User.objects.filter(clinic=cast.harbour, role=Role.OWNER).count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "omar"),
        ("email", "ELIN@harbour.example"),
        ("role", "patient"),
        ("role", ""),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_changes_nothing(
    cast: Cast, client: Client, field: str, typed: str
) -> None:
    client.force_login(cast.petra)
    answer = change(client, cast.omar, **{"email": NEW, "role": "owner", field: typed})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    omar = User.objects.get(pk=cast.omar.pk)
    assert (omar.email, omar.role) == ("omar@harbour.example", Role.CLINICIAN)


@pytest.mark.parametrize(("who", "status"), [("elin", 403), ("ines", 404), ("omar", 403)])
def test_nobody_but_an_owner_of_the_clinic_changes_it(
    cast: Cast, client: Client, who: str, status: int
) -> None:
    by = getattr(cast, who)
    client.force_login(by)
    assert change(client, cast.omar, role="owner").status_code == status
    with pytest.raises(Refused):
        staff.amend(user=cast.omar, by=by, email=NEW, role="owner")


def test_a_patient_is_made_no_colleague_by_this_door(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    assert change(client, cast.maya.user, email=NEW, role="owner").status_code == 404
    with pytest.raises(Refused):
        staff.amend(user=cast.maya.user, by=cast.petra, email=NEW, role="owner")


def test_an_invitation_to_a_mistyped_address_dies_and_a_new_one_is_sent(
    cast: Cast, client: Client
) -> None:
    jonas = staff.invite(
        clinic=cast.harbour, by=cast.petra, name="Jonas", email="jnoas@x.example", role="clinician"
    )
    old = staff.invitation_url(jonas)
    client.force_login(cast.petra)
    page = change(client, jonas, email="jonas@x.example")
    assert page["Location"] == reverse("staff_invitation", args=[jonas.pk])
    assert [sent.to for sent in mail.outbox] == [["jonas@x.example"]]
    assert Client().get("/" + old.split("/", 3)[3]).status_code == 410
    fresh = User.objects.get(pk=jonas.pk)
    assert Client().get("/" + staff.invitation_url(fresh).split("/", 3)[3]).status_code == 200
