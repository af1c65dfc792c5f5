"""Answers the pages of django-allauth with the statuses that our own pages have."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def settled(response: HttpResponseBase) -> HttpResponseBase:
    """Change the redirect after a POST from 302 to 303."""
    if response.status_code == 302:
        response.status_code = 303
    return response


def plain_outcomes(view: View) -> View:
    """Answer bad input with 422 and success with 303, as all our pages do.

    allauth answers them with 200 and 302.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method != "POST":
            return response
        shown = getattr(response, "context_data", None) or {}
        forms = (shown.get("form"), shown.get("webauthn_form"))
        if any(form is not None and form.errors for form in forms):
            response.status_code = 422
        return settled(response)

    return answered
