"""Answers a calendar that asks at a secret address, or a phone that takes the file along."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

#: In the words of django-allauth: calendars ask some times an hour, and several devices each.
LIMITS = {"read": "60/h/key"}


def calendar_file(
    request: HttpRequest, key: str, make: Callable[[], bytes], name: str
) -> HttpResponse:
    """The file that ``make`` makes, unless it was asked for too often: then 429.

    ``key``: whose asking is counted; ``name``: of the file
    """
    said = {"app": __name__, "action": "read", "config": LIMITS, "limit_get": True}
    if ratelimit.consume(request, key=key, **said) is None:
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    headers = {
        "Content-Disposition": f'inline; filename="{name}.ics"',
        "Content-Type": "text/calendar; charset=utf-8",
    }
    return HttpResponse(make(), headers=headers)
