"""Mail about a stop: to whom, when, how often, and how little it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from accounts import staff
from accounts.models import Clinic, User
from patients.models import Outbox, Plan, Stop
from patients.rules.refusals import Refused
from patients.verbs import handover as handover_verbs
from patients.verbs import people as people_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart
from tests.patients.conftest import MONDAY

ELIN = "elin@harbour.example"
OMAR = "omar@harbour.example"
PETRA = "petra@harbour.example"
EVERYBODY = [ELIN, OMAR, PETRA]
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)


def send() -> list[str]:
    """Run the sender; who was written to this time, in alphabetical order."""
    mail.outbox.clear()
    call_command("send_notices", verbosity=0)
    assert all(len(message.to) == 1 for message in mail.outbox)
    return sorted(message.to[0] for message in mail.outbox)


def stop(plan: Plan, **said: Any) -> Stop:
    return acts.log(plan, **{"pain": 8, "note": "It shot down my leg.", **said}).stops.get()


def answer(one: Stop, by: User) -> None:
    said = acts.SEEN if one.needs_contact else {}
    stop_verbs.answer(stop=one, by=by, action="carry_on", word="Fine.", **said)


# ---- pain and numbness


def test_the_lead_is_written_to_at_once_and_only_once(cast: Cast) -> None:
    stop(cast.plan)
    assert send() == [ELIN]
    assert send() == []


def test_without_a_stop_nobody_is_written_to(cast: Cast) -> None:
    acts.log(cast.plan, pain=5)
    assert send() == []


def test_a_report_that_is_not_saved_mails_nobody(cast: Cast) -> None:
    with pytest.raises(Refused):
        acts.log(cast.plan, pain=9, level=acts.level(cast.plan, 5))
    assert send() == []


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


@pytest.mark.parametrize("leg", [None, "numb"])
@pytest.mark.parametrize(("stopped", "due"), WORKING_DAYS)
def test_after_one_working_day_the_others_of_the_clinic_are_written_to(
    clock: time_machine.Traveller, cast: Cast, stopped: str, due: str, leg: str | None
) -> None:
    at, then = (datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM) for text in (stopped, due))
    clock.move_to(at)
    stop(cast.plan, leg=leg)
    assert send() == [ELIN]
    clock.move_to(then - timedelta(seconds=1))
    assert send() == []
    clock.move_to(then)
    assert send() == [OMAR, PETRA]
    clock.move_to(then + timedelta(days=30))
    assert send() == []


def test_a_stop_whose_lead_has_left_is_everybodys_at_once(cast: Cast) -> None:
    User.objects.filter(pk=cast.elin.pk).update(is_active=False)
    stop(cast.plan)
    assert send() == [OMAR, PETRA]


def test_the_colleague_who_covers_is_written_to_as_well_while_they_cover(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    staff.set_cover(by=cast.elin, cover=cast.omar, until=cast.harbour.today() + timedelta(days=3))
    stop(cast.plan)
    assert send() == [ELIN, OMAR]
    clock.move_to(MONDAY + timedelta(days=4))
    stop(factories.plan(factories.patient(cast.elin, "Later Lind")))
    assert OMAR not in send()


def test_somebody_who_left_is_not_written_to(clock: time_machine.Traveller, cast: Cast) -> None:
    stop(cast.plan)
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    clock.move_to(MONDAY + timedelta(days=2))
    assert send() == [ELIN, PETRA]


# ---- who has to hear of what waits changes


def test_who_comes_to_cover_hears_at_once_of_what_waits(cast: Cast) -> None:
    stop(cast.plan)
    assert send() == [ELIN]
    staff.set_cover(by=cast.elin, cover=cast.omar, until=cast.harbour.today())
    assert send() == [OMAR]
    staff.set_cover(by=cast.elin, cover=cast.omar, until=cast.harbour.today())
    assert send() == []


def test_when_the_lead_leaves_everybody_hears_at_once_of_what_waits(cast: Cast) -> None:
    stop(cast.plan)
    assert send() == [ELIN]
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert send() == [OMAR, PETRA]


def test_who_takes_a_patient_over_hears_at_once_of_what_waits(cast: Cast) -> None:
    stop(cast.plan)
    assert send() == [ELIN]
    people_verbs.amend(
        patient=cast.maya,
        by=cast.elin,
        name=cast.maya.name,
        lead=cast.omar,
        referral_note="",
    )
    assert send() == [OMAR]
    handover_verbs.hand_over(user=cast.omar, by=cast.petra, to=cast.petra)
    assert send() == [PETRA]


# ---- urgent


@pytest.mark.parametrize("hour", [3, 12, 23])
def test_a_weak_leg_is_everybodys_at_once_at_any_hour(
    clock: time_machine.Traveller, cast: Cast, hour: int
) -> None:
    clock.move_to(MONDAY.replace(hour=hour))
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    assert {message.subject for message in mail.outbox} == {"Urgent: a patient needs you"}


def test_pain_is_not_called_urgent(cast: Cast) -> None:
    stop(cast.plan)
    send()
    assert mail.outbox[0].subject == "A patient needs you"
    assert "urgent" not in mail.outbox[0].body


def test_an_urgent_mail_is_repeated_every_hour_until_somebody_looks(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    assert "nobody has looked since" not in mail.outbox[0].body
    for _ in range(3):
        clock.shift(59 * MINUTE)
        assert send() == []
        clock.shift(MINUTE)
        assert send() == EVERYBODY
        assert "nobody has looked since" in mail.outbox[0].body
    assert "Stopped: weakness" in chart(browser(cast.omar), cast.maya)
    clock.shift(timedelta(days=2))
    assert send() == []


def test_it_is_repeated_in_working_time_alone(clock: time_machine.Traveller, cast: Cast) -> None:
    saturday = MONDAY + timedelta(days=5)
    clock.move_to(saturday)
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    monday = (saturday + timedelta(days=2)).replace(hour=0)
    clock.move_to(monday + 59 * MINUTE)
    assert send() == []
    clock.move_to(monday + 60 * MINUTE)
    assert send() == EVERYBODY


def test_the_owner_sets_after_how_long_it_is_repeated(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(urgent_again_minutes=240)
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    clock.shift(239 * MINUTE)
    assert send() == []
    clock.shift(MINUTE)
    assert send() == EVERYBODY


def test_an_answer_ends_the_mails(clock: time_machine.Traveller, cast: Cast) -> None:
    weak = stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    answer(weak, cast.omar)
    clock.shift(timedelta(days=3))
    assert send() == []
    assert not Outbox.objects.waiting().exists()


def test_who_has_looked_hears_of_another_urgent_report(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    browser(cast.omar).get(reverse("stop_answer", args=[Stop.objects.get().pk]))
    clock.shift(timedelta(days=1))
    stop(cast.plan, leg="weak")
    assert send() == EVERYBODY
    clock.shift(60 * MINUTE)
    assert send() == EVERYBODY


def test_a_mail_that_waits_to_be_sent_tells_of_what_comes_an_hour_later_too(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(WEEK)
    stop(cast.plan)
    clock.shift(61 * MINUTE)
    stop(cast.plan, day=cast.harbour.today() - timedelta(days=1), pain=9)
    assert send() == [ELIN]


def test_two_reports_of_one_hour_are_one_mail_and_a_worse_one_is_another(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(WEEK)
    yesterday = cast.harbour.today() - timedelta(days=1)
    stop(cast.plan)
    assert send() == [ELIN]
    stop(cast.plan, day=yesterday)
    assert send() == []
    stop(cast.plan, day=yesterday - timedelta(days=1), leg="weak")
    assert send() == EVERYBODY


def test_a_report_in_the_hour_of_one_that_was_answered_is_mailed_in_the_next(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(WEEK)
    answer(stop(cast.plan, leg="weak"), cast.omar)
    clock.shift(MINUTE)
    second = stop(cast.plan, day=cast.harbour.today() - timedelta(days=1), leg="weak")
    assert send() == EVERYBODY
    answer(second, cast.omar)
    clock.shift(MINUTE)
    stop(cast.plan, day=cast.harbour.today() - timedelta(days=2), leg="weak")
    assert send() == []
    clock.move_to(MONDAY + WEEK + 60 * MINUTE)
    assert send() == EVERYBODY


# ---- what it says


@pytest.mark.parametrize("leg", [None, "weak"])
def test_nothing_clinical_and_nobodys_name_is_in_the_mail(cast: Cast, leg: str | None) -> None:
    stop(cast.plan, leg=leg)
    send()
    words = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for kept_back in ("maya", "roos", "pain", "8", "leg", "stop", "hinge at", "drill", "rung"):
        assert kept_back not in words.replace("hinge ladder", "").replace(
            "http://127.0.0.1:8000", ""
        )
    assert "weak" not in words
    assert "http://127.0.0.1:8000/caseload/" in words
