"""What the server writes to its log lets nobody in."""

from __future__ import annotations

import io
import logging
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts import links, staff
from accounts.logs import WithoutKeys
from tests.cast import Cast


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the server's own handler writes meanwhile."""
    written = io.StringIO()
    (handler,) = [
        one
        for one in logging.getLogger().handlers
        if isinstance(one, logging.StreamHandler)
        and any(isinstance(part, WithoutKeys) for part in one.filters)
    ]
    monkeypatch.setattr(handler, "stream", written)
    return written


def test_a_wrong_pin_leaves_no_working_link_in_the_log(cast: Cast, log: io.StringIO) -> None:
    path = urlsplit(links.url(links.issue(cast.maya.user, by=cast.elin))).path
    links.set_pin(cast.maya.user, "2580")
    assert Client().post(path, {"pin": "1111"}).status_code == 422
    assert "Unprocessable Entity: /p/…/" in log.getvalue()
    assert path.split("/")[2] not in log.getvalue()


def test_a_poor_password_leaves_no_working_invitation_in_the_log(
    cast: Cast, log: io.StringIO
) -> None:
    invited = staff.invite(
        clinic=cast.harbour, name="Nina", email="n@x.example", role="clinician", by=cast.petra
    )
    path = urlsplit(staff.invitation_url(invited)).path
    assert Client().post(path, {"password": "short"}).status_code == 422
    assert path.split("/")[2] not in log.getvalue()
    assert "/join/…/" in log.getvalue()


def test_other_addresses_stay_readable_in_the_log(cast: Cast, log: io.StringIO) -> None:
    assert Client().post("/account/login/", {}).status_code == 422
    assert "/account/login/" in log.getvalue()


def test_who_types_line_breaks_and_mail_addresses_forges_no_line_and_leaves_none(
    cast: Cast, log: io.StringIO
) -> None:
    path = "/x%0A2026-01-01%20ERROR%20hinge%20forged%1B[2J/maya@harbour.example/"
    assert Client().get(path).status_code == 404
    (line,) = log.getvalue().splitlines()
    assert "maya@harbour.example" not in line
    assert "\x1b" not in line


def test_a_failure_is_one_line_that_says_where_and_quotes_nobody(
    db: None, log: io.StringIO
) -> None:
    try:
        int("My left leg is weak")
    except ValueError:
        logging.getLogger("hinge").exception("a form failed")
    (line,) = log.getvalue().splitlines()
    assert "a form failed | ValueError: invalid literal for int() with base 10: …" in line
    assert "tests/accounts/test_logs.py:" in line
