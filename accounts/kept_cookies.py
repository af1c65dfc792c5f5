"""Cookies of a browser that outlive the sign-in. They are signed, and open nothing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

#: Browsers keep a cookie no longer than 400 days.
AGE = 400 * 24 * 60 * 60


def keep(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_signed_cookie(
        name, value, max_age=AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def kept(request: HttpRequest, name: str) -> str:
    """What is kept; empty where there is none, or it is not as we signed it."""
    return request.get_signed_cookie(name, default="") or ""
