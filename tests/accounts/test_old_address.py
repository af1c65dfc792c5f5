"""A clinic that moved to another address: what it printed before still opens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import links
from patients.models import Practice
from tests.cast import Cast
from tests.patients.phone import phone_of, sheet

OLD = "physio.example.org:8443"


@pytest.fixture(autouse=True)
def moved(settings: Settings) -> None:
    settings.PUBLIC_URL = "http://hinge.example.org"
    settings.OLD_HOSTS = [OLD]
    settings.ALLOWED_HOSTS = ["hinge.example.org", "physio.example.org", "testserver"]


def _at(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, headers={"host": OLD, **headers})


def test_a_code_on_paper_leads_to_the_new_address(cast: Cast) -> None:
    path = urlsplit(links.url(links.issue(cast.tomas.user, cast.elin))).path
    answer = _at(Client(), f"{path}?from=paper")
    assert answer.status_code == 302
    assert answer["Location"] == f"http://hinge.example.org{path}?from=paper"
    assert Client().get(path, headers={"host": "hinge.example.org"}).status_code == 200


def test_an_address_that_was_never_ours_opens_nothing() -> None:
    stranger = Client().get("/account/login/", headers={"host": "evil.example.org"})
    assert stranger.status_code == 400


def test_what_is_sent_from_a_page_that_stood_open_is_kept(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    phone.handler.enforce_csrf_checks = True
    assert _at(phone, reverse("today")).status_code == 302
    # Scripts of that page ask there: they may not follow to another address.
    assert _at(phone, reverse("today"), **{"hx-request": "true"}).status_code == 200
    given = sheet(phone) | {"done-1": "1", "pain": "2"}
    given["csrfmiddlewaretoken"] = phone.cookies["csrf"].value
    answer = phone.post(
        reverse("log_day", args=[cast.harbour.today()]),
        given,
        headers={"host": OLD, "origin": f"http://{OLD}"},
    )
    assert answer.status_code == 303
    assert Practice.objects.filter(plan=cast.plan).count() == 1
