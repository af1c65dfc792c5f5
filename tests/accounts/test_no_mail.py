"""The mail server is away: people get on, and nobody learns from it who works here."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import PasswordMail, User
from tests.cast import Cast
from tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def nobody_listens(settings: Settings) -> Any:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()
        yield


@pytest.mark.parametrize("email", ["elin@harbour.example", "nobody@harbour.example"])
def test_a_known_and_an_unknown_address_get_the_same_answer(cast: Cast, email: str) -> None:
    answer = Client(raise_request_exception=False).post(
        reverse("account_reset_password"), {"email": email}
    )
    assert answer.status_code == 303
    assert answer["Location"] == reverse("account_reset_password_done")
    call_command("send_notices", verbosity=0)
    assert not PasswordMail.objects.exists()


def test_a_changed_password_is_changed_though_the_notice_of_it_cannot_leave(cast: Cast) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.elin)
    said = {"oldpassword": PASSWORD, "password1": "another long walk home"}
    assert browser.post(reverse("account_change_password"), said).status_code == 303
    assert User.objects.get(pk=cast.elin.pk).check_password("another long walk home")
