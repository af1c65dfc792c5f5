"""Help for who is not signed in: the urgent list for everybody, and the clinic's number as far as
it can be known."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.accounts.phones import new_link, opened
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URGENT = "Numbness between your legs or around your genitals"


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
    assert "tel:" not in page
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
