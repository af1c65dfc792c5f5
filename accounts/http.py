"""Typed requests, and the decorators that say for whom a page is."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.middleware.csrf import REASON_NO_CSRF_COOKIE, get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts import signed_out
from accounts.models import User
from accounts.public import is_open

P = ParamSpec("P")


class HtmxHttpRequest(HttpRequest):
    """A request of a signed-in person. Every page that is not public receives one."""

    htmx: HtmxDetails
    user: User
    request_id: str


class StaffRequest(HtmxHttpRequest):
    """A request of a clinician or an owner."""


class PatientRequest(HtmxHttpRequest):
    """A request of a patient, or of a carer.

    ``leads_to_help``: whether the answer leads to a page that says at once where to get help
    """

    leads_to_help: bool


class SeeOther(HttpResponseRedirect):
    """The answer to a POST that did its work: the browser opens another page by GET (RFC 9110,
    15.4.4)."""

    status_code = 303


def see_other(to: Any, *args: Any, part: str = "", **kwargs: Any) -> SeeOther:
    """Redirect with status 303, like ``django.shortcuts.redirect``.

    ``part`` is the id of an element on the page.
    """
    return SeeOther(resolve_url(to, *args, **kwargs) + (f"#{part}" if part else ""))


def lead_on(request: HtmxHttpRequest, to: str) -> HttpResponse:
    """Open another page after a POST. htmx is told by a header, for the whole page changes."""
    page = see_other(to)
    return HttpResponseClientRedirect(page["Location"]) if request.htmx else page


def forbidden(request: HttpRequest, *, why: str, where: str, label: str) -> HttpResponse:
    """The 403 page. It says why the person may not see the page, and links to another one."""
    return render(request, "403.html", {"why": why, "where": where, "label": label}, status=403)


def _refuse(request: HtmxHttpRequest, why: str) -> HttpResponse:
    label = _("Go to today") if request.user.of_patients_side else _("Go to the caseload")
    return forbidden(request, why=why, where=reverse("home"), label=label)


def _guarded(
    view: Callable[Concatenate[Any, P], HttpResponseBase], why_not: Callable[[User], str]
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """``why_not``: why a person may not see the page; empty where they may."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        why = why_not(request.user)
        return _refuse(request, why) if why else view(request, *args, **kwargs)

    return guarded


def _of_patients(
    view: Callable[Concatenate[Any, P], HttpResponseBase], why_not: Callable[[User], str]
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    guarded = _guarded(view, why_not)
    # functools.wraps copies this mark, so SignInRequired can tell a patient page without a user.
    guarded.for_patients = True  # type: ignore[attr-defined]
    return guarded


def _not_the_staffs(user: User) -> str:
    return "" if user.is_clinician else _("This page is for the clinic’s staff.")


def _not_the_owners(user: User) -> str:
    return "" if user.is_owner else _("This page is for the owner of the clinic.")


def _not_a_patients(user: User) -> str:
    if user.of_patients_side:
        return ""
    return _("This page is a patient’s own. Open the patient from the caseload instead.")


def _not_a_carers(user: User) -> str:
    return _("This page is for the one you help alone.") if user.is_carer else ""


def _not_the_patients_own(user: User) -> str:
    return _not_a_carers(user) or _not_a_patients(user)


def _not_to_read(user: User) -> str:
    if not user.may_read:
        return _("This page opens once the one you help allows it, under “Who helps me”.")
    return _not_a_patients(user)


def clinician_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only clinicians and owners in; a patient gets the 403 page."""
    return _guarded(view, _not_the_staffs)


def owner_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only the clinic's owners in; everybody else gets the 403 page."""
    return _guarded(view, _not_the_owners)


def patient_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only patients in; staff and carers get the 403 page."""
    return _of_patients(view, _not_the_patients_own)


def patient_or_carer_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let patients in and who helps them; staff get the 403 page."""
    return _of_patients(view, _not_a_patients)


def reader_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let patients in, and carers whom the patient lets read; others get the 403 page."""
    return _of_patients(view, _not_to_read)


def patient_or_clinic_required(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let patients and staff in; carers get the 403 page."""
    return _guarded(view, _not_a_carers)


def while_open(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lead who is discharged to Today, which says so, where the clinic has ended reading.

    A form that is sent goes on to its view: that says what became of it, and keeps the words.
    """

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST" and request.user.is_closed:
            return redirect("today")
        return view(request, *args, **kwargs)

    return guarded


def posted(request: HttpRequest) -> QueryDict | None:
    """The data for a form: the POST, even an empty one; None on a GET.

    A form without data is not bound, so its ``is_valid()`` is False on a GET.
    """
    return request.POST if request.method == "POST" else None


def stale_key(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST whose CSRF key is not the browser's. A new sign-in changes the key.

    An htmx request names the person of its page (``X-Person``). When that is the person who is
    signed in now, the page gets the new key. Otherwise the page stays locked out, because it shows
    somebody else's data. Whoever pressed twice on a link is in already, and is led on.
    """
    if _is_in_already(request):
        return see_other("today")
    if (match := _left_by_its_session(request)) is not None:
        return signed_out.told(match.func, resolve_url("home"), resolve_url(settings.LOGIN_URL))
    if reason == REASON_NO_CSRF_COOKIE:
        return render(request, "no_cookies.html", status=403)
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


def _left_by_its_session(request: HttpRequest) -> ResolverMatch | None:
    """Where a page of somebody signed in sends to, whose cookies are all gone since: the key with
    the session. None = it is another page."""
    match = request.resolver_match
    if not getattr(request, "htmx", None) or match is None or request.user.is_authenticated:
        return None
    sent = request.headers.get("X-Person") and not is_open(match.view_name)
    return match if sent else None


def _is_in_already(request: HttpRequest) -> bool:
    """Whether a patient's link was opened twice, and the first answer has signed the phone in."""
    match = request.resolver_match
    opens = match is not None and match.url_name == "phone_link"
    return opens and isinstance(request.user, User) and request.user.of_patients_side
