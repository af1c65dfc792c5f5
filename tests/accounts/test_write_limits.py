"""What one signed-in person may write in a minute, and that what tells of the body is never
refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Event
from patients.models import Carer, Message, Outbox, Practice, Report
from patients.verbs import carers as carer_verbs
from patients.verbs import messages as message_verbs
from tests.accounts.phones import new_link, opened, signed_in
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import HTMX, browser, text
from tests.patients.phone import phone_of

pytestmark = pytest.mark.django_db
#: As ``config.settings`` has them.
AS_SERVED = {"writes": "30/m/key", "draft": "120/m/key", "pin": "10/m/key,40/h/key"}


@pytest.fixture(autouse=True)
def limits(settings: Settings, nobody_counts_writes: None) -> None:
    settings.WRITE_LIMITS = dict(AS_SERVED)


def send(phone: Client, nth: int, **headers: str) -> Any:
    said = {"text": f"Message {nth}.", "client_id": f"message {nth}"}
    return phone.post(reverse("my_messages"), said, headers=headers or None)


@pytest.fixture
def flooded(cast: Cast) -> Client:
    """Maya's phone after thirty messages in a minute."""
    phone = phone_of(cast.maya)
    assert {send(phone, nth).status_code for nth in range(30)} == {303}
    return phone


def test_the_limits_are_those_that_the_product_is_served_with() -> None:
    with open("config/settings.py", encoding="utf-8") as source:
        lines = source.read()
    for name, limit in AS_SERVED.items():
        assert f'"{name}": "{limit}"' in lines


def test_after_thirty_writes_in_a_minute_the_words_are_given_back(flooded: Client) -> None:
    answer = send(flooded, 31)
    assert answer.status_code == 429
    for words in ("Not saved yet", "Message 31.", "Wait a minute", "Call the clinic"):
        assert words in text(answer)
    assert Message.objects.count() == 30


def test_a_minute_later_it_is_taken(cast: Cast, flooded: Client) -> None:
    with time_machine.travel(cast.harbour.created_at + timedelta(minutes=5)):
        assert send(flooded, 31).status_code == 303


def test_a_page_that_sends_by_itself_gets_the_same_answer(flooded: Client) -> None:
    answer = send(flooded, 31, **HTMX)
    assert answer.status_code == 429
    assert "What you typed is still here. Wait a minute" in text(answer)
    assert "<body" not in answer.content.decode()


def test_one_person_uses_up_nothing_of_another(cast: Cast, flooded: Client) -> None:
    assert send(phone_of(cast.noor), 31).status_code == 303
    note = {"text": "Limps.", "client_id": "note"}
    assert browser(cast.elin).post(reverse("record_notes", args=[cast.maya.pk]), note).status_code
    assert Event.objects.count() == Event.objects.exclude(kind="denied").count()


def test_nothing_that_tells_of_the_body_is_refused(cast: Cast, flooded: Client) -> None:
    told = {"kind": "numb", "side-numb": "left", "client_id": "told"}
    assert flooded.post(reverse("report"), told).status_code == 303
    assert Report.objects.filter(patient=cast.maya).count() == 1
    day = reverse("log_day", args=[cast.harbour.today()])
    level = acts.level(cast.plan, 1).pk
    for nth in range(40):
        said = {"level": level, "pain": "2", "done-1": "1", "reps-1": "5", "client_id": f"d{nth}"}
        assert flooded.post(day, said).status_code != 429
    assert Practice.objects.filter(plan=cast.plan).exists()
    assert flooded.get(reverse("get_help")).status_code == 200


def test_words_that_can_be_important_lead_to_help_also_when_there_were_too_many(
    flooded: Client,
) -> None:
    said = {"text": "I do not want to live. My foot drags.", "client_id": "too many"}
    answer = flooded.post(reverse("my_messages"), said)
    assert answer.status_code == 429
    assert 'id="found"' in answer.content.decode()


def test_the_page_of_the_pin_computes_no_more_than_ten_hashes_a_minute(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    mine = opened(path)
    pins = [f"47{nth}1" for nth in range(20, 31)]
    codes = [mine.post(reverse("pin"), {"pin": pin, "old": "9999"}).status_code for pin in pins]
    assert codes[0] == 303
    assert codes[-1] == 429
    assert signed_in(mine)


def test_nor_do_the_pages_on_which_a_clinician_types_it_beside_the_patient(cast: Cast) -> None:
    """Of a patient or of a carer, tried in turn: they count together."""
    carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)
    carer = Carer.objects.get()
    pages = [reverse("pin_here", args=[cast.maya.pk]), reverse("carer_pin_here", args=[carer.pk])]
    clinic = browser(cast.elin)
    codes = [clinic.post(pages[nth % 2], {"pin": "1234"}).status_code for nth in range(11)]
    assert 429 not in codes[:10]
    assert codes[10] == 429


def test_pain_up_and_down_mails_once_an_hour_and_hides_nothing_urgent(cast: Cast) -> None:
    """Sixteen corrections of a day in turn: pain 9, pain 1, pain 9 ..."""
    phone = phone_of(cast.maya)
    day = reverse("log_day", args=[cast.harbour.today()])
    level = acts.level(cast.plan, 1).pk
    for nth in range(16):
        newest = Practice.objects.standing().filter(plan=cast.plan).first()
        said = {"level": level, "pain": str(9 - 8 * (nth % 2)), "done-1": "1", "reps-1": "5"}
        said |= {"client_id": f"turn {nth}", "corrects": str(newest.pk) if newest else ""}
        assert phone.post(day, said).status_code == 303
    assert Practice.objects.filter(plan=cast.plan).count() == 16
    assert Outbox.objects.filter(to=cast.elin, urgency="").count() <= 1
    before = Outbox.objects.waiting().filter(to=cast.elin).count()
    told = {"kind": "saddle", "client_id": "urgent"}
    assert phone.post(reverse("report"), told).status_code == 303
    assert Outbox.objects.waiting().filter(to=cast.elin).count() == before + 1


def test_the_thread_comes_in_pages_with_the_newest_first(cast: Cast) -> None:
    for nth in range(1, 121):
        message_verbs.write(
            plan=cast.plan, by=cast.maya.user, text=f"Number {nth}.", client_id=f"n{nth}"
        )
    readers = [
        (phone_of(cast.maya), reverse("my_messages")),
        (browser(cast.elin), reverse("thread", args=[cast.maya.pk])),
    ]
    for reader, address in readers:
        seen = [
            re.findall(r"Number (\d+)\.", text(reader.get(address, {"page": page})))
            for page in ("", "1", "2", "3", "4", "x", "9" * 40)
        ]
        assert [(page[:1], page[-1:]) for page in seen[:5]] == [
            (["71"], ["120"]),
            (["71"], ["120"]),
            (["21"], ["70"]),
            (["1"], ["20"]),
            ([], []),
        ]
        assert seen[5] == seen[6] == seen[0]
        first = reader.get(address).content.decode()
        assert 'href="?page=2">Earlier messages' in first
        assert "Later messages" not in first
        last = reader.get(address, {"page": "3"}).content.decode()
        assert 'href="?page=2">Later messages' in last
        assert "Earlier messages" not in last
