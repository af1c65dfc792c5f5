"""What the tests of the phone link share: the path of a link, and a phone that opens it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from accounts import links
from accounts.models import PhoneLink, User
from accounts.session_store import digest


def path_of(link: PhoneLink) -> str:
    return "/" + links.url(link).split("/", 3)[3]


def new_link(user: User, by: User) -> str:
    """The path of a link just issued."""
    return path_of(links.issue(user, by))


def opened(path: str, **typed: Any) -> Client:
    """A fresh phone on which Continue was pressed."""
    client = Client(
        headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36"}
    )
    client.post(path, typed)
    return client


def code_of(user: User) -> str:
    """A short code, shown on a phone on which the person is signed in."""
    phone = Client()
    phone.force_login(User.objects.get(pk=user.pk))
    return code_on(phone.post("/me/code/"))


def code_on(answer: Any) -> str:
    """The eight digits that a page shows."""
    found = re.search(r"<bdi>(\d{4}) (\d{4})</bdi>", answer.content.decode())
    assert found is not None
    return found[1] + found[2]


def signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def kept_as(client: Client) -> str:
    """The key under which the database keeps the session of a browser."""
    return digest(str(client.session.session_key))
