"""Mail about a stop: to whom, when, how often, and how little it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from accounts import staff
from accounts.models import User
from patients.models import Plan, Stop, StopNotice
from patients.notices import mail as notices
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY, STOCKHOLM
from tests.together import at_once


def send() -> list[str]:
    """Run the sender; who was written to this time, in alphabetical order."""
    mail.outbox.clear()
    call_command("send_notices", verbosity=0)
    assert all(len(message.to) == 1 for message in mail.outbox)
    return sorted(message.to[0] for message in mail.outbox)


def stop(plan: Plan) -> Stop:
    return acts.log(plan, pain=8, note="It shot down my leg.").stops.get()


def answer(one: Stop, by: User) -> None:
    stop_verbs.answer(stop=one, by=by, action="carry_on", word="Fine.")


def test_the_lead_is_written_to_at_once_and_only_once(cast: Cast) -> None:
    stop(cast.plan)
    assert send() == ["elin@harbour.example"]
    assert send() == []


def test_without_a_stop_nobody_is_written_to(cast: Cast) -> None:
    acts.log(cast.plan, pain=5)
    assert send() == []


def test_nothing_clinical_and_nobodys_name_is_in_the_mail(cast: Cast) -> None:
    stop(cast.plan)
    send()
    words = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for kept_back in ("maya", "roos", "pain", "8", "leg", "stop", "hinge at", "drill", "rung"):
        assert kept_back not in words.replace("hinge ladder", "").replace(
            "http://127.0.0.1:8000", ""
        )
    assert "http://127.0.0.1:8000/caseload/" in words


def test_a_stop_answered_or_put_right_before_the_mail_went_out_needs_none(cast: Cast) -> None:
    answer(stop(cast.plan), cast.omar)
    other = factories.plan(factories.patient(cast.elin, "Wanda Wrong"))
    acts.log(other, pain=2, corrects=acts.log(other, pain=9))
    assert send() == []


#: A stop's moment, and from when the clinic's others are written to: one working day, Monday to
#: Friday, later.
WORKING_DAYS = [
    ("2026-03-02 09:00", "2026-03-03 09:00"),  # Monday, Tuesday
    ("2026-03-05 23:30", "2026-03-06 23:30"),  # Thursday, Friday
    ("2026-03-06 15:00", "2026-03-09 15:00"),  # Friday, Monday
    ("2026-03-07 12:00", "2026-03-10 00:00"),  # a Saturday counts from Monday
    ("2026-03-08 23:59", "2026-03-10 00:00"),  # so does a Sunday
    ("2026-03-27 12:00", "2026-03-30 12:00"),  # across the night on which the clocks change
]


@pytest.mark.parametrize(("stopped", "due"), WORKING_DAYS)
def test_after_one_working_day_the_others_of_the_clinic_are_written_to(
    clock: time_machine.Traveller, cast: Cast, stopped: str, due: str
) -> None:
    at, then = (datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM) for text in (stopped, due))
    clock.move_to(at)
    stop(cast.plan)
    assert send() == ["elin@harbour.example"]
    clock.move_to(then - timedelta(seconds=1))
    assert send() == []
    clock.move_to(then)
    assert send() == ["omar@harbour.example", "petra@harbour.example"]
    clock.move_to(then + timedelta(days=30))
    assert send() == []


def test_a_stop_whose_lead_has_left_is_everybodys_at_once(cast: Cast) -> None:
    User.objects.filter(pk=cast.elin.pk).update(is_active=False)
    stop(cast.plan)
    assert send() == ["omar@harbour.example", "petra@harbour.example"]


def test_the_colleague_who_covers_is_written_to_as_well_while_they_cover(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    staff.set_cover(by=cast.elin, cover=cast.omar, until=cast.harbour.today() + timedelta(days=3))
    stop(cast.plan)
    assert send() == ["elin@harbour.example", "omar@harbour.example"]
    clock.move_to(MONDAY + timedelta(days=4))
    stop(factories.plan(factories.patient(cast.elin, "Later Lind")))
    assert "omar@harbour.example" not in send()


def test_somebody_who_left_is_not_written_to(clock: time_machine.Traveller, cast: Cast) -> None:
    stop(cast.plan)
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    clock.move_to(MONDAY + timedelta(days=2))
    assert send() == ["elin@harbour.example", "petra@harbour.example"]


class Deaf(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_mail_that_no_server_took_goes_out_later(cast: Cast, settings: Any) -> None:
    stop(cast.plan)
    settings.EMAIL_BACKEND = f"{__name__}.Deaf"
    assert send() == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == ["elin@harbour.example"]


def test_a_sender_that_died_half_way_is_taken_over_after_ten_minutes(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    StopNotice.objects.create(stop=stop(cast.plan), to=cast.elin)
    assert send() == []
    clock.shift(notices.CLAIM)
    assert send() == ["elin@harbour.example"]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_the_same_moment_write_one_mail_each_time(cast: Cast) -> None:
    for number in range(8):
        stop(factories.plan(factories.patient(cast.elin, f"Pia Patient {number}")))
    mail.outbox.clear()
    sent = at_once(notices.send_due, notices.send_due, notices.send_due)
    assert sum(sent) == len(mail.outbox) == 8
    assert StopNotice.objects.filter(sent_at__isnull=False).count() == 8
