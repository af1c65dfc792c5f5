"""Help for who is not signed in: the urgent list for everybody, and the clinic's number as far as
it can be known."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import calls
from accounts.models import Clinic
from accounts.opening_hours import Hours, Span
from tests import factories
from tests.accounts.phones import new_link, opened
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URGENT = "You cannot hold your poo or feel it come"


def help_page(client: Client) -> str:
    answer = client.get(reverse("get_help"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert URGENT in page
    assert "Call your local emergency number." in page
    return page


def test_a_stranger_reads_when_to_get_help_and_is_told_of_no_clinic_when_there_are_several(
    cast: Cast,
) -> None:
    page = help_page(Client())
    assert 'href="tel:' not in page
    assert cast.harbour.name not in page


def test_where_there_is_one_clinic_its_number_is_there_for_everybody(db: None) -> None:
    clinic = factories.clinic("Harbour Physio")
    assert f"Call the clinic, {clinic.phone}" in help_page(Client())


def test_a_phone_that_a_link_opened_knows_its_clinic_after_the_sign_in_has_ended(
    cast: Cast,
) -> None:
    phone = opened(new_link(cast.maya.user, cast.elin))
    del phone.cookies["sid"]
    page = help_page(phone)
    assert f"Call the clinic, {cast.harbour.phone}" in page
    assert "Maya" not in page
    kept = phone.cookies[settings.CLINIC_COOKIE_NAME]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"


def test_a_clinic_that_the_browser_made_up_is_not_looked_for(cast: Cast) -> None:
    for made_up in (str(cast.harbour.pk), f"{cast.harbour.pk}:x", ""):
        phone = Client()
        phone.cookies[settings.CLINIC_COOKIE_NAME] = made_up
        assert cast.harbour.phone not in help_page(phone)


def test_every_door_leads_to_help(cast: Cast) -> None:
    link = new_link(cast.maya.user, cast.elin)
    opened(link).post(reverse("pin"), {"pin": "4711"})
    for door in ("/account/login/", "/p/x/"):
        assert f'href="{reverse("get_help")}"' in Client().get(door).content.decode(), door
    pin = Client().get(link).content.decode()
    assert URGENT in pin
    assert f"Call the clinic, {cast.harbour.phone}" in pin


@pytest.fixture
def harbour(db: None) -> Clinic:
    """Open Monday to Friday 8 to 17, with an emergency number and an advice line."""
    clinic = factories.clinic("Harbour Physio", phone="08-555 01 42")
    clinic.emergency_number = "112"
    clinic.advice_number = "1177"
    clinic.advice_name = "Advice from a nurse"
    clinic.hours = Hours(((Span(8 * 60, 17 * 60),),) * 5 + ((), ())).kept()
    clinic.save()
    return clinic


def test_whoever_needs_help_sees_three_numbers_and_whether_the_clinic_answers(
    harbour: Clinic,
) -> None:
    with time_machine.travel(datetime(2026, 11, 28, 3, tzinfo=UTC)):
        page = Client().get(reverse("get_help")).content.decode()
    found = re.findall(r'href="tel:([^"]+)"', page)
    assert found == ["112", "1177", "+4685550142"]
    assert "Advice from a nurse" in page
    assert "Closed now, opens Monday 8" in page


@pytest.mark.parametrize(
    ("urgency", "closed", "dialled"),
    [
        ("now", False, ["112", "1177", "+4685550142"]),
        ("now", True, ["112", "1177", ""]),
        ("today", False, ["1177", "+4685550142", "112"]),
        ("today", True, ["1177", "", "112"]),
        ("help", True, ["112", "1177", "+4685550142"]),
        ("soon", False, ["+4685550142", "1177", "112"]),
        ("soon", True, ["1177", "+4685550142", "112"]),
    ],
)
def test_the_most_fitting_number_stands_first_and_what_cannot_wait_calls_no_closed_clinic(
    harbour: Clinic, urgency: str, closed: bool, dialled: list[str]
) -> None:
    moment = datetime(2026, 11, 28 if closed else 27, 9, tzinfo=UTC)
    found = calls.calls(harbour, urgency, moment)
    assert [call.dial for call in found] == dialled
    words = {call.kind: call.hint for call in found}["clinic"]
    assert words == ("Closed now, opens Monday 8" if closed else "Open now, until 17")


def test_a_clinic_that_wrote_no_emergency_number_shows_its_own_alone(db: None) -> None:
    clinic = factories.clinic("Harbour Physio", phone="ask 08-555 01 42 / 08-555 01 43")
    (call,) = calls.calls(clinic, "now", datetime(2026, 11, 28, tzinfo=UTC))
    assert (call.dial, call.hint) == ("+4685550142", "")
