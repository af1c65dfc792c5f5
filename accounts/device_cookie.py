"""Remembers a browser in which a person has signed in with a password.

Wrong passwords that others type elsewhere do not lock that person out there. The cookie holds a
random id of the browser and one mark for each person. A mark is made with the secret key and says
nothing about the person.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

LASTS = timedelta(days=180)
#: The most people of one browser, the last ones. A treatment room has one computer for all.
PEOPLE = 8


def device_of(request: HttpRequest, user_id: int) -> str:
    """The id of this browser, if the person has signed in here; "" otherwise."""
    device, marks = _read(request)
    mark = _mark(device, user_id)
    return device if any(constant_time_compare(mark, known) for known in marks) else ""


def remember(request: HttpRequest, response: HttpResponseBase, user_id: int) -> None:
    device, marks = _read(request)
    device = device or secrets.token_urlsafe(18)
    mark = _mark(device, user_id)
    kept = [known for known in marks if known != mark][1 - PEOPLE :]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join([device, *kept, mark]),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    device, *marks = cookie.split(".")
    return (device, marks) if len(device) == 24 and len(marks) <= PEOPLE else ("", [])


def _mark(device: str, user_id: int) -> str:
    key_salt = "accounts.device_cookie"
    return salted_hmac(key_salt, f"{device}:{user_id}", algorithm="sha256").hexdigest()[:32]
