"""Typed requests, and the decorators that say who a page is for."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django_htmx.middleware import HtmxDetails

from accounts.models import User

P = ParamSpec("P")


class HtmxHttpRequest(HttpRequest):
    """A request of somebody signed in, as every page but the public ones receives it."""

    htmx: HtmxDetails
    user: User
    request_id: str


class StaffRequest(HtmxHttpRequest):
    """A request of a clinician or an owner."""


class PatientRequest(HtmxHttpRequest):
    """A request of a patient."""


class SeeOther(HttpResponseRedirect):
    """What a POST that did its work answers: look there, by GET (RFC 9110, 15.4.4)."""

    status_code = 303


def see_other(to: Any, *args: Any, **kwargs: Any) -> SeeOther:
    """Like ``django.shortcuts.redirect``, with the status that says so."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def forbidden(request: HttpRequest, *, why: str, where: str, label: str) -> HttpResponse:
    """The page for "in scope, but not for you": says why, and links to where to go."""
    return render(request, "403.html", {"why": why, "where": where, "label": label}, status=403)


def _refuse(request: HtmxHttpRequest, why: str) -> HttpResponse:
    label = _("Go to today") if request.user.is_patient else _("Go to the caseload")
    return forbidden(request, why=why, where=reverse("home"), label=label)


def clinician_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Clinicians and owners only; a patient gets the 403 page."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_clinician:
            return _refuse(request, _("This page is for the clinic’s staff."))
        return view(request, *args, **kwargs)

    return guarded


def owner_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The clinic's owners only; everybody else gets the 403 page."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_owner:
            return _refuse(request, _("This page is for the owner of the clinic."))
        return view(request, *args, **kwargs)

    return guarded


def patient_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Patients only; staff get the 403 page."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_patient:
            return _refuse(
                request,
                _("This page is a patient’s own. Open the patient from the caseload instead."),
            )
        return view(request, *args, **kwargs)

    # Copied by every decorator above it: whom the page is for is known before anybody has signed
    # in.
    guarded.for_patients = True  # type: ignore[attr-defined]
    return guarded


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the POST, even an empty one, which is bad input and no first
    look."""
    return request.POST if request.method == "POST" else None


def stale_key(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a POST with another CSRF key than the browser's: signing in anew changes it.

    A page that an htmx request proves to be this very person's (``X-Person``) is given the new one.
    Anybody else's page stays locked out: what it holds is not about the person who is signed in
    now.
    """
    answer = csrf_failure(request, reason)
    person = request.headers.get("X-Person")
    if (
        getattr(request, "htmx", None)
        and request.user.is_authenticated
        and person == str(request.user.pk)
    ):
        key = get_token(request)
        answer["X-CSRFToken"] = key
        answer.content = json.dumps({"X-CSRFToken": key, "X-Person": person})
    return answer
