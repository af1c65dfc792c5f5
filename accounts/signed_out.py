"""The answer to a request of htmx by somebody who is signed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect


def told(view: Callable[..., Any], to: str, login_url: str) -> HttpResponse:
    """Lead to sign-in, and back to the page that the person saw.

    A page with a form does not leave: app.js keeps what was typed and shows this text.
    """
    answer = HttpResponseClientRedirect(to)
    context = {"login_url": login_url, "patient": getattr(view, "for_patients", False)}
    answer.content = render_to_string("accounts/_signed_out.html", context)
    return answer
