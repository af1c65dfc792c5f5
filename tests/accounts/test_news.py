"""Whose sign-in was changed by somebody else is told, until they have read it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts import second_step, staff
from accounts.models import User
from tests.accounts import steps
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TITLE = "Your sign-in was changed"


def _page(user: User, browser: Client | None = None) -> str:
    if browser is None:
        browser = Client()
        browser.force_login(User.objects.get(pk=user.pk))
    return browser.get("/caseload/").content.decode()


def test_whose_password_was_set_by_an_owners_link_reads_it_at_the_next_sign_in(cast: Cast) -> None:
    link = urlsplit(staff.password_url(user=cast.omar, by=cast.petra)).path
    stranger = Client()
    form = stranger.get(link)["Location"]
    stranger.post(form, {"password1": "another long walk home"})
    omar = Client()
    omar.force_login(User.objects.get(pk=cast.omar.pk))
    for _look in range(2):
        page = _page(cast.omar, omar)
        assert TITLE in page
        assert "Petra Palm made a link for a new password of yours." in page
        assert "A new password was set by a link." in page
    assert omar.post(reverse("news_read")).status_code == 303
    assert TITLE not in _page(cast.omar, omar)
    assert TITLE not in _page(cast.elin)


def test_another_e_mail_role_and_second_step_are_told_too(cast: Cast) -> None:
    steps.app_of(cast.omar)
    staff.amend(user=cast.omar, by=cast.petra, email="o@harbour.example", role="owner")
    second_step.remove(user=cast.omar, by=None)
    page = _page(cast.omar)
    assert "Petra Palm changed the e-mail with which you sign in." in page
    assert "Petra Palm changed your role." in page
    assert "Whoever runs this installation removed your second step of sign-in." in page


def test_what_one_changes_oneself_is_no_news(cast: Cast) -> None:
    staff.amend(user=cast.petra, by=cast.petra, email="p@harbour.example", role="owner")
    staff.amend(user=cast.elin, by=cast.petra, email="elin@harbour.example", role="clinician")
    assert TITLE not in _page(cast.petra)
    assert TITLE not in _page(cast.elin)


def test_what_comes_after_reading_is_told_alone(cast: Cast) -> None:
    staff.amend(user=cast.omar, by=cast.petra, email="omar@harbour.example", role="owner")
    omar = Client()
    omar.force_login(User.objects.get(pk=cast.omar.pk))
    omar.post(reverse("news_read"))
    staff.amend(user=cast.omar, by=cast.petra, email="omar@harbour.example", role="clinician")
    assert _page(cast.omar, omar).count("changed your role.") == 1
