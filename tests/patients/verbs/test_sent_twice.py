"""A message or a morning that arrives again, however late, is kept once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from patients.models import Message, Morning
from patients.verbs import messages as message_verbs
from patients.verbs import practice as practice_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser
from tests.patients.phone import phone_of

DAY = timedelta(days=1)
NUMBER = re.compile(r'name="client_id" value="([^"]+)"')


def say(cast: Cast, by: User, text: str, number: str = "1") -> Message:
    return message_verbs.write(plan=cast.plan, by=by, text=text, client_id=number)


@pytest.mark.parametrize("who", ["patient", "clinician"])
def test_a_message_that_arrives_again_an_hour_later_is_kept_once(
    clock: time_machine.Traveller, cast: Cast, who: str
) -> None:
    by = cast.maya.user if who == "patient" else cast.elin
    first = say(cast, by, "It went well.")
    say(cast, by, "Something else.", "2")
    clock.shift(timedelta(hours=1))
    assert say(cast, by, "It went well.") == first
    assert Message.objects.count() == 2


def test_other_words_in_a_form_that_was_sent_before_are_another_message(cast: Cast) -> None:
    say(cast, cast.maya.user, "It went well.")
    say(cast, cast.maya.user, "And my foot tingles.")
    assert [message.text for message in Message.objects.all()] == [
        "It went well.",
        "And my foot tingles.",
    ]


@pytest.mark.parametrize("number", ["x" * 500, "\x00", " ", "a\nb"])
def test_no_message_is_refused_for_the_number_of_its_form(cast: Cast, number: str) -> None:
    for _ in range(2):
        say(cast, cast.maya.user, "It went well.", number)
    assert Message.objects.count() == 1


def test_a_morning_that_arrives_again_does_not_undo_its_correction(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(DAY)
    said: dict[str, Any] = {"practice": entry, "by": cast.maya.user}
    first = practice_verbs.answer_morning(**said, pain_now=9, worse=True, client_id="1")
    practice_verbs.answer_morning(**said, pain_now=2, worse=False, client_id="2")
    again = practice_verbs.answer_morning(**said, pain_now=9, worse=True, client_id="1")
    assert again == first
    assert [morning.pain for morning in Morning.objects.all()] == [9, 2]


def test_a_morning_that_arrives_again_after_its_entry_was_corrected_is_kept_once(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(DAY)
    said: dict[str, Any] = {"by": cast.maya.user, "pain_now": 3, "worse": False, "client_id": "1"}
    practice_verbs.answer_morning(practice=entry, **said)
    acts.log(cast.plan, pain=4, corrects=entry, day=entry.done_on)
    before = Morning.objects.count()
    practice_verbs.answer_morning(practice=entry, **said)
    assert Morning.objects.count() == before


def test_every_form_of_a_morning_and_of_a_message_has_a_number_of_its_own(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=2)
    clock.shift(DAY)
    phone = phone_of(cast.maya)
    elin = browser(cast.elin)
    chart = reverse("chart", args=[cast.maya.pk])
    for client, page in (
        (phone, reverse("today")),
        (phone, reverse("my_messages")),
        (elin, reverse("thread", args=[cast.maya.pk])),
        (elin, chart),
    ):
        shown = [NUMBER.findall(client.get(page).content.decode()) for _ in range(2)]
        assert shown[0], page
        assert not set(shown[0]) & set(shown[1]), page
