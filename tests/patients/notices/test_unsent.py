"""The owner reads which mails did not leave, to whom, and why, without the name of a patient."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts import password_mails, staff, unsent
from accounts.mail_models import LetterKind, WhyUnsent
from accounts.models import UnsentMail, User
from accounts.signals import hourly
from patients.models import Outbox
from patients.rules.periods import LONGEST_WAIT
from tests import factories
from tests.accounts.test_staff import NEW, invited
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.smtp import MailServer, takes_our_mails

pytestmark = pytest.mark.django_db
HEADING = "Mails that did not leave"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with takes_our_mails(settings) as server:
        yield server


@pytest.fixture
def silent(settings: Settings) -> Iterator[None]:
    """A mail server that takes every connection and never says a word."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
        yield


def page(person: User) -> str:
    return text(browser(person).get(reverse("clinic")))


def test_a_mail_about_a_patient_is_named_until_one_has_left(
    clock: time_machine.Traveller, cast: Cast, server: MailServer
) -> None:
    assert HEADING not in page(cast.petra)
    acts.log(cast.plan, pain=8)
    server.refuses = True
    call_command("send_notices", verbosity=0)
    clock.shift(LONGEST_WAIT)
    call_command("send_notices", verbosity=0)
    said = page(cast.petra)
    assert "<b>Elin Ek</b>, elin@harbour.example: A patient needs you" in said
    assert "takes no mail to this address for now." in said
    assert "Tried 2 times since 2 March 09:00, last on 2 March 09:15." in said
    assert cast.maya.name.split()[0] not in said
    assert HEADING not in page(cast.ines)
    server.refuses = False
    clock.shift(LONGEST_WAIT)
    call_command("send_notices", verbosity=0)
    assert HEADING not in page(cast.petra)


def test_so_are_the_invitation_the_link_for_a_password_and_what_was_changed(
    cast: Cast, server: MailServer
) -> None:
    server.refuses = True
    owner = browser(cast.petra)
    owner.post(reverse("staff_invite"), NEW)
    Client().post(reverse("account_reset_password"), {"email": "omar@harbour.example"})
    call_command("send_notices", verbosity=0)
    said = {"oldpassword": PASSWORD, "password1": "another long walk home"}
    browser(cast.elin).post(reverse("account_change_password"), said)
    told = page(cast.petra)
    for words in (
        "jonas@harbour.example: Invitation",
        "omar@harbour.example: Link for a new password",
        "elin@harbour.example: Something was changed at the own sign-in",
    ):
        assert words in told


def test_a_new_address_ends_it_and_so_does_joining_or_leaving(cast: Cast) -> None:
    invited(cast)
    jonas = User.objects.get(email="jonas@harbour.example")
    for person, kind in (
        (jonas, LetterKind.INVITATION),
        (cast.omar, LetterKind.STOP),
        (cast.elin, LetterKind.STOP),
    ):
        unsent.note(person, kind, WhyUnsent.ADDRESS)
    assert len(unsent.of(cast.harbour)) == 3
    staff.amend(user=cast.omar, by=cast.petra, email="o@harbour.example", role=cast.omar.role)
    User.objects.filter(pk=jonas.pk).update(invited_at=None, is_active=True)
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert unsent.of(cast.harbour) == []


def test_it_is_told_for_two_weeks(clock: time_machine.Traveller, cast: Cast) -> None:
    unsent.note(cast.elin, LetterKind.STOP, WhyUnsent.SILENT)
    clock.shift(unsent.TOLD)
    assert unsent.of(cast.harbour) == []
    hourly.send(None)
    assert not UnsentMail.objects.exists()


def test_a_link_that_waited_for_an_hour_is_given_up_and_said(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    Client().post(reverse("account_reset_password"), {"email": "omar@harbour.example"})
    clock.shift(password_mails.LATEST)
    call_command("send_notices", verbosity=0)
    assert "longer than an hour, and was given up" in page(cast.petra)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (ConnectionRefusedError(), WhyUnsent.UNREACHED),
        (socket.gaierror(), WhyUnsent.UNREACHED),
        (TimeoutError(), WhyUnsent.SILENT),
        (smtplib.SMTPServerDisconnected(), WhyUnsent.SILENT),
        (ssl.SSLCertVerificationError(), WhyUnsent.UNSAFE),
        (smtplib.SMTPAuthenticationError(535, b"no"), WhyUnsent.SIGN_IN),
        (smtplib.SMTPSenderRefused(550, b"no", "us@x.example"), WhyUnsent.SENDER),
        (smtplib.SMTPRecipientsRefused({"a@x.example": (550, b"no")}), WhyUnsent.ADDRESS),
        (smtplib.SMTPRecipientsRefused({"a@x.example": (451, b"no")}), WhyUnsent.NOT_NOW),
        (smtplib.SMTPDataError(554, b"spam"), WhyUnsent.REFUSED),
        (ValueError(), WhyUnsent.OURS),
    ],
)
def test_each_failure_has_its_reason(problem: Exception, expected: WhyUnsent) -> None:
    assert unsent.why(problem) == expected


def test_760_mails_beside_a_silent_server_cost_eight_tries_and_nobody_else_anything(
    cast: Cast, silent: None
) -> None:
    now = timezone.now()
    for number in range(19):
        lead = factories.clinician(factories.clinic(f"Clinic {number}"), f"Lia Lead {number}")
        patient = factories.patient(lead, "Pia Patient")
        acts.log(factories.plan(patient), pain=9)
        Outbox.objects.bulk_create(
            Outbox.at(
                now - timedelta(hours=hour),
                to=lead,
                clinic=lead.clinic,
                patient=patient,
                urgency="pain",
            )
            for hour in range(1, 40)
        )
    assert Outbox.objects.due(timezone.now()).count() == 760
    call_command("send_notices", verbosity=0)
    assert 1 <= Outbox.objects.filter(tries__gt=0).count() <= 8
    assert set(UnsentMail.objects.values_list("kind", "why")) == {("stop", "silent")}
