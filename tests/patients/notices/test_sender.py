"""Mails leave whatever the mail server does, each once, and nobody waits for somebody else's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from patients.models import Outbox, SenderBeat, Stop
from patients.models.outbox import CLAIM
from patients.notices import sender
from patients.notices.sender import Sender, send_due
from patients.rules.periods import FIRST_WAIT, LONGEST_WAIT, MAIL_LATE
from patients.verbs import outbox as outbox_verbs
from tests import factories
from tests.accounts.test_clinic import GOOD
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.notices.test_mail import ELIN, EVERYBODY, send
from tests.smtp import MailServer, takes_our_mails
from tests.together import at_once

LATE = "Mails about patients who wait are not going out."


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A real mail server, to which mails go."""
    with takes_our_mails(settings) as server:
        yield server


def stopped(cast: Cast, **said: Any) -> Stop:
    return acts.log(cast.plan, **{"pain": 8, **said}).stops.get()


def send_for(seconds: float) -> None:
    """Let a sender run for a while, as the process beside the server does."""
    running = Sender()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        running.step()
        running.pause(0.05)
    running.close()


class Deaf(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_mail_that_no_server_took_is_tried_again_later_and_later(
    clock: time_machine.Traveller, cast: Cast, settings: Settings
) -> None:
    stopped(cast)
    settings.EMAIL_BACKEND = f"{__name__}.Deaf"
    wait = FIRST_WAIT
    for _ in range(10):
        assert send() == []
        tries = Outbox.objects.get(to=cast.elin).tries
        clock.shift(wait - timedelta(seconds=1))
        assert send() == []
        assert Outbox.objects.get(to=cast.elin).tries == tries
        clock.shift(1)
        wait = min(wait * 2, LONGEST_WAIT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == [ELIN]


def test_a_real_server_takes_the_mail_with_the_number_that_it_keeps(
    cast: Cast, server: MailServer
) -> None:
    stopped(cast)
    server.refuses = True
    assert send_due() == 0
    server.refuses = False
    mails = Outbox.objects.filter(to=cast.elin)
    mails.update(next_try=timezone.now())
    assert send_due() == 1
    # As if the sender had died before it could note that the mail had left.
    mails.update(sent=None, claimed=None)
    assert send_due() == 1
    first, again = server.taken
    assert first["Subject"] == "A patient needs you"
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Message-ID"].endswith("@127.0.0.1>")


def test_a_server_that_hangs_for_one_clinic_leaves_the_mails_of_others_alone(
    cast: Cast, server: MailServer
) -> None:
    slow = factories.clinic("Slow Physio")
    lead = factories.clinician(slow, "Sia Slow", email="sia@slow.example")
    for number in range(20):
        plan = factories.plan(factories.patient(lead, f"Pia Patient {number}"))
        acts.log(plan, pain=9)
    server.hangs_for = "slow.example"
    stopped(cast)
    running = Sender()
    while not server.recipients():
        running.step()
        running.pause(0.05)
    running.close()
    assert server.recipients() == [ELIN]
    # It did not wait until each of the twenty had timed out.
    assert Outbox.objects.filter(clinic=slow, tries__gt=0).count() <= 4


def test_one_address_that_hangs_leaves_the_colleagues_alone(cast: Cast, server: MailServer) -> None:
    User.objects.filter(pk=cast.elin.pk).update(email="elin@slow.example")
    server.hangs_for = "slow.example"
    stopped(cast, leg="weak")
    send_for(2)
    Outbox.objects.waiting().filter(repeats=0).update(next_try=timezone.now())
    send_for(1)
    assert server.recipients() == EVERYBODY[1:]


def test_a_mail_that_cannot_be_put_into_words_keeps_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, server: MailServer
) -> None:
    stopped(cast)
    acts.log(cast.noors_plan, pain=9)
    User.objects.filter(pk=cast.elin.pk).update(email="elin@harbour.example\nBcc: x@y.example")
    assert send_due() == 1
    assert server.recipients() == ["ines@hilltop.example"]
    assert Outbox.objects.get(to=cast.elin).tries == 1


def test_a_sender_that_died_half_way_is_taken_over_after_ten_minutes(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stopped(cast)
    assert outbox_verbs.claim(mail=Outbox.objects.get(to=cast.elin), now=timezone.now())
    assert send() == []
    clock.shift(CLAIM)
    assert send() == [ELIN]


@pytest.mark.django_db(transaction=True)
def test_three_senders_at_the_same_moment_write_one_mail_each_time(cast: Cast) -> None:
    for number in range(8):
        acts.log(factories.plan(factories.patient(cast.elin, f"Pia Patient {number}")), pain=8)
    mail.outbox.clear()
    sent = at_once(send_due, send_due, send_due)
    assert sum(sent) == len(mail.outbox) == 8
    assert Outbox.objects.filter(sent__isnull=False).count() == 8


def test_what_is_due_is_found_by_an_index_and_not_by_reading_stops(cast: Cast) -> None:
    stopped(cast)
    send()
    with CaptureQueriesContext(connection) as asked:
        send_due()
    looked = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert [sql for sql in looked if "patients_stop" in sql] == []
    if connection.vendor == "sqlite":
        (due,) = [sql for sql in looked if "GROUP BY" in sql]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {due}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "outbox_waiting" in plan


def test_a_thread_that_hangs_for_good_is_noticed(
    cast: Cast, server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_TIMEOUT = 30
    server.hangs_for = "harbour.example"
    stopped(cast)
    running = Sender()
    running.step()
    seen = [running.stuck]
    monkeypatch.setattr(sender, "STUCK", 0)
    seen.append(running.stuck)
    running.close()
    assert seen == [False, True]


# ---- what the clinic is told


def test_a_sender_that_is_silent_is_said_on_the_caseload_and_to_the_owner(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    send()
    assert LATE not in text(browser(cast.elin).get(reverse("caseload")))
    clock.shift(MAIL_LATE)
    page = text(browser(cast.elin).get(reverse("caseload")))
    assert f"{LATE}</strong> What sends them last ran on 2 March 09:00." in page
    assert "the mail server, needs a look" not in page
    owner = browser(cast.petra)
    for address in ("caseload", "clinic"):
        assert "the mail server, needs a look" in text(owner.get(reverse(address)))
    send()
    assert SenderBeat.objects.count() == 1
    assert LATE not in text(owner.get(reverse("clinic")))


def test_a_mail_that_does_not_leave_is_said_to_its_own_clinic(
    clock: time_machine.Traveller, cast: Cast, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Deaf"
    stopped(cast)
    clock.shift(MAIL_LATE)
    send()
    page = text(browser(cast.omar).get(reverse("caseload")))
    assert f"{LATE}</strong> One has been waiting since 2 March 09:00." in page
    assert LATE not in text(browser(cast.ines).get(reverse("caseload")))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(LONGEST_WAIT)
    assert send() == [ELIN]
    assert LATE not in text(browser(cast.omar).get(reverse("caseload")))


def test_the_owner_decides_how_soon_an_urgent_mail_is_repeated(cast: Cast) -> None:
    owner = browser(cast.petra)
    assert owner.post(reverse("clinic"), GOOD | {"urgent_again_minutes": "30"}).status_code == 303
    cast.harbour.refresh_from_db()
    assert cast.harbour.urgent_again_minutes == 30
