"""Limits how much one signed-in person writes in a minute, so that nobody fills a record or keeps
the server busy.

What tells of the body is never refused: a report, a day's log, a morning, pain. Nor is what writes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts import typed
from accounts.middleware import GetResponse

#: Addresses by which a patient, or the clinic for them, tells of the body.
OF_THE_BODY = frozenset(
    {
        "report",
        "report_take_back",
        "log_day",
        "morning",
        "before",
        "my_usual_pain",
        "paper",
        "paper_week",
    }
)
#: Addresses that write nothing, or count by themselves.
UNCOUNTED = frozenset({"here", "caseload", "account_logout", "phone_link"})
#: Addresses with a count of their own; all others share "writes".
OWN_COUNT = {
    "draft": "draft",
    "first_visit_draft": "draft",
    "pin": "pin",
    "pin_here": "pin",
    "carer_pin_here": "pin",
}


class WriteLimits:
    """Answers with 429, and with the words that were typed, after too many writes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OF_THE_BODY or name in UNCOUNTED or _counted(request, str(name)):
            return None
        # A page that htmx sends from stays as it is.
        page = "_written_too_much.html" if request.htmx else "429_written.html"  # type: ignore[attr-defined]
        return render(request, page, {"words": typed.words_in(request.POST)}, status=429)


def _counted(request: HttpRequest, name: str) -> bool:
    """Count a write; False if there were too many already."""
    action = OWN_COUNT.get(name, "writes")
    if settings.WRITE_LIMITS[action] is None:
        return True
    key = f"user {request.user.pk}"
    usage = ratelimit.consume(
        request, app=__name__, action=action, config=settings.WRITE_LIMITS, key=key
    )
    return usage is not None
