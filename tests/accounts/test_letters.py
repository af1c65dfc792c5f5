"""What every mail of the product says of itself, as a real mail server takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import mail as mails
from tests.accounts.test_staff import NEW
from tests.accounts.test_staff_change import change
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.house import APPS, modules, name
from tests.patients import acts
from tests.smtp import MailServer, takes_our_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    settings.PUBLIC_URL = "https://hinge.harbour.example"
    with takes_our_mails(settings) as server:
        yield server


def test_each_is_plain_text_of_a_program_with_a_number_of_the_clinics_address(
    cast: Cast, server: MailServer
) -> None:
    owner = Client()
    owner.force_login(cast.petra)
    owner.post(reverse("staff_invite"), NEW)
    change(owner, cast.omar, email="om@harbour.example")
    mails.send_step_removed(cast.omar, by=cast.petra)
    said = {"oldpassword": PASSWORD, "password1": "another long walk home"}
    elin = Client()
    elin.force_login(cast.elin)
    elin.post(reverse("account_change_password"), said)
    Client().post(reverse("account_reset_password"), {"email": "elin@harbour.example"})
    acts.log(cast.plan, pain=8)
    call_command("send_notices", verbosity=0)
    assert [message["Subject"] for message in server.taken[:5]] == [
        "Petra Palm invites you to Hinge Ladder",
        *["You sign in with another e-mail now"] * 2,
        "Your second step of sign-in was removed",
        "Your password was changed",
    ]
    assert sorted(message["Subject"] for message in server.taken[5:]) == [
        "A patient needs you",
        "Choose a new password for Hinge Ladder",
    ]
    for message, raw in zip(server.taken, server.raw, strict=True):
        assert message["Auto-Submitted"] == "auto-generated"
        assert re.fullmatch(r"<[^@\s]+@hinge\.harbour\.example>", message["Message-ID"])
        assert message.get_content_type() == "text/plain"
        assert raw.count(b"\n") == raw.count(b"\r\n") > 8
        assert b"\r" not in raw.replace(b"\r\n", b"")


def test_no_mail_is_made_in_another_way() -> None:
    made = re.compile(r"\b(EmailMessage|EmailMultiAlternatives|send_mail|mail_admins)\(")
    found = [name(path) for path in modules(*APPS) if made.search(path.read_text())]
    assert found == ["accounts/adapter.py", "accounts/letters.py"]
